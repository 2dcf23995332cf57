//! Reads the moments of GPX and TCX.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;

/// Largest difference to UTC that is believed, in seconds: 26 h, from the date line and back.
const MAX_OFFSET_S: i32 = 26 * 3600;
/// Real differences to UTC are multiples of this, in seconds.
const OFFSET_STEP_S: i32 = 15 * 60;
/// Stamps before this, in microseconds since 1970, come from a clock that was never set:
/// 2000-01-01, older than GPX.
const EARLIEST_SET_CLOCK_US: i64 = 946_684_800_000_000;

/// Microseconds in a second.
const US_PER_S: f64 = 1e6;

/// A moment, and what its text says of the time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct Stamp {
    /// Microseconds since 1970-01-01 in UTC.
    pub(in crate::ingest) utc_us: i64,
    /// The zone as written.
    pub(in crate::ingest) zone: Zone,
}

/// The time zone of a [`Stamp`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Zone {
    /// `Z`, or an offset of zero.
    Utc,
    /// Local time minus UTC, in seconds.
    Offset(i32),
    /// Not written: taken for UTC.
    Missing,
}

/// Reads a moment in the style of ISO 8601: `T` or a space between date and time, no or any number
/// of fraction digits, no zone (UTC then), `Z`, or an offset with or without colon.
pub(in crate::ingest) fn stamp(text: &str) -> Option<Stamp> {
    let mut rest = text.trim();
    let year = i32::try_from(digits(&mut rest, 4)?).ok()?;
    expect(&mut rest, &['-'])?;
    let month = digits(&mut rest, 2)?;
    expect(&mut rest, &['-'])?;
    let day = digits(&mut rest, 2)?;
    expect(&mut rest, &['T', 't', ' '])?;
    rest = rest.trim_start();
    let hour = digits(&mut rest, 2)?;
    expect(&mut rest, &[':'])?;
    let minute = digits(&mut rest, 2)?;
    let second = if expect(&mut rest, &[':']).is_some() {
        digits(&mut rest, 2)?
    } else {
        0
    };
    // A leap second is second 60: the first of the next minute, on our clock.
    if hour > 24 || minute > 59 || second > 60 {
        return None;
    }
    let fraction_us = fraction(&mut rest)?;
    let zone = zone(rest.trim())?;
    let days = NaiveDate::from_ymd_opt(year, month, day)?
        .signed_duration_since(NaiveDate::default())
        .num_days();
    let offset = match zone {
        Zone::Offset(offset) => i64::from(offset),
        Zone::Utc | Zone::Missing => 0,
    };
    let seconds = days * 86_400 + i64::from(hour * 3600 + minute * 60 + second) - offset;
    Some(Stamp {
        utc_us: seconds * 1_000_000 + fraction_us,
        zone,
    })
}

/// Returns the moment as a date, absent when the clock had obviously never been set.
pub(in crate::ingest) fn date(utc_us: i64) -> Option<DateTime<Utc>> {
    if utc_us < EARLIEST_SET_CLOCK_US {
        return None;
    }
    DateTime::from_timestamp_micros(utc_us)
}

/// Takes exactly `count` digits.
fn digits(rest: &mut &str, count: usize) -> Option<u32> {
    let taken = rest.get(..count)?;
    if !taken.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    *rest = &rest[count..];
    taken.parse().ok()
}

/// Takes one of some characters.
fn expect(rest: &mut &str, characters: &[char]) -> Option<()> {
    *rest = rest.strip_prefix(characters)?;
    Some(())
}

/// Takes a fraction of a second, if there is one; digits beyond the microsecond are cut off.
fn fraction(rest: &mut &str) -> Option<i64> {
    if expect(rest, &['.', ',']).is_none() {
        return Some(0);
    }
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let taken = &rest[..length.min(6)];
    *rest = &rest[length..];
    format!("{taken:0<6}").parse().ok()
}

/// Reads the zone that ends a stamp.
fn zone(text: &str) -> Option<Zone> {
    let sign = match text.chars().next() {
        None => return Some(Zone::Missing),
        Some('Z' | 'z') if text.len() == 1 => return Some(Zone::Utc),
        Some('+') => 1,
        Some('-') => -1,
        _ => return None,
    };
    let mut rest = &text[1..];
    let hours = i32::try_from(digits(&mut rest, 2)?).ok()?;
    let _ = expect(&mut rest, &[':']);
    let minutes = if rest.is_empty() {
        0
    } else {
        i32::try_from(digits(&mut rest, 2)?).ok()?
    };
    let offset = sign * (hours * 3600 + minutes * 60);
    if !rest.is_empty() || offset.abs() > MAX_OFFSET_S {
        return None;
    }
    Some(if offset == 0 {
        Zone::Utc
    } else {
        Zone::Offset(offset)
    })
}

/// Returns local time minus UTC in seconds, where a zone says it credibly.
pub(in crate::ingest) fn utc_offset_s(zone: Zone) -> Option<i32> {
    match zone {
        Zone::Offset(offset) if offset % OFFSET_STEP_S == 0 => Some(offset),
        _ => None,
    }
}

/// Returns microseconds as seconds.
#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 microseconds are 285 years: more than any recording"
)]
pub(super) fn seconds(microseconds: i64) -> f64 {
    microseconds as f64 / US_PER_S
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT_US: i64 = 1_700_000_000_000_000; // 2023-11-14T22:13:20Z

    #[test]
    fn every_way_to_write_a_moment_gives_the_same() {
        for (text, fraction_us, zone) in [
            ("2023-11-14T22:13:20Z", 0, Zone::Utc),
            (" 2023-11-14 22:13:20z\n", 0, Zone::Utc),
            ("2023-11-14T22:13:20", 0, Zone::Missing),
            ("2023-11-14T22:13:20.5Z", 500_000, Zone::Utc),
            ("2023-11-14T22:13:20,123456789012Z", 123_456, Zone::Utc),
            ("2023-11-15T00:13:20.001+02:00", 1_000, Zone::Offset(7200)),
            ("2023-11-14T18:43:20-0330", 0, Zone::Offset(-12_600)),
            ("2023-11-14T23:13:20+01", 0, Zone::Offset(3600)),
            ("2023-11-14T22:13:20+00:00", 0, Zone::Utc),
            ("2023-11-14T22:12:80Z", -1, Zone::Utc),
        ] {
            let expected = (fraction_us >= 0).then_some(Stamp {
                utc_us: MOMENT_US + fraction_us,
                zone,
            });
            assert_eq!(stamp(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_leap_second_is_the_next_minute() {
        let leap = stamp("2016-12-31T23:59:60Z");
        assert_eq!(leap, stamp("2017-01-01T00:00:00Z"));
        assert!(leap.is_some());
    }

    #[test]
    fn what_is_no_moment_is_absent() {
        for text in [
            "",
            "null",
            "2023-11-00T22:13:20Z",
            "2023-13-01T00:00:00Z",
            "2023-11-14",
            "2023-11-14T22:13:20 CET",
            "2023-11-14T22:13:20+99:00",
            "²023-11-14T22:13:20Z",
        ] {
            assert_eq!(stamp(text), None, "{text:?}");
        }
        assert_eq!(
            date(stamp("1989-12-31T00:00:00Z").map_or(0, |s| s.utc_us)),
            None
        );
    }

    #[test]
    fn an_odd_offset_is_no_time_zone() {
        assert_eq!(utc_offset_s(Zone::Offset(20_700)), Some(20_700));
        assert_eq!(utc_offset_s(Zone::Offset(60)), None);
        assert_eq!(utc_offset_s(Zone::Utc), None);
    }
}

//! Reads the dates of the export, `2026-05-01 07:12:33 +0200`, a few million of them.
//!
//! The offset is that of the phone when it wrote the export, not that of the moment.

use crate::ingest::xml::time;
use crate::ingest::xml::time::Zone;

/// Length of a date as nearly all are written, in bytes.
const USUAL_LENGTH: usize = 25;

/// A moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// Seconds since 1970-01-01 in UTC.
    pub(super) utc_s: i64,
    /// Local time minus UTC, in seconds, as written.
    pub(super) offset_s: i32,
}

/// Reads dates, and remembers the day of the last one: the next is of the same in most cases.
#[derive(Debug, Default)]
pub(super) struct Calendar {
    day: String,
    day_s: i64,
}

impl Calendar {
    /// Reads a date; one that is written otherwise than usual too.
    pub(super) fn read(&mut self, text: &str) -> Option<Moment> {
        self.usual(text).or_else(|| unusual(text))
    }

    fn usual(&mut self, text: &str) -> Option<Moment> {
        let bytes = text.as_bytes();
        let is_usual = bytes.len() == USUAL_LENGTH
            && (bytes[10], bytes[13], bytes[16], bytes[19]) == (b' ', b':', b':', b' ');
        if !is_usual {
            return None;
        }
        let pair = |at: usize| {
            let (tens, ones) = (
                bytes[at].wrapping_sub(b'0'),
                bytes[at + 1].wrapping_sub(b'0'),
            );
            (tens <= 9 && ones <= 9).then(|| i64::from(tens) * 10 + i64::from(ones))
        };
        let (hour, minute, second) = (pair(11)?, pair(14)?, pair(17)?);
        let sign = match bytes[20] {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let offset_s = sign * (pair(21)? * 3600 + pair(23)? * 60);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let of_day_s = hour * 3600 + minute * 60 + second;
        Some(Moment {
            utc_s: self.day_s(text.get(..10)?)? + of_day_s - offset_s,
            offset_s: i32::try_from(offset_s).ok()?,
        })
    }

    /// Returns when a day begins in UTC.
    fn day_s(&mut self, day: &str) -> Option<i64> {
        if self.day != day {
            let moment = time::stamp(&format!("{day}T00:00:00Z"))?;
            self.day_s = moment.utc_us.div_euclid(1_000_000);
            self.day = day.to_owned();
        }
        Some(self.day_s)
    }
}

/// Reads a date in any other way that other exporters write, or by a clock of twelve hours: phones set
/// to one have written `7:57:00 am`.
fn unusual(text: &str) -> Option<Moment> {
    let stamp = time::stamp(text).or_else(|| time::stamp(&in_24_hours(text)?))?;
    Some(Moment {
        utc_s: stamp.utc_us.div_euclid(1_000_000),
        offset_s: match stamp.zone {
            Zone::Offset(offset_s) => offset_s,
            Zone::Utc | Zone::Missing => 0,
        },
    })
}

/// Returns a date of the clock of twelve hours by that of 24. White space may be of any kind.
fn in_24_hours(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let [day, clock, half, zone] = parts[..] else {
        return None;
    };
    let (hour, rest) = clock.split_once(':')?;
    let hour: u32 = hour.parse().ok()?;
    let hour = match half.to_ascii_lowercase().as_str() {
        "am" | "a.m." => hour % 12,
        "pm" | "p.m." => hour % 12 + 12,
        _ => return None,
    };
    Some(format!("{day} {hour:02}:{rest} {zone}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_with_their_offset() {
        let mut calendar = Calendar::default();
        let expected = Some(Moment {
            utc_s: 1_777_612_353,
            offset_s: 7200,
        });
        assert_eq!(calendar.read("2026-05-01 07:12:33 +0200"), expected);
        assert_eq!(
            calendar.read("2026-05-01 7:12:33\u{202f}AM +0200"),
            expected
        );
        assert_eq!(calendar.read("2026-05-01T07:12:33+02:00"), expected);
        let evening = calendar.read("2026-04-30 10:12:33 pm -0700");
        assert_eq!(evening.map(|moment| moment.utc_s), Some(1_777_612_353));
        assert_eq!(evening.map(|moment| moment.offset_s), Some(-25_200));
    }

    #[test]
    fn what_is_no_date_is_absent() {
        let mut calendar = Calendar::default();
        for text in [
            "",
            "2026-05-01",
            "2026-02-30 07:12:33 +0200",
            "2026-05-01 07:62:33 +0200",
            "2026-05-01 7:12:33 mm +0200",
            "2026-05-01 0ä:12:33 +020",
        ] {
            assert_eq!(calendar.read(text), None, "{text:?}");
        }
    }
}

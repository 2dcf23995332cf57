//! Times of FIT as dates.

use chrono::DateTime;
use chrono::Utc;

/// 1989-12-31T00:00:00Z, where FIT begins to count, in seconds since 1970.
pub(crate) const FIT_EPOCH_S: i64 = 631_065_600;
/// Smaller times are seconds since the device was switched on, or a clock that was never set.
///
/// Source: FIT profile, `date_time`: the smallest time that is a date, in July 1998.
const FIRST_DATE: u32 = 0x1000_0000;
/// Local time differs from UTC by at most so much, in seconds: 14 h, and 12 h of a wrong half day.
///
/// Judged from real files, in which local times are missing, swapped or a century off.
const MAX_UTC_OFFSET_S: i64 = 26 * 3_600;
/// All time zones are multiples of this, in seconds.
const UTC_OFFSET_STEP_S: i64 = 900;

/// Returns the date of a time, unless the clock had never been set.
pub(super) fn date(time: u32) -> Option<DateTime<Utc>> {
    if time < FIRST_DATE {
        return None;
    }
    DateTime::from_timestamp(FIT_EPOCH_S + i64::from(time), 0)
}

/// Returns an offset from UTC if a time zone can have it.
pub(super) fn utc_offset_s(difference_s: i64) -> Option<i32> {
    let is_zone = difference_s.abs() <= MAX_UTC_OFFSET_S && difference_s % UTC_OFFSET_STEP_S == 0;
    is_zone.then(|| i32::try_from(difference_s).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_time_zones_are_offsets() {
        assert_eq!(utc_offset_s(7_200), Some(7_200));
        assert_eq!(utc_offset_s(-12_600), Some(-12_600));
        assert_eq!(utc_offset_s(7_201), None);
        assert_eq!(utc_offset_s(27 * 3_600), None);
    }

    #[test]
    fn dates_before_the_clock_was_set_are_unknown() {
        assert_eq!(date(5), None);
        assert_eq!(
            date(1_000_000_000).map(|date| date.to_rfc3339()),
            Some("2021-09-08T01:46:40+00:00".to_owned())
        );
    }
}

//! What a file says of an activity as a whole: when, where, with what, which sport.

use chrono::DateTime;
use chrono::Utc;

use crate::ingest::AltitudeSource;
use crate::ingest::Sport;
use crate::ingest::WorkoutStep;

use super::contents::Contents;
use super::messages::LapMessage;
use super::messages::Session;
use super::profile;

/// 1989-12-31T00:00:00Z, where FIT begins to count, in seconds since 1970.
const FIT_EPOCH_S: i64 = 631_065_600;

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

/// Returns the sport: of the session, else of the sport message, else of a lap.
pub(super) fn sport(
    file: &Contents,
    session: &Session,
    laps: &[&LapMessage],
) -> (Sport, Option<String>) {
    let of_session = profile::sport(session.sport, session.sub_sport);
    if of_session.0 != Sport::Unknown {
        return of_session;
    }
    let of_file = profile::sport(file.sport, file.sub_sport);
    if of_file.0 != Sport::Unknown {
        return of_file;
    }
    let of_lap = profile::sport(laps.iter().find_map(|lap| lap.sport), None);
    (of_lap.0, of_session.1.or(of_file.1).or(of_lap.1))
}

/// Returns the name of the device that recorded.
pub(super) fn device(file: &Contents) -> Option<String> {
    let id = &file.file_id;
    let creator = file.devices.iter().find(|device| device.index == Some(0));
    let product_name = id
        .product_name
        .as_deref()
        .or_else(|| creator.and_then(|creator| creator.product_name.as_deref()));
    match (id.manufacturer, creator) {
        (None, Some(creator)) => {
            profile::device(creator.manufacturer, creator.product, product_name)
        }
        _ => profile::device(id.manufacturer, id.product, product_name),
    }
}

/// Returns where altitude comes from, as far as the file or the model of the device tells.
pub(super) fn altitude_source(file: &Contents) -> AltitudeSource {
    let is_told = file
        .devices
        .iter()
        .any(|device| profile::is_barometer(device.source, device.kind));
    if is_told || profile::has_barometer(file.file_id.manufacturer, file.file_id.product) {
        AltitudeSource::Barometric
    } else {
        AltitudeSource::Unknown
    }
}

/// Returns the steps of the programmed workout in order.
pub(super) fn workout(file: &Contents) -> Vec<WorkoutStep> {
    let mut steps: Vec<WorkoutStep> = file
        .steps
        .iter()
        .zip(0_u16..)
        .map(|(step, position)| WorkoutStep {
            index: step.index.unwrap_or(position),
            name: step.name.clone(),
            intensity: profile::intensity(step.intensity),
            duration_s: step.duration_s,
            distance_m: step.distance_m,
            target: step.target,
        })
        .collect();
    steps.sort_by_key(|step| step.index);
    steps
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

//! Courses: most were planned on a map; some are runs that a converter wrote as one.
//!
//! GPSBabel 1.8.0 writes whatever it is given as a course, in FIT and in TCX.

use crate::ingest::Activity;
use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::LapTrigger;
use crate::ingest::Records;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::great_circle_m;
use crate::statistics;

/// Speed is looked at over so many seconds: stamps in whole seconds move it by less than 2 %.
const WINDOW_S: f64 = 60.0;
/// Fewer windows show no speed to speak of. Judgement.
const LEAST_WINDOWS: usize = 5;
/// More of them say nothing more: a day.
const MOST_WINDOWS: u32 = 1440;
/// The middle four fifths of a runner's minutes differ by more than this share of their median; those of
/// a planner's unchanging speed by what rounding makes of it. Of 250 recordings of many devices the most
/// even one that has any distance spans 0.038.
const EVEN: f64 = 0.03;
/// Where the middle four fifths begin.
const MIDDLE_FROM: f64 = 0.1;
/// Where they end.
const MIDDLE_TO: f64 = 0.9;
/// A clock that writes at least so many of all records at the same step is that of a recording; a planner
/// has a time at each corner of the way, or after each so many metres.
const SAME_STEP: f64 = 0.5;
/// No device records more seldom while it is running, in seconds: smart recording leaves up to 8.
const LONGEST_STEP_S: f64 = 10.0;
/// So few steps may be longer: pauses.
const LONG_STEPS: f64 = 0.01;
/// The middle four fifths of the distances between points that a planner has spread evenly differ by less
/// than this share of their median. Judgement.
const SPREAD_EVENLY: f64 = 0.2;

/// How a time begins, whatever its digits.
const STAMP: &str = "0000-00-00T";

/// Takes a course for a recording and says so.
///
/// # Errors
/// [`ErrorKind::NotAnActivity`] with the reason when it was planned.
pub(super) fn accept(activity: &mut Activity) -> Result<(), Error> {
    let shows = evidence(activity).map_err(|reason| {
        Error::file(ErrorKind::NotAnActivity {
            what: format!("a course {reason}"),
        })
    })?;
    let laps = if has_pressed_laps(activity) {
        "; its points named as laps are its laps"
    } else {
        ""
    };
    let text = format!("the file calls it a course, but it has {shows}: read as a recording{laps}");
    let warning = Warning::new(WarningCode::Course, text);
    activity.warnings.push(warning);
    activity.name = activity.name.take().filter(|name| !is_stamp(name));
    Ok(())
}

/// Returns whether a name is a time, whole or cut: GPSBabel calls a course by the first 15 characters of
/// the activity's number, which is the time of its start.
fn is_stamp(name: &str) -> bool {
    let shape = name.bytes().map(|byte| match byte {
        b'0'..=b'9' => b'0',
        other => other,
    });
    shape.take(STAMP.len()).eq(STAMP.bytes())
}

/// Returns what shows that a course was recorded, or why it was not.
fn evidence(activity: &Activity) -> Result<&'static str, &'static str> {
    let records = &activity.records;
    if records.is_empty() {
        return Err("without times");
    }
    if activity.start.is_none() {
        return Err("without a date");
    }
    if records.heart_rate_bpm.has_values() {
        return Ok("heart rate");
    }
    if records.cadence_spm.has_values() || records.power_w.has_values() {
        return Ok("what a sensor measured");
    }
    let Some(spread) = minutes_spread(records) else {
        return Err("too short to tell whether it was run, without heart rate");
    };
    if spread < EVEN {
        return Err("of one unchanging speed, as planners write it");
    }
    let covered = covered(records);
    if has_pressed_laps(activity) || is_ticking(&covered) {
        Ok("the times and the uneven speed of a recording")
    } else {
        Err("with times at its corners alone, as planners write them")
    }
}

/// Returns whether there are laps that the runner ended.
fn has_pressed_laps(activity: &Activity) -> bool {
    let mut laps = activity.laps.iter();
    laps.len() > 1 && laps.any(|lap| lap.trigger == LapTrigger::Manual)
}

/// Returns whether the stamps are those of a clock rather than of places.
fn is_ticking(covered: &[(f64, f64)]) -> bool {
    let pairs = covered.windows(2);
    let (mut steps_s, mut steps_m): (Vec<f64>, Vec<f64>) = pairs
        .map(|pair| (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1))
        .unzip();
    let count = steps_s.len() as f64;
    let Some(usual_s) = statistics::median_of(&mut steps_s) else {
        return false;
    };
    let share = |is_so: &dyn Fn(f64) -> bool| {
        steps_s.iter().filter(|step_s| is_so(**step_s)).count() as f64 / count
    };
    let is_regular =
        usual_s <= LONGEST_STEP_S && share(&|step_s| (step_s - usual_s).abs() < 0.1) >= SAME_STEP;
    let is_frequent = share(&|step_s| step_s > LONGEST_STEP_S) <= LONG_STEPS;
    // Points at even distances were placed on a map, whatever their times, which whole seconds make alike.
    let by_place = spread(&mut steps_m.clone()).zip(spread(&mut steps_s.clone()));
    if by_place.is_some_and(|(in_metres, in_seconds)| in_metres < in_seconds) {
        return false;
    }
    is_regular || is_frequent && spread(&mut steps_m).is_some_and(|spread| spread > SPREAD_EVENLY)
}

/// Returns by what share of the median the speeds of single minutes differ.
fn minutes_spread(records: &Records) -> Option<f64> {
    let covered = covered(records);
    let (first, last) = (covered.first()?.0, covered.last()?.0);
    let moments = (0..=MOST_WINDOWS).map(|edge| first + f64::from(edge) * WINDOW_S);
    let moments = moments.take_while(|moment_s| *moment_s <= last);
    let edges: Vec<f64> = moments.map(|moment_s| at(&covered, moment_s)).collect();
    let mut speeds: Vec<f64> = edges.windows(2).map(|pair| pair[1] - pair[0]).collect();
    if speeds.len() < LEAST_WINDOWS {
        return None;
    }
    spread(&mut speeds)
}

/// Returns how far the middle four fifths reach, as a share of the median.
fn spread(values: &mut [f64]) -> Option<f64> {
    let low = statistics::quantile(values, MIDDLE_FROM)?;
    let high = statistics::quantile(values, MIDDLE_TO)?;
    let usual = statistics::median_of(values).filter(|usual| *usual > 0.0)?;
    Some((high - low) / usual)
}

/// Returns the distance covered at each time: as recorded, else along the positions.
fn covered(records: &Records) -> Vec<(f64, f64)> {
    let timed = |metres: Vec<Option<f64>>| {
        let times = records.time_s.iter().copied();
        let pairs = times.zip(metres);
        pairs
            .filter_map(|(time_s, metres)| Some((time_s, metres?)))
            .collect()
    };
    if records.distance_m.has_values() {
        return timed(records.distance_m.iter().collect());
    }
    let (mut before, mut sum_m) = (None, 0.0);
    let positions = records
        .latitude_deg
        .iter()
        .zip(records.longitude_deg.iter());
    let along = positions.map(|(latitude, longitude)| {
        let here = (latitude?, longitude?);
        sum_m += before.map_or(0.0, |before| great_circle_m(before, here));
        before = Some(here);
        Some(sum_m)
    });
    timed(along.collect())
}

/// Returns the distance at a time, between two records in proportion.
fn at(covered: &[(f64, f64)], time_s: f64) -> f64 {
    let after = covered.partition_point(|(time, _)| *time <= time_s);
    let Some(before) = after.checked_sub(1).and_then(|index| covered.get(index)) else {
        return 0.0;
    };
    covered.get(after).map_or(before.1, |next| {
        before.1 + (next.1 - before.1) * (time_s - before.0) / (next.0 - before.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::Channel;
    use crate::ingest::Lap;
    use chrono::DateTime;

    /// A course of ten minutes with a record each `step_s` seconds, whose speed sways by a share.
    fn course(step_s: f64, sway: f64) -> Activity {
        let times = (0_u32..).map(|step| f64::from(step) * step_s);
        let time_s: Vec<f64> = times.take_while(|time_s| *time_s <= 600.0).collect();
        let metres = |time_s: &f64| Some(3.0 * (time_s + sway * 60.0 * (time_s / 60.0).sin()));
        Activity {
            start: DateTime::from_timestamp(1_777_777_777, 0),
            records: Records {
                distance_m: time_s.iter().map(metres).collect(),
                time_s,
                ..Records::default()
            },
            ..Activity::default()
        }
    }

    fn told(mut activity: Activity) -> String {
        match accept(&mut activity) {
            Ok(()) => activity.warnings[0].text.clone(),
            Err(error) => error.kind.to_string(),
        }
    }

    #[test]
    fn an_unchanging_speed_is_a_plan_and_an_uneven_one_a_run() {
        assert_eq!(
            told(course(1.0, 0.0)),
            "a course of one unchanging speed, as planners write it, not a recorded activity"
        );
        assert!(told(course(1.0, 0.1)).contains("the uneven speed of a recording"));
    }

    #[test]
    fn points_at_even_distances_are_a_plan_whatever_their_times() {
        let mut even = course(1.0, 0.1);
        let times = (0_u32..100).scan(0.0, |at_s, point| {
            let speed_m_s = 3.0 + 0.3 * (f64::from(point) / 9.0).sin();
            *at_s += 20.0 / speed_m_s;
            Some(at_s.round())
        });
        even.records.time_s = times.collect();
        even.records.distance_m = (0_u32..100)
            .map(|point| Some(20.0 * f64::from(point)))
            .collect();
        assert!(told(even).contains("as planners write them"));
    }

    #[test]
    fn a_time_is_no_name() {
        for (name, kept) in [
            ("2026-05-02T06:0", None),
            ("2026 marathon", Some("2026 marathon")),
        ] {
            let mut named = course(1.0, 0.1);
            named.name = Some(name.to_owned());
            accept(&mut named).expect("a recording");
            assert_eq!(named.name.as_deref(), kept);
        }
    }

    #[test]
    fn times_at_corners_need_a_witness() {
        let mut corners = course(1.0, 0.1);
        corners
            .records
            .time_s
            .retain(|time_s| time_s % 37.0 == 0.0 || time_s % 13.0 == 0.0);
        let metres = |time_s: &f64| Some(3.0 * (time_s + 6.0 * (time_s / 60.0).sin()));
        corners.records.distance_m = corners.records.time_s.iter().map(metres).collect();
        assert!(told(corners.clone()).contains("at its corners alone"));
        let pressed = Lap {
            trigger: LapTrigger::Manual,
            ..Lap::default()
        };
        corners.laps = vec![pressed; 2];
        assert!(told(corners).ends_with("its points named as laps are its laps"));
    }

    #[test]
    fn a_sensor_shows_a_run_and_a_missing_date_a_plan() {
        let mut beating = course(30.0, 0.0);
        let length = beating.records.len();
        beating.records.heart_rate_bpm = vec![Some(140.0); length].into_iter().collect::<Channel>();
        assert!(told(beating.clone()).contains("heart rate"));
        beating.start = None;
        assert!(told(beating).starts_with("a course without a date"));
        assert!(told(Activity::default()).starts_with("a course without times"));
    }
}

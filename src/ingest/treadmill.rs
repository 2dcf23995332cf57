//! A treadmill run whose distance the runner put right on the watch: what was saved is the distance.

use crate::ingest::Activity;
use crate::ingest::Sport;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::units::Metres;
use crate::units::UnitSystem;

/// Distances nearer than this are the same: rounding.
const SAME: f64 = 0.005;
/// A saved distance farther off than this is no calibration: judgement, twice what an uncalibrated
/// wrist is off.
const FARTHEST: f64 = 0.5;
/// The records must cover so much of the timer, so that nothing but calibration explains the
/// difference.
const COVERED: f64 = 0.97;
/// Words of a kind of running on a treadmill.
const WORDS: [&str; 2] = ["treadmill", "indoor"];

/// Takes the saved distance of a treadmill run for the true one, and says so.
pub(super) fn calibrate(activity: &mut Activity) {
    let kind = activity.sub_sport.as_deref().unwrap_or_default();
    let is_treadmill =
        activity.sport == Sport::Running && WORDS.iter().any(|word| kind.contains(word));
    let distances = activity.records.distance_m.iter().flatten();
    let recorded_m = distances.fold(0.0, f64::max);
    let recorded_s = activity.records.time_s.last().copied().unwrap_or(0.0);
    let totals = &activity.totals;
    let Some(saved_m) = totals
        .distance_m
        .filter(|_| is_treadmill && recorded_m > 0.0)
    else {
        return;
    };
    let off = (saved_m / recorded_m - 1.0).abs();
    let is_whole = totals
        .timer_s
        .is_none_or(|timer_s| recorded_s >= COVERED * timer_s);
    if off <= SAME || off > FARTHEST || !is_whole {
        return;
    }
    activity.true_distance_m = Some(saved_m);
    let show = |metres| Metres(metres).show(UnitSystem::Metric);
    let text = format!(
        "the distance was put right on the watch: {} in place of {}; speeds were scaled to it",
        show(saved_m),
        show(recorded_m)
    );
    activity
        .warnings
        .push(Warning::new(WarningCode::Calibrated, text));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Records;
    use crate::ingest::Totals;

    fn calibrated(kind: Option<&str>, saved_m: f64, timer_s: f64) -> Option<f64> {
        let mut activity = Activity {
            sport: Sport::Running,
            sub_sport: kind.map(str::to_owned),
            records: Records {
                time_s: vec![0.0, 1_800.0, 3_600.0],
                distance_m: [0.0, 4_900.0, 9_800.0].into_iter().collect(),
                ..Records::default()
            },
            totals: Totals {
                distance_m: Some(saved_m),
                timer_s: Some(timer_s),
                ..Totals::default()
            },
            ..Activity::default()
        };
        calibrate(&mut activity);
        activity.true_distance_m
    }

    #[test]
    fn what_was_saved_is_the_distance_of_a_treadmill_run() {
        assert_eq!(
            calibrated(Some("treadmill"), 10_500.0, 3_600.0),
            Some(10_500.0)
        );
        assert_eq!(calibrated(Some("indoor_running"), 9_810.0, 3_600.0), None);
        assert_eq!(calibrated(Some("treadmill"), 12_000.0, 5_000.0), None);
        assert_eq!(calibrated(None, 10_500.0, 3_600.0), None);
    }
}

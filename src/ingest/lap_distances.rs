//! Distances of laps that cannot be: added up from the start of the run, or longer than it.

use crate::ingest::Activity;
use crate::ingest::Lap;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::units::plural;

/// Laps add up when the last one is as long as the run, within this share.
const SAME_TOTAL: f64 = 0.05;
/// Fewer laps show no habit: two may be of any length.
const LEAST_LAPS: usize = 3;
/// A lap longer than the run by more than this share is no lap of it.
const LONGER_THAN_RUN: f64 = 0.1;

/// Makes the distances of laps count from their own start, and leaves out impossible ones.
pub(super) fn check(activity: &mut Activity) {
    let recorded_m = activity.records.distance_m.iter().flatten();
    let (first_m, last_m) = recorded_m.fold((f64::INFINITY, 0.0), |(first_m, last_m), metres| {
        (f64::min(first_m, metres), f64::max(last_m, metres))
    });
    let Some(total_m) = (last_m > first_m).then_some(last_m) else {
        return;
    };
    if add_up(&activity.laps, total_m) {
        let is_of_laps = activity.totals.distance_m.is_some_and(|told_m| {
            let sum_m: f64 = activity.laps.iter().filter_map(|lap| lap.distance_m).sum();
            (told_m - sum_m).abs() < 1.0
        });
        if is_of_laps {
            activity.totals.distance_m = activity.laps.last().and_then(|lap| lap.distance_m);
        }
        let mut before_m = 0.0;
        for lap in &mut activity.laps {
            let until_m = lap.distance_m.unwrap_or(before_m);
            lap.distance_m = Some(until_m - before_m);
            before_m = until_m;
        }
        let text = "the distances of the laps count from the start of the run; made to count from their own";
        activity
            .warnings
            .push(Warning::new(WarningCode::LapDistanceSum, text));
    }
    leave_out_impossible(activity, total_m);
}

/// Returns whether each lap has the distance from the start of the run to its end.
fn add_up(laps: &[Lap], total_m: f64) -> bool {
    let distances: Option<Vec<f64>> = laps.iter().map(|lap| lap.distance_m).collect();
    distances.is_some_and(|distances| {
        let is_rising = distances.windows(2).all(|pair| pair[0] < pair[1]);
        let is_whole = distances
            .last()
            .is_some_and(|last_m| (last_m / total_m - 1.0).abs() <= SAME_TOTAL);
        distances.len() >= LEAST_LAPS && is_rising && is_whole
    })
}

fn leave_out_impossible(activity: &mut Activity, total_m: f64) {
    let total_m = activity.totals.distance_m.unwrap_or(0.0).max(total_m);
    let most_m = total_m * (1.0 + LONGER_THAN_RUN);
    let mut impossible = 0;
    for lap in &mut activity.laps {
        if lap.distance_m.is_some_and(|metres| metres > most_m) {
            lap.distance_m = None;
            impossible += 1;
        }
    }
    if impossible > 0 {
        let text = format!(
            "{} longer than the run: without a distance",
            plural(impossible, "lap")
        );
        activity
            .warnings
            .push(Warning::new(WarningCode::LapDistance, text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Records;
    use crate::ingest::Totals;

    fn run(laps_m: &[f64], told_m: f64) -> Activity {
        Activity {
            records: Records {
                distance_m: [0.0, 2_500.0, 5_000.0].into_iter().collect(),
                ..Records::default()
            },
            laps: laps_m
                .iter()
                .map(|metres| Lap {
                    distance_m: Some(*metres),
                    ..Lap::default()
                })
                .collect(),
            totals: Totals {
                distance_m: Some(told_m),
                ..Totals::default()
            },
            ..Activity::default()
        }
    }

    fn checked(laps_m: &[f64], told_m: f64) -> (Vec<Option<f64>>, Option<f64>, usize) {
        let mut activity = run(laps_m, told_m);
        check(&mut activity);
        let laps = activity.laps.iter().map(|lap| lap.distance_m).collect();
        (laps, activity.totals.distance_m, activity.warnings.len())
    }

    #[test]
    fn distances_that_add_up_count_from_the_start_of_each_lap() {
        let (laps, total_m, warnings) = checked(&[1_000.0, 3_000.0, 5_000.0], 9_000.0);
        assert_eq!(laps, [Some(1_000.0), Some(2_000.0), Some(2_000.0)]);
        assert_eq!((total_m, warnings), (Some(5_000.0), 1));
        // Rising laps of their own lengths.
        assert_eq!(checked(&[1_000.0, 1_500.0, 2_500.0], 5_000.0).2, 0);
    }

    #[test]
    fn a_lap_longer_than_the_run_has_no_distance() {
        let (laps, _, warnings) = checked(&[1_000.0, 4e7, 3_000.0], 5_000.0);
        assert_eq!((laps[1], warnings), (None, 1));
    }
}

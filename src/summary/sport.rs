//! Which sport it was, where the file does not say.

use crate::human::record_speed_m_s;
use crate::ingest::Activity;
use crate::ingest::Sport;
use crate::streams::Streams;
use crate::summary::cells::MOVING_M_S;
use crate::summary::cells::WALKING_M_S;
use crate::summary::cells::median;
use crate::summary::cells::number;

/// A median moving speed above this is cycling.
///
/// # Units
/// Metres per second: 3:00/km, which only racing elites hold, and a slow ride.
const CYCLING_MEDIAN_M_S: f64 = 5.6;
/// A tenth of the moving time above this is cycling, whatever the median: 32 km/h downhill.
///
/// # Units
/// Metres per second.
const CYCLING_FAST_M_S: f64 = 9.0;
/// Below this heart rate nobody runs hard.
///
/// # Units
/// Beats per minute. Chosen: easy running of the fit.
const RESTED_BPM: f64 = 130.0;
/// So near to the world record for the moving time, at such a heart rate, or with neither steps nor
/// heart rate recorded, it is a ride.
///
/// # Units
/// Ratio. Chosen: the first is 4:00/km for an hour; the second 3:10/km.
const RESTED_SHARE: f64 = 0.7;
/// See [`RESTED_SHARE`].
const UNSEEN_SHARE: f64 = 0.88;
/// A median cadence of this or more is running.
///
/// # Units
/// Steps per minute. Pedals turn at 60–110, walkers take 90–130 steps.
const RUNNING_CADENCE_SPM: f64 = 140.0;

/// Returns the sport, deciding by speed and cadence where the file does not say.
///
/// A file without a sport, without speed and without cadence stays [`Sport::Unknown`].
#[must_use]
pub fn sport(activity: &Activity, streams: &Streams) -> Sport {
    let may_run = matches!(activity.sport, Sport::Running | Sport::Unknown);
    if may_run && streams.not_a_run.is_some() {
        return Sport::Cycling;
    }
    if activity.sport != Sport::Unknown {
        return activity.sport;
    }
    let moving: Vec<f64> = streams
        .speed_m_s
        .present(0..streams.len())
        .filter(|speed| *speed >= MOVING_M_S)
        .collect();
    let cadence: Vec<f64> = streams.cadence_spm.present(0..streams.len()).collect();
    let heart_rate: Vec<f64> = streams.heart_rate_bpm.present(0..streams.len()).collect();
    match by_speed(&moving, median(&cadence)) {
        Sport::Running if is_too_fast(&moving, median(&cadence), median(&heart_rate)) => {
            Sport::Cycling
        }
        sport => sport,
    }
}

/// Returns whether the whole is faster than its runner can be believed to be.
fn is_too_fast(moving_m_s: &[f64], cadence_spm: Option<f64>, heart_rate_bpm: Option<f64>) -> bool {
    if cadence_spm.is_some_and(|cadence| cadence >= RUNNING_CADENCE_SPM) {
        return false;
    }
    let share = match heart_rate_bpm {
        Some(beats) if beats < RESTED_BPM => RESTED_SHARE,
        Some(_) => 1.0,
        None => UNSEEN_SHARE,
    };
    let record_m_s = record_speed_m_s(number(moving_m_s.len()));
    median(moving_m_s).is_some_and(|speed| speed >= share * record_m_s)
}

fn by_speed(moving_m_s: &[f64], cadence_spm: Option<f64>) -> Sport {
    let runs_by_cadence = cadence_spm.is_some_and(|cadence| cadence >= RUNNING_CADENCE_SPM);
    let Some(speed) = median(moving_m_s) else {
        return if runs_by_cadence {
            Sport::Running
        } else {
            Sport::Unknown
        };
    };
    let fast = moving_m_s.iter().filter(|v| **v > CYCLING_FAST_M_S).count();
    if runs_by_cadence && speed <= CYCLING_MEDIAN_M_S {
        Sport::Running
    } else if speed > CYCLING_MEDIAN_M_S || fast * 10 > moving_m_s.len() {
        Sport::Cycling
    } else if speed < WALKING_M_S {
        Sport::Walking
    } else {
        Sport::Running
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speed_tells_walking_running_and_cycling_apart() {
        assert_eq!(by_speed(&[1.4; 600], None), Sport::Walking);
        assert_eq!(by_speed(&[2.9; 600], None), Sport::Running);
        assert_eq!(by_speed(&[7.0; 600], None), Sport::Cycling);
        assert_eq!(by_speed(&[], None), Sport::Unknown);
    }

    #[test]
    fn what_hardly_anyone_runs_is_a_ride() {
        // An hour at 5.6 m/s; the record is 5.9.
        let hour = [5.6; 3600];
        assert!(is_too_fast(&hour, None, Some(104.0)) && is_too_fast(&hour, None, None));
        assert!(!is_too_fast(&hour, Some(180.0), Some(104.0)));
        assert!(!is_too_fast(&hour, None, Some(165.0)));
        assert!(!is_too_fast(&[3.9; 3600], None, Some(125.0)));
    }

    #[test]
    fn a_hilly_ride_with_a_slow_median_is_still_a_ride() {
        let ride: Vec<f64> = [4.0; 500].into_iter().chain([12.0; 100]).collect();
        assert_eq!(by_speed(&ride, None), Sport::Cycling);
    }

    #[test]
    fn cadence_beats_a_walking_speed() {
        assert_eq!(by_speed(&[1.8; 600], Some(165.0)), Sport::Running);
        assert_eq!(by_speed(&[], Some(165.0)), Sport::Running);
    }
}

//! Which sport it was, where the file does not say.
//!
//! Rides are told by the speed of the whole: a file without a sport is as likely a ride as a run. That a
//! stretch of a run was ridden, `streams::not_run` tells by what differs from the running around it, and
//! by higher limits.

use crate::human::record_speed_m_s;
use crate::ingest::Activity;
use crate::ingest::Sport;
use crate::statistics::median;
use crate::streams::Streams;
use crate::summary::cells::number;
use crate::thresholds::STANDING_M_S;
use crate::thresholds::WALKING_M_S;

/// A median moving speed above this is cycling.
///
/// # Units
/// Metres per second: 3:00/km, which only racing elites hold, and a slow ride.
const CYCLING_MEDIAN_M_S: f64 = 5.6;
/// The same for [`LONG_S`] and more without a cadence: 3:12/km, which runners of national class hold for
/// 10 km, and they record cadence.
///
/// # Units
/// Metres per second.
const LONG_CYCLING_MEDIAN_M_S: f64 = 5.2;
/// From here on a moving time is long.
///
/// # Units
/// Seconds.
const LONG_S: usize = 1200;
/// A tenth of the moving time above this is cycling, whatever the median: 32 km/h downhill.
///
/// # Units
/// Metres per second.
const CYCLING_FAST_M_S: f64 = 9.0;
/// So many stretches of [`ROLLING_S`] faster than this are cycling: 25 km/h for half a minute is 200 m at
/// world-class 800 m pace, and again, and again.
///
/// # Units
/// Metres per second.
const ROLLING_M_S: f64 = 7.0;
/// See [`ROLLING_M_S`].
const ROLLING_STRETCHES: usize = 3;
/// See [`ROLLING_M_S`].
///
/// # Units
/// Seconds.
const ROLLING_S: usize = 30;
/// Slower than walking pace, but a heart rate above this, is a slow run unless it is slower than
/// [`SLOWEST_RUN_M_S`]: walkers on the flat seldom get there.
///
/// # Units
/// Beats per minute.
const RUNNING_BPM: f64 = 130.0;
/// See [`RUNNING_BPM`].
///
/// # Units
/// Metres per second: 9:48/km.
const SLOWEST_RUN_M_S: f64 = 1.7;
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

/// Returns the sport, deciding by speed, cadence and heart rate where the file does not say.
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
    let all = 0..streams.len();
    let is_moving = |speed: &f64| *speed >= STANDING_M_S;
    let speeds = streams.speed_m_s.present(all.clone());
    let cadence: Vec<f64> = streams.cadence_spm.present(all.clone()).collect();
    let heart_rate: Vec<f64> = streams.heart_rate_bpm.present(all).collect();
    Signs {
        moving_m_s: speeds.filter(is_moving).collect(),
        cadence_spm: median(&cadence),
        heart_rate_bpm: median(&heart_rate),
    }
    .sport()
}

/// What tells one sport from another.
#[derive(Default)]
struct Signs {
    /// Speed of each second of moving.
    moving_m_s: Vec<f64>,
    /// The median.
    cadence_spm: Option<f64>,
    /// The median.
    heart_rate_bpm: Option<f64>,
}

impl Signs {
    fn sport(&self) -> Sport {
        let steps = self.cadence_spm.unwrap_or_default();
        let runs_by_cadence = steps >= RUNNING_CADENCE_SPM;
        let Some(speed) = median(&self.moving_m_s) else {
            return if runs_by_cadence {
                Sport::Running
            } else {
                Sport::Unknown
            };
        };
        if runs_by_cadence && speed <= CYCLING_MEDIAN_M_S {
            Sport::Running
        } else if self.is_ride(speed) || self.is_too_fast() {
            Sport::Cycling
        } else if speed < WALKING_M_S && !self.is_slow_run(speed) {
            Sport::Walking
        } else {
            Sport::Running
        }
    }

    fn is_ride(&self, speed_m_s: f64) -> bool {
        let moving = &self.moving_m_s;
        let fast = moving.iter().filter(|v| **v > CYCLING_FAST_M_S).count();
        let is_long = moving.len() >= LONG_S;
        speed_m_s > CYCLING_MEDIAN_M_S
            || fast * 10 > moving.len()
            || (is_long && speed_m_s > LONG_CYCLING_MEDIAN_M_S)
            || self.rolls()
    }

    /// Returns whether the whole is faster than its runner can be believed to be.
    fn is_too_fast(&self) -> bool {
        let runs_by_cadence = self.cadence_spm >= Some(RUNNING_CADENCE_SPM);
        let share = match self.heart_rate_bpm {
            Some(beats) if beats < RESTED_BPM => RESTED_SHARE,
            Some(_) => 1.0,
            None => UNSEEN_SHARE,
        };
        let record_m_s = record_speed_m_s(number(self.moving_m_s.len()));
        let speed = median(&self.moving_m_s);
        !runs_by_cadence && speed.is_some_and(|speed| speed >= share * record_m_s)
    }

    /// Returns whether several half minutes are faster than running.
    fn rolls(&self) -> bool {
        let stretches = self
            .moving_m_s
            .chunk_by(|one, next| (*one > ROLLING_M_S) == (*next > ROLLING_M_S));
        let rolling =
            stretches.filter(|stretch| stretch.len() >= ROLLING_S && stretch[0] > ROLLING_M_S);
        rolling.count() >= ROLLING_STRETCHES
    }

    fn is_slow_run(&self, speed_m_s: f64) -> bool {
        let is_hard = self.heart_rate_bpm.is_some_and(|rate| rate >= RUNNING_BPM);
        speed_m_s >= SLOWEST_RUN_M_S && is_hard
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_speed(moving_m_s: &[f64], cadence_spm: Option<f64>) -> Sport {
        with_heart_rate(moving_m_s, cadence_spm, None)
    }

    fn with_heart_rate(moving_m_s: &[f64], cadence_spm: Option<f64>, bpm: Option<f64>) -> Sport {
        Signs {
            moving_m_s: moving_m_s.to_vec(),
            cadence_spm,
            heart_rate_bpm: bpm,
        }
        .sport()
    }

    #[test]
    fn a_calm_hour_at_a_racing_speed_is_a_ride() {
        assert_eq!(
            with_heart_rate(&[5.4; 3600], None, Some(104.0)),
            Sport::Cycling
        );
        assert_eq!(
            with_heart_rate(&[4.4; 3600], None, Some(105.0)),
            Sport::Cycling
        );
        assert_eq!(
            with_heart_rate(&[4.4; 3600], None, Some(150.0)),
            Sport::Running
        );
        assert_eq!(
            with_heart_rate(&[5.4; 900], None, Some(180.0)),
            Sport::Running
        );
    }

    #[test]
    fn rolling_again_and_again_is_a_ride() {
        let stretch = || [4.5; 300].into_iter().chain([7.5; 40]);
        let ride: Vec<f64> = stretch().chain(stretch()).chain(stretch()).collect();
        assert_eq!(by_speed(&ride, None), Sport::Cycling);
        assert_eq!(by_speed(&ride, Some(172.0)), Sport::Running);
    }

    #[test]
    fn a_slow_run_is_told_from_a_walk_by_heart_rate() {
        assert_eq!(
            with_heart_rate(&[1.8; 1800], None, Some(142.0)),
            Sport::Running
        );
        assert_eq!(
            with_heart_rate(&[1.8; 1800], None, Some(105.0)),
            Sport::Walking
        );
        assert_eq!(
            with_heart_rate(&[1.2; 1800], None, Some(142.0)),
            Sport::Walking
        );
    }

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
        assert_eq!(with_heart_rate(&hour, None, Some(104.0)), Sport::Cycling);
        assert_eq!(by_speed(&hour, None), Sport::Cycling);
        assert_eq!(
            with_heart_rate(&hour, Some(180.0), Some(104.0)),
            Sport::Running
        );
        assert_eq!(
            with_heart_rate(&[5.1; 3600], None, Some(165.0)),
            Sport::Running
        );
        assert_eq!(
            with_heart_rate(&[3.9; 3600], None, Some(125.0)),
            Sport::Running
        );
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

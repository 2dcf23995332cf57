//! Whether heart rate was higher than the athlete's own line of the last weeks says for the speed.

use serde::Deserialize;
use serde::Serialize;

use crate::history::PastSession;
use crate::history::critical_speed::median;
use crate::history::heart_rate_line;
use crate::summary::SteadyBlock;
use crate::units::round;

/// The days from which the line is learned.
///
/// # Units
/// Days: eight weeks, in which fitness moves a line less than one day's heat does.
pub(super) const WINDOW_DAYS: u64 = 56;
/// The line's scatter from run to run needs so many runs.
const LEAST_RUNS: usize = 8;
/// A run needs so many blocks.
const LEAST_BLOCKS: usize = 2;
/// A run was unexpectedly hard from this many times the usual scatter on.
///
/// # Units
/// Standard deviations. Convention: about one run in forty by chance.
const HARD_SCATTERS: f64 = 2.0;
/// And from this difference on.
///
/// # Units
/// Beats per minute. Chosen: less is a warm day or another sensor.
const HARD_LEAST_BPM: f64 = 5.0;
/// The scatter is taken as at least this.
///
/// # Units
/// Beats per minute. Chosen: no sensor and no day repeats better.
const LEAST_SCATTER_BPM: f64 = 2.0;
/// The slope of the line where the runs do not show one of their own.
///
/// # Units
/// Beats per minute per metre per second: the middle of 9–31, measured on 15 real runs.
const USUAL_SLOPE: f64 = 20.0;
/// How far from the middle of the past blocks that slope is used.
///
/// # Units
/// Metres per second. Chosen: slopes between 9 and 31 then differ by 3 beats.
const USUAL_REACH_M_S: f64 = 0.3;
/// Turns a median absolute deviation into a standard deviation, for normal noise.
const MAD_TO_SD: f64 = 1.4826;

/// Heart rate in the even running of a run against the athlete's own line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Expectation {
    /// Median difference of heart rate to the line; positive is higher for the speed.
    pub difference_bpm: Option<f64>,
    /// How much runs usually scatter around the line (standard deviation).
    pub usual_scatter_bpm: Option<f64>,
    /// Past runs on which the line rests.
    pub runs: usize,
    /// Whether the run was unexpectedly hard: heart rate clearly higher than usual for the speed,
    /// or, which is the same, speed lower than usual for the heart rate.
    pub unexpectedly_hard: bool,
    /// Why there is no number.
    pub reason: Option<String>,
}

/// Returns what the line of some past sessions says of the blocks of a run.
///
/// Steps: the line of heart rate over effort speed through the median of each bin of speed, blocks
/// that start 15–75 min into a run (a line of usual slope where all are about equally fast); for each run the median of heart rate − line over its blocks;
/// the scatter is the robust standard deviation of these medians over past runs; a run is
/// unexpectedly hard from twice the scatter and 5 beats on.
///
/// # References
/// This program's own. A higher heart rate for the speed has many causes, heat, hills without
/// altitude, a cold, tired legs, another sensor: it is a sign, not a diagnosis.
pub(super) fn expectation(past: &[PastSession], blocks: &[SteadyBlock]) -> Expectation {
    measured(past, blocks).unwrap_or_else(|reason| Expectation {
        reason: Some(reason),
        ..Expectation::default()
    })
}

fn measured(past: &[PastSession], blocks: &[SteadyBlock]) -> Result<Expectation, String> {
    let own = points(blocks);
    if own.len() < LEAST_BLOCKS {
        return Err(
            "needs two 5-minute blocks of even running with heart rate between the 15th and the \
             75th minute"
                .to_owned(),
        );
    }
    let line = heart_rate_line::line_of(past)
        .or_else(|| usual_line(past, &own))
        .ok_or_else(not_enough)?;
    let mut scatter: Vec<f64> = past
        .iter()
        .filter_map(|session| difference(&points(&session.steady_blocks), line))
        .collect();
    let runs = scatter.len();
    if runs < LEAST_RUNS {
        return Err(not_enough());
    }
    let middle = median(&mut scatter).ok_or_else(not_enough)?;
    let mut deviations: Vec<f64> = scatter.iter().map(|d| (d - middle).abs()).collect();
    let scatter = median(&mut deviations).map_or(0.0, |mad| MAD_TO_SD * mad);
    let scatter = scatter.max(LEAST_SCATTER_BPM);
    let difference = difference(&own, line).ok_or_else(not_enough)? - middle;
    Ok(Expectation {
        difference_bpm: Some(round(difference, 1)),
        usual_scatter_bpm: Some(round(scatter, 1)),
        runs,
        unexpectedly_hard: difference >= (HARD_SCATTERS * scatter).max(HARD_LEAST_BPM),
        reason: None,
    })
}

/// Returns a line of usual slope through the middle of the past blocks, for a runner who always runs
/// at about the same speed; nothing for blocks at another speed.
fn usual_line(past: &[PastSession], own: &[(f64, f64)]) -> Option<(f64, f64)> {
    let all = past.iter().flat_map(|session| &session.steady_blocks);
    let (mut speeds, mut beats): (Vec<f64>, Vec<f64>) =
        all.filter_map(heart_rate_line::usable).unzip();
    let (speed, beats) = (median(&mut speeds)?, median(&mut beats)?);
    let mut own: Vec<f64> = own.iter().map(|(speed, _)| *speed).collect();
    let near = (median(&mut own)? - speed).abs() <= USUAL_REACH_M_S;
    near.then_some((USUAL_SLOPE, beats - USUAL_SLOPE * speed))
}

fn not_enough() -> String {
    format!(
        "needs {LEAST_RUNS} runs with heart rate in their even running in the {WINDOW_DAYS} days before"
    )
}

fn points(blocks: &[SteadyBlock]) -> Vec<(f64, f64)> {
    blocks.iter().filter_map(heart_rate_line::usable).collect()
}

/// Returns the median of heart rate minus the line.
fn difference(points: &[(f64, f64)], (slope, intercept): (f64, f64)) -> Option<f64> {
    let mut differences: Vec<f64> = points
        .iter()
        .map(|(speed, beats)| beats - (intercept + slope * speed))
        .collect();
    median(&mut differences)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(speed: f64, beats: f64) -> SteadyBlock {
        SteadyBlock {
            start_s: 1800.0,
            duration_s: 300.0,
            effort_speed_m_s: speed,
            heart_rate_bpm: Some(beats),
            ..SteadyBlock::default()
        }
    }

    /// Ten runs over five speeds on the line 60 + 28 v, in turn 2 beats above and below it.
    fn past() -> Vec<PastSession> {
        (0..10)
            .map(|run| {
                let off = if run % 2 == 0 { 2.0 } else { -2.0 };
                let speeds = [2.65, 2.75, 2.85, 2.95, 3.05];
                PastSession {
                    steady_blocks: speeds
                        .iter()
                        .map(|v| block(*v, 60.0 + 28.0 * v + off))
                        .collect(),
                    ..PastSession::default()
                }
            })
            .collect()
    }

    #[test]
    fn a_run_far_above_the_line_was_unexpectedly_hard() {
        // Scatter: 1.4826 · 2 = 2.97; the limit is 5.93 beats.
        let at =
            |off: f64| expectation(&past(), &[block(2.8, 138.4 + off), block(2.9, 141.2 + off)]);
        let usual = at(0.0);
        assert_eq!(usual.usual_scatter_bpm, Some(3.0));
        assert_eq!(usual.runs, 10);
        assert!(!usual.unexpectedly_hard && usual.difference_bpm == Some(0.0));
        assert!(!at(5.8).unexpectedly_hard);
        assert!(at(6.1).unexpectedly_hard);
        assert!(!at(-9.0).unexpectedly_hard);
    }

    #[test]
    fn without_enough_running_it_says_what_it_needs() {
        let few = expectation(&past(), &[block(2.8, 150.0)]);
        assert!(
            few.reason
                .is_some_and(|reason| reason.contains("two 5-minute"))
        );
        let new = expectation(&past()[..5], &[block(2.8, 150.0), block(2.9, 150.0)]);
        assert!(new.reason.is_some_and(|reason| reason.contains("8 runs")));
    }

    #[test]
    fn a_runner_with_one_speed_has_a_line_of_usual_slope() {
        let past: Vec<PastSession> = (0..9)
            .map(|_| PastSession {
                steady_blocks: vec![block(2.9, 140.0)],
                ..PastSession::default()
            })
            .collect();
        // 140 + 20 · 0.1 beats at 3.0 m/s.
        let found = expectation(&past, &[block(3.0, 149.0), block(3.0, 149.0)]);
        assert_eq!(found.difference_bpm, Some(7.0));
        assert!(found.unexpectedly_hard);
        // 0.31 m/s faster is beyond the reach of a slope that is not the runner's own.
        let faster = expectation(&past, &[block(3.21, 149.0), block(3.21, 149.0)]);
        assert!(faster.reason.is_some());
    }
}

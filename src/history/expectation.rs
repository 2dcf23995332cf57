//! Whether heart rate was higher than the athlete's own line of the last weeks says for the speed.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::history::PastSession;
use crate::history::heart_rate_line::Blocks;
use crate::history::heart_rate_line::Line;
use crate::or_default::has_default;
use crate::statistics::SD_PER_MAD;
use crate::statistics::median_of;
use crate::summary::SteadyBlock;
use crate::units::round;

/// The days from which the line is learned.
///
/// # Units
/// Days: eight weeks, in which training moves a line less than one day's heat does.
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

/// Heart rate in the even running of a run against the athlete's own line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

has_default!(Expectation);

/// Returns what the line of some past sessions says of the blocks of a run.
///
/// Steps: the athlete's line of heart rate over effort speed and time; for each run the median of
/// heart rate − line over its blocks that start 10–75 min into it; the scatter is the robust standard
/// deviation of these medians over past runs; a run is unexpectedly hard from twice the scatter and 5
/// beats on.
///
/// # References
/// This program's own. A higher heart rate for the speed has many causes, heat, hills without
/// altitude, a cold, tired legs, another sensor: it is a sign, not a diagnosis.
pub(super) fn expectation(
    past: &[PastSession],
    on: NaiveDate,
    blocks: &[SteadyBlock],
) -> Expectation {
    measured(past, on, blocks).unwrap_or_else(|reason| Expectation {
        reason: Some(reason),
        ..Expectation::default()
    })
}

fn measured(
    past: &[PastSession],
    on: NaiveDate,
    blocks: &[SteadyBlock],
) -> Result<Expectation, String> {
    let line = Blocks::of(past, on).and_then(|blocks| Line::fit(&blocks, None));
    let line = line.ok_or_else(not_enough)?;
    let own: Vec<f64> = above(&line, blocks);
    if own.len() < LEAST_BLOCKS {
        return Err(
            "needs two 5-minute blocks of even running with heart rate between the 10th and the \
             75th minute"
                .to_owned(),
        );
    }
    let mut usual: Vec<f64> = past
        .iter()
        .filter_map(|session| median_of(&mut above(&line, &session.steady_blocks)))
        .collect();
    let runs = usual.len();
    if runs < LEAST_RUNS {
        return Err(not_enough());
    }
    let middle = median_of(&mut usual).ok_or_else(not_enough)?;
    let mut deviations: Vec<f64> = usual.iter().map(|d| (d - middle).abs()).collect();
    let scatter = median_of(&mut deviations).map_or(0.0, |mad| SD_PER_MAD * mad);
    let scatter = scatter.max(LEAST_SCATTER_BPM);
    let difference = median_of(&mut own.clone()).ok_or_else(not_enough)? - middle;
    Ok(Expectation {
        difference_bpm: Some(round(difference, 1)),
        usual_scatter_bpm: Some(round(scatter, 1)),
        runs,
        unexpectedly_hard: difference >= (HARD_SCATTERS * scatter).max(HARD_LEAST_BPM),
        reason: None,
    })
}

/// Returns how far each block that can lie on the line is above it.
fn above(line: &Line, blocks: &[SteadyBlock]) -> Vec<f64> {
    blocks
        .iter()
        .filter_map(|block| line.above(block))
        .collect()
}

fn not_enough() -> String {
    format!(
        "needs {LEAST_RUNS} runs with heart rate in their even running in the {WINDOW_DAYS} days before"
    )
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
                    day: on(),
                    steady_blocks: speeds
                        .iter()
                        .map(|v| block(*v, 60.0 + 28.0 * v + off))
                        .collect(),
                    ..PastSession::default()
                }
            })
            .collect()
    }

    fn on() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, 30).expect("a day of May")
    }

    fn reads(off: f64) -> Expectation {
        let blocks = [block(2.8, 138.4 + off), block(2.9, 141.2 + off)];
        expectation(&past(), on(), &blocks)
    }

    #[test]
    fn a_run_far_above_the_line_was_unexpectedly_hard() {
        // Half of the runs lie 2 beats above the line and half 2 below: a scatter of 1.4826 · 2 = 2.97,
        // and a limit of 5.93 beats.
        let usual = reads(0.0);
        assert_eq!(usual.usual_scatter_bpm, Some(3.0));
        assert_eq!(usual.runs, 10);
        assert!(
            usual.difference_bpm.is_some_and(|beats| beats.abs() < 0.3),
            "{usual:?}"
        );
        assert!(!usual.unexpectedly_hard);
        assert!(!reads(5.4).unexpectedly_hard);
        assert!(reads(6.4).unexpectedly_hard);
        assert!(!reads(-9.0).unexpectedly_hard);
    }

    #[test]
    fn without_enough_running_it_says_what_it_needs() {
        let few = expectation(&past(), on(), &[block(2.8, 150.0)]);
        assert!(
            few.reason
                .is_some_and(|reason| reason.contains("two 5-minute"))
        );
        let blocks = [block(2.8, 150.0), block(2.9, 150.0)];
        let new = expectation(&past()[..5], on(), &blocks);
        assert!(new.reason.is_some_and(|reason| reason.contains("8 runs")));
    }
}

//! The channels of a run as segmentation looks at them: filled, with running sums, and the few
//! facts about the whole run that candidates are compared with.
//!
//! What is decided here is which seconds are *run*. Everything that is said of contrast later rests on
//! it: an effort stands out from running, not from standing, walking or a paused watch. Contrast to all
//! that lies beside a candidate was tried first, and made repetitions of the pieces of easy runs between
//! lights, a bakery and a walk home. Both are kept: a walked recovery is a sign of a set as well.
//!
//! Running sums make the mean of any range two look-ups, of which each candidate needs some dozens.

use std::ops::Range;

use crate::channel::Channel;
use crate::channel::Sums;
use crate::segmentation::noise::long_run_deviation;
use crate::statistics::SD_PER_MAD;
use crate::statistics::quantile;
use crate::statistics::quantile_of_sorted;
use crate::streams::Motion;
use crate::streams::Streams;
use crate::thresholds::WALKING_M_S;

/// With so many steps a minute one runs even when no faster than walking: uphill, or late in a long run.
///
/// # Units
/// Steps per minute. Convention: walkers take 100 to 130.
const RUNNING_CADENCE_SPM: f64 = 140.0;
/// And from this speed on.
///
/// # Units
/// Metres per second. Chosen: slower is marching on the spot.
const SLOWEST_RUNNING_M_S: f64 = 1.2;
/// Whether one runs is told from this many seconds before and after: single seconds are noise.
///
/// # Units
/// Seconds. Chosen: five seconds together bring the noise of distance increments, 0.34 m/s, to 0.15 m/s.
const RUNNING_REACH_S: usize = 2;
/// A break begins or ends at an edge when it does so within this many seconds.
///
/// # Units
/// Seconds. Chosen: slowing down, and the reach of edges, lie between a candidate and the stop beside it.
const BREAK_EDGE_S: usize = 8;
/// The length of the means whose spread is unevenness.
///
/// # Units
/// Seconds. Chosen: three of them lie in a repetition of half a minute.
pub(crate) const EVEN_BLOCK_S: usize = 10;
/// The length of the means whose spread is the run's own wander.
///
/// # Units
/// Seconds. Chosen: about the time over which even running stays away from its mean (25 s).
pub(crate) const WANDER_BLOCK_S: usize = 30;
/// Wander is never taken to be less than this.
///
/// # Units
/// Fraction of the speed. Chosen: on a treadmill it would be zero, and contrasts are divided by it.
const LEAST_WANDER: f64 = 0.01;

/// A run, prepared for segmentation: each sequence and each sum has one entry for each second of the
/// elapsed clock. Speeds are in metres per second, heart rate in beats per minute, cadence in steps per
/// minute, power in watts, slope as a fraction.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signals {
    /// Speed with nothing absent: 0 where the run is paused or not known.
    pub(crate) speed: Vec<f64>,
    /// The least delayed speed there is, for where changes of pace begin: distance increments where
    /// distance is recorded (devices smooth their own speed over many seconds), else `speed`.
    pub(crate) edge_speed: Vec<f64>,
    /// Seconds in which one stands, or the timer was stopped.
    pub(crate) stands: Vec<bool>,
    /// Sums of `edge_speed`.
    pub(crate) edge_sums: Sums,
    /// Sums of `speed`.
    pub(crate) speed_sums: Sums,
    /// Sums of grade-adjusted (effort) speed, nothing absent; of speed where slope is not used.
    pub(crate) effort_sums: Sums,
    /// Sums of seconds that are walked or stood.
    pub(crate) slow_sums: Sums,
    /// Sums of heart rate.
    pub(crate) heart_sums: Sums,
    /// Sums of cadence.
    pub(crate) cadence_sums: Sums,
    /// Sums of power.
    pub(crate) power_sums: Sums,
    /// Sums of slope.
    pub(crate) slope_sums: Sums,
    /// The long-run standard deviation of speed, as if its seconds were independent.
    pub(crate) noise_m_s: f64,
    /// The robust spread of the half-minutes of running, as a fraction of their median. Of 33
    /// ordinary runs the means of a minute varied by 0.06 (median; plain, not robust).
    pub(crate) wander: f64,
    /// The seconds moving.
    pub(crate) moving_s: f64,
    /// Quantiles of the 30 s means of running: 0.1, 0.25, 0.5, 0.75, 0.9, 0.97.
    pub(crate) levels_m_s: [f64; 6],
    /// The median seconds between records: 1, or several with smart recording.
    pub(crate) sampling_s: f64,
    /// Sums of the effort speed of the seconds that are run: neither stood, walked, paused nor unknown.
    pub(crate) running_sums: Sums,
    /// Sums of heart rate in the seconds that are run.
    pub(crate) running_heart_sums: Sums,
    /// Sums of the seconds that are paused, or of which no speed is known.
    pub(crate) unknown_sums: Sums,
    /// What lies between the running.
    pub(crate) breaks: Breaks,
    /// The running in half-minutes, breaks left out, in order of their means.
    pub(crate) running_blocks: Vec<RunningBlock>,
    /// The highest heart rate; NaN where none is recorded.
    pub(crate) highest_heart_bpm: f64,
}

/// Half a minute of running, in which breaks do not count: a light may lie inside.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RunningBlock {
    /// The seconds from its first to its last.
    pub(crate) range: Range<usize>,
    /// Its mean grade-adjusted speed.
    pub(crate) effort_m_s: f64,
}

/// The stretches of a run that are not run: stood, walked, paused or unknown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Breaks {
    /// In order.
    stretches: Vec<Range<usize>>,
}

impl Breaks {
    fn of(running: &[bool]) -> Self {
        let mut stretches: Vec<Range<usize>> = Vec::new();
        for (second, runs) in running.iter().enumerate() {
            match stretches.last_mut() {
                _ if *runs => {}
                Some(last) if last.end == second => last.end += 1,
                _ => stretches.push(second..second + 1),
            }
        }
        Self { stretches }
    }

    /// Returns the seconds of the break that ends at a moment; 0 where one runs there, absent at the
    /// start of the run: what was before it is not known, and no sign of a rest.
    pub(crate) fn before(&self, at: usize) -> Option<usize> {
        let index = self.stretches.partition_point(|one| one.start < at);
        let last = index.checked_sub(1).map(|index| &self.stretches[index]);
        let near = last.filter(|last| last.end + BREAK_EDGE_S >= at);
        (at > 0).then(|| near.map_or(0, |near| near.end.min(at) - near.start))
    }

    /// Returns the seconds of the break that begins at a moment; 0 where one runs on, or the run ends.
    pub(crate) fn after(&self, at: usize) -> Option<usize> {
        let index = self.stretches.partition_point(|one| one.end <= at);
        let next = self.stretches.get(index);
        let near = next.filter(|next| next.start <= at + BREAK_EDGE_S);
        Some(near.map_or(0, |near| near.end - near.start.max(at)))
    }

    /// Returns the seconds of the longest break inside a range; what lies beyond its ends is not
    /// counted.
    pub(crate) fn longest(&self, range: &Range<usize>) -> usize {
        let first = self.stretches.partition_point(|one| one.end <= range.start);
        let inside = self.stretches[first..]
            .iter()
            .take_while(|one| one.start < range.end);
        inside
            .map(|one| one.end.min(range.end) - one.start.max(range.start))
            .max()
            .unwrap_or(0)
    }
}

impl Signals {
    /// Prepares a run. Streams without speed give signals in which one stands all the time.
    pub(crate) fn new(streams: &Streams) -> Self {
        let speed = filled(&streams.speed_m_s, streams);
        let effort = if streams.effort_speed_m_s.has_values() {
            filled(&streams.effort_speed_m_s, streams)
        } else {
            speed.clone()
        };
        let edge_speed: Vec<f64> = speed
            .iter()
            .enumerate()
            .map(|(second, speed)| {
                let increment = streams.distance_speed_m_s.get(second);
                let increment = increment.filter(|_| !streams.paused[second]);
                increment.map_or(*speed, |increment| increment.max(0.0))
            })
            .collect();
        let below = |limit: f64| {
            Sums::of_all(
                speed
                    .iter()
                    .map(|speed| f64::from(u8::from(*speed < limit))),
            )
        };
        let motions = |motion| (0..streams.len()).map(move |cell| streams.motion(cell) == motion);
        let mut signals = Self {
            edge_sums: Sums::of_all(edge_speed.iter().copied()),
            speed_sums: Sums::of_all(speed.iter().copied()),
            effort_sums: Sums::of_all(effort.iter().copied()),
            slow_sums: below(WALKING_M_S),
            heart_sums: Sums::of(&streams.heart_rate_bpm),
            cadence_sums: Sums::of(&streams.cadence_spm),
            power_sums: Sums::of(&streams.power_w),
            slope_sums: Sums::of(&streams.grade),
            noise_m_s: long_run_deviation(&speed),
            moving_s: motions(Motion::Moving).filter(|moves| *moves).count() as f64,
            stands: motions(Motion::Standing).collect(),
            sampling_s: streams.sampling_s,
            edge_speed,
            speed,
            ..Self::default()
        };
        signals.find_running(streams, &effort);
        signals.measure_levels();
        signals
    }

    /// Tells the seconds that are run from all others. A pause is not run even where speed is carried
    /// on through it.
    fn find_running(&mut self, streams: &Streams, effort: &[f64]) {
        let unknown =
            |second: usize| streams.paused[second] || streams.speed_m_s.get(second).is_none();
        let running: Vec<bool> = (0..self.len())
            .map(|second| !unknown(second) && self.runs(second))
            .collect();
        let efforts = running.iter().zip(effort);
        self.running_sums =
            Sums::from_samples(efforts.map(|(runs, effort)| runs.then_some(*effort)));
        let beats = running.iter().zip(streams.heart_rate_bpm.iter());
        self.running_heart_sums =
            Sums::from_samples(beats.map(|(runs, beats)| beats.filter(|_| *runs)));
        self.unknown_sums =
            Sums::of_all((0..self.len()).map(|second| f64::from(u8::from(unknown(second)))));
        let highest = streams.heart_rate_bpm.max(0..streams.len());
        self.highest_heart_bpm = highest.unwrap_or(f64::NAN);
        self.breaks = Breaks::of(&running);
        self.running_blocks = self.blocks_of_running();
    }

    /// Returns whether the seconds around one are run: fast enough, or with the steps of a runner.
    fn runs(&self, second: usize) -> bool {
        let around = second.saturating_sub(RUNNING_REACH_S)..second + RUNNING_REACH_S + 1;
        let speed = self.mean_speed(around.clone());
        let steps = || self.cadence_sums.mean(around).unwrap_or(0.0);
        speed >= WALKING_M_S || (speed >= SLOWEST_RUNNING_M_S && steps() >= RUNNING_CADENCE_SPM)
    }

    fn blocks_of_running(&self) -> Vec<RunningBlock> {
        let sums = &self.running_sums;
        let mut blocks = Vec::new();
        let mut start = 0;
        loop {
            let end = sums.forward(start, WANDER_BLOCK_S);
            let range = start..end;
            if sums.count(range.clone()) < WANDER_BLOCK_S as f64 {
                return blocks;
            }
            let effort_m_s = sums.mean(range.clone()).unwrap_or(0.0);
            blocks.push(RunningBlock { range, effort_m_s });
            start = end;
        }
    }

    /// Returns the number of seconds.
    pub(crate) fn len(&self) -> usize {
        self.speed.len()
    }

    /// Returns the mean speed over a range, 0 for an empty one.
    pub(crate) fn mean_speed(&self, range: Range<usize>) -> f64 {
        self.speed_sums.mean(range).unwrap_or(0.0)
    }

    /// Returns the mean effort speed over a range, 0 for an empty one.
    pub(crate) fn mean_effort(&self, range: Range<usize>) -> f64 {
        self.effort_sums.mean(range).unwrap_or(0.0)
    }

    fn measure_levels(&mut self) {
        let by_effort =
            |one: &RunningBlock, other: &RunningBlock| one.effort_m_s.total_cmp(&other.effort_m_s);
        self.running_blocks.sort_by(by_effort);
        let blocks = self.running_blocks.iter();
        let mut means: Vec<f64> = blocks.map(|block| block.effort_m_s).collect();
        self.levels_m_s = [0.1, 0.25, 0.5, 0.75, 0.9, 0.97]
            .map(|share| quantile_of_sorted(&means, share).unwrap_or(0.0));
        self.wander = wander(&mut means);
    }
}

/// Returns the robust coefficient of variation of means, which are reordered: the scaled median
/// distance to their median, over it. A plain one would be that of the efforts among them.
pub(crate) fn wander(means: &mut [f64]) -> f64 {
    let Some(middle) = quantile(means, 0.5).filter(|middle| *middle > 0.0) else {
        return LEAST_WANDER;
    };
    let mut distances: Vec<f64> = means.iter().map(|mean| (mean - middle).abs()).collect();
    let distance = quantile(&mut distances, 0.5).unwrap_or(0.0);
    (SD_PER_MAD * distance / middle).max(LEAST_WANDER)
}

/// Returns a speed channel without absences: pauses and unknown stretches count as standing.
pub(crate) fn filled(channel: &Channel, streams: &Streams) -> Vec<f64> {
    (0..streams.len())
        .map(|index| {
            if streams.paused[index] {
                0.0
            } else {
                channel.get(index).unwrap_or(0.0).max(0.0)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_are_counted_before_after_and_inside_a_stretch() {
        let mut running = [true; 30];
        running[3..6].fill(false);
        running[20..22].fill(false);
        let breaks = Breaks::of(&running);
        // Nothing is known of what was before the start.
        assert_eq!(breaks.before(0), None);
        assert_eq!(
            [2, 6, 14, 15].map(|at| breaks.before(at)),
            [Some(0), Some(3), Some(3), Some(0)]
        );
        assert_eq!(
            [0, 4, 6, 12].map(|at| breaks.after(at)),
            [Some(3), Some(2), Some(0), Some(2)]
        );
        assert_eq!(
            [0..30, 4..30, 6..20, 5..21].map(|range| breaks.longest(&range)),
            [3, 2, 0, 1]
        );
    }
}

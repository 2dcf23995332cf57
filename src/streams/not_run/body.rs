//! What a recording shows of the body, second by second.

use std::ops::Range;

use crate::channel::Channel;
use crate::channel::Sums;
use crate::human::FEWEST_STEPS_SPM;
use crate::human::LONGEST_STEP_M;
use crate::human::step_m;
use crate::statistics::median;
use crate::streams::track::Track;
use crate::thresholds::STANDING_M_S;

/// The speeds that nearly all running has, in metres per second: faster than walking, slower than
/// 3:00/km.
const RUNNING_M_S: Range<f64> = 1.9..5.6;
/// Runners take at least so many steps a minute. Convention: walkers take 100 to 130.
const RUNNING_SPM: f64 = 140.0;
/// Running goes on where at least this share of the usual steps is felt. Chosen: walkers take three
/// quarters of them.
pub(super) const FEWEST_RUNNING: f64 = 0.85;
/// Steps are felt in a recording when this share of its running has them. Chosen: a ride as long as
/// the run before it must not hide that the watch feels steps.
const FELT_SHARE: f64 = 0.4;
/// Less running than this shows no usual speed, in seconds.
const LEAST_RUNNING_S: usize = 120;
/// Means over so many seconds, of which the median over [`MEDIAN_S`] is the even speed: a single jump
/// of the distance leaves no trace in it, half a minute does.
const MEAN_S: usize = 5;
/// Slower means are taken as they are, in metres per second: nobody asks of them whether they are run.
const LEAST_EVEN_M_S: f64 = 3.0;
/// See [`MEAN_S`].
const MEDIAN_S: usize = 15;

/// What the body did, on the grid.
pub(in crate::streams) struct Body {
    /// Steps a minute as recorded, none at all included.
    pub(in crate::streams) cadence_spm: Channel,
    pub(in crate::streams) heart_rate_bpm: Channel,
    pub(in crate::streams) altitude_m: Channel,
}

/// What the sensor of steps says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Steps {
    /// It feels the steps of the running.
    Felt,
    /// It is there and feels none.
    NoneFelt,
    /// There is none.
    Unrecorded,
}

/// A recording as its witnesses see it.
pub(super) struct BodySignals<'a> {
    pub(super) body: &'a Body,
    /// Speed without jumps, 0 where one stands or nothing is known.
    pub(super) speed_m_s: Vec<f64>,
    pub(super) speed_sums: Sums,
    pub(super) heart_sums: Sums,
    pub(super) steps: Steps,
    /// The median of the running.
    pub(super) usual_m_s: Option<f64>,
    pub(super) usual_spm: Option<f64>,
    pub(super) usual_bpm: Option<f64>,
}

impl<'a> BodySignals<'a> {
    pub(super) fn new(track: &Track, body: &'a Body) -> Self {
        let speed_m_s = even_speed(track);
        let mut signals = Self {
            body,
            speed_sums: Sums::of_all(speed_m_s.iter().copied()),
            heart_sums: Sums::of(&body.heart_rate_bpm),
            steps: Steps::Unrecorded,
            usual_m_s: None,
            usual_spm: None,
            usual_bpm: None,
            speed_m_s,
        };
        let running: Vec<usize> = (0..signals.len())
            .filter(|cell| RUNNING_M_S.contains(&signals.speed_m_s[*cell]))
            .collect();
        signals.steps = signals.steps_of(&running);
        signals.find_usual(running);
        signals
    }

    pub(super) fn len(&self) -> usize {
        self.speed_m_s.len()
    }

    pub(super) fn feels_steps(&self) -> bool {
        self.steps == Steps::Felt
    }

    /// Returns whether a second has no steps that could carry a runner so far; the steps of running
    /// with too much distance are another fault.
    pub(super) fn is_stepless(&self, cell: usize) -> bool {
        let Some(steps) = self.body.cadence_spm.get(cell) else {
            // A sensor that drops out says nothing; the heart may.
            return self.usual_bpm.is_some();
        };
        let is_walked = steps < self.usual_spm.unwrap_or(RUNNING_SPM) * FEWEST_RUNNING;
        steps < FEWEST_STEPS_SPM
            || is_walked && step_m(self.speed_m_s[cell], steps) > LONGEST_STEP_M
    }

    /// Returns the steps a minute, 0 where none were felt.
    pub(super) fn cadence(&self, cell: usize) -> f64 {
        self.body.cadence_spm.get(cell).unwrap_or(0.0)
    }

    pub(super) fn mean_speed(&self, range: Range<usize>) -> f64 {
        self.speed_sums.mean(range).unwrap_or(0.0)
    }

    pub(super) fn moving_s(&self, range: Range<usize>) -> f64 {
        let moves = |speed: &&f64| **speed >= STANDING_M_S;
        self.speed_m_s[range].iter().filter(moves).count() as f64
    }

    fn steps_of(&self, running: &[usize]) -> Steps {
        if !self.body.cadence_spm.has_values() {
            return Steps::Unrecorded;
        }
        let felt = running
            .iter()
            .filter(|cell| self.cadence(**cell) >= RUNNING_SPM);
        let felt = felt.count();
        if felt >= LEAST_RUNNING_S && felt as f64 >= FELT_SHARE * running.len() as f64 {
            Steps::Felt
        } else if felt == 0 {
            Steps::NoneFelt
        } else {
            Steps::Unrecorded
        }
    }

    fn find_usual(&mut self, mut running: Vec<usize>) {
        if self.feels_steps() {
            running.retain(|cell| self.cadence(*cell) >= RUNNING_SPM);
        }
        if running.len() < LEAST_RUNNING_S {
            return;
        }
        let of = |value: &dyn Fn(usize) -> Option<f64>| {
            median(running.iter().filter_map(|cell| value(*cell)))
        };
        self.usual_m_s = of(&|cell| Some(self.speed_m_s[cell]));
        self.usual_spm = of(&|cell| self.body.cadence_spm.get(cell)).filter(|_| self.feels_steps());
        self.usual_bpm = of(&|cell| self.body.heart_rate_bpm.get(cell));
    }
}

/// Returns the median over 15 s of means over 5 s.
fn even_speed(track: &Track) -> Vec<f64> {
    let cells = track.increments_m.len();
    let speed = (0..cells).map(|cell| {
        let known = !track.still[cell] && !track.unknown[cell];
        if known { track.cell_speed(cell) } else { 0.0 }
    });
    let sums = Sums::of_all(speed);
    let around = |cell: usize, length: usize| {
        let half = length / 2;
        cell.saturating_sub(half)..(cell + half + 1).min(cells)
    };
    let means: Vec<f64> = (0..cells)
        .map(|cell| sums.mean(around(cell, MEAN_S)).unwrap_or(0.0))
        .collect();
    (0..cells)
        .map(|cell| match means[cell] {
            slow if slow < LEAST_EVEN_M_S => slow,
            _ => middle(&means[around(cell, MEDIAN_S)]),
        })
        .collect()
}

/// Returns the middle of at most [`MEDIAN_S`] values. It is asked for every second, and their number is odd
/// but at the ends: no allocation, and no mean of two.
fn middle(values: &[f64]) -> f64 {
    let mut sorted = [0.0; MEDIAN_S];
    let sorted = &mut sorted[..values.len()];
    sorted.copy_from_slice(values);
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(values.len() / 2).copied().unwrap_or(0.0)
}

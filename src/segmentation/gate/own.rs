//! What the gate sees of each candidate by itself: contrast to its neighbours, to the far surround and
//! to the run, length, evenness, similar candidates, heart rate, edges, own wander.
//!
//! All windows are measured from change points, not from refined edges, as edges are sought for few.
//! Windows beside a candidate grow with it, as a repetition of 20 s has a recovery of 20 s, and end at a
//! minute, as beyond lies the next repetition.

use std::ops::Range;

use crate::channel::Sums;
use crate::segmentation::gate::likeness::SPEED_FLOOR_M_S;
use crate::segmentation::gate::likeness::ln_ratio;
use crate::segmentation::gate::rarity::Background;
use crate::segmentation::gate::rarity::Peer;
use crate::segmentation::gate::rarity::Rarity;
use crate::segmentation::gate::running::Running;
use crate::segmentation::gate::similar_reps::SimilarReps;
use crate::segmentation::gate::similar_reps::similar_reps;
use crate::segmentation::levels::Component;
use crate::segmentation::signals::EVEN_BLOCK_S;
use crate::segmentation::signals::Signals;

/// Near windows are half the bout, but at least this.
///
/// # Units
/// Seconds. Chosen: the recovery of the shortest sets.
const LEAST_NEAR_S: usize = 15;
/// And at most this.
///
/// # Units
/// Seconds. Chosen: the recovery of most sets is longer.
const MOST_NEAR_S: usize = 60;
/// The wide window on either side.
///
/// # Units
/// Seconds. Chosen: beyond a stand or a walk right beside an effort.
const WIDE_S: usize = 120;
/// The far surround on either side.
///
/// # Units
/// Seconds. Chosen: long enough to hold easy running, short enough for a run that changes its ground.
const FAR_S: usize = 600;
/// The background is never taken to be quieter than this.
///
/// # Units
/// Natural logarithm of a ratio. Chosen: a belt is, and contrasts are divided by it.
const LEAST_SPREAD: f64 = 0.01;
/// The length of the means on either side of an edge.
///
/// # Units
/// Seconds. Chosen: the shortest stretch of a step function.
const EDGE_S: usize = 6;
/// Heart rate is averaged over this many seconds.
///
/// # Units
/// Seconds. Chosen: some dozens of beats.
const HEART_S: usize = 20;
/// Heart rate follows effort by about this many seconds.
///
/// # Units
/// Seconds. Chosen: the delay before it turns. It does 63 % of a change in 25–75 s (measured on 15 real
/// runs), after most short repetitions are over, so that more would look past them.
const HEART_LAG_S: usize = 10;
/// The fall of heart rate after a bout is looked at over this many seconds.
///
/// # Units
/// Seconds. Convention, as for heart-rate recovery after one minute (Cole 1999, NEJM 341:1351).
const HEART_FALL_S: usize = 60;
/// Times that are usual for repetitions. Other than the names' list, this one may only change with the
/// weights.
///
/// # Units
/// Seconds. Coaching convention.
const ROUND_TIMES_S: [f64; 18] = [
    10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0, 120.0, 150.0, 180.0, 240.0, 300.0, 360.0, 420.0,
    480.0, 600.0, 900.0, 1200.0,
];
/// Distances that are usual for repetitions.
///
/// # Units
/// Metres. Coaching convention; the mile counts as 1,600 m.
const ROUND_DISTANCES_M: [f64; 17] = [
    50.0, 80.0, 100.0, 150.0, 200.0, 300.0, 400.0, 500.0, 600.0, 800.0, 1000.0, 1200.0, 1600.0,
    2000.0, 3000.0, 4000.0, 5000.0,
];

/// A candidate, measured by itself. Contrasts are natural logarithms of ratios of speeds; what is not
/// recorded is NaN.
#[derive(Clone, Debug, Default)]
pub(crate) struct Own {
    /// The seconds it covers.
    pub(crate) range: Range<usize>,
    /// Its mean grade-adjusted speed.
    pub(crate) speed_m_s: f64,
    /// Contrast to the near seconds before and after.
    pub(crate) near: Sides,
    /// The same over two minutes.
    pub(crate) wide: Sides,
    /// The same of the least delayed speed.
    pub(crate) raw: Sides,
    /// Contrast to ten minutes on either side.
    pub(crate) far: f64,
    /// Contrast to quantiles of the running of the run: lower quarter, middle, upper tenth.
    pub(crate) to_levels: [f64; 3],
    /// How even it is.
    pub(crate) evenness: Evenness,
    /// The contrast to the near seconds in units of the noise of its mean: as if a t-statistic, with the
    /// shorter of candidate and window as its sample.
    pub(crate) clearness: f64,
    /// The speeds at its edges.
    pub(crate) edges: Edges,
    /// The share of slow seconds before, after and inside.
    pub(crate) slow: [f64; 3],
    /// Heart rate.
    pub(crate) heart: Heart,
    /// Cadence against the near seconds.
    pub(crate) cadence: Sides,
    /// Power against the near seconds.
    pub(crate) power: Sides,
    /// The mean slope.
    pub(crate) slope: f64,
    /// How far its time and its distance are from usual ones (natural logarithm).
    pub(crate) roundness: [f64; 2],
    /// How far it rises above the higher and the lower level beside it.
    pub(crate) rise: [f64; 2],
    /// How many trees hold it.
    pub(crate) seen: f64,
    /// The mean length of the stretches of the step function in it.
    pub(crate) step_length_s: f64,
    /// The running around it.
    pub(crate) background: Background,
    /// What it has to do with other candidates.
    pub(crate) similar_reps: SimilarReps,
    /// How rare a contrast like its own is in the run.
    pub(crate) rarity: Rarity,
    /// What the running of the run says.
    pub(crate) running: Running,
}

/// One value before a candidate and one after it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sides {
    /// Before.
    pub(crate) before: f64,
    /// After.
    pub(crate) after: f64,
}

impl Sides {
    /// Returns the lesser of both.
    pub(crate) fn least(self) -> f64 {
        self.before.min(self.after)
    }
}

/// How even a candidate is: shares of its mean speed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Evenness {
    /// The spread of short means.
    pub(crate) spread: f64,
    /// The lowest of them.
    pub(crate) lowest: f64,
    /// The gain from the first half to the second (natural logarithm).
    pub(crate) gain: f64,
}

/// The speeds just outside and just inside the edges, over the mean speed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Edges {
    /// Outside.
    pub(crate) outside: Sides,
    /// Inside.
    pub(crate) inside: Sides,
}

/// Heart rate, in beats per minute.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Heart {
    /// How far it rises over the bout.
    pub(crate) rise: f64,
    /// Its end above the mean of the run.
    pub(crate) level: f64,
    /// How far it falls afterwards.
    pub(crate) fall: f64,
}

impl Own {
    /// Returns its length in seconds.
    pub(crate) fn length_s(&self) -> f64 {
        self.range.len() as f64
    }

    /// Returns the contrast to the middle of the background (natural logarithm).
    pub(crate) fn over_background(&self) -> f64 {
        ln_ratio_or_nan(self.speed_m_s, self.background.usual_m_s)
    }

    /// Returns the same in units of the spread of the background.
    pub(crate) fn over_background_in_spreads(&self) -> f64 {
        self.over_background() / self.background.spread.max(LEAST_SPREAD)
    }
}

fn ln_ratio_or_nan(speed: f64, other: f64) -> f64 {
    if other.is_nan() {
        other
    } else {
        ln_ratio(speed, other)
    }
}

/// Measures all candidates, in their order. Rarity comes last, as it compares what was measured.
pub(crate) fn measure(signals: &Signals, components: &[Component]) -> Vec<Own> {
    let similar_reps = similar_reps(signals, components);
    let mut all: Vec<Own> = components
        .iter()
        .zip(similar_reps)
        .map(|(component, similar_reps)| one(signals, component, similar_reps))
        .collect();
    let peers: Vec<Peer> = all
        .iter()
        .map(|own| Peer {
            range: own.range.clone(),
            ln_length: own.length_s().ln(),
            contrast: own.near.least(),
        })
        .collect();
    for (index, own) in all.iter_mut().enumerate() {
        own.rarity = Rarity::of(&peers, index);
    }
    all
}

fn one(signals: &Signals, component: &Component, similar_reps: SimilarReps) -> Own {
    let range = component.range.clone();
    let length = range.len();
    let speed = signals.mean_effort(range.clone());
    let pace = signals.mean_speed(range.clone());
    let window = (length / 2).clamp(LEAST_NEAR_S, MOST_NEAR_S);
    let sides = |length: usize, value: &dyn Fn(Range<usize>) -> f64| Sides {
        before: value(before(&range, length)),
        after: value(after(&range, length)),
    };
    let contrast = |other: Range<usize>| ln_ratio(speed, signals.mean_effort(other));
    let near = sides(window, &contrast);
    let raw = |range| signals.edge_sums.mean(range).unwrap_or(0.0);
    let raw_own = raw(range.clone());
    let slow = |range| share(&signals.slow_sums, range);
    let ratio = |sums: &Sums, other| ratio_of(sums, range.clone(), other);
    let [_, low, middle, _, high, _] = signals.levels_m_s;
    Own {
        speed_m_s: speed,
        near,
        wide: sides(WIDE_S, &contrast),
        raw: sides(window, &|other| ln_ratio(raw_own, raw(other))),
        far: ln_ratio(speed, far(signals, &range)),
        to_levels: [low, middle, high].map(|level| ln_ratio(speed, level)),
        evenness: evenness(signals, &range),
        clearness: near.least() * pace / signals.noise_m_s * (length.min(window) as f64).sqrt(),
        edges: edges(signals, &range, pace),
        slow: [
            slow(before(&range, MOST_NEAR_S)),
            slow(after(&range, MOST_NEAR_S)),
            slow(range.clone()),
        ],
        heart: heart(signals, &range),
        cadence: sides(window, &|other| ratio(&signals.cadence_sums, other)),
        power: sides(window, &|other| ratio(&signals.power_sums, other)),
        slope: signals.slope_sums.mean(range.clone()).unwrap_or(f64::NAN),
        roundness: [
            roundness(length as f64, &ROUND_TIMES_S),
            roundness(signals.speed_sums.sum(range.clone()), &ROUND_DISTANCES_M),
        ],
        rise: [component.shoulder_m_s, component.foot_m_s]
            .map(|level| ln_ratio(component.floor_m_s, level)),
        seen: component.seen as f64,
        step_length_s: length as f64 / component.steps as f64,
        background: Background::of(signals, &range),
        similar_reps,
        rarity: Rarity::default(),
        running: Running::of(signals, &range),
        range,
    }
}

/// Returns the seconds before a range.
fn before(range: &Range<usize>, length: usize) -> Range<usize> {
    range.start.saturating_sub(length)..range.start
}

/// Returns the seconds after a range; sums cut it to the run.
fn after(range: &Range<usize>, length: usize) -> Range<usize> {
    range.end..range.end + length
}

fn share(sums: &Sums, range: Range<usize>) -> f64 {
    // Beyond the ends of the run one stands.
    sums.mean(range).unwrap_or(1.0)
}

/// Returns the mean grade-adjusted speed around a range, the range itself left out.
fn far(signals: &Signals, range: &Range<usize>) -> f64 {
    let around = range.start.saturating_sub(FAR_S)..range.end + FAR_S;
    let total = signals.effort_sums.sum(around.clone()) - signals.effort_sums.sum(range.clone());
    let count = signals.effort_sums.count(around) - signals.effort_sums.count(range.clone());
    if count > 0.0 { total / count } else { 0.0 }
}

/// Returns the spread of short means, the lowest of them and the gain from first to second half. Blocks
/// are as even as the length allows, so that no remainder is left out.
fn evenness(signals: &Signals, range: &Range<usize>) -> Evenness {
    let mean = signals.mean_speed(range.clone()).max(SPEED_FLOOR_M_S);
    let blocks = (range.len() / EVEN_BLOCK_S).max(1);
    let edge = |block: usize| range.start + range.len() * block / blocks;
    let (mut squares, mut lowest) = (0.0, f64::INFINITY);
    for block in 0..blocks {
        let part = signals.mean_speed(edge(block)..edge(block + 1)) / mean;
        squares += (part - 1.0) * (part - 1.0);
        lowest = part.min(lowest);
    }
    let middle = usize::midpoint(range.start, range.end);
    let gain = ln_ratio(
        signals.mean_speed(middle..range.end),
        signals.mean_speed(range.start..middle),
    );
    Evenness {
        spread: (squares / blocks as f64).sqrt(),
        lowest,
        gain,
    }
}

/// Returns the speeds just outside the start and the end and just inside them, over the mean.
fn edges(signals: &Signals, range: &Range<usize>, mean: f64) -> Edges {
    let mean = mean.max(SPEED_FLOOR_M_S);
    let share = |range| signals.mean_speed(range) / mean;
    Edges {
        outside: Sides {
            before: share(before(range, EDGE_S)),
            after: share(after(range, EDGE_S)),
        },
        inside: Sides {
            before: share(range.start..range.start + EDGE_S),
            after: share(range.end.saturating_sub(EDGE_S)..range.end),
        },
    }
}

/// Returns the rise of heart rate over the bout, its level against the run, its fall afterwards;
/// NaN where it is not recorded.
fn heart(signals: &Signals, range: &Range<usize>) -> Heart {
    let sums = &signals.heart_sums;
    let mean = |range: Range<usize>| sums.mean(range).unwrap_or(f64::NAN);
    let start = range.start + HEART_LAG_S;
    let end = range.end + HEART_LAG_S;
    let at_start = mean(start.saturating_sub(HEART_S)..start);
    let at_end = mean(end.saturating_sub(HEART_S)..end);
    let later = mean(end + HEART_FALL_S - HEART_S..end + HEART_FALL_S);
    Heart {
        rise: at_end - at_start,
        level: at_end - mean(0..signals.len()),
        fall: at_end - later,
    }
}

/// Returns how much higher a channel is in a range than in another; NaN where it is not recorded.
fn ratio_of(sums: &Sums, range: Range<usize>, other: Range<usize>) -> f64 {
    let mean = |range| sums.mean(range).filter(|mean| *mean > 0.0);
    match (mean(range), mean(other)) {
        (Some(inside), Some(outside)) => (inside / outside).ln(),
        _ => f64::NAN,
    }
}

/// Returns how far a value is from the nearest usual one (natural logarithm); usual ones are in order.
fn roundness(value: f64, usual: &[f64]) -> f64 {
    let value = value.max(1.0);
    let next = usual.partition_point(|round| *round < value);
    usual[next.saturating_sub(1)..(next + 1).min(usual.len())]
        .iter()
        .map(|round| (value / round).ln().abs())
        .fold(f64::INFINITY, f64::min)
}

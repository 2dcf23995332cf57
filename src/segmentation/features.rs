//! What the gate looks at for each candidate by itself: contrast to its neighbours, to the far
//! surround and to the run, length, evenness, similar candidates, heart rate, edges, own wander.

use std::ops::Range;

use crate::channel::Sums;
use crate::segmentation::kin::Kin;
use crate::segmentation::kin::kinship;
use crate::segmentation::levels::Component;
use crate::segmentation::rarity::background;
use crate::segmentation::rarity::own_null;
use crate::segmentation::scene::Scene;

/// The names of the features, in their order; evidence and the training table speak of these.
pub const NAMES: [&str; COUNT] = [
    "ln_length",
    "speed",
    "left",
    "right",
    "least_contrast",
    "far",
    "to_median",
    "to_fast",
    "to_slow",
    "unevenness",
    "dip",
    "trend",
    "clearness",
    "contrast_in_wander",
    "edge_start",
    "edge_end",
    "inside_start",
    "inside_end",
    "outside_start",
    "outside_end",
    "slow_left",
    "slow_right",
    "slow_inside",
    "share",
    "since_start_min",
    "to_end_min",
    "similar",
    "best_similar",
    "parent_length",
    "parent_rise",
    "children",
    "best_child",
    "rise",
    "rise_foot",
    "seen",
    "step_length",
    "heart_rise",
    "heart_level",
    "heart_fall",
    "cadence_left",
    "cadence_right",
    "slope",
    "round_time",
    "round_distance",
    "run_wander",
    "sampling",
    "run_slow",
    "run_min",
    "run_spread",
    "noise",
    "wide_left",
    "wide_right",
    "raw_left",
    "raw_right",
    "raw_least",
    "over_background",
    "background_spread",
    "contrast_over_background",
    "stronger",
    "comparable",
    "share_of_strongest",
    "power_left",
    "power_right",
];
/// The number of features.
pub const COUNT: usize = 63;

/// The place of the length, as a natural logarithm.
pub(crate) const LN_LENGTH: usize = 0;
/// The place of the contrast to the nearer level of the two neighbours.
pub(crate) const LEAST_CONTRAST: usize = 4;

/// The place of the first feature that compares a candidate with all others.
const STRONGER: usize = 58;
/// Near windows are half the bout, within these limits, in seconds.
const NEAR_S: (usize, usize) = (15, 60);
/// The wide window on either side, in seconds.
const WIDE_S: usize = 120;
/// The far surround on either side, in seconds.
const FAR_S: usize = 600;
/// Speeds are compared as if never slower than this, in metres per second.
pub(crate) const SPEED_FLOOR_M_S: f64 = 0.5;
/// The length of the means whose spread is unevenness, in seconds.
pub(crate) const EVEN_BLOCK_S: usize = 10;
/// The background is never taken to be quieter than this (natural logarithm).
const LEAST_SPREAD: f64 = 0.01;
/// The length of the means on either side of an edge, in seconds.
const EDGE_S: usize = 6;
/// Heart rate is averaged over this many seconds.
const HEART_S: usize = 20;
/// Heart rate follows effort by about this many seconds.
const HEART_LAG_S: usize = 10;
/// The fall of heart rate after a bout is looked at over this many seconds.
const HEART_FALL_S: usize = 60;
/// Two bouts are similar with speeds this close (natural logarithm) (measured).
pub(crate) const SIMILAR_SPEED: f64 = 0.07;
/// Two bouts are similar with lengths this close (natural logarithm) (measured).
pub(crate) const SIMILAR_LENGTH: f64 = 0.16;
/// Times that are usual for repetitions, in seconds.
const ROUND_TIMES_S: [f64; 18] = [
    10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0, 120.0, 150.0, 180.0, 240.0, 300.0, 360.0, 420.0,
    480.0, 600.0, 900.0, 1200.0,
];
/// Distances that are usual for repetitions, in metres.
const ROUND_DISTANCES_M: [f64; 17] = [
    50.0, 80.0, 100.0, 150.0, 200.0, 300.0, 400.0, 500.0, 600.0, 800.0, 1000.0, 1200.0, 1600.0,
    2000.0, 3000.0, 4000.0, 5000.0,
];

/// Returns the features of all candidates.
pub(crate) fn features(scene: &Scene, components: &[Component]) -> Vec<[f64; COUNT]> {
    let kin = kinship(scene, components);
    let mut rows: Vec<[f64; COUNT]> = components
        .iter()
        .zip(&kin)
        .map(|(component, kin)| one(scene, component, kin))
        .collect();
    for index in 0..rows.len() {
        let own = own_null(components, &rows, index);
        rows[index][STRONGER..STRONGER + own.len()].copy_from_slice(&own);
    }
    rows
}

fn one(scene: &Scene, component: &Component, kin: &Kin) -> [f64; COUNT] {
    let range = component.range.clone();
    let length = range.len();
    let speed = scene.mean_effort(range.clone());
    let near = (length / 2).clamp(NEAR_S.0, NEAR_S.1);
    let contrast = |other: f64| ln_ratio(speed, other);
    let left = contrast(scene.mean_effort(before(&range, near)));
    let right = contrast(scene.mean_effort(after(&range, near)));
    let least = left.min(right);
    let pace = scene.mean_speed(range.clone());
    let even = evenness(scene, &range);
    let edge = edges(scene, &range, pace);
    let heart = heart(scene, &range);
    let minutes = |seconds: usize| seconds as f64 / 60.0;
    let raw = |range| scene.edge_sums.mean(range).unwrap_or(0.0);
    let raw_own = raw(range.clone());
    let raw_left = ln_ratio(raw_own, raw(before(&range, near)));
    let raw_right = ln_ratio(raw_own, raw(after(&range, near)));
    let background = background(scene, &range);
    let over = if background[0].is_nan() {
        f64::NAN
    } else {
        contrast(background[0])
    };
    let cadence = |other| ratio_of(&scene.cadence_sums, range.clone(), other);
    let power = |other| ratio_of(&scene.power_sums, range.clone(), other);
    [
        (length as f64).ln(),
        speed,
        left,
        right,
        least,
        contrast(far(scene, &range)),
        contrast(scene.levels_m_s[2]),
        contrast(scene.levels_m_s[4]),
        contrast(scene.levels_m_s[1]),
        even[0],
        even[1],
        even[2],
        least * pace / scene.noise_m_s * (length.min(near) as f64).sqrt(),
        least / scene.wander,
        edge[2] - edge[0],
        edge[3] - edge[1],
        edge[2],
        edge[3],
        edge[0],
        edge[1],
        share(&scene.slow_sums, before(&range, NEAR_S.1)),
        share(&scene.slow_sums, after(&range, NEAR_S.1)),
        share(&scene.slow_sums, range.clone()),
        length as f64 / scene.moving_s.max(1.0),
        minutes(range.start),
        minutes(scene.len() - range.end.min(scene.len())),
        kin.similar,
        kin.best_similar,
        kin.parent_length,
        kin.parent_rise,
        kin.children,
        kin.best_child,
        ln_ratio(component.floor_m_s, component.shoulder_m_s),
        ln_ratio(component.floor_m_s, component.foot_m_s),
        component.seen as f64,
        length as f64 / component.steps as f64,
        heart[0],
        heart[1],
        heart[2],
        cadence(before(&range, near)),
        cadence(after(&range, near)),
        scene.slope_sums.mean(range.clone()).unwrap_or(f64::NAN),
        roundness(length as f64, &ROUND_TIMES_S),
        roundness(scene.speed_sums.sum(range.clone()), &ROUND_DISTANCES_M),
        scene.wander,
        scene.sampling_s,
        scene.slow_sums.mean(0..scene.len()).unwrap_or(0.0),
        scene.moving_s / 60.0,
        ln_ratio(scene.levels_m_s[5], scene.levels_m_s[2]),
        scene.noise_m_s,
        contrast(scene.mean_effort(before(&range, WIDE_S))),
        contrast(scene.mean_effort(after(&range, WIDE_S))),
        raw_left,
        raw_right,
        raw_left.min(raw_right),
        over,
        background[1],
        over / background[1].max(LEAST_SPREAD),
        0.0,
        0.0,
        0.0,
        power(before(&range, near)),
        power(after(&range, near)),
    ]
}

/// Returns the seconds before a range.
pub(crate) fn before(range: &Range<usize>, length: usize) -> Range<usize> {
    range.start.saturating_sub(length)..range.start
}

/// Returns the seconds after a range; sums cut it to the run.
pub(crate) fn after(range: &Range<usize>, length: usize) -> Range<usize> {
    range.end..range.end + length
}

/// Returns the logarithm of a ratio of speeds, neither taken slower than the floor.
pub(crate) fn ln_ratio(speed: f64, other: f64) -> f64 {
    (speed.max(SPEED_FLOOR_M_S) / other.max(SPEED_FLOOR_M_S)).ln()
}

fn share(sums: &Sums, range: Range<usize>) -> f64 {
    // Beyond the ends of the run one stands.
    sums.mean(range).unwrap_or(1.0)
}

fn far(scene: &Scene, range: &Range<usize>) -> f64 {
    let around = range.start.saturating_sub(FAR_S)..range.end + FAR_S;
    let total = scene.effort_sums.sum(around.clone()) - scene.effort_sums.sum(range.clone());
    let count = scene.effort_sums.count(around) - scene.effort_sums.count(range.clone());
    if count > 0.0 { total / count } else { 0.0 }
}

/// Returns the spread of short means, the lowest of them and the gain from first to second half.
fn evenness(scene: &Scene, range: &Range<usize>) -> [f64; 3] {
    let mean = scene.mean_speed(range.clone()).max(SPEED_FLOOR_M_S);
    let blocks = (range.len() / EVEN_BLOCK_S).max(1);
    let edge = |block: usize| range.start + range.len() * block / blocks;
    let (mut squares, mut lowest) = (0.0, f64::INFINITY);
    for block in 0..blocks {
        let part = scene.mean_speed(edge(block)..edge(block + 1)) / mean;
        squares += (part - 1.0) * (part - 1.0);
        lowest = part.min(lowest);
    }
    let middle = usize::midpoint(range.start, range.end);
    let gain = ln_ratio(
        scene.mean_speed(middle..range.end),
        scene.mean_speed(range.start..middle),
    );
    [(squares / blocks as f64).sqrt(), lowest, gain]
}

/// Returns the speeds just outside the start and the end and just inside them, over the mean.
fn edges(scene: &Scene, range: &Range<usize>, mean: f64) -> [f64; 4] {
    let mean = mean.max(SPEED_FLOOR_M_S);
    [
        scene.mean_speed(before(range, EDGE_S)) / mean,
        scene.mean_speed(after(range, EDGE_S)) / mean,
        scene.mean_speed(range.start..range.start + EDGE_S) / mean,
        scene.mean_speed(range.end.saturating_sub(EDGE_S)..range.end) / mean,
    ]
}

/// Returns the rise of heart rate over the bout, its level against the run, its fall afterwards;
/// NaN where it is not recorded.
fn heart(scene: &Scene, range: &Range<usize>) -> [f64; 3] {
    let sums = &scene.heart_sums;
    let mean = |range: Range<usize>| sums.mean(range).unwrap_or(f64::NAN);
    let start = range.start + HEART_LAG_S;
    let end = range.end + HEART_LAG_S;
    let at_start = mean(start.saturating_sub(HEART_S)..start);
    let at_end = mean(end.saturating_sub(HEART_S)..end);
    let later = mean(end + HEART_FALL_S - HEART_S..end + HEART_FALL_S);
    [
        at_end - at_start,
        at_end - mean(0..scene.len()),
        at_end - later,
    ]
}

/// Returns how much higher a channel is in a range than in another; NaN where it is not recorded.
fn ratio_of(sums: &Sums, range: Range<usize>, other: Range<usize>) -> f64 {
    let mean = |range| sums.mean(range).filter(|mean| *mean > 0.0);
    match (mean(range), mean(other)) {
        (Some(inside), Some(outside)) => (inside / outside).ln(),
        _ => f64::NAN,
    }
}

/// Returns how far a value is from the nearest usual one (natural logarithm).
fn roundness(value: f64, usual: &[f64]) -> f64 {
    usual
        .iter()
        .map(|round| (value.max(1.0) / round).ln().abs())
        .fold(f64::INFINITY, f64::min)
}

/// Returns 1 for equal bouts, 0.5 at the limits of similarity, and towards 0 beyond.
pub(crate) fn closeness(speed_difference: f64, length_difference: f64) -> f64 {
    let speed = speed_difference / SIMILAR_SPEED;
    let length = length_difference / SIMILAR_LENGTH;
    1.0 / (1.0 + speed * speed + length * length)
}

/// Returns whether one range holds another.
pub(crate) fn contains(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_their_names() {
        assert_eq!(NAMES[LN_LENGTH], "ln_length");
        assert_eq!(NAMES[LEAST_CONTRAST], "least_contrast");
        assert_eq!(
            NAMES[STRONGER..STRONGER + 3],
            ["stronger", "comparable", "share_of_strongest"]
        );
    }
}

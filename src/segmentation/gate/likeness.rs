//! How alike two candidates are, and how they lie to one another.
//!
//! Likeness is soft: a limit would make a set of six of nine repetitions whose speeds straddle it. It is
//! 1 / (1 + d²) with d the distance in limits, which falls slowly enough that all of a ragged set still
//! know of each other.

use std::ops::Range;

/// Two bouts are similar with speeds this close.
///
/// # Units
/// Natural logarithm of a ratio. Tuned on labelled runs, figures not kept.
const SIMILAR_SPEED: f64 = 0.07;
/// Two bouts are similar with lengths this close.
///
/// # Units
/// Natural logarithm of a ratio of times. Tuned on labelled runs, figures not kept: wider than for speeds,
/// as edges are uncertain by seconds.
const SIMILAR_LENGTH: f64 = 0.16;
/// Speeds are compared as if never slower than this.
///
/// # Units
/// Metres per second. Chosen: beside a stand any effort would be infinitely faster; like this it is about
/// as fast over a stand as over a slow walk.
pub(crate) const SPEED_FLOOR_M_S: f64 = 0.5;

/// Returns 1 for equal bouts, 0.5 at the limits of similarity, and towards 0 beyond; differences are of
/// natural logarithms.
pub(crate) fn closeness(speed_difference: f64, length_difference: f64) -> f64 {
    1.0 / unlikeness(speed_difference, length_difference)
}

/// Returns one over the closeness: 1 for equal bouts, 2 at the limits of similarity.
pub(crate) fn unlikeness(speed_difference: f64, length_difference: f64) -> f64 {
    let speed = speed_difference / SIMILAR_SPEED;
    let length = length_difference / SIMILAR_LENGTH;
    1.0 + speed * speed + length * length
}

/// Returns the logarithm of a ratio of speeds, neither taken slower than the floor.
pub(crate) fn ln_ratio(speed: f64, other: f64) -> f64 {
    (speed.max(SPEED_FLOOR_M_S) / other.max(SPEED_FLOOR_M_S)).ln()
}

/// Returns whether one range holds another.
pub(crate) fn contains(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Returns whether two ranges have no second in common; those that touch have none.
pub(crate) fn apart(one: &Range<usize>, other: &Range<usize>) -> bool {
    other.end <= one.start || one.end <= other.start
}

/// Returns intersection over union, 0–1.
pub(crate) fn overlap(one: &Range<usize>, other: &Range<usize>) -> f64 {
    let common = one
        .end
        .min(other.end)
        .saturating_sub(one.start.max(other.start));
    let union = one.len() + other.len() - common;
    common as f64 / union.max(1) as f64
}

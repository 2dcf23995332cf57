//! Which changes may be the last ones before any of some ends, told for all of the ends at once.

use crate::segmentation::changepoint::sums::Sums;

/// How the sum of the samples goes on over some ends: by `mean` each, and never more than `above` higher
/// nor `below` lower.
pub(super) struct Drift {
    /// Where it begins: the samples before, and their sum.
    samples: f64,
    first: f64,
    mean: f64,
    above: f64,
    below: f64,
    count: f64,
}

impl Drift {
    pub(super) fn of(decided: usize, sums: &Sums, ends: &[f64]) -> Self {
        let first = sums.first[decided];
        let count = ends.len() as f64;
        let mean = (ends[ends.len() - 1] - first) / count;
        let (mut above, mut below) = (0.0, 0.0);
        for (place, end) in (1_u32..).zip(ends) {
            let off = end - first - mean * f64::from(place);
            above = larger(off, above);
            below = -larger(-off, -below);
        }
        Self {
            samples: decided as f64,
            first,
            mean,
            above,
            below,
            count,
        }
    }
}

/// Marks the ranges in which the mean of the stretch of their change may be at any of some ends.
///
/// With s samples of sum f up to where the ends begin, the mean at the j-th end is at least `low` when
/// f + d(j) ≥ low · (s + j), d being how the sum goes on; d(j) - low · j is at most what the drift
/// says. The other side is the same.
#[inline]
pub(super) fn mark_likely(
    edges: &[f64],
    samples: &[f64],
    firsts: &[f64],
    likely: &mut [u64],
    drift: &Drift,
    slack: f64,
) {
    let count = likely.len();
    let (lows, highs) = (&edges[..count], &edges[1..=count]);
    let (samples, firsts) = (&samples[..count], &firsts[..count]);
    for range in 0..count {
        let samples = drift.samples - samples[range];
        let first = drift.first - firsts[range];
        let (low, high) = (lows[range] - slack, highs[range] + slack);
        let (rise, fall) = (drift.mean - low, high - drift.mean);
        let over_low = first - low * samples + drift.above + larger(rise * drift.count, rise);
        let under_high = high * samples - first - drift.below + larger(fall * drift.count, fall);
        likely[range] = u64::from((over_low >= 0.0) & (under_high >= 0.0));
    }
}

/// Returns the larger of two numbers, neither of which is NaN: one instruction, where `max` needs six.
#[inline]
fn larger(one: f64, other: f64) -> f64 {
    if one > other { one } else { other }
}

//! Numbers of a block that more than one of its views needs.

use crate::review::block::Entry;
pub(super) use crate::units::as_f64;
use crate::units::round;

/// Decimals of summed metres, seconds and points; sessions are not stored finer.
pub(super) const SUM_DECIMALS: i32 = 1;

/// Returns the sum of the values that are known and how many they are: 0 of no values at all, absent
/// when there are some and none of them is known.
pub(crate) fn known_sum(values: impl Iterator<Item = Option<f64>>) -> (Option<f64>, usize) {
    let (mut sum, mut known, mut all) = (0.0, 0, 0);
    for value in values {
        sum += value.unwrap_or(0.0);
        known += usize::from(value.is_some());
        all += 1;
    }
    let is_known = known > 0 || all == 0;
    (is_known.then(|| round(sum, SUM_DECIMALS)), known)
}

/// Returns the load of a run, if it could be rated.
pub(super) fn load_of(run: &Entry<'_>) -> Option<f64> {
    run.session.load.as_ref().map(|load| load.value)
}

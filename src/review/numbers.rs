//! Numbers of a block that more than one of its views needs.

/// Returns a count as a number; a count of runs is far below the limit of exactness.
pub(super) fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

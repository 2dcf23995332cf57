//! Counts and days as numbers to reckon with.

use chrono::NaiveDate;

/// Returns a count as a number.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of runs and blocks stay far below 2^53"
)]
pub(super) fn count(count: usize) -> f64 {
    count as f64
}

/// Returns how far apart two days are.
pub(super) fn age_days(day: NaiveDate, on: NaiveDate) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "days of a lifetime")]
    let days = (on - day).num_days().unsigned_abs() as f64;
    days
}

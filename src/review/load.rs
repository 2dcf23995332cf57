//! Smoothed load: what a runner has been doing lately, and over a season.
//!
//! # Steps
//! The load of each day (all runs of it, 0 on days without) runs through two exponential means,
//! `s(t) = s(t−1) · e^(−1/τ) + L(t) · (1 − e^(−1/τ))`, with τ of 7 and 42 days. This is the exact
//! recursion; taking 1/τ as the weight differs by 7 % and 1 %.
//!
//! # Start
//! Both means start from the mean daily load of the first four weeks (of all days when there are
//! fewer): a start from zero fakes a rise of three months. Days whose curve still leans on its start
//! are marked as settling.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::review::LoadPoint;
use crate::review::block::Block;
use crate::review::block::Span;
use crate::review::weeks::load_of;
use crate::units::round;

/// Time constant of the short mean.
///
/// # Units
/// Days. Banister 1975, in the form GoldenCheetah computes; individual and hard to identify (Busso
/// 2003).
const SHORT_DAYS: f64 = 7.0;
/// Time constant of the long mean.
///
/// # Units
/// Days. As above.
const LONG_DAYS: f64 = 42.0;
/// Days over which the start of the curve is averaged.
///
/// # Units
/// Days. Chosen: a curve that starts at zero shows a rise for three months that was none.
const SEED_DAYS: usize = 28;
/// Days at the start that are marked as settling: one time constant of the long mean.
const SETTLING_DAYS: usize = 42;
/// Decimals of the curve.
const CURVE_DECIMALS: i32 = 2;

/// Returns the smoothed load of every day of the block; the days before it count.
pub(super) fn load_curve(block: &Block<'_>) -> Vec<LoadPoint> {
    let (Some(span), Some(first)) = (block.span, block.first_run_day()) else {
        return Vec::new();
    };
    let by_day = daily_load(block);
    let whole = Span {
        from: first.min(span.from),
        to: span.to,
    };
    let daily: Vec<(NaiveDate, f64)> = whole
        .days()
        .map(|day| (day, by_day.get(&day).copied().unwrap_or(0.0)))
        .collect();
    let mut curve = smooth(&daily);
    curve.retain(|point| span.contains(point.day));
    curve
}

/// Returns the load of each day that has any.
fn daily_load(block: &Block<'_>) -> BTreeMap<NaiveDate, f64> {
    let mut by_day = BTreeMap::new();
    for run in block.all_runs() {
        *by_day.entry(run.day).or_insert(0.0) += load_of(run).unwrap_or(0.0);
    }
    by_day
}

/// Runs the loads of consecutive days through both means.
fn smooth(daily: &[(NaiveDate, f64)]) -> Vec<LoadPoint> {
    let seed = mean(daily.iter().take(SEED_DAYS).map(|(_, load)| *load));
    let (mut short, mut long) = (seed, seed);
    let step = |mean: f64, load: f64, days: f64| {
        let kept = (-1.0 / days).exp();
        mean * kept + load * (1.0 - kept)
    };
    daily
        .iter()
        .enumerate()
        .map(|(index, &(day, load))| {
            short = step(short, load, SHORT_DAYS);
            long = step(long, load, LONG_DAYS);
            LoadPoint {
                day,
                load: round(load, CURVE_DECIMALS),
                smoothed_7: round(short, CURVE_DECIMALS),
                smoothed_42: round(long, CURVE_DECIMALS),
                settling: index < SETTLING_DAYS,
            }
        })
        .collect()
}

/// Returns the mean, 0 of nothing.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), v| (sum + v, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn constant(days: usize, load: f64) -> Vec<(NaiveDate, f64)> {
        NaiveDate::MIN
            .iter_days()
            .take(days)
            .map(|day| (day, load))
            .collect()
    }

    #[test]
    fn a_constant_load_is_its_own_mean_from_the_first_day() {
        for point in smooth(&constant(60, 50.0)) {
            assert!((point.smoothed_7 - 50.0).abs() < 0.01);
            assert!((point.smoothed_42 - 50.0).abs() < 0.01);
        }
    }

    #[test]
    fn the_recursion_is_exact() {
        let mut daily = constant(36, 0.0);
        daily[28].1 = 100.0;
        let curve = smooth(&daily);
        // Seven days after a single load of 100 the short mean has fallen to 1/e of
        // 100 · (1 − e^(−1/7)) = 13.31.
        assert!((curve[28].smoothed_7 - 13.31).abs() < 0.01);
        assert!((curve[35].smoothed_7 - 4.90).abs() < 0.01);
        assert!((curve[28].smoothed_42 - 2.35).abs() < 0.01);
        assert!(curve[35].settling);
    }
}

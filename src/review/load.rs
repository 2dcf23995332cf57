//! Smoothed load: what a runner has been doing lately, and over a season.
//!
//! # Steps
//! The load of each day (all rated runs of it, 0 on days without) runs through two exponential means,
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
use crate::review::block::Entry;
use crate::review::block::Span;
use crate::review::numbers::known_sum;
use crate::review::numbers::load_of;
use crate::statistics::mean;
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
/// The change of the long mean is taken over so many days.
///
/// # Units
/// Days. Convention; coaches speak of 5–8 points a day and week as the most, without evidence.
const RAMP_DAYS: usize = 7;
/// A week needs so many days with load for its monotony.
///
/// # Units
/// Days. Chosen: of two days a standard deviation says nothing.
const MONOTONY_LEAST_DAYS: usize = 3;
/// Decimals of the curve.
const CURVE_DECIMALS: i32 = 2;

/// Returns the smoothed load of every day of the block; the days before it count.
pub(super) fn load_curve(block: &Block<'_>) -> Vec<LoadPoint> {
    let (Some(span), Some(first)) = (block.span, block.first_run_day()) else {
        return Vec::new();
    };
    let by_day = daily_load(block.all_runs());
    let whole = Span {
        from: first.min(span.from),
        to: span.to,
    };
    let daily: Vec<(NaiveDate, Option<f64>)> = whole
        .days()
        .map(|day| (day, by_day.get(&day).copied().unwrap_or(Some(0.0))))
        .collect();
    let mut curve = smooth(&daily);
    curve.retain(|point| span.contains(point.day));
    curve
}

/// Returns monotony and strain of the loads of seven days.
///
/// Steps: monotony = mean / standard deviation of the seven daily loads, zeros included (divided by
/// 7); strain = sum · monotony.
///
/// # References
/// Foster 1998, MSSE 30:1164. Contested: its relation to illness comes from small samples, and the
/// source leaves open which standard deviation is meant.
pub(super) fn monotony(loads: &[f64; 7]) -> Option<(f64, f64)> {
    let with_load = loads.iter().filter(|load| **load > 0.0).count();
    let middle = mean(loads).unwrap_or(0.0);
    let squares = loads.iter().map(|load| (load - middle).powi(2));
    let deviation = mean(squares).unwrap_or(0.0).sqrt();
    (with_load >= MONOTONY_LEAST_DAYS && deviation > 0.0).then(|| {
        let monotony = middle / deviation;
        (monotony, loads.iter().sum::<f64>() * monotony)
    })
}

/// Returns the running load of each day with runs; absent where none of them was rated.
pub(super) fn daily_load<'e, 'a: 'e>(
    runs: impl Iterator<Item = &'e Entry<'a>>,
) -> BTreeMap<NaiveDate, Option<f64>> {
    let mut by_day: BTreeMap<NaiveDate, Vec<Option<f64>>> = BTreeMap::new();
    for run in runs {
        by_day.entry(run.day).or_default().push(load_of(run));
    }
    let loads = by_day.into_iter();
    loads
        .map(|(day, loads)| (day, known_sum(loads.into_iter()).0))
        .collect()
}

/// Runs the loads of consecutive days through both means, in which a load that is not known is none.
fn smooth(daily: &[(NaiveDate, Option<f64>)]) -> Vec<LoadPoint> {
    let first = daily.iter().take(SEED_DAYS);
    let seed = mean(first.map(|(_, load)| load.unwrap_or(0.0))).unwrap_or(0.0);
    let (mut short, mut long) = (seed, seed);
    let step = |mean: f64, load: f64, days: f64| {
        let kept = (-1.0 / days).exp();
        mean * kept + load * (1.0 - kept)
    };
    let mut longs = Vec::with_capacity(daily.len());
    daily
        .iter()
        .enumerate()
        .map(|(index, &(day, load))| {
            short = step(short, load.unwrap_or(0.0), SHORT_DAYS);
            long = step(long, load.unwrap_or(0.0), LONG_DAYS);
            let week_ago = index.checked_sub(RAMP_DAYS).and_then(|i| longs.get(i));
            let ramp = week_ago.map(|before| round(long - before, CURVE_DECIMALS));
            longs.push(long);
            LoadPoint {
                ramp,
                day,
                load: load.map(|load| round(load, CURVE_DECIMALS)),
                smoothed_7: round(short, CURVE_DECIMALS),
                smoothed_42: round(long, CURVE_DECIMALS),
                settling: index < SETTLING_DAYS,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn constant(days: usize, load: f64) -> Vec<(NaiveDate, Option<f64>)> {
        NaiveDate::MIN
            .iter_days()
            .take(days)
            .map(|day| (day, Some(load)))
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
    fn monotony_by_hand() {
        // Mean 40; squares 400 + 0 + 3600 + 1600 + 400 + 1600 + 400 = 8000, /7 = 1142.86: 33.81.
        let loads = [60.0, 40.0, 100.0, 0.0, 20.0, 0.0, 60.0];
        let (monotony, strain) = monotony(&loads).expect("five loaded days");
        assert!((monotony - 1.183).abs() < 1e-3, "{monotony}");
        assert!((strain - 331.3).abs() < 0.1, "{strain}");
        assert_eq!(super::monotony(&[50.0; 7]), None);
        assert_eq!(
            super::monotony(&[50.0, 0.0, 0.0, 60.0, 0.0, 0.0, 0.0]),
            None
        );
    }

    #[test]
    fn the_ramp_is_the_change_of_a_week() {
        let mut daily = constant(60, 0.0);
        daily[40].1 = Some(100.0);
        let curve = smooth(&daily);
        assert_eq!(curve[6].ramp, None);
        // 100 · (1 − e^(−1/42)) on the day itself.
        assert_eq!(curve[40].ramp, Some(2.35));
    }

    #[test]
    fn the_recursion_is_exact() {
        let mut daily = constant(36, 0.0);
        daily[28].1 = Some(100.0);
        let curve = smooth(&daily);
        // Seven days after a single load of 100 the short mean has fallen to 1/e of
        // 100 · (1 − e^(−1/7)) = 13.31.
        assert!((curve[28].smoothed_7 - 13.31).abs() < 0.01);
        assert!((curve[35].smoothed_7 - 4.90).abs() < 0.01);
        assert!((curve[28].smoothed_42 - 2.35).abs() < 0.01);
        assert!(curve[35].settling);
    }
}

//! How the effort was spread over the run.

use crate::statistics::mean;
use crate::summary::Pacing;
use crate::summary::cells::Cells;
use crate::summary::steady::block_means;
use crate::summary::steady::variation;
use crate::vocabulary::SegmentKind;

/// The length of the means to which a rising curve is fitted.
///
/// # Units
/// Seconds moving. Convention.
const RISING_BLOCK_S: usize = 60;
/// A share of variance needs so many means.
const LEAST_RISING_BLOCKS: usize = 10;
/// The length of the means whose variation is reported.
///
/// # Units
/// Seconds moving. Convention.
const VARIATION_BLOCK_S: usize = 300;
/// A shorter warm-up has no course worth describing.
///
/// # Units
/// Seconds moving. Convention.
const WARM_UP_LEAST_S: usize = 300;

/// Returns the pacing, by moving time.
pub(super) fn pacing(cells: &Cells<'_>) -> Pacing {
    let moving: Vec<usize> = (0..cells.len())
        .filter(|&i| cells.moving_effort(i).is_some())
        .collect();
    let effort: Vec<f64> = moving
        .iter()
        .filter_map(|&i| cells.moving_effort(i))
        .collect();
    let heart_rate = |part: &[usize]| {
        let present: Vec<f64> = part
            .iter()
            .filter_map(|&i| cells.streams.heart_rate_bpm.get(i))
            .collect();
        mean(&present)
    };
    Pacing {
        thirds_m_s: thirds(&effort, |third| mean(third)),
        halves_m_s: halves(&effort),
        thirds_heart_rate_bpm: thirds(&moving, heart_rate),
        rising_share: rising_share(&block_means(&effort, RISING_BLOCK_S)),
        variation_300s: variation(&effort, VARIATION_BLOCK_S),
    }
}

/// Returns how much faster the last third of the warm-up was than its first, in percent.
pub(super) fn warm_up_rise(cells: &Cells<'_>) -> Option<f64> {
    let effort: Vec<f64> = (0..cells.len())
        .filter(|&i| cells.kind[i] == SegmentKind::WarmUp)
        .filter_map(|i| cells.moving_effort(i))
        .collect();
    let [first, _, last] = thirds(&effort, |third| mean(third))?;
    (effort.len() >= WARM_UP_LEAST_S && first > 0.0).then(|| (last / first - 1.0) * 100.0)
}

fn halves(values: &[f64]) -> Option<[f64; 2]> {
    let (first, second) = values.split_at(values.len() / 2);
    Some([mean(first)?, mean(second)?])
}

fn thirds<T>(values: &[T], mean: impl Fn(&[T]) -> Option<f64>) -> Option<[f64; 3]> {
    let (one, two) = (values.len() / 3, values.len() * 2 / 3);
    Some([
        mean(&values[..one])?,
        mean(&values[one..two])?,
        mean(&values[two..])?,
    ])
}

/// Returns the share of the variance that the best never-falling curve explains.
///
/// Steps: fit by pooling adjacent violators (the least-squares isotonic fit), then
/// 1 − residual sum of squares / total sum of squares.
///
/// # References
/// Barlow, Bartholomew, Bremner, Brunk 1972, *Statistical Inference under Order Restrictions*.
fn rising_share(values: &[f64]) -> Option<f64> {
    if values.len() < LEAST_RISING_BLOCKS {
        return None;
    }
    let average = mean(values)?;
    let total: f64 = values.iter().map(|v| (v - average).powi(2)).sum();
    let residual: f64 = values
        .iter()
        .zip(isotonic(values))
        .map(|(value, fit)| (value - fit).powi(2))
        .sum();
    (total > 0.0).then(|| 1.0 - residual / total)
}

/// Returns the never-falling sequence with the least squared distance to `values`.
fn isotonic(values: &[f64]) -> Vec<f64> {
    // Each pool: its mean, and how many values it holds.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for &value in values {
        let mut pool = (value, 1);
        while let Some(&(before, count)) = pools.last()
            && before > pool.0
        {
            let (a, b) = (weight(count), weight(pool.1));
            pool = ((before * a + pool.0 * b) / (a + b), count + pool.1);
            pools.pop();
        }
        pools.push(pool);
    }
    pools
        .into_iter()
        .flat_map(|(mean, count)| std::iter::repeat_n(mean, count))
        .collect()
}

fn weight(count: usize) -> f64 {
    crate::summary::cells::number(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pooling_by_hand() {
        assert_eq!(isotonic(&[1.0, 3.0, 2.0, 4.0]), [1.0, 2.5, 2.5, 4.0]);
        assert_eq!(isotonic(&[3.0, 2.0, 1.0]), [2.0, 2.0, 2.0]);
    }

    #[test]
    fn a_rise_is_explained_and_a_fall_is_not() {
        let rise: Vec<f64> = (0..20).map(f64::from).collect();
        let fall: Vec<f64> = rise.iter().rev().copied().collect();
        assert!((rising_share(&rise).expect("20 blocks") - 1.0).abs() < 1e-9);
        assert!(rising_share(&fall).expect("20 blocks").abs() < 1e-9);
        assert_eq!(rising_share(&rise[..5]), None);
    }
}

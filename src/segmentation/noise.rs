//! How much a channel wanders by itself: the long-run standard deviation.
//!
//! Speed fields are smoothed by the watch, so that differences of neighbouring seconds are far
//! smaller than the noise that a change point has to beat. Differences of block means are not
//! fooled by smoothing, and a low quantile of them survives runs that change all the time.

/// The quantile of absolute differences taken for the scale: survives 65 % real changes (measured).
const QUANTILE: f64 = 0.35;
/// The same quantile of |X| for a standard normal X.
const NORMAL_QUANTILE: f64 = 0.4538;
/// Noise is never taken to be less than this, in metres per second: belts and models are exact
/// (measured).
const LEAST_NOISE_M_S: f64 = 0.05;
/// The distance of the slow differences of the variogram, in seconds (measured).
const SLOW_LAG: usize = 6;
/// Below this variogram ratio a channel counts as smoothed by the device (measured).
const SMOOTHED_RATIO: f64 = 0.4;
/// Below this variogram ratio a channel counts as filled in or foot-pod smooth (measured).
const SOFT_RATIO: f64 = 0.75;
/// Blocks for a channel smoothed by the device, in seconds (measured).
const SMOOTHED_BLOCKS: [usize; 2] = [5, 10];
/// Blocks for a channel of smart recording, in seconds (measured).
const SOFT_BLOCKS: [usize; 2] = [5, 10];
/// The short block for white noise, in seconds (measured).
const SHORT_BLOCK: usize = 5;
/// The long block for white noise, in seconds, and how much of it counts (measured).
const LONG_BLOCK: (usize, f64) = (10, 0.9);

/// Returns the long-run standard deviation of a signal: what the mean of a long stretch is
/// uncertain by, times the square root of its length.
///
/// # Units
/// Those of the signal, as if its samples were independent seconds.
pub(crate) fn long_run_deviation(values: &[f64]) -> f64 {
    let fast = difference_quantile(values, 1);
    let slow = difference_quantile(values, SLOW_LAG);
    let ratio = if slow > 0.0 { fast / slow } else { 1.0 };
    let deviation = if ratio < SMOOTHED_RATIO {
        widest(values, &SMOOTHED_BLOCKS)
    } else if ratio < SOFT_RATIO {
        widest(values, &SOFT_BLOCKS)
    } else {
        block_deviation(values, SHORT_BLOCK)
            .max(LONG_BLOCK.1 * block_deviation(values, LONG_BLOCK.0))
    };
    deviation.max(LEAST_NOISE_M_S)
}

fn widest(values: &[f64], blocks: &[usize]) -> f64 {
    blocks
        .iter()
        .map(|block| block_deviation(values, *block))
        .fold(0.0, f64::max)
}

/// Returns the scale of differences between adjacent block means, brought to one second.
fn block_deviation(values: &[f64], block: usize) -> f64 {
    let means: Vec<f64> = values
        .chunks_exact(block)
        .map(|part| part.iter().sum::<f64>() / block as f64)
        .collect();
    difference_quantile(&means, 1) / NORMAL_QUANTILE * (block as f64 / 2.0).sqrt()
}

fn difference_quantile(values: &[f64], lag: usize) -> f64 {
    let mut differences: Vec<f64> = values
        .iter()
        .zip(values.iter().skip(lag))
        .map(|(before, after)| (after - before).abs())
        .collect();
    quantile(&mut differences, QUANTILE).unwrap_or(0.0)
}

/// Returns a quantile of values, which are reordered; absent when there are none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the product lies between 0 and the length"
)]
pub(crate) fn quantile(values: &mut [f64], share: f64) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let index = ((values.len() - 1) as f64 * share.clamp(0.0, 1.0)).round() as usize;
    let (_, value, _) = values.select_nth_unstable_by(index, f64::total_cmp);
    Some(*value)
}

/// Returns the median of values, which are reordered: of an even number, the middle between the
/// two in the middle. Absent when there are none.
pub(crate) fn median(values: &mut [f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let (middle, is_even) = (values.len() / 2, values.len().is_multiple_of(2));
    let (lower, upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let below = lower.iter().copied().max_by(f64::total_cmp);
    Some(match below.filter(|_| is_even) {
        Some(below) => f64::midpoint(below, *upper),
        None => *upper,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fixed sequence that looks like white noise of standard deviation 1.
    fn white(length: usize) -> Vec<f64> {
        let mut state = 7_u64;
        (0..length)
            .map(|_| {
                (0..12)
                    .map(|_| {
                        state = state
                            .wrapping_mul(6_364_136_223_846_793_005)
                            .wrapping_add(1);
                        (state >> 33) as f64 / f64::from(1_u32 << 31)
                    })
                    .sum::<f64>()
                    - 6.0
            })
            .collect()
    }

    #[test]
    fn white_noise_is_measured_through_many_steps() {
        let steps: Vec<f64> = white(3600)
            .iter()
            .enumerate()
            .map(|(index, noise)| 0.3 * noise + if (index / 30) % 2 == 0 { 2.5 } else { 4.5 })
            .collect();
        let deviation = long_run_deviation(&steps);
        assert!((0.2..0.45).contains(&deviation), "{deviation}");
    }

    #[test]
    fn smoothing_by_the_watch_does_not_hide_the_noise() {
        let noise = white(7200);
        let smooth: Vec<f64> = noise
            .windows(12)
            .map(|part| 0.3 * part.iter().sum::<f64>() / 12.0)
            .collect();
        let deviation = long_run_deviation(&smooth);
        assert!((0.15..0.5).contains(&deviation), "{deviation}");
    }

    #[test]
    fn medians_lie_in_the_middle() {
        assert_eq!(median(&mut []), None);
        assert_eq!(median(&mut [3.0]), Some(3.0));
        assert_eq!(median(&mut [5.0, 1.0]), Some(3.0));
        assert_eq!(median(&mut [9.0, 1.0, 4.0]), Some(4.0));
        assert_eq!(median(&mut [9.0, 1.0, 4.0, 2.0]), Some(3.0));
    }

    #[test]
    fn noise_never_vanishes() {
        assert!((long_run_deviation(&[3.0; 600]) - LEAST_NOISE_M_S).abs() < 1e-12);
        assert!((long_run_deviation(&[]) - LEAST_NOISE_M_S).abs() < 1e-12);
    }
}

//! How much a channel wanders by itself: the long-run standard deviation, which the penalty of
//! change points and the clearness of a contrast are measured in.
//!
//! The textbook takes the median difference of neighbouring samples. Watches smooth their speed field
//! over some twelve seconds, so that this says 0.012 m/s where stretches scatter by 0.26 (medians of
//! 36 real runs at 1 Hz), and a search with that penalty adds some 250 false change points to a run.
//! Differences of block means are not fooled by smoothing, and a low quantile of them survives a run
//! of 30 s on, 30 s off, half of whose differences are real.
//!
//! Tried instead: a correction for first-order autocorrelation, which does not fit, as the smoothing
//! is a trailing mean and no such process. On made-up runs, blocks instead of seconds brought the share
//! of runs with the right number of repetitions from 0.69 to 0.86 for device speed and from 0.73 to
//! 0.88 for smart recording (figures of the prototype, whose blocks were up to 20 s long).

use crate::statistics::quantile_among;

/// The quantile of absolute differences that is taken for the scale, in place of the median.
///
/// # Units
/// Share. Measured: up to 65 % of the differences may be real changes of pace.
const QUANTILE: f64 = 0.35;
/// The same quantile of |X| for a standard normal X, so that the scale is a standard deviation.
///
/// # Units
/// Standard deviations: Φ⁻¹(0.675).
const NORMAL_QUANTILE: f64 = 0.4538;
/// Noise is never taken to be less than this.
///
/// # Units
/// Metres per second. Chosen: the speeds of belts and of models are exact, and without a floor each
/// hundredth would be a change of pace.
const LEAST_NOISE_M_S: f64 = 0.05;
/// The lag of the slow differences, against which those of one second are held to tell a smooth
/// channel from a white one.
///
/// # Units
/// Seconds. Tuned on labelled runs, figures not kept: half of what watches smooth over.
const SLOW_LAG: usize = 6;
/// Below this ratio of fast to slow differences a channel is smooth: by the watch, by a foot pod, or
/// because seconds between records were filled in.
///
/// # Units
/// Ratio: 1 for white noise, about 0.4 for a trailing mean over six seconds and more.
/// Tuned on labelled runs, figures not kept.
const SMOOTH_RATIO: f64 = 0.75;
/// Blocks for a smooth channel; the one that scatters most speaks, as the shorter may still be smooth.
///
/// # Units
/// Seconds. Tuned on labelled runs, figures not kept. In the prototype speed that the watch smoothed had
/// longer blocks of its own.
const SMOOTH_BLOCKS: [usize; 2] = [5, 10];
/// The block for white noise.
///
/// # Units
/// Seconds. Chosen: less than the shortest repetition, so that one block seldom holds two paces.
const SHORT_BLOCK: usize = 5;
/// A longer block for white noise, which sees slow wander too.
///
/// # Units
/// Seconds. Chosen, as for smooth channels.
const LONG_BLOCK: usize = 10;
/// How much the scatter of the longer block counts for white noise.
///
/// # Units
/// Ratio. Chosen: with repetitions of half a minute a third of these blocks hold a change of pace.
const LONG_BLOCK_SHARE: f64 = 0.9;

/// Returns the long-run standard deviation of a signal of one sample a second: what the mean of a long
/// stretch is uncertain by, times the square root of its length.
///
/// # Units
/// Those of the signal, as if its samples were independent seconds; never below the floor, which is
/// in metres per second, so that the signal has to be a speed.
///
/// # References
/// The variogram at two lags as the test of smoothness, and the quantile of differences of block means
/// as the scale, are this program's own.
pub(crate) fn long_run_deviation(values: &[f64]) -> f64 {
    let fast = difference_quantile(values, 1);
    let slow = difference_quantile(values, SLOW_LAG);
    let ratio = if slow > 0.0 { fast / slow } else { 1.0 };
    let deviation = if ratio < SMOOTH_RATIO {
        widest(values, &SMOOTH_BLOCKS)
    } else {
        block_deviation(values, SHORT_BLOCK)
            .max(LONG_BLOCK_SHARE * block_deviation(values, LONG_BLOCK))
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
    let later = values.get(lag..).unwrap_or_default();
    let differences = values.iter().zip(later);
    let distances = differences.map(|(before, after)| (after - before).abs());
    quantile_among(distances, QUANTILE).unwrap_or(0.0)
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
    fn the_scale_is_that_of_block_means_brought_to_one_second() {
        let is_near = |values: Vec<f64>, step: f64| {
            let deviation = long_run_deviation(&values);
            let expected = step / NORMAL_QUANTILE * 2.5_f64.sqrt();
            assert!(
                (deviation - expected).abs() < 1e-9,
                "{deviation} {expected}"
            );
        };
        // Five seconds low, five high: smooth, and means of five are 1 apart, those of ten 0.
        is_near(
            (0..600).map(|second| f64::from(second / 5 % 2)).collect(),
            1.0,
        );
        // Low and high by turns: white, and means of five are 0.4 and 0.6.
        is_near((0..600).map(|second| f64::from(second % 2)).collect(), 0.2);
    }

    #[test]
    fn noise_never_vanishes() {
        assert!((long_run_deviation(&[3.0; 600]) - LEAST_NOISE_M_S).abs() < 1e-12);
        assert!((long_run_deviation(&[]) - LEAST_NOISE_M_S).abs() < 1e-12);
    }
}

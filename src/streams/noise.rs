//! How noisy a speed channel is over the long run.
//!
//! Neighbouring seconds of a watch's speed are not independent: the device smooths, and smart
//! recording leaves seconds out. The scatter of first differences is therefore far too small (0.012
//! instead of 0.26 m/s in the median run), and change points found with it are false. The long-run
//! standard deviation is the scatter that the mean of a long stretch really has, times the root of
//! its length.
//!
//! # References
//! The idea of block means for long-run variance goes back to Carlstein (1986), Annals of Statistics
//! 14:1171; the lengths of the blocks were chosen with made-up and real runs.

use crate::channel::Channel;

/// The quantile of absolute differences that is used in place of the median: it stays sound when up
/// to 65 % of the differences hold real changes of pace, as in 30/30 sessions.
const QUANTILE: f64 = 0.35;
/// That quantile of |x| for a standard normal x.
const QUANTILE_OF_NORMAL: f64 = 0.4538;
/// Noise below this is not believed, in metres per second: a belt's speed has none, and any
/// flicker of it would become a change point.
pub const LEAST_SD_M_S: f64 = 0.05;
/// Variogram ratio below which a channel counts as smoothed by the device (measured).
const SMOOTHED_RATIO: f64 = 0.35;
/// Variogram ratio below which a channel counts as partly smoothed: smart recording, foot-pod.
const PARTLY_SMOOTHED_RATIO: f64 = 0.75;
/// The long step of the variogram, in seconds.
const VARIOGRAM_STEP_S: usize = 20;
/// Weight of 10 s blocks against 5 s blocks in channels that are nearly white (measured).
const WHITE_LONG_BLOCK_WEIGHT: f64 = 0.9;
/// Fewer differences than this give no estimate.
const LEAST_DIFFERENCES: usize = 8;
/// The share of a block that must be present.
const LEAST_PRESENT: f64 = 0.8;

/// Returns the long-run standard deviation of a speed channel, with blocks as long as its
/// smoothness asks for.
///
/// Absent cells are left out; make standing cells absent first, else a stop counts as noise.
///
/// # Units
/// Metres per second, for one second: the mean of `n` seconds scatters by this over √n.
#[must_use]
pub fn long_run_sd(speed_m_s: &Channel) -> f64 {
    let sd = |block_s| block_sd(speed_m_s, block_s).unwrap_or(0.0);
    let value = match variogram_ratio(speed_m_s) {
        Some(ratio) if ratio < SMOOTHED_RATIO => sd(15).max(sd(20)),
        Some(ratio) if ratio < PARTLY_SMOOTHED_RATIO => sd(5).max(sd(10)).max(sd(15)),
        _ => sd(5).max(WHITE_LONG_BLOCK_WEIGHT * sd(10)),
    };
    value.max(LEAST_SD_M_S)
}

/// Returns the long-run standard deviation seen through blocks of `block_s` seconds, absent when
/// there are too few blocks.
///
/// The means of two adjacent blocks of B independent seconds differ with SD σ·√(2/B); so σ is the
/// quantile of their absolute differences, over that quantile of the normal, times √(B/2).
///
/// # Units
/// Metres per second.
#[must_use]
pub fn block_sd(speed_m_s: &Channel, block_s: usize) -> Option<f64> {
    let block_s = block_s.max(1);
    let means: Vec<Option<f64>> = (0..speed_m_s.len() / block_s)
        .map(|block| block_mean(speed_m_s, block * block_s, block_s))
        .collect();
    let mut differences: Vec<f64> = means
        .windows(2)
        .filter_map(|pair| Some((pair[1]? - pair[0]?).abs()))
        .collect();
    let scale = (block_s as f64 / 2.0).sqrt() / QUANTILE_OF_NORMAL;
    quantile(&mut differences, QUANTILE).map(|value| value * scale)
}

/// Returns how much of the scatter over 20 s is already there over 1 s: near 1 for white noise, near
/// 0 for a smoothed channel.
fn variogram_ratio(speed_m_s: &Channel) -> Option<f64> {
    let spread = |step: usize| {
        let mut differences: Vec<f64> = (step..speed_m_s.len())
            .filter_map(|cell| Some((speed_m_s.get(cell)? - speed_m_s.get(cell - step)?).abs()))
            .collect();
        quantile(&mut differences, QUANTILE)
    };
    let long = spread(VARIOGRAM_STEP_S).filter(|value| *value > 0.0)?;
    Some(spread(1)? / long)
}

fn block_mean(speed_m_s: &Channel, start: usize, length: usize) -> Option<f64> {
    let (sum, count) = speed_m_s
        .present(start..start + length)
        .fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count >= LEAST_PRESENT * length as f64).then(|| sum / count)
}

/// Returns a quantile, absent for too few values; reorders them. It is the rank below, not the nearest as in
/// `statistics`: the ratios and weights above were measured with it, and the choice of a speed turns on
/// them.
fn quantile(values: &mut [f64], share: f64) -> Option<f64> {
    if values.len() < LEAST_DIFFERENCES {
        return None;
    }
    let rank = super::cells::floor_index(share * (values.len() - 1) as f64);
    let (_, value, _) = values.select_nth_unstable_by(rank, f64::total_cmp);
    Some(*value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds of noise with mean 0 and SD 1 whose order has no pattern (a small congruential
    /// generator; the sum of twelve uniform numbers is close to normal).
    fn noise(length: usize) -> Vec<f64> {
        let mut state: u32 = 12345;
        let mut uniform = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(state >> 8) / f64::from(1u32 << 24)
        };
        (0..length)
            .map(|_| (0..12).map(|_| uniform()).sum::<f64>() - 6.0)
            .collect()
    }

    #[test]
    fn white_noise_has_its_own_sd() {
        let speed: Channel = noise(7200).into_iter().map(|e| 3.0 + 0.3 * e).collect();
        let sd = long_run_sd(&speed);
        assert!((sd - 0.3).abs() < 0.04, "{sd}");
    }

    #[test]
    fn a_box_car_hides_noise_from_first_differences_only() {
        let e = noise(7212);
        let smoothed: Channel = (12..e.len())
            .map(|t| 3.0 + 0.3 * e[t - 12..t].iter().sum::<f64>() / 12.0)
            .collect();
        let sd = long_run_sd(&smoothed);
        assert!((sd - 0.3).abs() < 0.08, "{sd}");
    }

    #[test]
    fn a_third_of_real_changes_does_not_count_as_noise() {
        // Levels change every 30 s: two of six differences of 5 s blocks hold a change.
        let speed: Channel = noise(3600)
            .into_iter()
            .enumerate()
            .map(|(t, e)| if t / 30 % 2 == 0 { 2.5 } else { 4.5 } + 0.3 * e)
            .collect();
        let sd = block_sd(&speed, 5).unwrap_or(0.0);
        assert!((sd - 0.3).abs() < 0.15, "{sd}");
    }

    #[test]
    fn a_constant_and_an_empty_channel_give_the_floor() {
        assert!((long_run_sd(&Channel::default()) - LEAST_SD_M_S).abs() < 1e-12);
        let constant: Channel = std::iter::repeat_n(3.0, 600).collect();
        assert!((long_run_sd(&constant) - LEAST_SD_M_S).abs() < 1e-12);
    }
}

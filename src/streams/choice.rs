//! Which channel is the speed, and how late the device's own speed is.

use crate::channel::Channel;
use crate::statistics::median;

use super::noise;

/// The device's speed is used when the noise of increments over blocks of 15 s exceeds its noise by
/// this ratio. Chosen.
const NOISE_RATIO: f64 = 1.6;
/// The device's speed is used when increments change by more than this from second to second in the
/// median, in metres per second: the distance is counted in coarse steps.
/// Measured: increments of ordinary watches scatter by 0.2–0.5, of coarse ones by 1–2.
const COARSE_STEP_M_S: f64 = 0.8;
/// A device's speed that is further off than this from distance over time is in another unit or of
/// another thing.
///
/// # Units
/// Ratio. Chosen.
const LEVELS: std::ops::RangeInclusive<f64> = 0.67..=1.5;
/// The block over which noise is compared, in seconds.
const BLOCK_S: usize = 15;
/// Device speed present in less than this share of the cells that have increments is not used.
const LEAST_SHARE: f64 = 0.7;
/// The lag of device speed when nothing shows it, in seconds (median of measured files).
pub(super) const USUAL_LAG_S: f64 = 5.0;
/// The lags that are tried, in seconds.
const LAGS_S: std::ops::RangeInclusive<i32> = -2..=12;
/// Half the window of the running mean that the high-pass takes away, in seconds.
const HIGH_PASS_HALF_WINDOW_S: usize = 30;
/// Half the window of the running mean that tames the noise of single seconds, in seconds.
const LOW_PASS_HALF_WINDOW_S: usize = 2;
/// A best correlation below this shows no lag.
const LEAST_CORRELATION: f64 = 0.3;
/// Fewer cells with both channels show no lag.
const LEAST_CELLS: usize = 120;

/// Returns how late the device's speed is against distance increments, in seconds; absent when the
/// two do not move together.
///
/// The lag is where the cross-correlation of the two high-passed channels is largest. The top is
/// flat when the device averages over several seconds, so a parabola through the best lag and its
/// neighbours gives the fraction.
pub(super) fn lag_s(increments_m_s: &Channel, device_m_s: &Channel) -> Option<f64> {
    let x = band_pass(increments_m_s);
    let y = band_pass(device_m_s);
    let correlations: Vec<f64> = LAGS_S
        .map(|lag| correlation(&x, &y, lag).unwrap_or(-1.0))
        .collect();
    let best =
        (0..correlations.len()).max_by(|&a, &b| correlations[a].total_cmp(&correlations[b]))?;
    // A largest correlation at the end of the range is no maximum.
    let (before, after) = (
        *correlations.get(best.checked_sub(1)?)?,
        *correlations.get(best + 1)?,
    );
    let fraction = vertex(before, correlations[best], after);
    (correlations[best] >= LEAST_CORRELATION)
        .then(|| f64::from(*LAGS_S.start()) + best as f64 + fraction)
}

/// Returns whether the device's speed is the better channel; pauses are left out of the judgement.
pub(super) fn prefers_device(
    increments_m_s: &Channel,
    device_m_s: &Channel,
    paused: &[bool],
) -> bool {
    let running = |channel: &Channel| -> Channel {
        let cells = channel.iter().zip(paused);
        cells
            .map(|(value, paused)| value.filter(|_| !paused))
            .collect()
    };
    let (increments, device) = (running(increments_m_s), running(device_m_s));
    if (device.count() as f64) < LEAST_SHARE * increments.count() as f64 {
        return false;
    }
    let noise = |channel| noise::block_sd(channel, BLOCK_S);
    let is_noisier = match (noise(&increments), noise(&device)) {
        (Some(increments), Some(device)) => {
            increments > NOISE_RATIO * device.max(noise::LEAST_SD_M_S)
        }
        _ => false,
    };
    let is_coarse = median_step(&increments).is_some_and(|step| step > COARSE_STEP_M_S);
    let agree = levels_agree(&increments, &device);
    (is_noisier || is_coarse) && agree || !increments.has_values()
}

/// Returns whether two channels tell of the same speed on the whole, or one of them tells nothing.
fn levels_agree(increments: &Channel, device: &Channel) -> bool {
    let mean = |channel: &Channel| channel.mean(0..channel.len());
    let ratio = mean(device).zip(mean(increments)).map(|(a, b)| a / b);
    ratio.is_none_or(|ratio| LEVELS.contains(&ratio))
}

/// Returns the median change from second to second while moving.
fn median_step(speed_m_s: &Channel) -> Option<f64> {
    median(
        (1..speed_m_s.len())
            .filter_map(|cell| Some((speed_m_s.get(cell)? - speed_m_s.get(cell - 1)?).abs())),
    )
}

/// Returns a short running mean less a long one; NaN where the value is absent.
fn band_pass(channel: &Channel) -> Vec<f64> {
    let mut sums = Vec::with_capacity(channel.len() + 1);
    let (mut sum, mut count) = (0.0, 0.0);
    sums.push((sum, count));
    for value in channel.iter() {
        sum += value.unwrap_or(0.0);
        count += if value.is_some() { 1.0 } else { 0.0 };
        sums.push((sum, count));
    }
    let mean = |cell: usize, half: usize| {
        let (start, end) = (
            cell.saturating_sub(half),
            (cell + half + 1).min(channel.len()),
        );
        (sums[end].0 - sums[start].0) / (sums[end].1 - sums[start].1)
    };
    channel
        .iter()
        .enumerate()
        .map(|(cell, value)| {
            value.map_or(f64::NAN, |_| {
                mean(cell, LOW_PASS_HALF_WINDOW_S) - mean(cell, HIGH_PASS_HALF_WINDOW_S)
            })
        })
        .collect()
}

/// Returns the correlation of `x` with `y` taken `lag` cells later.
fn correlation(x: &[f64], y: &[f64], lag: i32) -> Option<f64> {
    let shift = usize::try_from(lag.unsigned_abs()).ok()?;
    let (x, y) = if lag >= 0 {
        (x, y.get(shift..)?)
    } else {
        (x.get(shift..)?, y)
    };
    let (mut xx, mut yy, mut xy, mut count) = (0.0, 0.0, 0.0, 0);
    for (x, y) in x.iter().zip(y) {
        let product = x * y;
        if !product.is_nan() {
            xx += x * x;
            yy += y * y;
            xy += product;
            count += 1;
        }
    }
    (count >= LEAST_CELLS && xx > 0.0 && yy > 0.0).then(|| xy / (xx * yy).sqrt())
}

/// Returns where the parabola through three equidistant values has its top, from the middle one.
fn vertex(before: f64, at: f64, after: f64) -> f64 {
    let curvature = before - 2.0 * at + after;
    if curvature < 0.0 {
        ((before - after) / (2.0 * curvature)).clamp(-0.5, 0.5)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Increments that wander: levels of 20–60 s with a little noise, no pattern.
    fn wandering(length: usize) -> Vec<f64> {
        let mut state: u32 = 7;
        let mut next = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(state >> 16) / 65536.0
        };
        let mut values = Vec::new();
        while values.len() < length {
            let (level, stay) = (2.5 + next(), 20.0 + 40.0 * next());
            for _ in 0..crate::streams::cells::floor_index(stay) {
                values.push(level + 0.3 * (next() - 0.5));
            }
        }
        values
    }

    /// What a device shows: the mean of the last `width` seconds.
    fn trailing_mean(values: &[f64], width: usize) -> Channel {
        (0..values.len())
            .map(|cell| {
                let part = &values[cell.saturating_sub(width - 1)..=cell];
                part.iter().sum::<f64>() / part.len() as f64
            })
            .collect()
    }

    #[test]
    fn the_lag_of_a_box_car_is_half_its_width() {
        // Cell t of a mean over the cells t − 10 … t speaks of cell t − 5.
        let values = wandering(3000);
        let device = trailing_mean(&values, 11);
        let lag = lag_s(&values.iter().copied().collect(), &device);
        assert!((lag.unwrap_or(99.0) - 5.0).abs() < 0.7, "{lag:?}");
    }

    #[test]
    fn channels_that_do_not_move_together_show_no_lag() {
        let values = wandering(3000);
        let other: Channel = values.iter().rev().copied().collect();
        assert_eq!(lag_s(&values.iter().copied().collect(), &other), None);
        let constant: Channel = std::iter::repeat_n(3.0, 3000).collect();
        assert_eq!(lag_s(&values.into_iter().collect(), &constant), None);
    }

    #[test]
    fn a_coarse_counter_gives_way_to_the_device() {
        let steps: Channel = (0..600).map(|t| [2.0, 4.0, 3.0][t % 3]).collect();
        let device: Channel = std::iter::repeat_n(3.0, 600).collect();
        assert!(prefers_device(&steps, &device, &[false; 600]));
        assert!(!prefers_device(&device, &device, &[false; 600]));
        assert!(!prefers_device(
            &steps,
            &Channel::absent(600),
            &[false; 600]
        ));
    }
}

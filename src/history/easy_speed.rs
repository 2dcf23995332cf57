//! Habitual easy speed: the speed at which the athlete most often runs easily.

use chrono::NaiveDate;

use crate::history::Confidence;
use crate::history::PastSession;
use crate::history::Reference;
use crate::summary::SteadyBlock;

/// The days from which it is learned.
///
/// # Units
/// Days. `science.md` 4.3.
pub(super) const WINDOW_DAYS: u64 = 56;
/// A block counts half after so many days.
///
/// # Units
/// Days. `science.md` 4.3.
const HALF_LIFE_DAYS: f64 = 14.0;
/// Enough easy running for a fair value.
///
/// # Units
/// Seconds. `science.md` 4.3: 60 min.
const ENOUGH_S: f64 = 3600.0;
/// Width of the kernel.
///
/// # Units
/// Log speed: 2.5 %, `science.md` 4.3.
const BANDWIDTH: f64 = 0.025;
/// Width of a bin of the density.
///
/// # Units
/// Log speed.
const BIN: f64 = 0.005;
/// Slowest speed of the density.
///
/// # Units
/// Metres per second.
const SLOWEST_M_S: f64 = 1.0;
/// Bins of the density: from 1 to 7.4 m/s.
const BINS: usize = 400;
/// The kernel reaches three bandwidths.
///
/// # Units
/// Bins.
const REACH: usize = 15;
/// A slower mode that holds this share of the weight of the highest is preferred when they lie
/// apart by more than [`MODES_APART`].
///
/// # Units
/// Ratio. `science.md` 4.3: a quarter of the whole, here a third of the highest.
const SLOWER_MODE_SHARE: f64 = 1.0 / 3.0;
/// Two modes are different habits when they lie so far apart.
///
/// # Units
/// Log speed. `science.md` 4.3.
const MODES_APART: f64 = 0.08;
/// Blocks within this of the mode are averaged, so that the value moves smoothly from day to day.
///
/// # Units
/// Log speed.
const AROUND: f64 = 0.06;
/// Half-width of the interval of a value from little running.
///
/// # Units
/// Ratio.
const WIDE: f64 = 0.08;
/// Normal quantile of a 90 % interval.
const Z90: f64 = 1.645;

/// A block with its weight: its duration, halved every [`HALF_LIFE_DAYS`].
struct Weighted {
    log_speed: f64,
    weight: f64,
}

/// Returns the habitual easy speed from the blocks of easy running of some sessions.
///
/// Steps: each block of effort speed v weighs its duration · ½^(age / 14 d); the density of ln v
/// with a normal kernel; its mode (the slower of two modes that lie apart); the weighted mean of
/// the blocks within 6 % of it.
///
/// # Units
/// Metres per second.
///
/// # References
/// `science.md` 4.3; the mean around the mode is ours, against jumps.
pub(super) fn easy_speed(past: &[PastSession], on: NaiveDate) -> Option<Reference> {
    let mut blocks = Vec::new();
    let mut duration_s = 0.0;
    for session in past {
        let age_days = (on - session.day).num_days().abs();
        let fade = 0.5f64.powf(days(age_days) / HALF_LIFE_DAYS);
        for block in &session.easy_blocks {
            duration_s += block.duration_s;
            blocks.push(weighted(block, fade));
        }
    }
    let newest = past.iter().rev().find(|p| !p.easy_blocks.is_empty())?.day;
    let (value, deviation) = around_mode(&blocks)?;
    let enough = duration_s >= ENOUGH_S;
    let half_width = if enough {
        Z90 * deviation / effective(&blocks).sqrt()
    } else {
        WIDE
    };
    Some(Reference {
        value,
        low: value * (-half_width).exp(),
        high: value * half_width.exp(),
        source: format!(
            "mode of {} blocks of easy running, {WINDOW_DAYS} days",
            blocks.len()
        ),
        date: Some(newest),
        confidence: if enough {
            Confidence::High
        } else {
            Confidence::Low
        }
        .word()
        .to_owned(),
    })
}

fn weighted(block: &SteadyBlock, fade: f64) -> Weighted {
    Weighted {
        log_speed: block.effort_speed_m_s.max(SLOWEST_M_S).ln(),
        weight: block.duration_s * fade,
    }
}

/// Returns the mean speed around the mode and the standard deviation of log speed there.
fn around_mode(blocks: &[Weighted]) -> Option<(f64, f64)> {
    let mode = mode(blocks)?;
    let near: Vec<&Weighted> = blocks
        .iter()
        .filter(|b| (b.log_speed - mode).abs() <= AROUND)
        .collect();
    let weight: f64 = near.iter().map(|b| b.weight).sum();
    if weight <= 0.0 {
        return None;
    }
    let mean = near.iter().map(|b| b.weight * b.log_speed).sum::<f64>() / weight;
    let variance = near
        .iter()
        .map(|b| b.weight * (b.log_speed - mean).powi(2))
        .sum::<f64>()
        / weight;
    // The kernel's own width keeps the interval honest when all blocks are alike.
    Some((mean.exp(), variance.sqrt().max(BANDWIDTH)))
}

/// Returns the number of equally weighted blocks that would be worth as much.
fn effective(blocks: &[Weighted]) -> f64 {
    let sum: f64 = blocks.iter().map(|b| b.weight).sum();
    let squares: f64 = blocks.iter().map(|b| b.weight * b.weight).sum();
    if squares > 0.0 {
        sum * sum / squares
    } else {
        1.0
    }
}

/// Returns the mode of log speed.
fn mode(blocks: &[Weighted]) -> Option<f64> {
    let density = density(blocks);
    let highest = density.iter().copied().fold(0.0, f64::max);
    if highest <= 0.0 {
        return None;
    }
    let peaks = (1..BINS - 1).filter(|&i| {
        density[i] >= density[i - 1]
            && density[i] > density[i + 1]
            && density[i] >= highest * SLOWER_MODE_SHARE
    });
    let peaks: Vec<usize> = peaks.collect();
    let top = *peaks
        .iter()
        .max_by(|a, b| density[**a].total_cmp(&density[**b]))?;
    let slower = peaks
        .iter()
        .copied()
        .find(|&i| centre(top) - centre(i) > MODES_APART);
    Some(centre(slower.unwrap_or(top)))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bins are limited below and above"
)]
fn density(blocks: &[Weighted]) -> Vec<f64> {
    let mut bins = vec![0.0; BINS];
    for block in blocks {
        bins[((block.log_speed / BIN).max(0.0) as usize).min(BINS - 1)] += block.weight;
    }
    let kernel: Vec<f64> = (0..=REACH)
        .map(|i| (-0.5 * (bin_width(i) / BANDWIDTH).powi(2)).exp())
        .collect();
    (0..BINS)
        .map(|i| {
            let first = i.saturating_sub(REACH);
            let last = (i + REACH).min(BINS - 1);
            (first..=last)
                .map(|j| bins[j] * kernel[i.abs_diff(j)])
                .sum()
        })
        .collect()
}

fn centre(bin: usize) -> f64 {
    bin_width(bin) + BIN / 2.0
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred bins")]
fn bin_width(bins: usize) -> f64 {
    bins as f64 * BIN
}

#[expect(clippy::cast_precision_loss, reason = "days of a lifetime")]
fn days(count: i64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(speeds: &[(f64, usize)]) -> Vec<Weighted> {
        speeds
            .iter()
            .flat_map(|&(speed, count)| {
                (0..count).map(move |_| Weighted {
                    log_speed: speed.ln(),
                    weight: 300.0,
                })
            })
            .collect()
    }

    #[test]
    fn the_mode_ignores_what_lies_apart() {
        let (value, _) = around_mode(&blocks(&[(2.9, 20), (3.0, 20), (3.8, 9)])).expect("blocks");
        assert!((value - 2.95).abs() < 0.01, "{value}");
    }

    #[test]
    fn the_slower_of_two_habits_is_the_easy_one() {
        let (value, _) = around_mode(&blocks(&[(2.8, 10), (3.4, 20)])).expect("blocks");
        assert!((value - 2.8).abs() < 0.01, "{value}");
        let (value, _) = around_mode(&blocks(&[(2.8, 3), (3.4, 20)])).expect("blocks");
        assert!((value - 3.4).abs() < 0.01, "{value}");
    }
}

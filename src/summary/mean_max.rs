//! The greatest mean effort speed over a range of durations, and the extremes of heart rate.

use crate::channel::Channel;
use crate::channel::Sums;
use crate::human::record_speed_m_s;
use crate::statistics::median;
use crate::streams::Streams;
use crate::summary::MeanMax;
use crate::summary::cells::Cells;
use crate::summary::cells::number;

/// The durations of the curve.
///
/// # Units
/// Seconds (cells).
const DURATIONS_S: [usize; 24] = [
    20, 30, 45, 60, 90, 120, 150, 180, 240, 300, 360, 480, 600, 720, 900, 1200, 1500, 1800, 2400,
    3000, 3600, 5400, 7200, 10_800,
];
/// Windows in which a greater share of the seconds was bridged or replaced give way to sound ones.
///
/// # Units
/// Ratio.
const MOST_SUSPECT_SHARE: f64 = 0.1;
/// A mean or median of heart rate needs this share of its seconds.
///
/// # Units
/// Ratio.
const LEAST_HEART_RATE_SHARE: f64 = 0.9;
/// Runners take at least so many steps, in steps per minute; walkers mostly fewer. Convention.
const RUNNING_SPM: f64 = 120.0;
/// The window of the highest sustained heart rate, from which threshold is estimated.
///
/// # Units
/// Seconds. The 20 minutes of Friel's test.
const SUSTAINED_S: usize = 1200;
/// The window of the median that stands for the highest heart rate.
///
/// # Units
/// Seconds. Convention.
const PEAK_S: usize = 10;
/// The window of the mean that stands for the lowest heart rate.
///
/// # Units
/// Seconds.
const LOWEST_S: usize = 30;

/// Returns the curve, shortest duration first; standing and gaps count as zero speed.
pub(super) fn mean_max(cells: &Cells<'_>) -> Vec<MeanMax> {
    let streams = cells.streams;
    if !streams.effort_speed_m_s.has_values() {
        return Vec::new();
    }
    let effort = Sums::from_samples((0..cells.len()).map(|i| cells.effort(i)));
    let suspect = Sums::from_samples(streams.suspect.iter().map(|s| s.then_some(1.0)));
    DURATIONS_S
        .iter()
        .filter(|duration| **duration <= streams.len())
        .filter_map(|&duration| {
            let start = best_start(&effort, &suspect, duration)?;
            Some(entry(streams, &effort, &suspect, start, duration))
        })
        .collect()
}

/// Returns where the fastest window starts: among the sound ones, or among all when none is sound; what
/// would beat the world record is none.
fn best_start(effort: &Sums, suspect: &Sums, duration: usize) -> Option<usize> {
    let most_suspect = number(duration) * MOST_SUSPECT_SHARE;
    let most_m = record_speed_m_s(number(duration)) * number(duration);
    let fastest = |sound_only: bool| {
        let (mut fastest, mut found) = (f64::NEG_INFINITY, None);
        for (start, sum) in effort.windows(duration).enumerate() {
            // The first of equal windows, so that the answer does not depend on the direction.
            if sum > fastest && sum <= most_m {
                let is_sound = suspect.sum(start..start + duration) <= most_suspect;
                if is_sound || !sound_only {
                    (fastest, found) = (sum, Some((sum, start)));
                }
            }
        }
        found
    };
    let (sum, start) = fastest(true).or_else(|| fastest(false))?;
    (sum > 0.0).then_some(start)
}

fn entry(
    streams: &Streams,
    effort: &Sums,
    suspect: &Sums,
    start: usize,
    duration: usize,
) -> MeanMax {
    let end = start + duration;
    MeanMax {
        duration_s: number(duration),
        speed_m_s: effort.sum(start..end) / number(duration),
        start_s: number(start),
        heart_rate_bpm: streams.heart_rate_bpm.mean(end - duration / 3..end),
        slope: streams.grade.mean(start..end),
        suspect_s: suspect.sum(start..end),
        unwitnessed: !has_steps(streams, start..end),
    }
}

/// Returns whether the steps of running are recorded in most of a window.
fn has_steps(streams: &Streams, window: std::ops::Range<usize>) -> bool {
    let steps = streams.cadence_spm.present(window.clone());
    let running = steps.filter(|steps| *steps >= RUNNING_SPM).count();
    running * 2 >= window.len()
}

/// Returns the greatest mean heart rate over 20 minutes.
pub(super) fn heart_rate_max_20min(streams: &Streams) -> Option<f64> {
    extreme_mean(&streams.heart_rate_bpm, SUSTAINED_S, f64::max)
}

/// Returns the lowest mean heart rate over 30 seconds.
pub(super) fn heart_rate_min_30s(streams: &Streams) -> Option<f64> {
    extreme_mean(&streams.heart_rate_bpm, LOWEST_S, f64::min)
}

fn extreme_mean(channel: &Channel, window: usize, better: impl Fn(f64, f64) -> f64) -> Option<f64> {
    let sums = Sums::of(channel);
    let least = number(window) * LEAST_HEART_RATE_SHARE;
    (0..(channel.len() + 1).saturating_sub(window))
        .filter_map(|i| {
            let count = sums.count(i..i + window);
            (count >= least).then(|| sums.sum(i..i + window) / count)
        })
        .reduce(better)
}

/// Returns the highest median of heart rate over 10 seconds, which a single wrong sample cannot
/// raise.
pub(super) fn heart_rate_max_10s(streams: &Streams) -> Option<f64> {
    let heart_rate = &streams.heart_rate_bpm;
    let mut highest: Option<f64> = None;
    let mut window: Vec<f64> = Vec::with_capacity(PEAK_S);
    for beats in heart_rate.or_nan().windows(PEAK_S) {
        // A median above the best so far needs half of the window above it.
        let least = highest.unwrap_or(f64::NEG_INFINITY);
        let above = beats.iter().map(|value| usize::from(*value > least));
        if above.sum::<usize>() * 2 < PEAK_S {
            continue;
        }
        window.clear();
        window.extend(beats.iter().filter(|value| !value.is_nan()));
        if number(window.len()) >= number(PEAK_S) * LEAST_HEART_RATE_SHARE {
            highest = [highest, median(&window)]
                .into_iter()
                .flatten()
                .reduce(f64::max);
        }
    }
    highest
}

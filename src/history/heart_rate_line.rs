//! The athlete's line of heart rate over speed, read off at threshold speed.

use std::collections::BTreeMap;

use crate::history::PastSession;
use crate::history::Reference;
use crate::history::critical_speed::median;
use crate::summary::SteadyBlock;

/// Threshold speed as a share of critical speed.
///
/// # Units
/// Ratio. Convention: the speed of an hour is put at 0.93–0.97; de Lucas 2012, JSSM 11:89, measured
/// 0.945 for the maximal lactate steady state.
const THRESHOLD_OF_CRITICAL_SPEED: f64 = 0.95;
/// Blocks that start earlier or later than this are left out: heart rate still rises, or drifts.
///
/// # Units
/// Seconds from the start: 15 min, 75 min. Convention.
const STARTS_S: std::ops::RangeInclusive<f64> = 900.0..=4500.0;
/// The line needs so many blocks, and so many bins of speed.
const LEAST: (usize, usize) = (20, 5);
/// A bin of speed needs so many blocks.
const LEAST_IN_BIN: usize = 2;
/// Width of a bin.
///
/// # Units
/// Metres per second.
const BIN_M_S: f64 = 0.1;
/// The slopes that runners show; beyond them the line is not believed.
///
/// # Units
/// Beats per minute per metre per second. 9–31 were measured on 15 real runs; the range is wider.
const SLOPES: std::ops::RangeInclusive<f64> = 8.0..=45.0;
/// The line is read off at most this far beyond the fastest bin.
///
/// # Units
/// Metres per second.
const FARTHEST_M_S: f64 = 0.8;
/// Half-width of the 90 % interval of a line read off within its range.
///
/// # Units
/// Beats per minute.
const HALF_WIDTH_BPM: f64 = 4.0;
/// What the half-width grows by beyond the range.
///
/// # Units
/// Beats per minute per metre per second: a third of a usual slope.
const GROWTH: f64 = 8.0;

/// Returns heart rate at threshold speed and the half-width of its 90 % interval.
///
/// Steps: blocks of even running that start 15–75 min into a run; their median heart rate for each
/// bin of speed; a least-squares line weighted by the number of blocks; its value at 0.95 of
/// critical speed. The half-width grows with the distance beyond the range of the blocks and with
/// the interval of critical speed.
///
/// # Units
/// Beats per minute.
///
/// # References
/// This program's own estimate; the source that tests it directly is Friel's half-hour time trial.
pub(super) fn at_threshold(past: &[PastSession], critical: &Reference) -> Option<(f64, f64)> {
    let bins = bins(past);
    let (slope, intercept) = believable(&bins)?;
    let speed = critical.value * THRESHOLD_OF_CRITICAL_SPEED;
    let beyond = (speed - bins.last()?.speed_m_s).max(0.0);
    if beyond > FARTHEST_M_S {
        return None;
    }
    let of_speed = slope * (critical.high - critical.low) / 2.0 * THRESHOLD_OF_CRITICAL_SPEED;
    let half_width = (HALF_WIDTH_BPM + GROWTH * beyond).hypot(of_speed);
    Some((intercept + slope * speed, half_width))
}

/// Returns slope and intercept of the line of some sessions.
pub(super) fn line_of(past: &[PastSession]) -> Option<(f64, f64)> {
    believable(&bins(past))
}

/// Returns slope and intercept of the line through enough bins, if a runner can have it.
fn believable(bins: &[Bin]) -> Option<(f64, f64)> {
    let count: f64 = bins.iter().map(|bin| bin.weight).sum();
    if bins.len() < LEAST.1 || count < crate::history::count(LEAST.0) {
        return None;
    }
    line(bins).filter(|(slope, _)| SLOPES.contains(slope))
}

/// A bin of speed with its median heart rate.
struct Bin {
    speed_m_s: f64,
    beats: f64,
    weight: f64,
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "speeds are a few metres per second"
)]
fn bins(past: &[PastSession]) -> Vec<Bin> {
    let mut bins: BTreeMap<i64, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for block in past.iter().flat_map(|session| &session.steady_blocks) {
        if let Some((speed, beats)) = usable(block) {
            let (speeds, all_beats) = bins.entry((speed / BIN_M_S) as i64).or_default();
            speeds.push(speed);
            all_beats.push(beats);
        }
    }
    bins.into_values()
        .filter(|(speeds, _)| speeds.len() >= LEAST_IN_BIN)
        .filter_map(|(mut speeds, mut beats)| {
            Some(Bin {
                weight: crate::history::count(speeds.len()),
                speed_m_s: median(&mut speeds)?,
                beats: median(&mut beats)?,
            })
        })
        .collect()
}

/// Returns effort speed and heart rate of a block that can lie on the line.
pub(super) fn usable(block: &SteadyBlock) -> Option<(f64, f64)> {
    let beats = block.heart_rate_bpm?;
    STARTS_S
        .contains(&block.start_s)
        .then_some((block.effort_speed_m_s, beats))
}

/// Returns slope and intercept of the weighted least-squares line.
fn line(bins: &[Bin]) -> Option<(f64, f64)> {
    let sum = |value: &dyn Fn(&Bin) -> f64| bins.iter().map(|b| b.weight * value(b)).sum::<f64>();
    let weight = sum(&|_| 1.0);
    let speed = sum(&|b| b.speed_m_s) / weight;
    let beats = sum(&|b| b.beats) / weight;
    let spread = sum(&|b| (b.speed_m_s - speed).powi(2));
    let together = sum(&|b| (b.speed_m_s - speed) * (b.beats - beats));
    (spread > 0.0).then(|| (together / spread, beats - together / spread * speed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn critical() -> Reference {
        Reference {
            value: 4.0,
            low: 3.9,
            high: 4.1,
            source: String::new(),
            date: None,
            confidence: "high".to_owned(),
        }
    }

    fn session(speeds: &[f64]) -> PastSession {
        PastSession {
            steady_blocks: speeds
                .iter()
                .map(|speed| SteadyBlock {
                    start_s: 1800.0,
                    duration_s: 300.0,
                    effort_speed_m_s: *speed,
                    heart_rate_bpm: Some(60.0 + 28.0 * speed),
                    ..SteadyBlock::default()
                })
                .collect(),
            ..PastSession::default()
        }
    }

    #[test]
    fn the_line_is_read_off_at_threshold() {
        let speeds = [2.65, 2.75, 2.85, 2.95, 3.65];
        let past: Vec<PastSession> = (0..5).map(|_| session(&speeds)).collect();
        let (beats, half_width) = at_threshold(&past, &critical()).expect("25 blocks, 5 bins");
        // 60 + 28 · 3.8.
        assert!((beats - 166.4).abs() < 1e-6, "{beats}");
        // 4 + 8 · 0.15 = 5.2 and 28 · 0.1 · 0.95 = 2.66, at right angles.
        assert!((half_width - 5.841).abs() < 1e-3, "{half_width}");
    }

    #[test]
    fn easy_running_alone_is_too_far_from_threshold() {
        let speeds = [2.45, 2.55, 2.65, 2.75, 2.85];
        let past: Vec<PastSession> = (0..5).map(|_| session(&speeds)).collect();
        assert_eq!(at_threshold(&past, &critical()), None);
    }
}

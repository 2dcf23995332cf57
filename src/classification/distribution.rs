//! Time in three zones, from the histograms of the segments and the athlete's reference values.

use crate::classification::Distribution;
use crate::classification::SessionKind;
use crate::classification::features::Features;
use crate::ingest::Sport;
use crate::segmentation::SegmentKind;
use crate::summary::EFFORT_BIN_M_S;
use crate::summary::HEART_RATE_BIN_BPM;
use crate::summary::Histogram;
use crate::units::round;

/// The first threshold as a share of critical speed.
///
/// # Units
/// Ratio. Muniz-Pumares 2025, Sports Med 55:1023, which assumes it.
pub const FIRST_THRESHOLD_OF_CRITICAL_SPEED: f64 = 0.823;
/// The first threshold as a share of threshold heart rate.
///
/// # Units
/// Ratio. Convention: 0.85–0.89 are usual.
pub const FIRST_THRESHOLD_OF_THRESHOLD_HEART_RATE: f64 = 0.89;

/// Returns the time in zones: by effort speed where there is one, else by heart rate.
pub(super) fn distribution(features: &Features<'_>, kind: SessionKind) -> Option<Distribution> {
    if features.run.head.sport != Sport::Running {
        return None;
    }
    by_effort(features, kind).or_else(|| by_heart_rate(features, kind))
}

fn by_effort(features: &Features<'_>, kind: SessionKind) -> Option<Distribution> {
    let critical = features.critical_speed()?;
    let limits = [FIRST_THRESHOLD_OF_CRITICAL_SPEED * critical, critical];
    let per_segment: Vec<[f64; 3]> = features
        .run
        .details
        .histograms
        .iter()
        .map(|histograms| zones(&histograms.effort, EFFORT_BIN_M_S, limits))
        .collect();
    assemble(features, kind, "effort_speed", &per_segment)
}

fn by_heart_rate(features: &Features<'_>, kind: SessionKind) -> Option<Distribution> {
    let threshold = features.threshold_heart_rate()?;
    let limits = [
        FIRST_THRESHOLD_OF_THRESHOLD_HEART_RATE * threshold,
        threshold,
    ];
    let per_segment: Vec<[f64; 3]> = features
        .run
        .details
        .histograms
        .iter()
        .map(|histograms| zones(&histograms.heart_rate, HEART_RATE_BIN_BPM, limits))
        .collect();
    assemble(features, kind, "heart_rate", &per_segment)
}

/// Returns the time above critical speed, where one is known.
///
/// # Units
/// Seconds.
pub(super) fn above_critical_speed_s(features: &Features<'_>) -> Option<f64> {
    let critical = features.critical_speed()?;
    let histograms = features.run.details.histograms.iter();
    let hard = histograms.map(|h| zones(&h.effort, EFFORT_BIN_M_S, [critical, critical])[2]);
    Some(hard.sum())
}

fn assemble(
    features: &Features<'_>,
    kind: SessionKind,
    basis: &str,
    per_segment: &[[f64; 3]],
) -> Option<Distribution> {
    let total: [f64; 3] = std::array::from_fn(|i| per_segment.iter().map(|z| z[i]).sum());
    let rated: f64 = total.iter().sum();
    if rated <= 0.0 {
        return None;
    }
    let coverage = if features.moving_s > 0.0 {
        (rated / features.moving_s).min(1.0)
    } else {
        0.0
    };
    Some(Distribution {
        basis: basis.to_owned(),
        zone_s: total.map(|seconds| round(seconds, 1)),
        goal_zone: goal_zone(features, kind),
        middle_outside_quality_s: round(middle_outside(features, kind, per_segment), 1),
        coverage: round(coverage, 3),
    })
}

/// Returns the seconds of a histogram below, between and above two limits; a bin that holds a limit
/// is shared in proportion.
fn zones(histogram: &Histogram, width: f64, limits: [f64; 2]) -> [f64; 3] {
    let mut zones = [0.0; 3];
    for (low, high, seconds) in histogram.bins(width) {
        let below = |limit: f64| ((limit - low) / (high - low)).clamp(0.0, 1.0);
        let (first, second) = (below(limits[0]), below(limits[1]));
        zones[0] += seconds * first;
        zones[1] += seconds * (second - first);
        zones[2] += seconds * (1.0 - second);
    }
    zones
}

/// Returns the zone of the session's main set.
fn goal_zone(features: &Features<'_>, kind: SessionKind) -> u8 {
    use SessionKind::*;
    let zone_of = |ratio: Option<f64>, otherwise: u8| match ratio {
        Some(ratio) if ratio >= 1.0 => 3,
        Some(ratio) if ratio >= FIRST_THRESHOLD_OF_CRITICAL_SPEED => 2,
        Some(_) => 1,
        Option::None => otherwise,
    };
    match kind {
        Intervals | Fartlek => zone_of(features.of_critical(features.work_speed_m_s), 3).max(2),
        Repetitions | Hills => 3,
        Tempo => zone_of(features.of_critical(features.work_speed_m_s), 2).max(2),
        Progression | Steady => 2,
        Race => zone_of(features.of_critical(features.effort_speed_m_s), 3).max(2),
        _ => 1,
    }
}

/// Returns the middle-zone time outside efforts that were meant: all of it in runs without efforts,
/// that of the segments between them otherwise.
fn middle_outside(features: &Features<'_>, kind: SessionKind, per_segment: &[[f64; 3]]) -> f64 {
    use SessionKind::*;
    if matches!(kind, Race | Progression | Tempo) && features.works.is_empty() {
        return 0.0;
    }
    let segments = &features.run.segments;
    per_segment
        .iter()
        .enumerate()
        .filter(|(i, _)| {
            // Getting faster by itself means nothing: where it was meant, the run is a progression.
            let kind = segments.get(*i).map(|segment| segment.kind);
            kind.is_none_or(|kind| !kind.is_work() || kind == SegmentKind::Progression)
        })
        .map(|(_, zones)| zones[1])
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bin_that_holds_a_limit_is_shared() {
        let histogram = Histogram {
            first: 30,
            seconds: vec![100, 100, 100],
        };
        // Bins 3.0–3.1, 3.1–3.2, 3.2–3.3; limits in the middle of the first and at the end of the second.
        let zones = zones(&histogram, 0.1, [3.05, 3.2]);
        assert!((zones[0] - 50.0).abs() < 1e-6);
        assert!((zones[1] - 150.0).abs() < 1e-6);
        assert!((zones[2] - 100.0).abs() < 1e-6);
    }
}

//! Time in three and in five zones, from the histograms of the segments and the athlete's reference
//! values.

use crate::classification::Distribution;
use crate::classification::GaugeZones;
use crate::classification::condition::minutes;
use crate::classification::features::Features;
use crate::classification::intensity_source::IntensitySources;
use crate::classification::intensity_source::Share;
use crate::classification::intensity_source::zones;
use crate::classification::zone_limits::FIRST_THRESHOLD_OF_CRITICAL_SPEED;
use crate::classification::zone_limits::FIVE_ZONES;
use crate::classification::zone_limits::THREE_ZONES;
use crate::segmentation::Evidence;
use crate::summary::SegmentHistograms;
use crate::units::round;
use crate::vocabulary::Gauge;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;
use crate::vocabulary::ZoneBasis;

/// Speed and heart rate disagree when they put so much steady running into different zones.
///
/// # Units
/// Seconds. Chosen: less is the edge of a zone.
const DISAGREE_S: f64 = 600.0;
/// And at least this share of it.
///
/// # Units
/// Ratio.
const DISAGREE_SHARE: f64 = 0.3;

/// Returns the time in zones.
///
/// Steps: short efforts and everything uneven by effort speed; steady running of 5 minutes and more
/// by effort speed and heart rate together, where heart rate is valid and its threshold known; by
/// power where slopes make effort speed uncertain; by heart rate alone without speed.
pub(super) fn distribution(features: &Features<'_>, kind: SessionKind) -> Option<Distribution> {
    if !features.is_run {
        return None;
    }
    let sources = IntensitySources::new(features);
    let parts = &features.run.details.histograms;
    let alone: Vec<(Gauge, Vec<Vec<Share>>)> = [
        (
            Gauge::EffortSpeed,
            of_parts(parts, |part| sources.by_speed(part)),
        ),
        (Gauge::Power, of_parts(parts, |part| sources.by_power(part))),
        (
            Gauge::HeartRate,
            of_parts(parts, |part| sources.by_heart_rate(part)),
        ),
    ]
    .into_iter()
    .filter(|(_, efforts)| efforts.iter().any(|effort| !effort.is_empty()))
    .collect();
    let (basis, efforts, disagreement_s) = chosen(features, &sources, &alone)?;
    let per_part: Vec<[f64; 3]> = efforts.iter().map(|e| zones(e, &THREE_ZONES)).collect();
    let rated: f64 = per_part.iter().flatten().sum();
    if rated <= 0.0 {
        return None;
    }
    let all = efforts.concat();
    Some(Distribution {
        basis,
        zone_s: zones::<3>(&all, &THREE_ZONES).map(|seconds| round(seconds, 1)),
        five_zone_s: zones::<5>(&all, &FIVE_ZONES).map(|seconds| round(seconds, 1)),
        goal_zone: goal_zone(features, kind),
        middle_outside_quality_s: round(middle_outside(features, kind, &per_part), 1),
        coverage: round(coverage(features, rated), 3),
        by_gauge: alone
            .iter()
            .map(|(gauge, efforts)| by_gauge(features, *gauge, efforts))
            .collect(),
        disagreement_s: round(disagreement_s, 1),
    })
}

fn of_parts(
    parts: &[SegmentHistograms],
    effort: impl Fn(&SegmentHistograms) -> Vec<Share>,
) -> Vec<Vec<Share>> {
    parts.iter().map(effort).collect()
}

/// Returns the intensity source that rates the run, the effort of each part by it, and the seconds in which
/// speed and heart rate disagree.
fn chosen(
    features: &Features<'_>,
    sources: &IntensitySources<'_>,
    alone: &[(Gauge, Vec<Vec<Share>>)],
) -> Option<(ZoneBasis, Vec<Vec<Share>>, f64)> {
    let by = |wanted: Gauge| alone.iter().find(|(gauge, _)| *gauge == wanted).cloned();
    if let Some((gauge, efforts)) = by(Gauge::Power).filter(|_| sources.power_leads()) {
        return Some((gauge.into(), efforts, 0.0));
    }
    let Some((gauge, mut efforts)) = by(Gauge::EffortSpeed) else {
        let (gauge, efforts) = by(Gauge::HeartRate)?;
        return Some((gauge.into(), efforts, 0.0));
    };
    let (mut basis, mut disagreement_s) = (gauge.into(), 0.0);
    let parts = &features.run.details.histograms;
    for (index, (part, effort)) in parts.iter().zip(&mut efforts).enumerate() {
        if sources.is_rated_by_both(features.run.segments.get(index), part) {
            *effort = sources.by_both(part);
            disagreement_s += sources.disagreement_s(part, &THREE_ZONES);
            basis = ZoneBasis::EffortSpeedAndHeartRate;
        }
    }
    Some((basis, efforts, disagreement_s))
}

fn by_gauge(features: &Features<'_>, gauge: Gauge, efforts: &[Vec<Share>]) -> GaugeZones {
    let zone_s: [f64; 3] = zones(&efforts.concat(), &THREE_ZONES);
    GaugeZones {
        gauge,
        zone_s: zone_s.map(|seconds| round(seconds, 1)),
        coverage: round(coverage(features, zone_s.iter().sum()), 3),
    }
}

/// Returns the share of the moving time that was rated.
pub(super) fn coverage(features: &Features<'_>, rated_s: f64) -> f64 {
    if features.moving_s > 0.0 {
        (rated_s / features.moving_s).min(1.0)
    } else {
        0.0
    }
}

/// Returns what is to be said where speed and heart rate disagree about steady running.
pub(super) fn disagreement(distribution: &Distribution) -> Option<Evidence> {
    let above = |gauge: Gauge| {
        let mut sources = distribution.by_gauge.iter();
        let found = sources.find(|zones| zones.gauge == gauge)?;
        Some(found.zone_s[1] + found.zone_s[2])
    };
    let (speed, heart_rate) = (above(Gauge::EffortSpeed)?, above(Gauge::HeartRate)?);
    let rated: f64 = distribution.zone_s.iter().sum();
    let seconds = distribution.disagreement_s;
    (seconds >= DISAGREE_S && seconds >= DISAGREE_SHARE * rated).then(|| {
        let word = if heart_rate > speed {
            "harder"
        } else {
            "easier"
        };
        Evidence {
            text: format!(
                "heart rate shows {} of the steady running {word} than speed does",
                minutes(seconds)
            ),
            value: Some(round(seconds, 0)),
            unit: Some("s".to_owned()),
            contribution: None,
        }
    })
}

/// Returns the time above critical speed, where one is known.
///
/// # Units
/// Seconds.
pub(super) fn above_critical_speed_s(features: &Features<'_>) -> Option<f64> {
    features.critical_speed()?;
    let sources = IntensitySources::new(features);
    let histograms = features.run.details.histograms.iter();
    let hard = histograms.map(|part| zones::<2>(&sources.by_speed(part), &[1.0])[1]);
    Some(hard.sum())
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
    fn disagreement_is_told_from_ten_minutes_and_three_tenths_on() {
        let told = |seconds: f64, rated_s: f64, by_beats: f64| {
            let zones = |gauge, above: f64| GaugeZones {
                gauge,
                zone_s: [rated_s - above, above, 0.0],
                coverage: 1.0,
            };
            let distribution = Distribution {
                zone_s: [rated_s, 0.0, 0.0],
                by_gauge: vec![
                    zones(Gauge::EffortSpeed, 300.0),
                    zones(Gauge::HeartRate, by_beats),
                ],
                disagreement_s: seconds,
                ..Distribution::default()
            };
            disagreement(&distribution).map(|told| told.text)
        };
        let text = told(600.0, 2000.0, 900.0).unwrap_or_default();
        assert!(text.contains("10 min") && text.contains("harder"), "{text}");
        assert!(
            told(600.0, 2000.0, 200.0)
                .unwrap_or_default()
                .contains("easier")
        );
        assert_eq!(told(599.0, 1900.0, 900.0), None);
        assert_eq!(told(600.0, 2001.0, 900.0), None);
        assert!(told(900.0, 3000.0, 900.0).is_some());
    }
}

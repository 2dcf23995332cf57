//! What a workout asked for, in a few words beside what was run.

use crate::segmentation::Planned;
use crate::units::MetresPerSecond;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// Returns what was asked for, as in "planned 4:00–4:10/km"; absent where the workout names no target.
#[must_use]
pub(in crate::report) fn words(planned: &Planned, units: UnitSystem) -> Option<String> {
    let target = &planned.target;
    let speed = pace(target.speed_low_m_s, target.speed_high_m_s, units);
    let heart_rate = range(target.heart_rate_low_bpm, target.heart_rate_high_bpm, "bpm");
    let power = range(target.power_low_w, target.power_high_w, "W");
    let zone = |zone: Option<u8>, what: &str| zone.map(|zone| format!("{what} zone {zone}"));
    let asked = speed
        .or(heart_rate)
        .or(power)
        .or_else(|| zone(target.heart_rate_zone, "heart rate"))
        .or_else(|| zone(target.power_zone, "power"))?;
    Some(format!("planned {asked}"))
}

/// Returns whether a step asked for something that is told.
pub(in crate::report) fn is_told(planned: &Planned) -> bool {
    words(planned, UnitSystem::Metric).is_some()
}

/// Returns a range of paces, the faster one first.
fn pace(low_m_s: Option<f64>, high_m_s: Option<f64>, units: UnitSystem) -> Option<String> {
    let clock = |speed: Option<f64>| {
        let pace = MetresPerSecond(speed?).pace_s(units)?;
        Some(Seconds(pace).show())
    };
    let range = span(clock(high_m_s), clock(low_m_s))?;
    Some(format!("{range}{}", units.pace_unit()))
}

fn range(low: Option<f64>, high: Option<f64>, unit: &str) -> Option<String> {
    let whole = |value: Option<f64>| value.map(|value| format!("{value:.0}"));
    Some(format!("{} {unit}", span(whole(low), whole(high))?))
}

fn span(first: Option<String>, last: Option<String>) -> Option<String> {
    match (first, last) {
        (Some(first), Some(last)) if first != last => Some(format!("{first}–{last}")),
        (first, last) => first.or(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::StepTarget;

    fn asked(target: StepTarget) -> Option<String> {
        let planned = Planned {
            duration_s: Some(240.0),
            distance_m: None,
            target,
        };
        words(&planned, UnitSystem::Metric)
    }

    #[test]
    fn targets_are_told_in_a_few_words() {
        let speed = StepTarget {
            speed_low_m_s: Some(4.0),
            speed_high_m_s: Some(1000.0 / 240.0),
            ..StepTarget::default()
        };
        assert_eq!(asked(speed).as_deref(), Some("planned 4:00–4:10/km"));
        let heart_rate = StepTarget {
            heart_rate_low_bpm: Some(150.0),
            heart_rate_high_bpm: Some(160.0),
            ..StepTarget::default()
        };
        assert_eq!(asked(heart_rate).as_deref(), Some("planned 150–160 bpm"));
        let zone = StepTarget {
            power_zone: Some(4),
            ..StepTarget::default()
        };
        assert_eq!(asked(zone).as_deref(), Some("planned power zone 4"));
        assert_eq!(asked(StepTarget::default()), None);
    }
}

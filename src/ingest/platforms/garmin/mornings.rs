//! What the watch measured of nights and of hearts at rest.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::loose::Loose;
use super::loose::number;
use crate::ingest::platforms::Morning;

const SECONDS_PER_HOUR: f64 = 3600.0;
/// The kind of a metric that is heart-rate variability.
const VARIABILITY: &str = "HRV";

/// One metric of a night.
#[derive(Deserialize)]
pub(super) struct Metric {
    #[serde(rename = "type")]
    kind: Option<Loose>,
    value: Option<Loose>,
}

/// What is told of a day.
pub(super) struct Told<'a> {
    pub(super) day: &'a Option<Loose>,
    /// Heart rate at rest, the better value first.
    pub(super) resting: [&'a Option<Loose>; 2],
    /// Seconds of each stage of sleep.
    pub(super) stages: [&'a Option<Loose>; 3],
    pub(super) metrics: &'a [Metric],
}

/// Returns what an element tells of the morning of its day, which is that of waking.
pub(super) fn of(told: &Told<'_>) -> Option<Morning> {
    let day = told.day.as_ref()?.text()?;
    let day = NaiveDate::parse_from_str(day.get(..10)?, "%Y-%m-%d").ok()?;
    let positive = |value: &Option<Loose>| number(value).filter(|value| *value > 0.0);
    // Without stages it is a night that was expected, not one that was measured.
    let asleep_s: f64 = told.stages.into_iter().filter_map(positive).sum();
    let mut variability = told.metrics.iter().filter(|metric| {
        let kind = metric.kind.as_ref().and_then(Loose::text);
        kind == Some(VARIABILITY)
    });
    let morning = Morning {
        day,
        resting_hr_bpm: told.resting.into_iter().find_map(positive),
        hrv_ms: variability.find_map(|metric| positive(&metric.value)),
        sleep_h: (asleep_s > 0.0).then_some(asleep_s / SECONDS_PER_HOUR),
    };
    let nothing = Morning {
        day,
        ..Morning::default()
    };
    (morning != nothing).then_some(morning)
}

/// Puts what is told of one day together, in order of day. Of several sleeps the longest is the night.
pub(super) fn one_a_day(mornings: Vec<Morning>) -> Vec<Morning> {
    let mut days: BTreeMap<NaiveDate, Morning> = BTreeMap::new();
    for morning in mornings {
        let known = days.entry(morning.day).or_insert(morning);
        known.resting_hr_bpm = known.resting_hr_bpm.or(morning.resting_hr_bpm);
        known.hrv_ms = known.hrv_ms.or(morning.hrv_ms);
        let sleeps = known.sleep_h.into_iter().chain(morning.sleep_h);
        known.sleep_h = sleeps.reduce(f64::max);
    }
    days.into_values().collect()
}

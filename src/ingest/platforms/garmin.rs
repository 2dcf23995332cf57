//! The JSON documents of a Garmin account export: activities, gear and mornings.
//!
//! | file | holds |
//! | --- | --- |
//! | `DI-Connect-Fitness/*_summarizedActivities.json` | 1000 activities each, in centimetres and milliseconds |
//! | `DI-Connect-Fitness/*_gear.json` | shoes and bicycles, and which activity was done with which |
//! | `DI-Connect-Aggregator/UDSFile_*.json` | a day each: resting heart rate |
//! | `DI-Connect-Wellness/*_sleepData.json` | a night each |
//! | `DI-Connect-Wellness/*_healthStatusData.json` | a night each: heart-rate variability |
//!
//! Every one of them is a list; what a document is, its keys tell.

mod activities;
mod gear;
mod loose;
mod mornings;
mod sports;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::ingest::platforms::Companion;
use crate::ingest::platforms::Entry;
use crate::ingest::platforms::Morning;
use crate::ingest::platforms::Platform;
use activities::Summary;
use gear::Gear;
use gear::Link;
use loose::Loose;
use mornings::Metric;
use mornings::Told;

/// How the names of the documents that are read end, in lower case.
const ENDINGS: [&str; 4] = [
    ACTIVITIES_ENDING,
    "_gear.json",
    "_sleepdata.json",
    "_healthstatusdata.json",
];
/// How that of activities ends.
const ACTIVITIES_ENDING: &str = "summarizedactivities.json";
/// How those of days begin.
const DAYS_BEGINNING: &str = "udsfile_";

/// One element of any of the lists: all keys that any of them is read for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Element {
    summarized_activities_export: Option<Vec<Tolerant<Summary>>>,
    #[serde(rename = "gearDTOS")]
    gear: Option<Vec<Gear>>,
    #[serde(rename = "gearActivityDTOs")]
    links: Option<BTreeMap<String, Vec<Link>>>,
    calendar_date: Option<Loose>,
    resting_heart_rate: Option<Loose>,
    current_day_resting_heart_rate: Option<Loose>,
    deep_sleep_seconds: Option<Loose>,
    light_sleep_seconds: Option<Loose>,
    rem_sleep_seconds: Option<Loose>,
    metrics: Option<Vec<Metric>>,
}

/// Returns whether a file of this name may be one that is read.
pub(super) fn is_named_like_document(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_of_days = name.starts_with(DAYS_BEGINNING) && name.ends_with(".json");
    is_of_days || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Reads a document; `None` when it is another.
pub(super) fn read(bytes: &[u8]) -> Option<Companion> {
    let elements = parse(bytes).ok()?;
    let mut companion = Companion::of(Platform::Garmin);
    let mut is_any = false;
    for element in elements {
        is_any |= element.is_known();
        companion.mornings.extend(element.morning());
        companion.gear.extend(element.worn());
        let summaries = element.summarized_activities_export.into_iter().flatten();
        let summaries = summaries.filter_map(Tolerant::known);
        let known = companion.entries.len();
        companion
            .entries
            .extend((known + 1..).zip(summaries).map(Entry::from));
    }
    companion.mornings = mornings::one_a_day(companion.mornings);
    is_any.then_some(companion)
}

/// Returns why a document that is named like one of activities is none.
pub(super) fn fault(name: &str, bytes: &[u8]) -> Option<String> {
    if !name.to_ascii_lowercase().ends_with(ACTIVITIES_ENDING) {
        return None;
    }
    let error = parse(bytes).err()?;
    Some(format!(
        "expected the activities of a Garmin Connect export, found {error}; unpack or download the export again"
    ))
}

/// An item of a list, or anything else that stands there.
#[derive(Deserialize)]
#[serde(untagged)]
enum Tolerant<T> {
    Known(T),
    Other(serde::de::IgnoredAny),
}

impl<T> Tolerant<T> {
    fn known(self) -> Option<T> {
        match self {
            Tolerant::Known(item) => Some(item),
            Tolerant::Other(_) => None,
        }
    }
}

fn parse(bytes: &[u8]) -> Result<Vec<Element>, serde_json::Error> {
    let start = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    match start {
        Some(b'{') => serde_json::from_slice(bytes).map(|element| vec![element]),
        _ => serde_json::from_slice(bytes),
    }
}

impl Element {
    fn is_known(&self) -> bool {
        self.summarized_activities_export.is_some()
            || self.gear.is_some()
            || self.calendar_date.is_some()
    }

    fn morning(&self) -> Option<Morning> {
        mornings::of(&Told {
            day: &self.calendar_date,
            // That of the day alone may be of a heart that was not at rest.
            resting: [
                &self.resting_heart_rate,
                &self.current_day_resting_heart_rate,
            ],
            stages: [
                &self.deep_sleep_seconds,
                &self.light_sleep_seconds,
                &self.rem_sleep_seconds,
            ],
            metrics: self.metrics.as_deref().unwrap_or_default(),
        })
    }

    fn worn(&self) -> BTreeMap<String, String> {
        let both = self.gear.as_ref().zip(self.links.as_ref());
        both.map_or_else(BTreeMap::new, |(gear, links)| gear::worn(gear, links))
    }
}

#[cfg(test)]
mod tests;

//! The words by which Garmin names sports.

use crate::ingest::Sport;
use crate::ingest::platforms::entry;

/// Words that name no sport: what was not classified, and what a watch kept besides.
const NONE: [&str; 5] = [
    "uncategorized",
    "unknown",
    "all",
    "incident_detected",
    "other",
];
/// Words of running, each with its kind in the words of FIT files.
const RUNS: [(&str, Option<&str>); 10] = [
    ("running", None),
    ("street_running", Some("street")),
    ("trail_running", Some("trail")),
    ("track_running", Some("track")),
    ("treadmill_running", Some("treadmill")),
    ("indoor_running", Some("indoor_running")),
    ("virtual_run", Some("virtual_activity")),
    ("obstacle_run", Some("obstacle")),
    ("ultra_run", Some("ultra")),
    ("adaptive_running", None),
];
/// Words in which a part names another sport than what it is.
const OTHERS: [&str; 3] = [
    "motorcycling",
    "wheelchair_push_run",
    "wheelchair_push_walk",
];

/// Returns the sport that a word means and its kind.
pub(super) fn of(word: &str) -> Option<(Sport, Option<String>)> {
    if NONE.contains(&word) {
        return None;
    }
    if let Some((_, kind)) = RUNS.iter().find(|(run, _)| *run == word) {
        return Some((Sport::Running, kind.map(str::to_owned)));
    }
    if OTHERS.contains(&word) {
        return Some((Sport::Other, Some(word.to_owned())));
    }
    entry::sport(word)
}

//! What was recognised, in words.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::ingest::Sport;
use crate::ingest::platforms::Entry;
use crate::ingest::platforms::Platform;
use crate::units::plural;

/// One export of a platform.
#[derive(Debug, Default)]
pub(super) struct Export<'a> {
    /// The activities, each once.
    pub(super) entries: Vec<&'a Entry>,
    /// How many of them have a recording.
    pub(super) with_recording: usize,
    /// The days of which it tells the morning.
    pub(super) mornings: BTreeSet<NaiveDate>,
}

impl Export<'_> {
    /// Returns the sentence; `None` when there is nothing in it.
    pub(super) fn words(&self, platform: Platform) -> Option<String> {
        let name = platform.words();
        let mornings = match self.mornings.len() {
            0 => None,
            days => Some(format!("mornings of {name}: {}", plural(days, "day"))),
        };
        if self.entries.is_empty() {
            return mornings;
        }
        let until = self.entries.iter().filter_map(|entry| entry.start).max();
        let until = until.map_or_else(String::new, |at| format!(" up to {}", at.date_naive()));
        let is_run = |entry: &&&Entry| matches!(entry.sport, Some((Sport::Running, _)));
        let runs = self.entries.iter().filter(is_run).count();
        let all = match self.entries.len() {
            1 => plural(1, "activity"),
            several => format!("{several} activities"),
        };
        let activities = format!(
            "{name} export{until}: {all}, {}, {}",
            self.files(platform),
            plural(runs, "run")
        );
        let parts: Vec<String> = [activities].into_iter().chain(mornings).collect();
        Some(parts.join("; "))
    }

    /// Returns how many activities there are recordings of: those that the export names, or those found.
    fn files(&self, platform: Platform) -> String {
        match platform {
            Platform::Strava => {
                let named = self.entries.iter().filter(|entry| entry.file.is_some());
                format!("{} with files", named.count())
            }
            _ => format!("{} with recordings", self.with_recording),
        }
    }
}

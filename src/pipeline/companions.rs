//! The files of platforms' exports that tell of other files: found before anything is decoded, as what
//! they say of a recording (its sport, above all) takes part in reading it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use chrono::DateTime;
use chrono::Utc;

use super::FileLine;
use super::Options;
use super::clean_names::without_addresses;
use super::walk::FileToRead;
use super::walk::Walk;
use crate::ingest::Activity;
use crate::ingest::Sport;
use crate::ingest::archive;
use crate::ingest::archive::Member;
use crate::ingest::platforms;
use crate::ingest::platforms::Companion;
use crate::ingest::platforms::Entry;
use crate::ingest::platforms::Platform;
use crate::units::plural;

/// Starts of a recording and of the entry about it differ by at most this: one may be cut to a second.
///
/// # Units
/// Seconds.
const START_TOLERANCE_S: i64 = 2;

/// Which entry of which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EntryId {
    file: usize,
    entry: usize,
}

/// One file that tells of others.
#[derive(Debug)]
struct Told {
    /// Its path as shown, and that within an archive.
    place: (String, Option<String>),
    companion: Companion,
    /// Whether the recordings that it tells of were asked for, all of them: what has none is an activity
    /// then.
    is_whole: bool,
}

/// What platforms' exports tell of an athlete's recordings.
#[derive(Debug, Default)]
pub(super) struct Companions {
    told: Vec<Told>,
    by_file: BTreeMap<String, Vec<EntryId>>,
    by_start: BTreeMap<DateTime<Utc>, Vec<EntryId>>,
}

/// An entry without a recording.
pub(super) struct Unrecorded<'a> {
    /// The file that holds the entry, as shown.
    pub(super) shown: &'a str,
    shown_member: Option<String>,
    /// Its number in that file, from 1.
    pub(super) number: usize,
    pub(super) entry: &'a Entry,
}

/// Finds and reads what tells of other files, athlete by athlete.
pub(super) fn find(walk: &Walk, options: &Options) -> BTreeMap<Option<String>, Companions> {
    let mut found: BTreeMap<Option<String>, Companions> = BTreeMap::new();
    for file in &walk.files {
        for (member, bytes) in candidates(file) {
            let place = (file.shown.clone(), member);
            let of_athlete = found.entry(file.athlete.clone()).or_default();
            of_athlete.read(&bytes, place, true, options);
        }
    }
    for path in &walk.tables {
        let of_all = found.entry(None).or_default();
        if let Ok(bytes) = std::fs::read(path) {
            of_all.read(&bytes, (String::new(), None), false, options);
        }
    }
    found
}

/// Returns the content of what may tell of other files: the file itself, or members of an archive.
fn candidates(file: &FileToRead) -> Vec<(Option<String>, Vec<u8>)> {
    let is_wanted = |path: &str| platforms::is_named_like_companion(last_part(path));
    let mut found = Vec::new();
    let mut take = |member: Member| {
        if let (Some(path), Ok(bytes)) = (member.path, member.bytes) {
            found.push((Some(path), bytes));
        }
    };
    match (&file.path, &file.bytes) {
        (Some(path), _) if is_wanted(&file.shown) => {
            return std::fs::read(path).map_or_else(|_| Vec::new(), |bytes| vec![(None, bytes)]);
        }
        (Some(path), _) if may_be_archive(&file.shown) => {
            if let Ok(file) = File::open(path) {
                // What cannot be read is told when it is decoded.
                let _ = archive::unpack_some(BufReader::new(file), &is_wanted, &mut take);
            }
        }
        (_, Some(bytes)) => archive::unpack_some_of(bytes.clone(), &is_wanted, &mut take),
        _ => {}
    }
    found
}

/// Content decides what an archive is, but not every recording is opened twice to see.
pub(super) fn may_be_archive(name: &str) -> bool {
    let extension = Path::new(name).extension();
    extension.is_none_or(|extension| extension.eq_ignore_ascii_case("zip"))
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns what a recording is known by: the last two parts of its path, unpacked.
fn key(path: &str) -> String {
    let lower = path.to_lowercase();
    let unpacked = lower.strip_suffix(".gz").unwrap_or(&lower);
    let mut parts: Vec<&str> = unpacked.rsplit('/').take(2).collect();
    parts.reverse();
    parts.join("/")
}

impl Companions {
    fn read(
        &mut self,
        bytes: &[u8],
        place: (String, Option<String>),
        is_whole: bool,
        options: &Options,
    ) {
        let Some(mut companion) = platforms::read(bytes) else {
            return;
        };
        for entry in &mut companion.entries {
            settle(entry, options);
        }
        let file = self.told.len();
        for (index, entry) in companion.entries.iter().enumerate() {
            let id = EntryId { file, entry: index };
            match (&entry.file, entry.start) {
                (Some(path), _) => {
                    self.by_file.entry(key(path)).or_default().push(id);
                }
                (None, Some(start)) if companion.platform == Platform::Garmin => {
                    self.by_start.entry(start).or_default().push(id);
                }
                _ => {}
            }
        }
        self.told.push(Told {
            place,
            companion,
            is_whole,
        });
    }

    /// Returns the platform of a file that tells of others.
    pub(super) fn platform(&self, shown: &str, member: Option<&str>) -> Option<Platform> {
        let is_it = |told: &&Told| told.place.0 == shown && told.place.1.as_deref() == member;
        let found = self.told.iter().filter(|told| told.is_whole).find(is_it);
        found.map(|told| told.companion.platform)
    }

    /// Adds what is told of a recording to it; returns the entries about it, of which the first is heard: an
    /// export may lie beside an earlier one.
    pub(super) fn tell(&self, path: &str, activity: &mut Activity) -> &[EntryId] {
        let by_start = || activity.start.and_then(|start| self.starting(start));
        let found = self.by_file.get(&key(path)).or_else(by_start);
        let found = found.map_or(&[][..], Vec::as_slice);
        if let Some(first) = found.first() {
            self.entry(*first).tell(activity);
        }
        found
    }

    fn starting(&self, start: DateTime<Utc>) -> Option<&Vec<EntryId>> {
        let tolerance = chrono::TimeDelta::seconds(START_TOLERANCE_S);
        let range = start.checked_sub_signed(tolerance)?..=start.checked_add_signed(tolerance)?;
        let near = self.by_start.range(range);
        near.min_by_key(|(at, _)| (**at - start).abs())
            .map(|(_, ids)| ids)
    }

    fn entry(&self, id: EntryId) -> &Entry {
        &self.told[id.file].companion.entries[id.entry]
    }

    /// Returns the entries without a recording; `used` are those with one, and `shown` says how a path within
    /// an archive is shown.
    pub(super) fn unrecorded(
        &self,
        used: &BTreeSet<EntryId>,
        shown: impl Fn(&str) -> String,
    ) -> Vec<Unrecorded<'_>> {
        let mut missing = Vec::new();
        for (file, told) in self
            .told
            .iter()
            .enumerate()
            .filter(|(_, told)| told.is_whole)
        {
            let shown_member = told.place.1.as_deref().map(&shown);
            for (index, entry) in told.companion.entries.iter().enumerate() {
                if !used.contains(&EntryId { file, entry: index }) {
                    missing.push(Unrecorded {
                        shown: &told.place.0,
                        shown_member: shown_member.clone(),
                        number: index + 1,
                        entry,
                    });
                }
            }
        }
        missing
    }

    /// Returns what was recognised, a line for each export.
    pub(super) fn words(&self) -> Vec<String> {
        let whole = self.told.iter().filter(|told| told.is_whole);
        whole.map(|told| words(&told.companion)).collect()
    }
}

impl Unrecorded<'_> {
    /// Returns whether a line of the account is that of the file which holds the entry.
    pub(super) fn is_told_by(&self, line: &FileLine) -> bool {
        line.path == self.shown && line.member == self.shown_member
    }

    /// Returns the path within the file by which the activity is known.
    pub(super) fn member(&self) -> String {
        let member = self.shown_member.as_deref().unwrap_or_default();
        format!("{member}#{}", self.number)
    }
}

/// Leaves out what was not asked for.
fn settle(entry: &mut Entry, options: &Options) {
    if !options.private_notes {
        entry.remarks.private_note = None;
    }
    if options.full_names {
        return;
    }
    let texts = [
        &mut entry.title,
        &mut entry.remarks.description,
        &mut entry.remarks.private_note,
        &mut entry.remarks.gear,
    ];
    for text in texts.into_iter().flatten() {
        *text = without_addresses(text);
    }
}

fn words(companion: &Companion) -> String {
    let entries = &companion.entries;
    let name = companion.platform.words();
    let until = entries.iter().filter_map(|entry| entry.start).max();
    let until = until.map_or_else(String::new, |at| format!(" up to {}", at.date_naive()));
    let is_run = |entry: &&Entry| matches!(entry.sport, Some((Sport::Running, _)));
    let runs = entries.iter().filter(is_run).count();
    let with_files = entries.iter().filter(|entry| entry.file.is_some()).count();
    let files = match companion.platform {
        Platform::Strava => format!(", {with_files} with files"),
        _ => String::new(),
    };
    let all = match entries.len() {
        1 => plural(1, "activity"),
        several => format!("{several} activities"),
    };
    format!(
        "{name} export{until}: {all}{files}, {}",
        plural(runs, "run")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_known_by_the_end_of_its_path() {
        for path in [
            "activities/7.fit.gz",
            "x/Activities/7.FIT",
            "a.zip/activities/7.fit",
        ] {
            assert_eq!(key(path), "activities/7.fit");
        }
        assert_ne!(key("other/7.fit"), "activities/7.fit");
    }
}

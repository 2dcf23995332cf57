//! The files of platforms' exports that tell of other files: found before anything is decoded, as what
//! they say of a recording (its sport, above all) takes part in reading it.

mod question;
mod recognised;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::time::Duration;

use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
pub(super) use question::Question;
use recognised::Export;

use super::FileLine;
use super::Options;
use super::clean_names::without_addresses;
use super::files;
use super::walk::FileToRead;
use super::walk::Walk;
use crate::ingest::Activity;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::archive;
use crate::ingest::archive::Member;
use crate::ingest::platforms;
use crate::ingest::platforms::Companion;
use crate::ingest::platforms::Entry;
use crate::ingest::platforms::Morning;
use crate::ingest::platforms::Platform;

/// Starts of a recording and of the entry about it differ by at most this: one may be cut to a second.
///
/// # Units
/// Seconds.
const START_TOLERANCE_S: i64 = 2;
/// They differ by at most this where both last as long: a first record may come late.
///
/// # Units
/// Seconds: as far as two recordings of one activity may.
const LATE_START_S: i64 = 60;
/// Durations of an activity, as recorded and as told, differ by at most this share: one may be with the end
/// of the recording cut off, the other without.
const SAME_DURATION: f64 = 0.05;

/// What an athlete wrote is kept up to so many characters: titles are shorter, and a page is no diary.
const LONGEST_TEXT: usize = 2000;

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
    /// Entries that are no activities of their own: told before, or the sum of others.
    left_out: BTreeSet<EntryId>,
    /// The platforms of files of which all recordings were asked for, by path and that within an archive.
    whole: BTreeMap<String, BTreeMap<Option<String>, Platform>>,
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
        let of_athlete = found.entry(file.athlete.clone()).or_default();
        visit_candidates(file, &mut |member, bytes| {
            let place = (file.shown.clone(), member);
            of_athlete.read(bytes, place, true, options);
        });
    }
    for path in &walk.tables {
        let of_all = found.entry(None).or_default();
        if let Ok(bytes) = read(path) {
            of_all.read(&bytes, (String::new(), None), false, options);
        }
    }
    found.values_mut().for_each(Companions::join);
    found
}

/// Hands out the content of what may tell of other files, one at a time: the file itself, or members of an
/// archive.
fn visit_candidates(file: &FileToRead, visit: &mut dyn FnMut(Option<String>, &[u8])) {
    let is_wanted = |path: &str| platforms::is_named_like_companion(last_part(path));
    let path = file.path.as_deref();
    // A name that is shown may have been changed.
    let name = path.and_then(Path::file_name).unwrap_or_default();
    let is_candidate = is_wanted(&name.to_string_lossy());
    let mut take = |member: Member| {
        if let (Some(path), Ok(bytes)) = (member.path, member.bytes) {
            visit(Some(path), &bytes);
        }
    };
    match (path, &file.bytes) {
        (Some(path), _) if is_candidate => {
            // What cannot be read is told when it is decoded.
            if let Ok(bytes) = read(path) {
                visit(None, &bytes);
            }
        }
        (Some(path), _) if may_be_archive(&file.shown) => {
            if let Ok(file) = File::open(path) {
                let _ = archive::unpack_some(BufReader::new(file), &is_wanted, &mut take);
            }
        }
        (_, Some(bytes)) => archive::unpack_some_of(bytes.clone(), &is_wanted, &mut take),
        _ => {}
    }
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    files::read(path, archive::MAX_FILE_BYTES as u64)
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
        for gear in companion.gear.values_mut() {
            mask(gear, options);
        }
        self.told.push(Told {
            place,
            companion,
            is_whole,
        });
    }

    /// Puts together what several files tell: which entry is about which recording, and what was worn.
    fn join(&mut self) {
        self.leave_out();
        for told in self.told.iter().filter(|told| told.is_whole) {
            let (shown, member) = told.place.clone();
            let of_file = self.whole.entry(shown).or_default();
            of_file.entry(member).or_insert(told.companion.platform);
        }
        let gear: BTreeMap<(Platform, String), String> = (self.told.iter())
            .flat_map(|told| {
                let gear = told.companion.gear.iter();
                gear.map(|(id, name)| ((told.companion.platform, id.clone()), name.clone()))
            })
            .collect();
        for (file, told) in self.told.iter_mut().enumerate() {
            let platform = told.companion.platform;
            for (entry, one) in told.companion.entries.iter_mut().enumerate() {
                let id = EntryId { file, entry };
                let worn = one.id.clone().and_then(|id| gear.get(&(platform, id)));
                one.remarks.gear = one.remarks.gear.take().or(worn.cloned());
                match (&one.file, one.start) {
                    _ if self.left_out.contains(&id) => {}
                    (Some(path), _) => {
                        self.by_file.entry(key(path)).or_default().push(id);
                    }
                    (None, Some(start)) if platform == Platform::Garmin => {
                        self.by_start.entry(start).or_default().push(id);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Finds entries that are no activities of their own: those told before, and the sum of several parts
    /// where one of the parts is told too.
    fn leave_out(&mut self) {
        let mut ids = BTreeSet::new();
        let mut starts = BTreeSet::new();
        for entry in self.told.iter().flat_map(|told| &told.companion.entries) {
            starts.extend(entry.start.filter(|_| !entry.is_sum));
        }
        let mut left_out = BTreeSet::new();
        for (id, entry) in self.entries() {
            let platform = self.told[id.file].companion.platform;
            let name = entry.id.as_ref().map(|id| (platform, id));
            let is_repeated = name.is_some_and(|name| !ids.insert(name));
            if is_repeated || is_sum_of(entry, &starts) {
                left_out.insert(id);
            }
        }
        self.left_out = left_out;
    }

    fn entries(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        let files = self.told.iter().enumerate();
        files.flat_map(|(file, told)| {
            let entries = told.companion.entries.iter().enumerate();
            entries.map(move |(entry, one)| (EntryId { file, entry }, one))
        })
    }

    /// Returns what platforms tell of mornings, each with its platform.
    pub(super) fn mornings(&self) -> impl Iterator<Item = (&[Morning], Platform)> {
        let all = self.told.iter().map(|told| &told.companion);
        all.map(|one| (one.mornings.as_slice(), one.platform))
    }

    /// Returns the platform of a file that tells of others.
    pub(super) fn platform(&self, shown: &str, member: Option<&str>) -> Option<Platform> {
        let of_file = self.whole.get(shown)?;
        of_file.get(&member.map(str::to_owned)).copied()
    }

    /// Adds what is told of a recording to it; returns the entries about it, of which the first is heard: an
    /// export may lie beside an earlier one.
    pub(super) fn tell(&self, path: &str, activity: &mut Activity) -> &[EntryId] {
        let found = self.answer(path, &Question::about(activity, None));
        if let Some(first) = found.first() {
            self.entry(*first).tell(activity);
        }
        found
    }

    /// Returns the entries about a recording.
    pub(super) fn answer(&self, path: &str, question: &Question) -> &[EntryId] {
        let found = self.by_file.get(&key(path));
        let found = found.or_else(|| self.starting(question));
        found.map_or(&[][..], Vec::as_slice)
    }

    /// Returns all that is told of a recording, as a text that is another one where something else is told.
    pub(super) fn told_of(&self, path: &str, question: &Question) -> String {
        let first = self.answer(path, question).first();
        format!("{:?}", first.map(|id| self.entry(*id)))
    }

    /// Returns the places within a file that tell of others, as a text.
    pub(super) fn places_in(&self, shown: &str) -> String {
        let own = self.told.iter().filter(|told| told.place.0 == shown);
        let places = own.map(|told| (&told.place.1, told.companion.platform, told.is_whole));
        format!("{:?}", places.collect::<Vec<_>>())
    }

    /// Returns the entries that start with a recording.
    fn starting(&self, question: &Question) -> Option<&Vec<EntryId>> {
        let start = question.start?;
        let within = |seconds: i64| {
            let tolerance = TimeDelta::seconds(seconds);
            let first = start.checked_sub_signed(tolerance)?;
            let last = start.checked_add_signed(tolerance)?;
            let near = self.by_start.range(first..=last);
            near.min_by_key(|(at, _)| (**at - start).abs())
                .map(|(_, ids)| ids)
        };
        let lasts_as_long = |ids: &&Vec<EntryId>| {
            let told_s = ids.first().and_then(|id| self.entry(*id).totals.elapsed_s);
            let both = told_s.zip(question.recorded_s);
            both.is_some_and(|(a, b)| (a - b).abs() <= SAME_DURATION * a.max(b))
        };
        within(START_TOLERANCE_S).or_else(|| within(LATE_START_S).filter(lasts_as_long))
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
        let whole = self.entries().filter(|(id, _)| self.told[id.file].is_whole);
        let missing = whole.filter(|(id, _)| !used.contains(id) && !self.left_out.contains(id));
        missing
            .map(|(id, entry)| {
                let place = &self.told[id.file].place;
                Unrecorded {
                    shown: &place.0,
                    shown_member: place.1.as_deref().map(&shown),
                    number: id.entry + 1,
                    entry,
                }
            })
            .collect()
    }

    /// Returns what was recognised, a line for each export; `used` are the entries with a recording.
    pub(super) fn words(&self, used: &BTreeSet<EntryId>) -> Vec<String> {
        let mut exports: BTreeMap<(Platform, usize), Export<'_>> = BTreeMap::new();
        for (file, told) in self.told.iter().enumerate() {
            let platform = told.companion.platform;
            // One table is an export of Strava; one of Garmin is many documents.
            let number = match platform {
                Platform::Strava => file,
                _ => 0,
            };
            if told.is_whole {
                let export = exports.entry((platform, number)).or_default();
                let days = told.companion.mornings.iter().map(|morning| morning.day);
                export.mornings.extend(days);
                let entries = told.companion.entries.iter().enumerate();
                let ids = entries.map(|(entry, one)| (EntryId { file, entry }, one));
                for (id, entry) in ids.filter(|(id, _)| !self.left_out.contains(id)) {
                    export.with_recording += usize::from(used.contains(&id));
                    export.entries.push(entry);
                }
            }
        }
        let exports = exports.into_iter();
        exports
            .filter_map(|((platform, _), export)| export.words(platform))
            .collect()
    }
}

impl Unrecorded<'_> {
    /// Returns whether one file holds two entries.
    pub(super) fn is_of_same_file(&self, other: &Self) -> bool {
        self.shown == other.shown && self.shown_member == other.shown_member
    }

    /// Returns whether a line of the account is that of the file which holds the entry.
    pub(super) fn is_told_by(&self, line: &FileLine) -> bool {
        line.path == self.shown && line.member == self.shown_member
    }

    /// Returns that the entry has no place among the activities.
    pub(super) fn unreadable(&self) -> Warning {
        let text = format!(
            "{}: expected a date and a duration, found none that can be; the activity is left out: enter it again, or give its file",
            self.entry.place
        );
        Warning::new(WarningCode::PlatformEntry, text)
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
    let remarks = &mut entry.remarks;
    let texts = [
        &mut entry.title,
        &mut remarks.description,
        &mut remarks.private_note,
        &mut remarks.gear,
    ];
    for text in texts.into_iter().flatten() {
        mask(text, options);
        if let Some((end, _)) = text.char_indices().nth(LONGEST_TEXT) {
            text.truncate(end);
            text.push('…');
        }
    }
}

fn mask(text: &mut String, options: &Options) {
    if !options.full_names {
        *text = without_addresses(text);
    }
}

/// Returns whether an entry is the sum of several parts, one of which starts within it.
fn is_sum_of(entry: &Entry, starts: &BTreeSet<DateTime<Utc>>) -> bool {
    let length_s = entry.totals.elapsed_s.unwrap_or_default();
    let length = Duration::try_from_secs_f64(length_s).unwrap_or_default();
    let length = TimeDelta::from_std(length).unwrap_or_default();
    let has_part = |start: DateTime<Utc>| {
        let end = start.checked_add_signed(length).unwrap_or(start);
        starts.range(start..=end).next().is_some()
    };
    entry.is_sum && entry.start.is_some_and(has_part)
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

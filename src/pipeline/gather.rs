//! What some inputs hold, athlete by athlete, before it is judged.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::Athlete;
use super::FileLine;
use super::Input;
use super::Options;
use super::Outcome;
use super::SettingsProblem;
use super::clean_names::Masked;
use super::companions;
use super::companions::Companions;
use super::companions::EntryId;
use super::companions::Unrecorded;
use super::decode;
use super::decode_all::decode_all;
use super::duplicates;
use super::health;
use super::health::Health;
use super::outcome::Location;
use super::settings_files;
use super::settings_files::Said;
use super::walk;
use super::walk::FileToRead;
use crate::classification::judge_packed;
use crate::summary::PackedRun;

/// What some inputs hold, before it is judged.
#[derive(Default)]
pub(super) struct Gathered {
    /// The runs of each athlete.
    pub(super) runs: BTreeMap<Option<String>, Vec<PackedRun>>,
    /// What the user said of each.
    pub(super) said: BTreeMap<Option<String>, Said>,
    pub(super) account: Vec<FileLine>,
    pub(super) recognised: Vec<String>,
    pub(super) locations: BTreeMap<String, Location>,
    pub(super) standard_input: Option<Vec<u8>>,
    pub(super) health: Arc<Health>,
}

/// Takes some inputs through all per-file stages.
pub(super) fn gather(
    inputs: Vec<Input>,
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Gathered, SettingsProblem> {
    let walk = walk::walk(inputs, options);
    let mut gathered = Gathered::default();
    let companions = companions::find(&walk, options);
    for athlete in walk.folders.keys() {
        let mut read = settings_files::read(athlete, &walk, options)?;
        let told = companions.get(athlete).map(Companions::mornings);
        for (mornings, platform) in told.into_iter().flatten() {
            read.settings.wellness.fill_in(mornings, platform);
        }
        gathered.said.insert(athlete.clone(), read);
    }
    gathered.health = Arc::new(health::find(&walk));
    gathered.recognised = gathered.health.words();
    let told = (&companions, &*gathered.health);
    let decoded = decode_all(&walk.files, options, &gathered.said, told, progress);
    gathered.account = walk.account;
    gathered.standard_input = walk.standard_input;
    let mut told: BTreeMap<Option<String>, BTreeSet<EntryId>> = BTreeMap::new();
    for (file, walked) in decoded.into_iter().zip(&walk.files) {
        told.entry(walked.athlete.clone())
            .or_default()
            .extend(file.told);
        gathered.account.extend(file.lines);
        for sha256 in file.exports {
            let location = gathered.locations.entry(sha256);
            location.or_insert_with(|| file.location.clone());
        }
        for run in file.found {
            let of_athlete = gathered.runs.entry(run.head.athlete.clone());
            of_athlete.or_default().push(run);
        }
    }
    for (athlete, companions) in &companions {
        let used = told.remove(athlete).unwrap_or_default();
        gathered.recognised.extend(companions.words(&used));
        let masked = Masked::new(options.full_names);
        let unrecorded = companions.unrecorded(&used, |name| masked.mask_text(name));
        gathered.add_unrecorded(&unrecorded, athlete, &walk.files, options);
    }
    Ok(gathered)
}

impl Gathered {
    /// Returns what the user said of an athlete.
    pub(super) fn said_of(&self, name: &Option<String>) -> Said {
        let said = self.said.get(name).or_else(|| self.said.get(&None));
        said.cloned().unwrap_or_default()
    }

    /// Adds the activities of entries that have no recording, and counts each with the file that tells of it.
    fn add_unrecorded(
        &mut self,
        unrecorded: &[Unrecorded<'_>],
        athlete: &Option<String>,
        files: &[FileToRead],
        options: &Options,
    ) {
        let own = files.iter().filter(|file| file.athlete == *athlete);
        let holders: BTreeMap<&str, &FileToRead> =
            own.map(|file| (file.shown.as_str(), file)).collect();
        let said = self.said.get(athlete).or_else(|| self.said.get(&None));
        let mut found: Vec<PackedRun> = Vec::new();
        // The entries of a file follow one another.
        for of_file in unrecorded.chunk_by(Unrecorded::is_of_same_file) {
            let Some(holder) = holders.get(of_file[0].shown) else {
                continue;
            };
            let mut warnings = Vec::new();
            let known = found.len();
            for one in of_file {
                match decode::unrecorded(one, (holder, options, said)) {
                    Some(run) => {
                        warnings.extend(run.warnings.clone());
                        found.push(run.into());
                    }
                    None => warnings.push(one.unreadable()),
                }
            }
            let mut lines = self.account.iter_mut();
            if let Some(line) = lines.find(|line| of_file[0].is_told_by(line)) {
                line.activities += found.len() - known;
                line.warnings.extend(warnings);
                line.status = decode::status(line);
            }
        }
        if !found.is_empty() {
            self.runs.entry(athlete.clone()).or_default().extend(found);
        }
    }

    /// Leaves out duplicates and judges each athlete's runs.
    pub(super) fn judged(mut self, options: &Options) -> Outcome {
        let unused_corrections = unused(&self.said, &self.runs);
        let (mut sessions, mut athletes) = (Vec::new(), Vec::new());
        for (name, runs) in std::mem::take(&mut self.runs) {
            let said = self.said_of(&name);
            let unique = duplicates::leave_out(runs, &mut self.account);
            let first = sessions.len();
            let judged = judge_packed(
                unique,
                &said.settings,
                &said.corrections,
                options.hindsight,
                options.keep,
            );
            // Of one athlete, which most folders are, nothing is copied.
            match first {
                0 => sessions = judged,
                _ => sessions.extend(judged),
            }
            athletes.push(Athlete {
                name,
                settings: said.settings,
                corrections: said.corrections,
                sessions: first..sessions.len(),
            });
        }
        let name = |line: &FileLine| (line.path.clone(), line.member.clone());
        self.account.sort_by_key(name);
        Outcome {
            sessions,
            athletes,
            account: self.account,
            recognised: self.recognised,
            unused_corrections,
            locations: self.locations,
            standard_input: self.standard_input,
            health: self.health,
        }
    }
}

/// Returns the corrections that are for no activity: those in an athlete's own folder look at the
/// athlete's runs, others at all.
fn unused(
    said: &BTreeMap<Option<String>, Said>,
    runs: &BTreeMap<Option<String>, Vec<PackedRun>>,
) -> Vec<String> {
    said.iter()
        .flat_map(|(name, said)| {
            let own = runs
                .iter()
                .filter(move |(other, _)| name.is_none() || *other == name);
            let files = own.flat_map(|(_, runs)| runs);
            let files = files.map(|run| run.head.source.sha256.as_str());
            said.unused(&files.collect())
        })
        .collect()
}

//! What some inputs hold, athlete by athlete, before it is judged.

use std::collections::BTreeMap;

use super::Athlete;
use super::FileLine;
use super::Input;
use super::Options;
use super::Outcome;
use super::SettingsProblem;
use super::decode;
use super::duplicates;
use super::outcome::Location;
use super::settings_files;
use super::settings_files::Said;
use super::walk;
use crate::classification::judge;
use crate::summary::RunSummary;

/// What some inputs hold, before it is judged.
#[derive(Default)]
pub(super) struct Gathered {
    /// The runs of each athlete.
    pub(super) runs: BTreeMap<Option<String>, Vec<RunSummary>>,
    /// What the user said of each.
    pub(super) said: BTreeMap<Option<String>, Said>,
    pub(super) account: Vec<FileLine>,
    pub(super) locations: BTreeMap<String, Location>,
    pub(super) standard_input: Option<Vec<u8>>,
}

/// Takes some inputs through all per-file stages.
pub(super) fn gather(
    inputs: Vec<Input>,
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Gathered, SettingsProblem> {
    let walk = walk::walk(inputs, options);
    let mut gathered = Gathered::default();
    for athlete in walk.folders.keys() {
        let read = settings_files::read(athlete, &walk, options)?;
        gathered.said.insert(athlete.clone(), read);
    }
    let decoded = decode::decode_all(&walk.files, options, &gathered.said, progress);
    gathered.account = walk.account;
    gathered.standard_input = walk.standard_input;
    for file in decoded {
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
    Ok(gathered)
}

impl Gathered {
    /// Returns what the user said of an athlete.
    pub(super) fn said_of(&self, name: &Option<String>) -> Said {
        let said = self.said.get(name).or_else(|| self.said.get(&None));
        said.cloned().unwrap_or_default()
    }

    /// Leaves out duplicates and judges each athlete's runs.
    pub(super) fn judged(mut self, options: &Options) -> Outcome {
        let unused_corrections = unused(&self.said, &self.runs);
        let (mut sessions, mut athletes) = (Vec::new(), Vec::new());
        for (name, runs) in std::mem::take(&mut self.runs) {
            let said = self.said_of(&name);
            let unique = duplicates::leave_out(runs, &mut self.account);
            let first = sessions.len();
            sessions.extend(judge(
                unique,
                &said.settings,
                &said.corrections,
                options.hindsight,
            ));
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
            unused_corrections,
            locations: self.locations,
            standard_input: self.standard_input,
        }
    }
}

/// Returns the corrections that are for no activity: those in an athlete's own folder look at the
/// athlete's runs, others at all.
fn unused(
    said: &BTreeMap<Option<String>, Said>,
    runs: &BTreeMap<Option<String>, Vec<RunSummary>>,
) -> Vec<String> {
    said.iter()
        .flat_map(|(name, said)| {
            let own = runs
                .iter()
                .filter(move |(other, _)| name.is_none() || *other == name);
            let files = own.flat_map(|(_, runs)| runs);
            said.unused(files.map(|run| run.head.source.sha256.as_str()))
        })
        .collect()
}

//! `report`: writes the site, and of an earlier one only what has changed.

mod folder;
mod lock;
mod manifest;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;

use rayon::iter::IndexedParallelIterator;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::cli::args::Common;
use crate::cli::args::ReportArguments;
use crate::cli::diagnose;
use crate::cli::exit::Exit;
use crate::cli::print;
use crate::cli::read;
use crate::cli::read::Message;
use crate::history::Sampling;
use crate::pipeline;
use crate::pipeline::Options;
use crate::pipeline::Outcome;
use crate::pipeline::Status;
use crate::report::html::FileLine;
use crate::report::html::FileStatus;
use crate::report::site::Page;
use crate::report::site::Site;
use crate::review::Review;

use folder::Folder;
use folder::refuse_foreign;
use lock::Lock;
use manifest::Manifest;

/// So much is left out of the map at either end of a run unless another distance is asked for.
///
/// # Units
/// Metres. A few streets: what others use for the zones of privacy around a home.
const DEFAULT_TRIM_M: f64 = 200.0;

/// Writes a page for every run and the review of each athlete's block.
pub(super) fn run(common: &Common, command: &ReportArguments) -> anyhow::Result<Exit> {
    let root = &command.output;
    refuse_foreign(root, &command.inputs.paths)?;
    let _lock = Lock::take(root)?;
    let old = Manifest::read(root)?;
    let folder = Folder::new(root, &old);
    let options = Options {
        output: Some(root.clone()),
        ..read::options(common, &command.inputs)
    };
    let program = program();
    let fingerprint = fingerprint(common, command, &options, &program);
    let is_same = fingerprint.is_some() && fingerprint == old.fingerprint;
    if is_same && folder.holds(&old.files) {
        for (word, text) in &old.told {
            read::tell_one(common, &Message::again(word, text));
        }
        print(&format!("{}\n", root.join("index.html").display()))?;
        return Ok(Exit::from_code(old.exit));
    }
    let outcome = read::read_with(common, &command.inputs, &options)?;
    let exit = Exit::of(&outcome);
    if exit == Exit::Nothing {
        if !old.files.is_empty() {
            let place = root.display();
            diagnose(
                "error",
                &format!(
                    "{place}: the earlier report was left as it is; remove the folder if its runs are gone for good"
                ),
            );
        }
        return Ok(exit);
    }
    let reviews = reviews(common, command, &outcome)?;
    let site = site(common, command, &outcome, &reviews);
    let Written { mut new, lost } = write(&site, &outcome, &folder, &old, &program)?;
    folder.remove_unfinished(&old);
    let left = folder.remove_stale(&old, &new.files);
    new.files.extend(left);
    for run in &lost {
        read::tell_one(common, &read::lost(&outcome.sessions[*run]));
    }
    let exit = if lost.is_empty() {
        exit
    } else {
        exit.with_losses()
    };
    new.fingerprint = fingerprint.filter(|_| lost.is_empty());
    new.exit = exit.code();
    new.told = read::messages(&outcome)
        .into_iter()
        .map(|message| (message.word.to_owned(), message.text))
        .collect();
    new.write(root)?;
    print(&format!("{}\n", root.join("index.html").display()))?;
    Ok(exit)
}

/// Returns a hash of all that decides what a report is: files and settings, options, the program
/// itself; absent when the input comes once only.
fn fingerprint(
    common: &Common,
    command: &ReportArguments,
    options: &Options,
    program: &str,
) -> Option<String> {
    if command
        .inputs
        .paths
        .iter()
        .any(|path| path == Path::new("-"))
    {
        return None;
    }
    let inputs = pipeline::fingerprint(&command.inputs.paths, options);
    let asked = format!(
        "{:?} {:?} {:?} {} {:?}",
        command.block, common.units, common.recovery_view, command.map, command.trim
    );
    let all = format!("{program} {asked} {inputs}");
    Some(pipeline::content_hash(all.as_bytes()))
}

/// Returns what tells this program from any other that would draw other pages.
fn program() -> String {
    let hash = std::env::current_exe().map(|path| pipeline::file_hash(&path));
    hash.unwrap_or_else(|_| env!("CARGO_PKG_VERSION").to_owned())
}

fn reviews(
    common: &Common,
    command: &ReportArguments,
    outcome: &Outcome,
) -> anyhow::Result<Vec<Review>> {
    let options = read::review_options(common, &command.block)?;
    let athletes = outcome.athletes.iter();
    Ok(athletes
        .map(|athlete| read::review_of(outcome, athlete, &options))
        .collect())
}

fn site<'a>(
    common: &Common,
    command: &ReportArguments,
    outcome: &'a Outcome,
    reviews: &'a [Review],
) -> Site<'a> {
    let units = read::units(common, outcome.athletes.first());
    let references = outcome.athletes.iter().map(|athlete| {
        let history = read::history(common, outcome, athlete);
        history.over_time(Sampling::Weeks)
    });
    let site = Site::new(&outcome.sessions, reviews, units).with_references(references.collect());
    match command.map {
        true => site.with_map(command.trim.unwrap_or(DEFAULT_TRIM_M)),
        false => site,
    }
}

/// What lies in the folder when all pages are written.
struct Written {
    new: Manifest,
    /// The runs whose export was read and then could not be read again for their charts; the new
    /// manifest has no key of them.
    lost: Vec<usize>,
}

/// Writes what is new or another one than before.
fn write(
    site: &Site<'_>,
    outcome: &Outcome,
    folder: &Folder<'_>,
    old: &Manifest,
    program: &str,
) -> anyhow::Result<Written> {
    let (index, keys) = rayon::join(
        || site.index(&account(outcome)),
        || keys(site, outcome, program),
    );
    let mut changed = claim(site, outcome, folder, old, &index)?;
    let mut new = Manifest::default();
    for (run, key) in keys.into_iter().enumerate() {
        let name = site.run_name(run).to_owned();
        let files = files_of(site, run, old);
        let is_whole = !files.is_empty() && folder.holds(&files);
        let is_known = !changed.contains(&run) && old.runs.get(&name) == Some(&key);
        if is_whole && is_known {
            new.files.extend(files);
        } else {
            changed.insert(run);
        }
        new.runs.insert(name, key);
    }
    let written = pipeline::visit_streams_where(
        outcome,
        &|run| changed.contains(&run),
        &|run, session, streams| {
            let is_lost = streams.is_none() && outcome.has_export(session);
            let files = folder.write(&site.run(run, streams));
            files.map(|files| (files, is_lost.then_some(run)))
        },
    );
    let mut all_lost = Vec::new();
    for written in written {
        let (files, lost) = written?;
        new.files.extend(files);
        all_lost.extend(lost);
    }
    for run in &all_lost {
        new.runs.remove(site.run_name(*run));
    }
    // The first page comes last: whatever stops a report, it never leads to a page that is not there.
    new.files.extend(folder.write(index.iter().rev())?);
    Ok(Written {
        new,
        lost: all_lost,
    })
}

/// Takes the places of all pages, and returns the runs in whose place something lies that the
/// earlier report did not write: their pages are made to see whether they are what lies there.
fn claim(
    site: &Site<'_>,
    outcome: &Outcome,
    folder: &Folder<'_>,
    old: &Manifest,
    index: &[Page],
) -> anyhow::Result<BTreeSet<usize>> {
    let mut places: BTreeSet<String> = index.iter().map(|page| page.path.clone()).collect();
    places.extend((0..outcome.sessions.len()).flat_map(|run| site.run_paths(run)));
    let unknown = folder.unknown(old, &places)?;
    let is_in_question = |run: &usize| {
        let paths = site.run_paths(*run);
        paths.iter().any(|path| unknown.contains(path))
    };
    let in_question: BTreeSet<usize> = (0..outcome.sessions.len()).filter(is_in_question).collect();
    let pages = pipeline::visit_streams_where(
        outcome,
        &|run| in_question.contains(&run),
        &|run, _, streams| site.run(run, streams),
    );
    folder.refuse_unlike(&unknown, index.iter().chain(pages.iter().flatten()))?;
    folder.claim(old, &places)?;
    Ok(in_question)
}

/// Returns for each run a hash of all that its files are made from.
fn keys(site: &Site<'_>, outcome: &Outcome, program: &str) -> Vec<String> {
    let sessions = outcome.sessions.par_iter().enumerate();
    let keys = sessions.map(|(run, session)| {
        // Without its export, as when it comes from a stored document, a run has no chart over time.
        let has_export = outcome.has_export(session);
        let all = format!("{program} {has_export} {}", site.run_key(run));
        pipeline::content_hash(all.as_bytes())
    });
    keys.collect()
}

/// Returns the files of a run that an earlier report wrote.
fn files_of(site: &Site<'_>, run: usize, old: &Manifest) -> BTreeMap<String, String> {
    let paths = site.run_paths(run).into_iter();
    paths
        .filter_map(|path| Some((old.files.get(&path)?.clone(), path)))
        .map(|(hash, path)| (path, hash))
        .collect()
}

/// Returns the account of the inputs as the site shows it.
fn account(outcome: &Outcome) -> Vec<FileLine> {
    let lines = outcome.account.iter().map(|line| {
        let warnings: Vec<&str> = line
            .warnings
            .iter()
            .map(|warning| warning.text.as_str())
            .collect();
        FileLine {
            path: line.name(),
            status: match line.status {
                Status::Ok => FileStatus::Ok,
                Status::Warned => FileStatus::Warned,
                Status::Partial => FileStatus::Partial,
                Status::Skipped => FileStatus::Skipped,
                Status::Failed => FileStatus::Failed,
            },
            reason: line
                .reason
                .clone()
                .or_else(|| (!warnings.is_empty()).then(|| warnings.join("; "))),
        }
    });
    lines.collect()
}

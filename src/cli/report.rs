//! `report`: writes the site.

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;

use super::args::Common;
use super::args::ReportArguments;
use super::diagnose;
use super::exit::Exit;
use super::files;
use super::print;
use super::read;
use crate::history::Sampling;
use crate::pipeline;
use crate::pipeline::Outcome;
use crate::pipeline::REPORT_MARKER;
use crate::pipeline::Status;
use crate::report::html::FileLine;
use crate::report::html::FileStatus;
use crate::report::site::Page;
use crate::report::site::Site;
use crate::review::Review;

/// Writes a page for every run and the review of each athlete's block.
pub(super) fn run(common: &Common, command: &ReportArguments) -> anyhow::Result<Exit> {
    let folder = &command.output;
    if folder.exists() && !folder.is_dir() {
        bail!(
            "{}: expected a folder to write into, found a file; give another -o",
            folder.display()
        );
    }
    refuse_foreign(folder, &command.inputs.paths)?;
    let outcome = read::read(common, &command.inputs)?;
    if Exit::of(&outcome) == Exit::Nothing {
        return Ok(Exit::Nothing);
    }
    let options = read::review_options(common, &command.block)?;
    let reviews: Vec<Review> = outcome
        .athletes
        .iter()
        .map(|athlete| read::review_of(&outcome, athlete, &options))
        .collect();
    let site = Site::new(
        &outcome.sessions,
        &reviews,
        read::units(common, outcome.athletes.first()),
    );
    let references = outcome.athletes.iter().map(|athlete| {
        let history = read::history(common, &outcome, athlete);
        history.over_time(Sampling::Weeks)
    });
    let site = site.with_references(references.collect());
    let site = match command.map {
        true => site.with_map(command.trim.unwrap_or_default()),
        false => site,
    };
    let old = old_files(folder);
    mark(folder, &old)?;
    let mut written = write_runs(&outcome, &site, folder)?;
    written.extend(write_all(&site.index(&account(&outcome)), folder)?);
    remove_stale(folder, &old, &written);
    mark(folder, &written)?;
    print(&format!("{}\n", folder.join("index.html").display()))?;
    Ok(Exit::of(&outcome))
}

/// Refuses to write where it would bury the user's own files: a folder that is or holds an input,
/// since a report is never read as input, and a folder with files that no report wrote.
fn refuse_foreign(folder: &Path, inputs: &[PathBuf]) -> anyhow::Result<()> {
    let Ok(output) = folder.canonicalize() else {
        return Ok(());
    };
    let mut inside = inputs.iter().filter_map(|input| input.canonicalize().ok());
    if inside.any(|input| input.starts_with(&output)) {
        bail!(
            "{}: expected a folder of its own for the report, found one that is or holds the input; give another -o",
            folder.display()
        );
    }
    let is_ours = output.join(REPORT_MARKER).is_file();
    let is_empty = std::fs::read_dir(&output).is_ok_and(|mut entries| entries.next().is_none());
    if !is_ours && !is_empty {
        bail!(
            "{}: expected an empty folder or an earlier report, found other files; give another -o",
            folder.display()
        );
    }
    Ok(())
}

/// Writes the files of each run, in parallel, one run's streams in memory per thread.
fn write_runs(
    outcome: &Outcome,
    site: &Site<'_>,
    folder: &Path,
) -> anyhow::Result<BTreeSet<String>> {
    let written = pipeline::visit_streams(outcome, &|index, _, streams| {
        write_all(&site.run(index, streams), folder)
    });
    let mut all = BTreeSet::new();
    for paths in written {
        all.extend(paths?);
    }
    Ok(all)
}

fn write_all(pages: &[Page], folder: &Path) -> anyhow::Result<BTreeSet<String>> {
    for page in pages {
        files::write(&folder.join(&page.path), page.content.as_bytes())?;
    }
    Ok(pages.iter().map(|page| page.path.clone()).collect())
}

/// Returns the files that an earlier report left in the folder.
fn old_files(folder: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(folder.join(REPORT_MARKER)).unwrap_or_default();
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

/// Marks the folder as a report, with the list of its files: it is never read as input, and the
/// next report removes what it does not write again.
fn mark(folder: &Path, paths: &BTreeSet<String>) -> anyhow::Result<()> {
    let mut text = "# Written by hardeasy report: this folder is not read as input, and the files below are replaced.\n".to_owned();
    for path in paths {
        text += path;
        text.push('\n');
    }
    files::write(&folder.join(REPORT_MARKER), text.as_bytes())
}

/// Removes what an earlier report wrote and this one did not; nothing else in the folder is touched.
fn remove_stale(folder: &Path, old: &BTreeSet<String>, written: &BTreeSet<String>) {
    let inside = |path: &&String| !path.split('/').any(|part| part == ".." || part.is_empty());
    for path in old.difference(written).filter(inside) {
        if let Err(error) = std::fs::remove_file(folder.join(path)).with_context(|| path.clone()) {
            let gone = error
                .downcast_ref::<std::io::Error>()
                .is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound);
            if !gone {
                diagnose(
                    "warning",
                    &format!("an old file of the report could not be removed: {error:#}"),
                );
            }
        }
    }
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

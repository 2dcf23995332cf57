//! `export`: documents, tables and tracks.

mod activity;
mod each;
mod since;
mod tables;

use activity::Kind;
use since::State;

use std::io;
use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;

use super::args::Common;
use super::args::ExportArguments;
use super::args::ExportFormat;
use super::exit::Exit;
use super::print;
use super::range;
use super::read;
use crate::export::Table;
use crate::export::json;
use crate::export::tables::Source;
use crate::pipeline::FileLine;
use crate::pipeline::Options;
use crate::pipeline::Outcome;
use crate::pipeline::Status;
use crate::review::Review;
use crate::review::ReviewOptions;

/// Exports what was read.
pub(super) fn run(common: &Common, command: &ExportArguments) -> anyhow::Result<Exit> {
    if command.each {
        return each::run(common, command);
    }
    let mut state = State::asked(command)?;
    let options = Options {
        output: output_below(command),
        ..read::options(common, &command.inputs)
    };
    let mut outcome = read::read_beside(common, &command.inputs, &command.history, &options)?;
    let form = tables::form(command.format)?;
    let wanted = form.map(|_| tables::wanted(command)).unwrap_or_default();
    let is_asked = range::is_asked(&command.block);
    let reviews = if is_asked || wanted.iter().any(|table| table.needs_reviews()) {
        reviews(common, command, &outcome)?
    } else {
        Vec::new()
    };
    // Before the past is left out, which they rest on.
    let references = if wanted.contains(&Table::References) {
        tables::references(common, &command.block, &outcome, &reviews)
    } else {
        Vec::new()
    };
    if is_asked {
        range::refuse_empty(&outcome.sessions, &command.block, &reviews)?;
        range::keep(common, &command.block, &mut outcome, &reviews);
    }
    // Without anything new all went well.
    let exit = Exit::of(&outcome);
    if let Some(state) = &mut state {
        state.keep_new(&mut outcome)?;
    }
    let folder = command.output.as_deref();
    match (form, Kind::of(command.format)) {
        (Some(form), _) => {
            let source = Source {
                sessions: &outcome.sessions,
                reviews: &reviews,
                references: &references,
                account: &outcome.account,
            };
            tables::write(form, &wanted, folder, (&outcome, source))?;
        }
        (None, Some(kind)) => match folder {
            None => activity::one(kind, &outcome)?,
            Some(folder) => activity::all(kind, &outcome, folder)?,
        },
        (None, None) => documents(command, &outcome)?,
    }
    if let (Some(state), Some(path)) = (state, &command.since)
        && exit != Exit::Nothing
    {
        state.write(path)?;
    }
    Ok(exit)
}

/// Returns the folder into which files are written, where it lies in one that is read: what an earlier export
/// wrote is none of the runs. Files may be written right beside the runs, too.
fn output_below(command: &ExportArguments) -> Option<PathBuf> {
    let output = command.output.as_ref()?;
    let real = output.canonicalize().ok()?;
    let mut roots = command.inputs.paths.iter();
    let is_root = roots.any(|root| root.canonicalize().is_ok_and(|root| root == real));
    (!is_root).then(|| output.clone())
}

/// Writes documents.
fn documents(command: &ExportArguments, outcome: &Outcome) -> anyhow::Result<()> {
    if command.output.is_some() {
        bail!("-o is for csv, parquet, gpx, tcx and fit; send documents to a file with >");
    }
    match command.format {
        ExportFormat::Ndjson => ndjson(outcome),
        _ => print(&whole(outcome)?),
    }
}

/// Returns one document of all that was read, on one line.
fn whole(outcome: &Outcome) -> serde_json::Result<String> {
    json::export_json(
        &outcome.recognised,
        &outcome.sessions,
        &failures(outcome),
        &skipped(outcome),
    )
}

/// Returns the inputs that were not read, or only in part.
fn failures(outcome: &Outcome) -> Vec<&FileLine> {
    let lost = |line: &&FileLine| matches!(line.status, Status::Failed | Status::Partial);
    outcome.account.iter().filter(lost).collect()
}

fn skipped(outcome: &Outcome) -> Vec<&FileLine> {
    let is_skipped = |line: &&FileLine| line.status == Status::Skipped;
    outcome.account.iter().filter(is_skipped).collect()
}

fn ndjson(outcome: &Outcome) -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for session in &outcome.sessions {
        writeln!(out, "{}", json::session_line(session)?)?;
    }
    Ok(out.flush()?)
}

/// Reviews each athlete's whole past, unless the user named a part of it.
fn reviews(
    common: &Common,
    command: &ExportArguments,
    outcome: &Outcome,
) -> anyhow::Result<Vec<Review>> {
    let asked = read::review_options(common, &command.block)?;
    let everything = asked.weeks.is_none() && asked.from.is_none();
    let reviewed = outcome.athletes.iter().map(|athlete| {
        let sessions = outcome.sessions_of(athlete);
        let first = sessions.iter().filter_map(|session| session.head.day).min();
        let from = if everything { first } else { asked.from };
        let options = ReviewOptions {
            from,
            ..asked.clone()
        };
        read::review_of(outcome, athlete, &options)
    });
    Ok(reviewed.collect())
}

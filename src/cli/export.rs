//! `export`: documents, tables and tracks.

mod activity;
mod since;

use activity::Kind;
use since::State;

use std::io;
use std::io::Write;
use std::path::Path;

use anyhow::bail;

use super::args::Common;
use super::args::ExportArguments;
use super::args::ExportFormat;
use super::args::TableName;
use super::exit::Exit;
use super::files;
use super::print;
use super::range;
use super::read;
use crate::classification::Session;
use crate::export::csv;
use crate::export::csv::Table;
use crate::export::json;
use crate::pipeline;
use crate::pipeline::FileLine;
use crate::pipeline::Outcome;
use crate::pipeline::Status;
use crate::review::Review;
use crate::review::ReviewOptions;
use crate::streams::Streams;

/// Exports what was read.
pub(super) fn run(common: &Common, command: &ExportArguments) -> anyhow::Result<Exit> {
    let mut state = State::asked(command)?;
    let mut outcome = read::read_beside(common, &command.inputs, &command.history)?;
    let is_asked = range::is_asked(&command.block);
    let reviews = if is_asked || command.format == ExportFormat::Csv {
        reviews(common, command, &outcome)?
    } else {
        Vec::new()
    };
    if is_asked {
        range::refuse_empty(&outcome, &command.block, &reviews)?;
        range::keep(common, &command.block, &mut outcome, &reviews);
    }
    // Without anything new all went well.
    let exit = Exit::of(&outcome);
    if let Some(state) = &mut state {
        state.keep_new(&mut outcome)?;
    }
    match (Kind::of(command.format), &command.output) {
        (Some(kind), None) => activity::one(kind, &outcome)?,
        (Some(kind), Some(folder)) => activity::all(kind, &outcome, folder)?,
        (None, _) => documents(command, &outcome, &reviews)?,
    }
    if let (Some(state), Some(path)) = (state, &command.since)
        && exit != Exit::Nothing
    {
        state.write(path)?;
    }
    Ok(exit)
}

/// Writes documents or tables.
fn documents(
    command: &ExportArguments,
    outcome: &Outcome,
    reviews: &[Review],
) -> anyhow::Result<()> {
    match (command.format, &command.output) {
        (ExportFormat::Csv, None) => table(command, outcome, reviews),
        (ExportFormat::Csv, Some(folder)) => tables(outcome, reviews, folder),
        (_, Some(_)) => {
            bail!("-o is for csv, gpx, tcx and fit; send documents to a file with >")
        }
        (ExportFormat::Ndjson, None) => ndjson(outcome),
        _ => print(&json::export_json(
            &outcome.recognised,
            &outcome.sessions,
            &failures(outcome),
            &skipped(outcome),
        )?),
    }
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

/// Writes one table to standard output.
fn table(command: &ExportArguments, outcome: &Outcome, reviews: &[Review]) -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let table = match command.table {
        TableName::Sessions => Table::Sessions,
        TableName::Segments => Table::Segments,
        TableName::Laps => Table::Laps,
        TableName::Days => Table::Days,
        TableName::Weeks => Table::Weeks,
        TableName::Zones => Table::Zones,
        TableName::Samples => Table::Samples,
    };
    csv::write(table, &outcome.sessions, reviews, &mut out)?;
    if table == Table::Samples {
        let parts =
            pipeline::visit_streams(outcome, &|_, session, streams| samples(session, streams));
        for part in parts {
            out.write_all(&part?)?;
        }
    }
    Ok(out.flush()?)
}

/// Returns the rows of one session's samples.
fn samples(session: &Session, streams: Option<&Streams>) -> io::Result<Vec<u8>> {
    let mut rows = Vec::new();
    if let Some(streams) = streams {
        csv::write_samples(session, streams, &mut rows)?;
    }
    Ok(rows)
}

/// Writes all tables but samples into a folder.
fn tables(outcome: &Outcome, reviews: &[Review], folder: &Path) -> anyhow::Result<()> {
    for table in Table::ALL
        .into_iter()
        .filter(|table| *table != Table::Samples)
    {
        let mut content = Vec::new();
        csv::write(table, &outcome.sessions, reviews, &mut content)?;
        files::write(&folder.join(format!("{}.csv", table.name())), &content)?;
    }
    Ok(())
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

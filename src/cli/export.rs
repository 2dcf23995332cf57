//! `export`: documents, tables and tracks.

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
use super::read;
use crate::classification::Session;
use crate::export::csv;
use crate::export::csv::Table;
use crate::export::gpx;
use crate::export::json;
use crate::pipeline;
use crate::pipeline::Outcome;
use crate::review;
use crate::review::Review;
use crate::review::ReviewOptions;

/// Exports what was read.
pub(super) fn run(common: &Common, command: &ExportArguments) -> anyhow::Result<Exit> {
    let outcome = read::read(common, &command.inputs)?;
    match (command.format, &command.output) {
        (ExportFormat::Ndjson, None) => ndjson(&outcome)?,
        (ExportFormat::Json, None) => print(&json::export_json(&sessions(&outcome), &outcome.account)?)?,
        (ExportFormat::Ndjson | ExportFormat::Json, Some(_)) => bail!("-o is for csv and gpx; send documents to a file with >"),
        (ExportFormat::Csv, None) => table(common, command, &outcome)?,
        (ExportFormat::Csv, Some(folder)) => tables(common, command, &outcome, folder)?,
        (ExportFormat::Gpx, None) => track(&outcome)?,
        (ExportFormat::Gpx, Some(folder)) => tracks(&outcome, folder)?,
    }
    Ok(Exit::of(&outcome))
}

fn sessions(outcome: &Outcome) -> Vec<&Session> {
    outcome.sessions().collect()
}

fn ndjson(outcome: &Outcome) -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for session in outcome.sessions() {
        serde_json::to_writer(&mut out, session).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Writes one table to standard output.
fn table(common: &Common, command: &ExportArguments, outcome: &Outcome) -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let table = match command.table {
        TableName::Sessions => Table::Sessions,
        TableName::Segments => Table::Segments,
        TableName::Laps => Table::Laps,
        TableName::Days => Table::Days,
        TableName::Weeks => Table::Weeks,
        TableName::Samples => {
            let parts = pipeline::visit_streams(outcome, &|_, session, streams| {
                streams.map(|streams| csv::samples(session, streams)).transpose()
            });
            csv::samples_header(&mut out)?;
            for part in parts {
                out.write_all(part?.unwrap_or_default().as_bytes())?;
            }
            return Ok(out.flush()?);
        }
    };
    csv::write(table, &sessions(outcome), &reviews(common, command, outcome), &mut out)?;
    Ok(out.flush()?)
}

/// Writes all tables but samples into a folder.
fn tables(common: &Common, command: &ExportArguments, outcome: &Outcome, folder: &Path) -> anyhow::Result<()> {
    let reviews = reviews(common, command, outcome);
    for table in Table::ALL {
        let mut content = Vec::new();
        csv::write(table, &sessions(outcome), &reviews, &mut content)?;
        files::write(&folder.join(format!("{}.csv", table.name())), &content)?;
    }
    Ok(())
}

/// Reviews each athlete's whole past, unless the user named a part of it.
fn reviews(common: &Common, command: &ExportArguments, outcome: &Outcome) -> Vec<Review> {
    let asked = read::review_options(common, &command.block);
    let everything = asked.weeks.is_none() && asked.from.is_none();
    let reviewed = outcome.athletes.iter().map(|athlete| {
        let first = athlete.sessions.iter().filter_map(|session| session.head.day).min();
        let from = if everything { first } else { asked.from };
        review::review(&athlete.sessions, &ReviewOptions { from, ..asked.clone() })
    });
    reviewed.collect()
}

/// Writes the segments of one run to standard output.
fn track(outcome: &Outcome) -> anyhow::Result<()> {
    if outcome.sessions().count() > 1 {
        bail!("gpx is one file per run and there are several; add -o DIR");
    }
    let texts = pipeline::visit_streams(outcome, &|_, session, streams| gpx::tracks(session, streams?));
    match texts.into_iter().next() {
        Some(Some(text)) => print(&text),
        Some(None) => bail!("the run has no positions, so there is nothing to write as GPX"),
        None => Ok(()),
    }
}

/// Writes the segments of each run into a file of a folder.
fn tracks(outcome: &Outcome, folder: &Path) -> anyhow::Result<()> {
    let written = pipeline::visit_streams(outcome, &|_, session, streams| {
        let text = streams.and_then(|streams| gpx::tracks(session, streams));
        match text {
            Some(text) => files::write(&folder.join(format!("{}.gpx", review::session_id(session))), text.as_bytes()).map(|()| true),
            None => Ok(false),
        }
    });
    let written = written.into_iter().collect::<anyhow::Result<Vec<bool>>>()?;
    let without = written.iter().filter(|written| !**written).count();
    if without > 0 {
        super::diagnose("note", &format!("{without} activities have no positions and were not written"));
    }
    Ok(())
}

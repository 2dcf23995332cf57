//! `export`: documents, tables and tracks.

mod tables;

use std::io;
use std::io::Write;
use std::path::Path;

use anyhow::bail;

use super::args::Common;
use super::args::ExportArguments;
use super::args::ExportFormat;
use super::diagnose;
use super::exit::Exit;
use super::files;
use super::print;
use super::range;
use super::read;
use crate::classification::Session;
use crate::export::Table;
use crate::export::gpx;
use crate::export::json;
use crate::export::tables::Source;
use crate::pipeline;
use crate::pipeline::FileLine;
use crate::pipeline::Outcome;
use crate::pipeline::Status;
use crate::review;
use crate::review::Review;
use crate::review::ReviewOptions;
use crate::streams::Streams;

/// Exports what was read.
pub(super) fn run(common: &Common, command: &ExportArguments) -> anyhow::Result<Exit> {
    let mut outcome = read::read_beside(common, &command.inputs, &command.history)?;
    let form = tables::form(command.format)?;
    let wanted = form.map(|_| tables::wanted(command)).unwrap_or_default();
    let is_asked = range::is_asked(&command.block);
    let reviews = if is_asked || wanted.iter().any(|table| tables::is_of_block(*table)) {
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
        range::refuse_empty(&outcome, &command.block, &reviews)?;
        range::keep(common, &command.block, &mut outcome, &reviews);
    }
    if let Some(form) = form {
        let source = Source {
            sessions: &outcome.sessions,
            reviews: &reviews,
            references: &references,
            account: &outcome.account,
        };
        tables::write(form, &wanted, command.output.as_deref(), (&outcome, source))?;
        return Ok(Exit::of(&outcome));
    }
    match (command.format, &command.output) {
        (ExportFormat::Ndjson, None) => ndjson(&outcome)?,
        (ExportFormat::Json, None) => print(&json::export_json(
            &outcome.recognised,
            &outcome.sessions,
            &failures(&outcome),
            &skipped(&outcome),
        )?)?,
        (ExportFormat::Ndjson | ExportFormat::Json, Some(_)) => {
            bail!("-o is for csv, parquet and gpx; send documents to a file with >")
        }
        (ExportFormat::Csv | ExportFormat::Parquet, _) => {}
        (ExportFormat::Gpx, None) => track(&outcome)?,
        (ExportFormat::Gpx, Some(folder)) => tracks(&outcome, folder)?,
    }
    Ok(Exit::of(&outcome))
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

/// Returns the segments of a run as tracks, absent without positions.
fn track_of(session: &Session, streams: Option<&Streams>) -> anyhow::Result<Option<String>> {
    let placed = streams.filter(|streams| streams.latitude_deg.has_values());
    Ok(placed
        .map(|streams| gpx::tracks(session, streams))
        .transpose()?)
}

/// Writes the segments of one run to standard output.
fn track(outcome: &Outcome) -> anyhow::Result<()> {
    if outcome.sessions.len() > 1 {
        bail!("gpx is one file per run and there are several; add -o DIR");
    }
    let texts = pipeline::visit_streams(outcome, &|_, session, streams| track_of(session, streams));
    match texts.into_iter().next().transpose()? {
        Some(Some(text)) => print(&text),
        Some(None) => bail!("the run has no positions, so there is nothing to write as GPX"),
        None => Ok(()),
    }
}

/// Writes the segments of each run into a file of a folder.
fn tracks(outcome: &Outcome, folder: &Path) -> anyhow::Result<()> {
    let written = pipeline::visit_streams(outcome, &|_, session, streams| {
        let Some(text) = track_of(session, streams)? else {
            return Ok(false);
        };
        let name = format!("{}.gpx", review::session_id(session));
        files::write(&folder.join(name), text.as_bytes())?;
        Ok(true)
    });
    let written = written.into_iter().collect::<anyhow::Result<Vec<bool>>>()?;
    let without = written.iter().filter(|written| !**written).count();
    if without > 0 {
        diagnose(
            "note",
            &format!("{without} activities have no positions and were not written"),
        );
    }
    Ok(())
}

//! Runs for other programs: GPX, TCX and FIT, one file for each.

use std::io;
use std::io::IsTerminal;
use std::io::Write;
use std::path::Path;

use anyhow::bail;

use crate::classification::Session;
use crate::cli::args::ExportFormat;
use crate::cli::diagnose;
use crate::cli::files;
use crate::export::fit;
use crate::export::gpx;
use crate::export::tcx;
use crate::pipeline;
use crate::pipeline::Outcome;
use crate::review;
use crate::streams::Streams;

/// The formats of one activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Gpx,
    Tcx,
    Fit,
}

impl Kind {
    /// Returns the format, if it is one of activities.
    pub(super) fn of(format: ExportFormat) -> Option<Self> {
        match format {
            ExportFormat::Gpx => Some(Self::Gpx),
            ExportFormat::Tcx => Some(Self::Tcx),
            ExportFormat::Fit => Some(Self::Fit),
            ExportFormat::Ndjson
            | ExportFormat::Json
            | ExportFormat::Csv
            | ExportFormat::Parquet => None,
        }
    }

    /// Returns what the names of its files end with.
    fn extension(self) -> &'static str {
        match self {
            Self::Gpx => "gpx",
            Self::Tcx => "tcx",
            Self::Fit => "fit",
        }
    }

    /// Returns what a run must have to be written.
    fn needs(self) -> &'static str {
        match self {
            Self::Gpx => "positions",
            Self::Tcx | Self::Fit => "recording with a date",
        }
    }

    /// Returns a run in the format, absent when it cannot hold the run.
    fn content(
        self,
        session: &Session,
        streams: Option<&Streams>,
    ) -> anyhow::Result<Option<Vec<u8>>> {
        let Some(streams) = streams.filter(|streams| !streams.is_empty()) else {
            return Ok(None);
        };
        Ok(match self {
            Self::Gpx if !streams.latitude_deg.has_values() => None,
            Self::Gpx => Some(gpx::tracks(session, streams)?.into_bytes()),
            Self::Tcx => tcx::document(session, streams)?.map(String::into_bytes),
            Self::Fit => fit::file(session, streams),
        })
    }
}

/// Writes the only run to standard output.
pub(super) fn one(kind: Kind, outcome: &Outcome) -> anyhow::Result<()> {
    let name = kind.extension();
    if outcome.sessions.len() > 1 {
        bail!("{name} is one file per run and there are several; add -o DIR");
    }
    if kind == Kind::Fit && io::stdout().is_terminal() {
        bail!("fit is no text for a terminal; send it to a file with >, or add -o DIR");
    }
    let found = pipeline::visit_streams(outcome, &|_, session, streams| {
        kind.content(session, streams)
    });
    match found.into_iter().next().transpose()? {
        Some(Some(content)) => {
            let mut out = io::stdout().lock();
            out.write_all(&content)?;
            Ok(out.flush()?)
        }
        Some(None) => bail!(
            "the run has no {}, so there is nothing to write as {}",
            kind.needs(),
            name.to_uppercase()
        ),
        None => Ok(()),
    }
}

/// Writes each run into a file of a folder.
pub(super) fn all(kind: Kind, outcome: &Outcome, folder: &Path) -> anyhow::Result<()> {
    let written = pipeline::visit_streams(outcome, &|_, session, streams| {
        let Some(content) = kind.content(session, streams)? else {
            return Ok(false);
        };
        let name = format!("{}.{}", review::session_id(session), kind.extension());
        files::write(&folder.join(name), &content)?;
        Ok(true)
    });
    let written = written.into_iter().collect::<anyhow::Result<Vec<bool>>>()?;
    let without = written.iter().filter(|written| !**written).count();
    if without > 0 {
        let needs = kind.needs();
        diagnose(
            "note",
            &format!("{without} activities have no {needs} and were not written"),
        );
    }
    Ok(())
}

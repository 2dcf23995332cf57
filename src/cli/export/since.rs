//! `--since`: what is new or changed since the last export, for jobs that run again and again.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context;
use anyhow::bail;
use serde::Deserialize;
use serde::Serialize;

use crate::classification::Session;
use crate::cli::args::ExportArguments;
use crate::cli::args::ExportFormat;
use crate::cli::correct::waiting;
use crate::cli::files;
use crate::export::Table;
use crate::export::json;
use crate::pipeline;
use crate::pipeline::Outcome;
use crate::review::session_id;

/// The name and version of the state file.
const STATE_SCHEMA: &str = "hardeasy.state/1";

/// What was exported: the SHA-256 of each session document, by athlete and session.
///
/// What is gone from the inputs stays, so that a drive that is away for a day does not make all its runs new.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    schema: String,
    sessions: BTreeMap<String, String>,
}

impl State {
    /// Reads the state file that a user named; one that is not there yet knows of nothing.
    ///
    /// # Errors
    /// When the format has no use for it, and when the file is there and no state of ours.
    pub(super) fn asked(command: &ExportArguments) -> anyhow::Result<Option<Self>> {
        let Some(path) = &command.since else {
            return Ok(None);
        };
        let is_of_sessions = match command.format {
            ExportFormat::Ndjson => true,
            ExportFormat::Csv | ExportFormat::Parquet => {
                !command.table.is_some_and(Table::needs_reviews)
            }
            _ => false,
        };
        if !is_of_sessions {
            bail!(
                "--since is for ndjson and for the tables of sessions, not of a block's days and weeks"
            );
        }
        Self::read(path).map(Some)
    }

    fn read(path: &Path) -> anyhow::Result<Self> {
        let shown = path.display();
        let text = match files::read_text(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            read => {
                read.with_context(|| format!("{shown}: the state of --since cannot be read"))?
            }
        };
        match serde_json::from_str::<Self>(&text) {
            Ok(state) if state.schema == STATE_SCHEMA => Ok(state),
            _ => bail!(
                "{shown}: expected a state of --since ({STATE_SCHEMA}), found something else; name another file, or remove it to export everything again"
            ),
        }
    }

    /// Leaves of the sessions those that are new or changed, and remembers all.
    pub(super) fn keep_new(&mut self, outcome: &mut Outcome) -> anyhow::Result<()> {
        let mut new = BTreeSet::new();
        for session in &outcome.sessions {
            let hash = pipeline::content_hash(json::session_line(session)?.as_bytes());
            let before = self.sessions.insert(key(session), hash.clone());
            if before != Some(hash) {
                new.insert(key(session));
            }
        }
        outcome.keep(&|_, session| new.contains(&key(session)));
        Ok(())
    }

    /// Writes what was exported by now, beside what another command may have written meanwhile.
    pub(super) fn write(mut self, path: &Path) -> anyhow::Result<()> {
        let _turn = files::Turn::take(path, &waiting(path));
        let mut all = Self::read(path)?;
        all.sessions.append(&mut self.sessions);
        STATE_SCHEMA.clone_into(&mut all.schema);
        let text = serde_json::to_string_pretty(&all)? + "\n";
        Ok(files::write_synced(path, text.as_bytes())?)
    }
}

/// Returns what a session is known by.
fn key(session: &Session) -> String {
    let athlete = session.head.athlete.as_deref().unwrap_or_default();
    format!("{athlete}/{}", session_id(session))
}

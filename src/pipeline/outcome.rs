//! What a batch yields.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use super::FileLine;
use super::Status;
use super::health::Health;
use crate::classification::Session;
use crate::settings::Corrections;
use crate::settings::Settings;

/// What a batch yields.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// All sessions, athlete by athlete, each athlete's in order of start.
    pub sessions: Vec<Session>,
    /// The athletes by name; one without a name unless sub-folders are athletes.
    pub athletes: Vec<Athlete>,
    /// Every input exactly once, in order of path.
    pub account: Vec<FileLine>,
    /// The exports of platforms that were recognised, a sentence each.
    pub recognised: Vec<String>,
    /// The entries of corrections files that are for no activity of the batch, each with its file;
    /// those beside files that were given one by one do not count.
    pub unused_corrections: Vec<String>,
    /// Where the export with some content lies, by the SHA-256 of that content.
    pub(super) locations: BTreeMap<String, Location>,
    /// The content of standard input, kept for [`visit_streams`].
    pub(super) standard_input: Option<Vec<u8>>,
    /// The exports of Apple Health, kept for the same.
    pub(super) health: Arc<Health>,
}

impl Outcome {
    /// Returns an athlete's sessions in order of start.
    #[must_use]
    pub fn sessions_of(&self, athlete: &Athlete) -> &[Session] {
        &self.sessions[athlete.sessions.clone()]
    }

    /// Leaves out sessions; `is_kept` gets the index of the athlete with each.
    pub fn keep(&mut self, is_kept: &dyn Fn(usize, &Session) -> bool) {
        let mut kept = Vec::new();
        for (index, athlete) in self.athletes.iter_mut().enumerate() {
            let first = kept.len();
            let own = self.sessions[athlete.sessions.clone()].iter();
            kept.extend(own.filter(|session| is_kept(index, session)).cloned());
            athlete.sessions = first..kept.len();
        }
        self.sessions = kept;
    }

    /// Returns whether the export of a session was read, so that it can be read again for its
    /// streams: of a session that comes from a stored document only, there are none.
    #[must_use]
    pub fn has_export(&self, session: &Session) -> bool {
        self.locations.contains_key(&session.head.source.sha256)
    }

    /// Returns the file that holds the export of a session, packed or not; absent where
    /// [`Self::has_export`] is false, and for what came on standard input.
    #[must_use]
    pub fn export_file(&self, session: &Session) -> Option<&Path> {
        match self.locations.get(&session.head.source.sha256)? {
            Location::File(path) => Some(path),
            Location::StandardInput => None,
        }
    }

    /// Returns the number of inputs with a status.
    #[must_use]
    pub fn count(&self, status: Status) -> usize {
        self.account
            .iter()
            .filter(|line| line.status == status)
            .count()
    }
}

/// One athlete.
#[derive(Clone, Debug, Default)]
pub struct Athlete {
    /// The name of the sub-folder.
    pub name: Option<String>,
    /// What the user said of the athlete.
    pub settings: Settings,
    /// What the user said of single runs.
    pub corrections: Corrections,
    /// Which of [`Outcome::sessions`] are this athlete's.
    pub sessions: Range<usize>,
}

/// Where an export lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Location {
    /// In a file.
    File(PathBuf),
    /// Nowhere but on standard input.
    StandardInput,
}

//! What is known of a file before it is read.

use crate::ingest::Changes;
use crate::summary::Source;

/// What is known of a file before it is read.
#[derive(Default, Clone, Debug)]
pub struct Origin {
    /// The athlete's name, when sub-folders are athletes.
    pub athlete: Option<String>,
    /// The file.
    pub source: Source,
    /// The time zone to use where the file does not say its own.
    pub time_zone: Option<chrono_tz::Tz>,
    /// What the user said of the recording, already done to it.
    pub changes: Changes,
}

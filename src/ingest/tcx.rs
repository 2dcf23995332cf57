//! Reads TCX.

use crate::ingest::Activity;
use crate::ingest::Error;
use crate::ingest::ErrorKind;

/// Reads the activities of a TCX document.
pub(super) fn read(_bytes: &[u8]) -> Result<Vec<Activity>, Error> {
    Err(Error::file(ErrorKind::Empty))
}

//! Reads GPX.

use crate::ingest::Activity;
use crate::ingest::Error;
use crate::ingest::ErrorKind;

/// Reads the activities of a GPX document.
pub(super) fn read(_bytes: &[u8]) -> Result<Vec<Activity>, Error> {
    Err(Error::file(ErrorKind::Empty))
}

//! The files of an archive: their names and bytes, or why there are none.

use std::io::Read;
use std::io::Seek;

use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Warning;
use crate::ingest::xml::values::is_hidden;

/// Something whose bytes can be read from any place, as a file.
pub trait Bytes: Read + Seek + Send {}

impl<T: Read + Seek + Send> Bytes for T {}

/// One file of an archive, or the input itself when it is not packed.
#[derive(Debug)]
pub struct Member {
    /// The path inside the archive, `/` between nested archives; absent when not in a zip.
    pub path: Option<String>,
    /// The unpacked bytes, or why there are none.
    pub bytes: Result<Vec<u8>, Error>,
    /// What was odd about the packing.
    pub warnings: Vec<Warning>,
}

/// Returns a name of an entry as text that cannot steer a display.
pub(super) fn display_name(raw: &str) -> String {
    raw.chars().filter(|c| !is_hidden(*c)).collect()
}

/// Returns the error of packing that is not as it should be.
pub(super) fn faulty(expected: &str, found: impl Into<String>, next: &str) -> Error {
    Error::file(ErrorKind::Unexpected {
        expected: expected.to_owned(),
        found: found.into(),
        next: next.to_owned(),
    })
}

/// Returns what is said of an archive that holds nothing, or folders alone.
pub(super) fn without_files() -> Error {
    Error::file(ErrorKind::NotAnActivity {
        what: "an archive without files".to_owned(),
    })
}

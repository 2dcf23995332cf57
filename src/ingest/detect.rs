//! Tells by content what some bytes are; a file name never decides.

use crate::ingest::Format;

/// What some bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// An export that [`crate::ingest::read`] takes.
    Export(Format),
    /// gzip.
    Gzip,
    /// A zip archive.
    Zip,
    /// Session documents that hardeasy wrote earlier, one per line.
    Sessions,
    /// Nothing at all.
    Empty,
    /// Something else, named for the message: "a web page", "an AppleDouble file".
    Other(&'static str),
}

/// Returns what some bytes are.
#[must_use]
pub fn detect(bytes: &[u8]) -> Content {
    if bytes.is_empty() {
        Content::Empty
    } else {
        Content::Other("unknown content")
    }
}

//! What is taken into memory whole: how much of it at most, and what is said of more.

use std::io;
use std::io::Read;

use thiserror::Error;

use crate::ingest::Content;
use crate::ingest::archive::limits::MAX_FILE_BYTES;
use crate::ingest::archive::limits::MAX_WHOLE_BYTES;
use crate::ingest::detect;

/// The most bytes that something may have that is taken into memory whole, and what to do about more.
#[derive(Clone, Copy, Debug)]
pub struct Most {
    pub(super) bytes: u64,
    /// As in "in an archive without a sound directory", empty where nothing is to be said.
    place: &'static str,
    next: &'static str,
}

/// One activity is small, and so is a table or a list of anything.
pub(super) const ONE_FILE: Most = Most {
    bytes: MAX_FILE_BYTES as u64,
    place: "",
    next: "it is no single activity; split it",
};
/// An archive is not.
pub(super) const ONE_ARCHIVE: Most = Most {
    bytes: MAX_WHOLE_BYTES,
    place: " in an archive that is damaged or comes on standard input",
    next: "download it again, name the file itself, or unpack it",
};

impl Most {
    /// Returns the most of what is no recording.
    #[must_use]
    pub const fn other(bytes: u64, next: &'static str) -> Self {
        let place = "";
        Self { bytes, place, next }
    }

    /// Returns it by how a content begins.
    pub(super) fn of(start: &[u8]) -> Self {
        match detect(start) {
            Content::Zip => ONE_ARCHIVE,
            _ => ONE_FILE,
        }
    }

    /// Reads what is left of an input behind what was read before.
    ///
    /// # Errors
    /// When it cannot be read, or is more.
    pub fn read(self, input: impl Read, mut bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let room = self
            .bytes
            .saturating_add(1)
            .saturating_sub(bytes.len() as u64);
        input.take(room).read_to_end(&mut bytes)?;
        match bytes.len() as u64 > self.bytes {
            true => Err(self.exceeded("more")),
            false => Ok(bytes),
        }
    }

    /// Returns the error of something that has more.
    pub(super) fn exceeded(self, found: &str) -> io::Error {
        let found = found.to_owned();
        io::Error::new(io::ErrorKind::FileTooLarge, TooLarge { most: self, found })
    }
}

/// Something that has more bytes than it may have.
#[derive(Debug, Error)]
#[error("expected at most {} bytes{}, found {found}", most.bytes, most.place)]
pub struct TooLarge {
    most: Most,
    found: String,
}

impl TooLarge {
    /// Returns what to do about it.
    #[must_use]
    pub fn next_step(&self) -> &'static str {
        self.most.next
    }
}

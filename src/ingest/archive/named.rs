//! An archive whose entries are asked for by name, in any order.

use std::io;
use std::io::Read;

use crate::ingest::archive::limits::Budget;
use crate::ingest::archive::limits::MAX_STREAM_BYTES;
use crate::ingest::archive::zip::Level;

/// An archive that stays in its file, and whose entries are asked for by name.
pub struct Named {
    pub(super) level: Level,
    pub(super) budget: Budget,
}

impl Named {
    /// Returns the names of the entries, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.level.names()
    }

    /// Unpacks an entry, within the limits of any file; `None` when there is none, or it cannot be read.
    pub fn read(&mut self, name: &str) -> Option<Vec<u8>> {
        self.level.read_named(name, &mut self.budget)
    }

    /// Lets an entry be read piece by piece, up to [`MAX_STREAM_BYTES`]; `None` when there is none.
    pub fn stream<T>(&mut self, name: &str, work: impl FnOnce(&mut dyn Read) -> T) -> Option<T> {
        let mut limited = Limited {
            input: self.level.stream_named(name)?,
            left: MAX_STREAM_BYTES,
        };
        Some(work(&mut limited))
    }
}

/// An input that fails when it is longer than it may be.
struct Limited<R> {
    input: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(into)?;
        let left = self
            .left
            .checked_sub(u64::try_from(read).unwrap_or(u64::MAX));
        let too_long = || io::Error::other(format!("more than {MAX_STREAM_BYTES} bytes"));
        self.left = left.ok_or_else(too_long)?;
        Ok(read)
    }
}

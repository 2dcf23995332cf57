//! How much is unpacked at most.

use crate::ingest::Error;
use crate::ingest::ErrorKind;

/// Largest file after unpacking, in bytes: 256 MB. A day of running at 1 Hz is 40 MB of XML.
pub const MAX_FILE_BYTES: usize = 256 << 20;
/// Largest archive within an archive, which lies in a temporary file. In bytes: 4 GB.
pub const MAX_INNER_BYTES: u64 = 4 << 30;
/// Largest archive that is taken into memory whole, as one without a sound directory and one on standard input
/// have to be. In bytes: 512 MB. Chosen: a download of an account without its photos that broke off.
pub const MAX_WHOLE_BYTES: u64 = 512 << 20;
/// Largest ratio of unpacked to packed size beyond [`RATIO_FREE_BYTES`]. Exports reach 40.
pub const MAX_RATIO: usize = 200;
/// Size up to which the ratio does not matter, in bytes: 10 MB.
pub const RATIO_FREE_BYTES: usize = 10 << 20;
/// Most entries of one input, nested archives included.
pub const MAX_ENTRIES: usize = 200_000;
/// Deepest nesting of zip archives, and of gzip layers around one file.
pub const MAX_DEPTH: usize = 3;
/// Most bytes that are unpacked from one input: 16 GB.
pub const MAX_TOTAL_BYTES: u64 = 16 << 30;

/// Most bytes of one entry that is read as a stream, of which little is kept at a time: 16 GB, as of a whole
/// input. An export of Apple Health over ten years has 1 to 5 GB, packed thirty to one; a ratio says nothing
/// where no more than a block is in memory.
pub const MAX_STREAM_BYTES: u64 = MAX_TOTAL_BYTES;

/// What an input may still unpack.
#[derive(Debug)]
pub(super) struct Budget {
    /// Bytes.
    bytes: u64,
    /// Entries of archives.
    pub(super) entries: usize,
}

/// How much something may be.
#[derive(Debug)]
pub(super) struct Cap {
    pub(super) bytes: usize,
    /// The limit that says so, as text.
    pub(super) name: String,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            bytes: MAX_TOTAL_BYTES,
            entries: MAX_ENTRIES,
        }
    }
}

impl Budget {
    /// Returns how many bytes something of this packed size may become.
    pub(super) fn cap(&self, packed: usize) -> Cap {
        self.lowest(packed, (MAX_FILE_BYTES, "one file"))
    }

    /// The same for an archive within an archive.
    pub(super) fn cap_of_archive(&self, packed: usize) -> Cap {
        let most = usize::try_from(MAX_INNER_BYTES).unwrap_or(usize::MAX);
        self.lowest(packed, (most, "one archive"))
    }

    fn lowest(&self, packed: usize, (most, of): (usize, &str)) -> Cap {
        let by_ratio = RATIO_FREE_BYTES.max(packed.saturating_mul(MAX_RATIO));
        let left = usize::try_from(self.bytes).unwrap_or(usize::MAX);
        let ratio = format!("{MAX_RATIO} times the packed size of {packed} bytes");
        let mut lowest = Cap {
            bytes: by_ratio,
            name: ratio,
        };
        let further = [
            (most, format!("{most} bytes in {of}")),
            (left, format!("{MAX_TOTAL_BYTES} bytes in one input")),
        ];
        for (bytes, name) in further {
            if bytes < lowest.bytes {
                lowest = Cap { bytes, name };
            }
        }
        lowest
    }

    /// Takes unpacked bytes off the budget.
    pub(super) fn spend(&mut self, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.bytes = self.bytes.saturating_sub(bytes);
    }
}

/// Returns the error of an input beyond a limit.
pub(super) fn limit(limit: String, found: String) -> Error {
    Error::file(ErrorKind::Limit {
        limit,
        found,
        next: "unpack the archive yourself if you trust it".to_owned(),
    })
}

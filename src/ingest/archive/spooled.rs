//! Entries as they are unpacked: in memory, but a large archive within an archive in a file without a name.

use std::io;
use std::io::BufReader;
use std::io::Read;
use std::io::Seek;
use std::io::Write;

use crate::ingest::Content;
use crate::ingest::Error;
use crate::ingest::Warning;
use crate::ingest::archive::Bytes;
use crate::ingest::archive::limits::Budget;
use crate::ingest::archive::limits::Cap;
use crate::ingest::archive::limits::limit;
use crate::ingest::archive::member::faulty;
use crate::ingest::detect;

/// An archive within an archive is in memory up to this size. In bytes: 32 MB; exports of accounts hold
/// archives of some hundred.
const IN_MEMORY_BYTES: usize = 32 << 20;

/// An unpacked entry.
pub(super) enum Unpacked {
    /// In memory.
    Bytes(Vec<u8>),
    /// A zip archive, in a file that has no name and goes with the last use of it.
    Archive(Box<dyn Bytes>, u64),
}

/// A large archive within an archive.
pub(super) struct Spooled {
    pub(super) file: Box<dyn Bytes>,
    pub(super) path: Option<String>,
    pub(super) warnings: Vec<Warning>,
}

impl Unpacked {
    /// Returns the unpacked size in bytes.
    pub(super) fn len(&self) -> usize {
        match self {
            Unpacked::Bytes(bytes) => bytes.len(),
            Unpacked::Archive(_, length) => usize::try_from(*length).unwrap_or(usize::MAX),
        }
    }
}

/// Reads an entry of some packed size; the second is the fault that ended it before its end.
///
/// # Errors
/// A limit, or no room for a large archive.
pub(super) fn read(
    mut entry: impl Read,
    packed: usize,
    budget: &Budget,
) -> Result<(Unpacked, Option<io::Error>), Error> {
    let mut bytes = Vec::new();
    let cap = budget.cap(packed);
    let start = read_on(&mut entry, &mut bytes, IN_MEMORY_BYTES);
    let is_more = start.is_ok() && bytes.len() > IN_MEMORY_BYTES;
    if is_more && detect(&bytes) == Content::Zip {
        return spool(entry, &bytes, &budget.cap_of_archive(packed));
    }
    let outcome = start.and_then(|()| read_on(&mut entry, &mut bytes, cap.bytes));
    if bytes.len() > cap.bytes {
        let found = format!("at least {} bytes", bytes.len());
        return Err(limit(cap.name, found));
    }
    Ok((Unpacked::Bytes(bytes), outcome.err()))
}

/// Reads until there is one byte more than some number, or no more.
fn read_on(entry: &mut impl Read, bytes: &mut Vec<u8>, most: usize) -> io::Result<()> {
    let room = most.saturating_add(1).saturating_sub(bytes.len());
    let room = u64::try_from(room).unwrap_or(u64::MAX);
    entry.take(room).read_to_end(bytes).map(|_| ())
}

fn spool(
    entry: impl Read,
    start: &[u8],
    cap: &Cap,
) -> Result<(Unpacked, Option<io::Error>), Error> {
    let mut file = tempfile::tempfile().map_err(|error| no_room(&error))?;
    file.write_all(start).map_err(|error| no_room(&error))?;
    let most = u64::try_from(cap.bytes).unwrap_or(u64::MAX);
    let mut entry = Watched {
        inner: entry.take(most.saturating_add(1)),
        fault: None,
    };
    io::copy(&mut entry, &mut file).map_err(|error| no_room(&error))?;
    let length = file.stream_position().map_err(|error| no_room(&error))?;
    if length > most {
        let found = format!("at least {length} bytes");
        return Err(limit(cap.name.clone(), found));
    }
    file.rewind().map_err(|error| no_room(&error))?;
    let file = Box::new(BufReader::new(file));
    Ok((Unpacked::Archive(file, length), entry.fault))
}

/// Returns the error of a temporary file that cannot be written or read.
pub(super) fn no_room(error: &io::Error) -> Error {
    faulty(
        "room for an archive in the folder of temporary files",
        error.to_string(),
        "set TMPDIR to a folder with room, or unpack the archive yourself",
    )
}

/// Ends at a fault, and keeps it: what was read before is worth having, and what then fails is the writing.
struct Watched<R> {
    inner: R,
    fault: Option<io::Error>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).or_else(|error| match error.kind() {
            io::ErrorKind::Interrupted => Err(error),
            _ => {
                self.fault = Some(error);
                Ok(0)
            }
        })
    }
}

//! The file in which what was found in the files of one folder is kept.
//!
//! First what each file yielded, in any order, then the list of the files as JSON, then where that begins, how
//! long it is, its check sum and the sign of the form.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::PoisonError;

use flate2::Crc;
use tempfile::NamedTempFile;

use super::entry::Entry;
use crate::pipeline::files::unfinished_in;

/// The sign of the form, the last bytes of a pack.
const SIGN: [u8; 8] = *b"hardeas1";
/// The bytes behind the list: where it begins, how long it is, its check sum, the sign.
const END_BYTES: usize = 8 + 8 + 4 + SIGN.len();

/// A pack that is read.
pub(super) struct Pack {
    file: Mutex<File>,
    entries: BTreeMap<String, Entry>,
}

impl Pack {
    /// Opens a pack; nothing where there is none, or none that is understood.
    pub(super) fn open(path: &Path) -> Option<Self> {
        let mut file = File::open(path).ok()?;
        let all = file.metadata().ok()?.len();
        file.seek(SeekFrom::End(-i64::try_from(END_BYTES).ok()?))
            .ok()?;
        let mut end = [0; END_BYTES];
        file.read_exact(&mut end).ok()?;
        let (begin, rest) = end.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (sum, sign) = rest.split_first_chunk()?;
        let place = (
            u64::from_le_bytes(*begin),
            u64::from_le_bytes(*length),
            u32::from_le_bytes(*sum),
        );
        if sign != SIGN || place.1 > all {
            return None;
        }
        let list = read_at(&mut file, place)?;
        Some(Self {
            entries: serde_json::from_slice(&list).ok()?,
            file: Mutex::new(file),
        })
    }

    pub(super) fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.get(name)
    }

    /// Returns the entries by the names of their files.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&String, &Entry)> {
        self.entries.iter()
    }

    /// Returns the bytes kept of a file, unless they are damaged.
    pub(super) fn bytes(&self, entry: &Entry) -> Option<Vec<u8>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        read_at(&mut file, entry.place)
    }
}

/// Reads what a check sum is of.
fn read_at(file: &mut File, (begin, length, sum): (u64, u64, u32)) -> Option<Vec<u8>> {
    file.seek(SeekFrom::Start(begin)).ok()?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes).ok()?;
    (check_sum(&bytes) == sum).then_some(bytes)
}

fn check_sum(bytes: &[u8]) -> u32 {
    let mut sum = Crc::new();
    sum.update(bytes);
    sum.sum()
}

/// A pack that is written, beside the one that it is going to replace.
pub(super) struct Writer {
    file: NamedTempFile,
    written: u64,
    entries: BTreeMap<String, Entry>,
    fault: Option<io::Error>,
}

impl Writer {
    /// Begins a pack in a folder; nothing where that is impossible.
    pub(super) fn begin(folder: &Path) -> Option<Self> {
        // Readable by the user alone, as is the default of temporary files.
        let file = unfinished_in(folder).ok()?;
        Some(Self {
            file,
            written: 0,
            entries: BTreeMap::new(),
            fault: None,
        })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// Appends what a file yielded.
    pub(super) fn add(&mut self, name: String, entry: Entry, bytes: &[u8]) {
        if self.fault.is_some() {
            return;
        }
        match self.file.write_all(bytes) {
            Ok(()) => {
                let length = bytes.len() as u64;
                let place = (self.written, length, check_sum(bytes));
                self.written += length;
                self.entries.insert(name, Entry { place, ..entry });
            }
            Err(error) => self.fault = Some(error),
        }
    }

    /// Appends an entry of an older pack, unless it is damaged.
    ///
    /// # Errors
    /// That of an earlier entry.
    pub(super) fn copy(&mut self, name: &str, entry: &Entry, old: &Pack) -> io::Result<()> {
        if let Some(bytes) = old.bytes(entry) {
            self.add(name.to_owned(), entry.clone(), &bytes);
        }
        self.fault.take().map_or(Ok(()), Err)
    }

    /// Puts the pack into its place.
    ///
    /// # Errors
    /// When it cannot be written; the older one stays.
    pub(super) fn finish(mut self, path: &Path) -> io::Result<()> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let list = serde_json::to_vec(&self.entries)?;
        self.file.write_all(&list)?;
        self.file.write_all(&self.written.to_le_bytes())?;
        self.file.write_all(&(list.len() as u64).to_le_bytes())?;
        self.file.write_all(&check_sum(&list).to_le_bytes())?;
        self.file.write_all(&SIGN)?;
        self.file.persist(path).map_err(io::Error::other)?;
        Ok(())
    }
}

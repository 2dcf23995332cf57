//! Reads the entries of a zip archive whose directory is missing, by their local headers.
//!
//! An entry that was written without knowing its size says so, and its size follows its data. The
//! zip library refuses such entries when it has no directory; here the data are followed to where
//! that size is found and fits.

use std::io::Read;
use std::ops::Range;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use crate::ingest::Error;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::archive::limits::Budget;
use crate::ingest::archive::limits::Cap;
use crate::ingest::archive::limits::limit;
use crate::ingest::archive::member::display_name;
use crate::ingest::archive::member::faulty;
use crate::units::plural;

const LOCAL_MARK: &[u8] = b"PK\x03\x04";
const DESCRIPTOR_MARK: &[u8] = b"PK\x07\x08";
const DIRECTORY_MARKS: [&[u8]; 2] = [b"PK\x01\x02", b"PK\x05\x06"];
/// Length of a local header without name and extra field, in bytes.
const HEADER_BYTES: usize = 30;
/// Length of a size record behind the data, in bytes, with its mark.
const DESCRIPTOR_BYTES: usize = 16;
/// A size that stands in a longer record elsewhere.
const SIZE_ELSEWHERE: u32 = u32::MAX;
const ENCRYPTED_FLAG: u16 = 1;
const SIZE_FOLLOWS_FLAG: u16 = 1 << 3;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// What the local headers of an archive tell.
pub(super) struct Found {
    /// The entries in the order of the archive.
    pub(super) entries: Vec<LocalEntry>,
    /// Whether the directory begins behind the last one: none is missing.
    pub(super) is_whole: bool,
}

/// One entry, by its own header.
#[derive(Clone)]
pub(super) struct LocalEntry {
    /// The name for display.
    pub(super) name: String,
    method: u16,
    is_encrypted: bool,
    data: Range<usize>,
    /// The checksum, where it is known.
    crc: Option<u32>,
    /// Whether the archive ends within the data.
    is_cut: bool,
}

/// Lists the entries of an archive up to its end or to the first thing that is no entry.
pub(super) fn entries(archive: &[u8]) -> Found {
    let mut entries = Vec::new();
    let mut position = 0;
    while let Some((entry, next)) = entry(archive, position) {
        let is_cut = entry.is_cut;
        entries.push(entry);
        position = next;
        if is_cut {
            break;
        }
    }
    let rest = archive.get(position..).unwrap_or_default();
    let is_whole = DIRECTORY_MARKS.iter().any(|mark| rest.starts_with(mark));
    Found { entries, is_whole }
}

/// Reads the header at a position, and returns the entry and the position behind it.
fn entry(archive: &[u8], position: usize) -> Option<(LocalEntry, usize)> {
    let header = archive.get(position..position.checked_add(HEADER_BYTES)?)?;
    if !header.starts_with(LOCAL_MARK) {
        return None;
    }
    let flags = u16_at(header, 6)?;
    let name_length = usize::from(u16_at(header, 26)?);
    let extra_length = usize::from(u16_at(header, 28)?);
    let name_start = position + HEADER_BYTES;
    let name = archive.get(name_start..name_start + name_length)?;
    let start = name_start + name_length + extra_length;
    let size = u32_at(header, 18)?;
    let follows = flags & SIZE_FOLLOWS_FLAG != 0 || size == SIZE_ELSEWHERE;
    let extent = if follows {
        descriptor(archive, start)
    } else {
        let end = start.checked_add(usize::try_from(size).ok()?)?;
        (end <= archive.len()).then_some(Extent {
            end,
            next: end,
            crc: u32_at(header, 14)?,
        })
    };
    let entry = LocalEntry {
        name: display_name(&String::from_utf8_lossy(name)),
        method: u16_at(header, 8)?,
        is_encrypted: flags & ENCRYPTED_FLAG != 0,
        data: start.min(archive.len())..extent.as_ref().map_or(archive.len(), |extent| extent.end),
        crc: extent.as_ref().map(|extent| extent.crc),
        is_cut: extent.is_none(),
    };
    Some((entry, extent.map_or(archive.len(), |extent| extent.next)))
}

/// Where the data of an entry end.
struct Extent {
    end: usize,
    next: usize,
    crc: u32,
}

/// Finds the size record behind data that begin at `start`: the first that names their length.
fn descriptor(archive: &[u8], start: usize) -> Option<Extent> {
    let data = archive.get(start..)?;
    let is_record = |record: &[u8], length: usize| {
        record.starts_with(DESCRIPTOR_MARK)
            && u32_at(record, 8).and_then(|size| usize::try_from(size).ok()) == Some(length)
    };
    let length = data
        .windows(DESCRIPTOR_BYTES)
        .enumerate()
        .find(|(length, record)| is_record(record, *length))?
        .0;
    let end = start + length;
    Some(Extent {
        end,
        next: end + DESCRIPTOR_BYTES,
        crc: u32_at(&archive[end..], 4)?,
    })
}

/// Unpacks an entry, as far as its data go.
pub(super) fn read(
    archive: &[u8],
    entry: &LocalEntry,
    budget: &Budget,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<u8>, Error> {
    if entry.is_encrypted {
        return Err(faulty(
            "an entry without a password",
            "an encrypted entry",
            "unpack the archive with its password first",
        ));
    }
    let packed = archive.get(entry.data.clone()).unwrap_or_default();
    let Cap { bytes: cap, name } = budget.cap(packed.len());
    let room = u64::try_from(cap).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let outcome = match entry.method {
        STORED => packed.take(room).read_to_end(&mut bytes),
        DEFLATED => DeflateDecoder::new(packed)
            .take(room)
            .read_to_end(&mut bytes),
        method => {
            return Err(faulty(
                "a stored or deflated entry",
                format!("compression method {method}"),
                "unpack the archive with another program first",
            ));
        }
    };
    if bytes.len() > cap {
        return Err(limit(name, format!("at least {} bytes", bytes.len())));
    }
    if bytes.is_empty() && (entry.is_cut || outcome.is_err()) {
        return Err(faulty(
            "a whole zip entry",
            "one that is cut off",
            "copy or download the archive again",
        ));
    }
    if entry.is_cut || outcome.is_err() {
        warnings.push(Warning::new(
            WarningCode::ZipTruncated,
            format!(
                "the entry is cut off or damaged; {} could be unpacked",
                plural(bytes.len(), "byte")
            ),
        ));
    } else if entry.crc.is_some_and(|crc| crc != checksum(&bytes)) {
        warnings.push(Warning::new(
            WarningCode::ZipCrc,
            format!(
                "the checksum of the entry is wrong; its {} may be damaged",
                plural(bytes.len(), "byte")
            ),
        ));
    }
    Ok(bytes)
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn u16_at(bytes: &[u8], position: usize) -> Option<u16> {
    let bytes = bytes.get(position..position + 2)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn u32_at(bytes: &[u8], position: usize) -> Option<u32> {
    let bytes = bytes.get(position..position + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

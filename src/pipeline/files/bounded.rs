//! Reads files whole that are no larger than such files can be: what is larger takes no memory.

use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;

use crate::ingest::archive::Most;

/// Settings, corrections, mornings and states are no larger.
///
/// # Units
/// Bytes: 64 MB. Chosen: corrections of half a million runs; a table of mornings of a life has 3 MB.
pub const MOST_TEXT_BYTES: u64 = 64 << 20;

/// Reads a file.
///
/// # Errors
/// When it cannot be read, or is larger than `most` bytes.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_from(File::open(path)?, most)
}

/// Reads a file that may be one of the program's own; nothing of a larger one, which is none.
///
/// # Errors
/// When it cannot be read.
pub fn read_if_own(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match read(path, MOST_TEXT_BYTES) {
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Ok(None),
        read => read.map(Some),
    }
}

/// Reads a text that the user or the program keeps.
///
/// # Errors
/// As for [`read`] with [`MOST_TEXT_BYTES`], and when it is no UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    let bytes = read(path, MOST_TEXT_BYTES)?;
    String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// Reads all that comes.
///
/// # Errors
/// When it cannot be read, or is more than `most` bytes.
fn read_from(input: impl Read, most: u64) -> io::Result<Vec<u8>> {
    Most::other(most, "split it").read(input, Vec::new())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn as_much_as_may_be_is_read_and_not_a_byte_more() {
        assert_eq!(read_from(&b"abc"[..], 3).unwrap(), b"abc");
        let error = read_from(&b"abcd"[..], 3).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }
}

//! Why a file cannot be read, and what to do about it.

use std::io;

use crate::ingest::archive::TooLarge;

/// Returns why a file, or standard input, cannot be read, and what to do.
#[must_use]
pub fn unreadable(error: &io::Error) -> String {
    let next = match error.kind() {
        io::ErrorKind::NotFound => "it has gone since it was listed; run again",
        io::ErrorKind::FileTooLarge => too_large(error),
        io::ErrorKind::PermissionDenied => "check its permissions",
        _ => "check the disk or the connection to it, and copy the file again",
    };
    format!("cannot be read: {error}; {next}")
}

fn too_large(error: &io::Error) -> &'static str {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    inner.map_or("split it", TooLarge::next_step)
}

//! Why a file cannot be read, and what to do about it.

use std::io;

/// Returns why a file, or standard input, cannot be read, and what to do.
#[must_use]
pub fn unreadable(error: &io::Error) -> String {
    let next = match error.kind() {
        io::ErrorKind::NotFound => "it has gone since it was listed; run again",
        io::ErrorKind::FileTooLarge => "it is no single activity; split it",
        io::ErrorKind::PermissionDenied => "check its permissions",
        _ => "check the disk or the connection to it, and copy the file again",
    };
    format!("cannot be read: {error}; {next}")
}

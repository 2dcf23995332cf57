//! Writes files so that a reader sees the old content or the new, never a part.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use thiserror::Error;

/// What the name of a file begins with while it is being written.
const UNFINISHED_PREFIX: &str = ".hardeasy-new-";

/// A file that could not be written.
#[derive(Debug, Error)]
#[error("{}: cannot be written; {advice}", path.display())]
pub struct NotWritten {
    path: PathBuf,
    advice: &'static str,
    source: std::io::Error,
}

/// Writes a file by way of a temporary one beside it.
///
/// # Errors
/// When the folder cannot be made or the file cannot be written; the message names the file.
pub fn write(path: &Path, content: &[u8]) -> Result<(), NotWritten> {
    write_with(path, content, false).map_err(|source| NotWritten {
        path: path.to_owned(),
        advice: "check that the folder is writable and not full",
        source,
    })
}

/// The same for a file that belongs to the user, which must also survive a power cut.
///
/// # Errors
/// As for [`write()`].
pub fn write_synced(path: &Path, content: &[u8]) -> Result<(), NotWritten> {
    write_with(path, content, true).map_err(|source| NotWritten {
        path: path.to_owned(),
        advice: "its old content is kept",
        source,
    })
}

/// Returns whether a name is that of a file which is being written, or was when the program was
/// killed.
#[must_use]
pub fn is_unfinished(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with(UNFINISHED_PREFIX)
}

fn write_with(path: &Path, content: &[u8], sync: bool) -> std::io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(UNFINISHED_PREFIX)
        .permissions_of(path)
        .tempfile_in(folder)?;
    file.write_all(content)?;
    if sync {
        file.as_file().sync_all()?;
    }
    file.persist(path).map_err(std::io::Error::other)?;
    Ok(())
}

/// Temporary files are private by default; what replaces a file should be as readable as it was.
trait PermissionsOf {
    fn permissions_of(&mut self, path: &Path) -> &mut Self;
}

impl PermissionsOf for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_of(&mut self, path: &Path) -> &mut Self {
        use std::os::unix::fs::PermissionsExt;
        /// Readable by all and writable by the owner, less what the user's mask takes away.
        const USUAL_MODE: u32 = 0o644;
        let permissions = std::fs::metadata(path).map(|metadata| metadata.permissions());
        self.permissions(
            permissions.unwrap_or_else(|_| std::fs::Permissions::from_mode(USUAL_MODE)),
        )
    }

    #[cfg(not(unix))]
    fn permissions_of(&mut self, _path: &Path) -> &mut Self {
        self
    }
}

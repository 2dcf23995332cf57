//! Writes files so that a reader sees the old content or the new, never a part.

mod bounded;
mod turn;

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::PoisonError;
use std::sync::RwLock;
use std::sync::RwLockReadGuard;

pub use bounded::MOST_TEXT_BYTES;
pub use bounded::read;
pub use bounded::read_if_own;
pub use bounded::read_text;
use thiserror::Error;
use turn::LOCK_FILE;
pub use turn::Turn;
use turn::folder_of;

/// What the name of a file begins with while it is being written.
const UNFINISHED_PREFIX: &str = ".hardeasy-new-";

/// Whether files may still be written; who makes one holds it.
static IS_OPEN: RwLock<bool> = RwLock::new(true);

/// Waits for the files that are being written, and lets none be written any more.
///
/// For a process that is about to end while another of its threads may still be making a report: what it
/// removes then stays away.
pub fn close() {
    *IS_OPEN.write().unwrap_or_else(PoisonError::into_inner) = false;
}

/// Returns what keeps the process from closing while a file or folder is made.
///
/// # Errors
/// When it has closed.
pub(crate) fn open() -> std::io::Result<RwLockReadGuard<'static, bool>> {
    let is_open = IS_OPEN.read().unwrap_or_else(PoisonError::into_inner);
    match *is_open {
        true => Ok(is_open),
        false => Err(std::io::Error::other("the program is ending")),
    }
}

/// A file that could not be written.
#[derive(Debug, Error)]
#[error("{}: cannot be written; {advice}", path.display())]
pub struct NotWritten {
    path: PathBuf,
    advice: &'static str,
    source: std::io::Error,
}

/// Writes a file by way of a temporary one beside it: one that can be made again, as pages and tables can. It is
/// not waited for until it is on the disk, since a site has thousands; a report reads what lies there, and makes
/// anew what a power cut left empty.
///
/// # Errors
/// When the folder cannot be made or the file cannot be written; the message names the file.
pub fn write(path: &Path, content: &[u8]) -> Result<(), NotWritten> {
    write_by(path, &mut |file| file.write_all(content))
}

/// The same for content that is made while it is written.
///
/// # Errors
/// As for [`write()`], and when the content cannot be made.
pub fn write_by(path: &Path, fill: &mut Fill<'_>) -> Result<(), NotWritten> {
    write_with(path, fill, false).map_err(|source| NotWritten {
        path: path.to_owned(),
        advice: "check that the folder is writable and not full",
        source,
    })
}

/// What writes the content of a file.
pub type Fill<'a> = dyn FnMut(&mut std::fs::File) -> std::io::Result<()> + 'a;

/// The same for a file that belongs to the user, which must also survive a power cut.
///
/// # Errors
/// As for [`write()`].
pub fn write_synced(path: &Path, content: &[u8]) -> Result<(), NotWritten> {
    write_with(path, &mut |file| file.write_all(content), true).map_err(|source| NotWritten {
        path: path.to_owned(),
        advice: "its old content is kept; check that the folder is writable and not full",
        source,
    })
}

/// Changes a file that the user keeps, which may be missing and may be a link: the link stays, and what it leads
/// to is written. Whoever else changes it waits, and is told so by `waiting`. `change` turns the old text into
/// the new one; where that is empty the file goes, unless it is reached by a link.
///
/// # Errors
/// When the file holds no text, cannot be written, or leads in a circle; and what `change` returns.
pub fn change<E: From<NotWritten>>(
    path: &Path,
    waiting: &dyn Fn(),
    change: impl FnOnce(&str) -> Result<String, E>,
) -> Result<(), E> {
    let failed = |advice| {
        move |source| NotWritten {
            path: path.to_owned(),
            advice,
            source,
        }
    };
    let target = end_of_links(path).map_err(failed("check where the link leads"))?;
    let _turn = Turn::take(&target, waiting);
    let old = match read_text(&target) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        read => read.map_err(failed(
            "what is in it cannot be read; check that it is text, its size and its permissions",
        ))?,
    };
    let new = change(&old)?;
    if new.trim().is_empty() && !path.is_symlink() {
        let removed = match std::fs::remove_file(&target) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            removed => removed,
        };
        return Ok(removed.map_err(failed(
            "it holds nothing more and cannot be removed; check that its folder is writable",
        ))?);
    }
    Ok(write_synced(&target, new.as_bytes())?)
}

/// Returns where a path leads by links, whether or not there is a file.
fn end_of_links(path: &Path) -> std::io::Result<PathBuf> {
    /// As systems follow: more are a circle.
    const MOST_LINKS: usize = 40;
    let mut end = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(link) = std::fs::read_link(&end) else {
            return Ok(end);
        };
        end = end.parent().unwrap_or(Path::new("")).join(link);
    }
    Err(std::io::Error::other("a circle of links"))
}

/// Returns whether a name is that of a file which is being written, or was when the program was
/// killed.
#[must_use]
pub fn is_unfinished(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with(UNFINISHED_PREFIX)
}

/// The same, or that of a file by which the program keeps order.
pub(super) fn is_of_program(name: &OsStr) -> bool {
    is_unfinished(name) || name == LOCK_FILE
}

/// Begins a file that the user alone can read, and the folder for the user alone where there is none.
///
/// # Errors
/// When either cannot be made.
pub(super) fn unfinished_in(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut made = std::fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        /// The user's own.
        const PRIVATE_MODE: u32 = 0o700;
        made.mode(PRIVATE_MODE);
    }
    made.recursive(true).create(folder)?;
    tempfile::Builder::new()
        .prefix(UNFINISHED_PREFIX)
        .tempfile_in(folder)
}

fn write_with(path: &Path, fill: &mut Fill<'_>, sync: bool) -> std::io::Result<()> {
    let folder = folder_of(path);
    let _open = open()?;
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(UNFINISHED_PREFIX)
        .permissions_of(path)
        .tempfile_in(folder)?;
    fill(file.as_file_mut())?;
    if sync {
        file.as_file().sync_all()?;
    }
    file.persist(path).map_err(|error| error.error)?;
    if sync {
        sync_folder(folder);
    }
    Ok(())
}

/// Makes the new name of a file survive a power cut, too, where the system can.
fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = std::fs::File::open(folder)
    {
        // The content is safe already; some network shares know no such request.
        let _ = folder.sync_all();
    }
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

#[cfg(all(test, unix))]
mod tests {
    #![expect(
        clippy::unwrap_used,
        reason = "a test that cannot write its files has failed"
    )]

    use std::os::unix::fs::symlink;

    use crate::pipeline::files::NotWritten;
    use crate::pipeline::files::change;

    fn write_through(path: &std::path::Path, text: &[u8]) -> Result<(), NotWritten> {
        let text = String::from_utf8_lossy(text).into_owned();
        change(path, &|| (), |_| Ok(text))
    }

    #[test]
    fn a_link_stays_and_what_it_leads_to_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("kept")).unwrap();
        symlink("kept/settings.toml", at("settings.toml")).unwrap();
        for text in ["new", "newer"] {
            write_through(&at("settings.toml"), text.as_bytes()).unwrap();
            assert!(at("settings.toml").is_symlink());
            assert_eq!(
                std::fs::read_to_string(at("kept/settings.toml")).unwrap(),
                text
            );
        }
        symlink("circle", at("circle")).unwrap();
        assert!(write_through(&at("circle"), b"").is_err());
    }
}

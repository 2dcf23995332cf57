//! What the file system says of a file.

use std::fs::Metadata;
use std::path::Path;
use std::time::Duration;
use std::time::SystemTime;

use serde::Deserialize;
use serde::Serialize;

/// A file that was written so shortly before it was read may be written again without another time of change.
/// The coarsest clock of a usual file system, that of FAT, counts in two seconds.
const SETTLING: Duration = Duration::from_secs(3);

/// What the file system says of a file: as long as that is the same its content is taken to be, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Identity {
    bytes: u64,
    modified: SystemTime,
    /// Time of the last change of content, name or rights in seconds and nanoseconds, device and inode; where
    /// the system has them.
    node: Option<(i64, i64, u64, u64)>,
}

/// Returns what the file system says of a file, as a text that is another one once the file was replaced; absent
/// where it cannot be looked at.
#[must_use]
pub fn stamp(path: &Path) -> Option<String> {
    Identity::of(path).map(|identity| format!("{identity:?}"))
}

impl Identity {
    /// Looks at a file; nothing where that is impossible.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let found = path.metadata().ok()?;
        Some(Self {
            bytes: found.len(),
            modified: found.modified().ok()?,
            node: node(&found),
        })
    }

    /// Returns the size of the file in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Returns whether the system's clock for changes of files is finer than a second: a file that is replaced looks
    /// otherwise at once.
    pub(super) fn is_fine(&self) -> bool {
        self.node
            .is_some_and(|(_, nanoseconds, _, _)| nanoseconds != 0)
    }

    /// Returns whether a file was last changed long enough before some time that any later change shows.
    pub(super) fn is_settled(&self, now: SystemTime) -> bool {
        let is_before = |changed: SystemTime| {
            changed
                .checked_add(SETTLING)
                .is_some_and(|settled| settled < now)
        };
        let changed = self.node.map(|(seconds, _, _, _)| {
            let seconds = u64::try_from(seconds).unwrap_or_default();
            SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
        });
        is_before(self.modified) && changed.is_none_or(|changed| changed.is_some_and(is_before))
    }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
fn node(found: &Metadata) -> Option<(i64, i64, u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((found.ctime(), found.ctime_nsec(), found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn node(_: &Metadata) -> Option<(i64, i64, u64, u64)> {
    None
}

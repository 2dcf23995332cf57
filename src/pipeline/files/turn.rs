//! One at a time: who reads a file of the user, changes it and writes it back keeps others from doing so
//! meanwhile, or what they wrote would be lost.

use std::fs::File;
use std::fs::TryLockError;
use std::path::Path;

/// The file that is locked while one of the user is changed, on systems that lock no folders. It is empty, and
/// stays.
pub(super) const LOCK_FILE: &str = ".hardeasy-lock";

/// A folder in which nobody else changes files of the user as long as this lives. The lock is the system's
/// and ends with the process, however that ends.
#[derive(Debug)]
pub struct Turn {
    /// What is locked; absent on a file system without locks, as some network shares are: it stops nobody.
    _locked: Option<File>,
}

impl Turn {
    /// Waits until nobody else changes files in the folder of a file, which is made if there is none. `waiting`
    /// is called once if that takes more than no time.
    pub fn take(path: &Path, waiting: &dyn Fn()) -> Self {
        let folder = folder_of(path);
        // What cannot be made is told when the file cannot be written.
        let _ = std::fs::create_dir_all(folder);
        let lock = |file: &File| match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock()
            }
            Err(TryLockError::Error(error)) => Err(error),
            Ok(()) => Ok(()),
        };
        let locked = open(folder).filter(|file| lock(file).is_ok());
        Self { _locked: locked }
    }
}

/// Opens what is locked: the folder itself, so that nothing is left in it.
#[cfg(unix)]
fn open(folder: &Path) -> Option<File> {
    File::open(folder).ok()
}

/// Opens what is locked where a folder cannot be: an empty file in it, which stays.
#[cfg(not(unix))]
fn open(folder: &Path) -> Option<File> {
    let mut options = File::options();
    options.create(true).write(true).truncate(false);
    options.open(folder.join(LOCK_FILE)).ok()
}

/// Returns the folder in which a file lies.
pub(super) fn folder_of(path: &Path) -> &Path {
    let folder = path.parent();
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        reason = "a test that cannot write its files has failed"
    )]

    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering;

    use super::*;

    #[test]
    fn one_after_the_other_and_who_waits_is_told_once() {
        const ROUNDS: usize = 50;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("count.txt");
        std::fs::write(&path, "0").unwrap();
        let told = AtomicUsize::new(0);
        let count = || {
            for _ in 0..ROUNDS {
                let _turn = Turn::take(&path, &|| ());
                let count: usize = std::fs::read_to_string(&path).unwrap().parse().unwrap();
                std::fs::write(&path, (count + 1).to_string()).unwrap();
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(count);
            }
        });
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            (4 * ROUNDS).to_string()
        );
        let held = Turn::take(&path, &|| ());
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| {
                Turn::take(&path, &|| {
                    told.fetch_add(1, Ordering::Relaxed);
                })
            });
            while told.load(Ordering::Relaxed) == 0 {
                std::thread::yield_now();
            }
            drop(held);
            waits.join().unwrap();
        });
        assert_eq!(told.load(Ordering::Relaxed), 1);
        #[cfg(unix)]
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no trace is left"
        );
    }
}

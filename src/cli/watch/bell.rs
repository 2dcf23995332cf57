//! What rings when something may have changed.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::path::PathBuf;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::thread::sleep;
use std::time::Duration;

use notify::Config;
use notify::Event;
use notify::RecommendedWatcher;
use notify::RecursiveMode;
use notify::Watcher;

use crate::cli::diagnose;
use crate::pipeline::Options;

/// Between two looks at a place of which the system tells nothing. Chosen: soon enough after a run, and
/// little for a network to carry.
const POLL: Duration = Duration::from_secs(5);

/// It rings after so long by itself, for what the system does not tell: a folder that was away for a
/// while, a report that another one kept from being written. Chosen.
const AT_LEAST_EVERY: Duration = Duration::from_secs(60);

/// Rings when something may have changed; whether it has is found by looking.
pub(super) enum Bell {
    /// The system tells of changes.
    Told {
        _watcher: RecommendedWatcher,
        rung: Receiver<()>,
    },
    /// It rings all the time.
    Clock,
}

impl Bell {
    /// Sets a bell for some paths and for the settings that belong to them; where the system cannot tell
    /// of changes, or is not asked to, it is a clock.
    pub(super) fn set(paths: &[PathBuf], options: &Options, is_clock: bool) -> Self {
        if is_clock {
            return Self::Clock;
        }
        Self::told(paths, options).unwrap_or_else(|error| {
            let text = format!("the system cannot tell of changes: {error}; as with --poll");
            diagnose("warning", &text);
            Self::Clock
        })
    }

    fn told(paths: &[PathBuf], options: &Options) -> notify::Result<Self> {
        let (sender, rung) = mpsc::sync_channel(1);
        let tell = move |event: notify::Result<Event>| {
            // Looking at files is no change; without this every look would ring again.
            let is_look = event.is_ok_and(|event| event.kind.is_access());
            if !is_look {
                // One ring that is not heard yet is as good as many.
                let _ = sender.try_send(());
            }
        };
        // What is behind links within a folder is not read either.
        let config = Config::default().with_follow_symlinks(false);
        let mut watcher = RecommendedWatcher::new(tell, config)?;
        for (place, mode) in places(paths, options) {
            watcher.watch(&place, mode)?;
        }
        Ok(Self::Told {
            _watcher: watcher,
            rung,
        })
    }

    /// Waits until it rings.
    pub(super) fn wait(&self) {
        match self {
            Self::Clock => sleep(POLL),
            Self::Told { rung, .. } => {
                // Nothing for so long is a ring as well.
                let _ = rung.recv_timeout(AT_LEAST_EVERY);
            }
        }
    }
}

impl fmt::Display for Bell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Told { .. } => f.write_str("as the system tells of changes"),
            Self::Clock => write!(f, "every {} s", POLL.as_secs()),
        }
    }
}

/// Returns what to watch: folders with all below them; of files and settings the folder in which they
/// lie, since a file that is replaced is another one.
fn places(paths: &[PathBuf], options: &Options) -> BTreeMap<PathBuf, RecursiveMode> {
    let beside = |path: &PathBuf| {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or(Path::new(".")).to_owned()
    };
    let files = paths.iter().filter(|path| !path.is_dir());
    let alone = files.chain(&options.settings_file).map(beside);
    let alone = alone.chain(options.settings_folder.clone());
    let alone = alone.filter(|folder| folder.is_dir());
    let whole = paths.iter().filter(|path| path.is_dir()).cloned();
    let alone = alone.map(|place| (place, RecursiveMode::NonRecursive));
    // The last of two entries for a place stays.
    alone
        .chain(whole.map(|place| (place, RecursiveMode::Recursive)))
        .collect()
}

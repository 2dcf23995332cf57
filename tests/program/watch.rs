//! A report that is kept up to date: the program runs while files come and go. Nothing here depends on
//! how long that takes, as long as it happens at all.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::fs;
use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;
use std::time::Instant;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::program;
use crate::common::program::tree;
use tempfile::TempDir;

/// Whatever takes longer has not happened.
const DEADLINE: Duration = Duration::from_secs(180);
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);
/// The signal by which a computer that shuts down ends a program.
const SIGTERM: i32 = 15;

/// A folder of runs with its report in it, which is being kept up to date.
struct Watched {
    runs: TempDir,
    /// Beside the runs, where files are made ready and the streams of the program lie.
    beside: TempDir,
    program: Child,
}

impl Watched {
    fn start(more: &[&str]) -> Self {
        let [runs, beside] = [0, 1].map(|_| tempfile::tempdir().unwrap());
        let stream = |name| File::create(beside.path().join(name)).unwrap();
        let program = program()
            .arg("watch")
            .arg(runs.path())
            .arg("-o")
            .arg(runs.path().join("report"))
            .args(more)
            .stdin(Stdio::null())
            .stdout(stream("out"))
            .stderr(stream("err"))
            .spawn()
            .unwrap();
        Self {
            runs,
            beside,
            program,
        }
    }

    fn report(&self) -> PathBuf {
        self.runs.path().join("report")
    }

    /// Puts a run of the bundled season there at one blow, as a tool does that downloads it elsewhere.
    fn add(&self, name: &str) {
        let from = fs::read(fixture(&format!("season/{}/{name}", &name[..7])));
        self.write(name, &from.unwrap());
    }

    fn write(&self, name: &str, content: &[u8]) {
        let ready = self.beside.path().join(name);
        fs::write(&ready, content).unwrap();
        fs::rename(ready, self.runs.path().join(name)).unwrap();
    }

    fn said(&self, stream: &str) -> String {
        fs::read_to_string(self.beside.path().join(stream)).unwrap()
    }

    /// Waits until so many reports were made.
    fn wait_for_reports(&mut self, count: usize) {
        self.wait_for(|watched| watched.said("out").lines().count() >= count);
    }

    fn wait_for(&mut self, is_so: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !is_so(self) {
            let ended = self.program.try_wait().unwrap();
            assert!(ended.is_none(), "ended: {ended:?}: {}", self.said("err"));
            assert!(begun.elapsed() < DEADLINE, "{}", self.said("err"));
            sleep(BETWEEN_LOOKS);
        }
    }

    fn has_page_of(&self, day: &str) -> bool {
        let pages = tree(&self.report().join("runs")).into_iter();
        let mut names = pages.map(|(path, _)| path.display().to_string());
        names.any(|name| name.starts_with(day) && name.ends_with(".html"))
    }

    /// Ends the program as a computer does that shuts down; returns the signal that ended it.
    fn terminate(&mut self) -> Option<i32> {
        let number = self.program.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &number]).status();
        assert!(sent.unwrap().success());
        self.program.wait().unwrap().signal()
    }
}

impl Drop for Watched {
    /// A test that fails leaves no program behind.
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Lets runs come and go, and a fault in the settings.
fn keeps_up(more: &[&str]) {
    let mut watched = Watched::start(more);
    watched.wait_for(|watched| watched.said("err").contains("watching: "));
    assert!(watched.said("err").contains("no activity was found"));
    watched.add("2026-03-03.fit");
    watched.wait_for_reports(1);
    assert!(watched.has_page_of("2026-03-03"));
    watched.add("2026-03-05.fit");
    watched.wait_for_reports(2);
    assert!(watched.has_page_of("2026-03-05"));
    watched.write("hardeasy.toml", b"units = 7\n");
    watched.wait_for(|watched| watched.said("err").contains("hardeasy.toml"));
    watched.write("hardeasy.toml", b"units = \"imperial\"\n");
    watched.wait_for_reports(3);
    fs::remove_file(watched.runs.path().join("2026-03-05.fit")).unwrap();
    watched.wait_for_reports(4);
    assert!(!watched.has_page_of("2026-03-05"));
    assert_eq!(watched.terminate(), Some(SIGTERM));
    // Its own pages gave it nothing to do.
    assert_eq!(watched.said("out").lines().count(), 4);
    assert_is_whole(watched.runs.path(), &watched.report());
}

/// The folder is free, and a report finds nothing to do in it.
fn assert_is_whole(runs: &Path, report: &Path) {
    let before = tree(report);
    let again = hardeasy(&["report".as_ref(), runs, "-o".as_ref(), report]);
    assert_eq!(exit(&again), 0, "{}", err(&again));
    assert_eq!(tree(report), before);
}

#[test]
fn a_watched_report_keeps_up_with_what_the_system_tells() {
    keeps_up(&[]);
}

#[test]
fn a_watched_report_keeps_up_by_looking() {
    keeps_up(&["--poll"]);
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let site = tempfile::tempdir().unwrap();
    let site = site.path().display().to_string();
    for (path, told) in [("-", "once only"), ("/nonexistent/runs", "check the path")] {
        let refused = hardeasy(&["watch", path, "-o", &site]);
        assert_eq!(exit(&refused), 2);
        assert!(err(&refused).contains(told), "{}", err(&refused));
    }
}

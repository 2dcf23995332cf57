//! Commands that are killed at any moment: what they were writing is old or new, never half, and the next one
//! makes everything as it would be without them.
//!
//! `HARDEASY_KILLS=300 cargo test --release --features full --test program -- --nocapture killed` kills more often.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot write its files has failed"
)]
#![expect(clippy::print_stderr, reason = "a test tells what it measured")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;
use std::time::Instant;

use tempfile::TempDir;

use crate::common::program::err;
use crate::common::program::fixture;
use crate::common::program::out;
use crate::common::program::program;
use crate::common::program::tree;
use crate::common::rng::Rng;

/// How often is killed unless `HARDEASY_KILLS` says otherwise, and the seed of when.
const KILLS: u64 = 8;
const SEED: u64 = 20;
/// The runs that come and go.
const RUNS: [&str; 4] = ["easy.fit", "strides.fit", "short.gpx", "recovery.tcx"];
/// The commands that are killed, in turn.
const WORDS: [&str; 4] = ["report", "review", "correct", "watch"];
const CORRECTIONS: &str = "hardeasy-corrections.toml";
/// How the names of files begin that are being written, and that of the lock.
const OWN: &str = ".hardeasy-";

/// The files of a report by their path, but for what is not finished and the lock.
type Site = BTreeMap<PathBuf, Vec<u8>>;

struct Trial {
    runs: TempDir,
    site: TempDir,
    cache: TempDir,
}

impl Trial {
    fn new() -> Self {
        let [runs, site, cache] = [0, 1, 2].map(|_| tempfile::tempdir().unwrap());
        let trial = Self { runs, site, cache };
        trial.put(RUNS[0]);
        trial
    }

    fn put(&self, name: &str) {
        fs::copy(fixture(&format!("runs/{name}")), self.run(name)).unwrap();
    }

    fn run(&self, name: &str) -> PathBuf {
        self.runs.path().join(name)
    }

    /// Returns a command with what earlier ones kept.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command
            .args(arguments)
            .env("XDG_CACHE_HOME", self.cache.path())
            .stdin(Stdio::null());
        command
    }

    fn making(&self, word: &str, site: &Path) -> Command {
        let mut making = self.command(&[word, "-o"]);
        making.arg(site).arg(self.runs.path());
        making
    }

    fn corrections(&self) -> String {
        fs::read_to_string(self.run(CORRECTIONS)).unwrap_or_default()
    }

    /// Returns the report as it would be without any earlier command.
    fn fresh(&self) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let told = self
            .making("report", folder.path())
            .arg("--no-cache")
            .output()
            .unwrap();
        assert_eq!(told.status.code(), Some(0), "{}", err(&told));
        site(folder.path())
    }
}

fn site(folder: &Path) -> Site {
    let is_own = |path: &Path| path.to_string_lossy().starts_with(OWN);
    let mut files: Site = tree(folder).into_iter().collect();
    files.retain(|path, _| !is_own(path));
    files
}

/// Kills a command after a part of some time.
fn kill(command: &mut Command, within: Duration, rng: &mut Rng) {
    let within = u64::try_from(within.as_micros()).unwrap().max(1);
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    sleep(Duration::from_micros(rng.next() % within));
    let _ = child.kill();
    child.wait().unwrap();
}

#[test]
fn what_is_killed_at_any_moment_leaves_nothing_half_and_the_next_command_heals_it() {
    let kills = std::env::var("HARDEASY_KILLS").ok();
    let kills = kills.map_or(KILLS, |kills| kills.parse().unwrap());
    let mut rng = Rng::new(SEED);
    let trial = Trial::new();
    let begun = Instant::now();
    assert!(
        trial
            .making("report", trial.site.path())
            .status()
            .unwrap()
            .success()
    );
    // Now and then a command ends before it is killed.
    let usual = begun.elapsed() * 3 / 2;
    let mut old = trial.fresh();
    let mut killed = BTreeMap::new();
    for step in 0..kills {
        let name = rng.pick(&RUNS[1..]);
        match trial.run(name).exists() {
            true => fs::remove_file(trial.run(name)).unwrap(),
            false => trial.put(name),
        }
        let before = trial.corrections();
        let word = WORDS[usize::try_from(step).unwrap() % WORDS.len()];
        *killed.entry(word).or_insert(0) += 1;
        let seen = format!("kill {step}, {word}, with or without {name}");
        let note = format!("note {step}");
        let mut command = match word {
            "review" => trial.command(&[word, &trial.runs.path().display().to_string()]),
            "correct" => {
                let run = trial.run(RUNS[0]).display().to_string();
                trial.command(&[word, &run, "--note", &note, "--kind", "easy"])
            }
            word => trial.making(word, trial.site.path()),
        };
        kill(&mut command, usual, &mut rng);

        // Half of the corrections would be no corrections, or others.
        let listed = trial
            .command(&["correct", "--list"])
            .arg(trial.run(RUNS[0]))
            .output()
            .unwrap();
        assert_eq!(listed.status.code(), Some(0), "{seen}: {}", err(&listed));
        let after = trial.corrections();
        let is_new = word == "correct" && out(&listed).contains(&note);
        assert!(after == before || is_new, "{seen}: {after}");

        let wanted = trial.fresh();
        for (path, content) in site(trial.site.path()) {
            let may_be = [old.get(&path), wanted.get(&path)];
            // The account of what was written tells of both while it is going on.
            let is_whole = may_be.contains(&Some(&content)) || path.extension().is_none();
            assert!(is_whole, "{seen}: {} is neither", path.display());
        }
        // The one that heals is the next of whatever kind writes.
        let healed = trial.making("report", trial.site.path()).output().unwrap();
        assert_eq!(healed.status.code(), Some(0), "{seen}: {}", err(&healed));
        let found = site(trial.site.path());
        let paths = found.keys().chain(wanted.keys());
        let other: Vec<&PathBuf> = paths
            .filter(|path| found.get(*path) != wanted.get(*path))
            .collect();
        assert!(other.is_empty(), "{seen}: {other:?}");
        let review = |further: &[&str]| {
            let mut asked = trial.command(&["review"]);
            out(&asked.arg(trial.runs.path()).args(further).output().unwrap())
        };
        assert_eq!(review(&[]), review(&["--no-cache"]), "{seen}");
        old = wanted;
    }
    eprintln!("killed: {killed:?}");
}

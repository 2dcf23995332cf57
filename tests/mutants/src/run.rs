//! Runs tests with one mutant on.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use std::time::Instant;

type Fallible<T> = Result<T, Box<dyn Error>>;

/// A mutant may take this much memory, so that one that fills a list without end is caught.
///
/// # Units
/// KiB of address space. Chosen: several times what the tests take.
const MOST_MEMORY_KIB: u64 = 6 << 20;

/// A run of tests is taken to hang after so many times what it takes without a mutant, and this.
const HANGS_AFTER: u32 = 10;
const HANGS_AFTER_ALSO: Duration = Duration::from_secs(10);
/// No test takes longer without a mutant.
const LONGEST: Duration = Duration::from_secs(600);
/// Tests that take no longer run together and first: most mutants are caught by one of them.
///
/// # Units
/// Seconds. Chosen: hundreds of them take no longer than one that judges whole seasons.
const QUICK_S: f64 = 0.2;

/// A test program and which of its tests run.
pub(crate) struct Tests {
    program: PathBuf,
    tests: Vec<Test>,
}

/// What a test does without a mutant.
struct Test {
    name: String,
    time: Duration,
    reached: BTreeSet<usize>,
}

/// What became of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    Failed,
    Hung,
}

impl Tests {
    /// Runs the tests of a program in one of some modules, each by itself, without a mutant.
    ///
    /// # Errors
    /// When the program does not start, has no such test, or one fails.
    pub(crate) fn below(program: PathBuf, modules: &[&str], folder: &Path) -> Fallible<Self> {
        let listed = Command::new(&program)
            .args(["--list", "--format", "terse"])
            .output()?;
        let mut own = Self {
            program,
            tests: Vec::new(),
        };
        let file = folder.join("reached");
        let mut failed = Vec::new();
        for line in String::from_utf8(listed.stdout)?.lines() {
            let name = line.strip_suffix(": test").unwrap_or_default();
            let is_below = |module: &&str| name.starts_with(&format!("{module}::"));
            if !modules.iter().any(|module| is_below(&module)) {
                continue;
            }
            // It is not there where nothing was reached.
            let _ = fs::remove_file(&file);
            let start = Instant::now();
            let variable = ("HARDEASY_MUTANTS_REACHED", &*file.to_string_lossy());
            if own.run_some(&[name], folder, variable, LONGEST)? != Outcome::Passed {
                failed.push(name.to_owned());
            }
            let time = start.elapsed();
            let reached = fs::read_to_string(&file).unwrap_or_default();
            own.tests.push(Test {
                name: name.to_owned(),
                time,
                reached: reached.lines().filter_map(|id| id.parse().ok()).collect(),
            });
        }
        match (own.tests.is_empty(), failed.is_empty()) {
            (true, _) => Err(format!("there are no tests of {modules:?}").into()),
            (_, false) => Err(format!("without a mutant fail: {}", failed.join(", ")).into()),
            _ => Ok(own),
        }
    }

    /// Returns how many there are.
    pub(crate) fn count(&self) -> usize {
        self.tests.len()
    }

    /// Runs those that come by a mutant with it on, the quick ones first; nothing where none
    /// does.
    ///
    /// # Errors
    /// When the program does not start.
    pub(crate) fn run(&self, id: usize, folder: &Path) -> Fallible<Option<Outcome>> {
        let reaching = self.tests.iter().filter(|test| test.reached.contains(&id));
        let (quick, mut slow): (Vec<&Test>, Vec<&Test>) =
            reaching.partition(|test| test.time.as_secs_f64() <= QUICK_S);
        slow.sort_by_key(|test| test.time);
        let mut last = None;
        let parts = std::iter::once(&quick[..]).chain(slow.chunks(1));
        for tests in parts.filter(|tests| !tests.is_empty()) {
            let names: Vec<&str> = tests.iter().map(|test| &*test.name).collect();
            let time: Duration = tests.iter().map(|test| test.time).sum();
            let variable = ("HARDEASY_MUTANT", &*id.to_string());
            let limit = time * HANGS_AFTER + HANGS_AFTER_ALSO;
            last = Some(self.run_some(&names, folder, variable, limit)?);
            if last != Some(Outcome::Passed) {
                break;
            }
        }
        Ok(last)
    }

    /// Runs some tests with a variable of the environment, until one fails or the time is over.
    fn run_some(
        &self,
        names: &[&str],
        folder: &Path,
        (key, value): (&str, &str),
        limit: Duration,
    ) -> Fallible<Outcome> {
        let mut child = Command::new("sh")
            .args([
                "-c",
                &format!("ulimit -v {MOST_MEMORY_KIB}; exec \"$0\" \"$@\""),
            ])
            .arg(&self.program)
            .arg("--exact")
            .args(names)
            .current_dir(folder)
            .env(key, value)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let output = child.stdout.take().ok_or("no output")?;
        let (send, receive) = mpsc::channel();
        let reader = thread::spawn(move || {
            let lines = BufReader::new(output).lines();
            let has_failed = lines
                .map_while(Result::ok)
                .any(|line| line.ends_with("FAILED"));
            // Whoever waited may be gone.
            let _ = send.send(has_failed);
        });
        let heard = receive.recv_timeout(limit);
        if heard != Ok(false) {
            child.kill()?;
        }
        let status = child.wait()?;
        reader
            .join()
            .map_err(|_| "the reader of the output panicked")?;
        Ok(match heard {
            Err(_) => Outcome::Hung,
            Ok(false) if status.success() => Outcome::Passed,
            Ok(_) => Outcome::Failed,
        })
    }
}

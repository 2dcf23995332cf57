//! Runs tests with one mutant on.

use std::error::Error;
use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// A mutant may take this much memory, so that one that fills a list without end is caught.
///
/// # Units
/// KiB of address space. Chosen: several times what the tests take.
const MOST_MEMORY_KIB: u64 = 6 << 20;

/// A test program and which of its tests run.
pub(crate) struct Tests {
    pub(crate) program: PathBuf,
    names: Vec<String>,
}

/// What became of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    Failed,
    Hung,
}

impl Tests {
    /// Returns the tests of a program in one of some modules.
    ///
    /// # Errors
    /// When the program does not start, or has no such test.
    pub(crate) fn below(program: PathBuf, modules: &[&str]) -> Result<Self, Box<dyn Error>> {
        let listed = Command::new(&program)
            .args(["--list", "--format", "terse"])
            .output()?;
        let is_below = |name: &&str| {
            modules
                .iter()
                .any(|module| name.starts_with(&format!("{module}::")))
        };
        let names: Vec<String> = String::from_utf8(listed.stdout)?
            .lines()
            .filter_map(|line| line.strip_suffix(": test"))
            .filter(is_below)
            .map(String::from)
            .collect();
        if names.is_empty() {
            return Err(format!("{} has no tests of {modules:?}", program.display()).into());
        }
        Ok(Self { program, names })
    }

    /// Returns how many there are.
    pub(crate) fn count(&self) -> usize {
        self.names.len()
    }

    /// Runs them with a variable of the environment, until one fails or the time is over.
    ///
    /// # Errors
    /// When the program does not start.
    pub(crate) fn run(
        &self,
        folder: &Path,
        (key, value): (&str, &str),
        limit: Duration,
    ) -> Result<Outcome, Box<dyn Error>> {
        let mut child = Command::new("sh")
            .args([
                "-c",
                &format!("ulimit -v {MOST_MEMORY_KIB}; exec \"$0\" \"$@\""),
            ])
            .arg(&self.program)
            .arg("--exact")
            .args(&self.names)
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

//! A copy of the project, in which mutants are written, built and run.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::env;
use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::find::Mutant;
use crate::find::find;
use crate::find::modules;
use crate::rewrite::Written;
use crate::rewrite::blamed;
use crate::rewrite::rewrite;
use crate::rewrite::switch;

type Fallible<T> = Result<T, Box<dyn Error>>;

/// The copy, and the folder of what is built of it.
pub(crate) struct Project {
    copy: PathBuf,
    target: PathBuf,
    /// The sources with mutants, as they were.
    originals: BTreeMap<String, String>,
}

/// What a build gave.
pub(crate) enum Built {
    /// The test program.
    Program(PathBuf),
    /// These mutants do not compile.
    Faults(BTreeSet<usize>),
}

impl Project {
    /// Copies what belongs to the project, as Git knows it.
    ///
    /// # Errors
    /// When Git or the disk refuses.
    pub(crate) fn copied() -> Fallible<Self> {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = own.join("../..").canonicalize()?;
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| own.join("target"), PathBuf::from);
        let copy = target.join("mutants");
        if copy.exists() {
            fs::remove_dir_all(&copy)?;
        }
        let listed = Command::new("git")
            .args([
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
            ])
            .current_dir(&root)
            .output()?;
        for name in String::from_utf8(listed.stdout)?.split_terminator('\0') {
            let (from, to) = (root.join(name), copy.join(name));
            // One that was removed is still listed.
            if from.is_file() {
                fs::create_dir_all(to.parent().ok_or("no folder")?)?;
                fs::copy(from, to)?;
            }
        }
        let manifest = fs::read_to_string(copy.join("Cargo.toml"))?;
        fs::write(
            copy.join("Cargo.toml"),
            format!("{manifest}\n[workspace]\n"),
        )?;
        Ok(Self {
            copy,
            target,
            originals: BTreeMap::new(),
        })
    }

    /// Returns all mutants of a stage, which is a folder of `src/`.
    ///
    /// # Errors
    /// When a source is missing or no Rust.
    pub(crate) fn mutants(&mut self, stage: &str) -> Fallible<Vec<Mutant>> {
        let mut found = Vec::new();
        let mut left = vec![format!("src/{stage}")];
        while let Some(module) = left.pop() {
            let file = [format!("{module}.rs"), format!("{module}/mod.rs")]
                .into_iter()
                .find(|file| self.copy.join(file).is_file())
                .ok_or_else(|| format!("{module} has no source"))?;
            let text = fs::read_to_string(self.copy.join(&file))?;
            let of_file = |error: syn::Error| format!("{file}: {error}");
            found.extend(find(&file, &text).map_err(of_file)?);
            let below = modules(&text).map_err(of_file)?;
            self.originals.insert(file, text);
            left.extend(below.iter().map(|name| format!("{module}/{name}")));
        }
        found.sort_by(|one, other| {
            (&one.file, one.place.start).cmp(&(&other.file, other.place.start))
        });
        Ok(found)
    }

    /// Writes mutants into the copy by their places in the list, those that are left out not.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(crate) fn write(
        &self,
        mutants: &[Mutant],
        left_out: &BTreeSet<usize>,
    ) -> Fallible<BTreeMap<String, Vec<Written>>> {
        let mut files: BTreeMap<&str, Vec<(usize, &Mutant)>> = BTreeMap::new();
        for (id, mutant) in mutants.iter().enumerate() {
            let of_file = files.entry(&mutant.file).or_default();
            if !left_out.contains(&id) {
                of_file.push((id, mutant));
            }
        }
        fs::write(self.copy.join("src/mutant.rs"), switch(mutants.len()))?;
        let mut all = BTreeMap::new();
        for (file, of_file) in files {
            let (text, written) = rewrite(&self.originals[file], &of_file);
            // What has not changed is not built again.
            if fs::read_to_string(self.copy.join(file))? != text {
                fs::write(self.copy.join(file), text)?;
            }
            all.insert(file.to_owned(), written);
        }
        Ok(all)
    }

    /// Leaves of the library what it takes to test some stages: none uses what is declared after it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(crate) fn cut(&self, last: Option<&str>) -> Fallible<()> {
        let whole =
            fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/lib.rs"))?;
        let end = last.and_then(|stage| {
            let declared = format!("\npub mod {stage};\n");
            Some(whole.find(&declared)? + declared.len())
        });
        let library = &whole[..end.unwrap_or(whole.len())];
        fs::write(
            self.copy.join("src/lib.rs"),
            format!("{library}\nmod mutant;\n"),
        )?;
        Ok(())
    }

    /// Builds a test program: `--lib`, or `--test` and its name.
    ///
    /// # Errors
    /// When a fault is to blame on no mutant.
    pub(crate) fn build(
        &self,
        which: &[&str],
        written: &BTreeMap<String, Vec<Written>>,
    ) -> Fallible<Built> {
        let output = Command::new("cargo")
            .args([
                "test",
                "--release",
                "--locked",
                "--no-run",
                "--message-format",
                "json",
            ])
            // As a plain `cargo test` has it: a mutant that counts below zero is caught.
            .args([
                "--config",
                "profile.release.package.hardeasy.overflow-checks=true",
            ])
            .args(["--config", "profile.release.package.hardeasy.opt-level=1"])
            .args(which)
            .current_dir(&self.copy)
            .env("CARGO_TARGET_DIR", &self.target)
            .output()?;
        let (mut faults, mut program, mut told) = (BTreeSet::new(), None, Vec::new());
        for line in String::from_utf8(output.stdout)?.lines() {
            let Ok(message) = serde_json::from_str::<Value>(line) else {
                continue;
            };
            if message["message"]["level"] == "error" {
                let blamed = spans(&message["message"]).find_map(|(file, range)| {
                    let written = written.get(&file)?;
                    Some(blamed(written, &range)).filter(|ids| !ids.is_empty())
                });
                faults.extend(blamed.unwrap_or_default());
                told.extend(message["message"]["rendered"].as_str().map(String::from));
            }
            let is_wanted =
                which.last() == message["target"]["name"].as_str().as_ref() || which == ["--lib"];
            if message["reason"] == "compiler-artifact"
                && message["profile"]["test"] == true
                && is_wanted
            {
                program = message["executable"]
                    .as_str()
                    .map(PathBuf::from)
                    .or(program);
            }
        }
        match program {
            _ if !faults.is_empty() => Ok(Built::Faults(faults)),
            Some(program) if output.status.success() => Ok(Built::Program(program)),
            _ => Err(format!(
                "no build\n{}{}",
                told.concat(),
                String::from_utf8_lossy(&output.stderr)
            )
            .into()),
        }
    }

    /// Returns the folder in which tests run.
    pub(crate) fn folder(&self) -> &Path {
        &self.copy
    }
}

/// Returns the places of a fault, the primary ones first.
fn spans(message: &Value) -> impl Iterator<Item = (String, Range<usize>)> {
    let all = || message["spans"].as_array().into_iter().flatten();
    let primary = all().filter(|span| span["is_primary"] == true);
    let others = all().filter(|span| span["is_primary"] != true);
    primary.chain(others).filter_map(|span| {
        let byte = |key: &str| usize::try_from(span[key].as_u64()?).ok();
        let file = span["file_name"].as_str()?.to_owned();
        Some((file, byte("byte_start")?..byte("byte_end")?))
    })
}

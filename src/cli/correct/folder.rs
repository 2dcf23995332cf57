//! Corrections of all runs below a folder: their sport, and what was corrected so far.

use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;

use super::Said;
use super::corrections_beside;
use super::read_corrections;
use super::set;
use super::the_export;
use crate::cli::exit::Exit;
use crate::cli::print;
use crate::ingest;
use crate::ingest::Activity;
use crate::ingest::Content;
use crate::ingest::Sport;
use crate::ingest::SportFrom;
use crate::ingest::Strictness;
use crate::pipeline::CORRECTIONS_FILE;
use crate::units::plural;

/// Names the sport of every export below a folder that names none itself, or lists what was corrected.
pub(super) fn run(said: &Said<'_>) -> anyhow::Result<Exit> {
    let folder = &said.command.file;
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    if said.command.list {
        return list(&paths);
    }
    if said.sport.is_none() || !said.says_only_sport() {
        bail!(
            "{}: a folder takes --sport or --list only; give the file of one run",
            folder.display()
        );
    }
    let (mut corrected, mut named) = (0_usize, 0_usize);
    for path in &paths {
        let Ok(export) = the_export(path) else {
            continue;
        };
        if !names_no_sport(&export.bytes) {
            named += 1;
            continue;
        }
        set(&corrections_beside(path), &export.sha256, said)?;
        corrected += 1;
    }
    print(&format!(
        "corrected {}; {} that name their sport were left alone\n",
        plural(corrected, "export"),
        named
    ))?;
    Ok(Exit::Complete)
}

/// Prints the corrections files below a folder.
fn list(paths: &[PathBuf]) -> anyhow::Result<Exit> {
    let of_corrections = |path: &&PathBuf| {
        path.file_name()
            .is_some_and(|name| name == CORRECTIONS_FILE)
    };
    let mut text = String::new();
    for path in paths.iter().filter(of_corrections) {
        text += &format!("# {}\n{}\n", path.display(), read_corrections(path)?.trim());
    }
    if text.is_empty() {
        text += "nothing was corrected\n";
    }
    print(&text)?;
    Ok(Exit::Complete)
}

/// Returns whether no activity of an export names a sport of its own.
fn names_no_sport(bytes: &[u8]) -> bool {
    let Content::Export(format) = ingest::detect(bytes) else {
        return false;
    };
    // What a name was read to say may be read wrongly.
    let is_open = |activity: &Activity| match activity.sport {
        Sport::Unknown => true,
        Sport::Other if activity.sub_sport.is_none() => true,
        _ => activity.sport_from == SportFrom::Name,
    };
    ingest::read(bytes, format, Strictness::Lenient)
        .is_ok_and(|activities| activities.iter().all(is_open))
}

/// Collects the files below a folder, in order of name.
fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("{}: cannot be read; check the path", folder.display()))?;
    let mut below: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    below.sort();
    for path in below {
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            collect(&path, paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}

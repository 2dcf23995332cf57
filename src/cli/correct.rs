//! `correct`: writes an entry of the corrections file beside a run. What an entry holds, and how a part of it
//! is taken back, is in `entry`; a whole folder in `folder`.

mod entry;
mod folder;

use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;

use super::args::Common;
use super::args::CorrectArguments;
use super::diagnose;
use super::exit::Exit;
use super::files;
use super::print;
use crate::ingest;
use crate::ingest::Content;
use crate::ingest::Format;
use crate::ingest::archive;
use crate::ingest::platforms;
use crate::pipeline;
use crate::pipeline::CORRECTIONS_FILE;

/// Adds to, or changes, the correction of one run, shows it or takes it back; everything else in the
/// file of corrections stays as it is.
pub(super) fn run(common: &Common, command: &CorrectArguments) -> anyhow::Result<Exit> {
    let said = Said {
        sport: common.sport.as_deref(),
        command,
    };
    if command.file.is_dir() {
        return folder::run(&said);
    }
    let export = the_export(&command.file)?;
    let path = corrections_beside(&command.file);
    let shown = path.display().to_string();
    if command.list {
        let old = read_corrections(&path)?;
        print(&entry::listed(&old, &export.sha256).with_context(|| shown)?)?;
        return Ok(Exit::Complete);
    }
    let done = if command.undo {
        take_back(&path, &export.sha256)?;
        "took back"
    } else {
        if said.is_empty() {
            bail!("nothing to correct was given; see `hardeasy correct --help`");
        }
        set(&path, &export.sha256, &said)?;
        "corrected"
    };
    let what = export.member.map(|member| format!("{member} "));
    let what = crate::clean::clean_text(&what.unwrap_or_default());
    print(&format!("{done} {what}in {shown}\n"))?;
    Ok(Exit::Complete)
}

/// Sets what is said of the file with a SHA-256 in a corrections file, which is made if there is none.
///
/// # Errors
/// When the file holds what nobody can read, would do so then, or cannot be written.
pub(super) fn set(path: &Path, sha256: &str, said: &Said<'_>) -> anyhow::Result<()> {
    change(path, |old| entry::corrected(old, sha256, said))
}

/// Takes all that is said of the file with a SHA-256 out of a corrections file, which goes when it holds
/// nothing more.
///
/// # Errors
/// When nothing is said of it, and those of [`set`].
pub(super) fn take_back(path: &Path, sha256: &str) -> anyhow::Result<()> {
    change(path, |old| entry::without(old, sha256))
}

/// Changes a corrections file while nobody else does.
fn change(path: &Path, by: impl FnOnce(&str) -> anyhow::Result<String>) -> anyhow::Result<()> {
    let shown = || path.display().to_string();
    files::change(path, &waiting(path), |old| by(old).with_context(shown))
}

/// Returns what tells that somebody else is changing a file.
pub(super) fn waiting(path: &Path) -> impl Fn() {
    let text = format!(
        "for another command that is changing files beside {}",
        path.display()
    );
    move || diagnose("waiting", &text)
}

/// What the user says of a run.
pub(super) struct Said<'a> {
    /// The sport, an argument that all commands share.
    pub(super) sport: Option<&'a str>,
    /// The rest.
    pub(super) command: &'a CorrectArguments,
}

impl Said<'_> {
    /// Returns whether nothing is said.
    pub(super) fn is_empty(&self) -> bool {
        self.sport.is_none() && self.says_only_sport()
    }

    /// Returns whether nothing but the sport is said.
    fn says_only_sport(&self) -> bool {
        let command = self.command;
        !command.undo
            && command.kind.is_none()
            && command.rpe.is_none()
            && command.note.is_none()
            && !command.exclude
            && command.crop.is_none()
            && command.distance.is_none()
            && command.segment.is_empty()
    }
}

/// Returns the path of the corrections file beside a file.
pub(super) fn corrections_beside(file: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(Path::new(""));
    folder.join(CORRECTIONS_FILE)
}

/// Returns the text of a corrections file, empty where there is none.
pub(super) fn read_corrections(path: &Path) -> anyhow::Result<String> {
    if !path.exists() {
        return Ok(String::new());
    }
    files::read_text(path).with_context(|| format!("{}: cannot be read", path.display()))
}

/// The one export in a file, packed or not.
pub(super) struct Export {
    /// Its path inside an archive.
    member: Option<String>,
    /// Its SHA-256 in hexadecimal.
    pub(super) sha256: String,
    /// Its unpacked bytes.
    pub(super) bytes: Vec<u8>,
}

pub(super) fn the_export(file: &Path) -> anyhow::Result<Export> {
    let unreadable = || format!("{}: cannot be read; check the path", file.display());
    let opened = std::fs::File::open(file).with_context(unreadable)?;
    let mut exports = Vec::new();
    let mut holds_several = false;
    let opened = std::io::BufReader::new(opened);
    let read = archive::unpack_file(opened, &|_| true, &mut |member| {
        let Ok(bytes) = &member.bytes else { return };
        let content = ingest::detect(bytes);
        holds_several |= match content {
            Content::Export(format) => format == Format::AppleHealth,
            _ => platforms::read(bytes).is_some(),
        };
        if matches!(content, Content::Export(_)) {
            exports.push(Export {
                sha256: pipeline::content_hash(bytes),
                member: member.path.clone(),
                bytes: bytes.clone(),
            });
        }
    });
    read.with_context(|| format!("{}: cannot be read", file.display()))?;
    if holds_several {
        bail!(
            "{}: holds the activities of an account; give the file of one run, or write an entry by the sha256 \
             that `hardeasy export --format ndjson` shows into {}",
            file.display(),
            pipeline::CORRECTIONS_FILE
        );
    }
    match exports.len() {
        0 | 1 => exports.pop().with_context(|| {
            format!(
                "{}: expected a FIT, GPX or TCX export, found none; give the file of one run",
                file.display()
            )
        }),
        several => bail!(
            "{}: expected one export, found {several}; unpack the archive first",
            file.display()
        ),
    }
}

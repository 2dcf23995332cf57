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
    let old = read_corrections(&path)?;
    let shown = path.display().to_string();
    if command.list {
        print(&entry::listed(&old, &export.sha256).with_context(|| shown)?)?;
        return Ok(Exit::Complete);
    }
    let (new, done) = if command.undo {
        (
            entry::without(&old, &export.sha256).with_context(|| shown.clone())?,
            "took back",
        )
    } else {
        if said.is_empty() {
            bail!("nothing to correct was given; see `hardeasy correct --help`");
        }
        (
            entry::corrected(&old, &export.sha256, &said).with_context(|| shown.clone())?,
            "corrected",
        )
    };
    if command.undo && new.trim().is_empty() && !path.is_symlink() {
        std::fs::remove_file(&path).with_context(|| format!("{shown}: cannot be removed"))?;
    } else {
        files::write_through(&path, new.as_bytes())?;
    }
    let what = export.member.map(|member| format!("{member} "));
    let what = crate::clean::clean_text(&what.unwrap_or_default());
    print(&format!("{done} {what}in {shown}\n"))?;
    Ok(Exit::Complete)
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
    fn is_empty(&self) -> bool {
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
    std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))
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
    let bytes = std::fs::read(file)
        .with_context(|| format!("{}: cannot be read; check the path", file.display()))?;
    let mut exports = Vec::new();
    let mut holds_several = false;
    archive::unpack(bytes, &mut |member| {
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

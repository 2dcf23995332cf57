//! `correct`: writes an entry of the corrections file beside a run.

use std::path::Path;

use anyhow::Context;
use anyhow::bail;
use toml_edit::DocumentMut;
use toml_edit::Item;
use toml_edit::Table;
use toml_edit::value;

use super::args::CorrectArguments;
use super::exit::Exit;
use super::files;
use super::print;
use crate::ingest;
use crate::ingest::Content;
use crate::ingest::archive;
use crate::pipeline;
use crate::pipeline::CORRECTIONS_FILE;
use crate::settings::Corrections;

/// Adds to, or changes, the correction of one run; everything else in the file stays as it is.
pub(super) fn run(command: &CorrectArguments) -> anyhow::Result<Exit> {
    let hash = content_hash(&command.file)?;
    let folder = command.file.parent().unwrap_or(Path::new(""));
    let path = folder.join(CORRECTIONS_FILE);
    let old = if path.exists() {
        std::fs::read_to_string(&path)
            .with_context(|| format!("{}: cannot be read", path.display()))?
    } else {
        String::new()
    };
    let new = corrected(&old, &hash, command).with_context(|| path.display().to_string())?;
    files::write_synced(&path, new.as_bytes())?;
    print(&format!("corrected in {}\n", path.display()))?;
    Ok(Exit::Complete)
}

/// Returns the SHA-256 of the one export in a file, packed or not, in hexadecimal.
fn content_hash(file: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(file)
        .with_context(|| format!("{}: cannot be read; check the path", file.display()))?;
    let mut hashes = Vec::new();
    archive::unpack(bytes, &mut |member| {
        if let Ok(bytes) = &member.bytes
            && matches!(ingest::detect(bytes), Content::Export(_))
        {
            hashes.push(pipeline::content_hash(bytes));
        }
    });
    match hashes.as_slice() {
        [hash] => Ok(hash.clone()),
        [] => bail!(
            "{}: expected a FIT, GPX or TCX export, found none",
            file.display()
        ),
        several => bail!(
            "{}: expected one export, found {}; unpack the archive first",
            file.display(),
            several.len()
        ),
    }
}

/// Returns the corrections file with one entry set; it must stay one that hardeasy can read.
fn corrected(old: &str, hash: &str, command: &CorrectArguments) -> anyhow::Result<String> {
    let mut document: DocumentMut = old.parse().context("expected TOML; mend it first")?;
    let entry = document
        .entry(hash)
        .or_insert_with(|| Item::Table(Table::new()));
    if let Some(kind) = &command.kind {
        entry["kind"] = value(kind);
    }
    if let Some(rpe) = command.rpe {
        entry["rpe"] = value(rpe);
    }
    if let Some(note) = &command.note {
        entry["note"] = value(note);
    }
    if command.exclude {
        entry["exclude"] = value(true);
    }
    let new = document.to_string();
    Corrections::parse(&new)?;
    Ok(new)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn an_entry_is_added_and_the_rest_is_kept() {
        let old = format!("# mine\n[{}]\nkind = \"easy\"\n", "a".repeat(64));
        let command = CorrectArguments {
            file: "x.fit".into(),
            kind: Some("tempo".into()),
            rpe: Some(7.0),
            note: None,
            exclude: false,
        };
        let new = corrected(&old, &"b".repeat(64), &command).unwrap();
        assert!(new.starts_with(&old), "{new}");
        let corrections = Corrections::parse(&new).unwrap();
        assert_eq!(
            corrections.by_hash[&"b".repeat(64)].kind.as_deref(),
            Some("tempo")
        );
        assert_eq!(corrections.by_hash[&"b".repeat(64)].rpe, Some(7.0));
    }
}

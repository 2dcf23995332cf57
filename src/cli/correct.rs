//! `correct`: writes an entry of the corrections file beside a run.

use std::path::Path;

use anyhow::Context;
use anyhow::bail;
use toml_edit::Array;
use toml_edit::DocumentMut;
use toml_edit::InlineTable;
use toml_edit::Item;
use toml_edit::Table;
use toml_edit::Value;
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
use crate::segmentation::SegmentEdit;
use crate::settings::Corrections;

/// Adds to, or changes, the correction of one run; everything else in the file stays as it is.
pub(super) fn run(command: &CorrectArguments) -> anyhow::Result<Exit> {
    let export = the_export(&command.file)?;
    let folder = command.file.parent().unwrap_or(Path::new(""));
    let path = folder.join(CORRECTIONS_FILE);
    let old = if path.exists() {
        std::fs::read_to_string(&path)
            .with_context(|| format!("{}: cannot be read", path.display()))?
    } else {
        String::new()
    };
    let new =
        corrected(&old, &export.sha256, command).with_context(|| path.display().to_string())?;
    files::write_synced(&path, new.as_bytes())?;
    let what = export.member.map(|member| format!("{member} "));
    let what = crate::report::clean_text(&what.unwrap_or_default());
    print(&format!("corrected {what}in {}\n", path.display()))?;
    Ok(Exit::Complete)
}

/// The one export in a file, packed or not.
struct Export {
    /// Its path inside an archive.
    member: Option<String>,
    /// Its SHA-256 in hexadecimal.
    sha256: String,
}

fn the_export(file: &Path) -> anyhow::Result<Export> {
    let bytes = std::fs::read(file)
        .with_context(|| format!("{}: cannot be read; check the path", file.display()))?;
    let mut exports = Vec::new();
    archive::unpack(bytes, &mut |member| {
        if let Ok(bytes) = &member.bytes
            && matches!(ingest::detect(bytes), Content::Export(_))
        {
            exports.push(Export {
                sha256: pipeline::content_hash(bytes),
                member: member.path,
            });
        }
    });
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

/// Returns the corrections file with one entry set; it must stay one that hardeasy can read.
fn corrected(old: &str, hash: &str, command: &CorrectArguments) -> anyhow::Result<String> {
    let mut document: DocumentMut = old.parse().context("expected TOML; mend it first")?;
    let said = Corrections::parse(old).context("mend it first")?;
    let key = key_of(&document, hash);
    let entry = document
        .entry(&key)
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
    if !command.segment.is_empty() {
        let there = said.of(hash).map_or(&[][..], |said| &said.segments);
        mark(entry, there, &command.segment);
    }
    let new = document.to_string();
    Corrections::parse(&new)?;
    Ok(new)
}

/// Returns the key of the entry of a file: the longest beginning of its hash that is there, so that
/// an entry written by hand is not hidden by a second one.
fn key_of(document: &DocumentMut, hash: &str) -> String {
    let keys = document.iter().map(|(key, _)| key);
    let of_file = keys.filter(|key| hash.starts_with(&key.to_lowercase()));
    of_file
        .max_by_key(|key| key.len())
        .unwrap_or(hash)
        .to_owned()
}

/// Adds marked segments to an entry, in the place of those that they overlap.
fn mark(entry: &mut Item, there: &[SegmentEdit], added: &[SegmentEdit]) {
    let is_stale = |old: &SegmentEdit| added.iter().any(|new| new.overlaps(old));
    let stale: Vec<usize> = (0..there.len())
        .rev()
        .filter(|index| is_stale(&there[*index]))
        .collect();
    if let Some(tables) = entry
        .get_mut("segments")
        .and_then(Item::as_array_of_tables_mut)
    {
        for index in stale {
            tables.remove(index);
        }
        tables.extend(added.iter().map(|edit| inline(edit).into_table()));
        return;
    }
    let mut array = match entry.get_mut("segments").and_then(Item::as_array_mut) {
        Some(array) => std::mem::take(array),
        None => Array::new(),
    };
    for index in stale {
        array.remove(index);
    }
    array.extend(added.iter().map(inline));
    entry["segments"] = value(array);
}

fn inline(edit: &SegmentEdit) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("start_s", number(edit.start_s));
    table.insert("end_s", number(edit.end_s));
    table.insert("kind", edit.kind.name().into());
    table
}

/// Returns seconds as one would write them: whole ones without a point.
#[expect(
    clippy::cast_possible_truncation,
    reason = "only whole seconds of a run are cast"
)]
fn number(seconds: f64) -> Value {
    if seconds.fract().abs() < f64::EPSILON {
        (seconds as i64).into()
    } else {
        seconds.into()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::segmentation::SegmentKind;

    fn nothing() -> CorrectArguments {
        CorrectArguments {
            file: "x.fit".into(),
            kind: None,
            rpe: None,
            note: None,
            exclude: false,
            segment: Vec::new(),
        }
    }

    fn work(start_s: f64, end_s: f64) -> SegmentEdit {
        SegmentEdit {
            start_s,
            end_s,
            kind: SegmentKind::Work,
        }
    }

    #[test]
    fn an_entry_is_added_and_the_rest_is_kept() {
        let old = format!("# mine\n[{}]\nkind = \"easy\"\n", "a".repeat(64));
        let command = CorrectArguments {
            kind: Some("tempo".into()),
            rpe: Some(7.0),
            ..nothing()
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

    #[test]
    fn an_entry_under_the_start_of_the_hash_is_the_one_that_changes() {
        let old = "[BBBBBBBBBBBB]\nnote = \"windy\"\n";
        let command = CorrectArguments {
            rpe: Some(7.0),
            ..nothing()
        };
        let new = corrected(old, &"b".repeat(64), &command).unwrap();
        assert_eq!(new, format!("{old}rpe = 7.0\n"));
    }

    #[test]
    fn segments_join_those_that_are_there_and_replace_what_they_overlap() {
        let hash = "b".repeat(64);
        let mark = |old: &str, segment: Vec<SegmentEdit>| {
            corrected(
                old,
                &hash,
                &CorrectArguments {
                    segment,
                    ..nothing()
                },
            )
        };
        let one = mark("", vec![work(905.0, 1135.5)]).unwrap();
        assert_eq!(
            one,
            format!(
                "[{hash}]\nsegments = [{{ start_s = 905, end_s = 1135.5, kind = \"work\" }}]\n"
            )
        );
        let two = mark(&one, vec![work(1300.0, 1500.0)]).unwrap();
        assert_eq!(
            Corrections::parse(&two).unwrap().by_hash[&hash].segments,
            [work(905.0, 1135.5), work(1300.0, 1500.0)]
        );
        let three = mark(&two, vec![work(900.0, 1135.0)]).unwrap();
        assert_eq!(
            Corrections::parse(&three).unwrap().by_hash[&hash].segments,
            [work(1300.0, 1500.0), work(900.0, 1135.0)]
        );
        let tables =
            "# the second\n[[bbbbbbbbbbbb.segments]]\nstart_s = 10\nend_s = 20\nkind = \"rest\"\n";
        let four = mark(tables, vec![work(900.0, 1135.0)]).unwrap();
        assert!(four.starts_with(tables), "{four}");
        let segments = &Corrections::parse(&four).unwrap().by_hash["bbbbbbbbbbbb"].segments;
        assert_eq!(segments.len(), 2);
        assert!(mark("", vec![work(1.0, 9.0), work(5.0, 20.0)]).is_err());
    }
}

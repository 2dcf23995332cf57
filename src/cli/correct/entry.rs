//! One entry of the corrections file: set, shown, removed.

use anyhow::Context;
use anyhow::bail;
use toml_edit::Array;
use toml_edit::DocumentMut;
use toml_edit::InlineTable;
use toml_edit::Item;
use toml_edit::Table;
use toml_edit::Value;
use toml_edit::value;

use super::Said;
use crate::segmentation::SegmentEdit;
use crate::settings::Corrections;

/// Returns the corrections file with one entry set; it must stay one that hardeasy can read.
pub(super) fn corrected(old: &str, hash: &str, new: &Said<'_>) -> anyhow::Result<String> {
    let command = new.command;
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
    if let Some(sport) = new.sport {
        entry["sport"] = value(sport);
    }
    if let Some(crop) = command.crop {
        let mut part = InlineTable::new();
        part.insert("start_s", number(crop.start_s));
        part.insert("end_s", number(crop.end_s));
        entry["crop"] = value(part);
    }
    if let Some(metres) = command.distance {
        entry["distance_m"] = value(number(metres));
    }
    if let Some(seconds) = command.time {
        entry["time_s"] = value(number(seconds));
    }
    if !command.segment.is_empty() {
        let there = said.of(hash).map_or(&[][..], |said| &said.segments);
        mark(entry, there, &command.segment);
    }
    let new = document.to_string();
    Corrections::parse(&new)?;
    Ok(new)
}

/// Returns the corrections file without the entry of a file.
pub(super) fn without(old: &str, hash: &str) -> anyhow::Result<String> {
    let mut document: DocumentMut = old.parse().context("expected TOML; mend it first")?;
    let key = key_of(&document, hash);
    if document.remove(&key).is_none() {
        bail!("nothing was corrected of this run");
    }
    let new = document.to_string();
    Corrections::parse(&new)?;
    Ok(new)
}

/// Returns what was corrected of a file, as the corrections file has it.
pub(super) fn listed(text: &str, hash: &str) -> anyhow::Result<String> {
    let document: DocumentMut = text.parse().context("expected TOML; mend it first")?;
    let key = key_of(&document, hash);
    Ok(match document.get(&key).and_then(Item::as_table) {
        Some(entry) => format!("{}\n", entry.to_string().trim()),
        None => "nothing was corrected of this run\n".to_owned(),
    })
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
    use crate::cli::args::CorrectArguments;
    use crate::ingest::Crop;
    use crate::vocabulary::SegmentKind;
    use crate::vocabulary::SessionKind;

    fn nothing() -> CorrectArguments {
        CorrectArguments {
            file: "x.fit".into(),
            kind: None,
            rpe: None,
            note: None,
            exclude: false,
            crop: None,
            distance: None,
            time: None,
            list: false,
            undo: false,
            segment: Vec::new(),
        }
    }

    fn said(old: &str, hash: &str, command: &CorrectArguments) -> anyhow::Result<String> {
        let sport = None;
        corrected(old, hash, &Said { sport, command })
    }

    #[test]
    fn what_was_corrected_is_listed_and_taken_back() {
        let hash = "b".repeat(64);
        let command = CorrectArguments {
            crop: Some(Crop {
                start_s: 300.0,
                end_s: 3300.0,
            }),
            distance: Some(10_000.0),
            time: Some(2398.5),
            ..nothing()
        };
        let mine = "# mine\n[aaaaaaaaaaaa]\nkind = \"easy\"\n";
        let sport = Some("running");
        let new = corrected(
            mine,
            &hash,
            &Said {
                sport,
                command: &command,
            },
        )
        .unwrap();
        let lines = "sport = \"running\"\ncrop = { start_s = 300, end_s = 3300 }\ndistance_m = 10000\ntime_s = 2398.5\n";
        assert_eq!(listed(&new, &hash).unwrap(), lines);
        assert_eq!(without(&new, &hash).unwrap().trim(), mine.trim());
        assert!(without(mine, &hash).is_err());
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
        let new = said(&old, &"b".repeat(64), &command).unwrap();
        assert!(new.starts_with(&old), "{new}");
        let corrections = Corrections::parse(&new).unwrap();
        assert_eq!(
            corrections.by_hash[&"b".repeat(64)].kind,
            Some(SessionKind::Tempo)
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
        let new = said(old, &"b".repeat(64), &command).unwrap();
        assert_eq!(new, format!("{old}rpe = 7.0\n"));
    }

    #[test]
    fn segments_join_those_that_are_there_and_replace_what_they_overlap() {
        let hash = "b".repeat(64);
        let mark = |old: &str, segment: Vec<SegmentEdit>| {
            let command = CorrectArguments {
                segment,
                ..nothing()
            };
            said(old, &hash, &command)
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

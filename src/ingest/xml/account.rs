//! What an XML document holds, element by element.

use crate::ingest::Account;
use crate::ingest::AccountRow;
use crate::ingest::Activity;
use crate::ingest::Error;
use crate::ingest::Format;
use crate::ingest::xml::document::Document;
use crate::ingest::xml::document::Element;
use crate::ingest::xml::document::Step;
use crate::ingest::xml::encoding;

/// Most kinds of elements that are listed; a document with more is none of ours.
const MAX_ROWS: usize = 200;

/// Returns the account of a document from which some activities were read, or none.
pub(in crate::ingest) fn account(
    bytes: &[u8],
    format: Format,
    read: Result<Vec<Activity>, Error>,
) -> Account {
    let decoded = encoding::decode(bytes);
    let mut account = Account {
        format,
        facts: vec![("encoding".to_owned(), decoded.encoding.to_owned())],
        rows: Vec::new(),
        warnings: Vec::new(),
    };
    let mut document = Document::new(&decoded.text);
    // A limit ends the walk here as it ended the reading, whose error is told below.
    while let Ok(step) = document.step() {
        match step {
            Step::Open(element) => add_element(&mut account, &element),
            Step::Close(_) => {}
            Step::End => break,
        }
    }
    for activity in read.unwrap_or_default() {
        account.warnings.extend(activity.warnings);
    }
    account
}

/// Takes one element into account; the first one tells the version and who wrote the document.
fn add_element(account: &mut Account, element: &Element<'_>) {
    if account.rows.is_empty() {
        for name in ["creator", "version"] {
            let value = element.attribute(name);
            if let Some(value) = value.as_deref().and_then(super::values::name) {
                account.facts.push((name.to_owned(), value));
            }
        }
    }
    count(&mut account.rows, element.name, element.prefix());
}

/// Counts one element under its name, and notes its prefix.
fn count(rows: &mut Vec<AccountRow>, name: &str, prefix: &str) {
    let what = super::values::name(name).unwrap_or_default();
    if let Some(row) = rows.iter_mut().find(|row| row.what == what) {
        row.count += 1;
        return;
    }
    if rows.len() < MAX_ROWS {
        let prefix = super::values::name(prefix);
        rows.push(AccountRow {
            what,
            count: 1,
            note: prefix.map_or_else(String::new, |prefix| format!("prefix {prefix}")),
        });
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn elements_are_counted_with_their_prefix() {
        let text = "<gpx creator='W' version='1.1'><trk><trkseg><trkpt lat='1' lon='2'><time>2026-05-01T06:00:00Z</time><x:hr>140</x:hr></trkpt><trkpt/></trkseg></trk></gpx>";
        let account = crate::ingest::gpx::account(text.as_bytes());
        let rows: Vec<_> = account
            .rows
            .iter()
            .map(|row| (row.what.as_str(), row.count, row.note.as_str()))
            .collect();
        assert_eq!(
            rows[3..],
            [("trkpt", 2, ""), ("time", 1, ""), ("hr", 1, "prefix x")]
        );
        assert_eq!(account.facts[1], ("creator".to_owned(), "W".to_owned()));
        assert_eq!(account.warnings.len(), 1);
        let course = crate::ingest::tcx::account(b"<TrainingCenterDatabase><Course/>");
        assert_eq!(course.rows.len(), 2);
    }
}

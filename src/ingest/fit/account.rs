//! Counts what a file holds, message by message.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::ingest::Account;
use crate::ingest::AccountRow;
use crate::ingest::Format;
use crate::units::plural;

use super::definition::Definition;
use super::extent::Verdict;
use super::fields::global;
use super::frame::Framed;
use super::frame::Message;
use super::frame::Sink;
use super::frame::walk;
use super::profile;

/// What was counted of one kind of message.
#[derive(Debug, Default)]
struct Kind {
    count: usize,
    bytes: usize,
    field_counts: BTreeSet<usize>,
    developer_fields: BTreeSet<usize>,
}

/// Counts messages.
#[derive(Debug, Default)]
struct Counter {
    order: Vec<u16>,
    kinds: BTreeMap<u16, Kind>,
    records: usize,
}

impl Counter {
    fn kind(&mut self, number: u16) -> &mut Kind {
        self.kinds.entry(number).or_insert_with(|| {
            self.order.push(number);
            Kind::default()
        })
    }
}

impl Sink for Counter {
    fn begin(&mut self) {
        self.records = 0;
    }

    fn define(&mut self, _local: usize, definition: &Definition) {
        let kind = self.kind(definition.global);
        kind.field_counts.insert(definition.fields.len());
        kind.developer_fields
            .insert(definition.developer_fields.len());
    }

    fn take(&mut self, message: &Message<'_>) {
        let number = message.definition.global;
        let kind = self.kind(number);
        kind.count += 1;
        kind.bytes += message.payload.len() + 1;
        self.records += usize::from(number == global::RECORD);
    }

    fn end(&mut self, _damage: bool) {}

    fn record_count(&self) -> usize {
        self.records
    }
}

/// Returns what a file holds, message by message; see [`super::account`].
pub(super) fn account(bytes: &[u8]) -> Account {
    let mut counter = Counter::default();
    let mut facts = vec![("size".to_owned(), plural(bytes.len(), "byte"))];
    // What cannot be walked cannot be read either, and reading tells why.
    if let Ok(files) = walk(bytes, &mut counter) {
        facts.extend(file_facts(&files));
    }
    let mut warnings = Vec::new();
    for activity in super::read(bytes).unwrap_or_default() {
        for warning in activity.warnings {
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
    }
    Account {
        format: Format::Fit,
        facts,
        rows: rows(&counter),
        warnings,
    }
}

/// Tells of the frames of a chain of files.
fn file_facts(files: &[Framed]) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    for (file, number) in files.iter().zip(1..) {
        let name = |what: &str| {
            if files.len() == 1 {
                what.to_owned()
            } else {
                format!("file {number}: {what}")
            }
        };
        let header = &file.header;
        let (major, minor) = (header.protocol >> 4, header.protocol & 0x0F);
        facts.push((
            name("header"),
            format!(
                "{} bytes at byte {}, protocol {major}.{minor}, profile {}.{:02}",
                header.size,
                header.offset,
                header.profile / 100,
                header.profile % 100
            ),
        ));
        let header_checksum = match header.checksum_is_right {
            Some(true) => "right",
            Some(false) => "wrong",
            None => "none, which is allowed",
        };
        facts.push((name("header checksum"), header_checksum.to_owned()));
        facts.push((name("declared data"), format!("{} bytes", header.data_size)));
        facts.push((name("checksum"), verdict(file.verdict)));
    }
    facts
}

fn verdict(verdict: Verdict) -> String {
    match verdict {
        Verdict::Right => "right".to_owned(),
        Verdict::Zero => "never written".to_owned(),
        Verdict::Missing => "missing".to_owned(),
        Verdict::Wrong { stored, computed } => {
            format!("wrong: it is {computed:#06x}, the file says {stored:#06x}")
        }
    }
}

fn rows(counter: &Counter) -> Vec<AccountRow> {
    counter
        .order
        .iter()
        .filter_map(|number| Some((number, counter.kinds.get(number)?)))
        .map(|(number, kind)| {
            let what = match profile::message(*number) {
                Some(name) => format!("{name} ({number})"),
                None => format!("message {number}"),
            };
            AccountRow {
                what,
                count: kind.count,
                note: note(kind),
            }
        })
        .collect()
}

fn note(kind: &Kind) -> String {
    let mut note = format!(
        "{}, {}",
        counts(&kind.field_counts, "field"),
        plural(kind.bytes, "byte")
    );
    if kind.developer_fields.iter().any(|count| *count > 0) {
        note.push_str(", ");
        note.push_str(&counts(&kind.developer_fields, "developer field"));
    }
    note
}

/// Writes the different counts of several definitions, as in "11 to 14 fields".
fn counts(counts: &BTreeSet<usize>, noun: &str) -> String {
    match (counts.first(), counts.last()) {
        (Some(first), Some(last)) if first < last => format!("{first} to {}", plural(*last, noun)),
        (Some(first), _) => plural(*first, noun),
        _ => plural(0, noun),
    }
}

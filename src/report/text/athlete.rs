//! The reference values of an athlete over time.

use crate::clean::clean_text;
use crate::history::DatedReferences;
use crate::history::Reference;
use crate::history::ReferenceKind;
use crate::history::References;
use crate::report::text::layout::ABSENT;
use crate::report::text::layout::LINE_WIDTH;
use crate::report::text::layout::Side;
use crate::report::text::layout::paragraph;
use crate::report::text::layout::table;
use crate::units::UnitSystem;

/// What is said when there is nothing to show.
const NOTHING: &str = "No reference values: no dated runs.\n";
/// What stands over the days.
const DAY: &str = "day";
/// What stands before a value that is assumed or a lower bound.
const UNSURE: &str = "~";
/// What stands before a value that the user gave.
const GIVEN: &str = "=";

/// Returns the reference values on each of several days, and what the newest of them rest on.
#[must_use]
pub fn references_text(days: &[DatedReferences], units: UnitSystem) -> String {
    let Some(newest) = days.last() else {
        return NOTHING.to_owned();
    };
    let names = in_table().map(|kind| kind.short_name);
    let head: Vec<(&str, Side)> = std::iter::once((DAY, Side::Left))
        .chain(names.map(|name| (name, Side::Right)))
        .collect();
    let rows = days.iter().map(|dated| row(dated, units)).collect();
    let mut text = table(&head, rows, LINE_WIDTH);
    text.push_str(&legend(days));
    text.push_str(&format!("\nOn {}:\n", newest.day));
    for (kind, reference) in newest.references.iter() {
        text.push_str(&paragraph(
            &detail(kind, reference, units),
            LINE_WIDTH,
            2,
            2,
        ));
    }
    text
}

/// Returns whether a text is one of [`references_text`], the name of an athlete before it or not.
#[must_use]
pub fn is_references_text(text: &str) -> bool {
    let names = in_table().map(|kind| kind.short_name);
    let head: Vec<&str> = std::iter::once(DAY)
        .chain(names.flat_map(str::split_whitespace))
        .collect();
    let mut first = text.lines().take(2);
    first.any(|line| line == NOTHING.trim_end() || line.split_whitespace().eq(head.iter().copied()))
}

/// Returns what has a column: what the user may give; the rest is told below the table.
fn in_table() -> impl Iterator<Item = &'static ReferenceKind> {
    References::KINDS.iter().filter(|kind| kind.is_setting)
}

/// Returns the row of one day.
fn row(dated: &DatedReferences, units: UnitSystem) -> Vec<String> {
    let cells = in_table().map(|kind| {
        (kind.of)(&dated.references).map_or_else(
            || ABSENT.to_owned(),
            |known| format!("{}{}", mark(known), kind.unit.show(known.value, units)),
        )
    });
    std::iter::once(dated.day.to_string())
        .chain(cells)
        .collect()
}

fn mark(reference: &Reference) -> &'static str {
    if reference.is_given() {
        GIVEN
    } else if reference.is_known() {
        ""
    } else {
        UNSURE
    }
}

/// Returns what those marks mean that stand in the table.
fn legend(days: &[DatedReferences]) -> String {
    let has = |wanted: &str| {
        let mut all = days.iter().flat_map(|dated| dated.references.iter());
        all.any(|(_, reference)| reference.is_some_and(|known| mark(known) == wanted))
    };
    let marks = [
        (UNSURE, "low confidence, or a lower bound"),
        (GIVEN, "given by you"),
    ];
    let used: Vec<String> = marks
        .iter()
        .filter(|(mark, _)| has(mark))
        .map(|(mark, meaning)| format!("{mark} {meaning}"))
        .collect();
    if used.is_empty() {
        return String::new();
    }
    paragraph(&used.join("; "), LINE_WIDTH, 0, 2)
}

/// Returns the line of one value: the value, its interval, what it rests on.
fn detail(kind: &ReferenceKind, reference: Option<&Reference>, units: UnitSystem) -> String {
    let name = kind.name;
    let Some(reference) = reference else {
        return format!("{name}: not known");
    };
    let value = kind.unit.show(reference.value, units);
    let source = clean_text(&reference.source);
    if reference.is_given() {
        return format!("{name}: {value}, {source}");
    }
    let date = match reference.date {
        Some(date) => format!(", newest {date}"),
        None => String::new(),
    };
    let interval = kind
        .unit
        .show_interval(reference.low, reference.high, units);
    format!(
        "{name}: {value} ({interval}), {source}{date}; confidence {}",
        reference.confidence.word()
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::history::Confidence;

    #[test]
    fn the_newest_day_is_said_of_runs_tests_and_mornings_alike() {
        let resting = Reference {
            value: 48.0,
            low: 46.0,
            high: 50.0,
            source: "median of 1 morning in wellness.csv".to_owned(),
            date: Some("2026-05-20".parse().unwrap()),
            confidence: Confidence::Fair,
        };
        let mut kinds = References::KINDS.iter();
        let kind = kinds.find(|kind| kind.short_name == "resting").unwrap();
        assert_eq!(
            detail(kind, Some(&resting), UnitSystem::Metric),
            "resting heart rate: 48 bpm (46 – 50 bpm), median of 1 morning in wellness.csv, \
             newest 2026-05-20; confidence fair"
        );
    }
}

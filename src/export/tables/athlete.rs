//! The table of reference values over time.

use chrono::NaiveDate;

use crate::export::tables::cell::Cell;
use crate::export::tables::column::Column;
use crate::export::tables::column::always;
use crate::export::tables::column::day;
use crate::export::tables::column::float;
use crate::export::tables::column::of;
use crate::export::tables::column::text;
use crate::export::tables::column::word;
use crate::history::DatedReferences;
use crate::history::Reference;
use crate::history::ReferenceKind;
use crate::history::ReferenceUnit;

/// A reference value that was known on a day.
pub(super) struct Known<'a> {
    athlete: Option<&'a str>,
    day: NaiveDate,
    kind: &'static ReferenceKind,
    reference: &'a Reference,
}

/// Returns the reference values of all athletes, day by day.
pub(super) fn references(
    athletes: &[(Option<String>, Vec<DatedReferences>)],
) -> impl Iterator<Item = Known<'_>> {
    athletes.iter().flat_map(|(athlete, days)| {
        days.iter().flat_map(move |dated| {
            let known = dated.references.iter();
            known.filter_map(move |(kind, reference)| {
                Some(Known {
                    athlete: athlete.as_deref(),
                    day: dated.day,
                    kind,
                    reference: reference?,
                })
            })
        })
    })
}

/// Returns the columns of the table of reference values.
pub(super) fn reference_columns<'a>() -> Vec<Column<Known<'a>>> {
    vec![
        text("athlete", "the sub-folder, with `--athletes`", |k| {
            k.athlete.into()
        }),
        always(day(
            "day",
            "a run of this day is judged with the value",
            |k| k.day.into(),
        )),
        always(word(
            "reference",
            "which value, as in `critical_speed_m_s`",
            |k| Cell::word(k.kind.key),
        )),
        of(
            "see `unit`",
            always(float("value", "the value", |k| k.reference.value.into())),
        ),
        of(
            "see `unit`",
            always(float("low", "the lower end of its 90 % interval", |k| {
                k.reference.low.into()
            })),
        ),
        of(
            "see `unit`",
            always(float("high", "the upper end of its 90 % interval", |k| {
                k.reference.high.into()
            })),
        ),
        always(word(
            "unit",
            "the unit of the three: m/s, bpm, W or ratio",
            |k| Cell::word(unit(k.kind.unit)),
        )),
        always(text("source", "what it rests on", |k| {
            k.reference.source.as_str().into()
        })),
        day(
            "date",
            "the day of the newest run, test or morning among it",
            |k| k.reference.date.into(),
        ),
        always(word("confidence", "high, fair, low or lower bound", |k| {
            Cell::name(&k.reference.confidence)
        })),
    ]
}

fn unit(unit: ReferenceUnit) -> &'static str {
    match unit {
        ReferenceUnit::MetresPerSecond => "m/s",
        ReferenceUnit::BeatsPerMinute => "bpm",
        ReferenceUnit::Watts => "W",
        ReferenceUnit::Ratio => "ratio",
    }
}

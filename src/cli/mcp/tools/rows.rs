//! `segments` and `best_efforts`: rows of tables.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use crate::classification::Session;
use crate::cli::mcp::arguments;
use crate::cli::mcp::arguments::Arguments;
use crate::cli::mcp::arguments::AthleteName;
use crate::cli::mcp::arguments::Cursor;
use crate::cli::mcp::arguments::Day;
use crate::cli::mcp::arguments::Limit;
use crate::cli::mcp::arguments::Metres;
use crate::cli::mcp::arguments::Order;
use crate::cli::mcp::arguments::SessionId;
use crate::cli::mcp::library::Choice;
use crate::cli::mcp::library::Reading;
use crate::cli::mcp::page::Page;
use crate::cli::mcp::page::question;
use crate::cli::mcp::problem::Problem;
use crate::cli::mcp::schemas;
use crate::export::Table;
use crate::export::schema::row_as_json;
use crate::export::tables::Source;
use crate::vocabulary::SegmentKind;

/// The name of the tool of segments.
pub(super) const SEGMENTS: &str = "segments";
/// The name of the tool of best efforts.
pub(super) const BEST_EFFORTS: &str = "best_efforts";
/// Two distances are the same when they differ by no more.
///
/// # Units
/// Metres. A mile is told as 1609 as often as 1609.344.
const SAME_DISTANCE_M: f64 = 1.0;

/// The arguments of `segments`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct AskedSegments {
    /// Only those of this activity, by its id.
    session: Option<SessionId>,
    /// Only those of this athlete, where sub-folders are athletes.
    athlete: Option<AthleteName>,
    /// Only those of this local day and later, as in 2026-03-01.
    from: Option<Day>,
    /// Only those of this local day and earlier.
    to: Option<Day>,
    /// Only segments of this kind.
    kind: Option<SegmentKind>,
    /// In which order activities come; within one, segments come as they were run.
    order: Order,
    /// The rows of a page; 50 unless given.
    limit: Option<Limit>,
    /// The next_cursor of the page before; leave out for the first.
    cursor: Option<Cursor>,
}

/// The arguments of `best_efforts`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct AskedEfforts {
    /// Only those of this activity, by its id.
    session: Option<SessionId>,
    /// Only those of this athlete, where sub-folders are athletes.
    athlete: Option<AthleteName>,
    /// Only those of this local day and later, as in 2026-03-01.
    from: Option<Day>,
    /// Only those of this local day and earlier.
    to: Option<Day>,
    /// Only those over this distance, in metres, as in 5000.
    distance_m: Option<Metres>,
    /// Only the fastest (by elapsed_s) over each distance, of runs that count; ordered by distance.
    fastest: bool,
    /// In which order activities come.
    order: Order,
    /// The rows of a page; 50 unless given.
    limit: Option<Limit>,
    /// The next_cursor of the page before; leave out for the first.
    cursor: Option<Cursor>,
}

/// A row: its activity, and its place among the rows of that, from 0.
type Place<'a> = (&'a Session, usize);

pub(super) fn segments_input() -> Value {
    schemas::of_arguments::<AskedSegments>()
}

pub(super) fn best_efforts_input() -> Value {
    schemas::of_arguments::<AskedEfforts>()
}

pub(super) fn segments_output() -> Value {
    output(SEGMENTS, Table::Segments)
}

pub(super) fn best_efforts_output() -> Value {
    output(BEST_EFFORTS, Table::BestEfforts)
}

fn output(key: &str, table: Table) -> Value {
    schemas::of_answer(
        table.about(),
        &[
            (key, schemas::of_rows(table)),
            (
                "total",
                schemas::count("rows that were asked for, on all pages"),
            ),
            ("next_cursor", schemas::next_cursor()),
        ],
    )
}

pub(super) fn segments(reading: &Reading, arguments: Arguments) -> Result<Value, Problem> {
    let question = question(SEGMENTS, &arguments, &reading.stamp);
    let asked: AskedSegments = arguments::read(SEGMENTS, arguments)?;
    let page = Page::of(&question, asked.cursor.as_ref(), asked.limit)?;
    let sessions = reading.chosen(&Choice {
        session: asked.session.as_ref(),
        athlete: asked.athlete.as_ref(),
        from: asked.from.as_ref(),
        to: asked.to.as_ref(),
        order: asked.order,
    })?;
    let places = sessions.iter().flat_map(|session| {
        let segments = session.segments.iter().enumerate();
        let own = segments.filter(|(_, one)| asked.kind.is_none_or(|kind| one.kind == kind));
        own.map(|(place, _)| (*session, place))
    });
    rows(
        (SEGMENTS, Table::Segments),
        &places.collect::<Vec<_>>(),
        &page,
    )
}

pub(super) fn best_efforts(reading: &Reading, arguments: Arguments) -> Result<Value, Problem> {
    let question = question(BEST_EFFORTS, &arguments, &reading.stamp);
    let asked: AskedEfforts = arguments::read(BEST_EFFORTS, arguments)?;
    let page = Page::of(&question, asked.cursor.as_ref(), asked.limit)?;
    let sessions = reading.chosen(&Choice {
        session: asked.session.as_ref(),
        athlete: asked.athlete.as_ref(),
        from: asked.from.as_ref(),
        to: asked.to.as_ref(),
        order: asked.order,
    })?;
    let is_over = |distance_m: f64| {
        let asked = asked.distance_m;
        asked.is_none_or(|Metres(asked_m)| (asked_m - distance_m).abs() <= SAME_DISTANCE_M)
    };
    let places = sessions.iter().flat_map(|session| {
        let efforts = session.best_efforts.iter().enumerate();
        let own = efforts.filter(|(_, effort)| is_over(effort.distance_m));
        own.map(|(place, _)| (*session, place))
    });
    let places = places.collect();
    let places = if asked.fastest {
        fastest(places)
    } else {
        places
    };
    rows((BEST_EFFORTS, Table::BestEfforts), &places, &page)
}

/// Returns the fastest over each distance of runs that count, the shortest distance first; of equals the first.
fn fastest(places: Vec<Place<'_>>) -> Vec<Place<'_>> {
    let mut fastest: BTreeMap<u64, (f64, Place<'_>)> = BTreeMap::new();
    for place in places {
        let (session, index) = place;
        let Some(effort) = session.best_efforts.get(index) else {
            continue;
        };
        let Some(time_s) = effort
            .known_elapsed_s()
            .filter(|_| session.is_counted_run())
        else {
            continue;
        };
        // Positive numbers are ordered as their bits are.
        let best = fastest
            .entry(effort.distance_m.to_bits())
            .or_insert((time_s, place));
        if time_s < best.0 {
            *best = (time_s, place);
        }
    }
    fastest.into_values().map(|(_, place)| place).collect()
}

/// Returns a page of rows.
fn rows((key, table): (&str, Table), places: &[Place<'_>], page: &Page) -> Result<Value, Problem> {
    page.answer(places.len(), &|items, next| {
        let own = places.iter().skip(page.offset).take(items);
        let mut rows: Vec<Value> = Vec::new();
        // Rows of one activity stand together: its table is made once.
        let mut made: Option<(&Session, Vec<Value>)> = None;
        for (session, place) in own {
            if !made
                .as_ref()
                .is_some_and(|(of, _)| std::ptr::eq(*of, *session))
            {
                made = Some((session, all_rows(session, table)));
            }
            let row = made.as_ref().and_then(|(_, rows)| rows.get(*place));
            rows.extend(row.cloned());
        }
        Ok(json!({ key: rows, "total": places.len(), "next_cursor": next }))
    })
}

/// Returns the rows of an activity in a table.
fn all_rows(session: &Session, table: Table) -> Vec<Value> {
    let source = Source {
        sessions: std::slice::from_ref(session),
        ..Source::default()
    };
    source
        .rows(table)
        .map(|row| row_as_json(table, &row))
        .collect()
}

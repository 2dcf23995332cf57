//! `list_sessions`: the activities in short.

use std::collections::BTreeMap;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;

use crate::classification::Session;
use crate::cli::mcp::arguments;
use crate::cli::mcp::arguments::Arguments;
use crate::cli::mcp::arguments::AthleteName;
use crate::cli::mcp::arguments::Cursor;
use crate::cli::mcp::arguments::Day;
use crate::cli::mcp::arguments::Limit;
use crate::cli::mcp::arguments::Order;
use crate::cli::mcp::library::Choice;
use crate::cli::mcp::library::Reading;
use crate::cli::mcp::page::Page;
use crate::cli::mcp::page::question;
use crate::cli::mcp::problem::Problem;
use crate::cli::mcp::schemas;
use crate::ingest::Sport;
use crate::review::session_id;
use crate::review::session_title;
use crate::vocabulary::SessionKind;

/// The name of the tool.
pub(super) const NAME: &str = "list_sessions";
/// So many athletes are named: a coach has fewer.
const MOST_ATHLETES: usize = 200;

/// The arguments.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Asked {
    /// Only those of this athlete, where sub-folders are athletes.
    athlete: Option<AthleteName>,
    /// Only those of this local day and later, as in 2026-03-01.
    from: Option<Day>,
    /// Only those of this local day and earlier.
    to: Option<Day>,
    /// Only sessions of this kind.
    kind: Option<SessionKind>,
    /// In which order; those without a date come last.
    order: Order,
    /// The items of a page; 50 unless given.
    limit: Option<Limit>,
    /// The next_cursor of the page before; leave out for the first.
    cursor: Option<Cursor>,
}

/// One activity in short; the session document has all of it.
#[derive(Debug, Serialize, JsonSchema)]
struct Item<'a> {
    /// The identifier by which other tools take it.
    id: String,
    /// The athlete, where sub-folders are athletes.
    athlete: Option<&'a str>,
    /// The local day.
    day: Option<NaiveDate>,
    /// When it started, in UTC.
    start_time: Option<DateTime<Utc>>,
    /// The sport.
    sport: Sport,
    /// What kind of session it was.
    kind: SessionKind,
    /// How sure that is, 0–1.
    kind_confidence: f64,
    /// What is worth saying in a few words, as in "6 × 1000 m, 90 s jog".
    title: String,
    /// The name that the athlete or a platform gave it.
    name: Option<&'a str>,
    /// The file, relative to the given path.
    path: &'a str,
    /// Seconds moving.
    moving_s: f64,
    /// Metres; absent when not recorded.
    distance_m: Option<f64>,
    /// Load in points: 100 is one hour at threshold.
    load: Option<f64>,
    /// Whether it was a quality session (a hard day).
    quality: bool,
    /// Whether it is left out of history and review.
    excluded: bool,
    /// Further marks, as in "strides".
    tags: &'a [String],
}

impl<'a> Item<'a> {
    fn of(session: &'a Session) -> Self {
        let head = &session.head;
        Self {
            id: session_id(session),
            athlete: head.athlete.as_deref(),
            day: head.day,
            start_time: head.start_time,
            sport: head.sport,
            kind: session.kind,
            kind_confidence: session.kind_confidence,
            title: session_title(session),
            name: head.name.as_deref(),
            path: &head.source.path,
            moving_s: head.moving_s,
            distance_m: head.distance_m,
            load: session.load.as_ref().map(|load| load.value),
            quality: session.quality,
            excluded: session.excluded,
            tags: &session.tags,
        }
    }
}

pub(super) fn input() -> Value {
    schemas::of_arguments::<Asked>()
}

pub(super) fn output() -> Value {
    let (items, types) = schemas::of_items::<Item<'_>>();
    let mut answer = schemas::of_answer(
        "Activities in short.",
        &[
            ("sessions", items),
            (
                "total",
                schemas::count("activities that were asked for, on all pages"),
            ),
            (
                "athletes",
                json!({
                    "type": "array",
                    "items": schemas::text("the name of an athlete"),
                    "description": "all athletes; empty where there is one without a name",
                }),
            ),
            (
                "inputs",
                json!({
                    "type": "object",
                    "additionalProperties": schemas::count("inputs"),
                    "description": "how many inputs were ok, warned, partial, skipped or failed; \
                                    `hardeasy export --format json` says why",
                }),
            ),
            ("next_cursor", schemas::next_cursor()),
        ],
    );
    if let Some(types) = types {
        answer["$defs"] = types;
    }
    answer
}

pub(super) fn answer(reading: &Reading, arguments: Arguments) -> Result<Value, Problem> {
    let question = question(NAME, &arguments, &reading.stamp);
    let asked: Asked = arguments::read(NAME, arguments)?;
    let page = Page::of(&question, asked.cursor.as_ref(), asked.limit)?;
    let mut sessions = reading.chosen(&Choice {
        session: None,
        athlete: asked.athlete.as_ref(),
        from: asked.from.as_ref(),
        to: asked.to.as_ref(),
        order: asked.order,
    })?;
    sessions.retain(|session| asked.kind.is_none_or(|kind| session.kind == kind));
    let athletes = reading.names();
    let athletes: Vec<&str> = athletes.into_iter().take(MOST_ATHLETES).collect();
    let inputs = inputs(reading);
    page.answer(sessions.len(), &|items, next| {
        let own = sessions.iter().skip(page.offset).take(items);
        Ok(json!({
            "sessions": own.map(|session| Item::of(session)).collect::<Vec<_>>(),
            "total": sessions.len(),
            "athletes": athletes,
            "inputs": inputs,
            "next_cursor": next,
        }))
    })
}

/// Returns how many inputs became what.
fn inputs(reading: &Reading) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for line in &reading.outcome.account {
        *counts.entry(line.status.word()).or_default() += 1;
    }
    counts
}

//! `review` and `athlete`: a block, and the athlete over time.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use crate::cli::args::Block;
use crate::cli::mcp::arguments;
use crate::cli::mcp::arguments::Arguments;
use crate::cli::mcp::arguments::AthleteName;
use crate::cli::mcp::arguments::Cursor;
use crate::cli::mcp::arguments::Day;
use crate::cli::mcp::arguments::Limit;
use crate::cli::mcp::arguments::PartName;
use crate::cli::mcp::arguments::Weeks;
use crate::cli::mcp::document::Document;
use crate::cli::mcp::document::left_out;
use crate::cli::mcp::library::Reading;
use crate::cli::mcp::library::days;
use crate::cli::mcp::page::Page;
use crate::cli::mcp::page::question;
use crate::cli::mcp::problem::Problem;
use crate::cli::mcp::schemas;
use crate::cli::range;
use crate::cli::read;
use crate::export::json::athlete_json;
use crate::history::DatedReferences;
use crate::history::Sampling;
use crate::pipeline::Athlete;
use crate::review::Review;

/// The name of the tool of reviews.
pub(super) const REVIEW: &str = "review";
/// The name of the tool of reference values.
pub(super) const ATHLETE: &str = "athlete";
/// What is left out of a review unless asked for: an entry for every day or activity.
const USUALLY_LEFT_OUT: [&str; 3] = ["days", "sessions", "load_curve"];

/// The arguments of `review`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct AskedReview {
    /// The athlete, where sub-folders are athletes.
    athlete: Option<AthleteName>,
    /// The last so many weeks, ending with the week of the last activity; 12 unless given.
    weeks: Option<Weeks>,
    /// The first local day of the block, as in 2026-03-01; in place of weeks.
    from: Option<Day>,
    /// The last local day of the block; in place of weeks.
    to: Option<Day>,
    /// Which keys of the document are wanted; all but `days`, `sessions` and `load_curve` unless given.
    parts: Option<Vec<PartName>>,
    /// The items of each list in the document; 50 unless given.
    limit: Option<Limit>,
    /// The next_cursor of the page before, which gives the further items of the lists; leave out for the first.
    cursor: Option<Cursor>,
}

/// The arguments of `athlete`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct AskedAthlete {
    /// The athlete, where sub-folders are athletes.
    athlete: Option<AthleteName>,
    /// The days of a page; 50 unless given.
    limit: Option<Limit>,
    /// The next_cursor of the page before; leave out for the first.
    cursor: Option<Cursor>,
}

/// Which block is meant.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span<'a> {
    pub(super) weeks: Option<Weeks>,
    pub(super) from: Option<&'a Day>,
    pub(super) to: Option<&'a Day>,
}

pub(super) fn review_input() -> Value {
    schemas::with_parts(schemas::of_arguments::<AskedReview>(), REVIEW)
}

pub(super) fn review_output() -> Value {
    let answer = schemas::of_answer(
        "The review document, or parts of it.",
        &[
            (REVIEW, Value::Null),
            ("left_out", left_out()),
            ("next_cursor", schemas::next_cursor()),
        ],
    );
    schemas::around_document(answer, (REVIEW, REVIEW), false)
}

pub(super) fn athlete_input() -> Value {
    schemas::of_arguments::<AskedAthlete>()
}

pub(super) fn athlete_output() -> Value {
    let answer = schemas::of_answer(
        "The document of the athlete over time, a page of its days.",
        &[
            (ATHLETE, Value::Null),
            ("total", schemas::count("days on all pages")),
            ("next_cursor", schemas::next_cursor()),
        ],
    );
    schemas::around_document(answer, (ATHLETE, ATHLETE), false)
}

pub(super) fn review(reading: &Reading, arguments: Arguments) -> Result<Value, Problem> {
    let question = question(REVIEW, &arguments, &reading.stamp);
    let asked: AskedReview = arguments::read(REVIEW, arguments)?;
    let page = Page::of(&question, asked.cursor.as_ref(), asked.limit)?;
    let athlete = reading.athlete(asked.athlete.as_ref())?;
    let span = Span {
        weeks: asked.weeks,
        from: asked.from.as_ref(),
        to: asked.to.as_ref(),
    };
    let review = reviewed(reading, athlete, span)?;
    let parts = asked.parts.as_deref();
    let document = Document::of(&review, REVIEW, parts, &USUALLY_LEFT_OUT)?;
    page.answer(document.longest(), &|items, next| {
        Ok(json!({
            REVIEW: document.page(page.offset, items),
            "left_out": document.left_out(),
            "next_cursor": next,
        }))
    })
}

pub(super) fn athlete(reading: &Reading, arguments: Arguments) -> Result<Value, Problem> {
    let question = question(ATHLETE, &arguments, &reading.stamp);
    let asked: AskedAthlete = arguments::read(ATHLETE, arguments)?;
    let page = Page::of(&question, asked.cursor.as_ref(), asked.limit)?;
    let athlete = reading.athlete(asked.athlete.as_ref())?;
    let days = references(reading, athlete);
    page.answer(days.len(), &|items, next| {
        let own = days.get(page.offset..).unwrap_or_default();
        let own = own.get(..items).unwrap_or(own);
        let document = athlete_json(athlete.name.as_deref(), own)
            .and_then(|text| serde_json::from_str::<Value>(&text));
        let document = document
            .map_err(|error| Problem::new(format!("the document cannot be written: {error}")))?;
        Ok(json!({ ATHLETE: document, "total": days.len(), "next_cursor": next }))
    })
}

/// Returns the reference values of an athlete week by week.
pub(super) fn references(reading: &Reading, athlete: &Athlete) -> Vec<DatedReferences> {
    let history = read::history(&reading.common, &reading.outcome, athlete);
    history.over_time(Sampling::Weeks)
}

/// Reviews a block of an athlete.
///
/// # Errors
/// When it is asked for in two ways, when its last day lies before its first, and when the days that were
/// asked for hold no activity.
pub(super) fn reviewed(
    reading: &Reading,
    athlete: &Athlete,
    span: Span<'_>,
) -> Result<Review, Problem> {
    let (from, to) = days(span.from, span.to)?;
    if span.weeks.is_some() && (from.is_some() || to.is_some()) {
        return Err(Problem::new(
            "expected weeks, or from and to, found both; leave one out",
        ));
    }
    let block = Block {
        weeks: span.weeks.map(|weeks| weeks.0),
        from,
        to,
    };
    let told = |error: anyhow::Error| Problem::new(error.to_string());
    let options = read::review_options(&reading.common, &block).map_err(told)?;
    let review = read::review_of(&reading.outcome, athlete, &options);
    let own = reading.outcome.sessions_of(athlete);
    range::refuse_empty(own, &block, std::slice::from_ref(&review)).map_err(told)?;
    Ok(review)
}

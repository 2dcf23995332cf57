//! `session`: the document of one activity.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use crate::cli::mcp::arguments;
use crate::cli::mcp::arguments::Arguments;
use crate::cli::mcp::arguments::AthleteName;
use crate::cli::mcp::arguments::Cursor;
use crate::cli::mcp::arguments::Limit;
use crate::cli::mcp::arguments::PartName;
use crate::cli::mcp::arguments::SessionId;
use crate::cli::mcp::document::Document;
use crate::cli::mcp::document::left_out;
use crate::cli::mcp::library::Reading;
use crate::cli::mcp::page::Page;
use crate::cli::mcp::page::question;
use crate::cli::mcp::problem::Problem;
use crate::cli::mcp::schemas;

/// The name of the tool.
pub(super) const NAME: &str = "session";
/// The document, by the name of its schema.
const DOCUMENT: &str = "session";
/// What is left out unless asked for: what only hardeasy itself needs, by far the largest part.
const USUALLY_LEFT_OUT: [&str; 1] = ["summary"];

/// The arguments.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The id of the activity, as list_sessions gives it.
    id: SessionId,
    /// Its athlete, where several have an activity of that id.
    athlete: Option<AthleteName>,
    /// Which keys of the document are wanted; all but `summary` unless given.
    parts: Option<Vec<PartName>>,
    /// The items of each list in the document; 50 unless given.
    limit: Option<Limit>,
    /// The next_cursor of the page before, which gives the further items of the lists; leave out for the first.
    cursor: Option<Cursor>,
}

pub(super) fn input() -> Value {
    schemas::with_parts(schemas::of_arguments::<Asked>(), DOCUMENT)
}

pub(super) fn output() -> Value {
    let answer = schemas::of_answer(
        "The session document, or parts of it.",
        &[
            ("id", schemas::text("the identifier")),
            ("session", Value::Null),
            ("left_out", left_out()),
            ("next_cursor", schemas::next_cursor()),
        ],
    );
    schemas::around_document(answer, ("session", DOCUMENT), false)
}

pub(super) fn answer(reading: &Reading, arguments: Arguments) -> Result<Value, Problem> {
    let question = question(NAME, &arguments, &reading.stamp);
    let asked: Asked = arguments::read(NAME, arguments)?;
    let page = Page::of(&question, asked.cursor.as_ref(), asked.limit)?;
    let place = reading.place(&asked.id, asked.athlete.as_ref())?;
    let session = &reading.outcome.sessions[place];
    let document = Document::of(session, DOCUMENT, asked.parts.as_deref(), &USUALLY_LEFT_OUT)?;
    page.answer(document.longest(), &|items, next| {
        Ok(json!({
            "id": asked.id.0,
            "session": document.page(page.offset, items),
            "left_out": document.left_out(),
            "next_cursor": next,
        }))
    })
}

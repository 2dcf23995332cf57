//! `compare`: two runs, or two blocks of one athlete, side by side.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use super::block::Span;
use super::block::reviewed;
use crate::cli::mcp::arguments;
use crate::cli::mcp::arguments::Arguments;
use crate::cli::mcp::arguments::AthleteName;
use crate::cli::mcp::arguments::Day;
use crate::cli::mcp::arguments::SessionId;
use crate::cli::mcp::library::Reading;
use crate::cli::mcp::page::bounded;
use crate::cli::mcp::problem::Problem;
use crate::cli::mcp::schemas;
use crate::export::json::compare_json;
use crate::pipeline::visit_streams_where;
use crate::report::content::compare::BlockComparison;
use crate::report::content::compare::Comparison;
use crate::report::content::compare::Run;
use crate::report::content::compare::RunComparison;

/// The name of the tool.
pub(super) const NAME: &str = "compare";
/// What it takes.
const EXPECTED: &str = "expected runs (two ids) or blocks (two spans with from and to)";

/// The arguments.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Asked {
    /// Two runs, A and B, by their ids.
    runs: Option<[SessionId; 2]>,
    /// Two blocks, A and B.
    blocks: Option<[AskedBlock; 2]>,
    /// The athlete, where sub-folders are athletes.
    athlete: Option<AthleteName>,
}

/// A block.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AskedBlock {
    /// The first local day, as in 2026-03-02.
    from: Day,
    /// The last local day.
    to: Day,
}

pub(super) fn input() -> Value {
    schemas::of_arguments::<Asked>()
}

pub(super) fn output() -> Value {
    let answer = schemas::of_answer(
        "The document of two runs, or two blocks, side by side.",
        &[("comparison", Value::Null)],
    );
    schemas::around_document(answer, ("comparison", NAME), true)
}

pub(super) fn answer(reading: &Reading, arguments: Arguments) -> Result<Value, Problem> {
    let asked: Asked = arguments::read(NAME, arguments)?;
    let athlete = asked.athlete.as_ref();
    let comparison = match (&asked.runs, &asked.blocks) {
        (Some(runs), None) => of_runs(reading, runs, athlete)?,
        (None, Some(blocks)) => of_blocks(reading, blocks, athlete)?,
        (None, None) => return Err(Problem::new(format!("{EXPECTED}, found neither"))),
        (Some(_), Some(_)) => return Err(Problem::new(format!("{EXPECTED}, found both"))),
    };
    let document = compare_json(&comparison).and_then(|text| serde_json::from_str::<Value>(&text));
    let document = document
        .map_err(|error| Problem::new(format!("the document cannot be written: {error}")))?;
    bounded(json!({ "comparison": document }))
}

fn of_runs(
    reading: &Reading,
    [a, b]: &[SessionId; 2],
    athlete: Option<&AthleteName>,
) -> Result<Comparison, Problem> {
    let places = [reading.place(a, athlete)?, reading.place(b, athlete)?];
    let is_asked = |place: usize| places.contains(&place);
    let splits = visit_streams_where(&reading.outcome, &is_asked, &|place, session, streams| {
        let run = Run::of(session, streams);
        (place, run.kilometres, run.miles)
    });
    let of = |place: usize| {
        let own = splits.iter().find(|(other, ..)| *other == place);
        Run {
            session: &reading.outcome.sessions[place],
            kilometres: own.map(|(_, own, _)| own.clone()).unwrap_or_default(),
            miles: own.map(|(.., own)| own.clone()).unwrap_or_default(),
        }
    };
    let [a, b] = places.map(of);
    let comparison = RunComparison::of([&a, &b]);
    Ok(Comparison::Runs(Box::new(comparison)))
}

fn of_blocks(
    reading: &Reading,
    [a, b]: &[AskedBlock; 2],
    athlete: Option<&AthleteName>,
) -> Result<Comparison, Problem> {
    let athlete = reading.athlete(athlete)?;
    let of = |block: &AskedBlock| {
        let span = Span {
            weeks: None,
            from: Some(&block.from),
            to: Some(&block.to),
        };
        reviewed(reading, athlete, span)
    };
    let reviews = [&of(a)?, &of(b)?];
    let comparison = BlockComparison::of(reviews);
    Ok(Comparison::Blocks(Box::new(comparison)))
}

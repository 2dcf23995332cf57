//! `chart`: charts as SVG.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use super::block::Span;
use super::block::references;
use super::block::reviewed;
use crate::classification::Session;
use crate::cli::mcp::arguments;
use crate::cli::mcp::arguments::Arguments;
use crate::cli::mcp::arguments::AthleteName;
use crate::cli::mcp::arguments::Day;
use crate::cli::mcp::arguments::SessionId;
use crate::cli::mcp::arguments::Weeks;
use crate::cli::mcp::library::Reading;
use crate::cli::mcp::page::bounded;
use crate::cli::mcp::problem::Problem;
use crate::cli::mcp::schemas;
use crate::cli::read;
use crate::pipeline::Athlete;
use crate::pipeline::visit_streams_where;
use crate::report::charts::athlete_chart;
use crate::report::charts::best_effort_curve;
use crate::report::charts::comparable_chart;
use crate::report::charts::distribution;
use crate::report::charts::drift_plot;
use crate::report::charts::load_chart;
use crate::report::charts::repetitions;
use crate::report::charts::strip_chart;
use crate::report::charts::timeline;
use crate::report::charts::timeline::Along;
use crate::report::charts::volume_chart;
use crate::report::charts::zones;
use crate::streams::Streams;
use crate::units::UnitSystem;

/// The name of the tool.
pub(super) const NAME: &str = "chart";
/// What the answer is made of.
const MEDIA_TYPE: &str = "image/svg+xml";

/// A chart. That of the course on the ground is none of them: it tells where somebody lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Chart {
    /// Of an activity: pace, heart rate and more over time, with the segments.
    Timeline,
    /// Of an activity: the same over distance.
    Distance,
    /// Of an activity: time in zones.
    Zones,
    /// Of an activity: its repetitions.
    Repetitions,
    /// Of an activity: its fastest times over distance.
    BestEfforts,
    /// Of an activity: heart rate against effort, first and second half.
    Drift,
    /// Of a block: each day, hard or easy.
    Days,
    /// Of a block: the distribution of each week.
    Weeks,
    /// Of a block: the volume of each week.
    Volume,
    /// Of a block: load, smoothed.
    Load,
    /// Of a block: the same workout again.
    Workouts,
    /// Of a block: its fastest times over distance.
    BlockBestEfforts,
    /// Of the athlete: reference values over all the time.
    References,
}

/// The units on the axes.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Units {
    Metric,
    Imperial,
}

/// The arguments.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Which chart.
    chart: Chart,
    /// The activity, by its id; for charts of an activity.
    session: Option<SessionId>,
    /// The athlete, where sub-folders are athletes.
    athlete: Option<AthleteName>,
    /// For charts of a block: the last so many weeks; 12 unless given.
    weeks: Option<Weeks>,
    /// For charts of a block: its first local day, as in 2026-03-01; in place of weeks.
    from: Option<Day>,
    /// For charts of a block: its last local day; in place of weeks.
    to: Option<Day>,
    /// The units on the axes; those of the settings unless given.
    units: Option<Units>,
}

pub(super) fn input() -> Value {
    schemas::of_arguments::<Asked>()
}

pub(super) fn output() -> Value {
    schemas::of_answer(
        "A chart.",
        &[
            ("chart", schemas::text("which chart it is")),
            (
                "session",
                schemas::text_or_null("the activity that it is of"),
            ),
            ("media_type", json!({ "const": MEDIA_TYPE })),
            (
                "svg",
                schemas::text("the drawing, a whole file without references to others"),
            ),
        ],
    )
}

pub(super) fn answer(reading: &Reading, arguments: Arguments) -> Result<Value, Problem> {
    let name = arguments.get("chart").cloned().unwrap_or_default();
    let asked: Asked = arguments::read(NAME, arguments)?;
    let is_of_activity = matches!(
        asked.chart,
        Chart::Timeline
            | Chart::Distance
            | Chart::Zones
            | Chart::Repetitions
            | Chart::BestEfforts
            | Chart::Drift
    );
    let svg = match (&asked.session, is_of_activity) {
        (Some(id), true) => of_activity(reading, id, &asked)?,
        (None, false) => of_block(reading, &asked)?,
        (None, true) => {
            return Err(Problem::new(
                "this chart is of one activity: expected session, an id that list_sessions names, found none",
            ));
        }
        (Some(_), false) => {
            return Err(Problem::new(
                "this chart is of a block or the athlete: expected weeks, or from and to, found a session; leave \
                 it out",
            ));
        }
    };
    if svg.is_empty() {
        return Err(Problem::new(
            "there is nothing to draw in this chart: what it shows was not recorded or does not occur; ask for \
             another chart",
        ));
    }
    bounded(json!({
        "chart": name,
        "session": asked.session.map(|id| id.0),
        "media_type": MEDIA_TYPE,
        "svg": svg,
    }))
}

fn units(reading: &Reading, asked: &Asked, athlete: Option<&Athlete>) -> UnitSystem {
    match asked.units {
        Some(Units::Metric) => UnitSystem::Metric,
        Some(Units::Imperial) => UnitSystem::Imperial,
        None => read::units(&reading.common, athlete),
    }
}

fn of_activity(reading: &Reading, id: &SessionId, asked: &Asked) -> Result<String, Problem> {
    if asked.weeks.is_some() || asked.from.is_some() || asked.to.is_some() {
        return Err(Problem::new(
            "this chart is of one activity: expected session alone, found days of a block; leave them out",
        ));
    }
    let place = reading.place(id, asked.athlete.as_ref())?;
    let outcome = &reading.outcome;
    let session = &outcome.sessions[place];
    let mut athletes = outcome.athletes.iter();
    let athlete = athletes.find(|athlete| athlete.sessions.contains(&place));
    let units = units(reading, asked, athlete);
    let with_streams = |draw: &(dyn Fn(&Session, &Streams) -> String + Sync)| {
        let drawn =
            visit_streams_where(outcome, &|other| other == place, &|_, session, streams| {
                streams.map(|streams| draw(session, streams))
            });
        drawn.into_iter().flatten().next().ok_or_else(|| {
            Problem::new(
                "this chart needs the recording, and it is not there or is another one by now; ask again, or for \
                 zones, repetitions or best_efforts",
            )
        })
    };
    match asked.chart {
        Chart::Timeline => {
            with_streams(&|session, streams| timeline::svg(session, streams, units, Along::Time))
        }
        Chart::Distance => with_streams(&|session, streams| {
            timeline::svg(session, streams, units, Along::Distance)
        }),
        Chart::Drift => with_streams(&|session, streams| drift_plot::svg(session, streams, units)),
        Chart::Zones => Ok(zones::svg(session)),
        Chart::Repetitions => Ok(repetitions::svg(session, units)),
        _ => Ok(best_effort_curve::run_svg(session, units)),
    }
}

fn of_block(reading: &Reading, asked: &Asked) -> Result<String, Problem> {
    let athlete = reading.athlete(asked.athlete.as_ref())?;
    let units = units(reading, asked, Some(athlete));
    if asked.chart == Chart::References {
        return Ok(athlete_chart::svg(&references(reading, athlete), units));
    }
    let span = Span {
        weeks: asked.weeks,
        from: asked.from.as_ref(),
        to: asked.to.as_ref(),
    };
    let review = reviewed(reading, athlete, span)?;
    Ok(match asked.chart {
        Chart::Days => strip_chart::svg(&review),
        Chart::Weeks => distribution::weeks_svg(&review),
        Chart::Volume => volume_chart::svg(&review, units),
        Chart::Load => load_chart::svg(&review),
        Chart::Workouts => comparable_chart::svg(&review, units),
        _ => {
            let own: Vec<&Session> = reading.outcome.sessions_of(athlete).iter().collect();
            best_effort_curve::block_svg(&review, &own, units)
        }
    })
}

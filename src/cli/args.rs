//! The arguments of the command line.

mod choices;
mod compare;

pub(super) use choices::Color;
pub(super) use choices::Laps;
pub(super) use choices::Names;
pub(super) use choices::Units;
pub(super) use choices::View;

pub(super) use compare::CompareArguments;
pub(super) use compare::CompareFormat;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;

use super::marks::parse_clock_s;
use super::marks::parse_part;
use super::marks::parse_segment;
use super::words::parse_from;
use super::words::parse_time_zone;
use super::words::parse_to;
use crate::ingest::Crop;
use crate::manual::TOPICS;
use crate::segmentation::SegmentEdit;

/// Keep the hard days hard and the easy days easy: finds what was really run in a folder of watch
/// exports (FIT, GPX, TCX), and reviews the training block. Offline; input is never changed.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, after_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  hardeasy report ~/exports -o report      a site to open in a browser: report/index.html
  hardeasy show monday.fit                 one run: its segments and why
  hardeasy review ~/exports --weeks 8      the last eight weeks
  hardeasy export ~/exports --format ndjson | jq .kind
  hardeasy help method                     how every number is made; `hardeasy help help` lists the pages

Exit status: 0 everything was read; 1 at least one file failed or is partial, the rest is reported;
2 nothing could be done.";

const PATHS_HELP: &str = "Files, folders (with everything below them), .zip archives, or - for one file on standard input";

/// What holds for every command.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Units of results for people; documents and tables are always SI
    #[arg(long, global = true, value_name = "UNITS")]
    pub units: Option<Units>,
    /// Whether programmed and hand-pressed laps may fix boundaries ("ignore": detection alone)
    #[arg(long, global = true, default_value = "auto", value_name = "LAPS")]
    pub laps: Laps,
    /// Judge each run with the whole history, later runs included
    #[arg(long, global = true)]
    pub hindsight: bool,
    /// How recovery runs are spoken of: a kind of their own (a), or easy runs on tired legs (b)
    #[arg(long, global = true, default_value = "a", value_name = "VIEW")]
    pub recovery_view: View,
    /// Threads; as many as the computer has unless given
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Time zone of runs whose file does not say it, as in Europe/Berlin
    #[arg(long, global = true, value_name = "TZ", value_parser = parse_time_zone)]
    pub timezone: Option<chrono_tz::Tz>,
    /// The sport of what is given, whatever the files say, as in running
    #[arg(long = "sport", global = true, value_name = "SPORT", value_parser = sport_names())]
    pub sport: Option<String>,
    /// Settings to use in place of the hardeasy.toml beside the runs
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What is shown of names: "full" keeps e-mail addresses, which platforms put into the names of files
    #[arg(long, global = true, default_value = "masked", value_name = "NAMES")]
    pub names: Names,
    /// Keep the notes that an athlete wrote on a platform for nobody else
    #[arg(long, global = true)]
    pub private_notes: bool,
    /// Refuse a file at its first fault instead of keeping what can be read
    #[arg(long, global = true)]
    pub strict: bool,
    /// Say nothing on standard error but errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// No progress bar
    #[arg(long, global = true)]
    pub no_progress: bool,
    /// Colour of texts and diagnostics; "auto": on terminals, unless NO_COLOR is set
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a self-contained site: the block review and a page for every run
    #[command(
        after_help = "Example:\n  hardeasy report ~/exports -o report && open report/index.html"
    )]
    Report(ReportArguments),
    /// Show one run with its pace, segments and evidence, or a table of several
    #[command(
        after_help = "Examples:\n  hardeasy show monday.fit                judged with the runs beside it\n  hardeasy show monday.fit --alone        judged by itself\n  hardeasy show ~/exports --units imperial"
    )]
    Show(ShowArguments),
    /// Review the training block
    #[command(
        after_help = "Examples:\n  hardeasy review ~/exports\n  hardeasy review ~/exports --from 2026-03-01 --to 2026-05-24 --format markdown\n  hardeasy review ~/club --athletes"
    )]
    Review(ReviewArguments),
    /// Compare two runs, or two blocks, side by side
    #[command(after_help = compare::EXAMPLES)]
    Compare(CompareArguments),
    /// Write session documents or tables
    #[command(
        after_help = "Examples:\n  hardeasy export ~/exports --format ndjson > runs.ndjson\n  hardeasy export ~/exports --format csv --table segments\n  hardeasy export ~/exports --format csv -o tables\n  hardeasy export monday.fit --format gpx > monday-segments.gpx"
    )]
    Export(ExportArguments),
    /// Say what a file holds, message by message, and what was repaired
    #[command(
        after_help = "Examples:\n  hardeasy inspect monday.fit\n  hardeasy inspect monday.fit --messages"
    )]
    Inspect(InspectArguments),
    /// Show the reference values over time: easy speed, critical speed, heart rates
    #[command(
        after_help = "Examples:\n  hardeasy athlete ~/exports\n  hardeasy athlete ~/exports --format svg -o athlete.svg\n  hardeasy athlete ~/exports --write"
    )]
    Athlete(AthleteArguments),
    /// Correct what hardeasy says of a run, in a file beside it; the export is never changed
    #[command(
        after_help = "Examples:\n  hardeasy correct monday.fit --kind tempo --rpe 7 --note \"windy\"\n  hardeasy correct monday.fit --segment 15:05-18:55=work --segment 40:00-40:30=steady\n  hardeasy correct monday.fit --crop 5:00-55:00\n  hardeasy correct treadmill.fit --distance 10km\n  hardeasy correct ~/exports --sport running     every export that names no sport\n  hardeasy correct monday.fit --list\n  hardeasy correct monday.fit --undo"
    )]
    Correct(CorrectArguments),
    /// Print the help of a command, or a page of the manual
    #[command(after_help = pages())]
    Help(HelpArguments),
}

/// Arguments of `help`.
#[derive(Debug, Args)]
pub(super) struct HelpArguments {
    /// A command, or a page of the manual
    #[arg(value_name = "TOPIC")]
    pub topic: Option<String>,
}

/// Returns the pages of the manual in lines.
pub(super) fn pages() -> String {
    let rows = TOPICS
        .iter()
        .map(|topic| format!("  {:<14}{}", topic.name, topic.about));
    format!(
        "Pages of the manual:\n{}",
        rows.collect::<Vec<_>>().join("\n")
    )
}

/// What is read.
#[derive(Debug, Args)]
pub(super) struct Inputs {
    #[arg(required = true, value_name = "PATH", help = PATHS_HELP)]
    pub paths: Vec<PathBuf>,
    /// Treat each direct sub-folder as an athlete
    #[arg(long)]
    pub athletes: bool,
}

/// Arguments of `show`.
#[derive(Debug, Args)]
pub(super) struct ShowArguments {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub history: HistoryBeside,
}

/// Whether one file is judged with those beside it.
#[derive(Debug, Args)]
pub(super) struct HistoryBeside {
    /// Judge one FILE without the runs of the folder in which it lies
    #[arg(long)]
    pub alone: bool,
}

/// Which part of the past.
#[derive(Debug, Args)]
pub(super) struct Block {
    /// The last N weeks, ending with the week of the last activity [default: 12]
    #[arg(long, value_name = "N", conflicts_with_all = ["from", "to"], value_parser = clap::value_parser!(u32).range(1..=2000))]
    pub weeks: Option<u32>,
    /// The first day of the block, as in 2026-03-01
    #[arg(long, value_name = "DAY", value_parser = parse_from)]
    pub from: Option<NaiveDate>,
    /// The last day of the block
    #[arg(long, value_name = "DAY", value_parser = parse_to)]
    pub to: Option<NaiveDate>,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
pub(super) struct ReportArguments {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub block: Block,
    /// The folder to write; made when it is not there
    #[arg(long, short, value_name = "DIR")]
    pub output: PathBuf,
    /// Draw the course of each run (positions stay out of the report otherwise)
    #[arg(long)]
    pub map: bool,
    /// Leave so much out of the map around the start and the end, as in 300m, 0.5km, 0.2mi, 0m [default: 200m]
    #[arg(long, value_name = "DISTANCE", requires = "map", value_parser = parse_distance_m)]
    pub trim: Option<f64>,
}

/// Arguments of `review`.
#[derive(Debug, Args)]
pub(super) struct ReviewArguments {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub block: Block,
    /// How to write it
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    pub format: ReviewFormat,
}

/// The formats of a review.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ReviewFormat {
    Text,
    Markdown,
    Json,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub history: HistoryBeside,
    #[command(flatten)]
    pub block: Block,
    /// ndjson: one session document a line; json: one document; csv: tables; gpx: each segment a track
    #[arg(long, value_name = "FORMAT")]
    pub format: ExportFormat,
    /// The table, for csv
    #[arg(long, value_name = "TABLE", default_value = "sessions")]
    pub table: TableName,
    /// Write into this folder: all tables but samples (csv), a file per run (gpx)
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// The formats of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    Ndjson,
    Json,
    Csv,
    Gpx,
}

/// The tables of a CSV export.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum TableName {
    Sessions,
    Segments,
    Laps,
    Days,
    Weeks,
    Zones,
    Samples,
}

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub(super) struct InspectArguments {
    /// The file, or - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Name every FIT message with its fields, by an independent decoder (fitparser)
    #[arg(long)]
    pub messages: bool,
    /// Run the independent decoder in this very process
    #[arg(long, hide = true)]
    pub in_process: bool,
}

/// Arguments of `athlete`.
#[derive(Debug, Args)]
pub(super) struct AthleteArguments {
    #[command(flatten)]
    pub inputs: Inputs,
    /// text: a row a month; svg: a chart, week by week; json: a document with the same weeks
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    pub format: AthleteFormat,
    /// Write into this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write the newest values into hardeasy.toml beside the runs
    #[arg(long)]
    pub write: bool,
}

/// The formats of the reference values over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AthleteFormat {
    Text,
    Json,
    Svg,
}

/// Arguments of `correct`. The sport is the one of [`Common`].
#[derive(Debug, Args)]
pub(super) struct CorrectArguments {
    /// The export of the run; a folder with --sport or --list
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The session kind, as in tempo
    #[arg(long, value_name = "KIND", value_parser = kind_names())]
    pub kind: Option<String>,
    /// Perceived exertion, 0 to 10
    #[arg(long, value_name = "N", value_parser = parse_rpe)]
    pub rpe: Option<f64>,
    /// A note
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Leave the run out of history and review
    #[arg(long)]
    pub exclude: bool,
    /// Keep this part of the recording only, as in 5:00-55:00
    #[arg(long, value_name = "START-END", value_parser = parse_part)]
    pub crop: Option<Crop>,
    /// The true distance (treadmill, measured course), as in 10000, 10km or 6.2mi
    #[arg(long, value_name = "DISTANCE", value_parser = parse_distance_m)]
    pub distance: Option<f64>,
    /// The official time over that distance, as in 39:58
    #[arg(long, value_name = "TIME", requires = "distance", value_parser = parse_clock_s)]
    pub time: Option<f64>,
    /// Show what was corrected
    #[arg(long, conflicts_with_all = ["kind", "rpe", "note", "exclude", "crop", "distance", "time", "segment", "undo"])]
    pub list: bool,
    /// Take back all that was corrected of the run
    #[arg(long, conflicts_with_all = ["kind", "rpe", "note", "exclude", "crop", "distance", "time", "segment"])]
    pub undo: bool,
    /// What a stretch was, as in 15:05-18:55=work; may be given several times
    ///
    /// Times are h:mm:ss, m:ss or seconds from the start of the recording, pauses included. Kinds:
    /// warm_up, steady, work, tempo, hill, stride, recovery, rest, progression, stop, cool_down. A
    /// repetition that was none is "steady".
    #[arg(long, value_name = "START-END=KIND", value_parser = parse_segment)]
    pub segment: Vec<SegmentEdit>,
}

fn sport_names() -> clap::builder::PossibleValuesParser {
    crate::ingest::SPORT_NAMES.map(|(name, _, _)| name).into()
}

fn kind_names() -> clap::builder::PossibleValuesParser {
    crate::classification::SessionKind::ALL
        .map(crate::classification::SessionKind::name)
        .into()
}

fn parse_rpe(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if (0.0..=10.0).contains(&value) => Ok(value),
        _ => Err("expected a number from 0 to 10".to_owned()),
    }
}

/// Returns the metres of a text such as "300m", "0.5km", "0.2mi" or "300".
fn parse_distance_m(text: &str) -> Result<f64, String> {
    let units = [
        ("km", crate::units::METRES_PER_KILOMETRE),
        ("mi", crate::units::METRES_PER_MILE),
        ("m", 1.0),
        ("", 1.0),
    ];
    let (number, factor) = units
        .iter()
        .find_map(|(unit, factor)| Some((text.trim().strip_suffix(unit)?, *factor)))
        .unwrap_or((text, 1.0));
    match number.trim().parse::<f64>() {
        Ok(value) if value.is_finite() && value >= 0.0 => Ok(value * factor),
        _ => Err("expected a distance such as 300m, 0.5km or 0.2mi".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn distances_carry_units() {
        assert_eq!(parse_distance_m("300m"), Ok(300.0));
        assert_eq!(parse_distance_m("0.5 km"), Ok(500.0));
        assert_eq!(parse_distance_m("300"), Ok(300.0));
        assert!(parse_distance_m("-3km").is_err());
        assert!(parse_distance_m("far").is_err());
    }
}

//! The arguments of the command line.

mod cache;
mod choices;
mod compare;
mod correct;
mod demo;
mod schema;
mod serve;
mod shell;

pub(super) use cache::CacheArguments;
pub(super) use choices::Color;
pub(super) use choices::Laps;
pub(super) use choices::Names;
pub(super) use choices::Units;
pub(super) use choices::View;

pub(super) use compare::CompareArguments;
pub(super) use compare::CompareFormat;
pub(super) use correct::CorrectArguments;
#[cfg(feature = "serve")]
pub(super) use correct::parse_rpe;
pub(super) use demo::DemoArguments;
pub(super) use schema::Reader as SchemaReader;
pub(super) use schema::SchemaArguments;
pub(super) use shell::CompletionsArguments;
pub(super) use shell::ManArguments;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;

use super::marks::parse_distance_m;
use super::words::parse_from;
use super::words::parse_time_zone;
use super::words::parse_to;
use crate::export::Table;
use crate::manual::TOPICS;

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
  hardeasy demo                            the site of a made-up season
  hardeasy help method                     how every number is made; `hardeasy help help` lists the pages

Exit status: 0 everything was read; 1 at least one file failed or is partial, the rest is reported;
2 nothing could be done.";

const PATHS_HELP: &str = "Files, folders (with everything below them), .zip archives, or - for one file on standard input";

/// What holds for every command.
#[derive(Clone, Debug, Args)]
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
    /// Decode every file, and keep nothing of what was found for later commands
    #[arg(long, global = true)]
    pub no_cache: bool,
    /// Look at the content of every file, where its size and times say that it is the same
    #[arg(long, global = true)]
    pub verify: bool,
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
    /// Write that site for a made-up season that is part of the program
    #[command(after_help = demo::EXAMPLES)]
    Demo(DemoArguments),
    /// Keep that site up to date, as a sync tool drops files into a folder
    #[command(after_help = WATCH_EXAMPLES)]
    Watch(WatchArguments),
    /// Show that site live in a browser of this computer, and take corrections from its pages
    #[command(after_help = serve::EXAMPLES)]
    Serve(ServeArguments),
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
        after_help = "Examples:\n  hardeasy export ~/exports --format ndjson > runs.ndjson\n  hardeasy export ~/exports --format csv --table segments\n  hardeasy export ~/exports --format csv -o tables\n  hardeasy export ~/exports --format parquet --table samples > samples.parquet\n  hardeasy export monday.fit --format gpx > monday-segments.gpx\n  hardeasy export ~/exports --format fit -o laps"
    )]
    Export(ExportArguments),
    /// Print the JSON Schema of a document or a table, or how DuckDB, Polars or Spark read it
    #[command(after_help = schema::EXAMPLES)]
    Schema(SchemaArguments),
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
    #[command(after_help = correct::EXAMPLES)]
    Correct(CorrectArguments),
    /// Answer other programs over the Model Context Protocol, on standard input and output
    #[command(after_help = MCP_EXAMPLES)]
    Mcp(McpArguments),
    /// Say what is kept of earlier commands so that later ones need not decode files again
    #[command(after_help = cache::EXAMPLES)]
    Cache(CacheArguments),
    /// Print what lets a shell complete commands and options
    #[command(after_help = shell::COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArguments),
    /// Print the main manual page for man, or write that of every command
    #[command(after_help = shell::MAN_EXAMPLES)]
    Man(ManArguments),
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
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Inputs {
    #[arg(required_unless_present = "files_from", value_name = "PATH", help = PATHS_HELP)]
    pub paths: Vec<PathBuf>,
    /// Read the paths of this list, too, or of - for standard input: one a line, or each ended by a NUL
    #[arg(long, value_name = "LIST")]
    pub files_from: Option<PathBuf>,
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
#[derive(Clone, Debug, Args)]
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
    /// Leave out the folder charts/, which holds every chart as a file of its own; pages draw theirs themselves
    #[arg(long)]
    pub no_charts: bool,
}

/// Arguments of `watch`.
#[derive(Debug, Args)]
pub(super) struct WatchArguments {
    #[command(flatten)]
    pub report: ReportArguments,
    /// Look every few seconds instead of waiting to be told, as network drives need
    #[arg(long)]
    pub poll: bool,
}

/// What is below the help of `watch`.
const WATCH_EXAMPLES: &str = "\
Examples:
  hardeasy watch ~/Dropbox/Apps/exports -o report
  hardeasy watch /mnt/nas/exports -o ~/report --poll

It runs until Ctrl-C. Each report is that of `hardeasy report` with the same options.";

/// Arguments of `mcp`.
#[derive(Debug, Args)]
pub(super) struct McpArguments {
    #[command(flatten)]
    pub inputs: Inputs,
}

/// What is below the help of `mcp`.
const MCP_EXAMPLES: &str = "\
Example, as a client is told to start it:
  {\"mcpServers\": {\"hardeasy\": {\"command\": \"hardeasy\", \"args\": [\"mcp\", \"/home/ann/exports\"]}}}

`hardeasy help mcp` tells the tools and their limits. It reads the given paths and writes nothing there.";

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub(super) struct ServeArguments {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub block: Block,
    #[command(flatten)]
    pub options: serve::ServeOptions,
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
    /// ndjson: one session document a line; json: one document; csv, parquet: tables; gpx: each segment a track;
    /// tcx, fit: each segment a lap. The last three hold where the runner was, by their nature
    #[arg(long, value_name = "FORMAT")]
    pub format: ExportFormat,
    /// The table, for csv and parquet [default: sessions; with -o all but splits and samples]
    #[arg(long, value_name = "TABLE", value_parser = table_names())]
    pub table: Option<Table>,
    /// Only what is new or changed since this file was last written by the same export; made when it is not
    /// there (ndjson, csv, parquet)
    #[arg(long, value_name = "STATE")]
    pub since: Option<PathBuf>,
    /// Write into this folder: tables (csv, parquet), a file per run (gpx, tcx, fit)
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Answer each path of the list, one a line, by itself and as soon as it comes, with a document on one line (json)
    #[arg(long, requires = "files_from", conflicts_with_all = ["paths", "athletes", "alone", "since", "output", "table", "weeks", "from", "to"])]
    pub each: bool,
}

/// The formats of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    Ndjson,
    Json,
    Csv,
    Parquet,
    Gpx,
    Tcx,
    Fit,
}

/// Returns what reads the name of a table.
fn table_names() -> impl TypedValueParser<Value = Table> {
    let names = PossibleValuesParser::new(Table::ALL.map(Table::name));
    names.map(|name| Table::named(&name).unwrap_or_default())
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

fn sport_names() -> PossibleValuesParser {
    crate::ingest::SPORT_NAMES.map(|(name, _, _)| name).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}

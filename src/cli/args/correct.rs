//! The arguments of `correct`.

use std::path::PathBuf;

use clap::Args;

use crate::classification::SessionKind;
use crate::cli::marks::parse_clock_s;
use crate::cli::marks::parse_distance_m;
use crate::cli::marks::parse_part;
use crate::cli::marks::parse_segment;
use crate::ingest::Crop;
use crate::segmentation::SegmentEdit;

/// What is below the help of the command.
pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  hardeasy correct monday.fit --kind tempo --rpe 7 --note \"windy\"
  hardeasy correct monday.fit --segment 15:05-18:55=work --segment 40:00-40:30=steady
  hardeasy correct monday.fit --crop 5:00-55:00
  hardeasy correct treadmill.fit --distance 10km
  hardeasy correct ~/exports --sport running     every export that names no sport
  hardeasy correct monday.fit --list
  hardeasy correct monday.fit --undo";

/// Arguments of `correct`. The sport is the one of all commands.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct CorrectArguments {
    /// The export of the run; a folder with --sport or --list
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    /// The session kind, as in tempo
    #[arg(long, value_name = "KIND", value_parser = kind_names())]
    pub(in crate::cli) kind: Option<String>,
    /// Perceived exertion, 0 to 10
    #[arg(long, value_name = "N", value_parser = parse_rpe)]
    pub(in crate::cli) rpe: Option<f64>,
    /// A note
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) note: Option<String>,
    /// Leave the run out of history and review
    #[arg(long)]
    pub(in crate::cli) exclude: bool,
    /// Keep this part of the recording only, as in 5:00-55:00
    #[arg(long, value_name = "START-END", value_parser = parse_part)]
    pub(in crate::cli) crop: Option<Crop>,
    /// The true distance (treadmill, measured course), as in 10000, 10km or 6.2mi
    #[arg(long, value_name = "DISTANCE", value_parser = parse_distance_m)]
    pub(in crate::cli) distance: Option<f64>,
    /// The official time over that distance, as in 39:58
    #[arg(long, value_name = "TIME", requires = "distance", value_parser = parse_clock_s)]
    pub(in crate::cli) time: Option<f64>,
    /// Show what was corrected
    #[arg(long, conflicts_with_all = ["kind", "rpe", "note", "exclude", "crop", "distance", "time", "segment", "undo"])]
    pub(in crate::cli) list: bool,
    /// Take back all that was corrected of the run
    #[arg(long, conflicts_with_all = ["kind", "rpe", "note", "exclude", "crop", "distance", "time", "segment"])]
    pub(in crate::cli) undo: bool,
    /// What a stretch was, as in 15:05-18:55=work; may be given several times
    ///
    /// Times are h:mm:ss, m:ss or seconds from the start of the recording, pauses included. Kinds:
    /// warm_up, steady, work, tempo, hill, stride, recovery, rest, progression, stop, cool_down. A
    /// repetition that was none is "steady".
    #[arg(long, value_name = "START-END=KIND", value_parser = parse_segment)]
    pub(in crate::cli) segment: Vec<SegmentEdit>,
}

fn kind_names() -> clap::builder::PossibleValuesParser {
    SessionKind::ALL.map(SessionKind::name).into()
}

/// Returns the exertion of a text such as "7".
pub(in crate::cli) fn parse_rpe(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if (0.0..=10.0).contains(&value) => Ok(value),
        _ => Err("expected a number from 0 to 10".to_owned()),
    }
}

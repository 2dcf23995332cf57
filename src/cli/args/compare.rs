//! The arguments of `compare`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use clap::ValueEnum;

use crate::cli::words::parse_from;
use crate::cli::words::parse_to;

/// What is below the help of the command.
pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  hardeasy compare may.fit june.fit                  two runs
  hardeasy compare may.fit june.fit -o compare.html  the same as a page
  hardeasy compare ~/exports --from 2025-03-03 --to 2025-05-25 --from 2026-03-02 --to 2026-05-24";

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub(in crate::cli) struct CompareArguments {
    /// Two runs, A and B; or the runs of two blocks, with --from and --to twice
    #[arg(required = true, value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// The first day of a block; given twice
    #[arg(long, value_name = "DAY", value_parser = parse_from)]
    pub(in crate::cli) from: Vec<NaiveDate>,
    /// The last day of a block; given twice
    #[arg(long, value_name = "DAY", value_parser = parse_to)]
    pub(in crate::cli) to: Vec<NaiveDate>,
    /// Judge each of two runs without the runs of the folder in which it lies
    #[arg(long, conflicts_with_all = ["from", "to"])]
    pub(in crate::cli) alone: bool,
    /// How to write it
    #[arg(
        long,
        default_value = "text",
        value_name = "FORMAT",
        conflicts_with = "output"
    )]
    pub(in crate::cli) format: CompareFormat,
    /// Write a page into this file, as in compare.html
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

/// The formats of a comparison.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum CompareFormat {
    Text,
    Markdown,
    Json,
}

//! The arguments of `schema`.

use clap::Args;
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;

use crate::export::schema;

/// What is below the help of `schema`.
pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  hardeasy schema session                  the JSON Schema of the document of a run
  hardeasy schema sessions                 that of a row of the table of sessions
  hardeasy schema sessions --for duckdb    the statement that reads the table
  hardeasy schema sessions --for polars    the same in Python
  hardeasy schema sessions --for spark     the same in Python, for Apache Spark";

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub(in crate::cli) struct SchemaArguments {
    /// A document or a table
    #[arg(value_name = "NAME", value_parser = names())]
    pub(in crate::cli) name: String,
    /// How a program reads it, in place of the JSON Schema
    #[arg(long = "for", value_name = "PROGRAM")]
    pub(in crate::cli) reader: Option<Reader>,
}

/// Programs for which there are recipes.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum Reader {
    Duckdb,
    Polars,
    Spark,
}

fn names() -> PossibleValuesParser {
    schema::names().into()
}

//! `schema`: what documents and tables are made of.

use anyhow::Context;

use super::args::SchemaArguments;
use super::args::SchemaReader;
use super::exit::Exit;
use super::print;
use crate::export::schema;
use crate::export::schema::Reader;

/// Prints a JSON Schema, or a recipe.
pub(super) fn run(command: &SchemaArguments) -> anyhow::Result<Exit> {
    let text = match command.reader {
        None => schema::json_schema(&command.name),
        Some(SchemaReader::Duckdb) => schema::recipe(&command.name, Reader::DuckDb),
        Some(SchemaReader::Polars) => schema::recipe(&command.name, Reader::Polars),
        Some(SchemaReader::Spark) => schema::recipe(&command.name, Reader::Spark),
    };
    print(&text.with_context(|| format!("{}: no document and no table", command.name))?)?;
    Ok(Exit::Complete)
}

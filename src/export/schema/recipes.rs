//! How programs read tables and documents with the types that they were written with, rather than guessed
//! from the first rows.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::export::Table;
use crate::export::tables::Kind;

/// A program that reads tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// DuckDB: a statement in SQL.
    DuckDb,
    /// Polars: a few lines of Python.
    Polars,
    /// Apache Spark: the same, for a session by the name of `spark`.
    Spark,
}

impl Reader {
    fn type_of(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Reader::DuckDb, Kind::Word | Kind::Text) => "VARCHAR",
            (Reader::DuckDb, Kind::Integer) => "BIGINT",
            (Reader::DuckDb, Kind::Float) => "DOUBLE",
            (Reader::DuckDb, Kind::Boolean) => "BOOLEAN",
            (Reader::DuckDb, Kind::Day) => "DATE",
            (Reader::DuckDb, Kind::Time) => "TIMESTAMPTZ",
            (Reader::Polars, Kind::Word | Kind::Text) => "pl.String",
            (Reader::Polars, Kind::Integer) => "pl.Int64",
            (Reader::Polars, Kind::Float) => "pl.Float64",
            (Reader::Polars, Kind::Boolean) => "pl.Boolean",
            (Reader::Polars, Kind::Day) => "pl.Date",
            (Reader::Polars, Kind::Time) => "pl.Datetime(\"us\", \"UTC\")",
            (Reader::Spark, Kind::Word | Kind::Text) => "STRING",
            (Reader::Spark, Kind::Integer) => "BIGINT",
            (Reader::Spark, Kind::Float) => "DOUBLE",
            (Reader::Spark, Kind::Boolean) => "BOOLEAN",
            (Reader::Spark, Kind::Day) => "DATE",
            (Reader::Spark, Kind::Time) => "TIMESTAMP",
        }
    }

    /// Returns the type of what is nested, which is read as JSON or left out.
    fn nested(self) -> Option<&'static str> {
        match self {
            Reader::DuckDb => Some("JSON"),
            Reader::Polars => None,
            Reader::Spark => Some("STRING"),
        }
    }

    /// Returns the columns with their types, one a line.
    fn columns<'a>(self, columns: impl Iterator<Item = (&'a str, &'static str)>) -> String {
        let lines = columns.map(|(name, word)| match self {
            Reader::DuckDb => format!("    '{name}': '{word}',\n"),
            Reader::Polars => format!("    \"{name}\": {word},\n"),
            Reader::Spark => format!("    \"`{name}` {word}\",\n"),
        });
        lines.collect()
    }
}

/// Returns how a program reads a table.
pub(super) fn of_table(table: Table, reader: Reader) -> String {
    let (name, columns) = (table.name(), table.columns());
    let columns = columns.iter();
    let columns = reader.columns(columns.map(|column| (column.name, reader.type_of(column.kind))));
    let made = format!("hardeasy export ~/exports --format csv --table {name} > {name}.csv");
    match reader {
        Reader::DuckDb => format!(
            "-- {made}\n\
             SELECT * FROM read_csv('{name}.csv', header = true, delim = ',', quote = '\"', columns = {{\n\
             {columns}}});\n"
        ),
        Reader::Polars => format!(
            "# {made}\n\
             import polars as pl\n\n\
             {name} = pl.read_csv(\"{name}.csv\", schema={{\n\
             {columns}}})\n"
        ),
        Reader::Spark => {
            format!(
                "# {made}\n\
                 {name} = spark.read.csv(\"{name}.csv\", header=True, enforceSchema=False, multiLine=True,\n    \
                 escape='\"', mode=\"FAILFAST\", schema=\", \".join([\n\
                 {columns}]))\n"
            )
        }
    }
}

/// Returns how a program reads a document: runs one a line, others as a whole.
pub(super) fn of_document(name: &str, schema: &Value, reader: Reader) -> String {
    let columns = keys(schema).into_iter().filter_map(|(key, property)| {
        let word = match kind(schema, property) {
            Some(kind) => Some(reader.type_of(kind)),
            None => reader.nested(),
        };
        Some((key, word?))
    });
    let columns = reader.columns(columns);
    let (made, file) = made(name);
    let function = if file.ends_with("ndjson") {
        "read_ndjson"
    } else {
        "read_json"
    };
    match reader {
        Reader::DuckDb => format!(
            "-- {made} > {file}\n\
             SELECT * FROM read_json('{file}', columns = {{\n\
             {columns}}});\n"
        ),
        Reader::Polars => format!(
            "# {made} > {file}\n\
             # What is nested is left out: the tables hold it (hardeasy schema segments --for polars).\n\
             import polars as pl\n\n\
             {name} = pl.{function}(\"{file}\", schema={{\n\
             {columns}}})\n"
        ),
        Reader::Spark => {
            let many_lines = if file.ends_with("ndjson") {
                "False"
            } else {
                "True"
            };
            format!(
                "# {made} > {file}\n\
                 # What is nested is text; the tables hold it (hardeasy schema segments --for spark).\n\
                 {name} = spark.read.json(\"{file}\", multiLine={many_lines}, mode=\"FAILFAST\",\n    \
                 schema=\", \".join([\n\
                 {columns}]))\n"
            )
        }
    }
}

/// Returns the command that writes a document, and a file for it.
fn made(name: &str) -> (&'static str, &'static str) {
    match name {
        "review" => ("hardeasy review ~/exports --format json", "review.json"),
        "athlete" => ("hardeasy athlete ~/exports --format json", "athlete.json"),
        "compare" => (
            "hardeasy compare may.fit june.fit --format json",
            "compare.json",
        ),
        "export" => ("hardeasy export ~/exports --format json", "export.json"),
        _ => ("hardeasy export ~/exports --format ndjson", "runs.ndjson"),
    }
}

/// Returns the keys of a document with what is said of each; those of every shape where it has several.
fn keys(schema: &Value) -> BTreeMap<&str, &Value> {
    let shapes = schema["oneOf"].as_array().into_iter().flatten();
    let shapes = shapes.flat_map(|shape| [Some(shape), named(schema, shape)]);
    let all = [Some(schema)].into_iter().chain(shapes).flatten();
    let properties = all.filter_map(|shape| shape["properties"].as_object());
    let keys = properties.flatten();
    keys.map(|(key, property)| (key.as_str(), property))
        .collect()
}

/// Returns the type that a part of a schema refers to.
fn named<'a>(schema: &'a Value, part: &Value) -> Option<&'a Value> {
    schema.pointer(part["$ref"].as_str()?.strip_prefix('#')?)
}

/// Returns what a key of a document holds; absent where it is nested.
fn kind(schema: &Value, property: &Value) -> Option<Kind> {
    if property["$ref"].is_string() {
        return kind(schema, named(schema, property)?);
    }
    for several in ["anyOf", "oneOf"] {
        let choices = property[several].as_array().into_iter().flatten();
        let mut kinds = choices
            .filter(|choice| choice["type"] != "null")
            .map(|choice| kind(schema, choice));
        if let Some(first) = kinds.next() {
            return first.filter(|first| kinds.all(|other| other == Some(*first)));
        }
    }
    let word = match &property["type"] {
        Value::Array(words) => words.iter().find(|word| *word != "null")?.as_str()?,
        word => word.as_str()?,
    };
    match (word, property["format"].as_str()) {
        ("string", Some("date")) => Some(Kind::Day),
        ("string", Some("date-time")) => Some(Kind::Time),
        ("string", _) => Some(Kind::Word),
        ("integer", _) => Some(Kind::Integer),
        ("number", _) => Some(Kind::Float),
        ("boolean", _) => Some(Kind::Boolean),
        _ => None,
    }
}

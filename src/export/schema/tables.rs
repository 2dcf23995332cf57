//! JSON Schemas of the rows of tables.

use chrono::SecondsFormat;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::export::Table;
use crate::export::tables::Cell;
use crate::export::tables::Declared;
use crate::export::tables::Kind;
use crate::export::tables::Row;

/// The dialect of the schemas, as that of documents.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Returns the schema of a row of a table, as an object with a key for each column.
pub(super) fn schema(table: Table) -> Value {
    let columns = table.columns();
    let properties = columns
        .iter()
        .map(|column| (column.name.to_owned(), property(column)));
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    json!({
        "$schema": DIALECT,
        "title": table.name(),
        "description": table.about(),
        "type": "object",
        "properties": properties.collect::<Map<String, Value>>(),
        "required": names,
        "additionalProperties": false,
    })
}

fn property(column: &Declared) -> Value {
    let (word, format) = match column.kind {
        Kind::Word | Kind::Text => ("string", None),
        Kind::Integer => ("integer", None),
        Kind::Float => ("number", None),
        Kind::Boolean => ("boolean", None),
        Kind::Day => ("string", Some("date")),
        Kind::Time => ("string", Some("date-time")),
    };
    let mut property = json!({"description": column.meaning, "type": word});
    if column.nullable {
        property["type"] = json!([word, "null"]);
    }
    if let Some(format) = format {
        property["format"] = format.into();
    }
    if let Some(unit) = column.unit {
        property["unit"] = unit.into();
    }
    property
}

/// Returns a row of a table as an object with a key for each column.
#[must_use]
pub fn row_as_json(table: Table, row: &Row) -> Value {
    let cells = table.columns().into_iter().zip(row);
    let cells = cells.map(|(column, cell)| (column.name.to_owned(), cell_as_json(cell)));
    Value::Object(cells.collect())
}

fn cell_as_json(cell: &Cell) -> Value {
    match cell {
        Cell::Absent => Value::Null,
        Cell::Float(number) => json!(number),
        Cell::Integer(number) => json!(number),
        Cell::Boolean(is_true) => json!(is_true),
        Cell::Day(day) => json!(day),
        Cell::Time(time) => json!(time.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        Cell::Word(_) | Cell::Text(_) => json!(cell.clean()),
    }
}

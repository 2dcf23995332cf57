//! What documents and tables are made of: JSON Schemas, recipes for programs that read them, and the page
//! of the manual, all from the declaration of the tables and the types of the documents.

mod documents;
mod page;
mod recipes;
mod tables;

use serde_json::Value;

use crate::export::Table;

pub use documents::DOCUMENTS;
pub use page::page;
pub use recipes::Reader;
pub use tables::row_as_json;

/// Returns the names of all documents and tables.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let documents = DOCUMENTS.iter().map(|document| document.name);
    documents.chain(Table::ALL.map(Table::name)).collect()
}

/// Returns the JSON Schema of a document or of a row of a table; `None` where there is none of the name.
#[must_use]
pub fn json_schema(name: &str) -> Option<String> {
    let schema = schema_of(name)?;
    Some(format!("{schema:#}\n"))
}

fn schema_of(name: &str) -> Option<Value> {
    let of_document = || documents::schema(name);
    let of_table = || Table::named(name).map(tables::schema);
    of_document().or_else(of_table)
}

/// Returns how a program reads a document or a table; `None` where there is none of the name.
#[must_use]
pub fn recipe(name: &str, reader: Reader) -> Option<String> {
    match Table::named(name) {
        Some(table) => Some(recipes::of_table(table, reader)),
        None => documents::schema(name).map(|schema| recipes::of_document(name, &schema, reader)),
    }
}

#[cfg(test)]
mod tests;

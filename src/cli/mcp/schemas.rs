//! The schemas of what tools take and answer, from the types of the arguments and documents.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::export::Table;
use crate::export::schema;

/// The dialect of the schemas.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
/// Where types that are named in a schema stand.
const TYPES: &str = "$defs";

/// A schema, or a part of one.
type Object = Map<String, Value>;

/// Returns the schema of the arguments of a tool.
pub(super) fn of_arguments<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12();
    let mut generated = settings.into_generator().into_root_schema_for::<T>();
    // The name of the type and that these are arguments tell a client nothing.
    generated.remove("title");
    generated.remove("description");
    generated.to_value()
}

/// The same with the names that parts of a document may have.
pub(super) fn with_parts(mut arguments: Value, document: &str) -> Value {
    let mut names = parts(document);
    names.sort();
    if let Some(items) = arguments.pointer_mut("/properties/parts/items") {
        items["enum"] = json!(names);
    }
    arguments
}

/// Returns the schema of a document of ours.
fn document(name: &str) -> Object {
    let text = schema::json_schema(name).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Returns the keys of a document.
pub(super) fn parts(name: &str) -> Vec<String> {
    let document = document(name);
    let properties = document.get("properties").and_then(Value::as_object);
    properties
        .into_iter()
        .flatten()
        .map(|(key, _)| key.clone())
        .collect()
}

/// Returns the schema of an answer with some keys, all of which are there.
pub(super) fn of_answer(about: &str, keys: &[(&str, Value)]) -> Value {
    let properties: Object = keys
        .iter()
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()))
        .collect();
    let names: Vec<&str> = keys.iter().map(|(name, _)| *name).collect();
    json!({
        "$schema": DIALECT,
        "description": about,
        "type": "object",
        "properties": properties,
        "required": names,
        "additionalProperties": false,
    })
}

/// Returns the schema of an answer in which a key holds a document; all of it, or the parts that were asked
/// for.
pub(super) fn around_document(
    mut answer: Value,
    (key, name): (&str, &str),
    is_whole: bool,
) -> Value {
    let mut document = document(name);
    // Names of types are looked up at the root.
    if let Some(types) = document.remove(TYPES) {
        answer[TYPES] = types;
    }
    document.remove("$schema");
    if !is_whole {
        document.insert("required".to_owned(), json!(["schema"]));
    }
    answer["properties"][key] = Value::Object(document);
    answer
}

/// Returns the schema of rows of a table.
pub(super) fn of_rows(table: Table) -> Value {
    let mut row = document(table.name());
    row.remove("$schema");
    row.remove("title");
    json!({ "type": "array", "items": row })
}

/// Returns the schema of items of a type, with the types that it names.
pub(super) fn of_items<T: JsonSchema>() -> (Value, Option<Value>) {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut item = settings.into_generator().into_root_schema_for::<T>();
    item.remove("$schema");
    item.remove("title");
    let types = item.remove(TYPES);
    (json!({ "type": "array", "items": item }), types)
}

/// Returns the schema of a text.
pub(super) fn text(about: &str) -> Value {
    json!({ "type": "string", "description": about })
}

/// Returns the schema of a text that may be absent.
pub(super) fn text_or_null(about: &str) -> Value {
    json!({ "type": ["string", "null"], "description": about })
}

/// Returns the schema of a count.
pub(super) fn count(about: &str) -> Value {
    json!({ "type": "integer", "minimum": 0, "description": about })
}

/// Returns the schema of the cursor of the next page.
pub(super) fn next_cursor() -> Value {
    text_or_null("the cursor of the next page; null where this is the last")
}

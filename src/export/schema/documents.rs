//! JSON Schemas of documents, from their types.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::classification::SESSION_SCHEMA;
use crate::classification::Session;
use crate::export::json::ATHLETE_SCHEMA;
use crate::export::json::AthleteDocument;
use crate::export::json::COMPARE_SCHEMA;
use crate::export::json::CompareDocument;
use crate::export::json::EXPORT_SCHEMA;
use crate::export::json::Export;
use crate::pipeline::FileLine;
use crate::review::REVIEW_SCHEMA;
use crate::review::Review;

/// A document.
pub struct Document {
    /// The name by which its schema is asked for.
    pub name: &'static str,
    /// Its name and version, as it stands in it.
    pub version: &'static str,
    schema: fn() -> Value,
}

/// All documents that have a schema.
pub const DOCUMENTS: [Document; 5] = [
    Document {
        name: "session",
        version: SESSION_SCHEMA,
        schema: of::<Session>,
    },
    Document {
        name: "review",
        version: REVIEW_SCHEMA,
        schema: of::<Review>,
    },
    Document {
        name: "athlete",
        version: ATHLETE_SCHEMA,
        schema: of::<AthleteDocument<'_>>,
    },
    Document {
        name: "compare",
        version: COMPARE_SCHEMA,
        schema: of::<CompareDocument<'_>>,
    },
    Document {
        name: "export",
        version: EXPORT_SCHEMA,
        schema: of::<Export<'_, FileLine>>,
    },
];

/// Returns the schema of a document as it is written.
fn of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}

/// Returns the schema of the document of a name.
pub(super) fn schema(name: &str) -> Option<Value> {
    let document = DOCUMENTS.iter().find(|document| document.name == name)?;
    let mut schema = (document.schema)();
    schema["title"] = document.version.into();
    schema["properties"]["schema"]["const"] = document.version.into();
    Some(schema)
}

//! Documents in parts: the keys that were asked for, and of the lists under them a page.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use super::arguments::PartName;
use super::problem::Problem;
use super::problem::shown;
use super::schemas;

/// The key that tells which document it is; it is always there.
const SCHEMA: &str = "schema";

/// The parts of a document that were asked for.
pub(super) struct Document {
    parts: Map<String, Value>,
    left_out: Vec<String>,
}

impl Document {
    /// Returns the parts of a document that were asked for, or all but some; `name` is that of its schema.
    ///
    /// # Errors
    /// When there is no part of a name.
    pub(super) fn of(
        document: &impl Serialize,
        name: &str,
        asked: Option<&[PartName]>,
        usually_left_out: &[&str],
    ) -> Result<Self, Problem> {
        let known = schemas::parts(name);
        let is_known = |part: &&PartName| !known.contains(&part.0);
        if let Some(other) = asked.into_iter().flatten().find(is_known) {
            return Err(Problem::new(format!(
                "expected parts among {}, found {}",
                known.join(", "),
                shown(&other.0)
            )));
        }
        let asked: Option<BTreeSet<&str>> =
            asked.map(|parts| parts.iter().map(|part| part.0.as_str()).collect());
        let is_wanted = |key: &str| match &asked {
            Some(asked) => key == SCHEMA || asked.contains(key),
            None => !usually_left_out.contains(&key),
        };
        let whole = serde_json::to_value(document)
            .map_err(|error| Problem::new(format!("the document cannot be written: {error}")))?;
        let mut found = Self {
            parts: Map::new(),
            left_out: Vec::new(),
        };
        let Value::Object(whole) = whole else {
            return Ok(found);
        };
        for (key, value) in whole {
            if is_wanted(&key) {
                found.parts.insert(key, value);
            } else {
                found.left_out.push(key);
            }
        }
        Ok(found)
    }

    /// Returns the number of items of the longest list.
    pub(super) fn longest(&self) -> usize {
        let lists = self.parts.values().filter_map(Value::as_array);
        lists.map(Vec::len).max().unwrap_or_default()
    }

    /// Returns the keys that are there and were not asked for.
    pub(super) fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// Returns the document with some items of each list: on the first page with everything else, on later
    /// pages with the lists that go on. The lists of all pages, one behind the other, are those of the document.
    pub(super) fn page(&self, offset: usize, items: usize) -> Value {
        let parts = self.parts.iter();
        let of_page = parts.filter_map(|(key, value)| {
            let value = match value.as_array() {
                Some(list) if offset == 0 || offset < list.len() => {
                    Value::Array(list.iter().skip(offset).take(items).cloned().collect())
                }
                None if offset == 0 || key == SCHEMA => value.clone(),
                _ => return None,
            };
            Some((key.clone(), value))
        });
        Value::Object(of_page.collect())
    }
}

/// Returns the schema of the names of what is left out.
pub(super) fn left_out() -> Value {
    json!({
        "type": "array",
        "items": schemas::text("a key of the document"),
        "description": "the parts of the document that were not asked for; `parts` asks for them",
    })
}

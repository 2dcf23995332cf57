//! Documents as files.

use serde::Serialize;

use crate::clean::clean_json;

/// Returns a document as JSON: of finite numbers and text only, which always serialise.
pub(super) fn document(of: &impl Serialize) -> String {
    clean_json(serde_json::to_string_pretty(of).unwrap_or_default()) + "\n"
}

//! The document of what became of each input.

use serde::Serialize;

use crate::clean::clean_json;

/// The name and version of the document.
const ACCOUNT_SCHEMA: &str = "hardeasy.account/1";

/// What became of each input.
#[derive(Serialize)]
struct AccountDocument<'a, F> {
    schema: &'static str,
    recognised: &'a [String],
    inputs: &'a [F],
}

/// Returns the document of what became of each input; `recognised` are sentences on the exports of platforms.
///
/// # Errors
/// When an input cannot be written as JSON.
pub(super) fn account_json<F: Serialize>(
    recognised: &[String],
    inputs: &[F],
) -> serde_json::Result<String> {
    let document = AccountDocument {
        schema: ACCOUNT_SCHEMA,
        recognised,
        inputs,
    };
    Ok(clean_json(serde_json::to_string_pretty(&document)?) + "\n")
}

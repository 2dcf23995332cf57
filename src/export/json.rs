//! Session documents as JSON: one a line, or all in one document.

use serde::Serialize;

use crate::classification::Session;

/// The name and version of the document that holds all sessions.
pub const EXPORT_SCHEMA: &str = "hardeasy.export/1";

/// All sessions and what could not be read.
#[derive(Serialize)]
struct Export<'a, F> {
    schema: &'static str,
    sessions: &'a [Session],
    failures: &'a [F],
}

/// Returns the session document on one line, without the line end.
///
/// # Errors
/// None in practice: a session holds nothing that JSON cannot.
pub fn session_line(session: &Session) -> serde_json::Result<String> {
    serde_json::to_string(session)
}

/// Returns one document with all sessions and failures.
///
/// # Errors
/// When a failure cannot be written as JSON.
pub fn export_json<F: Serialize>(
    sessions: &[Session],
    failures: &[F],
) -> serde_json::Result<String> {
    let export = Export {
        schema: EXPORT_SCHEMA,
        sessions,
        failures,
    };
    let mut text = serde_json::to_string(&export)?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::ingest::Warning;
    use crate::review::made_up::season;

    #[test]
    fn a_document_is_read_back_as_it_was() {
        for session in season(1) {
            let line = session_line(&session).unwrap();
            assert!(!line.contains('\n'));
            assert_eq!(serde_json::from_str::<Session>(&line).unwrap(), session);
        }
        let failures = [Warning::new("E-empty", "empty file")];
        let text = export_json(&season(1), &failures).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["schema"], "hardeasy.export/1");
        assert_eq!(value["sessions"].as_array().map(Vec::len), Some(6));
        assert_eq!(value["failures"][0]["code"], "E-empty");
    }
}

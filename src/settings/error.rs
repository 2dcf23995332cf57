//! What is wrong with what the user wrote, and where.

/// A fault in `hardeasy.toml`, `hardeasy.corrections.toml` or `wellness.csv`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: expected {expected}, found {found}; {next}")]
pub struct SettingsError {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// What should be here.
    pub expected: String,
    /// What is here.
    pub found: String,
    /// What the user can do.
    pub next: String,
}

impl SettingsError {
    /// Returns an error at a byte of a text.
    pub(super) fn at(
        text: &str,
        byte: usize,
        expected: impl Into<String>,
        found: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        let mut end = byte.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            expected: expected.into(),
            found: found.into(),
            next: next.into(),
        }
    }

    /// Returns the error of bytes that are not text in UTF-8.
    #[must_use]
    pub fn of_encoding(bytes: &[u8], error: std::str::Utf8Error) -> Self {
        let sound = &bytes[..error.valid_up_to()];
        let text = String::from_utf8_lossy(sound);
        let found = match bytes.get(error.valid_up_to()) {
            Some(byte) => format!("the byte 0x{byte:02X}"),
            None => "the end of a character missing".to_owned(),
        };
        Self::at(
            &text,
            text.len(),
            "text in UTF-8",
            found,
            "save the file as UTF-8",
        )
    }

    /// Returns the error of a text that is not TOML, or has keys or types that do not fit.
    pub(super) fn of_toml(text: &str, error: &toml::de::Error) -> Self {
        let byte = error.span().map_or(0, |span| span.start);
        let (expected, found, next) = parts(error.message());
        Self::at(text, byte, expected, found, next)
    }
}

/// Splits a message as TOML and serde write it into what was expected, what was found, and the next
/// step.
fn parts(message: &str) -> (String, String, String) {
    let message = message.replace('\n', ", ");
    if let Some(key) = message.strip_prefix("missing field ") {
        return (key.to_owned(), "none".to_owned(), "add it".to_owned());
    }
    if let Some(zone) = message.strip_prefix("failed to parse timezone: ") {
        let expected = "a time zone such as Europe/Berlin".to_owned();
        return (
            expected,
            zone.replace('\'', "\""),
            "correct the name".to_owned(),
        );
    }
    let (found, expected) = message
        .split_once(", expected ")
        .unwrap_or((message.as_str(), "sound TOML"));
    let (found, next) = if let Some(key) = found.strip_prefix("unknown field ") {
        let next = "correct the name or remove the line";
        (format!("the unknown key {key}"), next)
    } else if let Some(value) = found.strip_prefix("unknown variant ") {
        (value.to_owned(), "use one of these words")
    } else if let Some(found) = found.strip_prefix("invalid type: ") {
        (found.to_owned(), "write a value of that type")
    } else if let Some(found) = found.strip_prefix("invalid value: ") {
        (found.to_owned(), "correct the value")
    } else {
        (found.to_owned(), "correct this line")
    };
    (in_words(expected), found, next.to_owned())
}

/// Replaces the names of types by words.
fn in_words(expected: &str) -> String {
    match expected {
        "f64" => "a number".to_owned(),
        "i32" => "a whole number".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a string" => "text in quotes".to_owned(),
        "struct Correction" => "a table of what is said of a run".to_owned(),
        "a sequence" => "a list, as in [[thresholds]]".to_owned(),
        other => other.to_owned(),
    }
}

//! Reads numbers and names as exporters really write them.

/// Longest name that is kept, in characters.
const MAX_NAME_CHARACTERS: usize = 200;

/// The words that stand for no value.
const ABSENT_WORDS: [&str; 7] = ["", "null", "none", "nil", "nan", "n/a", "--"];

/// A text that should be a number and is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct NotANumber;

/// Reads a number, white space and a decimal comma allowed; words such as `null` are absent.
///
/// # Errors
/// [`NotANumber`] when the text is something else, or not finite.
pub(in crate::ingest) fn number(text: &str) -> Result<Option<f64>, NotANumber> {
    let text = text.trim();
    if let Ok(value) = text.parse::<f64>() {
        return match value {
            value if value.is_finite() => Ok(Some(value)),
            value if value.is_nan() => Ok(None),
            _ => Err(NotANumber),
        };
    }
    if ABSENT_WORDS
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
    {
        return Ok(None);
    }
    if text.matches(',').count() != 1 || text.contains('.') {
        return Err(NotANumber);
    }
    match text.replace(',', ".").parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Some(value)),
        _ => Err(NotANumber),
    }
}

/// Returns a name fit for display: trimmed, of bounded length, without control characters and
/// without the characters that turn the direction of writing; absent when nothing is left.
pub(in crate::ingest) fn name(text: &str) -> Option<String> {
    let kept: String = text
        .trim()
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !is_hidden(*c))
        .take(MAX_NAME_CHARACTERS)
        .collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}

/// Returns whether a character steers the display instead of being shown.
pub(in crate::ingest) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, value) in [
            ("12", Ok(Some(12.0))),
            (" \n-1.5e1\t", Ok(Some(-15.0))),
            ("12,5", Ok(Some(12.5))),
            ("", Ok(None)),
            (" null ", Ok(None)),
            ("None", Ok(None)),
            ("NaN", Ok(None)),
            ("1,234.5", Err(NotANumber)),
            ("1,234,5", Err(NotANumber)),
            ("inf", Err(NotANumber)),
            ("12 bpm", Err(NotANumber)),
        ] {
            assert_eq!(number(text), value, "{text:?}");
        }
    }

    #[test]
    fn names_cannot_steer_a_display() {
        assert_eq!(
            name(" Easy\u{1}\u{1b}[2J\u{202e}run\n2 "),
            Some("Easy[2Jrun 2".to_owned())
        );
        assert_eq!(name("\u{7}"), None);
        assert_eq!(name(&"å".repeat(500)).map(|n| n.chars().count()), Some(200));
    }
}

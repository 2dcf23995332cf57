//! What is told where something cannot be answered.

use thiserror::Error;

use crate::clean::clean_text;

/// So many characters of what was found are told.
pub(super) const MOST_SHOWN: usize = 60;
/// So many characters of a message of another place are told.
const MOST_TOLD: usize = 600;

/// Why something is not answered: what was expected, what was found, what to do next.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{0}")]
pub(super) struct Problem(String);

impl Problem {
    /// Returns a problem; a text that repeats what was asked is cut.
    pub(super) fn new(text: impl AsRef<str>) -> Self {
        Self(cut(text.as_ref(), MOST_TOLD))
    }
}

/// Returns what was found, fit to be shown: in quotes, cleaned and cut.
pub(super) fn shown(found: &str) -> String {
    format!("\"{}\"", cut(found, MOST_SHOWN))
}

/// Returns the beginning of a text, cleaned.
pub(super) fn cut(text: &str, most: usize) -> String {
    let mut begin: String = text.chars().take(most).collect();
    if begin.len() < text.len() {
        begin.push('…');
    }
    clean_text(&begin)
}

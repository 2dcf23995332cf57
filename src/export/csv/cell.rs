//! What stands in a cell.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::SecondsFormat;
use chrono::Utc;
use serde::Serialize;

use crate::clean::clean_text;

/// Characters that make a spreadsheet read a text as a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing is known.
    Absent,
    /// A number.
    Number(f64),
    /// A word or number of ours, which cannot be mistaken for a formula.
    Code(String),
    /// A text from a file or from the user.
    Text(String),
}

impl Cell {
    /// Returns the cell of a value whose name in documents is wanted, as in "run_walk".
    pub(super) fn name(value: &impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::String(name)) => Cell::Code(name),
            _ => Cell::Absent,
        }
    }

    /// Returns the cell of several words.
    pub(super) fn list<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Self {
        let words: Vec<String> = words.into_iter().map(|w| w.as_ref().to_owned()).collect();
        Cell::Text(words.join("; "))
    }

    /// Returns the cell as it is written. A text that a spreadsheet would run as a formula gets an
    /// apostrophe before it.
    pub(super) fn text(self) -> String {
        match self {
            Cell::Absent => String::new(),
            Cell::Number(number) if number.is_finite() => number.to_string(),
            Cell::Number(_) => String::new(),
            Cell::Code(code) => code,
            Cell::Text(text) => {
                let is_formula = text.starts_with(FORMULA_STARTS);
                let text = clean_text(&text);
                if is_formula || text.starts_with(FORMULA_STARTS) {
                    format!("'{text}")
                } else {
                    text
                }
            }
        }
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}

impl From<u8> for Cell {
    fn from(number: u8) -> Self {
        Cell::Code(number.to_string())
    }
}

impl From<u16> for Cell {
    fn from(number: u16) -> Self {
        Cell::Code(number.to_string())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Cell::Code(number.to_string())
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Cell::Code(number.to_string())
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Cell::Code(number.to_string())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Cell::Code(number.to_string())
    }
}

impl From<bool> for Cell {
    fn from(is_true: bool) -> Self {
        Cell::Code(is_true.to_string())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Cell::Code(day.to_string())
    }
}

impl From<DateTime<Utc>> for Cell {
    fn from(time: DateTime<Utc>) -> Self {
        Cell::Code(time.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Absent, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_become_formulas() {
        for text in ["=cmd()", "+1", "-1", "@x", "\t=1", "\r=1", "\u{200B}=1"] {
            assert!(Cell::from(text).text().starts_with('\''), "{text:?}");
        }
        assert_eq!(Cell::from("6 × 1000 m").text(), "6 × 1000 m");
    }

    #[test]
    fn numbers_keep_their_sign_and_absent_is_empty() {
        assert_eq!(Cell::from(-1.5).text(), "-1.5");
        assert_eq!(Cell::from(None::<f64>).text(), "");
        assert_eq!(Cell::from(f64::NAN).text(), "");
        assert_eq!(Cell::from(-3600).text(), "-3600");
    }
}

//! What stands in a cell.

use std::borrow::Cow;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use serde::Serialize;

use crate::clean::clean_text;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is known.
    Absent,
    /// A number, finite.
    Float(f64),
    /// A whole number.
    Integer(i64),
    /// True or false.
    Boolean(bool),
    /// A day.
    Day(NaiveDate),
    /// A moment.
    Time(DateTime<Utc>),
    /// A word of ours.
    Word(Word),
    /// A text from a file or from the user.
    Text(String),
}

/// A name, a day, an offset: what no spreadsheet takes for a formula, and what steers no display. There is no other
/// way to one than `Cell::word`, which looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Word(String);

impl Word {
    /// Returns the word as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The cells of a row, one for each column of its table.
pub type Row = Vec<Cell>;

impl Cell {
    /// Returns the cell of a value whose name in documents is wanted, as in "run_walk".
    pub(super) fn name(value: &impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::String(name)) => Cell::word(name),
            _ => Cell::Absent,
        }
    }

    /// Returns the cell of a word of ours; what may be more than a word is a text.
    pub(in crate::export) fn word(word: impl Into<String>) -> Self {
        let word = word.into();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || " _-+.:/%".contains(c);
        // Of all that a formula may begin with, an offset from UTC alone begins so.
        let unsigned = word.strip_prefix(['+', '-']);
        let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        match word.chars().all(is_plain) && unsigned.is_none_or(is_number) {
            true => Cell::Word(Word(word)),
            false => Cell::Text(word),
        }
    }

    /// Returns the cell of several words; none is absent.
    pub(super) fn list<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Self {
        let words: Vec<String> = words.into_iter().map(|w| w.as_ref().to_owned()).collect();
        words.join("; ").as_str().into()
    }

    /// Returns the text of a cell that holds words, fit to be shown: without control characters.
    #[must_use]
    pub fn clean(&self) -> Option<Cow<'_, str>> {
        match self {
            Cell::Word(word) => Some(Cow::Borrowed(word.as_str())),
            Cell::Text(text) => Some(clean_text(text).into()),
            _ => None,
        }
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        if !number.is_finite() {
            return Cell::Absent;
        }
        Cell::Float(number)
    }
}

/// A number beyond the range of the type, which no count reaches, is written as its end.
macro_rules! whole_numbers {
    ($($number:ty),+) => {
        $(impl From<$number> for Cell {
            fn from(number: $number) -> Self {
                Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX))
            }
        })+
    };
}

whole_numbers!(u8, u16, u32, i32, u64, usize);

impl From<bool> for Cell {
    fn from(is_true: bool) -> Self {
        Cell::Boolean(is_true)
    }
}

/// An empty text is absent: no file of comma-separated values could tell the two apart.
impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            return Cell::Absent;
        }
        Cell::Text(text.to_owned())
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Cell::Day(day)
    }
}

impl From<DateTime<Utc>> for Cell {
    fn from(time: DateTime<Utc>) -> Self {
        Cell::Time(time)
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
    fn what_may_be_a_formula_is_no_word() {
        for word in ["run_walk", "2026-03", "+01:00", "-03:30", "m/s", ""] {
            assert!(matches!(Cell::word(word), Cell::Word(_)), "{word:?}");
        }
        for text in ["=1", "+cmd", "-x", "@x", "a\t", "\u{1b}[m", "é"] {
            assert!(matches!(Cell::word(text), Cell::Text(_)), "{text:?}");
        }
    }
}

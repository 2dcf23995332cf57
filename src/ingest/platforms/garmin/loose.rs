//! Values that are now a number, now a text.

use chrono::DateTime;
use chrono::NaiveDateTime;
use chrono::Utc;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// How times are written where they are texts; with `T` or a space.
const TIME_FORMATS: [&str; 2] = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f"];

/// A value of which only the key is sure. What is of no use is absent, whatever it is: one odd value costs
/// itself, not the document.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Loose {
    Flag(bool),
    Number(f64),
    Text(String),
    Typed {
        #[serde(rename = "typeKey")]
        type_key: String,
    },
    Other(IgnoredAny),
}

impl Loose {
    pub(super) fn number(&self) -> Option<f64> {
        let number = match self {
            Loose::Number(number) => *number,
            Loose::Text(text) => text.parse().ok()?,
            _ => return None,
        };
        number.is_finite().then_some(number)
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Loose::Text(text) | Loose::Typed { type_key: text } => Some(text.as_str()),
            _ => None,
        }
    }

    /// Returns a name, which is a text or a whole number.
    pub(super) fn name(&self) -> Option<String> {
        match self {
            Loose::Number(number) => Some(format!("{number:.0}")),
            _ => self.text().map(str::to_owned),
        }
    }

    /// Returns a time, written in milliseconds since 1970 or as a text.
    pub(super) fn time(&self) -> Option<DateTime<Utc>> {
        if let Some(milliseconds) = self.number() {
            return of_milliseconds(milliseconds);
        }
        let text = self.text()?.trim_end_matches('Z');
        let mut formats = TIME_FORMATS.iter();
        let time = formats.find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
        time.map(|time| time.and_utc())
    }

    pub(super) fn is_true(&self) -> bool {
        matches!(self, Loose::Flag(true))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a number that is cut is no time of any activity, which is then unknown"
)]
fn of_milliseconds(milliseconds: f64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(milliseconds.round() as i64)
}

/// Returns the number of a value that may be absent.
pub(super) fn number(value: &Option<Loose>) -> Option<f64> {
    value.as_ref().and_then(Loose::number)
}

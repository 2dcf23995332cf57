//! One value of a text: where it stands, and whether it can be.

use std::ops::RangeInclusive;

use toml::de::DeTable;
use toml::de::DeValue;

use crate::settings::SettingsError;

/// Refuses a value outside the range in which it can lie; `path` leads to it.
pub(super) fn in_range(
    text: &str,
    path: &[&str],
    value: Option<f64>,
    range: RangeInclusive<f64>,
    unit: &str,
) -> Result<(), SettingsError> {
    let Some(value) = value.filter(|value| !range.contains(value)) else {
        return Ok(());
    };
    let key = path.last().copied().unwrap_or_default();
    let unit = if unit.is_empty() {
        String::new()
    } else {
        format!(" {unit}")
    };
    let (low, high) = range.into_inner();
    Err(SettingsError::at(
        text,
        place(text, path),
        format!("{key} from {low} to {high}{unit}"),
        value.to_string(),
        "correct the value or remove the line",
    ))
}

/// Returns the byte at which a value stands; the start of the text when it cannot be found.
pub(super) fn place(text: &str, path: &[&str]) -> usize {
    let Ok(document) = DeTable::parse(text) else {
        return 0;
    };
    let mut start = 0;
    let mut value = DeValue::Table(document.into_inner());
    for key in path {
        let next = match value {
            DeValue::Table(mut table) => table.remove(*key),
            DeValue::Array(array) => key
                .parse::<usize>()
                .ok()
                .and_then(|index| array.into_iter().nth(index)),
            _ => None,
        };
        let Some(next) = next else {
            return start;
        };
        start = next.span().start;
        value = next.into_inner();
    }
    start
}

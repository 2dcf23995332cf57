//! Words and shares that several ideas need.

use crate::review::block::Entry;
use crate::review::numbers::as_f64;

/// Returns the share of a whole, 0 of nothing.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        as_f64(part) / as_f64(whole)
    }
}

/// Returns a count that may be a half, as in "2" or "1.5".
pub(super) fn show_count(count: f64) -> String {
    let text = format!("{count:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// The most days that a sentence lists.
const MOST_DAYS_LISTED: usize = 3;

/// Returns the days of sessions, as in "3 May, 7 May, 9 May and 2 more".
pub(super) fn list_days<'e>(entries: impl IntoIterator<Item = &'e Entry<'e>>) -> String {
    list(entries.into_iter().map(|entry| entry.day))
}

/// Returns days, as in "3 May, 7 May, 9 May and 2 more".
pub(super) fn list(days: impl IntoIterator<Item = chrono::NaiveDate>) -> String {
    let days: Vec<String> = days.into_iter().map(show_day).collect();
    let listed = days[..days.len().min(MOST_DAYS_LISTED)].join(", ");
    match days.len().saturating_sub(MOST_DAYS_LISTED) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

/// Returns a day without its year, as in "3 May".
pub(super) fn show_day(day: chrono::NaiveDate) -> String {
    day.format("%-d %b").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_may_be_a_half() {
        assert_eq!(show_count(2.0), "2");
        assert_eq!(show_count(2.5), "2.5");
    }
}

//! Words and shares that several ideas need.

use chrono::NaiveDate;

use crate::review::block::Entry;
use crate::review::findings::context::Context;
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

/// Returns a count of things that may be a half, as in "1 run" or "2.5 runs".
pub(super) fn counted(count: f64, noun: &str) -> String {
    let plural = if (count - 1.0).abs() < f64::EPSILON {
        ""
    } else {
        "s"
    };
    format!("{} {noun}{plural}", show_count(count))
}

/// Returns a change in whole percent, as in "+3 %" or "0 %".
pub(super) fn show_change(percent: f64) -> String {
    match percent.round() {
        none if none.abs() < 0.5 => "0 %".to_owned(),
        change => format!("{change:+.0} %"),
    }
}

/// Minutes of an hour.
const MINUTES_PER_HOUR: f64 = 60.0;

/// Returns a time of running, as in "3.3 h" or "20 min".
pub(super) fn show_hours(hours: f64) -> String {
    if hours < 1.0 {
        format!("{:.0} min", hours * MINUTES_PER_HOUR)
    } else {
        format!("{hours:.1} h")
    }
}

/// Returns the runs of the block from a day on.
pub(super) fn runs_since<'a>(
    context: &'a Context<'_>,
    day: NaiveDate,
) -> impl Iterator<Item = &'a Entry<'a>> {
    context.block.runs().filter(move |run| run.day >= day)
}

/// The most days that a sentence lists.
const MOST_DAYS_LISTED: usize = 3;

/// Returns the days of sessions, as in "3 May, 7 May, 9 May and 2 more".
pub(super) fn list_days<'e>(entries: impl IntoIterator<Item = &'e Entry<'e>>) -> String {
    list(entries.into_iter().map(|entry| entry.day))
}

/// Returns days, as in "3 May, 7 May, 9 May and 2 more".
pub(super) fn list(days: impl IntoIterator<Item = NaiveDate>) -> String {
    let days: Vec<String> = days.into_iter().map(show_day).collect();
    let listed = days[..days.len().min(MOST_DAYS_LISTED)].join(", ");
    match days.len().saturating_sub(MOST_DAYS_LISTED) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

/// Returns a day without its year, as in "3 May".
pub(super) fn show_day(day: NaiveDate) -> String {
    day.format("%-d %b").to_string()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "the values are exact")]

    use super::*;

    #[test]
    fn a_count_may_be_a_half() {
        assert_eq!(show_count(2.0), "2");
        assert_eq!(show_count(2.5), "2.5");
    }

    #[test]
    fn changes_times_and_days_are_told_as_people_do() {
        assert_eq!(
            [3.4, -2.6, 0.4, -0.4].map(show_change),
            ["+3 %", "-3 %", "0 %", "0 %"]
        );
        assert_eq!(
            [0.333, 0.999, 1.0, 3.26].map(show_hours),
            ["20 min", "60 min", "1.0 h", "3.3 h"]
        );
        assert_eq!(
            (counted(1.0, "run"), counted(1.5, "run")),
            ("1 run".to_owned(), "1.5 runs".to_owned())
        );
        assert!(share(1, 4) == 0.25 && share(0, 0) == 0.0);
        let days = NaiveDate::from_ymd_opt(2026, 5, 3)
            .expect("a day")
            .iter_days();
        assert_eq!(list(days.take(3)), "3 May, 4 May, 5 May");
        assert_eq!(list(days.take(5)), "3 May, 4 May, 5 May and 2 more");
    }
}

//! The words, numbers and names of the pages.

use std::collections::BTreeMap;

use chrono::Datelike;
use chrono::NaiveDate;
use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::clean::clean_text;
use crate::report::content::partial_sums;
use crate::report::content::strip;
pub(super) use crate::report::content::verdict::capital;
use crate::report::drawing::ink::Ink;
use crate::review::day_kind_of;
use crate::review::session_title;
use crate::vocabulary::SessionKind;

/// What stands where nothing is known.
pub(super) const ABSENT: &str = "–";

/// Returns how sure something is in percent; nothing is quite certain.
pub(super) fn sureness(value: f64) -> String {
    /// From here on rounding would claim certainty.
    const NEARLY_CERTAIN: f64 = 0.995;
    if value >= NEARLY_CERTAIN {
        "> 99 %".to_owned()
    } else {
        percent(value)
    }
}

/// Returns a share in percent.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// Returns a number without decimals and its unit, or a dash.
pub(super) fn count(value: Option<f64>, unit: &str) -> String {
    value.map_or_else(|| ABSENT.to_owned(), |value| format!("{value:.0} {unit}"))
}

/// Returns a number of points, or a dash.
pub(super) fn points(value: Option<f64>) -> String {
    value.map_or_else(|| ABSENT.to_owned(), |value| format!("{value:.0}"))
}

/// Returns what a distance leaves out.
pub(super) fn of_measured(known: usize, runs: usize) -> String {
    match known {
        0 if runs > 0 => "not recorded".to_owned(),
        _ => partial_sums::of_runs(known, runs),
    }
}

/// Returns the unit of a load and of how many runs it is.
pub(super) fn of_rated(known: usize, runs: usize) -> String {
    match runs {
        0 => "points".to_owned(),
        _ => format!("points, {known} of {runs} runs rated"),
    }
}

/// Returns a span of time in hours and minutes, as in "5 h 12 min", "105 h".
pub(super) fn hours(value_s: f64) -> String {
    let minutes = (value_s / 60.0).round();
    let (hours, rest) = ((minutes / 60.0).floor(), minutes % 60.0);
    /// From here on minutes are no matter.
    const MANY_HOURS: f64 = 100.0;
    if hours >= MANY_HOURS {
        format!("{:.0} h", minutes / 60.0)
    } else if hours > 0.0 {
        format!("{hours:.0} h {rest:02.0} min")
    } else {
        format!("{rest:.0} min")
    }
}

/// Returns a day with its weekday, as in "Fri 1 May 2026".
pub(super) fn long_day(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// Returns a day without its year, as in "Fri 1 May".
pub(super) fn short_day(day: NaiveDate) -> String {
    day.format("%a %-d %b").to_string()
}

/// Returns the days of a block, as in "2 Mar – 24 May 2026".
pub(super) fn span(from: NaiveDate, to: NaiveDate) -> String {
    let first = if from.year() == to.year() {
        from.format("%-d %b")
    } else {
        from.format("%-d %b %Y")
    };
    format!("{first} – {}", to.format("%-d %b %Y"))
}

/// Returns the name of a week, linked to its page where it has one.
pub(super) fn week_link(
    monday: NaiveDate,
    name: &str,
    hrefs: &BTreeMap<NaiveDate, String>,
) -> Markup {
    html! {
        @if let Some(href) = hrefs.get(&monday) { a href=(href) { (name) } } @else { (name) }
    }
}

/// Returns the day of a session, or what is known of it.
pub(super) fn session_day(session: &Session) -> String {
    session
        .head
        .day
        .map_or_else(|| "date unknown".to_owned(), long_day)
}

/// Returns the local time of the start, as in "08:12".
pub(super) fn start_clock(session: &Session) -> Option<String> {
    let offset = chrono::TimeDelta::seconds(i64::from(session.head.utc_offset_s.unwrap_or(0)));
    let local = session.head.start_time?.checked_add_signed(offset)?;
    let zone = if session.head.utc_offset_s.is_some() {
        ""
    } else {
        " UTC"
    };
    Some(format!("{}{zone}", local.format("%H:%M")))
}

/// Returns what was run, as in "6 × 1000 m, 90 s jog"; empty when the kind says it all.
pub(super) fn title(session: &Session) -> String {
    let title = session_title(session);
    let kind = session.kind.words();
    let rest = title.strip_prefix(kind).unwrap_or(&title);
    clean_text(rest.trim_start_matches([',', ' ']))
}

/// Returns the name of an activity, unless it says no more than what stands before it.
pub(super) fn name(session: &Session) -> Option<String> {
    let name = clean_text(session.head.name.as_deref()?);
    (!name.is_empty() && name != title(session)).then_some(name)
}

/// Returns a span of hours for reading, as in "51 h" or "11 days".
pub(super) fn hours_or_days(value_h: f64) -> String {
    /// Longer spans are told in days.
    const MOST_HOURS: f64 = 72.0;
    /// Hours of a day.
    const DAY_H: f64 = 24.0;
    if value_h <= MOST_HOURS {
        format!("{value_h:.0} h")
    } else {
        format!("{:.0} days", value_h / DAY_H)
    }
}

/// Returns how a run felt, 0–100, in the words of the watch that asked.
pub(super) fn feel(value: f64) -> &'static str {
    /// Half the distance between two of the five answers.
    const HALF: f64 = 12.5;
    let words = [
        (0.0, "very weak"),
        (25.0, "weak"),
        (50.0, "normal"),
        (75.0, "strong"),
    ];
    let found = words.iter().find(|(answer, _)| value < answer + HALF);
    found.map_or("very strong", |(_, word)| word)
}

/// Returns a day with its year, as in "1 May 2026".
pub(super) fn dated(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// Returns a stored word for reading, as in "negative split" from "negative_split".
pub(super) fn plain(name: &str) -> String {
    name.replace('_', " ")
}

/// Returns the ink of a session: that of the day which it makes by itself, so that it looks the same in
/// lists and in the strip of days.
pub(super) fn session_ink(session: &Session) -> Ink {
    match session.kind {
        SessionKind::Undecided | SessionKind::Short => Ink::Stop,
        _ => strip::day_ink(day_kind_of(session)).unwrap_or(Ink::Stop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_say_what_they_leave_out() {
        assert_eq!(of_measured(4, 4), "");
        assert_eq!(of_measured(0, 0), "");
        assert_eq!(of_measured(0, 4), "not recorded");
        assert_eq!(of_measured(3, 4), "of 3 of 4 runs");
        assert_eq!(of_rated(0, 0), "points");
        assert_eq!(of_rated(0, 4), "points, 0 of 4 runs rated");
        assert_eq!(points(None), ABSENT);
    }

    #[test]
    fn times_are_hours_and_minutes() {
        assert_eq!(hours(3599.9), "1 h 00 min");
        assert_eq!(hours(125.0), "2 min");
    }
}

//! The reference values of an athlete over time.

use chrono::NaiveDate;

use crate::history::Reference;
use crate::history::References;
use crate::report::clean_text;
use crate::report::text::layout::ABSENT;
use crate::report::text::layout::Side;
use crate::report::text::layout::paragraph;
use crate::report::text::layout::table;
use crate::units::MetresPerSecond;
use crate::units::UnitSystem;

/// Returns the reference values on each of several days, and what the newest of them rest on.
#[must_use]
pub fn references_text(days: &[(NaiveDate, References)], units: UnitSystem) -> String {
    let Some((last_day, newest)) = days.last() else {
        return "No reference values: no dated runs.\n".to_owned();
    };
    let head = [
        ("day", Side::Left),
        ("easy", Side::Right),
        ("critical speed", Side::Right),
        ("threshold HR", Side::Right),
        ("maximum HR", Side::Right),
        ("resting HR", Side::Right),
    ];
    let rows = days.iter().map(|(day, at)| row(*day, at, units)).collect();
    let mut text = table(&head, rows, 0);
    text.push_str(&format!("\nOn {last_day}:\n"));
    for line in details(newest, units) {
        text.push_str(&paragraph(&line, 2, 2));
    }
    text
}

/// Returns the row of one day.
fn row(day: NaiveDate, at: &References, units: UnitSystem) -> Vec<String> {
    let pace = |reference: &Option<Reference>| match reference {
        Some(speed) => MetresPerSecond(speed.value).show_pace(units),
        None => ABSENT.to_owned(),
    };
    let bpm = |reference: &Option<Reference>| match reference {
        Some(rate) => format!("{:.0} bpm", rate.value),
        None => ABSENT.to_owned(),
    };
    vec![
        day.to_string(),
        pace(&at.easy_speed_m_s),
        pace(&at.critical_speed_m_s),
        bpm(&at.threshold_heart_rate_bpm),
        bpm(&at.maximum_heart_rate_bpm),
        bpm(&at.resting_heart_rate_bpm),
    ]
}

/// Returns a line per value: the value, its interval, what it rests on.
fn details(at: &References, units: UnitSystem) -> Vec<String> {
    let pace = |speed: f64| MetresPerSecond(speed).show_pace(units);
    let bpm = |rate: f64| format!("{rate:.0} bpm");
    let share = |ratio: f64| format!("{:.1} %", 100.0 * ratio);
    let speeds = [
        ("easy pace", &at.easy_speed_m_s),
        ("critical speed", &at.critical_speed_m_s),
    ];
    let rates = [
        ("threshold heart rate", &at.threshold_heart_rate_bpm),
        ("maximum heart rate", &at.maximum_heart_rate_bpm),
        ("resting heart rate", &at.resting_heart_rate_bpm),
    ];
    let speeds = speeds.map(|(name, reference)| detail(name, reference.as_ref(), pace));
    let rates = rates.map(|(name, reference)| detail(name, reference.as_ref(), bpm));
    let wander = detail("pace wander", at.pace_wander.as_ref(), share);
    speeds.into_iter().chain(rates).chain([wander]).collect()
}

/// Returns the line of one value.
fn detail(name: &str, reference: Option<&Reference>, show: impl Fn(f64) -> String) -> String {
    let Some(reference) = reference else {
        return format!("{name}: not known");
    };
    let date = match reference.date {
        Some(date) => format!(", newest run {date}"),
        None => String::new(),
    };
    format!(
        "{name}: {} ({} to {}), {}{date}; confidence {}",
        show(reference.value),
        show(reference.low),
        show(reference.high),
        clean_text(&reference.source),
        clean_text(&reference.confidence)
    )
}

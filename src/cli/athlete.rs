//! `athlete`: the reference values over time.

use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use chrono::Datelike;
use chrono::NaiveDate;
use toml_edit::ArrayOfTables;
use toml_edit::DocumentMut;
use toml_edit::Item;
use toml_edit::Table;
use toml_edit::value;

use super::args::AthleteArguments;
use super::args::Common;
use super::exit::Exit;
use super::files;
use super::print;
use super::read;
use crate::classification::Session;
use crate::classification::past_session;
use crate::history::Confidence;
use crate::history::History;
use crate::history::Reference;
use crate::history::References;
use crate::pipeline::SETTINGS_FILE;
use crate::report::clean_text;
use crate::report::text;
use crate::settings::Settings;
use crate::units::round;

/// Decimals of a written speed: a millimetre per second is far below what is known.
const SPEED_DECIMALS: i32 = 3;
/// Decimals of a written heart rate.
const HEART_RATE_DECIMALS: i32 = 0;

/// Shows the reference values over time, and writes the newest where asked to.
pub(super) fn run(common: &Common, command: &AthleteArguments) -> anyhow::Result<Exit> {
    let outcome = read::read(common, &command.inputs)?;
    if command.write && (command.inputs.athletes || command.inputs.paths.len() != 1) {
        bail!("--write is for one folder of one athlete; run it once per folder");
    }
    for athlete in &outcome.athletes {
        let days = over_time(&athlete.settings, outcome.sessions_of(athlete));
        if let Some(name) = &athlete.name {
            print(&format!("{}\n", clean_text(name)))?;
        }
        print(&text::references_text(
            &days,
            read::units(common, Some(athlete)),
        ))?;
        if command.write
            && let Some((day, references)) = days.last()
        {
            let path = settings_path(common, &command.inputs.paths[0]);
            write_newest(&path, *day, references)?;
            print(&format!("written to {}\n", path.display()))?;
        }
    }
    Ok(Exit::of(&outcome))
}

/// Returns the reference values at the start of each month with runs and on the day after the last.
fn over_time(settings: &Settings, sessions: &[Session]) -> Vec<(NaiveDate, References)> {
    let mut history = History::new(settings.clone());
    let mut days: Vec<(NaiveDate, References)> = Vec::new();
    let mut last = None;
    for session in sessions {
        let Some(past) = past_session(session) else {
            continue;
        };
        if let Some(day) = session.head.day {
            let new_month = last.is_none_or(|last: NaiveDate| {
                (last.year(), last.month()) != (day.year(), day.month())
            });
            if new_month && last.is_some() {
                days.push((day, history.references(day)));
            }
            last = Some(day);
        }
        history.push(past);
    }
    if let Some(after) = last.and_then(|last| last.succ_opt()) {
        days.push((after, history.references(after)));
    }
    days
}

fn settings_path(common: &Common, input: &Path) -> PathBuf {
    let beside = if input.is_dir() {
        input
    } else {
        input.parent().unwrap_or(Path::new(""))
    };
    common
        .config
        .clone()
        .unwrap_or_else(|| beside.join(SETTINGS_FILE))
}

/// Adds the newest values to the settings, or replaces those of the same day; everything else in
/// the file stays as it is.
fn write_newest(path: &Path, day: NaiveDate, references: &References) -> anyhow::Result<()> {
    let old = if path.exists() {
        std::fs::read_to_string(path)
            .with_context(|| format!("{}: cannot be read", path.display()))?
    } else {
        String::new()
    };
    let new = with_newest(&old, day, references).with_context(|| path.display().to_string())?;
    files::write_synced(path, new.as_bytes())
}

fn with_newest(old: &str, day: NaiveDate, references: &References) -> anyhow::Result<String> {
    let mut document: DocumentMut = old.parse().context("expected TOML; mend it first")?;
    let entry = document
        .entry("thresholds")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(tables) = entry.as_array_of_tables_mut() else {
        bail!("expected [[thresholds]] tables, found something else; mend it first");
    };
    let date: toml_edit::Datetime = day.to_string().parse().context("a date is TOML")?;
    tables.retain(|table| table.get("from").and_then(Item::as_datetime) != Some(&date));
    let mut table = Table::new();
    table
        .decor_mut()
        .set_prefix("\n# Estimated by hardeasy from the runs before this day.\n");
    table["from"] = value(date);
    let values: [(&str, &Option<Reference>, i32); 5] = [
        ("easy_speed_m_s", &references.easy_speed_m_s, SPEED_DECIMALS),
        (
            "critical_speed_m_s",
            &references.critical_speed_m_s,
            SPEED_DECIMALS,
        ),
        (
            "threshold_heart_rate_bpm",
            &references.threshold_heart_rate_bpm,
            HEART_RATE_DECIMALS,
        ),
        (
            "maximum_heart_rate_bpm",
            &references.maximum_heart_rate_bpm,
            HEART_RATE_DECIMALS,
        ),
        (
            "resting_heart_rate_bpm",
            &references.resting_heart_rate_bpm,
            HEART_RATE_DECIMALS,
        ),
    ];
    for (name, reference, decimals) in values {
        if let Some(reference) = reference.as_ref().filter(|reference| is_known(reference)) {
            table[name] = value(round(reference.value, decimals));
        }
    }
    if table.len() < 2 {
        bail!(
            "no value is known well enough to be written; it needs more runs, hard ones among them"
        );
    }
    tables.push(table);
    let new = document.to_string();
    Settings::parse(&new)?;
    Ok(new)
}

/// Returns whether an estimate is good enough to stand in the settings, where it wins over later
/// estimates.
fn is_known(reference: &Reference) -> bool {
    [Confidence::High, Confidence::Fair]
        .iter()
        .any(|confidence| confidence.word() == reference.confidence)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn the_newest_values_join_the_settings() {
        let reference = Reference {
            value: 4.2004,
            low: 4.1,
            high: 4.3,
            source: String::new(),
            date: None,
            confidence: Confidence::Fair.word().to_owned(),
        };
        let references = References {
            critical_speed_m_s: Some(reference),
            ..References::default()
        };
        let day = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
        let old = "# mine\nunits = \"imperial\"\n";
        let once = with_newest(old, day, &references).unwrap();
        let twice = with_newest(&once, day, &references).unwrap();
        assert_eq!(once, twice);
        assert!(once.starts_with(old), "{once}");
        assert_eq!(
            Settings::parse(&once).unwrap().thresholds[0].critical_speed_m_s,
            Some(4.2)
        );
    }
}

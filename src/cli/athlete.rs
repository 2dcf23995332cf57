//! `athlete`: the reference values over time.

use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use chrono::NaiveDate;
use toml_edit::ArrayOfTables;
use toml_edit::DocumentMut;
use toml_edit::Item;
use toml_edit::Table;
use toml_edit::value;

use super::args::AthleteArguments;
use super::args::AthleteFormat;
use super::args::Common;
use super::diagnose;
use super::exit::Exit;
use super::files;
use super::print;
use super::read;
use crate::export::json;
use crate::history::DatedReferences;
use crate::history::ReferenceUnit;
use crate::history::References;
use crate::history::Sampling;
use crate::ingest;
use crate::ingest::Content;
use crate::pipeline::Athlete;
use crate::pipeline::CORRECTIONS_FILE;
use crate::pipeline::Outcome;
use crate::pipeline::SETTINGS_FILE;
use crate::pipeline::WELLNESS_FILE;
use crate::report::athlete_chart;
use crate::report::clean_text;
use crate::report::text;
use crate::settings::Settings;
use crate::units::round;

/// Decimals of a written speed.
///
/// # Units
/// A millimetre per second.
const SPEED_DECIMALS: i32 = 3;
/// Decimals of a written heart rate.
///
/// # Units
/// A beat per minute.
const HEART_RATE_DECIMALS: i32 = 0;
/// Decimals of a written ratio.
///
/// # Units
/// A hundredth of a per cent.
const RATIO_DECIMALS: i32 = 4;

/// Shows the reference values over time, and writes the newest where asked to.
pub(super) fn run(common: &Common, command: &AthleteArguments) -> anyhow::Result<Exit> {
    if command.write && (command.inputs.athletes || command.inputs.paths.len() != 1) {
        bail!("--write is for one folder of one athlete; run it once per folder");
    }
    if let Some(path) = &command.output {
        refuse_foreign(path)?;
    }
    let outcome = read::read(common, &command.inputs)?;
    if Exit::of(&outcome) == Exit::Nothing {
        return Ok(Exit::Nothing);
    }
    let content = match command.format {
        AthleteFormat::Text => text_of(common, &outcome),
        AthleteFormat::Json => json_of(common, &outcome)?,
        AthleteFormat::Svg => svg_of(common, &outcome)?,
    };
    match &command.output {
        Some(path) => files::write(path, content.as_bytes())?,
        None => print(&content)?,
    }
    if command.write {
        write(common, command, &outcome)?;
    }
    Ok(Exit::of(&outcome))
}

/// Refuses to write over anything but what this command wrote earlier, and under the names of the
/// files that the user writes for hardeasy.
fn refuse_foreign(path: &Path) -> anyhow::Result<()> {
    let Some(found) = foreign(path)? else {
        return Ok(());
    };
    bail!(
        "{}: expected a new file, or one that `hardeasy athlete` wrote, found {found}; give another -o",
        path.display()
    );
}

/// Returns what stands in the way of writing a file; nothing where it may be written.
fn foreign(path: &Path) -> anyhow::Result<Option<&'static str>> {
    if path.is_dir() {
        return Ok(Some("a folder"));
    }
    // Some file systems take capitals for the same name.
    let is_called = |name: &&str| {
        path.file_name()
            .is_some_and(|n| n.eq_ignore_ascii_case(name))
    };
    if [SETTINGS_FILE, CORRECTIONS_FILE, WELLNESS_FILE]
        .iter()
        .any(is_called)
    {
        return Ok(Some("the name of a file that you write for hardeasy"));
    }
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = std::fs::read(path)
        .with_context(|| format!("{}: cannot be read; give another -o", path.display()))?;
    Ok(match ingest::detect(&bytes) {
        Content::Empty => None,
        Content::Export(_) | Content::Gzip | Content::Zip | Content::Sessions => Some("an export"),
        Content::Other(_) | Content::System(_) => {
            (!is_written_here(&bytes)).then_some("another file")
        }
    })
}

/// Returns whether some bytes are what this command writes, in any of its formats.
fn is_written_here(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let title = format!("<title>{}</title>", athlete_chart::TITLE);
    (text.starts_with("<svg ") && text.contains(&title))
        || json::is_athlete_json(text)
        || text::is_references_text(text)
}

/// Returns an athlete's reference values over time.
fn over_time(
    common: &Common,
    outcome: &Outcome,
    athlete: &Athlete,
    sampling: Sampling,
) -> Vec<DatedReferences> {
    read::history(common, outcome, athlete).over_time(sampling)
}

fn text_of(common: &Common, outcome: &Outcome) -> String {
    let parts = outcome.athletes.iter().map(|athlete| {
        let days = over_time(common, outcome, athlete, Sampling::Months);
        let name = athlete.name.as_deref().map(clean_text);
        let name = name.map(|name| format!("{name}\n")).unwrap_or_default();
        name + &text::references_text(&days, read::units(common, Some(athlete)))
    });
    parts.collect()
}

/// Returns one document, or a document of several when sub-folders are athletes.
fn json_of(common: &Common, outcome: &Outcome) -> anyhow::Result<String> {
    let days = |athlete| over_time(common, outcome, athlete, Sampling::Weeks);
    let text = match outcome.athletes.as_slice() {
        [athlete] if athlete.name.is_none() => json::athlete_json(None, &days(athlete))?,
        several => {
            let named = several
                .iter()
                .map(|athlete| (athlete.name.as_deref(), days(athlete)));
            json::athletes_json(&named.collect::<Vec<_>>())?
        }
    };
    Ok(text)
}

fn svg_of(common: &Common, outcome: &Outcome) -> anyhow::Result<String> {
    let [athlete] = outcome.athletes.as_slice() else {
        bail!(
            "svg is for one athlete, found {}; run it once per folder",
            outcome.athletes.len()
        );
    };
    let days = over_time(common, outcome, athlete, Sampling::Weeks);
    let svg = athlete_chart::svg(&days, read::units(common, Some(athlete)));
    if svg.is_empty() {
        bail!("no reference value is known, so there is nothing to draw; it needs dated runs");
    }
    Ok(svg + "\n")
}

/// Writes the newest values into the settings.
fn write(common: &Common, command: &AthleteArguments, outcome: &Outcome) -> anyhow::Result<()> {
    for athlete in &outcome.athletes {
        let days = over_time(common, outcome, athlete, Sampling::Months);
        if let Some(newest) = days.last() {
            let path = settings_path(common, &command.inputs.paths[0]);
            write_newest(&path, newest.day, &newest.references)?;
            if !common.quiet {
                diagnose("note", &format!("written to {}", path.display()));
            }
        }
    }
    Ok(())
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
    for (kind, reference) in references.iter().filter(|(kind, _)| kind.is_setting) {
        if let Some(reference) = reference.filter(|reference| reference.is_known()) {
            table[kind.key] = value(round(reference.value, decimals(kind.unit)));
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

/// Returns the decimals of a written value: finer ones are far below what is known.
fn decimals(unit: ReferenceUnit) -> i32 {
    match unit {
        ReferenceUnit::MetresPerSecond => SPEED_DECIMALS,
        ReferenceUnit::BeatsPerMinute | ReferenceUnit::Watts => HEART_RATE_DECIMALS,
        ReferenceUnit::Ratio => RATIO_DECIMALS,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::history::Confidence;
    use crate::history::Reference;

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

//! `athlete`: the reference values over time.

use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;

use super::args::AthleteArguments;
use super::args::AthleteFormat;
use super::args::Common;
use super::correct::waiting;
use super::diagnose;
use super::exit::Exit;
use super::files;
use super::print;
use super::read;
use super::write_thresholds;
use crate::classification::Session;
use crate::classification::history_of;
use crate::classification::judge;
use crate::clean::clean_text;
use crate::export::json;
use crate::history::DatedReferences;
use crate::history::History;
use crate::history::Sampling;
use crate::ingest;
use crate::ingest::Content;
use crate::pipeline::Athlete;
use crate::pipeline::CORRECTIONS_FILE;
use crate::pipeline::Outcome;
use crate::pipeline::SETTINGS_FILE;
use crate::pipeline::WELLNESS_FILE;
use crate::report::charts::athlete_chart;
use crate::report::text;
use crate::settings::Settings;

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
    let read = files::read_if_own(path)
        .with_context(|| format!("{}: cannot be read; give another -o", path.display()))?;
    let Some(bytes) = read else {
        return Ok(Some("another file"));
    };
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
    let path = settings_path(common, &command.inputs.paths[0]);
    let shown = || path.display().to_string();
    for athlete in &outcome.athletes {
        files::change(&path, &waiting(&path), |old| {
            let mut settings = athlete.settings.clone();
            if path.exists() {
                settings.thresholds = write_thresholds::given_by_user(old).with_context(shown)?;
            }
            let days = judged_with(common, outcome, athlete, &settings).over_time(Sampling::Months);
            let newest = days.last().cloned().unwrap_or_default();
            write_thresholds::with_newest(old, newest.day, &newest.references).with_context(shown)
        })?;
        if !common.quiet {
            diagnose("note", &format!("written to {}", path.display()));
        }
    }
    Ok(())
}

/// Returns an athlete's past as it looks with other settings than those that were found.
fn judged_with(
    common: &Common,
    outcome: &Outcome,
    athlete: &Athlete,
    settings: &Settings,
) -> History {
    let sessions = outcome.sessions_of(athlete).iter().cloned();
    let runs = sessions.map(Session::into_run).collect();
    let sessions = judge(runs, settings, &athlete.corrections, common.hindsight);
    let history = history_of(settings, &sessions);
    if common.hindsight {
        history.with_hindsight()
    } else {
        history
    }
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

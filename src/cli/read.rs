//! Reads the inputs of a command and shows progress.

use std::io::IsTerminal;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use indicatif::ProgressBar;
use indicatif::ProgressDrawTarget;
use indicatif::ProgressStyle;

use super::args::Block;
use super::args::Common;
use super::args::HistoryBeside;
use super::args::Inputs;
use super::args::Laps;
use super::args::Names;
use super::args::Units;
use super::args::View;
use super::cache;
use super::messages::HISTORY;
use super::messages::Message;
use super::messages::tell;
use super::messages::tell_one;
use crate::classification::Keep;
use crate::classification::history_of;
use crate::history::History;
use crate::ingest::Strictness;
use crate::ingest::archive;
use crate::pipeline;
use crate::pipeline::Athlete;
use crate::pipeline::Beside;
use crate::pipeline::Input;
use crate::pipeline::Options;
use crate::pipeline::Outcome;
use crate::pipeline::SettingsProblem;
use crate::report::content::earlier_blocks::earlier_blocks;
use crate::review;
use crate::review::RecoveryView;
use crate::review::Review;
use crate::review::ReviewOptions;
use crate::segmentation::LapPolicy;
use crate::units::UnitSystem;

/// Redraws of the progress bar per second.
const REDRAWS_HZ: u8 = 10;

/// Reads and judges the inputs of a command; diagnostics go to standard error.
pub(super) fn read(common: &Common, inputs: &Inputs) -> anyhow::Result<Outcome> {
    read_with(common, inputs, &options(common, inputs))
}

/// The same with options that go beyond what the arguments say.
pub(super) fn read_with(
    common: &Common,
    inputs: &Inputs,
    options: &Options,
) -> anyhow::Result<Outcome> {
    let inputs = open(&inputs.paths);
    let outcome = with_progress(common, |advance| {
        pipeline::read_runs(inputs, options, advance)
    })?;
    tell(common, &outcome);
    Ok(outcome)
}

/// The same for commands that look at one file: it is judged with the runs beside it, unless the user
/// wants it alone. Of any other input nothing beside it is read.
pub(super) fn read_beside(
    common: &Common,
    inputs: &Inputs,
    history: &HistoryBeside,
    options: &Options,
) -> anyhow::Result<Outcome> {
    let file = match &inputs.paths[..] {
        [only] if only.is_file() && !is_standard_input(only) => only,
        _ => return read_with(common, inputs, options),
    };
    if history.alone || inputs.athletes {
        return read_with(common, inputs, options);
    }
    let (outcome, beside) = with_progress(common, |advance| {
        pipeline::read_beside(file, options, advance)
    })?;
    tell(common, &outcome);
    if let Some(text) = of_beside(&beside) {
        tell_one(common, &Message::new(HISTORY, text));
    }
    Ok(outcome)
}

/// Returns whether a path stands for standard input, which comes once only.
pub(super) fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// Refuses a path at which there is nothing.
///
/// # Errors
/// When that is so.
pub(super) fn refuse_missing(path: &Path) -> anyhow::Result<()> {
    if path.exists() {
        return Ok(());
    }
    anyhow::bail!(
        "expected a file or folder at {}, found nothing; check the path",
        path.display()
    )
}

/// Reads with a progress bar.
fn with_progress<T>(
    common: &Common,
    read: impl FnOnce(&(dyn Fn(usize, usize) + Sync)) -> Result<T, SettingsProblem>,
) -> anyhow::Result<T> {
    let bar = progress_bar(common);
    let advance = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let read = read(&advance);
    bar.finish_and_clear();
    Ok(read?)
}

/// Returns what became of the runs beside a file.
fn of_beside(beside: &Beside) -> Option<String> {
    match beside {
        Beside::Nothing => None,
        Beside::Used { runs, since } => {
            let (plural, them) = if *runs == 1 {
                ("", "it")
            } else {
                ("s", "them")
            };
            Some(format!(
                "judged with {runs} run{plural} since {since} beside it; --alone leaves {them} out"
            ))
        }
        Beside::SeveralAthletes(why) => Some(format!(
            "the runs beside it look like those of several athletes and are left out: {why}"
        )),
    }
}

fn open(paths: &[PathBuf]) -> Vec<Input> {
    paths
        .iter()
        .map(|path| {
            if is_standard_input(path) {
                let read = archive::read_input(std::io::stdin().lock());
                read.map_or_else(
                    |error| Input::Unreadable(pipeline::unreadable(&error)),
                    Input::Bytes,
                )
            } else {
                Input::Path(path.clone())
            }
        })
        .collect()
}

/// Reads all of standard input, no more than one file may have.
pub(super) fn standard_input() -> anyhow::Result<Vec<u8>> {
    let bytes = archive::read_input(std::io::stdin().lock());
    bytes.context("standard input cannot be read")
}

/// Returns how inputs are to be read.
pub(super) fn options(common: &Common, inputs: &Inputs) -> Options {
    Options {
        laps: match common.laps {
            Laps::Auto => LapPolicy::Auto,
            Laps::Ignore => LapPolicy::Ignore,
        },
        strictness: if common.strict {
            Strictness::Strict
        } else {
            Strictness::Lenient
        },
        time_zone: common.timezone,
        sport: common.sport.clone(),
        athletes: inputs.athletes,
        hindsight: common.hindsight,
        settings_file: common.config.clone(),
        settings_folder: pipeline::settings_folder(|name| std::env::var_os(name)),
        keep: Keep::All,
        full_names: common.names == Names::Full,
        private_notes: common.private_notes,
        output: None,
        cache: if common.no_cache {
            None
        } else {
            cache::folder(common)
        },
    }
}

fn progress_bar(common: &Common) -> ProgressBar {
    if common.quiet || common.no_progress || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(REDRAWS_HZ));
    let style = ProgressStyle::with_template("reading {bar:30} {pos}/{len}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// Returns the units to show: as asked for, else as the athlete's settings say, else metric.
pub(super) fn units(common: &Common, athlete: Option<&Athlete>) -> UnitSystem {
    match common.units {
        Some(Units::Metric) => UnitSystem::Metric,
        Some(Units::Imperial) => UnitSystem::Imperial,
        None => athlete
            .and_then(|athlete| athlete.settings.units)
            .unwrap_or_default(),
    }
}

/// Returns an athlete's past, seen as the user asked for.
pub(super) fn history(common: &Common, outcome: &Outcome, athlete: &Athlete) -> History {
    let history = history_of(&athlete.settings, outcome.sessions_of(athlete));
    if common.hindsight {
        history.with_hindsight()
    } else {
        history
    }
}

/// Returns the part of the past to review.
///
/// # Errors
/// When the last day lies before the first.
pub(super) fn review_options(common: &Common, block: &Block) -> anyhow::Result<ReviewOptions> {
    if let (Some(from), Some(to)) = (block.from, block.to)
        && to < from
    {
        anyhow::bail!("expected --to on or after --from {from}, found {to}; swap them");
    }
    Ok(ReviewOptions {
        weeks: block.weeks,
        from: block.from,
        to: block.to,
        recovery_view: match common.recovery_view {
            View::A => RecoveryView::A,
            View::B => RecoveryView::B,
        },
        ..ReviewOptions::default()
    })
}

/// Reviews the past of one athlete, with what they noted each morning.
pub(super) fn review_of(outcome: &Outcome, athlete: &Athlete, asked: &ReviewOptions) -> Review {
    review::review(
        outcome.sessions_of(athlete),
        &asked.clone().with_settings(&athlete.settings),
    )
}

/// Reviews the blocks of one athlete before the latest one.
pub(super) fn earlier_blocks_of(
    outcome: &Outcome,
    athlete: &Athlete,
    asked: &ReviewOptions,
    latest: &Review,
) -> Vec<Review> {
    earlier_blocks(
        outcome.sessions_of(athlete),
        &asked.clone().with_settings(&athlete.settings),
        latest,
    )
}

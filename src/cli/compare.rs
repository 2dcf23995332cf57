//! `compare`: two runs, or two blocks of one athlete, side by side.

use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;

use super::args::Block;
use super::args::Common;
use super::args::CompareArguments;
use super::args::CompareFormat;
use super::args::HistoryBeside;
use super::args::Inputs;
use super::exit::Exit;
use super::files;
use super::print;
use super::print_in_colour;
use super::range;
use super::read;
use super::terminal;
use crate::classification::Session;
use crate::export::json;
use crate::pipeline::Outcome;
use crate::pipeline::visit_streams;
use crate::report::content::compare::BlockComparison;
use crate::report::content::compare::Comparison;
use crate::report::content::compare::Run;
use crate::report::content::compare::RunComparison;
use crate::report::content::splits::Split;
use crate::report::html;
use crate::report::text;
use crate::review::Review;
use crate::units::UnitSystem;
use crate::units::plural;

/// What is expected where two runs or two blocks were not given.
const EXPECTED: &str = "expected two runs, as in `hardeasy compare may.fit june.fit`, or one folder and two blocks, as in \
                        `hardeasy compare ~/exports --from 2025-03-03 --to 2025-05-25 --from 2026-03-02 --to 2026-05-24`";

/// Compares what was asked for.
pub(super) fn run(common: &Common, command: &CompareArguments) -> anyhow::Result<Exit> {
    if let Some(path) = &command.output {
        refuse_foreign(path)?;
    }
    let days = (command.from.as_slice(), command.to.as_slice());
    match (command.paths.as_slice(), days) {
        ([a, b], ([], [])) => runs(common, command, [a, b]),
        ([path], ([a_from, b_from], [a_to, b_to])) => {
            let block = |from, to| Block {
                weeks: None,
                from: Some(from),
                to: Some(to),
            };
            let asked = [block(*a_from, *a_to), block(*b_from, *b_to)];
            blocks(common, command, path, &asked)
        }
        (paths, (from, to)) => bail!(
            "{EXPECTED}; found {}, {} --from and {} --to",
            plural(paths.len(), "path"),
            from.len(),
            to.len(),
        ),
    }
}

/// Compares two runs, each judged with the runs beside it.
fn runs(common: &Common, command: &CompareArguments, paths: [&PathBuf; 2]) -> anyhow::Result<Exit> {
    let mut outcomes = Vec::new();
    for path in paths {
        let outcome = read_run(common, command, path)?;
        if outcome.sessions.is_empty() {
            return Ok(Exit::Nothing);
        }
        outcomes.push(outcome);
    }
    let sides: Vec<Run<'_>> = outcomes.iter().filter_map(with_splits).collect();
    let [a, b] = sides.as_slice() else {
        bail!("{EXPECTED}");
    };
    let comparison = Comparison::Runs(Box::new(RunComparison::of([a, b])));
    let athlete = outcomes
        .first()
        .and_then(|outcome| outcome.athletes.first());
    let units = read::units(common, athlete);
    write(command, &comparison, Some([a.session, b.session]), units)?;
    let is_complete = outcomes
        .iter()
        .all(|outcome| Exit::of(outcome) == Exit::Complete);
    Ok(if is_complete {
        Exit::Complete
    } else {
        Exit::SomeFailed
    })
}

/// Reads the run of a file; no sessions are told already.
///
/// # Errors
/// When there are several activities.
fn read_run(common: &Common, command: &CompareArguments, path: &Path) -> anyhow::Result<Outcome> {
    let history = HistoryBeside {
        alone: command.alone,
    };
    let inputs = inputs(path);
    let options = read::options(common, &inputs);
    let outcome = read::read_beside(common, &inputs, &history, &options)?;
    if outcome.sessions.len() > 1 {
        bail!(
            "{}: expected one run, found {} activities; {EXPECTED}",
            path.display(),
            outcome.sessions.len()
        );
    }
    Ok(outcome)
}

fn inputs(path: &Path) -> Inputs {
    Inputs {
        paths: vec![path.to_path_buf()],
        ..Inputs::default()
    }
}

/// Returns the only session of a file with its splits.
fn with_splits(outcome: &Outcome) -> Option<Run<'_>> {
    let splits = visit_streams(outcome, &|_, session, streams| {
        let run = Run::of(session, streams);
        (run.kilometres, run.miles)
    });
    let (kilometres, miles): (Vec<Split>, Vec<Split>) = splits.into_iter().next()?;
    Some(Run {
        session: outcome.sessions.first()?,
        kilometres,
        miles,
    })
}

/// Compares two blocks of one athlete.
fn blocks(
    common: &Common,
    command: &CompareArguments,
    path: &Path,
    asked: &[Block; 2],
) -> anyhow::Result<Exit> {
    for block in asked {
        read::review_options(common, block)?;
    }
    let outcome = read::read(common, &inputs(path))?;
    let Some(athlete) = outcome.athletes.first() else {
        return Ok(Exit::Nothing);
    };
    if outcome.sessions.is_empty() {
        return Ok(Exit::Nothing);
    }
    let mut reviews: Vec<Review> = Vec::new();
    for block in asked {
        let options = read::review_options(common, block)?;
        let review = read::review_of(&outcome, athlete, &options);
        range::refuse_empty(&outcome.sessions, block, std::slice::from_ref(&review))?;
        reviews.push(review);
    }
    let [a, b] = reviews.as_slice() else {
        bail!("{EXPECTED}");
    };
    let comparison = Comparison::Blocks(Box::new(BlockComparison::of([a, b])));
    let units = read::units(common, Some(athlete));
    write(command, &comparison, None, units)?;
    Ok(Exit::of(&outcome))
}

/// Writes the page, or prints in the format that was asked for.
fn write(
    command: &CompareArguments,
    comparison: &Comparison,
    runs: Option<[&Session; 2]>,
    units: UnitSystem,
) -> anyhow::Result<()> {
    if let Some(path) = &command.output {
        let page = html::compare_page(comparison, runs, units);
        return Ok(files::write(path, page.as_bytes())?);
    }
    match command.format {
        CompareFormat::Text => print_in_colour(&text::comparison_text(
            comparison,
            units,
            terminal::columns(),
        )),
        CompareFormat::Markdown => print(&text::comparison_markdown(comparison, units)),
        CompareFormat::Json => print(&json::compare_json(comparison)?),
    }
}

/// Refuses to write over anything but an earlier page of this command.
fn refuse_foreign(path: &Path) -> anyhow::Result<()> {
    let found = if path.is_dir() {
        "a folder"
    } else if !path.exists() {
        return Ok(());
    } else {
        let read = files::read_if_own(path)
            .with_context(|| format!("{}: cannot be read; give another -o", path.display()))?;
        let is_page = |bytes: &[u8]| std::str::from_utf8(bytes).is_ok_and(html::is_compare_page);
        if read.is_some_and(|bytes| bytes.is_empty() || is_page(&bytes)) {
            return Ok(());
        }
        "another file"
    };
    bail!(
        "{}: expected a new file, or one that `hardeasy compare` wrote, found {found}; give another -o",
        path.display()
    );
}

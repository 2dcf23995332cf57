//! `show`: one run in the terminal, or a table of several.

use super::args::Common;
use super::args::ShowArguments;
use super::exit::Exit;
use super::print_in_colour;
use super::read;
use super::terminal;
use crate::clean::clean_text;
use crate::pipeline::Outcome;
use crate::pipeline::visit_streams;
use crate::report::text;

/// Shows one run with its chart, segments and reasons, or a table of several.
pub(super) fn run(common: &Common, command: &ShowArguments) -> anyhow::Result<Exit> {
    let outcome = read::read_beside(
        common,
        &command.inputs,
        &command.history,
        &read::options(common, &command.inputs),
    )?;
    let columns = terminal::columns();
    let lone_runs = lone_runs(common, &outcome, columns);
    for athlete in &outcome.athletes {
        if let Some(name) = &athlete.name {
            print_in_colour(&format!("{}\n", clean_text(name)))?;
        }
        let units = read::units(common, Some(athlete));
        let text = match outcome.sessions_of(athlete) {
            [_] => lone_runs.get(athlete.sessions.start).cloned().flatten(),
            several => Some(text::runs_table(several, units, columns)),
        };
        print_in_colour(&text.unwrap_or_default())?;
    }
    Ok(Exit::of(&outcome))
}

/// Returns the text of each session that is the only one of its athlete; empty when none is.
fn lone_runs(common: &Common, outcome: &Outcome, columns: usize) -> Vec<Option<String>> {
    let athlete = |index| {
        let mut athletes = outcome.athletes.iter();
        athletes.find(|athlete| athlete.sessions == (index..index + 1))
    };
    if (0..outcome.sessions.len()).all(|index| athlete(index).is_none()) {
        // Files need not be decoded again for a table.
        return Vec::new();
    }
    visit_streams(outcome, &|index, session, streams| {
        let units = read::units(common, Some(athlete(index)?));
        Some(text::session_text(session, streams, units, columns))
    })
}

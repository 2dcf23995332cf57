//! `watch`: reports again whenever something has changed, until it is ended.
//!
//! Signals do what they do to `report`: the process ends by them at once. Pages are written whole or not
//! at all, the lock of the folder ends with the process, and the next report finishes what was begun.

mod bell;

use std::thread::sleep;
use std::time::Duration;

use anyhow::bail;

use super::args::Common;
use super::args::ReportArguments;
use super::args::WatchArguments;
use super::diagnose;
use super::exit;
use super::exit::Exit;
use super::messages::Message;
use super::messages::WATCHING;
use super::messages::tell_one;
use super::read;
use super::report;
use crate::pipeline;
use crate::pipeline::Options;
use bell::Bell;

/// For so long nothing must have changed before a report is made: a tool that copies or downloads a
/// file writes several times a second. Chosen.
const QUIET: Duration = Duration::from_secs(1);

/// After so many looks a report is made though something changes all the time, as a log does that
/// another program writes into the folder. Chosen: a minute.
const MOST_LOOKS: usize = 60;

/// Reports, and reports again after each change.
///
/// # Errors
/// Those of the first report. Later ones are told, and it goes on.
pub(super) fn run(common: &Common, command: &WatchArguments) -> anyhow::Result<Exit> {
    let watched = Watched {
        common,
        asked: &command.report,
        is_clock: command.poll,
    };
    watched.follow(
        || 0,
        || report::run(common, &command.report),
        |text| {
            tell_one(common, &Message::new(WATCHING, text));
            Ok(())
        },
    )
}

/// What is watched, and how.
pub(super) struct Watched<'a> {
    pub(super) common: &'a Common,
    pub(super) asked: &'a ReportArguments,
    /// Whether to look every few seconds.
    pub(super) is_clock: bool,
}

impl Watched<'_> {
    /// Makes something, and again after each change of the inputs or of what `also` returns; `begun` hears
    /// in words what is watched when it was made for the first time.
    ///
    /// # Errors
    /// Those of the first time. Later ones are told, and it goes on.
    pub(super) fn follow(
        &self,
        also: impl Fn() -> u64,
        mut make: impl FnMut() -> anyhow::Result<Exit>,
        begun: impl FnOnce(String) -> anyhow::Result<()>,
    ) -> anyhow::Result<Exit> {
        let asked = self.asked;
        refuse_what_cannot_be_watched(asked)?;
        let options = Options {
            output: Some(asked.output.clone()),
            ..read::options(self.common, &asked.inputs)
        };
        let look = || (pipeline::glance(&asked.inputs.paths, &options), also());
        // Set before the first look, so that nothing is missed.
        let bell = Bell::set(&asked.inputs.paths, &options, self.is_clock);
        let mut seen = settled(look, || sleep(QUIET));
        make()?;
        begun(watched(asked, &bell))?;
        let mut told = None;
        loop {
            let now = settled(look, || sleep(QUIET));
            if now == seen {
                bell.wait();
                continue;
            }
            match make() {
                Ok(_) => {
                    seen = now;
                    told = None;
                }
                Err(error) if exit::is_closed_pipe(&error) => return Err(error),
                Err(error) => {
                    let text = format!("{error:#}");
                    // It is tried again after a while, and not told again.
                    if told.as_ref() != Some(&text) {
                        diagnose("error", &text);
                        told = Some(text);
                    }
                    bell.wait();
                }
            }
        }
    }
}

fn refuse_what_cannot_be_watched(asked: &ReportArguments) -> anyhow::Result<()> {
    for path in &asked.inputs.paths {
        if read::is_standard_input(path) {
            bail!(
                "expected files or folders, found -, which comes once only; `hardeasy report -` reads it"
            );
        }
        read::refuse_missing(path)?;
    }
    Ok(())
}

fn watched(asked: &ReportArguments, bell: &Bell) -> String {
    let paths = asked.inputs.paths.iter();
    let paths: Vec<String> = paths.map(|path| path.display().to_string()).collect();
    format!("{}, {bell}; Ctrl-C ends it", paths.join(", "))
}

/// Looks until two looks in a row are the same, or often enough.
fn settled<Look: PartialEq>(look: impl Fn() -> Look, pause: impl Fn()) -> Look {
    let mut before = look();
    for _ in 0..MOST_LOOKS {
        pause();
        let now = look();
        if now == before {
            break;
        }
        before = now;
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn what_is_still_being_written_is_waited_for() {
        let size = Cell::new(0);
        let grown_to = |most: usize| {
            size.set(0);
            settled(|| size.get(), || size.set(most.min(size.get() + 1)))
        };
        assert_eq!([0, 7, usize::MAX].map(grown_to), [0, 7, MOST_LOOKS]);
    }
}

//! `demo`: the report of a made-up season that is part of the program.

mod season;

use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use tempfile::TempDir;

use super::args::Block;
use super::args::Common;
use super::args::DemoArguments;
use super::args::Inputs;
use super::args::ReportArguments;
use super::exit::Exit;
use super::messages::Message;
use super::messages::NEXT;
use super::messages::tell_one;
use super::report;
use crate::pipeline::files;

/// Writes the exports of the season and reports on them as `report` does.
pub(super) fn run(common: &Common, command: &DemoArguments) -> anyhow::Result<Exit> {
    let exports = Exports::place(command.exports.as_deref())?;
    for file in season::files()? {
        files::write(&exports.path().join(file.path), &file.bytes)?;
    }
    // Nobody asks for the same made-up runs again.
    let common = &Common {
        no_cache: true,
        ..common.clone()
    };
    let exit = report::run(common, &arguments(exports.path(), &command.output))?;
    let page = command.output.join("index.html");
    for text in next_steps(&page, command.exports.as_deref()) {
        tell_one(common, &Message::new(NEXT, text));
    }
    Ok(exit)
}

/// Where the exports of the season lie while they are read.
enum Exports {
    /// Gone afterwards.
    Passing(TempDir),
    /// Left where the user wants them.
    Kept(PathBuf),
}

impl Exports {
    fn place(asked: Option<&Path>) -> anyhow::Result<Self> {
        let Some(folder) = asked else {
            let passing = tempfile::tempdir();
            let passing = passing.context("no temporary folder can be made; give --exports DIR")?;
            return Ok(Self::Passing(passing));
        };
        let is_free = match folder.read_dir() {
            Ok(mut entries) => entries.next().is_none(),
            Err(_) => !folder.exists(),
        };
        if !is_free {
            bail!(
                "{}: expected a new or empty folder for the exports, found something there; give another --exports",
                folder.display()
            );
        }
        Ok(Self::Kept(folder.to_owned()))
    }

    fn path(&self) -> &Path {
        match self {
            Self::Passing(folder) => folder.path(),
            Self::Kept(folder) => folder,
        }
    }
}

/// Returns what a user would have given to `report`.
fn arguments(exports: &Path, output: &Path) -> ReportArguments {
    ReportArguments {
        inputs: Inputs {
            paths: vec![exports.to_owned()],
            ..Inputs::default()
        },
        block: Block {
            weeks: None,
            from: None,
            to: None,
        },
        output: output.to_owned(),
        map: false,
        trim: None,
        no_charts: false,
    }
}

fn next_steps(page: &Path, exports: Option<&Path>) -> Vec<String> {
    let mut steps = vec![format!(
        "open {} in a browser; nobody ran this season, it is made up",
        page.display()
    )];
    if let Some(folder) = exports {
        let race = folder.join(season::RACE);
        steps.push(format!("hardeasy show {}", race.display()));
    }
    steps.push("hardeasy report FOLDER -o report, with the folder of your own exports".to_owned());
    steps
}

//! `hardeasy help`: the help of a command, or a page of the manual.

use clap::CommandFactory;

use super::args::Arguments;
use super::args::HelpArguments;
use super::args::pages;
use super::exit::Exit;
use super::print;
use crate::manual;

/// Prints what was asked for.
pub(super) fn run(arguments: &HelpArguments) -> anyhow::Result<Exit> {
    let mut command = Arguments::command();
    command.build();
    let Some(name) = arguments.topic.as_deref() else {
        print(&command.render_help().to_string())?;
        return Ok(Exit::Complete);
    };
    if let Some(topic) = manual::topic(name) {
        print(topic.text)?;
        return Ok(Exit::Complete);
    }
    let Some(found) = command.find_subcommand_mut(name) else {
        anyhow::bail!("there is no command and no page {name:?}\n{}", pages());
    };
    print(&found.render_long_help().to_string())?;
    Ok(Exit::Complete)
}

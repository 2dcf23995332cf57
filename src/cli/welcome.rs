//! What `hardeasy` alone says to somebody at a terminal.

use std::io::IsTerminal;

use clap::error::ErrorKind;

/// Three ways to begin, for whoever has not read anything yet.
const WELCOME: &str = "\
hardeasy finds what was really run in a folder of watch exports (FIT, GPX, TCX), and says why.

To begin with:
  hardeasy report FOLDER -o report   a site of all your runs: open report/index.html
  hardeasy show FILE                 one run here: its pace, its segments and the reasons
  hardeasy demo                      the site of a made-up season, without any export

All commands and options: hardeasy --help
";

/// Returns what to say in place of an error about the arguments: where nothing was asked for and a
/// person looks on, how to begin.
///
/// The exit status stays that of the error: nothing was done, and a script whose arguments came out empty
/// must fail at a terminal as it does elsewhere.
pub(super) fn instead_of(error: &clap::Error) -> Option<&'static str> {
    let is_alone = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    let is_seen = std::io::stdout().is_terminal() && std::io::stderr().is_terminal();
    (is_alone && is_seen).then_some(WELCOME)
}

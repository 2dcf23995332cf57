//! The arguments of `demo`.

use std::path::PathBuf;

use clap::Args;

/// What is below the help of the command.
pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  hardeasy demo                          hardeasy-demo/index.html
  hardeasy demo -o site --exports runs   the exports too, to try the other commands on";

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub(in crate::cli) struct DemoArguments {
    /// The folder to write; made when it is not there
    #[arg(long, short, value_name = "DIR", default_value = "hardeasy-demo")]
    pub(in crate::cli) output: PathBuf,
    /// Leave the exports of the season in this new folder
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) exports: Option<PathBuf>,
}

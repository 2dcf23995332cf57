//! The arguments of `completions` and `man`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// What is below the help of `completions`.
pub(in crate::cli) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  hardeasy completions bash > ~/.local/share/bash-completion/completions/hardeasy
  hardeasy completions zsh > ~/.zfunc/_hardeasy          with ~/.zfunc in fpath
  hardeasy completions fish > ~/.config/fish/completions/hardeasy.fish
  hardeasy completions powershell >> $PROFILE";

/// What is below the help of `man`.
pub(in crate::cli) const MAN_EXAMPLES: &str = "\
Examples:
  hardeasy man | man -l -
  hardeasy man -o ~/.local/share/man/man1";

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(in crate::cli) struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(in crate::cli) shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub(in crate::cli) struct ManArguments {
    /// Write hardeasy.1 and a page for every command into this folder
    #[arg(long, short, value_name = "DIR")]
    pub(in crate::cli) output: Option<PathBuf>,
}

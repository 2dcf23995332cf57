//! What is chosen among a few words.

use clap::ValueEnum;

/// Units on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum Units {
    Metric,
    Imperial,
}

/// The policy for laps on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum Laps {
    Auto,
    Ignore,
}

/// The view on recovery runs on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum View {
    A,
    B,
}

/// What is shown of names, on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Names {
    Masked,
    Full,
}

/// When texts and diagnostics are coloured.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum Color {
    Auto,
    Always,
    Never,
}

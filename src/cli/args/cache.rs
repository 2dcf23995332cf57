//! The arguments of `cache`.

use clap::Args;

/// What is below the help of `cache`.
pub(super) const EXAMPLES: &str = "\
Examples:
  hardeasy cache            where it lies and how large it is
  hardeasy cache --clear    nothing is lost: files are decoded again when they are asked for";

/// Arguments of `cache`.
#[derive(Debug, Args)]
pub(in crate::cli) struct CacheArguments {
    /// Remove it
    #[arg(long)]
    pub clear: bool,
}

//! What is side by side, for all that show it.

use serde::Serialize;

use crate::report::content::compare::BlockComparison;
use crate::report::content::compare::RunComparison;

/// What is side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Comparison {
    /// Two runs.
    Runs(Box<RunComparison>),
    /// Two blocks of one athlete.
    Blocks(Box<BlockComparison>),
}

impl Comparison {
    /// Returns what cannot be compared and why, and what is to be taken with care; may hold names from
    /// files.
    #[must_use]
    pub fn remarks(&self) -> &[String] {
        match self {
            Comparison::Runs(runs) => &runs.not_compared,
            Comparison::Blocks(blocks) => &blocks.not_compared,
        }
    }

    /// Returns what is compared, for a heading.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Comparison::Runs(_) => "Two runs",
            Comparison::Blocks(_) => "Two blocks",
        }
    }
}

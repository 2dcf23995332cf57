//! Two runs, or two blocks, side by side: A and B, and how B differs from A.

mod at_pace;
mod blocks;
mod cells;
mod comparison;
mod runs;
mod tables;

pub use at_pace::AtPace;
pub use at_pace::HeartRateAtPace;
pub use blocks::BlockComparison;
pub use blocks::BlockSide;
pub use blocks::PairedBest;
pub use comparison::Comparison;
pub use runs::PairedRep;
pub use runs::PairedSplit;
pub use runs::Rep;
pub use runs::Run;
pub use runs::RunComparison;
pub use runs::RunSide;
pub use runs::SplitSide;
pub use tables::Column;
pub use tables::Table;
pub use tables::tables;

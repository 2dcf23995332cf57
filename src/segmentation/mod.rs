//! *Streams → Segmentation*
//!
//! Finds what was really run: repetitions, tempo blocks, recoveries, strides, warm-up and
//! cool-down, each with its evidence and a confidence. See [`segment`].
//!
//! An effort is a stretch that stands out from the *running* of its run, and for that it needs an edge,
//! a contrast, and often others like it. So the stage first offers every stretch that rises above what
//! borders it (candidates), then weighs each (the gate), then chooses some that do not overlap (bouts),
//! and only then asks where exactly they begin, what they are called, and what laps say. No step before
//! the gate decides, none after it adds efforts of its own, but for laps, which know what was meant,
//! and for progressions, which have no edges. The order of the steps is in `assemble`.
//!
//! Throughout, times are seconds of the elapsed clock, on which a second of streams is one index; speed
//! is grade-adjusted ("effort speed") where slope is known; contrasts are natural logarithms of ratios
//! of speeds; how likely an effort is, is told in log-odds until it is told to people. Where a limit
//! was tuned and its figures were not kept, its comment says so.

mod document;

mod noise;

pub mod changepoint;

mod signals;

mod levels;

pub mod gate;

pub mod fitting;

mod edges;

mod bout;

mod labels;

mod measure;

mod filled;

mod names;

mod sets;

mod progression;

mod answer;

mod marks;

mod lap_report;

mod laps;

mod manual_laps;

mod stops;

mod agreement;

mod evidence;

mod assemble;

mod away;

mod base;

mod sustained;

mod readings;

mod edit;

#[cfg(test)]
#[allow(unreachable_pub, reason = "the test programs have it, too")]
#[path = "../../tests/common/exact.rs"]
pub(crate) mod exact;

pub use away::said_by;
pub use document::Candidate;
pub use document::Evidence;
pub use document::LapReport;
pub use document::LapRow;
pub use document::LapUse;
pub use document::Planned;
pub use document::Segment;
pub use document::Segmentation;
pub use document::Set;
pub use document::is_marked;
pub use edit::SegmentEdit;
pub use edit::edit;
pub use edit::shows;
pub use gate::habits::Habits;
pub use laps::LapPolicy;
pub use readings::AthletePast;
pub use readings::Judged;
pub use readings::judge_again;
pub use readings::trust;
pub(crate) use sets::LEAST_HEART_RATE_S;

pub use crate::vocabulary::SegmentKind;

use crate::streams::Streams;

/// Cuts a run into segments, by the run alone: nothing is known of the athlete yet. What known habits
/// may make of it is in [`Segmentation::others`]; see [`judge_again`].
///
/// It never fails: a run without speed is one segment that says why nothing can be said.
#[must_use]
pub fn segment(streams: &Streams, laps: LapPolicy) -> Segmentation {
    segment_with(streams, laps, &gate::GATE)
}

/// Cuts a run into segments with a gate that is not the committed one: for measuring how well
/// the method does on runs that its weights have not seen.
#[must_use]
pub fn segment_with(streams: &Streams, laps: LapPolicy, gate: &gate::Gate) -> Segmentation {
    assemble::segment_with(streams, laps, gate)
}

#[cfg(test)]
mod tests;

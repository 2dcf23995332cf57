//! Which even running of a run is base running.

use crate::segmentation::Segment;
use crate::summary::RunSummary;
use crate::summary::SteadyBlock;
use crate::vocabulary::SegmentKind;

/// Returns the blocks of base running of a run; of one that gets steadily faster, all of it.
pub(super) fn easy_blocks(run: &RunSummary) -> impl Iterator<Item = &SteadyBlock> {
    use SegmentKind::*;
    let blocks = run.details.steady_blocks.iter();
    blocks.filter(|block| {
        let kind = kind_at(&run.segments, block.start_s);
        matches!(kind, Steady | WarmUp | CoolDown | Progression)
    })
}

/// Returns the kind of the segment at a time; steady where there are no segments.
pub(super) fn kind_at(segments: &[Segment], time_s: f64) -> SegmentKind {
    // Segments are cut at fractions of a second and blocks at whole ones: ask a little later.
    let time_s = time_s + 0.5;
    segments
        .iter()
        .find(|s| s.start_s <= time_s && time_s < s.end_s)
        .map_or(SegmentKind::Steady, |s| s.kind)
}

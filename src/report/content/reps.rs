//! The repetitions that a workout is remembered by.

use crate::classification::Session;
use crate::segmentation::Segment;
use crate::vocabulary::SegmentKind;

impl Session {
    /// Returns the repetitions of the longest set, in their order; none where there is no set.
    pub(in crate::report) fn main_reps(&self) -> Vec<&Segment> {
        let reps = |set: usize| {
            let segments = self.segments.iter();
            segments
                .filter(move |s| s.set == Some(set) && s.kind != SegmentKind::Stride && s.executed)
        };
        let time = |set: &usize| reps(*set).map(|rep| rep.moving_s).sum::<f64>();
        let sets = (1..=self.sets.len()).rev();
        let longest = sets.max_by(|a, b| time(a).total_cmp(&time(b)));
        longest.map(|set| reps(set).collect()).unwrap_or_default()
    }
}

//! The repetitions that a workout is remembered by, and what a segment is called.

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

impl Segment {
    /// Returns the word for a segment among people: an effort of a set is a "rep".
    pub(in crate::report) fn word(&self) -> &'static str {
        match self.rep_number() {
            Some(_) if self.kind == SegmentKind::Work => "rep",
            _ => self.kind.word(),
        }
    }

    /// Returns the place of an effort in its set.
    pub(in crate::report) fn rep_number(&self) -> Option<usize> {
        self.rep.filter(|_| self.kind.is_work())
    }

    /// Returns what a segment is called, as in "rep 3", "hill 2", "recovery".
    pub(in crate::report) fn label(&self) -> String {
        match self.rep_number() {
            Some(number) => format!("{} {number}", self.word()),
            None => self.word().to_owned(),
        }
    }
}

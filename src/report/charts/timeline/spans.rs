//! When in a run the runner stood, and when an effort is only possible.

use crate::classification::Session;
use crate::report::drawing::ticks;
use crate::report::drawing::trace;
use crate::segmentation::Candidate;
use crate::streams::Streams;
use crate::vocabulary::SegmentKind;

/// Candidates that were not kept are shown as possible from this probability on.
const LEAST_PROBABILITY_SHOWN: f64 = 0.3;
/// Shorter stops and stretches without records are not shaded: the line is broken there anyway.
///
/// # Units
/// Seconds.
const LEAST_STANDING_S: f64 = 5.0;

/// Returns from when to when the runner or the timer stood, or nothing was recorded.
pub(super) fn standing(session: &Session, streams: &Streams) -> Vec<(f64, f64)> {
    let cells = streams.paused.iter().zip(&streams.gap);
    let mut is_standing: Vec<bool> = cells.map(|(paused, gap)| *paused || *gap).collect();
    let stops = session.segments.iter();
    for stop in stops.filter(|one| one.kind == SegmentKind::Stop) {
        let end = trace::whole(stop.end_s.ceil()).min(is_standing.len());
        let start = trace::whole(stop.start_s).min(end);
        is_standing[start..end].fill(true);
    }
    let mut cell = 0;
    let chunks = is_standing.chunk_by(|a, b| a == b);
    let spans = chunks.filter_map(|chunk| {
        let start = cell;
        cell += chunk.len();
        let span = (ticks::as_f64(start), ticks::as_f64(cell));
        (chunk[0] && span.1 - span.0 >= LEAST_STANDING_S).then_some(span)
    });
    spans.collect()
}

/// Returns from when to when efforts are only possible: what the gate let fall although it was not
/// unlikely, apart from the efforts that were found and from what is more probable.
#[must_use]
pub fn possible_efforts(session: &Session) -> Vec<(f64, f64)> {
    let mut candidates: Vec<&Candidate> = session
        .summary
        .candidates
        .iter()
        .filter(|one| !one.kept && one.probability >= LEAST_PROBABILITY_SHOWN)
        .collect();
    candidates.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let efforts = session.segments.iter().filter(|one| one.kind.is_work());
    let mut taken: Vec<(f64, f64)> = efforts.map(|one| (one.start_s, one.end_s)).collect();
    let found = taken.len();
    for one in candidates {
        let apart = |span: &(f64, f64)| one.end_s <= span.0 || span.1 <= one.start_s;
        if taken.iter().all(apart) {
            taken.push((one.start_s, one.end_s));
        }
    }
    let mut possible = taken.split_off(found);
    possible.sort_by(|a, b| a.0.total_cmp(&b.0));
    possible
}

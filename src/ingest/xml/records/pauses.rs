//! Pauses between the parts of a file.

use crate::ingest::Pause;
use crate::ingest::xml::points::Break;
use crate::ingest::xml::points::Point;
use crate::statistics::median;

/// Shortest hole, in seconds, that counts as a pause where the file begins a new segment.
const SEGMENT_PAUSE_S: f64 = 2.0;
/// Shortest hole, in seconds, that counts as a pause where the file begins a new lap.
const LAP_PAUSE_S: f64 = 5.0;
/// A pause is at least this many times the usual distance of two points, at a new segment.
const SEGMENT_PAUSE_INTERVALS: f64 = 1.5;
/// The same at a new lap, where watches that record in uneven steps leave longer holes.
const LAP_PAUSE_INTERVALS: f64 = 3.0;

/// Returns the holes between parts that are too long for the sampling.
pub(super) fn pauses(points: &[Point], time_s: &[f64], parts: &[Break]) -> Vec<Pause> {
    if points.windows(2).all(|pair| pair[0].part == pair[1].part) {
        return Vec::new();
    }
    let usual_s = usual_interval_s(points, time_s);
    points
        .windows(2)
        .zip(time_s.windows(2))
        .filter(|(points, time_s)| {
            let shortest = shortest_pause_s(parts, points[0].part, points[1].part, usual_s);
            shortest.is_some_and(|shortest| time_s[1] - time_s[0] > shortest)
        })
        .map(|(_, time_s)| Pause {
            start_s: time_s[0],
            end_s: time_s[1],
        })
        .collect()
}

/// Returns how long a hole between points of two parts must be to be a pause; absent within a part.
fn shortest_pause_s(parts: &[Break], before: u32, after: u32, usual_s: f64) -> Option<f64> {
    if before == after {
        return None;
    }
    // Part numbers count from 1: what precedes the first break is part 0. Stamps may go back, so
    // that either of the two can be the later part.
    let first = usize::try_from(before.min(after)).ok()?;
    let last = usize::try_from(before.max(after)).ok()?;
    let between = parts.get(first..last)?;
    Some(if between.contains(&Break::Segment) {
        SEGMENT_PAUSE_S.max(SEGMENT_PAUSE_INTERVALS * usual_s)
    } else {
        LAP_PAUSE_S.max(LAP_PAUSE_INTERVALS * usual_s)
    })
}

/// Returns the median distance, in seconds, of two records of the same part.
fn usual_interval_s(points: &[Point], time_s: &[f64]) -> f64 {
    let steps = points.windows(2).zip(time_s.windows(2));
    let intervals = steps
        .filter(|(points, _)| points[0].part == points[1].part)
        .map(|(_, time_s)| time_s[1] - time_s[0]);
    median(intervals).unwrap_or_default()
}

//! Points in order of time: strays and stale ones out, those of one moment merged.

use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::strays;
use crate::ingest::xml::points::Point;
use crate::ingest::xml::points::Trace;
use crate::ingest::xml::time::seconds;
use crate::units::plural;

/// Points nearer than this, in microseconds, are one point: some exporters repeat a point a
/// millisecond later. No exporter writes 20 points a second.
const MERGE_WITHIN_US: i64 = 50_000;
/// A hole in the stamps beyond this, in microseconds, separates two recordings: 24 h.
const SPLIT_GAP_US: i64 = 86_400_000_000;
/// Most points that a clock writes before it is set; a smaller cluster beside a larger one is stale.
const STALE_POINTS: usize = 60;
/// A stale cluster is at most this share of all points: 1 in 20.
const STALE_SHARE: usize = 20;
/// The same, for whole microseconds.
const US_IN_S: i64 = 1_000_000;

/// Leaves out a few points far from all others in time.
pub(super) fn without_strays(points: &mut Vec<Point>) -> Option<Warning> {
    let times: Vec<i64> = points.iter().map(|point| point.time_us).collect();
    let count = points.len();
    let mut keep = strays::kept(&times, US_IN_S).into_iter();
    points.retain(|_| keep.next().unwrap_or(true));
    let left_out = count - points.len();
    (left_out > 0).then(|| {
        let text = format!(
            "{} left out: far from all others in time",
            plural(left_out, "point")
        );
        Warning::new(WarningCode::XmlStray, text)
    })
}

/// Leaves out the positions of points that go back in time and stand just where the newest point so
/// far does: they carry a sensor's value, and the position is that of the moment of writing.
pub(super) fn without_repeated_positions(points: &mut [Point]) -> Option<Warning> {
    let (mut repeated, mut newest) = (0_usize, 0);
    for index in 1..points.len() {
        if points[index].time_us >= points[newest].time_us {
            newest = index;
        } else if points[index].stands_at(&points[newest]) {
            points[index].clear_place();
            repeated += 1;
        }
    }
    (repeated > 0).then(|| {
        let text = format!(
            "{} at older times repeat the newest position; only their other values were used",
            plural(repeated, "point")
        );
        Warning::new(WarningCode::XmlPositionsRepeated, text)
    })
}

/// Sorts by time, keeping the order of equal stamps.
pub(super) fn sort(points: &mut [Point]) -> Option<Warning> {
    let mut latest = i64::MIN;
    let mut back = 0_usize;
    let mut furthest_us = 0;
    for point in points.iter() {
        if point.time_us < latest {
            back += 1;
            furthest_us = furthest_us.max(latest.saturating_sub(point.time_us));
        }
        latest = latest.max(point.time_us);
    }
    points.sort_by_key(|point| point.time_us);
    (back > 0).then(|| {
        let furthest_s = seconds(furthest_us);
        Warning::new(
            WarningCode::XmlTimesBack,
            format!(
                "time goes back {}, by up to {furthest_s:.0} s; the points were sorted by time",
                plural(back, "time")
            ),
        )
    })
}

/// Merges points of one moment. At the border of two laps the repeated point is normal.
pub(super) fn merge(trace: &Trace, warnings: &mut Vec<Warning>) -> Vec<Point> {
    let mut merged: Vec<Point> = Vec::with_capacity(trace.points.len());
    let mut repeated = 0_usize;
    for point in &trace.points {
        match merged.last_mut() {
            Some(last) if point.time_us - last.time_us < MERGE_WITHIN_US => {
                repeated += usize::from(last.part == point.part);
                last.fill(point);
            }
            _ => merged.push(*point),
        }
    }
    if repeated > 0 {
        warnings.push(Warning::new(
            WarningCode::XmlTimesRepeated,
            format!(
                "{} merged with the point before: the same stamp",
                plural(repeated, "point")
            ),
        ));
    }
    merged
}

/// Splits recordings of different days.
pub(super) fn split(points: &[Point]) -> Vec<&[Point]> {
    points
        .chunk_by(|before, after| after.time_us.saturating_sub(before.time_us) <= SPLIT_GAP_US)
        .collect()
}

/// Leaves out small clusters of points that lie a day or more beside a large one: the clock was
/// wrong until the first fix.
pub(super) fn without_stale<'a>(
    clusters: Vec<&'a [Point]>,
    warnings: &mut Vec<Warning>,
) -> Vec<&'a [Point]> {
    let total: usize = clusters.iter().map(|cluster| cluster.len()).sum();
    let is_stale =
        |cluster: &[Point]| cluster.len() <= STALE_POINTS && cluster.len() * STALE_SHARE <= total;
    let (stale, kept): (Vec<_>, Vec<_>) = clusters.into_iter().partition(|c| is_stale(c));
    let dropped: usize = stale.iter().map(|cluster| cluster.len()).sum();
    if dropped > 0 {
        warnings.push(Warning::new(
            WarningCode::XmlStale,
            format!(
                "{} dropped, a day or more away from all others",
                plural(dropped, "point")
            ),
        ));
    }
    kept
}

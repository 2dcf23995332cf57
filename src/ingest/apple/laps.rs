//! *events → pauses and laps*.
//!
//! A watch counts kilometres and miles by itself, both at once, as segments beside one another; what the
//! runner marks by hand is a segment too. The steps of a programmed workout are parts of it.

use super::curve::Curve;
use super::workout::EventKind;
use super::workout::Workout;
use crate::ingest::Lap;
use crate::ingest::LapTrigger;
use crate::ingest::Pause;

/// A stretch follows on another when it begins within this of its end: dates are cut to seconds, lengths
/// are not.
///
/// # Units
/// Seconds.
const SEAM_S: i64 = 2;
/// The distances that a watch counts by itself.
///
/// # Units
/// Metres.
const COUNTED_M: [f64; 2] = [1_000.0, 1_609.344];
/// A stretch of such a distance differs from it by at most this share. Chosen: two to three seconds of
/// running at both ends.
const COUNTED_WITHIN: f64 = 0.05;

/// When the timer was stopped: from each pause to the next resumption, or to the end.
///
/// # Units
/// Seconds since 1970.
pub(super) fn pauses(workout: &Workout) -> Vec<(i64, i64)> {
    let mut events: Vec<_> = workout.events.iter().collect();
    events.sort_by_key(|event| event.start_s);
    let (mut pauses, mut since) = (Vec::new(), None);
    for event in events {
        match event.kind {
            EventKind::Pause => since = since.or(Some(event.start_s)),
            EventKind::Resume => {
                pauses.extend(since.take().map(|start_s| (start_s, event.start_s)))
            }
            EventKind::Lap | EventKind::Segment => {}
        }
    }
    pauses.extend(since.map(|start_s| (start_s, workout.end_s)));
    pauses.retain(|(start_s, end_s)| start_s < end_s);
    pauses
}

/// Returns the laps of a workout on the clock that starts at `zero_s`.
pub(super) fn laps(workout: &Workout, distance: &Curve, zero_s: i64, pauses: &[Pause]) -> Vec<Lap> {
    let (spans, trigger) = spans(workout, distance);
    let clock = |time_s: i64| (time_s - zero_s).max(0) as f64;
    let lap = |(start_s, end_s): (i64, i64)| {
        let (from_s, to_s) = (clock(start_s), clock(end_s));
        let stopped = pauses.iter();
        let stopped_s: f64 = stopped
            .map(|pause| (pause.end_s.min(to_s) - pause.start_s.max(from_s)).max(0.0))
            .sum();
        Lap {
            start_s: from_s,
            end_s: to_s,
            timer_s: Some(to_s - from_s - stopped_s),
            distance_m: length_m(distance, (start_s, end_s)),
            trigger,
            ..Lap::default()
        }
    };
    let laps = spans.into_iter().map(lap);
    laps.filter(|lap| lap.end_s > lap.start_s).collect()
}

type Spans = Vec<(i64, i64)>;

fn spans(workout: &Workout, distance: &Curve) -> (Spans, LapTrigger) {
    let within =
        |(start_s, end_s): (i64, i64)| (start_s.max(workout.start_s), end_s.min(workout.end_s));
    let of_kind = |kind: EventKind| -> Spans {
        let own = workout.events.iter().filter(|event| event.kind == kind);
        let mut spans: Spans = own
            .map(|event| within((event.start_s, event.end_s)))
            .collect();
        spans.sort_unstable();
        spans
    };
    if workout.steps.len() > 1 {
        let mut steps: Spans = workout.steps.iter().copied().map(within).collect();
        steps.sort_unstable();
        return (apart(steps), LapTrigger::Manual);
    }
    let laps = of_kind(EventKind::Lap);
    if !laps.is_empty() {
        return (apart(between(workout, laps)), LapTrigger::Unknown);
    }
    segments(&of_kind(EventKind::Segment), distance)
}

/// Makes laps of those that are written as mere moments: each of these closes one and opens the next.
fn between(workout: &Workout, laps: Spans) -> Spans {
    if laps.iter().any(|(start_s, end_s)| start_s < end_s) {
        return laps;
    }
    let borders = laps.iter().map(|(at_s, _)| *at_s);
    let starts = std::iter::once(workout.start_s).chain(borders.clone());
    starts.zip(borders.chain([workout.end_s])).collect()
}

/// Cuts what overlaps: each ends where the next begins at the latest.
fn apart(mut spans: Spans) -> Spans {
    for index in 1..spans.len() {
        let next_s = spans[index].0;
        spans[index - 1].1 = spans[index - 1].1.min(next_s);
    }
    spans
}

/// Tells the rows of segments apart: what the runner marked, else the kilometres, else the miles.
fn segments(segments: &[(i64, i64)], distance: &Curve) -> (Spans, LapTrigger) {
    let mut rows: Vec<Spans> = Vec::new();
    for segment in segments {
        let follows = |row: &&mut Spans| {
            let gap_s = row.last().map(|(_, end_s)| (segment.0 - end_s).abs());
            gap_s.is_some_and(|gap_s| gap_s <= SEAM_S)
        };
        match rows.iter_mut().find(follows) {
            Some(row) => row.push(*segment),
            None => rows.push(vec![*segment]),
        }
    }
    rows.retain(|row| row.len() > 1);
    let is_by_hand = |row: &&Spans| counted(row, distance).is_none();
    if let Some(row) = rows.iter().filter(is_by_hand).max_by_key(|row| row.len()) {
        // Where no distance tells, several rows from the start on are what a watch counts.
        let trigger = match distance.is_empty() {
            true => LapTrigger::Unknown,
            false => LapTrigger::Manual,
        };
        return (apart(row.clone()), trigger);
    }
    let shortest = |row: &&Spans| counted(row, distance).map_or(f64::INFINITY, |metres| metres);
    let row = rows
        .iter()
        .min_by(|a, b| shortest(a).total_cmp(&shortest(b)));
    (row.cloned().map_or_else(Vec::new, apart), LapTrigger::Auto)
}

/// Returns the distance that all segments of a row but the last have, where a watch counted it.
fn counted(row: &Spans, distance: &Curve) -> Option<f64> {
    let whole = row.get(..row.len() - 1)?;
    COUNTED_M.into_iter().find(|counted_m| {
        whole.iter().all(|span| {
            length_m(distance, *span)
                .is_some_and(|metres| (metres / counted_m - 1.0).abs() <= COUNTED_WITHIN)
        })
    })
}

/// Returns the distance in a time, absent where none was recorded.
fn length_m(distance: &Curve, (start_s, end_s): (i64, i64)) -> Option<f64> {
    (!distance.is_empty()).then(|| distance.at(end_s as f64) - distance.at(start_s as f64))
}

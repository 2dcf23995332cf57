//! The numbers of a segment: times, distance, speeds, heart rate and the rest, rounded for documents.
//!
//! Speed is distance over *moving* time, never a mean of speeds: what a runner calls the pace of a
//! repetition is its distance over its time, and a recovery that was half stood has the pace of its
//! jog. The speed field is a fallback where no distance is recorded. Grade-adjusted speed exists by the
//! second only; its mean is scaled by what distance says, so that on the flat both are the same number.
//! Edges lie between samples: distance is interpolated, all else goes by samples whose middle is inside.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::channel::Channel;
use crate::human::record_speed_m_s;
use crate::segmentation::Segment;
use crate::segmentation::labels::Stretch;
use crate::segmentation::marks;
use crate::segmentation::signals::Signals;
use crate::streams::Motion;
use crate::streams::Streams;
use crate::units::METRES_PER_KILOMETRE;
use crate::units::round;
use crate::vocabulary::SegmentKind;

/// Heart rate at the end of a segment is the mean of its last seconds: this many.
///
/// # Units
/// Seconds. Chosen: some beats of noise average out, and it rises by few in that time.
const HEART_END_S: usize = 10;
/// Speed is distance over moving time where there is at least so much of it.
///
/// # Units
/// Seconds. Chosen: below, a sample that is cut by an edge decides.
const LEAST_MOVING_S: f64 = 3.0;
/// What was moved for less than this share of its time has no speed.
///
/// # Units
/// Ratio of times. Chosen: some steps in a stand.
const LEAST_MOVED_SHARE: f64 = 0.1;
/// Slower than this has no pace worth showing.
///
/// # Units
/// Metres per second. Chosen: 33 min for a kilometre, slower than any walk.
const LEAST_PACE_M_S: f64 = 0.5;

/// Returns a segment with its numbers, without names, confidence and reasons. What is not recorded is
/// absent; times and distances keep one decimal, speeds three, heart rate and power none.
pub(crate) fn measured(streams: &Streams, signals: &Signals, stretch: &Stretch) -> Segment {
    let cells = cells(streams, stretch.start.at_s, stretch.end.at_s);
    let moving = moving(streams, &cells);
    // Steps may witness moving where no distance is known.
    let timed: Vec<usize> = moving
        .iter()
        .copied()
        .filter(|cell| streams.speed_m_s.get(*cell).is_some())
        .collect();
    let distance = distance(streams, stretch.start.at_s, stretch.end.at_s);
    let moving_s = whole_seconds(&moving, stretch.start.at_s, stretch.end.at_s);
    let timed_s = whole_seconds(&timed, stretch.start.at_s, stretch.end.at_s);
    let sampled = over_moving(signals, &cells, &signals.speed_sums, &timed);
    let speed = distance
        .filter(|_| timed_s >= LEAST_MOVING_S)
        .map(|distance| distance / timed_s)
        .or(sampled)
        .filter(|_| has_pace(stretch, moving_s));
    let effort = over_moving(signals, &cells, &signals.effort_sums, &timed)
        .filter(|_| speed.is_some())
        .and_then(|effort| believed(effort * ratio(speed, sampled), timed_s).or(speed));
    let last = cells.end.saturating_sub(HEART_END_S).max(cells.start)..cells.end;
    Segment {
        kind: stretch.kind,
        start_s: time(stretch.start.at_s),
        end_s: stretch.end.at_s,
        start_low_s: time(stretch.start.low_s),
        start_high_s: time(stretch.start.high_s),
        end_low_s: time(stretch.end.low_s),
        end_high_s: time(stretch.end.high_s),
        moving_s: round(moving_s, 1),
        distance_m: distance.map(|distance| round(distance, 1)),
        speed_m_s: speed.map(|speed| round(speed, 3)),
        effort_speed_m_s: effort.map(|speed| round(speed, 3)),
        effort_uncertainty: mean(&effort_uncertainty(&streams.grade, &moving), 3),
        pace_s_per_km: speed
            .filter(|speed| *speed >= LEAST_PACE_M_S)
            .map(|speed| round(METRES_PER_KILOMETRE / speed, 1)),
        heart_rate_bpm: mean(&signals.heart_sums.mean(cells.clone()), 0),
        heart_rate_max_bpm: mean(&streams.heart_rate_bpm.max(cells.clone()), 0),
        heart_rate_end_bpm: mean(&signals.heart_sums.mean(last), 0),
        cadence_spm: mean(&moving_mean(&streams.cadence_spm, &moving), 1),
        power_w: mean(&moving_mean(&streams.power_w, &moving), 0),
        further: further(streams, &moving),
        slope: mean(&signals.slope_sums.mean(cells), 3),
        set: None,
        rep: None,
        name: None,
        planned: marks::planned(streams, stretch.start.at_s, stretch.end.at_s),
        executed: true,
        confidence: 0.0,
        sources: Vec::new(),
        evidence: Vec::new(),
    }
}

/// Returns the means of what else was recorded.
fn further(streams: &Streams, moving: &[usize]) -> BTreeMap<String, f64> {
    let means = streams.further.iter().filter_map(|series| {
        let value = moving_mean(&series.values, moving)?;
        Some((series.name.clone(), round(value, 2)))
    });
    means.collect()
}

/// Returns whether a stretch has a speed: a rest and a stop have none, however one came to stand, nor
/// has what was hardly moved.
fn has_pace(stretch: &Stretch, moving_s: f64) -> bool {
    let is_stood = matches!(stretch.kind, SegmentKind::Rest | SegmentKind::Stop);
    let length_s = stretch.end.at_s - stretch.start.at_s;
    !is_stood && moving_s >= LEAST_MOVED_SHARE * length_s
}

/// Returns an effort speed that a human can run for so long: where slope makes more of it, slope is wrong.
fn believed(effort_m_s: f64, seconds: f64) -> Option<f64> {
    Some(effort_m_s).filter(|effort| *effort <= record_speed_m_s(seconds))
}

/// Returns how much the speed from distance differs from the speed of the samples, which the
/// grade-adjusted speed is a multiple of; 1 where one of them is unknown.
fn ratio(speed: Option<f64>, sampled: Option<f64>) -> f64 {
    let ratio = speed.zip(sampled).map(|(speed, sampled)| speed / sampled);
    ratio.filter(|ratio| ratio.is_finite()).unwrap_or(1.0)
}

/// Returns how uncertain effort speed is because of the slope: the mean of the moving seconds.
fn effort_uncertainty(grade: &Channel, moving: &[usize]) -> Option<f64> {
    let slopes = moving.iter().filter_map(|cell| grade.get(*cell));
    let (sum, count) = slopes.fold((0.0, 0.0), |(sum, count), slope| {
        (sum + slope.abs(), count + 1.0)
    });
    (count > 0.0).then(|| crate::streams::GRADE_UNCERTAINTY * sum / count)
}

/// Returns a time in seconds as documents hold it: to the tenth.
pub(crate) fn time(seconds: f64) -> f64 {
    round(seconds, 1)
}

fn mean(value: &Option<f64>, decimals: i32) -> Option<f64> {
    value.map(|value| round(value, decimals))
}

/// Returns the cells of a stretch: each cell belongs to the stretch that holds its middle.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "moments of a run are small and not negative"
)]
pub(crate) fn cells(streams: &Streams, start_s: f64, end_s: f64) -> Range<usize> {
    let edge = |seconds: f64| ((seconds + 0.5).floor().max(0.0) as usize).min(streams.len());
    edge(start_s)..edge(end_s)
}

/// Moving is told from standing where the speed of this share of the time is known, while the timer
/// ran.
///
/// # Units
/// Share of the timer's seconds. Chosen: a tunnel in a lap is known around it, a lost first half is not.
const LEAST_KNOWN_SHARE: f64 = 0.9;

/// Returns the moving time between two moments; absent where too little speed is known to tell
/// moving from standing.
pub(crate) fn moving_s(streams: &Streams, start_s: f64, end_s: f64) -> Option<f64> {
    let cells = cells(streams, start_s, end_s);
    let timed = || cells.clone().filter(|cell| !streams.paused[*cell]);
    let known = timed().filter(|cell| streams.speed_m_s.get(*cell).is_some());
    let share = known.count() as f64 / timed().count().max(1) as f64;
    (share >= LEAST_KNOWN_SHARE).then(|| {
        let moving = moving(streams, &cells);
        whole_seconds(&moving, start_s, end_s)
    })
}

/// Returns the time of moving cells, which is not longer than the stretch that they lie in.
fn whole_seconds(moving: &[usize], start_s: f64, end_s: f64) -> f64 {
    (moving.len() as f64).min(end_s - start_s)
}

fn moving(streams: &Streams, cells: &Range<usize>) -> Vec<usize> {
    cells
        .clone()
        .filter(|cell| streams.motion(*cell) == Motion::Moving)
        .collect()
}

/// Returns the mean over moving samples: by running sums where none is left out, which is nearly always.
fn over_moving(
    signals: &Signals,
    cells: &Range<usize>,
    sums: &crate::channel::Sums,
    moving: &[usize],
) -> Option<f64> {
    let still = cells.len() == moving.len();
    if moving.is_empty() {
        return None;
    }
    let total = if still {
        sums.sum(cells.clone())
    } else {
        moving.iter().map(|cell| sums.sum(*cell..*cell + 1)).sum()
    };
    let _ = signals;
    Some(total / moving.len() as f64)
}

fn moving_mean(channel: &Channel, moving: &[usize]) -> Option<f64> {
    let present: Vec<f64> = moving
        .iter()
        .filter_map(|cell| channel.get(*cell))
        .collect();
    (!present.is_empty()).then(|| present.iter().sum::<f64>() / present.len() as f64)
}

/// Returns the metres between two moments, between samples in proportion; never negative, as a recording
/// may be put right backwards.
pub(crate) fn distance(streams: &Streams, start_s: f64, end_s: f64) -> Option<f64> {
    Some((distance_at(streams, end_s)? - distance_at(streams, start_s)?).max(0.0))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "moments of a run are small and not negative"
)]
fn distance_at(streams: &Streams, seconds: f64) -> Option<f64> {
    let cell = (seconds.max(0.0) as usize).min(streams.len());
    let from = streams.distance_m.get(cell)?;
    let to = streams.distance_m.get(cell + 1).unwrap_or(from);
    Some(from + (to - from) * (seconds - cell as f64).clamp(0.0, 1.0))
}

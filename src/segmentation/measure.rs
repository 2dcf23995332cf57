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

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "the values are exact")]

    use super::*;
    use crate::segmentation::edges::Boundary;
    use crate::segmentation::exact;

    fn measure(streams: &Streams, kind: SegmentKind, start_s: f64, end_s: f64) -> Segment {
        let stretch = Stretch {
            kind,
            start: Boundary::exact(start_s),
            end: Boundary::exact(end_s),
            bout: None,
        };
        measured(streams, &Signals::new(streams), &stretch)
    }

    /// A hundred seconds at 3 m/s, twenty stood, eighty at 4 m/s uphill.
    fn streams() -> Streams {
        let each =
            |values: [f64; 3]| exact::speeds(&[(100, values[0]), (20, values[1]), (80, values[2])]);
        Streams {
            heart_rate_bpm: each([130.0, 120.0, 170.0]).into_iter().collect(),
            cadence_spm: each([160.0, 0.0, 180.0]).into_iter().collect(),
            power_w: each([200.0, 0.0, 300.0]).into_iter().collect(),
            grade: each([0.0, 0.0, 0.02]).into_iter().collect(),
            effort_speed_m_s: each([3.0, 0.0, 4.4]).into_iter().collect(),
            ..exact::streams(&each([3.0, 0.0, 4.0]))
        }
    }

    #[test]
    fn speed_is_distance_over_moving_time_and_channels_are_means_of_it() {
        let whole = measure(&streams(), SegmentKind::Steady, 0.0, 200.0);
        assert_eq!((whole.moving_s, whole.distance_m), (180.0, Some(620.0)));
        assert_eq!(whole.speed_m_s, Some(3.444));
        // 1000 · 180 / 620.
        assert_eq!(whole.pace_s_per_km, Some(290.3));
        // (100 · 3 + 80 · 4.4) / 180.
        assert_eq!(whole.effort_speed_m_s, Some(3.622));
        // (100 · 130 + 20 · 120 + 80 · 170) / 200.
        assert_eq!(
            (whole.heart_rate_bpm, whole.heart_rate_max_bpm),
            (Some(145.0), Some(170.0))
        );
        // While moving: (100 · 160 + 80 · 180) / 180, (100 · 200 + 80 · 300) / 180.
        assert_eq!(
            (whole.cadence_spm, whole.power_w),
            (Some(168.9), Some(244.0))
        );
        // 80 · 0.02 / 200.
        assert_eq!(whole.slope, Some(0.008));
        let unsure = crate::streams::GRADE_UNCERTAINTY * 0.02 * 80.0 / 180.0;
        assert_eq!(whole.effort_uncertainty, Some(round(unsure, 3)));
        assert!(unsure > 0.001);
    }

    #[test]
    fn what_else_was_recorded_is_a_mean_while_moving_to_the_hundredth() {
        let values = exact::speeds(&[(100, 241.0), (20, 999.0), (80, 230.0)]);
        let streams = Streams {
            further: vec![crate::ingest::Series {
                name: "ground_contact_ms".to_owned(),
                values: values.into_iter().collect(),
            }],
            ..streams()
        };
        let whole = measure(&streams, SegmentKind::Steady, 0.0, 200.0);
        // (100 · 241 + 80 · 230) / 180 = 236.111….
        assert_eq!(whole.further["ground_contact_ms"], 236.11);
        assert_eq!(whole.further.len(), 1);
    }

    #[test]
    fn edges_between_samples_share_the_distance() {
        let part = measure(&streams(), SegmentKind::Work, 119.6, 180.25);
        assert_eq!((part.start_s, part.end_s), (119.6, 180.25));
        assert_eq!(part.distance_m, Some(241.0));
        assert_eq!(part.moving_s, 60.0);
        assert_eq!(part.speed_m_s, Some(4.017));
        let end = measure(&streams(), SegmentKind::Work, 95.0, 125.0);
        // The last ten seconds: five stood, five run.
        assert_eq!(end.heart_rate_end_bpm, Some(145.0));
        assert!(distance(&streams(), 150.0, 140.0).is_some_and(|metres| metres == 0.0));
        assert_eq!(distance(&Streams::default(), 0.0, 1.0), None);
    }

    #[test]
    fn who_stands_has_no_speed() {
        let rest = measure(&streams(), SegmentKind::Rest, 0.0, 100.0);
        assert_eq!(
            (rest.speed_m_s, rest.effort_speed_m_s, rest.pace_s_per_km),
            (None, None, None)
        );
        // Two steps in twenty seconds are no pace, three are.
        assert_eq!(
            measure(&streams(), SegmentKind::Recovery, 99.0, 120.0).speed_m_s,
            None
        );
        assert!(
            measure(&streams(), SegmentKind::Recovery, 97.0, 120.0)
                .speed_m_s
                .is_some()
        );
        assert_eq!(
            measure(&streams(), SegmentKind::Recovery, 102.0, 118.0).cadence_spm,
            None
        );
    }

    #[test]
    fn moving_time_needs_speed_for_nine_tenths_of_the_timer() {
        let mut streams = streams();
        assert_eq!(moving_s(&streams, 0.0, 200.0), Some(180.0));
        assert_eq!(moving_s(&streams, 100.0, 119.0), Some(0.0));
        (0..20).for_each(|cell| streams.speed_m_s.set(cell, None));
        assert_eq!(moving_s(&streams, 0.0, 200.0), Some(160.0));
        streams.speed_m_s.set(20, None);
        assert_eq!(moving_s(&streams, 0.0, 200.0), None);
        // A pause is none of the timer's.
        (0..30).for_each(|cell| streams.paused[cell] = true);
        assert_eq!(moving_s(&streams, 0.0, 200.0), Some(150.0));
    }

    #[test]
    fn an_effort_speed_that_nobody_can_run_is_that_over_ground() {
        let mut steep = streams();
        steep.effort_speed_m_s = vec![12.0; 200].into_iter().collect();
        let found = measure(&steep, SegmentKind::Work, 120.0, 200.0);
        assert_eq!(
            (found.speed_m_s, found.effort_speed_m_s),
            (Some(4.0), Some(4.0))
        );
    }
}

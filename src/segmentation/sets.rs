//! Sets of similar repetitions, and the usual names of repetitions and recoveries.
//!
//! A name never moves a boundary: it is the nearest usual distance or time where one is near.

use crate::segmentation::Segment;
use crate::segmentation::SegmentKind;
use crate::segmentation::Set;
use crate::segmentation::noise::median;
use crate::units::round;

/// Usual distances, in metres. Coaching convention.
const DISTANCES_M: [f64; 17] = [
    50.0, 80.0, 100.0, 150.0, 200.0, 300.0, 400.0, 500.0, 600.0, 800.0, 1000.0, 1200.0, 1600.0,
    1609.344, 2000.0, 3000.0, 5000.0,
];
/// How near a distance has to be for its name, as a fraction. Chosen.
const DISTANCE_NEAR: f64 = 0.04;
/// Usual times, in seconds. Coaching convention.
const TIMES_S: [f64; 20] = [
    10.0, 15.0, 20.0, 30.0, 40.0, 45.0, 60.0, 75.0, 90.0, 120.0, 150.0, 180.0, 240.0, 300.0, 360.0,
    420.0, 480.0, 600.0, 900.0, 1200.0,
];
/// How near a time has to be for its name, as a fraction. Chosen.
const TIME_NEAR: f64 = 0.03;
/// Edges are uncertain by about this, in seconds, whatever the length.
const EDGE_S: f64 = 1.5;
/// A name is never farther off than this, as a fraction, however short the time. Chosen.
const MOST_ALLOWED: f64 = 0.25;
/// Repetitions of one set differ in length by at most this (natural logarithm) (measured).
const SAME_LENGTH: f64 = 0.2;
/// Repetitions of one set differ in speed by at most this (natural logarithm) (measured).
const SAME_SPEED: f64 = 0.15;
/// A recovery is jogged from this speed on, walked below, in metres per second.
const JOG_LEAST_M_S: f64 = 1.9;
/// A recovery is stood below this mean speed, in metres per second.
const STAND_MOST_M_S: f64 = 0.5;

/// Shorter repetitions have no heart rate worth a verdict, in seconds: it lags behind the effort.
pub(crate) const LEAST_HEART_RATE_S: f64 = 75.0;

/// Numbers the repetitions of a run, names them and returns their sets.
pub(crate) fn sets(segments: &mut [Segment]) -> Vec<Set> {
    let works: Vec<usize> = (0..segments.len())
        .filter(|index| segments[*index].kind.is_work())
        .collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for index in works {
        match groups.last_mut() {
            Some(group) if belongs(segments, group, index) => group.push(index),
            _ => groups.push(vec![index]),
        }
    }
    let mut sets = Vec::new();
    for group in groups {
        let name = rep_name(segments, &group);
        for index in &group {
            segments[*index].name.clone_from(&name);
        }
        if group.len() < 2 {
            continue;
        }
        sets.push(set(segments, &group, name.as_deref()));
        for (rep, index) in group.iter().enumerate() {
            segments[*index].set = Some(sets.len());
            segments[*index].rep = Some(rep + 1);
        }
    }
    sets
}

/// Returns whether a repetition carries on a set: same kind, length and speed, a recovery between.
fn belongs(segments: &[Segment], group: &[usize], index: usize) -> bool {
    let Some((first, last)) = group.first().zip(group.last()) else {
        return false;
    };
    let broken = segments[*last..index]
        .iter()
        .any(|between| between.kind == SegmentKind::Steady);
    let near = |one: f64, other: f64, most: f64| (one / other).ln().abs() <= most;
    let (own, other) = (&segments[index], &segments[*first]);
    let same_time = near(
        own.elapsed_s(),
        other.elapsed_s(),
        SAME_LENGTH + EDGE_S / own.elapsed_s(),
    );
    let same_distance = own
        .distance_m
        .zip(other.distance_m)
        .is_some_and(|(own, other)| near(own, other, SAME_LENGTH));
    let same_speed = own
        .effort_speed_m_s
        .zip(other.effort_speed_m_s)
        .is_none_or(|(own, other)| near(own, other, SAME_SPEED));
    !broken && own.kind == other.kind && (same_time || same_distance) && same_speed
}

fn set(segments: &[Segment], group: &[usize], name: Option<&str>) -> Set {
    let speeds: Vec<f64> = group
        .iter()
        .filter_map(|index| segments[*index].effort_speed_m_s)
        .collect();
    let pauses = recoveries(segments, group);
    let mut times: Vec<f64> = pauses.iter().map(|pause| pause.0).collect();
    let recovery_s = median(&mut times).map(|time| round(time, 1));
    Set {
        name: format!("{} × {}", group.len(), name.unwrap_or("varied")),
        reps: group.len(),
        recovery: recovery_s.map(|time| format!("{} {}", time_name(time), manner(&pauses))),
        recovery_s,
        first_to_last_pct: first_to_last(&speeds).map(|change| round(change, 1)),
        work_to_recovery: work_to_recovery(segments, group, &pauses).map(|ratio| round(ratio, 2)),
        fade_pct: fade(&speeds).map(|fade| round(fade, 1)),
        spread_pct: spread(&speeds).map(|spread| round(spread, 1)),
        heart_rate_drop_bpm: heart_rate_drop(segments, group),
    }
}

/// Returns time and metres of what lies between the repetitions of a set.
fn recoveries(segments: &[Segment], group: &[usize]) -> Vec<(f64, f64)> {
    group
        .windows(2)
        .map(|pair| {
            let between = &segments[pair[0] + 1..pair[1]];
            let time = between.iter().map(Segment::elapsed_s).sum();
            let distance = between.iter().filter_map(|part| part.distance_m).sum();
            (time, distance)
        })
        .filter(|(time, _)| *time > 0.0)
        .collect()
}

fn manner(pauses: &[(f64, f64)]) -> &'static str {
    let mut speeds: Vec<f64> = pauses
        .iter()
        .map(|(time, distance)| distance / time)
        .collect();
    match median(&mut speeds) {
        Some(speed) if speed >= JOG_LEAST_M_S => "jog",
        Some(speed) if speed >= STAND_MOST_M_S => "walk",
        _ => "standing",
    }
}

/// Returns how much slower the last third is than the first, in percent.
fn fade(speeds: &[f64]) -> Option<f64> {
    let third = speeds.len() / 3;
    if third == 0 {
        return None;
    }
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    let first = mean(&speeds[..third]);
    Some((first - mean(&speeds[speeds.len() - third..])) / first * 100.0)
}

/// Returns how much slower the last repetition is than the first, in percent.
fn first_to_last(speeds: &[f64]) -> Option<f64> {
    let (first, last) = speeds.first().zip(speeds.last())?;
    (speeds.len() > 1 && *first > 0.0).then(|| (first - last) / first * 100.0)
}

/// Returns the time of the repetitions that have a recovery after them over the time of these
/// recoveries.
fn work_to_recovery(segments: &[Segment], group: &[usize], pauses: &[(f64, f64)]) -> Option<f64> {
    let (_, followed) = group.split_last()?;
    let work: f64 = followed
        .iter()
        .map(|index| segments[*index].elapsed_s())
        .sum();
    let recovery: f64 = pauses.iter().map(|pause| pause.0).sum();
    (recovery > 0.0).then(|| work / recovery)
}

/// Returns the coefficient of variation, in percent.
fn spread(speeds: &[f64]) -> Option<f64> {
    if speeds.len() < 2 {
        return None;
    }
    let mean = speeds.iter().sum::<f64>() / speeds.len() as f64;
    let squares: f64 = speeds.iter().map(|speed| (speed - mean).powi(2)).sum();
    (mean > 0.0).then(|| (squares / (speeds.len() - 1) as f64).sqrt() / mean * 100.0)
}

fn heart_rate_drop(segments: &[Segment], group: &[usize]) -> Option<f64> {
    let mut drops: Vec<f64> = group
        .windows(2)
        .filter(|pair| segments[pair[0]].elapsed_s() >= LEAST_HEART_RATE_S)
        .filter_map(|pair| {
            let before = segments[pair[0]].heart_rate_end_bpm?;
            let after = segments[pair[0] + 1..pair[1]].last()?.heart_rate_end_bpm?;
            Some(before - after)
        })
        .collect();
    median(&mut drops).map(|drop| round(drop, 0))
}

/// Returns the name of the repetitions of a group by its median distance or time.
fn rep_name(segments: &[Segment], group: &[usize]) -> Option<String> {
    let mut times: Vec<f64> = group
        .iter()
        .map(|index| segments[*index].elapsed_s())
        .collect();
    let mut distances: Vec<f64> = group
        .iter()
        .filter_map(|index| segments[*index].distance_m)
        .collect();
    let time = median(&mut times)?;
    let by_time = nearest(
        time,
        &TIMES_S,
        (TIME_NEAR + EDGE_S / time).min(MOST_ALLOWED),
    );
    let speed = median(&mut distances).map(|distance| (distance, distance / time));
    let by_distance = speed.and_then(|(distance, speed)| {
        nearest(
            distance,
            &DISTANCES_M,
            DISTANCE_NEAR + EDGE_S * speed / distance,
        )
    });
    match (by_time, by_distance) {
        (Some(time), Some(distance)) if time.1 <= distance.1 => Some(time_name(time.0)),
        (_, Some(distance)) => Some(distance_name(distance.0)),
        (Some(time), None) => Some(time_name(time.0)),
        (None, None) => Some(time_name(time)),
    }
}

/// Returns the nearest usual value and how far it is as a share of what is allowed.
fn nearest(value: f64, usual: &[f64], allowed: f64) -> Option<(f64, f64)> {
    usual
        .iter()
        .map(|usual| (*usual, (value / usual - 1.0).abs() / allowed))
        .min_by(|one, other| one.1.total_cmp(&other.1))
        .filter(|(_, distance)| *distance <= 1.0)
}

fn distance_name(distance_m: f64) -> String {
    if (distance_m - crate::units::METRES_PER_MILE).abs() < 1.0 {
        "1 mile".to_owned()
    } else {
        format!("{distance_m:.0} m")
    }
}

/// Returns a time as runners say it: "90 s", "3 min", "3:40 min".
pub(crate) fn time_name(seconds: f64) -> String {
    let allowed = (TIME_NEAR + EDGE_S / seconds).min(MOST_ALLOWED);
    let whole = nearest(seconds, &TIMES_S, allowed)
        .map_or(seconds, |near| near.0)
        .round();
    let (minutes, rest) = ((whole / 60.0).floor(), whole % 60.0);
    if whole < 120.0 && (whole - 60.0).abs() > 0.5 {
        format!("{whole:.0} s")
    } else if rest < 0.5 {
        format!("{minutes:.0} min")
    } else {
        format!("{minutes:.0}:{rest:02.0} min")
    }
}

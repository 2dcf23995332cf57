//! The seconds that cannot be running, each kind with its witness.
//!
//! The file says that it was a run, or may be one, and every stretch is held against the running around
//! it: the limits are higher than those of `summary::sport`, which judges a whole file that names no
//! sport, and has nothing to hold it against.

use super::Stray;
use super::What;
use super::body::BodySignals;
use super::body::FEWEST_RUNNING;
use super::body::Steps;
use crate::human::fastest_climb_m_s;
use crate::human::record_speed_m_s;
use crate::statistics::median;
use crate::streams::cells::runs;
use crate::thresholds::STANDING_M_S;

/// The durations over which speed is compared with the world records, in seconds.
const RECORD_WINDOWS_S: [usize; 6] = [30, 60, 120, 300, 900, 3600];
/// Slower parts than this share of the record are not what makes a stretch too fast. Chosen: a run
/// before a long drive.
const OWN_PART: f64 = 0.8;
/// Without a step one is faster than the running of the same file by this, or rides. Chosen: a sensor
/// of steps fails now and then in running, but not just where one doubles the pace.
///
/// # Units
/// Ratio.
const STEPLESS_RATIO: f64 = 1.3;
/// And at least so fast, in metres per second: a slow ride.
const STEPLESS_M_S: f64 = 3.5;
/// For at least so long, in seconds.
const LEAST_STEPLESS_S: usize = 30;
/// Where the sensor feels no step in the whole file, so fast is riding.
///
/// # Units
/// Metres per second: 3:20/km.
const NONE_FELT_M_S: f64 = 5.0;
/// For at least so long, in seconds.
const LEAST_NONE_FELT_S: usize = 300;
/// Nobody runs so fast for so long at a lower heart rate; a sensor that feels no step at all may be broken.
///
/// # Units
/// Beats per minute. Chosen: at 3:20/km elites of sixty beats at rest are above it.
const RIDING_BPM: f64 = 145.0;
/// A heart that beats so much faster than in the running of the file shows work, whatever the steps say.
///
/// # Units
/// Beats per minute. Chosen: above what a ride home costs, below what a repetition does.
const MORE_BEATS: f64 = 5.0;
/// Where no steps are recorded: faster than the running of the file by this, at the heart rate of rest,
/// is riding.
///
/// # Units
/// Ratio. Chosen: half as fast again takes 20 beats more.
const RESTED_RATIO: f64 = 1.5;
/// The heart rests when it beats so much slower than in the running, in beats per minute.
const RESTED_BELOW_BPM: f64 = 10.0;
/// For at least so long, in seconds.
const LEAST_RESTED_S: usize = 120;
/// Nothing recorded but positions: faster than the running by this, and nearly at the world record, is
/// riding.
///
/// # Units
/// Ratio.
const UNSEEN_RATIO: f64 = 1.7;
/// At so large a share of the world record. Chosen: only runners of the first rank of the world are
/// wronged. Higher than where the file does not even say that it was a run (see `summary::sport`).
///
/// # Units
/// Ratio.
const UNSEEN_SHARE: f64 = 0.95;
/// For at least so long, in seconds.
const LEAST_UNSEEN_S: usize = 300;
/// Distance runs ahead where it is faster than the running of the file by this, but not the steps.
///
/// # Units
/// Ratio. At half as fast again runners take 8–10 % more steps (Weyand 2000, JAP 89:1991).
const AHEAD_RATIO: f64 = 1.5;
/// A stretch that is too short for heart rate to tell is this much faster: many end a run with half a
/// minute of a kick, and their steps hardly change.
///
/// # Units
/// Ratio. Chosen.
const SHORT_AHEAD_RATIO: f64 = 1.8;
/// And at least so fast, in metres per second.
const AHEAD_M_S: f64 = 4.0;
/// So many more steps, or more, are felt when one really runs faster, as a ratio.
const MORE_STEPS: f64 = 1.04;
/// So much, or more, rises a heart that really runs faster by [`AHEAD_RATIO`], in beats per minute; in
/// proportion more where it is faster still and the steps say otherwise.
const HEART_RISE_BPM: f64 = 4.0;
/// Heart rate alone tells nothing of a shorter stretch, in seconds: it is late.
const LEAST_HEART_S: usize = 60;
/// Steps tell something from this length on, in seconds.
const LEAST_AHEAD_S: usize = 25;
/// More fast stretches than this are a workout: bad reception comes now and then, repetitions come in sets.
/// Chosen.
const MOST_AHEAD: usize = 3;
/// Steps are compared with those of so many seconds before, in seconds.
const BEFORE_S: usize = 40;
/// How late watches are with steps, in seconds.
const STEPS_LATE_S: usize = 8;
/// Stretches of one kind that are closer are one, in seconds.
const JOINED_S: usize = 10;
/// Steeper falls explain speed, as a slope.
const FALLING: f64 = -0.02;
/// A lift climbs for at least so long, in seconds.
const LIFT_S: usize = 60;

/// Returns the stretches that cannot be running.
pub(super) fn seeds(signals: &BodySignals) -> Vec<Stray> {
    let mut found = Vec::new();
    beyond_records(signals, &mut found);
    match signals.steps {
        Steps::Felt => stepless(signals, &mut found),
        Steps::NoneFelt => none_felt(signals, &mut found),
        Steps::Unrecorded => {}
    }
    if !signals.feels_steps() {
        rested(signals, &mut found);
        unseen(signals, &mut found);
    }
    ahead(signals, &mut found);
    found
}

/// Returns the runs of marked seconds, near ones joined, that are long enough.
fn stretches(mut mask: Vec<bool>, least_s: usize) -> Vec<(usize, usize)> {
    let found = runs(&mask);
    for pair in found.windows(2) {
        if pair[1].0 - pair[0].1 <= JOINED_S {
            mask[pair[0].1..pair[1].0].fill(true);
        }
    }
    let mut found = runs(&mask);
    found.retain(|(start, end)| end - start >= least_s);
    found
}

fn faster(signals: &BodySignals, than_m_s: f64) -> Vec<bool> {
    signals
        .speed_m_s
        .iter()
        .map(|speed| *speed >= than_m_s)
        .collect()
}

fn not_running(signals: &BodySignals, start: usize, end: usize, how: &str) -> Stray {
    let speed = signals.mean_speed(start..end);
    Stray {
        start,
        end,
        what: What::NotRunning,
        why: format!("not running: {speed:.1} m/s {how}"),
    }
}

/// Faster than the world record for some duration.
fn beyond_records(signals: &BodySignals, found: &mut Vec<Stray>) {
    let fastest_m_s = signals.speed_m_s.iter().copied().fold(0.0, f64::max);
    let mut mask = vec![false; signals.len()];
    let windows = RECORD_WINDOWS_S.into_iter();
    for window in windows.filter(|window| record_speed_m_s(*window as f64) < fastest_m_s) {
        let most_m = record_speed_m_s(window as f64) * window as f64;
        let mut marked = 0;
        for start in 0..(signals.len() + 1).saturating_sub(window) {
            let end = start + window;
            if signals.speed_sums.sum(start..end) > most_m {
                let least_m_s = OWN_PART * most_m / window as f64;
                let fresh = start.max(marked)..end;
                let speeds = &signals.speed_m_s[fresh.clone()];
                for (cell, speed) in mask[fresh].iter_mut().zip(speeds) {
                    *cell |= *speed >= least_m_s;
                }
                marked = end;
            }
        }
    }
    for (start, end) in stretches(mask, LEAST_STEPLESS_S) {
        let stray = if runs_on(signals, start, end) {
            ahead_of(start, end)
        } else {
            not_running(signals, start, end, "is faster than the world record")
        };
        found.push(stray);
    }
}

/// Returns whether the steps of running go on through most of a stretch.
fn runs_on(signals: &BodySignals, start: usize, end: usize) -> bool {
    let Some(usual_spm) = signals.usual_spm else {
        return false;
    };
    let steps = median((start..end).map(|cell| signals.cadence(cell)));
    steps.is_some_and(|steps| steps >= FEWEST_RUNNING * usual_spm)
}

/// Fast, or lifted, without steps in a file that has them.
fn stepless(signals: &BodySignals, found: &mut Vec<Stray>) {
    let Some(usual_m_s) = signals.usual_m_s else {
        return;
    };
    let least_m_s = (STEPLESS_RATIO * usual_m_s).max(STEPLESS_M_S);
    let mask = (0..signals.len())
        .map(|cell| signals.speed_m_s[cell] >= least_m_s && signals.is_stepless(cell));
    for (start, end) in stretches(mask.collect(), LEAST_STEPLESS_S) {
        if !works_hard(signals, start, end) && !runs_down(signals, start, end) {
            found.push(not_running(signals, start, end, "without steps"));
        }
    }
    for (start, end) in stretches(lifted(signals), LIFT_S) {
        found.push(not_running(signals, start, end, "in a lift, without steps"));
    }
}

/// Returns whether the heart beats faster than in the running of the file: then it is the sensor of steps
/// that failed.
fn works_hard(signals: &BodySignals, start: usize, end: usize) -> bool {
    let late = signals.heart_sums.mean(start + (end - start) / 3..end);
    let beats = late.zip(signals.usual_bpm);
    beats.is_some_and(|(late, usual)| late >= usual + MORE_BEATS)
}

/// Returns whether one may have run down a hill, with the wrist still.
fn runs_down(signals: &BodySignals, start: usize, end: usize) -> bool {
    falls(signals, start, end) && signals.mean_speed(start..end) < NONE_FELT_M_S
}

/// Marks the seconds in which one is lifted without steps, faster than anyone climbs.
fn lifted(signals: &BodySignals) -> Vec<bool> {
    let altitude = |cell: usize| signals.body.altitude_m.get(cell);
    let mut mask = vec![false; signals.len()];
    for start in 0..signals.len().saturating_sub(LIFT_S) {
        let end = start + LIFT_S;
        let climbed_m = altitude(end)
            .zip(altitude(start))
            .map_or(0.0, |(b, a)| b - a);
        if climbed_m > fastest_climb_m_s(LIFT_S as f64) * LIFT_S as f64
            && signals.mean_speed(start..end) >= STANDING_M_S
            && (start..end).all(|cell| signals.is_stepless(cell))
        {
            mask[start..end].fill(true);
        }
    }
    mask
}

/// Fast where a sensor is there and feels no step in the whole file.
fn none_felt(signals: &BodySignals, found: &mut Vec<Stray>) {
    for (start, end) in stretches(faster(signals, NONE_FELT_M_S), LEAST_NONE_FELT_S) {
        let late = signals.heart_sums.mean(start + (end - start) / 3..end);
        let is_ride = match late {
            Some(beats) => beats < RIDING_BPM,
            None => {
                signals.mean_speed(start..end)
                    >= UNSEEN_SHARE * record_speed_m_s((end - start) as f64)
            }
        };
        if is_ride {
            found.push(not_running(signals, start, end, "without steps"));
        }
    }
}

/// Fast at the heart rate of a ride.
fn rested(signals: &BodySignals, found: &mut Vec<Stray>) {
    let (Some(usual_m_s), Some(usual_bpm)) = (signals.usual_m_s, signals.usual_bpm) else {
        return;
    };
    let fast = faster(signals, RESTED_RATIO * usual_m_s);
    for (start, end) in stretches(fast, LEAST_RESTED_S) {
        let late = start + (end - start) / 3..end;
        let heart = signals.heart_sums.mean(late);
        if let Some(heart) = heart.filter(|heart| *heart <= usual_bpm - RESTED_BELOW_BPM)
            && !falls(signals, start, end)
        {
            let how = format!("at {heart:.0} bpm, fewer than in the running");
            found.push(not_running(signals, start, end, &how));
        }
    }
}

/// Fast as the best of the world, in a file that shows nothing of the body.
fn unseen(signals: &BodySignals, found: &mut Vec<Stray>) {
    let Some(usual_m_s) = signals.usual_m_s.filter(|_| signals.usual_bpm.is_none()) else {
        return;
    };
    let fast = faster(signals, UNSEEN_RATIO * usual_m_s);
    for (start, end) in stretches(fast, LEAST_UNSEEN_S) {
        let record_m_s = record_speed_m_s((end - start) as f64);
        if signals.mean_speed(start..end) >= UNSEEN_SHARE * record_m_s {
            found.push(not_running(
                signals,
                start,
                end,
                "with nothing that witnesses it",
            ));
        }
    }
}

/// Distance ahead of steps and heart, neither of which answers.
fn ahead(signals: &BodySignals, found: &mut Vec<Stray>) {
    let Some(usual_m_s) = signals.usual_m_s else {
        return;
    };
    let mask = faster(signals, (AHEAD_RATIO * usual_m_s).max(AHEAD_M_S));
    let fast = stretches(mask, LEAST_AHEAD_S);
    if fast.len() > MOST_AHEAD {
        return;
    }
    for (start, end) in fast {
        let is_short = end - start < LEAST_HEART_S;
        let ratio = signals.mean_speed(start..end) / usual_m_s;
        if is_short && ratio < SHORT_AHEAD_RATIO {
            continue;
        }
        if !answered(signals, start, end) && !falls(signals, start, end) {
            found.push(ahead_of(start, end));
        }
    }
}

fn ahead_of(start: usize, end: usize) -> Stray {
    Stray {
        start,
        end,
        what: What::Ahead,
        why: String::new(),
    }
}

/// Returns whether steps or heart answer to a faster stretch, or nothing is known of them.
fn answered(signals: &BodySignals, start: usize, end: usize) -> bool {
    let more_steps = signals.usual_spm.map(|usual_spm| {
        let steps = (start + STEPS_LATE_S..end).map(|cell| signals.cadence(cell));
        let steps = median(steps).unwrap_or(0.0);
        let before = start.saturating_sub(BEFORE_S)..start;
        let before = median(before.map(|cell| signals.cadence(cell)));
        let least = before.map_or(usual_spm, |before| before.min(usual_spm));
        // Without the steps of running it is something else; after a walk it is running.
        !(FEWEST_RUNNING * usual_spm..least * MORE_STEPS).contains(&steps)
    });
    let rise_bpm = heart_rise_bpm(signals, start, end);
    let ratio = signals.mean_speed(start..end) / signals.usual_m_s.unwrap_or(f64::INFINITY);
    let least_bpm = if ratio < SHORT_AHEAD_RATIO {
        HEART_RISE_BPM
    } else {
        HEART_RISE_BPM * (ratio - 1.0) / (AHEAD_RATIO - 1.0)
    };
    match (more_steps, rise_bpm) {
        (Some(more_steps), Some(rise_bpm)) => more_steps || rise_bpm >= least_bpm,
        (Some(more_steps), None) => more_steps,
        (None, Some(rise_bpm)) => end - start < LEAST_HEART_S || rise_bpm >= HEART_RISE_BPM,
        (None, None) => true,
    }
}

/// Returns by how much heart rate is higher at the end of a stretch than in the minute before it.
fn heart_rise_bpm(signals: &BodySignals, start: usize, end: usize) -> Option<f64> {
    const EARLIER_S: usize = 60;
    const END_S: usize = 5;
    const LATE_S: usize = 20;
    let before = signals
        .heart_sums
        .mean(start.saturating_sub(EARLIER_S)..start)?;
    let last = end - END_S..(end + LATE_S).min(signals.len());
    Some(signals.heart_sums.mean(last)? - before)
}

/// Returns whether a stretch leads downhill.
fn falls(signals: &BodySignals, start: usize, end: usize) -> bool {
    let altitude = |cell: usize| signals.body.altitude_m.get(cell);
    let metres = signals.speed_sums.sum(start..end);
    let rise = altitude(end - 1).zip(altitude(start)).map(|(b, a)| b - a);
    rise.is_some_and(|rise_m| rise_m < FALLING * metres)
}

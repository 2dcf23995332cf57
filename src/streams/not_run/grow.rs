//! The whole of a ride around the seconds that cannot be running.

use super::Stray;
use super::What;
use super::body::BodySignals;
use crate::thresholds::STANDING_M_S;

/// Where no steps tell, a ride goes on as long as it is faster than the running by this. Chosen: the
/// running itself varies by less.
///
/// # Units
/// Ratio.
const FASTER: f64 = 1.25;
/// Or, where there is no running, than this share of its own fastest part. Chosen.
const SLOWER_PART: f64 = 0.5;
/// A stop of a ride is at most so long, in seconds: a light.
const LONGEST_STOP_S: usize = 90;
/// The same where steps would tell running, in seconds: a station.
const LONGEST_STOP_WITH_STEPS_S: usize = 300;

/// Lets the rides among some stretches grow, and returns all of them without overlap, in order.
pub(super) fn grown(signals: &BodySignals, seeds: Vec<Stray>) -> Vec<Stray> {
    let (mut away, ahead): (Vec<Stray>, Vec<Stray>) = seeds
        .into_iter()
        .partition(|stray| stray.what == What::NotRunning);
    for stray in &mut away {
        grow(signals, stray);
    }
    let away = merged(away);
    let is_free = |stray: &Stray| {
        away.iter()
            .all(|one| stray.end <= one.start || stray.start >= one.end)
    };
    let mut all: Vec<Stray> = merged(ahead).into_iter().filter(is_free).collect();
    all.extend(away);
    all.sort_by_key(|stray| stray.start);
    all
}

fn grow(signals: &BodySignals, stray: &mut Stray) {
    let seed_m_s = signals.mean_speed(stray.start..stray.end);
    let least_m_s = match signals.usual_m_s {
        Some(usual_m_s) => FASTER * usual_m_s,
        None => SLOWER_PART * seed_m_s,
    };
    let rides = |cell: usize| {
        let speed_m_s = signals.speed_m_s[cell];
        speed_m_s >= least_m_s && (!signals.feels_steps() || signals.is_stepless(cell))
    };
    let waits = |cell: usize| {
        if signals.feels_steps() {
            signals.is_stepless(cell)
        } else {
            signals.speed_m_s[cell] < STANDING_M_S
        }
    };
    let longest_s = if signals.feels_steps() {
        LONGEST_STOP_WITH_STEPS_S
    } else {
        LONGEST_STOP_S
    };
    stray.end = reach(stray.end..signals.len(), longest_s, &rides, &waits);
    let back = (0..stray.start).rev();
    stray.start = back_to(back, stray.start, longest_s, &rides, &waits);
}

/// Returns how far a ride goes on, over waits that are short enough and end in riding.
fn reach(
    cells: std::ops::Range<usize>,
    longest_s: usize,
    rides: &dyn Fn(usize) -> bool,
    waits: &dyn Fn(usize) -> bool,
) -> usize {
    let mut end = cells.start;
    for cell in cells {
        if rides(cell) {
            end = cell + 1;
        } else if cell - end >= longest_s || !(waits(cell) || cell - end < SLOWING_S) {
            break;
        }
    }
    end
}

/// Speeding up and slowing down takes so long, in seconds.
const SLOWING_S: usize = 15;

/// Returns how far back a ride goes.
fn back_to(
    cells: impl Iterator<Item = usize>,
    start: usize,
    longest_s: usize,
    rides: &dyn Fn(usize) -> bool,
    waits: &dyn Fn(usize) -> bool,
) -> usize {
    let mut first = start;
    for cell in cells {
        if rides(cell) {
            first = cell;
        } else if first - cell > longest_s || !(waits(cell) || first - cell <= SLOWING_S) {
            break;
        }
    }
    first
}

/// Joins stretches that overlap or touch; the words of the longer one stay.
fn merged(mut strays: Vec<Stray>) -> Vec<Stray> {
    strays.sort_by_key(|stray| stray.start);
    let mut merged: Vec<Stray> = Vec::new();
    for stray in strays {
        match merged.last_mut() {
            Some(last) if stray.start <= last.end => {
                if stray.end - stray.start > last.end - last.start {
                    last.why.clone_from(&stray.why);
                }
                last.end = last.end.max(stray.end);
            }
            _ => merged.push(stray),
        }
    }
    merged
}

//! Laps pressed by hand: which of them are efforts.

use crate::ingest::Lap;
use crate::segmentation::features::SPEED_FLOOR_M_S;
use crate::segmentation::labels::Bout;
use crate::segmentation::laps::Marked;
use crate::segmentation::laps::mark;
use crate::segmentation::laps::overlap;
use crate::segmentation::laps::seconds;
use crate::segmentation::laps::span;
use crate::segmentation::noise::median;
use crate::segmentation::scene::Scene;
use crate::segmentation::scene::WALKING_M_S;

/// Shorter laps are slips of the finger, in seconds.
const LEAST_LAP_S: f64 = 8.0;
/// A lap by hand is an effort when this much faster than both its neighbours.
const MANUAL_LEAST: f64 = 1.08;
/// A first or last lap is a repetition when at least this share as fast as those inside.
const AS_FAST: f64 = 0.8;
/// Laps join only when one runs on this long before and after their border, in seconds.
const JUNCTION_S: f64 = 3.0;
/// A lap is no repetition when it lies below this share of the way from the slow laps to the fast ones.
const NEARER_FAST: f64 = 0.5;
/// What goes on after an effort is part of it from this share of the way on.
const GOES_ON: f64 = 2.0 / 3.0;
/// A lap is what detection found from this intersection over union on.
const SAME: f64 = 0.75;
/// So many laps that stand out mark efforts even where detection finds none.
const LEAST_REPEATED: usize = 3;

/// Returns what the laps mark, absent where they mark nothing: neither is any of them what detection
/// found, nor do several stand out from their neighbours.
pub(crate) fn marked(scene: &Scene, laps: &[Lap], blind: &[Bout]) -> Option<Vec<Marked>> {
    let stints = stints(scene, laps);
    let outstanding = outstanding(&stints);
    let found = |stint: &Stint| {
        let own = (stint.start_s, stint.end_s);
        blind.iter().any(|bout| overlap(own, span(bout)) >= SAME)
    };
    let confirmed = stints.iter().any(found);
    let repeated = outstanding.iter().filter(|is| **is).count() >= LEAST_REPEATED;
    let works: Vec<bool> = stints
        .iter()
        .zip(outstanding)
        .map(|(stint, stands_out)| stint.is_long_enough() && (stands_out || found(stint)))
        .collect();
    let works = settled(&stints, works);
    (confirmed || repeated).then(|| joined(&stints, &works))
}

/// Laps of about the same pace that follow each other without a stop: one stretch of running.
#[derive(Clone, Copy, Debug)]
struct Stint {
    start_s: f64,
    end_s: f64,
    pace: LapPace,
}

impl Stint {
    fn is_long_enough(&self) -> bool {
        self.end_s - self.start_s >= LEAST_LAP_S
    }
}

/// Joins laps that are alike: a watch goes on counting kilometres inside a repetition, and a thumb may
/// press in the middle of one.
fn stints(scene: &Scene, laps: &[Lap]) -> Vec<Stint> {
    let mut stints: Vec<Stint> = Vec::new();
    for lap in laps {
        let own = Stint {
            start_s: lap.start_s,
            end_s: lap.end_s,
            pace: pace(scene, lap.start_s, lap.end_s),
        };
        match stints.last_mut() {
            Some(last) if goes_on(scene, last, &own) => {
                last.end_s = own.end_s;
                last.pace = pace(scene, last.start_s, last.end_s);
            }
            _ => stints.push(own),
        }
    }
    stints
}

fn goes_on(scene: &Scene, last: &Stint, next: &Stint) -> bool {
    let between = seconds(last.end_s - JUNCTION_S, next.start_s + JUNCTION_S);
    let runs_on = scene.mean_speed(between) >= WALKING_M_S;
    let alike =
        last.pace.over(next.pace) < MANUAL_LEAST && next.pace.over(last.pace) < MANUAL_LEAST;
    runs_on && alike
}

/// Returns the stints with those that follow each other as efforts joined.
fn joined(stints: &[Stint], works: &[bool]) -> Vec<Marked> {
    let mut marked: Vec<Marked> = Vec::new();
    for (stint, is_work) in stints.iter().zip(works) {
        match marked.last_mut() {
            Some(last) if *is_work && last.is_work => last.end_s = stint.end_s,
            _ => marked.push(mark(stint.start_s, stint.end_s, *is_work)),
        }
    }
    marked
}

/// How fast a lap was: over ground, and for its effort.
#[derive(Clone, Copy, Debug)]
struct LapPace {
    speed_m_s: f64,
    effort_m_s: f64,
}

impl LapPace {
    /// Returns how much faster it was than another, over ground or in effort, whichever is more.
    fn over(self, other: Self) -> f64 {
        let ratio = |own: f64, other: f64| own / other.max(SPEED_FLOOR_M_S);
        ratio(self.speed_m_s, other.speed_m_s).max(ratio(self.effort_m_s, other.effort_m_s))
    }
}

fn pace(scene: &Scene, start_s: f64, end_s: f64) -> LapPace {
    let range = seconds(start_s, end_s);
    LapPace {
        speed_m_s: scene.edge_sums.mean(range.clone()).unwrap_or(0.0),
        effort_m_s: scene.mean_effort(range),
    }
}

/// Returns which stints are clearly faster than both their neighbours; the first and the last, which
/// have one, must also be about as fast as those.
fn outstanding(stints: &[Stint]) -> Vec<bool> {
    let paces: Vec<LapPace> = stints.iter().map(|stint| stint.pace).collect();
    let beats = |index: usize, other: Option<usize>| {
        let other = other.and_then(|other| paces.get(other));
        other.map(|other| paces[index].over(*other) >= MANUAL_LEAST)
    };
    let sides: Vec<[Option<bool>; 2]> = (0..paces.len())
        .map(|index| {
            [
                beats(index, index.checked_sub(1)),
                beats(index, Some(index + 1)),
            ]
        })
        .collect();
    let is_inner = |index: usize| sides[index] == [Some(true), Some(true)];
    let mut inner: Vec<f64> = (0..paces.len())
        .filter(|index| is_inner(*index))
        .map(|index| paces[index].speed_m_s)
        .collect();
    let usual = median(&mut inner).filter(|_| inner.len() >= LEAST_REPEATED);
    (0..paces.len())
        .map(|index| {
            let as_fast = usual.is_some_and(|usual| paces[index].speed_m_s >= AS_FAST * usual);
            let one_sided = matches!(sides[index], [None, Some(true)] | [Some(true), None]);
            is_inner(index) || (one_sided && as_fast)
        })
        .collect()
}

/// Takes out stints that are far nearer to the slow ones than to the fast ones, such as a jog between
/// walks, and takes in what goes on after an effort nearly as fast.
fn settled(stints: &[Stint], works: Vec<bool>) -> Vec<bool> {
    let shares = |index: usize| {
        let of_speed = share(stints, &works, index, |pace| pace.speed_m_s);
        of_speed.zip(share(stints, &works, index, |pace| pace.effort_m_s))
    };
    let beside = |index: usize| {
        let before = index.checked_sub(1).is_some_and(|before| works[before]);
        before || works.get(index + 1).is_some_and(|after| *after)
    };
    (0..stints.len())
        .map(|index| match shares(index) {
            None => works[index],
            Some((speed, effort)) if works[index] => speed.max(effort) >= NEARER_FAST,
            Some((speed, effort)) => speed.min(effort) >= GOES_ON && beside(index),
        })
        .collect()
}

/// Returns how far a stint is from the middle of the slow ones to the middle of the fast ones.
fn share(
    stints: &[Stint],
    works: &[bool],
    index: usize,
    value: fn(&LapPace) -> f64,
) -> Option<f64> {
    let middle = |wanted: bool| {
        let of_kind = stints.iter().zip(works).filter(|(_, is)| **is == wanted);
        let mut values: Vec<f64> = of_kind.map(|(stint, _)| value(&stint.pace)).collect();
        median(&mut values)
    };
    let (slow, fast) = (middle(false)?, middle(true)?);
    (fast > slow).then(|| (value(&stints[index].pace) - slow) / (fast - slow))
}

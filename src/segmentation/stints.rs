//! Laps pressed by hand: which of them are efforts.

use crate::ingest::Lap;
use crate::segmentation::gate::SPEED_FLOOR_M_S;
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
/// A first or last lap is a repetition when at least this share as fast as those inside. Chosen.
const AS_FAST: f64 = 0.8;
/// Laps join only when one runs on for this long on both sides of their border, in seconds. Chosen: a
/// stop lasts longer.
const JUNCTION_S: f64 = 10.0;
/// A lap is no repetition when it lies below this share of the way from the slow laps to the fast ones:
/// the middle, as in two-means.
const NEARER_FAST: f64 = 0.5;
/// What goes on after an effort is part of it from this share of the way on. Chosen.
const GOES_ON: f64 = 2.0 / 3.0;
/// A lap is what detection found from this intersection over union on. Chosen: half, as usual, would
/// call a lap an effort that holds a short one and its recovery.
const SAME: f64 = 0.75;
/// So many laps that stand out mark efforts even where detection finds none.
const LEAST_REPEATED: usize = 3;
/// So many inner repetitions tell how fast one usually is.
const LEAST_USUAL: usize = 3;

/// Returns what the laps mark, absent where they mark nothing: neither is any of them what detection
/// found, nor do several stand out from their neighbours.
pub(crate) fn marked(scene: &Scene, laps: &[Lap], blind: &[Bout]) -> Option<Vec<Marked>> {
    let stints = stints(scene, laps);
    let outstanding = outstanding(&stints);
    let found: Vec<bool> = stints
        .iter()
        .map(|stint| {
            let own = (stint.start_s, stint.end_s);
            blind.iter().any(|bout| overlap(own, span(bout)) >= SAME)
        })
        .collect();
    let confirmed = found.iter().any(|is| *is);
    let repeated = outstanding.iter().filter(|is| **is).count() >= LEAST_REPEATED;
    (confirmed || repeated).then(|| joined(&stints, &settled(&stints, &outstanding, &found)))
}

/// Laps of about the same pace that follow each other without a stop: one stretch of running.
#[derive(Clone, Copy, Debug)]
struct Stint {
    start_s: f64,
    end_s: f64,
    pace: LapPace,
}

/// Joins laps that are alike: a watch goes on counting kilometres inside a repetition, and a thumb may
/// press in the middle of one.
fn stints(scene: &Scene, laps: &[Lap]) -> Vec<Stint> {
    let mut stints: Vec<Stint> = Vec::new();
    for lap in laps {
        if lap.end_s - lap.start_s < LEAST_LAP_S {
            // A slip of the finger belongs to the lap before.
            if let Some(last) = stints.last_mut() {
                last.end_s = lap.end_s;
            }
            continue;
        }
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
    let runs = |range| scene.edge_sums.mean(range).unwrap_or(0.0) >= WALKING_M_S;
    let runs_on = runs(seconds(last.end_s - JUNCTION_S, last.end_s))
        && runs(seconds(next.start_s, next.start_s + JUNCTION_S));
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
    /// Returns whether it stands out from another: faster over ground or in effort, and not clearly
    /// less of an effort, as a jog downhill is.
    fn beats(self, other: Self) -> bool {
        self.over(other) >= MANUAL_LEAST && other.effort_m_s < MANUAL_LEAST * self.effort_m_s
    }

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
        other.map(|other| paces[index].beats(*other))
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
    let usual = median(&mut inner).filter(|_| inner.len() >= LEAST_USUAL);
    (0..paces.len())
        .map(|index| {
            let as_fast = usual.is_some_and(|usual| paces[index].speed_m_s >= AS_FAST * usual);
            let one_sided = matches!(sides[index], [None, Some(true)] | [Some(true), None]);
            is_inner(index) || (one_sided && as_fast)
        })
        .collect()
}

/// Returns which stints are efforts: those that stand out or were found by detection. Those that only
/// stand out and are nearer to the slow ones than to the fast ones, such as a jog between walks, are
/// not; what goes on after an effort nearly as fast is, unless detection found the effort by itself.
fn settled(stints: &[Stint], outstanding: &[bool], found: &[bool]) -> Vec<bool> {
    let works: Vec<bool> = outstanding
        .iter()
        .zip(found)
        .map(|(one, other)| *one || *other)
        .collect();
    let shares =
        shares(stints, &works, |pace| pace.speed_m_s)
            .zip(shares(stints, &works, |pace| pace.effort_m_s));
    let Some((of_speed, of_effort)) = shares else {
        return works;
    };
    let mut settled: Vec<bool> = Vec::new();
    for index in 0..stints.len() {
        let (speed, effort) = (of_speed[index], of_effort[index]);
        let goes_on = index > 0 && settled[index - 1] && !found[index - 1];
        settled.push(if works[index] {
            found[index] || speed.max(effort) >= NEARER_FAST
        } else {
            goes_on && speed.min(effort) >= GOES_ON
        });
    }
    settled
}

/// Returns how far each stint is from the middle of the slow ones to the middle of the fast ones.
fn shares(stints: &[Stint], works: &[bool], value: fn(&LapPace) -> f64) -> Option<Vec<f64>> {
    let middle = |wanted: bool| {
        let of_kind = stints.iter().zip(works).filter(|(_, is)| **is == wanted);
        let mut values: Vec<f64> = of_kind.map(|(stint, _)| value(&stint.pace)).collect();
        median(&mut values)
    };
    let (slow, fast) = (middle(false)?, middle(true)?);
    let share = |stint: &Stint| (value(&stint.pace) - slow) / (fast - slow);
    (fast > slow).then(|| stints.iter().map(share).collect())
}

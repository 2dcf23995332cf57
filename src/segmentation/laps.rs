//! What the laps say: which source fixes the boundaries, and where laps and detection differ.

use std::ops::Range;

use crate::ingest::Intensity;
use crate::ingest::Lap;
use crate::ingest::LapTrigger;
use crate::segmentation::LapUse;
use crate::segmentation::features::SPEED_FLOOR_M_S;
use crate::segmentation::labels::Bout;
use crate::segmentation::noise::median;
use crate::segmentation::refine::Boundary;
use crate::segmentation::scene::Scene;
use crate::segmentation::scene::WALKING_M_S;
use crate::streams::Streams;

/// What a lap marked by hand at both ends adds, in log-odds. Chosen.
pub(crate) const LAP_LOG_ODDS: f64 = 1.5;
/// Laps of which this share is equally long were counted by the watch. Convention.
const AUTO_SHARE: f64 = 0.8;
/// Laps count as equally long within this fraction. Convention.
const EQUAL: f64 = 0.01;
/// Fewer laps than this mark nothing.
const LEAST_LAPS: usize = 3;
/// Shorter laps are slips of the finger, in seconds.
const LEAST_LAP_S: f64 = 8.0;
/// An active step must be this much faster than what lies around it to count as executed.
const EXECUTED_LEAST: f64 = 1.05;
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
/// Two bouts agree from this intersection over union on.
pub(crate) const AGREE: f64 = 0.5;

/// One stretch that the laps call an effort, or not.
#[derive(Clone, Debug, PartialEq)]
struct Marked {
    start_s: f64,
    end_s: f64,
    is_work: bool,
}

/// Returns the bouts that the laps fix, with their source; none when laps say nothing.
pub(crate) fn bouts(streams: &Streams, scene: &Scene, blind: &[Bout]) -> (LapUse, Vec<Bout>) {
    if let Some(marked) = structured(streams) {
        return (LapUse::Structured, marked_bouts(scene, &marked));
    }
    if let Some(marked) = manual(streams, scene, blind) {
        return (LapUse::Manual, marked_bouts(scene, &marked));
    }
    (LapUse::Detected, blind.to_vec())
}

/// Returns the programmed steps, from laps that name theirs or from the device's splits.
fn structured(streams: &Streams) -> Option<Vec<Marked>> {
    let marked = steps(streams);
    let alternates = |marked: &[Marked]| {
        let works = marked.iter().filter(|marked| marked.is_work).count();
        works > 0 && works < marked.len()
    };
    if alternates(&marked) {
        return Some(marked);
    }
    let splits = streams.marks.splits.iter();
    let marked: Vec<Marked> = splits
        .filter(|split| split.kind.starts_with("interval_"))
        .map(|split| {
            let is_work = split.kind == "interval_active";
            mark(split.start_s, split.end_s, is_work)
        })
        .collect();
    alternates(&marked).then_some(marked)
}

/// Returns the laps that carry out workout steps. Laps of one step that follow each other are one:
/// the watch goes on counting its kilometres inside a step.
fn steps(streams: &Streams) -> Vec<Marked> {
    let mut marked: Vec<Marked> = Vec::new();
    let mut open = None;
    for lap in &streams.marks.laps {
        match (lap.workout_step, marked.last_mut()) {
            (Some(step), Some(last)) if open == Some(step) => last.end_s = lap.end_s,
            (Some(step), _) => {
                let is_work = intensity(streams, lap, step) == Some(Intensity::Active);
                marked.push(mark(lap.start_s, lap.end_s, is_work));
            }
            (None, _) => {}
        }
        open = lap.workout_step;
    }
    marked
}

/// Returns what a lap was meant to be: as it says itself, else as its workout step says.
fn intensity(streams: &Streams, lap: &Lap, step: u16) -> Option<Intensity> {
    let steps = &streams.marks.workout;
    lap.intensity
        .or_else(|| steps.iter().find(|other| other.index == step)?.intensity)
}

fn mark(start_s: f64, end_s: f64, is_work: bool) -> Marked {
    Marked {
        start_s,
        end_s,
        is_work,
    }
}

/// Returns the laps pressed by hand where they mark efforts: uneven laps, of which some are
/// faster than their neighbours or are found without them.
fn manual(streams: &Streams, scene: &Scene, blind: &[Bout]) -> Option<Vec<Marked>> {
    let laps = &streams.marks.laps;
    // Some watches do not say what closed a lap; those that count by themselves count evenly.
    let by_hand = laps
        .iter()
        .filter(|lap| lap.trigger != LapTrigger::Auto)
        .count();
    if laps.len() < LEAST_LAPS || 2 * by_hand < laps.len() || are_even(laps) {
        return None;
    }
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

/// Returns whether most laps are equally long, in distance or in time: a watch counted them.
fn are_even(laps: &[Lap]) -> bool {
    let inner = &laps[..laps.len().saturating_sub(1)];
    let even = |value: &dyn Fn(&Lap) -> Option<f64>| {
        let values: Vec<f64> = inner.iter().filter_map(value).collect();
        let most = values
            .iter()
            .map(|one| {
                values
                    .iter()
                    .filter(|other| (*other / one - 1.0).abs() <= EQUAL)
                    .count()
            })
            .max()
            .unwrap_or(0);
        most as f64 >= AUTO_SHARE * inner.len() as f64
    };
    even(&|lap| lap.distance_m) || even(&|lap| Some(lap.timer_s.unwrap_or(lap.end_s - lap.start_s)))
}

fn marked_bouts(scene: &Scene, marked: &[Marked]) -> Vec<Bout> {
    let mut at_s = 0.0;
    let mut bouts = Vec::new();
    let end_s = scene.len() as f64;
    for (index, step) in marked.iter().enumerate() {
        let (start_s, stop_s) = (step.start_s.max(at_s), step.end_s.min(end_s));
        if !step.is_work || stop_s <= start_s {
            continue;
        }
        at_s = stop_s;
        let own = scene.mean_effort(seconds(start_s, stop_s));
        let around: Vec<f64> = [index.checked_sub(1), Some(index + 1)]
            .into_iter()
            .flatten()
            .filter_map(|index| marked.get(index))
            .filter(|other| !other.is_work)
            .map(|other| scene.mean_effort(seconds(other.start_s, other.end_s)))
            .collect();
        let slowest = around.iter().copied().fold(f64::INFINITY, f64::min);
        bouts.push(Bout {
            start: Boundary::exact(start_s),
            end: Boundary::exact(stop_s),
            probability: 0.0,
            candidate: None,
            executed: slowest.is_infinite() || own >= EXECUTED_LEAST * slowest,
            from_lap: true,
            is_progression: false,
        });
    }
    bouts
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "moments of a run are small and not negative"
)]
fn seconds(start_s: f64, end_s: f64) -> Range<usize> {
    let start = start_s.max(0.0).round() as usize;
    start..(end_s.max(0.0).round() as usize).max(start)
}

/// Returns start and end.
pub(crate) fn span(bout: &Bout) -> (f64, f64) {
    (bout.start.at_s, bout.end.at_s)
}

/// Returns intersection over union.
pub(crate) fn overlap(one: (f64, f64), other: (f64, f64)) -> f64 {
    let common = (one.1.min(other.1) - one.0.max(other.0)).max(0.0);
    let union = one.1.max(other.1) - one.0.min(other.0);
    if union > 0.0 { common / union } else { 0.0 }
}

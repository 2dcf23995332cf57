//! What the laps say: which source fixes the boundaries, and where laps and detection differ.

use std::ops::Range;

use crate::ingest::Intensity;
use crate::ingest::Lap;
use crate::ingest::LapTrigger;
use crate::segmentation::LapUse;
use crate::segmentation::labels::Bout;
use crate::segmentation::refine::Boundary;
use crate::segmentation::scene::Scene;
use crate::segmentation::stints;
use crate::streams::Streams;

/// What a lap marked by hand at both ends adds, in log-odds. Chosen.
pub(crate) const LAP_LOG_ODDS: f64 = 1.5;
/// Laps of which this share is equally long were counted by the watch. Convention.
const AUTO_SHARE: f64 = 0.8;
/// Laps count as equally long within this fraction. Convention.
const EQUAL: f64 = 0.01;
/// Fewer laps than this mark nothing.
const LEAST_LAPS: usize = 3;
/// An active step must be this much faster than what lies around it to count as executed.
const EXECUTED_LEAST: f64 = 1.05;
/// A marked stretch shorter than this is a step that was skipped, or a slip of a finger on the lap
/// key: it is neither an effort nor a recovery.
///
/// # Units
/// Seconds. The shortest strides have 8; most recoveries of programmed strides have 10 and more.
const LEAST_MARKED_S: f64 = 5.0;
/// Two bouts agree from this intersection over union on.
pub(crate) const AGREE: f64 = 0.5;

/// One stretch that the laps call an effort, or not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Marked {
    /// Its start.
    pub(crate) start_s: f64,
    /// Its end.
    pub(crate) end_s: f64,
    /// Whether it is an effort.
    pub(crate) is_work: bool,
}

/// Returns the bouts that the laps fix, with their source; none when laps say nothing.
pub(crate) fn bouts(streams: &Streams, scene: &Scene, blind: &[Bout]) -> (LapUse, Vec<Bout>) {
    if let Some(marked) = structured(streams) {
        return (LapUse::Structured, marked_bouts(scene, &marked, true));
    }
    if let Some(marked) = manual(streams, scene, blind) {
        return (LapUse::Manual, marked_bouts(scene, &marked, false));
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

/// Returns a stretch that is an effort, or not.
pub(crate) fn mark(start_s: f64, end_s: f64, is_work: bool) -> Marked {
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
    stints::marked(scene, laps, blind)
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

/// Returns the efforts among marked stretches; of programmed ones, whether they were carried out.
fn marked_bouts(scene: &Scene, marked: &[Marked], programmed: bool) -> Vec<Bout> {
    let mut at_s = 0.0;
    let mut bouts = Vec::new();
    let end_s = scene.len() as f64;
    for (index, step) in marked.iter().enumerate() {
        let (start_s, stop_s) = (step.start_s.max(at_s), step.end_s.min(end_s));
        if !step.is_work || stop_s - start_s < LEAST_MARKED_S {
            continue;
        }
        let pauses = bouts.is_empty() || start_s - at_s >= LEAST_MARKED_S;
        let start_s = if pauses { start_s } else { at_s };
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
        let is_faster = slowest.is_infinite() || own >= EXECUTED_LEAST * slowest;
        bouts.push(Bout {
            start: Boundary::exact(start_s),
            end: Boundary::exact(stop_s),
            probability: 0.0,
            candidate: None,
            executed: is_faster || !programmed,
            from_lap: true,
            is_progression: false,
        });
    }
    bouts
}

/// Returns the seconds between two moments.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "moments of a run are small and not negative"
)]
pub(crate) fn seconds(start_s: f64, end_s: f64) -> Range<usize> {
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

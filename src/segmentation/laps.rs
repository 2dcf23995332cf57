//! What the laps say: which source fixes the boundaries, and where laps and detection differ.

use std::ops::Range;

use crate::ingest::Intensity;
use crate::ingest::Lap;
use crate::ingest::LapTrigger;
use crate::segmentation::LapUse;
use crate::segmentation::Planned;
use crate::segmentation::agreement::agreement;
use crate::segmentation::answer;
use crate::segmentation::answer::Moved;
use crate::segmentation::labels::Bout;
use crate::segmentation::labels::HILL_LEAST_SLOPE;
use crate::segmentation::labels::TEMPO_LEAST_S;
use crate::segmentation::noise::median;
use crate::segmentation::refine::Boundary;
use crate::segmentation::scene::Scene;
use crate::segmentation::scene::WALKING_M_S;
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
/// No one runs faster than this, in metres per second: the fastest 100 m are run at 10.4.
const FASTEST_M_S: f64 = 11.0;
/// Laps may be longer than they last by this, in seconds: starts are written in whole seconds.
const ROUNDING_S: f64 = 2.0;
/// A programmed step is a long one among short ones from this many times their median on. Chosen.
const LONG_TIMES: f64 = 4.0;
/// Below this agreement, laps and detection speak of different things. Chosen: a chance agreement of
/// one in ten or so occurs.
const LEAST_AGREEMENT: f64 = 0.25;
/// A recovery has a pace when this share of it was moved. Chosen.
const MOVED_SHARE: f64 = 0.5;
/// A segment carries out a step from this intersection over union on. Chosen.
const CARRIED_OUT: f64 = 0.75;
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
    /// The workout step that it carries out.
    pub(crate) step: Option<u16>,
}

/// Which source fixes the bouts.
#[derive(Clone, Debug)]
pub(crate) struct Fixed {
    /// The source.
    pub(crate) used: LapUse,
    /// The bouts.
    pub(crate) bouts: Vec<Bout>,
    /// What the laps say, where the running does not bear it out.
    pub(crate) refused: Option<Refused>,
}

/// Laps that are not used.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    /// The efforts that they mark.
    pub(crate) bouts: Vec<Bout>,
    /// Why they are not used.
    pub(crate) why: &'static str,
}

/// Returns the bouts that the laps fix, or those of detection where laps say nothing or are not borne
/// out by the running.
pub(crate) fn bouts(streams: &Streams, scene: &Scene, blind: &[Bout]) -> Fixed {
    let (used, marked) = if let Some(marked) = structured(streams) {
        (LapUse::Structured, marked)
    } else if let Some(marked) = manual(streams, scene, blind) {
        (LapUse::Manual, marked)
    } else {
        return found(blind.to_vec(), None);
    };
    let all = marked_bouts(scene, &marked, used == LapUse::Structured);
    let refused = |why| {
        Some(Refused {
            bouts: all.clone(),
            why,
        })
    };
    if are_out_of_step(scene, &all, blind) {
        return found(
            blind.to_vec(),
            refused("the laps do not agree with the running"),
        );
    }
    if used == LapUse::Manual {
        return Fixed {
            used,
            bouts: without_slower(scene, &all),
            refused: None,
        };
    }
    match programmed(scene, &all, blind) {
        Programme::Done(bouts) => Fixed {
            used,
            bouts: without_slower(scene, &bouts),
            refused: None,
        },
        Programme::Easy(blind) => found(
            blind,
            refused("the programmed steps were run like the rest"),
        ),
    }
}

/// Returns the bouts of detection, with the laps that are not used because of them.
pub(crate) fn found(bouts: Vec<Bout>, refused: Option<Refused>) -> Fixed {
    Fixed {
        used: LapUse::Detected,
        bouts,
        refused,
    }
}

/// Returns the bouts of detection where laps are left aside, as asked.
pub(crate) fn unasked(bouts: Vec<Bout>) -> Fixed {
    Fixed {
        used: LapUse::Ignored,
        ..found(bouts, None)
    }
}

/// What became of a programme.
enum Programme {
    /// The running answers it: its efforts.
    Done(Vec<Bout>),
    /// It was run easily: what was found without it.
    Easy(Vec<Bout>),
}

/// Returns what became of the programmed efforts.
fn programmed(scene: &Scene, all: &[Bout], blind: &[Bout]) -> Programme {
    let blocks = blocks(all);
    if let [lone] = &blocks[..] {
        let own = (lone.start as f64, lone.end as f64);
        let is_found = blind.iter().any(|bout| overlap(own, span(bout)) >= AGREE);
        return if is_found || answer::stands_out(scene, lone) {
            Programme::Done(all.to_vec())
        } else {
            Programme::Easy(blind.to_vec())
        };
    }
    let answers = answer::answers(scene, &blocks);
    let answered = answers.iter().filter(|is| **is).count();
    if answered > 0 && 2 * answered >= answers.len() {
        return Programme::Done(carried_out(scene, all, &blocks, &answers));
    }
    let is_easy = |bout: &Bout| {
        let own = seconds(bout.start.at_s, bout.end.at_s);
        let inside = |block: &Range<usize>| {
            own.end
                .min(block.end)
                .saturating_sub(own.start.max(block.start))
        };
        2 * blocks.iter().map(inside).sum::<usize>() > own.len()
    };
    Programme::Easy(
        blind
            .iter()
            .filter(|bout| !is_easy(bout))
            .cloned()
            .collect(),
    )
}

/// Returns efforts without a pause between them as one.
fn blocks(all: &[Bout]) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for bout in all {
        let own = seconds(bout.start.at_s, bout.end.at_s);
        match blocks.last_mut() {
            Some(last) if ((own.start - last.end) as f64) < LEAST_MARKED_S => last.end = own.end,
            _ => blocks.push(own),
        }
    }
    blocks
}

/// Returns the efforts of a programme that was answered. A step is carried out where it is faster than
/// what lies beside it, or its block is answered; a long one that is not, among short ones, is the easy
/// running before or after them.
fn carried_out(
    scene: &Scene,
    all: &[Bout],
    blocks: &[Range<usize>],
    answers: &[bool],
) -> Vec<Bout> {
    let mut lengths: Vec<f64> = all.iter().map(Bout::length_s).collect();
    let usual = median(&mut lengths).unwrap_or(0.0);
    let base = outside(scene, blocks);
    let mut done = Vec::new();
    for bout in all {
        let own = seconds(bout.start.at_s, bout.end.at_s);
        let block = blocks.iter().position(|block| block.contains(&own.start));
        let is_answered = block.is_some_and(|block| answers[block]);
        let is_long = bout.length_s() >= TEMPO_LEAST_S && bout.length_s() >= LONG_TIMES * usual;
        let is_fast = answer::moving(scene, &own)
            .zip(base)
            .is_none_or(|(own, base)| own.effort_m_s >= EXECUTED_LEAST * base.effort_m_s);
        if is_long && !is_fast {
            continue;
        }
        let executed = bout.executed || is_answered;
        done.push(Bout {
            executed,
            ..bout.clone()
        });
    }
    done
}

/// Returns the running outside blocks.
fn outside(scene: &Scene, blocks: &[Range<usize>]) -> Option<Moved> {
    let is_outside = |second: &usize| !blocks.iter().any(|block| block.contains(second));
    answer::moved(scene, (0..scene.len()).filter(is_outside), WALKING_M_S)
}

/// Returns whether the laps have lost their step: most of what they mark is slower than what lies
/// between, or detection, which finds something else, tells fast from slow better.
fn are_out_of_step(scene: &Scene, marked: &[Bout], blind: &[Bout]) -> bool {
    let slower = slower(scene, marked).iter().filter(|is| **is).count();
    let mostly = slower >= LEAST_LAPS - 1 && 2 * slower > marked.len();
    let differs = blind.len() > 1 && agreement(marked, blind) < LEAST_AGREEMENT;
    let better = || {
        let pair = contrast(scene, blind).zip(contrast(scene, marked));
        pair.is_some_and(|(blind, marked)| marked < EXECUTED_LEAST && blind > marked)
    };
    mostly || (differs && better())
}

/// Returns how many times as fast bouts are as the running between the first and the last.
fn contrast(scene: &Scene, bouts: &[Bout]) -> Option<f64> {
    let blocks: Vec<Range<usize>> = bouts
        .iter()
        .map(|bout| seconds(bout.start.at_s, bout.end.at_s))
        .collect();
    let whole = blocks.first()?.start..blocks.last()?.end;
    let is_inside = |second: &usize| blocks.iter().any(|block| block.contains(second));
    let (inside, outside): (Vec<usize>, Vec<usize>) = whole.partition(is_inside);
    let of = |part: Vec<usize>| answer::moved(scene, part.into_iter(), WALKING_M_S);
    Some(of(inside)?.effort_m_s / of(outside)?.effort_m_s)
}

/// Returns marked efforts without those that are slower than the recoveries beside them.
fn without_slower(scene: &Scene, bouts: &[Bout]) -> Vec<Bout> {
    let slower = slower(scene, bouts);
    let kept = bouts.iter().zip(slower).filter(|(_, is)| !is);
    kept.map(|(bout, _)| bout.clone()).collect()
}

/// Returns which efforts are slower than the recoveries beside them, and not uphill.
fn slower(scene: &Scene, bouts: &[Bout]) -> Vec<bool> {
    let ranges: Vec<Range<usize>> = bouts
        .iter()
        .map(|bout| seconds(bout.start.at_s, bout.end.at_s))
        .collect();
    let effort = |range: Range<usize>| {
        let moved = answer::moving(scene, &range)?;
        // What is mostly stood has no pace.
        (moved.seconds >= MOVED_SHARE * range.len() as f64).then_some(moved.effort_m_s)
    };
    (0..bouts.len())
        .map(|index| {
            let own = &ranges[index];
            let before = index.checked_sub(1).map(|one| ranges[one].end..own.start);
            let after = ranges.get(index + 1).map(|next| own.end..next.start);
            let beside = [before, after].into_iter().flatten();
            let mut beside: Vec<f64> = beside.filter_map(effort).collect();
            let is_uphill = scene.slope_sums.mean(own.clone()).unwrap_or(0.0) >= HILL_LEAST_SLOPE;
            let pair = median(&mut beside).zip(effort(own.clone()));
            !is_uphill && pair.is_some_and(|(beside, own)| own < beside)
        })
        .collect()
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
    for lap in sound(&streams.marks.laps) {
        match (lap.workout_step, marked.last_mut()) {
            (Some(step), Some(last)) if open == Some(step) => last.end_s = lap.end_s,
            (Some(step), _) => {
                let is_work = intensity(streams, lap, step) == Some(Intensity::Active);
                marked.push(Marked {
                    step: Some(step),
                    ..mark(lap.start_s, lap.end_s, is_work)
                });
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

/// Returns the laps that can have been run.
fn sound(laps: &[Lap]) -> impl Iterator<Item = &Lap> {
    laps.iter().filter(|lap| {
        let elapsed_s = lap.end_s - lap.start_s;
        let timer_s = lap.timer_s.filter(|timer_s| *timer_s > 0.0);
        let time_s = timer_s.unwrap_or(elapsed_s);
        let is_long = time_s > elapsed_s + ROUNDING_S;
        let is_fast = lap
            .distance_m
            .is_some_and(|metres| metres > FASTEST_M_S * (time_s + ROUNDING_S));
        !is_long && !is_fast
    })
}

/// Returns a stretch that is an effort, or not.
pub(crate) fn mark(start_s: f64, end_s: f64, is_work: bool) -> Marked {
    Marked {
        start_s,
        end_s,
        is_work,
        step: None,
    }
}

/// Returns what the workout asked for in a stretch that carries out one of its steps.
pub(crate) fn planned(streams: &Streams, start_s: f64, end_s: f64) -> Option<Planned> {
    let (common, marked) = steps(streams)
        .into_iter()
        .map(|marked| {
            (
                overlap((marked.start_s, marked.end_s), (start_s, end_s)),
                marked,
            )
        })
        .max_by(|one, other| one.0.total_cmp(&other.0))?;
    let mut all = streams.marks.workout.iter();
    let step = all.find(|step| Some(step.index) == marked.step)?;
    let planned = Planned {
        duration_s: step.duration_s,
        distance_m: step.distance_m,
        target: step.target,
    };
    (common >= CARRIED_OUT && planned != Planned::default()).then_some(planned)
}

/// Returns the laps pressed by hand where they mark efforts: uneven laps, of which some are
/// faster than their neighbours or are found without them.
fn manual(streams: &Streams, scene: &Scene, blind: &[Bout]) -> Option<Vec<Marked>> {
    let laps: Vec<Lap> = sound(&streams.marks.laps).cloned().collect();
    // Some watches do not say what closed a lap; those that count by themselves count evenly.
    let by_hand = laps
        .iter()
        .filter(|lap| lap.trigger != LapTrigger::Auto)
        .count();
    if laps.len() < LEAST_LAPS || 2 * by_hand < laps.len() {
        return None;
    }
    stints::marked(streams, scene, (&laps, are_even(&laps)), blind)
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

#[cfg(test)]
mod tests;

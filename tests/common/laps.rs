//! Laps as they are pressed, programmed, or counted by the watch.

use super::motion::Motion;
use super::plan::Length;
use super::plan::Plan;
use super::recording::Lap;
use super::recording::Sample;
use super::recording::Trigger;
use super::recording::WorkoutStep;
use super::rng::Rng;

/// Where the laps come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Laps {
    /// One lap for the whole run.
    One,
    /// Pressed by hand: late, sometimes forgotten, sometimes twice.
    Manual,
    /// The steps of a programmed workout.
    Structured,
    /// Each so many metres by the watch.
    Auto(f64),
}

/// An end of a lap: when, by what, and of which step of the plan.
type Cut = (f64, Trigger, Option<usize>);

/// Returns the laps, and the programmed workout if there is one.
pub fn cut(
    how: Laps,
    plan: &Plan,
    motion: &Motion,
    samples: &[Sample],
    rng: &Rng,
) -> (Vec<Lap>, Vec<WorkoutStep>) {
    let rng = &mut rng.stream(40);
    let end = f64::from(samples.last().map_or(0, |sample| sample.time_s));
    let mut cuts = match how {
        Laps::One => Vec::new(),
        Laps::Manual => pressed(motion, rng),
        Laps::Structured => programmed(plan, motion, rng),
        Laps::Auto(metres) => counted(samples, metres),
    };
    cuts.retain(|cut| cut.0 > 0.0 && cut.0 < end);
    let last_step = matches!(how, Laps::Structured).then(|| plan.steps.len() - 1);
    cuts.push((end, Trigger::SessionEnd, last_step));
    let (workout, index) = if how == Laps::Structured {
        program(plan)
    } else {
        Default::default()
    };
    (assemble(&cuts, plan, samples, &index), workout)
}

fn pressed(motion: &Motion, rng: &mut Rng) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    for &(_, _, end) in &motion.steps_s {
        let pressed_s = (f64::from(end) + 1.0 + 1.5 * rng.normal()).round();
        let follows = cuts.last().is_none_or(|last| pressed_s > last.0);
        if follows && !rng.chance(0.03) {
            cuts.push((pressed_s, Trigger::Manual, None));
            if rng.chance(0.02) {
                cuts.push((pressed_s + 2.0, Trigger::Manual, None));
            }
        }
    }
    cuts
}

fn programmed(plan: &Plan, motion: &Motion, rng: &mut Rng) -> Vec<Cut> {
    let cut = |&(index, _, end): &(usize, u32, u32)| {
        let trigger = match plan.steps[index].length {
            Length::Seconds(_) => Trigger::Time,
            Length::Metres(_) => Trigger::Distance,
        };
        (f64::from(end + rng.whole(0, 1)), trigger, Some(index))
    };
    motion.steps_s.iter().map(cut).collect()
}

fn counted(samples: &[Sample], metres: f64) -> Vec<Cut> {
    let mut next = metres;
    let mut cuts = Vec::new();
    for sample in samples {
        if sample.distance_m.is_some_and(|distance| distance >= next) {
            cuts.push((f64::from(sample.time_s), Trigger::Distance, None));
            next += metres;
        }
    }
    cuts
}

/// Returns the programmed steps, equal ones once, and for each step of the plan which one it is.
fn program(plan: &Plan) -> (Vec<WorkoutStep>, Vec<u16>) {
    let mut steps: Vec<WorkoutStep> = Vec::new();
    let index = plan.steps.iter().map(|step| {
        let same = |known: &WorkoutStep| known.kind == step.kind && known.length == step.length;
        let found = steps.iter().position(same).unwrap_or_else(|| {
            steps.push(WorkoutStep {
                kind: step.kind,
                length: step.length,
            });
            steps.len() - 1
        });
        found as u16
    });
    let index = index.collect();
    (steps, index)
}

fn assemble(cuts: &[Cut], plan: &Plan, samples: &[Sample], index: &[u16]) -> Vec<Lap> {
    let mut start_s = 0.0;
    let distance_at = |time_s: f64| {
        let before = samples
            .iter()
            .take_while(|sample| f64::from(sample.time_s) <= time_s);
        before.filter_map(|sample| sample.distance_m).last()
    };
    cuts.iter()
        .map(|&(end_s, trigger, step)| {
            let covered = distance_at(end_s).zip(distance_at(start_s));
            let lap = Lap {
                start_s,
                end_s,
                distance_m: covered.map(|(to, from)| to - from),
                trigger,
                step: step.map(|step| (index[step], plan.steps[step].kind)),
            };
            start_s = end_s;
            lap
        })
        .collect()
}

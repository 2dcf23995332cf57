//! What laps mark: programmed steps, or manual laps, and which stretches of them are efforts.
//!
//! Programmed steps come first, then manual laps; laps that the watch counted by itself (auto-laps) mark
//! nothing. Which they are is told by the steps that laps name, by what closed them, and where a file
//! does not say, by how even they are. Intensity alone is no evidence: newer watches write "interval" on
//! the ordinary laps of free runs, and old exports call every lap "resting".
//!
//! Steps, for programmed ones: laps that cannot have been run are left out; laps of one step that follow
//! each other are one; steps without an alternation of efforts and others are no workout. For manual
//! laps: see `manual_laps`.

use crate::ingest::Intensity;
use crate::ingest::Lap;
use crate::ingest::SplitKind;
use crate::segmentation::Planned;
use crate::segmentation::bout::Bout;
use crate::segmentation::bout::overlap;
use crate::segmentation::bout::seconds;
use crate::segmentation::edges::Boundary;
use crate::segmentation::signals::Signals;
use crate::streams::Streams;

/// Fewer laps than this mark nothing.
///
/// # Units
/// Count. Chosen: an effort with something before it and after it.
pub(super) const LEAST_LAPS: usize = 3;
/// An active step must be this much faster than what lies around it to count as executed by speed alone.
///
/// # Units
/// Ratio of grade-adjusted speeds. Chosen: a programme that says "faster" needs less contrast than a
/// stretch that nobody marked; easy running wanders by about 5 %.
pub(super) const EXECUTED_LEAST: f64 = 1.05;
/// A marked stretch shorter than this is a step that was skipped, or a slip of a finger on the lap
/// key: it is neither an effort nor a recovery.
///
/// # Units
/// Seconds. Chosen: the shortest strides have 8; most recoveries of programmed strides have 10 and more.
pub(super) const LEAST_MARKED_S: f64 = 5.0;
/// No one runs faster than this; a lap that says so was not recorded as it was run.
///
/// # Units
/// Metres per second. Convention: the fastest 100 m are run at 10.4.
const FASTEST_M_S: f64 = 11.0;
/// Laps may be longer by the timer than by their ends by this.
///
/// # Units
/// Seconds. Chosen: starts are written in whole seconds.
const ROUNDING_S: f64 = 2.0;
/// A segment carries out a step from this intersection over union on.
///
/// # Units
/// Ratio. Chosen: at the usual half, a step of two minutes would have been carried out in one.
const CARRIED_OUT: f64 = 0.75;

/// One stretch that the laps call an effort, or not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Marked {
    /// Its start on the elapsed clock.
    pub(crate) start_s: f64,
    /// Its end on the elapsed clock.
    pub(crate) end_s: f64,
    /// Whether it is an effort.
    pub(crate) is_work: bool,
    /// The workout step that it carries out.
    pub(crate) step: Option<u16>,
}

/// Returns the programmed steps, from laps that name theirs or from the device's splits; absent where
/// they do not alternate.
pub(super) fn structured(streams: &Streams) -> Option<Vec<Marked>> {
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
        .filter_map(|split| match split.kind {
            SplitKind::Interval(intensity) => Some((split, intensity == Intensity::Active)),
            _ => None,
        })
        .map(|(split, is_work)| mark(split.start_s, split.end_s, is_work))
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

/// Returns the laps that can have been run: no faster than anyone, no longer than they lasted. Broken
/// laps would shift all that follows.
pub(super) fn sound(laps: &[Lap]) -> impl Iterator<Item = &Lap> {
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

/// Returns the efforts among marked stretches; of programmed ones, whether speed shows that they were
/// carried out (a first answer: see `answer`). A pause too short to be marked joins the efforts beside
/// it.
pub(super) fn marked_bouts(signals: &Signals, marked: &[Marked], programmed: bool) -> Vec<Bout> {
    let mut at_s = 0.0;
    let mut bouts = Vec::new();
    let end_s = signals.len() as f64;
    for (index, step) in marked.iter().enumerate() {
        let (start_s, stop_s) = (step.start_s.max(at_s), step.end_s.min(end_s));
        if !step.is_work || stop_s - start_s < LEAST_MARKED_S {
            continue;
        }
        let pauses = bouts.is_empty() || start_s - at_s >= LEAST_MARKED_S;
        let start_s = if pauses { start_s } else { at_s };
        at_s = stop_s;
        let own = signals.mean_effort(seconds(start_s, stop_s));
        let around: Vec<f64> = [index.checked_sub(1), Some(index + 1)]
            .into_iter()
            .flatten()
            .filter_map(|index| marked.get(index))
            .filter(|other| !other.is_work)
            .map(|other| signals.mean_effort(seconds(other.start_s, other.end_s)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::DeviceSplit;
    use crate::ingest::WorkoutStep;
    use crate::segmentation::exact;

    fn lap(start_s: f64, end_s: f64, step: Option<u16>, intensity: Option<Intensity>) -> Lap {
        Lap {
            start_s,
            end_s,
            workout_step: step,
            intensity,
            ..Lap::default()
        }
    }

    fn streams(laps: Vec<Lap>) -> Streams {
        let speeds = exact::speeds(&[(600, 2.5), (240, 4.0), (120, 2.0), (240, 4.0), (600, 2.5)]);
        let mut streams = exact::streams(&speeds);
        streams.marks.laps = laps;
        streams
    }

    const ACTIVE: Option<Intensity> = Some(Intensity::Active);
    const REST: Option<Intensity> = Some(Intensity::Recovery);

    #[test]
    fn steps_mark_where_efforts_and_others_alternate() {
        let spans = |laps: Vec<Lap>| -> Option<Vec<(f64, f64, bool)>> {
            let marked = structured(&streams(laps))?;
            Some(
                marked
                    .iter()
                    .map(|one| (one.start_s, one.end_s, one.is_work))
                    .collect(),
            )
        };
        // Laps of one step are one; a lap between two laps of a step parts them.
        let laps = vec![
            lap(600.0, 700.0, Some(1), ACTIVE),
            lap(700.0, 840.0, Some(1), ACTIVE),
            lap(840.0, 960.0, Some(2), REST),
            lap(960.0, 1080.0, Some(1), ACTIVE),
            lap(1080.0, 1090.0, None, ACTIVE),
            lap(1090.0, 1200.0, Some(1), ACTIVE),
        ];
        let marked = vec![
            (600.0, 840.0, true),
            (840.0, 960.0, false),
            (960.0, 1080.0, true),
            (1090.0, 1200.0, true),
        ];
        assert_eq!(spans(laps), Some(marked));
        assert_eq!(
            spans(vec![
                lap(0.0, 600.0, Some(0), ACTIVE),
                lap(600.0, 840.0, Some(1), ACTIVE)
            ]),
            None
        );
        assert_eq!(
            spans(vec![
                lap(0.0, 600.0, Some(0), REST),
                lap(600.0, 840.0, Some(1), REST)
            ]),
            None
        );
        assert_eq!(spans(Vec::new()), None);
    }

    #[test]
    fn a_lap_without_intensity_has_that_of_its_step_and_splits_stand_in_for_laps() {
        let mut streams = streams(vec![
            lap(600.0, 840.0, Some(7), None),
            lap(840.0, 960.0, Some(8), None),
        ]);
        let step = |index, intensity| WorkoutStep {
            index,
            intensity,
            ..WorkoutStep::default()
        };
        streams.marks.workout = vec![step(8, REST), step(7, ACTIVE)];
        let works: Vec<bool> = structured(&streams)
            .into_iter()
            .flatten()
            .map(|one| one.is_work)
            .collect();
        assert_eq!(works, [true, false]);
        streams.marks.laps.clear();
        let split = |start_s, end_s, intensity| DeviceSplit {
            kind: SplitKind::Interval(intensity),
            start_s,
            end_s,
        };
        streams.marks.splits = vec![
            split(600.0, 840.0, Intensity::Active),
            split(840.0, 960.0, Intensity::Recovery),
        ];
        let marked = structured(&streams).unwrap_or_default();
        assert_eq!(
            marked,
            [mark(600.0, 840.0, true), mark(840.0, 960.0, false)]
        );
        streams.marks.splits.truncate(1);
        assert_eq!(structured(&streams), None);
    }

    #[test]
    fn laps_that_nobody_can_have_run_are_left_out() {
        let count = |timer_s, distance_m| {
            let lap = Lap {
                timer_s,
                distance_m,
                ..lap(0.0, 100.0, None, None)
            };
            sound(&[lap]).count()
        };
        assert_eq!(count(None, None), 1);
        assert_eq!(count(Some(102.0), None), 1);
        assert_eq!(count(Some(102.5), None), 0);
        // 11 m/s for 102 s, or for 52 s.
        assert_eq!(count(None, Some(1122.0)), 1);
        assert_eq!(count(None, Some(1123.0)), 0);
        assert_eq!(count(Some(50.0), Some(572.0)), 1);
        assert_eq!(count(Some(50.0), Some(573.0)), 0);
        assert_eq!(count(Some(0.0), Some(1122.0)), 1);
    }

    #[test]
    fn what_was_asked_for_belongs_to_what_carries_it_out() {
        let mut streams = streams(vec![
            lap(600.0, 840.0, Some(1), ACTIVE),
            lap(840.0, 960.0, Some(2), REST),
        ]);
        streams.marks.workout = vec![
            WorkoutStep {
                index: 1,
                duration_s: Some(240.0),
                ..WorkoutStep::default()
            },
            WorkoutStep {
                index: 2,
                ..WorkoutStep::default()
            },
        ];
        let asked = |start_s, end_s| planned(&streams, start_s, end_s)?.duration_s;
        assert_eq!(asked(600.0, 840.0), Some(240.0));
        // 180 of 240 s are three quarters.
        assert_eq!(asked(600.0, 780.0), Some(240.0));
        assert_eq!(asked(600.0, 779.0), None);
        assert_eq!(asked(840.0, 960.0), None);
    }

    #[test]
    fn a_marked_effort_is_carried_out_where_it_is_faster_than_what_lies_beside_it() {
        let streams = streams(Vec::new());
        let signals = Signals::new(&streams);
        let bouts = |marked: &[Marked], programmed| -> Vec<(f64, f64, bool)> {
            let bouts = marked_bouts(&signals, marked, programmed);
            bouts
                .iter()
                .map(|bout| (bout.start.at_s, bout.end.at_s, bout.executed))
                .collect()
        };
        let marked = [
            mark(0.0, 600.0, false),
            mark(600.0, 840.0, true),
            mark(840.0, 960.0, false),
            mark(960.0, 1300.0, true),
            mark(1300.0, 1800.0, false),
        ];
        assert_eq!(
            bouts(&marked, true),
            [(600.0, 840.0, true), (960.0, 1300.0, true)]
        );
        let slow = [
            mark(0.0, 600.0, false),
            mark(1300.0, 1700.0, true),
            mark(1700.0, 1800.0, false),
        ];
        assert_eq!(bouts(&slow, true), [(1300.0, 1700.0, false)]);
        assert_eq!(bouts(&slow, false), [(1300.0, 1700.0, true)]);
        // A pause of four seconds joins, one of five parts; what lasts four is a slip.
        let close = [
            mark(600.0, 700.0, true),
            mark(704.0, 840.0, true),
            mark(845.0, 900.0, true),
            mark(950.0, 954.0, true),
        ];
        assert_eq!(
            bouts(&close, false),
            [
                (600.0, 700.0, true),
                (700.0, 840.0, true),
                (845.0, 900.0, true)
            ]
        );
        assert_eq!(
            bouts(&[mark(1700.0, 1900.0, true)], false),
            [(1700.0, 1800.0, true)]
        );
    }

    #[test]
    fn a_twentieth_more_than_beside_it_carries_a_step_out() {
        let is_done = |speed: f64| {
            let speeds = exact::speeds(&[(600, 2.5), (200, speed), (600, 2.5)]);
            let marked = [
                mark(0.0, 600.0, false),
                mark(600.0, 800.0, true),
                mark(800.0, 1400.0, false),
            ];
            marked_bouts(&Signals::new(&exact::streams(&speeds)), &marked, true)[0].executed
        };
        assert!(is_done(2.7) && !is_done(2.6));
    }
}

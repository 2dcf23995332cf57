//! Laps and programmed steps of made-up runs, and what the running says to them.

use super::*;
use crate::ingest::Intensity;
use crate::ingest::Lap;
use crate::ingest::WorkoutStep;
use crate::segmentation::bout::made_up as bout;
use crate::segmentation::exact;
use crate::segmentation::marks::planned;
use crate::segmentation::marks::sound;

const WARM_UP: Intensity = Intensity::Warmup;
const ACTIVE: Intensity = Intensity::Active;
const REST: Intensity = Intensity::Recovery;

/// A programmed run: what each step was meant to be, its length, speed and heart rate.
fn run(parts: &[(Intensity, usize, f64, f64)]) -> Streams {
    let mut marks = Vec::new();
    let (mut speeds, mut rates) = (Vec::new(), Vec::new());
    for (index, (intensity, length, speed, rate)) in parts.iter().enumerate() {
        let start_s = speeds.len() as f64;
        speeds.extend(std::iter::repeat_n(*speed, *length));
        rates.extend(std::iter::repeat_n(*rate, *length));
        marks.push(Lap {
            start_s,
            end_s: speeds.len() as f64,
            intensity: Some(*intensity),
            workout_step: u16::try_from(index).ok(),
            ..Lap::default()
        });
    }
    let mut streams = exact::streams(&speeds);
    streams.marks.laps = marks;
    streams.heart_rate_bpm = rates.into_iter().collect();
    streams
}

fn fixed(streams: &Streams, blind: &[Bout]) -> Fixed {
    bouts(streams, &Signals::new(streams), blind)
}

#[test]
fn slow_steps_that_heart_rate_answers_are_carried_out() {
    let rest = (REST, 180, 1.4, 128.0);
    let step = (ACTIVE, 540, 2.6, 174.0);
    let warm_up = (WARM_UP, 600, 2.5, 140.0);
    let done = fixed(&run(&[warm_up, step, rest, step, rest, step, warm_up]), &[]);
    assert_eq!(done.used, LapUse::Structured);
    assert_eq!(done.bouts.len(), 3);
    assert!(done.bouts.iter().all(|bout| bout.executed));
}

#[test]
fn steps_run_like_the_rest_are_easy_running_and_that_is_said() {
    let walk = (REST, 120, 1.5, 125.0);
    let step = (ACTIVE, 600, 2.9, 143.0);
    let warm_up = (WARM_UP, 600, 2.8, 138.0);
    let found = [bout(600.0, 1200.0), bout(1320.0, 1920.0)];
    let easy = fixed(&run(&[warm_up, step, walk, step, warm_up]), &found);
    assert_eq!(easy.used, LapUse::Detected);
    assert!(easy.bouts.is_empty());
    assert!(easy.refused.is_some());
}

#[test]
fn a_lone_step_is_an_effort_only_where_it_stands_out() {
    let warm_up = (WARM_UP, 600, 2.8, 138.0);
    let lone = |speed| fixed(&run(&[warm_up, (ACTIVE, 1500, speed, 160.0), warm_up]), &[]);
    assert_eq!(lone(2.9).used, LapUse::Detected);
    assert_eq!(lone(2.9).bouts.len(), 0);
    assert_eq!(lone(3.6).used, LapUse::Structured);
    assert_eq!(lone(3.6).bouts.len(), 1);
}

#[test]
fn steps_that_lost_their_place_are_not_used() {
    let fast = (REST, 120, 4.4, 165.0);
    let slow = (ACTIVE, 120, 2.6, 150.0);
    let warm_up = (WARM_UP, 600, 2.8, 140.0);
    let run = run(&[warm_up, fast, slow, fast, slow, fast, slow, fast, slow]);
    let blind: Vec<Bout> = [600.0, 840.0, 1080.0, 1320.0]
        .map(|at| bout(at, at + 120.0))
        .to_vec();
    let found = fixed(&run, &blind);
    assert_eq!(found.used, LapUse::Detected);
    assert_eq!(found.bouts.len(), 4);
}

#[test]
fn a_step_says_what_was_planned() {
    let warm_up = (WARM_UP, 600, 2.8, 138.0);
    let mut run = run(&[warm_up, (ACTIVE, 240, 4.1, 160.0), warm_up]);
    run.marks.workout = vec![WorkoutStep {
        index: 1,
        duration_s: Some(240.0),
        ..WorkoutStep::default()
    }];
    let asked = planned(&run, 601.0, 840.0);
    assert_eq!(asked.and_then(|asked| asked.duration_s), Some(240.0));
    assert_eq!(planned(&run, 0.0, 600.0), None);
    assert_eq!(planned(&run, 600.0, 700.0), None);
}

#[test]
fn laps_that_no_one_can_have_run_are_left_out() {
    let lap = |end_s, distance_m| Lap {
        end_s,
        distance_m: Some(distance_m),
        ..Lap::default()
    };
    let laps = [lap(60.0, 300.0), lap(60.0, 3000.0)];
    assert_eq!(sound(&laps).count(), 1);
}

/// An easy run whose laps are those of our own file, efforts or not.
fn own(parts: &[(Option<bool>, usize)]) -> Streams {
    let steps: Vec<_> = parts
        .iter()
        .map(|(_, length)| (ACTIVE, *length, 2.8, 140.0))
        .collect();
    let mut streams = run(&steps);
    for (lap, (is_effort, _)) in streams.marks.laps.iter_mut().zip(parts) {
        lap.workout_step = None;
        lap.is_effort = *is_effort;
    }
    streams
}

#[test]
fn laps_of_our_own_files_are_what_was_found_before() {
    let (effort, none) = (Some(true), Some(false));
    let reps = own(&[
        (none, 600),
        (effort, 120),
        (none, 120),
        (effort, 120),
        (none, 600),
    ]);
    let taken = fixed(&reps, &[]);
    assert_eq!(taken.used, LapUse::Manual);
    let starts: Vec<f64> = taken.bouts.iter().map(|bout| bout.start.at_s).collect();
    assert_eq!(starts, [600.0, 840.0]);
    // What is found now as well is as it would be without laps.
    let same = [bout(601.0, 719.0), bout(842.0, 960.0)];
    assert_eq!(fixed(&reps, &same).used, LapUse::Detected);
}

#[test]
fn where_our_own_files_have_no_effort_none_is_found() {
    let easy = own(&[(Some(false), 900), (Some(false), 20), (Some(false), 900)]);
    let taken = fixed(&easy, &[bout(300.0, 600.0)]);
    assert!(taken.bouts.is_empty());
    // A run that gets faster throughout is found again.
    let rising = own(&[(Some(false), 900), (None, 900)]);
    let taken = fixed(&rising, &[bout(300.0, 600.0)]);
    assert_eq!((taken.used, taken.bouts.len()), (LapUse::Detected, 1));
}

/// Stretches of seconds and speed without marks.
fn signals(parts: &[(usize, f64)]) -> Signals {
    Signals::new(&exact::streams(&exact::speeds(parts)))
}

#[test]
fn efforts_without_a_pause_are_one_block() {
    let (least, at) = (LEAST_MARKED_S, 305);
    let all = [
        bout(100.0, 200.0),
        bout(200.0, 300.0),
        bout(300.0 + least, 400.0),
        bout(399.0 + least, 500.0),
    ];
    let blocks = blocks(&all);
    assert_eq!(blocks, [100..300, at..500]);
}

#[test]
fn efforts_slower_than_what_lies_beside_them_are_told_but_uphill() {
    let parts = [
        (300, 2.5),
        (200, 4.0),
        (100, 2.0),
        (200, 1.9),
        (100, 2.4),
        (200, 4.0),
        (300, 2.5),
    ];
    let run = signals(&parts);
    let all = [bout(300.0, 500.0), bout(600.0, 800.0), bout(900.0, 1100.0)];
    assert_eq!(slower(&run, &all), [false, true, false]);
    let kept: Vec<f64> = without_slower(&run, &all)
        .iter()
        .map(|one| one.start.at_s)
        .collect();
    assert_eq!(kept, [300.0, 900.0]);
    let mut uphill = exact::streams(&exact::speeds(&parts));
    uphill.grade = vec![0.1; 1400].into_iter().collect();
    assert_eq!(slower(&Signals::new(&uphill), &all), [false; 3]);
    // What is mostly stood has no pace to be slower than.
    let stood = signals(&[
        (300, 2.5),
        (200, 1.5),
        (40, 3.0),
        (60, 0.0),
        (200, 1.5),
        (300, 2.5),
    ]);
    assert_eq!(
        slower(&stood, &[bout(300.0, 500.0), bout(600.0, 800.0)]),
        [false, false]
    );
    assert_eq!(
        slower(&stood, &[bout(300.0, 500.0), bout(540.0, 800.0)]),
        [true, true]
    );
}

#[test]
fn contrast_is_of_the_efforts_to_what_lies_between_them() {
    let run = signals(&[(900, 3.5), (200, 4.0), (100, 2.0), (200, 4.0), (900, 3.5)]);
    let found = contrast(&run, &[bout(900.0, 1100.0), bout(1200.0, 1400.0)]);
    assert!(
        found.is_some_and(|ratio| (ratio - 2.0).abs() < 1e-9),
        "{found:?}"
    );
    assert_eq!(contrast(&run, &[]), None);
    assert_eq!(contrast(&run, &[bout(900.0, 1100.0)]), None);
    let outside = outside(&run, &[900..1100, 1200..1400]).expect("running");
    assert!((outside.seconds - 1900.0).abs() < 1e-9);
    assert!((outside.effort_m_s - (1800.0 * 3.5 + 200.0) / 1900.0).abs() < 1e-9);
}

#[test]
fn laps_have_lost_their_step_where_what_they_mark_is_mostly_slower() {
    let parts = [
        (300, 2.5),
        (200, 4.0),
        (200, 2.0),
        (200, 4.0),
        (200, 2.0),
        (200, 4.0),
        (300, 2.5),
    ];
    let run = signals(&parts);
    let right = [bout(300.0, 500.0), bout(700.0, 900.0), bout(1100.0, 1300.0)];
    let shifted = [
        bout(500.0, 700.0),
        bout(900.0, 1100.0),
        bout(1300.0, 1500.0),
    ];
    assert!(!are_out_of_step(&run, &right, &[]));
    assert!(are_out_of_step(&run, &shifted, &[]));
    // Half of each: neither slower nor faster, and detection tells better.
    let half = [
        bout(400.0, 600.0),
        bout(800.0, 1000.0),
        bout(1200.0, 1400.0),
    ];
    assert!(!are_out_of_step(&run, &half, &[]));
    assert!(are_out_of_step(&run, &half, &right));
    assert!(!are_out_of_step(&run, &right, &right));
    // One that was found is no set to hold against them.
    assert!(!are_out_of_step(&run, &half, &right[..1]));
}

#[test]
fn a_programme_is_done_where_half_of_its_steps_are_answered() {
    let steps = |second: f64| {
        let run = signals(&[
            (600, 2.5),
            (200, 4.0),
            (120, 2.4),
            (200, second),
            (120, 2.4),
            (200, 2.5),
            (600, 2.5),
        ]);
        let all = [
            bout(600.0, 800.0),
            bout(920.0, 1120.0),
            bout(1240.0, 1440.0),
        ];
        matches!(programmed(&run, &all, &[]), Programme::Done(_))
    };
    assert!(steps(4.0) && !steps(2.5));
}

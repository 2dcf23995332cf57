//! What a veil leaves of a run.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::super::Privacy;
use super::super::ground::Plane;
use super::super::ground::Position;
use super::*;
use crate::report::made_up;
use crate::segmentation::LapRow;
use crate::summary::Watch;
use crate::thresholds::EARTH_RADIUS_M;
use crate::vocabulary::SegmentKind;

const TRIM_M: f64 = 100.0;

/// Returns a run of 1 m/s whose seconds lie so many metres east of a place that is no crossing of the grid.
fn run(east_m: &[f64]) -> Streams {
    let metre_deg = (1.0 / EARTH_RADIUS_M).to_degrees() / 50f64.to_radians().cos();
    let mut way_m = vec![0.0];
    for pair in east_m.windows(2) {
        way_m.push(way_m[way_m.len() - 1] + (pair[1] - pair[0]).abs());
    }
    way_m.push(way_m[way_m.len() - 1] + 1.0);
    let seconds = east_m.len();
    Streams {
        elapsed_s: as_f64(seconds),
        speed_m_s: way_m.windows(2).map(|pair| pair[1] - pair[0]).collect(),
        distance_m: way_m.into_iter().collect(),
        altitude_m: vec![200.0; seconds].into_iter().collect(),
        latitude_deg: vec![50.0; seconds].into_iter().collect(),
        longitude_deg: east_m
            .iter()
            .map(|metres| 7.000_37 + metres * metre_deg)
            .collect(),
        paused: vec![false; seconds],
        ..Streams::default()
    }
}

fn east_m(streams: &Streams, cell: usize) -> Option<f64> {
    let origin = Position::of(&run(&[0.0, 1.0]), 0)?;
    Some(Plane::around(origin).place(Position::of(streams, cell)?).0)
}

/// Returns a run to the east and back that comes past its start and goes 400 m on.
fn there_and_back_and_on() -> Streams {
    let out = (0..500_u32).map(f64::from);
    let back = (0..900_u32).map(|second| 500.0 - f64::from(second));
    run(&out.chain(back).collect::<Vec<_>>())
}

#[test]
fn neither_the_ends_are_shown_nor_who_comes_past_them_again() {
    let streams = there_and_back_and_on();
    let (privacy, _) = Privacy::of_run(&Session::default(), &streams, TRIM_M);
    let shown = privacy.streams(0, &streams);
    assert_eq!(Position::of(&shown, 1000), None, "past the start");
    let seen: Vec<f64> = (0..shown.len())
        .filter_map(|cell| east_m(&shown, cell))
        .collect();
    assert!(seen.len() > 500, "{}", seen.len());
    for east_m in seen {
        assert!(
            east_m.abs() >= TRIM_M && (east_m + 399.0).abs() >= TRIM_M,
            "{east_m}"
        );
    }
}

#[test]
fn a_run_within_hidden_ground_shows_no_place_and_keeps_its_numbers() {
    let streams = run(&(0..300_u32).map(f64::from).collect::<Vec<_>>());
    let session = made_up_session();
    let (privacy, told) = Privacy::of_run(&session, &streams, 500.0);
    assert!(!privacy.hides(0));
    assert_eq!(told, session);
    let shown = privacy.streams(0, &streams);
    assert!(!shown.latitude_deg.has_values() && !shown.longitude_deg.has_values());
    assert_eq!(shown.distance_m, streams.distance_m);
}

/// Returns a session over 1400 s, with a segment and a lap at both ends of what is hidden.
fn made_up_session() -> Session {
    let mut session = Session {
        segments: vec![
            made_up::segment(SegmentKind::WarmUp, 0.0, 300.0, 1.0),
            made_up::segment(SegmentKind::Work, 300.0, 700.0, 1.0),
            made_up::segment(SegmentKind::CoolDown, 700.0, 1400.0, 1.0),
        ],
        ..Session::default()
    };
    session.head.elapsed_s = 1400.0;
    session.head.distance_m = Some(1400.0);
    session.head.ascent_m = Some(13.0);
    session.head.watch = Some(Box::new(Watch {
        distance_m: Some(1403.0),
        ..Watch::default()
    }));
    let lap = |trigger, start_s, end_s| LapRow {
        start_s,
        end_s,
        moving_s: None,
        distance_m: Some(end_s - start_s),
        trigger,
        intensity: None,
        workout_step: None,
    };
    session.laps.rows = vec![
        lap(LapTrigger::Manual, 0.0, 300.0),
        lap(LapTrigger::SessionEnd, 300.0, 1400.0),
    ];
    session
}

#[test]
fn the_way_on_hidden_ground_is_a_whole_number_of_grains_wherever_it_is_told() {
    let streams = there_and_back_and_on();
    let (privacy, told) = Privacy::of_run(&made_up_session(), &streams, TRIM_M);
    let shown = privacy.streams(0, &streams);
    let veil = privacy.veil(0).unwrap();
    assert_eq!(veil.stretches.len(), 2, "{:?}", veil.stretches);
    let mut grains_m = 0.0;
    for stretch in &veil.stretches {
        let metres = shown
            .distance_between_m(stretch.start, stretch.end)
            .unwrap();
        assert!((metres / WAY_GRAIN_M).fract().abs() < 1e-9, "{metres}");
        let real_m = streams
            .distance_between_m(stretch.start, stretch.end)
            .unwrap();
        assert!((metres - real_m).abs() <= WAY_GRAIN_M / 2.0);
        grains_m += metres - real_m;
        assert_eq!(shown.speed_m_s.mean(stretch.clone()), None);
        assert_eq!(shown.altitude_m.mean(stretch.clone()), None);
    }
    assert!(grains_m.abs() > 1.0, "the example must not lie on a grain");
    let between = veil.stretches[0].end..veil.stretches[1].start;
    assert_eq!(
        shown.distance_between_m(between.start, between.end),
        streams.distance_between_m(between.start, between.end)
    );
    let close = |metres: Option<f64>, exact_m: f64| (metres.unwrap() - exact_m).abs() <= 0.051;
    assert!(close(told.head.distance_m, 1400.0 + grains_m));
    let sum: f64 = told.segments.iter().filter_map(|one| one.distance_m).sum();
    assert!((sum - told.head.distance_m.unwrap()).abs() < 0.2, "{sum}");
    let warm_up = &told.segments[0];
    assert!(close(
        warm_up.distance_m,
        shown.distance_m.get(300).unwrap()
    ));
    let by_pace = warm_up.speed_m_s.unwrap() * warm_up.moving_s;
    assert!(
        (by_pace - warm_up.distance_m.unwrap()).abs() < 0.5,
        "{by_pace}"
    );
    assert_eq!(told.segments[1], made_up_session().segments[1]);
    assert_eq!(told.laps.rows[0].distance_m, warm_up.distance_m);
    let mut by_watch = made_up_session();
    by_watch.laps.rows[0].trigger = LapTrigger::Auto;
    let (_, by_watch) = Privacy::of_run(&by_watch, &streams, TRIM_M);
    assert!(
        by_watch.laps.rows.is_empty(),
        "the watch closes laps at kilometres"
    );
    assert_eq!(told.head.watch.unwrap().distance_m, None);
    assert_eq!(told.head.ascent_m, Some(10.0));
}

#[test]
fn many_runs_from_one_door_tell_the_same_way() {
    // The receiver finds the door now here, now there, and the way is measured longer or shorter.
    let told: Vec<f64> = (0..20_u32)
        .map(|number| {
            let off_m = f64::from(number) - 10.0;
            let way: Vec<f64> = (0..900_u32)
                .map(|second| f64::from(second) + off_m)
                .collect();
            let streams = run(&way);
            let (privacy, _) = Privacy::of_run(&Session::default(), &streams, TRIM_M);
            let shown = privacy.streams(0, &streams);
            let end = privacy.veil(0).unwrap().stretches[0].end;
            shown.distance_m.get(end).unwrap()
        })
        .collect();
    assert!(
        told.iter().all(|metres| (metres - told[0]).abs() < 1e-9),
        "{told:?}"
    );
}

#[test]
fn who_goes_home_in_the_middle_is_hidden_like_who_starts_there() {
    let out = |metres: u32| (0..metres).map(f64::from);
    let home = std::iter::repeat_n(0.0, 60);
    let back = |metres: u32| (0..metres).map(move |second| f64::from(metres - second));
    let halted: Vec<f64> = out(500)
        .chain(back(500))
        .chain(home)
        .chain(out(500))
        .collect();
    let passed: Vec<f64> = out(500).chain(back(500)).chain(out(500)).collect();
    let stretches = |way: &[f64]| {
        let streams = run(way);
        let (privacy, _) = Privacy::of_run(&Session::default(), &streams, TRIM_M);
        privacy.veil(0).unwrap().stretches.len()
    };
    assert_eq!((stretches(&halted), stretches(&passed)), (3, 2));
}

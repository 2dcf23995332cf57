//! Laps by hand of made-up runs, and which of them are efforts.

use super::*;
use crate::segmentation::bout::made_up as bout;

#[test]
fn looked_up_as_many_are_alike_as_when_all_are_compared() {
    for number in 0..500_u32 {
        let length = |lap: u32| f64::from((lap * 7 + number * 13) % 29) * 9.0 + 900.0;
        let values: Vec<f64> = (0..number % 12).map(length).chain([0.0]).collect();
        let near = |one: f64| {
            let all = values.iter();
            all.filter(|other| (*other / one - 1.0).abs() <= EQUAL)
                .count()
        };
        let compared = values.iter().map(|one| near(*one)).max();
        assert_eq!(Some(most_alike(values.clone())), compared, "{values:?}");
    }
}

use crate::segmentation::exact;

/// Laps by hand at the ends of stretches of seconds and speed.
fn run(stretches: &[(usize, f64)], trigger: LapTrigger) -> Streams {
    let mut streams = exact::streams(&exact::speeds(stretches));
    let mut at_s = 0.0;
    for (length, speed) in stretches {
        let start_s = at_s;
        at_s += *length as f64;
        streams.marks.laps.push(Lap {
            start_s,
            end_s: at_s,
            distance_m: Some(*length as f64 * speed),
            trigger,
            ..Lap::default()
        });
    }
    streams
}

const SET: [(usize, f64); 7] = [
    (600, 2.5),
    (240, 4.0),
    (120, 2.0),
    (250, 4.0),
    (130, 2.0),
    (245, 4.0),
    (500, 2.5),
];

fn works(streams: &Streams, blind: &[Bout]) -> Option<Vec<(f64, f64)>> {
    let marked = manual(streams, &Signals::new(streams), blind)?;
    let works = marked.iter().filter(|marked| marked.is_work);
    Some(works.map(|marked| (marked.start_s, marked.end_s)).collect())
}

#[test]
fn three_laps_that_stand_out_mark_efforts_and_two_need_to_be_found() {
    let set = run(&SET, LapTrigger::Manual);
    let all = vec![(600.0, 840.0), (960.0, 1210.0), (1340.0, 1585.0)];
    assert_eq!(works(&set, &[]), Some(all.clone()));
    let two = run(&SET[2..], LapTrigger::Manual);
    assert_eq!(works(&two, &[]), None);
    // 200 of 250 s are the lap, 180 are not.
    let two_works = vec![(120.0, 370.0), (500.0, 745.0)];
    assert_eq!(works(&two, &[bout(120.0, 320.0)]), Some(two_works));
    assert_eq!(works(&two, &[bout(120.0, 300.0)]), None);
}

#[test]
fn laps_count_where_half_of_them_were_pressed() {
    let mut half = run(&SET, LapTrigger::Auto);
    assert_eq!(works(&half, &[]), None);
    half.marks.laps[..3]
        .iter_mut()
        .for_each(|lap| lap.trigger = LapTrigger::Manual);
    assert_eq!(works(&half, &[]), None);
    half.marks.laps[3].trigger = LapTrigger::Unknown;
    assert!(works(&half, &[]).is_some());
    assert_eq!(works(&run(&SET[..2], LapTrigger::Manual), &[]), None);
}

#[test]
fn a_press_inside_an_effort_does_not_cut_it_nor_does_a_slip_of_the_thumb() {
    let pressed = run(
        &[
            (600, 2.5),
            (100, 4.0),
            (140, 4.0),
            (120, 2.0),
            (250, 4.0),
            (5, 2.0),
            (125, 2.0),
            (245, 4.0),
            (500, 2.5),
        ],
        LapTrigger::Manual,
    );
    let all = vec![(600.0, 840.0), (960.0, 1215.0), (1340.0, 1585.0)];
    assert_eq!(works(&pressed, &[]), Some(all));
}

#[test]
fn even_laps_mark_nothing_unless_three_of_them_are_found() {
    let even = run(
        &[
            (300, 2.5),
            (300, 4.0),
            (300, 2.0),
            (300, 4.0),
            (300, 2.0),
            (300, 4.0),
            (300, 2.5),
        ],
        LapTrigger::Manual,
    );
    assert!(are_even(&even.marks.laps));
    assert_eq!(works(&even, &[]), None);
    let found = [
        bout(300.0, 600.0),
        bout(900.0, 1200.0),
        bout(1500.0, 1800.0),
    ];
    assert_eq!(works(&even, &found[..2]), None);
    assert_eq!(works(&even, &found).map(|works| works.len()), Some(3));
    assert!(!are_even(&run(&SET, LapTrigger::Manual).marks.laps));
}

fn group(speed_m_s: f64, effort_m_s: f64) -> LapGroup {
    LapGroup {
        start_s: 0.0,
        end_s: 60.0,
        pace: LapPace {
            speed_m_s,
            effort_m_s,
        },
        is_stop: false,
        is_piece: false,
    }
}

fn even(speeds: &[f64]) -> Vec<LapGroup> {
    speeds.iter().map(|speed| group(*speed, *speed)).collect()
}

#[test]
fn a_pace_beats_another_over_ground_or_in_effort() {
    let pace = |speed, effort| group(speed, effort).pace;
    let flat = pace(2.5, 2.5);
    assert!((pace(3.0, 4.0).over(flat) - 1.6).abs() < 1e-12);
    assert!((pace(4.0, 3.0).over(flat) - 1.6).abs() < 1e-12);
    assert!((pace(2.0, 2.0).over(pace(0.0, 0.0)) - 4.0).abs() < 1e-12);
    assert!(pace(2.7, 2.5).beats(flat) && !pace(2.69, 2.5).beats(flat));
    // Down the hill it is faster, and less of an effort.
    assert!(!pace(3.0, 2.3).beats(flat) && pace(3.0, 2.32).beats(flat));
    assert!(pace(2.6, 2.6).is_like(flat) && !pace(2.8, 2.5).is_like(flat));
    assert!(!flat.is_like(pace(2.5, 2.8)));
    assert!(pace(3.0, 2.5).is_far_from(flat) && flat.is_far_from(pace(3.0, 2.5)));
    assert!(!pace(2.9, 2.5).is_far_from(flat));
}

#[test]
fn the_first_and_the_last_lap_stand_out_where_they_are_about_as_fast_as_the_others() {
    let at_ends = |first: f64, last: f64| {
        let found = outstanding(&even(&[first, 2.0, 4.0, 2.0, 4.0, 2.0, 4.0, 2.0, last]));
        (found[0], found[2] && found[4] && found[6], found[8])
    };
    assert_eq!(at_ends(4.0, 4.0), (true, true, true));
    assert_eq!(at_ends(3.1, 3.3), (false, true, true));
    assert_eq!(at_ends(3.2, 3.1), (true, true, false));
    // Two inner ones do not tell how fast one usually is.
    let few = outstanding(&even(&[4.0, 2.0, 4.0, 2.0, 4.0, 2.0, 2.5]));
    assert_eq!(few, [false, false, true, false, true, false, false]);
}

#[test]
fn a_stop_is_no_neighbour_and_a_piece_of_a_lap_no_effort() {
    let mut groups = even(&[2.5, 4.0, 0.0, 4.0, 0.0, 4.0, 2.5]);
    groups[2].is_stop = true;
    groups[4].is_stop = true;
    let found = outstanding(&groups);
    assert_eq!(found, [false, true, false, true, false, true, false]);
    groups[3].is_piece = true;
    assert!(!outstanding(&groups)[3]);
}

#[test]
fn what_goes_on_after_an_effort_is_part_of_it_unless_the_effort_was_found() {
    let groups = even(&[2.0, 4.0, 3.4, 2.0, 4.0, 3.3, 2.0]);
    let stand_out = [false, true, false, false, true, false, false];
    let settle = |found: &[bool]| settled(&groups, &stand_out, found);
    // From 2.0 to 4.0: 3.4 is at 0.7 of the way, 3.3 at 0.65.
    assert_eq!(
        settle(&[false; 7]),
        [false, true, true, false, true, false, false]
    );
    let found = [false, true, false, false, false, false, false];
    assert_eq!(settle(&found), stand_out);
    // A jog between walks is nearer to the walks.
    let jog = even(&[1.5, 2.6, 1.5, 4.0, 1.5, 4.0, 1.5]);
    let stand_out = [false, true, false, true, false, true, false];
    assert_eq!(
        settled(&jog, &stand_out, &[false; 7]),
        [false, false, false, true, false, true, false]
    );
    let found = [false, true, false, false, false, false, false];
    assert_eq!(settled(&jog, &stand_out, &found), stand_out);
    let all_alike = even(&[3.0, 3.0]);
    assert_eq!(
        settled(&all_alike, &[true, true], &[false; 2]),
        [true, true]
    );
}

//! Sets of made-up segments, and their names.

use super::*;
use crate::segmentation::edges::Boundary;
use crate::segmentation::labels::Stretch;
use crate::segmentation::measure::measured;
use crate::segmentation::signals::Signals;
use crate::streams::Streams;

/// A part of a run.
#[derive(Clone, Copy)]
struct Part {
    kind: SegmentKind,
    length_s: f64,
    /// While moving.
    speed_m_s: f64,
    standing_s: f64,
}

const fn part(kind: SegmentKind, length_s: f64, speed_m_s: f64, standing_s: f64) -> Part {
    Part {
        kind,
        length_s,
        speed_m_s,
        standing_s,
    }
}

/// Segments one after the other.
fn run(parts: &[Part]) -> Vec<Segment> {
    let mut at_s = 0.0;
    let segment = |part: &Part| {
        let stretch = Stretch {
            kind: part.kind,
            start: Boundary::exact(at_s),
            end: Boundary::exact(at_s + part.length_s),
            bout: None,
        };
        at_s += part.length_s;
        let moving_s = part.length_s - part.standing_s;
        Segment {
            moving_s,
            distance_m: Some(moving_s * part.speed_m_s),
            effort_speed_m_s: Some(part.speed_m_s),
            ..measured(&Streams::default(), &Signals::default(), &stretch)
        }
    };
    parts.iter().map(segment).collect()
}

fn named(parts: &[Part]) -> Vec<(String, Option<String>)> {
    let mut segments = run(parts);
    let sets = sets(&mut segments);
    sets.into_iter()
        .map(|set| (set.name, set.recovery))
        .collect()
}

const JOG: Part = part(SegmentKind::Recovery, 90.0, 2.4, 0.0);

#[test]
fn times_are_named_as_they_were_meant() {
    let names = [541.0, 178.0, 91.0, 219.0, 2701.0, 61.0].map(time_name);
    assert_eq!(
        names,
        ["9 min", "3 min", "90 s", "3:40 min", "45 min", "1 min"]
    );
}

#[test]
fn one_longer_rest_leaves_one_set() {
    let rep = part(SegmentKind::Work, 80.0, 5.0, 0.0);
    let rest = part(SegmentKind::Rest, 180.0, 0.0, 180.0);
    let long = part(SegmentKind::Rest, 700.0, 0.0, 700.0);
    let found = named(&[rep, rest, rep, rest, rep, long, rep, rest, rep]);
    let recovery = Some("3 min standing".to_owned());
    assert_eq!(found, [("5 × 400 m".to_owned(), recovery)]);
}

#[test]
fn rounds_of_different_repetitions_are_one_compound_set() {
    let long = part(SegmentKind::Work, 124.0, 4.84, 0.0);
    let short = part(SegmentKind::Work, 36.0, 5.6, 0.0);
    let found = named(&[
        long, JOG, short, JOG, long, JOG, short, JOG, long, JOG, short,
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "3 × (600 m + 200 m)");
    let apart = named(&[long, JOG, long, JOG, short, JOG, short, JOG, short]);
    let names: Vec<&str> = apart.iter().map(|set| set.0.as_str()).collect();
    assert_eq!(names, ["2 × 600 m", "3 × 200 m"]);
}

#[test]
fn a_recovery_that_was_walked_and_stood_is_told_once() {
    let rep = part(SegmentKind::Work, 230.0, 4.35, 0.0);
    let walk = part(SegmentKind::Recovery, 239.0, 1.4, 110.0);
    let found = named(&[rep, walk, rep, walk, rep]);
    let recovery = Some("4 min walk, of which 1:50 standing".to_owned());
    assert_eq!(found, [("3 × 1000 m".to_owned(), recovery)]);
}

#[test]
fn the_median_of_two_recoveries_lies_between_them() {
    let rep = part(SegmentKind::Work, 230.0, 4.35, 0.0);
    let jog = |length_s| part(SegmentKind::Recovery, length_s, 2.4, 0.0);
    let mut segments = run(&[rep, jog(80.0), rep, jog(120.0), rep]);
    let sets = sets(&mut segments);
    assert_eq!(sets[0].recovery_s, Some(100.0));
}

/// Three repetitions of four minutes, each a little slower, with jogs of a minute and a half.
fn slowing() -> Vec<Segment> {
    let work = |speed_m_s| part(SegmentKind::Work, 240.0, speed_m_s, 0.0);
    run(&[work(4.0), JOG, work(3.9), JOG, work(3.8)])
}

#[test]
fn a_set_tells_how_it_went_from_the_first_to_the_last() {
    let mut segments = slowing();
    for (index, beats) in [170.0, 140.0, 172.0, 146.0, 175.0].into_iter().enumerate() {
        segments[index].heart_rate_end_bpm = Some(beats);
    }
    let sets = sets(&mut segments);
    assert_eq!(sets.len(), 1);
    let set = &sets[0];
    assert_eq!((set.name.as_str(), set.reps), ("3 × 4 min", 3));
    assert_eq!(set.recovery_s, Some(90.0));
    // 4.0 to 3.8; thirds of one each.
    assert_eq!(
        (set.first_to_last_pct, set.fade_pct),
        (Some(5.0), Some(5.0))
    );
    // 0.1 of 3.9 m/s.
    assert_eq!(set.spread_pct, Some(2.6));
    // Eight minutes before three of recovery.
    assert_eq!(set.work_to_recovery, Some(2.67));
    // 30 and 26 beats.
    assert_eq!(set.heart_rate_drop_bpm, Some(28.0));
}

#[test]
fn thirds_are_compared_of_six_and_more() {
    let speeds = [4.0, 4.2, 5.0, 5.0, 3.9, 4.1];
    // 4.1 to 4.0.
    assert!((fade(&speeds).expect("six") - 10.0 / 4.1).abs() < 1e-9);
    assert_eq!(fade(&speeds[..2]), None);
    assert!((first_to_last(&speeds).expect("six") + 2.5).abs() < 1e-9);
    // Squares 1 + 1 over one.
    assert!((spread(&[3.0, 5.0]).expect("two") - 2f64.sqrt() / 4.0 * 100.0).abs() < 1e-9);
}

#[test]
fn one_repetition_or_none_that_moves_has_nothing_to_be_compared_with() {
    assert_eq!(first_to_last(&[]), None);
    assert_eq!(first_to_last(&[4.0]), None);
    assert_eq!(first_to_last(&[0.0, 4.0]), None);
    assert_eq!(spread(&[4.0]), None);
    assert_eq!(spread(&[]), None);
    assert_eq!(spread(&[0.0, 0.0]), None);
    let segments = slowing();
    assert_eq!(work_to_recovery(&segments, &[0, 2, 4], &[]), None);
    assert_eq!(work_to_recovery(&segments, &[], &[]), None);
}

#[test]
fn in_a_compound_set_each_repetition_is_compared_with_its_like() {
    let work = |length_s, speed_m_s| part(SegmentKind::Work, length_s, speed_m_s, 0.0);
    let segments = run(&[
        work(240.0, 3.8),
        JOG,
        work(60.0, 4.8),
        JOG,
        work(240.0, 4.2),
        JOG,
        work(60.0, 5.2),
    ]);
    let round = Round {
        parts: vec![vec![0, 4], vec![2, 6]],
    };
    let found = speeds(&segments, &round);
    for (found, wanted) in found.iter().zip([0.95, 0.96, 1.05, 1.04]) {
        assert!((found - wanted).abs() < 1e-9, "{found}");
    }
    // Those of one kind as they are.
    let alone = Round {
        parts: vec![vec![0, 4]],
    };
    assert_eq!(speeds(&segments, &alone), [3.8, 4.2]);
}

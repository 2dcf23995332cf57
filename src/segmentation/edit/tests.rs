//! What marks do to runs whose segments are known.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use proptest::prelude::*;

use super::*;
use crate::segmentation::exact;
use crate::segmentation::filled::based;

use SegmentKind::*;

/// An exact recording of a run: stretches of so many seconds at a speed, then 0.6 s.
fn streams(stretches: &[(usize, f64)]) -> Streams {
    let mut speeds = exact::speeds(stretches);
    speeds.push(2.8);
    Streams {
        elapsed_s: speeds.len() as f64 - 0.4,
        ..exact::streams(&speeds)
    }
}

/// Three repetitions of 1000 m in 250 s from 900 s on, 120 s jog between them; 2100.6 s in all.
fn repetitions() -> Streams {
    streams(&[
        (900, 2.8),
        (250, 4.0),
        (120, 2.5),
        (250, 4.0),
        (120, 2.5),
        (250, 4.0),
        (210, 2.7),
    ])
}

/// Returns the segmentation with these efforts, as if they had been found.
fn found(streams: &Streams, efforts: &[(f64, f64, SegmentKind)]) -> Segmentation {
    let signals = Signals::new(streams);
    let fixed: Vec<Piece> = efforts
        .iter()
        .map(|(start, end, kind)| {
            let (start, end) = (Boundary::exact(*start), Boundary::exact(*end));
            piece(*kind, start, end, Origin::Between)
        })
        .collect();
    let mut segments: Vec<Segment> = pieces(&signals, &[], &fixed, streams.elapsed_s)
        .iter()
        .map(|piece| based(streams, &signals, &piece.stretch))
        .collect();
    for segment in &mut segments {
        segment.confidence = 0.9;
    }
    Segmentation {
        sets: sets(&mut segments),
        segments,
        ..Segmentation::default()
    }
}

fn found_repetitions(streams: &Streams) -> Segmentation {
    let efforts = [900.0, 1270.0, 1640.0].map(|start| (start, start + 250.0, Work));
    found(streams, &efforts)
}

fn mark(start_s: f64, end_s: f64, kind: SegmentKind) -> SegmentEdit {
    SegmentEdit {
        start_s,
        end_s,
        kind,
    }
}

/// Returns kind, start and end of each segment.
fn told(segmentation: &Segmentation) -> Vec<(SegmentKind, f64, f64)> {
    let segments = segmentation.segments.iter();
    segments.map(|s| (s.kind, s.start_s, s.end_s)).collect()
}

fn kinds(segmentation: &Segmentation) -> Vec<SegmentKind> {
    segmentation.segments.iter().map(|one| one.kind).collect()
}

#[test]
fn without_marks_nothing_changes() {
    let streams = repetitions();
    let before = found_repetitions(&streams);
    assert_eq!(edit(&streams, before.clone(), &[]), (before, Vec::new()));
}

#[test]
fn a_marked_repetition_takes_the_place_of_the_one_that_was_found() {
    let streams = repetitions();
    let before = found_repetitions(&streams);
    let marks = [mark(905.0, 1145.0, Work)];
    let (after, warnings) = edit(&streams, before.clone(), &marks);
    assert!(warnings.is_empty());
    assert_eq!(
        told(&after)[..3],
        [
            (WarmUp, 0.0, 905.0),
            (Work, 905.0, 1145.0),
            (Recovery, 1145.0, 1270.0)
        ]
    );
    let marked = &after.segments[1];
    assert_eq!(marked.sources, [RestsOn::You]);
    assert_eq!(marked.evidence[0].text, "you marked it");
    assert!((marked.confidence - 1.0).abs() < 1e-9);
    assert_eq!(marked.distance_m, Some(960.0));
    assert_eq!(marked.speed_m_s, Some(4.0));
    assert_eq!(after.segments[3..], before.segments[3..]);
    assert_eq!(after.sets[0].reps, 3);
}

#[test]
fn a_repetition_in_an_even_run_makes_warm_up_and_cool_down() {
    let streams = streams(&[(2400, 2.8)]);
    let before = found(&streams, &[]);
    assert_eq!(kinds(&before), [Steady]);
    let (after, _) = edit(&streams, before, &[mark(600.0, 1800.0, Tempo)]);
    assert_eq!(
        told(&after),
        [
            (WarmUp, 0.0, 600.0),
            (Tempo, 600.0, 1800.0),
            (CoolDown, 1800.0, 2400.6)
        ]
    );
}

#[test]
fn a_false_first_repetition_joins_the_warm_up() {
    let streams = repetitions();
    let (after, _) = edit(
        &streams,
        found_repetitions(&streams),
        &[mark(900.0, 1150.0, Steady)],
    );
    assert_eq!(
        told(&after)[..2],
        [(WarmUp, 0.0, 1270.0), (Work, 1270.0, 1520.0)]
    );
    let warm_up = &after.segments[0];
    assert_eq!(warm_up.sources, [RestsOn::Distance, RestsOn::You]);
    assert_eq!(warm_up.evidence[0].text, "you marked 15:00 to 19:10 steady");
    assert_eq!(after.sets[0].reps, 2);
    assert_eq!(after.segments[1].rep, Some(1));
}

#[test]
fn marks_that_say_what_the_place_says_join_it_and_are_told() {
    let streams = repetitions();
    for (marks, words) in [
        (
            vec![mark(1890.0, 2000.0, CoolDown)],
            "you marked 31:30 to 33:20 cool-down",
        ),
        (
            vec![mark(1890.0, 2000.0, Steady)],
            "you marked 31:30 to 33:20 steady",
        ),
        (
            vec![
                mark(1890.0, 1950.0, CoolDown),
                mark(2000.0, 2050.0, CoolDown),
            ],
            "you marked 31:30 to 32:30 cool-down, 33:20 to 34:10 cool-down",
        ),
    ] {
        let (after, warnings) = edit(&streams, found_repetitions(&streams), &marks);
        assert!(warnings.is_empty());
        assert_eq!(told(&after).last(), Some(&(CoolDown, 1890.0, 2100.6)));
        assert_eq!(after.segments.len(), 7);
        assert_eq!(after.segments[6].evidence[0].text, words);
    }
}

#[test]
fn a_run_whose_only_repetition_was_false_is_steady() {
    let streams = streams(&[(900, 2.8), (250, 3.0), (600, 2.8)]);
    let before = found(&streams, &[(900.0, 1150.0, Work)]);
    let (after, _) = edit(&streams, before, &[mark(880.0, 1160.0, Steady)]);
    assert_eq!(told(&after), [(Steady, 0.0, 1750.6)]);
    assert!(after.sets.is_empty());
}

#[test]
fn a_false_repetition_in_the_middle_of_a_set_stays_apart() {
    let streams = repetitions();
    let (after, _) = edit(
        &streams,
        found_repetitions(&streams),
        &[mark(1270.0, 1520.0, Steady)],
    );
    assert_eq!(
        kinds(&after),
        [WarmUp, Work, Recovery, Steady, Recovery, Work, CoolDown]
    );
    assert_eq!(after.segments[3].sources, [RestsOn::You]);
    assert!(after.sets.is_empty(), "steady running breaks a set");
}

#[test]
fn what_a_mark_leaves_of_an_effort_of_another_kind_stays() {
    let streams = streams(&[(600, 2.8), (1200, 3.6), (600, 2.8)]);
    let before = found(&streams, &[(600.0, 1800.0, Tempo)]);
    let (after, _) = edit(&streams, before.clone(), &[mark(1500.0, 1800.0, Work)]);
    assert_eq!(kinds(&after), [WarmUp, Tempo, Work, CoolDown]);
    let (after, _) = edit(&streams, before.clone(), &[mark(1000.0, 1060.0, Rest)]);
    assert_eq!(kinds(&after), [WarmUp, Tempo, Rest, Tempo, CoolDown]);
    let (after, _) = edit(&streams, before, &[mark(600.0, 1796.0, Work)]);
    assert_eq!(kinds(&after), [WarmUp, Work, CoolDown], "4 s are no effort");
}

#[test]
fn a_found_effort_reaches_the_mark_that_it_nearly_meets() {
    let streams = repetitions();
    let (after, _) = edit(
        &streams,
        found_repetitions(&streams),
        &[mark(1152.0, 1265.0, Rest)],
    );
    assert_eq!(
        told(&after)[1..4],
        [
            (Work, 900.0, 1152.0),
            (Rest, 1152.0, 1265.0),
            (Work, 1265.0, 1520.0)
        ]
    );
}

#[test]
fn a_stop_that_was_none_joins_the_running_around_it() {
    let streams = streams(&[(900, 2.8), (40, 0.0), (900, 2.8)]);
    let before = found(&streams, &[]);
    assert_eq!(kinds(&before), [Steady, Stop, Steady]);
    let (after, _) = edit(&streams, before, &[mark(895.0, 945.0, Steady)]);
    assert_eq!(told(&after), [(Steady, 0.0, 1840.6)]);
}

#[test]
fn marks_beyond_the_end_are_cut_or_left_out_and_said() {
    let streams = repetitions();
    let (after, warnings) = edit(
        &streams,
        found_repetitions(&streams),
        &[mark(1900.0, 5000.0, CoolDown), mark(6000.0, 7000.0, Work)],
    );
    let texts: Vec<&str> = warnings.iter().map(|warning| &*warning.text).collect();
    assert_eq!(
        texts,
        [
            "the marked segment 31:40 to 1:23:20 was cut: it goes on after the end of the run at 35:01",
            "the marked segment 1:40:00 to 1:56:40 was left out: it lies after the end of the run at 35:01",
        ]
    );
    assert_eq!(told(&after).last(), Some(&(CoolDown, 1890.0, 2100.6)));
}

#[test]
fn a_run_without_speed_can_be_marked() {
    let streams = Streams {
        elapsed_s: 1800.5,
        paused: vec![false; 1801],
        gap: vec![false; 1801],
        ..Streams::default()
    };
    let before = crate::segmentation::segment(&streams, crate::segmentation::LapPolicy::Auto);
    let (after, _) = edit(&streams, before, &[mark(600.0, 900.0, Work)]);
    assert_eq!(kinds(&after), [WarmUp, Work, CoolDown]);
    assert_eq!(after.segments[1].speed_m_s, None);
    assert!(after.cannot_tell.is_some());
}

#[test]
fn names_are_those_of_documents() {
    for kind in SegmentKind::ALL {
        let name = serde_json::to_value(kind).unwrap();
        assert_eq!(name, kind.name());
        assert_eq!(SegmentKind::from_name(kind.name()), Some(kind));
    }
}

proptest! {
    /// Whatever is marked: segments cover the run, and each mark shows.
    #[test]
    fn marked_runs_stay_whole(
        cuts in prop::collection::btree_set(0_u32..2300, 2..9),
        chosen in prop::collection::vec(0_usize..11, 8),
        skipped in prop::collection::vec(any::<bool>(), 8),
    ) {
        let streams = repetitions();
        let cuts: Vec<f64> = cuts.into_iter().map(f64::from).collect();
        let marks: Vec<SegmentEdit> = cuts
            .windows(2)
            .zip(chosen.iter().zip(&skipped))
            .filter(|(_, (_, skipped))| !**skipped)
            .map(|(cut, (kind, _))| mark(cut[0], cut[1], SegmentKind::ALL[*kind]))
            .collect();
        let (after, _) = edit(&streams, found_repetitions(&streams), &marks);
        let segments = &after.segments;
        prop_assert!(segments[0].start_s.abs() < 1e-9);
        prop_assert!((segments.last().unwrap().end_s - streams.elapsed_s).abs() < 1e-9);
        for pair in segments.windows(2) {
            prop_assert!((pair[0].end_s - pair[1].start_s).abs() < 1e-9, "{:?}", told(&after));
        }
        for segment in segments {
            prop_assert!(segment.elapsed_s() > 0.0, "{:?}", told(&after));
        }
        for mark in &marks {
            prop_assert!(shows(segments, mark), "{mark:?} in {:?}", told(&after));
        }
        let moving_s: f64 = segments.iter().map(|segment| segment.moving_s).sum();
        prop_assert!(moving_s <= streams.elapsed_s + 1.0);
    }
}

#[test]
fn marks_overlap_where_they_have_time_in_common() {
    let mark = |start_s, end_s| SegmentEdit {
        start_s,
        end_s,
        kind: Work,
    };
    assert!(
        mark(0.0, 10.0).overlaps(&mark(9.0, 20.0)) && mark(9.0, 20.0).overlaps(&mark(0.0, 10.0))
    );
    assert!(!mark(0.0, 10.0).overlaps(&mark(10.0, 20.0)));
    assert!(mark(0.0, 30.0).overlaps(&mark(10.0, 20.0)));
}

#[test]
fn marks_are_cut_at_the_end_of_the_run_and_meet_its_ends_and_each_other() {
    let mark = |start_s, end_s| SegmentEdit {
        start_s,
        end_s,
        kind: Work,
    };
    let within = |marks: &[SegmentEdit]| {
        let (marks, warnings) = within(marks, 1000.0);
        let spans: Vec<(f64, f64)> = marks.iter().map(|one| (one.start_s, one.end_s)).collect();
        let texts: Vec<bool> = warnings
            .iter()
            .map(|one| one.text.contains("left out"))
            .collect();
        (spans, texts)
    };
    let unchanged = (vec![(100.0, 200.0), (300.0, 400.0)], vec![]);
    assert_eq!(within(&[mark(300.0, 400.0), mark(100.0, 200.0)]), unchanged);
    // Less than a second between two is nobody's.
    assert_eq!(
        within(&[mark(100.0, 200.0), mark(200.9, 300.0)]).0,
        [(100.0, 200.0), (200.0, 300.0)]
    );
    assert_eq!(
        within(&[mark(100.0, 200.0), mark(201.0, 300.0)]).0,
        [(100.0, 200.0), (201.0, 300.0)]
    );
    let (spans, warnings) = within(&[mark(500.0, 1200.0), mark(1100.0, 1200.0)]);
    assert_eq!(
        (spans, warnings),
        (vec![(500.0, 1000.0)], vec![false, true])
    );
    let near = MEETS_S - 0.1;
    assert_eq!(within(&[mark(near, 1000.0 - near)]).0, [(0.0, 1000.0)]);
    let apart = MEETS_S + 0.1;
    assert_eq!(
        within(&[mark(apart, 1000.0 - apart)]).0,
        [(apart, 1000.0 - apart)]
    );
}

#[test]
fn a_document_shows_a_mark_where_a_marked_segment_covers_it() {
    let mark = |start_s, end_s, kind| SegmentEdit {
        start_s,
        end_s,
        kind,
    };
    let run = repetitions();
    let (edited, _) = edit(&run, found_repetitions(&run), &[mark(300.0, 500.0, Work)]);
    let is_shown = |start_s, end_s, kind| shows(&edited.segments, &mark(start_s, end_s, kind));
    assert!(is_shown(300.0, 500.0, Work) && is_shown(320.0, 480.0, Work));
    assert!(!is_shown(299.0, 500.0, Work) && !is_shown(300.0, 501.0, Work));
    assert!(!is_shown(300.0, 500.0, Tempo));
    // Nobody marked the efforts that were found.
    assert!(!is_shown(900.0, 1150.0, Work));
    // What lies after the end can be shown by none.
    assert!(is_shown(2100.0, 2200.0, Tempo) && !is_shown(2090.0, 2200.0, Tempo));
}

#[test]
fn a_candidate_is_open_until_marks_cover_more_than_half_of_it() {
    let left = |marked_s: f64| {
        let candidate = Candidate {
            start_s: 100.0,
            end_s: 200.0,
            ..Candidate::default()
        };
        let mark = SegmentEdit {
            start_s: 50.0,
            end_s: 100.0 + marked_s,
            kind: Work,
        };
        open(vec![candidate], &[mark]).len()
    };
    assert_eq!((left(50.0), left(51.0)), (1, 0));
}

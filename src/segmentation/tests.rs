//! Whole runs that are known exactly, from streams to segments, sets and readings.

#![expect(clippy::float_cmp, reason = "the values are exact")]

use super::*;
use crate::ingest::Intensity;
use crate::ingest::Lap;
use crate::ingest::LapTrigger;
use crate::segmentation::gate::GATE;
use crate::vocabulary::SegmentKind::*;

/// Changes of pace take so many seconds, as runners do.
const RAMP: usize = 4;

/// The speeds of stretches of so many seconds, each of which begins with a ramp from the one before.
fn speeds(parts: &[(usize, f64)]) -> Vec<f64> {
    let mut speeds = exact::speeds(parts);
    let mut at = 0;
    for pair in parts.windows(2) {
        at += pair[0].0;
        let (from, to) = (pair[0].1, pair[1].1);
        for second in 0..RAMP {
            let share = (second as f64 + 0.5) / RAMP as f64;
            speeds[at + second] = from + share * (to - from);
        }
    }
    speeds
}

fn streams(parts: &[(usize, f64)]) -> Streams {
    exact::streams(&speeds(parts))
}

/// Four repetitions of four minutes with two minutes' jogs.
const SET: [(usize, f64); 9] = [
    (900, 2.8),
    (240, 4.2),
    (120, 2.2),
    (240, 4.2),
    (120, 2.2),
    (240, 4.2),
    (120, 2.2),
    (240, 4.2),
    (600, 2.7),
];
/// A block of 25 minutes.
const TEMPO: [(usize, f64); 3] = [(900, 2.8), (1500, 3.7), (900, 2.7)];

/// Kinds with their start in seconds.
fn outline(found: &Segmentation) -> Vec<(SegmentKind, f64)> {
    let segments = found.segments.iter();
    segments.map(|one| (one.kind, one.start_s)).collect()
}

#[test]
fn a_set_is_found_where_it_was_run() {
    let found = segment(&streams(&SET), LapPolicy::Auto);
    let kinds = [
        WarmUp, Work, Recovery, Work, Recovery, Work, Recovery, Work, CoolDown,
    ];
    let mut start_s = 0.0;
    for ((segment, kind), (length, speed)) in found.segments.iter().zip(kinds).zip(SET) {
        assert_eq!(segment.kind, kind);
        // A change of pace begins with its ramp.
        assert!((segment.start_s - start_s).abs() < 0.6, "{segment:?}");
        assert!(segment.start_low_s <= start_s && start_s <= segment.start_high_s);
        start_s += length as f64;
        assert!((segment.end_s - start_s).abs() < 0.6, "{segment:?}");
        let own = segment.speed_m_s.expect("a speed");
        // The ramp belongs to what it leads to.
        assert!((own - speed).abs() < 0.04, "{segment:?}");
        assert_eq!(segment.moving_s, segment.elapsed_s());
        assert!(!segment.evidence.is_empty() && segment.confidence > 0.9);
    }
    assert_eq!(found.segments.len(), SET.len());
    let works: Vec<&Segment> = found
        .segments
        .iter()
        .filter(|one| one.kind == Work)
        .collect();
    let numbers: Vec<_> = works.iter().map(|one| (one.set, one.rep)).collect();
    assert_eq!(numbers, [1, 2, 3, 4].map(|rep| (Some(1), Some(rep))));
    assert!(works.iter().all(|one| one.name.as_deref() == Some("4 min")));
    let set = &found.sets[0];
    assert_eq!((set.name.as_str(), set.reps), ("4 × 4 min", 4));
    assert_eq!(set.recovery.as_deref(), Some("2 min jog"));
    assert_eq!((found.sets.len(), found.efforts.len()), (1, 4));
    assert!(
        found
            .efforts
            .iter()
            .all(|index| found.candidates[*index].kept)
    );
    assert_eq!(found.candidates.iter().filter(|one| one.kept).count(), 4);
    // The running around the efforts: 900 s at 2.8 and 600 s at 2.7 m/s.
    assert!(
        found
            .base_speed_m_s
            .is_some_and(|speed| (speed - 2.77).abs() < 0.05)
    );
    assert_eq!(found.cannot_tell, None);
    // For an athlete to whom that is easy the run has no efforts.
    assert_eq!(outline(&found.others[0]), [(Steady, 0.0)]);
    assert!(found.others[0].efforts.is_empty());
}

#[test]
fn a_candidate_is_kept_with_what_was_measured_of_it() {
    let found = segment(&streams(&SET), LapPolicy::Auto);
    let first = &found.candidates[found.efforts[0]];
    assert!((first.start_s - 900.0).abs() < 6.0, "{first:?}");
    assert!((first.end_s - 1140.0).abs() < 6.0, "{first:?}");
    assert!((first.distance_m - 4.2 * 240.0).abs() < 25.0, "{first:?}");
    assert!((first.effort_speed_m_s - 4.2).abs() < 0.06, "{first:?}");
    // The running beside it: the middle of all half-minutes outside is 2.8 m/s.
    assert!((first.contrast - 1.5).abs() < 0.04, "{first:?}");
    let least = first.least_contrast.expect("running on both sides");
    // Before it 2.8 m/s; after it two minutes of 2.2 and one of 4.2 are 2.87.
    assert!((least - 4.2 / 2.87).abs() < 0.06, "{first:?}");
    assert!(first.unevenness < 0.1 && first.break_s == 0.0, "{first:?}");
    assert_eq!((first.heart_rate_bpm, first.slope), (None, None));
    let odds = first.log_odds.exp();
    assert!((first.probability - odds / (1.0 + odds)).abs() < 1e-3);
}

#[test]
fn the_reasons_of_an_effort_are_few_and_the_strongest_first() {
    let found = segment(&streams(&SET), LapPolicy::Auto);
    for work in found.segments.iter().filter(|one| one.kind == Work) {
        let weighs: Vec<f64> = work
            .evidence
            .iter()
            .filter_map(|one| one.contribution)
            .map(f64::abs)
            .collect();
        assert!((2..=6).contains(&weighs.len()), "{work:?}");
        assert!(
            weighs.windows(2).all(|pair| pair[0] >= pair[1]),
            "{weighs:?}"
        );
        assert!(
            weighs.iter().all(|weight| (0.2..=4.0).contains(weight)),
            "{weighs:?}"
        );
    }
}

#[test]
fn slope_and_unevenness_of_a_candidate_are_kept() {
    let mut uneven = speeds(&SET);
    for (second, speed) in uneven.iter_mut().enumerate() {
        *speed += if second / 10 % 2 == 0 { 0.2 } else { -0.2 };
    }
    let mut run = exact::streams(&uneven);
    run.grade = vec![0.03; uneven.len()].into_iter().collect();
    let found = segment(&run, LapPolicy::Auto);
    let first = &found.candidates[found.efforts[0]];
    // Ten seconds at 4.4 and ten at 4.0 m/s.
    assert!((first.unevenness - 0.2 / 4.2).abs() < 0.02, "{first:?}");
    assert_eq!(first.slope, Some(0.03));
}

#[test]
fn a_long_block_is_tempo_and_an_even_run_nothing() {
    let found = segment(&streams(&TEMPO), LapPolicy::Auto);
    let outline = outline(&found);
    let kinds: Vec<SegmentKind> = outline.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [WarmUp, Tempo, CoolDown]);
    assert!((outline[1].1 - 900.0).abs() < 0.6 && (outline[2].1 - 2400.0).abs() < 0.6);
    let block = &found.segments[1];
    assert_eq!((block.name.as_deref(), block.set), (Some("25 min"), None));
    let told = &block.evidence[0];
    assert!(told.text.starts_with("long and even, 3"), "{told:?}");
    let even = segment(&streams(&[(2700, 2.8)]), LapPolicy::Auto);
    assert_eq!(super::tests::outline(&even), [(Steady, 0.0)]);
    assert!(even.sets.is_empty() && even.efforts.is_empty());
    assert_eq!(even.segments[0].evidence[0].text, "no effort stands out");
}

#[test]
fn stops_part_easy_running_and_repetitions_rest() {
    let stops = [(900, 2.8), (60, 0.0), (900, 2.8), (120, 0.0), (900, 2.8)];
    let found = segment(&exact::streams(&exact::speeds(&stops)), LapPolicy::Auto);
    let wanted = [
        (Steady, 0.0),
        (Stop, 900.0),
        (Steady, 960.0),
        (Stop, 1860.0),
        (Steady, 1980.0),
    ];
    assert_eq!(outline(&found), wanted);
    assert_eq!(found.segments[1].moving_s, 0.0);
    let rests = [
        (900, 2.8),
        (200, 4.2),
        (60, 0.0),
        (200, 4.2),
        (60, 0.0),
        (200, 4.2),
        (600, 2.7),
    ];
    let found = segment(&streams(&rests), LapPolicy::Auto);
    let kinds: Vec<SegmentKind> = outline(&found).iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [WarmUp, Work, Rest, Work, Rest, Work, CoolDown]);
    let set = &found.sets[0];
    assert_eq!(set.recovery.as_deref(), Some("1 min standing"));
}

#[test]
fn laps_by_hand_fix_what_was_meant_unless_they_are_to_be_ignored() {
    let mut run = streams(&SET);
    let mut at_s = 0.0;
    for (length, _) in SET {
        let start_s = at_s;
        at_s += length as f64;
        run.marks.laps.push(Lap {
            start_s,
            end_s: at_s,
            trigger: LapTrigger::Manual,
            intensity: Some(Intensity::Active),
            ..Lap::default()
        });
    }
    let found = segment(&run, LapPolicy::Auto);
    assert_eq!(found.laps.used, LapUse::Manual);
    assert_eq!(found.laps.agreement, Some(1.0));
    let starts: Vec<f64> = found.segments.iter().map(|one| one.start_s).collect();
    assert_eq!(
        starts,
        [
            0.0, 900.0, 1140.0, 1260.0, 1500.0, 1620.0, 1860.0, 1980.0, 2220.0
        ]
    );
    let first = &found.segments[1];
    assert_eq!((first.start_low_s, first.start_high_s), (900.0, 900.0));
    assert!(
        first
            .evidence
            .iter()
            .any(|one| one.text == "both ends marked by hand")
    );
    assert!(found.others.is_empty());
    let blind = segment(&run, LapPolicy::Ignore);
    assert_ne!(blind.laps.used, LapUse::Manual);
    assert_eq!(blind.segments.len(), 9);
}

#[test]
fn nothing_is_told_of_a_run_without_speed() {
    let none = Streams {
        elapsed_s: 600.0,
        speed_m_s: crate::channel::Channel::absent(600),
        effort_speed_m_s: crate::channel::Channel::absent(600),
        distance_speed_m_s: crate::channel::Channel::absent(600),
        distance_m: crate::channel::Channel::absent(601),
        ..exact::streams(&[0.0; 600])
    };
    let found = segment(&none, LapPolicy::Auto);
    assert_eq!(found.segments.len(), 1);
    assert!(found.cannot_tell.is_some() && found.efforts.is_empty());
}

#[test]
fn fitting_sees_what_the_program_does() {
    use super::fitting::Bouts;
    for parts in [&SET[..], &TEMPO[..]] {
        let run = streams(parts);
        let found = segment(&run, LapPolicy::Ignore);
        let bouts = Bouts::find(&run);
        let mut said = GATE.first.probabilities(&bouts.first_rows());
        for model in [&GATE.second, &GATE.third] {
            said = model.probabilities(&bouts.later_rows(&said));
        }
        assert_eq!(said.len(), bouts.ranges().len());
        let (told, candidates) = bouts.told(&said);
        let spans = |all: &[Candidate]| -> Vec<(f64, f64, f64)> {
            all.iter()
                .map(|one| (one.start_s, one.end_s, one.log_odds))
                .collect()
        };
        assert_eq!(spans(&candidates), spans(&found.candidates));
        let ranges = bouts.ranges();
        for (place, candidate) in told.iter().zip(&candidates) {
            assert_eq!(ranges[*place].start as f64, candidate.start_s);
        }
        let of_kept = |kept: Vec<(usize, (f64, f64))>| -> Vec<(f64, f64)> {
            kept.into_iter().map(|(_, edges)| edges).collect()
        };
        let is_work = |one: &&Segment| one.kind.is_work();
        let works: Vec<(f64, f64)> = found
            .segments
            .iter()
            .filter(is_work)
            .map(|one| (one.start_s, one.end_s))
            .collect();
        // As the run alone says: a lone block needs its length, which the last stage hears of.
        if parts.len() == SET.len() {
            assert_eq!(of_kept(bouts.kept(&said)), works);
            assert_eq!(of_kept(bouts.edges(bouts.above(&said, 0.5))), works);
        }
        let fourth: Vec<f64> = found
            .candidates
            .iter()
            .map(|one| f64::from(u8::from(one.kept)))
            .collect();
        assert_eq!(of_kept(bouts.kept_of_told(&told, &fourth)), works);
        let known =
            super::fitting::segment_known(&run, LapPolicy::Ignore, &GATE, AthletePast::default());
        assert_eq!(outline(&known), outline(&found));
    }
}

#[test]
fn habits_choose_among_the_readings_of_a_run() {
    let run = streams(&SET);
    let easy = |easy_speed_m_s: f64| {
        let habits = Habits {
            easy_speed_m_s,
            easy_half_width: 0.03,
            critical_speed_m_s: Some(easy_speed_m_s / 0.77),
            ..Habits::default()
        };
        let past = AthletePast {
            habits: Some(&habits),
            race_m: None,
        };
        outline(&super::fitting::segment_known(
            &run,
            LapPolicy::Ignore,
            &GATE,
            past,
        ))
        .len()
    };
    assert_eq!(easy(2.8), 9);
}

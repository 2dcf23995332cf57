//! Candidates that are read again with what is known of the athlete.

#![expect(clippy::float_cmp, reason = "the values are exact")]

use super::*;
fn candidate(start_s: f64, end_s: f64, log_odds: f64) -> Candidate {
    Candidate {
        start_s,
        end_s,
        distance_m: 4.0 * (end_s - start_s),
        effort_speed_m_s: 4.0,
        contrast: 1.4,
        unevenness: 0.5,
        log_odds,
        kept: true,
        ..Candidate::default()
    }
}

/// Three efforts, one that holds the first two, and a race of five kilometres that nobody believes.
fn candidates() -> Vec<Candidate> {
    vec![
        candidate(600.0, 840.0, 2.0),
        candidate(600.0, 1200.0, -1.0),
        candidate(960.0, 1200.0, 1.5),
        candidate(1320.0, 1560.0, 1.0),
        candidate(2000.0, 3250.0, -3.0),
    ]
}

#[test]
fn the_same_seconds_are_agreement() {
    let all = candidates();
    let agree = |one: &[usize], other: &[usize]| agreement(&all, one, other);
    assert!(agree(&[], &[]) == 1.0 && agree(&[0], &[]) == 0.0);
    assert!(agree(&[0, 2], &[0, 2]) == 1.0);
    assert!((agree(&[0, 2], &[0, 3]) - 240.0 / 720.0).abs() < 1e-12);
    assert!((agree(&[0, 2], &[1]) - 480.0 / 600.0).abs() < 1e-12);
}

#[test]
fn a_race_that_the_runner_names_counts_for_the_stretch_of_its_length() {
    let all = candidates();
    assert!(is_race(&all[4], 5000.0) && is_race(&all[4], 5200.0) && is_race(&all[4], 4810.0));
    assert!(!is_race(&all[4], 5220.0) && !is_race(&all[4], 4800.0));
    let odds = |known| -> Vec<f64> {
        let found = probabilities(&all, known, &gate::GATE);
        found.into_iter().map(logit).collect()
    };
    for (odds, one) in odds(AthletePast::default()).iter().zip(&all) {
        assert!((odds - one.log_odds).abs() < 1e-9);
    }
    let raced = odds(AthletePast::race(5000.0));
    assert!(
        (raced[4] - 1.0).abs() < 1e-9 && (raced[0] - 2.0).abs() < 1e-9,
        "{raced:?}"
    );
}

#[test]
fn the_choice_that_is_right_by_what_is_known_is_taken_else_the_likeliest() {
    let all = candidates();
    let choices: [&[usize]; 3] = [&[], &[0, 2, 3], &[0, 2, 3, 4]];
    let read = |choices: &[&[usize]], known| judge_again(&all, choices, known).reading;
    // With nothing known the first, whatever it is.
    assert_eq!(read(&choices, AthletePast::default()), 0);
    assert_eq!(read(&choices, AthletePast::race(5000.0)), 2);
    assert_eq!(read(&choices, AthletePast::race(10_000.0)), 1);
    // None is right: the one whose efforts are worth most above a third is.
    let others: [&[usize]; 3] = [&[1], &[0], &[0, 2]];
    assert_eq!(read(&others, AthletePast::race(10_000.0)), 2);
    let judged = judge_again(&all, &choices, AthletePast::default());
    let calibrated = gate::GATE
        .calibration
        .confidence(judged.probabilities[0], 240);
    assert!((judged.confidence[0] - calibrated).abs() < 1e-12);
    let habits = Habits {
        easy_speed_m_s: 2.5,
        ..Habits::default()
    };
    let known = judge_again(&all, &choices, AthletePast::of(&habits));
    let calibrated = gate::GATE
        .known_calibration
        .confidence(known.probabilities[0], 240);
    assert!((known.confidence[0] - calibrated).abs() < 1e-12);
    let by_habits = gate::GATE.fourth.log_odds(&habits::rows(&all, &habits)[0]);
    assert!((logit(known.probabilities[0]) - 2.0 - by_habits).abs() < 1e-9);
}

#[test]
fn efforts_are_as_sure_as_the_candidates_that_they_are() {
    use crate::segmentation::exact::segment;
    use crate::vocabulary::SegmentKind::*;
    let mut all = candidates();
    all[3].kept = false;
    let judged = Judged {
        reading: 0,
        probabilities: vec![0.1; 5],
        confidence: vec![0.7, 0.2, 0.999, 0.6, 0.5],
    };
    let mut segments = vec![
        segment(Work, 602.0, 840.0, 4.0),
        segment(Recovery, 840.0, 960.0, 2.0),
        segment(Work, 960.0, 1200.0, 4.0),
        segment(Work, 1320.0, 1560.0, 4.0),
    ];
    trust(&mut segments, &all, &judged);
    let sure: Vec<f64> = segments.iter().map(|segment| segment.confidence).collect();
    // Nothing is surer than 0.99; what was not kept is no segment's candidate.
    assert_eq!((sure[0], sure[2], sure[3]), (0.7, 0.99, 0.9));
    assert!(is(&segments[0], &all[0]) && !is(&segments[0], &all[3]));
}

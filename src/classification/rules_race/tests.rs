//! Races told from what is known of the athlete, by hand.

use super::*;
use chrono::NaiveDate;

use crate::history::Confidence;
use crate::history::History;
use crate::history::PastSession;
use crate::history::Reference;
use crate::history::References;
use crate::segmentation::exact::segment;
use crate::settings::Settings;
use crate::streams::HeartRateQuality;
use crate::summary::MeanMax;
use crate::summary::RunSummary;
use crate::vocabulary::SegmentKind;

fn reference(value: f64, confidence: Confidence) -> Option<Reference> {
    Some(Reference::exact(value, confidence))
}

fn known(critical: Confidence, threshold: Confidence) -> References {
    References {
        easy_speed_m_s: reference(2.9, Confidence::High),
        critical_speed_m_s: reference(4.0, critical),
        threshold_heart_rate_bpm: reference(170.0, threshold),
        ..References::default()
    }
}

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, day).expect("a day of May")
}

/// So many runs before the 30th whose best quarter of an hour had a speed.
fn history(count: u32, speed_m_s: f64) -> History {
    let mut history = History::new(Settings::default());
    for day in 1..=count {
        history.push(PastSession {
            day: date(day),
            is_run: true,
            mean_max: vec![MeanMax::exact(900.0, speed_m_s)],
            ..PastSession::default()
        });
    }
    history
}

/// A quarter of an hour at some speed between warm-up and cool-down.
fn block(speed_m_s: f64) -> RunSummary {
    let mut run = RunSummary::default();
    run.head.day = Some(date(30));
    run.data_quality.heart_rate = HeartRateQuality::Valid;
    run.details.mean_heart_rate_bpm = Some(150.0);
    run.segments = vec![
        segment(SegmentKind::WarmUp, 0.0, 900.0, 2.8),
        segment(SegmentKind::Tempo, 900.0, 1800.0, speed_m_s),
        segment(SegmentKind::CoolDown, 1800.0, 2400.0, 2.7),
    ];
    run.head.moving_s = 2400.0;
    run
}

fn told(rule: Option<Rule>) -> Option<(bool, Vec<String>)> {
    let rule = rule?;
    let texts = rule.conditions.iter().map(|one| one.evidence().text);
    Some((rule.is_met(), texts.collect()))
}

#[test]
fn a_block_is_a_race_at_the_best_that_is_possible_for_its_time() {
    let history = history(0, 0.0);
    let references = known(Confidence::High, Confidence::High);
    let by = |run: &RunSummary| told(by_block(&Features::new(run, &references, &history, None)));
    // The modelled best of 15 min is 4 + 180 / 900 = 4.2 m/s.
    let (is_race, texts) = by(&block(4.2)).expect("a block");
    assert!(is_race, "{texts:?}");
    assert!(
        texts[0].contains("at 100 % of the modelled best"),
        "{texts:?}"
    );
    assert!(
        texts[1].contains("the block at 105 % of critical speed"),
        "{texts:?}"
    );
    assert!(!by(&block(4.0)).expect("a block").0);
    // 4.05 m/s are 1.0125 of critical speed, and 3.645 km no distance of a race.
    assert!(!by(&block(4.05)).expect("a block").0);
    let mut short = block(4.4);
    short.segments[1].moving_s = 479.0;
    assert_eq!(by(&short), None);
    let mut among_others = block(4.2);
    among_others
        .segments
        .push(segment(SegmentKind::Work, 2400.0, 2701.0, 4.2));
    assert_eq!(by(&among_others), None);
    among_others.segments[3] = segment(SegmentKind::Work, 2400.0, 2699.0, 4.2);
    assert!(by(&among_others).is_some());
}

#[test]
fn distance_and_heart_rate_of_a_race_lower_the_limit() {
    let history = history(0, 0.0);
    let references = known(Confidence::High, Confidence::High);
    // 3,000 m in 12:21 at 4.05 m/s: 0.955 of the best of that time.
    let mut run = block(4.05);
    run.segments[1] = segment(SegmentKind::Tempo, 900.0, 1641.0, 4.05);
    run.segments[1].heart_rate_bpm = Some(165.0);
    let by = |run: &RunSummary| told(by_block(&Features::new(run, &references, &history, None)));
    let (is_race, texts) = by(&run).expect("a block");
    assert!(is_race, "{texts:?}");
    assert!(
        texts
            .iter()
            .any(|text| text.contains("standard distance: 3000 m")),
        "{texts:?}"
    );
    assert!(
        texts.iter().any(|text| text.contains("97 % of threshold")),
        "{texts:?}"
    );
    run.segments[1].heart_rate_bpm = Some(155.0);
    assert!(!by(&run).expect("a block").0);
}

#[test]
fn a_speed_over_a_guess_is_no_race_unless_something_tells() {
    let run = block(4.2);
    let is_told = |critical, threshold, history: &History| {
        let references = known(critical, threshold);
        is_told(
            &Features::new(&run, &references, history, None),
            (900.0, 4.2),
        )
        .is_none()
    };
    use Confidence::*;
    let none = history(0, 0.0);
    assert!(is_told(High, Low, &none) && is_told(Fair, Low, &none));
    assert!(is_told(LowerBound, Fair, &none));
    assert!(!is_told(LowerBound, Low, &none));
    // Faster than ten others of a year by a fiftieth.
    assert!(is_told(LowerBound, Low, &history(10, 4.11)));
    assert!(!is_told(LowerBound, Low, &history(9, 4.11)));
    assert!(!is_told(LowerBound, Low, &history(10, 4.13)));
}

#[test]
fn own_runs_ask_for_nearly_the_best_of_a_year_and_no_usual_speed() {
    let run = block(4.0);
    let references = known(Confidence::High, Confidence::High);
    let against = |history: &History, speed| {
        let features = Features::new(&run, &references, history, None);
        let conditions = against_own_runs(&features, 900.0, speed);
        conditions
            .iter()
            .map(|one| (one.is_met(), one.evidence().value))
            .collect::<Vec<_>>()
    };
    assert_eq!(against(&history(2, 4.0), 4.0), [(true, Some(1.0))]);
    assert_eq!(against(&history(2, 4.0), 3.7), [(false, Some(0.925))]);
    assert_eq!(
        against(&history(3, 4.0), 4.0),
        [(true, Some(1.0)), (false, None)]
    );
    // As fast is from 0.98 on.
    assert_eq!(against(&history(3, 3.9), 4.0), [(true, Some(1.026))]);
    assert_eq!(against(&history(0, 0.0), 4.0), []);
}

#[test]
fn distances_of_races_are_met_within_what_watches_add() {
    let standard = |metres| standard_distance(Some(metres), AROUND_STANDARD);
    assert_eq!(standard(10_000.0), Some(10_000.0));
    assert_eq!(standard(10_190.0), Some(10_000.0));
    assert_eq!(standard(9960.0), Some(10_000.0));
    assert_eq!(
        (standard(10_210.0), standard(9940.0), standard(7000.0)),
        (None, None, None)
    );
    assert_eq!(standard_distance(None, AROUND_STANDARD), None);
}

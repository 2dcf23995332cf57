//! Each rule by itself: runs made of segments, by an athlete with an easy speed of 2.9 m/s, a critical
//! speed of 4.0 m/s and a threshold of 170 beats.

use super::*;
use crate::history::Confidence;
use crate::history::History;
use crate::history::PastSession;
use crate::history::Reference;
use crate::history::References;
use crate::segmentation::LapUse;
use crate::segmentation::Segment;
use crate::segmentation::exact::segment;
use crate::settings::Settings;
use crate::streams::HeartRateQuality;
use crate::summary::RunSummary;
use crate::vocabulary::SegmentKind::*;

fn reference(value: f64, confidence: Confidence) -> Option<Reference> {
    Some(Reference::exact(value, confidence))
}

fn known() -> References {
    References {
        easy_speed_m_s: reference(2.9, Confidence::High),
        critical_speed_m_s: reference(4.0, Confidence::High),
        threshold_heart_rate_bpm: reference(170.0, Confidence::High),
        ..References::default()
    }
}

/// A run of segments: kind, seconds, speed and heart rate.
fn run(parts: &[(SegmentKind, f64, f64, f64)]) -> RunSummary {
    let mut run = RunSummary::default();
    let mut at_s = 0.0;
    for (kind, seconds, speed, beats) in parts {
        run.segments.push(Segment {
            heart_rate_bpm: Some(*beats),
            ..segment(*kind, at_s, at_s + seconds, *speed)
        });
        at_s += seconds;
    }
    run.head.moving_s = at_s;
    run.data_quality.heart_rate = HeartRateQuality::Valid;
    run.details.mean_heart_rate_bpm = Some(140.0);
    run
}

/// Repetitions with jogs between them, between warm-up and cool-down.
fn set(works: &[(f64, f64, f64)], jog_s: f64) -> RunSummary {
    let mut parts = vec![(WarmUp, 900.0, 2.8, 135.0)];
    for (seconds, speed, beats) in works {
        parts.extend([
            (Work, *seconds, *speed, *beats),
            (Recovery, jog_s, 2.2, 140.0),
        ]);
    }
    parts.pop();
    parts.push((CoolDown, 600.0, 2.7, 135.0));
    run(&parts)
}

/// Asks something of a run, of an athlete with these reference values and no past.
fn ask<T>(run: &RunSummary, references: &References, what: impl Fn(&Features<'_>) -> T) -> T {
    let history = History::new(Settings::default());
    what(&Features::new(run, references, &history, None))
}

/// The conditions of a rule: whether each is met, its words and its number.
fn told(rule: Option<Rule>) -> Vec<(bool, String, Option<f64>)> {
    let conditions = rule.into_iter().flat_map(|rule| rule.conditions);
    let each = conditions.map(|one| {
        let evidence = one.evidence();
        (one.is_met(), evidence.text, evidence.value)
    });
    each.collect()
}

/// Whether a rule has all its conditions, and those that are not met.
fn missed(rule: Option<Rule>) -> Option<Vec<String>> {
    let rule = rule?;
    let unmet = rule.conditions.iter().filter(|one| !one.is_met());
    Some(unmet.map(|one| one.evidence().text).collect())
}

#[test]
fn efforts_are_fast_against_easy_running_or_critical_speed() {
    let are_fast = |seconds: f64, speed: f64, references: &References| {
        ask(
            &set(&[(seconds, speed, 140.0); 3], 60.0),
            references,
            rules_efforts::are_fast,
        )
    };
    // 1.12 of easy speed are 3.248 m/s.
    assert!(are_fast(60.0, 3.25, &known()) && !are_fast(60.0, 3.24, &known()));
    let mut without_easy = known();
    without_easy.easy_speed_m_s = None;
    assert!(are_fast(60.0, 3.8, &without_easy) && !are_fast(60.0, 3.79, &without_easy));
    // Cruise intervals from four minutes on need 0.9.
    assert!(are_fast(240.0, 3.6, &without_easy) && !are_fast(240.0, 3.59, &without_easy));
    assert!(!are_fast(239.0, 3.6, &without_easy));
    assert!(!are_fast(60.0, 9.0, &References::default()));
}

#[test]
fn slow_efforts_of_some_minutes_are_hard_by_heart_rate() {
    let are_fast = |seconds: f64, beats: f64, change: &dyn Fn(&mut RunSummary, &mut References)| {
        let (mut run, mut references) = (set(&[(seconds, 2.9, beats); 3], 60.0), known());
        change(&mut run, &mut references);
        ask(&run, &references, rules_efforts::are_fast)
    };
    // 0.925 of 170 are 157.25.
    assert!(are_fast(180.0, 158.0, &|_, _| {}) && !are_fast(180.0, 157.0, &|_, _| {}));
    assert!(!are_fast(179.0, 158.0, &|_, _| {}));
    assert!(!are_fast(180.0, 158.0, &|_, known| {
        known.threshold_heart_rate_bpm = reference(170.0, Confidence::Low);
    }));
    assert!(!are_fast(180.0, 158.0, &|run, _| {
        run.data_quality.heart_rate = HeartRateQuality::Invalid;
    }));
}

#[test]
fn three_efforts_or_two_long_ones_make_a_session() {
    let missed = |works: &[(f64, f64, f64)], jog_s| {
        missed(ask(&set(works, jog_s), &known(), rules_efforts::intervals)).expect("efforts")
    };
    assert_eq!(missed(&[(120.0, 4.0, 165.0); 3], 60.0), [""; 0]);
    assert_eq!(missed(&[(180.0, 4.0, 165.0); 2], 60.0), [""; 0]);
    assert_eq!(missed(&[(179.0, 4.0, 165.0); 2], 60.0), ["2 efforts"]);
    // 240 s in all, each counted by the square of its intensity: 1.21.
    assert_eq!(missed(&[(70.0, 4.4, 165.0); 3], 60.0), [""; 0]);
    let little = missed(&[(66.0, 4.4, 165.0); 3], 60.0);
    assert!(
        little.len() == 1 && little[0].contains("of effort in all"),
        "{little:?}"
    );
    let fast = missed(&[(40.0, 7.0, 165.0); 3], 60.0);
    assert_eq!(fast, [""; 0]);
    let short = missed(&[(120.0, 4.0, 165.0); 3], 14.0);
    assert!(
        short.len() == 1 && short[0].starts_with("recoveries of about 14 s"),
        "{short:?}"
    );
    let blocks = missed(&[(720.0, 3.8, 165.0); 2], 60.0);
    assert_eq!(blocks, ["2 long blocks"]);
    assert!(ask(&set(&[], 60.0), &known(), rules_efforts::intervals).is_none());
    let shares = told(ask(
        &set(&[(120.0, 4.4, 165.0); 3], 60.0),
        &known(),
        rules_efforts::intervals,
    ));
    let share = shares
        .iter()
        .find(|(_, text, _)| text.contains("of the moving time"));
    // 360 · 1.21 of 1980 s.
    assert_eq!(share.and_then(|(.., value)| *value), Some(0.22));
}

#[test]
fn repetitions_are_short_fast_and_fully_recovered() {
    let missed = |works: &[(f64, f64, f64)], jog_s| {
        missed(ask(
            &set(works, jog_s),
            &known(),
            rules_efforts::repetitions,
        ))
        .expect("efforts")
    };
    assert_eq!(missed(&[(60.0, 4.4, 165.0); 6], 90.0), [""; 0]);
    let long = missed(&[(80.0, 4.4, 165.0); 6], 120.0);
    assert!(
        long.len() == 1 && long[0].starts_with("efforts of about 80 s"),
        "{long:?}"
    );
    let close = missed(&[(60.0, 4.4, 165.0); 6], 70.0);
    assert!(
        close.len() == 1 && close[0].starts_with("recoveries take 117 %"),
        "{close:?}"
    );
    let slow = missed(&[(60.0, 4.25, 165.0); 6], 90.0);
    assert!(
        slow.len() == 1 && slow[0].starts_with("efforts at 106 % of critical"),
        "{slow:?}"
    );
}

#[test]
fn a_fartlek_varies_and_follows_no_pattern() {
    let missed = |lengths: &[f64]| {
        let works: Vec<_> = lengths.iter().map(|length| (*length, 4.0, 165.0)).collect();
        missed(ask(&set(&works, 90.0), &known(), rules_efforts::fartlek)).expect("efforts")
    };
    assert_eq!(missed(&[60.0, 240.0, 120.0, 180.0]), [""; 0]);
    assert_eq!(
        missed(&[60.0, 240.0, 60.0, 240.0]),
        ["the efforts follow a pattern"]
    );
    assert_eq!(
        missed(&[60.0, 120.0, 180.0, 240.0, 180.0, 120.0]),
        ["the efforts follow a pattern"]
    );
    let even = missed(&[170.0, 240.0, 120.0, 180.0]);
    assert!(
        even.len() == 1 && even[0].starts_with("durations of the efforts vary by"),
        "{even:?}"
    );
    // Four of five like a neighbour.
    let alike = missed(&[60.0, 60.0, 240.0, 240.0, 120.0]);
    assert!(
        alike.len() == 1 && alike[0].starts_with("80 % of the efforts"),
        "{alike:?}"
    );
}

#[test]
fn a_programme_that_was_run_easily_is_named_by_its_structure() {
    let rule = |works: usize, speed: f64, used: LapUse| {
        let mut run = set(&vec![(120.0, speed, 140.0); works], 60.0);
        run.laps.used = used;
        missed(ask(&run, &known(), rules_efforts::run_easily))
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(rule(2, 3.0, LapUse::Structured), Some(none.clone()));
    assert_eq!(rule(1, 3.0, LapUse::Structured), None);
    assert_eq!(rule(3, 3.0, LapUse::Manual), None);
    // By 1.06 of easy speed or 0.88 of critical speed, whichever says so more clearly.
    assert_eq!(rule(3, 3.52, LapUse::Structured), Some(none));
    assert!(rule(3, 3.53, LapUse::Structured).is_some_and(|missed| missed.len() == 1));
}

#[test]
fn hills_climb_or_lead_up_the_same_ground() {
    let mut run = set(&[(90.0, 3.6, 165.0); 5], 90.0);
    assert!(ask(&run, &known(), rules_efforts::hills).is_none());
    for segment in run.segments.iter_mut().filter(|one| one.kind == Work) {
        segment.slope = Some(0.05);
    }
    let found = told(ask(&run, &known(), rules_efforts::hills));
    assert_eq!(
        found.last().map(|(met, _, value)| (*met, *value)),
        Some((true, Some(0.05)))
    );
    assert!(ask(&run, &known(), rules_efforts::hills_by_ground).is_none());
    let by_ground = |same: usize, speed: f64| {
        let mut run = set(&[(90.0, speed, 165.0); 6], 90.0);
        run.details.ground = Some(crate::summary::RepeatedGround {
            same,
            ..crate::summary::RepeatedGround::default()
        });
        missed(ask(&run, &known(), rules_efforts::hills_by_ground)).expect("efforts")
    };
    assert_eq!(by_ground(5, 3.2), [""; 0]);
    // Four are enough for a session, not of six: 0.7 of them are 4.2.
    assert_eq!(by_ground(4, 3.2).len(), 1);
    let flat = by_ground(6, 4.1);
    assert!(
        flat.len() == 1 && flat[0].contains("over the ground"),
        "{flat:?}"
    );
}

#[test]
fn tempo_is_told_by_speed_and_heart_rate_of_its_blocks() {
    let tempo = |parts: &[(SegmentKind, f64, f64, f64)], references: &References| {
        told(ask(&run(parts), references, rules_sustained::tempo))
    };
    let block = |seconds, speed, beats| {
        [
            (WarmUp, 900.0, 2.8, 135.0),
            (SegmentKind::Tempo, seconds, speed, beats),
            (CoolDown, 600.0, 2.7, 135.0),
        ]
    };
    let found = tempo(&block(1500.0, 3.8, 168.0), &known());
    assert!(found.iter().all(|(met, ..)| *met), "{found:?}");
    assert_eq!(found[0].1, "25 min of sustained effort (at least 15 min)");
    // 3.8 of 4.0 and 168 of 170, told together.
    assert!(
        found[1].1.starts_with("95 % of critical speed")
            && found[1].1.contains("99 % of threshold"),
        "{found:?}"
    );
    assert!(
        found[2].1.starts_with("131 % of habitual easy speed"),
        "{found:?}"
    );
    assert!(!tempo(&block(899.0, 3.8, 168.0), &known())[0].0);
    assert!(tempo(&block(479.0, 3.8, 168.0), &known()).is_empty());
    // More than an hour has to be in the middle zone, whatever heart rate says.
    let is_asked = |seconds, speed| {
        let found = tempo(&block(seconds, speed, 160.0), &known());
        found
            .iter()
            .find(|(_, text, _)| text.starts_with("more than an hour"))
            .map(|(met, ..)| *met)
    };
    assert_eq!(
        (
            is_asked(3600.0, 3.3),
            is_asked(3601.0, 3.3),
            is_asked(3601.0, 3.4)
        ),
        (None, Some(false), Some(true))
    );
    // Without efforts, and where critical speed was measured, speed alone.
    let whole = [(Steady, 1800.0, 3.8, 150.0)];
    let found = tempo(&whole, &known());
    assert!(
        found[1].1.starts_with("95 % of critical speed") && !found[1].1.contains("threshold"),
        "{found:?}"
    );
    let mut assumed = known();
    assumed.critical_speed_m_s = reference(4.0, Confidence::LowerBound);
    // Where it is a lower bound, the better of both.
    let found = tempo(&[(Steady, 1800.0, 3.5, 165.0)], &assumed);
    assert!(
        found[1].0 && found[1].1.contains("97 % of threshold"),
        "{found:?}"
    );
    let found = tempo(&block(1500.0, 3.3, 165.0), &assumed);
    assert!(
        found[1].0 && found[1].1.starts_with("heart rate at 97 %"),
        "{found:?}"
    );
}

#[test]
fn a_progression_rises_to_the_middle_zone() {
    let progression = |share: f64, thirds: [f64; 3], moving_s: f64| {
        let mut run = run(&[(Steady, moving_s, 3.2, 150.0)]);
        run.details.pacing.rising_share = Some(share);
        run.details.pacing.thirds_m_s = Some(thirds);
        missed(ask(&run, &known(), rules_sustained::progression)).expect("a pace")
    };
    assert_eq!(progression(0.8, [3.0, 3.2, 3.5], 1800.0), [""; 0]);
    assert_eq!(progression(0.74, [3.0, 3.2, 3.5], 1800.0).len(), 1);
    let flat = progression(0.8, [3.4, 3.5, 3.6], 1800.0);
    assert!(
        flat.len() == 1 && flat[0].starts_with("last third at 105.9 % of the first"),
        "{flat:?}"
    );
    let slow = progression(0.8, [2.8, 3.0, 3.28], 1800.0);
    assert!(
        slow.len() == 1 && slow[0].starts_with("last third at 82 % of critical"),
        "{slow:?}"
    );
    assert_eq!(progression(0.8, [3.0, 3.2, 3.5], 1199.0).len(), 1);
    assert!(
        ask(
            &run(&[(Steady, 1800.0, 3.2, 150.0)]),
            &known(),
            rules_sustained::progression
        )
        .is_none()
    );
}

#[test]
fn a_recovery_run_is_short_slow_and_soon_after_a_hard_one() {
    let recovery = |seconds: f64, speed: f64, hours: Option<i64>| {
        let mut run = run(&[(Steady, seconds, speed, 130.0)]);
        run.details.mean_heart_rate_bpm = Some(130.0);
        let start = chrono::DateTime::UNIX_EPOCH + chrono::Duration::days(100);
        (run.head.start_time, run.head.day) = (Some(start), Some(start.date_naive()));
        let mut history = History::new(Settings::default());
        if let Some(hours) = hours {
            let end = start - chrono::Duration::hours(hours);
            history.push(PastSession {
                day: end.date_naive(),
                start: end,
                end,
                is_run: true,
                quality: true,
                ..PastSession::default()
            });
        }
        let references = known();
        told(Some(rules_easy::recovery(&Features::new(
            &run,
            &references,
            &history,
            None,
        ))))
    };
    let unmet = |found: &[(bool, String, Option<f64>)]| -> Vec<usize> {
        found
            .iter()
            .enumerate()
            .filter(|(_, one)| !one.0)
            .map(|(index, _)| index)
            .collect()
    };
    let found = recovery(1800.0, 2.6, Some(20));
    assert_eq!(unmet(&found), [0; 0], "{found:?}");
    assert!(
        found[0].1.starts_with("30 min moving (") && found[1].1.starts_with("90 % of usual easy"),
        "{found:?}"
    );
    let text = |seconds| {
        recovery(seconds, 2.6, Some(20))[0]
            .1
            .contains("longer than the usual")
    };
    assert_eq!(
        [2400.0, 2401.0, 2700.0, 2701.0].map(text),
        [false, true, true, false]
    );
    assert_eq!(unmet(&recovery(899.0, 2.6, Some(20))), [0]);
    assert_eq!(unmet(&recovery(2701.0, 2.6, Some(20))), [0]);
    assert_eq!(unmet(&recovery(1800.0, 2.74, Some(20))), [1]);
    assert_eq!(unmet(&recovery(1800.0, 2.6, Some(37))), [3]);
    assert_eq!(unmet(&recovery(1800.0, 2.6, None)), [3]);
}

#[test]
fn the_middle_zone_is_told_by_speed_and_heart_rate_together() {
    let steady =
        |parts: &[(SegmentKind, f64, f64, f64)], mean_bpm: f64, references: &References| {
            let mut run = run(parts);
            run.details.mean_heart_rate_bpm = Some(mean_bpm);
            ask(&run, references, |features| {
                (
                    told(rules_easy::steady(features)),
                    told(Some(rules_easy::easy(features))),
                )
            })
        };
    // 0.85 of critical speed and 0.894 of threshold.
    let (found, easy) = steady(&[(Steady, 2400.0, 3.4, 152.0)], 152.0, &known());
    assert!(found.iter().all(|one| one.0) && !easy[0].0, "{found:?}");
    assert!(
        found[0].1.starts_with("85 % of critical speed")
            && found[0].1.contains("89.4 % of threshold"),
        "{found:?}"
    );
    let (found, easy) = steady(&[(Steady, 2400.0, 3.2, 145.0)], 145.0, &known());
    assert!(!found[0].0 && easy[0].0);
    assert!(!steady(&[(Steady, 1199.0, 3.4, 152.0)], 152.0, &known()).0[1].0);
    // A block of twenty minutes speaks for the run, a shorter one leaves that to the running around it.
    let with_block = |seconds| {
        let parts = [
            (WarmUp, 2400.0, 2.8, 135.0),
            (SegmentKind::Tempo, seconds, 3.6, 160.0),
        ];
        steady(&parts, 142.0, &known()).0[0].1.clone()
    };
    assert!(
        with_block(1200.0).starts_with("90 % of critical"),
        "{}",
        with_block(1200.0)
    );
    assert!(
        with_block(1199.0).starts_with("70 % of critical"),
        "{}",
        with_block(1199.0)
    );
    // A guess at threshold says nothing against a speed.
    let mut guessed = known();
    guessed.threshold_heart_rate_bpm = reference(170.0, Confidence::Low);
    let (found, _) = steady(&[(Steady, 2400.0, 3.4, 152.0)], 152.0, &guessed);
    assert!(!found[0].1.contains("threshold"), "{found:?}");
}

#[test]
fn the_base_is_the_running_outside_efforts_where_that_is_half_of_it() {
    let base = |parts: &[(SegmentKind, f64, f64, f64)]| {
        ask(&run(parts), &known(), rules_easy::base_speed).map(|speed| (speed * 1000.0).round())
    };
    assert_eq!(
        base(&[(WarmUp, 600.0, 2.5, 130.0), (Work, 600.0, 4.0, 160.0)]),
        Some(2500.0)
    );
    assert_eq!(
        base(&[(WarmUp, 599.0, 2.5, 130.0), (Work, 600.0, 4.0, 160.0)]),
        Some(3251.0)
    );
}

#[test]
fn a_run_is_long_by_itself_or_within_its_week() {
    use chrono::NaiveDate;
    let day = |day: u32| NaiveDate::from_ymd_opt(2026, 5, day).expect("a day of May");
    // Runs of so many minutes on the days before the 30th, two days apart.
    let long = |minutes: f64, past: &[f64]| {
        let mut run = run(&[(Steady, 60.0 * minutes, 2.8, 140.0)]);
        run.head.day = Some(day(30));
        let mut history = History::new(Settings::default());
        for (place, minutes) in past.iter().enumerate() {
            let before = u32::try_from(2 * (past.len() - place)).expect("a few");
            history.push(PastSession {
                day: day(30 - before),
                is_run: true,
                easy: true,
                moving_s: 60.0 * minutes,
                ..PastSession::default()
            });
        }
        let references = known();
        told(Some(super::long(&Features::new(
            &run,
            &references,
            &history,
            None,
        ))))
        .remove(0)
    };
    let none: [f64; 0] = [];
    assert!(long(90.0, &none).0 && !long(89.0, &none).0);
    // Half as long again as usual, from 75 to 90 minutes.
    let usual = |minutes| [minutes; 13];
    let after_longer = |minutes| {
        let mut past = usual(minutes);
        past[12] = 100.0;
        past
    };
    assert!(long(82.5, &after_longer(55.0)).0 && !long(82.0, &after_longer(55.0)).0);
    assert!(!long(89.0, &after_longer(70.0)).0 && long(90.0, &after_longer(70.0)).0);
    assert!(!long(74.0, &after_longer(40.0)).0 && long(75.0, &after_longer(40.0)).0);
    let by_week = long(65.0, &usual(40.0));
    // Thirteen runs of 40 minutes in 26 days are 140 a week.
    assert!(
        by_week.0 && by_week.1.starts_with("longest run of two weeks and 46 %"),
        "{by_week:?}"
    );
    assert!(!long(59.0, &usual(40.0)).0);
    let mut longer = usual(40.0);
    longer[12] = 65.0;
    assert!(!long(65.0, &longer).0);
}

#[test]
fn efforts_inside_a_long_run_leave_it_one_while_an_hour_lies_beside_them() {
    let beside = |recovery_s: f64, easy_s: f64| {
        let parts = [
            (WarmUp, easy_s, 2.8, 140.0),
            (Work, 600.0, 3.8, 165.0),
            (Recovery, recovery_s, 2.5, 145.0),
            (Work, 600.0, 3.8, 165.0),
        ];
        let found = told(ask(&run(&parts), &known(), super::long_with_efforts));
        (found[1].0, found[1].2)
    };
    assert_eq!(beside(299.0, 3600.0), (true, Some(3600.0)));
    assert_eq!(beside(299.0, 3599.0), (false, Some(3599.0)));
    assert_eq!(beside(300.0, 3300.0), (true, Some(3600.0)));
    assert!(
        ask(
            &run(&[(Steady, 7200.0, 2.8, 140.0)]),
            &known(),
            super::long_with_efforts
        )
        .is_none()
    );
}

#[test]
fn walking_in_turn_is_a_programme_or_much_of_it_on_ground_that_is_not_steep() {
    let turns = |spread: Option<f64>, walked: f64, climb_m: Option<f64>| {
        let mut run = run(&[(Steady, 3600.0, 2.0, 130.0)]);
        run.details.walk_share = walked;
        run.details.turns = Some(crate::summary::Turns {
            count: 8,
            median_s: 180.0,
            speed_m_s: 2.6,
            spread,
        });
        run.head.distance_m = Some(5000.0);
        run.head.ascent_m = climb_m;
        missed(ask(&run, &known(), super::run_walk)).expect("turns")
    };
    assert_eq!(turns(Some(0.3), 0.15, None), [""; 0]);
    assert_eq!(turns(Some(0.31), 0.15, None), ["walks without a pattern"]);
    assert_eq!(turns(Some(0.31), 0.25, None), [""; 0]);
    assert_eq!(turns(None, 0.24, None), ["walks without a pattern"]);
    // A hundred metres of five kilometres are the limit.
    assert_eq!(turns(None, 0.25, Some(100.0)), [""; 0]);
    assert_eq!(
        turns(None, 0.25, Some(101.0)),
        ["walks as the hills ask for them"]
    );
    assert_eq!(turns(Some(0.1), 0.25, Some(500.0)), [""; 0]);
    assert_eq!(turns(Some(0.1), 0.09, None).len(), 1);
    assert_eq!(turns(Some(0.1), 0.86, None).len(), 1);
}

#[test]
fn a_run_is_short_by_time_or_distance_unless_it_holds_a_set() {
    let short = |seconds: f64, metres: f64| {
        let mut run = run(&[(Steady, seconds, 2.8, 140.0)]);
        run.head.distance_m = Some(metres);
        ask(&run, &known(), super::short).is_met()
    };
    assert!(
        short(480.0, 1300.0)
            && !short(481.0, 1300.0)
            && short(900.0, 1000.0)
            && !short(900.0, 1001.0)
    );
    let set = run(&[
        (Work, 120.0, 4.2, 170.0),
        (Recovery, 40.0, 2.0, 150.0),
        (Work, 120.0, 4.2, 170.0),
        (Recovery, 40.0, 2.0, 150.0),
        (Work, 120.0, 4.2, 170.0),
    ]);
    assert!(!ask(&set, &known(), super::short).is_met());
    let walked = |share: f64| {
        let mut run = run(&[(Steady, 3600.0, 1.6, 110.0)]);
        run.details.walk_share = share;
        ask(&run, &known(), super::walk).is_met()
    };
    assert!(walked(0.6) && !walked(0.59));
}

#[test]
fn a_stretch_far_faster_than_easy_running_is_an_effort() {
    let by_far = |speed| {
        ask(&set(&[], 60.0), &known(), |features| {
            rules_efforts::is_faster_by_far(features, speed)
        })
    };
    assert!(by_far(3.25) && !by_far(3.24));
    let unknown = |speed| {
        ask(&set(&[], 60.0), &References::default(), |features| {
            rules_efforts::is_faster_by_far(features, speed)
        })
    };
    assert!(!unknown(9.0));
}

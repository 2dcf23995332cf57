//! What is said of the effort within a session: intensity sources, execution, the end of long runs.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::made_up::Before;
use super::made_up::But;
use super::made_up::LATER;
use super::made_up::Who::Club;
use super::made_up::session;
use super::*;
use crate::settings::Corrections;
use crate::summary::Histogram;
use crate::summary::RunSummary;
use crate::vocabulary::Gauge;
use crate::vocabulary::LoadMethod;
use crate::vocabulary::ZoneBasis;

/// Returns the session of a run of the club runner some days after the eight weeks.
fn judged(parts: &str) -> Session {
    session(Club, Before::DaysOff, parts, &[])
}

#[test]
fn steady_running_is_rated_by_speed_and_heart_rate_together() {
    // 2.9 m/s is 0.72 of critical speed; its usual heart rate is 140.
    let usual = judged("run 60:00 easy");
    let zones = usual.distribution.unwrap();
    assert_eq!(zones.basis, ZoneBasis::EffortSpeedAndHeartRate);
    assert!(
        zones.zone_s[0] > 3590.0 && zones.disagreement_s < 1.0,
        "{zones:?}"
    );
    assert!(!usual.expectation.unexpectedly_hard);
    // At 180 beats heart rate says more than threshold: it does not stay an easy hour, and both are
    // said.
    let higher = [But::HigherHeartRate(40.0)];
    let hot = session(Club, Before::DaysOff, "run 60:00 easy", &higher);
    let zones = hot.distribution.unwrap();
    assert!(zones.zone_s[1] > 3000.0, "{zones:?}");
    assert!((zones.disagreement_s - 3600.0).abs() < 1.0, "{zones:?}");
    let total: f64 = zones.five_zone_s.iter().sum();
    assert!((total - 3600.0).abs() < 1.0, "{zones:?}");
    let says = |word: &str| hot.evidence.iter().any(|e| e.text.contains(word));
    assert!(says("harder than speed"), "{:?}", hot.evidence);
    assert!(hot.expectation.unexpectedly_hard, "{:?}", hot.expectation);
    assert!(hot.tags.iter().any(|tag| tag == "unexpectedly_hard"));
}

#[test]
fn short_repetitions_are_rated_by_speed_alone() {
    let session = judged("up 15:00; 12x: work 0:40 125%, jog 1:00; down 10:00");
    let zones = session.distribution.unwrap();
    // 12 × 40 s at 1.25 of critical speed, but for the seconds that smoothing takes at the edges.
    assert!((zones.zone_s[2] - 480.0).abs() < 40.0, "{zones:?}");
}

#[test]
fn power_rates_where_slopes_make_speed_uncertain_and_says_so() {
    let mut runs = Club.eight_weeks();
    // 80 W for each metre per second, on every run of the eight weeks.
    for run in &mut runs {
        run.details.power_w = Some(230.0);
        run.details.power_source = Some("native".to_owned());
        for block in &mut run.details.steady_blocks {
            block.power_w = Some(80.0 * block.effort_speed_m_s);
        }
    }
    let mut hilly = Club.run(LATER, 0, "run 60:00 easy", &[]);
    // An hour at 270–280 W, 0.86 of what critical speed takes; a bin is 10 W wide.
    hilly.details.histograms[0].power = Histogram {
        first: 27,
        seconds: vec![3600],
    };
    hilly.details.steady_blocks.clear();
    hilly.segments[0].effort_uncertainty = Some(0.08);
    let path = hilly.head.source.path.clone();
    let judged = |own: RunSummary| {
        let mut all = runs.clone();
        all.push(own);
        let sessions = judge(all, &Club.settings(), &Corrections::default(), false);
        let mut sessions = sessions.into_iter();
        sessions.find(|s| s.head.source.path == path).unwrap()
    };
    let session = judged(hilly.clone());
    let critical = session.references.critical_power_w.as_ref().unwrap();
    let speed = session.references.critical_speed_m_s.as_ref().unwrap();
    assert!(
        (critical.value - 80.0 * speed.value).abs() < 2.0,
        "{critical:?}"
    );
    let zones = session.distribution.as_ref().unwrap();
    // The middle zone, which speed alone (0.72) does not show.
    assert_eq!(zones.basis, ZoneBasis::Power);
    assert!(zones.zone_s[1] > 3500.0, "{zones:?}");
    let load = session.load.as_ref().unwrap();
    assert_eq!(load.method, LoadMethod::Power);
    assert!((load.coverage - 1.0).abs() < 1e-9);
    let others = load.alternatives.iter();
    let methods: Vec<LoadMethod> = others.map(|other| other.method).collect();
    assert_eq!(methods, [LoadMethod::EffortSpeed, LoadMethod::HeartRate]);
    // On level ground speed stays the gauge, and power stands beside it.
    hilly.segments[0].effort_uncertainty = Some(0.01);
    let session = judged(hilly);
    assert_eq!(
        session.load.as_ref().unwrap().method,
        LoadMethod::EffortSpeed
    );
    let sources = &session.distribution.as_ref().unwrap().by_gauge;
    assert!(sources.iter().any(|zones| zones.gauge == Gauge::Power));
}

#[test]
fn a_workout_says_how_it_was_carried_out() {
    let session = judged("up 15:00; 6x: work 4:00 102.5%, jog 2:00; down 10:00");
    let execution = session.execution.unwrap();
    assert!((execution.work_s - 1440.0).abs() < 1.0);
    assert_eq!(execution.warm_up_s, Some(900.0));
    assert_eq!(execution.cool_down_s, Some(600.0));
    assert_eq!(execution.strides_before, 0);
    // Far from what six times four minutes with these rests allow, and by hand in the balance's own
    // tests.
    let found = execution.of_modelled_best.unwrap();
    assert!((0.90..0.97).contains(&found), "{found}");
    assert!(!execution.raced);
    assert_eq!(judged("run 45:00 easy").execution, None);
}

#[test]
fn a_long_run_that_falls_off_says_so() {
    let session = judged("run 10:00 2.8; run 66:40 2.9; run 33:20 2.61");
    let durability = session.durability.into_inner();
    // The second and the last of three equal thirds of 6000 s: 2.9 and 2.61, a tenth slower.
    let change = durability.effort_speed_change_pct.unwrap();
    assert!((change + 10.0).abs() < 0.3, "{durability:?}");
    // 139.9 and 130.9 beats, in whole numbers.
    let beats = durability.heart_rate_change_bpm.unwrap();
    assert!((beats + 9.0).abs() < 0.5, "{durability:?}");
    // 0.9 · 139.9 / 130.9 − 1.
    let efficiency = durability.efficiency_change_pct.unwrap();
    assert!((efficiency + 3.8).abs() < 0.5, "{durability:?}");
    assert_eq!(session.split.unwrap().word, SplitWord::Positive);
    let short = judged("run 45:00 easy");
    assert!(
        short
            .durability
            .into_inner()
            .reason
            .unwrap()
            .contains("too short")
    );
}

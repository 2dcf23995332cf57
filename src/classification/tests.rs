//! What holds of all sessions: nothing of the future, the same bytes again, corrections, zones, load.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::made_up::Before;
use super::made_up::But;
use super::made_up::LATER;
use super::made_up::Who;
use super::made_up::Who::Beginner;
use super::made_up::Who::Club;
use super::made_up::Who::Newcomer;
use super::made_up::session;
use super::*;
use crate::history::Confidence;
use crate::ingest::Sport;
use crate::settings::Corrections;
use crate::settings::Settings;
use crate::summary::RunSummary;
use crate::vocabulary::LoadMethod;

/// Returns a run of the club runner on a day (counted from a Monday).
fn run(day: i64, parts: &str) -> RunSummary {
    Club.run(day, 0, parts, &[])
}

/// Returns the session of a run of the club runner some days after the eight weeks.
fn judged(parts: &str) -> Session {
    session(Club, Before::DaysOff, parts, &[])
}

const EASY: &str = "run 45:00 easy";

#[test]
fn reference_values_are_found_from_the_runs() {
    let references = judged(EASY).references.into_inner();
    let easy = references.easy_speed_m_s.unwrap();
    assert!((easy.value - 2.88).abs() < 0.05, "{easy:?}");
    let critical = references.critical_speed_m_s.unwrap();
    assert!((critical.value - 4.0).abs() < 0.12, "{critical:?}");
    let threshold = references.threshold_heart_rate_bpm.unwrap();
    assert!((threshold.value - 168.0).abs() < 8.0, "{threshold:?}");
}

#[test]
fn nothing_of_a_run_or_of_later_ones_enters_its_references() {
    let before = judged(EASY);
    let mut runs = Club.eight_weeks();
    let case = run(LATER, EASY);
    let path = case.head.source.path.clone();
    runs.push(case);
    runs.push(run(LATER + 1, "run 60:00 4.6"));
    runs.push(Club.run(LATER, 8, "run 60:00 4.6", &[]));
    let sessions = judge(runs, &Club.settings(), &Corrections::default(), false);
    let after = sessions.into_iter().find(|s| s.head.source.path == path);
    assert_eq!(after, Some(before));
}

#[test]
fn one_file_alone_is_judged_and_says_how_little_is_known() {
    let parts = "up 15:00; 6x: work 4:00 102.5%, jog 2:00; down 10:00";
    let session = session(Newcomer, Before::Alone, parts, &[]);
    assert_eq!(session.kind, SessionKind::Intervals);
    let sure = session.kind_confidence;
    assert!(
        sure <= 1.0 - Calibration::of(session.kind, true).lapse,
        "{sure}"
    );
    let says = |word: &str| session.evidence.iter().any(|e| e.text.contains(word));
    assert!(says("low confidence"), "{:?}", session.evidence);
    let critical = session.references.into_inner().critical_speed_m_s.unwrap();
    assert_eq!(critical.confidence, Confidence::Low);
}

#[test]
fn folding_judged_sessions_again_gives_the_same_bytes() {
    let corrections =
        Corrections::parse("[\"0000000000c8\"]\nkind = \"steady\"\nrpe = 4\n").unwrap();
    let mut runs = Club.eight_weeks();
    let mut ride = Club.run(3, 9, "run 30:00 4.0", &[But::Other(Sport::Cycling)]);
    ride.perceived_exertion = Some(3.0);
    ride.details.perceived_exertion = Some(3.0);
    let mut undated = Club.run(5, 9, "run 30:00 easy", &[]);
    (undated.head.start_time, undated.head.day) = (None, None);
    runs.extend([ride, undated]);
    for hindsight in [false, true] {
        let first = judge(runs.clone(), &Club.settings(), &corrections, hindsight);
        let text = serde_json::to_string(&first).unwrap();
        let stored: Vec<Session> = serde_json::from_str(&text).unwrap();
        let again = stored.into_iter().rev().map(Session::into_run).collect();
        let second = judge(again, &Club.settings(), &corrections, hindsight);
        assert_eq!(serde_json::to_string(&second).unwrap(), text);
    }
}

#[test]
fn corrections_win_and_leave_what_was_found_in_the_evidence() {
    let corrections = Corrections::parse(
        "[\"000000000000\"]\nkind = \"tempo\"\nrpe = 8\nnote = \"windy\"\n\
         [\"0000000000c8\"]\nexclude = true\n",
    )
    .unwrap();
    let runs = vec![run(0, EASY), run(2, EASY), run(3, EASY)];
    let sessions = judge(runs, &Settings::default(), &corrections, false);
    assert_eq!(sessions[0].kind, SessionKind::Tempo);
    assert!(sessions[0].corrected && sessions[0].quality);
    assert_eq!(sessions[0].perceived_exertion, Some(8.0));
    assert_eq!(sessions[0].note.as_deref(), Some("windy"));
    assert_eq!(
        sessions[0].evidence[0].text,
        "you named it tempo; it looked like easy"
    );
    assert!(sessions[1].excluded);
    // The tempo run ended at 6:45 on day 0; the third run starts at 6:00 on day 3.
    assert_eq!(sessions[2].hours_since_key_session, Some(71.3));
    let easy = sessions[2].references.easy_speed_m_s.as_ref();
    // Only the first run is known, and as a tempo run it shows no easy habit.
    assert_eq!(easy.map(|r| r.source.as_str()), Some("this run alone"));
}

#[test]
fn zones_add_up_and_a_session_at_threshold_costs_more_than_an_easy_hour() {
    let hard = judged("up 15:00; 10x: work 3:00 95%, jog 1:00; down 10:00");
    let easy = judged("run 60:00 easy");
    let points = |session: &Session| session.load.clone().unwrap().value;
    assert!(
        points(&hard) > 1.3 * points(&easy),
        "{} {}",
        points(&hard),
        points(&easy)
    );
    let load = hard.load.clone().unwrap();
    assert_eq!(load.method, LoadMethod::EffortSpeed);
    assert_eq!(load.by_segment.len(), hard.segments.len());
    let distribution = hard.distribution.unwrap();
    let total: f64 = distribution.zone_s.iter().sum();
    assert!((total - hard.head.moving_s).abs() < 1.0);
    // 10 × 3 min at 95 % of critical speed.
    assert!(
        (distribution.zone_s[1] - 1800.0).abs() < 60.0,
        "{distribution:?}"
    );
    assert_eq!(distribution.goal_zone, 2);
    assert!(distribution.middle_outside_quality_s < 60.0);
}

#[test]
fn a_run_without_speed_and_heart_rate_is_undecided() {
    let session = session(
        Newcomer,
        Before::Alone,
        EASY,
        &[But::NoSpeed, But::NoHeartRate],
    );
    assert_eq!(session.kind, SessionKind::Undecided);
    assert!(
        session.evidence[0]
            .text
            .contains("no speed and no heart rate")
    );
    assert!(session.load.is_none() && session.distribution.is_none());
}

#[test]
fn another_sport_is_cross_training_with_a_load_by_heart_rate() {
    let ride = [But::Other(Sport::Cycling)];
    let session = session(Club, Before::DaysOff, "run 60:00 3.0", &ride);
    assert_eq!(session.kind, SessionKind::CrossTraining);
    assert!(session.segments.is_empty() && session.distribution.is_none());
    assert_eq!(session.load.unwrap().method, LoadMethod::HeartRate);
}

#[test]
fn what_the_user_says_was_no_run_teaches_nothing_about_running() {
    let ride = "run 45:00 7.0";
    let runs = || vec![run(0, EASY), run(2, EASY), run(4, ride), run(6, EASY)];
    let critical = |corrections: &str| {
        let corrections = Corrections::parse(corrections).unwrap();
        let sessions = judge(runs(), &Settings::default(), &corrections, false);
        let critical = sessions[3].references.critical_speed_m_s.clone();
        (critical.unwrap().value, sessions)
    };
    let (misled, _) = critical("");
    assert!(misled > 5.0, "{misled}");
    let (sound, sessions) = critical("[\"000000000190\"]\nkind = \"cross_training\"\n");
    assert!((3.4..4.2).contains(&sound), "{sound}");
    assert!(sessions[2].corrected && sessions[2].distribution.is_none());
    assert_eq!(
        sessions[2].load.as_ref().unwrap().method,
        LoadMethod::HeartRate
    );
}

#[test]
fn a_ride_cannot_be_named_a_run() {
    let ride = Club.run(0, 0, "run 60:00 7.0", &[But::Other(Sport::Cycling)]);
    let corrections = Corrections::parse("[\"000000000000\"]\nkind = \"tempo\"\n").unwrap();
    let sessions = judge(vec![ride], &Settings::default(), &corrections, false);
    assert_eq!(sessions[0].kind, SessionKind::CrossTraining);
    assert!(!sessions[0].quality);
    let reason = &sessions[0].evidence[0].text;
    assert!(
        reason.contains("you named it tempo, but the file is not a run"),
        "{reason}"
    );
}

#[test]
fn the_second_race_of_a_day_is_one_too() {
    let settings = Settings::parse(
        "[[races]]\nday = 2026-01-05\ndistance_m = 42195\n\
         [[races]]\nday = 2026-01-05\ndistance_m = 7000\n",
    )
    .unwrap();
    let sessions = judge(
        vec![run(0, "run 7000m easy")],
        &settings,
        &Corrections::default(),
        false,
    );
    assert_eq!(sessions[0].kind, SessionKind::Race);
}

#[test]
fn a_run_is_hilly_from_fifteen_metres_up_in_a_kilometre() {
    let is_hilly = |ascent_m| {
        let mut run = run(0, EASY);
        run.head.distance_m = Some(8000.0);
        run.head.ascent_m = ascent_m;
        let none = Corrections::default();
        let sessions = judge(vec![run], &Settings::default(), &none, false);
        sessions[0].tags.iter().any(|tag| tag == "hilly")
    };
    assert!(is_hilly(Some(120.0)));
    assert!(!is_hilly(Some(119.0)) && !is_hilly(None));
}

#[test]
fn a_race_that_was_planned_may_be_seven_kilometres_off_by_a_sixth() {
    let kind = |metres: u32, parts: &str| {
        let text = format!("[[races]]\nday = 2026-01-05\ndistance_m = {metres}\n");
        let settings = Settings::parse(&text).unwrap();
        let none = Corrections::default();
        judge(vec![run(0, parts)], &settings, &none, false)[0].kind
    };
    for (metres, is_race) in [(6100, true), (8200, true), (6000, false), (8400, false)] {
        assert_eq!(
            kind(metres, "run 7000m easy") == SessionKind::Race,
            is_race,
            "{metres} m"
        );
    }
}

#[test]
fn a_title_names_what_has_totals_alone_and_a_race_is_faster_than_easy() {
    let judged = |title: &str, seconds: f64| {
        let mut runs = Club.eight_weeks();
        let mut bare = run(LATER, EASY);
        bare.segments.clear();
        bare.data_quality.heart_rate = crate::streams::HeartRateQuality::None;
        bare.head.name = Some(title.to_owned());
        bare.head.distance_m = Some(10_000.0);
        (bare.head.moving_s, bare.head.elapsed_s) = (seconds, seconds);
        let path = bare.head.source.path.clone();
        runs.push(bare);
        let sessions = judge(runs, &Club.settings(), &Corrections::default(), false);
        let session = sessions.into_iter().find(|s| s.head.source.path == path);
        session.unwrap()
    };
    // Easy is 2.88 m/s: a race is run at 3.02 and more.
    let race = judged("10K race", 10_000.0 / 3.1);
    assert_eq!(race.kind, SessionKind::Race);
    let slow = judged("10K race", 10_000.0 / 2.9);
    assert_ne!(slow.kind, SessionKind::Race);
    let said = |session: &Session| {
        let mut texts = session.evidence.iter();
        texts.any(|one| one.text.contains("the recording does not show it"))
    };
    assert!(said(&slow) && !said(&race));
    let told = |session: &Session| {
        let mut texts = session.evidence.iter();
        texts.any(|one| one.text.contains("nothing but totals is known"))
    };
    assert!(told(&slow) && told(&race));
}

#[test]
fn a_workout_that_felt_like_a_race_was_raced_whatever_its_speed() {
    let mut hills = Club.run(
        0,
        0,
        "up 15:00; 8x: hill 1:00 105%, jog 1:30; down 10:00",
        &[],
    );
    hills.perceived_exertion = Some(9.5);
    hills.details.perceived_exertion = Some(9.5);
    let none = Corrections::default();
    let sessions = judge(vec![hills], &Settings::default(), &none, false);
    assert_eq!(sessions[0].kind, SessionKind::Hills);
    let execution = sessions[0].execution.as_ref().unwrap();
    assert!(execution.raced && execution.of_modelled_best.is_none());
    assert!(sessions[0].tags.iter().any(|tag| tag == "raced_workout"));
}

/// Typical sessions of an athlete of whom eight weeks are known, and of one of whom nothing is.
const TYPICAL: [(Who, Before, &str, &[But]); 20] = [
    (
        Club,
        Before::DaysOff,
        "up 15:00; 6x: work 4:00 102.5%, jog 2:00; down 10:00",
        &[],
    ),
    (
        Club,
        Before::DaysOff,
        "up 15:00; 6x: work 4:00 102.5%, jog 2:00; down 10:00",
        &[But::Felt(9.0)],
    ),
    (
        Club,
        Before::DaysOff,
        "up 15:00; tempo 25:00 94%; down 10:00",
        &[],
    ),
    (Club, Before::DaysOff, "run 45:00 easy", &[]),
    (Club, Before::AfterIntervals, "run 30:00 slow", &[]),
    (Club, Before::AfterIntervals, "run 50:00 slow", &[]),
    (Club, Before::DaysOff, "run 100:00 2.85", &[]),
    (
        Club,
        Before::DaysOff,
        "run 90:00 2.85; tempo 15:00 94%; run 10:00 easy",
        &[],
    ),
    (Club, Before::DaysOff, "run 10000m 99%", &[]),
    (
        Club,
        Before::DaysOff,
        "run 9000m 100%",
        &[But::Named("City race")],
    ),
    (
        Club,
        Before::DaysOff,
        "up 15:00; work 12:00 106%; down 10:00",
        &[],
    ),
    (Club, Before::DaysOff, "run 30:00 84%; run 30:00 87%", &[]),
    (
        Club,
        Before::DaysOff,
        "up 15:00; 10x: hill 1:00 105%, jog 1:30; down 10:00",
        &[],
    ),
    (
        Club,
        Before::DaysOff,
        "up 15:00; 12x: work 0:30 112%, jog 1:30; down 10:00",
        &[],
    ),
    (
        Club,
        Before::DaysOff,
        "up 12:00; work 1:00 105%; jog 2:00; work 4:00 98%; jog 2:00; work 2:00 103%; jog 1:00; work 3:00 100%; jog 2:00; down 10:00",
        &[],
    ),
    (
        Club,
        Before::DaysOff,
        "run 30:00 easy; 6x: stride 0:20 125%, jog 1:00; run 5:00 easy",
        &[],
    ),
    (
        Club,
        Before::DaysOff,
        "progression 15:00 70%; progression 15:00 80%; progression 15:00 92%",
        &[],
    ),
    (
        Beginner,
        Before::DaysOff,
        "8x: work 3:00 easy, walk 2:00",
        &[],
    ),
    (
        Newcomer,
        Before::Alone,
        "up 15:00; 6x: work 4:00 102.5%, jog 2:00; down 10:00",
        &[],
    ),
    (Newcomer, Before::Alone, "run 45:00 easy", &[]),
];

/// Returns what typical sessions are told: kinds, reasons with what they weigh, tags, time in zones, points.
fn told() -> String {
    let mut told = String::new();
    for (who, before, parts, but) in TYPICAL {
        let session = session(who, before, parts, but);
        told += &format!("\n{who:?}, {before:?} {but:?}: {parts}\n");
        let next = session.runner_up.map(|next| next.kind);
        told += &format!(
            "  {:?}, else {next:?}; {}\n",
            session.kind,
            session.tags.join(", ")
        );
        for one in &session.evidence {
            let weighs = one.contribution.map(|weighs| format!(" ({weighs:+.1})"));
            told += &format!("  - {}{}\n", one.text, weighs.unwrap_or_default());
        }
        if let Some(zones) = &session.distribution {
            let middle = zones.middle_outside_quality_s;
            told += &format!(
                "  zones {:?}, goal {}, middle beside {middle}\n",
                zones.zone_s, zones.goal_zone
            );
        }
        for load in session.load.iter() {
            let others = load
                .alternatives
                .iter()
                .map(|by| format!("{:?} {}", by.method, by.value));
            let others: Vec<String> = others.collect();
            told += &format!(
                "  {:?} {}, {}\n",
                load.method,
                load.value,
                others.join(", ")
            );
        }
        if let Some(done) = &session.execution {
            told += &format!(
                "  work {} s at {:?} of the most, raced {}, warm-up {:?}, strides {}\n",
                done.work_s, done.of_modelled_best, done.raced, done.warm_up_s, done.strides_before
            );
        }
        if let Some(split) = &session.split {
            told += &format!("  {:?} {} %\n", split.word, split.change_pct);
        }
    }
    told
}

#[test]
fn typical_sessions_are_told_by_their_numbers() {
    let told = told();
    for (line, (found, wanted)) in told
        .lines()
        .zip(include_str!("tests.txt").lines())
        .enumerate()
    {
        assert_eq!(found, wanted, "line {} of\n{told}", line + 1);
    }
    assert_eq!(told, include_str!("tests.txt"), "{told}");
}

//! Cases as a coach would write them: what was run, after which days, and the right name.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use chrono::DateTime;
use chrono::Duration;
use chrono::Utc;

use super::*;
use crate::channel::Channel;
use crate::ingest::Activity;
use crate::ingest::Sport;
use crate::segmentation::Segment;
use crate::segmentation::SegmentKind;
use crate::segmentation::SegmentKind::*;
use crate::segmentation::Segmentation;
use crate::settings::Corrections;
use crate::settings::Settings;
use crate::streams::GradeQuality;
use crate::streams::HeartRateQuality;
use crate::streams::SpeedSource;
use crate::streams::Streams;
use crate::summary::Origin;
use crate::summary::Source;
use crate::summary::summarise;

/// A part of a run: kind, seconds, effort speed in metres per second.
type Part = (SegmentKind, u32, f64);

/// The athlete of the cases: critical speed 4.0 m/s, easy running at 2.9 m/s, and a heart rate that
/// follows speed: 140 when easy, 168 at threshold (3.8 m/s).
fn heart_rate(speed: f64) -> f64 {
    50.0 + 31.0 * speed
}

fn start_of_all() -> DateTime<Utc> {
    "2026-01-05T06:00:00Z".parse().unwrap()
}

/// Returns a run on a day (counted from a Monday), hours after six in the morning.
fn run_at(day: i64, hours: i64, parts: &[Part], change: impl Fn(&mut Activity)) -> RunSummary {
    let mut speeds = Vec::new();
    let mut segments = Vec::new();
    for &(kind, seconds, speed) in parts {
        let start = f64::from(u32::try_from(speeds.len()).unwrap());
        for i in 0..seconds {
            let ripple = if speed > 0.0 { 0.06 } else { 0.0 };
            speeds.push(speed + ripple * (f64::from(i) / 9.0).sin());
        }
        segments.push(segment(kind, start, start + f64::from(seconds), speed));
    }
    let mut activity = Activity {
        sport: Sport::Running,
        start: Some(start_of_all() + Duration::days(day) + Duration::hours(hours)),
        utc_offset_s: Some(0),
        ..Activity::default()
    };
    change(&mut activity);
    let segmentation = Segmentation {
        segments,
        ..Segmentation::default()
    };
    let origin = Origin {
        athlete: None,
        source: Source {
            path: format!("day {day} {hours} {parts:?}"),
            sha256: format!("{:012x}", day * 100 + hours),
            ..Source::default()
        },
        time_zone: None,
    };
    summarise(&activity, &streams(&speeds), segmentation, origin)
}

fn run(day: i64, parts: &[Part]) -> RunSummary {
    run_at(day, 0, parts, |_| ())
}

fn streams(speeds: &[f64]) -> Streams {
    let mut distance = vec![0.0];
    for speed in speeds {
        distance.push(distance[distance.len() - 1] + speed);
    }
    Streams {
        elapsed_s: f64::from(u32::try_from(speeds.len()).unwrap()),
        speed_m_s: speeds.iter().copied().collect(),
        effort_speed_m_s: speeds.iter().copied().collect(),
        speed_source: SpeedSource::Distance,
        distance_m: distance.into_iter().collect(),
        grade: Channel::absent(speeds.len()),
        grade_quality: GradeQuality::None,
        heart_rate_bpm: speeds.iter().map(|v| heart_rate(*v).round()).collect(),
        heart_rate_quality: HeartRateQuality::Valid,
        paused: vec![false; speeds.len()],
        gap: vec![false; speeds.len()],
        suspect: vec![false; speeds.len()],
        sampling_s: 1.0,
        ..Streams::default()
    }
}

fn segment(kind: SegmentKind, start_s: f64, end_s: f64, speed: f64) -> Segment {
    let moving_s = if speed > 0.0 { end_s - start_s } else { 0.0 };
    Segment {
        kind,
        start_s,
        end_s,
        start_low_s: start_s,
        start_high_s: start_s,
        end_low_s: end_s,
        end_high_s: end_s,
        moving_s,
        distance_m: Some(speed * moving_s),
        speed_m_s: Some(speed),
        effort_speed_m_s: (speed > 0.0).then_some(speed),
        effort_uncertainty: None,
        pace_s_per_km: None,
        heart_rate_bpm: Some(heart_rate(speed)),
        heart_rate_max_bpm: Some(heart_rate(speed)),
        heart_rate_end_bpm: Some(heart_rate(speed)),
        cadence_spm: None,
        power_w: None,
        slope: (kind == Hill).then_some(0.07),
        set: None,
        rep: None,
        name: None,
        executed: true,
        confidence: 0.9,
        sources: Vec::new(),
        evidence: Vec::new(),
    }
}

fn repeated(count: usize, work: Part, recovery: Part) -> Vec<Part> {
    let mut parts = vec![(WarmUp, 900, 2.8)];
    for _ in 0..count {
        parts.extend([work, recovery]);
    }
    parts.push((CoolDown, 600, 2.7));
    parts
}

/// Eight weeks: Tuesday intervals, Wednesday easy, Thursday tempo, Saturday easy, Sunday long; a
/// 5 km race on the Sunday of the sixth week.
fn eight_weeks() -> Vec<RunSummary> {
    (0..8)
        .flat_map(|week| {
            let monday = week * 7;
            let sunday = if week == 5 {
                run_at(monday + 6, 0, &[(Steady, 1205, 4.15)], |activity| {
                    activity.is_race = true;
                })
            } else {
                run(monday + 6, &[(Steady, 5700, 2.85)])
            };
            let intervals = repeated(6, (Work, 240, 4.15), (Recovery, 90, 2.3));
            [
                run(monday + 1, &intervals),
                run(monday + 2, &[(Steady, 2700, 2.9)]),
                run(
                    monday + 3,
                    &[
                        (WarmUp, 900, 2.8),
                        (Tempo, 1500, 3.75),
                        (CoolDown, 600, 2.7),
                    ],
                ),
                run(monday + 5, &[(Steady, 3000, 2.9)]),
                sunday,
            ]
        })
        .collect()
}

fn settings() -> Settings {
    Settings::parse("birth_year = 1990").unwrap()
}

/// Returns the session of a run after the eight weeks.
fn judged(case: RunSummary) -> Session {
    let mut runs = eight_weeks();
    let hash = case.head.source.path.clone();
    runs.push(case);
    let sessions = judge(runs, &settings(), &Corrections::default(), false);
    let mut own = sessions.into_iter().filter(|s| s.head.source.path == hash);
    own.next().unwrap()
}

/// A day far from the last quality session, and one on the morning after it (day 55 is Sunday).
const LATER: i64 = 59;
const NEXT_DAY: i64 = 56;

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn a_coach_would_agree() {
    let cases: Vec<(&str, i64, Vec<Part>, SessionKind)> = vec![
        (
            "easy 45 min",
            LATER,
            vec![(Steady, 2700, 2.9)],
            SessionKind::Easy,
        ),
        (
            "easy 40 min, slow, no quality before",
            LATER,
            vec![(Steady, 2400, 2.6)],
            SessionKind::Easy,
        ),
        (
            "30 min very slow after the long run",
            NEXT_DAY,
            vec![(Steady, 1800, 2.55)],
            SessionKind::Recovery,
        ),
        (
            "30 min at easy pace after the long run",
            NEXT_DAY,
            vec![(Steady, 1800, 2.9)],
            SessionKind::Easy,
        ),
        (
            "60 min very slow after the long run",
            NEXT_DAY,
            vec![(Steady, 3600, 2.55)],
            SessionKind::Easy,
        ),
        (
            "two hours easy",
            LATER,
            vec![(Steady, 7200, 2.8)],
            SessionKind::Long,
        ),
        (
            "80 min, usual is 50",
            LATER,
            vec![(Steady, 4800, 2.85)],
            SessionKind::Long,
        ),
        (
            "50 min at 88 % of critical speed",
            LATER,
            vec![(Steady, 3000, 3.52)],
            SessionKind::Steady,
        ),
        (
            "a time trial of 12 min between warm-up and cool-down",
            LATER,
            vec![(WarmUp, 900, 2.8), (Tempo, 720, 4.25), (CoolDown, 540, 2.7)],
            SessionKind::Race,
        ),
        (
            "11 min above critical speed, short of the best, is not easy",
            LATER,
            vec![
                (WarmUp, 900, 2.8),
                (Tempo, 300, 4.1),
                (Steady, 120, 2.8),
                (Steady, 360, 4.1),
                (CoolDown, 540, 2.7),
            ],
            SessionKind::Tempo,
        ),
        (
            "6 × 4 min",
            LATER,
            repeated(6, (Work, 240, 4.1), (Recovery, 120, 2.3)),
            SessionKind::Intervals,
        ),
        (
            "4 × 9 min at threshold",
            LATER,
            repeated(4, (Work, 540, 3.8), (Recovery, 120, 2.3)),
            SessionKind::Intervals,
        ),
        (
            "2 × 5 min",
            LATER,
            repeated(2, (Work, 300, 4.1), (Recovery, 120, 2.3)),
            SessionKind::Intervals,
        ),
        (
            "12 × 200 m",
            LATER,
            repeated(12, (Work, 40, 5.0), (Recovery, 60, 2.0)),
            SessionKind::Repetitions,
        ),
        (
            "10 × 60 s uphill",
            LATER,
            repeated(10, (Hill, 60, 4.4), (Recovery, 90, 2.0)),
            SessionKind::Hills,
        ),
        (
            "20 min tempo",
            LATER,
            vec![
                (WarmUp, 900, 2.8),
                (Tempo, 1200, 3.75),
                (CoolDown, 600, 2.7),
            ],
            SessionKind::Tempo,
        ),
        (
            "2 × 15 min tempo",
            LATER,
            repeated(2, (Work, 900, 3.7), (Recovery, 180, 2.4)),
            SessionKind::Tempo,
        ),
        (
            "35 min at 95 % without warm-up",
            LATER,
            vec![(Steady, 2100, 3.75)],
            SessionKind::Tempo,
        ),
        (
            "1-2-3-4-5-3-1 min",
            LATER,
            [60, 120, 180, 240, 300, 150, 75]
                .into_iter()
                .flat_map(|s| [(Work, s, 4.1), (Recovery, 90, 2.4)])
                .chain([(CoolDown, 900, 2.7)])
                .collect(),
            SessionKind::Fartlek,
        ),
        (
            "from easy to steady in six steps",
            LATER,
            (0..6)
                .map(|i| (Steady, 600, 2.7 + 0.19 * f64::from(i)))
                .collect(),
            SessionKind::Progression,
        ),
        (
            "easy with six strides",
            LATER,
            [
                vec![(Steady, 2400, 2.9)],
                (0..6)
                    .flat_map(|_| [(Stride, 20, 5.2), (Steady, 80, 2.6)])
                    .collect(),
            ]
            .concat(),
            SessionKind::Easy,
        ),
        (
            "two pick-ups of a minute",
            LATER,
            vec![
                (Steady, 1200, 2.9),
                (Work, 60, 4.0),
                (Steady, 300, 2.9),
                (Work, 60, 4.0),
                (Steady, 1200, 2.9),
            ],
            SessionKind::Easy,
        ),
        (
            "10 km all out",
            LATER,
            vec![(Steady, 2500, 4.0)],
            SessionKind::Race,
        ),
        (
            "six minutes",
            LATER,
            vec![(Steady, 360, 2.9)],
            SessionKind::Short,
        ),
        (
            "an hour's walk",
            LATER,
            vec![(Steady, 3600, 1.5)],
            SessionKind::Walk,
        ),
        (
            "run 3, walk 2",
            LATER,
            (0..8)
                .flat_map(|_| [(Work, 180, 2.6), (Recovery, 120, 1.5)])
                .collect(),
            SessionKind::RunWalk,
        ),
    ];
    let mut wrong = Vec::new();
    for (what, day, parts, expected) in cases {
        let session = judged(run(day, &parts));
        if session.kind != expected {
            wrong.push(format!(
                "{what}: {} ({}), should be {}\n  {:?}",
                session.kind.name(),
                session.kind_confidence,
                expected.name(),
                session.evidence.iter().map(|e| &e.text).collect::<Vec<_>>()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reference_values_are_found_from_the_runs() {
    let references = judged(run(LATER, &[(Steady, 2700, 2.9)])).references;
    let easy = references.easy_speed_m_s.unwrap();
    assert!((easy.value - 2.88).abs() < 0.05, "{easy:?}");
    let critical = references.critical_speed_m_s.unwrap();
    assert!((critical.value - 4.0).abs() < 0.12, "{critical:?}");
    let threshold = references.threshold_heart_rate_bpm.unwrap();
    assert!((threshold.value - 168.0).abs() < 8.0, "{threshold:?}");
}

#[test]
fn nothing_of_a_run_or_of_later_ones_enters_its_references() {
    let before = judged(run(LATER, &[(Steady, 2700, 2.9)]));
    let mut runs = eight_weeks();
    let case = run(LATER, &[(Steady, 2700, 2.9)]);
    let path = case.head.source.path.clone();
    runs.push(case);
    runs.push(run(LATER + 1, &[(Steady, 3600, 4.6)]));
    runs.push(run_at(LATER, 8, &[(Steady, 3600, 4.6)], |_| ()));
    let sessions = judge(runs, &settings(), &Corrections::default(), false);
    let after = sessions.into_iter().find(|s| s.head.source.path == path);
    assert_eq!(after, Some(before));
}

#[test]
fn one_file_alone_is_judged_and_says_how_little_is_known() {
    let case = run(0, &repeated(6, (Work, 240, 4.1), (Recovery, 120, 2.3)));
    let session = judge(
        vec![case],
        &Settings::default(),
        &Corrections::default(),
        false,
    )
    .pop()
    .unwrap();
    assert_eq!(session.kind, SessionKind::Intervals);
    assert!(session.kind_confidence < 0.8, "{}", session.kind_confidence);
    let says = |word: &str| session.evidence.iter().any(|e| e.text.contains(word));
    assert!(says("low confidence"), "{:?}", session.evidence);
    let critical = session.references.critical_speed_m_s.unwrap();
    assert_eq!(critical.confidence, "low");
}

#[test]
fn folding_judged_sessions_again_gives_the_same_bytes() {
    let corrections =
        Corrections::parse("[\"0000000000c8\"]\nkind = \"steady\"\nrpe = 4\n").unwrap();
    let mut runs = eight_weeks();
    runs.push(run_at(3, 9, &[(Steady, 1800, 4.0)], |activity| {
        activity.sport = Sport::Cycling;
        activity.perceived_exertion = Some(3.0);
    }));
    runs.push(run_at(5, 9, &[(Steady, 1800, 2.9)], |activity| {
        activity.start = None;
    }));
    for hindsight in [false, true] {
        let first = judge(runs.clone(), &settings(), &corrections, hindsight);
        let text = serde_json::to_string(&first).unwrap();
        let stored: Vec<Session> = serde_json::from_str(&text).unwrap();
        let again = stored.into_iter().rev().map(Session::into_run).collect();
        let second = judge(again, &settings(), &corrections, hindsight);
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
    let runs = vec![
        run(0, &[(Steady, 2700, 2.9)]),
        run(2, &[(Steady, 2700, 2.9)]),
        run(3, &[(Steady, 2700, 2.9)]),
    ];
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
    let hard = judged(run(
        LATER,
        &repeated(10, (Work, 180, 3.8), (Recovery, 60, 2.3)),
    ));
    let easy = judged(run(LATER, &[(Steady, 3600, 2.9)]));
    let points = |session: &Session| session.load.clone().unwrap().value;
    assert!(
        points(&hard) > 1.3 * points(&easy),
        "{} {}",
        points(&hard),
        points(&easy)
    );
    let load = hard.load.clone().unwrap();
    assert_eq!(load.method, "effort_speed");
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
    let activity = Activity {
        sport: Sport::Running,
        ..Activity::default()
    };
    let streams = Streams {
        elapsed_s: 1800.0,
        paused: vec![false; 1800],
        gap: vec![false; 1800],
        suspect: vec![false; 1800],
        ..Streams::default()
    };
    let origin = Origin {
        athlete: None,
        source: Source::default(),
        time_zone: None,
    };
    let run = summarise(&activity, &streams, Segmentation::default(), origin);
    let session = judge(
        vec![run],
        &Settings::default(),
        &Corrections::default(),
        false,
    )
    .pop()
    .unwrap();
    assert_eq!(session.kind, SessionKind::Undecided);
    assert!(
        session.evidence[0]
            .text
            .contains("neither speed nor heart rate")
    );
    assert!(session.load.is_none() && session.distribution.is_none());
}

#[test]
fn another_sport_is_cross_training_with_a_load_by_heart_rate() {
    let ride = run_at(LATER, 0, &[(Steady, 3600, 3.0)], |activity| {
        activity.sport = Sport::Cycling;
    });
    let session = judged(ride);
    assert_eq!(session.kind, SessionKind::CrossTraining);
    assert!(session.segments.is_empty() && session.distribution.is_none());
    assert_eq!(session.load.unwrap().method, "heart_rate");
}

/// Returns streams of an hour at a speed with a heart rate and a power of their own.
fn hour(day: i64, speed: f64, beats: f64, power: Option<f64>) -> RunSummary {
    let mut streams = streams(&[speed; 3600]);
    streams.heart_rate_bpm = [beats; 3600].into_iter().collect();
    if let Some(power) = power {
        streams.power_w = [power; 3600].into_iter().collect();
    }
    let activity = Activity {
        sport: Sport::Running,
        start: Some(start_of_all() + Duration::days(day)),
        utc_offset_s: Some(0),
        power_source: power.map(|_| "native".to_owned()),
        ..Activity::default()
    };
    let segmentation = Segmentation {
        segments: vec![segment(Steady, 0.0, 3600.0, speed)],
        ..Segmentation::default()
    };
    let origin = Origin {
        athlete: None,
        source: Source {
            path: format!("hour {day} {speed} {beats}"),
            sha256: format!("{:012x}", 1_000_000 + day),
            ..Source::default()
        },
        time_zone: None,
    };
    summarise(&activity, &streams, segmentation, origin)
}

#[test]
fn steady_running_is_rated_by_speed_and_heart_rate_together() {
    // 2.9 m/s is 0.72 of critical speed; its usual heart rate is 140.
    let usual = judged(hour(LATER, 2.9, 140.0, None));
    let zones = usual.distribution.unwrap();
    assert_eq!(zones.basis, "effort_speed_and_heart_rate");
    assert!(
        zones.zone_s[0] > 3590.0 && zones.disagreement_s < 1.0,
        "{zones:?}"
    );
    assert!(!usual.expectation.unexpectedly_hard);
    // At 180 beats heart rate says more than threshold: it does not stay an easy hour, and both are said.
    let hot = judged(hour(LATER, 2.9, 180.0, None));
    let zones = hot.distribution.unwrap();
    assert!(zones.zone_s[1] > 3000.0, "{zones:?}");
    assert!((zones.disagreement_s - 3600.0).abs() < 1.0, "{zones:?}");
    let total: f64 = zones.five_zone_s.iter().sum();
    assert!((total - 3600.0).abs() < 1.0, "{zones:?}");
    assert!(
        hot.evidence
            .iter()
            .any(|e| e.text.contains("harder than speed"))
    );
    assert!(hot.expectation.unexpectedly_hard, "{:?}", hot.expectation);
    assert!(hot.tags.iter().any(|tag| tag == "unexpectedly_hard"));
}

#[test]
fn short_repetitions_are_rated_by_speed_alone() {
    let session = judged(run(
        LATER,
        &repeated(12, (Work, 40, 5.0), (Recovery, 60, 2.0)),
    ));
    let zones = session.distribution.unwrap();
    // 12 × 40 s at 1.25 of critical speed, but for the seconds that smoothing takes at the edges.
    assert!((zones.zone_s[2] - 480.0).abs() < 30.0, "{zones:?}");
}

#[test]
fn power_rates_where_slopes_make_speed_uncertain_and_says_so() {
    let mut runs = eight_weeks();
    // 80 W for each metre per second, on six easy days of the last weeks.
    for (index, day) in [38, 40, 45, 47, 52, 54].into_iter().enumerate() {
        runs.push(hour(
            day,
            2.8 + 0.05 * f64::from(u8::try_from(index).unwrap()),
            140.0,
            None,
        ));
        let with_power = runs.last_mut().unwrap();
        with_power.details.power_w = Some(230.0);
        with_power.details.power_source = Some("native".to_owned());
        for block in &mut with_power.details.steady_blocks {
            block.power_w = Some(80.0 * block.effort_speed_m_s);
        }
    }
    let mut hilly = hour(LATER, 2.9, 140.0, Some(272.0));
    hilly.details.steady_blocks.clear();
    hilly.segments[0].effort_uncertainty = Some(0.08);
    let path = hilly.head.source.path.clone();
    runs.push(hilly.clone());
    let sessions = judge(runs.clone(), &settings(), &Corrections::default(), false);
    let session = sessions
        .iter()
        .find(|s| s.head.source.path == path)
        .unwrap();
    let critical = session.references.critical_power_w.as_ref().unwrap();
    let speed = session.references.critical_speed_m_s.as_ref().unwrap();
    assert!(
        (critical.value - 80.0 * speed.value).abs() < 2.0,
        "{critical:?}"
    );
    let zones = session.distribution.as_ref().unwrap();
    // 272 W are 0.85 of 320: the middle zone, which speed alone (0.72) does not show.
    assert_eq!(zones.basis, "power");
    assert!(zones.zone_s[1] > 3500.0, "{zones:?}");
    let load = session.load.as_ref().unwrap();
    assert_eq!(load.method, "power");
    assert!((load.coverage - 1.0).abs() < 1e-9);
    let methods: Vec<&str> = load
        .alternatives
        .iter()
        .map(|l| l.method.as_str())
        .collect();
    assert_eq!(methods, ["effort_speed", "heart_rate"]);
    // On level ground speed stays the gauge, and power stands beside it.
    runs.last_mut().unwrap().segments[0].effort_uncertainty = Some(0.01);
    let sessions = judge(runs, &settings(), &Corrections::default(), false);
    let session = sessions
        .iter()
        .find(|s| s.head.source.path == path)
        .unwrap();
    assert_eq!(session.load.as_ref().unwrap().method, "effort_speed");
    let gauges = &session.distribution.as_ref().unwrap().by_gauge;
    assert!(gauges.iter().any(|zones| zones.gauge == "power"));
}

#[test]
fn a_workout_says_how_it_was_carried_out() {
    let session = judged(run(
        LATER,
        &repeated(6, (Work, 240, 4.1), (Recovery, 120, 2.3)),
    ));
    let execution = session.execution.unwrap();
    assert!((execution.work_s - 1440.0).abs() < 1.0);
    assert_eq!(execution.warm_up_s, Some(900.0));
    assert_eq!(execution.cool_down_s, Some(600.0));
    assert_eq!(execution.strides_before, 0);
    // 4.1 over critical speed + 180 m / 1440 s.
    let critical = session.references.critical_speed_m_s.unwrap().value;
    let expected = 4.1 / (critical + 0.125);
    let found = execution.of_modelled_best.unwrap();
    assert!((found - expected).abs() < 0.002, "{found} {expected}");
    assert_eq!(execution.raced, found >= 0.97);
    assert_eq!(judged(run(LATER, &[(Steady, 2700, 2.9)])).execution, None);
}

#[test]
fn a_long_run_that_falls_off_says_so() {
    let parts = [
        (Steady, 600, 2.8),
        (Steady, 4000, 2.9),
        (Steady, 2000, 2.61),
    ];
    let session = judged(run(LATER, &parts));
    let durability = session.durability;
    // The second and the last of three equal thirds of 6000 s: 2.9 and 2.61, a tenth slower.
    let change = durability.effort_speed_change_pct.unwrap();
    assert!((change + 10.0).abs() < 0.3, "{durability:?}");
    // 139.9 and 130.9 beats, in whole numbers.
    let beats = durability.heart_rate_change_bpm.unwrap();
    assert!((beats + 9.0).abs() < 0.5, "{durability:?}");
    // 0.9 · 139.9 / 130.9 − 1.
    let efficiency = durability.efficiency_change_pct.unwrap();
    assert!((efficiency + 3.8).abs() < 0.5, "{durability:?}");
    let split = session.split.unwrap();
    assert_eq!(split.word, "positive");
    let short = judged(run(LATER, &[(Steady, 2700, 2.9)]));
    assert!(short.durability.reason.unwrap().contains("too short"));
}

//! Made-up sessions for the tests of the review.

use chrono::Days;
use chrono::NaiveDate;

use crate::classification::Distribution;
use crate::classification::Load;
use crate::classification::Session;
use crate::segmentation::Evidence;
use crate::segmentation::Segment;
use crate::segmentation::Set;
use crate::segmentation::exact;
use crate::vocabulary::LoadMethod;
use crate::vocabulary::RestsOn;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;
use crate::vocabulary::ZoneBasis;

/// The Monday on which made-up blocks start.
pub(crate) fn first_monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).expect("a date of the calendar")
}

/// Returns the day so many days after the first Monday.
pub(crate) fn day(index: u64) -> NaiveDate {
    first_monday() + Days::new(index)
}

/// Returns a rated run of a kind on a day, with its minutes and the share of it in the middle zone
/// outside tempo.
pub(crate) fn run(index: u64, kind: SessionKind, minutes: f64, middle_share: f64) -> Session {
    use SessionKind::*;
    let moving_s = minutes * 60.0;
    let quality = matches!(
        kind,
        Intervals | Repetitions | Hills | Fartlek | Tempo | Progression | Race
    );
    let hard_s = if quality { moving_s * 0.3 } else { 0.0 };
    let middle_s = moving_s * middle_share;
    let mut session = Session {
        kind,
        kind_confidence: 0.9,
        quality: quality || (kind == Long && minutes >= 90.0),
        distribution: Some(Box::new(Distribution {
            basis: ZoneBasis::EffortSpeed,
            zone_s: [moving_s - hard_s - middle_s, middle_s, hard_s],
            goal_zone: if quality { 3 } else { 1 },
            middle_outside_quality_s: middle_s,
            coverage: 1.0,
            ..Distribution::default()
        })),
        load: Some(Box::new(Load {
            value: minutes,
            method: LoadMethod::EffortSpeed,
            ..Load::default()
        })),
        ..Session::default()
    };
    session.head.day = Some(day(index));
    session.head.start_time = day(index).and_hms_opt(6, 0, 0).map(|t| t.and_utc());
    session.head.moving_s = moving_s;
    session.head.elapsed_s = moving_s;
    session.head.distance_m = Some(moving_s * 3.0);
    session.head.source.path = format!("{index:04}.fit");
    session.head.source.sha256 = format!("{index:08x}{minutes:08.0}");
    session
}

/// Returns an easy run.
pub(crate) fn easy(index: u64, minutes: f64) -> Session {
    run(index, SessionKind::Easy, minutes, 0.0)
}

/// Returns an interval session with one set that slowed by `fade_pct`.
pub(crate) fn intervals(index: u64, fade_pct: f64) -> Session {
    let mut session = run(index, SessionKind::Intervals, 60.0, 0.0);
    session.sets.push(Set {
        name: "6 × 1000 m".to_owned(),
        reps: 6,
        recovery: Some("90 s jog".to_owned()),
        recovery_s: Some(90.0),
        first_to_last_pct: None,
        work_to_recovery: None,
        fade_pct: Some(fade_pct),
        spread_pct: Some(1.0),
        heart_rate_drop_bpm: None,
    });
    session
}

/// Returns a short, slow run some hours after a quality session.
pub(crate) fn recovery(index: u64, minutes: f64) -> Session {
    let mut session = run(index, SessionKind::Recovery, minutes, 0.0);
    session.hours_since_key_session = Some(23.0);
    session
}

/// Returns another sport.
pub(crate) fn cycling(index: u64) -> Session {
    let mut session = run(index, SessionKind::CrossTraining, 60.0, 0.0);
    session.head.sub_sport = Some("road".to_owned());
    session.head.source.sha256 = format!("c{index:07x}");
    session
}

/// Returns `weeks` weeks in the usual order: Tuesday intervals, Wednesday recovery, Thursday easy,
/// Friday cycling, Saturday tempo, Sunday easy; every fourth week has shorter easy runs.
pub(crate) fn season(weeks: u64) -> Vec<Session> {
    let mut sessions = Vec::new();
    for week in 0..weeks {
        let monday = week * 7;
        let minutes = if week % 4 == 3 { 25.0 } else { 60.0 };
        sessions.push(intervals(monday + 1, 1.0));
        sessions.push(recovery(monday + 2, 30.0));
        sessions.push(easy(monday + 3, minutes));
        sessions.push(cycling(monday + 4));
        sessions.push(run(monday + 5, SessionKind::Tempo, 55.0, 0.0));
        sessions.push(easy(monday + 6, minutes + 10.0));
    }
    sessions
}

/// Returns a segment with two reasons, the stronger one second.
pub(crate) fn segment(kind: SegmentKind, start_s: f64, end_s: f64) -> Segment {
    let reason = |text: &str, contribution| Evidence {
        text: text.to_owned(),
        value: Some(1.33),
        unit: Some("ratio".to_owned()),
        contribution: Some(contribution),
    };
    Segment {
        effort_speed_m_s: Some(4.37),
        pace_s_per_km: Some(229.9),
        heart_rate_bpm: Some(168.0),
        heart_rate_max_bpm: Some(175.0),
        heart_rate_end_bpm: Some(174.0),
        cadence_spm: Some(184.0),
        set: Some(1),
        rep: Some(3),
        name: Some("1000 m".to_owned()),
        confidence: 0.97,
        sources: vec![RestsOn::Distance],
        evidence: vec![
            reason("heart rate rose by 31 bpm", 0.5),
            reason("33 % faster than the running around it", 2.1),
        ],
        ..exact::segment(kind, start_s, end_s, 4.35)
    }
}

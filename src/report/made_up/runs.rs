//! Made-up runs for tests: sessions and their streams.

use chrono::NaiveDate;
use chrono::NaiveTime;

use crate::classification::Distribution;
use crate::classification::Load;
use crate::classification::RunnerUp;
use crate::classification::Session;
use crate::history::Confidence;
use crate::history::Reference;
use crate::ingest::LapTrigger;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::report::drawing::ticks;
use crate::report::drawing::trace;
use crate::segmentation::Candidate;
use crate::segmentation::Evidence;
use crate::segmentation::LapRow;
use crate::segmentation::Segment;
use crate::segmentation::Set;
use crate::segmentation::exact;
use crate::streams::GradeQuality;
use crate::streams::HeartRateQuality;
use crate::streams::Repair;
use crate::streams::SpeedSource;
use crate::streams::Streams;
use crate::summary::BestEffort;
use crate::vocabulary::LoadMethod;
use crate::vocabulary::RestsOn;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;
use crate::vocabulary::ZoneBasis;

/// Kind, seconds, metres per second and beats per minute at the end of each segment.
type Plan = Vec<(SegmentKind, f64, f64, f64)>;

fn intervals_plan() -> Plan {
    let mut plan = vec![(SegmentKind::WarmUp, 900.0, 2.9, 138.0)];
    for _ in 0..6 {
        plan.push((SegmentKind::Work, 230.0, 4.35, 172.0));
        plan.push((SegmentKind::Recovery, 90.0, 2.3, 145.0));
    }
    plan.pop();
    plan.push((SegmentKind::Stop, 40.0, 0.0, 130.0));
    plan.push((SegmentKind::CoolDown, 600.0, 2.8, 140.0));
    plan
}

pub(in crate::report) fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default()
}

fn evidence(text: &str, contribution: f64) -> Evidence {
    Evidence {
        text: text.to_owned(),
        value: Some(1.0),
        unit: Some("ratio".to_owned()),
        contribution: Some(contribution),
    }
}

pub(in crate::report) fn segment(
    kind: SegmentKind,
    start_s: f64,
    end_s: f64,
    speed_m_s: f64,
) -> Segment {
    Segment {
        start_low_s: start_s - 1.0,
        start_high_s: start_s + 2.0,
        end_low_s: end_s - 2.0,
        end_high_s: end_s + 1.0,
        pace_s_per_km: Some(1000.0 / speed_m_s.max(0.1)),
        heart_rate_bpm: Some(150.0),
        heart_rate_max_bpm: Some(171.0),
        heart_rate_end_bpm: Some(170.0),
        cadence_spm: Some(178.0),
        slope: Some(0.002),
        confidence: 0.93,
        sources: vec![RestsOn::Distance, RestsOn::Laps],
        evidence: vec![evidence("33 % faster than the running around it", 2.1)],
        ..exact::segment(kind, start_s, end_s, speed_m_s)
    }
}

fn segments(plan: &Plan) -> Vec<Segment> {
    let mut start_s = 0.0;
    let mut rep = 0;
    plan.iter()
        .map(|(kind, duration_s, speed_m_s, _)| {
            let mut segment = segment(*kind, start_s, start_s + duration_s, *speed_m_s);
            start_s += duration_s;
            if *kind == SegmentKind::Work {
                rep += 1;
                segment.set = Some(1);
                segment.rep = Some(rep);
                segment.name = Some("1000 m".to_owned());
            }
            segment
        })
        .collect()
}

/// Returns streams that follow a plan, with some wander.
fn streams_of(plan: &Plan) -> Streams {
    let mut speed = Vec::new();
    let mut heart_rate = Vec::new();
    let mut beat = 95.0;
    for (kind, duration_s, speed_m_s, bpm) in plan {
        for _ in 0..trace::whole(*duration_s) {
            let second = ticks::as_f64(speed.len());
            let wander = 0.12 * (second / 17.0).sin() + 0.08 * (second / 5.3).sin();
            let still = *kind == SegmentKind::Stop;
            speed.push(if still { 0.0 } else { speed_m_s + wander });
            beat += (bpm - beat) / 45.0;
            heart_rate.push(beat + wander * 4.0);
        }
    }
    let altitude = (0..speed.len()).map(|cell| {
        let second = ticks::as_f64(cell);
        120.0 + 18.0 * (second / 500.0).sin() + 6.0 * (second / 170.0).sin()
    });
    Streams {
        altitude_m: altitude.collect(),
        grade_quality: GradeQuality::Barometric,
        heart_rate_bpm: heart_rate.into_iter().collect(),
        heart_rate_quality: HeartRateQuality::Valid,
        ..exact::streams(&speed)
    }
}

fn reference(value: f64, spread: f64, source: &str) -> Option<Reference> {
    Some(Reference {
        value,
        low: value - spread,
        high: value + spread,
        source: source.to_owned(),
        date: Some(first_day()),
        confidence: Confidence::Fair,
    })
}

/// Returns an interval session and its streams.
pub(in crate::report) fn intervals() -> (Session, Streams) {
    let plan = intervals_plan();
    let streams = streams_of(&plan);
    let mut session = plain_session(first_day(), SessionKind::Intervals, streams.elapsed_s);
    session.segments = segments(&plan);
    session.sets = vec![Set {
        name: "6 × 1000 m".to_owned(),
        reps: 6,
        recovery: Some("90 s jog".to_owned()),
        recovery_s: Some(90.0),
        first_to_last_pct: None,
        work_to_recovery: None,
        fade_pct: Some(1.2),
        spread_pct: Some(0.8),
        heart_rate_drop_bpm: Some(31.0),
    }];
    session.summary.candidates = vec![Candidate {
        start_s: 300.0,
        end_s: 340.0,
        effort_speed_m_s: 3.5,
        contrast: 1.1,
        probability: 0.4,
        kept: false,
        ..Candidate::default()
    }];
    session.best_efforts = vec![
        BestEffort {
            distance_m: 1000.0,
            time_s: 229.1,
            start_s: 905.0,
            continuous: true,
            elapsed_s: Some(229.1),
            continuous_s: Some(229.1),
            continuous_start_s: Some(905.0),
        },
        BestEffort {
            distance_m: 1609.344,
            time_s: 431.0,
            start_s: 905.0,
            continuous: false,
            elapsed_s: Some(491.0),
            ..BestEffort::default()
        },
    ];
    session.laps.rows = vec![LapRow {
        start_s: 0.0,
        end_s: 900.0,
        moving_s: Some(870.0),
        distance_m: Some(2610.0),
        trigger: LapTrigger::Manual,
        intensity: None,
        workout_step: None,
    }];
    session.laps.agreement = Some(0.98);
    session.data_quality.repairs = vec![Repair {
        what: "GPS dropout bridged".to_owned(),
        start_s: 1210.0,
        end_s: 1222.0,
    }];
    session.warnings = vec![Warning::new(
        WarningCode::FitCrc,
        "checksum does not match; data may be damaged",
    )];
    (session, streams)
}

/// Returns a session of a kind without segments.
pub(in crate::report) fn plain_session(
    day: NaiveDate,
    kind: SessionKind,
    moving_s: f64,
) -> Session {
    let quality = matches!(kind, SessionKind::Intervals | SessionKind::Tempo);
    let mut session = Session {
        kind,
        kind_confidence: 0.94,
        runner_up: Some(RunnerUp {
            kind: SessionKind::Fartlek,
            confidence: 0.04,
        }),
        quality,
        tags: vec!["negative_split".to_owned(), "track".to_owned()],
        evidence: vec![
            evidence(
                "6 similar repetitions of about 1000 m at 104 % of critical speed",
                2.1,
            ),
            evidence("no workout was programmed", -0.3),
        ],
        distribution: Some(Box::new(Distribution {
            basis: ZoneBasis::EffortSpeed,
            zone_s: if quality {
                [0.55, 0.1, 0.35]
            } else {
                [0.93, 0.07, 0.0]
            }
            .map(|s| s * moving_s),
            goal_zone: if quality { 3 } else { 1 },
            middle_outside_quality_s: 95.0,
            coverage: 0.99,
            ..Distribution::default()
        })),
        load: Some(Box::new(Load {
            value: moving_s / 50.0,
            method: LoadMethod::EffortSpeed,
            ..Load::default()
        })),
        hours_since_key_session: Some(51.2),
        ..Session::default()
    };
    session.drift.reason = Some("not steady: interval session".to_owned());
    session.data_quality.coverage = 0.998;
    session.data_quality.sampling_s = 1.0;
    session.data_quality.speed = SpeedSource::Distance;
    session.data_quality.heart_rate = HeartRateQuality::Valid;
    session.data_quality.altitude = GradeQuality::Barometric;
    session.references.easy_speed_m_s = reference(2.95, 0.07, "mode of 41 easy segments, 56 days");
    session.references.critical_speed_m_s = reference(4.1, 0.1, "3 best efforts, 90 days");
    session.references.threshold_heart_rate_bpm = reference(168.0, 3.0, "best 20 minutes, 90 days");
    let head = &mut session.head;
    head.start_time = Some(day.and_time(NaiveTime::MIN).and_utc());
    head.utc_offset_s = Some(7200);
    head.day = Some(day);
    head.elapsed_s = moving_s + 60.0;
    head.timer_s = moving_s + 20.0;
    head.moving_s = moving_s;
    head.distance_m = Some(moving_s * 2.9);
    head.ascent_m = Some(40.0);
    head.name = Some("Morning run".to_owned());
    head.source.path = format!("2026/{day}.fit");
    head.source.sha256 = format!("{:064x}", day.to_epoch_days());
    head.source.device = Some("Garmin fr245".to_owned());
    session
}

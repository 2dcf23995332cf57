//! Tests of the summary as a whole on made runs.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::*;
use crate::segmentation::Candidate;
use crate::segmentation::Segment;
use crate::segmentation::exact;
use crate::streams::GradeQuality;
use crate::streams::HeartRateQuality;
use crate::summary::cells::number;
use crate::vocabulary::SegmentKind;

fn origin() -> Origin {
    Origin {
        athlete: None,
        source: Source::default(),
        time_zone: None,
        changes: crate::ingest::Changes::default(),
    }
}

/// Returns the streams of a run with the given speed in each second.
fn streams(speeds: &[f64]) -> Streams {
    Streams {
        grade: speeds.iter().map(|_| 0.001).collect(),
        altitude_m: speeds.iter().map(|_| 100.0).collect(),
        grade_quality: GradeQuality::Barometric,
        heart_rate_bpm: speeds.iter().map(|v| (80.0 + 20.0 * v).round()).collect(),
        heart_rate_quality: HeartRateQuality::Valid,
        ..exact::streams(speeds)
    }
}

fn segment(kind: SegmentKind, start_s: f64, end_s: f64, speed: f64) -> Segment {
    Segment {
        heart_rate_bpm: Some(150.0),
        heart_rate_max_bpm: Some(160.0),
        heart_rate_end_bpm: Some(158.0),
        ..exact::segment(kind, start_s, end_s, speed)
    }
}

/// An hour: 15 min at 2.8, 10 × (90 s at 4.4, 90 s at 2.3), the rest at 2.8 m/s, with ripples.
fn interval_hour() -> (Streams, Segmentation) {
    let mut plan = vec![(SegmentKind::WarmUp, 900, 2.8)];
    for _ in 0..10 {
        plan.push((SegmentKind::Work, 90, 4.4));
        plan.push((SegmentKind::Recovery, 90, 2.3));
    }
    plan.push((SegmentKind::CoolDown, 900, 2.8));
    let mut speeds = Vec::new();
    let mut segmentation = Segmentation::default();
    for (kind, length, speed) in plan {
        let start = number(speeds.len());
        for i in 0..length {
            speeds.push(speed + 0.3 * (number(i) / 20.0).sin());
        }
        let end = number(speeds.len());
        segmentation.segments.push(segment(kind, start, end, speed));
        if kind == SegmentKind::Work {
            segmentation.candidates.push(Candidate {
                start_s: start,
                end_s: end,
                effort_speed_m_s: speed,
                contrast: 1.57,
                probability: 0.98,
                kept: true,
                ..Candidate::default()
            });
        }
    }
    (streams(&speeds), segmentation)
}

#[test]
fn an_interval_hour_stays_within_ten_kilobytes() {
    let (streams, segmentation) = interval_hour();
    let activity = Activity {
        sport: Sport::Running,
        ..Activity::default()
    };
    let run = summarise(&activity, &streams, segmentation, origin());
    let text = serde_json::to_string(&run.details).unwrap();
    assert!(text.len() <= 10_240, "{} bytes", text.len());
    let back: RunDetails = serde_json::from_str(&text).unwrap();
    assert_eq!(back, *run.details);
}

#[test]
fn histograms_add_up_to_the_moving_time() {
    let (streams, segmentation) = interval_hour();
    let activity = Activity {
        sport: Sport::Running,
        ..Activity::default()
    };
    let run = summarise(&activity, &streams, segmentation, origin());
    let seconds: u32 = run
        .details
        .histograms
        .iter()
        .flat_map(|histograms| &histograms.effort.seconds)
        .sum();
    assert!((f64::from(seconds) - run.head.moving_s).abs() < 1e-9);
    assert_eq!(run.details.histograms.len(), run.segments.len());
}

#[test]
fn the_mean_max_curve_of_an_even_run_is_flat() {
    let run = summarise(
        &Activity {
            sport: Sport::Running,
            ..Activity::default()
        },
        &streams(&[3.0; 4000]),
        Segmentation::default(),
        origin(),
    );
    let curve = &run.details.mean_max;
    assert!((curve.last().unwrap().duration_s - 3600.0).abs() < 1e-9);
    assert!(
        curve
            .iter()
            .all(|point| (point.speed_m_s - 3.0).abs() < 1e-9)
    );
    assert_eq!(curve[0].heart_rate_bpm, Some(140.0));
    // From 480 s to 4000 s there are eleven whole blocks of 300 s.
    assert_eq!(run.details.steady_blocks.len(), 11);
    assert_eq!(run.drift.pa_hr_pct, Some(0.0));
}

#[test]
fn drift_by_hand() {
    // 10 min left out, then 2 × 30 min at 3 m/s: heart rate 140, then 147. EF falls by 1 − 140/147.
    let mut streams = streams(&[3.0; 4200]);
    streams.heart_rate_bpm = (0..4200)
        .map(|i| if i < 2400 { 140.0 } else { 147.0 })
        .collect();
    let cells = Cells::new(&streams, &[]);
    let drift = drift::drift(&cells, Sport::Running, &[]);
    assert!((drift.pa_hr_pct.unwrap() - 4.762).abs() < 1e-3);
}

#[test]
fn drift_says_why_there_is_none() {
    let reason = |streams: &Streams, segments: &[Segment]| {
        drift::drift(&Cells::new(streams, segments), Sport::Running, segments)
            .reason
            .unwrap()
    };
    let short = streams(&[3.0; 1800]);
    assert_eq!(
        reason(&short, &[]),
        "too short: 20 min after the first 10, 40 needed"
    );
    let (intervals, segmentation) = interval_hour();
    assert_eq!(
        reason(&intervals, &segmentation.segments),
        "not steady: 10 efforts"
    );
    let stops = [vec![3.0; 2000], vec![0.0; 200], vec![3.0; 2000]].concat();
    assert_eq!(
        reason(&streams(&stops), &[]),
        "stops and gaps take 5.6 % of the time, at most 2 % allowed"
    );
}

#[test]
fn another_sport_has_one_histogram_and_no_segments() {
    let (streams, segmentation) = interval_hour();
    let activity = Activity {
        sport: Sport::Cycling,
        perceived_exertion: Some(4.0),
        ..Activity::default()
    };
    let run = summarise(&activity, &streams, segmentation, origin());
    assert!(run.segments.is_empty());
    assert!(run.details.mean_max.is_empty());
    assert_eq!(run.details.histograms.len(), 1);
    assert_eq!(run.perceived_exertion, Some(4.0));
    assert_eq!(run.drift.reason.as_deref(), Some("not a run"));
}

//! What later sessions and reviews keep of a session.

use super::*;
use chrono::NaiveDate;

use crate::segmentation::exact::segment;
use crate::settings::Race;

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, day).expect("a day of May")
}

#[test]
fn the_race_of_a_day_is_the_first_with_a_distance() {
    let race = |day, distance_m| Race {
        day: date(day),
        name: None,
        distance_m,
        time_s: None,
    };
    let settings = Settings {
        races: vec![
            race(3, None),
            race(3, Some(5000.0)),
            race(3, Some(10_000.0)),
            race(4, Some(800.0)),
        ],
        ..Settings::default()
    };
    let of = |day| race_m(&settings, date(day));
    assert_eq!((of(3), of(4), of(5)), (Some(5000.0), Some(800.0), None));
}

#[test]
fn later_sessions_learn_from_what_was_run() {
    use SegmentKind::*;
    let mut session = Session {
        kind: SessionKind::Intervals,
        quality: true,
        segments: vec![
            segment(WarmUp, 0.0, 600.0, 2.5),
            segment(Work, 600.0, 840.0, 4.0),
            segment(Recovery, 840.0, 960.0, 2.0),
            segment(Work, 960.0, 1200.0, 0.0),
            segment(CoolDown, 1200.0, 1500.0, 2.4),
        ],
        ..Session::default()
    };
    session.head.sport = Sport::Running;
    session.head.day = Some(date(3));
    session.head.start_time = date(3).and_hms_opt(6, 0, 0).map(|time| time.and_utc());
    session.head.elapsed_s = 1500.0;
    let block = |start_s: f64| SteadyBlock {
        start_s,
        duration_s: 300.0,
        ..SteadyBlock::default()
    };
    session.summary.steady_blocks = vec![block(100.0), block(700.0), block(1200.0)];
    let past = past_session(&session).expect("a day");
    assert_eq!(past.repetitions, [(240.0, 4.0)]);
    assert_eq!(
        (past.is_run, past.quality, past.easy, past.race),
        (true, true, false, false)
    );
    assert_eq!((past.end - past.start).num_seconds(), 1500);
    assert_eq!(past.steady_blocks.len(), 3);
    // Warm-up and cool-down show the habit, the effort does not.
    let starts: Vec<f64> = past.easy_blocks.iter().map(|block| block.start_s).collect();
    assert_eq!(starts, [100.0, 1200.0]);
    for (kind, easy) in [
        (SessionKind::Easy, true),
        (SessionKind::Recovery, true),
        (SessionKind::Long, true),
        (SessionKind::Steady, true),
        (SessionKind::Tempo, false),
        (SessionKind::Race, false),
    ] {
        assert_eq!(is_easy(kind), easy, "{kind:?}");
    }
    let excluded = Session {
        excluded: true,
        ..session.clone()
    };
    assert_eq!(past_session(&excluded), None);
    session.kind = SessionKind::CrossTraining;
    let other = past_session(&session).expect("a day");
    assert!(!other.is_run && other.steady_blocks.is_empty() && other.easy_blocks.is_empty());
}

#[test]
fn for_a_review_old_sessions_keep_their_totals_alone() {
    let kept = |keep: Keep, first: Option<NaiveDate>| {
        let mut session = Session {
            segments: vec![segment(SegmentKind::Steady, 0.0, 600.0, 2.5)],
            ..Session::default()
        };
        session.head.day = Some(date(10));
        session.summary.mean_max = vec![MeanMax::exact(60.0, 4.0)];
        keep.of(&mut session, first);
        (session.segments.len(), session.summary.mean_max.len())
    };
    let review = Keep::ForReview(Span::All);
    assert_eq!(kept(Keep::All, Some(date(11))), (1, 1));
    assert_eq!(kept(review, Some(date(11))), (0, 0));
    assert_eq!(kept(review, Some(date(10))), (1, 0));
    assert_eq!(kept(review, Some(date(9))), (1, 0));
    assert_eq!(kept(review, None), (1, 0));
}

//! Blocks in which a finding must and must not appear, and what holds of every block.

use std::num::NonZeroUsize;

use chrono::Datelike;
use proptest::prelude::*;

use super::made_up::*;
use super::*;
use crate::classification::Session;
use crate::settings::WeekStart;
use crate::vocabulary::SessionKind;

fn review_all(sessions: &[Session]) -> Review {
    review(sessions, &ReviewOptions::default())
}

/// Returns how a finding reads in a review of these sessions.
fn tone(sessions: &[Session], id: &str) -> Option<Tone> {
    let review = review_all(sessions);
    let finding = review.findings.iter().find(|f| f.id == id)?;
    Some(finding.tone)
}

fn text(sessions: &[Session], id: &str) -> String {
    let review = review_all(sessions);
    let finding = review.findings.iter().find(|f| f.id == id);
    finding.map(|f| f.text.clone()).unwrap_or_default()
}

#[test]
fn a_sound_season_reads_well() {
    let season = season(12);
    for id in [
        "quality_sessions",
        "even_repetitions",
        "easy_days_easy",
        "middle_zone",
        "hard_day_spacing",
        "recovery_runs",
        "easier_weeks",
        "single_run_spike",
    ] {
        assert_eq!(
            tone(&season, id),
            Some(Tone::Good),
            "{id}: {}",
            text(&season, id)
        );
    }
    assert_eq!(
        tone(&season, "perceived_exertion"),
        Some(Tone::NotEvaluated)
    );
    assert_eq!(tone(&season, "sessions_without_day"), None);
}

#[test]
fn too_little_data_is_said_for_every_idea() {
    let review = review_all(&[easy(0, 30.0)]);
    assert!(review.findings.len() >= 10);
    for finding in &review.findings {
        assert_eq!(finding.tone, Tone::NotEvaluated, "{}", finding.id);
        assert!(finding.text.contains("needs"), "{}", finding.text);
    }
}

#[test]
fn the_block_is_the_last_twelve_weeks_and_ends_with_the_last_activity() {
    let season = season(20);
    let review = review_all(&season);
    assert_eq!(review.from, Some(day(8 * 7)));
    assert_eq!(review.to, Some(day(19 * 7 + 6)));
    assert_eq!(review.weeks.len(), 12);
    let cut = &season[..season.len() - 4];
    let review = review_all(cut);
    assert_eq!(review.weeks.last().map(|w| w.days_in_block), Some(3));
    assert_eq!(review.weeks[0].days_in_block, 7);
    let options = ReviewOptions {
        weeks: Some(3),
        ..ReviewOptions::default()
    };
    assert_eq!(super::review(&season, &options).weeks.len(), 3);
    let options = ReviewOptions {
        from: Some(day(3)),
        to: Some(day(8)),
        ..ReviewOptions::default()
    };
    let review = super::review(&season, &options);
    let days: Vec<u32> = review.weeks.iter().map(|w| w.days_in_block).collect();
    assert_eq!(days, [4, 2]);
    assert_eq!(review.totals.runs, 4);
}

#[test]
fn a_sum_of_which_nothing_is_known_is_absent_and_a_week_of_rest_is_zero() {
    let mut sessions = vec![easy(0, 30.0), easy(2, 40.0), easy(7, 30.0), easy(21, 30.0)];
    for session in &mut sessions[..2] {
        session.load = None;
        session.head.distance_m = None;
    }
    sessions[2].load = None;
    sessions.push(cycling(8));
    sessions[4].load = None;
    let review = review_all(&sessions);
    let [unknown, part, rest, known] = &review.weeks[..] else {
        panic!("{} weeks", review.weeks.len());
    };
    assert_eq!((unknown.distance_m, unknown.longest_run_m), (None, None));
    assert_eq!(
        (unknown.load, unknown.cross_training_load),
        (None, Some(0.0))
    );
    assert_eq!((unknown.measured_runs, unknown.rated_runs), (0, 0));
    assert!(part.distance_m.is_some_and(|metres| metres > 0.0));
    assert_eq!((part.load, part.cross_training_load), (None, None));
    let rested = (rest.distance_m, rest.longest_run_m, rest.load);
    assert_eq!(rested, (Some(0.0), Some(0.0), Some(0.0)));
    let totals = &review.totals;
    assert_eq!((totals.distance_m, totals.measured_runs), {
        let metres = part.distance_m.zip(known.distance_m).map(|(a, b)| a + b);
        (metres, 2)
    });
    assert_eq!((totals.load, totals.rated_runs), (known.load, 1));
    let loads: Vec<_> = review.load_curve[..2].iter().map(|p| p.load).collect();
    assert_eq!(loads, [None, Some(0.0)]);
    let json = serde_json::to_value(&review).expect("JSON");
    assert!(json["weeks"][0]["distance_m"].is_null() && json["weeks"][0]["load"].is_null());
}

#[test]
fn days_that_were_asked_for_are_clamped_to_the_data() {
    use chrono::NaiveDate;

    let season = season(3);
    let between = |from, to| ReviewOptions {
        from,
        to,
        ..ReviewOptions::default()
    };
    let whole = super::review(
        &season,
        &between(Some(NaiveDate::MIN), Some(NaiveDate::MAX)),
    );
    assert_eq!(whole.weeks.len(), 3);
    let later = super::review(&season, &between(Some(day(90)), None));
    assert!(later.weeks.is_empty());
    let empty = later.findings.iter().find(|f| f.id == "block_empty");
    assert!(empty.is_some_and(|f| f.text.contains(&day(1).to_string()[..7])));
}

#[test]
fn a_date_that_cannot_be_right_is_left_out_and_makes_no_work() {
    let mut sessions = season(12);
    let sound = review_all(&sessions);
    let mut far = easy(0, 30.0);
    far.head.day = chrono::NaiveDate::from_ymd_opt(2126, 5, 5);
    far.head.start_time = far
        .head
        .day
        .and_then(|d| d.and_hms_opt(6, 0, 0))
        .map(|t| t.and_utc());
    sessions.push(far);
    let everything = ReviewOptions {
        weeks: Some(u32::MAX),
        ..ReviewOptions::default()
    };
    for options in [ReviewOptions::default(), everything] {
        let review = review(&sessions, &options);
        assert_eq!(review.weeks, sound.weeks);
        assert_eq!((review.days.len(), review.load_curve.len()), (84, 84));
        assert_eq!(review.phases, sound.phases);
    }
    let text = text(&sessions, "sessions_far_away");
    assert!(
        text.starts_with("1 activity was left out: dated 5 May 2126"),
        "{text}"
    );
    // The log holds it, without the weeks between.
    assert_eq!(
        weeks_with_activities(&sessions, WeekStart::Monday).len(),
        13
    );
    assert_eq!(day_kinds(&sessions).len(), day_kinds(&season(12)).len() + 1);
}

#[test]
fn the_weeks_of_the_log_are_those_of_the_block() {
    let sessions = season(10);
    let sessions = &sessions[..sessions.len() - 2];
    for week_starts in [WeekStart::Monday, WeekStart::Sunday] {
        let options = ReviewOptions {
            weeks: Some(20),
            week_starts,
            ..ReviewOptions::default()
        };
        let mut weeks = review(sessions, &options).weeks;
        weeks.retain(|week| week.moving_s > 0.0);
        let mut log = weeks_with_activities(sessions, week_starts);
        assert_eq!(log.len(), weeks.len());
        // The block begins with its first activity's week, whole or not.
        log.iter_mut()
            .zip(&weeks)
            .for_each(|(a, b)| a.days_in_block = b.days_in_block);
        assert_eq!(log, weeks);
    }
}

#[test]
fn weeks_that_begin_with_sunday_hold_every_day_once() {
    let sessions = season(10);
    let of = |week_starts| {
        let options = ReviewOptions {
            weeks: Some(u32::MAX),
            week_starts,
            ..ReviewOptions::default()
        };
        review(&sessions, &options)
    };
    let (iso, other) = (of(WeekStart::Monday), of(WeekStart::Sunday));
    assert_eq!(iso.totals, other.totals);
    assert_eq!(iso.sessions.len(), other.sessions.len());
    let days: u32 = other.weeks.iter().map(|week| week.days_in_block).sum();
    assert_eq!(usize::try_from(days).expect("few days"), other.days.len());
    let sums = other.weeks.iter().map(|week| week.moving_s);
    assert!((sums.sum::<f64>() - iso.totals.moving_s).abs() < 1.0);
    for (week, day) in other.weeks.iter().zip(other.weeks[0].monday.iter_weeks()) {
        assert_eq!(week.monday, day);
        assert_eq!(week.monday.weekday(), chrono::Weekday::Sun);
        assert_eq!(week.name, day.to_string());
    }
    let stored = serde_json::to_value(&other).expect("a document");
    assert_eq!(stored["week_starts"], "sunday");
    assert!(
        serde_json::to_value(&iso)
            .expect("a document")
            .get("week_starts")
            .is_none()
    );
}

#[test]
fn weeks_before_the_first_activity_are_not_weeks_without_running() {
    assert_eq!(review_all(&season(3)).weeks.len(), 3);
}

#[test]
fn the_hardest_activity_makes_the_day() {
    let mut sessions = season(1);
    sessions.push(cycling(1));
    sessions.push(run(6, SessionKind::Steady, 45.0, 0.9));
    let kinds: Vec<DayKind> = review_all(&sessions).days.iter().map(|d| d.kind).collect();
    use DayKind::*;
    assert_eq!(kinds, [Rest, Hard, Easy, Easy, Cross, Hard, Medium]);
}

#[test]
fn easy_runs_that_drifted_are_named() {
    let mut sessions = season(4);
    // Three of twelve easy runs: below three quarters stayed easy only with a fourth.
    for index in [3, 10, 17, 24] {
        sessions.retain(|s| s.head.day != Some(day(index)));
        sessions.push(run(index, SessionKind::Easy, 60.0, 0.30));
    }
    assert_eq!(tone(&sessions, "easy_days_easy"), Some(Tone::Look));
    assert!(text(&sessions, "easy_days_easy").contains("8 Jan"));
    // A near miss: the same runs with just less than a fifth in the middle zone.
    sessions.retain(|s| {
        s.distribution
            .as_ref()
            .is_none_or(|d| d.middle_outside_quality_s < 1.0)
    });
    for index in [3, 10, 17, 24] {
        sessions.push(run(index, SessionKind::Easy, 60.0, 0.19));
    }
    assert_eq!(tone(&sessions, "easy_days_easy"), Some(Tone::Good));
}

#[test]
fn coverage_is_said() {
    let mut sessions = season(4);
    let first_easy = sessions.iter_mut().find(|s| s.kind == SessionKind::Easy);
    first_easy.expect("the season has easy runs").distribution = None;
    assert!(text(&sessions, "easy_days_easy").contains("11 of 12 easy runs rated"));
    assert!(text(&sessions, "middle_zone").contains("19 of 20 runs rated"));
}

#[test]
fn hard_days_back_to_back_are_named() {
    let mut sessions = season(4);
    assert_eq!(tone(&sessions, "hard_day_spacing"), Some(Tone::Good));
    sessions.push(run(9, SessionKind::Hills, 50.0, 0.0));
    assert_eq!(tone(&sessions, "hard_day_spacing"), Some(Tone::Look));
    let text = text(&sessions, "hard_day_spacing");
    assert!(
        text.contains("1 time") && text.contains("13 Jan and 14 Jan"),
        "{text}"
    );
    // Two hard sessions on one day are one hard day.
    let mut stacked = season(4);
    stacked.push(run(1, SessionKind::Hills, 50.0, 0.0));
    assert_eq!(tone(&stacked, "hard_day_spacing"), Some(Tone::Good));
}

#[test]
fn a_spike_is_a_run_beyond_a_tenth_longer() {
    let longest = 70.0;
    let with = |ratio: f64| {
        let mut sessions = season(6);
        sessions.push(easy(41, longest * ratio));
        sessions
    };
    assert_eq!(tone(&with(1.34), "single_run_spike"), Some(Tone::Look));
    assert!(text(&with(1.34), "single_run_spike").contains("34 % longer"));
    assert_eq!(tone(&with(1.09), "single_run_spike"), Some(Tone::Good));
    assert_eq!(
        tone(&season(4), "single_run_spike"),
        Some(Tone::NotEvaluated)
    );
}

#[test]
fn the_recovery_audit_says_what_each_slot_became() {
    let mut sessions = season(6);
    for index in [2, 9, 16, 23, 30, 37] {
        sessions.retain(|s| s.head.day != Some(day(index)));
        let mut drifted = run(index, SessionKind::Easy, 35.0, 0.5);
        drifted.hours_since_key_session = Some(23.0);
        sessions.push(drifted);
    }
    assert_eq!(tone(&sessions, "recovery_runs"), Some(Tone::Look));
    assert!(text(&sessions, "recovery_runs").contains("6 drifted to moderate"));
}

#[test]
fn slots_are_told_and_few_runs_or_hard_days_are_a_remark_beside() {
    let three_runs: Vec<Session> = season(6)
        .into_iter()
        .filter(|s| s.kind != SessionKind::Easy)
        .collect();
    let said = text(&three_runs, "recovery_runs");
    assert!(
        said.starts_with("All 6 short runs around your hard days stayed easy"),
        "{said}"
    );
    assert!(
        said.contains("With 2 hard days and 3 runs in the usual week"),
        "{said}"
    );
    let said = text(&season(2), "recovery_runs");
    assert!(
        said.contains("All 2 short") && said.contains("Too few"),
        "{said}"
    );
    let said = text(&season(6), "recovery_runs");
    assert!(
        !said.contains("usual week") && !said.contains("Too few"),
        "{said}"
    );
    let one_quality: Vec<Session> = season(6)
        .into_iter()
        .map(|mut s| {
            s.quality &= s.kind != SessionKind::Tempo;
            s
        })
        .collect();
    let said = text(&one_quality, "recovery_runs");
    assert!(said.contains("With 1 hard day and 5 runs"), "{said}");
    assert_eq!(
        tone(&alternating(6), "recovery_runs"),
        Some(Tone::NotEvaluated)
    );
}

/// Returns a recovery run with a pace that is so much slower than easy, in seconds per kilometre.
fn recovery_at(index: u64, minutes: f64, slower_s_per_km: f64) -> Session {
    let mut session = recovery(index, minutes);
    session.references.easy_speed_m_s = Some(crate::history::Reference {
        value: 1000.0 / 350.0,
        low: 2.8,
        high: 2.9,
        source: String::new(),
        date: None,
        confidence: crate::history::Confidence::Fair,
    });
    let mut whole = segment(
        crate::segmentation::SegmentKind::Steady,
        0.0,
        minutes * 60.0,
    );
    whole.effort_speed_m_s = Some(1000.0 / (350.0 + slower_s_per_km));
    session.segments = vec![whole];
    session
}

#[test]
fn each_recovery_run_says_whether_it_met_the_strict_definition() {
    let mut sessions = season(6);
    let days = [2, 9, 16, 23, 30, 37];
    sessions.retain(|s| days.iter().all(|index| s.head.day != Some(day(*index))));
    sessions.extend([
        recovery_at(2, 30.0, 40.0),
        recovery_at(9, 45.0, 50.0),
        recovery_at(16, 30.0, 20.0),
        recovery_at(23, 20.0, 37.5),
        recovery_at(30, 30.0, 38.0),
        recovery(37, 30.0),
    ]);
    let slots = review_all(&sessions).recovery_slots;
    let runs = slots.iter().filter(|slot| slot.became == Became::Recovery);
    let strict: Vec<Option<bool>> = runs.map(|slot| slot.strict).collect();
    let (met, missed) = (Some(true), Some(false));
    assert_eq!(strict, [met, missed, missed, met, met, None]);
    assert_eq!(slots[0].slower_s_per_km, Some(40.0));
    let said = text(&sessions, "recovery_runs");
    assert!(
        said.contains("6 were recovery runs; 3 met the strict definition"),
        "{said}"
    );
    let why =
        "easy pace), not 14 Jan (45 min), 21 Jan (32 s a mile slower), 11 Feb (pace not known)";
    assert!(said.contains(why), "{said}");
}

#[test]
fn the_second_view_speaks_of_tired_legs() {
    let mut sessions = season(6);
    let mut evening = recovery(8, 25.0);
    evening.head.start_time = day(8).and_hms_opt(18, 0, 0).map(|t| t.and_utc());
    evening.hours_since_key_session = Some(11.0);
    sessions.push(evening);
    for session in sessions.iter_mut().filter(|session| session.quality) {
        let is_tempo = session.kind == SessionKind::Tempo;
        session.execution = Some(Box::new(crate::classification::Execution {
            of_modelled_best: Some(if is_tempo { 0.93 } else { 0.9 }),
            ..Default::default()
        }));
    }
    let options = ReviewOptions {
        recovery_view: RecoveryView::B,
        ..ReviewOptions::default()
    };
    let review = review(&sessions, &options);
    let said = review.findings.iter().find(|f| f.id == "recovery_runs");
    let said = said.map(|f| f.text.as_str()).unwrap_or_default();
    assert!(
        said.contains("All 9 short runs around your hard days stayed easy"),
        "{said}"
    );
    assert!(said.contains("7 runs on tired legs: 23 h after the key session in the middle, 1 as the second run of the day"), "{said}");
    assert!(
        said.contains(
            "came next were run at 93 % of your modelled best (6 of them), the 6 others at 90 %"
        ),
        "{said}"
    );
    assert!(!said.contains("strict"), "{said}");
}

#[test]
fn warm_up_and_cool_down_in_files_of_their_own_are_no_recovery_slots() {
    let beside = |hour, minute, since: Option<f64>| {
        let mut session = easy(1, 15.0);
        session.head.start_time = day(1).and_hms_opt(hour, minute, 0).map(|t| t.and_utc());
        session.hours_since_key_session = since;
        session.head.source.sha256 = format!("{hour:02}{minute:02}{:08}", 0);
        session
    };
    let plain = review_all(&season(6)).recovery_slots;
    let mut sessions = season(6);
    // The session of the first Tuesday is from 6:00 to 7:00.
    sessions.extend([beside(5, 30, None), beside(7, 10, Some(0.2))]);
    assert_eq!(review_all(&sessions).recovery_slots, plain);
    // Hours later it is a second run on tired legs.
    sessions.push(beside(17, 0, Some(10.0)));
    let slots = review_all(&sessions).recovery_slots;
    assert_eq!(slots.len(), plain.len() + 1);
    assert!(slots[0].second_of_day && slots[0].hours_after == Some(10.0));
}

/// Returns weeks with three easy runs of so many minutes each.
fn weeks_of(minutes: &[f64]) -> Vec<Session> {
    let weeks = minutes
        .iter()
        .zip(0..)
        .filter(|(minutes, _)| **minutes > 0.0);
    weeks
        .flat_map(|(minutes, week)| [0, 2, 6].map(|number| easy(week * 7 + number, *minutes)))
        .collect()
}

/// Returns weeks of easy running without a hard day.
fn alternating(weeks: usize) -> Vec<Session> {
    weeks_of(&vec![40.0; weeks])
}

#[test]
fn running_that_nearly_stopped_is_said_first_and_is_a_break() {
    // Three runs a week of 38, 27, 31, 20 and 17 km in all, then hardly any.
    let minutes = [76.0, 54.0, 62.0, 40.0, 34.0, 12.0, 6.0, 6.0, 2.0, 4.0];
    let sessions = weeks_of(&minutes);
    let review = review_all(&sessions);
    let first = &review.findings[0];
    assert_eq!(first.id, "volume_fell");
    assert!(
        first.text.starts_with("Running fell by 89 % from 9 Feb on and has nearly stopped: 18 min and 3 runs a week in the 5 weeks since, 2.7 h a week in the 5 weeks before."),
        "{}", first.text
    );
    let easier = review.findings.iter().find(|f| f.id == "easier_weeks");
    assert_eq!(easier.map(|f| f.tone), Some(Tone::NotEvaluated));
    let last = review.phases.spans.last();
    assert_eq!(last.map(|span| span.phase), Some(Phase::Break));
    assert!(review.phases.spans.iter().all(|span| span.confidence < 0.9));
    let phases = text(&sessions, "phases");
    assert!(
        phases.contains("break (") && !phases.contains("100 %"),
        "{phases}"
    );
}

#[test]
fn the_first_weeks_after_a_break_are_held_against_those_before() {
    let bold = [60.0, 60.0, 60.0, 60.0, 0.0, 0.0, 0.0, 58.0, 58.0, 60.0];
    let said = text(&weeks_of(&bold), "came_back");
    assert!(
        text(&weeks_of(&bold), "phases").contains("break (3 weeks from 2 Feb, no run)"),
        "{}",
        text(&weeks_of(&bold), "phases")
    );
    assert!(
        said.starts_with("After a break of 3 weeks (2 Feb to 22 Feb, no run) you came back with 2.9 h a week in the first 2 weeks, 97 % of the usual 3.0 h before."),
        "{said}"
    );
    assert_eq!(tone(&weeks_of(&bold), "came_back"), Some(Tone::Look));
    let careful = [60.0, 60.0, 60.0, 60.0, 0.0, 0.0, 0.0, 30.0, 45.0, 60.0];
    assert_eq!(tone(&weeks_of(&careful), "came_back"), Some(Tone::Good));
}

#[test]
fn weeks_that_only_grow_are_counted() {
    let growing = [40.0, 44.0, 48.0, 52.0, 58.0, 64.0];
    let said = text(&weeks_of(&growing), "more_every_week");
    assert!(
        said.starts_with("Running time grew 5 weeks in a row without an easier one, from 2.0 h (week of 5 Jan) to 3.2 h (week of 9 Feb): 60 % more in all. Next:"),
        "{said}"
    );
}

/// Returns strength training.
fn strength(index: u64) -> Session {
    let mut session = cycling(index);
    session.head.sport = crate::ingest::Sport::Strength;
    session
}

#[test]
fn strength_training_belongs_on_hard_days() {
    let with = |days: &[u64]| {
        let mut sessions = season(4);
        sessions.extend(days.iter().map(|index| strength(*index)));
        sessions
    };
    // Tuesdays and Saturdays are hard.
    assert_eq!(tone(&with(&[1, 8, 15]), "strength_days"), Some(Tone::Good));
    let said = text(&with(&[1, 7, 14]), "strength_days");
    assert!(
        said.starts_with("Of 3 days with strength training 1 were hard days, 0 easy or moderate, 2 without a run; 2 were the day before a hard one (12 Jan, 19 Jan)."),
        "{said}"
    );
    assert_eq!(tone(&with(&[1, 7, 14]), "strength_days"), Some(Tone::Look));
    assert_eq!(tone(&with(&[3, 10]), "strength_days"), Some(Tone::Fact));
    assert_eq!(tone(&with(&[1]), "strength_days"), None);
    // It is no "other sport" a second time.
    assert_eq!(tone(&with(&[1, 8, 15]), "other_sport_days"), None);
}

#[test]
fn weeks_of_easy_and_long_running_only_hear_of_a_focused_session() {
    let mut sessions = alternating(6);
    sessions.extend((0..6).map(|week| run(week * 7 + 5, SessionKind::Long, 100.0, 0.0)));
    let said = text(&sessions, "long_runs_with_purpose");
    assert!(
        said.starts_with("6 of 6 weeks held only easy and long running."),
        "{said}"
    );
    sessions.extend((0..6).map(|week| run(week * 7 + 3, SessionKind::Tempo, 50.0, 0.0)));
    let said = text(&sessions, "long_runs_with_purpose");
    assert!(said.starts_with("All 6 long runs were slow"), "{said}");
}

#[test]
fn drills_before_the_first_repetition_are_warm_up() {
    use crate::segmentation::SegmentKind::*;
    use crate::vocabulary::SegmentKind;
    let workouts = |parts: &[(SegmentKind, f64)]| -> Vec<Session> {
        let one = |index| {
            let mut session = intervals(index, 1.0);
            let mut at = 0.0;
            for (kind, seconds) in parts {
                session.segments.push(segment(*kind, at, at + seconds));
                at += seconds;
            }
            session.execution = Some(Box::new(crate::classification::Execution {
                warm_up_s: Some(240.0),
                ..Default::default()
            }));
            session
        };
        (0..4).map(|week| one(week * 7)).collect()
    };
    let drills = [
        (WarmUp, 240.0),
        (Stride, 20.0),
        (Recovery, 100.0),
        (Stride, 20.0),
        (Recovery, 100.0),
        (Rest, 120.0),
        (Work, 240.0),
        (Recovery, 90.0),
        (Work, 240.0),
    ];
    assert_eq!(tone(&workouts(&drills), "warm_up"), Some(Tone::Good));
    let none = [
        (WarmUp, 240.0),
        (Work, 240.0),
        (Recovery, 600.0),
        (Work, 240.0),
    ];
    assert_eq!(tone(&workouts(&none), "warm_up"), Some(Tone::Look));
}

#[test]
fn an_extended_recovery_run_is_named() {
    let mut sessions = season(6);
    sessions.retain(|s| s.head.day != Some(day(9)));
    sessions.push(recovery(9, 41.0));
    assert!(
        text(&sessions, "recovery_runs").contains("1 recovery run was longer than usual (14 Jan)")
    );
    sessions.retain(|s| s.head.day != Some(day(9)));
    sessions.push(recovery(9, 36.0));
    assert!(!text(&sessions, "recovery_runs").contains("longer than usual"));
}

#[test]
fn the_view_changes_words_only() {
    let season = season(6);
    let of = |recovery_view| {
        let options = ReviewOptions {
            recovery_view,
            ..ReviewOptions::default()
        };
        review(&season, &options)
    };
    let (mut a, mut b) = (of(RecoveryView::A), of(RecoveryView::B));
    assert_ne!(a, b);
    for finding in a.findings.iter_mut().chain(&mut b.findings) {
        finding.text.clear();
    }
    assert_eq!(a, b);
}

#[test]
fn repetitions_that_slow_down_are_named() {
    let sessions: Vec<Session> = (0..4).map(|week| intervals(week * 7, 6.0)).collect();
    assert_eq!(tone(&sessions, "even_repetitions"), Some(Tone::Look));
    let sessions: Vec<Session> = (0..4).map(|week| intervals(week * 7, 2.9)).collect();
    assert_eq!(tone(&sessions, "even_repetitions"), Some(Tone::Good));
}

#[test]
fn raced_workouts_are_named() {
    let mut sessions = season(4);
    assert_eq!(tone(&sessions, "raced_workouts"), Some(Tone::NotEvaluated));
    for session in &mut sessions {
        session.execution = Some(Box::new(crate::classification::Execution {
            of_modelled_best: Some(0.9),
            ..Default::default()
        }));
    }
    assert_eq!(tone(&sessions, "raced_workouts"), Some(Tone::Good));
    sessions[0].tags.push("raced_workout".to_owned());
    assert!(text(&sessions, "raced_workouts").starts_with("1 of 8 workouts looked raced"));
    // A race is meant to be raced.
    sessions[0].kind = SessionKind::Race;
    assert_eq!(tone(&sessions, "raced_workouts"), Some(Tone::Good));
}

#[test]
fn other_sport_is_set_beside_the_running_of_its_day() {
    let mut sessions = season(4);
    assert_eq!(tone(&sessions, "other_sport_days"), None);
    sessions.extend([cycling(1), cycling(8), cycling(15)]);
    assert_eq!(tone(&sessions, "other_sport_days"), Some(Tone::Good));
    sessions.extend([cycling(3), cycling(10)]);
    let text = text(&sessions, "other_sport_days");
    assert!(
        text.contains("5 days with running: 3 hard, 0 moderate, 2 easy"),
        "{text}"
    );
}

#[test]
fn two_runs_on_one_day_are_a_double() {
    let mut sessions = season(1);
    assert!(review_all(&sessions).days.iter().all(|day| !day.double));
    let mut evening = easy(3, 30.0);
    evening.head.start_time = day(3).and_hms_opt(18, 0, 0).map(|t| t.and_utc());
    sessions.extend([evening, cycling(5)]);
    let doubles: Vec<bool> = review_all(&sessions)
        .days
        .iter()
        .map(|d| d.double)
        .collect();
    // Monday to Sunday; a ride beside a run makes none.
    assert_eq!(doubles, [false, false, false, true, false, false, false]);
}

#[test]
fn what_is_left_out_is_said() {
    let mut sessions = season(2);
    let runs = review_all(&sessions).totals.runs;
    sessions[0].head.day = None;
    sessions[2].excluded = true;
    let review = review_all(&sessions);
    assert_eq!(review.totals.runs, runs - 2);
    assert!(text(&sessions, "sessions_without_day").starts_with("1 activity was left out"));
    assert!(text(&sessions, "sessions_excluded").starts_with("1 activity was left out"));
}

#[test]
fn another_sport_changes_its_day_and_count_only() {
    let plain = season(6);
    let mut more = plain.clone();
    more.push(cycling(0));
    let (mut plain, mut more) = (review_all(&plain), review_all(&more));
    assert_eq!(more.days[0].kind, DayKind::Cross);
    assert_eq!(more.totals.cross_training, plain.totals.cross_training + 1);
    for review in [&mut plain, &mut more] {
        review.totals.cross_training = 0;
        review.totals.cross_training_load = None;
        for week in &mut review.weeks {
            week.cross_training_load = None;
        }
        review.days.clear();
        review.sessions.retain(|s| s.day != day(0));
    }
    assert_eq!(plain, more);
}

#[test]
fn the_curve_knows_what_came_before_the_block() {
    let season = season(20);
    let review = review_all(&season);
    assert_eq!(review.load_curve.len(), 84);
    assert!(review.load_curve.iter().all(|point| !point.settling));
}

#[test]
fn identifiers_are_stable_and_tell_activities_of_one_file_apart() {
    let mut session = easy(0, 30.0);
    assert_eq!(session_id(&session), "2026-01-05-00000000");
    session.head.source.number = NonZeroUsize::new(2);
    assert_eq!(session_id(&session), "2026-01-05-00000000-2");
    session.head.day = None;
    session.head.source.number = None;
    session.head.source.member = Some("odd#2".to_owned());
    assert_eq!(session_id(&session), "undated-00000000");
}

/// Checks what holds of every review.
fn check(sessions: &[Session], options: &ReviewOptions) {
    let review = review(sessions, options);
    let days: u32 = review.weeks.iter().map(|week| week.days_in_block).sum();
    assert_eq!(days as usize, review.days.len());
    assert!(review.days.is_sorted_by(|a, b| a.day < b.day));
    assert!(review.weeks.is_sorted_by(|a, b| a.monday < b.monday));
    let runs: usize = review.weeks.iter().map(|week| week.runs).sum();
    assert_eq!(runs, review.totals.runs);
    let moving_s: f64 = review.weeks.iter().map(|week| week.moving_s).sum();
    assert!((moving_s - review.totals.moving_s).abs() < 1.0);
    let of_days: Vec<usize> = review
        .days
        .iter()
        .flat_map(|d| d.sessions.clone())
        .collect();
    assert_eq!(of_days, (0..review.sessions.len()).collect::<Vec<_>>());
    for percentages in [
        review.distribution.time_pct(),
        review.distribution.goal_pct(),
    ] {
        assert!(percentages.is_none_or(|p| p.iter().sum::<u32>() == 100));
    }
    let ids: Vec<&String> = review.sessions.iter().map(|session| &session.id).collect();
    for finding in &review.findings {
        assert!(
            finding
                .numbers
                .iter()
                .all(|number| number.value.is_finite())
        );
        let is_known = |id: &String| ids.contains(&id) || id.starts_with("undated");
        assert!(finding.sessions.iter().all(is_known), "{}", finding.id);
    }
    let quality = review.sessions.iter().filter(|session| session.quality);
    let key: Vec<&String> = review.key_sessions.iter().map(|key| &key.id).collect();
    assert_eq!(key, quality.map(|session| &session.id).collect::<Vec<_>>());
    assert!(
        review
            .recovery_slots
            .iter()
            .all(|slot| ids.contains(&&slot.id))
    );
    assert!(
        review
            .best_efforts
            .iter()
            .all(|best| ids.contains(&&best.id))
    );
    let spans = &review.phases.spans;
    assert!(spans.windows(2).all(|pair| pair[0].last < pair[1].first));
    assert!(
        spans
            .iter()
            .all(|span| (0.0..=1.0).contains(&span.confidence))
    );
    // Numbers that are not finite would be written as null and could not be read back.
    let json = serde_json::to_string(&review).expect("a review is written");
    let read: Review = serde_json::from_str(&json).expect("a review is read back");
    assert_eq!(read, review);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(20_260_105), ..ProptestConfig::default() })]

    #[test]
    fn every_subset_of_a_season_has_a_sound_review(
        kept in proptest::collection::vec(any::<(bool, bool)>(), 60),
        weeks in 0u32..15,
        from in proptest::option::of(0u64..100),
        to in proptest::option::of(0u64..100),
    ) {
        let mut sessions = season(10);
        sessions.push(run(33, SessionKind::Long, 95.0, 0.1));
        let mut kept = kept.into_iter().chain(std::iter::repeat((true, true)));
        sessions.retain_mut(|session| {
            let (keep, rated) = kept.next().unwrap_or((true, true));
            if !rated {
                session.distribution = None;
                session.load = None;
                session.head.distance_m = None;
            }
            keep
        });
        let options = ReviewOptions {
            weeks: Some(weeks),
            from: from.map(day),
            to: to.map(day),
            recovery_view: RecoveryView::B,
            ..ReviewOptions::default()
        };
        check(&sessions, &options);
        let forward = review(&sessions, &options);
        sessions.reverse();
        prop_assert_eq!(review(&sessions, &options), forward);
    }
}

#[test]
fn the_kinds_of_days_are_known_beyond_the_block() {
    let sessions = season(20);
    let block = review(&sessions, &ReviewOptions::default());
    let kinds = day_kinds(&sessions);
    assert_eq!(kinds.len(), 20 * 6);
    assert_eq!(kinds.get(&day(1)), Some(&DayKind::Hard));
    for day in &block.days {
        let kind = kinds.get(&day.day).copied().unwrap_or_default();
        assert_eq!(kind, day.kind, "{}", day.day);
    }
    assert!(day_kinds(&[]).is_empty());
}

#[test]
fn spikes_and_easier_weeks_are_those_of_the_findings() {
    let mut sessions = season(12);
    sessions.push(easy(77, 200.0));
    let block = review(&sessions, &ReviewOptions::default());
    let spikes = block.single_run_spikes();
    let days: Vec<_> = spikes.iter().map(|line| line.day).collect();
    assert_eq!(days, [day(77)]);
    let mondays = [7 * 7, 11 * 7].map(day);
    assert_eq!(block.easier_weeks()[..1], mondays[..1]);
    let found = block.findings.iter().find(|f| f.id == "easier_weeks");
    let numbers = found.map(|finding| &finding.numbers);
    let count = numbers.and_then(|all| all.iter().find(|n| n.name == "easier weeks"));
    let easier = u32::try_from(block.easier_weeks().len()).map(f64::from);
    assert_eq!(count.map(|number| number.value), easier.ok());
}

#[test]
#[expect(clippy::float_cmp, reason = "whole seconds")]
fn a_week_holds_the_sums_of_its_runs() {
    let mut sessions = vec![
        easy(0, 30.0),
        intervals(2, 1.0),
        easy(5, 61.0),
        cycling(6),
        easy(7, 20.0),
    ];
    sessions[2].distribution = None;
    let review = review_all(&sessions);
    let week = &review.weeks[0];
    assert_eq!(
        (week.runs, week.quality_sessions, week.days_in_block),
        (3, 1, 7)
    );
    // 30, 60 and 61 minutes; of the intervals a third of an hour's nine tenths is hard.
    assert_eq!((week.moving_s, week.longest_run_s), (9060.0, 3660.0));
    assert_eq!(week.zone_s, [1800.0 + 2520.0, 0.0, 1080.0]);
    assert_eq!(week.unrated_s, 3660.0);
    assert_eq!(week.distance_m, Some(9060.0 * 3.0));
    assert_eq!(week.longest_run_m, Some(3660.0 * 3.0));
    assert_eq!((week.load, week.rated_runs), (Some(151.0), 3));
    assert_eq!(week.cross_training_load, Some(60.0));
    // Loads 30, 0, 60, 0, 0, 61, 0: mean 21.57, deviation 27.0.
    let loads = [30.0, 0.0, 60.0, 0.0, 0.0, 61.0, 0.0f64];
    let mean = 151.0 / 7.0;
    let deviation = (loads.iter().map(|load| (load - mean).powi(2)).sum::<f64>() / 7.0).sqrt();
    assert_eq!(
        week.monotony,
        Some(crate::units::round(mean / deviation, 2))
    );
    assert_eq!(week.strain, Some((151.0 * mean / deviation).round()));
    // Half a week has none, nor has one of which a run is not rated.
    assert_eq!(review.weeks[1].monotony, None);
    sessions[0].load = None;
    assert_eq!(review_all(&sessions).weeks[0].monotony, None);
    let totals = review.totals;
    assert_eq!(
        (totals.runs, totals.cross_training, totals.quality_sessions),
        (4, 1, 1)
    );
    assert_eq!((totals.moving_s, totals.load), (10_260.0, Some(171.0)));
}

#[test]
fn hard_minutes_and_races_of_a_week_are_those_of_its_runs() {
    let mut sessions = season(12);
    for session in &mut sessions {
        if let Some(distribution) = &mut session.distribution {
            distribution.five_zone_s = [0.0, 0.0, 60.0, 300.0, 120.0];
        }
    }
    let mut race = run(6, SessionKind::Race, 90.0, 0.0);
    race.head.distance_m = Some(15_000.0);
    race.distribution = sessions[0].distribution.clone();
    sessions.push(race);
    let options = ReviewOptions::default();
    let block = block::Block::new(&sessions, &options);
    let weeks = week_sums::week_sums(&block);
    assert_eq!(weeks.len(), 12);
    // Five runs of seven minutes each, the race left out.
    assert!((weeks[0].hard_minutes - 35.0).abs() < 1e-9);
    assert_eq!(
        (weeks[0].runs, weeks[0].has_race, weeks[0].has_long_race),
        (6, true, true)
    );
    assert!((weeks[1].hours - (60.0 + 30.0 + 60.0 + 55.0 + 70.0) / 60.0).abs() < 1e-9);
    assert_eq!((weeks[1].runs, weeks[1].has_race), (5, false));
    assert_eq!(weeks[3].usual_hours, weeks[4].usual_hours);
    let span = block.span.expect("days");
    assert!(weeks.iter().all(|week| week.lies_in(span)));
    let shorter = block::Span {
        from: span.from + chrono::Days::new(1),
        to: span.to - chrono::Days::new(1),
    };
    assert!(!weeks[0].lies_in(shorter) && !weeks[11].lies_in(shorter) && weeks[1].lies_in(shorter));
}

#[test]
fn the_fastest_of_a_block_stand_beside_those_of_the_year_before() {
    use crate::summary::BestEffort;
    let fast = |index: u64, distance_m: f64, time_s: f64| {
        let mut session = easy(index, 60.0);
        session.best_efforts.push(BestEffort {
            distance_m,
            time_s,
            elapsed_s: Some(time_s),
            ..BestEffort::default()
        });
        session
    };
    let sessions = [
        fast(0, 5000.0, 1180.0),
        fast(10, 5000.0, 1200.0),
        fast(11, 1609.344, 350.0),
        fast(380, 5000.0, 1230.0),
        fast(382, 5000.0, 1210.0),
        fast(383, 1609.344, 345.0),
    ];
    let options = ReviewOptions {
        weeks: Some(1),
        ..ReviewOptions::default()
    };
    let review = super::review(&sessions, &options);
    let bests: Vec<_> = review
        .best_efforts
        .iter()
        .map(|best| (best.distance_m, best.time_s, best.before_s, best.day))
        .collect();
    // The block begins on day 378, the year before it on day 13.
    assert_eq!(
        bests,
        [
            (1609.344, 345.0, None, day(383)),
            (5000.0, 1210.0, None, day(382))
        ]
    );
    let options = ReviewOptions {
        from: Some(day(371)),
        ..ReviewOptions::default()
    };
    let review = super::review(&sessions, &options);
    let before: Vec<_> = review
        .best_efforts
        .iter()
        .map(|best| best.before_s)
        .collect();
    // From day 6 on: the slower five kilometres of day 10.
    assert_eq!(before, [Some(350.0), Some(1200.0)]);
}

#[test]
fn settings_say_when_weeks_begin_and_how_mornings_were() {
    use crate::settings::Settings;
    use crate::settings::Wellness;
    let settings = Settings {
        week_starts: WeekStart::Sunday,
        wellness: Wellness::parse("date,resting_hr_bpm\n2026-01-05,50\n").expect("a sound table"),
        ..Settings::default()
    };
    let options = ReviewOptions {
        weeks: Some(3),
        ..ReviewOptions::default()
    };
    let told = options.with_settings(&settings);
    assert_eq!((told.weeks, told.week_starts), (Some(3), WeekStart::Sunday));
    assert_eq!(told.wellness, settings.wellness);
    let sure = |confidence| {
        let span = PhaseSpan {
            confidence,
            ..PhaseSpan::default()
        };
        span.certainty()
    };
    assert_eq!(
        (sure(0.75), sure(0.74), sure(0.55), sure(0.54)),
        ("clear", "likely", "likely", "unsure")
    );
}

#[test]
fn a_long_run_is_told_with_what_it_held() {
    use crate::vocabulary::SegmentKind::*;
    let title = |kinds: &[crate::vocabulary::SegmentKind], sets: &[&str]| {
        let mut session = run(0, SessionKind::Long, 120.0, 0.0);
        session.segments = kinds
            .iter()
            .map(|kind| segment(*kind, 0.0, 300.0))
            .collect();
        let set = intervals(0, 1.0).sets.remove(0);
        session.sets = sets
            .iter()
            .map(|name| crate::segmentation::Set {
                name: (*name).to_owned(),
                ..set.clone()
            })
            .collect();
        session_title(&session)
    };
    let words = SessionKind::Long.words();
    assert_eq!(title(&[Steady], &[]), words);
    assert_eq!(title(&[Steady], &["4 × 20 s"]), "4 × 20 s, 90 s jog");
    assert_eq!(
        title(&[Hill, Recovery, Hill], &["2 × 1 min"]),
        format!("{words} with 2 hills")
    );
    assert_eq!(
        title(&[Work, Recovery, Hill], &["2 × 1 min"]),
        format!("{words} with 2 × 1 min, 90 s jog")
    );
    assert_eq!(
        title(&[Work, Recovery, Tempo], &[]),
        format!("{words} with 2 efforts")
    );
    assert_eq!(
        title(&[Tempo, Steady, Progression], &[]),
        "tempo 5:00 + progression 5:00"
    );
}

#[test]
fn runs_close_to_a_hard_session_are_slots_and_its_own_warm_up_is_none() {
    let slots = |hours: Option<f64>, minutes: f64| {
        let mut sessions = season(1);
        let mut after = easy(2, minutes);
        after.hours_since_key_session = hours;
        sessions[1] = after;
        // A day of rest before the next hard one.
        sessions.remove(2);
        review_all(&sessions)
            .recovery_slots
            .into_iter()
            .filter(|slot| slot.day == day(2))
            .count()
    };
    assert_eq!(
        (
            slots(Some(36.0), 50.0),
            slots(Some(1.0), 50.0),
            slots(Some(0.9), 50.0)
        ),
        (1, 1, 0)
    );
    assert_eq!(slots(Some(36.0), 50.1), 0);
    // Last before the next hard one, whenever that was.
    assert_eq!(slots(Some(36.1), 50.0), 1);
    assert_eq!(slots(None, 50.0), 1);
}

#[test]
fn key_sessions_after_recovery_runs_are_told_beside_the_others() {
    let mut sessions = Vec::new();
    for week in 0..4 {
        let monday = 7 * week;
        let workout = |index, share| {
            let mut session = intervals(index, 1.0);
            session.execution = Some(Box::new(crate::classification::Execution {
                of_modelled_best: Some(share),
                ..Default::default()
            }));
            session
        };
        sessions.extend([
            workout(monday, 0.94),
            easy(monday + 2, 60.0),
            recovery(monday + 3, 30.0),
            workout(monday + 4, 0.90),
        ]);
    }
    let told = text(&sessions, "before_key_sessions");
    assert!(
        told.contains(
            "at 90 % of your modelled best in the middle (4 of them), the others at 94 % (4)"
        ),
        "{told}"
    );
    let few = &sessions[..8];
    assert_eq!(text(few, "before_key_sessions"), "");
    let after = text(&sessions, "days_after_hard_days");
    assert_eq!(after, "The days after 7 hard days: 7 of rest.");
}

#[test]
fn the_longest_run_of_a_week_has_its_share_of_it() {
    let week = |monday: u64, minutes: &[f64]| -> Vec<Session> {
        let days = [0, 1, 3, 5, 6]
            .into_iter()
            .rev()
            .take(minutes.len())
            .collect::<Vec<u64>>();
        days.iter()
            .rev()
            .zip(minutes)
            .map(|(index, minutes)| easy(monday + index, *minutes))
            .collect()
    };
    let mut sessions = week(0, &[60.0, 60.0, 60.0, 60.0, 100.0]);
    sessions.extend(week(7, &[60.0, 60.0, 60.0, 150.0]));
    sessions.extend(week(14, &[60.0, 60.0, 60.0, 115.0]));
    // 100 of 340, 150 of 330 and 115 of 295 minutes: of five runs 30 % are usual, of four 40 %.
    let told = text(&sessions, "long_run_share");
    assert!(
        told.contains("made up 39 % of the usual week") && told.ends_with("in 1 of 3 weeks."),
        "{told}"
    );
    assert_eq!(tone(&sessions, "long_run_share"), Some(Tone::Fact));
    sessions[4] = easy(6, 105.0);
    let told = text(&sessions, "long_run_share");
    assert!(told.ends_with("in 2 of 3 weeks."), "{told}");
    assert_eq!(tone(&sessions, "long_run_share"), Some(Tone::Look));
    // A week of two runs says nothing.
    sessions.extend(week(21, &[60.0, 200.0]));
    assert!(text(&sessions, "long_run_share").ends_with("in 2 of 3 weeks."));
    assert_eq!(
        tone(&sessions[..5], "long_run_share"),
        Some(Tone::NotEvaluated)
    );
    assert_eq!(tone(&sessions[..9], "long_run_share"), Some(Tone::Look));
}

#[test]
fn a_long_run_on_the_day_after_a_hard_one_is_told_apart() {
    let mut sessions = season(3);
    sessions.push(run(6, SessionKind::Long, 120.0, 0.0));
    let told = text(&sessions, "hard_day_spacing");
    assert!(
        told.contains(
            "1 time among 7 hard days (1 of them a long run on the second day): 10 Jan and 11 Jan"
        ),
        "{told}"
    );
    let mut hills = season(3);
    hills.push(run(6, SessionKind::Hills, 60.0, 0.0));
    let told = text(&hills, "hard_day_spacing");
    assert!(
        told.contains("among 7 hard days: 10 Jan and 11 Jan"),
        "{told}"
    );
}

#[test]
fn what_could_not_be_evaluated_is_listed() {
    let review = review_all(&[easy(0, 30.0)]);
    assert_eq!(review.not_evaluated().len(), review.findings.len());
    let review = review_all(&season(12));
    let open = review
        .findings
        .iter()
        .filter(|one| one.tone == Tone::NotEvaluated)
        .count();
    assert!(open > 0 && open < review.findings.len());
    assert_eq!(review.not_evaluated().len(), open);
}

#[test]
fn three_key_sessions_of_either_sort_are_compared() {
    let workout = |index, share| {
        let mut session = intervals(index, 1.0);
        session.execution = Some(Box::new(crate::classification::Execution {
            of_modelled_best: Some(share),
            ..Default::default()
        }));
        session
    };
    // So many after a recovery run, so many not.
    let is_told = |led: u64, others: u64| {
        let mut sessions = Vec::new();
        for week in 0..led {
            sessions.extend([recovery(7 * week + 3, 30.0), workout(7 * week + 4, 0.9)]);
        }
        for week in 0..others {
            sessions.extend([easy(7 * week + 5, 60.0), workout(7 * week + 6, 0.94)]);
        }
        !text(&sessions, "before_key_sessions").is_empty()
    };
    assert!(is_told(3, 3));
    assert!(!is_told(2, 4) && !is_told(4, 2) && !is_told(0, 4) && !is_told(4, 0));
}

#[test]
fn the_main_set_of_a_workout_is_the_one_with_most_time_and_strides_are_none_of_it() {
    use crate::vocabulary::SegmentKind::*;
    let workout = |index: u64, speed: f64| {
        let mut session = intervals(index, 1.0);
        let set = session.sets[0].clone();
        session.sets.push(crate::segmentation::Set {
            name: "4 × 200 m".to_owned(),
            ..set
        });
        let part = |kind, set, from: f64, to: f64, speed: f64| crate::segmentation::Segment {
            set: Some(set),
            effort_speed_m_s: Some(speed),
            heart_rate_bpm: Some(170.0),
            ..segment(kind, from, to)
        };
        session.segments = vec![
            part(Work, 1, 0.0, 240.0, speed),
            part(Work, 1, 300.0, 540.0, speed + 0.2),
            part(Stride, 1, 600.0, 620.0, 9.0),
            part(Work, 2, 700.0, 740.0, 6.0),
        ];
        session
    };
    let review = review_all(&[workout(1, 4.0), workout(8, 4.2)]);
    let compared = &review.comparable_workouts[0];
    assert_eq!(compared.name, "6 × 1000 m (jog)");
    let speeds: Vec<f64> = compared
        .sessions
        .iter()
        .map(|one| one.effort_speed_m_s)
        .collect();
    assert_eq!(speeds, [4.1, 4.3]);
    // 4.3 over 4.1.
    assert_eq!(compared.change_pct, Some(4.9));
    assert_eq!(
        structure(&workout(1, 4.0)).as_deref(),
        Some("6 × 1000 m (jog)")
    );
}

#[test]
fn the_foremost_findings_come_first_and_none_is_lost() {
    let review = review_all(&season(12));
    let (foremost, others) = review.ranked();
    assert_eq!(foremost.len(), 5);
    let evaluated = review.findings.len() - review.not_evaluated().len();
    assert_eq!(foremost.len() + others.len(), evaluated);
}

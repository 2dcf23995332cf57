//! Made-up weeks of runs for tests, and their review.

use chrono::Days;

use crate::classification::Session;
use crate::report::drawing::trace;
use crate::report::made_up::runs::first_day;
use crate::report::made_up::runs::plain_session;
use crate::review::BlockDistribution;
use crate::review::BlockTotals;
use crate::review::Day;
use crate::review::DayKind;
use crate::review::Finding;
use crate::review::Grade;
use crate::review::LoadPoint;
use crate::review::Review;
use crate::review::SessionLine;
use crate::review::Tone;
use crate::review::Week;
use crate::review::known_sum;
use crate::vocabulary::SessionKind;

/// Kind of day, kind of session and minutes for each day of a week.
const WEEK: [(DayKind, SessionKind, u32); 7] = [
    (DayKind::Rest, SessionKind::Undecided, 0),
    (DayKind::Hard, SessionKind::Intervals, 58),
    (DayKind::Easy, SessionKind::Recovery, 34),
    (DayKind::Cross, SessionKind::CrossTraining, 45),
    (DayKind::Hard, SessionKind::Tempo, 62),
    (DayKind::Medium, SessionKind::Easy, 45),
    (DayKind::Easy, SessionKind::Long, 88),
];

/// Returns the sessions of some weeks.
pub(in crate::report) fn season(weeks: u32) -> Vec<Session> {
    let mut sessions = Vec::new();
    for number in 0..weeks * 7 {
        let (_, kind, minutes) = WEEK[trace::whole(f64::from(number % 7))];
        if minutes > 0 {
            let day = first_day() + Days::new(u64::from(number));
            let moving_s = f64::from(minutes) * 60.0 * (0.8 + 0.05 * f64::from(number / 7 % 4));
            sessions.push(plain_session(day, kind, moving_s));
        }
    }
    sessions
}

/// Returns a review of sessions such as [`season`] makes.
pub(in crate::report) fn review(sessions: &[Session]) -> Review {
    let mut lines: Vec<SessionLine> = sessions.iter().map(line).collect();
    let mut review = Review {
        from: sessions.first().and_then(|session| session.head.day),
        to: sessions.last().and_then(|session| session.head.day),
        ..Review::default()
    };
    let (mut fast, mut slow) = (45.0, 40.0);
    for (index, day) in first_day().iter_days().enumerate() {
        if review.to.is_none_or(|to| day > to) {
            break;
        }
        let today: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].day == day).collect();
        for line in &today {
            lines[*line].day_kind = WEEK[index % 7].0;
        }
        let load: f64 = today.iter().filter_map(|i| lines[*i].load).sum();
        fast += (load - fast) / 7.0;
        slow += (load - slow) / 42.0;
        review.load_curve.push(LoadPoint {
            ramp: None,
            day,
            load: Some(load),
            smoothed_7: fast,
            smoothed_42: slow,
            settling: false,
        });
        if index % 7 == 0 {
            review.weeks.push(Week {
                monday: day,
                name: day.format("%G-W%V").to_string(),
                days_in_block: 7,
                ..Week::default()
            });
        }
        if let Some(week) = review.weeks.last_mut() {
            add(week, sessions, &today);
        }
        review.days.push(Day {
            double: false,
            day,
            kind: WEEK[index % 7].0,
            sessions: today,
            wellness: None,
        });
    }
    review.totals = totals(&review);
    review.distribution = BlockDistribution {
        zone_s: [180_000.0, 21_000.0, 32_000.0],
        goal_runs: [36, 2, 22],
        rated_runs: 58,
        runs: 60,
        middle_outside_quality_s: 5400.0,
    };
    review.findings = findings(&lines);
    review.sessions = lines;
    review
}

fn line(session: &Session) -> SessionLine {
    SessionLine {
        id: crate::review::session_id(session),
        day: session.head.day.unwrap_or_default(),
        path: session.head.source.path.clone(),
        kind: session.kind,
        kind_confidence: session.kind_confidence,
        title: String::new(),
        moving_s: session.head.moving_s,
        distance_m: session.head.distance_m,
        load: session.load.as_ref().map(|load| load.value),
        quality: session.quality,
        day_kind: DayKind::Rest,
    }
}

fn add(week: &mut Week, sessions: &[Session], today: &[usize]) {
    for session in today.iter().map(|index| &sessions[*index]) {
        if session.kind == SessionKind::CrossTraining {
            continue;
        }
        week.runs += 1;
        week.quality_sessions += usize::from(session.quality);
        week.moving_s += session.head.moving_s;
        week.longest_run_s = week.longest_run_s.max(session.head.moving_s);
        if let Some(distance_m) = session.head.distance_m {
            week.measured_runs += 1;
            *week.distance_m.get_or_insert(0.0) += distance_m;
            let longest_m = week.longest_run_m.get_or_insert(0.0);
            *longest_m = longest_m.max(distance_m);
        }
        if let Some(load) = &session.load {
            week.rated_runs += 1;
            *week.load.get_or_insert(0.0) += load.value;
        }
        if let Some(zones) = &session.distribution {
            for (sum, seconds) in week.zone_s.iter_mut().zip(zones.zone_s) {
                *sum += seconds;
            }
        }
    }
}

fn totals(review: &Review) -> BlockTotals {
    let weeks = &review.weeks;
    BlockTotals {
        cross_training_load: Some(0.0),
        runs: weeks.iter().map(|week| week.runs).sum(),
        cross_training: weeks.len(),
        quality_sessions: weeks.iter().map(|week| week.quality_sessions).sum(),
        distance_m: known_sum(weeks.iter().map(|week| week.distance_m)).0,
        measured_runs: weeks.iter().map(|week| week.measured_runs).sum(),
        moving_s: weeks.iter().map(|week| week.moving_s).sum(),
        load: known_sum(weeks.iter().map(|week| week.load)).0,
        rated_runs: weeks.iter().map(|week| week.rated_runs).sum(),
        own_zones: Vec::new(),
    }
}

fn findings(lines: &[SessionLine]) -> Vec<Finding> {
    let ids = |kind| -> Vec<String> {
        let chosen = lines.iter().filter(|line| line.kind == kind);
        chosen.map(|line| line.id.clone()).collect()
    };
    let finding = |tone, text: &str, kind, grade| Finding {
        id: "made_up".to_owned(),
        tone,
        text: text.to_owned(),
        numbers: Vec::new(),
        sessions: ids(kind),
        grade,
        source: "coaching usage".to_owned(),
        weight: 1.0,
    };
    vec![
        finding(
            Tone::Look,
            "4 of 12 easy runs drifted into the moderate zone for more than 10 minutes.",
            SessionKind::Easy,
            Grade::WellSupported,
        ),
        finding(
            Tone::Good,
            "Two quality sessions a week, with at least one day between them in 11 of 12 weeks.",
            SessionKind::Intervals,
            Grade::CoachingConvention,
        ),
        finding(
            Tone::Fact,
            "The long run was 24 % of the weekly time.",
            SessionKind::Long,
            Grade::Measured,
        ),
        finding(
            Tone::NotEvaluated,
            "Aerobic decoupling of long runs: 2 runs only.",
            SessionKind::Race,
            Grade::Contested,
        ),
    ]
}

//! The ten training ideas as cases that a coach can read: what the block was, which finding is asked
//! for, and how it must read. For each idea there are blocks in which the finding must appear, blocks
//! that come near and must not, and one with too little to go by.

use super::made_up::*;
use super::*;
use crate::classification::Execution;
use crate::classification::LoadBy;
use crate::classification::Session;
use crate::classification::SessionKind::*;
use crate::classification::Split;
use crate::classification::SplitWord;
use crate::history::Confidence;
use crate::history::Reference;
use crate::settings::Wellness;
use crate::vocabulary::LoadMethod;
use crate::vocabulary::SegmentKind;

/// Whether a finding must appear.
use Expected::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// It is worth a look.
    Look,
    /// It is there, but nothing to look at: it went well, or is a mere fact.
    Calm,
    /// It says what it needs.
    TooLittle,
    /// It does not appear at all.
    Absent,
}

/// A block, and what the review must say of one idea.
struct Case {
    idea: u8,
    block: &'static str,
    finding: &'static str,
    expected: Expected,
    sessions: Vec<Session>,
    mornings: &'static str,
}

fn case(
    idea: u8,
    finding: &'static str,
    expected: Expected,
    block: &'static str,
    sessions: Vec<Session>,
) -> Case {
    Case {
        idea,
        block,
        finding,
        expected,
        sessions,
        mornings: "",
    }
}

/// Returns a block with some sessions changed.
fn changed(mut sessions: Vec<Session>, change: impl Fn(usize, &mut Session)) -> Vec<Session> {
    for (index, session) in sessions.iter_mut().enumerate() {
        change(index, session);
    }
    sessions
}

/// Returns a block with further sessions.
fn with(mut sessions: Vec<Session>, more: Vec<Session>) -> Vec<Session> {
    sessions.extend(more);
    sessions
}

/// Returns a block without the sessions of some days.
fn without(mut sessions: Vec<Session>, days: &[u64]) -> Vec<Session> {
    sessions.retain(|s| days.iter().all(|index| s.head.day != Some(day(*index))));
    sessions
}

/// Returns weeks of four runs of so many kilometres in all, with so many quality sessions.
fn weeks_with(weeks: u64, quality: u64, week_km: f64) -> Vec<Session> {
    (0..weeks)
        .flat_map(|week| {
            (0..4).map(move |number| {
                let index = week * 7 + number * 2 - u64::from(number == 3);
                let kind = if number < quality { Intervals } else { Easy };
                let mut session = run(index, kind, 45.0, 0.0);
                session.head.distance_m = Some(week_km * 250.0);
                session
            })
        })
        .collect()
}

/// Returns workouts, two a week, whose efforts are so many times as fast as easy running.
fn workouts(weeks: u64, of_easy: f64) -> Vec<Session> {
    (0..weeks * 2)
        .map(|number| {
            let mut session = run(number / 2 * 7 + number % 2 * 3, Intervals, 60.0, 0.0);
            session.references.easy_speed_m_s = Some(reference(3.0));
            let mut work = segment(SegmentKind::Work, 900.0, 1500.0);
            work.effort_speed_m_s = Some(3.0 * of_easy);
            session.segments = vec![work];
            session.execution = Some(Box::new(Execution {
                work_s: 600.0,
                warm_up_s: Some(900.0),
                warm_up_rise_pct: Some(6.0),
                ..Execution::default()
            }));
            session
        })
        .collect()
}

fn reference(value: f64) -> Reference {
    Reference::exact(value, Confidence::Fair)
}

/// Returns easy runs with a load by power that is so many times the load by speed.
fn with_power(runs: u64, ratios: &[f64]) -> Vec<Session> {
    (0..runs)
        .map(|index| {
            let mut session = easy(index * 2, 50.0);
            let number = usize::try_from(index).unwrap_or(0);
            session.summary.power_w = Some(230.0);
            if let Some(load) = &mut session.load {
                load.alternatives = vec![LoadBy {
                    method: LoadMethod::Power,
                    value: load.value * ratios[number % ratios.len()],
                    coverage: 1.0,
                }];
            }
            session
        })
        .collect()
}

/// Returns easy runs of which every second one has this split.
fn with_splits(runs: u64, word: SplitWord, every: u64) -> Vec<Session> {
    (0..runs)
        .map(|index| {
            let mut session = easy(index * 2, 50.0);
            let is_one = index % every == 0;
            session.split = Some(Split {
                word: if is_one { word } else { SplitWord::Even },
                change_pct: if is_one { -4.0 } else { 0.5 },
            });
            session
        })
        .collect()
}

/// Returns long runs whose efficiency changed by this in the last third.
fn with_ends(runs: u64, change_pct: f64) -> Vec<Session> {
    (0..runs)
        .map(|week| {
            let mut session = run(week * 7, Long, 100.0, 0.0);
            session.durability.efficiency_change_pct = Some(change_pct);
            session
        })
        .collect()
}

/// Returns easy runs of six weeks whose exertion and heart rate for the speed rise in the last two.
fn slipping(exertion: f64, beats: f64) -> Vec<Session> {
    (0..21)
        .map(|number| {
            let mut session = easy(number * 2, 45.0);
            let late = number >= 14;
            session.perceived_exertion = Some(if late { 3.0 + exertion } else { 3.0 });
            session.expectation.difference_bpm = Some(if late { beats } else { 0.0 });
            session
        })
        .collect()
}

/// Returns the same workout in several weeks, its efforts at these speeds.
fn same_workout(speeds: &[f64]) -> Vec<Session> {
    speeds
        .iter()
        .zip(0..)
        .map(|(speed, week)| {
            let mut session = intervals(week * 14, 1.0);
            session.segments = (0..6)
                .map(|rep| {
                    let start = 900.0 + f64::from(rep) * 330.0;
                    let mut work = segment(SegmentKind::Work, start, start + 240.0);
                    work.effort_speed_m_s = Some(*speed);
                    work
                })
                .collect();
            session
        })
        .collect()
}

/// Mornings of 42 days, of which the last 14 have another resting heart rate and sleep.
fn mornings(beats: f64, hours: f64) -> String {
    let lines = (0..42u64).map(|index| {
        let late = index >= 28;
        let (beats, hours) = if late { (beats, hours) } else { (50.0, 7.5) };
        format!("{},{beats},{hours}\n", day(index))
    });
    format!("date,resting_hr_bpm,sleep_h\n{}", lines.collect::<String>())
}

/// Returns a season of whole weeks that are harder, with an easier one every so many.
fn alternating(weeks: u64, easier_every: u64) -> Vec<Session> {
    (0..weeks)
        .flat_map(|week| {
            let easier = easier_every > 0 && week % easier_every == easier_every - 1;
            let minutes = if easier { 35.0 } else { 50.0 };
            (0..4).map(move |number| easy(week * 7 + number * 2 - u64::from(number == 3), minutes))
        })
        .collect()
}

/// Returns weeks of four easy runs of so many minutes each, some and then others.
fn fallen(before: &[f64], since: &[f64]) -> Vec<Session> {
    let weeks = before.iter().chain(since).zip(0u64..);
    let runs = weeks.flat_map(|(minutes, week)| (0..4).map(move |n| (week * 7 + n * 2, *minutes)));
    runs.filter(|(_, minutes)| *minutes > 0.0)
        .map(|(index, minutes)| easy(index, minutes))
        .collect()
}

/// Returns eight weeks and a race of 10 km, with a taper of this share of the usual time.
fn before_race(share: f64) -> Vec<Session> {
    let usual = (0..6u64).flat_map(|week| (0..4).map(move |n| (week * 7 + n, 50.0)));
    let taper = (6..8u64).flat_map(|week| (0..4).map(move |n| (week * 7 + n, 50.0 * share)));
    let runs = usual.chain(taper);
    let runs = runs.map(|(index, minutes)| {
        let mut session = easy(index, minutes);
        if let Some(distribution) = &mut session.distribution {
            distribution.five_zone_s = [0.0, minutes * 54.0, 0.0, minutes * 6.0, 0.0];
        }
        session
    });
    let mut race = run(56, Race, 42.0, 0.0);
    race.head.distance_m = Some(10_050.0);
    with(runs.collect(), vec![race])
}

#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn cases() -> Vec<Case> {
    let drifted = |share: f64, days: &[u64]| {
        let more = days.iter().map(|index| run(*index, Easy, 60.0, share));
        with(without(season(4), days), more.collect())
    };
    let slot = |kind, middle: f64, hours: f64, minutes: f64| {
        let days = [2, 9, 16, 23, 30, 37];
        let more = days.iter().map(|index| {
            let mut session = run(*index, kind, minutes, middle);
            session.hours_since_key_session = Some(hours);
            session
        });
        with(without(season(6), &days), more.collect())
    };
    let raced = |count: usize| {
        changed(season(4), move |index, session| {
            session.execution = session.quality.then(|| {
                Box::new(Execution {
                    of_modelled_best: Some(0.9),
                    ..Execution::default()
                })
            });
            if session.quality && index < count * 6 {
                session.tags.push("raced_workout".to_owned());
            }
        })
    };
    let warm_up = |warm_up_s: Option<f64>| {
        changed(workouts(3, 1.3), move |_, session| {
            if let Some(execution) = &mut session.execution {
                execution.warm_up_s = warm_up_s;
            }
        })
    };
    vec![
        // 1. Quality sessions.
        case(
            1,
            "quality_sessions",
            Look,
            "a runner of 20 km a week with three interval sessions",
            weeks_with(6, 3, 20.0),
        ),
        case(
            1,
            "quality_sessions",
            Look,
            "24 km a week, all four runs hard",
            weeks_with(4, 4, 24.0),
        ),
        case(
            1,
            "quality_sessions",
            Calm,
            "20 km a week with two",
            weeks_with(6, 2, 20.0),
        ),
        case(
            1,
            "quality_sessions",
            Calm,
            "60 km a week with three",
            weeks_with(6, 3, 60.0),
        ),
        case(
            1,
            "quality_sessions",
            TooLittle,
            "one week",
            weeks_with(1, 3, 20.0),
        ),
        // 2. Execution.
        case(
            2,
            "even_repetitions",
            Look,
            "four sets that slow down by 6 %",
            (0..4).map(|w| intervals(w * 7, 6.0)).collect(),
        ),
        case(
            2,
            "even_repetitions",
            Look,
            "three of four sets slow down by 4 %",
            (0..4)
                .map(|w| intervals(w * 7, if w == 0 { 0.0 } else { 4.0 }))
                .collect(),
        ),
        case(
            2,
            "even_repetitions",
            Calm,
            "sets that slow down by 2.9 %",
            (0..4).map(|w| intervals(w * 7, 2.9)).collect(),
        ),
        case(
            2,
            "even_repetitions",
            Calm,
            "sets that get faster by 6 %",
            (0..4).map(|w| intervals(w * 7, -6.0)).collect(),
        ),
        case(
            2,
            "even_repetitions",
            TooLittle,
            "a single set",
            vec![intervals(0, 6.0)],
        ),
        case(
            2,
            "raced_workouts",
            Look,
            "two workouts of eight near the best for their time",
            raced(1),
        ),
        case(2, "raced_workouts", Look, "all of them", raced(4)),
        case(2, "raced_workouts", Calm, "none of them", raced(0)),
        case(
            2,
            "raced_workouts",
            Calm,
            "a race, which is meant to be raced",
            changed(raced(1), |_, s| {
                if s.tags.iter().any(|t| t == "raced_workout") {
                    s.kind = Race;
                }
            }),
        ),
        case(
            2,
            "raced_workouts",
            TooLittle,
            "critical speed is not known",
            season(4),
        ),
        case(
            2,
            "warm_up",
            Look,
            "six workouts without a warm-up",
            warm_up(None),
        ),
        case(
            2,
            "warm_up",
            Look,
            "six workouts after four minutes of jogging",
            warm_up(Some(240.0)),
        ),
        case(
            2,
            "warm_up",
            Calm,
            "a quarter of an hour before each",
            warm_up(Some(900.0)),
        ),
        case(
            2,
            "warm_up",
            Calm,
            "just ten minutes before each",
            warm_up(Some(600.0)),
        ),
        case(
            2,
            "warm_up",
            TooLittle,
            "easy runs only",
            vec![easy(0, 50.0), easy(2, 50.0)],
        ),
        // 3. Easy is judged by effort.
        case(
            3,
            "easy_days_easy",
            Look,
            "four of twelve easy runs with 30 % in the middle zone",
            drifted(0.30, &[3, 10, 17, 24]),
        ),
        case(
            3,
            "easy_days_easy",
            Look,
            "eight of twelve with 21 %",
            drifted(0.21, &[3, 6, 10, 13, 17, 20, 24, 27]),
        ),
        case(
            3,
            "easy_days_easy",
            Calm,
            "eight of twelve with 19 %",
            drifted(0.19, &[3, 6, 10, 13, 17, 20, 24, 27]),
        ),
        case(
            3,
            "easy_days_easy",
            Calm,
            "one of twelve with 60 %",
            drifted(0.60, &[3]),
        ),
        case(
            3,
            "easy_days_easy",
            TooLittle,
            "three easy runs",
            vec![easy(0, 50.0), easy(2, 50.0), easy(4, 50.0)],
        ),
        // 4. Hard days hard, easy days easy.
        case(
            4,
            "hard_day_spacing",
            Look,
            "hills on the day after intervals, once",
            with(season(4), vec![run(9, Hills, 50.0, 0.0)]),
        ),
        case(
            4,
            "hard_day_spacing",
            Look,
            "three hard days in a row",
            with(
                season(4),
                vec![run(2, Hills, 50.0, 0.0), run(3, Tempo, 50.0, 0.0)],
            ),
        ),
        case(
            4,
            "hard_day_spacing",
            Calm,
            "two hard sessions on one day",
            with(season(4), vec![run(1, Hills, 50.0, 0.0)]),
        ),
        case(
            4,
            "hard_day_spacing",
            Calm,
            "one day between hard days",
            with(season(4), vec![run(10, Hills, 50.0, 0.0)]),
        ),
        case(
            4,
            "hard_day_spacing",
            TooLittle,
            "two hard days",
            vec![run(0, Tempo, 50.0, 0.0), run(1, Tempo, 50.0, 0.0)],
        ),
        case(
            4,
            "middle_zone",
            Look,
            "a quarter of all running in the middle zone, without tempo",
            (0..12).map(|n| run(n * 2, Easy, 60.0, 0.25)).collect(),
        ),
        case(
            4,
            "middle_zone",
            Look,
            "16 %",
            (0..12).map(|n| run(n * 2, Easy, 60.0, 0.16)).collect(),
        ),
        case(
            4,
            "middle_zone",
            Calm,
            "14 %",
            (0..12).map(|n| run(n * 2, Easy, 60.0, 0.14)).collect(),
        ),
        case(
            4,
            "middle_zone",
            Calm,
            "none",
            (0..12).map(|n| run(n * 2, Easy, 60.0, 0.0)).collect(),
        ),
        case(
            4,
            "middle_zone",
            TooLittle,
            "three runs",
            (0..3).map(|n| run(n * 2, Easy, 60.0, 0.5)).collect(),
        ),
        // 5. Recovery runs.
        case(
            5,
            "recovery_runs",
            Look,
            "six runs on the day after intervals went into the middle zone",
            slot(Easy, 0.5, 23.0, 35.0),
        ),
        case(
            5,
            "recovery_runs",
            Look,
            "six became steady runs",
            slot(Steady, 0.8, 20.0, 30.0),
        ),
        case(
            5,
            "recovery_runs",
            Calm,
            "six stayed recovery runs",
            slot(Recovery, 0.0, 23.0, 30.0),
        ),
        case(
            5,
            "recovery_runs",
            Calm,
            "six runs in the middle zone, but two days later",
            slot(Easy, 0.5, 37.0, 35.0),
        ),
        case(
            5,
            "recovery_runs",
            Calm,
            "six runs in the middle zone, but of 51 minutes",
            slot(Easy, 0.5, 23.0, 51.0),
        ),
        case(5, "recovery_runs", Calm, "three weeks", season(3)),
        case(
            5,
            "recovery_runs",
            TooLittle,
            "no hard day",
            alternating(6, 0),
        ),
        // 6. Key workouts are faster than the habitual easy pace.
        case(
            6,
            "key_pace",
            Look,
            "efforts only 3 % faster than easy",
            workouts(3, 1.03),
        ),
        case(
            6,
            "key_pace",
            Look,
            "efforts at easy pace",
            workouts(3, 1.0),
        ),
        case(
            6,
            "key_pace",
            Calm,
            "efforts 6 % faster",
            workouts(3, 1.0601),
        ),
        case(6, "key_pace", Calm, "efforts 30 % faster", workouts(3, 1.3)),
        case(6, "key_pace", TooLittle, "two workouts", workouts(1, 1.0)),
        // 7. Load with intention.
        case(
            7,
            "single_run_spike",
            Look,
            "a run 34 % longer than any of 30 days",
            with(season(6), vec![easy(41, 70.0 * 1.34)]),
        ),
        case(
            7,
            "single_run_spike",
            Look,
            "one 11 % longer",
            with(season(6), vec![easy(41, 70.0 * 1.11)]),
        ),
        case(
            7,
            "single_run_spike",
            Calm,
            "one 9 % longer",
            with(season(6), vec![easy(41, 70.0 * 1.09)]),
        ),
        case(
            7,
            "single_run_spike",
            Calm,
            "one 34 % longer than usual, 20 days after one as long",
            with(season(8), vec![easy(21, 94.0), easy(41, 94.0)]),
        ),
        case(7, "single_run_spike", TooLittle, "four weeks", season(4)),
        case(
            7,
            "easier_weeks",
            Look,
            "ten weeks without an easier one",
            alternating(10, 0),
        ),
        case(
            7,
            "easier_weeks",
            Look,
            "an easier one every seventh week",
            alternating(14, 7),
        ),
        case(
            7,
            "easier_weeks",
            Calm,
            "every fourth week",
            alternating(12, 4),
        ),
        case(
            7,
            "easier_weeks",
            Calm,
            "every third week",
            alternating(12, 3),
        ),
        case(
            7,
            "easier_weeks",
            TooLittle,
            "five weeks",
            alternating(5, 0),
        ),
        case(
            7,
            "taper",
            Look,
            "a race after two weeks of full volume",
            before_race(1.0),
        ),
        case(
            7,
            "taper",
            Look,
            "a race after two weeks of a tenth",
            before_race(0.1),
        ),
        case(
            7,
            "taper",
            Calm,
            "a race after two weeks of half the volume",
            before_race(0.5),
        ),
        case(7, "taper", Absent, "no race", alternating(10, 4)),
        case(
            7,
            "taper",
            TooLittle,
            "a race in the third week",
            with(
                alternating(2, 0),
                vec![{
                    let mut race = run(15, Race, 42.0, 0.0);
                    race.head.distance_m = Some(10_050.0);
                    race
                }],
            ),
        ),
        case(
            7,
            "volume_fell",
            Look,
            "eight like weeks, then four of a tenth",
            fallen(&[50.0; 8], &[5.0; 4]),
        ),
        case(
            7,
            "volume_fell",
            Look,
            "less every week",
            fallen(
                &[60.0, 54.0, 48.0, 42.0, 36.0],
                &[24.0, 18.0, 12.0, 8.0, 5.0],
            ),
        ),
        case(
            7,
            "volume_fell",
            Absent,
            "an easier week every fourth",
            alternating(12, 4),
        ),
        case(
            7,
            "volume_fell",
            Absent,
            "one week of little at the end",
            fallen(&[50.0; 8], &[10.0]),
        ),
        case(
            7,
            "volume_fell",
            Absent,
            "little, and back again",
            fallen(&[50.0; 5], &[10.0, 10.0, 10.0, 45.0, 50.0]),
        ),
        case(
            7,
            "volume_fell",
            Absent,
            "two weeks of taper and a race",
            before_race(0.4),
        ),
        case(
            7,
            "came_back",
            Look,
            "three weeks off, then all at once",
            fallen(&[50.0; 5], &[0.0, 0.0, 0.0, 50.0, 50.0]),
        ),
        case(
            7,
            "came_back",
            Calm,
            "three weeks off, then half",
            fallen(&[50.0; 5], &[0.0, 0.0, 0.0, 25.0, 30.0]),
        ),
        case(
            7,
            "came_back",
            Absent,
            "one week off",
            fallen(&[50.0; 5], &[0.0, 50.0, 50.0]),
        ),
        case(
            7,
            "more_every_week",
            Look,
            "a tenth more in each of five weeks",
            fallen(&[40.0, 44.0, 48.0], &[53.0, 58.0, 64.0]),
        ),
        case(
            7,
            "more_every_week",
            Absent,
            "more in three weeks, then an easier one",
            alternating(12, 4),
        ),
        case(7, "phases", Calm, "twelve weeks", alternating(12, 4)),
        case(7, "phases", Calm, "ten weeks", alternating(10, 4)),
        case(7, "phases", TooLittle, "nine weeks", alternating(9, 4)),
        // 8. Monitoring.
        case(
            8,
            "signs_together",
            Look,
            "runs feel two points harder, and heart rate is 5 bpm higher for the speed",
            slipping(2.0, 5.0),
        ),
        Case {
            mornings: "up",
            ..case(
                8,
                "signs_together",
                Look,
                "resting heart rate up by 5, an hour less sleep",
                slipping(0.0, 0.0),
            )
        },
        case(
            8,
            "signs_together",
            Calm,
            "runs feel two points harder, heart rate is as ever",
            slipping(2.0, 0.0),
        ),
        case(
            8,
            "signs_together",
            Calm,
            "one point harder, 2 bpm higher",
            slipping(1.0, 2.0),
        ),
        Case {
            mornings: "near",
            ..case(
                8,
                "signs_together",
                Calm,
                "resting heart rate up by 3, half an hour less sleep",
                slipping(0.0, 0.0),
            )
        },
        case(
            8,
            "signs_together",
            TooLittle,
            "nothing was rated",
            season(6),
        ),
        // 9. Power.
        case(
            9,
            "power",
            Look,
            "power shows 30 % more load than speed on every run",
            with_power(8, &[1.3]),
        ),
        case(
            9,
            "power",
            Look,
            "on every second run 12 % less",
            with_power(8, &[1.0, 0.88]),
        ),
        case(
            9,
            "power",
            Calm,
            "9 % more on every run",
            with_power(8, &[1.09]),
        ),
        case(
            9,
            "power",
            Calm,
            "30 % more on one run of eight",
            with_power(8, &[1.3, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]),
        ),
        case(
            9,
            "power",
            TooLittle,
            "three runs with power",
            with_power(3, &[1.3]),
        ),
        // 10. Pacing.
        case(
            10,
            "splits",
            Look,
            "every second run slower in its second half",
            with_splits(8, SplitWord::Positive, 2),
        ),
        case(
            10,
            "splits",
            Look,
            "all runs slower",
            with_splits(8, SplitWord::Positive, 1),
        ),
        case(
            10,
            "splits",
            Calm,
            "every fourth run slower",
            with_splits(8, SplitWord::Positive, 4),
        ),
        case(
            10,
            "splits",
            Calm,
            "all runs faster",
            with_splits(8, SplitWord::Negative, 1),
        ),
        case(
            10,
            "splits",
            TooLittle,
            "three runs",
            with_splits(3, SplitWord::Positive, 1),
        ),
        case(
            10,
            "last_third",
            Look,
            "long runs lose 8 % of speed for each heartbeat",
            with_ends(3, -8.0),
        ),
        case(10, "last_third", Look, "they lose 5 %", with_ends(4, -5.0)),
        case(10, "last_third", Calm, "they lose 4 %", with_ends(4, -4.0)),
        case(10, "last_third", Calm, "they gain", with_ends(3, 2.0)),
        case(
            10,
            "last_third",
            TooLittle,
            "one long run",
            with_ends(1, -8.0),
        ),
        case(
            10,
            "same_workout",
            Calm,
            "six repetitions again after two weeks, faster",
            same_workout(&[4.2, 4.3]),
        ),
        case(
            10,
            "same_workout",
            Calm,
            "three times",
            same_workout(&[4.2, 4.3, 4.1]),
        ),
        case(10, "same_workout", TooLittle, "once", same_workout(&[4.2])),
    ]
}

/// Returns the finding that a case asks for.
fn finding(case: &Case) -> Option<Finding> {
    let table = match case.mornings {
        "up" => mornings(55.0, 6.5),
        "near" => mornings(53.0, 7.0),
        _ => String::new(),
    };
    let options = ReviewOptions {
        weeks: Some(20),
        wellness: match table.as_str() {
            "" => Wellness::default(),
            table => Wellness::parse(table).expect("a sound table"),
        },
        ..ReviewOptions::default()
    };
    let review = review(&case.sessions, &options);
    review.findings.into_iter().find(|f| f.id == case.finding)
}

fn read(case: &Case) -> (Expected, String) {
    let Some(finding) = finding(case) else {
        return (Absent, String::new());
    };
    let read = match finding.tone {
        Tone::Look => Look,
        Tone::NotEvaluated => TooLittle,
        Tone::Good | Tone::Fact => Calm,
    };
    (read, finding.text)
}

#[test]
fn a_coach_would_agree() {
    let mut wrong = Vec::new();
    for case in cases() {
        let (read, text) = read(&case);
        if read != case.expected {
            wrong.push(format!(
                "idea {}, {}: {:?}, should be {:?}: {}\n    {text}",
                case.idea, case.finding, read, case.expected, case.block
            ));
        }
        assert!(
            read != TooLittle || text.contains("needs") || text.contains("mean something"),
            "{text}"
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_idea_has_blocks_near_misses_and_one_with_too_little() {
    let cases = cases();
    for idea in 1..=10 {
        let count = |expected: &[Expected]| {
            let of_idea = cases.iter().filter(|case| case.idea == idea);
            of_idea
                .filter(|case| expected.contains(&case.expected))
                .count()
        };
        assert!(count(&[Look]) >= 2, "idea {idea}");
        assert!(count(&[Calm, Absent]) >= 2, "idea {idea}");
        assert!(count(&[TooLittle]) >= 1, "idea {idea}");
    }
}

/// Returns what each case is told: the sentence, its numbers, and on how many sessions it rests.
fn told() -> String {
    let mut told = String::new();
    for case in cases() {
        told += &format!("\n{} {}: {}\n", case.idea, case.finding, case.block);
        let Some(finding) = finding(&case) else {
            told += "  –\n";
            continue;
        };
        told += &format!("  {:?}: {}\n", finding.tone, finding.text);
        for number in &finding.numbers {
            let value = crate::units::round(number.value, 3);
            told += &format!("  {} {value} {}\n", number.name, number.unit);
        }
        told += &format!("  rests on {}\n", finding.sessions.len());
    }
    told
}

#[test]
fn every_sentence_has_the_numbers_of_its_block() {
    let told = told();
    for (line, (found, wanted)) in told
        .lines()
        .zip(include_str!("cases.txt").lines())
        .enumerate()
    {
        assert_eq!(found, wanted, "line {} of\n{told}", line + 1);
    }
    assert_eq!(told, include_str!("cases.txt"), "{told}");
}

//! Whether sessions get their right name: made-up athletes with a past, of seeds that nothing was
//! fitted on, and the labelled runs of a corpus beside the project.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "it tells what it measured"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use crate::common::athlete::Athlete;
use crate::common::corpus;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::generator::generate;
use crate::common::made_up::options;
use crate::common::metrics::calibration_error;
use crate::common::motion::Difficulty;
use crate::common::plan::Kind;
use crate::common::plan::Length::Metres;
use crate::common::plan::Length::Seconds;
use crate::common::plan::Plan;
use crate::common::plan::Sport;
use crate::common::rng::Rng;
use crate::common::sensor::AltitudeSensor;
use crate::common::workout_sets::WALK_M_S;
use crate::common::workout_sets::set_plan;
use crate::common::workouts::Workout;
use crate::common::workouts::Workout as W;
use hardeasy::classification::Calibration;
use hardeasy::classification::Session;
use hardeasy::classification::SessionKind;
use hardeasy::classification::SessionKind::*;
use hardeasy::classification::judge;
use hardeasy::ingest;
use hardeasy::ingest::Format;
use hardeasy::ingest::Strictness;
use hardeasy::segmentation::LapPolicy;
use hardeasy::segmentation::segment;
use hardeasy::settings::Corrections;
use hardeasy::settings::Settings;
use hardeasy::streams::resample;
use hardeasy::summary::Origin;
use hardeasy::summary::RunSummary;
use hardeasy::summary::Source;
use hardeasy::summary::summarise;
use rayon::prelude::*;

/// The athletes that are measured; no seed of theirs is used anywhere else.
const MEASURED: std::ops::Range<u64> = 5400..5412;
/// The athletes on which rules were tried and confidence was calibrated.
const CALIBRATING: std::ops::Range<u64> = 6000..6024;
/// Weeks of training before the sessions that count.
const WEEKS: i64 = 6;
/// Speed in the middle zone over critical speed: 0.84–0.92 by definition.
const MIDDLE_OF_CRITICAL: f64 = 0.88;
/// The floors of the project's acceptance.
const LEAST_MACRO_F1: f64 = 0.94;
const LEAST_TOP_2: f64 = 0.97;
const MOST_CALIBRATION_ERROR: f64 = 0.04;
/// Real sets that are named after themselves, with laps and without.
const LEAST_WITH_LAPS: f64 = 0.95;
const LEAST_BLIND: f64 = 0.90;

/// What is run on a day: a kind of session of the generator, or one of this file.
#[derive(Clone, Copy, Debug)]
enum Day {
    Usual(Workout),
    /// An easy run with a few surges, as long as a long run.
    LongWithSurges,
    /// Repetitions: metres, share of critical speed, seconds of jogging.
    Fast(u32, f64, f64, f64),
    /// A race between warm-up and cool-down: 5 km as fast as the athlete can.
    FiveKilometres,
    /// 10 km from the first step to the last.
    TenKilometres,
    /// Efforts of 40 s to 3½ min in no order.
    Irregular,
    /// The middle of the middle zone.
    MiddleZone,
    /// Two blocks of 15 min.
    TwoBlocks,
    /// A walk recorded as a run.
    WalkAsRun,
    /// Repetitions of a kilometre, the watch stopped in every rest.
    PausedKilometres,
    /// A 10 km race between a jog and the walk home, with standing on the line.
    TenKilometresInside,
    /// Two hundreds with walks, four minutes of effort at most.
    ShortTrack,
    /// Four minutes of running and one of walking, for long.
    FourAndOne,
    /// Hours of walking uphill and down, recorded as a run.
    Hike,
}

use Day::*;

/// A usual week: day from Monday, session.
const WEEK: [(i64, Day); 5] = [
    (1, Usual(W::Kilometres)),
    (2, Usual(W::Recovery)),
    (3, Usual(W::Tempo)),
    (5, Usual(W::Easy)),
    (6, Usual(W::LongWithLights)),
];

/// The sessions that count: day after the weeks of training, what is run, the right name.
const COUNTED: [(i64, Day, SessionKind); 33] = [
    (0, Usual(W::Easy), Easy),
    (1, Usual(W::Kilometres), Intervals),
    (2, Usual(W::Recovery), Recovery),
    (3, Usual(W::EasyHilly), Easy),
    (4, Usual(W::Tempo), Tempo),
    (5, Usual(W::Recovery), Recovery),
    (6, Usual(W::LongWithLights), Long),
    (8, Fast(10, 200.0, 1.22, 80.0), Repetitions),
    (9, Usual(W::Recovery), Recovery),
    (10, MiddleZone, Steady),
    (12, FiveKilometres, Race),
    (13, Usual(W::Easy), Easy),
    (15, Usual(W::Hills), Hills),
    (16, Usual(W::Strides), Easy),
    (17, Irregular, Fartlek),
    (19, Usual(W::Progression), Progression),
    (20, LongWithSurges, Long),
    (22, Usual(W::ThreeTens), Intervals),
    (24, Usual(W::RunWalk), RunWalk),
    (25, Usual(W::Short), Short),
    (26, Usual(W::ThirtyThirty), Intervals),
    (29, WalkAsRun, Walk),
    (31, TwoBlocks, Tempo),
    (33, MiddleZone, Steady),
    (36, TenKilometres, Race),
    (39, Fast(8, 250.0, 1.18, 120.0), Repetitions),
    (41, PausedKilometres, Intervals),
    (43, ShortTrack, Repetitions),
    (45, FourAndOne, RunWalk),
    (47, Hike, Walk),
    (50, TenKilometresInside, Race),
    (53, PausedKilometres, Intervals),
    (56, Usual(W::HillsNoAltitude), Hills),
];

/// Returns an athlete with the heart of the season's, more or less: 0.78 of threshold in a recovery run.
/// On the line of the gate's runs easy running is at 0.9 of threshold, and no run could be a recovery
/// run by its definition.
fn athlete(seed: u64) -> Athlete {
    let season = Athlete::of_the_season();
    let rng = &mut Rng::new(seed).stream(9);
    Athlete {
        heart_rate_intercept_bpm: season.heart_rate_intercept_bpm + rng.range(-5.0, 5.0),
        heart_rate_slope_bpm: season.heart_rate_slope_bpm + rng.range(-5.0, 5.0),
        heart_rate_drift_bpm_h: rng.range(3.0, 12.0),
        ..Athlete::random(seed)
    }
}

fn plan(day: Day, athlete: &Athlete, seed: u64) -> Plan {
    let (cs, easy) = (athlete.critical_speed_m_s, athlete.easy_m_s);
    let jog = |seconds: f64| (Kind::Recovery, Seconds(seconds), 0.8 * easy);
    match day {
        Usual(workout) => workout.plan(athlete, seed),
        LongWithSurges => {
            let mut plan = Plan::new("long").step(Kind::Steady, Seconds(2700.0), easy);
            for _ in 0..6 {
                plan = plan.step(Kind::Work, Seconds(60.0), 1.24 * easy).step(
                    Kind::Steady,
                    Seconds(420.0),
                    easy,
                );
            }
            plan
        }
        Fast(count, metres, of_critical, rest) => {
            let work = (Kind::Work, Metres(metres), of_critical * cs);
            set_plan("repetitions", athlete, count, work, jog(rest)).on_track()
        }
        FiveKilometres => Plan::new("race")
            .easy_end(Kind::WarmUp, 12.0, easy)
            .step(Kind::Rest, Seconds(180.0), 0.0)
            .step(Kind::Tempo, Metres(5000.0), best(cs, 5000.0))
            .step(Kind::Rest, Seconds(90.0), 0.0)
            .easy_end(Kind::CoolDown, 9.0, easy),
        TenKilometres => {
            Plan::new("race").step(Kind::Tempo, Metres(10_000.0), 0.99 * best(cs, 10_000.0))
        }
        Irregular => irregular(athlete, seed),
        MiddleZone => {
            let minutes = Rng::new(seed).stream(5).range(35.0, 50.0);
            let speed = MIDDLE_OF_CRITICAL * cs;
            Plan::new("steady").step(Kind::Steady, Seconds(60.0 * minutes.round()), speed)
        }
        TwoBlocks => {
            let work = (Kind::Work, Seconds(900.0), 0.94 * cs);
            set_plan("tempo", athlete, 2, work, jog(180.0))
        }
        WalkAsRun => W::Walk.plan(athlete, seed).sport(Sport::Running),
        PausedKilometres => {
            let rest = (Kind::Rest, Seconds(120.0), 0.0);
            let count = Rng::new(seed).stream(7).whole(4, 7);
            let work = (Kind::Work, Metres(1000.0), 1.02 * cs);
            set_plan("intervals", athlete, count, work, rest)
        }
        TenKilometresInside => Plan::new("race")
            .easy_end(Kind::WarmUp, 14.0, easy)
            .step(Kind::Rest, Seconds(300.0), 0.0)
            .step(Kind::Tempo, Metres(10_000.0), 0.99 * best(cs, 10_000.0))
            .step(Kind::Rest, Seconds(240.0), 0.0)
            .step(Kind::CoolDown, Seconds(600.0), WALK_M_S),
        ShortTrack => {
            let walk = (Kind::Recovery, Seconds(120.0), WALK_M_S);
            let work = (Kind::Work, Metres(200.0), 1.3 * cs);
            set_plan("repetitions", athlete, 6, work, walk).on_track()
        }
        FourAndOne => {
            let turns = Rng::new(seed).stream(8).whole(14, 24);
            let walk = (Kind::Recovery, Seconds(60.0), WALK_M_S);
            Plan::new("run_walk").repeat(turns, (Kind::Steady, Seconds(240.0), easy), walk)
        }
        Hike => {
            let minutes = Rng::new(seed).stream(8).range(90.0, 200.0);
            let length = Seconds(60.0 * minutes.round());
            let plan = Plan::new("walk").step(Kind::Steady, length, WALK_M_S);
            plan.on_hills()
        }
    }
}

/// Returns a fartlek: efforts of very different length, each a little longer or shorter than on paper,
/// begun anywhere in the list.
fn irregular(athlete: &Athlete, seed: u64) -> Plan {
    const SECONDS: [f64; 7] = [45.0, 150.0, 75.0, 210.0, 100.0, 40.0, 180.0];
    let (cs, easy) = (athlete.critical_speed_m_s, athlete.easy_m_s);
    let rng = &mut Rng::new(seed).stream(6);
    let first = rng.whole(0, 6) as usize;
    let mut plan = Plan::new("fartlek").easy_end(Kind::WarmUp, 12.0, easy);
    for place in 0..SECONDS.len() {
        let seconds = SECONDS[(first + place) % SECONDS.len()] * rng.range(0.9, 1.1);
        let rest = rng.range(60.0, 170.0).round();
        plan = plan
            .step(
                Kind::Work,
                Seconds(seconds.round()),
                cs * rng.range(1.0, 1.12),
            )
            .step(Kind::Recovery, Seconds(rest), 0.92 * easy);
    }
    plan.easy_end(Kind::CoolDown, 9.0, easy)
}

/// Returns the mean speed with which an athlete of the generator can run a distance: critical speed
/// and D' of 180 m up to 25 min, beyond that by Riegel's rule.
fn best(critical_speed_m_s: f64, distance_m: f64) -> f64 {
    let (d_prime_m, end_s) = (180.0, 1500.0);
    let time_s = (distance_m - d_prime_m) / critical_speed_m_s;
    if time_s <= end_s {
        return distance_m / time_s;
    }
    let reached_m = critical_speed_m_s * end_s + d_prime_m;
    distance_m / (end_s * (distance_m / reached_m).powf(1.06))
}

/// Returns the summary of a session as an athlete runs it and a watch records it, found without laps.
fn recorded(day: Day, athlete: &Athlete, date: i64, seed: u64) -> RunSummary {
    let workout = match day {
        Usual(workout) => workout,
        _ => W::Easy,
    };
    let mut options = options(workout, seed, Difficulty::Hard);
    options.start_unix_s += date * 86_400;
    if matches!(workout, W::Hills | W::EasyHilly) {
        // Without sound altitude nobody can tell hills from efforts on the flat.
        options.altitude = AltitudeSensor::Barometric;
    }
    // Who stops the watch in rests does so by hand or lets it: the file is the same.
    options.auto_pause |= matches!(day, PausedKilometres);
    let recording = generate(&plan(day, athlete, seed), athlete, seed, &options);
    let bytes = fit_writer::write(&recording, Wire::default());
    summary(&bytes, &format!("{date:03}"), LapPolicy::Ignore)
}

fn summary(bytes: &[u8], name: &str, laps: LapPolicy) -> RunSummary {
    let activities = ingest::read(bytes, Format::Fit, Strictness::Lenient).unwrap();
    let activity = &activities[0];
    let streams = resample(activity);
    let origin = Origin {
        source: Source {
            path: name.to_owned(),
            ..Source::default()
        },
        ..Origin::default()
    };
    summarise(activity, &streams, segment(&streams, laps), origin)
}

/// A session with its right name.
struct Judged {
    truth: SessionKind,
    seed: u64,
    athlete: Athlete,
    session: Session,
}

impl Judged {
    fn is_right(&self) -> bool {
        self.session.kind == self.truth
    }

    /// Returns whether the athlete's own values were assumptions only.
    fn is_cold(&self) -> bool {
        let critical = self.session.references.critical_speed_m_s.as_ref();
        critical.is_none_or(hardeasy::history::Reference::is_weak)
    }

    fn is_among_two(&self) -> bool {
        let next = self.session.runner_up.as_ref();
        self.is_right() || next.is_some_and(|next| next.kind == self.truth)
    }
}

/// Counted sessions, each judged with the athlete's past and as the first file ever.
struct Both {
    with_past: Vec<Judged>,
    alone: Vec<Judged>,
}

/// Returns what becomes of the counted sessions of some athletes.
fn judged(athletes: std::ops::Range<u64>) -> Both {
    let seeds: Vec<u64> = athletes.collect();
    let of_athlete = |seed: &u64| {
        let athlete = athlete(*seed);
        let training = (0..WEEKS).flat_map(|week| {
            WEEK.map(|(weekday, day)| {
                let is_race = week == WEEKS / 2 && weekday == 6;
                let day = if is_race { FiveKilometres } else { day };
                (week * 7 + weekday, day)
            })
        });
        let counted = COUNTED.map(|(date, day, _)| (WEEKS * 7 + date, day));
        let runs: Vec<RunSummary> = training
            .chain(counted)
            .enumerate()
            .map(|(place, (date, day))| recorded(day, &athlete, date, seed * 1000 + place as u64))
            .collect();
        let first = runs.len() - COUNTED.len();
        let alone: Vec<Session> = runs[first..]
            .iter()
            .flat_map(|run| all_judged(vec![run.clone()]))
            .collect();
        let with_past = all_judged(runs).split_off(first);
        let named = |sessions: Vec<Session>| -> Vec<Judged> {
            let pairs = sessions.into_iter().zip(COUNTED);
            pairs
                .map(|(session, (_, _, truth))| Judged {
                    truth,
                    seed: *seed,
                    athlete: athlete.clone(),
                    session,
                })
                .collect()
        };
        (named(with_past), named(alone))
    };
    let all: Vec<(Vec<Judged>, Vec<Judged>)> = seeds.par_iter().map(of_athlete).collect();
    let (with_past, alone): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let mut alone: Vec<Judged> = alone.into_iter().flatten().collect();
    // Nothing before it says what a run was a recovery from.
    alone.retain(|one| one.truth != Recovery);
    Both {
        with_past: with_past.into_iter().flatten().collect(),
        alone,
    }
}

fn all_judged(runs: Vec<RunSummary>) -> Vec<Session> {
    judge(runs, &Settings::default(), &Corrections::default(), false)
}

/// Returns the mean over kinds of the harmonic mean of precision and recall.
fn macro_f1(judged: &[Judged]) -> f64 {
    let kinds: Vec<SessionKind> = SessionKind::ALL
        .into_iter()
        .filter(|kind| judged.iter().any(|one| one.truth == *kind))
        .collect();
    let f1 = |kind: &SessionKind| {
        let count = |of: &dyn Fn(&Judged) -> bool| judged.iter().filter(|one| of(one)).count();
        let right = count(&|one| one.truth == *kind && one.is_right()) as f64;
        let all = count(&|one| one.truth == *kind) + count(&|one| one.session.kind == *kind);
        2.0 * right / all as f64
    };
    kinds.iter().map(f1).sum::<f64>() / kinds.len() as f64
}

fn share(judged: &[Judged], of: impl Fn(&Judged) -> bool) -> f64 {
    judged.iter().filter(|one| of(one)).count() as f64 / judged.len() as f64
}

fn trust(judged: &[Judged]) -> Vec<(f64, bool)> {
    judged
        .iter()
        .map(|one| (one.session.kind_confidence, one.is_right()))
        .collect()
}

/// Prints who was taken for what, and why.
fn print(judged: &[Judged]) {
    let mut confusion: BTreeMap<(SessionKind, SessionKind), Vec<&Judged>> = BTreeMap::new();
    for one in judged {
        let cell = confusion.entry((one.truth, one.session.kind)).or_default();
        cell.push(one);
    }
    for ((truth, kind), cell) in &confusion {
        println!("{:12} as {:12} {:4}", truth.name(), kind.name(), cell.len());
        for one in cell.iter().filter(|one| !one.is_right()) {
            let why: Vec<&str> = one
                .session
                .evidence
                .iter()
                .map(|e| e.text.as_str())
                .collect();
            println!(
                "    athlete {} day {} ({}): {}",
                one.seed,
                one.session.head.source.path,
                one.session.kind_confidence,
                why.join(" · ")
            );
        }
    }
}

#[test]
fn made_up_sessions_get_their_right_name() {
    let Both { with_past, alone } = judged(MEASURED);
    print(&with_past);
    let f1 = macro_f1(&with_past);
    let top_2 = share(&with_past, Judged::is_among_two);
    let error = calibration_error(&trust(&with_past));
    let alone_error = calibration_error(&trust(&alone));
    println!(
        "{} sessions: accuracy {:.3}, macro-F1 {f1:.3}, top-2 {top_2:.3}, calibration error {error:.3}; as \
         the first file: accuracy {:.3}, calibration error {alone_error:.3}",
        with_past.len(),
        share(&with_past, Judged::is_right),
        share(&alone, Judged::is_right),
    );
    assert!(with_past.len() >= 160);
    assert!(f1 >= LEAST_MACRO_F1, "macro-F1 {f1:.3}");
    assert!(top_2 >= LEAST_TOP_2, "top-2 {top_2:.3}");
    assert!(
        error <= MOST_CALIBRATION_ERROR,
        "calibration error {error:.3}"
    );
    assert!(
        alone_error <= MOST_CALIBRATION_ERROR,
        "calibration error of first files {alone_error:.3}"
    );
}

/// Prints how often sessions are right by how sure the program is, on athletes of their own, and fits the
/// calibration of confidence on them. `HARDEASY_CALIBRATE=1 cargo test --release --test judging --
/// --nocapture calibration`.
#[test]
fn calibration_is_shown_on_request() {
    if std::env::var_os("HARDEASY_CALIBRATE").is_none() {
        println!("skipped: set HARDEASY_CALIBRATE");
        return;
    }
    let Both { with_past, alone } = judged(CALIBRATING);
    print(&with_past);
    print_references(&with_past);
    for (name, judged) in [("with a past", &with_past), ("first files", &alone)] {
        println!(
            "{name}: {} sessions: accuracy {:.3}, macro-F1 {:.3}, top-2 {:.3}, calibration error {:.3}",
            judged.len(),
            share(judged, Judged::is_right),
            macro_f1(judged),
            share(judged, Judged::is_among_two),
            calibration_error(&trust(judged))
        );
        print_bins(judged);
        let used = |one: &Judged| Calibration::of(one.session.kind, one.is_cold());
        let mut groups: Vec<(Calibration, Vec<(f64, bool)>)> = Vec::new();
        for one in judged {
            let used = used(one);
            let log_odds = used.log_odds_of_share(one.session.kind_confidence);
            let pair = (log_odds, one.is_right());
            match groups.iter_mut().find(|(group, _)| *group == used) {
                Some((_, pairs)) => pairs.push(pair),
                None => groups.push((used, vec![pair])),
            }
        }
        for (used, pairs) in groups {
            println!("{} of {used:?} fitted: {:?}", pairs.len(), fitted(&pairs));
        }
    }
}

fn print_bins(judged: &[Judged]) {
    for bin in 0..10 {
        let (low, high) = (f64::from(bin) / 10.0, f64::from(bin + 1) / 10.0);
        let inside: Vec<(f64, bool)> = trust(judged)
            .into_iter()
            .filter(|(sure, _)| (low..high).contains(sure) || (bin == 9 && *sure >= high))
            .collect();
        let count = inside.len().max(1) as f64;
        let sure = inside.iter().map(|(sure, _)| sure).sum::<f64>() / count;
        let right = inside.iter().filter(|(_, right)| *right).count() as f64 / count;
        println!(
            "{low:.1}–{high:.1}: {:4} sure {sure:.3} right {right:.3}",
            inside.len()
        );
    }
}

/// Prints how the reference values compare with the truth: tenth, half, nine tenths of the ratios.
fn print_references(judged: &[Judged]) {
    let ratios = |of: &dyn Fn(&Judged) -> Option<f64>| {
        let mut ratios: Vec<f64> = judged.iter().filter_map(of).collect();
        ratios.sort_by(f64::total_cmp);
        [10, 50, 90].map(|percent| ratios[ratios.len() * percent / 100])
    };
    let easy = ratios(&|one| {
        let known = one.session.references.easy_speed_m_s.as_ref()?;
        Some(known.value / one.athlete.easy_m_s)
    });
    let critical = ratios(&|one| {
        let known = one.session.references.critical_speed_m_s.as_ref()?;
        Some(known.value / one.athlete.critical_speed_m_s)
    });
    println!("easy speed over the true one {easy:.3?}, critical speed {critical:.3?}");
}

/// Real verdicts that were sure and wrong are counted with the made-up ones: so many, among so many.
const REAL_LAPSES: (f64, f64) = (4.0, 250.0);

/// Fits a calibration by the greatest likelihood, on a grid that is drawn closer around its best point.
fn fitted(judged: &[(f64, bool)]) -> Calibration {
    let likelihood = |of: &Calibration| {
        let (lapses, among) = REAL_LAPSES;
        let prior = lapses * of.lapse.ln() + (among - lapses) * (1.0 - of.lapse).ln();
        let each = judged.iter().map(|(log_odds, right)| {
            let share = 1.0 / (1.0 + (-log_odds).exp());
            let sure = of.confidence(share).clamp(1e-6, 1.0 - 1e-6);
            if *right { sure.ln() } else { (1.0 - sure).ln() }
        });
        prior + each.sum::<f64>()
    };
    let mut best = Calibration {
        offset: 0.5,
        slope: 0.8,
        lapse: 0.02,
    };
    let (mut step, mut best_likelihood) = (1.0, likelihood(&best));
    for _ in 0..12 {
        let centre = best;
        for (i, j, k) in
            (0..7).flat_map(|i| (0..7).flat_map(move |j| (0..7).map(move |k| (i, j, k))))
        {
            let by = |index: i32, scale: f64| step * scale * f64::from(index - 3);
            let next = Calibration {
                offset: centre.offset + by(i, 0.8),
                slope: (centre.slope + by(j, 0.3)).clamp(0.05, 3.0),
                lapse: (centre.lapse * by(k, 0.5).exp()).clamp(1e-3, 0.3),
            };
            let found = likelihood(&next);
            if found > best_likelihood {
                (best, best_likelihood) = (next, found);
            }
        }
        step *= 0.6;
    }
    best
}

/// Labelled runs with repetitions, one athlete at a time, with the laps of the watch and without.
///
/// The gate was fitted on these runs among others; what segmentation does on runs it has not seen is
/// published by its own benchmark.
#[test]
fn real_runs_with_repetitions_are_named_after_them() {
    let place = corpus::place().join("truth");
    if !place.is_dir() {
        println!("skipped: no corpus at {}", place.display());
        return;
    }
    let mut shares = Vec::new();
    for (laps, least) in [
        (LapPolicy::Auto, LEAST_WITH_LAPS),
        (LapPolicy::Ignore, LEAST_BLIND),
    ] {
        let named: Vec<(bool, String)> = folders(&place)
            .par_iter()
            .flat_map_iter(|folder| named(folder, laps))
            .collect();
        for (_, line) in named.iter().filter(|(is_named, _)| !is_named) {
            println!("{laps:?} missed: {line}");
        }
        let right = named.iter().filter(|(is_named, _)| *is_named).count();
        let share = right as f64 / named.len() as f64;
        println!("{laps:?}: {right} of {} named, {share:.3}", named.len());
        shares.push((laps, share, least));
    }
    for (laps, share, least) in shares {
        assert!(share >= least, "{laps:?}: {share:.3}");
    }
}

fn folders(place: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(place)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// Returns whether each labelled run of an athlete is named after its repetitions, and what it was.
fn named(folder: &Path, laps: LapPolicy) -> Vec<(bool, String)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "fit"))
        .collect();
    files.sort();
    let runs: Vec<RunSummary> = files
        .iter()
        .map(|path| summary(&std::fs::read(path).unwrap(), &path.to_string_lossy(), laps))
        .collect();
    let sessions = judge(runs, &Settings::default(), &Corrections::default(), false);
    sessions.iter().filter_map(is_named).collect()
}

fn is_named(session: &Session) -> Option<(bool, String)> {
    let path = Path::new(&session.head.source.path);
    let text = std::fs::read_to_string(path.with_extension("json")).unwrap();
    let labels: serde_json::Value = serde_json::from_str(&text).unwrap();
    let set = labels["set_type"].as_str().filter(|set| !set.is_empty())?;
    let is_tagged = |tags: &[&str]| session.tags.iter().any(|own| tags.contains(&own.as_str()));
    let is_named = match session.kind {
        Intervals | Repetitions | Hills | Fartlek => true,
        _ if set == "strides" => is_tagged(&["strides", "intervals_inside"]),
        Easy | Recovery | Long => is_tagged(&["intervals_inside"]),
        _ => false,
    };
    let why: Vec<&str> = session.evidence.iter().map(|e| e.text.as_str()).collect();
    let line = format!(
        "{} {set} {}: {} {:?} {}",
        path.file_stem().unwrap_or_default().to_string_lossy(),
        labels["description"],
        session.kind.name(),
        session.tags,
        why.join(" · ")
    );
    Some((is_named, line))
}

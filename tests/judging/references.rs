//! Reference values against made-up athletes of whom everything is known, of unseen seeds.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "says what it measured"
)]

use crate::common::months::Months;
use crate::common::training_log::TrainingLog;
use chrono::Days;
use hardeasy::classification::Session;
use hardeasy::classification::SessionKind;
use hardeasy::classification::history_of;
use hardeasy::classification::judge;
use hardeasy::history::Confidence;
use hardeasy::history::History;
use hardeasy::history::Reference;
use hardeasy::history::References;
use hardeasy::ingest;
use hardeasy::ingest::Format;
use hardeasy::ingest::Strictness;
use hardeasy::pipeline;
use hardeasy::pipeline::Input;
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

/// Athletes whose history holds hard efforts of 3–20 min.
const HARD: std::ops::Range<u64> = 7000..7120;
/// Athletes without.
const GENTLE: std::ops::Range<u64> = 7500..7560;
/// Athletes whose files are read, with such efforts and without.
const FILES: std::ops::Range<u64> = 7700..7712;
const GENTLE_FILES: std::ops::Range<u64> = 7800..7804;
/// What the values of a day may cost at most: far above what is printed, as computers differ.
///
/// # Units
/// Milliseconds.
const MOST_MS: f64 = 2.0;
/// The least coverage of a dozen athletes, where one more or less is 8 %.
const LEAST_COVERAGE_OF_FEW: f64 = 0.75;
/// The greatest median error of critical speed.
///
/// # Units
/// Ratio.
const MOST_SPEED_ERROR: f64 = 0.03;
/// The greatest median error of threshold heart rate.
///
/// # Units
/// Beats per minute.
const MOST_BEATS_ERROR: f64 = 3.0;
/// What share of the 90 % intervals must cover the truth.
const COVERAGE: std::ops::RangeInclusive<f64> = 0.80..=0.97;

/// One value against the truth.
struct Outcome {
    truth: f64,
    found: Reference,
}

impl Outcome {
    fn error(&self) -> f64 {
        self.found.value - self.truth
    }

    fn relative_error(&self) -> f64 {
        self.error() / self.truth
    }

    fn covers(&self) -> bool {
        (self.found.low..=self.found.high).contains(&self.truth)
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn share(outcomes: &[Outcome], holds: impl Fn(&Outcome) -> bool) -> f64 {
    outcomes.iter().filter(|one| holds(one)).count() as f64 / outcomes.len() as f64
}

/// Prints what was measured, and returns the median of the absolute errors and the coverage.
fn measured(name: &str, outcomes: &[Outcome], error: fn(&Outcome) -> f64) -> (f64, f64) {
    let signed = median(outcomes.iter().map(error).collect());
    let absolute = median(outcomes.iter().map(|one| error(one).abs()).collect());
    let width = median(
        outcomes
            .iter()
            .map(|one| (one.found.high - one.found.low) / 2.0 / one.found.value)
            .collect(),
    );
    let coverage = share(outcomes, Outcome::covers);
    use Confidence::*;
    let words = [High, Fair, Low, LowerBound].map(|confidence| {
        format!(
            "{} {:.2}",
            confidence.word(),
            share(outcomes, |one| one.found.confidence == confidence)
        )
    });
    println!(
        "{name}: {} athletes, median error {signed:+.4}, absolute {absolute:.4}, half-width {:.1} %, coverage {coverage:.3}; {}",
        outcomes.len(),
        100.0 * width,
        words.join(", ")
    );
    (absolute, coverage)
}

/// Returns critical speed and threshold heart rate of each athlete on the day after the log.
fn outcomes(seeds: std::ops::Range<u64>, hard: bool) -> (Vec<Outcome>, Vec<Outcome>) {
    let seeds: Vec<u64> = seeds.collect();
    seeds
        .par_iter()
        .map(|seed| {
            let log = TrainingLog::new(*seed, hard);
            let mut history = History::new(Settings::default());
            for session in log.sessions {
                history.push(session);
            }
            let at = history.references(log.after);
            let speed = Outcome {
                truth: log.truth.critical_speed_m_s,
                found: at.critical_speed_m_s.unwrap(),
            };
            let beats = Outcome {
                truth: log.truth.threshold_bpm,
                found: at.threshold_heart_rate_bpm.unwrap(),
            };
            (speed, beats)
        })
        .unzip()
}

#[test]
fn hard_efforts_show_critical_speed_and_threshold() {
    let (speeds, beats) = outcomes(HARD, true);
    let (error, coverage) = measured("critical speed", &speeds, Outcome::relative_error);
    assert!(error <= MOST_SPEED_ERROR, "{error}");
    assert!(COVERAGE.contains(&coverage), "{coverage}");
    let (error, coverage) = measured("threshold heart rate", &beats, Outcome::error);
    assert!(error <= MOST_BEATS_ERROR, "{error}");
    assert!(COVERAGE.contains(&coverage), "{coverage}");
}

#[test]
fn without_hard_efforts_nothing_is_claimed() {
    let (speeds, beats) = outcomes(GENTLE, false);
    measured(
        "critical speed, none hard",
        &speeds,
        Outcome::relative_error,
    );
    measured("threshold heart rate, none hard", &beats, Outcome::error);
    let unclaimed = share(&speeds, |one| {
        [Confidence::Low, Confidence::LowerBound].contains(&one.found.confidence)
    });
    assert!(unclaimed >= 0.95, "{unclaimed}");
    let above = share(&speeds, |one| one.truth >= one.found.low);
    assert!(above >= 0.95, "{above}");
}

/// Returns the history that the program itself makes of files.
fn read(files: &[Vec<u8>]) -> History {
    let settings = Settings::default();
    let runs: Vec<RunSummary> = files
        .iter()
        .flat_map(|bytes| ingest::read(bytes, Format::Fit, Strictness::Lenient).unwrap())
        .map(|activity| {
            let streams = resample(&activity);
            let segmentation = segment(&streams, LapPolicy::Auto);
            summarise(&activity, &streams, segmentation, origin())
        })
        .collect();
    let sessions = judge(runs, &settings, &Corrections::default(), false);
    history_of(&settings, &sessions)
}

fn origin() -> Origin {
    Origin {
        source: Source {
            path: "made-up.fit".to_owned(),
            ..Source::default()
        },
        ..Origin::default()
    }
}

/// Returns critical speed and threshold heart rate as learned from whole files.
fn outcomes_of_files(seeds: std::ops::Range<u64>, hard: bool) -> (Vec<Outcome>, Vec<Outcome>) {
    let seeds: Vec<u64> = seeds.collect();
    seeds
        .par_iter()
        .map(|seed| {
            let months = Months::new(*seed, hard);
            let history = read(&months.files);
            let last = history.past().last().unwrap().day;
            let at = history.references(last.succ_opt().unwrap());
            let speed = Outcome {
                truth: months.athlete.critical_speed_m_s,
                found: at.critical_speed_m_s.unwrap(),
            };
            let beats = Outcome {
                truth: months.threshold_bpm(),
                found: at.threshold_heart_rate_bpm.unwrap(),
            };
            (speed, beats)
        })
        .unzip()
}

#[test]
fn whole_files_show_them_too() {
    let (speeds, beats) = outcomes_of_files(FILES, true);
    let (error, coverage) = measured("critical speed, files", &speeds, Outcome::relative_error);
    assert!(error <= MOST_SPEED_ERROR, "{error}");
    assert!(coverage >= LEAST_COVERAGE_OF_FEW, "{coverage}");
    let (error, coverage) = measured("threshold heart rate, files", &beats, Outcome::error);
    assert!(error <= MOST_BEATS_ERROR, "{error}");
    assert!(coverage >= LEAST_COVERAGE_OF_FEW, "{coverage}");
}

#[test]
fn whole_files_without_hard_efforts_claim_nothing() {
    let (speeds, _) = outcomes_of_files(GENTLE_FILES, false);
    measured(
        "critical speed, files, none hard",
        &speeds,
        Outcome::relative_error,
    );
    let unclaimed = share(&speeds, |one| {
        [Confidence::Low, Confidence::LowerBound].contains(&one.found.confidence)
    });
    assert!(unclaimed >= 0.75, "{unclaimed}");
}

/// The greatest step of a reference value from one ordinary run.
///
/// # Units
/// Ratio.
const MOST_STEP: f64 = 0.04;
/// The first days, in which everything is new.
///
/// # Units
/// Days.
const NEW_DAYS: i64 = 14;

fn values(session: &Session) -> [(&'static str, Option<f64>); 3] {
    let at = &session.references;
    let value = |reference: &Option<Reference>| reference.as_ref().map(|r| r.value);
    [
        ("easy speed", value(&at.easy_speed_m_s)),
        ("critical speed", value(&at.critical_speed_m_s)),
        ("threshold heart rate", value(&at.threshold_heart_rate_bpm)),
    ]
}

/// Sixty weeks of one real athlete.
#[test]
fn one_ordinary_run_moves_nothing_by_more_than_four_per_cent() {
    let season = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/season");
    if !std::path::Path::new(season).is_dir() {
        println!("skipped: there is no folder of real exports (season)");
        return;
    }
    let input = vec![Input::Path(season.into())];
    let outcome = pipeline::read_runs(input, &pipeline::Options::default(), &|_, _| {}).unwrap();
    let sessions = outcome.sessions;
    assert!(sessions.len() > 150, "{}", sessions.len());
    let first = sessions[0].head.day.unwrap();
    for pair in sessions.windows(2) {
        let day = pair[1].head.day.unwrap();
        if (day - first).num_days() <= NEW_DAYS || pair[0].kind == SessionKind::Race {
            continue;
        }
        for ((name, before), (_, after)) in values(&pair[0]).into_iter().zip(values(&pair[1])) {
            let step = before
                .zip(after)
                .map_or(0.0, |(before, after)| after / before - 1.0);
            assert!(step.abs() <= MOST_STEP, "{day}: {name} moved by {step:.3}");
        }
    }
}

#[test]
fn what_the_user_gives_wins_over_tests_and_tests_over_estimates() {
    let settings = |text: &str| Settings::parse(text).unwrap();
    let after_log = |settings: Settings| {
        let log = TrainingLog::new(HARD.start, true);
        let mut history = History::new(settings);
        for session in log.sessions {
            history.push(session);
        }
        history.references(log.after)
    };
    let tests = "[[tests]]\nday = 2026-01-20\ndistance_m = 900.0\ntime_s = 180.0\nheart_rate_bpm = 171.0\n\
                 [[tests]]\nday = 2026-01-25\ndistance_m = 3060.0\ntime_s = 720.0\n";
    let given = "[[thresholds]]\nfrom = 2026-01-01\ncritical_speed_m_s = 3.9\n";
    let tested = after_log(settings(tests));
    let speed = |at: &References| at.critical_speed_m_s.as_ref().unwrap().value;
    let beats = |at: &References| at.threshold_heart_rate_bpm.as_ref().unwrap().value;
    // (3060 − 900) / (720 − 180).
    assert_eq!(speed(&tested).to_string(), "4");
    assert_eq!(beats(&tested).to_string(), "171");
    let both = after_log(settings(&format!("{tests}{given}")));
    assert_eq!(speed(&both).to_string(), "3.9");
    assert_eq!(beats(&both).to_string(), "171");
}

/// Prints what the reference values of a day cost after two years.
#[test]
fn two_years_of_history_cost_little() {
    let mut history = History::new(Settings::default());
    let mut last = None;
    for year in 0..12u64 {
        let log = TrainingLog::new(HARD.start + year, true);
        for mut session in log.sessions {
            session.day = session.day + Days::new(60 * year);
            last = Some(session.day);
            history.push(session);
        }
    }
    let rounds = 200;
    let clock = std::time::Instant::now();
    for _ in 0..rounds {
        std::hint::black_box(history.references(last.unwrap()));
    }
    let each_ms = clock.elapsed().as_secs_f64() * 1000.0 / f64::from(rounds);
    println!(
        "{} sessions: {each_ms:.3} ms for each day",
        history.past().len()
    );
    assert!(each_ms <= MOST_MS, "{each_ms}");
}

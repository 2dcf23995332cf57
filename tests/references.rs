//! Reference values against made-up athletes of whom everything is known, of unseen seeds.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "says what it measured"
)]

mod common;

use common::diary::Diary;
use hardeasy::history::History;
use hardeasy::history::Reference;
use hardeasy::settings::Settings;
use rayon::prelude::*;

/// Athletes whose history holds hard efforts of 3–20 min.
const HARD: std::ops::Range<u64> = 7000..7120;
/// Athletes without.
const GENTLE: std::ops::Range<u64> = 7500..7560;
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
    let words = ["high", "fair", "low", "lower bound"]
        .map(|word| format!("{word} {:.2}", share(outcomes, |one| one.found.confidence == word)));
    println!(
        "{name}: {} athletes, median error {signed:+.4}, absolute {absolute:.4}, half-width {:.1} %, coverage {coverage:.3}; {}",
        outcomes.len(),
        100.0 * width,
        words.join(", ")
    );
    (absolute, coverage)
}

/// Returns critical speed and threshold heart rate of each athlete on the day after the diary.
fn outcomes(seeds: std::ops::Range<u64>, hard: bool) -> (Vec<Outcome>, Vec<Outcome>) {
    let seeds: Vec<u64> = seeds.collect();
    seeds
        .par_iter()
        .map(|seed| {
            let diary = Diary::new(*seed, hard);
            let mut history = History::new(Settings::default());
            for session in diary.sessions {
                history.push(session);
            }
            let at = history.references(diary.after);
            let speed = Outcome {
                truth: diary.truth.critical_speed_m_s,
                found: at.critical_speed_m_s.unwrap(),
            };
            let beats = Outcome {
                truth: diary.truth.threshold_bpm,
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
    measured("critical speed, none hard", &speeds, Outcome::relative_error);
    measured("threshold heart rate, none hard", &beats, Outcome::error);
    let unclaimed = share(&speeds, |one| {
        ["low", "lower bound"].contains(&one.found.confidence.as_str())
    });
    assert!(unclaimed >= 0.95, "{unclaimed}");
    let above = share(&speeds, |one| one.truth >= one.found.low);
    assert!(above >= 0.95, "{above}");
}

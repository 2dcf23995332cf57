//! How much the athlete's pace wanders by itself in easy running.

use chrono::NaiveDate;

use crate::history::Confidence;
use crate::history::PastSession;
use crate::history::Reference;
use crate::history::Z90;
use crate::history::numbers::age_days;

/// The days from which it is learned: six half-lives, as for easy speed.
///
/// # Units
/// Days.
pub(super) const WINDOW_DAYS: u64 = 168;
/// A run counts half after so many days.
///
/// # Units
/// Days, as for easy speed.
const HALF_LIFE_DAYS: f64 = 28.0;
/// It needs so many easy runs. From twice as many on it is trusted highly.
const LEAST_RUNS: usize = 5;
/// Runs farther from the value pull no harder.
///
/// # Units
/// Log of the ratio: the quartiles over 33 real runs are 0.24 below and 0.50 above their median.
const FAR: f64 = 0.4;
/// Rounds in which the value settles: each takes away most of what is left.
const ROUNDS: usize = 12;

/// Returns the athlete's own pace wander: the middle, over easy runs, of the robust variation of
/// their 60 s means.
///
/// Steps: x = ln w of n ≥ 5 easy runs, each of weight ½^(age / 28 d); the value is where the pulls
/// balance, growing with the distance up to 0.4 and not beyond; the half-width of the 90 % interval
/// of x is 1.645 times the root mean square of these pulls over √(effective n).
///
/// # Units
/// Ratio (coefficient of variation).
///
/// # References
/// Huber 1964, Ann. Math. Stat. 35:73. The definition is this program's own; on 33 real runs one run
/// had 0.061 (quartiles 0.048–0.101).
pub(super) fn pace_wander(past: &[PastSession], on: NaiveDate) -> Option<Reference> {
    let easy = past.iter().filter(|session| session.easy);
    let with_wander = easy.filter_map(|session| {
        let wander = session.pace_wander.filter(|wander| *wander > 0.0)?;
        let weight = 0.5f64.powf(age_days(session.day, on) / HALF_LIFE_DAYS);
        Some((wander.ln(), weight, session.day))
    });
    let runs: Vec<(f64, f64, NaiveDate)> = with_wander.collect();
    if runs.len() < LEAST_RUNS {
        return None;
    }
    let total: f64 = runs.iter().map(|(_, weight, _)| weight).sum();
    let mean = |of: &dyn Fn(f64) -> f64| {
        let sum: f64 = runs.iter().map(|(x, weight, _)| weight * of(*x)).sum();
        sum / total
    };
    let pull = |x: f64, middle: f64| (x - middle).clamp(-FAR, FAR);
    let mut middle = mean(&|x| x);
    for _ in 0..ROUNDS {
        middle += mean(&|x| pull(x, middle));
    }
    let squares: f64 = runs.iter().map(|(_, weight, _)| weight * weight).sum();
    let variance = mean(&|x| pull(x, middle).powi(2)) * squares / (total * total);
    let half_width = Z90 * variance.sqrt();
    let confidence = if runs.len() >= 2 * LEAST_RUNS {
        Confidence::High
    } else {
        Confidence::Fair
    };
    Some(Reference {
        value: middle.exp(),
        low: (middle - half_width).exp(),
        high: (middle + half_width).exp(),
        source: format!(
            "middle of the 60 s means of {} easy runs, half-weight after {HALF_LIFE_DAYS} days",
            runs.len()
        ),
        date: runs.last().map(|(.., day)| *day),
        confidence,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn easy(pace_wander: f64) -> PastSession {
        PastSession {
            easy: true,
            pace_wander: Some(pace_wander),
            ..PastSession::default()
        }
    }

    #[test]
    fn five_easy_runs_by_hand() {
        // Logs 0, 0.1, 0.2, 0.3 and 2 above that of 0.04; the last pulls by 0.4 only: m = 0.25, where
        // −0.25 − 0.15 − 0.05 + 0.05 + 0.4 = 0.
        let runs = [0.0f64, 0.1, 0.2, 0.3, 2.0].map(|above| easy(0.04 * above.exp()));
        let found = pace_wander(&runs, NaiveDate::default()).expect("five runs");
        assert!(
            (found.value / 0.04 - 0.25f64.exp()).abs() < 1e-5,
            "{}",
            found.value
        );
        // Mean square (0.0625 + 0.0225 + 0.0025 + 0.0025 + 0.16) / 5 = 0.05; over five runs 0.01.
        assert!(
            (found.high / found.value - 0.1645f64.exp()).abs() < 1e-5,
            "{}",
            found.high
        );
        assert_eq!(found.confidence, Confidence::Fair);
        assert_eq!(pace_wander(&runs[..4], NaiveDate::default()), None);
    }

    #[test]
    fn hard_runs_do_not_count() {
        let mut runs = [0.03; 5].map(easy);
        runs[0].easy = false;
        assert_eq!(pace_wander(&runs, NaiveDate::default()), None);
    }

    #[test]
    fn old_runs_count_half_and_ten_are_many() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 5, day).expect("a day of May");
        let run = |on: u32, above: f64| PastSession {
            day: day(on),
            ..easy(0.04 * above.exp())
        };
        // Three of weight 0.5 at 0.2, three of 1 at 0: m = 0.3 / 4.5.
        let mut runs: Vec<PastSession> = (0..3).map(|_| run(1, 0.2)).collect();
        runs.extend((0..3).map(|_| run(29, 0.0)));
        let found = pace_wander(&runs, day(29)).expect("six runs");
        assert!(
            (found.value - 0.04 * (0.3f64 / 4.5).exp()).abs() < 1e-6,
            "{}",
            found.value
        );
        // Mean square (1.5 · 0.1333² + 3 · 0.0667²) / 4.5 = 1 / 112.5, times 3.75 / 4.5².
        let half_width = 1.645 * (3.75 / 20.25 / 112.5f64).sqrt();
        assert!(((found.high / found.value).ln() - half_width).abs() < 1e-5);
        assert!(((found.value / found.low).ln() - half_width).abs() < 1e-5);
        assert_eq!(found.date, Some(day(29)));
        runs.extend((0..4).map(|_| run(29, 0.0)));
        let many = pace_wander(&runs, day(29)).expect("ten runs");
        assert_eq!(many.confidence, Confidence::High);
    }
}

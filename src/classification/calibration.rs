//! How sure a kind is, from its share of probability.

use std::ops::RangeInclusive;

use crate::vocabulary::SessionKind;

/// A calibration: how often kinds of a share are right.
///
/// Steps: the log-odds that the chosen kind is right are a line over the log-odds of its share (Platt
/// 1999); whatever the margins, a part of the verdicts is wrong for reasons that no margin shows, the lapse
/// rate (Wichmann & Hill 2001, Percept Psychophys 63:1293).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// The line at even odds, in log-odds.
    pub offset: f64,
    /// The slope of the line.
    pub slope: f64,
    /// The share of verdicts that are wrong whatever the margins.
    pub lapse: f64,
}

/// The calibration where the athlete's own values are known.
///
/// # Units
/// As in [`Calibration`]. Fitted on made-up athletes that nothing is measured on:
/// `HARDEASY_CALIBRATE=1 cargo test --release --test judging -- --nocapture calibration` prints the three
/// numbers.
const KNOWN: Calibration = Calibration {
    offset: 0.52,
    slope: 2.26,
    lapse: 0.025,
};
/// The calibration of kinds that a run shows by its shape, while the athlete's own values are assumptions
/// only: fitted on the same runs, each judged alone.
///
/// # Units
/// As in [`Calibration`].
const BY_SHAPE: Calibration = Calibration {
    offset: 1.36,
    slope: 2.15,
    lapse: 0.027,
};
/// The same of easy running.
const EASY_BY_GUESS: Calibration = Calibration {
    offset: -1.38,
    slope: 0.79,
    lapse: 0.016,
};
/// The same of running that is harder, and even: moderate, tempo and race differ by what the athlete can
/// do, which is what is not known.
const HARD_BY_GUESS: Calibration = Calibration {
    offset: -0.33,
    slope: 0.05,
    lapse: 0.016,
};
/// Shares and confidences are taken into log-odds within these limits.
///
/// # Units
/// Probability.
const WITHIN: RangeInclusive<f64> = 1e-3..=1.0 - 1e-4;

impl Calibration {
    /// Returns the calibration of a kind, where the athlete's own values are known or are assumptions.
    #[must_use]
    pub fn of(kind: SessionKind, is_cold: bool) -> Self {
        use SessionKind::*;
        match kind {
            _ if !is_cold => KNOWN,
            Easy | Recovery => EASY_BY_GUESS,
            Steady | Tempo | Race => HARD_BY_GUESS,
            _ => BY_SHAPE,
        }
    }

    /// Returns how often a kind of this share is right.
    #[must_use]
    pub fn confidence(self, share: f64) -> f64 {
        let odds = (self.offset + self.slope * log_odds(share)).exp();
        (1.0 - self.lapse) * odds / (1.0 + odds)
    }

    /// Returns the log-odds of the share behind a confidence: what a calibration is fitted on.
    #[must_use]
    pub fn log_odds_of_share(self, confidence: f64) -> f64 {
        (log_odds(confidence / (1.0 - self.lapse)) - self.offset) / self.slope
    }
}

fn log_odds(probability: f64) -> f64 {
    let probability = probability.clamp(*WITHIN.start(), *WITHIN.end());
    (probability / (1.0 - probability)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calibration_by_hand() {
        // The log-odds of one half are 0: the offset stays.
        let sure = (1.0 - KNOWN.lapse) / (1.0 + (-KNOWN.offset).exp());
        assert!((KNOWN.confidence(0.5) - sure).abs() < 1e-9);
        assert!(KNOWN.log_odds_of_share(sure).abs() < 1e-9);
    }

    #[test]
    fn no_share_makes_a_kind_certain() {
        for calibration in [KNOWN, BY_SHAPE, EASY_BY_GUESS, HARD_BY_GUESS] {
            assert!(calibration.confidence(1.0) <= 1.0 - calibration.lapse);
        }
    }

    #[test]
    fn a_guess_at_the_athlete_counts_by_what_the_kind_is_told_from() {
        use SessionKind::*;
        for kind in [Easy, Tempo, Intervals] {
            assert_eq!(Calibration::of(kind, false), KNOWN);
        }
        for kind in [Easy, Recovery] {
            assert_eq!(Calibration::of(kind, true), EASY_BY_GUESS);
        }
        for kind in [Steady, Tempo, Race] {
            assert_eq!(Calibration::of(kind, true), HARD_BY_GUESS);
        }
        for kind in [Intervals, Hills, Long] {
            assert_eq!(Calibration::of(kind, true), BY_SHAPE);
        }
    }

    #[test]
    fn a_confidence_leads_back_to_its_share() {
        let calibration = Calibration {
            offset: 0.5,
            slope: 0.8,
            lapse: 0.02,
        };
        let odds = (0.5 + 0.8 * 3f64.ln()).exp();
        assert!((calibration.confidence(0.75) - 0.98 * odds / (1.0 + odds)).abs() < 1e-9);
        let back = calibration.log_odds_of_share(calibration.confidence(0.75));
        assert!((back - 3f64.ln()).abs() < 1e-9);
    }
}

//! One condition of a rule: a value against a limit, with how nearly it was met.

use crate::segmentation::Evidence;
use crate::units::round;

/// How soft a limit on a ratio of speeds is.
///
/// # Units
/// Ratio. Chosen: about the error of the reference values.
pub(super) const SPEED_SOFTNESS: f64 = 0.025;
/// How soft a limit on a duration is, at most.
///
/// # Units
/// Seconds. Chosen.
pub(super) const DURATION_SOFTNESS_S: f64 = 300.0;
/// A limit on a shorter duration is softer only by this share of it.
///
/// # Units
/// Ratio.
const DURATION_SOFTNESS_SHARE: f64 = 0.1;
/// Log-odds shown for one condition at most, so that explanations stay readable.
///
/// # Units
/// Log-odds. Chosen.
const MOST_LOG_ODDS: f64 = 4.0;

/// One condition: met or not, how nearly, and in words.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// The log-odds that it is met: (value − limit) / softness, turned so that positive is met.
    log_odds: f64,
    evidence: Evidence,
}

impl Condition {
    /// Returns whether the condition is met.
    pub(super) fn is_met(&self) -> bool {
        self.log_odds >= 0.0
    }

    /// Returns the probability that it is met, given the softness of its limit.
    pub(super) fn probability(&self) -> f64 {
        1.0 / (1.0 + (-self.log_odds).exp())
    }

    /// Returns the opposite condition.
    pub(super) fn negated(self) -> Self {
        Self {
            log_odds: -self.log_odds,
            ..self
        }
    }

    /// Returns the condition as evidence.
    pub(super) fn evidence(&self) -> Evidence {
        let contribution = self.log_odds.clamp(-MOST_LOG_ODDS, MOST_LOG_ODDS);
        Evidence {
            contribution: Some(round(contribution, 1)),
            ..self.evidence.clone()
        }
    }
}

/// Returns the condition that a value is at least a limit.
pub(super) fn at_least(
    value: f64,
    limit: f64,
    softness: f64,
    unit: &str,
    text: impl Into<String>,
) -> Condition {
    condition((value - limit) / softness, value, unit, text)
}

/// Returns the condition that a value is at most a limit.
pub(super) fn at_most(
    value: f64,
    limit: f64,
    softness: f64,
    unit: &str,
    text: impl Into<String>,
) -> Condition {
    condition((limit - value) / softness, value, unit, text)
}

/// Returns the condition that a value lies in a closed range.
pub(super) fn within(
    value: f64,
    range: (f64, f64),
    softness: f64,
    unit: &str,
    text: impl Into<String>,
) -> Condition {
    let margin = (value - range.0).min(range.1 - value);
    condition(margin / softness, value, unit, text)
}

/// Returns the condition that one of two is met: the one that is met better.
pub(super) fn either(a: Condition, b: Condition) -> Condition {
    if b.log_odds > a.log_odds { b } else { a }
}

/// Returns the condition that two witnesses of the same thing say so together: their mean.
pub(super) fn together(a: Condition, b: Condition) -> Condition {
    let agree = a.is_met() == b.is_met();
    let joint = if agree { "; " } else { ", but " };
    Condition {
        log_odds: (a.log_odds + b.log_odds) / 2.0,
        evidence: Evidence {
            text: format!("{}{joint}{}", a.evidence.text, b.evidence.text),
            ..a.evidence
        },
    }
}

/// Returns a fact that is known for sure.
pub(super) fn fact(holds: bool, text: impl Into<String>) -> Condition {
    let sure = if holds { MOST_LOG_ODDS } else { -MOST_LOG_ODDS };
    Condition {
        log_odds: sure,
        evidence: Evidence {
            text: text.into(),
            value: None,
            unit: None,
            contribution: None,
        },
    }
}

fn condition(log_odds: f64, value: f64, unit: &str, text: impl Into<String>) -> Condition {
    Condition {
        log_odds,
        evidence: Evidence {
            text: text.into(),
            value: Some(round(value, 3)),
            unit: Some(unit.to_owned()),
            contribution: None,
        },
    }
}

/// Returns how soft a limit on a duration is.
pub(super) fn duration_softness(limit_s: f64) -> f64 {
    (limit_s * DURATION_SOFTNESS_SHARE).min(DURATION_SOFTNESS_S)
}

/// Returns a duration in minutes, or in seconds below two minutes, as in "24 min", "75 s".
pub(super) fn minutes(duration_s: f64) -> String {
    if duration_s < 120.0 {
        format!("{duration_s:.0} s")
    } else {
        format!("{:.0} min", duration_s / 60.0)
    }
}

/// Returns a ratio in percent, as in "94 %".
pub(super) fn percent(ratio: f64) -> String {
    format!("{:.0} %", ratio * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_soft_and_the_middle_is_even_odds() {
        let exactly = at_least(0.95, 0.95, SPEED_SOFTNESS, "ratio", "");
        assert!(exactly.is_met());
        assert!((exactly.probability() - 0.5).abs() < 1e-9);
        let near = at_most(1.0, 0.95, SPEED_SOFTNESS, "ratio", "");
        assert!(!near.is_met());
        // Two softnesses beyond: 1 / (1 + e²).
        assert!((near.probability() - 0.1192).abs() < 1e-4);
        assert_eq!(near.evidence().contribution, Some(-2.0));
    }

    #[test]
    fn durations_read_as_minutes_or_seconds() {
        assert_eq!(minutes(75.0), "75 s");
        assert_eq!(minutes(1440.0), "24 min");
    }
}

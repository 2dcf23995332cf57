//! One condition of a rule: a value against a limit, with how nearly it was met.

use std::ops::RangeInclusive;

use crate::segmentation::Evidence;
use crate::units::SECONDS_PER_MINUTE;
use crate::units::round;

/// How soft a limit on a ratio of speeds is.
///
/// # Units
/// Ratio. Chosen: about the error of the reference values.
pub(super) const SPEED_SOFTNESS: f64 = 0.025;
/// How soft a limit on a heart rate is.
///
/// # Units
/// Ratio.
pub(super) const HEART_RATE_SOFTNESS: f64 = 0.02;
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

/// What a value is measured in, which says how it and its limit are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A ratio, shown in percent.
    Ratio,
    /// Seconds, shown in minutes from two minutes on.
    Seconds,
    /// Metres.
    Metres,
    /// Hours.
    Hours,
}

impl Unit {
    /// Returns the name used in documents.
    fn name(self) -> &'static str {
        match self {
            Unit::Ratio => "ratio",
            Unit::Seconds => "s",
            Unit::Metres => "m",
            Unit::Hours => "h",
        }
    }

    fn shown(self, value: f64) -> String {
        match self {
            Unit::Ratio => percent(value),
            Unit::Seconds => minutes(value),
            Unit::Metres | Unit::Hours => format!("{value:.0} {}", self.name()),
        }
    }

    /// Shows a value so finely that it differs from a limit close to it.
    fn shown_finely(self, value: f64) -> String {
        match self {
            Unit::Ratio => format!("{:.1} %", value * 100.0),
            Unit::Seconds => {
                let seconds = value.floor();
                let minutes = (seconds / SECONDS_PER_MINUTE).floor();
                let left = seconds - minutes * SECONDS_PER_MINUTE;
                format!("{minutes:.0}:{left:02.0} min")
            }
            Unit::Metres | Unit::Hours => format!("{value:.1} {}", self.name()),
        }
    }
}

/// What is asked of a value.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Asked {
    AtLeast(f64),
    AtMost(f64),
    Below(f64),
    Above(f64),
    Within(f64, f64),
    Outside(f64, f64),
}

impl Asked {
    fn negated(self) -> Self {
        match self {
            Asked::AtLeast(limit) => Asked::Below(limit),
            Asked::AtMost(limit) => Asked::Above(limit),
            Asked::Below(limit) => Asked::AtLeast(limit),
            Asked::Above(limit) => Asked::AtMost(limit),
            Asked::Within(low, high) => Asked::Outside(low, high),
            Asked::Outside(low, high) => Asked::Within(low, high),
        }
    }

    fn limits(self) -> (f64, f64) {
        match self {
            Asked::AtLeast(limit)
            | Asked::AtMost(limit)
            | Asked::Below(limit)
            | Asked::Above(limit) => (limit, limit),
            Asked::Within(low, high) | Asked::Outside(low, high) => (low, high),
        }
    }

    /// Returns what is asked in words, as in "at least 15 min", "88–102 %".
    fn words(self, unit: Unit) -> String {
        let (low, high) = self.limits();
        let word = match self {
            Asked::AtLeast(_) => "at least ",
            Asked::AtMost(_) => "at most ",
            Asked::Below(_) => "below ",
            Asked::Above(_) => "above ",
            Asked::Within(..) => "",
            Asked::Outside(..) => "outside ",
        };
        let (first, last) = (unit.shown(low), unit.shown(high));
        match (first.rsplit_once(' '), last.rsplit_once(' ')) {
            _ if first == last => format!("{word}{last}"),
            (Some((number, one)), Some((_, other))) if one == other => {
                format!("{word}{number}–{last}")
            }
            _ => format!("{word}{first}–{last}"),
        }
    }
}

/// A value that was measured, and what is asked of it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Measured {
    value: f64,
    unit: Unit,
    asked: Asked,
}

impl Measured {
    /// Returns the value such that it can be told from its limits.
    fn shown(self) -> String {
        let shown = self.unit.shown(self.value);
        let (low, high) = self.asked.limits();
        let is_close = [low, high]
            .iter()
            .any(|limit| self.unit.shown(*limit) == shown);
        if is_close && (self.value - low).abs().min((self.value - high).abs()) > 0.0 {
            self.unit.shown_finely(self.value)
        } else {
            shown
        }
    }
}

/// What one witness says.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    /// What was found, "{}" standing for the value.
    text: String,
    measured: Option<Measured>,
    /// The log-odds that what is asked is so.
    log_odds: f64,
}

impl Said {
    fn words(&self) -> String {
        match self.measured {
            None => self.text.clone(),
            Some(measured) => {
                let text = self.text.replace("{}", &measured.shown());
                format!("{text} ({})", measured.asked.words(measured.unit))
            }
        }
    }

    fn negated(self) -> Self {
        Self {
            log_odds: -self.log_odds,
            measured: self.measured.map(|measured| Measured {
                asked: measured.asked.negated(),
                ..measured
            }),
            ..self
        }
    }

    /// Returns whether another says the same of the run, whatever is asked.
    fn finds_the_same(&self, other: &Self) -> bool {
        let value = |said: &Self| said.measured.map(|measured| measured.value);
        self.text == other.text && value(self) == value(other)
    }
}

/// One condition: met or not, how nearly, and in words.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// The log-odds that it is met: (value − limit) / softness, turned so that positive is met.
    log_odds: f64,
    /// What one witness says, or what two say together.
    said: Vec<Said>,
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
            said: self.said.into_iter().map(Said::negated).collect(),
        }
    }

    /// Returns whether another condition rests on the same finding, whatever it asks.
    pub(super) fn finds_the_same(&self, other: &Self) -> bool {
        let pairs = self.said.iter().zip(&other.said);
        self.said.len() == other.said.len() && pairs.into_iter().all(|(a, b)| a.finds_the_same(b))
    }

    /// Returns the condition as evidence: each value against its limit.
    pub(super) fn evidence(&self) -> Evidence {
        let contribution = self.log_odds.clamp(-MOST_LOG_ODDS, MOST_LOG_ODDS);
        let measured = self.said.first().and_then(|said| said.measured);
        Evidence {
            text: self.words(),
            value: measured.map(|measured| round(measured.value, 3)),
            unit: measured.map(|measured| measured.unit.name().to_owned()),
            contribution: Some(round(contribution, 1)),
        }
    }

    fn words(&self) -> String {
        let agree = |said: &Said| (said.log_odds >= 0.0) == self.is_met();
        let joint = if self.said.iter().all(agree) {
            "; "
        } else {
            ", but "
        };
        let words: Vec<String> = self.said.iter().map(Said::words).collect();
        words.join(joint)
    }
}

/// Returns the condition that a value is at least a limit. In the text, "{}" stands for the value;
/// the limit is added to it.
pub(super) fn at_least(
    value: f64,
    limit: f64,
    softness: f64,
    unit: Unit,
    text: impl Into<String>,
) -> Condition {
    condition(
        (value - limit) / softness,
        (value, unit, Asked::AtLeast(limit)),
        text,
    )
}

/// Returns the condition that a value is at most a limit. In the text, "{}" stands for the value; the
/// limit is added to it.
pub(super) fn at_most(
    value: f64,
    limit: f64,
    softness: f64,
    unit: Unit,
    text: impl Into<String>,
) -> Condition {
    condition(
        (limit - value) / softness,
        (value, unit, Asked::AtMost(limit)),
        text,
    )
}

/// Returns the condition that a value lies in a closed range. In the text, "{}" stands for the value;
/// the range is added to it.
pub(super) fn within(
    value: f64,
    range: RangeInclusive<f64>,
    softness: f64,
    unit: Unit,
    text: impl Into<String>,
) -> Condition {
    let (low, high) = range.into_inner();
    let margin = (value - low).min(high - value);
    condition(
        margin / softness,
        (value, unit, Asked::Within(low, high)),
        text,
    )
}

/// Returns the condition that one of two is met: the one that is met better.
pub(super) fn either(a: Condition, b: Condition) -> Condition {
    if b.log_odds > a.log_odds { b } else { a }
}

/// Returns the condition that two witnesses of the same thing say so together: their mean.
pub(super) fn together(a: Condition, b: Condition) -> Condition {
    Condition {
        log_odds: f64::midpoint(a.log_odds, b.log_odds),
        said: [a.said, b.said].concat(),
    }
}

/// Returns a fact that is known for sure.
pub(super) fn fact(holds: bool, text: impl Into<String>) -> Condition {
    let sure = if holds { MOST_LOG_ODDS } else { -MOST_LOG_ODDS };
    of_one(sure, None, text)
}

fn condition(
    log_odds: f64,
    (value, unit, asked): (f64, Unit, Asked),
    text: impl Into<String>,
) -> Condition {
    of_one(log_odds, Some(Measured { value, unit, asked }), text)
}

fn of_one(log_odds: f64, measured: Option<Measured>, text: impl Into<String>) -> Condition {
    Condition {
        log_odds,
        said: vec![Said {
            text: text.into(),
            measured,
            log_odds,
        }],
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
        format!("{:.0} min", duration_s / SECONDS_PER_MINUTE)
    }
}

/// Returns a ratio in percent, as in "94 %".
pub(super) fn percent(ratio: f64) -> String {
    let percent = ratio * 100.0;
    // Nothing is shown as less than nothing: "-0 %".
    let shown = if percent.abs() <= 0.5 { 0.0 } else { percent };
    format!("{shown:.0} %")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_soft_and_the_middle_is_even_odds() {
        let exactly = at_least(0.95, 0.95, SPEED_SOFTNESS, Unit::Ratio, "");
        assert!(exactly.is_met());
        assert!((exactly.probability() - 0.5).abs() < 1e-9);
        let near = at_most(1.0, 0.95, SPEED_SOFTNESS, Unit::Ratio, "");
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

    #[test]
    fn the_limit_is_added_in_one_place() {
        let words = |condition: Condition| condition.evidence().text;
        let moving = |seconds| at_least(seconds, 900.0, 90.0, Unit::Seconds, "{} moving");
        assert_eq!(words(moving(1440.0)), "24 min moving (at least 15 min)");
        // Near its limit a value is shown more finely.
        assert_eq!(words(moving(881.0)), "14:41 min moving (at least 15 min)");
        assert_eq!(words(moving(900.0)), "15 min moving (at least 15 min)");
        let range = 0.88..=1.02;
        let critical = within(0.94, range, 0.025, Unit::Ratio, "{} of critical speed");
        assert_eq!(words(critical.clone()), "94 % of critical speed (88–102 %)");
        assert_eq!(
            words(critical.negated()),
            "94 % of critical speed (outside 88–102 %)"
        );
    }

    #[test]
    fn two_witnesses_say_what_is_asked_of_each() {
        let speed = at_least(0.7, 0.84, 0.025, Unit::Ratio, "speed {}");
        let beats = at_least(0.92, 0.89, 0.02, Unit::Ratio, "heart rate {}");
        let both = together(speed, beats);
        let easy = both.clone().negated();
        assert!(easy.finds_the_same(&both));
        assert_eq!(
            easy.evidence().text,
            "speed 70 % (below 84 %), but heart rate 92 % (below 89 %)"
        );
        // (5.6 − 1.5) / 2 = 2.05.
        assert_eq!(easy.evidence().contribution, Some(2.1));
    }
}

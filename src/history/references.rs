//! Reference values: what they are called, how sure they are and how they are shown.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::or_default::has_default;
use crate::units::MetresPerSecond;
use crate::units::UnitSystem;
use crate::units::round;

/// Decimals of reference speeds in metres per second.
pub(super) const SPEED_DECIMALS: i32 = 3;
/// Decimals of reference powers in watts.
pub(super) const WATTS_DECIMALS: i32 = 0;
/// Decimals of reference heart rates in beats per minute.
pub(super) const BEATS_DECIMALS: i32 = 1;
/// How the source of a value begins that the user gave.
pub(super) const GIVEN: &str = "given by you";
/// Decimals of a reference ratio.
pub(super) const RATIO_DECIMALS: i32 = 4;

/// Normal quantile of a 90 % interval.
pub(crate) const Z90: f64 = 1.645;

/// A reference value with how far to trust it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reference {
    /// The value, in the unit of the field that holds it.
    pub value: f64,
    /// Lower end of the 90 % interval.
    pub low: f64,
    /// Upper end of the 90 % interval.
    pub high: f64,
    /// What it rests on, as in "middle of 41 blocks of easy running, 56 days".
    pub source: String,
    /// The day of the newest run, test or morning that it rests on; absent for a prior.
    pub date: Option<NaiveDate>,
    /// How far to trust it.
    pub confidence: Confidence,
}

impl Reference {
    /// Returns a value that is known to the digit, for tests.
    #[cfg(test)]
    pub(crate) fn exact(value: f64, confidence: Confidence) -> Self {
        Self {
            value,
            low: value,
            high: value,
            source: String::new(),
            date: None,
            confidence,
        }
    }

    /// Returns the reference value with its numbers rounded.
    #[must_use]
    pub fn rounded(self, decimals: i32) -> Self {
        Self {
            value: round(self.value, decimals),
            low: round(self.low, decimals),
            high: round(self.high, decimals),
            ..self
        }
    }

    /// Returns the middle of the interval: what to expect where the value is one end of it, as the
    /// highest heart rate seen is of the highest possible.
    #[must_use]
    pub fn middle(&self) -> f64 {
        (self.low + self.high) / 2.0
    }

    /// Returns whether the value is an assumption rather than learned from the athlete.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.confidence == Confidence::Low
    }

    /// Returns whether the value was measured, at least fairly, or given: neither an assumption nor
    /// a lower bound.
    #[must_use]
    pub fn is_known(&self) -> bool {
        matches!(self.confidence, Confidence::High | Confidence::Fair)
    }

    /// Returns whether the user gave the value.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.source.starts_with(GIVEN)
    }
}

/// How far to trust a reference value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Measured well.
    High,
    /// Measured.
    Fair,
    /// Little to go by, or assumed.
    Low,
    /// The truth is this or more: nothing hard enough to know.
    #[serde(rename = "lower bound")]
    LowerBound,
}

impl Confidence {
    /// Returns the words used in documents.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Confidence::High => "high",
            Confidence::Fair => "fair",
            Confidence::Low => "low",
            Confidence::LowerBound => "lower bound",
        }
    }
}

/// The reference values of an athlete on a day, from what was known before it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct References {
    /// Habitual easy speed (effort speed).
    pub easy_speed_m_s: Option<Reference>,
    /// Critical speed.
    pub critical_speed_m_s: Option<Reference>,
    /// Power at critical speed, as the athlete's own meter shows it.
    pub critical_power_w: Option<Reference>,
    /// Threshold heart rate.
    pub threshold_heart_rate_bpm: Option<Reference>,
    /// Maximum heart rate.
    pub maximum_heart_rate_bpm: Option<Reference>,
    /// Resting heart rate.
    pub resting_heart_rate_bpm: Option<Reference>,
    /// The athlete's own pace wander in easy running: robust variation of 60 s means.
    #[serde(default)]
    pub pace_wander: Option<Reference>,
}

/// The unit of a reference value, which decides how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceUnit {
    /// A speed in metres per second, shown as pace.
    MetresPerSecond,
    /// A heart rate in beats per minute.
    BeatsPerMinute,
    /// A power in watts.
    Watts,
    /// A share of something, 0–1, shown in per cent.
    Ratio,
}

impl ReferenceUnit {
    /// Returns a value as people read it, as in "4:05/km", "172 bpm" or "2.1 %".
    #[must_use]
    pub fn show(self, value: f64, units: UnitSystem) -> String {
        match self {
            ReferenceUnit::MetresPerSecond => MetresPerSecond(value).show_pace(units),
            ReferenceUnit::BeatsPerMinute => format!("{value:.0} bpm"),
            ReferenceUnit::Watts => format!("{value:.0} W"),
            ReferenceUnit::Ratio => format!("{:.1} %", value * 100.0),
        }
    }

    /// Returns an interval with its unit once, as in "4:12 – 3:58/km" or "168 – 173 bpm".
    #[must_use]
    pub fn show_interval(self, low: f64, high: f64, units: UnitSystem) -> String {
        let (low, high) = (self.show(low, units), self.show(high, units));
        let number = low.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        if number.is_empty() || !high.ends_with(&low[number.len()..]) {
            return format!("{low} – {high}");
        }
        format!("{number} – {high}")
    }
}

/// What one of the [`References`] is called, and where it is found.
#[derive(Clone, Copy, Debug)]
pub struct ReferenceKind {
    /// Its name in documents, settings and tables: that of its field.
    pub key: &'static str,
    /// Its name for people, as in "threshold heart rate".
    pub name: &'static str,
    /// Its name where there is little room, as in "threshold".
    pub short_name: &'static str,
    /// Its unit.
    pub unit: ReferenceUnit,
    /// Whether the user may give it in the settings.
    pub is_setting: bool,
    /// Returns it, absent where it is not known.
    pub of: fn(&References) -> Option<&Reference>,
}

has_default!(References);

impl References {
    /// All reference values in the order in which they are shown; everything that lists them goes
    /// by this.
    pub const KINDS: &'static [ReferenceKind] = &[
        ReferenceKind {
            key: "easy_speed_m_s",
            name: "habitual easy pace",
            short_name: "easy pace",
            unit: ReferenceUnit::MetresPerSecond,
            is_setting: true,
            of: |r| r.easy_speed_m_s.as_ref(),
        },
        ReferenceKind {
            key: "critical_speed_m_s",
            name: "critical speed",
            short_name: "critical speed",
            unit: ReferenceUnit::MetresPerSecond,
            is_setting: true,
            of: |r| r.critical_speed_m_s.as_ref(),
        },
        ReferenceKind {
            key: "critical_power_w",
            name: "critical power",
            short_name: "power",
            unit: ReferenceUnit::Watts,
            is_setting: false,
            of: |r| r.critical_power_w.as_ref(),
        },
        ReferenceKind {
            key: "threshold_heart_rate_bpm",
            name: "threshold heart rate",
            short_name: "threshold",
            unit: ReferenceUnit::BeatsPerMinute,
            is_setting: true,
            of: |r| r.threshold_heart_rate_bpm.as_ref(),
        },
        ReferenceKind {
            key: "maximum_heart_rate_bpm",
            name: "maximum heart rate",
            short_name: "maximum",
            unit: ReferenceUnit::BeatsPerMinute,
            is_setting: true,
            of: |r| r.maximum_heart_rate_bpm.as_ref(),
        },
        ReferenceKind {
            key: "resting_heart_rate_bpm",
            name: "resting heart rate",
            short_name: "resting",
            unit: ReferenceUnit::BeatsPerMinute,
            is_setting: true,
            of: |r| r.resting_heart_rate_bpm.as_ref(),
        },
        ReferenceKind {
            key: "pace_wander",
            name: "pace wander",
            short_name: "wander",
            unit: ReferenceUnit::Ratio,
            is_setting: false,
            of: |r| r.pace_wander.as_ref(),
        },
    ];

    /// Returns every reference value with what it is called, absent where it is not known.
    pub fn iter(&self) -> impl Iterator<Item = (&'static ReferenceKind, Option<&Reference>)> {
        Self::KINDS.iter().map(|kind| (kind, (kind.of)(self)))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_field_is_listed_once_under_its_name() {
        let document = serde_json::to_value(References::default()).unwrap();
        let fields: BTreeSet<&str> = document
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let listed: BTreeSet<&str> = References::KINDS.iter().map(|kind| kind.key).collect();
        assert_eq!(fields, listed);
        assert_eq!(References::KINDS.len(), listed.len());
        for kind in References::KINDS {
            let mut document = document.clone();
            document[kind.key] = serde_json::json!({"value": 1.0, "low": 1.0, "high": 1.0,
                "source": "given by you", "date": null, "confidence": "high"});
            let references: References = serde_json::from_value(document).unwrap();
            let found: Vec<_> = references.iter().filter(|(_, r)| r.is_some()).collect();
            assert_eq!(found.len(), 1, "{}", kind.key);
            assert_eq!(found[0].0.key, kind.key);
        }
    }

    #[test]
    fn values_are_shown_in_the_units_of_runners() {
        let metric = |unit: ReferenceUnit, value| unit.show(value, UnitSystem::Metric);
        assert_eq!(metric(ReferenceUnit::MetresPerSecond, 4.0), "4:10/km");
        assert_eq!(metric(ReferenceUnit::BeatsPerMinute, 171.6), "172 bpm");
        assert_eq!(metric(ReferenceUnit::Ratio, 0.0214), "2.1 %");
        let metric = |unit: ReferenceUnit, low, high| {
            let units = UnitSystem::Metric;
            unit.show_interval(low, high, units)
        };
        let speed = ReferenceUnit::MetresPerSecond;
        assert_eq!(metric(speed, 3.9, 4.0), "4:16 – 4:10/km");
        assert_eq!(metric(speed, 0.1, 4.0), "– – 4:10/km");
        assert_eq!(
            metric(ReferenceUnit::BeatsPerMinute, 168.0, 173.0),
            "168 – 173 bpm"
        );
    }

    #[test]
    fn what_was_learned_is_told_from_what_is_assumed_and_what_was_given() {
        let reference = |confidence, source: &str| Reference {
            value: 1.0,
            low: 0.5,
            high: 2.5,
            source: source.to_owned(),
            date: None,
            confidence,
        };
        use Confidence::*;
        for (confidence, is_weak, is_known, word) in [
            (High, false, true, "high"),
            (Fair, false, true, "fair"),
            (Low, true, false, "low"),
            (LowerBound, false, false, "lower bound"),
        ] {
            let reference = reference(confidence, "middle of 41 blocks");
            assert_eq!(
                (reference.is_weak(), reference.is_known()),
                (is_weak, is_known)
            );
            assert_eq!(confidence.word(), word);
            assert!(!reference.is_given() && (reference.middle() - 1.5).abs() < 1e-12);
        }
        assert!(reference(High, "given by you from 2026-03-01 on").is_given());
    }
}

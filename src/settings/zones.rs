//! Zones that the user gives: of heart rate, of pace, of power.

use std::fmt;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::de::Error;
use serde::de::Visitor;

use crate::settings::day;
use crate::units::METRES_PER_KILOMETRE;
use crate::units::METRES_PER_MILE;
use crate::units::SECONDS_PER_MINUTE;

/// Zones of one quantity, from a day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zones {
    /// The first day; absent: from the first run on.
    #[serde(default, deserialize_with = "day::optional")]
    pub from: Option<NaiveDate>,
    /// Of what.
    pub of: ZonesOf,
    /// The unit of the limits.
    pub unit: ZoneUnit,
    /// The limits between the zones, rising in effort.
    pub limits: Vec<ZoneLimit>,
    /// The names of the zones, the easiest first: none, or one more than limits.
    #[serde(default)]
    pub names: Vec<String>,
}

/// What zones can be of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ZonesOf {
    /// Heart rate.
    #[default]
    HeartRate,
    /// Pace on the level that costs as much (effort speed).
    Pace,
    /// Power.
    Power,
}

impl ZonesOf {
    /// All that zones can be of, in the order in which they are shown.
    pub const ALL: [ZonesOf; 3] = [ZonesOf::HeartRate, ZonesOf::Pace, ZonesOf::Power];

    /// Returns how their zones are called at the start of a line.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            ZonesOf::HeartRate => "Heart-rate zones",
            ZonesOf::Pace => "Pace zones",
            ZonesOf::Power => "Power zones",
        }
    }

    /// Returns the units in which limits can be written.
    #[must_use]
    pub fn units(self) -> &'static [ZoneUnit] {
        use ZoneUnit::*;
        match self {
            ZonesOf::HeartRate => &[Bpm, OfThreshold, OfMaximum],
            ZonesOf::Pace => &[MinutesPerKilometre, MinutesPerMile, OfCriticalSpeed],
            ZonesOf::Power => &[Watts, OfCriticalPower],
        }
    }
}

/// The unit of limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ZoneUnit {
    /// Beats per minute.
    #[serde(rename = "bpm")]
    Bpm,
    /// Percent of threshold heart rate.
    #[serde(rename = "% of threshold")]
    OfThreshold,
    /// Percent of maximum heart rate.
    #[serde(rename = "% of maximum")]
    OfMaximum,
    /// Minutes and seconds for a kilometre.
    #[serde(rename = "min/km")]
    MinutesPerKilometre,
    /// Minutes and seconds for a mile.
    #[serde(rename = "min/mile")]
    MinutesPerMile,
    /// Percent of critical speed.
    #[serde(rename = "% of critical speed")]
    OfCriticalSpeed,
    /// Watts.
    #[serde(rename = "W")]
    Watts,
    /// Percent of critical power.
    #[serde(rename = "% of critical power")]
    OfCriticalPower,
}

impl ZoneUnit {
    /// Returns the name used in settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ZoneUnit::Bpm => "bpm",
            ZoneUnit::OfThreshold => "% of threshold",
            ZoneUnit::OfMaximum => "% of maximum",
            ZoneUnit::MinutesPerKilometre => "min/km",
            ZoneUnit::MinutesPerMile => "min/mile",
            ZoneUnit::OfCriticalSpeed => "% of critical speed",
            ZoneUnit::Watts => "W",
            ZoneUnit::OfCriticalPower => "% of critical power",
        }
    }

    /// Returns the metres of which a pace gives the time; absent where limits are numbers.
    pub(super) fn pace_m(self) -> Option<f64> {
        match self {
            ZoneUnit::MinutesPerKilometre => Some(METRES_PER_KILOMETRE),
            ZoneUnit::MinutesPerMile => Some(METRES_PER_MILE),
            _ => None,
        }
    }

    /// Returns the limit in beats per minute, metres per second or watts; of a percentage, as a ratio
    /// to what it is of. Absent where a number stands for a pace or the other way round.
    pub(super) fn value(self, limit: &ZoneLimit) -> Option<f64> {
        use ZoneUnit::*;
        match (self.pace_m(), limit) {
            (Some(metres), ZoneLimit::Pace(text)) => Some(metres / pace_s(text)?),
            (None, ZoneLimit::Number(number)) => Some(match self {
                OfThreshold | OfMaximum | OfCriticalSpeed | OfCriticalPower => number / 100.0,
                _ => *number,
            }),
            _ => None,
        }
    }
}

/// A limit as it is written: a number, or a pace as in "4:30".
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ZoneLimit {
    /// A number.
    Number(f64),
    /// Minutes and seconds.
    Pace(String),
}

impl<'de> Deserialize<'de> for ZoneLimit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LimitVisitor)
    }
}

struct LimitVisitor;

impl Visitor<'_> for LimitVisitor {
    type Value = ZoneLimit;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number, or a pace in quotes as in \"4:30\"")
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<ZoneLimit, E> {
        Ok(ZoneLimit::Number(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "limits are small numbers")]
    fn visit_i64<E: Error>(self, number: i64) -> Result<ZoneLimit, E> {
        Ok(ZoneLimit::Number(number as f64))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<ZoneLimit, E> {
        Ok(ZoneLimit::Pace(text.to_owned()))
    }
}

/// Returns the seconds of a pace as in "4:30"; absent where it is none.
fn pace_s(text: &str) -> Option<f64> {
    let (minutes, seconds) = text.trim().split_once(':')?;
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if seconds.len() != 2 || !digits(minutes) || !digits(seconds) {
        return None;
    }
    let (minutes, seconds): (u8, u8) = (minutes.parse().ok()?, seconds.parse().ok()?);
    let pace_s = f64::from(minutes) * SECONDS_PER_MINUTE + f64::from(seconds);
    (seconds < 60 && pace_s > 0.0).then_some(pace_s)
}

impl Zones {
    /// Returns the limits in beats per minute, metres per second or watts, rising; `reference` is the
    /// value of which they are percentages, 1 where they are none.
    #[must_use]
    pub fn limits(&self, reference: f64) -> Vec<f64> {
        let values = self.limits.iter().filter_map(|one| self.unit.value(one));
        values.map(|value| value * reference).collect()
    }

    /// Returns the names of the zones, the easiest first.
    #[must_use]
    pub fn zone_names(&self) -> Vec<String> {
        let numbers = 1..=self.limits.len() + 1;
        match self.names.is_empty() {
            true => numbers.map(|number| format!("zone {number}")).collect(),
            false => self.names.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::settings::Settings;

    const TEXT: &str = r#"
[[zones]]
from = 2026-03-01
of = "heart_rate"
unit = "% of threshold"
limits = [80, 90.5]

[[zones]]
of = "heart_rate"
unit = "bpm"
limits = [130, 150]
names = ["easy", "steady", "hard"]

[[zones]]
of = "pace"
unit = "min/mile"
limits = ["9:30", "8:02", "7:15"]
"#;

    #[test]
    fn later_zones_replace_earlier_ones_of_the_same_quantity() {
        let settings = Settings::parse(TEXT).unwrap();
        let unit = |day: Option<&str>| {
            let zones = settings.zones_on(day.map(|day| day.parse().unwrap()));
            zones.map(|zones| zones.unit).collect::<Vec<_>>()
        };
        let pace = ZoneUnit::MinutesPerMile;
        assert_eq!(unit(None), [ZoneUnit::Bpm, pace]);
        assert_eq!(unit(Some("2026-02-28")), [ZoneUnit::Bpm, pace]);
        assert_eq!(unit(Some("2026-03-01")), [ZoneUnit::OfThreshold, pace]);
    }

    #[test]
    fn limits_become_multiples_of_what_they_are_percentages_of() {
        let settings = Settings::parse(TEXT).unwrap();
        assert_eq!(settings.zones[0].limits(170.0), [136.0, 153.85]);
        assert_eq!(
            settings.zones[0].zone_names(),
            ["zone 1", "zone 2", "zone 3"]
        );
        assert_eq!(settings.zones[1].limits(1.0), [130.0, 150.0]);
        assert_eq!(settings.zones[1].zone_names()[2], "hard");
        let seconds = settings.zones[2].limits(1.0);
        let seconds: Vec<f64> = seconds.iter().map(|m_s| METRES_PER_MILE / m_s).collect();
        assert!((seconds[1] - 482.0).abs() < 1e-9, "{seconds:?}");
    }

    #[test]
    fn a_pace_has_minutes_and_two_digits_of_seconds() {
        assert_eq!(pace_s("4:30"), Some(270.0));
        assert_eq!(pace_s(" 12:05 "), Some(725.0));
        for text in [
            "4:3", "4:60", "4.30", "4:-3", "1:02:03", "0:00", "+4:30", "300:00", ":30",
        ] {
            assert_eq!(pace_s(text), None, "{text}");
        }
    }

    #[test]
    fn the_name_of_a_unit_is_its_name_in_settings() {
        for unit in ZonesOf::ALL.into_iter().flat_map(ZonesOf::units) {
            assert_eq!(serde_json::to_value(unit).unwrap(), unit.name());
        }
    }
}

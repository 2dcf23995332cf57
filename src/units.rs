//! Units: SI inside, running units outside.
//!
//! Stored numbers are plain `f64` in SI units with the unit in the field's name. The newtypes of
//! this module are what a number is wrapped in to be *shown*: pace is only ever formatted, never
//! stored.

use std::fmt::Display;

use serde::Deserialize;
use serde::Serialize;

/// Metres in a kilometre.
pub const METRES_PER_KILOMETRE: f64 = 1000.0;
/// Metres in an international mile.
pub const METRES_PER_MILE: f64 = 1609.344;
/// Metres in a foot.
pub const METRES_PER_FOOT: f64 = 0.3048;
/// Seconds in an hour.
pub const SECONDS_PER_HOUR: f64 = 3600.0;
/// Seconds in a minute.
pub const SECONDS_PER_MINUTE: f64 = 60.0;
/// Speeds below this have no pace worth showing: slower than 30 min/km is standing about.
const LEAST_SPEED_WITH_PACE_M_S: f64 = 1000.0 / (30.0 * 60.0);

/// The units in which results are shown; stored results are always SI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitSystem {
    /// Kilometres, metres, min/km.
    #[default]
    Metric,
    /// Miles, feet, min/mile.
    Imperial,
}

impl UnitSystem {
    /// Returns the unit in which long distances are shown: "km" or "mi".
    #[must_use]
    pub fn distance_unit(self) -> &'static str {
        match self {
            UnitSystem::Metric => "km",
            UnitSystem::Imperial => "mi",
        }
    }

    /// Returns the unit of pace: "/km" or "/mi".
    #[must_use]
    pub fn pace_unit(self) -> &'static str {
        match self {
            UnitSystem::Metric => "/km",
            UnitSystem::Imperial => "/mi",
        }
    }

    /// Returns the metres in the unit of long distances.
    #[must_use]
    pub fn distance_m(self) -> f64 {
        match self {
            UnitSystem::Metric => METRES_PER_KILOMETRE,
            UnitSystem::Imperial => METRES_PER_MILE,
        }
    }
}

/// A distance.
///
/// # Units
/// Metres.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Metres(pub f64);

impl Metres {
    /// Returns the distance in kilometres or miles with two decimals, as in "11.25 km".
    #[must_use]
    pub fn show(self, units: UnitSystem) -> String {
        format!(
            "{:.2} {}",
            self.0 / units.distance_m(),
            units.distance_unit()
        )
    }

    /// Returns the distance in kilometres or miles with one decimal, as in "11.3 km".
    #[must_use]
    pub fn show_short(self, units: UnitSystem) -> String {
        format!(
            "{:.1} {}",
            self.0 / units.distance_m(),
            units.distance_unit()
        )
    }

    /// Returns a height in whole metres or feet, as in "40 m".
    #[must_use]
    pub fn show_height(self, units: UnitSystem) -> String {
        match units {
            UnitSystem::Metric => format!("{:.0} m", self.0),
            UnitSystem::Imperial => format!("{:.0} ft", self.0 / METRES_PER_FOOT),
        }
    }
}

/// A span of time.
///
/// # Units
/// Seconds.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Seconds(pub f64);

impl Seconds {
    /// Returns the time as a clock, as in "3:50" or "1:00:05", rounded to the second.
    #[must_use]
    pub fn show(self) -> String {
        let total = whole(self.0.abs());
        let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60);
        let sign = if self.0 < 0.0 && total > 0 { "-" } else { "" };
        if hours > 0 {
            format!("{sign}{hours}:{minutes:02}:{seconds:02}")
        } else {
            format!("{sign}{minutes}:{seconds:02}")
        }
    }
}

/// A speed.
///
/// # Units
/// Metres per second.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct MetresPerSecond(pub f64);

impl MetresPerSecond {
    /// Returns the speed as a pace, as in "4:15/km", or "–" when it is hardly moving.
    #[must_use]
    pub fn show_pace(self, units: UnitSystem) -> String {
        match self.pace_s(units) {
            Some(pace) => format!("{}{}", Seconds(pace).show(), units.pace_unit()),
            None => "–".to_owned(),
        }
    }

    /// Returns the seconds per kilometre or mile, absent when it is hardly moving.
    #[must_use]
    pub fn pace_s(self, units: UnitSystem) -> Option<f64> {
        (self.0 >= LEAST_SPEED_WITH_PACE_M_S).then(|| units.distance_m() / self.0)
    }
}

/// Returns a count with its noun, as in "1 lap" or "3 laps".
#[must_use]
pub fn plural<N: Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    if count == N::from(1) {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// Returns a count as a number; counts of runs and seconds are far below the limit of exactness.
pub(crate) fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Returns a number rounded to `decimals` places, so that stored documents stay short and equal.
#[must_use]
pub fn round(value: f64, decimals: i32) -> f64 {
    let factor = 10f64.powi(decimals);
    let rounded = (value * factor).round() / factor;
    // Minus zero would print as "-0.0".
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// Returns a non-negative number rounded to a whole number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and no shown time is near u64::MAX"
)]
fn whole(value: f64) -> u64 {
    value.round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        let shown = [0_usize, 1, 2].map(|count| plural(count, "lap"));
        assert_eq!(shown, ["0 laps", "1 lap", "2 laps"]);
    }

    #[test]
    fn times_and_paces_read_like_a_watch() {
        assert_eq!(Seconds(59.6).show(), "1:00");
        assert_eq!(Seconds(3605.0).show(), "1:00:05");
        assert_eq!(Seconds(-0.2).show(), "0:00");
        assert_eq!(
            MetresPerSecond(4.0).show_pace(UnitSystem::Metric),
            "4:10/km"
        );
        assert_eq!(
            MetresPerSecond(4.0).show_pace(UnitSystem::Imperial),
            "6:42/mi"
        );
        assert_eq!(MetresPerSecond(0.1).show_pace(UnitSystem::Metric), "–");
        assert_eq!(Metres(11250.0).show(UnitSystem::Metric), "11.25 km");
    }
}

//! Time in the zones that the user gave.

use serde::Deserialize;
use serde::Serialize;

use crate::classification::features::Features;
use crate::history::History;
use crate::history::Reference;
use crate::history::References;
use crate::settings::ZoneUnit;
use crate::settings::Zones;
use crate::settings::ZonesOf;
use crate::summary::EFFORT_BIN_M_S;
use crate::summary::HEART_RATE_BIN_BPM;
use crate::summary::POWER_BIN_W;
use crate::summary::SegmentHistograms;
use crate::units::round;

/// Decimals of limits: whole beats and watts come out whole, paces to a tenth of a second.
const LIMIT_DECIMALS: i32 = 4;

/// Time in the zones that the user gave of one quantity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnZones {
    /// Of what.
    pub of: ZonesOf,
    /// The limits between the zones, rising: beats per minute, metres per second, watts.
    pub limits: Vec<f64>,
    /// The names, the easiest first; one more than limits.
    pub names: Vec<String>,
    /// Seconds in each.
    pub seconds: Vec<f64>,
    /// The reference value that the limits need and that is not known, in words; the lists are empty
    /// then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lacking: Option<String>,
}

/// Sums of time in zones of the same names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ZoneSums {
    /// Of what.
    pub of: ZonesOf,
    /// The names, the easiest first.
    pub names: Vec<String>,
    /// Seconds in each.
    pub seconds: Vec<f64>,
}

impl ZoneSums {
    /// Returns the sums of the zones of some sessions. Zones of other names, as before a change of the settings, are
    /// sums of their own; limits may differ within one, as those in percent do.
    #[must_use]
    pub fn of<'a>(zones: impl Iterator<Item = &'a OwnZones>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for zones in zones.filter(|zones| zones.lacking.is_none()) {
            let is_same = |sums: &&mut Self| sums.of == zones.of && sums.names == zones.names;
            match all.iter_mut().find(is_same) {
                Some(sums) => {
                    for (sum, seconds) in sums.seconds.iter_mut().zip(&zones.seconds) {
                        *sum = round(*sum + seconds, 1);
                    }
                }
                None => all.push(Self {
                    of: zones.of,
                    names: zones.names.clone(),
                    seconds: zones.seconds.clone(),
                }),
            }
        }
        all.sort_by_key(|sums| sums.of);
        all
    }
}

/// Returns the time in the zones that the user gave for the day of a run; what was not recorded is left
/// out, and of other sports all but heart rate.
pub(super) fn own_zones(features: &Features<'_>, history: &History) -> Vec<OwnZones> {
    let run = features.run;
    let zones = history.settings().zones_on(run.head.day);
    let fitting = zones.filter(|zones| features.is_run || zones.of == ZonesOf::HeartRate);
    let timed = fitting.filter_map(|zones| {
        let bins = bins(zones.of, &run.details.histograms);
        (!bins.is_empty()).then(|| timed(zones, features.references, &bins))
    });
    timed.collect()
}

fn timed(zones: &Zones, references: &References, bins: &[Bin]) -> OwnZones {
    let of = zones.of;
    let reference = match reference(zones.unit, references) {
        Ok(reference) => reference,
        Err(lacking) => {
            return OwnZones {
                of,
                lacking: Some(lacking.to_owned()),
                ..OwnZones::default()
            };
        }
    };
    let limits = zones.limits(reference);
    OwnZones {
        of,
        seconds: seconds(bins, &limits),
        limits: limits
            .iter()
            .map(|one| round(*one, LIMIT_DECIMALS))
            .collect(),
        names: zones.zone_names(),
        lacking: None,
    }
}

/// Returns what limits are multiples of, or what is not known.
fn reference(unit: ZoneUnit, references: &References) -> Result<f64, &'static str> {
    use ZoneUnit::*;
    let (reference, name): (&Option<Reference>, _) = match unit {
        Bpm | MinutesPerKilometre | MinutesPerMile | Watts => return Ok(1.0),
        OfThreshold => (&references.threshold_heart_rate_bpm, "threshold heart rate"),
        OfMaximum => (&references.maximum_heart_rate_bpm, "maximum heart rate"),
        OfCriticalSpeed => (&references.critical_speed_m_s, "critical speed"),
        OfCriticalPower => (&references.critical_power_w, "critical power"),
    };
    let value = reference.as_ref().map(|reference| reference.value);
    value.ok_or(name)
}

/// Lower edge, upper edge and seconds of a bin.
type Bin = (f64, f64, f64);

fn bins(of: ZonesOf, parts: &[SegmentHistograms]) -> Vec<Bin> {
    let histograms = parts.iter().map(|part| match of {
        ZonesOf::HeartRate => (&part.heart_rate, HEART_RATE_BIN_BPM),
        ZonesOf::Pace => (&part.effort, EFFORT_BIN_M_S),
        ZonesOf::Power => (&part.power, POWER_BIN_W),
    });
    histograms
        .flat_map(|(histogram, width)| histogram.bins(width))
        .collect()
}

/// Returns the seconds between limits; a bin in which a limit lies is divided there.
fn seconds(bins: &[Bin], limits: &[f64]) -> Vec<f64> {
    let all: f64 = bins.iter().map(|(_, _, seconds)| seconds).sum();
    let below = |limit: &f64| -> f64 {
        let parts = bins
            .iter()
            .map(|(low, high, seconds)| seconds * ((limit - low) / (high - low)).clamp(0.0, 1.0));
        // Differences of whole tenths add up to the whole again.
        round(parts.sum(), 1)
    };
    let ends: Vec<f64> = limits.iter().map(below).chain([all]).collect();
    let starts = [0.0].into_iter().chain(ends.iter().copied());
    let zones = ends.iter().zip(starts);
    zones.map(|(end, start)| round(end - start, 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::Histogram;

    #[test]
    fn a_bin_is_divided_at_a_limit_and_nothing_is_lost() {
        let part = SegmentHistograms {
            heart_rate: Histogram {
                first: 70,
                seconds: vec![100, 60, 40],
            },
            ..SegmentHistograms::default()
        };
        let bins = bins(ZonesOf::HeartRate, &[part.clone(), part]);
        // Bins of 2 bpm from 140 on; 143 halves the second.
        let zones = seconds(&bins, &[120.0, 143.0, 144.0, 190.0]);
        assert_eq!(zones, [0.0, 260.0, 60.0, 80.0, 0.0]);
        for limits in [[141.1, 142.7], [10.0, 143.3], [145.9, 200.0]] {
            let sum: f64 = seconds(&bins, &limits).iter().sum();
            assert!((sum - 400.0).abs() < 1e-6, "{sum}");
        }
    }

    #[test]
    fn a_percentage_needs_what_it_is_of() {
        let unknown = References::default();
        assert_eq!(reference(ZoneUnit::Watts, &unknown), Ok(1.0));
        assert_eq!(
            reference(ZoneUnit::OfCriticalPower, &unknown),
            Err("critical power")
        );
    }

    #[test]
    fn zones_of_other_names_are_sums_of_their_own() {
        let zones = |names: [&str; 2], lacking: Option<&str>| OwnZones {
            names: names.map(str::to_owned).to_vec(),
            seconds: vec![10.0, 5.5],
            lacking: lacking.map(str::to_owned),
            ..OwnZones::default()
        };
        let all = [
            zones(["a", "b"], None),
            zones(["a", "c"], None),
            zones(["a", "b"], None),
            zones(["a", "b"], Some("maximum heart rate")),
        ];
        let sums = ZoneSums::of(all.iter());
        assert_eq!(sums.len(), 2);
        assert_eq!(sums[0].seconds, [20.0, 11.0]);
        assert_eq!(sums[1].seconds, [10.0, 5.5]);
    }
}

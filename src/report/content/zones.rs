//! Time in zones: those that the runner gave; of heart rate else five by the threshold heart rate.

use crate::classification::OwnZones;
use crate::classification::Session;
use crate::classification::ZoneSums;
use crate::clean::clean_text;
use crate::settings::ZonesOf;
use crate::summary::HEART_RATE_BIN_BPM;
use crate::units::MetresPerSecond;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// The upper limits of the zones but the last, as shares of the threshold heart rate, for a runner who
/// gave none.
///
/// Friel, The Triathlete's Training Bible (zones for running: to 85, 90, 95, 100 % and above).
const OF_THRESHOLD: [f64; 4] = [0.85, 0.90, 0.95, 1.00];

/// The time in the zones of one quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneTimes {
    /// Of what.
    pub of: ZonesOf,
    /// The zones, the easiest first; none where their limits need what is not known.
    pub zones: Vec<ZoneTime>,
    /// What is not known, as in "maximum heart rate".
    pub lacking: Option<String>,
}

/// One zone and the time in it.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneTime {
    /// Its name, as in "zone 2".
    pub name: String,
    /// The lower end, in beats per minute, metres per second or watts; absent for the lowest.
    pub low: Option<f64>,
    /// The upper end, in the same unit; absent for the highest.
    pub high: Option<f64>,
    /// The time in it, in seconds.
    pub seconds: f64,
}

impl ZoneTimes {
    /// Returns the time in all zones, in seconds.
    #[must_use]
    pub fn total_s(&self) -> f64 {
        self.zones.iter().map(|zone| zone.seconds).sum()
    }

    fn of(own: &OwnZones) -> Self {
        let zones = own.names.iter().zip(&own.seconds).enumerate();
        let zones = zones.map(|(index, (name, seconds))| {
            let below = index.checked_sub(1);
            ZoneTime {
                name: clean_text(name),
                low: below.and_then(|below| own.limits.get(below).copied()),
                high: own.limits.get(index).copied(),
                seconds: *seconds,
            }
        });
        Self {
            of: own.of,
            zones: zones.collect(),
            lacking: own.lacking.clone(),
        }
    }
}

impl ZoneTime {
    /// Returns where the zone lies, as in "130–145 bpm" or "below 130 bpm"; nothing of a sum.
    #[must_use]
    pub fn range(&self, of: ZonesOf, units: UnitSystem) -> String {
        let (lowest, highest) = match of {
            ZonesOf::Pace => ("slower than", "faster than"),
            ZonesOf::HeartRate | ZonesOf::Power => ("below", "from"),
        };
        match (self.low, self.high) {
            (Some(low), Some(high)) => {
                format!("{}–{}", bare(of, low, units), shown(of, high, units))
            }
            (None, Some(high)) => format!("{lowest} {}", shown(of, high, units)),
            (Some(low), None) => format!("{highest} {}", shown(of, low, units)),
            (None, None) => String::new(),
        }
    }
}

fn bare(of: ZonesOf, value: f64, units: UnitSystem) -> String {
    match (of, MetresPerSecond(value).pace_s(units)) {
        (ZonesOf::Pace, Some(pace_s)) => Seconds(pace_s).show(),
        (ZonesOf::Pace, None) => "–".to_owned(),
        _ => format!("{value:.0}"),
    }
}

fn shown(of: ZonesOf, value: f64, units: UnitSystem) -> String {
    match of {
        ZonesOf::HeartRate => format!("{value:.0} bpm"),
        ZonesOf::Pace => MetresPerSecond(value).show_pace(units),
        ZonesOf::Power => format!("{value:.0} W"),
    }
}

/// Returns the time in the zones of a session: the runner's own, and of heart rate the usual ones where
/// the runner gave none and the threshold is known.
#[must_use]
pub fn of_session(session: &Session) -> Vec<ZoneTimes> {
    let has_own = |own: &OwnZones| own.of == ZonesOf::HeartRate;
    let usual = match session.own_zones.iter().any(has_own) {
        true => None,
        false => usual(session),
    };
    usual.into_iter().chain(own(session)).collect()
}

/// Returns the time in the runner's own zones.
#[must_use]
pub fn own(session: &Session) -> Vec<ZoneTimes> {
    session.own_zones.iter().map(ZoneTimes::of).collect()
}

/// Returns sums of time in the runner's own zones.
#[must_use]
pub fn of_sums(sums: &[ZoneSums]) -> Vec<ZoneTimes> {
    let own = sums.iter().map(|sums| OwnZones {
        of: sums.of,
        names: sums.names.clone(),
        seconds: sums.seconds.clone(),
        ..OwnZones::default()
    });
    own.map(|own| ZoneTimes::of(&own)).collect()
}

/// Returns the time in zones as a line of text, as in "Pace zones: easy 42:10, fast 6:05".
#[must_use]
pub fn line(times: &ZoneTimes) -> String {
    let title = times.of.title();
    if let Some(lacking) = &times.lacking {
        return format!("{title}: none, as {} is not known", clean_text(lacking));
    }
    let zones = times.zones.iter();
    let zones: Vec<String> = zones
        .map(|zone| format!("{} {}", zone.name, Seconds(zone.seconds).show()))
        .collect();
    format!("{title}: {}", zones.join(", "))
}

/// Returns the time in five zones of heart rate; absent without a heart rate or a threshold.
fn usual(session: &Session) -> Option<ZoneTimes> {
    let threshold = session.references.threshold_heart_rate_bpm.as_ref()?;
    let limits = OF_THRESHOLD.map(|share| share * threshold.value);
    let mut seconds = vec![0.0; limits.len() + 1];
    let parts = session.summary.histograms.iter();
    for (low, high, counted) in parts.flat_map(|part| part.heart_rate.bins(HEART_RATE_BIN_BPM)) {
        let middle = f64::midpoint(low, high);
        let place = limits.iter().filter(|limit| middle >= **limit).count();
        if let Some(zone) = seconds.get_mut(place) {
            *zone += counted;
        }
    }
    let names = (1..=seconds.len()).map(|number| format!("zone {number}"));
    let times = ZoneTimes::of(&OwnZones {
        of: ZonesOf::HeartRate,
        limits: limits.to_vec(),
        names: names.collect(),
        seconds,
        lacking: None,
    });
    (times.total_s() > 0.0).then_some(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace_zones() -> OwnZones {
        OwnZones {
            of: ZonesOf::Pace,
            limits: vec![1000.0 / 330.0, 1000.0 / 270.0],
            names: ["easy", "steady", "fast"].map(str::to_owned).to_vec(),
            seconds: vec![1800.0, 600.0, 60.0],
            lacking: None,
        }
    }

    #[test]
    fn paces_are_shown_in_the_units_of_the_reader() {
        let times = ZoneTimes::of(&pace_zones());
        let range = |zone: usize, units| times.zones[zone].range(times.of, units);
        assert_eq!(range(0, UnitSystem::Metric), "slower than 5:30/km");
        assert_eq!(range(1, UnitSystem::Metric), "5:30–4:30/km");
        assert_eq!(range(2, UnitSystem::Imperial), "faster than 7:15/mi");
        assert_eq!(
            line(&times),
            "Pace zones: easy 30:00, steady 10:00, fast 1:00"
        );
    }

    #[test]
    fn own_zones_of_the_heart_take_the_place_of_the_usual_ones() {
        let (mut session, _) = crate::report::made_up::intervals();
        session.own_zones = vec![pace_zones()];
        let usual: Vec<ZonesOf> = of_session(&session).iter().map(|one| one.of).collect();
        let has_usual = usual.contains(&ZonesOf::HeartRate);
        let lacking = OwnZones {
            lacking: Some("maximum heart rate".to_owned()),
            ..OwnZones::default()
        };
        session.own_zones.insert(0, lacking);
        let own = of_session(&session);
        assert_eq!(own.len(), 2, "usual ones before: {has_usual}");
        assert_eq!(
            line(&own[0]),
            "Heart-rate zones: none, as maximum heart rate is not known"
        );
    }
}

//! Time in heart-rate zones: those that the runner gave, else five by the threshold heart rate.

use crate::classification::Session;
use crate::summary::HEART_RATE_BIN_BPM;

/// The upper limits of the zones but the last, as shares of the threshold heart rate, for a runner who
/// gave none.
///
/// Friel, The Triathlete's Training Bible (zones for running: to 85, 90, 95, 100 % and above).
const OF_THRESHOLD: [f64; 4] = [0.85, 0.90, 0.95, 1.00];

/// One zone of heart rate and the time in it.
#[derive(Clone, Debug, PartialEq)]
pub struct HeartZone {
    /// Its name, as in "zone 2".
    pub name: String,
    /// The lower end, in beats per minute; absent for the lowest.
    pub low_bpm: Option<f64>,
    /// The upper end, in beats per minute; absent for the highest.
    pub high_bpm: Option<f64>,
    /// The time in it, in seconds.
    pub seconds: f64,
}

/// Returns the time in each zone, the lowest first; none without a heart rate or a threshold.
#[must_use]
pub fn heart_zones(session: &Session) -> Vec<HeartZone> {
    let threshold = session.references.threshold_heart_rate_bpm.as_ref();
    let Some(threshold) = threshold else {
        return Vec::new();
    };
    let limits = OF_THRESHOLD.map(|share| share * threshold.value);
    let names: Vec<String> = (1..=limits.len() + 1)
        .map(|number| format!("zone {number}"))
        .collect();
    in_zones(session, &limits, &names)
}

fn in_zones(session: &Session, limits: &[f64], names: &[String]) -> Vec<HeartZone> {
    let mut zones: Vec<HeartZone> = names
        .iter()
        .enumerate()
        .map(|(index, name)| HeartZone {
            name: name.clone(),
            low_bpm: index
                .checked_sub(1)
                .and_then(|below| limits.get(below).copied()),
            high_bpm: limits.get(index).copied(),
            seconds: 0.0,
        })
        .collect();
    let parts = session.summary.histograms.iter();
    for (low, high, seconds) in parts.flat_map(|part| part.heart_rate.bins(HEART_RATE_BIN_BPM)) {
        let middle = f64::midpoint(low, high);
        let place = limits.iter().filter(|limit| middle >= **limit).count();
        if let Some(zone) = zones.get_mut(place) {
            zone.seconds += seconds;
        }
    }
    let all: f64 = zones.iter().map(|zone| zone.seconds).sum();
    if all > 0.0 { zones } else { Vec::new() }
}

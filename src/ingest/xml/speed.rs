//! The unit of a recorded speed: the schemas ask for metres per second, some exporters write
//! kilometres per hour.

use crate::ingest::Records;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::great_circle_m;
use crate::statistics::median_of;
use crate::thresholds::STANDING_M_S;

/// Kilometres per hour in one metre per second.
const KMH_PER_M_S: f64 = 3.6;
/// A recorded speed is in kilometres per hour when the middle one of its ratios to the speed of the
/// distance is within this share of 3.6; a good speed is within a few percent of 1.
const TOLERANCE: f64 = 0.15;
/// Fewer steps with both tell nothing.
const LEAST_STEPS: usize = 60;

/// Turns speed into metres per second where it is in kilometres per hour, and says so.
pub(super) fn in_metres_per_second(records: &mut Records) -> Option<Warning> {
    if !records.speed_m_s.has_values() {
        return None;
    }
    let mut ratios: Vec<f64> = (1..records.len())
        .filter_map(|index| {
            let step_s = records.time_s[index] - records.time_s[index - 1];
            let by_distance_m_s = step_m(records, index)? / step_s;
            let recorded = records.speed_m_s.get(index)?;
            (by_distance_m_s >= STANDING_M_S).then(|| recorded / by_distance_m_s)
        })
        .collect();
    if ratios.len() < LEAST_STEPS {
        return None;
    }
    let ratio = median_of(&mut ratios)?;
    if (ratio / KMH_PER_M_S - 1.0).abs() > TOLERANCE {
        return None;
    }
    records.speed_m_s = records.speed_m_s.map(|speed| speed / KMH_PER_M_S);
    Some(Warning::new(
        WarningCode::XmlSpeedUnit,
        "the recorded speed is in km/h, 3.6 times that of the distance; turned into m/s",
    ))
}

/// Returns the metres from the record before to a record: of the distance, else of the positions.
fn step_m(records: &Records, index: usize) -> Option<f64> {
    if let (Some(before), Some(after)) = (
        records.distance_m.get(index - 1),
        records.distance_m.get(index),
    ) {
        return Some(after - before);
    }
    let position = |index| {
        let latitude = records.latitude_deg.get(index)?;
        Some((latitude, records.longitude_deg.get(index)?))
    };
    Some(great_circle_m(position(index - 1)?, position(index)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(recorded_m_s: f64) -> Records {
        Records {
            time_s: (0..100).map(f64::from).collect(),
            distance_m: (0..100).map(|second| 2.5 * f64::from(second)).collect(),
            speed_m_s: std::iter::repeat_n(recorded_m_s, 100).collect(),
            ..Records::default()
        }
    }

    #[test]
    fn kilometres_per_hour_are_known_by_the_distance() {
        let mut wrong = records(9.0);
        let warning = in_metres_per_second(&mut wrong);
        assert_eq!(warning.map(|w| w.code), Some("W-xml-speed-unit".to_owned()));
        assert_eq!(wrong.speed_m_s, records(2.5).speed_m_s);
        assert_eq!(in_metres_per_second(&mut records(2.6)), None);
    }
}

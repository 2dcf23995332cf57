//! Local time where neither the file nor the user says it: that of the nearest place whose time zone is
//! known.
//!
//! Real borders would be exact where this is about right: near a border the nearest place may lie on its
//! other side. Their outlines (the data of the crate tzf-rs, 4 MB at their coarsest) are a third of the
//! whole program, for files that hold no offset; the user's own `timezone` is exact too.

use std::sync::OnceLock;

use chrono::DateTime;
use chrono::Offset;
use chrono::TimeZone;
use chrono::Utc;

use crate::ingest::Activity;
use crate::ingest::great_circle_m;

/// Time zone, latitude and longitude of places: those of the file `zone.tab` of the IANA time zone
/// database (public domain), one or more for each zone of each country, and large towns that lie nearer
/// to a place of another zone.
const PLACES: &str = include_str!("places.tsv");
/// Words of a kind of running whose positions are made up.
const VIRTUAL: &str = "virtual";

/// A place.
struct Place {
    zone: chrono_tz::Tz,
    position_deg: (f64, f64),
}

/// Returns local time minus UTC at the start of an activity, in seconds; absent without a position that
/// is on earth.
pub(super) fn offset_s(activity: &Activity, start: DateTime<Utc>) -> Option<i32> {
    if is_virtual(activity) {
        return None;
    }
    let records = &activity.records;
    let mut positions = records
        .latitude_deg
        .iter()
        .zip(records.longitude_deg.iter());
    let position_deg = positions.find_map(|(latitude, longitude)| latitude.zip(longitude))?;
    let off_m = |place: &&Place| great_circle_m(place.position_deg, position_deg);
    let nearest = places()
        .iter()
        .min_by(|a, b| off_m(a).total_cmp(&off_m(b)))?;
    let offset = nearest.zone.offset_from_utc_datetime(&start.naive_utc());
    Some(offset.fix().local_minus_utc())
}

/// Returns whether an activity was run on an island that does not exist.
fn is_virtual(activity: &Activity) -> bool {
    let kind = activity.sub_sport.as_deref().unwrap_or_default();
    let device = activity.device.as_deref().unwrap_or_default();
    kind.contains(VIRTUAL) || device.to_lowercase().contains("zwift")
}

fn places() -> &'static [Place] {
    static READ: OnceLock<Vec<Place>> = OnceLock::new();
    READ.get_or_init(|| PLACES.lines().filter_map(place).collect())
}

fn place(line: &str) -> Option<Place> {
    let mut cells = line.split('\t');
    Some(Place {
        zone: cells.next()?.parse().ok()?,
        position_deg: (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Records;

    fn hours(latitude_deg: f64, longitude_deg: f64, day: &str) -> Option<f64> {
        let activity = Activity {
            records: Records {
                latitude_deg: [latitude_deg].into_iter().collect(),
                longitude_deg: [longitude_deg].into_iter().collect(),
                ..Records::default()
            },
            ..Activity::default()
        };
        let start = format!("{day}T08:00:00Z").parse().expect("a sound literal");
        offset_s(&activity, start).map(|offset_s| f64::from(offset_s) / 3600.0)
    }

    #[test]
    fn every_place_has_a_zone() {
        assert_eq!(places().len(), PLACES.lines().count());
    }

    #[test]
    fn local_time_follows_zones_and_daylight_saving() {
        for (latitude, longitude, winter_h, summer_h) in [
            (39.47, -0.38, 1.0, 2.0),     // Valencia
            (48.14, 11.58, 1.0, 2.0),     // Munich
            (53.48, -2.24, 0.0, 1.0),     // Manchester
            (42.43, -8.64, 1.0, 2.0),     // Pontevedra, beside Portugal
            (40.02, -105.27, -7.0, -6.0), // Boulder
            (33.45, -112.07, -7.0, -7.0), // Phoenix
            (36.10, -86.90, -6.0, -5.0),  // near Nashville
            (31.23, 121.47, 8.0, 8.0),    // Shanghai
            (12.90, 77.50, 5.5, 5.5),     // near Bangalore
            (-37.81, 144.96, 11.0, 10.0), // Melbourne
            (-23.00, -46.90, -3.0, -3.0), // near São Paulo
        ] {
            let found = (
                hours(latitude, longitude, "2026-01-15"),
                hours(latitude, longitude, "2026-07-15"),
            );
            assert_eq!(
                found,
                (Some(winter_h), Some(summer_h)),
                "{latitude}, {longitude}"
            );
        }
    }

    #[test]
    fn an_island_that_does_not_exist_has_no_time() {
        let mut activity = Activity {
            records: Records {
                latitude_deg: [-11.64].into_iter().collect(),
                longitude_deg: [166.97].into_iter().collect(),
                ..Records::default()
            },
            sub_sport: Some("virtual_activity".to_owned()),
            ..Activity::default()
        };
        let start = "2026-01-15T08:00:00Z".parse().expect("a sound literal");
        assert_eq!(offset_s(&activity, start), None);
        activity.sub_sport = None;
        assert_eq!(offset_s(&activity, start), Some(11 * 3600));
    }
}

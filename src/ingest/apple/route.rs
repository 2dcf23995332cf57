//! The route of a workout: its own files, or positions in the workout itself.

use super::workout::Location;
use super::workout::Workout;
use crate::ingest::gpx;

/// A position at a whole second since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub(super) time_s: i64,
    /// Degrees; absent at points without a position.
    pub(super) position_deg: Option<(f64, f64)>,
    pub(super) altitude_m: Option<f64>,
    pub(super) speed_m_s: Option<f64>,
}

/// The points of a workout in order, and which of its files could not be read.
#[derive(Debug, Default)]
pub(super) struct Route {
    pub(super) points: Vec<Point>,
    pub(super) missing: Vec<String>,
}

/// Returns the route of a workout; `file` gives the bytes of one of its files.
pub(super) fn of(workout: &Workout, file: &dyn Fn(&str) -> Option<Vec<u8>>) -> Route {
    let mut route = Route::default();
    for path in &workout.routes {
        match file(path).and_then(|bytes| points(&bytes)) {
            Some(points) => route.points.extend(points),
            None => route.missing.push(path.clone()),
        }
    }
    if route.points.is_empty() {
        route
            .points
            .extend(workout.locations.iter().map(Point::from));
    }
    let is_in_time = |point: &Point| (workout.start_s..=workout.end_s).contains(&point.time_s);
    route.points.retain(is_in_time);
    route.points.sort_by_key(|point| point.time_s);
    route.points.dedup_by_key(|point| point.time_s);
    route
}

/// Returns the points of a route file; absent when it cannot be read.
fn points(bytes: &[u8]) -> Option<Vec<Point>> {
    let activities = gpx::read(bytes).ok()?;
    let mut points = Vec::new();
    for activity in &activities {
        let records = &activity.records;
        let start_s = activity.start?.timestamp();
        for (index, time_s) in records.time_s.iter().enumerate() {
            #[expect(clippy::cast_possible_truncation, reason = "saturates")]
            let time_s = start_s + time_s.floor() as i64;
            let latitude = records.latitude_deg.get(index);
            points.push(Point {
                time_s,
                position_deg: latitude.zip(records.longitude_deg.get(index)),
                altitude_m: records.altitude_m.get(index),
                speed_m_s: records.speed_m_s.get(index),
            });
        }
    }
    Some(points)
}

impl From<&Location> for Point {
    fn from(location: &Location) -> Self {
        Self {
            time_s: location.time_s,
            position_deg: Some((location.latitude_deg, location.longitude_deg)),
            altitude_m: location.altitude_m.map(f64::from),
            speed_m_s: location.speed_m_s.map(f64::from),
        }
    }
}

//! The ground around both ends of a run that its course leaves out, and the plane to measure it in.

use crate::streams::Streams;
use crate::thresholds::EARTH_RADIUS_M;

/// The step of the grid of hidden centres, as a share of the distance to leave out: the more, the
/// less a centre says of the end that it hides.
const GRID_OF_TRIM: f64 = 0.7;
/// The radius of what is hidden around a centre, as a share of the distance to leave out. An end is
/// at most 0.7 / √2 ≈ 0.495 of that away from its centre, so that all within the distance is hidden.
const RADIUS_OF_TRIM: f64 = 1.5;
/// Nearer to the poles than this cosine of the latitude the grid does not get wider.
const LEAST_COSINE: f64 = 0.01;

/// A position on the earth.
///
/// # Units
/// Radians.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position {
    latitude: f64,
    longitude: f64,
}

impl Position {
    /// Returns where a run was in a cell.
    pub(super) fn of(streams: &Streams, cell: usize) -> Option<Self> {
        Some(Self {
            latitude: streams.latitude_deg.get(cell)?.to_radians(),
            longitude: streams.longitude_deg.get(cell)?.to_radians(),
        })
    }
}

/// The plane that touches the earth at a position.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane {
    origin: Position,
}

impl Plane {
    pub(super) fn around(origin: Position) -> Self {
        Self { origin }
    }

    /// Returns metres to the east and to the north.
    pub(super) fn place(self, position: Position) -> (f64, f64) {
        let east = (position.longitude - self.origin.longitude) * self.origin.latitude.cos();
        let north = position.latitude - self.origin.latitude;
        (east * EARTH_RADIUS_M, north * EARTH_RADIUS_M)
    }
}

/// What is hidden: a circle around each end, whose middle the end is not.
#[derive(Clone, Debug)]
pub(super) struct Hidden {
    centres: [(f64, f64); 2],
    radius_m: f64,
}

impl Hidden {
    /// Returns what hides all ground within `trim_m` of both ends.
    pub(super) fn new(plane: Plane, ends: [Position; 2], trim_m: f64) -> Self {
        Self {
            centres: ends.map(|end| plane.place(centre(end, trim_m))),
            radius_m: trim_m * RADIUS_OF_TRIM,
        }
    }

    /// Returns whether a place is hidden.
    pub(super) fn covers(&self, place: (f64, f64)) -> bool {
        let mut centres = self.centres.iter();
        centres.any(|centre| distance_m(place, *centre) < self.radius_m)
    }
}

fn distance_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// Returns the centre of the ground that is hidden around an end: the nearest crossing of a grid, so
/// that the end may be anywhere in a square as wide as the grid.
///
/// The grid is the same for all runs. A shift of its own for each run would give the end away, as
/// the middle of many.
fn centre(end: Position, trim_m: f64) -> Position {
    if trim_m <= 0.0 {
        return end;
    }
    let step = trim_m * GRID_OF_TRIM / EARTH_RADIUS_M;
    let snap = |angle: f64, step: f64| (angle / step).round() * step;
    let latitude = snap(end.latitude, step);
    Position {
        latitude,
        longitude: snap(end.longitude, step / latitude.cos().max(LEAST_COSINE)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude_deg: f64, longitude_deg: f64) -> Position {
        Position {
            latitude: latitude_deg.to_radians(),
            longitude: longitude_deg.to_radians(),
        }
    }

    #[test]
    fn all_within_the_distance_is_hidden_and_the_end_is_not_the_middle() {
        let trim_m = 200.0;
        let mut furthest_m = 0.0_f64;
        for number in 0..500_u32 {
            let step = f64::from(number);
            let end = at(-70.0 + step * 0.280_1, 7.0 + step * 0.000_37);
            let plane = Plane::around(end);
            let shift_m = distance_m(plane.place(centre(end, trim_m)), (0.0, 0.0));
            furthest_m = furthest_m.max(shift_m);
            let hidden = Hidden::new(plane, [end, end], trim_m);
            for angle in (0..360_u32).step_by(10) {
                let angle = f64::from(angle).to_radians();
                let place = (trim_m * angle.sin(), trim_m * angle.cos());
                assert!(hidden.covers(place), "{end:?} {angle}");
            }
        }
        assert!((80.0..=100.0).contains(&furthest_m), "{furthest_m}");
    }

    #[test]
    fn starts_of_one_place_share_one_hidden_centre() {
        let (one, other) = (at(50.000_10, 7.000_10), at(50.000_15, 7.000_05));
        let plane = Plane::around(one);
        let centres = [one, other].map(|end| plane.place(centre(end, 200.0)));
        assert!(distance_m(centres[0], centres[1]) < 1e-6);
    }
}

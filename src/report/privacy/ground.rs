//! The ground that stays hidden: around every start and every end of the runs of a report.

use crate::streams::Streams;
use crate::thresholds::EARTH_RADIUS_M;

/// The step of the grid of hidden centres, as a share of the distance to leave out: the more, the
/// less a centre says of the end that it hides.
const GRID_OF_TRIM: f64 = 0.7;
/// The radius of what is hidden around a centre, as a share of the distance to leave out.
///
/// An end is at most 0.7 / √2 ≈ 0.495 of that away from its crossing of the grid. What is left, a quarter
/// (50 m of 200 m), is for the next start at the same door: receivers find it some 10 to 30 m off.
const RADIUS_OF_TRIM: f64 = 1.75;
/// Nearer to the poles than this cosine of the latitude the grid does not get wider.
const LEAST_COSINE: f64 = 0.01;

/// A place is hidden in all runs where at least one of so many starts and ends lies, and so many at least:
/// somebody lives there, or is known to run from there.
///
/// Chosen: a home has more than half of them. Of 60 weeks of a real runner with 374 ends at 71 places one has 229,
/// the next 12; to hide all places in all runs would leave nothing of four courses in five.
const ONE_END_IN: usize = 20;
/// See [`ONE_END_IN`].
const LEAST_ENDS: usize = 2;
/// A plane is good for tens of kilometres; so much more makes up for what it is off.
const ROOM_OF_PLANE: f64 = 1.2;

/// A position on the earth.
///
/// # Units
/// Radians.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) struct Position {
    latitude: f64,
    longitude: f64,
}

impl Position {
    /// Returns where a run was in a cell.
    pub(in crate::report) fn of(streams: &Streams, cell: usize) -> Option<Self> {
        Some(Self {
            latitude: streams.latitude_deg.get(cell)?.to_radians(),
            longitude: streams.longitude_deg.get(cell)?.to_radians(),
        })
    }

    /// Returns the first and the last position of a run.
    pub(super) fn ends_of(streams: &Streams) -> Option<[Self; 2]> {
        let mut positions = (0..streams.len()).filter_map(|cell| Self::of(streams, cell));
        let first = positions.next()?;
        Some([first, positions.next_back().unwrap_or(first)])
    }
}

/// The plane that touches the earth at a position.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct Plane {
    origin: Position,
}

impl Plane {
    pub(in crate::report) fn around(origin: Position) -> Self {
        Self { origin }
    }

    /// Returns metres to the east and to the north, the shorter way around the earth.
    pub(in crate::report) fn place(self, position: Position) -> (f64, f64) {
        use std::f64::consts::PI;
        let mut east = position.longitude - self.origin.longitude;
        if east.abs() > PI {
            east -= 2.0 * PI * east.signum();
        }
        let north = position.latitude - self.origin.latitude;
        let east = east * self.origin.latitude.cos();
        (east * EARTH_RADIUS_M, north * EARTH_RADIUS_M)
    }

    fn distance_m(self, position: Position) -> f64 {
        let (east, north) = self.place(position);
        east.hypot(north)
    }
}

/// Circles around starts and ends, of which none is a middle.
#[derive(Clone, Debug, Default)]
pub(super) struct Ground {
    trim_m: f64,
    circles: Vec<Circle>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Circle {
    centre: Position,
    /// How many runs begin or end there, each counted as often as it does.
    ends: usize,
}

impl Ground {
    /// Returns what hides all within `trim_m` of some ends.
    ///
    /// Who starts twice at one door is hidden by one circle: a second one for the second fix of the
    /// receiver would say that the door is where both squares of the grid meet. The first start decides,
    /// so that further runs change nothing.
    pub(super) fn around(ends: impl Iterator<Item = Position>, trim_m: f64) -> Self {
        let mut ground = Self {
            trim_m,
            circles: Vec::new(),
        };
        for end in ends {
            match ground.circle_of(end) {
                Some(index) => ground.circles[index].ends += 1,
                None => {
                    let centre = crossing(end, trim_m);
                    ground.circles.push(Circle { centre, ends: 1 });
                }
            }
        }
        ground
    }

    /// Returns the circle that hides all around an end.
    fn circle_of(&self, end: Position) -> Option<usize> {
        let most_m = self.radius_m() - self.trim_m;
        let mut circles = self.circles.iter();
        circles.position(|circle| Plane::around(circle.centre).distance_m(end) <= most_m)
    }

    fn radius_m(&self) -> f64 {
        self.trim_m * RADIUS_OF_TRIM
    }

    /// Returns what of it hides a run: the circles of its own ends, and those of places where many begin and
    /// end, if it comes near.
    pub(super) fn of_run(&self, streams: &Streams) -> Self {
        let Some(ends) = Position::ends_of(streams) else {
            return Self::default();
        };
        let own = ends.map(|end| self.circle_of(end));
        let plane = Plane::around(ends[0]);
        let reach_m = (0..streams.len())
            .filter_map(|cell| Position::of(streams, cell))
            .map(|position| plane.distance_m(position))
            .fold(0.0, f64::max);
        let all: usize = self.circles.iter().map(|circle| circle.ends).sum();
        let hides = |(index, circle): &(usize, &Circle)| {
            let is_frequent = circle.ends >= LEAST_ENDS && circle.ends * ONE_END_IN >= all;
            let off_m = plane.distance_m(circle.centre);
            let is_near = off_m <= ROOM_OF_PLANE * reach_m + self.radius_m();
            own.contains(&Some(*index)) || is_frequent && is_near
        };
        let circles = self.circles.iter().enumerate().filter(hides);
        Self {
            trim_m: self.trim_m,
            circles: circles.map(|(_, circle)| *circle).collect(),
        }
    }

    /// Returns whether a position is hidden.
    pub(super) fn covers(&self, position: Position) -> bool {
        let mut circles = self.circles.iter();
        circles.any(|circle| Plane::around(circle.centre).distance_m(position) < self.radius_m())
    }

    /// Returns for each second of a run whether its place is hidden: on this ground, or within the
    /// trimmed way from the first and to the last metre, as the first fix may lie far off the door.
    pub(super) fn hidden_cells(&self, streams: &Streams) -> Vec<bool> {
        let total_m = streams.distance_m.get(streams.len()).unwrap_or_default();
        let is_shown = |cell| {
            let position = Position::of(streams, cell)?;
            let along_m = streams.distance_m.get(cell)?;
            let in_middle = along_m >= self.trim_m && along_m <= total_m - self.trim_m;
            Some(in_middle && !self.covers(position))
        };
        (0..streams.len())
            .map(|cell| !is_shown(cell).unwrap_or(false))
            .collect()
    }
}

/// Returns the centre of the ground that is hidden around an end: the nearest crossing of a grid, so
/// that the end may be anywhere in a square as wide as the grid.
///
/// The grid is the same for all runs. A shift of its own for each run would give the end away, as
/// the middle of many.
fn crossing(end: Position, trim_m: f64) -> Position {
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

    /// Returns the position so many metres to the east and to the north of another.
    fn beside(position: Position, (east_m, north_m): (f64, f64)) -> Position {
        Position {
            latitude: position.latitude + north_m / EARTH_RADIUS_M,
            longitude: position.longitude
                + east_m / EARTH_RADIUS_M / position.latitude.cos().max(LEAST_COSINE),
        }
    }

    #[test]
    fn all_within_the_distance_is_hidden_and_the_end_is_not_the_middle() {
        let trim_m = 200.0;
        let mut furthest_m = 0.0_f64;
        for number in 0..500_u32 {
            let step = f64::from(number);
            let end = at(-70.0 + step * 0.280_1, 7.0 + step * 0.000_37);
            let centre = crossing(end, trim_m);
            furthest_m = furthest_m.max(Plane::around(end).distance_m(centre));
            let ground = Ground::around([end].into_iter(), trim_m);
            for angle in (0..360_u32).step_by(10) {
                let angle = f64::from(angle).to_radians();
                let place = (trim_m * angle.sin(), trim_m * angle.cos());
                assert!(ground.covers(beside(end, place)), "{end:?} {angle}");
            }
        }
        assert!((80.0..=100.0).contains(&furthest_m), "{furthest_m}");
    }

    #[test]
    fn starts_at_one_door_share_one_circle_wherever_in_the_grid_it_is() {
        for number in 0..200_u32 {
            let step = f64::from(number);
            let door = at(50.0 + step * 0.000_13, 7.0 + step * 0.000_37);
            // As receivers find the same door.
            let fixes = [
                (0.0, 0.0),
                (30.0, 0.0),
                (-20.0, 20.0),
                (0.0, -30.0),
                (21.0, 21.0),
            ];
            let fixes = fixes.map(|metres| beside(door, metres));
            let ground = Ground::around(fixes.into_iter(), 200.0);
            assert_eq!(ground.circles.len(), 1, "{number}");
            let more = fixes.into_iter().chain([at(50.5, 7.5)]);
            let later = Ground::around(more, 200.0);
            let centres = [&later, &ground].map(|ground| ground.circles[0].centre);
            assert_eq!(centres[0], centres[1], "a later run changes nothing");
        }
    }

    #[test]
    fn what_is_hidden_goes_on_behind_the_line_of_the_date() {
        let ground = Ground::around([at(-17.0, 179.999_9)].into_iter(), 200.0);
        assert!(ground.covers(at(-17.0, -179.999_9)));
        assert!(!ground.covers(at(-17.0, -179.99)));
    }
}

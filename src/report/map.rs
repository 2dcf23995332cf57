//! The course of a run: its shape, north up, without a map below it, so that nothing is fetched.

use maud::Markup;
use maud::PreEscaped;
use maud::html;

use crate::classification::Session;
use crate::report::ink;
use crate::report::ink::Ink;
use crate::report::timeline;
use crate::streams::Streams;
use crate::units::Metres;
use crate::units::UnitSystem;

/// Mean radius of the earth.
///
/// # Units
/// Metres. IUGG mean radius; a course is small enough for a plane.
const EARTH_RADIUS_M: f64 = 6_371_009.0;
/// The size of the drawing.
///
/// # Units
/// Drawing units.
const WIDTH: f64 = 640.0;
/// The height of the drawing at most.
const MOST_HEIGHT: f64 = 480.0;
/// Space around the course.
const MARGIN: f64 = 14.0;
/// Points nearer to each other than this are drawn as one.
///
/// # Units
/// Drawing units: below what an eye can tell.
const LEAST_STEP: f64 = 1.0;

/// The step of the grid of hidden centres, as a share of what is left out: no end is further from
/// its centre than half of that.
const GRID_OF_TRIM: f64 = 0.7;
/// Nearer to the poles than this cosine of the latitude the grid does not get wider.
const LEAST_COSINE: f64 = 0.01;

/// A course in the plane: one line for each stretch of one colour.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The lines, in order of time.
    pub lines: Vec<Line>,
    /// The height of the drawing.
    pub height: f64,
    /// Metres in one drawing unit.
    pub scale_m: f64,
}

/// One stretch of a course.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its colour.
    pub ink: Ink,
    /// Its points: right, down.
    pub points: Vec<(f64, f64)>,
}

/// Returns the course of a run less `trim_m` of the way at its start and its end, and less all that
/// comes as near to these places again; absent when too little is left to draw.
#[must_use]
pub fn course(session: &Session, streams: &Streams, trim_m: f64) -> Option<Course> {
    let places = places(session, streams, trim_m);
    let present: Vec<(f64, f64)> = places.iter().filter_map(|place| place.1).collect();
    let (x_low, x_high) = range(present.iter().map(|point| point.0))?;
    let (y_low, y_high) = range(present.iter().map(|point| point.1))?;
    let inner = (WIDTH - 2.0 * MARGIN, MOST_HEIGHT - 2.0 * MARGIN);
    let scale_m = ((x_high - x_low) / inner.0).max((y_high - y_low) / inner.1);
    if scale_m <= 0.0 {
        return None;
    }
    let left = (WIDTH - (x_high - x_low) / scale_m) / 2.0;
    let draw = |(x, y): (f64, f64)| {
        (
            left + (x - x_low) / scale_m,
            MARGIN + (y_high - y) / scale_m,
        )
    };
    let drawn = places
        .into_iter()
        .map(|(ink, place)| (ink, place.map(draw)));
    Some(Course {
        lines: lines(drawn),
        height: (y_high - y_low) / scale_m + 2.0 * MARGIN,
        scale_m,
    })
}

/// Returns the colour and the place in metres (east, north) of each second, absent where it was not
/// recorded or is trimmed.
fn places(session: &Session, streams: &Streams, trim_m: f64) -> Vec<(Ink, Option<(f64, f64)>)> {
    let total_m = streams.distance_m.get(streams.len()).unwrap_or_default();
    let positions = || (0..streams.len()).filter_map(|cell| position(streams, cell));
    let Some(plane) = positions().next().map(Plane::around) else {
        return Vec::new();
    };
    let ends = positions().next().into_iter().chain(positions().last());
    let hidden: Vec<(f64, f64)> = ends
        .map(|end| plane.place(hidden_centre(end, trim_m)))
        .collect();
    let is_shown = |cell: usize, place: (f64, f64)| {
        let along_m = streams.distance_m.get(cell);
        let in_middle = along_m.is_some_and(|m| m >= trim_m && m <= total_m - trim_m);
        let apart = |centre: &(f64, f64)| (place.0 - centre.0).hypot(place.1 - centre.1) >= trim_m;
        trim_m <= 0.0 || (in_middle && hidden.iter().all(apart))
    };
    let mut segments = session.segments.iter().peekable();
    let seconds = (0..streams.len()).zip(0_u32..);
    seconds
        .map(|(cell, second)| {
            let second = f64::from(second);
            while segments
                .next_if(|segment| segment.end_s <= second)
                .is_some()
            {}
            let ink = segments
                .peek()
                .map_or(Ink::Easy, |segment| timeline::segment_ink(segment.kind));
            let place = position(streams, cell).map(|position| plane.place(position));
            (ink, place.filter(|place| is_shown(cell, *place)))
        })
        .collect()
}

fn position(streams: &Streams, cell: usize) -> Option<Position> {
    Some(Position {
        latitude: streams.latitude_deg.get(cell)?.to_radians(),
        longitude: streams.longitude_deg.get(cell)?.to_radians(),
    })
}

/// A position on the earth.
///
/// # Units
/// Radians.
#[derive(Clone, Copy, Debug)]
struct Position {
    latitude: f64,
    longitude: f64,
}

/// The plane that touches the earth at a position.
#[derive(Clone, Copy, Debug)]
struct Plane {
    origin: Position,
}

impl Plane {
    fn around(origin: Position) -> Self {
        Self { origin }
    }

    /// Returns metres to the east and to the north.
    fn place(self, position: Position) -> (f64, f64) {
        let east = (position.longitude - self.origin.longitude) * self.origin.latitude.cos();
        let north = position.latitude - self.origin.latitude;
        (east * EARTH_RADIUS_M, north * EARTH_RADIUS_M)
    }
}

/// Returns the centre of the ground that is hidden around an end of a run: the nearest crossing of
/// a grid, so that the end is not the middle of what is missing.
///
/// The grid is the same for all runs. A shift of its own for each run would give the end away, as
/// the middle of many.
fn hidden_centre(end: Position, trim_m: f64) -> Position {
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

fn range(values: impl Iterator<Item = f64> + Clone) -> Option<(f64, f64)> {
    let low = values.clone().min_by(f64::total_cmp)?;
    Some((low, values.max_by(f64::total_cmp)?))
}

/// Joins points of one colour to lines; a line begins where the one before ends.
fn lines(points: impl Iterator<Item = (Ink, Option<(f64, f64)>)>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut is_open = false;
    for (ink, point) in points {
        let Some(point) = point else {
            is_open = false;
            continue;
        };
        match lines.last_mut().filter(|_| is_open) {
            Some(line) if line.ink == ink => {
                let last = line.points.last().copied().unwrap_or(point);
                if (point.0 - last.0).hypot(point.1 - last.1) >= LEAST_STEP {
                    line.points.push(point);
                }
            }
            before => {
                let joint = before.and_then(|line| line.points.last().copied());
                let points = joint.into_iter().chain([point]).collect();
                lines.push(Line { ink, points });
            }
        }
        is_open = true;
    }
    lines
}

/// Returns the course as an SVG file that stands alone; empty when there is none to draw.
#[must_use]
pub fn svg(session: &Session, streams: &Streams, trim_m: f64, units: UnitSystem) -> String {
    let Some(course) = course(session, streams, trim_m) else {
        return String::new();
    };
    let style = format!("{}svg{{background:var(--ground)}}", ink::palette_css());
    let file = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(view_box(&course)) {
            title { (TITLE) }
            desc { (description(&course, units)) }
            style { (PreEscaped(style)) }
            (marks(&course))
        }
    };
    file.into_string()
}

/// Draws a course within a page.
pub(super) fn drawing(course: &Course) -> Markup {
    let label = |units| format!("{TITLE}. {}", description(course, units));
    html! {
        div.chart {
            svg role="img" viewBox=(view_box(course)) aria-label=(label(UnitSystem::Metric)) { (marks(course)) }
        }
    }
}

const TITLE: &str = "The course of the run, north up";

fn view_box(course: &Course) -> String {
    format!("0 0 {WIDTH} {:.0}", course.height)
}

fn description(course: &Course, units: UnitSystem) -> String {
    let width = Metres(course.scale_m * WIDTH).show_short(units);
    format!("About {width} from left to right. Colours are those of the segments.")
}

fn marks(course: &Course) -> Markup {
    html! {
        @for line in &course.lines {
            polyline points=(text(&line.points)) fill="none" stroke-width="3"
                stroke-linejoin="round" stroke-linecap="round"
                class={ "s-" (line.ink.name()) } stroke=(format!("#{:06x}", line.ink.light())) {}
        }
    }
}

fn text(points: &[(f64, f64)]) -> String {
    let points = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}"));
    points.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::channel::Channel;

    /// A run due east on the equator: 1 m/s for 1000 s.
    fn eastward() -> Streams {
        let metre_deg = (1.0 / EARTH_RADIUS_M).to_degrees();
        Streams {
            distance_m: (0..=1000).map(f64::from).collect(),
            latitude_deg: (0..1000).map(|_| 0.0).collect(),
            longitude_deg: (0..1000)
                .map(|second| f64::from(second) * metre_deg)
                .collect(),
            paused: vec![false; 1000],
            ..Streams::default()
        }
    }

    #[test]
    fn a_straight_run_is_a_straight_line_from_margin_to_margin() {
        let course = course(&Session::default(), &eastward(), 0.0).unwrap();
        assert_eq!(course.lines.len(), 1);
        let points = &course.lines[0].points;
        assert!((points[0].0 - MARGIN).abs() < 1e-6);
        assert!((points[points.len() - 1].0 - (WIDTH - MARGIN)).abs() < 2.0);
        assert!(points.iter().all(|point| (point.1 - MARGIN).abs() < 1e-6));
    }

    #[test]
    fn what_is_trimmed_is_not_drawn() {
        let whole = course(&Session::default(), &eastward(), 0.0).unwrap();
        let trimmed = course(&Session::default(), &eastward(), 300.0).unwrap();
        let ratio = trimmed.scale_m / whole.scale_m;
        assert!((ratio - 0.4).abs() < 0.01, "{ratio}");
        assert_eq!(course(&Session::default(), &eastward(), 500.0), None);
    }

    /// A run of 500 m to the east and back, 1 m/s, that comes past its start and goes 400 m on.
    fn there_and_back_and_on() -> Streams {
        let metre_deg = (1.0 / EARTH_RADIUS_M).to_degrees();
        let east_m = |second: u32| match second {
            0..500 => f64::from(second),
            _ => 1000.0 - f64::from(second),
        };
        Streams {
            distance_m: (0..=1400).map(f64::from).collect(),
            latitude_deg: (0..1400).map(|_| 50.0).collect(),
            longitude_deg: (0..1400)
                .map(|second| {
                    let degrees = east_m(second) * metre_deg / 50f64.to_radians().cos();
                    // Not on a crossing of the grid.
                    7.000_9 + degrees
                })
                .collect(),
            paused: vec![false; 1400],
            ..Streams::default()
        }
    }

    #[test]
    fn who_comes_past_the_start_again_is_not_drawn_there() {
        let streams = there_and_back_and_on();
        let trim_m = 100.0;
        let origin = position(&streams, 0).unwrap();
        let shown = places(&Session::default(), &streams, trim_m);
        let near = shown.iter().filter_map(|place| place.1);
        let nearest = near
            .map(|place| place.0.hypot(place.1))
            .min_by(f64::total_cmp);
        // The start is at most half of what is left out away from the centre of it.
        assert!(nearest.unwrap() >= trim_m / 2.0, "{nearest:?}");
        assert!(
            shown[1000].1.is_none(),
            "past the start, in the middle of the way"
        );
        let centre = Plane::around(origin).place(hidden_centre(origin, trim_m));
        let shift_m = centre.0.hypot(centre.1);
        assert!(shift_m > 5.0 && shift_m <= trim_m / 2.0, "{shift_m}");
    }

    #[test]
    fn starts_of_one_place_share_one_hidden_centre() {
        let at = |latitude: f64, longitude: f64| Position {
            latitude: latitude.to_radians(),
            longitude: longitude.to_radians(),
        };
        let (one, other) = (at(50.000_10, 7.000_10), at(50.000_15, 7.000_05));
        let plane = Plane::around(one);
        let (a, b) = (hidden_centre(one, 200.0), hidden_centre(other, 200.0));
        let (a, b) = (plane.place(a), plane.place(b));
        assert!((a.0 - b.0).hypot(a.1 - b.1) < 1e-6);
    }

    #[test]
    fn a_run_without_positions_has_no_course() {
        let streams = Streams {
            latitude_deg: Channel::default(),
            ..eastward()
        };
        assert_eq!(course(&Session::default(), &streams, 0.0), None);
    }
}

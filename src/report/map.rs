//! The course of a run: its shape, north up, without a map below it, so that nothing is fetched.

use maud::Markup;
use maud::html;

use crate::classification::Session;
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

/// Returns the course of a run less `trim_m` of the way at its start and its end; absent when too
/// little is left to draw.
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
    let mut origin = None;
    let mut segments = session.segments.iter().peekable();
    let seconds = (0..streams.len()).zip(0_u32..);
    seconds
        .map(|(index, second)| {
            let second = f64::from(second);
            while segments
                .next_if(|segment| segment.end_s <= second)
                .is_some()
            {}
            let ink = segments
                .peek()
                .map_or(Ink::Easy, |segment| timeline::segment_ink(segment.kind));
            let along_m = streams.distance_m.get(index);
            let is_shown = trim_m <= 0.0
                || along_m.is_some_and(|along| along >= trim_m && along <= total_m - trim_m);
            let place = streams
                .latitude_deg
                .get(index)
                .zip(streams.longitude_deg.get(index))
                .filter(|_| is_shown);
            let place = place.map(|(latitude, longitude)| {
                let (latitude_0, longitude_0) = *origin.get_or_insert((latitude, longitude));
                let east = (longitude - longitude_0).to_radians() * latitude_0.to_radians().cos();
                let north = (latitude - latitude_0).to_radians();
                (east * EARTH_RADIUS_M, north * EARTH_RADIUS_M)
            });
            (ink, place)
        })
        .collect()
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

/// Draws a course.
pub(super) fn drawing(course: &Course, units: UnitSystem) -> Markup {
    let width_m = course.scale_m * WIDTH;
    let box_ = format!("0 0 {WIDTH} {:.0}", course.height);
    html! {
        div.chart {
            svg role="img" viewBox=(box_) {
                title { "The course of the run, north up" }
                desc { "About " (Metres(width_m).show_short(units)) " from left to right." }
                @for line in &course.lines {
                    polyline points=(text(&line.points)) fill="none" stroke-width="3"
                        stroke-linejoin="round" stroke-linecap="round"
                        style=(format!("stroke:var(--{})", line.ink.name())) {}
                }
            }
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

    #[test]
    fn a_run_without_positions_has_no_course() {
        let streams = Streams {
            latitude_deg: Channel::default(),
            ..eastward()
        };
        assert_eq!(course(&Session::default(), &streams, 0.0), None);
    }
}

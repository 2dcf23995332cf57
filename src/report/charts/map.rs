//! The course of a run: its shape, north up, without a map below it, so that nothing is fetched.

use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::report::drawing::ink;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::ink::segment_ink;
use crate::report::drawing::letters::MIDDLE_SHARE;
use crate::report::drawing::ticks::as_f64;
use crate::report::privacy::Plane;
use crate::report::privacy::Position;
use crate::streams::Streams;
use crate::units::Metres;
use crate::units::UnitSystem;

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
const LEAST_STEP: f64 = 5.0;
/// Entries of the legend side by side, below a drawing that stands alone.
const KEYS_IN_ROW: usize = 4;
/// Height of such a row.
const KEY_ROW: f64 = 22.0;
/// Size of its letters.
const KEY_LETTERS: f64 = 13.0;
/// Radius of its dots.
const KEY_DOT: f64 = 5.0;

/// A course in the plane: one line for each stretch of one colour.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The lines, in order of time.
    pub lines: Vec<Line>,
    /// The height of the drawing.
    pub height: f64,
    /// Metres in one drawing unit.
    pub scale_m: f64,
    /// What the colours mean, in the order in which they occur.
    pub legend: Vec<(Ink, &'static str)>,
}

/// One stretch of a course.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its colour.
    pub ink: Ink,
    /// Its points: right, down.
    pub points: Vec<(f64, f64)>,
}

/// Returns the course of a run as far as its streams hold positions; absent when too little is left to draw.
#[must_use]
pub fn course(session: &Session, streams: &Streams) -> Option<Course> {
    let places = places(session, streams);
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
    let lines = lines(drawn);
    Some(Course {
        legend: legend(session, &lines),
        lines,
        height: (y_high - y_low) / scale_m + 2.0 * MARGIN,
        scale_m,
    })
}

/// Returns the colour and the place in metres (east, north) of each second, absent where there is none.
fn places(session: &Session, streams: &Streams) -> Vec<(Ink, Option<(f64, f64)>)> {
    let mut positions = (0..streams.len()).filter_map(|cell| Position::of(streams, cell));
    let Some(start) = positions.next() else {
        return Vec::new();
    };
    let plane = Plane::around(start);
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
                .map_or(Ink::Easy, |segment| segment_ink(segment.kind));
            let place = Position::of(streams, cell).map(|position| plane.place(position));
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

/// Returns what the colours of some lines mean.
fn legend(session: &Session, lines: &[Line]) -> Vec<(Ink, &'static str)> {
    let mut entries = Vec::new();
    for segment in &session.segments {
        let entry = (segment_ink(segment.kind), segment.kind.word());
        let is_drawn = lines.iter().any(|line| line.ink == entry.0);
        if is_drawn && !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    entries
}

/// Returns the course as an SVG file that stands alone; empty when there is none to draw.
#[must_use]
pub fn svg(session: &Session, streams: &Streams) -> String {
    let Some(course) = course(session, streams) else {
        return String::new();
    };
    let rows = course.legend.chunks(KEYS_IN_ROW);
    let height = course.height + as_f64(rows.len()) * KEY_ROW;
    let keys = html! {
        @for (row, keys) in rows.enumerate() {
            @for (column, key) in keys.iter().enumerate() {
                (key_at(*key, column, course.height + as_f64(row) * KEY_ROW))
            }
        }
    };
    let body = html! { (marks(&course)) (keys) };
    let file = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(view_box(height)) font-family="system-ui,sans-serif" font-size=(KEY_LETTERS) {
            title { (TITLE) }
            desc { (description(&course)) }
            style { (ink::chart_css(&body.0)) }
            rect class={ "f-" (Ink::Ground.name()) } width=(WIDTH) height={ (format!("{height:.0}")) } fill=(Ink::Ground.hex()) {}
            (body)
        }
    };
    file.into_string()
}

/// Draws an entry of the legend.
fn key_at((ink, word): (Ink, &str), column: usize, top: f64) -> Markup {
    let left = MARGIN + as_f64(column) * (WIDTH - 2.0 * MARGIN) / as_f64(KEYS_IN_ROW);
    html! {
        circle class={ "f-" (ink.name()) } fill=(ink.hex()) cx=(left + KEY_DOT) cy=(top) r=(KEY_DOT) {}
        text class={ "f-" (Ink::Label.name()) } fill=(Ink::Label.hex()) x=(left + 3.0 * KEY_DOT)
            y=(format!("{:.1}", top + KEY_LETTERS * MIDDLE_SHARE)) { (word) }
    }
}

/// Draws a course within a page.
pub(in crate::report) fn drawing(course: &Course) -> Markup {
    let label = format!("{TITLE}. {}", description(course));
    html! {
        div.chart {
            svg role="img" viewBox=(view_box(course.height)) aria-label=(label) { (marks(course)) }
        }
    }
}

const TITLE: &str = "The course of the run, north up";

fn view_box(height: f64) -> String {
    format!("0 0 {WIDTH} {height:.0}")
}

fn description(course: &Course) -> String {
    let width = Metres(course.scale_m * WIDTH);
    let [metric, imperial] =
        [UnitSystem::Metric, UnitSystem::Imperial].map(|units| width.show_short(units));
    format!("About {metric} or {imperial} from left to right. Colours are those of the segments.")
}

fn marks(course: &Course) -> Markup {
    html! {
        @for line in &course.lines {
            polyline points=(text(&line.points)) fill="none" stroke-width="3"
                stroke-linejoin="round" stroke-linecap="round"
                class={ "s-" (line.ink.name()) } stroke=(line.ink.hex()) {}
        }
    }
}

fn text(points: &[(f64, f64)]) -> String {
    let points = points.iter().map(|(x, y)| format!("{x:.0},{y:.0}"));
    points.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::channel::Channel;
    use crate::report::made_up;
    use crate::thresholds::EARTH_RADIUS_M;
    use crate::vocabulary::SegmentKind;

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
        let course = course(&Session::default(), &eastward()).unwrap();
        assert_eq!(course.lines.len(), 1);
        let points = &course.lines[0].points;
        assert!((points[0].0 - MARGIN).abs() < 1e-6);
        assert!((points[points.len() - 1].0 - (WIDTH - MARGIN)).abs() <= LEAST_STEP);
        assert!(points.iter().all(|point| (point.1 - MARGIN).abs() < 1e-6));
    }

    #[test]
    fn the_legend_says_what_the_drawn_colours_mean() {
        let segment = |kind, start_s, end_s| made_up::segment(kind, start_s, end_s, 1.0);
        let session = Session {
            segments: vec![
                segment(SegmentKind::WarmUp, 0.0, 100.0),
                segment(SegmentKind::Work, 100.0, 500.0),
                segment(SegmentKind::Recovery, 500.0, 600.0),
                segment(SegmentKind::Work, 600.0, 1000.0),
            ],
            ..Session::default()
        };
        // The place of the warm-up is not known.
        let mut streams = eastward();
        for cell in 0..100 {
            streams.latitude_deg.set(cell, None);
        }
        let course = course(&session, &streams).unwrap();
        let words: Vec<&str> = course.legend.iter().map(|(_, word)| *word).collect();
        assert_eq!(words, ["work", "recovery"]);
        let file = svg(&session, &streams);
        assert!(
            file.contains(">work</text>") && file.contains(">recovery</text>"),
            "{file}"
        );
    }

    #[test]
    fn a_run_without_positions_has_no_course() {
        let streams = Streams {
            latitude_deg: Channel::default(),
            ..eastward()
        };
        assert_eq!(course(&Session::default(), &streams), None);
    }
}

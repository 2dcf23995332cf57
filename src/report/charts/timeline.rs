//! A run over time: a strip of its segments above panels of pace, heart rate, power and altitude.

use crate::classification::Session;
use crate::history::Reference;
use crate::report::drawing::chart;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Bar;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Key;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Tick;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::ticks;
use crate::report::drawing::trace;
use crate::report::drawing::trace::Stretch;
use crate::segmentation::Candidate;
use crate::segmentation::Segment;
use crate::segmentation::SegmentKind;
use crate::streams::Streams;
use crate::units::METRES_PER_FOOT;
use crate::units::UnitSystem;
use crate::units::plural;

/// Candidates that were not kept are shown as possible from this probability on.
const LEAST_PROBABILITY_SHOWN: f64 = 0.3;
/// The least span of the axes, so that even running looks even.
const LEAST_SPAN_BPM: f64 = 30.0;
/// See [`LEAST_SPAN_BPM`].
const LEAST_SPAN_W: f64 = 60.0;
/// See [`LEAST_SPAN_BPM`].
const LEAST_SPAN_SPM: f64 = 20.0;
/// Flatter courses have no altitude panel worth its room.
///
/// # Units
/// Metres.
const LEAST_SPAN_ALTITUDE_M: f64 = 12.0;
/// Flat-equivalent pace is drawn where it differs so much from pace on the mean: less is the
/// thickness of the line.
///
/// # Units
/// Ratio.
const LEAST_EFFORT_DIFFERENCE: f64 = 0.015;
/// Opacity of the ground that continues a segment's colour through the panels.
const BAND_OPACITY: f64 = 0.16;
/// Opacity of the ground of a possible effort.
const POSSIBLE_OPACITY: f64 = 0.18;
/// Opacity of the ground of stops and of stretches without records.
const STANDING_OPACITY: f64 = 0.35;
/// Shorter stops and stretches without records are not shaded: the line is broken there anyway.
///
/// # Units
/// Seconds.
const LEAST_STANDING_S: f64 = 5.0;
/// Room that the label of a tick takes.
const TICK_PX: u32 = 22;
/// Height of the strip of segments.
const STRIP_PX: u32 = 20;
/// Thickness of the smoothed lines.
const LINE_PX: u32 = 2;
/// Thickness of the line of flat-equivalent pace.
const EFFORT_LINE_PX: u32 = 1;

/// What the horizontal axis counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// The elapsed clock: stops have a width.
    Time,
    /// The way: stops have none.
    Distance,
}

/// Returns the chart of a run for a laptop as an SVG file; empty when the run has no streams, or no
/// distance to draw along.
#[must_use]
pub fn svg(session: &Session, streams: &Streams, units: UnitSystem, along: Along) -> String {
    let traces = Traces::new(streams, along, Width::Wide);
    figure(session, streams, &traces, units)
        .map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// The channels of a run as marks of a chart, which are the same in all units.
#[derive(Clone, Debug)]
pub struct Traces {
    along: Along,
    width: Width,
    speed: Vec<Stretch>,
    /// Empty where flat-equivalent pace says nothing that pace does not.
    effort: Vec<Stretch>,
    heart_rate: Vec<Stretch>,
    power: Vec<Stretch>,
    /// Empty where there is power, which takes its place.
    cadence: Vec<Stretch>,
    /// Empty where altitude is not sound.
    altitude: Vec<Stretch>,
}

impl Traces {
    /// Returns the marks of a run.
    #[must_use]
    pub fn new(streams: &Streams, along: Along, width: Width) -> Self {
        let axis = along.axis(streams);
        // What was recorded is drawn behind the smoothed lines once: a page must stay small.
        let has_raw = width == Width::Wide && along == Along::Time;
        let marks = |channel| trace::stretches(channel, &streams.paused, axis, width, has_raw);
        let only = |is_shown: bool, channel| match is_shown {
            true => marks(channel),
            false => Vec::new(),
        };
        let power = marks(&streams.power_w);
        Self {
            along,
            width,
            speed: marks(&streams.speed_m_s),
            effort: only(shows_effort(streams), &streams.effort_speed_m_s),
            heart_rate: marks(&streams.heart_rate_bpm),
            cadence: only(power.is_empty(), &streams.cadence_spm),
            power,
            altitude: only(streams.grade_quality.is_used(), &streams.altitude_m),
        }
    }
}

impl Along {
    /// Returns the axis of a run.
    fn axis(self, streams: &Streams) -> trace::Along<'_> {
        match self {
            Along::Time => trace::Along::Time,
            Along::Distance => trace::Along::Distance(&streams.distance_m),
        }
    }
}

/// Returns what is drawn of the marks of a run; absent when the run has no streams, or no distance
/// to draw along.
#[must_use]
pub fn figure(
    session: &Session,
    streams: &Streams,
    traces: &Traces,
    units: UnitSystem,
) -> Option<Figure> {
    if streams.is_empty() || streams.elapsed_s <= 0.0 {
        return None;
    }
    let (along, width) = (traces.along, traces.width);
    let view = View {
        session,
        streams,
        traces,
        units,
        along: along.axis(streams),
        standing: standing(session, streams),
        possible: possible_efforts(session),
    };
    let x = view.axis()?;
    let panels: Vec<Panel> = [
        view.strip(x.high),
        view.pace(),
        view.heart_rate(),
        view.power().or_else(|| view.cadence()),
        view.altitude(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let shown: Vec<&str> = panels
        .iter()
        .filter_map(|panel| panel.label.split(" (").next())
        .filter(|label| !label.is_empty())
        .collect();
    let over = match along {
        Along::Time => "time",
        Along::Distance => "distance",
    };
    Some(Figure {
        title: format!("{} over {over}", sentence(&shown)),
        description: describe(&session.segments),
        width,
        x,
        panels,
        legend: view.legend(),
    })
}

/// Returns whether the line of flat-equivalent pace says something that pace does not.
#[must_use]
pub fn shows_effort(streams: &Streams) -> bool {
    if !streams.grade_quality.is_used() {
        return false;
    }
    let pairs = streams
        .speed_m_s
        .iter()
        .zip(streams.effort_speed_m_s.iter());
    let (difference, speed) = pairs
        .filter_map(|(speed, effort)| speed.zip(effort))
        .fold((0.0, 0.0), |(difference, sum), (speed, effort)| {
            (difference + (effort - speed).abs(), sum + speed)
        });
    difference > LEAST_EFFORT_DIFFERENCE * speed
}

/// Returns the ink of a kind of segment.
#[must_use]
pub fn segment_ink(kind: SegmentKind) -> Ink {
    use SegmentKind::*;
    match kind {
        Work | Hill => Ink::Hard,
        Tempo | Progression => Ink::Middle,
        Stride => Ink::Stride,
        Recovery | Rest => Ink::Recovery,
        Steady => Ink::Easy,
        WarmUp | CoolDown => Ink::Around,
        Stop => Ink::Stop,
    }
}

fn sentence(words: &[&str]) -> String {
    let mut text = words.join(", ");
    if let Some(first) = text.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    text
}

fn describe(segments: &[Segment]) -> String {
    let efforts = segments
        .iter()
        .filter(|segment| segment.kind.is_work())
        .count();
    format!(
        "{}, {efforts} of them efforts; the table of segments gives the same in numbers.",
        plural(segments.len(), "segment")
    )
}

/// What the panels are made from.
struct View<'a> {
    session: &'a Session,
    streams: &'a Streams,
    traces: &'a Traces,
    units: UnitSystem,
    along: trace::Along<'a>,
    /// From when to when the runner or the timer stood, or nothing was recorded.
    standing: Vec<(f64, f64)>,
    /// From when to when efforts are only possible.
    possible: Vec<(f64, f64)>,
}

impl View<'_> {
    /// Returns what the colours mean, only of what occurs.
    fn legend(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        let segments = self.session.segments.iter();
        for segment in segments.filter(|segment| segment.kind != SegmentKind::Stop) {
            let key = Key::block(segment_ink(segment.kind), segment.kind.word());
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        if !self.possible.is_empty() {
            keys.push(Key::block(Ink::Possible, "possible effort"));
        }
        if !self.standing.is_empty() {
            keys.push(Key::block(Ink::Stop, "stopped, or not recorded"));
        }
        if !self.traces.effort.is_empty() {
            keys.push(Key::line(
                Ink::EffortPace,
                EFFORT_LINE_PX,
                "flat-equivalent pace",
            ));
        }
        keys
    }

    /// Returns the horizontal axis; absent where there is no distance to draw along.
    fn axis(&self) -> Option<Axis> {
        let most = self.traces.width.pick(12, 5);
        let (high, ticks) = match self.along {
            trace::Along::Time => {
                let elapsed_s = self.streams.elapsed_s;
                (elapsed_s, ticks::time(elapsed_s, most))
            }
            trace::Along::Distance(distance_m) => {
                let whole_m = distance_m.max(0..distance_m.len())?;
                (whole_m, ticks::distance(whole_m, self.units, most))
            }
        };
        (high > 0.0).then_some(Axis {
            low: 0.0,
            high,
            ticks,
        })
    }

    /// Returns where a stretch of the clock lies on the horizontal axis.
    fn span(&self, start_s: f64, end_s: f64) -> Option<(f64, f64)> {
        Some((self.along.of_time(start_s)?, self.along.of_time(end_s)?))
    }

    fn strip(&self, high: f64) -> Option<Panel> {
        let segments = self.session.segments.iter();
        let placed = segments.filter_map(|one| Some((one, self.span(one.start_s, one.end_s)?)));
        let placed: Vec<(&Segment, (f64, f64))> = placed.collect();
        let bars = placed
            .iter()
            .map(|(one, x)| Bar::solid(*x, (0.0, 1.0), segment_ink(one.kind)));
        let mut bars: Vec<Bar> = bars.collect();
        // Bars of one colour together take little room in the file; they do not overlap.
        bars.sort_by_key(|bar| bar.ink);
        let names = placed
            .iter()
            .filter_map(|(one, x)| self.name(one, *x, high));
        let shapes: Vec<Shape> = self
            .grounds()
            .into_iter()
            .chain(bars.into_iter().map(Shape::Bar))
            .chain(names)
            .collect();
        (!shapes.is_empty()).then(|| Panel {
            label: String::new(),
            height_px: STRIP_PX,
            y: Axis::plain(0.0, 1.0),
            shapes,
        })
    }

    /// Returns the name of a segment where there is room for it: the number of a repetition, else
    /// its kind.
    fn name(&self, segment: &Segment, x: (f64, f64), high: f64) -> Option<Shape> {
        let text = match segment.rep.filter(|_| segment.kind.is_work()) {
            Some(rep) => rep.to_string(),
            None => segment.kind.word().to_owned(),
        };
        let room = (x.1 - x.0) / high * chart::plot_width_px(self.traces.width);
        (room > chart::text_width_px(&text) + 2.0).then(|| Shape::Text {
            at: (f64::midpoint(x.0, x.1), 0.5),
            text,
            ink: segment_ink(segment.kind).letters(),
        })
    }

    fn pace(&self) -> Option<Panel> {
        let speeds = &self.traces.speed;
        let (low, high) = trace::pace_range(speeds)?;
        let y = Axis {
            low,
            high,
            ticks: ticks::pace(low, high, self.units, self.traces.width.pick(6, 5)),
        };
        let mut shapes = raw_and_smooth(speeds, Ink::Pace);
        shapes.extend(self.traces.effort.iter().map(|stretch| Shape::Line {
            points: stretch.line.clone(),
            ink: Ink::EffortPace,
            width_px: EFFORT_LINE_PX,
        }));
        let references = &self.session.references;
        shapes.extend(levels(
            &y,
            [
                ("habitual easy", references.easy_speed_m_s.as_ref()),
                ("critical speed", references.critical_speed_m_s.as_ref()),
            ],
        ));
        Some(Panel {
            label: format!("pace (min{})", self.units.pace_unit()),
            height_px: self.traces.width.pick(200, 150),
            y,
            shapes,
        })
    }

    fn heart_rate(&self) -> Option<Panel> {
        let threshold = &self.session.references.threshold_heart_rate_bpm;
        let mut panel = self.plain_panel(
            "heart rate (bpm)",
            (130, 110),
            &self.traces.heart_rate,
            Ink::HeartRate,
            (LEAST_SPAN_BPM, trace::OUTSIDE_SHARE),
        )?;
        let levels = levels(&panel.y, [("threshold", threshold.as_ref())]);
        panel.shapes.extend(levels);
        Some(panel)
    }

    fn power(&self) -> Option<Panel> {
        self.plain_panel(
            "power (W)",
            (110, 90),
            &self.traces.power,
            Ink::Power,
            (LEAST_SPAN_W, trace::SLOW_SHARE),
        )
    }

    fn cadence(&self) -> Option<Panel> {
        self.plain_panel(
            "cadence (steps/min)",
            (80, 70),
            &self.traces.cadence,
            Ink::Cadence,
            (LEAST_SPAN_SPM, trace::SLOW_SHARE),
        )
    }

    /// Returns a panel of a channel on an axis of round numbers.
    fn plain_panel(
        &self,
        label: &str,
        (wide_px, narrow_px): (u32, u32),
        stretches: &[Stretch],
        ink: Ink,
        (least_span, low_share): (f64, f64),
    ) -> Option<Panel> {
        let (low, high) = trace::range(trace::values(stretches), low_share, least_span)?;
        let y = Axis {
            low,
            high,
            ticks: ticks::round(
                low,
                high,
                most_ticks(self.traces.width.pick(wide_px, narrow_px)),
            ),
        };
        Some(Panel {
            label: label.to_owned(),
            height_px: self.traces.width.pick(wide_px, narrow_px),
            y,
            shapes: raw_and_smooth(stretches, ink),
        })
    }

    fn altitude(&self) -> Option<Panel> {
        let (unit, metres) = match self.units {
            UnitSystem::Metric => ("m", 1.0),
            UnitSystem::Imperial => ("ft", METRES_PER_FOOT),
        };
        let stretches = &self.traces.altitude;
        let (lowest, highest) = trace::ends(trace::values(stretches), trace::OUTSIDE_SHARE)?;
        if highest - lowest < LEAST_SPAN_ALTITUDE_M {
            return None;
        }
        let values = trace::values(stretches);
        let (low, high) = trace::signed_range(values, trace::OUTSIDE_SHARE, LEAST_SPAN_ALTITUDE_M)?;
        let ticks = ticks::round(
            low / metres,
            high / metres,
            most_ticks(self.traces.width.pick(70, 60)),
        )
        .into_iter();
        let shapes = stretches.iter().map(|stretch| Shape::Area {
            points: stretch.line.clone(),
            ink: Ink::Altitude,
        });
        Some(Panel {
            label: format!("altitude ({unit})"),
            height_px: self.traces.width.pick(70, 60),
            shapes: shapes.collect(),
            y: Axis {
                low,
                high,
                ticks: ticks
                    .map(|tick| Tick::new(tick.at * metres, tick.label))
                    .collect(),
            },
        })
    }

    /// Returns the shaded grounds: efforts, stops, stretches without records, possible efforts.
    fn grounds(&self) -> Vec<Shape> {
        let efforts = self
            .session
            .segments
            .iter()
            .filter(|segment| segment.kind.is_work())
            .map(|one| {
                (
                    (one.start_s, one.end_s),
                    segment_ink(one.kind),
                    BAND_OPACITY,
                )
            });
        let standing = self.standing.iter();
        let standing = standing.map(|span| (*span, Ink::Stop, STANDING_OPACITY));
        let possible = self.possible.iter();
        let possible = possible.map(|span| (*span, Ink::Possible, POSSIBLE_OPACITY));
        efforts
            .chain(standing)
            .chain(possible)
            .filter_map(|((start_s, end_s), ink, opacity)| {
                Some(Shape::Ground {
                    x: self.span(start_s, end_s)?,
                    ink,
                    opacity,
                })
            })
            .collect()
    }
}

/// Returns how many ticks have room on an axis of a height.
fn most_ticks(height_px: u32) -> usize {
    usize::try_from(height_px / TICK_PX).unwrap_or(1)
}

/// Returns the marks of a channel: what was recorded, faint, and the smoothed line upon it.
fn raw_and_smooth(stretches: &[Stretch], ink: Ink) -> Vec<Shape> {
    let raw = stretches
        .iter()
        .filter(|stretch| !stretch.extent.is_empty())
        .map(|stretch| Shape::Band {
            points: stretch.extent.clone(),
            ink,
        });
    let smooth = stretches.iter().map(|stretch| Shape::Line {
        points: stretch.line.clone(),
        ink,
        width_px: LINE_PX,
    });
    raw.chain(smooth).collect()
}

/// Returns the reference values that lie on an axis.
fn levels<const COUNT: usize>(
    y: &Axis,
    references: [(&str, Option<&Reference>); COUNT],
) -> Vec<Shape> {
    let known = references
        .into_iter()
        .filter_map(|(name, reference)| Some((name, reference?.value)));
    known
        .filter(|(_, value)| y.low < *value && *value < y.high)
        .map(|(name, at)| Shape::Level {
            at,
            label: name.to_owned(),
        })
        .collect()
}

/// Returns from when to when the runner or the timer stood, or nothing was recorded.
fn standing(session: &Session, streams: &Streams) -> Vec<(f64, f64)> {
    let cells = streams.paused.iter().zip(&streams.gap);
    let mut is_standing: Vec<bool> = cells.map(|(paused, gap)| *paused || *gap).collect();
    let stops = session.segments.iter();
    for stop in stops.filter(|one| one.kind == SegmentKind::Stop) {
        let end = trace::whole(stop.end_s.ceil()).min(is_standing.len());
        let start = trace::whole(stop.start_s).min(end);
        is_standing[start..end].fill(true);
    }
    let mut cell = 0;
    let chunks = is_standing.chunk_by(|a, b| a == b);
    let spans = chunks.filter_map(|chunk| {
        let start = cell;
        cell += chunk.len();
        let span = (ticks::as_f64(start), ticks::as_f64(cell));
        (chunk[0] && span.1 - span.0 >= LEAST_STANDING_S).then_some(span)
    });
    spans.collect()
}

/// Returns from when to when efforts are only possible: what the gate let fall although it was not
/// unlikely, apart from the efforts that were found and from what is more probable.
#[must_use]
pub fn possible_efforts(session: &Session) -> Vec<(f64, f64)> {
    let mut candidates: Vec<&Candidate> = session
        .summary
        .candidates
        .iter()
        .filter(|one| !one.kept && one.probability >= LEAST_PROBABILITY_SHOWN)
        .collect();
    candidates.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let efforts = session.segments.iter().filter(|one| one.kind.is_work());
    let mut taken: Vec<(f64, f64)> = efforts.map(|one| (one.start_s, one.end_s)).collect();
    let found = taken.len();
    for one in candidates {
        let apart = |span: &(f64, f64)| one.end_s <= span.0 || span.1 <= one.start_s;
        if taken.iter().all(apart) {
            taken.push((one.start_s, one.end_s));
        }
    }
    let mut possible = taken.split_off(found);
    possible.sort_by(|a, b| a.0.total_cmp(&b.0));
    possible
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::channel::Channel;
    use crate::report::sample;
    use crate::report::sample::bars;

    fn drawn(width: Width) -> Figure {
        let (session, streams) = sample::intervals();
        over_time(&session, &streams, width)
    }

    fn over_time(session: &Session, streams: &Streams, width: Width) -> Figure {
        let traces = Traces::new(streams, Along::Time, width);
        figure(session, streams, &traces, UnitSystem::Metric).unwrap()
    }

    #[test]
    fn the_strip_shows_all_segments_and_the_panels_shade_efforts() {
        let figure = drawn(Width::Wide);
        let labels: Vec<&str> = figure.panels.iter().map(|p| p.label.as_str()).collect();
        assert_eq!(
            labels,
            ["", "pace (min/km)", "heart rate (bpm)", "altitude (m)"]
        );
        let strip = bars(&figure.panels[0]);
        assert_eq!(strip.len(), 14);
        assert!(strip.contains(&(Ink::Around, 0.0, 900.0)));
        assert!(strip.contains(&(Ink::Hard, 900.0, 1130.0)));
        let ground = |shape: &Shape| match shape {
            Shape::Ground { x, ink, .. } => Some((*ink, x.0, x.1)),
            _ => None,
        };
        let shaded: Vec<_> = figure.panels[0].shapes.iter().filter_map(ground).collect();
        assert_eq!(shaded.len(), 8);
        assert_eq!(shaded[0], (Ink::Hard, 900.0, 1130.0));
        assert_eq!(shaded[7], (Ink::Possible, 300.0, 340.0));
    }

    #[test]
    fn lines_have_no_more_points_than_pixels() {
        for (width, most) in [(Width::Wide, 240), (Width::Narrow, 110)] {
            for panel in drawn(width).panels {
                for shape in panel.shapes {
                    if let Shape::Line { points, .. } = shape {
                        assert!(points.len() <= most && points.len() > most / 3);
                    }
                }
            }
        }
    }

    #[test]
    fn lines_break_where_the_timer_stood() {
        let (session, mut streams) = sample::intervals();
        streams.paused[1000..1100].fill(true);
        let figure = over_time(&session, &streams, Width::Wide);
        let lines = figure.panels[1]
            .shapes
            .iter()
            .filter(|shape| matches!(shape, Shape::Line { .. }));
        assert_eq!(lines.count(), 2);
    }

    #[test]
    fn what_was_not_recorded_has_no_panel() {
        let (session, mut streams) = sample::intervals();
        streams.heart_rate_bpm = Channel::default();
        streams.grade_quality = crate::streams::GradeQuality::Noisy;
        let drawn = over_time(&session, &streams, Width::Wide);
        assert_eq!(drawn.panels.len(), 2);
        let nothing = Streams::default();
        assert_eq!(svg(&session, &nothing, UnitSystem::Metric, Along::Time), "");
    }

    #[test]
    fn possible_efforts_lie_apart_from_each_other_and_from_efforts() {
        let (mut session, _) = sample::intervals();
        let one = session.summary.candidates[0].clone();
        let at = |start_s, end_s, probability, kept| Candidate {
            start_s,
            end_s,
            probability,
            kept,
            ..one.clone()
        };
        session.summary.candidates = vec![
            at(100.0, 200.0, 0.4, false),
            at(150.0, 260.0, 0.6, false),
            at(260.0, 300.0, 0.4, false),
            at(400.0, 500.0, 0.1, false),
            at(600.0, 700.0, 0.9, true),
            at(890.0, 1000.0, 0.5, false),
        ];
        assert_eq!(possible_efforts(&session), [(150.0, 260.0), (260.0, 300.0)]);
    }
}

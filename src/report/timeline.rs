//! A run over time: a strip of its segments above panels of pace, heart rate, power and altitude.

use crate::channel::Channel;
use crate::classification::Session;
use crate::report::chart;
use crate::report::figure::Axis;
use crate::report::figure::Bar;
use crate::report::figure::Figure;
use crate::report::figure::Key;
use crate::report::figure::Panel;
use crate::report::figure::Shape;
use crate::report::figure::Width;
use crate::report::ink::Ink;
use crate::report::ticks;
use crate::report::trace;
use crate::segmentation::Candidate;
use crate::segmentation::Segment;
use crate::segmentation::SegmentKind;
use crate::streams::Streams;
use crate::units::METRES_PER_FOOT;
use crate::units::UnitSystem;

/// Candidates that were not kept are shown as possible from this probability on.
const LEAST_PROBABILITY_SHOWN: f64 = 0.3;
/// Speeds below this are standing and do not set the range of the pace axis.
///
/// # Units
/// Metres per second.
const STANDING_M_S: f64 = 0.5;
/// The same at the slow end of the pace axis, where the starts and ends of stops lie.
const SLOW_SHARE: f64 = 0.04;
/// The least span of the axes, so that even running looks even.
const LEAST_SPAN_M_S: f64 = 1.2;
/// See [`LEAST_SPAN_M_S`].
const LEAST_SPAN_BPM: f64 = 30.0;
/// See [`LEAST_SPAN_M_S`].
const LEAST_SPAN_W: f64 = 60.0;
/// Flatter courses have no altitude panel worth its room.
///
/// # Units
/// Metres.
const LEAST_SPAN_ALTITUDE_M: f64 = 12.0;
/// Opacity of the ground that continues a segment's colour through the panels.
const BAND_OPACITY: f64 = 0.16;
/// Opacity of the ground of a possible effort.
const POSSIBLE_OPACITY: f64 = 0.18;
/// Height of the strip of segments.
const STRIP_PX: u32 = 18;

/// Returns the chart of a run for a laptop as an SVG file; empty when the run has no streams.
#[must_use]
pub fn svg(session: &Session, streams: &Streams, units: UnitSystem) -> String {
    figure(session, streams, units, Width::Wide)
        .map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns what is drawn; absent when the run has no streams.
#[must_use]
pub fn figure(
    session: &Session,
    streams: &Streams,
    units: UnitSystem,
    width: Width,
) -> Option<Figure> {
    if streams.is_empty() || streams.elapsed_s <= 0.0 {
        return None;
    }
    let view = View {
        session,
        streams,
        units,
        width,
    };
    let panels: Vec<Panel> = [
        view.strip(),
        view.pace(),
        view.heart_rate(),
        view.power(),
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
    Some(Figure {
        title: format!("{} over time", sentence(&shown)),
        description: describe(&session.segments),
        width,
        x: Axis {
            low: 0.0,
            high: streams.elapsed_s,
            ticks: ticks::time(streams.elapsed_s, width.pick(12, 5)),
        },
        panels,
        legend: legend(session),
    })
}

/// Returns what the colours of the strip mean.
fn legend(session: &Session) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for segment in &session.segments {
        let key = Key::block(segment_ink(segment.kind), segment.kind.word());
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    if !possible_efforts(session).is_empty() {
        keys.push(Key::block(Ink::Possible, "possible effort"));
    }
    keys
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
        "{} segments, {efforts} of them efforts; the table of segments gives the same in numbers.",
        segments.len()
    )
}

/// What the panels are made from.
struct View<'a> {
    session: &'a Session,
    streams: &'a Streams,
    units: UnitSystem,
    width: Width,
}

impl View<'_> {
    fn strip(&self) -> Option<Panel> {
        let mut shapes = Vec::new();
        for segment in &self.session.segments {
            let x = (segment.start_s, segment.end_s);
            shapes.push(Shape::Bar(Bar::solid(
                x,
                (0.0, 1.0),
                segment_ink(segment.kind),
            )));
            shapes.extend(self.number(segment));
        }
        (!shapes.is_empty()).then(|| Panel {
            label: String::new(),
            height_px: STRIP_PX,
            y: Axis::plain(0.0, 1.0),
            shapes,
        })
    }

    /// Returns the number of a repetition where there is room for it.
    fn number(&self, segment: &Segment) -> Option<Shape> {
        let text = segment.rep?.to_string();
        if !segment.kind.is_work() {
            return None;
        }
        let room = segment.elapsed_s() / self.streams.elapsed_s * chart::plot_width_px(self.width);
        (room > chart::text_width_px(&text) + 2.0).then(|| Shape::Text {
            at: (f64::midpoint(segment.start_s, segment.end_s), 0.5),
            text,
            ink: segment_ink(segment.kind).letters(),
        })
    }

    fn pace(&self) -> Option<Panel> {
        let lines = self.lines(&self.streams.speed_m_s);
        let moving = trace::values(&lines).filter(|speed| *speed > STANDING_M_S);
        let (low, high) = trace::range(moving, SLOW_SHARE, LEAST_SPAN_M_S)?;
        let y = Axis {
            low,
            high,
            ticks: ticks::pace(low, high, self.units, self.width.pick(6, 5)),
        };
        let references = &self.session.references;
        let levels = [
            ("habitual easy", references.easy_speed_m_s.as_ref()),
            ("critical speed", references.critical_speed_m_s.as_ref()),
        ];
        let label = format!("pace (min{})", self.units.pace_unit());
        let known = levels
            .into_iter()
            .filter_map(|(name, reference)| Some((name, reference?.value)));
        Some(self.panel(
            label,
            self.width.pick(200, 150),
            y,
            &lines,
            Ink::Pace,
            known,
        ))
    }

    fn heart_rate(&self) -> Option<Panel> {
        let lines = self.lines(&self.streams.heart_rate_bpm);
        let y = round_axis(&lines, LEAST_SPAN_BPM)?;
        let threshold = &self.session.references.threshold_heart_rate_bpm;
        let known = threshold
            .iter()
            .map(|reference| ("threshold", reference.value));
        let height = self.width.pick(130, 110);
        let label = "heart rate (bpm)".to_owned();
        Some(self.panel(label, height, y, &lines, Ink::HeartRate, known))
    }

    fn power(&self) -> Option<Panel> {
        let lines = self.lines(&self.streams.power_w);
        let y = round_axis(&lines, LEAST_SPAN_W)?;
        let height = self.width.pick(110, 90);
        let label = "power (W)".to_owned();
        Some(self.panel(label, height, y, &lines, Ink::Power, std::iter::empty()))
    }

    fn altitude(&self) -> Option<Panel> {
        if !self.streams.grade_quality.is_used() {
            return None;
        }
        let (unit, metres) = match self.units {
            UnitSystem::Metric => ("m", 1.0),
            UnitSystem::Imperial => ("ft", METRES_PER_FOOT),
        };
        let altitude = self.streams.altitude_m.map(|height_m| height_m / metres);
        let lines = self.lines(&altitude);
        let (lowest, highest) = trace::ends(trace::values(&lines), trace::OUTSIDE_SHARE)?;
        if (highest - lowest) * metres < LEAST_SPAN_ALTITUDE_M {
            return None;
        }
        let y = round_axis(&lines, LEAST_SPAN_ALTITUDE_M)?;
        let shapes = lines
            .into_iter()
            .map(|points| Shape::Area {
                points,
                ink: Ink::Altitude,
            })
            .collect();
        Some(Panel {
            label: format!("altitude ({unit})"),
            height_px: self.width.pick(70, 60),
            y,
            shapes,
        })
    }

    fn panel<'n>(
        &self,
        label: String,
        height_px: u32,
        y: Axis,
        lines: &[Vec<(f64, f64)>],
        ink: Ink,
        references: impl Iterator<Item = (&'n str, f64)>,
    ) -> Panel {
        let mut shapes = self.bands(&y);
        shapes.extend(lines.iter().map(|points| Shape::Line {
            points: points.clone(),
            ink,
            width_px: 2,
        }));
        shapes.extend(
            references
                .filter(|(_, value)| y.low < *value && *value < y.high)
                .map(|(name, at)| Shape::Level {
                    at,
                    label: name.to_owned(),
                }),
        );
        Panel {
            label,
            height_px,
            y,
            shapes,
        }
    }

    fn lines(&self, channel: &Channel) -> Vec<Vec<(f64, f64)>> {
        trace::lines(channel, &self.streams.paused, self.width)
    }

    /// Returns the shaded grounds: efforts, stops, possible efforts.
    fn bands(&self, y: &Axis) -> Vec<Shape> {
        let high = (y.low, y.high);
        let band = |x, ink, opacity| {
            Shape::Bar(Bar {
                x,
                y: high,
                ink,
                opacity,
            })
        };
        let segments = self
            .session
            .segments
            .iter()
            .filter(|segment| segment.kind.is_work() || segment.kind == SegmentKind::Stop)
            .map(|segment| {
                let x = (segment.start_s, segment.end_s);
                band(x, segment_ink(segment.kind), BAND_OPACITY)
            });
        let possible = possible_efforts(self.session)
            .into_iter()
            .map(|span| band(span, Ink::Possible, POSSIBLE_OPACITY));
        segments.chain(possible).collect()
    }
}

fn round_axis(lines: &[Vec<(f64, f64)>], least_span: f64) -> Option<Axis> {
    let (low, high) = trace::range(trace::values(lines), trace::OUTSIDE_SHARE, least_span)?;
    Some(Axis {
        low,
        high,
        ticks: ticks::round(low, high, 4),
    })
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
    use crate::report::sample;

    fn drawn(width: Width) -> Figure {
        let (session, streams) = sample::intervals();
        figure(&session, &streams, UnitSystem::Metric, width).unwrap()
    }

    fn bars(panel: &Panel) -> Vec<(Ink, f64, f64)> {
        let bar = |shape: &Shape| match shape {
            Shape::Bar(bar) => Some((bar.ink, bar.x.0, bar.x.1)),
            _ => None,
        };
        panel.shapes.iter().filter_map(bar).collect()
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
        assert_eq!(strip[0], (Ink::Around, 0.0, 900.0));
        assert_eq!(strip[1], (Ink::Hard, 900.0, 1130.0));
        let shaded = bars(&figure.panels[1]);
        assert_eq!(shaded.len(), 8);
        assert_eq!(shaded[0], (Ink::Hard, 900.0, 1130.0));
        assert_eq!(shaded[7], (Ink::Possible, 300.0, 340.0));
    }

    #[test]
    fn lines_have_no_more_points_than_pixels() {
        for (width, most) in [(Width::Wide, 600), (Width::Narrow, 300)] {
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
        let figure = figure(&session, &streams, UnitSystem::Metric, Width::Wide).unwrap();
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
        let drawn = figure(&session, &streams, UnitSystem::Metric, Width::Wide).unwrap();
        assert_eq!(drawn.panels.len(), 2);
        let nothing = Streams::default();
        assert_eq!(svg(&session, &nothing, UnitSystem::Metric), "");
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

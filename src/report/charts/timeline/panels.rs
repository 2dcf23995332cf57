//! The panels of a run: the strip of its segments, and a panel for each channel.

use crate::classification::Session;
use crate::history::Reference;
use crate::report::charts::timeline::traces::Lines;
use crate::report::charts::timeline::traces::Traces;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Bar;
use crate::report::drawing::figure::Key;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Tick;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::ink::segment_ink;
use crate::report::drawing::layout;
use crate::report::drawing::letters;
use crate::report::drawing::ticks;
use crate::report::drawing::trace;
use crate::report::drawing::trace::Stretch;
use crate::segmentation::Segment;
use crate::streams::Streams;
use crate::units::METRES_PER_FOOT;
use crate::units::UnitSystem;
use crate::vocabulary::SegmentKind;

/// Opacity of the ground that continues a segment's colour through the panels.
const BAND_OPACITY: f64 = 0.16;
/// Opacity of the ground of a possible effort.
const POSSIBLE_OPACITY: f64 = 0.18;
/// Opacity of the ground of stops and of stretches without records.
const STANDING_OPACITY: f64 = 0.35;
/// Room that the label of a tick takes.
const TICK_PX: u32 = 22;
/// Height of the strip of segments.
const STRIP_PX: u32 = 20;
/// Thickness of the smoothed lines.
const LINE_PX: u32 = 2;
/// Thickness of the line of flat-equivalent pace.
const EFFORT_LINE_PX: u32 = 1;

/// What the panels are made from.
pub(super) struct View<'a> {
    pub(super) session: &'a Session,
    pub(super) streams: &'a Streams,
    pub(super) traces: &'a Traces,
    pub(super) units: UnitSystem,
    pub(super) along: trace::Along<'a>,
    /// From when to when the runner or the timer stood, or nothing was recorded.
    pub(super) standing: Vec<(f64, f64)>,
    /// From when to when efforts are only possible.
    pub(super) possible: Vec<(f64, f64)>,
}

impl View<'_> {
    /// Returns what the colours mean, only of what occurs.
    pub(super) fn legend(&self) -> Vec<Key> {
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
                "grade-adjusted pace",
            ));
        }
        keys
    }

    /// Returns the horizontal axis; absent where there is no distance to draw along.
    pub(super) fn axis(&self) -> Option<Axis> {
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

    pub(super) fn strip(&self, high: f64) -> Option<Panel> {
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
        let text = match segment.rep_number() {
            Some(rep) => rep.to_string(),
            None => segment.kind.word().to_owned(),
        };
        let room = (x.1 - x.0) / high * layout::plot_width_px(self.traces.width);
        (room > letters::text_width_px(&text) + 2.0).then(|| Shape::Text {
            at: (f64::midpoint(x.0, x.1), 0.5),
            text,
            ink: segment_ink(segment.kind).letters(),
        })
    }

    pub(super) fn pace(&self) -> Option<Panel> {
        let speeds = &self.traces.speed;
        let (low, high) = speeds.ends?;
        let y = Axis {
            low,
            high,
            ticks: ticks::pace(low, high, self.units, self.traces.width.pick(6, 5)),
        };
        let mut shapes = raw_and_smooth(&speeds.stretches, Ink::Pace);
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

    pub(super) fn heart_rate(&self) -> Option<Panel> {
        let threshold = &self.session.references.threshold_heart_rate_bpm;
        let mut panel = self.plain_panel(
            "heart rate (bpm)",
            (130, 110),
            &self.traces.heart_rate,
            Ink::HeartRate,
        )?;
        let levels = levels(&panel.y, [("threshold", threshold.as_ref())]);
        panel.shapes.extend(levels);
        Some(panel)
    }

    pub(super) fn power(&self) -> Option<Panel> {
        self.plain_panel("power (W)", (110, 90), &self.traces.power, Ink::Power)
    }

    pub(super) fn cadence(&self) -> Option<Panel> {
        self.plain_panel(
            "cadence (steps/min)",
            (80, 70),
            &self.traces.cadence,
            Ink::Cadence,
        )
    }

    /// Returns a panel of a channel on an axis of round numbers.
    fn plain_panel(
        &self,
        label: &str,
        (wide_px, narrow_px): (u32, u32),
        lines: &Lines,
        ink: Ink,
    ) -> Option<Panel> {
        let (low, high) = lines.ends?;
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
            shapes: raw_and_smooth(&lines.stretches, ink),
        })
    }

    pub(super) fn altitude(&self) -> Option<Panel> {
        let (unit, metres) = match self.units {
            UnitSystem::Metric => ("m", 1.0),
            UnitSystem::Imperial => ("ft", METRES_PER_FOOT),
        };
        let (low, high) = self.traces.altitude.ends?;
        let ticks = ticks::round(
            low / metres,
            high / metres,
            most_ticks(self.traces.width.pick(70, 60)),
        )
        .into_iter();
        let stretches = self.traces.altitude.stretches.iter();
        let shapes = stretches.map(|stretch| Shape::Area {
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

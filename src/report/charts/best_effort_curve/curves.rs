//! The curves of best efforts and of what critical speed lets expect, with their names.

use crate::clean::clean_text;
use crate::history::MODELLED_S;
use crate::history::Reference;
use crate::history::modelled_best;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Key;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Sizes;
use crate::report::drawing::figure::Tick;
use crate::report::drawing::figure::Width;
use crate::report::drawing::free_place::FreePlaces;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::layout;
use crate::report::drawing::near_median::near_median;
use crate::report::drawing::ticks;
use crate::units::MetresPerSecond;
use crate::units::SECONDS_PER_MINUTE;
use crate::units::UnitSystem;

/// Shorter efforts are not shown: satellites do not measure them.
///
/// # Units
/// Seconds.
pub(super) const LEAST_S: f64 = 30.0;

/// The axis reaches at least so far.
///
/// # Units
/// Seconds.
const LEAST_END_S: f64 = 1200.0;
/// The marked durations.
///
/// # Units
/// Minutes.
const TICKS_MIN: [f64; 9] = [1.0, 2.0, 5.0, 10.0, 20.0, 60.0, 120.0, 240.0, 480.0];
/// Usual distances with the words for them, those that are named first when there is little room.
const NAMES: [(f64, &str); 10] = [
    (5000.0, "5 km"),
    (1000.0, "1 km"),
    (10_000.0, "10 km"),
    (21_097.5, "half"),
    (42_195.0, "marathon"),
    (1609.344, "mile"),
    (3000.0, "3 km"),
    (400.0, "400 m"),
    (15_000.0, "15 km"),
    (800.0, "800 m"),
];
/// Speeds farther from their median do not set the axis: a leap of the position would flatten all
/// the rest.
///
/// # Units
/// Ratio. Chosen: nobody sprints half as fast again as they run for minutes.
const FAR_OFF: f64 = 0.5;
/// Space above and below what is drawn, as a share of its span.
const MARGIN: f64 = 0.08;
/// The least span of speeds.
///
/// # Units
/// Metres per second.
const LEAST_SPAN_M_S: f64 = 1.0;
/// The modelled curve is drawn through so many points.
pub(super) const MODEL_POINTS: usize = 40;
/// Height of the chart on a laptop and on a phone.
const HEIGHT_PX: Sizes<u32> = Sizes {
    wide: 260,
    narrow: 230,
};
/// Radius of a dot.
const DOT_PX: u32 = 4;
/// From a mark to the middle of its letters.
const LETTERS_PX: f64 = 13.0;

/// Thickness of lines.
const LINE_WIDTH_PX: u32 = 2;

/// The fastest time over a distance.
pub(super) struct Effort {
    pub(super) distance_m: f64,
    pub(super) time_s: f64,
    /// False when it was put together over rests.
    pub(super) continuous: bool,
}

impl Effort {
    fn point(&self) -> (f64, f64) {
        (self.time_s.log10(), self.distance_m / self.time_s)
    }
}

/// What is drawn.
pub(super) struct Curves<'a> {
    pub(super) title: &'a str,
    /// Durations and speeds.
    pub(super) best: Vec<(f64, f64)>,
    /// The same of the year before.
    pub(super) earlier: Vec<(f64, f64)>,
    pub(super) efforts: Vec<Effort>,
    pub(super) critical_speed: Option<&'a Reference>,
}

impl Curves<'_> {
    /// Returns the chart; absent when there is nothing to draw.
    pub(super) fn figure(mut self, units: UnitSystem, width: Width) -> Option<Figure> {
        self.efforts.retain(|effort| effort.time_s >= LEAST_S);
        let (first, last) = self.durations()?;
        let (low, high) = (first.log10(), last.max(LEAST_END_S).log10());
        self.earlier
            .retain(|(duration_s, _)| duration_s.log10() <= high);
        let plot_px = layout::plot_width_px(width);
        let x = Axis {
            low,
            high,
            ticks: duration_ticks(low, high, plot_px / (high - low)),
        };
        let y = self.speed_axis(units, width)?;
        let height_px = HEIGHT_PX.on(width);
        let free = FreePlaces::new(&x, &y, (plot_px, f64::from(height_px)));
        let shapes = [
            self.model(),
            line(&self.earlier, Ink::Earlier),
            line(&self.best, Ink::Pace),
            self.dots(),
            self.names(free, units),
        ];
        Some(Figure {
            title: self.title.to_owned(),
            description: self.description(units),
            width,
            legend: self.legend(),
            panels: vec![Panel {
                label: format!("grade-adjusted pace (min{}) over time", units.pace_unit()),
                height_px,
                shapes: shapes.concat(),
                y,
            }],
            x,
        })
    }

    fn legend(&self) -> Vec<Key> {
        let stitched = self.efforts.iter().any(|effort| !effort.continuous);
        let entries = [
            (
                true,
                Key::line(Ink::Pace, LINE_WIDTH_PX, "fastest over any time"),
            ),
            (
                !self.earlier.is_empty(),
                Key::line(Ink::Earlier, LINE_WIDTH_PX, "in the year before"),
            ),
            (
                true,
                Key::dot(Ink::Pace, true, "usual distances, as recorded"),
            ),
            (
                stitched,
                Key::dot(Ink::Pace, false, "over a stop of the timer, without it"),
            ),
            (
                self.critical_speed.is_some(),
                Key::line(
                    Ink::Reference,
                    LINE_WIDTH_PX,
                    "critical speed, and what it lets expect",
                ),
            ),
        ];
        let shown = entries.into_iter().filter(|(is_shown, _)| *is_shown);
        shown.map(|(_, key)| key).collect()
    }

    /// Returns the shortest and the longest duration of what was run.
    fn durations(&self) -> Option<(f64, f64)> {
        let curve = self.best.iter().map(|(duration_s, _)| *duration_s);
        let efforts = self.efforts.iter().map(|effort| effort.time_s);
        let all = || curve.clone().chain(efforts.clone());
        Some((all().reduce(f64::min)?, all().reduce(f64::max)?))
    }

    /// Returns the axis of speeds: all of the model, and of what was run what is not far off.
    fn speed_axis(&self, units: UnitSystem, width: Width) -> Option<Axis> {
        let curves = self.best.iter().chain(&self.earlier);
        let speeds = curves.map(|(_, speed)| *speed);
        let run = speeds.chain(self.efforts.iter().map(|effort| effort.point().1));
        let (mut low, mut high) = near_median(run, FAR_OFF)?;
        if let Some(known) = self.critical_speed {
            low = low.min(modelled_best(known.low, *MODELLED_S.end()));
            high = high.max(modelled_best(known.high, *MODELLED_S.start()));
        }
        let margin = (high - low).max(LEAST_SPAN_M_S) * MARGIN;
        let (low, high) = ((low - margin).max(0.0), high + margin);
        Some(Axis {
            low,
            high,
            ticks: ticks::pace(low, high, units, width.pick(7, 6)),
        })
    }

    /// Returns the best that a critical speed lets expect, as far as the axis reaches.
    fn modelled(&self, critical_speed_m_s: f64) -> Vec<(f64, f64)> {
        let last = self
            .durations()
            .map_or(LEAST_END_S, |(_, last)| last.max(LEAST_END_S));
        let (low, high) = (
            MODELLED_S.start().log10(),
            MODELLED_S.end().min(last).log10(),
        );
        let step = (high - low) / ticks::as_f64(MODEL_POINTS - 1);
        let places = (0..MODEL_POINTS).map(|point| low + step * ticks::as_f64(point));
        places
            .map(|place| (place, modelled_best(critical_speed_m_s, 10f64.powf(place))))
            .collect()
    }

    /// Returns critical speed, the best that it lets expect, and that of its 90 % interval.
    fn model(&self) -> Vec<Shape> {
        let Some(known) = self.critical_speed else {
            return Vec::new();
        };
        let (slow, fast) = (self.modelled(known.low), self.modelled(known.high));
        let band = slow.into_iter().zip(fast);
        vec![
            Shape::Band {
                points: band.map(|((x, low), (_, high))| (x, low, high)).collect(),
                ink: Ink::Reference,
            },
            Shape::Level {
                at: known.value,
                label: String::new(),
            },
            Shape::Line {
                points: self.modelled(known.value),
                ink: Ink::Reference,
                width_px: LINE_WIDTH_PX,
            },
        ]
    }

    /// Returns the dots: full where the effort was run without a rest, else hollow.
    fn dots(&self) -> Vec<Shape> {
        let dots = self.efforts.iter().map(|effort| Shape::Dot {
            at: effort.point(),
            radius_px: DOT_PX,
            ink: Ink::Pace,
            filled: effort.continuous,
        });
        dots.collect()
    }

    /// Returns the names of the distances above their dots, as many as there is room for, and those
    /// of the reference lines where they hide least.
    fn names(&self, mut free: FreePlaces<'_>, units: UnitSystem) -> Vec<Shape> {
        free.add_line(&logarithmic(&self.best));
        let mut shapes = Vec::new();
        for (distance_m, name) in NAMES {
            let named = |effort: &&Effort| (effort.distance_m - distance_m).abs() < 1.0;
            let Some(effort) = self.efforts.iter().find(named) else {
                continue;
            };
            let place = free.beside(effort.point(), LETTERS_PX, name);
            if free.is_free(place, name) {
                free.add_letters(place, name);
                shapes.push(letters(place, name));
            }
        }
        let Some(known) = self.critical_speed else {
            return shapes;
        };
        let curve = self.modelled(known.value);
        let edge = self.modelled(known.high);
        free.add_line(&curve);
        free.add_line(&edge);
        let name = "modelled best";
        let above = edge.iter().map(|at| free.beside(*at, LETTERS_PX, name));
        if let Some(place) = free.freest(above, name) {
            free.add_letters(place, name);
            shapes.push(letters(place, name));
        }
        // The room is that of the longer of both systems, so that it stands at one place in either.
        let names = [units, UnitSystem::Metric, UnitSystem::Imperial].map(|units| {
            let pace = MetresPerSecond(known.value).show_pace(units);
            format!("critical speed {pace}")
        });
        let longest = names
            .iter()
            .max_by_key(|name| name.len())
            .unwrap_or(&names[0]);
        let along = logarithmic(&self.best).into_iter().chain(curve);
        let level = along.flat_map(|(x, _)| {
            [LETTERS_PX, -LETTERS_PX].map(|above| free.beside((x, known.value), above, longest))
        });
        let mut level = level.filter(|place| free.is_clear(*place, longest));
        // Where there is no room for it, as on a phone, the legend and the description say it.
        shapes.extend(level.next().map(|place| letters(place, &names[0])));
        shapes
    }

    fn description(&self, units: UnitSystem) -> String {
        let pace = |speed: f64| MetresPerSecond(speed).show_pace(units);
        let mut told = vec!["Fastest pace over each time.".to_owned()];
        if !self.earlier.is_empty() {
            told.push("Fainter: the year before.".to_owned());
        }
        if self.efforts.iter().any(|effort| !effort.continuous) {
            told.push("Hollow dots: put together over rests.".to_owned());
        }
        if let Some(known) = self.critical_speed {
            told.push(format!(
                "Dashed: critical speed {} (90 % interval {} to {}; {}) and the best that it lets \
                 expect over 2 to 60 minutes; shaded: that of the interval.",
                pace(known.value),
                pace(known.low),
                pace(known.high),
                clean_text(&known.source)
            ));
        }
        told.join(" ")
    }
}

/// Returns durations as places on the axis.
fn logarithmic(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let points = points.iter();
    points
        .map(|(duration_s, speed)| (duration_s.log10(), *speed))
        .collect()
}

fn line(points: &[(f64, f64)], ink: Ink) -> Vec<Shape> {
    let line = (points.len() > 1).then(|| Shape::Line {
        points: logarithmic(points),
        ink,
        width_px: LINE_WIDTH_PX,
    });
    line.into_iter().collect()
}

fn letters(at: (f64, f64), text: &str) -> Shape {
    Shape::Text {
        at,
        text: text.to_owned(),
        ink: Ink::Label,
    }
}

/// Returns the marked durations; the last one names the unit.
fn duration_ticks(low: f64, high: f64, unit_px: f64) -> Vec<Tick> {
    const HALF_MINUTE: f64 = 0.5;
    let place = |minutes: f64| (minutes * SECONDS_PER_MINUTE).log10();
    let within = TICKS_MIN
        .into_iter()
        .filter(|minutes| (low..=high).contains(&place(*minutes)));
    let mut ticks: Vec<Tick> = within
        .map(|minutes| Tick::new(place(minutes), minutes.to_string()))
        .collect();
    if low <= place(HALF_MINUTE) {
        ticks.insert(0, Tick::new(place(HALF_MINUTE), "30 s"));
    }
    if let Some(last) = ticks.last_mut() {
        last.label.push_str(" min");
    }
    ticks::apart(ticks, unit_px)
}

//! Best efforts: how fast over how long, of one run or of a block, against what critical speed lets
//! expect.
//!
//! Speed is effort speed, standing counts, and time is on a logarithmic axis. Dots are the fastest
//! times over usual distances, as the watch measured them.

use std::collections::BTreeMap;

use chrono::Days;
use chrono::NaiveDate;

use crate::classification::Session;
use crate::history::MODELLED_S;
use crate::history::Reference;
use crate::history::modelled_best;
use crate::report::chart;
use crate::report::clean_text;
use crate::report::figure::Axis;
use crate::report::figure::Figure;
use crate::report::figure::Key;
use crate::report::figure::Panel;
use crate::report::figure::Shape;
use crate::report::figure::Tick;
use crate::report::figure::Width;
use crate::report::free_place::FreePlaces;
use crate::report::ink::Ink;
use crate::report::ticks;
use crate::report::trace;
use crate::review::COMPARED_DAYS;
use crate::review::Review;
use crate::units::MetresPerSecond;
use crate::units::SECONDS_PER_MINUTE;
use crate::units::UnitSystem;

/// Shorter efforts are not shown: satellites do not measure them.
///
/// # Units
/// Seconds.
const LEAST_S: f64 = 30.0;
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
const MODEL_POINTS: usize = 40;
/// Height of the chart on a laptop and on a phone.
const HEIGHT_PX: (u32, u32) = (260, 230);
/// Radius of a dot.
const DOT_PX: u32 = 4;
/// From a mark to the middle of its letters.
const LETTERS_PX: f64 = 13.0;

/// Returns the chart of one run for a laptop as an SVG file; empty when it has no best efforts.
#[must_use]
pub fn run_svg(session: &Session, units: UnitSystem) -> String {
    run_figure(session, units, Width::Wide)
        .map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns the chart of a block for a laptop as an SVG file; empty when it has no best efforts.
///
/// The sessions are those of [`block_figure`].
#[must_use]
pub fn block_svg(review: &Review, sessions: &[&Session], units: UnitSystem) -> String {
    block_figure(review, sessions, units, Width::Wide)
        .map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns the best efforts of a run against the reference values of its day; absent when it has
/// none.
#[must_use]
pub fn run_figure(session: &Session, units: UnitSystem, width: Width) -> Option<Figure> {
    let efforts = session.best_efforts.iter().map(|effort| Effort {
        distance_m: effort.distance_m,
        time_s: effort.time_s,
        continuous: effort.continuous,
    });
    let curves = Curves {
        title: "Best efforts of the run",
        best: envelope([session].into_iter()),
        earlier: Vec::new(),
        efforts: efforts.collect(),
        critical_speed: session.references.critical_speed_m_s.as_ref(),
    };
    curves.figure(units, width)
}

/// Returns the best efforts of a block against the year before it and the reference values of its
/// last run; absent when it has none.
///
/// `sessions` are all sessions of the athlete, in order of start, those before the block included.
#[must_use]
pub fn block_figure(
    review: &Review,
    sessions: &[&Session],
    units: UnitSystem,
    width: Width,
) -> Option<Figure> {
    let (from, to) = (review.from?, review.to?);
    let since = from
        .checked_sub_days(Days::new(COMPARED_DAYS))
        .unwrap_or(from);
    let runs = |first: NaiveDate, last: NaiveDate| {
        let counted = sessions
            .iter()
            .copied()
            .filter(|session| !session.excluded && session.kind.is_run());
        counted.filter(move |session| {
            let day = session.head.day;
            day.is_some_and(|day| (first..=last).contains(&day))
        })
    };
    let efforts = review.best_efforts.iter().map(|best| Effort {
        distance_m: best.distance_m,
        time_s: best.time_s,
        continuous: true,
    });
    let curves = Curves {
        title: "Best efforts of the block",
        best: envelope(runs(from, to)),
        earlier: from
            .pred_opt()
            .map_or_else(Vec::new, |eve| envelope(runs(since, eve))),
        efforts: efforts.collect(),
        critical_speed: runs(from, to)
            .filter_map(|session| session.references.critical_speed_m_s.as_ref())
            .last(),
    };
    curves.figure(units, width)
}

/// Returns the greatest speed over each duration of some runs, shortest duration first.
fn envelope<'a>(sessions: impl Iterator<Item = &'a Session>) -> Vec<(f64, f64)> {
    let mut best: BTreeMap<usize, f64> = BTreeMap::new();
    let points = sessions.flat_map(|session| &session.summary.mean_max);
    for point in points.filter(|point| point.duration_s >= LEAST_S) {
        let speed = best.entry(trace::whole(point.duration_s)).or_default();
        *speed = speed.max(point.speed_m_s);
    }
    best.into_iter()
        .map(|(duration_s, speed)| (ticks::as_f64(duration_s), speed))
        .collect()
}

/// Thickness of lines.
const LINE_WIDTH_PX: u32 = 2;

/// The fastest time over a distance.
struct Effort {
    distance_m: f64,
    time_s: f64,
    continuous: bool,
}

impl Effort {
    fn point(&self) -> (f64, f64) {
        (self.time_s.log10(), self.distance_m / self.time_s)
    }
}

/// What is drawn.
struct Curves<'a> {
    title: &'a str,
    /// Durations and speeds.
    best: Vec<(f64, f64)>,
    earlier: Vec<(f64, f64)>,
    efforts: Vec<Effort>,
    critical_speed: Option<&'a Reference>,
}

impl Curves<'_> {
    fn figure(mut self, units: UnitSystem, width: Width) -> Option<Figure> {
        self.efforts.retain(|effort| effort.time_s >= LEAST_S);
        let (first, last) = self.durations()?;
        let (low, high) = (first.log10(), last.max(LEAST_END_S).log10());
        self.earlier
            .retain(|(duration_s, _)| duration_s.log10() <= high);
        let plot_px = chart::plot_width_px(width);
        let x = Axis {
            low,
            high,
            ticks: duration_ticks(low, high, plot_px / (high - low)),
        };
        let y = self.speed_axis(units, width)?;
        let height_px = width.pick(HEIGHT_PX.0, HEIGHT_PX.1);
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
                label: format!("effort pace (min{}) over time", units.pace_unit()),
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
            (true, Key::dot(Ink::Pace, true, "usual distances")),
            (
                stitched,
                Key::dot(Ink::Pace, false, "over a stop of the timer, without it"),
            ),
            (
                self.critical_speed.is_some(),
                Key::line(
                    Ink::Reference,
                    LINE_WIDTH_PX,
                    "expected from critical speed",
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
        let (mut low, mut high) = trace::near_median(run, FAR_OFF)?;
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
        let level = curve.iter().flat_map(|(x, _)| {
            [LETTERS_PX, -LETTERS_PX].map(|above| free.beside((*x, known.value), above, longest))
        });
        let place = free.freest(level.collect::<Vec<_>>(), longest);
        shapes.extend(place.map(|place| letters(place, &names[0])));
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::report::sample;
    use crate::review::BlockBest;
    use crate::summary::MeanMax;

    fn curve(points: &[(f64, f64)]) -> Vec<MeanMax> {
        let point = |(duration_s, speed_m_s): &(f64, f64)| MeanMax {
            duration_s: *duration_s,
            speed_m_s: *speed_m_s,
            start_s: 0.0,
            heart_rate_bpm: None,
            slope: None,
            suspect_s: 0.0,
        };
        points.iter().map(point).collect()
    }

    fn session(points: &[(f64, f64)]) -> Session {
        let (mut session, _) = sample::intervals();
        session.summary.mean_max = curve(points);
        session
    }

    const POINTS: [(f64, f64); 5] = [
        (20.0, 7.0),
        (60.0, 4.9),
        (300.0, 4.2),
        (1200.0, 3.6),
        (1800.0, 3.5),
    ];

    fn lines(figure: &Figure, wanted: Ink) -> Vec<Vec<(f64, f64)>> {
        let line = |shape: &Shape| match shape {
            Shape::Line { points, ink, .. } if *ink == wanted => Some(points.clone()),
            _ => None,
        };
        figure.panels[0].shapes.iter().filter_map(line).collect()
    }

    fn dots(figure: &Figure) -> Vec<(f64, bool)> {
        let dot = |shape: &Shape| match shape {
            Shape::Dot { at, filled, .. } => Some((at.1, *filled)),
            _ => None,
        };
        figure.panels[0].shapes.iter().filter_map(dot).collect()
    }

    #[test]
    fn a_run_stands_against_its_modelled_best() {
        let figure = run_figure(&session(&POINTS), UnitSystem::Metric, Width::Wide).unwrap();
        let own = &lines(&figure, Ink::Pace)[0];
        assert_eq!(own.len(), 4, "20 s are too short to show");
        assert!((own[3].0 - 1800f64.log10()).abs() < 1e-9);
        let model = &lines(&figure, Ink::Reference)[0];
        let (first, last) = (model[0], model[MODEL_POINTS - 1]);
        // Critical speed is 4.1, D' 180 m: 4.1 + 180 / 120 at 2 min; the axis ends at 30 min.
        assert!((first.1 - 5.6).abs() < 1e-9, "{first:?}");
        assert!((last.0 - 1800f64.log10()).abs() < 1e-9);
        assert!((last.1 - modelled_best(4.1, 1800.0)).abs() < 1e-9);
        let labels: Vec<&str> = figure
            .x
            .ticks
            .iter()
            .map(|tick| tick.label.as_str())
            .collect();
        assert_eq!(labels, ["1", "2", "5", "10", "20 min"]);
        assert!(figure.description.contains("3 best efforts, 90 days"));
        assert!(
            figure
                .description
                .contains("90 % interval 4:10/km to 3:58/km")
        );
    }

    #[test]
    fn efforts_over_rests_are_hollow() {
        let figure = run_figure(&session(&POINTS), UnitSystem::Metric, Width::Wide).unwrap();
        assert_eq!(
            dots(&figure),
            [(1000.0 / 229.1, true), (1609.344 / 431.0, false)]
        );
        assert!(figure.description.contains("put together over rests"));
    }

    #[test]
    fn a_leap_of_the_position_does_not_flatten_the_curve() {
        let axis = |first: f64| {
            let mut points = POINTS;
            points[1].1 = first;
            let drawn = run_figure(&session(&points), UnitSystem::Metric, Width::Wide);
            let figure = drawn.unwrap();
            (figure.panels[0].y.low, figure.panels[0].y.high)
        };
        assert_eq!(axis(4.9), axis(40.0));
    }

    #[test]
    fn the_marks_are_the_same_in_both_systems_and_no_letters_collide() {
        for width in [Width::Wide, Width::Narrow] {
            let session = session(&POINTS);
            let of = |units| run_figure(&session, units, width).unwrap();
            let (metric, imperial) = (of(UnitSystem::Metric), of(UnitSystem::Imperial));
            assert_eq!(sample::marks(&metric), sample::marks(&imperial));
            assert_eq!(sample::colliding(&metric), []);
            assert_eq!(sample::colliding(&imperial), []);
        }
    }

    #[test]
    fn a_block_is_the_best_of_its_runs_beside_the_year_before() {
        let day = |days: u64| sample::first_day() + Days::new(days);
        let on = |days: u64, speed: f64| {
            let mut session = session(&[(60.0, speed), (600.0, speed - 1.0)]);
            session.head.day = Some(day(days));
            session
        };
        let (before, first, last) = (on(0, 4.5), on(30, 4.75), on(40, 4.25));
        let mut excluded = on(35, 9.0);
        excluded.excluded = true;
        let review = Review {
            from: Some(day(28)),
            to: Some(day(41)),
            best_efforts: vec![BlockBest {
                distance_m: 1000.0,
                time_s: 240.0,
                ..BlockBest::default()
            }],
            ..Review::default()
        };
        let sessions = [&before, &first, &excluded, &last];
        let drawn = block_figure(&review, &sessions, UnitSystem::Metric, Width::Wide);
        let figure = drawn.unwrap();
        let speeds = |ink| -> Vec<f64> {
            let points = lines(&figure, ink).concat();
            points.iter().map(|(_, speed)| *speed).collect()
        };
        assert_eq!(speeds(Ink::Pace), [4.75, 3.75]);
        assert_eq!(speeds(Ink::Earlier), [4.5, 3.5]);
        assert_eq!(dots(&figure), [(1000.0 / 240.0, true)]);
    }

    #[test]
    fn without_best_efforts_there_is_no_chart() {
        assert_eq!(run_svg(&Session::default(), UnitSystem::Metric), "");
        assert_eq!(block_svg(&Review::default(), &[], UnitSystem::Metric), "");
    }
}

//! Workouts of the same structure over time: how fast each was, and below it at which heart rate.

use chrono::NaiveDate;

use crate::report::drawing::chart;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Key;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::letters::ascii;
use crate::report::drawing::ticks;
use crate::review::Comparable;
use crate::review::ComparedWorkout;
use crate::review::Review;
use crate::units::MetresPerSecond;
use crate::units::UnitSystem;

/// Structures that are drawn at most; the table has the others.
const MOST_STRUCTURES: usize = 4;
/// Height of a panel of paces.
const PACE_PX: u32 = 84;
/// Height of a panel of heart rates.
const HEART_RATE_PX: u32 = 52;
/// The least span of a panel, so that a small change looks small.
///
/// # Units
/// Metres per second.
const LEAST_SPAN_M_S: f64 = 0.3;
/// See [`LEAST_SPAN_M_S`].
///
/// # Units
/// Beats per minute.
const LEAST_SPAN_BPM: f64 = 12.0;
/// Space between the values and the ends of the axis, as a share of their span.
const AXIS_MARGIN: f64 = 0.25;
/// Space between the first and the last day and the ends of the axis, as a share of the time.
const TIME_MARGIN: f64 = 0.02;
/// Radius of a workout.
const DOT_PX: u32 = 4;
/// Thickness of the lines between workouts.
const LINE_PX: u32 = 1;

/// Returns the chart of a block as an SVG file; empty when no workout came twice.
#[must_use]
pub fn svg(review: &Review, units: UnitSystem) -> String {
    figure(review, units, Width::Wide).map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns what is drawn; absent when no workout came twice.
#[must_use]
pub fn figure(review: &Review, units: UnitSystem, width: Width) -> Option<Figure> {
    let all = &review.comparable_workouts;
    let shown = &all[..all.len().min(MOST_STRUCTURES)];
    let days = || shown.iter().flat_map(|one| &one.sessions).map(|s| s.day);
    let (first, last) = (days().min()?, days().max()?);
    let view = View {
        first,
        x: time_axis(first, last, width),
        units,
    };
    Some(Figure {
        title: "The same workout again".to_owned(),
        description: description(shown, all.len() - shown.len(), units),
        width,
        x: view.x.clone(),
        panels: shown.iter().flat_map(|one| view.panels(one)).collect(),
        legend: vec![
            Key::dot(Ink::Pace, true, "mean grade-adjusted pace of the reps"),
            Key::dot(Ink::HeartRate, false, "their mean heart rate"),
            Key::note("Percent: speed against the one before."),
        ],
    })
}

/// Returns the workouts in words.
fn description(shown: &[Comparable], left_out: usize, units: UnitSystem) -> String {
    let told = shown.iter().filter_map(|one| {
        let last = one.sessions.last()?;
        let beats = last
            .heart_rate_bpm
            .map_or_else(String::new, |beats| format!(" at {beats:.0} bpm"));
        let change = one.change_pct.map_or_else(String::new, |percent| {
            format!(", {percent:+.1} % against the one before")
        });
        Some(format!(
            "{}: {} times, last on {} in {}{beats}{change}.",
            ascii(&one.name),
            one.sessions.len(),
            last.day.format("%-d %b %Y"),
            pace(last, units)
        ))
    });
    let mut told: Vec<String> = told.collect();
    if left_out > 0 {
        told.push(format!("The table has {left_out} more."));
    }
    told.join(" ")
}

/// Returns an axis of time on which no dot touches an end.
fn time_axis(first: NaiveDate, last: NaiveDate, width: Width) -> Axis {
    let axis = ticks::month_axis(first, last, width);
    let margin = (axis.high - axis.low) * TIME_MARGIN;
    Axis {
        low: axis.low - margin,
        high: axis.high + margin,
        ticks: axis.ticks,
    }
}

/// What the panels are made with.
struct View {
    first: NaiveDate,
    x: Axis,
    units: UnitSystem,
}

impl View {
    /// Returns the panels of one structure: pace, and heart rate where it is known.
    fn panels(&self, one: &Comparable) -> Vec<Panel> {
        [self.pace(one), self.heart_rate(one)]
            .into_iter()
            .flatten()
            .collect()
    }

    fn pace(&self, one: &Comparable) -> Option<Panel> {
        let points = self.points(one, |workout| Some(workout.effort_speed_m_s));
        let (low, high) = span(&points, LEAST_SPAN_M_S)?;
        let end = (pace(one.sessions.last()?, self.units), change(one));
        Some(Panel {
            label: format!("{}, min{}", ascii(&one.name), self.units.pace_unit()),
            height_px: PACE_PX,
            y: Axis {
                low,
                high,
                ticks: ticks::pace(low, high, self.units, 3),
            },
            shapes: self.shapes(&points, (low, high), Ink::Pace, end),
        })
    }

    fn heart_rate(&self, one: &Comparable) -> Option<Panel> {
        let points = self.points(one, |workout| workout.heart_rate_bpm);
        let (low, high) = span(&points, LEAST_SPAN_BPM)?;
        let last = one
            .sessions
            .iter()
            .rfind(|workout| workout.heart_rate_bpm.is_some())?;
        let beats = format!("{:.0} bpm", last.heart_rate_bpm?);
        let remark = if one.sessions.last()?.day == last.day {
            String::new()
        } else {
            // Not of the newest workout: say of which.
            last.day.format("%-d %b").to_string()
        };
        Some(Panel {
            label: "heart rate, bpm".to_owned(),
            height_px: HEART_RATE_PX,
            y: Axis {
                low,
                high,
                ticks: ticks::round(low, high, 3),
            },
            shapes: self.shapes(&points, (low, high), Ink::HeartRate, (beats, remark)),
        })
    }

    /// Returns a line through dots, the last of them with its value and a remark. Heart rates are
    /// rings.
    fn shapes(
        &self,
        points: &[(f64, f64)],
        y: (f64, f64),
        ink: Ink,
        end: (String, String),
    ) -> Vec<Shape> {
        let line = Shape::Line {
            points: points.to_vec(),
            ink,
            width_px: LINE_PX,
        };
        let dots = points.iter().map(|at| Shape::Dot {
            at: *at,
            radius_px: DOT_PX,
            ink,
            filled: ink == Ink::Pace,
        });
        let end = points.last().map(|last| Shape::End {
            at: last.1,
            text: end.0,
            remark: end.1,
            ink,
        });
        let marks = [line].into_iter().chain(dots).chain(end);
        self.x.guides(y).chain(marks).collect()
    }

    /// Returns a value of each workout at its day.
    fn points(
        &self,
        one: &Comparable,
        value: impl Fn(&ComparedWorkout) -> Option<f64>,
    ) -> Vec<(f64, f64)> {
        let point = |workout: &ComparedWorkout| {
            let value = value(workout).filter(|value| value.is_finite())?;
            Some((ticks::days_after(self.first, workout.day), value))
        };
        one.sessions.iter().filter_map(point).collect()
    }
}

/// Returns the ends of an axis that holds some values; absent when there is none.
fn span(points: &[(f64, f64)], least: f64) -> Option<(f64, f64)> {
    let values = || points.iter().map(|point| point.1);
    let low = values().min_by(f64::total_cmp)?;
    let high = values().max_by(f64::total_cmp)?;
    let missing = (least - (high - low)).max(0.0) / 2.0;
    let margin = (high - low) * AXIS_MARGIN;
    Some(((low - missing - margin).max(0.0), high + missing + margin))
}

fn pace(workout: &ComparedWorkout, units: UnitSystem) -> String {
    ascii(&MetresPerSecond(workout.effort_speed_m_s).show_pace(units))
}

/// Returns how much faster the last workout was than the one before.
fn change(one: &Comparable) -> String {
    one.change_pct
        .map_or_else(String::new, |percent| format!("{percent:+.1} %"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use chrono::Days;

    use super::*;
    use crate::report::made_up;
    use crate::report::made_up::end;

    fn workout(day: u64, speed_m_s: f64, beats: Option<f64>) -> ComparedWorkout {
        ComparedWorkout {
            day: made_up::first_day() + Days::new(day),
            effort_speed_m_s: speed_m_s,
            heart_rate_bpm: beats,
            ..ComparedWorkout::default()
        }
    }

    fn thousands() -> Comparable {
        Comparable {
            name: "6 × 1000 m (jog)".to_owned(),
            sessions: vec![
                workout(0, 4.0, Some(172.0)),
                workout(28, 4.1, Some(171.0)),
                workout(56, 4.2, Some(169.4)),
            ],
            change_pct: Some(2.4),
        }
    }

    fn review(comparable: Vec<Comparable>) -> Review {
        Review {
            comparable_workouts: comparable,
            ..Review::default()
        }
    }

    fn dots(panel: &Panel) -> Vec<(f64, f64)> {
        let dot = |shape: &Shape| match shape {
            Shape::Dot { at, .. } => Some(*at),
            _ => None,
        };
        panel.shapes.iter().filter_map(dot).collect()
    }

    #[test]
    fn pace_and_heart_rate_stand_below_each_other() {
        let review = review(vec![thousands()]);
        let figure = figure(&review, UnitSystem::Metric, Width::Wide).unwrap();
        let [pace, heart_rate] = &figure.panels[..] else {
            panic!("{} panels", figure.panels.len());
        };
        assert_eq!(pace.label, "6 x 1000 m (jog), min/km");
        assert_eq!(dots(pace), [(0.0, 4.0), (28.0, 4.1), (56.0, 4.2)]);
        assert_eq!(end(pace), ("3:58/km", "+2.4 %"));
        assert_eq!(dots(heart_rate)[2], (56.0, 169.4));
        assert_eq!(end(heart_rate), ("169 bpm", ""));
        assert!(figure.x.low < 0.0 && figure.x.high > 56.0);
        let mut unknown = thousands();
        unknown.sessions[2].heart_rate_bpm = None;
        let review = self::review(vec![unknown]);
        let older = self::figure(&review, UnitSystem::Metric, Width::Wide).unwrap();
        assert_eq!(end(&older.panels[1]), ("171 bpm", "30 Mar"));
        assert_eq!(
            figure.description,
            "6 x 1000 m (jog): 3 times, last on 27 Apr 2026 in 3:58/km at 169 bpm, +2.4 % against the one before."
        );
    }

    #[test]
    fn only_four_structures_are_drawn_and_unknown_heart_rate_has_no_panel() {
        let mut without = thousands();
        for workout in &mut without.sessions {
            workout.heart_rate_bpm = None;
        }
        let review = review(vec![without; 6]);
        let figure = figure(&review, UnitSystem::Metric, Width::Narrow).unwrap();
        assert_eq!(figure.panels.len(), 4);
        assert!(figure.description.ends_with("The table has 2 more."));
    }

    #[test]
    fn marks_are_the_same_in_both_units_but_for_the_words_at_the_end() {
        let review = review(vec![thousands()]);
        let shapes = |units| {
            let figure = figure(&review, units, Width::Wide).unwrap();
            let shapes = figure.panels.into_iter().flat_map(|panel| panel.shapes);
            let bare = shapes.map(|shape| match shape {
                Shape::End { at, ink, .. } => Shape::End {
                    at,
                    text: String::new(),
                    remark: String::new(),
                    ink,
                },
                other => other,
            });
            bare.collect::<Vec<Shape>>()
        };
        assert_eq!(shapes(UnitSystem::Metric), shapes(UnitSystem::Imperial));
        let imperial = figure(&review, UnitSystem::Imperial, Width::Wide).unwrap();
        assert_eq!(end(&imperial.panels[0]).0, "6:23/mi");
    }

    #[test]
    fn a_small_change_looks_small() {
        let mut one = thousands();
        one.sessions = vec![workout(0, 4.0, None), workout(7, 4.01, None)];
        let figure = figure(&review(vec![one]), UnitSystem::Metric, Width::Wide).unwrap();
        let y = &figure.panels[0].y;
        assert!(y.high - y.low >= LEAST_SPAN_M_S);
        assert!(!y.ticks.is_empty());
    }

    #[test]
    fn without_a_workout_that_came_twice_there_is_no_chart() {
        assert_eq!(svg(&Review::default(), UnitSystem::Metric), "");
    }
}

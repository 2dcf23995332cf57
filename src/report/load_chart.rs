//! The load of each day and how it adds up, smoothed over about 7 and about 42 days.

use chrono::Datelike;
use chrono::Weekday;

use crate::report::chart;
use crate::report::figure::Axis;
use crate::report::figure::Bar;
use crate::report::figure::Figure;
use crate::report::figure::Panel;
use crate::report::figure::Shape;
use crate::report::figure::Tick;
use crate::report::figure::Width;
use crate::report::ink::Ink;
use crate::report::ticks;
use crate::review::LoadPoint;
use crate::review::Review;

/// Height of the chart.
const HEIGHT_PX: u32 = 190;
/// The share of a day's room that its bar takes.
const BAR_SHARE: f64 = 0.6;
/// The days may rise so far above the smoothed curves; higher ones are cut at the top, else a race
/// would flatten all the rest.
const DAYS_ABOVE_CURVE: f64 = 2.2;

/// Returns the chart of a block as an SVG file; empty when no load could be rated.
#[must_use]
pub fn svg(review: &Review) -> String {
    figure(review, Width::Wide).map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns what is drawn; absent when no load could be rated.
#[must_use]
pub fn figure(review: &Review, width: Width) -> Option<Figure> {
    let curve = &review.load_curve;
    let highest = |value: fn(&LoadPoint) -> f64| curve.iter().map(value).max_by(f64::total_cmp);
    let smoothed = highest(|point| point.smoothed_7.max(point.smoothed_42))?;
    let high = highest(|point| point.load)?
        .min(smoothed * DAYS_ABOVE_CURVE)
        .max(smoothed * 1.1);
    if high <= 0.0 {
        return None;
    }
    let last = curve.last()?;
    Some(Figure {
        title: "Smoothed load, day by day".to_owned(),
        description: format!(
            "On {}: {:.0} points a day over about 7 days, {:.0} over about 42 days.",
            last.day, last.smoothed_7, last.smoothed_42
        ),
        width,
        x: Axis {
            low: -0.5,
            high: ticks::as_f64(curve.len()) - 0.5,
            ticks: monday_ticks(curve, width),
        },
        panels: vec![Panel {
            label: "points a day".to_owned(),
            height_px: HEIGHT_PX,
            y: Axis {
                low: 0.0,
                high,
                ticks: ticks::round(0.0, high, 5),
            },
            shapes: shapes(curve),
        }],
    })
}

fn shapes(curve: &[LoadPoint]) -> Vec<Shape> {
    let bars = curve
        .iter()
        .enumerate()
        .filter(|(_, point)| point.load > 0.0);
    let bars = bars.map(|(index, point)| {
        let centre = ticks::as_f64(index);
        let x = (centre - BAR_SHARE / 2.0, centre + BAR_SHARE / 2.0);
        Shape::Bar(Bar::solid(x, (0.0, point.load), Ink::DayLoad))
    });
    let line = |value: fn(&LoadPoint) -> f64, ink| Shape::Line {
        points: curve
            .iter()
            .enumerate()
            .map(|(index, point)| (ticks::as_f64(index), value(point)))
            .collect(),
        ink,
        width_px: 2,
    };
    bars.chain([
        line(|point| point.smoothed_7, Ink::Smoothed7),
        line(|point| point.smoothed_42, Ink::Smoothed42),
    ])
    .collect()
}

/// Returns some Mondays, as many as there is room for.
fn monday_ticks(curve: &[LoadPoint], width: Width) -> Vec<Tick> {
    let mondays: Vec<(usize, &LoadPoint)> = curve
        .iter()
        .enumerate()
        .filter(|(_, point)| point.day.weekday() == Weekday::Mon)
        .collect();
    let every = mondays.len().div_ceil(width.pick(12, 5)).max(1);
    mondays
        .into_iter()
        .step_by(every)
        .map(|(index, point)| {
            Tick::new(ticks::as_f64(index), point.day.format("%-d %b").to_string())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::report::sample;

    #[test]
    fn both_curves_and_the_days_are_drawn_and_mondays_marked() {
        let review = sample::review(&sample::season(4));
        let figure = figure(&review, Width::Wide).unwrap();
        let shapes = &figure.panels[0].shapes;
        let is_line = |shape: &&Shape| matches!(shape, Shape::Line { .. });
        assert_eq!(shapes.iter().filter(is_line).count(), 2);
        assert_eq!(shapes.len(), 2 + 6 * 4);
        let labels: Vec<&str> = figure.x.ticks.iter().map(|t| t.label.as_str()).collect();
        assert_eq!(labels, ["2 Mar", "9 Mar", "16 Mar", "23 Mar"]);
    }

    #[test]
    fn one_great_day_does_not_flatten_the_curves() {
        let mut review = sample::review(&sample::season(4));
        let highest = |review: &Review| figure(review, Width::Wide).unwrap().panels[0].y.high;
        review.load_curve[3].load = 5000.0;
        assert!(highest(&review) < 200.0);
    }

    #[test]
    fn without_load_there_is_no_chart() {
        assert_eq!(svg(&Review::default()), "");
    }
}

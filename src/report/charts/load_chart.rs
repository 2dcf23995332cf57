//! The load of each day and how it adds up, smoothed over about 7 and about 42 days.

use chrono::NaiveDate;

use crate::report::drawing::chart;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Bar;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Key;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::layout;
use crate::report::drawing::ticks;
use crate::review::LoadPoint;
use crate::review::Review;

/// Height of the chart.
const HEIGHT_PX: u32 = 190;
/// The share of a day's room that its bar takes.
const BAR_SHARE: f64 = 0.6;
/// The least width of a bar.
const LEAST_BAR_PX: f64 = 1.0;
/// How many days a bar stands for: as few of these as there is room for.
const GROUPS_DAYS: [usize; 4] = [1, 7, 28, 91];
/// Thickness of the curves.
const LINE_PX: u32 = 2;
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
    let last = curve.last()?;
    let group = days_per_bar(curve.len(), width);
    let curves = curve.iter().map(|p| p.smoothed_7.max(p.smoothed_42));
    let smoothed = curves.max_by(f64::total_cmp)?;
    let greatest = curve.chunks(group).map(mean_load).max_by(f64::total_cmp)?;
    let high = greatest
        .min(smoothed * DAYS_ABOVE_CURVE)
        .max(smoothed * 1.1);
    if high <= 0.0 {
        return None;
    }
    let cut = if greatest > high {
        ", higher days cut at the top"
    } else {
        ""
    };
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
            ticks: ticks::days(&starts_of_weeks(review), width),
        },
        panels: vec![Panel {
            label: format!("points a day{cut}"),
            height_px: HEIGHT_PX,
            y: Axis {
                low: 0.0,
                high,
                ticks: ticks::round(0.0, high, 5),
            },
            shapes: shapes(curve, group),
        }],
        legend: legend(group),
    })
}

fn shapes(curve: &[LoadPoint], group: usize) -> Vec<Shape> {
    let bars = curve.chunks(group).enumerate().filter_map(|(index, days)| {
        let load = mean_load(days);
        let first = ticks::as_f64(index * group) - 0.5;
        let room = ticks::as_f64(days.len());
        let margin = room * (1.0 - BAR_SHARE) / 2.0;
        let x = (first + margin, first + room - margin);
        (load > 0.0).then(|| Shape::Bar(Bar::solid(x, (0.0, load), Ink::DayLoad)))
    });
    let line = |value: fn(&LoadPoint) -> f64, ink| Shape::Line {
        points: curve
            .iter()
            .enumerate()
            .filter(|(index, _)| (curve.len() - 1 - index).is_multiple_of(group))
            .map(|(index, point)| (ticks::as_f64(index), value(point)))
            .collect(),
        ink,
        width_px: LINE_PX,
    };
    bars.chain([
        line(|point| point.smoothed_7, Ink::Smoothed7),
        line(|point| point.smoothed_42, Ink::Smoothed42),
    ])
    .collect()
}

/// Returns the mean load of the days of which it is known, 0 when it is of none.
fn mean_load(days: &[LoadPoint]) -> f64 {
    let known = days.iter().filter_map(|point| point.load);
    let (sum, count) = known.fold((0.0, 0.0), |(sum, count), load| (sum + load, count + 1.0));
    sum / f64::max(count, 1.0)
}

/// Returns how many days a bar stands for, so that it can be seen.
fn days_per_bar(days: usize, width: Width) -> usize {
    let room = layout::plot_width_px(width) * BAR_SHARE / LEAST_BAR_PX;
    let fits = |group: &usize| ticks::as_f64(days.div_ceil(*group)) <= room;
    GROUPS_DAYS
        .into_iter()
        .find(fits)
        .unwrap_or_else(|| days.max(1))
}

fn legend(group: usize) -> Vec<Key> {
    let bars = match group {
        1 => "each day".to_owned(),
        days => format!("mean of {days} days"),
    };
    vec![
        Key::line(Ink::Smoothed7, LINE_PX, "smoothed over about 7 days"),
        Key::line(Ink::Smoothed42, LINE_PX, "smoothed over about 42 days"),
        Key::block(Ink::DayLoad, bars),
    ]
}

fn starts_of_weeks(review: &Review) -> Vec<(f64, NaiveDate)> {
    let starts = review.week_starts;
    review
        .load_curve
        .iter()
        .enumerate()
        .filter(|(_, point)| starts.days_before(point.day) == 0)
        .map(|(index, point)| (ticks::as_f64(index), point.day))
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::report::made_up;

    #[test]
    fn both_curves_and_the_days_are_drawn_and_mondays_marked() {
        let review = made_up::review(&made_up::season(4));
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
        let mut review = made_up::review(&made_up::season(4));
        let highest = |review: &Review| figure(review, Width::Wide).unwrap().panels[0].y.high;
        review.load_curve[3].load = Some(5000.0);
        assert!(highest(&review) < 200.0);
    }

    #[test]
    fn many_years_have_bars_that_can_be_seen_and_curves_that_end_at_the_last_day() {
        for (weeks, width, group) in [
            (1, Width::Narrow, 1),
            (60, Width::Narrow, 7),
            (60, Width::Wide, 1),
            (600, Width::Narrow, 28),
            (600, Width::Wide, 28),
        ] {
            let mut review = made_up::review(&made_up::season(1));
            let day = review.load_curve[1].clone();
            review.load_curve = vec![day; weeks * 7];
            let figure = figure(&review, width).unwrap();
            let panel = &figure.panels[0];
            assert_eq!(days_per_bar(weeks * 7, width), group, "{weeks}");
            assert_eq!(panel.shapes.len(), (weeks * 7).div_ceil(group) + 2);
            let Some(Shape::Line { points, .. }) = panel.shapes.last() else {
                panic!("no curve");
            };
            let end = points.last().unwrap().0 - ticks::as_f64(weeks * 7 - 1);
            assert!(end.abs() < 1e-9);
        }
        assert_eq!(legend(28)[2].text, "mean of 28 days");
    }

    #[test]
    fn without_load_there_is_no_chart() {
        assert_eq!(svg(&Review::default()), "");
    }
}

//! How running is distributed over the three zones: of a run, of a block, week by week.

use crate::report::charts::week_axis;
use crate::report::charts::week_axis::WeekAxis;
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
use crate::report::drawing::layout;
use crate::report::drawing::letters;
use crate::report::drawing::ticks;
use crate::review::Review;
use crate::review::Week;
use crate::review::percentages;
use crate::units::SECONDS_PER_HOUR;

/// The inks of the zones.
pub const ZONE_INKS: [Ink; 3] = [Ink::Easy, Ink::Middle, Ink::Hard];
/// The words for the zones.
pub const ZONE_WORDS: [&str; 3] = ["easy", "moderate", "hard"];
/// Height of a bar of shares.
const BAR_PX: u32 = 30;
/// Height of the weekly chart.
const WEEKS_PX: u32 = 190;
/// Height of the weekly shares.
const SHARES_PX: u32 = 110;

/// Returns the weekly chart of a block as an SVG file; empty when the block has no weeks.
#[must_use]
pub fn weeks_svg(review: &Review) -> String {
    weeks_figure(review, Width::Wide).map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns a bar of three shares, one a zone; absent when there is nothing to share.
#[must_use]
pub fn shares_figure(title: &str, parts: [f64; 3], width: Width) -> Option<Figure> {
    let percents = percentages(parts)?;
    let whole: f64 = parts.iter().sum();
    let mut shapes = Vec::new();
    let mut words = Vec::new();
    let mut left = 0.0;
    for (index, word) in ZONE_WORDS.into_iter().enumerate() {
        let (share, ink) = (parts[index] / whole, ZONE_INKS[index]);
        let percent = format!("{} %", percents[index]);
        words.push(format!("{word} {percent}"));
        let x = (left, left + share);
        left += share;
        if share > 0.0 {
            shapes.push(Shape::Bar(Bar::solid(x, (0.0, 1.0), ink)));
            shapes.extend(share_label(word, &percent, x, ink, width));
        }
    }
    Some(Figure {
        title: title.to_owned(),
        description: format!("{}.", words.join(", ")),
        width,
        x: Axis::plain(0.0, 1.0),
        panels: vec![Panel {
            label: String::new(),
            height_px: BAR_PX,
            y: Axis::plain(0.0, 1.0),
            shapes,
        }],
        legend: zone_keys().to_vec(),
    })
}

/// Returns the longest label that fits into a share.
fn share_label(word: &str, percent: &str, x: (f64, f64), ink: Ink, width: Width) -> Option<Shape> {
    /// Space to either side of the label.
    const PADDING_PX: f64 = 6.0;
    let room = (x.1 - x.0) * layout::bare_width_px(width) - PADDING_PX;
    [format!("{word} {percent}"), percent.to_owned()]
        .into_iter()
        .find(|text| letters::text_width_px(text) < room)
        .map(|text| Shape::Text {
            at: (f64::midpoint(x.0, x.1), 0.5),
            text,
            ink: ink.letters(),
        })
}

/// Returns the stacked hours of each week, and below them the shares of the rated time; absent when
/// the block has no weeks.
#[must_use]
pub fn weeks_figure(review: &Review, width: Width) -> Option<Figure> {
    let axis = WeekAxis::new(&review.weeks, width);
    let hours = |week: &Week| (week.zone_s.iter().sum::<f64>() + week.unrated_s) / SECONDS_PER_HOUR;
    let high = axis.high(hours)?;
    let cut = axis.cut(hours).into_iter();
    let cut: Vec<String> = cut
        .map(|week| format!(", {} cut: {:.1} h", week.name, hours(week)))
        .collect();
    let hours = Panel {
        label: format!("hours{}{}", axis.note(), cut.concat()),
        height_px: WEEKS_PX,
        y: Axis {
            low: 0.0,
            high,
            ticks: ticks::round(0.0, high, 5),
        },
        shapes: stacks(&axis, |week| week_parts(week, SECONDS_PER_HOUR)),
    };
    Some(Figure {
        title: "Hours of running by effort, week by week".to_owned(),
        description: "The table of weeks gives the same in numbers.".to_owned(),
        width,
        x: axis.x(),
        panels: [Some(hours), shares_panel(&axis)]
            .into_iter()
            .flatten()
            .collect(),
        legend: zone_keys()
            .into_iter()
            .chain(unrated_key(review))
            .chain(axis.part_key(Ink::Easy))
            .collect(),
    })
}

/// Returns the panel of shares; absent when nothing was rated.
fn shares_panel(axis: &WeekAxis<'_>) -> Option<Panel> {
    /// Shares that are marked.
    const MARKS: [f64; 3] = [0.0, 50.0, 100.0];
    /// The upper end, so that the highest mark keeps away from the name of the panel.
    const HIGH: f64 = 108.0;
    let shares = |week: &Week| {
        let rated_s: f64 = week.zone_s.iter().sum();
        let rated = Week {
            unrated_s: 0.0,
            ..week.clone()
        };
        week_parts(&rated, rated_s / 100.0)
    };
    let shapes = stacks(axis, shares);
    (!shapes.is_empty()).then(|| Panel {
        label: "percent of the rated time".to_owned(),
        height_px: SHARES_PX,
        y: Axis {
            low: 0.0,
            high: HIGH,
            ticks: MARKS.map(|at| Tick::new(at, format!("{at:.0}"))).to_vec(),
        },
        shapes,
    })
}

/// Returns the parts of a week that are not empty, in a unit of so many seconds.
fn week_parts(week: &Week, unit_s: f64) -> Vec<(f64, Ink)> {
    let inks = ZONE_INKS.into_iter().chain([Ink::Unrated]);
    let parts = week.zone_s.iter().chain([&week.unrated_s]);
    parts
        .zip(inks)
        .filter(|(seconds, _)| **seconds > 0.0)
        .map(|(seconds, ink)| (seconds / unit_s, ink))
        .collect()
}

/// Returns the parts of each week on top of each other.
fn stacks(axis: &WeekAxis<'_>, parts: impl Fn(&Week) -> Vec<(f64, Ink)>) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for (index, week) in axis.weeks.iter().enumerate() {
        let mut bottom = 0.0;
        for (part, ink) in parts(week) {
            let y = (bottom, bottom + part);
            bottom = y.1;
            shapes.push(Shape::Bar(Bar {
                x: WeekAxis::bar(index),
                y,
                ink,
                opacity: week_axis::opacity(week),
            }));
        }
    }
    shapes
}

/// Returns the legend of the zones.
fn zone_keys() -> [Key; 3] {
    std::array::from_fn(|zone| Key::block(ZONE_INKS[zone], ZONE_WORDS[zone]))
}

fn unrated_key(review: &Review) -> Option<Key> {
    let has_unrated = review.weeks.iter().any(|week| week.unrated_s > 0.0);
    has_unrated.then(|| Key::block(Ink::Unrated, "not rated"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn bars(figure: &Figure) -> Vec<&Bar> {
        fn bar(shape: &Shape) -> Option<&Bar> {
            match shape {
                Shape::Bar(bar) => Some(bar),
                _ => None,
            }
        }
        figure.panels[0].shapes.iter().filter_map(bar).collect()
    }

    #[test]
    fn shares_fill_the_bar_and_empty_ones_are_left_out() {
        let figure = shares_figure("t", [30.0, 0.0, 10.0], Width::Wide).unwrap();
        let spans: Vec<_> = bars(&figure).iter().map(|bar| (bar.ink, bar.x)).collect();
        assert_eq!(spans, [(Ink::Easy, (0.0, 0.75)), (Ink::Hard, (0.75, 1.0))]);
        assert_eq!(figure.description, "easy 75 %, moderate 0 %, hard 25 %.");
        assert_eq!(shares_figure("t", [0.0; 3], Width::Wide), None);
    }

    #[test]
    fn a_label_that_does_not_fit_is_shortened_then_left_out() {
        let texts = |parts| -> Vec<String> {
            let figure = shares_figure("t", parts, Width::Narrow).unwrap();
            let text = |shape: &Shape| match shape {
                Shape::Text { text, .. } => Some(text.clone()),
                _ => None,
            };
            figure.panels[0].shapes.iter().filter_map(text).collect()
        };
        assert_eq!(texts([0.8, 0.18, 0.02]), ["easy 80 %", "18 %"]);
    }

    #[test]
    fn weeks_are_stacked_and_a_part_of_a_week_is_paler() {
        let week = Week {
            days_in_block: 7,
            zone_s: [3600.0, 0.0, 1800.0],
            unrated_s: 900.0,
            ..Week::default()
        };
        let part = Week {
            days_in_block: 3,
            ..week.clone()
        };
        let review = Review {
            weeks: vec![week, part],
            ..Review::default()
        };
        let figure = weeks_figure(&review, Width::Wide).unwrap();
        let bars = bars(&figure);
        let stack: Vec<_> = bars[..3].iter().map(|bar| (bar.ink, bar.y)).collect();
        assert_eq!(
            stack,
            [
                (Ink::Easy, (0.0, 1.0)),
                (Ink::Hard, (1.0, 1.5)),
                (Ink::Unrated, (1.5, 1.75))
            ]
        );
        assert!(bars[3].opacity < bars[0].opacity);
    }

    #[test]
    fn below_the_hours_stand_the_shares_of_what_was_rated() {
        let week = Week {
            days_in_block: 7,
            zone_s: [3600.0, 0.0, 1200.0],
            unrated_s: 900.0,
            ..Week::default()
        };
        let review = Review {
            weeks: vec![week, Week::default()],
            ..Review::default()
        };
        let figure = weeks_figure(&review, Width::Narrow).unwrap();
        let share = |ink, y| {
            let x = WeekAxis::bar(0);
            Shape::Bar(Bar::solid(x, y, ink))
        };
        let wanted = [
            share(Ink::Easy, (0.0, 75.0)),
            share(Ink::Hard, (75.0, 100.0)),
        ];
        assert_eq!(figure.panels[1].shapes, wanted);
        let words: Vec<&str> = figure.legend.iter().map(|key| key.text.as_str()).collect();
        let part = "paler: not a whole week";
        assert_eq!(words, ["easy", "moderate", "hard", "not rated", part]);
    }

    #[test]
    fn one_giant_week_does_not_flatten_the_rest() {
        let week = |hours: f64| Week {
            name: format!("of {hours} h"),
            days_in_block: 7,
            zone_s: [hours * 3600.0, 0.0, 0.0],
            ..Week::default()
        };
        let review = Review {
            weeks: [4.0, 5.0, 4.0, 5.0, 30.0].map(week).to_vec(),
            ..Review::default()
        };
        let figure = weeks_figure(&review, Width::Wide).unwrap();
        assert!(figure.panels[0].y.high < 11.0);
        assert_eq!(figure.panels[0].label, "hours, of 30 h cut: 30.0 h");
    }
}

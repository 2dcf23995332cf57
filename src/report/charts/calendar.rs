//! The year calendar: a column a week, a row a weekday, a mark a day. Colour and size say what the
//! day was, so that hard days stand out without colours too.

use std::collections::BTreeMap;

use chrono::Datelike;
use chrono::Days;
use chrono::Months;
use chrono::NaiveDate;

use crate::report::content::strip;
use crate::report::drawing::chart;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Bar;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Key;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Sizes;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::layout;
use crate::report::drawing::ticks;
use crate::review::DayKind;
use crate::settings::WeekStart;

/// Width and height of a day with the space around it, on a laptop and on a phone.
const CELL_PX: Sizes<u32> = Sizes {
    wide: 17,
    narrow: 10,
};
/// Room for the names of the weekdays, in days, beside at most 54 or 28 columns.
const LEFT_CELLS: Sizes<f64> = Sizes {
    wide: 2.4,
    narrow: 3.0,
};
/// The side of the square of a hard day: odd or even as the cell is, so that it lies in its middle.
const HARD_PX: Sizes<f64> = Sizes {
    wide: 15.0,
    narrow: 8.0,
};
/// The same of a medium day.
const MEDIUM_PX: Sizes<f64> = Sizes {
    wide: 11.0,
    narrow: 6.0,
};
/// The same of an easy day.
const EASY_PX: Sizes<f64> = Sizes {
    wide: 7.0,
    narrow: 4.0,
};
/// Radius of the ring of a day of another sport.
const RING_PX: Sizes<u32> = Sizes { wide: 3, narrow: 2 };
/// Rows of a panel: the names of the months above the weekdays.
const ROWS: u32 = 8;
/// Months of a year.
const MONTHS: u32 = 12;
/// Weekdays whose row is named: the first, the middle and the last of a week.
const NAMED: [u32; 3] = [0, 3, 6];
/// Years that are drawn at most; of more, the last ones.
const MOST_YEARS: usize = 10;

/// Returns the calendar as an SVG file; empty without a day.
#[must_use]
pub fn svg(days: &BTreeMap<NaiveDate, DayKind>, starts: WeekStart) -> String {
    let figure = figure(days, starts, Width::Wide);
    figure.map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns what is drawn of the days of [`crate::review::day_kinds`], the newest year on top; absent
/// without a day. A phone has a panel for each half of a year.
#[must_use]
pub fn figure(
    days: &BTreeMap<NaiveDate, DayKind>,
    week_starts: WeekStart,
    width: Width,
) -> Option<Figure> {
    days.first_key_value()?;
    let mut years: Vec<i32> = days.keys().rev().map(Datelike::year).collect();
    years.dedup();
    let left_out = years.len().saturating_sub(MOST_YEARS);
    years.truncate(MOST_YEARS);
    let months = width.pick(MONTHS, MONTHS / 2);
    let starts: &[u32] = width.pick(&[1], &[7, 1]);
    let stretches = years.into_iter().flat_map(|year| {
        let starts = starts.iter();
        starts.filter_map(move |month| {
            let first = NaiveDate::from_ymd_opt(year, *month, 1)?;
            Stretch::new(first, months, week_starts, width)
        })
    });
    Some(Figure {
        title: "Hard days and easy days, year by year".to_owned(),
        description: description(days, left_out),
        width,
        x: Axis::plain(0.0, layout::bare_width_px(width) / cell_px(width)),
        panels: stretches.filter_map(|one| one.panel(days)).collect(),
        legend: legend(),
    })
}

fn description(days: &BTreeMap<NaiveDate, DayKind>, left_out: usize) -> String {
    let day = |day: Option<&NaiveDate>| {
        day.map_or_else(String::new, |day| day.format("%-d %b %Y").to_string())
    };
    let earlier = match left_out {
        0 => String::new(),
        years => format!(" Years before that are not drawn: {years}."),
    };
    format!(
        "Days from {} to {}: {}.{earlier}",
        day(days.keys().next()),
        day(days.keys().next_back()),
        strip::counts(days.values().copied())
    )
}

fn legend() -> Vec<Key> {
    let known = strip::KINDS.into_iter().filter_map(|kind| {
        let (ink, word) = (strip::day_ink(kind)?, strip::day_word(kind));
        Some(match kind {
            DayKind::Cross => Key::dot(ink, false, word),
            _ => Key::block(ink, word),
        })
    });
    let remark = Key::note("The harder the day, the larger its square.");
    known.chain([remark]).collect()
}

fn cell_px(width: Width) -> f64 {
    f64::from(CELL_PX.on(width))
}

/// Returns the row of a weekday above the bottom; the first of the week is 0.
fn row(weekday: u32) -> f64 {
    f64::from(ROWS) - 2.0 - f64::from(weekday)
}

/// The months of one panel.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    /// The first day.
    first: NaiveDate,
    /// The day after the last.
    end: NaiveDate,
    /// The first day of the first column.
    corner: NaiveDate,
    /// The weekday of the first row.
    week_starts: WeekStart,
    width: Width,
}

impl Stretch {
    /// Picks so many months from a first day on; absent at the ends of the calendar.
    fn new(first: NaiveDate, months: u32, week_starts: WeekStart, width: Width) -> Option<Self> {
        let before = Days::new(week_starts.days_before(first).into());
        Some(Self {
            first,
            end: first.checked_add_months(Months::new(months))?,
            corner: first.checked_sub_days(before)?,
            week_starts,
            width,
        })
    }

    /// Returns the panel; absent when nothing is known of these months.
    fn panel(&self, days: &BTreeMap<NaiveDate, DayKind>) -> Option<Panel> {
        let known = || days.range(self.first..self.end);
        known().next()?;
        let marks = known().filter_map(|(day, kind)| self.mark(*day, *kind));
        let names = self.month_names().chain(self.weekday_names());
        Some(Panel {
            label: format!(
                "{}: {}",
                self.name(),
                self.counts(known().map(|(_, kind)| *kind))
            ),
            height_px: ROWS * CELL_PX.on(self.width),
            y: Axis::plain(0.0, f64::from(ROWS)),
            shapes: names.chain(self.limits()).chain(marks).collect(),
        })
    }

    /// Returns how many days there were of each kind, on a phone in short.
    fn counts(&self, kinds: impl Iterator<Item = DayKind>) -> String {
        let counts = strip::counts(kinds);
        match self.width {
            Width::Wide => counts,
            Width::Narrow => counts.replace("other sport", "other"),
        }
    }

    /// Returns the year; of half a year its months too.
    fn name(&self) -> String {
        let format = match (self.width, self.first.month()) {
            (Width::Wide, _) => "%Y",
            (Width::Narrow, 1) => "%Y to Jun",
            (Width::Narrow, _) => "%Y from Jul",
        };
        self.first.format(format).to_string()
    }

    /// Returns where the first column begins.
    fn left(&self) -> f64 {
        LEFT_CELLS.on(self.width)
    }

    /// Returns the left end and the lower end of a day.
    fn place(&self, day: NaiveDate) -> (f64, f64) {
        let weeks = (ticks::days_after(self.corner, day) / 7.0).floor();
        let weekday = self.week_starts.days_before(day);
        (self.left() + weeks, row(weekday))
    }

    /// Returns the mark of a day; a rest day has none.
    fn mark(&self, day: NaiveDate, kind: DayKind) -> Option<Shape> {
        let ink = strip::day_ink(kind)?;
        let (left, bottom) = self.place(day);
        let side_px = match kind {
            DayKind::Cross => {
                return Some(Shape::Dot {
                    at: (left + 0.5, bottom + 0.5),
                    radius_px: RING_PX.on(self.width),
                    ink,
                    filled: false,
                });
            }
            DayKind::Hard => HARD_PX,
            DayKind::Medium => MEDIUM_PX,
            DayKind::Easy | DayKind::Rest => EASY_PX,
        };
        let side = side_px.on(self.width) / cell_px(self.width);
        let gap = (1.0 - side) / 2.0;
        Some(Shape::Bar(Bar::solid(
            (left + gap, left + gap + side),
            (bottom + gap, bottom + gap + side),
            ink,
        )))
    }

    fn months(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let (first, end) = (self.first, self.end);
        let months =
            (0..MONTHS).filter_map(move |month| first.checked_add_months(Months::new(month)));
        months.take_while(move |month| *month < end)
    }

    fn month_names(&self) -> impl Iterator<Item = Shape> + '_ {
        /// From the first of a month to its middle.
        const MIDDLE_DAYS: u64 = 14;
        self.months().map(|first| {
            let (left, _) = self.place(first + Days::new(MIDDLE_DAYS));
            Shape::Text {
                at: (left + 0.5, f64::from(ROWS) - 0.5),
                text: first.format("%b").to_string(),
                ink: Ink::Label,
            }
        })
    }

    fn weekday_names(&self) -> impl Iterator<Item = Shape> + use<> {
        let left = self.left();
        let names = (0..).zip(self.week_starts.weekdays());
        let named = names.filter(|(weekday, _)| NAMED.contains(weekday));
        named.map(move |(weekday, name)| Shape::Text {
            at: (left / 2.0, row(weekday) + 0.5),
            text: name.to_owned(),
            ink: Ink::Label,
        })
    }

    /// Returns the lines between the months.
    fn limits(&self) -> impl Iterator<Item = Shape> + '_ {
        let (low, high) = (0.0, f64::from(ROWS - 1));
        self.months().skip(1).map(move |first| {
            let (left, bottom) = self.place(first);
            // In the column of its first day the days above belong to the month before.
            let step = bottom + 1.0;
            let mut points = vec![
                (left + 1.0, high),
                (left + 1.0, step),
                (left, step),
                (left, low),
            ];
            if self.week_starts.days_before(first) == 0 {
                points = vec![(left, high), (left, low)];
            }
            Shape::Line {
                points,
                ink: Ink::Grid,
                width_px: 1,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn bars(figure: &Figure) -> Vec<&Bar> {
        let shapes = figure.panels.iter().flat_map(|panel| &panel.shapes);
        let mut bars = Vec::new();
        for shape in shapes {
            if let Shape::Bar(bar) = shape {
                bars.push(bar);
            }
        }
        bars
    }

    #[test]
    fn a_day_lies_in_the_column_of_its_week_and_the_row_of_its_weekday() {
        // The year 2026 starts on a Thursday.
        let days = [
            (day(2026, 1, 1), DayKind::Hard),
            (day(2026, 1, 5), DayKind::Easy),
        ];
        let figure = figure(&days.into(), WeekStart::Monday, Width::Wide).unwrap();
        let corner = |bar: &Bar| (bar.x.0.floor() - 2.0, bar.y.0.floor());
        let at: Vec<_> = bars(&figure).iter().map(|bar| corner(bar)).collect();
        assert_eq!(at, [(0.0, 3.0), (1.0, 6.0)]);
        assert_eq!(figure.panels[0].label, "2026: 1 hard, 1 easy");
    }

    #[test]
    fn a_column_can_begin_with_sunday() {
        let days = [
            (day(2026, 1, 3), DayKind::Hard),
            (day(2026, 1, 4), DayKind::Easy),
        ];
        let figure = figure(&days.into(), WeekStart::Sunday, Width::Wide).unwrap();
        let corner = |bar: &Bar| (bar.x.0.floor() - 2.0, bar.y.0.floor());
        let at: Vec<_> = bars(&figure).iter().map(|bar| corner(bar)).collect();
        assert_eq!(at, [(0.0, 0.0), (1.0, 6.0)]);
        let shapes = figure.panels[0].shapes.iter();
        let texts = shapes.filter_map(|shape| match shape {
            Shape::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
        let names: Vec<&str> = texts.skip(12).collect();
        assert_eq!(names, ["Sun", "Wed", "Sat"]);
    }

    #[test]
    fn kinds_differ_in_colour_and_in_size_or_form() {
        let days = [
            (day(2026, 3, 2), DayKind::Hard),
            (day(2026, 3, 3), DayKind::Medium),
            (day(2026, 3, 4), DayKind::Easy),
            (day(2026, 3, 5), DayKind::Cross),
            (day(2026, 3, 6), DayKind::Rest),
        ];
        for width in [Width::Wide, Width::Narrow] {
            let figure = figure(&days.into(), WeekStart::Monday, width).unwrap();
            let side_px = |bar: &&Bar| ((bar.x.1 - bar.x.0) * cell_px(width)).round();
            let sides: Vec<f64> = bars(&figure).iter().map(side_px).collect();
            assert_eq!(sides, width.pick([15.0, 11.0, 7.0], [8.0, 6.0, 4.0]));
            let is_ring = |shape: &&Shape| matches!(shape, Shape::Dot { filled: false, .. });
            let shapes = &figure.panels[0].shapes;
            assert_eq!(shapes.iter().filter(is_ring).count(), 1);
        }
    }

    #[test]
    fn years_stack_newest_first_and_a_phone_has_halves() {
        let days = [
            (day(2024, 2, 29), DayKind::Easy),
            (day(2026, 5, 1), DayKind::Easy),
            (day(2026, 12, 31), DayKind::Hard),
        ];
        let labels = |width| -> Vec<String> {
            let figure = figure(&days.into(), WeekStart::Monday, width).unwrap();
            figure.panels.into_iter().map(|panel| panel.label).collect()
        };
        assert_eq!(
            labels(Width::Wide),
            ["2026: 1 hard, 1 easy", "2024: 1 easy"]
        );
        assert_eq!(
            labels(Width::Narrow),
            [
                "2026 from Jul: 1 hard",
                "2026 to Jun: 1 easy",
                "2024 to Jun: 1 easy"
            ]
        );
    }

    #[test]
    fn whole_years_fit_into_both_widths() {
        for year in 2000..2030 {
            let days = [
                (day(year, 1, 1), DayKind::Hard),
                (day(year, 12, 31), DayKind::Hard),
            ];
            for width in [Width::Wide, Width::Narrow] {
                let figure = figure(&days.into(), WeekStart::Monday, width).unwrap();
                for bar in bars(&figure) {
                    assert!(bar.x.1 < figure.x.high, "{year}: {bar:?}");
                    let in_rows = bar.y.0 > 0.0 && bar.y.1 < f64::from(ROWS - 1);
                    assert!(in_rows, "{year}: {bar:?}");
                }
            }
        }
    }

    #[test]
    fn of_many_years_the_last_ten_are_drawn() {
        let days = (1990..2026).map(|year| (day(year, 6, 1), DayKind::Easy));
        let figure = figure(&days.collect(), WeekStart::Monday, Width::Wide).unwrap();
        assert_eq!(figure.panels.len(), MOST_YEARS);
        assert!(
            figure
                .description
                .ends_with("Years before that are not drawn: 26.")
        );
    }

    #[test]
    fn without_a_day_there_is_no_chart() {
        assert_eq!(svg(&BTreeMap::new(), WeekStart::Monday), "");
    }
}

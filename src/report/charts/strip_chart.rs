//! The day strip as a chart: a row a week, a column a weekday, a colour and a letter for what each
//! day was.

use crate::report::content::strip;
use crate::report::content::strip::StripDay;
use crate::report::content::strip::StripWeek;
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
use crate::report::drawing::letters;
use crate::report::drawing::ticks;
use crate::review::DayKind;
use crate::review::Review;
use crate::settings::WeekStart;
use crate::units::SECONDS_PER_MINUTE;
use crate::units::plural;

/// Height of a week.
const ROW_PX: u32 = 24;
/// Space around the square of a day.
const GAP_PX: f64 = 1.0;
/// Room for the first day of a week, on a laptop and on a phone.
const LEFT_PX: Sizes<f64> = Sizes {
    wide: 64.0,
    narrow: 46.0,
};
/// Room for the count of quality sessions.
const RIGHT_PX: Sizes<f64> = Sizes {
    wide: 91.0,
    narrow: 51.0,
};
/// Weeks that are drawn at most; of more, the last ones.
///
/// # Units
/// Weeks: a year, beyond which the year calendar shows more at a glance.
const MOST_WEEKS: usize = 53;

/// Returns the strip of a block as an SVG file; empty when the block has no day.
#[must_use]
pub fn svg(review: &Review) -> String {
    figure(review, Width::Wide).map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns what is drawn; absent when the block has no day.
#[must_use]
pub fn figure(review: &Review, width: Width) -> Option<Figure> {
    let strip = strip::strip(review);
    let all = strip.weeks.len();
    let weeks = &strip.weeks[all.saturating_sub(MOST_WEEKS)..];
    let layout = Layout::new(weeks.len(), width);
    let shapes: Vec<Shape> = layout
        .head(review.week_starts)
        .into_iter()
        .chain(
            (1..)
                .zip(weeks)
                .flat_map(|(row, week)| layout.week(row, week)),
        )
        .collect();
    if weeks.is_empty() {
        return None;
    }
    let label = if weeks.len() < all {
        format!("the last {} of {all} weeks", weeks.len())
    } else {
        String::new()
    };
    Some(Figure {
        title: "Hard days and easy days".to_owned(),
        description: description(weeks),
        width,
        x: Axis::plain(0.0, layout::bare_width_px(width)),
        panels: vec![Panel {
            label,
            height_px: layout.height_px(),
            y: Axis::plain(0.0, f64::from(layout.height_px())),
            shapes,
        }],
        legend: strip::KINDS.into_iter().map(key).collect(),
    })
}

fn description(weeks: &[StripWeek<'_>]) -> String {
    let days = weeks.iter().flat_map(|week| week.days.iter().flatten());
    format!(
        "{}: {}.",
        plural(u32::try_from(weeks.len()).unwrap_or(u32::MAX), "week"),
        strip::counts(days.map(|day| day.kind))
    )
}

/// Returns the entry of a kind of day: its colour, if it has one, its letter and its word.
fn key(kind: DayKind) -> Key {
    match strip::day_ink(kind) {
        Some(ink) => Key::block(ink, strip::day_key(kind)),
        None => Key::note(strip::day_key(kind)),
    }
}

/// Where the rows and columns lie.
struct Layout {
    /// Rows, that of the weekdays' names included.
    rows: u32,
    width: Width,
}

impl Layout {
    fn new(weeks: usize, width: Width) -> Self {
        let weeks = u32::try_from(weeks).unwrap_or(u32::MAX);
        Self {
            rows: weeks.saturating_add(1),
            width,
        }
    }

    fn height_px(&self) -> u32 {
        self.rows * ROW_PX
    }

    fn left_px(&self) -> f64 {
        LEFT_PX.on(self.width)
    }

    fn right_px(&self) -> f64 {
        RIGHT_PX.on(self.width)
    }

    /// Returns the width of a day, in whole pixels so that all are alike.
    fn cell_px(&self) -> f64 {
        let room = layout::bare_width_px(self.width) - self.left_px() - self.right_px();
        (room / 7.0).floor()
    }

    /// Returns the lower end of a row; row 0 holds the weekdays' names.
    fn bottom(&self, row: u32) -> f64 {
        f64::from((self.rows - 1 - row) * ROW_PX)
    }

    fn column(&self, weekday: usize) -> f64 {
        self.left_px() + ticks::as_f64(weekday) * self.cell_px()
    }

    fn text(&self, x: f64, row: u32, text: impl Into<String>, ink: Ink) -> Shape {
        Shape::Text {
            at: (x, self.bottom(row) + f64::from(ROW_PX) / 2.0),
            text: text.into(),
            ink,
        }
    }

    /// Returns the middle of the counts at the right.
    fn count_x(&self) -> f64 {
        self.column(7) + self.right_px() / 2.0
    }

    fn head(&self, starts: WeekStart) -> Vec<Shape> {
        let names = starts.weekdays().into_iter().enumerate();
        let middle = self.cell_px() / 2.0;
        names
            .map(|(column, name)| self.text(self.column(column) + middle, 0, name, Ink::Label))
            .chain([self.text(self.count_x(), 0, "quality", Ink::Label)])
            .collect()
    }

    fn week(&self, row: u32, week: &StripWeek<'_>) -> Vec<Shape> {
        let first = week.monday.format("%-d %b").to_string();
        let mut shapes = vec![self.text(self.left_px() / 2.0, row, first, Ink::Label)];
        for (column, day) in week.days.iter().enumerate() {
            if let Some(day) = day {
                shapes.extend(self.day(row, column, day));
            }
        }
        let sessions = week.days.iter().flatten().flat_map(|day| &day.sessions);
        let quality = sessions.filter(|line| line.quality).count();
        shapes.push(self.text(self.count_x(), row, quality.to_string(), Ink::Label));
        shapes
    }

    fn day(&self, row: u32, column: usize, day: &StripDay<'_>) -> Vec<Shape> {
        let (left, bottom) = (self.column(column), self.bottom(row));
        let ink = strip::day_ink(day.kind);
        let bar = ink.map(|ink| {
            let x = (left + GAP_PX, left + self.cell_px() - GAP_PX);
            let y = (bottom + GAP_PX, bottom + f64::from(ROW_PX) - GAP_PX);
            Shape::Bar(Bar::solid(x, y, ink))
        });
        let letters = ink.map_or(Ink::Label, Ink::letters);
        let middle = left + self.cell_px() / 2.0;
        let text = self.text(middle, row, self.words(day), letters);
        bar.into_iter().chain([text]).collect()
    }

    /// Returns the letter of a day, and the minutes of its runs where they have room.
    fn words(&self, day: &StripDay<'_>) -> String {
        let letter = strip::day_letter(day.kind);
        let minutes = day.moving_s() / SECONDS_PER_MINUTE;
        let long = format!("{letter} {minutes:.0} min");
        let has_room = letters::text_width_px(&long) < self.cell_px() - 2.0 * GAP_PX;
        if has_room && minutes > 0.0 {
            long
        } else {
            letter.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::report::made_up;

    fn texts(figure: &Figure) -> Vec<&str> {
        let mut texts = Vec::new();
        for shape in &figure.panels[0].shapes {
            if let Shape::Text { text, .. } = shape {
                texts.push(text.as_str());
            }
        }
        texts
    }

    fn bars(figure: &Figure) -> Vec<&Bar> {
        let mut bars = Vec::new();
        for shape in &figure.panels[0].shapes {
            if let Shape::Bar(bar) = shape {
                bars.push(bar);
            }
        }
        bars
    }

    #[test]
    fn every_day_has_its_colour_and_its_letter() {
        let review = made_up::review(&made_up::season(2));
        let figure = figure(&review, Width::Narrow).unwrap();
        let week = ["2 Mar", "-", "H", "E", "X", "H", "M", "E", "2"];
        assert_eq!(texts(&figure)[8..17], week);
        let inks: Vec<Ink> = bars(&figure).iter().map(|bar| bar.ink).collect();
        let (hard, easy) = (Ink::Hard, Ink::Easy);
        assert_eq!(inks[..6], [hard, easy, Ink::Cross, hard, Ink::Middle, easy]);
        assert_eq!(
            figure.description,
            "2 weeks: 4 hard, 2 moderate, 4 easy, 2 other sport, 2 rest."
        );
        let keys: Vec<&str> = figure.legend.iter().map(|key| key.text.as_str()).collect();
        let words = ["H hard", "M moderate", "E easy", "X other sport", "- rest"];
        assert_eq!(keys, words);
    }

    #[test]
    fn a_laptop_has_room_for_minutes() {
        let review = made_up::review(&made_up::season(1));
        let figure = figure(&review, Width::Wide).unwrap();
        assert_eq!(texts(&figure)[10], "H 46 min");
        // Minutes are those of runs, as are the kilometres on the page.
        assert_eq!(texts(&figure)[12], "X");
    }

    #[test]
    fn cells_are_whole_pixels_and_of_many_weeks_the_last_are_drawn() {
        for (weeks, rows) in [(1, 1), (53, 53), (60, 53), (600, 53)] {
            let review = made_up::review(&made_up::season(weeks));
            for width in [Width::Wide, Width::Narrow] {
                let figure = figure(&review, width).unwrap();
                let panel = &figure.panels[0];
                assert_eq!(panel.height_px, (rows + 1) * ROW_PX);
                assert_eq!(panel.label.is_empty(), weeks == rows, "{weeks}");
                for bar in bars(&figure) {
                    assert!(bar.x.1 - bar.x.0 >= 30.0 && bar.x.1.fract().abs() < 1e-9);
                    assert!(bar.x.1 <= layout::bare_width_px(width));
                }
            }
        }
    }

    #[test]
    fn without_days_there_is_no_chart() {
        assert_eq!(svg(&Review::default()), "");
    }
}

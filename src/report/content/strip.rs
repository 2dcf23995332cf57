//! The day strip: a row a week, a column a weekday, so that hard and easy days are seen in their
//! order.

use chrono::NaiveDate;

use crate::report::drawing::ink::Ink;
use crate::review::Day;
use crate::review::DayKind;
use crate::review::Review;
use crate::review::SessionLine;
use crate::review::Week;
use crate::review::known_sum;

/// The strip of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip<'a> {
    /// The weeks, oldest first.
    pub weeks: Vec<StripWeek<'a>>,
}

/// One week.
#[derive(Clone, Debug, PartialEq)]
pub struct StripWeek<'a> {
    /// Its first day.
    pub monday: NaiveDate,
    /// Its days in order; absent outside the block.
    pub days: [Option<StripDay<'a>>; 7],
    /// Its sums.
    pub sums: Option<&'a Week>,
}

/// One day.
#[derive(Clone, Debug, PartialEq)]
pub struct StripDay<'a> {
    /// The date.
    pub day: NaiveDate,
    /// What it was.
    pub kind: DayKind,
    /// Its activities.
    pub sessions: Vec<&'a SessionLine>,
}

impl<'a> StripDay<'a> {
    /// Returns the runs of the day; other sports and walks are none.
    fn runs(&self) -> impl Iterator<Item = &'a SessionLine> {
        let sessions = self.sessions.iter().copied();
        sessions.filter(|line| line.kind.is_run())
    }

    /// Returns the distance of the runs of which it is known, in metres: 0 of a day without runs,
    /// absent where it is known of none of them.
    #[must_use]
    pub fn distance_m(&self) -> Option<f64> {
        let (distance_m, _) = known_sum(self.runs().map(|run| run.distance_m));
        distance_m
    }

    /// Returns the moving time of the runs, in seconds.
    #[must_use]
    pub fn moving_s(&self) -> f64 {
        self.runs().map(|run| run.moving_s).sum()
    }

    /// Returns the activity that made the day what it was; of several, the longest.
    #[must_use]
    pub fn decisive(&self) -> Option<&'a SessionLine> {
        let sessions = self.sessions.iter().copied();
        let of_kind = sessions.filter(|line| line.day_kind == self.kind);
        of_kind.max_by(|a, b| a.moving_s.total_cmp(&b.moving_s))
    }
}

/// Returns the strip of a block.
#[must_use]
pub fn strip(review: &Review) -> Strip<'_> {
    let mut weeks: Vec<StripWeek> = Vec::new();
    for day in &review.days {
        let column = review.week_starts.days_before(day.day);
        let monday = review.week_starts.first_day(day.day);
        if weeks.last().is_none_or(|week| week.monday != monday) {
            weeks.push(StripWeek {
                monday,
                days: std::array::from_fn(|_| None),
                sums: week_of(review, monday),
            });
        }
        let place = weeks
            .last_mut()
            .and_then(|week| week.days.get_mut(usize::try_from(column).ok()?));
        if let Some(place) = place {
            *place = Some(strip_day(review, day));
        }
    }
    Strip { weeks }
}

/// Returns the week that begins with a day.
fn week_of(review: &Review, first: NaiveDate) -> Option<&Week> {
    let place = review
        .weeks
        .binary_search_by_key(&first, |week| week.monday);
    place.ok().and_then(|place| review.weeks.get(place))
}

fn strip_day<'a>(review: &'a Review, day: &Day) -> StripDay<'a> {
    StripDay {
        day: day.day,
        kind: day.kind,
        sessions: day
            .sessions
            .iter()
            .filter_map(|index| review.sessions.get(*index))
            .collect(),
    }
}

/// The kinds of days, the hardest first.
pub const KINDS: [DayKind; 5] = [
    DayKind::Hard,
    DayKind::Medium,
    DayKind::Easy,
    DayKind::Cross,
    DayKind::Rest,
];

/// Returns the letter for a kind of day, the same on pages, in charts and in text, so that no one
/// needs the colours: ASCII, as the drawing library reckons text by bytes.
#[must_use]
pub fn day_letter(kind: DayKind) -> &'static str {
    match kind {
        DayKind::Hard => "H",
        DayKind::Medium => "M",
        DayKind::Easy => "E",
        DayKind::Cross => "X",
        DayKind::Rest => "-",
    }
}

/// Returns the letter for a kind of day and what it means, for a legend.
#[must_use]
pub fn day_key(kind: DayKind) -> String {
    format!("{} {}", day_letter(kind), day_word(kind))
}

/// Returns how many days there are of each kind, as in "2 hard, 4 easy"; what is not there is left
/// out.
#[must_use]
pub fn counts(days: impl IntoIterator<Item = DayKind>) -> String {
    let days: Vec<DayKind> = days.into_iter().collect();
    let count = |kind: DayKind| days.iter().filter(|day| **day == kind).count();
    let counted = KINDS.map(|kind| (count(kind), day_word(kind)));
    let counted = counted.iter().filter(|(count, _)| *count > 0);
    let counted: Vec<String> = counted
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    counted.join(", ")
}

/// Returns the word for a kind of day.
#[must_use]
pub fn day_word(kind: DayKind) -> &'static str {
    match kind {
        DayKind::Hard => "hard",
        DayKind::Medium => "moderate",
        DayKind::Easy => "easy",
        DayKind::Cross => "other sport",
        DayKind::Rest => "rest",
    }
}

/// Returns the ink of a kind of day; a rest day has none.
#[must_use]
pub fn day_ink(kind: DayKind) -> Option<Ink> {
    match kind {
        DayKind::Hard => Some(Ink::Hard),
        DayKind::Medium => Some(Ink::Middle),
        DayKind::Easy => Some(Ink::Easy),
        DayKind::Cross => Some(Ink::Cross),
        DayKind::Rest => None,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::vocabulary::SessionKind;

    fn day(kind: DayKind, sessions: Vec<&SessionLine>) -> StripDay<'_> {
        StripDay {
            day: NaiveDate::default(),
            kind,
            sessions,
        }
    }

    #[test]
    fn a_block_that_starts_on_a_thursday_starts_in_the_fourth_column() {
        let thursday = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let days = thursday.iter_days().take(6).map(|day| Day {
            double: false,
            day,
            kind: DayKind::Easy,
            sessions: vec![0],
            wellness: None,
        });
        let review = Review {
            days: days.collect(),
            sessions: vec![SessionLine::default()],
            ..Review::default()
        };
        let strip = strip(&review);
        let shape: Vec<Vec<bool>> = strip
            .weeks
            .iter()
            .map(|week| week.days.iter().map(Option::is_some).collect())
            .collect();
        assert_eq!(shape[0], [false, false, false, true, true, true, true]);
        assert_eq!(shape[1], [true, true, false, false, false, false, false]);
        assert_eq!(strip.weeks[0].monday.to_string(), "2025-12-29");
        let first = strip.weeks[0].days[3].as_ref().unwrap();
        assert_eq!((first.day, first.sessions.len()), (thursday, 1));
    }

    #[test]
    fn a_day_is_measured_by_its_runs_and_stands_for_what_made_it_what_it_was() {
        let line = |kind, day_kind, minutes: f64| SessionLine {
            kind,
            day_kind,
            moving_s: minutes * 60.0,
            distance_m: Some(minutes * 150.0),
            ..SessionLine::default()
        };
        let steady = line(SessionKind::Steady, DayKind::Medium, 30.0);
        let easy = line(SessionKind::Easy, DayKind::Easy, 60.0);
        let ride = line(SessionKind::CrossTraining, DayKind::Cross, 90.0);
        let walk = line(SessionKind::Walk, DayKind::Cross, 120.0);
        let medium = day(DayKind::Medium, vec![&easy, &steady, &ride]);
        assert_eq!(medium.decisive(), Some(&steady));
        assert!((medium.moving_s() - 5400.0).abs() < 1e-9);
        assert_eq!(medium.distance_m(), Some(13_500.0));
        let easy_day = day(DayKind::Easy, vec![&easy, &ride]);
        assert_eq!(easy_day.decisive(), Some(&easy));
        let cross = day(DayKind::Cross, vec![&ride, &walk]);
        assert_eq!(cross.decisive(), Some(&walk));
        assert!(cross.moving_s() < 1e-9);
        assert_eq!(cross.distance_m(), Some(0.0));
    }

    #[test]
    fn letters_of_days_are_ascii_and_distinct() {
        let letters = KINDS.map(day_letter);
        assert_eq!(letters, ["H", "M", "E", "X", "-"]);
    }
}

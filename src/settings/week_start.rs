//! The weekday on which weeks begin.

use chrono::Datelike;
use chrono::NaiveDate;
use chrono::Weekday;
use serde::Deserialize;
use serde::Serialize;

/// The weekday on which weeks begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum WeekStart {
    /// Weeks of ISO 8601.
    #[default]
    Monday,
    /// Weeks of calendars in the Americas and elsewhere.
    Sunday,
}

/// The weekdays in short, Sunday first and last.
const WEEKDAYS: [&str; 8] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

impl WeekStart {
    /// Returns whether weeks begin as they do where nothing is said.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == WeekStart::default()
    }

    /// Returns the first day of a day's week.
    #[must_use]
    pub fn first_day(self, day: NaiveDate) -> NaiveDate {
        // Only the first days of the calendar have no such day before them.
        let week = day.week(self.weekday());
        week.checked_first_day().unwrap_or(NaiveDate::MIN)
    }

    /// Returns the last day of a day's week.
    #[must_use]
    pub fn last_day(self, day: NaiveDate) -> NaiveDate {
        // Only the last days of the calendar have no such day after them.
        let week = day.week(self.weekday());
        week.checked_last_day().unwrap_or(NaiveDate::MAX)
    }

    /// Returns how many days of its week lie before a day: 0 to 6.
    #[must_use]
    pub fn days_before(self, day: NaiveDate) -> u32 {
        day.weekday().days_since(self.weekday())
    }

    /// Returns the weekdays in short in the order of a week, as in "Mon".
    #[must_use]
    pub fn weekdays(self) -> [&'static str; 7] {
        let first = usize::from(self == WeekStart::Monday);
        std::array::from_fn(|index| WEEKDAYS[first + index])
    }

    /// Returns the name of a day's week: "2026-W19" of an ISO week, else its first day, as in
    /// "2026-05-03".
    #[must_use]
    pub fn week_name(self, day: NaiveDate) -> String {
        match self {
            WeekStart::Monday => {
                let week = day.iso_week();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            WeekStart::Sunday => self.first_day(day).to_string(),
        }
    }

    fn weekday(self) -> Weekday {
        match self {
            WeekStart::Monday => Weekday::Mon,
            WeekStart::Sunday => Weekday::Sun,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sunday_ends_one_week_and_starts_the_other() {
        let sunday = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default();
        let (iso, other) = (WeekStart::Monday, WeekStart::Sunday);
        assert_eq!((iso.days_before(sunday), other.days_before(sunday)), (6, 0));
        assert_eq!(iso.week_name(sunday), "2026-W09");
        assert_eq!(other.week_name(sunday), "2026-03-01");
        assert_eq!(iso.last_day(sunday), sunday);
        assert_eq!(other.last_day(sunday).to_string(), "2026-03-07");
        assert_eq!(other.weekdays()[0], iso.weekdays()[6]);
        assert_eq!(other.weekdays()[6], "Sat");
    }

    #[test]
    fn the_ends_of_the_calendar_have_weeks() {
        for start in [WeekStart::Monday, WeekStart::Sunday] {
            assert!(start.first_day(NaiveDate::MIN) <= NaiveDate::MIN);
            assert!(start.last_day(NaiveDate::MAX) >= NaiveDate::MAX);
        }
    }
}

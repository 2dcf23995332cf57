//! The reference values of an athlete from the first run to the last.

use chrono::Datelike;
use chrono::Days;
use chrono::NaiveDate;
use chrono::Weekday;
use serde::Deserialize;
use serde::Serialize;

use crate::history::History;
use crate::history::References;

/// Days of a week.
const WEEK_DAYS: u64 = 7;
/// Most weeks that are looked at; in a longer past, every second, third … one.
///
/// # Units
/// Weeks: some 28 years. Keeps the work bounded when one run has a wrong date.
const MOST_WEEKS: u64 = 1500;

/// The reference values on a day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DatedReferences {
    /// The day.
    pub day: NaiveDate,
    /// What was known before it.
    #[serde(flatten)]
    pub references: References,
}

/// How often an athlete's past is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampling {
    /// On the day of the first run of each month but the very first.
    Months,
    /// On every Monday after the first run, with runs or not.
    Weeks,
}

impl History {
    /// Returns the reference values over time: at the given days and on the day after the last run;
    /// none without a past.
    #[must_use]
    pub fn over_time(&self, sampling: Sampling) -> Vec<DatedReferences> {
        let (Some(first), Some(last)) = (self.past.first(), self.past.last()) else {
            return Vec::new();
        };
        let days = match sampling {
            Sampling::Months => self.starts_of_months(),
            Sampling::Weeks => mondays(first.day, last.day),
        };
        let references = |day| DatedReferences {
            day,
            references: self.references(day),
        };
        let after = last.day.succ_opt();
        days.into_iter().chain(after).map(references).collect()
    }

    fn starts_of_months(&self) -> Vec<NaiveDate> {
        let month = |day: NaiveDate| (day.year(), day.month());
        let pairs = self.past.windows(2);
        pairs
            .map(|pair| (pair[0].day, pair[1].day))
            .filter(|(before, day)| month(*before) != month(*day))
            .map(|(_, day)| day)
            .collect()
    }
}

/// Returns the Mondays after a day up to another.
fn mondays(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let weeks = u64::try_from((last - first).num_days()).unwrap_or(0) / WEEK_DAYS;
    let step = Days::new(WEEK_DAYS * weeks.div_ceil(MOST_WEEKS).max(1));
    let monday = first.week(Weekday::Mon).checked_first_day();
    let next = |day: &NaiveDate| day.checked_add_days(step);
    std::iter::successors(monday.as_ref().and_then(next), next)
        .take_while(|day| *day <= last)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::PastSession;
    use crate::settings::Settings;
    use crate::settings::Thresholds;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
    }

    fn history(days: &[NaiveDate]) -> History {
        let mut history = History::new(Settings {
            thresholds: vec![Thresholds {
                from: day(3, 10),
                critical_speed_m_s: Some(4.2),
                threshold_heart_rate_bpm: None,
                maximum_heart_rate_bpm: None,
                resting_heart_rate_bpm: None,
                easy_speed_m_s: None,
            }],
            ..Settings::default()
        });
        for day in days {
            history.push(PastSession {
                day: *day,
                ..PastSession::default()
            });
        }
        history
    }

    fn days(history: &History, sampling: Sampling) -> Vec<NaiveDate> {
        let sampled = history.over_time(sampling);
        sampled.iter().map(|dated| dated.day).collect()
    }

    #[test]
    fn weeks_without_runs_are_looked_at_too() {
        // 4 March 2026 is a Wednesday.
        let history = history(&[day(3, 4), day(3, 5), day(3, 25)]);
        let weeks = [day(3, 9), day(3, 16), day(3, 23), day(3, 26)];
        assert_eq!(days(&history, Sampling::Weeks), weeks);
        let known = history.over_time(Sampling::Weeks);
        let known = known.iter().map(|dated| &dated.references);
        let known: Vec<bool> = known.map(|r| r.critical_speed_m_s.is_some()).collect();
        assert_eq!(known, [false, true, true, true]);
    }

    #[test]
    fn months_begin_with_their_first_run() {
        let history = history(&[day(3, 4), day(3, 5), day(5, 2), day(5, 9), day(6, 1)]);
        let months = [day(5, 2), day(6, 1), day(6, 2)];
        assert_eq!(days(&history, Sampling::Months), months);
    }

    #[test]
    fn one_run_gives_the_day_after_it_and_none_nothing() {
        for sampling in [Sampling::Months, Sampling::Weeks] {
            assert_eq!(days(&history(&[day(3, 4)]), sampling), [day(3, 5)]);
            assert!(days(&history(&[]), sampling).is_empty());
        }
    }

    #[test]
    fn a_run_with_a_wrong_date_does_not_make_endless_work() {
        let long_ago = NaiveDate::from_ymd_opt(-3000, 1, 1).unwrap_or_default();
        let history = history(&[long_ago, day(3, 4)]);
        let sampled = days(&history, Sampling::Weeks).len();
        assert!((1000..=1501).contains(&sampled), "{sampled}");
    }
}

//! The weeks of an athlete, of the block and before it: each with its days and its activities.

use std::collections::BTreeMap;

use chrono::Days;
use chrono::NaiveDate;

use crate::classification::Session;
use crate::review;
use crate::review::DayKind;
use crate::review::Week;
use crate::settings::WeekStart;

/// A week with an activity.
#[derive(Clone, Debug)]
pub(super) struct LogWeek {
    /// Its sums.
    pub(super) week: Week,
    /// What each day was, in order.
    pub(super) days: [(NaiveDate, DayKind); 7],
    /// Its activities, as indices of the sessions that were given.
    pub(super) sessions: Vec<usize>,
}

/// Returns the weeks that hold a dated activity, oldest first.
pub(super) fn training_log(sessions: &[Session], starts: WeekStart) -> Vec<LogWeek> {
    let kinds = review::day_kinds(sessions);
    let mut by_week: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::new();
    for (index, session) in sessions.iter().enumerate() {
        if let Some(day) = session.head.day {
            by_week
                .entry(starts.first_day(day))
                .or_default()
                .push(index);
        }
    }
    review::weeks_with_activities(sessions, starts)
        .into_iter()
        .filter_map(|week| {
            let sessions = by_week.remove(&week.monday)?;
            let days = std::array::from_fn(|index| {
                let day = week.monday + Days::new(index as u64);
                (day, kinds.get(&day).copied().unwrap_or_default())
            });
            Some(LogWeek {
                week,
                days,
                sessions,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::made_up;
    use crate::vocabulary::SessionKind;

    #[test]
    fn every_dated_activity_is_in_one_week_and_weeks_without_any_are_left_out() {
        let mut sessions = made_up::season(2);
        let far = made_up::first_day() + Days::new(70);
        sessions.push(made_up::plain_session(far, SessionKind::Easy, 1800.0));
        let weeks = training_log(&sessions, WeekStart::Monday);
        assert_eq!(weeks.len(), 3);
        let all: Vec<usize> = weeks
            .iter()
            .flat_map(|week| week.sessions.clone())
            .collect();
        assert_eq!(all, (0..sessions.len()).collect::<Vec<_>>());
        assert_eq!(weeks[2].week.monday, WeekStart::Monday.first_day(far));
        assert_eq!(weeks[2].days[0].0, weeks[2].week.monday);
        let hard = weeks[0].days.iter().filter(|day| day.1 == DayKind::Hard);
        assert_eq!(hard.count(), 2);
    }
}

//! The weeks from the first run to the end of the block, in what decides how training went on: running
//! time, hard running, races, and breaks.

use chrono::Days;
use chrono::NaiveDate;

use crate::classification::Session;
use crate::review::block::Block;
use crate::review::block::DAYS_OF_WEEK;
use crate::review::block::Entry;
use crate::review::block::Span;
use crate::statistics::median;
use crate::units::SECONDS_PER_HOUR;
use crate::units::SECONDS_PER_MINUTE;
use crate::vocabulary::SessionKind;

/// The weeks of running of which the middle is the usual week: half a year.
pub(super) const USUAL_WEEKS: usize = 26;
/// Weeks of running from which on a week is usual.
const LEAST_WEEKS: usize = 3;
/// A week of at most this share of the usual one is a part of a break.
///
/// # Units
/// Ratio of running times. Our choice: one run of five, or one short one.
const BREAK: f64 = 0.2;
/// Races from this distance on have a recovery.
///
/// # Units
/// Metres.
const LONG_RACE_M: f64 = 15_000.0;

/// What a week holds.
#[derive(Clone, Debug, Default)]
pub(super) struct WeekSum {
    pub(super) monday: NaiveDate,
    pub(super) runs: usize,
    pub(super) hours: f64,
    /// Time at 0.92 of critical speed and more, races left out.
    pub(super) hard_minutes: f64,
    pub(super) has_race: bool,
    pub(super) has_long_race: bool,
    /// The middle of the weeks of running before it; absent with too few of them.
    pub(super) usual_hours: Option<f64>,
    /// Whether hardly anything was run in it, against the usual week.
    pub(super) is_break: bool,
}

impl WeekSum {
    /// Returns whether all days of the week lie in these days.
    pub(super) fn lies_in(&self, span: Span) -> bool {
        let last = self.monday.checked_add_days(Days::new(DAYS_OF_WEEK - 1));
        span.contains(self.monday) && last.is_some_and(|day| span.contains(day))
    }
}

/// Returns the weeks from the first run to the end of the block, the empty ones included.
pub(super) fn week_sums(block: &Block<'_>) -> Vec<WeekSum> {
    let (Some(first), Some(span)) = (block.first_run_day(), block.span) else {
        return Vec::new();
    };
    let first = block.week_starts.first_day(first);
    let mut weeks: Vec<WeekSum> = first
        .iter_weeks()
        .take_while(|first| *first <= span.to)
        .map(|first| WeekSum {
            monday: first,
            ..WeekSum::default()
        })
        .collect();
    for run in block.all_runs() {
        let index = weeks.partition_point(|week| week.monday <= run.day);
        if let Some(week) = index.checked_sub(1).and_then(|i| weeks.get_mut(i)) {
            add(week, run);
        }
    }
    mark_breaks(&mut weeks);
    weeks
}

fn add(week: &mut WeekSum, run: &Entry<'_>) {
    let session = run.session;
    week.hours += session.head.moving_s / SECONDS_PER_HOUR;
    week.runs += 1;
    let is_race = session.kind == SessionKind::Race;
    // A race is what training is for, not a part of it.
    if let Some(distribution) = session.distribution.as_ref().filter(|_| !is_race) {
        week.hard_minutes += distribution.hard_s() / SECONDS_PER_MINUTE;
    }
    if is_race {
        week.has_race = true;
        week.has_long_race |= race_distance_m(session).is_some_and(|m| m >= LONG_RACE_M);
    }
}

/// Marks the weeks in which hardly anything was run. The weeks of a break make no usual week, however
/// long it lasts.
pub(super) fn mark_breaks(weeks: &mut [WeekSum]) {
    let mut running: Vec<f64> = Vec::new();
    for week in weeks {
        let recent = running[running.len().saturating_sub(USUAL_WEEKS)..].iter();
        let usual = median(recent.copied()).filter(|_| running.len() >= LEAST_WEEKS);
        week.usual_hours = usual;
        let is_little = usual.is_some_and(|usual| week.hours <= BREAK * usual);
        week.is_break = is_little && !week.has_race;
        // Weeks of nothing before anything was usual say nothing of what is.
        if !week.is_break && week.hours > 0.0 {
            running.push(week.hours);
        }
    }
}

/// Returns the distance that was raced: that of the longest effort, or of the whole run where none
/// stands out of it.
pub(super) fn race_distance_m(session: &Session) -> Option<f64> {
    let efforts = session.segments.iter();
    let efforts = efforts.filter(|s| s.executed && s.kind.is_work());
    let longest = efforts.filter_map(|s| s.distance_m).reduce(f64::max);
    longest.or(session.head.distance_m)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_break_stays_a_break() {
        let hours = [3.0; 5].into_iter().chain([0.1; 40]).chain([2.0]);
        let mut weeks: Vec<WeekSum> = hours
            .map(|hours| WeekSum {
                hours,
                ..WeekSum::default()
            })
            .collect();
        mark_breaks(&mut weeks);
        assert!(weeks[5..45].iter().all(|week| week.is_break));
        assert!(!weeks[45].is_break && !weeks[4].is_break);
        assert_eq!(weeks[45].usual_hours, Some(3.0));
        // Before anything was usual, weeks of nothing make nothing usual.
        let hours = [0.0; 5].into_iter().chain([0.5, 2.0]);
        let mut first: Vec<WeekSum> = hours
            .map(|hours| WeekSum {
                hours,
                ..WeekSum::default()
            })
            .collect();
        mark_breaks(&mut first);
        assert!(first.iter().all(|week| week.usual_hours.is_none()));
        // With nothing to compare with, a week of little is no break.
        assert!(!weeks[0].is_break);
    }
}

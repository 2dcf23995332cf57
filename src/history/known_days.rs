//! From when to when an athlete was active, whatever a watch with a wrong clock says.
//!
//! # Steps
//! The days in order fall into groups wherever two of them are far apart. The largest group stays, of several
//! alike the first: a clock that was never set is more often ahead than a runner is back. A few days count as
//! far away sooner than many, as whole years of runs are no fault of a clock. What is left and still longer
//! than a life of running is cut to the part of it that holds most days.
//!
//! The clock of this computer is not asked: results are the same whenever they are made.

use chrono::NaiveDate;

/// Days that lie further than this from all others have a wrong date: a watch that forgot the year, a file
/// that says 9999.
///
/// # Units
/// Days: 25 years, longer than watches have written down where a runner ran.
const LONGEST_BREAK_DAYS: i64 = 25 * 365;
/// A few days that lie further than this from all others have a wrong date: the weeks that GPS counts begin
/// again after 1024 of them, which puts an old receiver 19.6 years off.
///
/// # Units
/// Days: 15 years. Chosen: less than the weeks of GPS, more than runners stay away and come back.
const LONGEST_BREAK_OF_FEW_DAYS: i64 = 15 * 365;
/// Days are few beside so many times as many.
///
/// # Units
/// Ratio. Chosen: one wrong date in twenty runs is a fault, two of five may be how somebody ran.
const FEW_BESIDE: usize = 20;
/// No record of one runner is longer, so that nothing that goes from day to day goes on for ever.
///
/// # Units
/// Days: 100 years.
const LONGEST_RECORD_DAYS: i64 = 100 * 365;

/// Returns the first and the last of some days, each as often as there is an activity, without those that
/// cannot be right. Absent without any day.
#[must_use]
pub fn known_days(days: impl IntoIterator<Item = NaiveDate>) -> Option<(NaiveDate, NaiveDate)> {
    let mut days: Vec<NaiveDate> = days.into_iter().collect();
    days.sort_unstable();
    let far = largest(&days, LONGEST_BREAK_DAYS);
    let most = largest(far, LONGEST_BREAK_OF_FEW_DAYS).len();
    let groups = far.chunk_by(|a, b| gap_days(*a, *b) <= LONGEST_BREAK_OF_FEW_DAYS);
    let groups: Vec<&[NaiveDate]> = groups.collect();
    let is_more = |group: &&&[NaiveDate]| group.len() * FEW_BESIDE > most;
    let first = groups.iter().find(is_more).and_then(|group| group.first());
    let last = groups.iter().rfind(is_more).and_then(|group| group.last());
    let (first, last) = first.zip(last)?;
    let start = far.partition_point(|day| day < first);
    let end = far.partition_point(|day| day <= last);
    let kept = fullest(far.get(start..end)?);
    Some((*kept.first()?, *kept.last()?))
}

fn gap_days(a: NaiveDate, b: NaiveDate) -> i64 {
    (b - a).num_days()
}

/// Returns the largest group of days without a longer break, of several the first.
fn largest(days: &[NaiveDate], longest_break: i64) -> &[NaiveDate] {
    let groups = days.chunk_by(|a, b| gap_days(*a, *b) <= longest_break);
    groups.rev().max_by_key(|group| group.len()).unwrap_or(&[])
}

/// Returns the part of some days that is no longer than a record can be and holds most of them, of several
/// the first.
fn fullest(days: &[NaiveDate]) -> &[NaiveDate] {
    let (mut start, mut best) = (0, 0..0);
    for (end, day) in days.iter().enumerate() {
        let is_before = |first: &NaiveDate| gap_days(*first, *day) > LONGEST_RECORD_DAYS;
        start += days[start..]
            .iter()
            .take_while(|first| is_before(first))
            .count();
        if end + 1 - start > best.len() {
            best = start..end + 1;
        }
    }
    &days[best]
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn new_year(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 1, 1).unwrap()
    }

    /// Returns the years from and to which days are known, of some years with so many days each.
    fn known(years: &[(i32, usize)]) -> (i32, i32) {
        use chrono::Datelike;
        let days = years.iter();
        let days = days.flat_map(|(year, count)| new_year(*year).iter_days().take(*count));
        let (first, last) = known_days(days).unwrap();
        (first.year(), last.year())
    }

    #[test]
    fn one_wrong_date_is_left_out_and_years_of_runs_are_not() {
        assert_eq!(known(&[(2025, 200), (9999, 1)]), (2025, 2025));
        assert_eq!(known(&[(1989, 1), (2025, 200), (9999, 2)]), (2025, 2025));
        // The weeks of GPS, backwards and forwards.
        assert_eq!(known(&[(2005, 3), (2025, 200), (2044, 3)]), (2025, 2025));
        // Somebody who came back.
        assert_eq!(known(&[(2008, 80), (2025, 200)]), (2008, 2025));
        assert_eq!(known(&[(2008, 200), (2025, 11)]), (2008, 2025));
        assert_eq!(known(&[(2014, 200), (2025, 1)]), (2014, 2025));
        assert_eq!(known(&[(2005, 3), (2025, 3)]), (2005, 2025));
        assert_eq!(known(&[(1990, 3), (2025, 3)]), (1990, 1990));
        assert_eq!(known_days([]), None);
    }

    #[test]
    fn no_record_is_longer_than_a_life() {
        let mut years: Vec<(i32, usize)> = (1..700).map(|step| (14 * step, 1)).collect();
        years.push((9999, 3));
        assert_eq!(known(&years), (14, 112));
    }
}

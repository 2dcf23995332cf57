//! What an athlete's week usually holds.

use crate::review::Week;
use crate::statistics;
use crate::units::as_f64;

/// Whole weeks before the latest one that are looked at, at most.
///
/// Chosen: two months, long enough for one easier week in four to be no matter.
pub const MOST_WEEKS: usize = 8;
/// Fewer whole weeks tell nothing.
const LEAST_WEEKS: usize = 3;

/// The middle of some whole weeks, each number by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct UsualWeek {
    /// How many weeks it is made of.
    pub weeks: usize,
    /// Runs.
    pub runs: f64,
    /// Distance, in metres; absent where it is not known of all runs.
    pub distance_m: Option<f64>,
    /// Moving time, in seconds.
    pub moving_s: f64,
    /// Load, in points; absent where a run was not rated.
    pub load: Option<f64>,
    /// Hard runs.
    pub hard_days: f64,
}

/// Returns the usual week before the last of some weeks, the oldest first; absent where there are too few.
/// Weeks without an activity between them count as weeks without a run.
#[must_use]
pub fn usual_week(weeks: &[&Week]) -> Option<UsualWeek> {
    let (latest, before) = weeks.split_last()?;
    let near = |week: &&&Week| {
        let apart = (latest.monday - week.monday).num_weeks();
        usize::try_from(apart).is_ok_and(|apart| (1..=MOST_WEEKS).contains(&apart))
    };
    let found: Vec<&&Week> = before.iter().filter(near).collect();
    let first = found.first()?.monday;
    let span = usize::try_from((latest.monday - first).num_weeks()).ok()?;
    if span < LEAST_WEEKS {
        return None;
    }
    let empty = span - found.len();
    let middle = |value: &dyn Fn(&Week) -> f64| {
        let rest = std::iter::repeat_n(0.0, empty);
        statistics::median(found.iter().map(|week| value(week)).chain(rest)).unwrap_or(0.0)
    };
    let is_measured = found.iter().all(|week| week.measured_runs == week.runs);
    let is_rated = found.iter().all(|week| week.rated_runs == week.runs);
    Some(UsualWeek {
        weeks: span,
        runs: middle(&|week| as_f64(week.runs)),
        distance_m: is_measured.then(|| middle(&|week| week.distance_m.unwrap_or(0.0))),
        moving_s: middle(&|week| week.moving_s),
        load: is_rated.then(|| middle(&|week| week.load.unwrap_or(0.0))),
        hard_days: middle(&|week| as_f64(week.quality_sessions)),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;
    use chrono::Days;

    fn week(number: u64, runs: usize) -> Week {
        Week {
            monday: crate::report::made_up::first_day() + Days::new(7 * number),
            runs,
            measured_runs: runs,
            rated_runs: runs,
            distance_m: Some(1000.0 * as_f64(runs)),
            moving_s: 600.0 * as_f64(runs),
            ..Week::default()
        }
    }

    #[test]
    fn the_usual_week_is_the_middle_of_those_before() {
        let weeks: Vec<Week> = [3, 4, 9, 4, 1]
            .into_iter()
            .zip(0..)
            .map(|(runs, n)| week(n, runs))
            .collect();
        let usual = usual_week(&weeks.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!(
            (usual.weeks, usual.runs, usual.distance_m),
            (4, 4.0, Some(4000.0))
        );
        assert_eq!(usual_week(&weeks[..3].iter().collect::<Vec<_>>()), None);
    }

    #[test]
    fn weeks_without_a_run_count() {
        let weeks = [week(0, 4), week(3, 5), week(4, 1)];
        let usual = usual_week(&weeks.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!((usual.weeks, usual.runs), (4, 2.0));
    }
}

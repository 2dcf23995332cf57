//! What was run in a year, a month or all the time, and what was run fastest.

use std::collections::BTreeMap;

use chrono::Datelike;
use chrono::NaiveDate;

use crate::classification::Session;
use crate::report::content::race::Race;
use crate::review::known_sum;

/// Sums over the activities of some time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Period {
    /// Runs.
    pub runs: usize,
    /// Other activities.
    pub others: usize,
    /// Hard runs: quality sessions.
    pub hard: usize,
    /// Distance of the runs of which it is known, in metres; absent where it is known of none.
    pub distance_m: Option<f64>,
    /// Runs whose distance is known.
    pub measured_runs: usize,
    /// Moving time of the runs, in seconds.
    pub moving_s: f64,
    /// Moving time of the longest run, in seconds.
    pub longest_s: f64,
    /// Metres climbed by the runs of which it is known; absent where it is known of none.
    pub ascent_m: Option<f64>,
    /// Time in each of three zones, in seconds.
    pub zone_s: [f64; 3],
    /// Load of the rated runs, in points; absent where none was rated.
    pub load: Option<f64>,
    /// Runs whose load could be rated.
    pub rated_runs: usize,
}

impl Period {
    /// Sums up activities; those that are left out of the review are left out here.
    #[must_use]
    pub fn of<'a>(sessions: impl IntoIterator<Item = &'a Session>) -> Self {
        let counted = sessions.into_iter().filter(|session| !session.excluded);
        let (runs, others): (Vec<&Session>, Vec<&Session>) =
            counted.partition(|session| session.kind.is_run());
        let (distance_m, measured_runs) = known_sum(runs.iter().map(|run| run.head.distance_m));
        let loads = runs
            .iter()
            .map(|run| run.load.as_ref().map(|load| load.value));
        let (load, rated_runs) = known_sum(loads);
        let (ascent_m, _) = known_sum(runs.iter().map(|run| run.head.ascent_m));
        let mut zone_s = [0.0; 3];
        for rated in runs.iter().filter_map(|run| run.distribution.as_ref()) {
            for (sum, seconds) in zone_s.iter_mut().zip(rated.zone_s) {
                *sum += seconds;
            }
        }
        let times = || runs.iter().map(|run| run.head.moving_s);
        Self {
            runs: runs.len(),
            others: others.len(),
            hard: runs.iter().filter(|run| run.quality).count(),
            distance_m,
            measured_runs,
            // A sum of nothing is -0.0, which would be shown.
            moving_s: times().fold(0.0, |sum, time| sum + time),
            longest_s: times().fold(0.0, f64::max),
            ascent_m,
            zone_s,
            load,
            rated_runs,
        }
    }
}

/// Returns the sums of each year with an activity, the oldest first.
#[must_use]
pub fn years<'a>(sessions: impl IntoIterator<Item = &'a Session>) -> BTreeMap<i32, Period> {
    by(sessions, |day| day.year())
}

/// Returns the sums of each month of a year with an activity; January is 1.
#[must_use]
pub fn months<'a>(
    sessions: impl IntoIterator<Item = &'a Session>,
    year: i32,
) -> BTreeMap<u32, Period> {
    let of_year = sessions
        .into_iter()
        .filter(|session| session.head.day.is_some_and(|day| day.year() == year));
    by(of_year, |day| day.month())
}

fn by<'a, Key: Ord>(
    sessions: impl IntoIterator<Item = &'a Session>,
    key: impl Fn(NaiveDate) -> Key,
) -> BTreeMap<Key, Period> {
    let mut groups: BTreeMap<Key, Vec<&Session>> = BTreeMap::new();
    for session in sessions {
        if let Some(day) = session.head.day {
            groups.entry(key(day)).or_default().push(session);
        }
    }
    let groups = groups.into_iter();
    groups
        .map(|(key, of_key)| (key, Period::of(of_key)))
        .collect()
}

/// The fastest time over a distance.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The distance, in metres.
    pub distance_m: f64,
    /// The time, in seconds.
    pub time_s: f64,
    /// The place of the session in which it was run, among those that were given.
    pub session: usize,
}

/// Returns the fastest time over each distance, the shortest first.
#[must_use]
pub fn records<'a>(sessions: impl IntoIterator<Item = &'a Session>) -> Vec<Record> {
    let mut fastest: BTreeMap<u64, Record> = BTreeMap::new();
    let runs = sessions.into_iter().enumerate();
    for (place, session) in runs.filter(|(_, one)| one.is_counted_run()) {
        for effort in &session.best_efforts {
            let Some(time_s) = effort.known_elapsed_s() else {
                continue;
            };
            let own = Record {
                distance_m: effort.distance_m,
                time_s,
                session: place,
            };
            // Positive numbers are ordered as their bits are.
            let best = fastest
                .entry(effort.distance_m.to_bits())
                .or_insert_with(|| own.clone());
            if time_s < best.time_s {
                *best = own;
            }
        }
    }
    fastest.into_values().collect()
}

/// Returns the races, the newest first, each with the place of its session among those that were given.
#[must_use]
pub fn races<'a>(sessions: impl IntoIterator<Item = &'a Session>) -> Vec<(Race, usize)> {
    let sessions = sessions.into_iter().enumerate();
    let mut races: Vec<(Race, usize)> = sessions
        .filter(|(_, session)| !session.excluded)
        .filter_map(|(place, session)| Some((Race::of(session)?, place)))
        .collect();
    races.reverse();
    races
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;
    use crate::report::made_up;
    use crate::summary::BestEffort;
    use crate::vocabulary::SessionKind;

    fn run(year: i32, month: u32, time_s: f64) -> Session {
        let day = NaiveDate::from_ymd_opt(year, month, 5).unwrap();
        let mut run = made_up::plain_session(day, SessionKind::Easy, 2400.0);
        run.best_efforts = vec![BestEffort {
            distance_m: 5000.0,
            time_s,
            continuous: true,
            ..BestEffort::default()
        }];
        run
    }

    #[test]
    fn years_and_months_add_up() {
        let mut sessions = vec![
            run(2025, 12, 1500.0),
            run(2026, 1, 1400.0),
            run(2026, 1, 1450.0),
        ];
        sessions[2].head.distance_m = None;
        let years = years(&sessions);
        assert_eq!(years.keys().copied().collect::<Vec<_>>(), [2025, 2026]);
        assert_eq!(years[&2026].runs, 2);
        assert_eq!(years[&2026].measured_runs, 1);
        assert_eq!(
            months(&sessions, 2026).keys().copied().collect::<Vec<_>>(),
            [1]
        );
        let all = Period::of(&sessions);
        assert_eq!(
            all.runs,
            years.values().map(|year| year.runs).sum::<usize>()
        );
        sessions[0].excluded = true;
        assert_eq!(Period::of(&sessions).runs, 2);
    }

    #[test]
    fn the_fastest_is_the_record() {
        let sessions = [
            run(2025, 12, 1500.0),
            run(2026, 1, 1400.0),
            run(2026, 2, 1450.0),
        ];
        let found = records(&sessions);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].session, 1);
        let mut over_rests = run(2026, 3, 1300.0);
        over_rests.best_efforts[0].continuous = false;
        let both = [sessions[0].clone(), over_rests.clone()];
        assert!((records(&both)[0].time_s - 1500.0).abs() < 1e-9);
        // The clock of the race went on while the watch was stopped.
        over_rests.best_efforts[0].elapsed_s = Some(1480.0);
        let both = [sessions[0].clone(), over_rests];
        assert!((records(&both)[0].time_s - 1480.0).abs() < 1e-9);
    }

    #[test]
    fn races_are_listed_the_newest_first() {
        let mut sessions = vec![run(2025, 5, 1.0), run(2025, 6, 1.0), run(2025, 7, 1.0)];
        for race in [0, 2] {
            sessions[race].kind = SessionKind::Race;
        }
        let places: Vec<usize> = races(&sessions).iter().map(|(_, place)| *place).collect();
        assert_eq!(places, [2, 0]);
    }
}

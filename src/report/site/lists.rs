//! The lists of activities of an athlete who has more of them than the first page can show: a page for
//! each year, in parts where a year has very many.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::classification::Session;

/// So many activities stand in the list of the first page, all of them.
///
/// # Units
/// Activities. Ten years of a run a day, which a browser shows at once (some 2.5 MB).
pub(super) const MOST_ON_FIRST: usize = 4000;
/// So many of the newest stand there where there are more.
///
/// # Units
/// Activities. Chosen: some years of running.
pub(super) const NEWEST_ON_FIRST: usize = 1000;
/// So many stand in a part of a year.
///
/// # Units
/// Activities. Chosen: more than anybody runs in a year.
const MOST_IN_PART: usize = 2000;

/// A list of activities with a page of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ActivityList {
    /// The place of its page in the folder of the athlete.
    pub(super) path: String,
    /// What it is called, as in "2025" or "2025, part 2".
    pub(super) name: String,
    /// Its activities in order, as indices of the sessions that were given.
    pub(super) sessions: Vec<usize>,
}

/// Returns the lists of some sessions, the newest first; none where the first page shows them all.
pub(super) fn lists(sessions: &[Session]) -> Vec<ActivityList> {
    if sessions.len() <= MOST_ON_FIRST {
        return Vec::new();
    }
    let mut years: BTreeMap<Option<i32>, Vec<usize>> = BTreeMap::new();
    for (index, session) in sessions.iter().enumerate() {
        let year = session.head.day.map(|day| day.year());
        years.entry(year).or_default().push(index);
    }
    let parts = years.iter().flat_map(|(year, sessions)| {
        // Parts fill up from the oldest on, so that a new activity changes the last one only.
        let parts = sessions.chunks(MOST_IN_PART).zip(1..);
        parts.map(|(part, number)| list(*year, number, part))
    });
    let mut lists: Vec<ActivityList> = parts.collect();
    lists.reverse();
    lists
}

fn list(year: Option<i32>, number: usize, sessions: &[usize]) -> ActivityList {
    let year = year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
    let (path, name) = match number {
        1 => (format!("lists/{year}.html"), year),
        _ => (
            format!("lists/{year}-{number}.html"),
            format!("{year}, part {number}"),
        ),
    };
    ActivityList {
        path,
        name,
        sessions: sessions.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::made_up;
    use crate::vocabulary::SessionKind;

    #[test]
    fn every_activity_is_in_one_list_and_few_activities_have_none() {
        let one = made_up::plain_session(made_up::first_day(), SessionKind::Easy, 1800.0);
        let mut sessions = vec![one.clone(); MOST_ON_FIRST];
        assert_eq!(lists(&sessions), []);
        let mut undated = one;
        undated.head.day = None;
        sessions.push(undated);
        let lists = lists(&sessions);
        let names: Vec<&str> = lists.iter().map(|list| list.name.as_str()).collect();
        assert_eq!(names, ["2026, part 2", "2026", "undated"]);
        assert_eq!(lists[0].path, "lists/2026-2.html");
        let mut all: Vec<usize> = lists.into_iter().flat_map(|list| list.sessions).collect();
        all.sort_unstable();
        assert_eq!(all, (0..=MOST_ON_FIRST).collect::<Vec<_>>());
    }
}

//! The blocks before a block.

use chrono::Days;
use chrono::NaiveDate;

use crate::classification::Session;
use crate::review::DAYS_OF_WEEK;
use crate::review::Review;
use crate::review::ReviewOptions;
use crate::review::known_days;
use crate::review::review;

/// Reviews the blocks before one, each as long as it, the newest first; time without any activity between
/// them is left out, so that there are no more blocks than activities.
///
/// `options` are those with which `latest` was made.
#[must_use]
pub fn earlier_blocks(
    sessions: &[Session],
    options: &ReviewOptions,
    latest: &Review,
) -> Vec<Review> {
    let (Some(from), Some(to)) = (latest.from, latest.to) else {
        return Vec::new();
    };
    let counted = sessions.iter().filter(|session| !session.excluded);
    let mut days: Vec<NaiveDate> = counted.filter_map(|session| session.head.day).collect();
    days.sort_unstable();
    if let Some((first, last)) = known_days(sessions) {
        days.retain(|day| first <= *day && *day <= last);
    }
    let length = u64::try_from((to - from).num_days()).unwrap_or_default();
    let whole_weeks = Days::new((length / DAYS_OF_WEEK) * DAYS_OF_WEEK + DAYS_OF_WEEK - 1);
    let mut blocks = Vec::new();
    let mut before = from;
    while let Some(last) = latest_before(&mut days, before) {
        // The day before the block, unless a long break lies there.
        let near = before - Days::new(1);
        let to = near.min(options.week_starts.first_day(last) + Days::new(DAYS_OF_WEEK - 1));
        let from = to.checked_sub_days(whole_weeks).unwrap_or(NaiveDate::MIN);
        let options = ReviewOptions {
            from: Some(from),
            to: Some(to),
            ..options.clone()
        };
        blocks.push(review(sessions, &options));
        before = from;
    }
    blocks
}

/// Returns the latest of some days in order that lies before one, and forgets the later ones.
fn latest_before(days: &mut Vec<NaiveDate>, before: NaiveDate) -> Option<NaiveDate> {
    days.truncate(days.partition_point(|day| *day < before));
    days.last().copied()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;
    use crate::report::made_up;
    use crate::vocabulary::SessionKind;

    #[test]
    fn every_activity_is_in_one_block() {
        let first = NaiveDate::from_ymd_opt(2024, 3, 4).unwrap();
        // Two runs, a break of two years, and forty weeks of runs.
        let far = [0, 8].map(|day| first + Days::new(day));
        let near = (0..40).map(|week| first + Days::new(730 + 7 * week));
        let easy = |day| made_up::plain_session(day, SessionKind::Easy, 2400.0);
        let sessions: Vec<Session> = far.into_iter().chain(near).map(easy).collect();
        let options = ReviewOptions::default();
        let latest = review(&sessions, &options);
        let blocks = earlier_blocks(&sessions, &options, &latest);
        assert_eq!(blocks.len(), 4);
        let all = blocks.iter().chain([&latest]);
        assert_eq!(
            all.map(|block| block.totals.runs).sum::<usize>(),
            sessions.len()
        );
        for pair in blocks.windows(2) {
            assert!(pair[1].to < pair[0].from);
        }
        assert_eq!(blocks[0].to.unwrap() + Days::new(1), latest.from.unwrap());
    }
}

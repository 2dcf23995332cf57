//! The days that a user asked for: what lies in them, and what is said when that is nothing.

use std::ops::RangeInclusive;

use anyhow::bail;
use chrono::NaiveDate;

use super::args::Block;
use super::args::Common;
use super::diagnose;
use crate::classification::Session;
use crate::pipeline::Outcome;
use crate::review::Review;

/// Returns whether a user named a part of the past.
pub(super) fn is_asked(block: &Block) -> bool {
    block.weeks.is_some() || block.from.is_some() || block.to.is_some()
}

/// Refuses a range in which there is no activity.
///
/// # Errors
/// Says which days were asked for, and from when to when there are activities.
pub(super) fn refuse_empty(
    sessions: &[Session],
    block: &Block,
    reviews: &[Review],
) -> anyhow::Result<()> {
    let days = reviews.iter().map(|review| asked(block, review));
    let is_in = |session: &Session| {
        let day = session.head.day;
        day.is_some_and(|day| days.clone().any(|days| days.contains(&day)))
    };
    let is_empty = !sessions.iter().any(is_in);
    if !is_asked(block) || !is_empty || sessions.is_empty() {
        return Ok(());
    }
    // Without a first day a block is so many weeks long, as the review says.
    let first = reviews.iter().filter_map(|review| review.from).min();
    let asked = asked_words(block.from.or(first), block.to);
    bail!("no activity {asked}; {}", there_are(sessions))
}

/// Returns the days that were asked for: from the first of the review where only so many weeks were.
pub(super) fn asked(block: &Block, review: &Review) -> RangeInclusive<NaiveDate> {
    let from = block.from.or(review.from).unwrap_or(NaiveDate::MIN);
    from..=block.to.unwrap_or(NaiveDate::MAX)
}

fn asked_words(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("from {from} to {to}"),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(to)) => format!("up to {to}"),
        (None, None) => "with a date".to_owned(),
    }
}

/// Returns how many activities there are and of which days.
fn there_are(sessions: &[Session]) -> String {
    let days: Vec<NaiveDate> = sessions.iter().filter_map(|one| one.head.day).collect();
    match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) => {
            let are = if days.len() == 1 { "is" } else { "are" };
            format!("there {are} {} from {first} to {last}", days.len())
        }
        _ => "none has a date".to_owned(),
    }
}

/// Leaves of each athlete the activities of the days that were asked for, by local day.
pub(super) fn keep(common: &Common, block: &Block, outcome: &mut Outcome, reviews: &[Review]) {
    let undated = outcome.sessions.iter().filter(|one| one.head.day.is_none());
    let undated = undated.count();
    outcome.keep(&|athlete, session| {
        let days = reviews.get(athlete).map(|review| asked(block, review));
        let day = session.head.day;
        days.is_some_and(|days| day.is_some_and(|day| days.contains(&day)))
    });
    if undated > 0 && !common.quiet {
        let text = format!(
            "{} without a date left out: no day of the range is known for them",
            if undated == 1 {
                "1 activity".to_owned()
            } else {
                format!("{undated} activities")
            }
        );
        diagnose("note", &text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn an_empty_range_says_what_there_is() {
        let of = |text: &str| {
            let mut session = Session::default();
            session.head.day = Some(day(text));
            session
        };
        let mut outcome = Outcome::default();
        outcome.sessions = vec![of("2021-03-01"), of("2022-04-12")];
        let block = Block {
            weeks: None,
            from: Some(day("2022-05-01")),
            to: Some(day("2022-05-31")),
        };
        let told = refuse_empty(&outcome.sessions, &block, &[Review::default()]);
        assert_eq!(
            told.map_err(|error| error.to_string()),
            Err("no activity from 2022-05-01 to 2022-05-31; there are 2 from 2021-03-01 to 2022-04-12".to_owned())
        );
        let excluded = Block {
            weeks: None,
            from: Some(day("2021-01-01")),
            to: Some(day("9999-12-31")),
        };
        outcome.sessions[0].excluded = true;
        assert!(refuse_empty(&outcome.sessions, &excluded, &[Review::default()]).is_ok());
        assert!(asked(&excluded, &Review::default()).contains(&day("9999-12-30")));
        let anything = Block {
            weeks: None,
            from: None,
            to: None,
        };
        assert!(refuse_empty(&outcome.sessions, &anything, &[Review::default()]).is_ok());
        assert_eq!(
            asked_words(None, Some(day("2020-01-01"))),
            "up to 2020-01-01"
        );
        assert_eq!(
            asked_words(Some(day("2020-01-01")), None),
            "from 2020-01-01 on"
        );
    }
}

//! Harder and easier weeks in turn.

use chrono::NaiveDate;

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Review;
use crate::review::Tone;
use crate::review::Week;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::load::fall::fall;
use crate::review::findings::words::share;
use crate::review::findings::words::show_hours;
use crate::statistics::median;
use crate::units::SECONDS_PER_HOUR;
use crate::units::plural;

const IDEA: Idea = Idea {
    id: "easier_weeks",
    grade: Grade::CoachingConvention,
    source: "after at most three harder weeks an easier one, at least 20 % below the median of the \
             four weeks before",
};

/// Whole weeks from which on an alternation is spoken of.
const LEAST_WEEKS: usize = 6;
/// Weeks before a week with which it is compared.
const COMPARED_WEEKS: usize = 4;
/// A week of at most this share of the median of the weeks before it is an easier week.
///
/// # Units
/// Ratio of moving times. Coaching convention.
const EASIER_RATIO: f64 = 0.80;
/// Weeks in a row without an easier one from which on it is worth a look.
///
/// # Units
/// Weeks. Coaching convention.
const LOOK_WEEKS: usize = 4;
/// Weeks of hardly any running from which on the weeks are no harder and easier ones.
const MOST_WEEKS_OFF: usize = 3;
/// More than this share of the compared weeks being easier is no rhythm but a fall in volume.
///
/// # Units
/// Ratio of weeks: every second week. Our choice.
const MOST_EASIER_SHARE: f64 = 0.5;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let weeks = context.whole_weeks();
    if weeks.len() < LEAST_WEEKS {
        let needs = format!("{LEAST_WEEKS} whole weeks");
        let found = weeks.len().to_string();
        return IDEA.not_evaluated("Harder and easier weeks", &needs, &found);
    }
    if let Some(found) = no_rhythm(context) {
        return IDEA.not_evaluated(
            "Harder and easier weeks",
            "weeks of running in turn",
            &found,
        );
    }
    let easier = easier_weeks(&weeks);
    let streak = longest_streak(&easier);
    let easier_count = easier.iter().filter(|easier| **easier).count();
    let tone = if streak >= LOOK_WEEKS {
        Tone::Look
    } else if is_rhythm(easier_count, easier.len()) {
        Tone::Good
    } else {
        Tone::Fact
    };
    let next = match tone {
        Tone::Look => " Next: every third or fourth week about a fifth less.",
        _ => "",
    };
    let usual_hours = median(weeks.iter().map(|w| w.moving_s)).unwrap_or(0.0) / SECONDS_PER_HOUR;
    let text = format!(
        "The usual week was {} of running; {easier_count} of {} an easier week (at least 20 % below the \
         weeks before), and at most {} in a row came without one.{next}",
        show_hours(usual_hours),
        was(easier.len()),
        plural(streak, "week")
    );
    vec![
        IDEA.says(tone, text)
            .number("usual week", usual_hours, "h")
            .count("easier weeks", easier_count)
            .count("compared weeks", easier.len())
            .count("longest streak", streak)
            .on(runs_of(context, &weeks)),
    ]
}

impl Review {
    /// Returns the first days of the easier weeks: well below the weeks before.
    #[must_use]
    pub fn easier_weeks(&self) -> Vec<NaiveDate> {
        let whole: Vec<&Week> = self.weeks.iter().filter(|week| week.is_whole()).collect();
        let compared = whole.iter().skip(COMPARED_WEEKS);
        compared
            .zip(easier_weeks(&whole))
            .filter(|(_, easier)| *easier)
            .map(|(week, _)| week.monday)
            .collect()
    }
}

/// Returns what the weeks are instead, where they are no harder and easier ones.
fn no_rhythm(context: &Context<'_>) -> Option<String> {
    if fall(context).is_some() {
        return Some("running that fell".to_owned());
    }
    let off = context.block.span.map_or(0, |span| {
        let weeks = context.week_sums.iter();
        let off = weeks.filter(|week| week.is_break && week.lies_in(span));
        off.count()
    });
    (off >= MOST_WEEKS_OFF).then(|| format!("{} of hardly any running", plural(off, "week")))
}

/// Returns whether harder and easier weeks came in turn: some were easier, and not most of them.
fn is_rhythm(easier: usize, compared: usize) -> bool {
    easier > 0 && share(easier, compared) <= MOST_EASIER_SHARE
}

/// Returns "1 compared week was" or "8 compared weeks were".
fn was(count: usize) -> String {
    let verb = if count == 1 { "was" } else { "were" };
    format!("{} {verb}", plural(count, "compared week"))
}

/// Returns for each week that has enough weeks before it whether it was an easier week.
fn easier_weeks(weeks: &[&Week]) -> Vec<bool> {
    weeks
        .windows(COMPARED_WEEKS + 1)
        .map(|window| {
            let (week, before) = (window[COMPARED_WEEKS], &window[..COMPARED_WEEKS]);
            let usual_s = median(before.iter().map(|week| week.moving_s)).unwrap_or(0.0);
            week.moving_s <= EASIER_RATIO * usual_s
        })
        .collect()
}

/// Returns the most weeks in a row that were not easier.
fn longest_streak(easier: &[bool]) -> usize {
    let streaks = easier.split(|easier| *easier);
    streaks.map(<[bool]>::len).max().unwrap_or(0)
}

/// Returns the runs of these weeks.
fn runs_of<'a>(
    context: &'a Context<'_>,
    weeks: &'a [&Week],
) -> impl Iterator<Item = &'a Entry<'a>> {
    let is_in = move |run: &&Entry<'_>| {
        let first = context.block.week_starts.first_day(run.day);
        weeks
            .binary_search_by_key(&first, |week| week.monday)
            .is_ok()
    };
    context.block.runs().filter(is_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_that_falls_away_has_no_rhythm() {
        assert!(is_rhythm(2, 8));
        assert!(!is_rhythm(6, 7));
        assert!(!is_rhythm(0, 2));
    }

    #[test]
    fn a_streak_ends_with_an_easier_week() {
        assert_eq!(longest_streak(&[false, false, true, false]), 2);
        assert_eq!(longest_streak(&[true]), 0);
    }
}

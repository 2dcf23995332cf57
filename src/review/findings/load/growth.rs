//! More every week without an easier one.

use chrono::TimeDelta;

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::runs_since;
use crate::review::findings::words::show_day;
use crate::review::findings::words::show_hours;
use crate::review::week_sums::WeekSum;

const IDEA: Idea = Idea {
    id: "more_every_week",
    grade: Grade::CoachingConvention,
    source: "after three or four weeks of more an easier one, about a fifth below",
};

/// Weeks in a row, each with more than the one before, from which on it is spoken of.
///
/// # Units
/// Weeks. Coaching convention.
const LEAST_WEEKS: usize = 4;
/// A week has more than the one before from this on.
///
/// # Units
/// Ratio of running times. Our choice: below this it is the same week.
const MORE: f64 = 1.02;
/// All together it is spoken of from this on.
///
/// # Units
/// Ratio of running times, last week over first. Our choice: as much as an easier week takes away.
const LEAST_RISE: f64 = 1.25;

/// Returns nothing where no weeks grew one after the other.
pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    growth(context).into_iter().collect()
}

fn growth(context: &Context<'_>) -> Option<Finding> {
    let span = context.block.span?;
    let weeks = context.week_sums.iter();
    let weeks: Vec<&WeekSum> = weeks.filter(|week| week.lies_in(span)).collect();
    // A break at the start is told by the first weeks after it.
    let grows = |a: &&WeekSum, b: &&WeekSum| !a.is_break && b.hours >= MORE * a.hours;
    let streaks = weeks.chunk_by(grows);
    let streak = streaks.max_by_key(|streak| streak.len())?;
    let (first, last) = streak.first().zip(streak.last())?;
    let (rises, rise) = (streak.len() - 1, last.hours / first.hours);
    if rises < LEAST_WEEKS || first.hours <= 0.0 || rise < LEAST_RISE {
        return None;
    }
    let goes_on = weeks.last().is_some_and(|week| week.monday == last.monday);
    let (tone, next) = if goes_on {
        let next = " Next: an easier week, about a fifth less.";
        (Tone::Look, next)
    } else {
        (Tone::Fact, "")
    };
    let text = format!(
        "Running time grew {rises} weeks in a row without an easier one, from {} (week of {}) to {} (week of \
         {}): {:.0} % more in all.{next}",
        show_hours(first.hours),
        show_day(first.monday),
        show_hours(last.hours),
        show_day(last.monday),
        (rise - 1.0) * 100.0,
    );
    let runs = runs_since(context, first.monday);
    Some(
        IDEA.says(tone, text)
            .count("weeks in a row", rises)
            .number("first week", first.hours, "h")
            .number("last week", last.hours, "h")
            .number("rise", rise - 1.0, "ratio")
            .on(runs.filter(|run| run.day < last.monday + TimeDelta::weeks(1))),
    )
}

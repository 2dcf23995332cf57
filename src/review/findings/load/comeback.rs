//! The first weeks after a break, against those before it.

use chrono::Datelike;
use chrono::Days;

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::runs_since;
use crate::review::findings::words::show_day;
use crate::review::findings::words::show_hours;
use crate::review::numbers::as_f64;
use crate::review::week_sums::WeekSum;
use crate::statistics::mean;
use crate::units::plural;

const IDEA: Idea = Idea {
    id: "came_back",
    grade: Grade::CoachingConvention,
    source: "after one to four weeks off about half of what was done before, then three quarters (Daniels, \
             Running Formula)",
};

/// Weeks of hardly any running that make a break.
const LEAST_BREAK: usize = 2;
/// The first weeks after a break that are looked at, at most.
const FIRST_WEEKS: usize = 2;
/// The first weeks are a careful start up to this share of the weeks before the break.
///
/// # Units
/// Ratio of running times. Coaching convention, widened by the error of two weeks.
const CAREFUL: f64 = 0.8;
/// Days from the Monday of a week to its Sunday.
const TO_SUNDAY: u64 = 6;

/// Returns nothing for a block without a break from which the runner came back.
pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    came_back(context).into_iter().collect()
}

fn came_back(context: &Context<'_>) -> Option<Finding> {
    let span = context.block.span?;
    let weeks: Vec<&WeekSum> = context
        .week_sums
        .iter()
        .take_while(|week| week.lies_in(span) || week.monday < span.from)
        .collect();
    let is_back = |end: &usize| {
        let before = &weeks[end - LEAST_BREAK..*end];
        !weeks[*end].is_break && before.iter().all(|week| week.is_break)
    };
    let end = (LEAST_BREAK..weeks.len()).rev().find(is_back)?;
    let (before, since) = weeks.split_at(end);
    let off = before.iter().rev().take_while(|week| week.is_break);
    let off = &before[end - off.count()..];
    let first = since.first().filter(|week| week.monday >= span.from)?;
    let usual = first.usual_hours.filter(|hours| *hours > 0.0)?;
    let first_weeks = &since[..since.len().min(FIRST_WEEKS)];
    let hours = mean(first_weeks.iter().map(|week| week.hours))?;
    let ratio = hours / usual;
    let (tone, said) = if ratio > CAREFUL {
        (
            Tone::Look,
            "Next time: about half at first, then three quarters.",
        )
    } else {
        (Tone::Good, "That is a careful start.")
    };
    let first_weeks = match first_weeks.len() {
        1 => "week".to_owned(),
        count => plural(count, "week"),
    };
    let text = format!(
        "After a break of {} you came back with {} a week in the first {first_weeks}, {:.0} % of the usual {} \
         before. {said}",
        break_words(off)?,
        show_hours(hours),
        ratio * 100.0,
        show_hours(usual),
    );
    Some(
        IDEA.says(tone, text)
            .number("weeks off", as_f64(off.len()), "weeks")
            .number("usual before", usual, "h a week")
            .number("first weeks", hours, "h a week")
            .number("share", ratio, "ratio")
            .on(runs_since(context, first.monday)),
    )
}

/// Returns a break in words, as in "3 weeks (2 Feb to 22 Feb, no run)".
fn break_words(off: &[&WeekSum]) -> Option<String> {
    let (first, last) = off.first().zip(off.last())?;
    let sunday = last.monday.checked_add_days(Days::new(TO_SUNDAY))?;
    let runs = match off.iter().map(|week| week.runs).sum::<usize>() {
        0 => "no run".to_owned(),
        runs => plural(runs, "run"),
    };
    Some(format!(
        "{} ({} to {}, {runs})",
        plural(off.len(), "week"),
        if first.monday.year() == sunday.year() {
            show_day(first.monday)
        } else {
            first.monday.format("%-d %b %Y").to_string()
        },
        show_day(sunday),
    ))
}

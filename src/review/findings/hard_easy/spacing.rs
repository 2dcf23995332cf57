//! By days: hard days are spaced by days that are not.

use chrono::NaiveDate;

use crate::review::DayKind;
use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::counted;
use crate::review::findings::words::show_day;
use crate::review::numbers::as_f64;
use crate::statistics::median;
use crate::units::plural;
use crate::vocabulary::SessionKind;

const IDEA: Idea = Idea {
    id: "hard_day_spacing",
    grade: Grade::CoachingConvention,
    source: "at least one day that is not hard lies between two hard days",
};

/// Hard days from which on a habit is spoken of.
const LEAST_HARD_DAYS: usize = 3;
/// Hard days further apart than this are no regular rhythm of hard and easy days.
///
/// # Units
/// Days between two hard days: less than one hard day a week. Our choice.
const MOST_USUAL_GAP_DAYS: f64 = 6.0;
/// The most pairs that a sentence lists.
const MOST_PAIRS_LISTED: usize = 3;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let hard: Vec<NaiveDate> = context
        .days
        .iter()
        .filter(|day| day.kind == DayKind::Hard)
        .map(|day| day.day)
        .collect();
    if hard.len() < LEAST_HARD_DAYS {
        let needs = format!("{LEAST_HARD_DAYS} hard days");
        return IDEA.not_evaluated("Spacing of hard days", &needs, &hard.len().to_string());
    }
    let touching: Vec<[NaiveDate; 2]> = hard
        .windows(2)
        .filter(|pair| between(pair) == 0)
        .map(|pair| [pair[0], pair[1]])
        .collect();
    let usual = median(hard.windows(2).map(|pair| as_f64(between(pair)))).unwrap_or(0.0);
    let tone = match touching.is_empty() {
        true if usual <= MOST_USUAL_GAP_DAYS => Tone::Good,
        true => Tone::Fact,
        false => Tone::Look,
    };
    let rests_on = rests_on(context, &hard, &touching);
    vec![
        IDEA.says(tone, sentence(context, hard.len(), &touching, usual))
            .count("hard days", hard.len())
            .count("back to back", touching.len())
            .number("usual days between", usual, "days")
            .on(rests_on),
    ]
}

/// Returns the days between two days.
fn between(pair: &[NaiveDate]) -> usize {
    let days = (pair[1] - pair[0]).num_days() - 1;
    usize::try_from(days).unwrap_or(0)
}

/// Returns the text.
fn sentence(
    context: &Context<'_>,
    hard_days: usize,
    touching: &[[NaiveDate; 2]],
    usual: f64,
) -> String {
    let usual = format!("usually {} between two of them", counted(usual, "day"));
    if touching.is_empty() {
        return format!("None of the {hard_days} hard days followed another directly; {usual}.");
    }
    let listed: Vec<String> = touching
        .iter()
        .take(MOST_PAIRS_LISTED)
        .map(|[first, second]| format!("{} and {}", show_day(*first), show_day(*second)))
        .collect();
    let more = match touching.len().saturating_sub(MOST_PAIRS_LISTED) {
        0 => String::new(),
        more => format!("; {more} more"),
    };
    format!(
        "Hard days lay back to back {} among {}{}: {}{more}; {usual}. Next: one easy day or more in between.",
        plural(touching.len(), "time"),
        plural(hard_days, "hard day"),
        long_runs(context, touching),
        listed.join("; ")
    )
}

/// Returns in how many pairs the second day was a long run and nothing harder.
fn long_runs(context: &Context<'_>, touching: &[[NaiveDate; 2]]) -> String {
    let is_long = |day: NaiveDate| {
        let quality = context.block.runs().filter(|run| run.is_quality());
        let mut of_day = quality.filter(|run| run.day == day);
        of_day.all(|run| run.session.kind == SessionKind::Long)
    };
    match touching.iter().filter(|pair| is_long(pair[1])).count() {
        0 => String::new(),
        count => format!(" ({count} of them a long run on the second day)"),
    }
}

/// Returns the quality sessions of the days that touch, or else of all hard days.
fn rests_on<'a>(
    context: &'a Context<'_>,
    hard: &'a [NaiveDate],
    touching: &'a [[NaiveDate; 2]],
) -> impl Iterator<Item = &'a Entry<'a>> {
    let quality = context.block.runs().filter(|run| run.is_quality());
    quality.filter(move |run| {
        if touching.is_empty() {
            hard.contains(&run.day)
        } else {
            touching.iter().any(|pair| pair.contains(&run.day))
        }
    })
}

//! Strength training: on hard days, not on the day before one.

use chrono::NaiveDate;

use crate::ingest::Sport;
use crate::review::DayKind;
use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::list;
use crate::review::findings::words::share;
use crate::units::plural;

const IDEA: Idea = Idea {
    id: "strength_days",
    grade: Grade::CoachingConvention,
    source: "strength on hard days, after the run, leaves the easy days easy and the day before a hard one \
             fresh",
};

/// Days with strength training from which on it is spoken of.
const LEAST_DAYS: usize = 2;
/// Share of the days with strength training that were hard from which on it went well.
const GOOD_SHARE: f64 = 0.6;
/// Share of them on the day before a hard day from which on it is worth a look.
const LOOK_SHARE: f64 = 0.4;

/// A day with strength training.
struct StrengthDay {
    day: NaiveDate,
    kind: DayKind,
    /// Whether the day after it was hard.
    is_before_hard: bool,
}

/// Returns nothing for runners who do hardly any strength training.
pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let days = strength_days(context);
    if days.len() < LEAST_DAYS {
        return Vec::new();
    }
    let of = |kinds: &[DayKind]| days.iter().filter(|day| kinds.contains(&day.kind)).count();
    let hard = of(&[DayKind::Hard]);
    let easy = of(&[DayKind::Easy, DayKind::Medium]);
    let is_before = |day: &&StrengthDay| day.is_before_hard && day.kind != DayKind::Hard;
    let before: Vec<NaiveDate> = days.iter().filter(is_before).map(|day| day.day).collect();
    let tone = match () {
        () if share(before.len(), days.len()) >= LOOK_SHARE => Tone::Look,
        () if share(hard, days.len()) >= GOOD_SHARE => Tone::Good,
        () => Tone::Fact,
    };
    let on_eve = match before.len() {
        0 => "; none was the day before a hard one".to_owned(),
        count => format!(
            "; {count} {} the day before a hard one ({})",
            if count == 1 { "was" } else { "were" },
            list(before.iter().copied())
        ),
    };
    let next = if tone == Tone::Good {
        ""
    } else {
        " Next: strength on the hard day itself, after the run."
    };
    let text = format!(
        "Of {} with strength training {hard} were hard days, {easy} easy or moderate, {} without a \
         run{on_eve}.{next}",
        plural(days.len(), "day"),
        days.len() - hard - easy,
    );
    let entries = context.block.entries.iter();
    vec![
        IDEA.says(tone, text)
            .count("days", days.len())
            .count("hard", hard)
            .count("easy or moderate", easy)
            .count("before a hard day", before.len())
            .on(entries.filter(|entry| is_strength(entry))),
    ]
}

/// Returns whether an activity is strength training.
pub(super) fn is_strength(entry: &Entry<'_>) -> bool {
    !entry.is_run() && entry.session.head.sport == Sport::Strength
}

/// Returns the days of the block with strength training.
fn strength_days(context: &Context<'_>) -> Vec<StrengthDay> {
    let tomorrows = context.days.iter().skip(1).map(Some).chain([None]);
    let days = context.days.iter().zip(tomorrows);
    days.filter(|(day, _)| {
        let entries = day.sessions.iter();
        let mut entries = entries.filter_map(|&index| context.block.entries.get(index));
        entries.any(is_strength)
    })
    .map(|(day, tomorrow)| StrengthDay {
        day: day.day,
        kind: day.kind,
        is_before_hard: tomorrow.is_some_and(|next| next.kind == DayKind::Hard),
    })
    .collect()
}

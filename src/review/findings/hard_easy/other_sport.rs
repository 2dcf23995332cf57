//! Beside running: other sport on hard days leaves the easy days easy. Strength training has its own
//! words.

use crate::review::DayKind;
use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::hard_easy::strength::is_strength;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::share;
use crate::units::plural;

const IDEA: Idea = Idea {
    id: "other_sport_days",
    grade: Grade::CoachingConvention,
    source: "other sport on the day of a quality session keeps hard days hard and easy \
             days easy",
};

/// Days with both running and another sport from which on it is spoken of.
const LEAST_DAYS: usize = 2;
/// Share of such days that were hard from which on it went well.
const GOOD_SHARE: f64 = 0.75;

/// Returns nothing for runners who do no other sport on days of running.
pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let of = |kind: DayKind| days_with_both(context, kind);
    let (hard, medium, easy) = (of(DayKind::Hard), of(DayKind::Medium), of(DayKind::Easy));
    let days = hard.len() + medium.len() + easy.len();
    if days < LEAST_DAYS {
        return Vec::new();
    }
    let tone = if share(hard.len(), days) >= GOOD_SHARE {
        Tone::Good
    } else {
        Tone::Fact
    };
    let text = format!(
        "Other sport fell on {} with running: {} hard, {} moderate, {} easy.",
        plural(days, "day"),
        hard.len(),
        medium.len(),
        easy.len()
    );
    let entries = [hard, medium, easy].concat();
    vec![
        IDEA.says(tone, text)
            .count("days", days)
            .on(entries.into_iter().flatten()),
    ]
}

/// Returns the activities of the days of a kind on which both running and another sport were done.
fn days_with_both<'a>(context: &'a Context<'_>, kind: DayKind) -> Vec<Vec<&'a Entry<'a>>> {
    context
        .days
        .iter()
        .filter(|day| day.kind == kind)
        .map(|day| {
            let entries = day.sessions.iter();
            entries
                .filter_map(|&i| context.block.entries.get(i))
                .collect()
        })
        .filter(|entries: &Vec<&Entry<'_>>| {
            let mut entries = entries.iter();
            entries.any(|entry| !entry.is_run() && !is_strength(entry))
        })
        .collect()
}

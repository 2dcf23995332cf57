//! Where weeks hold only easy and long running, or every long run is slow: the option of a focused
//! session.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::share;
use crate::units::plural;
use crate::vocabulary::SessionKind;

const IDEA: Idea = Idea {
    id: "long_runs_with_purpose",
    grade: Grade::Contested,
    source: "some coaches put a block of tempo or a faster finish into a part of the long runs, others \
             keep all of them easy",
};

/// Long runs from which on a habit is spoken of.
const LEAST_RUNS: usize = 3;
/// Weeks of easy and long running only from which on they are many.
const LEAST_WEEKS: usize = 4;
/// The same as a share of the weeks with runs.
const MANY: f64 = 0.5;
/// A long run is slow throughout when less than this share of it lies above the low zone.
///
/// # Units
/// Ratio of the rated time. Our choice.
const SLOW_SHARE: f64 = 0.10;

/// Returns nothing for runners whose weeks hold key sessions and whose long runs are not all slow.
pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let long: Vec<&Entry<'_>> = context
        .block
        .runs()
        .filter(|run| run.session.kind == SessionKind::Long)
        .collect();
    if long.len() < LEAST_RUNS {
        return Vec::new();
    }
    let (unfocused, weeks) = unfocused_weeks(context);
    let text = if unfocused >= LEAST_WEEKS && share(unfocused, weeks) >= MANY {
        format!(
            "{unfocused} of {} held only easy and long running. To get faster, some coaches would make one \
             run of such a week a focused session, 20 min comfortably hard or 6 × 3 min, say, in place of one \
             more slow long run.",
            plural(weeks, "week")
        )
    } else if long.iter().all(|run| is_slow(run)) {
        format!(
            "All {} were slow throughout; a focused one now and then, with a block of tempo or a faster end, \
             is an option that some coaches prefer.",
            plural(long.len(), "long run")
        )
    } else {
        return Vec::new();
    };
    vec![
        IDEA.says(Tone::Fact, text)
            .count("long runs", long.len())
            .count("weeks without a focused session", unfocused)
            .count("weeks", weeks)
            .on(long),
    ]
}

/// Returns the weeks with runs of which none was a key session but for its length, and all weeks with
/// runs.
fn unfocused_weeks(context: &Context<'_>) -> (usize, usize) {
    let mut weeks: BTreeMap<NaiveDate, bool> = BTreeMap::new();
    for run in context.block.runs() {
        let is_focused = match run.session.kind {
            SessionKind::Long => !is_slow(run),
            SessionKind::Steady => true,
            _ => run.is_quality(),
        };
        let week = context.block.week_starts.first_day(run.day);
        *weeks.entry(week).or_default() |= is_focused;
    }
    let unfocused = weeks.values().filter(|is_focused| !**is_focused);
    (unfocused.count(), weeks.len())
}

fn is_slow(run: &Entry<'_>) -> bool {
    run.session
        .distribution
        .as_ref()
        .is_some_and(|distribution| {
            let rated: f64 = distribution.zone_s.iter().sum();
            let [low, ..] = distribution.zone_s;
            rated > 0.0 && rated - low < SLOW_SHARE * rated
        })
}

//! Workouts begin with a warm-up that gets faster.

use crate::classification::Execution;
use crate::classification::SessionKind;
use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::list_days;
use crate::review::findings::words::share;
use crate::units::SECONDS_PER_MINUTE;
use crate::units::plural;

const IDEA: Idea = Idea {
    id: "warm_up",
    grade: Grade::CoachingConvention,
    source: "ten minutes of easy running that get faster, and a few strides, before hard running",
};

/// Workouts from which on a habit is spoken of.
const LEAST_WORKOUTS: usize = 3;
/// A warm-up counts from this duration on.
///
/// # Units
/// Seconds moving. Coaching convention: ten minutes, of which standing takes a little.
const LEAST_WARM_UP_S: f64 = 9.5 * SECONDS_PER_MINUTE;
/// The same in the words of the sentence.
///
/// # Units
/// Minutes.
const WARM_UP_MIN: u32 = 10;
/// A warm-up gets faster when its last third is faster than its first by this.
///
/// # Units
/// Percent. Our choice: about the spread of even running.
const RISE_PCT: f64 = 3.0;
/// Share of workouts with a warm-up from which on it went well.
const GOOD_SHARE: f64 = 0.85;
/// Share of workouts with a warm-up below which it is worth a look.
const LOOK_SHARE: f64 = 0.6;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let workouts: Vec<(&Entry<'_>, &Execution)> = context
        .block
        .runs()
        .filter(|run| {
            !matches!(
                run.session.kind,
                SessionKind::Long | SessionKind::Progression
            )
        })
        .filter_map(|run| Some((run, run.session.execution.as_ref()?)))
        .collect();
    if workouts.len() < LEAST_WORKOUTS {
        let needs = format!("{LEAST_WORKOUTS} workouts with efforts");
        return IDEA.not_evaluated("Warm-up", &needs, &workouts.len().to_string());
    }
    let has = |execution: &Execution| execution.warm_up_s.is_some_and(|s| s >= LEAST_WARM_UP_S);
    let (with, without): (Vec<_>, Vec<_>) = workouts.iter().partition(|(_, e)| has(e));
    let rising = with
        .iter()
        .filter(|(_, e)| e.warm_up_rise_pct.is_some_and(|pct| pct >= RISE_PCT))
        .count();
    let strides = workouts
        .iter()
        .filter(|(_, e)| e.strides_before > 0)
        .count();
    let tone = match share(with.len(), workouts.len()) {
        share if share >= GOOD_SHARE => Tone::Good,
        share if share < LOOK_SHARE => Tone::Look,
        _ => Tone::Fact,
    };
    let lacking = if without.is_empty() {
        String::new()
    } else {
        format!(
            "; not so: {}",
            list_days(without.iter().map(|(run, _)| *run))
        )
    };
    let all = plural(workouts.len(), "workout");
    let began = match with.len() {
        0 => format!("None of {all} began with about {WARM_UP_MIN} min of warm-up"),
        some if some == workouts.len() => {
            format!("All {all} began with about {WARM_UP_MIN} min of warm-up or more")
        }
        some => format!("{some} of {all} began with about {WARM_UP_MIN} min of warm-up or more"),
    };
    let faster = match rising {
        0 => String::new(),
        count => format!(", which got faster in {count}"),
    };
    let bursts = match strides {
        0 => String::new(),
        count => format!("; {count} had strides or short bursts before the main part"),
    };
    let text = format!("{began}{faster}{bursts}{lacking}.");
    vec![
        IDEA.says(tone, text)
            .count("with warm-up", with.len())
            .count("getting faster", rising)
            .count("with strides", strides)
            .count("workouts", workouts.len())
            .on(workouts.iter().map(|(run, _)| *run)),
    ]
}

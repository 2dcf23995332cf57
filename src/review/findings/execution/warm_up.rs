//! Workouts begin with a warm-up that gets faster. Strides and drills before the first repetition are a
//! part of it.

use crate::classification::Execution;
use crate::classification::Session;
use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::list_days;
use crate::review::findings::words::share;
use crate::segmentation::Segment;
use crate::units::SECONDS_PER_MINUTE;
use crate::units::plural;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

const IDEA: Idea = Idea {
    id: "warm_up",
    grade: Grade::CoachingConvention,
    source: "ten minutes of easy running that get faster, and a few strides, before fast running",
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
/// Efforts of at most this before the first repetition are strides or drills.
///
/// # Units
/// Seconds: the longest stride.
const LONGEST_DRILL_S: f64 = 30.0;
/// A stretch of walking or standing before the first repetition counts up to this.
///
/// # Units
/// Seconds. Our choice: drills are done between, a longer stop is a wait.
const MOST_BETWEEN_S: f64 = 3.0 * SECONDS_PER_MINUTE;
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
        .filter_map(|run| Some((run, run.session.execution.as_deref()?)))
        .collect();
    if workouts.len() < LEAST_WORKOUTS {
        let needs = format!("{LEAST_WORKOUTS} workouts with efforts");
        return IDEA.not_evaluated("Warm-up", &needs, &workouts.len().to_string());
    }
    let has = |run: &Entry<'_>, own: &Execution| prepared_s(run.session, own) >= LEAST_WARM_UP_S;
    let (with, without): (Vec<_>, Vec<_>) = workouts.iter().partition(|(run, e)| has(run, e));
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
        let days = list_days(without.iter().map(|(run, _)| *run));
        format!("; not so: {days}")
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
        count => format!("; {count} had strides or short bursts before the first repetition"),
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

/// Returns the time of all that came before the first repetition: easy running, strides, and the drills
/// and walks between them.
fn prepared_s(session: &Session, execution: &Execution) -> f64 {
    let is_drill = |segment: &Segment| segment.elapsed_s() <= LONGEST_DRILL_S;
    let segments = session
        .segments
        .iter()
        .take_while(|segment| !segment.executed || !segment.kind.is_work() || is_drill(segment));
    let beside_warm_up = segments.map(|segment| match segment.kind {
        SegmentKind::WarmUp | SegmentKind::Stop => 0.0,
        SegmentKind::Recovery | SegmentKind::Rest => segment.elapsed_s().min(MOST_BETWEEN_S),
        _ => segment.moving_s,
    });
    execution.warm_up_s.unwrap_or(0.0) + beside_warm_up.sum::<f64>()
}

//! A workout near the most that the runner can do with its rests was raced.

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::list_days;
use crate::units::plural;
use crate::vocabulary::SessionKind;

const IDEA: Idea = Idea {
    id: "raced_workouts",
    grade: Grade::CoachingConvention,
    source: "quality work is for gaining fitness, not for proving it: 97 % of what the \
             balance of work above critical speed allows with these rests (Skiba 2015), or a \
             perceived exertion of 9, counts as raced",
};

/// The mark that classification gives to such a session.
const RACED_TAG: &str = "raced_workout";
/// Workouts from which on it is spoken of.
const LEAST_SESSIONS: usize = 3;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let judged: Vec<&Entry<'_>> = context
        .block
        .runs()
        .filter(|run| can_be_raced(run))
        .collect();
    if judged.len() < LEAST_SESSIONS {
        return IDEA.not_evaluated(
            "Raced workouts",
            &format!(
                "{LEAST_SESSIONS} workouts (without races, hills and long runs) with a known critical speed"
            ),
            &judged.len().to_string(),
        );
    }
    let raced: Vec<&Entry<'_>> = judged.iter().copied().filter(|run| is_raced(run)).collect();
    let sessions = plural(judged.len(), "workout");
    let (tone, text) = if raced.is_empty() {
        let text =
            format!("None of {sessions} was run near the most that is possible with its rests.");
        (Tone::Good, text)
    } else {
        let text = format!(
            "{} of {sessions} looked raced, at 97 % or more of the most that is modelled with their rests or \
             felt as 9 of 10: {}.",
            raced.len(),
            list_days(raced.iter().copied())
        );
        (Tone::Look, text)
    };
    let rests_on = if raced.is_empty() { &judged } else { &raced };
    vec![
        IDEA.says(tone, text)
            .count("raced", raced.len())
            .count("workouts", judged.len())
            .on(rests_on.iter().copied()),
    ]
}

/// Returns whether a run is a workout whose best is known, or that felt like a race.
fn can_be_raced(run: &Entry<'_>) -> bool {
    let is_workout = !matches!(run.session.kind, SessionKind::Race | SessionKind::Long);
    let execution = run.session.execution.as_ref();
    let known = execution.is_some_and(|e| e.of_modelled_best.is_some());
    is_workout && run.is_quality() && (known || is_raced(run))
}

/// Returns whether classification marked the run as raced.
fn is_raced(run: &Entry<'_>) -> bool {
    run.session.tags.iter().any(|tag| tag == RACED_TAG)
}

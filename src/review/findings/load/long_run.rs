//! How much of a week lies in its longest run.

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::Week;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::statistics::median;
use crate::units::plural;

const IDEA: Idea = Idea {
    id: "long_run_share",
    grade: Grade::CoachingConvention,
    source: "the longest run up to about 30 % of the week with five runs or more, 40 % with three; \
             contradicted for runners who run seldom",
};

/// Weeks that can be compared from which on a usual week is spoken of.
const LEAST_WEEKS: usize = 2;
/// Runs of a week from which on a share means anything.
const LEAST_RUNS: usize = 3;
/// Runs of a week from which on the smaller limit holds.
const MANY_RUNS: usize = 5;
/// The usual limit of a week with many runs.
///
/// # Units
/// Ratio of times. Coaching convention.
const LIMIT_MANY: f64 = 0.30;
/// The usual limit of a week with fewer runs.
///
/// # Units
/// Ratio of times. Coaching convention.
const LIMIT_FEW: f64 = 0.40;
/// Share of weeks beyond the limit from which on it is worth a look.
const LOOK_SHARE: f64 = 0.5;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let weeks: Vec<&Week> = context
        .whole_weeks()
        .into_iter()
        .filter(|week| week.runs >= LEAST_RUNS && week.moving_s > 0.0)
        .collect();
    let usual = median(weeks.iter().map(|week| share(week)));
    let (Some(usual), true) = (usual, weeks.len() >= LEAST_WEEKS) else {
        return IDEA.not_evaluated(
            "Longest run of the week",
            &format!("{LEAST_WEEKS} whole weeks of at least {LEAST_RUNS} runs"),
            &weeks.len().to_string(),
        );
    };
    let beyond = weeks
        .iter()
        .filter(|week| share(week) > limit(week))
        .count();
    let tone = if crate::review::findings::words::share(beyond, weeks.len()) >= LOOK_SHARE {
        Tone::Look
    } else {
        Tone::Fact
    };
    let text = format!(
        "The longest run made up {:.0} % of the usual week's running time; it was above 30 % (40 % in \
         weeks of fewer than five runs) in {} of {}.",
        usual * 100.0,
        match beyond {
            0 => "none".to_owned(),
            count => count.to_string(),
        },
        plural(weeks.len(), "week")
    );
    vec![
        IDEA.says(tone, text)
            .number("usual share", usual, "ratio")
            .count("weeks beyond the limit", beyond)
            .count("weeks", weeks.len()),
    ]
}

/// Returns the share of the longest run in the running time of a week.
fn share(week: &Week) -> f64 {
    week.longest_run_s / week.moving_s
}

/// Returns the usual limit of that share.
fn limit(week: &Week) -> f64 {
    if week.runs >= MANY_RUNS {
        LIMIT_MANY
    } else {
        LIMIT_FEW
    }
}

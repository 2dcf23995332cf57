//! By time: most running is easy, and the middle zone is there on purpose.

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;

const IDEA: Idea = Idea {
    id: "middle_zone",
    grade: Grade::Contested,
    source: "evidence for one best split is weak (MSSE 2022;54:1028); by time in zone and by \
             session goal the numbers differ, so both are shown",
};

/// Rated runs from which on a distribution is spoken of.
const LEAST_RUNS: usize = 4;
/// Share of the rated time in the middle zone outside intended tempo up to which it went well.
///
/// # Units
/// Ratio. Our choice.
const GOOD_SHARE: f64 = 0.08;
/// Share of the rated time in the middle zone outside intended tempo from which on it is worth a
/// look.
///
/// # Units
/// Ratio. Our choice.
const LOOK_SHARE: f64 = 0.15;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let distribution = context.distribution;
    let (Some(time_pct), Some(outside), true) = (
        distribution.time_pct(),
        distribution.middle_outside_quality_share(),
        distribution.rated_runs >= LEAST_RUNS,
    ) else {
        return IDEA.not_evaluated(
            "Distribution over zones",
            &format!("{LEAST_RUNS} runs with a known effort"),
            &distribution.rated_runs.to_string(),
        );
    };
    let tone = match outside {
        outside if outside >= LOOK_SHARE => Tone::Look,
        outside if outside <= GOOD_SHARE => Tone::Good,
        _ => Tone::Fact,
    };
    let [low, middle, high] = time_pct;
    let text = format!(
        "Of the running time {low} % was easy, {middle} % moderate (zone 2 of 3; {:.0} % of all time outside \
         efforts) and {high} % hard; {}{}.{}",
        outside * 100.0,
        by_goal(context),
        coverage(context),
        match tone {
            Tone::Look => " Next: easy runs slower, so that moderate running is there on purpose.",
            _ => "",
        }
    );
    let rated = context.block.runs();
    let rated = rated.filter(|run| run.session.distribution.is_some());
    vec![
        IDEA.says(tone, text)
            .number("easy", f64::from(low), "%")
            .number("middle", f64::from(middle), "%")
            .number("hard", f64::from(high), "%")
            .number("middle outside tempo", outside, "ratio")
            .count("rated runs", distribution.rated_runs)
            .count("runs", distribution.runs)
            .on(rated),
    ]
}

/// Returns the distribution by session goal in words.
fn by_goal(context: &Context<'_>) -> String {
    let [low, middle, high] = context.distribution.goal_runs;
    format!("the main part of {low} runs lay in zone 1, of {middle} in zone 2, of {high} in zone 3")
}

/// Returns how many of the runs were rated, where not all were.
fn coverage(context: &Context<'_>) -> String {
    let distribution = context.distribution;
    if distribution.rated_runs == distribution.runs {
        return String::new();
    }
    format!(
        " ({} of {} runs rated)",
        distribution.rated_runs, distribution.runs
    )
}

//! Idea 6: a key workout is faster than the habitual easy pace, which is learned from the runner.

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::list_days;
use crate::review::findings::words::share;
use crate::statistics::median;
use crate::units::plural;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

const IDEA: Idea = Idea {
    id: "key_pace",
    grade: Grade::CoachingConvention,
    source: "a key workout is faster than the habitual easy pace, learned from the runner's own runs",
};

/// Workouts from which on it is spoken of.
const LEAST_WORKOUTS: usize = 3;
/// The efforts of a key workout are faster than the habitual easy pace by at least this.
///
/// # Units
/// Ratio of effort speeds: the lower end of tempo running, as in the rules for sessions.
const FASTER: f64 = 1.06;
/// Share of workouts that were faster from which on it went well.
const GOOD_SHARE: f64 = 0.85;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let workouts: Vec<(&Entry<'_>, f64)> = context
        .block
        .runs()
        .filter(|run| run.is_quality() && run.session.kind != SessionKind::Long)
        .filter_map(|run| Some((run, of_easy(run)?)))
        .collect();
    let usual = median(workouts.iter().map(|(_, ratio)| *ratio));
    let (Some(usual), true) = (usual, workouts.len() >= LEAST_WORKOUTS) else {
        let needs = format!("{LEAST_WORKOUTS} workouts with efforts and a known easy pace");
        return IDEA.not_evaluated("Key workouts", &needs, &workouts.len().to_string());
    };
    let (faster, others): (Vec<_>, Vec<_>) =
        workouts.iter().partition(|(_, ratio)| *ratio >= FASTER);
    let good = share(faster.len(), workouts.len()) >= GOOD_SHARE;
    let tone = if good { Tone::Good } else { Tone::Look };
    let not_so = if others.is_empty() {
        String::new()
    } else {
        format!(
            "; not so: {}",
            list_days(others.iter().map(|(run, _)| *run))
        )
    };
    let text = format!(
        "In {} of {} the efforts were at least {:.0} % faster than the habitual easy pace (usually \
         {:.0} %){not_so}.",
        faster.len(),
        plural(workouts.len(), "key workout"),
        (FASTER - 1.0) * 100.0,
        (usual - 1.0) * 100.0,
    );
    vec![
        IDEA.says(tone, text)
            .count("faster", faster.len())
            .count("workouts", workouts.len())
            .number("middle", usual, "ratio")
            .on(workouts.iter().map(|(run, _)| *run)),
    ]
}

/// Returns the effort speed of the efforts over the habitual easy speed of that day.
fn of_easy(run: &Entry<'_>) -> Option<f64> {
    let easy = run.session.references.easy_speed_m_s.as_ref()?.value;
    let (mut distance, mut time) = (0.0, 0.0);
    for segment in &run.session.segments {
        if segment.executed && segment.kind.is_work() && segment.kind != SegmentKind::Stride {
            distance += segment.effort_speed_m_s? * segment.moving_s;
            time += segment.moving_s;
        }
    }
    (time > 0.0).then(|| distance / time / easy)
}

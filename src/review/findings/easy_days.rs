//! Idea 3: easy is judged by effort; an easy run that drifted into the middle zone is named.

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::days::DRIFTED_SHARE;
use crate::review::days::drifted;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::list_days;
use crate::review::findings::words::share;
use crate::units::plural;
use crate::vocabulary::SessionKind;

const IDEA: Idea = Idea {
    id: "easy_days_easy",
    grade: Grade::WellSupported,
    source: "plenty of easy running is the best-supported common factor of successful training; \
             judged by effort against the runner's own values",
};

/// Rated easy runs from which on a habit is spoken of.
const LEAST_RUNS: usize = 4;
/// Share of easy runs that stayed easy from which on it went well.
const GOOD_SHARE: f64 = 0.85;
/// Share of easy runs that stayed easy below which it is worth a look.
const LOOK_SHARE: f64 = 0.75;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let easy: Vec<&Entry<'_>> = context
        .block
        .runs()
        .filter(|run| is_meant_easy(run))
        .collect();
    let rated: Vec<&Entry<'_>> = easy.iter().copied().filter(|run| is_rated(run)).collect();
    if rated.len() < LEAST_RUNS {
        return IDEA.not_evaluated(
            "Easy days easy",
            &format!("{LEAST_RUNS} easy runs with a known effort"),
            &rated.len().to_string(),
        );
    }
    let drifted: Vec<&Entry<'_>> = rated
        .iter()
        .copied()
        .filter(|run| drifted(run.session))
        .collect();
    let stayed = rated.len() - drifted.len();
    let share = share(stayed, rated.len());
    let tone = match share {
        share if share >= GOOD_SHARE => Tone::Good,
        share if share < LOOK_SHARE => Tone::Look,
        _ => Tone::Fact,
    };
    let steady = context.block.runs();
    let steady = steady.filter(|run| run.session.kind == SessionKind::Steady);
    let steady = steady.count();
    let text = sentence(stayed, &drifted, (rated.len(), easy.len()), steady);
    let rests_on = if drifted.is_empty() { &rated } else { &drifted };
    vec![
        IDEA.says(tone, text)
            .count("stayed easy", stayed)
            .count("drifted", drifted.len())
            .count("rated easy runs", rated.len())
            .count("easy runs", easy.len())
            .on(rests_on.iter().copied()),
    ]
}

/// Returns whether a run was meant to be easy, as far as its kind tells.
fn is_meant_easy(run: &Entry<'_>) -> bool {
    use SessionKind::*;
    !run.is_quality() && matches!(run.session.kind, Easy | Recovery | Long)
}

/// Returns whether the effort of a run is known.
fn is_rated(run: &Entry<'_>) -> bool {
    let distribution = run.session.distribution.as_ref();
    distribution.is_some_and(|d| d.zone_s.iter().sum::<f64>() > 0.0)
}

/// Returns the text.
fn sentence(
    stayed: usize,
    drifted: &[&Entry<'_>],
    (rated, easy): (usize, usize),
    steady: usize,
) -> String {
    let coverage = if rated == easy {
        String::new()
    } else {
        format!(" ({rated} of {easy} easy runs rated)")
    };
    let beside = match steady {
        0 => String::new(),
        count => format!(
            "; beside them {}, moderate throughout",
            plural(count, "steady run")
        ),
    };
    let next = match share(stayed, rated) < LOOK_SHARE {
        true => " Next: slower from the start, so that you could talk all the way.",
        false => "",
    };
    if drifted.is_empty() {
        let runs = plural(rated, "rated easy run");
        return format!("All {runs} stayed easy{coverage}{beside}.");
    }
    format!(
        "{stayed} of {} stayed easy{coverage}; {} spent at least {:.0} % of the time above \
         easy: {}{beside}.{next}",
        plural(rated, "rated easy run"),
        drifted.len(),
        DRIFTED_SHARE * 100.0,
        list_days(drifted.iter().copied())
    )
}

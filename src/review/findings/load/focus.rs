//! Where every long run is slow: the option of a focused one.

use crate::classification::SessionKind;
use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::units::plural;

const IDEA: Idea = Idea {
    id: "long_runs_with_purpose",
    grade: Grade::Contested,
    source: "some coaches put a block of tempo or a faster finish into a part of the long runs, others \
             keep all of them easy",
};

/// Long runs from which on a habit is spoken of.
const LEAST_RUNS: usize = 3;
/// A long run is slow throughout when less than this share of it lies above the low zone.
///
/// # Units
/// Ratio of the rated time. Our choice.
const SLOW_SHARE: f64 = 0.10;

/// Returns nothing for runners whose long runs are not all slow.
pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let long: Vec<&Entry<'_>> = context
        .block
        .runs()
        .filter(|run| run.session.kind == SessionKind::Long)
        .collect();
    if long.len() < LEAST_RUNS || !long.iter().all(|run| is_slow(run)) {
        return Vec::new();
    }
    let text = format!(
        "All {} were slow throughout; a focused one now and then, with a block of tempo or a faster end, is \
         an option that some coaches prefer.",
        plural(long.len(), "long run")
    );
    vec![
        IDEA.says(Tone::Fact, text)
            .count("long runs", long.len())
            .on(long),
    ]
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

//! What is to be said of a block: one file per training idea, listed in [`IDEAS`].
//!
//! Each idea returns its findings, or the one finding that says what was lacking. Texts are short,
//! factual and free of units that depend on the reader's system: percent, minutes, counts.

mod context;
mod easy_days;
mod execution;
mod hard_easy;
mod idea;
mod key_pace;
mod left_out;
mod load;
mod monitoring;
mod pacing;
mod power;
mod quality;
mod ranking;
mod recovery;
mod words;

pub(super) use context::Context;

#[cfg(test)]
pub(crate) use ranking::is_known;

use crate::review::Finding;
use crate::review::Tone;

/// The ten ideas, in the order of the documentation, and what the review does not rest on.
const IDEAS: [fn(&Context<'_>) -> Vec<Finding>; 11] = [
    quality::findings,
    execution::findings,
    easy_days::findings,
    hard_easy::findings,
    recovery::findings,
    key_pace::findings,
    load::findings,
    monitoring::findings,
    power::findings,
    pacing::findings,
    left_out::findings,
];

/// Returns all findings, most important first, what was not evaluated last.
pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = IDEAS.iter().flat_map(|idea| idea(context)).collect();
    findings.sort_by(|a, b| {
        let last = |f: &Finding| f.tone == Tone::NotEvaluated;
        last(a)
            .cmp(&last(b))
            .then(b.weight.total_cmp(&a.weight))
            .then(a.id.cmp(&b.id))
    });
    findings
}

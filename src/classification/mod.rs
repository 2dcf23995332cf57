//! *RunSummary, History → Session*
//!
//! Says what kind of session a run was and why, how hard it was, and what it cost. See [`classify`]
//! for one run and [`judge`] for all runs of an athlete.

mod cold_start;
mod condition;
mod decide;
mod distribution;
mod execution;
mod features;
mod fold;
mod load;
mod patterns;
mod rules;
mod rules_easy;
mod rules_efforts;
mod rules_hard;
mod rules_race;
mod rules_sustained;
mod session;
mod tags;

pub use distribution::FIRST_THRESHOLD_OF_CRITICAL_SPEED;
pub use distribution::FIRST_THRESHOLD_OF_THRESHOLD_HEART_RATE;
pub use fold::judge;
pub use fold::past_session;
pub use load::THRESHOLD_OF_CRITICAL_SPEED;
pub use session::*;

use crate::classification::features::Features;
use crate::history::History;
use crate::history::References;
use crate::segmentation::Evidence;
use crate::settings::Correction;
use crate::summary::RunSummary;

/// Judges one run with what was known of the athlete before it.
///
/// Where nothing was known, the run's own easy running stands in, and the evidence says so.
#[must_use]
pub fn classify(
    run: RunSummary,
    references: References,
    history: &History,
    correction: Option<&Correction>,
) -> Session {
    let references = cold_start::completed(&run, references, history);
    let perceived_exertion = correction
        .and_then(|correction| correction.rpe)
        .or(run.perceived_exertion);
    let features = Features::new(&run, &references, history, perceived_exertion);
    let decision = decide::decide(&features);
    let corrected_kind = correction
        .and_then(|correction| correction.kind.as_deref())
        .and_then(SessionKind::from_name);
    let kind = corrected_kind.unwrap_or(decision.kind);
    let quality = kind.is_quality(features.moving_s);
    let tags = tags::tags(&features, kind, &decision, perceived_exertion);
    let mut evidence = decision.evidence;
    if let Some(kind) = corrected_kind {
        evidence.insert(0, by_correction(kind, decision.kind));
    }
    evidence.extend(execution::execution(&features, kind));
    evidence.extend(run.details.second_recording_of.as_deref().map(not_counted));
    let distribution = distribution::distribution(&features, kind);
    let load = load::load(&features, perceived_exertion);
    let hours_since_key_session = features.hours_since_quality;
    Session {
        schema: SESSION_SCHEMA.to_owned(),
        kind,
        kind_confidence: if corrected_kind.is_some() {
            1.0
        } else {
            decision.confidence
        },
        runner_up: decision.runner_up,
        quality,
        tags,
        corrected: correction.is_some_and(|correction| !correction.is_empty()),
        note: correction.and_then(|correction| correction.note.clone()),
        excluded: correction.is_some_and(|correction| correction.exclude)
            || run.details.second_recording_of.is_some(),
        evidence,
        distribution,
        load,
        perceived_exertion,
        hours_since_key_session,
        references,
        head: run.head,
        segments: run.segments,
        sets: run.sets,
        feel: run.feel,
        drift: run.drift,
        best_efforts: run.best_efforts,
        data_quality: run.data_quality,
        laps: run.laps,
        summary: run.details,
        warnings: run.warnings,
    }
}

fn by_correction(given: SessionKind, found: SessionKind) -> Evidence {
    Evidence {
        text: format!(
            "you named it {}; it looked like {}",
            given.words(),
            found.words()
        ),
        value: None,
        unit: None,
        contribution: None,
    }
}

fn not_counted(richer: &str) -> Evidence {
    Evidence {
        text: format!("recorded by another device too ({richer}): not counted in the review"),
        value: None,
        unit: None,
        contribution: None,
    }
}

#[cfg(test)]
mod cases;
#[cfg(test)]
mod made_up;
#[cfg(test)]
mod tests;

//! One run, judged.

use crate::classification::Official;
use crate::classification::SESSION_SCHEMA;
use crate::classification::Session;
use crate::classification::cold_start;
use crate::classification::decide;
use crate::classification::distribution;
use crate::classification::execution;
use crate::classification::features::Features;
use crate::classification::load;
use crate::classification::planned_race;
use crate::classification::rules_efforts;
use crate::classification::split;
use crate::classification::tags;
use crate::history::Expectation;
use crate::history::History;
use crate::history::References;
use crate::segmentation::Evidence;
use crate::segmentation::is_marked;
use crate::settings::Correction;
use crate::streams::HeartRateQuality;
use crate::summary::RunSummary;
use crate::vocabulary::SessionKind;

/// A mean temperature from which on heat is named beside a high heart rate.
///
/// # Units
/// Degrees Celsius at the wrist. Chosen; heat alone can raise heart rate by a tenth (Nazaret 2023,
/// npj Digit Med 6:207).
const WARM_C: f64 = 25.0;

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
    let mut features = Features::new(&run, &references, history, perceived_exertion);
    let decision = decide::decide(&features);
    let given_kind = correction.and_then(|correction| correction.kind);
    // Nothing in a ride can be judged as running.
    let corrected_kind = given_kind.filter(|kind| features.is_run || !kind.is_run());
    let kind = corrected_kind.unwrap_or(decision.kind);
    features.is_run &= kind != SessionKind::CrossTraining;
    let run_easily = corrected_kind.is_none()
        && kind == SessionKind::Intervals
        && rules_efforts::are_run_easily(&features);
    let quality = kind.is_quality(features.moving_s) && !run_easily;
    let planned = planned_race::planned(&features).filter(|_| kind == SessionKind::Race);
    let official = planned.and_then(|planned| planned_race::result(planned, &run));
    let said = correction.filter(|_| features.is_run);
    let official = official.or_else(|| planned_race::said(said?, &run));
    let expectation = match run.head.day {
        Some(day) if features.is_run => history.expectation(day, &run.details.steady_blocks),
        _ => Expectation::default(),
    };
    let expectation = Expectation {
        unexpectedly_hard: expectation.unexpectedly_hard && has_sound_heart_rate(&run),
        ..expectation
    };
    let mut tags = tags::tags(&features, kind, &decision, perceived_exertion);
    if expectation.unexpectedly_hard {
        tags.push("unexpectedly_hard".to_owned());
        tags.sort();
    }
    if run_easily {
        tags.push("run_easily".to_owned());
        tags.sort();
    }
    let mut evidence = decision.evidence;
    if let Some(given) = given_kind {
        let accepted = corrected_kind.is_some();
        evidence.insert(0, by_correction(given, decision.kind, accepted));
    }
    let execution = execution::execution(&features, kind, perceived_exertion);
    evidence.extend(execution.as_ref().and_then(execution::evidence));
    evidence.extend(run.details.second_recording_of.as_deref().map(not_counted));
    evidence.extend(official.as_ref().map(by_official_result));
    let distribution = distribution::distribution(&features, kind);
    evidence.extend(distribution.as_ref().and_then(distribution::disagreement));
    evidence.extend(unexpectedly_hard(&expectation, &run));
    let load = load::load(&features, perceived_exertion);
    let split = split::split(&features, kind);
    let hours_since_key_session = features.hours_since_quality;
    let mut session = Session {
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
        corrected: correction.is_some_and(|correction| !correction.is_empty())
            || run.segments.iter().any(is_marked),
        note: correction.and_then(|correction| correction.note.clone()),
        excluded: correction.is_some_and(|correction| correction.exclude == Some(true))
            || run.details.second_recording_of.is_some(),
        evidence,
        distribution,
        load,
        perceived_exertion,
        hours_since_key_session,
        execution,
        split,
        expectation,
        references,
        head: run.head,
        segments: run.segments,
        sets: run.sets,
        feel: run.feel,
        drift: run.drift,
        durability: run.durability,
        best_efforts: run.best_efforts,
        data_quality: run.data_quality,
        laps: run.laps,
        summary: run.details,
        warnings: run.warnings,
        official: None,
    };
    if let Some(official) = official {
        session.take(official);
    }
    session
}

/// Returns what is official of a race, beside what the watch measured.
fn by_official_result(official: &Official) -> Evidence {
    let (metres, measured) = (official.distance_m, official.measured_m);
    Evidence {
        text: format!("official distance {metres:.0} m; the watch measured {measured:.0} m"),
        value: Some(metres),
        unit: Some("m".to_owned()),
        contribution: None,
    }
}

fn by_correction(given: SessionKind, found: SessionKind, accepted: bool) -> Evidence {
    let (given, found) = (given.words(), found.words());
    Evidence {
        text: if accepted {
            format!("you named it {given}; it looked like {found}")
        } else {
            format!(
                "you named it {given}, but the file is not a run: it stays {found}; name the sport too"
            )
        },
        value: None,
        unit: None,
        contribution: None,
    }
}

/// Returns whether heart rate may say that a run was harder than usual: what is left where much was
/// cadence, or flat, or noise, is seldom sound itself.
fn has_sound_heart_rate(run: &RunSummary) -> bool {
    run.data_quality.heart_rate == HeartRateQuality::Valid
}

/// Returns what is to be said of a run whose heart rate was higher than the athlete's own line.
fn unexpectedly_hard(expectation: &Expectation, run: &RunSummary) -> Option<Evidence> {
    let difference = expectation.difference_bpm?;
    expectation.unexpectedly_hard.then(|| {
        let warm = run.details.temperature_c.filter(|t| *t >= WARM_C);
        let warm = warm.map(|t| format!(", at {t:.0} °C")).unwrap_or_default();
        Evidence {
            text: format!(
                "unexpectedly hard: heart rate {difference:.0} bpm above the athlete's own line for \
                 the speed{warm}"
            ),
            value: Some(difference),
            unit: Some("bpm".to_owned()),
            contribution: None,
        }
    })
}

fn not_counted(richer: &str) -> Evidence {
    Evidence {
        text: format!("recorded by another device too ({richer}): not counted in the review"),
        value: None,
        unit: None,
        contribution: None,
    }
}

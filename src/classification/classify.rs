//! One run, judged.

use crate::classification::Official;
use crate::classification::Session;
use crate::classification::cold_start;
use crate::classification::decide;
use crate::classification::distribution;
use crate::classification::execution;
use crate::classification::features::Features;
use crate::classification::load;
use crate::classification::own_zones;
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
    let expectation = expectation(&features);
    let mut tags = tags::tags(&features, kind, &decision, perceived_exertion);
    tags.extend(
        expectation
            .unexpectedly_hard
            .then(|| "unexpectedly_hard".to_owned()),
    );
    tags.extend(run_easily.then(|| "run_easily".to_owned()));
    tags.sort();
    let mut session = Session {
        kind,
        kind_confidence: corrected_kind.map_or(decision.confidence, |_| 1.0),
        runner_up: decision.runner_up,
        quality: kind.is_quality(features.moving_s) && !run_easily,
        tags,
        evidence: decision.evidence,
        distribution: distribution::distribution(&features, kind).map(Box::new),
        own_zones: own_zones::own_zones(&features, history),
        load: load::load(&features, perceived_exertion).map(Box::new),
        perceived_exertion,
        hours_since_key_session: features.hours_since_quality,
        execution: execution::execution(&features, kind, perceived_exertion).map(Box::new),
        split: split::split(&features, kind),
        expectation: expectation.into(),
        ..said(correction, &run)
    };
    if let Some(given) = given_kind {
        let by_correction = by_correction(given, decision.kind, corrected_kind.is_some());
        session.evidence.insert(0, by_correction);
    }
    let official = official(&features, kind, correction);
    let beside = beside_the_kind(&session, &run, official.as_ref());
    session.evidence.extend(beside);
    let mut session = session.of_run(run, references);
    if let Some(official) = official {
        session.take(official);
    }
    session
}

/// Returns a session that holds what the user says of a run beside its kind.
fn said(correction: Option<&Correction>, run: &RunSummary) -> Session {
    Session {
        corrected: correction.is_some_and(|correction| !correction.is_empty())
            || run.segments.iter().any(is_marked),
        note: correction.and_then(|correction| correction.note.clone()),
        excluded: correction.is_some_and(|correction| correction.exclude == Some(true))
            || run.details.second_recording_of.is_some(),
        ..Session::default()
    }
}

/// Returns heart rate against the athlete's own line.
fn expectation(features: &Features<'_>) -> Expectation {
    let run = features.run;
    let expectation = match run.head.day {
        Some(day) if features.is_run => {
            let blocks = &run.details.steady_blocks;
            features.history.expectation(day, blocks)
        }
        _ => Expectation::default(),
    };
    Expectation {
        unexpectedly_hard: expectation.unexpectedly_hard && has_sound_heart_rate(run),
        ..expectation
    }
}

/// Returns what is official of a run: the result of the race of the day, else what the user says.
fn official(
    features: &Features<'_>,
    kind: SessionKind,
    correction: Option<&Correction>,
) -> Option<Official> {
    let planned = planned_race::planned(features).filter(|_| kind == SessionKind::Race);
    let result = planned.and_then(|planned| planned_race::result(planned, features.run));
    let said = correction.filter(|_| features.is_run);
    result.or_else(|| planned_race::said(said?, features.run))
}

/// Returns what is to be said of a run beside why it is of its kind.
fn beside_the_kind(
    session: &Session,
    run: &RunSummary,
    official: Option<&Official>,
) -> Vec<Evidence> {
    let execution = session.execution.as_deref();
    let distribution = session.distribution.as_deref();
    let all = [
        execution.and_then(execution::evidence),
        run.details.second_recording_of.as_deref().map(not_counted),
        official.map(by_official_result),
        distribution.and_then(distribution::disagreement),
        unexpectedly_hard(&session.expectation, run),
    ];
    all.into_iter().flatten().collect()
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

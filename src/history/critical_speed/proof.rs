//! What shows that a value rests on hard running.

use chrono::NaiveDate;

use crate::history::efforts::Known;

use super::assumption::Assumption;
use super::distribution::Distribution;
use super::weighed::Weighed;

/// A hard effort proves a value for so long.
///
/// # Units
/// Days. Convention.
const PROOF_DAYS: i64 = 90;
/// An effort proves the value only if it is no farther below it.
///
/// # Units
/// Log speed. Chosen: about the error of a field test.
const NEAR: f64 = 0.04;
/// An effort that was rather not hard than hard by heart rate proves nothing.
///
/// # Units
/// Probability.
const LEAST_HARD: f64 = 0.5;

/// What shows that the value rests on hard running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// Nothing.
    None,
    /// An effort that was hard by heart rate.
    HeartRate,
    /// A race or a test.
    Known,
}

/// Returns what the efforts of 90 days prove: only those near the value count, as all running may
/// have been well below it.
pub(super) fn proof(efforts: &[Weighed<'_>], on: NaiveDate, found: &Distribution) -> Proof {
    let mean = found.mean();
    let near = || {
        efforts
            .iter()
            .filter(|e| (on - e.effort.day).num_days().abs() <= PROOF_DAYS)
            .filter(|e| mean - e.effort.log_speeds[found.d_prime] <= NEAR)
    };
    if near().any(|e| e.effort.known != Known::Nothing) {
        Proof::Known
    } else if near().any(|e| e.hard >= LEAST_HARD) {
        Proof::HeartRate
    } else {
        Proof::None
    }
}

/// Says what the value rests on.
pub(super) fn source(
    efforts: &[Weighed<'_>],
    assumption: &Assumption,
    on: NaiveDate,
    proof: Proof,
) -> String {
    if proof == Proof::None {
        return format!(
            "lower bound: no hard effort of 8–25 min in {PROOF_DAYS} days; by {}",
            assumption.source
        );
    }
    let recent = efforts
        .iter()
        .filter(|e| (on - e.effort.day).num_days().abs() <= PROOF_DAYS);
    let known = |kind: Known| recent.clone().filter(|e| e.effort.known == kind).count();
    let among = match (known(Known::Race), known(Known::Test)) {
        (0, 0) => "hard by heart rate".to_owned(),
        (races, 0) => format!("races among them: {races}"),
        (0, tests) => format!("tests among them: {tests}"),
        (races, tests) => format!("races among them: {races}, tests: {tests}"),
    };
    format!("distance over time of the best efforts of 2–60 min, {among}, {PROOF_DAYS} days")
}

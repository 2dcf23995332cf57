//! How well laps and detection agree: told to the runner, and decisive for nobody but laps that have lost
//! their step.
//!
//! Detection always runs blind, so that both can be compared: agreement of two sources that know nothing
//! of each other is the strongest sign that either is right. The measure is the F1 of segments at an
//! intersection over union of a half, as in the scores of the field; shares of seconds would call a set
//! with every second repetition missed a fair agreement.

use crate::segmentation::bout::AGREE;
use crate::segmentation::bout::Bout;
use crate::segmentation::bout::overlap;
use crate::segmentation::bout::span;

/// Returns how well two lists of bouts agree, from 0 to 1: F1 of those that meet; 1 where both are
/// empty.
pub(crate) fn agreement(fixed: &[Bout], blind: &[Bout]) -> f64 {
    let met = fixed.iter().filter(|bout| is_met(bout, blind)).count();
    let total = fixed.len() + blind.len();
    if total == 0 {
        1.0
    } else {
        2.0 * met as f64 / total as f64
    }
}

/// Returns whether one of some bouts is this one.
pub(super) fn is_met(bout: &Bout, others: &[Bout]) -> bool {
    // Bouts of one list do not overlap, so that at most one can reach a half.
    others
        .iter()
        .any(|other| overlap(span(bout), span(other)) > AGREE)
}

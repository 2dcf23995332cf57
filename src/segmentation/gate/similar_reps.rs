//! What candidates have to do with one another: similar ones, the one around, those inside.
//!
//! Candidates are cuts of the same few stretches, nested as the levels of the step function are. Which
//! cut is the effort, a set or its repetitions, a block or its fast half, is told by how far each
//! rises: the one around that rises hardly at all from its surround is a warm-up with a set in it.
//! Similar ones that lie apart make a set; those are counted so that two cuts of one stretch count
//! once.

use crate::segmentation::gate::likeness::SPEED_FLOOR_M_S;
use crate::segmentation::gate::likeness::apart;
use crate::segmentation::gate::likeness::contains;
use crate::segmentation::gate::likeness::ln_ratio;
use crate::segmentation::gate::likeness::unlikeness;
use crate::segmentation::levels::Component;
use crate::segmentation::signals::Signals;

/// Candidates are similar up to this.
///
/// # Units
/// One over closeness: what two at the limit of likeness in speed, or in length, have.
const SIMILAR: f64 = 2.0;

/// What a candidate has to do with the other candidates.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SimilarReps {
    /// Similar candidates that do not overlap it or one another.
    pub(crate) similar: f64,
    /// How close the most similar one is, 0–1.
    pub(crate) best_similar: f64,
    /// How many times longer the smallest candidate around it is; NaN where there is none.
    pub(crate) parent_length: f64,
    /// How far that one rises from the higher level beside it (natural logarithm).
    pub(crate) parent_rise: f64,
    /// Candidates inside it.
    pub(crate) children: f64,
    /// How far the clearest of them rises (natural logarithm); 0 where there is none.
    pub(crate) best_child: f64,
}

/// Returns what each candidate has to do with the others, in their order.
pub(crate) fn similar_reps(signals: &Signals, components: &[Component]) -> Vec<SimilarReps> {
    let traits: Vec<(f64, f64)> = components
        .iter()
        .map(|component| {
            let speed = signals.mean_effort(component.range.clone());
            (
                speed.max(SPEED_FLOOR_M_S).ln(),
                (component.range.len() as f64).ln(),
            )
        })
        .collect();
    components
        .iter()
        .enumerate()
        .map(|(index, component)| of_one(index, component, components, &traits))
        .collect()
}

fn of_one(
    index: usize,
    own: &Component,
    components: &[Component],
    traits: &[(f64, f64)],
) -> SimilarReps {
    let mut found = SimilarReps {
        parent_length: f64::INFINITY,
        ..SimilarReps::default()
    };
    // Candidates come in order of start, so that similar ones without overlap can be counted at once.
    let mut counted_until = 0;
    let mut nearest = f64::INFINITY;
    for (other_index, other) in components.iter().enumerate() {
        if other_index == index {
            continue;
        }
        if apart(&own.range, &other.range) {
            let (speed, length) = traits[other_index];
            let unlike = unlikeness(speed - traits[index].0, length - traits[index].1);
            nearest = unlike.min(nearest);
            if unlike <= SIMILAR && other.range.start >= counted_until {
                found.similar += 1.0;
                counted_until = other.range.end;
            }
        } else if contains(&other.range, &own.range) {
            let ratio = other.range.len() as f64 / own.range.len() as f64;
            if ratio < found.parent_length {
                found.parent_length = ratio;
                found.parent_rise = ln_ratio(other.floor_m_s, other.shoulder_m_s);
            }
        } else if contains(&own.range, &other.range) {
            found.children += 1.0;
            found.best_child = ln_ratio(other.floor_m_s, other.shoulder_m_s).max(found.best_child);
        }
    }
    found.best_similar = 1.0 / nearest;
    if found.parent_length.is_infinite() {
        found.parent_length = f64::NAN;
    }
    found
}

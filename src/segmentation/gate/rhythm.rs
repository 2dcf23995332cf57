//! How a candidate fits the middle of the chosen set and its rhythm: the later stages' view of
//! "one more of the same".
//!
//! Many sets are run by the clock: every two minutes, or with so long a recovery. So starts are
//! compared, not ends, and over up to three spacings, as repetitions in between may have been missed.
//! Of a real set that started every 120 s, change points lay within 0.6 s (standard deviation) of that
//! grid.
//!
//! Medians are of the sure ones, as a first wrong guess among the chosen would move means. A periodogram
//! of speed was not used: it finds the grid of 20 repetitions, but 3 have none.

use std::ops::Range;

use crate::segmentation::gate::likeness::apart;
use crate::segmentation::gate::likeness::closeness;
use crate::segmentation::levels::Component;
use crate::segmentation::signals::Signals;
use crate::statistics::median_of;

/// A candidate against the middle of the chosen set; NaN where nothing is chosen. Differences are of
/// natural logarithms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct InRhythm {
    /// Its length against the middle.
    pub(crate) length: f64,
    /// Its speed against the middle.
    pub(crate) speed: f64,
    /// How close it is to the middle.
    pub(crate) like_middle: f64,
    /// How much better an overlapping candidate fits.
    pub(crate) rival_like_middle: f64,
    /// How like it the chosen bout before is.
    pub(crate) like_previous: f64,
    /// How like it the chosen bout after is.
    pub(crate) like_next: f64,
    /// The mean probability of the best three others.
    pub(crate) best_three: f64,
    /// How far its start is from the rhythm of the sure bouts.
    pub(crate) off_rhythm: f64,
    /// How many of them it keeps the rhythm with.
    pub(crate) in_rhythm: f64,
    /// Its contrast against that of the others.
    pub(crate) contrast: f64,
}

impl InRhythm {
    /// Nothing is chosen.
    pub(crate) const ALONE: Self = Self {
        length: f64::NAN,
        speed: f64::NAN,
        like_middle: f64::NAN,
        rival_like_middle: f64::NAN,
        like_previous: f64::NAN,
        like_next: f64::NAN,
        best_three: f64::NAN,
        off_rhythm: f64::NAN,
        in_rhythm: f64::NAN,
        contrast: f64::NAN,
    };
}

/// A chosen candidate counts as sure from this probability.
///
/// # Units
/// Probability. Chosen: likelier than not.
const SURE: f64 = 0.5;
/// A rhythm needs this many sure bouts.
///
/// # Units
/// Count. Chosen: the least with two spacings to be alike.
const LEAST_SURE: usize = 3;
/// Bouts up to this many times the usual spacing apart still keep the rhythm.
///
/// # Units
/// Ratio. Chosen: beyond, any start is near some multiple.
const MOST_MISSED: f64 = 3.0;
/// Spacings keep the rhythm within this much.
///
/// # Units
/// Natural logarithm of a ratio: 7 s of two minutes. Chosen: repetitions by distance differ by as much.
const RHYTHM: f64 = 0.06;
/// As many of the best bouts tell whether the run has efforts at all.
///
/// # Units
/// Count. Chosen: the smallest set.
const BEST: usize = 3;

/// What is known of each candidate.
struct Known<'a> {
    range: &'a Range<usize>,
    probability: f64,
    ln_speed: f64,
    ln_length: f64,
    contrast: f64,
    like_middle: f64,
}

/// The middle of the chosen set.
struct Middle {
    ln_speed: f64,
    ln_length: f64,
    spacing_s: Option<f64>,
}

/// Compares all candidates with the middle and the rhythm of the chosen set: contrasts and probabilities
/// are one a candidate, the choice is indices in order of start.
pub(crate) fn compare(
    signals: &Signals,
    components: &[Component],
    contrasts: &[f64],
    probabilities: &[f64],
    choice: &[usize],
) -> Vec<InRhythm> {
    let mut known: Vec<Known> = components
        .iter()
        .zip(contrasts)
        .zip(probabilities)
        .map(|((component, contrast), probability)| Known {
            range: &component.range,
            probability: *probability,
            ln_speed: signals
                .mean_effort(component.range.clone())
                .max(f64::MIN_POSITIVE)
                .ln(),
            ln_length: (component.range.len() as f64).ln(),
            contrast: *contrast,
            like_middle: 0.0,
        })
        .collect();
    let Some(middle) = middle(&known, choice) else {
        return vec![InRhythm::ALONE; known.len()];
    };
    for one in &mut known {
        one.like_middle = closeness(
            one.ln_speed - middle.ln_speed,
            one.ln_length - middle.ln_length,
        );
    }
    (0..known.len())
        .map(|index| one(index, &known, choice, &middle))
        .collect()
}

/// Returns the median of the sure ones, or of the best if none is sure.
fn middle(known: &[Known], choice: &[usize]) -> Option<Middle> {
    let best = choice
        .iter()
        .map(|index| known[*index].probability)
        .fold(0.0, f64::max);
    let members = || {
        choice
            .iter()
            .map(|index| &known[*index])
            .filter(|one| one.probability >= best.min(SURE))
    };
    let mut starts = members()
        .filter(|one| one.probability >= SURE)
        .map(|one| one.range.start as f64);
    let mut spacings: Vec<f64> = Vec::new();
    let mut before = starts.next();
    for start in starts {
        spacings.extend(before.map(|before| start - before));
        before = Some(start);
    }
    Some(Middle {
        ln_speed: median_of(&mut members().map(|one| one.ln_speed).collect::<Vec<_>>())?,
        ln_length: median_of(&mut members().map(|one| one.ln_length).collect::<Vec<_>>())?,
        spacing_s: median_of(&mut spacings).filter(|_| spacings.len() + 1 >= LEAST_SURE),
    })
}

fn one(index: usize, known: &[Known], choice: &[usize], middle: &Middle) -> InRhythm {
    let own = &known[index];
    let others: Vec<&Known> = choice
        .iter()
        .map(|index| &known[*index])
        .filter(|other| apart(own.range, other.range))
        .collect();
    let like = |other: &&&Known| {
        other.probability
            * closeness(
                other.ln_speed - own.ln_speed,
                other.ln_length - own.ln_length,
            )
    };
    let before = others
        .iter()
        .rfind(|other| other.range.end <= own.range.start);
    let after = others
        .iter()
        .find(|other| other.range.start >= own.range.end);
    let (off, keep) = rhythm(own, &others, middle);
    let mut contrasts: Vec<f64> = others.iter().map(|other| other.contrast).collect();
    InRhythm {
        length: own.ln_length - middle.ln_length,
        speed: own.ln_speed - middle.ln_speed,
        like_middle: own.like_middle,
        rival_like_middle: rival_like(index, known) - own.probability * own.like_middle,
        like_previous: before.as_ref().map_or(f64::NAN, like),
        like_next: after.as_ref().map_or(f64::NAN, like),
        best_three: best_three(&others),
        off_rhythm: off,
        in_rhythm: keep,
        contrast: own.contrast - median_of(&mut contrasts).unwrap_or(f64::NAN),
    }
}

/// Returns how well the best overlapping candidate fits the set, weighted by its probability.
fn rival_like(index: usize, known: &[Known]) -> f64 {
    let own = known[index].range;
    known
        .iter()
        .take_while(|other| other.range.start < own.end)
        .filter(|other| other.range.end > own.start && other.range != own)
        .map(|other| other.probability * other.like_middle)
        .fold(0.0, f64::max)
}

fn best_three(others: &[&Known]) -> f64 {
    let mut best: Vec<f64> = others.iter().map(|other| other.probability).collect();
    best.sort_by(|one, other| other.total_cmp(one));
    best.truncate(BEST);
    if best.len() < BEST {
        0.0
    } else {
        best.iter().sum::<f64>() / BEST as f64
    }
}

/// Returns how far the start is from the rhythm of the sure bouts at best, and how many it keeps
/// the rhythm with.
fn rhythm(own: &Known, others: &[&Known], middle: &Middle) -> (f64, f64) {
    let Some(spacing_s) = middle.spacing_s else {
        return (f64::NAN, f64::NAN);
    };
    let (mut off, mut keep) = (f64::NAN, 0.0);
    for other in others.iter().filter(|other| other.probability >= SURE) {
        let steps = other.range.start.abs_diff(own.range.start) as f64 / spacing_s;
        let whole = steps.round().max(1.0);
        if whole <= MOST_MISSED {
            let distance = (steps / whole).ln().abs();
            off = distance.min(off);
            keep += f64::from(u8::from(distance < RHYTHM));
        }
    }
    (off, if off.is_nan() { off } else { keep })
}

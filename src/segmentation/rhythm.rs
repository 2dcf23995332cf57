//! How a candidate fits the middle of the chosen set and its rhythm: the later stages' view of
//! "one more of the same".

use std::ops::Range;

use crate::segmentation::features::closeness;
use crate::segmentation::levels::Component;
use crate::segmentation::noise::median;
use crate::segmentation::scene::Scene;

/// The names of the features, in their order.
pub const NAMES: [&str; COUNT] = [
    "length_to_middle",
    "speed_to_middle",
    "like_middle",
    "rival_like_middle",
    "like_previous",
    "like_next",
    "best_three",
    "off_rhythm",
    "in_rhythm",
    "contrast_to_set",
];
/// The number of features.
pub const COUNT: usize = 10;

/// A chosen candidate counts as sure from this probability.
const SURE: f64 = 0.5;
/// A rhythm needs this many sure bouts.
const LEAST_SURE: usize = 3;
/// Bouts up to this many times the usual spacing apart still keep the rhythm.
const MOST_MISSED: f64 = 3.0;
/// Spacings keep the rhythm within this much (natural logarithm).
const RHYTHM: f64 = 0.06;
/// As many of the best bouts tell whether the run has efforts at all.
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

/// Returns the features of all candidates; absent (NaN) where nothing is chosen.
pub(crate) fn features(
    scene: &Scene,
    components: &[Component],
    contrasts: &[f64],
    probabilities: &[f64],
    choice: &[usize],
) -> Vec<[f64; COUNT]> {
    let mut known: Vec<Known> = components
        .iter()
        .zip(contrasts)
        .zip(probabilities)
        .map(|((component, contrast), probability)| Known {
            range: &component.range,
            probability: *probability,
            ln_speed: scene
                .mean_effort(component.range.clone())
                .max(f64::MIN_POSITIVE)
                .ln(),
            ln_length: (component.range.len() as f64).ln(),
            contrast: *contrast,
            like_middle: 0.0,
        })
        .collect();
    let Some(middle) = middle(&known, choice) else {
        return vec![[f64::NAN; COUNT]; known.len()];
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
        ln_speed: median(&mut members().map(|one| one.ln_speed).collect::<Vec<_>>())?,
        ln_length: median(&mut members().map(|one| one.ln_length).collect::<Vec<_>>())?,
        spacing_s: median(&mut spacings).filter(|_| spacings.len() + 1 >= LEAST_SURE),
    })
}

fn one(index: usize, known: &[Known], choice: &[usize], middle: &Middle) -> [f64; COUNT] {
    let own = &known[index];
    let others: Vec<&Known> = choice
        .iter()
        .map(|index| &known[*index])
        .filter(|other| other.range.end <= own.range.start || own.range.end <= other.range.start)
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
    [
        own.ln_length - middle.ln_length,
        own.ln_speed - middle.ln_speed,
        own.like_middle,
        rival_like(index, known) - own.probability * own.like_middle,
        before.as_ref().map_or(f64::NAN, like),
        after.as_ref().map_or(f64::NAN, like),
        best_three(&others),
        off,
        keep,
        own.contrast - median(&mut contrasts).unwrap_or(f64::NAN),
    ]
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

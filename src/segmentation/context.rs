//! What the later stages of the gate see: the candidate against the set that was chosen. Similar
//! bouts, spacing, competitors, whether it lies inside the set.

use std::ops::Range;

use crate::segmentation::features::closeness;
use crate::segmentation::features::ln_ratio;
use crate::segmentation::levels::Component;
use crate::segmentation::noise::median;
use crate::segmentation::scene::Scene;

/// The names of the features, in their order.
pub const NAMES: [&str; COUNT] = [
    "first_look",
    "chosen",
    "similar_chosen",
    "best_similar_chosen",
    "other_chosen",
    "length_to_set",
    "speed_to_set",
    "gap_before",
    "gap_after",
    "gap_before_to_set",
    "gap_after_to_set",
    "inside_set",
    "rival",
    "rivals_chosen",
    "rivals_count",
    "set_count",
    "set_mean",
    "like_share",
    "recovery_to_set",
    "spacing",
    "set_span",
    "rival_overlap",
    "to_best",
    "odds_rank",
];
/// The number of features.
pub const COUNT: usize = 24;

/// A chosen candidate counts as sure from this probability.
const SURE: f64 = 0.5;

/// The chosen set, measured once for all candidates.
struct Chosen<'a> {
    members: Vec<Member<'a>>,
    gap_s: f64,
    spacing_s: f64,
    recovery_m_s: f64,
}

struct Member<'a> {
    range: &'a Range<usize>,
    probability: f64,
    ln_speed: f64,
    ln_length: f64,
}

/// Returns the features of all candidates, given what the stage before thought and chose.
pub(crate) fn features(
    scene: &Scene,
    components: &[Component],
    probabilities: &[f64],
    choice: &[usize],
) -> Vec<[f64; COUNT]> {
    let member = |index: usize| Member {
        range: &components[index].range,
        probability: probabilities[index],
        ln_speed: scene
            .mean_effort(components[index].range.clone())
            .max(f64::MIN_POSITIVE)
            .ln(),
        ln_length: (components[index].range.len() as f64).ln(),
    };
    let chosen = chosen(scene, choice.iter().map(|index| member(*index)).collect());
    let best = probabilities.iter().copied().fold(0.0, f64::max);
    let mut falling: Vec<f64> = choice.iter().map(|index| probabilities[*index]).collect();
    falling.sort_by(|one, other| other.total_cmp(one));
    (0..components.len())
        .map(|index| {
            let rival = rival(components, probabilities, index);
            let own = probabilities[index];
            let standing = [
                logit(own) - logit(best),
                falling.partition_point(|other| *other > own) as f64,
            ];
            one(scene, &member(index), &chosen, rival, standing)
        })
        .collect()
}

fn chosen<'a>(scene: &Scene, members: Vec<Member<'a>>) -> Chosen<'a> {
    let sure: Vec<&Member<'a>> = members
        .iter()
        .filter(|member| member.probability >= SURE)
        .collect();
    let pairs = || sure.iter().zip(sure.iter().skip(1));
    let mut gaps: Vec<f64> = pairs()
        .map(|(one, next)| (next.range.start - one.range.end) as f64)
        .collect();
    let mut spacings: Vec<f64> = pairs()
        .map(|(one, next)| (next.range.start - one.range.start) as f64)
        .collect();
    let mut speeds: Vec<f64> = pairs()
        .map(|(one, next)| scene.mean_speed(one.range.end..next.range.start))
        .collect();
    Chosen {
        gap_s: median(&mut gaps).unwrap_or(f64::NAN),
        spacing_s: median(&mut spacings).unwrap_or(f64::NAN),
        recovery_m_s: median(&mut speeds).unwrap_or(f64::NAN),
        members,
    }
}

/// Returns the best probability among overlapping candidates, and how much the two overlap.
fn rival(components: &[Component], probabilities: &[f64], index: usize) -> (f64, f64) {
    let own = &components[index].range;
    let mut best = (0.0, 0.0);
    for (other, component) in components.iter().enumerate() {
        if component.range.start >= own.end {
            break;
        }
        if other != index && component.range.end > own.start && probabilities[other] > best.0 {
            best = (probabilities[other], overlap(own, &component.range));
        }
    }
    best
}

/// Returns intersection over union.
pub(crate) fn overlap(one: &Range<usize>, other: &Range<usize>) -> f64 {
    let common = one
        .end
        .min(other.end)
        .saturating_sub(one.start.max(other.start));
    let union = one.len() + other.len() - common;
    common as f64 / union.max(1) as f64
}

fn one(
    scene: &Scene,
    own: &Member,
    chosen: &Chosen,
    rival: (f64, f64),
    standing: [f64; 2],
) -> [f64; COUNT] {
    let range = own.range;
    let apart = |other: &Member| other.range.end <= range.start || range.end <= other.range.start;
    let others: Vec<&Member> = chosen.members.iter().filter(|other| apart(other)).collect();
    let rivals: Vec<&Member> = chosen
        .members
        .iter()
        .filter(|other| !apart(other) && other.range != range)
        .collect();
    let weight: f64 = others.iter().map(|other| other.probability).sum();
    let like = |other: &&Member| {
        other.probability
            * closeness(
                other.ln_speed - own.ln_speed,
                other.ln_length - own.ln_length,
            )
    };
    let similar: f64 = others.iter().map(like).sum();
    let mean = |value: fn(&Member) -> f64| {
        others
            .iter()
            .map(|other| other.probability * value(other))
            .sum::<f64>()
            / weight
    };
    let sure = |other: &&&Member| other.probability >= SURE;
    let previous = others
        .iter()
        .filter(sure)
        .rfind(|other| other.range.end <= range.start);
    let next = others
        .iter()
        .filter(sure)
        .find(|other| other.range.start >= range.end);
    let gap_before = previous.map_or(f64::NAN, |other| (range.start - other.range.end) as f64);
    let gap_after = next.map_or(f64::NAN, |other| (other.range.start - range.end) as f64);
    let spacing = previous
        .map(|other| range.start - other.range.start)
        .or(next.map(|other| other.range.start - range.start))
        .map_or(f64::NAN, |spacing| spacing as f64);
    let recovery = previous
        .map(|other| other.range.end..range.start)
        .or(next.map(|other| range.end..other.range.start))
        .map_or(f64::NAN, |range| scene.mean_speed(range));
    let span = others
        .first()
        .zip(others.last())
        .map_or(0.0, |(first, last)| {
            (last.range.end - first.range.start) as f64
        });
    [
        logit(own.probability),
        f64::from(u8::from(
            chosen.members.iter().any(|other| other.range == range),
        )),
        similar,
        others.iter().map(like).fold(0.0, f64::max),
        weight,
        own.ln_length - mean(|other| other.ln_length),
        own.ln_speed - mean(|other| other.ln_speed),
        (gap_before + 1.0).ln(),
        (gap_after + 1.0).ln(),
        ((gap_before + 1.0) / chosen.gap_s).ln(),
        ((gap_after + 1.0) / chosen.gap_s).ln(),
        f64::from(u8::from(previous.is_some())) + f64::from(u8::from(next.is_some())),
        rival.0 - own.probability,
        rivals.iter().map(|other| other.probability).sum(),
        rivals.len() as f64,
        others.len() as f64,
        weight / others.len() as f64,
        similar / weight,
        ln_ratio(recovery, chosen.recovery_m_s),
        (spacing / chosen.spacing_s).ln().abs(),
        span / scene.len().max(1) as f64,
        rival.1,
        standing[0],
        standing[1],
    ]
}

/// Returns the log-odds of a probability, kept finite.
pub(crate) fn logit(probability: f64) -> f64 {
    let probability = probability.clamp(1e-6, 1.0 - 1e-6);
    (probability / (1.0 - probability)).ln()
}

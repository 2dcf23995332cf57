//! What the later stages of the gate see: the candidate against the set that was chosen. Similar
//! bouts, spacing, competitors, whether it lies inside the set.
//!
//! The chosen ones count by their probabilities, so that a doubtful guess of the stage before weighs
//! little; gaps, which a single wrong member would halve, are taken between sure ones. A candidate is
//! never compared with itself, nor with other cuts of its own stretch, which are its rivals: else
//! whatever was chosen would confirm itself, and stages would only repeat each other.
//!
//! With such a second look in view of the set, runs with the right rep count went from 0.47 to 0.64 on
//! athletes not seen, with a third to 0.68 (85 real runs). A fourth of the kind was not tried.

use std::ops::Range;

use crate::segmentation::gate::likeness::apart;
use crate::segmentation::gate::likeness::closeness;
use crate::segmentation::gate::likeness::ln_ratio;
use crate::segmentation::gate::likeness::overlap;
use crate::segmentation::gate::trees::logit;
use crate::segmentation::levels::Component;
use crate::segmentation::signals::Signals;
use crate::statistics::median_of;

/// A candidate against the chosen set; NaN where there is nothing to compare with. Differences and
/// ratios are natural logarithms; speeds are grade-adjusted, but for those of recoveries, which are of
/// ground.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct InSet {
    /// The log-odds of the stage before.
    pub(crate) before: f64,
    /// 1 where it is chosen itself.
    pub(crate) is_chosen: f64,
    /// Chosen bouts like it, weighted by their probability and closeness.
    pub(crate) similar: f64,
    /// The same of the closest.
    pub(crate) best_similar: f64,
    /// The probabilities of the other chosen bouts, added up.
    pub(crate) others: f64,
    /// Its length against their mean.
    pub(crate) length: f64,
    /// Its speed against their mean.
    pub(crate) speed: f64,
    /// Seconds to the sure bout before and after (natural logarithm of one more).
    pub(crate) gaps: [f64; 2],
    /// The same against the usual gap of the set.
    pub(crate) gaps_to_usual: [f64; 2],
    /// On how many sides a sure bout lies.
    pub(crate) inside: f64,
    /// The best overlapping candidate: its probability above the own, and how much both overlap.
    pub(crate) rival: f64,
    /// See [`InSet::rival`].
    pub(crate) rival_overlap: f64,
    /// Chosen candidates that overlap it: probabilities added up, and how many.
    pub(crate) rivals: f64,
    /// See [`InSet::rivals`].
    pub(crate) rival_count: f64,
    /// How many others are chosen.
    pub(crate) count: f64,
    /// Their mean probability.
    pub(crate) mean_probability: f64,
    /// The share of them that is like it.
    pub(crate) like_share: f64,
    /// The speed of the recovery beside it against that of the set.
    pub(crate) recovery: f64,
    /// How far its spacing, start to start, is from the usual one of the set.
    pub(crate) spacing: f64,
    /// The share of the run from the first to the last of the others.
    pub(crate) span: f64,
    /// Its log-odds less the best of the run: 0 at most.
    pub(crate) to_best: f64,
    /// How many chosen bouts are more probable.
    pub(crate) rank: f64,
}

/// A chosen candidate counts as sure from this probability.
///
/// # Units
/// Probability. Chosen: likelier than not.
const SURE: f64 = 0.5;

/// The chosen set, measured once for all candidates; NaN where fewer than two are sure.
struct Chosen<'a> {
    members: Vec<Member<'a>>,
    /// The median time from the end of a sure one to the start of the next.
    gap_s: f64,
    /// The median time from start to start.
    spacing_s: f64,
    /// The median speed between them.
    recovery_m_s: f64,
}

struct Member<'a> {
    range: &'a Range<usize>,
    probability: f64,
    ln_speed: f64,
    ln_length: f64,
}

/// Compares all candidates with the chosen set, given what the stage before thought (one probability a
/// candidate) and chose (indices in order of start).
pub(crate) fn compare(
    signals: &Signals,
    components: &[Component],
    probabilities: &[f64],
    choice: &[usize],
) -> Vec<InSet> {
    let member = |index: usize| Member {
        range: &components[index].range,
        probability: probabilities[index],
        ln_speed: signals
            .mean_effort(components[index].range.clone())
            .max(f64::MIN_POSITIVE)
            .ln(),
        ln_length: (components[index].range.len() as f64).ln(),
    };
    let chosen = chosen(signals, choice.iter().map(|index| member(*index)).collect());
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
            one(signals, &member(index), &chosen, rival, standing)
        })
        .collect()
}

fn chosen<'a>(signals: &Signals, members: Vec<Member<'a>>) -> Chosen<'a> {
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
        .map(|(one, next)| signals.mean_speed(one.range.end..next.range.start))
        .collect();
    Chosen {
        gap_s: median_of(&mut gaps).unwrap_or(f64::NAN),
        spacing_s: median_of(&mut spacings).unwrap_or(f64::NAN),
        recovery_m_s: median_of(&mut speeds).unwrap_or(f64::NAN),
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

/// Returns one candidate against the set, given its rival and where it stands among all: its log-odds
/// less the best, and how many chosen ones are likelier.
fn one(
    signals: &Signals,
    own: &Member,
    chosen: &Chosen,
    rival: (f64, f64),
    standing: [f64; 2],
) -> InSet {
    let range = own.range;
    let is_apart = |other: &Member| apart(range, other.range);
    let others: Vec<&Member> = chosen
        .members
        .iter()
        .filter(|other| is_apart(other))
        .collect();
    let rivals: Vec<&Member> = chosen
        .members
        .iter()
        .filter(|other| !is_apart(other) && other.range != range)
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
        .map_or(f64::NAN, |range| signals.mean_speed(range));
    let span = others
        .first()
        .zip(others.last())
        .map_or(0.0, |(first, last)| {
            (last.range.end - first.range.start) as f64
        });
    let flag = |holds: bool| f64::from(u8::from(holds));
    InSet {
        before: logit(own.probability),
        is_chosen: flag(chosen.members.iter().any(|other| other.range == range)),
        similar,
        best_similar: others.iter().map(like).fold(0.0, f64::max),
        others: weight,
        length: own.ln_length - mean(|other| other.ln_length),
        speed: own.ln_speed - mean(|other| other.ln_speed),
        gaps: [gap_before, gap_after].map(f64::ln_1p),
        gaps_to_usual: [gap_before, gap_after].map(|gap| ((gap + 1.0) / chosen.gap_s).ln()),
        inside: flag(previous.is_some()) + flag(next.is_some()),
        rival: rival.0 - own.probability,
        rival_overlap: rival.1,
        rivals: rivals.iter().map(|other| other.probability).sum(),
        rival_count: rivals.len() as f64,
        count: others.len() as f64,
        mean_probability: weight / others.len() as f64,
        like_share: similar / weight,
        recovery: ln_ratio(recovery, chosen.recovery_m_s),
        spacing: (spacing / chosen.spacing_s).ln().abs(),
        span: span / signals.len().max(1) as f64,
        to_best: standing[0],
        rank: standing[1],
    }
}

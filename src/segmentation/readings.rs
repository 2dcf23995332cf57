//! What a run may have been: the choice of efforts that the run alone suggests, and the choices that
//! athletes of other habits would.
//!
//! Streams are at hand only while a file is read, and the runs before it are known only afterwards. So
//! every choice that known habits could lead to is prepared as a segmentation of its own, and once the
//! habits are known one of them is taken: see [`judge_again`].
//!
//! Steps while reading: the candidates worth keeping are told ([`told`]); the run alone chooses among
//! them ([`first`]); athletes of several easy speeds, and racers over the official distances that a
//! candidate has, choose as well, and what they choose otherwise is kept ([`others`]). Steps
//! afterwards: what habits and a named race add to the log-odds of each candidate makes a choice, and
//! the prepared one that is the same, or else the likeliest, is taken.
//!
//! Why add to what the run says instead of judging anew: few athletes with a past are labelled, so a
//! stage fitted on them alone knows less than the run does. Even so habits help less than hoped: on
//! athletes not seen in fitting they leave all figures within a hundredth (exact 0.73 without, 0.72
//! with), as most of what they could show, the run shows too. They serve runs of which the run itself
//! shows little: lone blocks, and days on which everything was fast.

use std::ops::Range;

use crate::segmentation::Candidate;
use crate::segmentation::Segment;
use crate::segmentation::base;
use crate::segmentation::filled::calm_confidence;
use crate::segmentation::gate;
use crate::segmentation::gate::Gate;
use crate::segmentation::gate::Verdict;
use crate::segmentation::gate::habits;
use crate::segmentation::gate::habits::Habits;
use crate::segmentation::gate::logit;
use crate::segmentation::gate::probability;
use crate::segmentation::is_marked;
use crate::segmentation::levels::Component;
use crate::segmentation::signals::Signals;
use crate::segmentation::sustained;
use crate::units::round;
use crate::vocabulary::SegmentKind;

/// Candidates of at least this probability are kept, whether they become segments or not.
///
/// # Units
/// Probability. Measured: of the efforts that habits bring to light, hardly any had less. (0.05 was
/// the limit while there were no habits.)
const TOLD_LEAST: f64 = 0.015;
/// So many candidates are kept at most; chosen ones always are.
///
/// # Units
/// Count. Chosen: a summary stays within some kilobytes.
const MOST_TOLD: usize = 24;
/// Habitual easy speeds for which choices are prepared, as multiples of the middle of the running.
///
/// # Units
/// Ratios. Chosen: from a run that is as fast as a race to one slower than a recovery run, the
/// usual ones first.
const EASY_OF_RUNNING: [f64; 6] = [0.94, 1.02, 0.86, 1.12, 0.78, 0.70];
/// Critical speed over easy speed in these choices.
///
/// # Units
/// Ratio. Convention, the same as for athletes of whom nothing hard is known: easy running is mostly done
/// at 0.70–0.82 of critical speed.
const CRITICAL_OF_EASY: f64 = 1.0 / 0.77;
/// So many choices are prepared besides the first.
///
/// # Units
/// Count. Chosen: each is kept in the summary with all its segments. There were five at first.
const MOST_OTHERS: usize = 3;
/// Choices are another reading of the run when the seconds in which they agree are less than this share
/// of those in which either has an effort.
///
/// # Units
/// Ratio. Chosen: a stride more or less is no other reading.
const SAME_CHOICE: f64 = 0.8;
/// Distances of races that a run may hold.
///
/// # Units
/// Metres. Convention: track and road distances from 800 m on; what is shorter is no run of its own.
const RACES_M: [f64; 13] = [
    800.0, 1500.0, 1609.344, 3000.0, 5000.0, 8000.0, 10_000.0, 15_000.0, 16_093.44, 21_097.5,
    30_000.0, 42_195.0, 50_000.0,
];
/// A candidate may be the race of the day when its distance differs from the official one by so much.
///
/// # Units
/// Ratio. Chosen: watches differ from the true distance by 1–3 % (Gilgen-Ammann 2020), and the ends of
/// a race by some seconds.
const RACE_NEAR: f64 = 0.04;
/// What the runner's word that a race of this distance was run adds.
///
/// # Units
/// Log-odds. Chosen: it outweighs what speaks against a faint effort, not against a walk.
const RACE_LOG_ODDS: f64 = 4.0;
/// So many sustained stretches are kept beside those that a stage chose.
///
/// # Units
/// Count. Chosen: most are cuts of one.
const MOST_SUSTAINED: usize = 8;
/// A segment is a candidate from this intersection over union on.
///
/// # Units
/// Ratio. Convention of the field's scores: at a half, no two segments can be the same candidate.
const SAME: f64 = 0.5;

/// Returns the candidates worth keeping, as indices of components in order of start: those chosen, those
/// that a rule of their own may still make efforts, and the likeliest of the others.
pub(super) fn told(signals: &Signals, components: &[Component], verdict: &Verdict) -> Vec<usize> {
    let is_sustained = |index: &usize| {
        let own = candidate(signals, &components[*index], verdict, *index);
        verdict.probabilities[*index] > 0.0 && sustained::log_odds(&own, None) > 0.0
    };
    let mut chosen = verdict.chosen.clone();
    let lone = (0..components.len()).filter(|index| !verdict.chosen.contains(index));
    chosen.extend(lone.filter(is_sustained).take(MOST_SUSTAINED));
    let mut others: Vec<usize> = (0..components.len())
        .filter(|index| verdict.probabilities[*index] >= TOLD_LEAST && !chosen.contains(index))
        .collect();
    others.sort_by(|one, other| {
        verdict.probabilities[*other].total_cmp(&verdict.probabilities[*one])
    });
    others.truncate(MOST_TOLD.saturating_sub(chosen.len()));
    let mut told: Vec<usize> = chosen.iter().copied().chain(others).collect();
    told.sort_unstable();
    told
}

/// Returns the choice that the run alone suggests: none where it does not stand out from other running.
pub(super) fn first(signals: &Signals, candidates: &[Candidate], gate: &Gate) -> Vec<usize> {
    let choice = wanted(candidates, AthletePast::default(), gate);
    if stands_out(signals, candidates, &choice) {
        choice
    } else {
        Vec::new()
    }
}

fn stands_out(signals: &Signals, candidates: &[Candidate], choice: &[usize]) -> bool {
    let ranges = choice.iter().map(|one| habits::seconds(&candidates[*one]));
    base::stands_out(signals, &ranges.collect::<Vec<_>>())
}

/// Returns a candidate as summaries keep it, rounded: the last stage is fitted on such rounded values,
/// so that it says the same of a stored document and of a run just read.
pub(super) fn candidate(
    signals: &Signals,
    component: &Component,
    verdict: &Verdict,
    index: usize,
) -> Candidate {
    let running = verdict.measured.running(index);
    let known = |value: f64, decimals| value.is_finite().then(|| round(value, decimals));
    let middle = signals.levels_m_s[2];
    let speed = if running.speed_m_s > 0.0 {
        running.speed_m_s
    } else {
        signals.mean_effort(component.range.clone())
    };
    let outside = running.outside[1];
    let contrast = if outside.is_nan() {
        gate::ln_ratio(speed, middle)
    } else {
        outside
    };
    let odds = logit(verdict.probabilities[index]);
    Candidate {
        start_s: component.range.start as f64,
        end_s: component.range.end as f64,
        distance_m: round(signals.speed_sums.sum(component.range.clone()), 0),
        effort_speed_m_s: round(speed, 3),
        contrast: round(contrast.exp(), 3),
        least_contrast: known(running.least.exp(), 3),
        unevenness: round(verdict.measured.unevenness(index), 3),
        break_s: round(running.break_inside.exp_m1(), 0),
        heart_rate_bpm: known(running.heart_bpm, 1),
        heart_rate_over_running_bpm: known(running.heart_over_outside, 1),
        slope: known(verdict.measured.slope(index), 3),
        log_odds: round(odds, 3),
        probability: round(probability(odds), 3),
        kept: false,
    }
}

/// Returns the choices, other than the first, that athletes of other habits would make: none at all
/// first, where the run alone has some; then by easy speed from the usual to the rare; then by race.
pub(super) fn others(
    signals: &Signals,
    candidates: &[Candidate],
    first: &[usize],
    gate: &Gate,
) -> Vec<Vec<usize>> {
    let middle = signals.levels_m_s[2];
    let mut found: Vec<Vec<usize>> = vec![first.to_vec()];
    let mut offer = |choice: Vec<usize>| {
        let same = |other: &Vec<usize>| agreement(candidates, other, &choice) >= SAME_CHOICE;
        let is_new = !found.iter().any(same) && stands_out(signals, candidates, &choice);
        if is_new && found.len() <= MOST_OTHERS {
            found.push(choice);
        }
    };
    if !first.is_empty() {
        offer(Vec::new());
    }
    for share in EASY_OF_RUNNING {
        let easy = share * middle;
        let habits = Habits {
            easy_speed_m_s: easy,
            critical_speed_m_s: Some(CRITICAL_OF_EASY * easy),
            ..Habits::default()
        };
        offer(wanted(candidates, AthletePast::of(&habits), gate));
    }
    let raced = |distance: &&f64| candidates.iter().any(|one| is_race(one, **distance));
    for distance in RACES_M.iter().filter(raced) {
        offer(wanted(candidates, AthletePast::race(*distance), gate));
    }
    found.split_off(1)
}

/// Returns the share of the seconds of either of two choices that both have; 1 of two empty ones.
fn agreement(candidates: &[Candidate], one: &[usize], other: &[usize]) -> f64 {
    let spans = |choice: &[usize]| -> Vec<Range<usize>> {
        choice
            .iter()
            .map(|index| habits::seconds(&candidates[*index]))
            .collect()
    };
    let (one, other) = (spans(one), spans(other));
    let length = |spans: &[Range<usize>]| spans.iter().map(Range::len).sum::<usize>();
    let common: usize = one
        .iter()
        .flat_map(|a| {
            other
                .iter()
                .map(move |b| a.end.min(b.end).saturating_sub(a.start.max(b.start)))
        })
        .sum();
    let either = length(&one) + length(&other) - common;
    if either == 0 {
        1.0
    } else {
        common as f64 / either as f64
    }
}

/// What is known when a run is read again.
#[derive(Clone, Copy, Debug, Default)]
pub struct AthletePast<'a> {
    /// The athlete's habits on the day.
    pub habits: Option<&'a Habits>,
    /// The distance, in metres, of a race that the runner says was run on the day.
    pub race_m: Option<f64>,
}

impl<'a> AthletePast<'a> {
    fn of(habits: &'a Habits) -> Self {
        Self {
            habits: Some(habits),
            race_m: None,
        }
    }

    fn race(distance_m: f64) -> Self {
        Self {
            habits: None,
            race_m: Some(distance_m),
        }
    }

    fn is_nothing(self) -> bool {
        self.habits.is_none() && self.race_m.is_none()
    }
}

fn is_race(candidate: &Candidate, distance_m: f64) -> bool {
    (candidate.distance_m / distance_m - 1.0).abs() <= RACE_NEAR
}

/// Returns the choice that is right by all that is known.
fn wanted(candidates: &[Candidate], known: AthletePast, gate: &Gate) -> Vec<usize> {
    gate::choose_sure(&ranges(candidates), &probabilities(candidates, known, gate))
}

/// What is said of the candidates of a run once the athlete's habits are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// Which of the choices is taken: its place among those given.
    pub reading: usize,
    /// The probability that each candidate is an effort, by all that is known; in the order given.
    pub probabilities: Vec<f64>,
    /// How sure each may be, if it is one: calibrated by what is known, in the order given.
    pub confidence: Vec<f64>,
}

/// Judges the candidates of a run again with what is known of the athlete, and says which of some
/// choices of them to take; with nothing known, the first.
///
/// A choice is the places of its efforts among `candidates`; there is at least one choice.
#[must_use]
pub fn judge_again(candidates: &[Candidate], choices: &[&[usize]], known: AthletePast) -> Judged {
    judge_again_with(candidates, choices, known, &gate::GATE)
}

/// The same with a gate that is not the committed one.
pub(super) fn judge_again_with(
    candidates: &[Candidate],
    choices: &[&[usize]],
    known: AthletePast,
    gate: &Gate,
) -> Judged {
    let probabilities = probabilities(candidates, known, gate);
    let calibration = match known.habits {
        Some(_) => &gate.known_calibration,
        None => &gate.calibration,
    };
    let confidence = candidates.iter().zip(&probabilities);
    Judged {
        reading: if known.is_nothing() {
            0
        } else {
            nearest(candidates, choices, &probabilities)
        },
        confidence: confidence
            .map(|(one, said)| calibration.confidence(*said, habits::seconds(one).len()))
            .collect(),
        probabilities,
    }
}

fn probabilities(candidates: &[Candidate], known: AthletePast, gate: &Gate) -> Vec<f64> {
    let rows = known.habits.map(|habits| habits::rows(candidates, habits));
    let odds = candidates.iter().enumerate().map(|(index, one)| {
        let by_habits = rows.as_ref().map(|rows| gate.fourth.log_odds(&rows[index]));
        let by_race = known.race_m.filter(|distance| is_race(one, *distance));
        let as_sustained = sustained::log_odds(one, known.habits);
        one.log_odds
            + as_sustained
            + by_habits.unwrap_or(0.0)
            + by_race.map_or(0.0, |_| RACE_LOG_ODDS)
    });
    odds.map(probability).collect()
}

fn ranges(candidates: &[Candidate]) -> Vec<Range<usize>> {
    candidates.iter().map(habits::seconds).collect()
}

/// Returns the choice that is the right one by some probabilities, else the likeliest of those there
/// are.
fn nearest(candidates: &[Candidate], choices: &[&[usize]], probabilities: &[f64]) -> usize {
    let wanted = gate::choose_sure(&ranges(candidates), probabilities);
    if let Some(same) = choices.iter().position(|choice| **choice == wanted) {
        return same;
    }
    let worth = |choice: &&[usize]| -> f64 {
        let odds = choice.iter().map(|index| logit(probabilities[*index]));
        odds.map(|odds| odds - logit(gate::USUAL_LEAST)).sum()
    };
    let worths: Vec<f64> = choices.iter().map(worth).collect();
    let best = worths.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let best = worths.iter().position(|worth| *worth >= best);
    best.unwrap_or(0)
}

/// Gives the segments of a choice the confidence of the candidates that they are; segments that the
/// runner marked, and rising runs, keep theirs.
pub fn trust(segments: &mut [Segment], candidates: &[Candidate], judged: &Judged) {
    for segment in segments.iter_mut() {
        let mut kept = candidates.iter().zip(&judged.confidence);
        let own = kept.find(|(one, _)| one.kept && is(segment, one));
        let settled = segment.kind == SegmentKind::Progression || is_marked(segment);
        if let Some((_, confidence)) = own.filter(|_| segment.kind.is_work() && !settled) {
            segment.confidence = round(gate::bounded(*confidence), 3);
        }
    }
    let missed = judged.probabilities.iter().copied().fold(0.0, f64::max);
    calm_confidence(segments, round(missed, 3));
}

/// Returns whether a segment is a candidate.
pub(super) fn is(segment: &Segment, candidate: &Candidate) -> bool {
    let own = (segment.start_s, segment.end_s);
    crate::segmentation::bout::overlap(own, (candidate.start_s, candidate.end_s)) >= SAME
}

#[cfg(test)]
mod tests;

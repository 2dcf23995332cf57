//! Candidate bouts: every connected stretch above every level of the step function of speed.
//!
//! The step function comes from the exact change-point search; the stretches above its levels form
//! its component tree (max-tree). No base level has to be known, so that repetitions among walking,
//! jogging or standing, nested or not, are all in the tree.
//!
//! Steps: of each recorded kind of speed a fine and a coarse step function; of each of these the tree as
//! it is, and the tree of what is run, in which a stop inside an effort does not cut it; candidates that
//! cannot be efforts, by length or by rise, are left out; those with the same ends become one.
//!
//! Tried instead: to cluster the levels (k-means over the logarithm of speed), call one of them the
//! base and take what lies above it. The base is the hard part: where recoveries are walked, it is the
//! walk; in a warm-up that is slower than the cool-down, there are two. What is a base has become a
//! matter of the gate, which compares a candidate with several. So this step may offer many
//! times more candidates than there are efforts, and only has to hold those.

use std::ops::Range;

use crate::segmentation::changepoint::optimal_partitions;
use crate::segmentation::noise::long_run_deviation;
use crate::segmentation::signals::Signals;
use crate::segmentation::signals::filled;
use crate::streams::Streams;
use crate::thresholds::WALKING_M_S;

/// No stretch of the step function is shorter.
///
/// # Units
/// Seconds. Chosen: shorter than the shortest repetitions, longer than most wander of the signal.
pub(crate) const LEAST_STRETCH_S: usize = 6;
/// Penalties: a fine view, and a coarse one that bridges dips.
///
/// # Units
/// Multiples of 2 σ² ln n, which is BIC for one level and one place a change. Measured on made-up runs
/// with the prototype: factors of 0.5, 1, 2 and 4 had 0.86, 0.95, 0.94 and 0.91 of all rep counts right,
/// but 0.95, 0.85, 0.75 and 0.40 of those of 30 s on, 30 s off. So no single one will do: fine ones for
/// short repetitions, coarse ones for long blocks that wander.
const PENALTY_FACTORS: [f64; 2] = [1.2, 6.0];
/// No candidate is shorter.
///
/// # Units
/// Seconds. Chosen: the shortest strides; below, satellite speed is noise.
const LEAST_CANDIDATE_S: usize = 8;
/// No candidate is longer than this share of the run.
///
/// # Units
/// Ratio of elapsed times. Chosen: what is nearly all of a run has nothing to stand out from.
const LARGEST_SHARE: f64 = 0.85;
/// No candidate stands out less from the level that it rises from.
///
/// # Units
/// Ratio of speeds. Chosen: far below any effort that can be told; it keeps the table of candidates small.
const LEAST_RISE: f64 = 1.02;
/// Channels that differ in no more than this share of the seconds are one signal, which is searched
/// once.
///
/// # Units
/// Share of the seconds. Measured: the chosen speed is the device's but for some repaired seconds, at
/// starts and stops, in nine of ten files.
const REPAIRED_SHARE: f64 = 0.01;
/// Two channels say the same speed within this.
///
/// # Units
/// Metres per second: what FIT keeps of one.
const SAME_M_S: f64 = 0.001;
/// Candidates whose ends differ by no more than this are one.
///
/// # Units
/// Seconds. Chosen: closer than any edge is known.
const SAME_END_S: usize = 1;

/// One stretch of a step function: its first second, the one after its last, its mean speed in metres
/// per second.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Step {
    start: usize,
    end: usize,
    level: f64,
}

/// A connected stretch above a level.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Component {
    /// The seconds it covers.
    pub(crate) range: Range<usize>,
    /// The lowest level inside.
    pub(crate) floor_m_s: f64,
    /// The higher level of the two that border it: what it rises from.
    pub(crate) shoulder_m_s: f64,
    /// The lower level of the two that border it.
    pub(crate) foot_m_s: f64,
    /// The number of stretches inside.
    pub(crate) steps: usize,
    /// How many of the trees hold it: what fine and coarse views of several channels agree on is rarely
    /// an accident of one of them.
    pub(crate) seen: usize,
}

/// Returns the candidates of a run in order of start, then end, in seconds of the elapsed clock. They
/// overlap; at most one of several cuts of a stretch can become an effort.
pub(crate) fn candidates(streams: &Streams, signals: &Signals) -> Vec<Component> {
    let mut found = Vec::new();
    for view in views(streams, signals) {
        let View { values, noise, .. } = view;
        let unit = 2.0 * noise * noise * (values.len().max(2) as f64).ln();
        let penalties = PENALTY_FACTORS.map(|factor| factor * unit);
        for ends in optimal_partitions(&values, penalties, LEAST_STRETCH_S) {
            let steps = steps(&values, &ends);
            let first = found.len();
            found.extend(components(&steps));
            let running = without_breaks(&steps);
            if running.len() < steps.len() {
                found.extend(components(&running));
            }
            for component in &mut found[first..] {
                component.seen = view.channels;
            }
        }
    }
    let longest = LARGEST_SHARE * signals.len() as f64;
    found.retain(|component| {
        let length = component.range.len();
        length >= LEAST_CANDIDATE_S
            && length as f64 <= longest
            && component.floor_m_s >= LEAST_RISE * component.shoulder_m_s
    });
    unique(found)
}

/// A signal whose trees are taken.
struct View {
    values: Vec<f64>,
    /// How many recorded channels are this signal.
    channels: usize,
    /// Its long-run standard deviation.
    noise: f64,
}

/// Returns the channels whose trees are taken: the chosen speed, repaired distance increments, the
/// device's own speed and grade-adjusted speed, where they are recorded. Distance increments show short
/// repetitions, which the device halves; its own speed is the better one where distance is rounded to
/// metres; grade-adjusted speed alone shows repetitions uphill.
fn views(streams: &Streams, signals: &Signals) -> Vec<View> {
    let effort = streams
        .grade_quality
        .is_used()
        .then_some(&streams.effort_speed_m_s);
    let recorded = [&streams.distance_speed_m_s, &streams.device_speed_m_s].into_iter();
    let recorded = recorded
        .chain(effort)
        .filter(|channel| channel.has_values());
    let mut views = vec![View {
        values: signals.speed.clone(),
        channels: 1,
        noise: signals.noise_m_s,
    }];
    for values in recorded.map(|channel| filled(channel, streams)) {
        match views.iter_mut().find(|view| is_same(&view.values, &values)) {
            Some(view) => view.channels += 1,
            None => views.push(View {
                noise: long_run_deviation(&values),
                values,
                channels: 1,
            }),
        }
    }
    views
}

/// Returns whether two signals have the same trees: they differ in some repaired seconds at most.
fn is_same(one: &[f64], other: &[f64]) -> bool {
    let pairs = one.iter().zip(other);
    let differ = pairs.filter(|(one, other)| (*one - *other).abs() > SAME_M_S);
    differ.count() as f64 <= REPAIRED_SHARE * one.len() as f64
}

fn steps(values: &[f64], ends: &[usize]) -> Vec<Step> {
    let mut start = 0;
    ends.iter()
        .map(|&end| {
            let level = values[start..end].iter().sum::<f64>() / (end - start) as f64;
            let step = Step { start, end, level };
            start = end;
            step
        })
        .collect()
}

/// Returns the stretches that are run: an effort with a stop or a walk inside it is one stretch of them.
fn without_breaks(steps: &[Step]) -> Vec<Step> {
    let run = steps.iter().filter(|step| step.level >= WALKING_M_S);
    run.copied().collect()
}

/// Returns every node of the component tree but the root, which is the whole run.
fn components(steps: &[Step]) -> Vec<Component> {
    let left = higher_reach(steps.iter().map(|step| step.level));
    let mut right = higher_reach(steps.iter().rev().map(|step| step.level));
    right.reverse();
    let mut found = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let first = index - left[index];
        let last = index + right[index];
        // Equal levels would give the same stretch twice: the first of them speaks.
        let repeated = steps[first..index]
            .iter()
            .any(|other| other.level <= step.level);
        if repeated || (first == 0 && last + 1 == steps.len()) {
            continue;
        }
        let before = first.checked_sub(1).map(|index| steps[index].level);
        let after = steps.get(last + 1).map(|step| step.level);
        let (shoulder_m_s, foot_m_s) = border(before, after);
        found.push(Component {
            range: steps[first].start..steps[last].end,
            floor_m_s: step.level,
            shoulder_m_s,
            foot_m_s,
            steps: last + 1 - first,
            seen: 1,
        });
    }
    found
}

/// Returns the higher and the lower border level; beyond the run there is none.
fn border(before: Option<f64>, after: Option<f64>) -> (f64, f64) {
    match (before, after) {
        (Some(before), Some(after)) => (before.max(after), before.min(after)),
        (Some(only), None) | (None, Some(only)) => (only, only),
        (None, None) => (0.0, 0.0),
    }
}

/// Returns, for each level, how many of those directly before it are at least as high.
fn higher_reach(levels: impl Iterator<Item = f64>) -> Vec<usize> {
    let mut open: Vec<(f64, usize)> = Vec::new();
    let mut reach = Vec::new();
    for (index, level) in levels.enumerate() {
        while open.last().is_some_and(|(other, _)| *other >= level) {
            open.pop();
        }
        let start = open.last().map_or(0, |(_, other)| other + 1);
        reach.push(index - start);
        open.push((level, index));
    }
    reach
}

/// Joins candidates with the same ends, keeping the first seen and counting the others. Where both ends
/// are the same, the levels that stay are those of the chosen speed, which is looked at first.
fn unique(mut found: Vec<Component>) -> Vec<Component> {
    found.sort_by_key(|component| (component.range.start, component.range.end));
    let mut kept: Vec<Component> = Vec::new();
    for component in found {
        let same = kept
            .iter_mut()
            .rev()
            .take_while(|other| other.range.start + SAME_END_S >= component.range.start)
            .find(|other| other.range.end.abs_diff(component.range.end) <= SAME_END_S);
        match same {
            Some(other) => other.seen += component.seen,
            None => kept.push(component),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ladder(levels: &[f64]) -> Vec<Step> {
        levels
            .iter()
            .enumerate()
            .map(|(index, level)| Step {
                start: 10 * index,
                end: 10 * (index + 1),
                level: *level,
            })
            .collect()
    }

    fn ranges(levels: &[f64]) -> Vec<(usize, usize)> {
        let mut ranges: Vec<_> = components(&ladder(levels))
            .into_iter()
            .map(|component| (component.range.start / 10, component.range.end / 10))
            .collect();
        ranges.sort_unstable();
        ranges
    }

    #[test]
    fn every_stretch_above_every_level_is_a_candidate() {
        assert_eq!(ranges(&[1.0, 3.0, 2.0, 4.0, 1.0]), [(1, 2), (1, 4), (3, 4)],);
        assert_eq!(ranges(&[1.0, 3.0, 1.0, 3.0, 1.0]), [(1, 2), (3, 4)]);
        assert_eq!(ranges(&[2.0]), []);
    }

    #[test]
    fn components_match_their_definition_on_all_short_ladders() {
        for code in 0..4_usize.pow(6) {
            let levels: Vec<f64> = (0..6)
                .map(|place| (code >> (2 * place) & 3) as f64)
                .collect();
            let mut wanted = Vec::new();
            for start in 0..6 {
                for end in start + 1..=6 {
                    let floor = levels[start..end]
                        .iter()
                        .copied()
                        .fold(f64::INFINITY, f64::min);
                    let closed_before = start == 0 || levels[start - 1] < floor;
                    let closed_after = end == 6 || levels[end] < floor;
                    if closed_before && closed_after && end - start < 6 {
                        wanted.push((start, end));
                    }
                }
            }
            assert_eq!(ranges(&levels), wanted, "{levels:?}");
        }
    }

    #[test]
    fn a_candidate_knows_what_it_rises_from() {
        let found = components(&ladder(&[1.0, 3.0, 2.0, 4.0, 1.5]));
        let whole = found
            .iter()
            .find(|one| one.range == (10..40))
            .expect("above 1.5");
        assert_eq!(
            (whole.floor_m_s, whole.shoulder_m_s, whole.foot_m_s),
            (2.0, 1.5, 1.0)
        );
        assert_eq!((whole.steps, whole.seen), (3, 1));
        let last = found
            .iter()
            .find(|one| one.range == (30..40))
            .expect("above 2");
        assert_eq!(
            (last.floor_m_s, last.shoulder_m_s, last.foot_m_s, last.steps),
            (4.0, 2.0, 1.5, 1)
        );
        // At an end of the run there is one border.
        let first = components(&ladder(&[3.0, 1.0]));
        assert_eq!((first[0].shoulder_m_s, first[0].foot_m_s), (1.0, 1.0));
    }

    #[test]
    fn signals_that_differ_in_a_hundredth_of_their_seconds_are_one() {
        let one = vec![3.0; 1000];
        let with = |count: usize, difference: f64| {
            let mut other = one.clone();
            other[..count]
                .iter_mut()
                .for_each(|speed| *speed += difference);
            is_same(&one, &other)
        };
        assert!(with(10, 0.5) && !with(11, 0.5) && !with(11, -0.5));
        assert!(with(1000, 0.0005) && !with(1000, 0.002));
    }

    #[test]
    fn the_same_stretch_seen_twice_is_one_candidate() {
        let component = |range, seen| Component {
            range,
            floor_m_s: 4.0,
            shoulder_m_s: 2.0,
            foot_m_s: 2.0,
            steps: 1,
            seen,
        };
        let found = unique(vec![
            component(300..500, 1),
            component(100..200, 2),
            component(101..199, 3),
            component(101..202, 1),
            component(103..200, 1),
        ]);
        let seen: Vec<(Range<usize>, usize)> =
            found.into_iter().map(|one| (one.range, one.seen)).collect();
        assert_eq!(
            seen,
            [(100..200, 5), (101..202, 1), (103..200, 1), (300..500, 1)]
        );
    }

    #[test]
    fn channels_that_are_one_signal_are_searched_once() {
        use crate::segmentation::exact;
        let run = exact::streams(&exact::speeds(&[(100, 2.5), (100, 4.0)]));
        let counts = |run: &Streams| -> Vec<usize> {
            let views = views(run, &Signals::new(run));
            views.iter().map(|view| view.channels).collect()
        };
        assert_eq!(counts(&run), [2]);
        let other = Streams {
            device_speed_m_s: exact::speeds(&[(110, 2.5), (90, 4.0)])
                .into_iter()
                .collect(),
            ..run
        };
        assert_eq!(counts(&other), [2, 1]);
    }
}

//! Names what each stretch of a run is: the bouts, what lies between them, before and after.
//!
//! The order in which names are tried matters. A bout is a progression if it was found as one; else a
//! hill repetition by its slope, whatever its length; else a stride, where it is short and its
//! recoveries long, and all such together are little; else tempo, where it is long and no other is of
//! its length; else a repetition. What lies between two bouts is a recovery while it is short, a rest
//! where it is mostly stood, steady running where it is long; a stand within steady running is a stop.
//!
//! The gate does not name kinds: it was fitted on what is an effort, and the names are conventions of
//! coaches, which are few, said plainly here, and may be argued with. A semi-Markov model over kinds
//! with their usual durations was designed instead; with names that follow from length, slope and place
//! it would have had nothing to decide.

use std::ops::RangeInclusive;

use crate::segmentation::bout::Bout;
use crate::segmentation::bout::seconds;
use crate::segmentation::edges::Boundary;
use crate::segmentation::signals::Signals;
use crate::vocabulary::SegmentKind;

/// A single block at least this long is a tempo block.
///
/// # Units
/// Seconds. Coaching convention.
pub(crate) const TEMPO_LEAST_S: f64 = 480.0;
/// Strides last this long.
///
/// # Units
/// Seconds. Coaching convention. The upper end was 35 s at first, which takes 200 m for strides.
const STRIDE_S: RangeInclusive<f64> = 8.0..=30.0;
/// Strides are about 100 m: at most so long.
///
/// # Units
/// Metres. Chosen between that and the next usual distance, 200 m, which is a repetition.
const STRIDE_MOST_M: f64 = 150.0;
/// The recoveries of strides are at least this many times as long.
///
/// # Units
/// Ratio of times. Coaching convention: shorter ones make a set of short repetitions, such as 30 s on, 30 s
/// off.
const STRIDE_RECOVERY: f64 = 2.0;
/// Strides last less than this in all.
///
/// # Units
/// Seconds. Coaching convention: ten of half a minute are a session of their own.
const STRIDES_MOST_S: f64 = 300.0;
/// A repetition on a slope of at least this is a hill repetition.
///
/// # Units
/// Rise over distance. Convention: a rolling road has less over the length of a repetition.
pub(crate) const HILL_LEAST_SLOPE: f64 = 0.04;
/// What lies between two bouts is a recovery up to this long.
///
/// # Units
/// Seconds. Convention: after ten minutes of running the next effort is another session.
const RECOVERY_MOST_S: f64 = 600.0;
/// What lies between two bouts is a rest when at least this share of it is stood.
///
/// # Units
/// Share of its time. Chosen: the larger part.
const REST_SHARE: f64 = 0.5;
/// What lies between two bouts and is mostly stood is a rest up to this long.
///
/// # Units
/// Seconds. Chosen: a rest may be long, after a warm-up of strides or between two series.
const REST_MOST_S: f64 = 1800.0;
/// Standing at least this long in steady running is a stop.
///
/// # Units
/// Seconds. Chosen: a hesitation at a kerb is shorter.
const STOP_LEAST_S: usize = 10;
/// Moving for less than this beside a stand is no stretch of its own.
///
/// # Units
/// Seconds. Chosen: no change point lies nearer to another.
const LEAST_MOVE_S: f64 = 6.0;
/// Blocks are of one kind when the shorter is at least this share of the longer.
///
/// # Units
/// Ratio of times. Chosen: 2 × 10 min are repetitions, a tempo block with strides after it stays one.
const SAME_BLOCK: f64 = 0.5;

/// A stretch of the run with its name.
#[derive(Clone, Debug)]
pub(crate) struct Stretch {
    /// What it is.
    pub(crate) kind: SegmentKind,
    /// Its start.
    pub(crate) start: Boundary,
    /// Its end.
    pub(crate) end: Boundary,
    /// The place among the bouts of the one that it is, if it is one.
    pub(crate) bout: Option<usize>,
}

/// Returns the run cut at its bouts, in order, without holes, from 0 to the end. Bouts are in order and
/// do not overlap; without any the whole run is steady. A stretch takes the intervals of the bouts'
/// edges.
pub(crate) fn stretches(signals: &Signals, bouts: &[Bout], elapsed_s: f64) -> Vec<Stretch> {
    let kinds = kinds(signals, bouts);
    let mut found = Vec::new();
    let mut at = Boundary::exact(0.0);
    for (index, bout) in bouts.iter().enumerate() {
        let gap_s = bout.start.at_s - at.at_s;
        let between = match between(index, gap_s) {
            SegmentKind::Steady if gap_s <= REST_MOST_S && is_stood(signals, at, bout.start) => {
                SegmentKind::Rest
            }
            kind => kind,
        };
        fill(signals, between, at, bout.start, &mut found);
        found.push(Stretch {
            kind: kinds[index],
            start: bout.start,
            end: bout.end,
            bout: Some(index),
        });
        at = bout.end;
    }
    let last = if bouts.is_empty() {
        SegmentKind::Steady
    } else {
        SegmentKind::CoolDown
    };
    fill(signals, last, at, Boundary::exact(elapsed_s), &mut found);
    found
}

/// Returns what lies before a bout, given its place and the seconds since the bout before it.
fn between(index: usize, gap_s: f64) -> SegmentKind {
    if index == 0 {
        SegmentKind::WarmUp
    } else if gap_s <= RECOVERY_MOST_S {
        SegmentKind::Recovery
    } else {
        SegmentKind::Steady
    }
}

/// Returns what the place of a moment between efforts says of it; efforts are given by start and
/// end in seconds, in order. Marks of the runner are surrounded by the same names as found efforts.
pub(crate) fn rest_kind(efforts: &[(f64, f64)], at_s: f64) -> SegmentKind {
    let index = efforts.partition_point(|(start_s, _)| *start_s < at_s);
    match (index.checked_sub(1), efforts.get(index)) {
        (None, None) => SegmentKind::Steady,
        (Some(_), None) => SegmentKind::CoolDown,
        (before, Some((start_s, _))) => {
            let gap_s = before.map_or(0.0, |before| start_s - efforts[before].1);
            between(index, gap_s)
        }
    }
}

/// Adds what lies between two boundaries. Steady running is cut at its stands; warm-up and cool-down
/// hold theirs, and so does a recovery, which is a rest when it is mostly stood.
pub(crate) fn fill(
    signals: &Signals,
    kind: SegmentKind,
    start: Boundary,
    end: Boundary,
    found: &mut Vec<Stretch>,
) {
    let kind = match kind {
        SegmentKind::Recovery if is_stood(signals, start, end) => SegmentKind::Rest,
        kind => kind,
    };
    let least_s = match kind {
        SegmentKind::Steady => STOP_LEAST_S,
        _ => usize::MAX,
    };
    let mut at = start;
    let mut push = |kind, start: Boundary, end: Boundary| {
        if end.at_s > start.at_s {
            found.push(Stretch {
                kind,
                start,
                end,
                bout: None,
            });
        }
    };
    for (from, to) in stands(signals, start.at_s, end.at_s, least_s) {
        // A step or two before or after a stand are part of it.
        let from = if from < at.at_s + LEAST_MOVE_S {
            at
        } else {
            Boundary::exact(from)
        };
        let to = if to > end.at_s - LEAST_MOVE_S {
            end
        } else {
            Boundary::exact(to)
        };
        push(kind, at, from);
        push(SegmentKind::Stop, from, to);
        at = to;
    }
    push(kind, at, end);
}

/// Returns whether one stands for most of the time between two moments.
fn is_stood(signals: &Signals, start: Boundary, end: Boundary) -> bool {
    let whole = seconds(start.at_s, end.at_s.min(signals.len() as f64));
    let stood = whole
        .clone()
        .filter(|second| signals.stands[*second])
        .count();
    !whole.is_empty() && stood as f64 >= REST_SHARE * whole.len() as f64
}

/// Returns where one stands for at least some time, between two moments.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "moments of a run are small and not negative"
)]
fn stands(signals: &Signals, start_s: f64, end_s: f64, least_s: usize) -> Vec<(f64, f64)> {
    let (first, last) = (
        start_s.round() as usize,
        (end_s.round() as usize).min(signals.len()),
    );
    let mut stands = Vec::new();
    let mut since = None;
    for second in first..=last {
        let standing = second < last && signals.stands[second];
        match (standing, since) {
            (true, None) => since = Some(second),
            (false, Some(from)) => {
                if second - from >= least_s {
                    stands.push((from as f64, second as f64));
                }
                since = None;
            }
            _ => {}
        }
    }
    stands
}

fn kinds(signals: &Signals, bouts: &[Bout]) -> Vec<SegmentKind> {
    let strides: Vec<bool> = (0..bouts.len())
        .map(|index| is_stride(signals, bouts, index))
        .collect();
    let stride_s: f64 = bouts
        .iter()
        .zip(&strides)
        .filter(|(_, is)| **is)
        .map(|(bout, _)| bout.length_s())
        .sum();
    bouts
        .iter()
        .enumerate()
        .map(|(index, bout)| {
            if bout.is_progression {
                SegmentKind::Progression
            } else if slope(signals, bout) >= HILL_LEAST_SLOPE {
                SegmentKind::Hill
            } else if strides[index] && stride_s < STRIDES_MOST_S {
                SegmentKind::Stride
            } else if bout.length_s() >= TEMPO_LEAST_S && is_single(bouts, index) {
                SegmentKind::Tempo
            } else {
                SegmentKind::Work
            }
        })
        .collect()
}

fn slope(signals: &Signals, bout: &Bout) -> f64 {
    signals.slope_sums.mean(cells(bout)).unwrap_or(0.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "moments of a run are small and not negative"
)]
fn cells(bout: &Bout) -> std::ops::Range<usize> {
    bout.start.at_s.round() as usize..bout.end.at_s.round() as usize
}

/// Returns whether a bout is short, by time and by distance, and rested long on both sides. The first
/// and the last bout are judged by the one side they have.
fn is_stride(signals: &Signals, bouts: &[Bout], index: usize) -> bool {
    let bout = &bouts[index];
    let length = bout.length_s();
    let gap_before = index.checked_sub(1).map_or(f64::INFINITY, |before| {
        bout.start.at_s - bouts[before].end.at_s
    });
    let gap_after = bouts
        .get(index + 1)
        .map_or(f64::INFINITY, |after| after.start.at_s - bout.end.at_s);
    let metres = signals.mean_speed(cells(bout)) * length;
    STRIDE_S.contains(&length)
        && metres <= STRIDE_MOST_M
        && gap_before.min(gap_after) >= STRIDE_RECOVERY * length
}

/// Returns whether no other bout is of about its length.
fn is_single(bouts: &[Bout], index: usize) -> bool {
    let length = bouts[index].length_s();
    bouts.iter().enumerate().all(|(other, bout)| {
        let (short, long) = (length.min(bout.length_s()), length.max(bout.length_s()));
        other == index || short < SAME_BLOCK * long
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::bout::made_up as bout;

    fn kinds_of(bouts: &[Bout]) -> Vec<SegmentKind> {
        stretches(&Signals::default(), bouts, 3000.0)
            .iter()
            .map(|stretch| stretch.kind)
            .collect()
    }

    #[test]
    fn a_run_without_bouts_is_steady() {
        assert_eq!(kinds_of(&[]), [SegmentKind::Steady]);
    }

    #[test]
    fn a_single_long_block_is_tempo_and_two_are_work() {
        use SegmentKind::*;
        assert_eq!(kinds_of(&[bout(600.0, 1200.0)]), [WarmUp, Tempo, CoolDown]);
        assert_eq!(
            kinds_of(&[bout(600.0, 1200.0), bout(1400.0, 2000.0)]),
            [WarmUp, Work, Recovery, Work, CoolDown]
        );
    }

    #[test]
    fn short_bouts_with_long_recoveries_are_strides() {
        use SegmentKind::*;
        assert_eq!(
            kinds_of(&[bout(2000.0, 2020.0), bout(2080.0, 2100.0)]),
            [WarmUp, Stride, Recovery, Stride, CoolDown]
        );
        assert_eq!(
            kinds_of(&[bout(2000.0, 2030.0), bout(2060.0, 2090.0)]),
            [WarmUp, Work, Recovery, Work, CoolDown]
        );
        // 200 m in 35 s are repetitions, however long the walk.
        assert_eq!(
            kinds_of(&[bout(2000.0, 2035.0), bout(2155.0, 2190.0)]),
            [WarmUp, Work, Recovery, Work, CoolDown]
        );
    }

    #[test]
    fn a_moment_between_efforts_is_named_by_its_place() {
        use SegmentKind::*;
        // Ten minutes between the first two, a second more between the others.
        let efforts = [(600.0, 900.0), (1500.0, 1800.0), (2401.0, 2700.0)];
        let kinds = [0.0, 599.0, 900.0, 1499.0, 1800.0, 2400.0, 2700.0, 4000.0]
            .map(|at_s| rest_kind(&efforts, at_s));
        assert_eq!(
            kinds,
            [
                WarmUp, WarmUp, Recovery, Recovery, Steady, Steady, CoolDown, CoolDown
            ]
        );
        assert_eq!(rest_kind(&[], 10.0), Steady);
    }

    #[test]
    fn stretches_cover_the_run() {
        let all = stretches(
            &Signals::default(),
            &[bout(0.0, 100.0), bout(900.0, 3000.0)],
            3000.0,
        );
        assert!(all.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!(all.len(), 3);
    }
}

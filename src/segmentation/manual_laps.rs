//! Manual laps: which of them are efforts.
//!
//! A thumb marks where something changes, not what begins. So laps are compared with one another: those
//! faster than both neighbours stand out, and what detection found by itself is confirmed. Laps mark
//! efforts where one is confirmed, or three stand out; laps that are even enough to have been counted by
//! the watch need three that are confirmed.
//!
//! Steps: laps are cut at the stops of the timer at their ends, and inside them where the running is
//! another after the stop; laps alike that follow each other become one group, slips of the thumb
//! belong to the one before; groups that stand out or are confirmed are efforts; those nearer to the
//! slow ones are none after all, and what goes on after an effort nearly as fast is part of it; efforts
//! that follow each other are one.
//!
//! Tried before: each lap by itself, faster than its neighbours. It cut repetitions in which a kilometre
//! was counted or a key was pressed half-way, and lost those with a stopped watch between them, whose
//! neighbours were each other.

use crate::channel::Sums;
use crate::ingest::Lap;
use crate::ingest::LapTrigger;
use crate::segmentation::bout::Bout;
use crate::segmentation::bout::overlap;
use crate::segmentation::bout::seconds;
use crate::segmentation::bout::span;
use crate::segmentation::gate::SPEED_FLOOR_M_S;
use crate::segmentation::marks::LEAST_LAPS;
use crate::segmentation::marks::Marked;
use crate::segmentation::marks::mark;
use crate::segmentation::marks::sound;
use crate::segmentation::signals::Signals;
use crate::segmentation::stops::between_stops;
use crate::statistics::median_of;
use crate::streams::Streams;
use crate::thresholds::WALKING_M_S;

/// Laps of which this share is equally long were counted by the watch.
///
/// # Units
/// Share of all laps but the last, which the end of the run cuts. Convention: a manual lap or two may lie
/// among auto-laps.
const AUTO_SHARE: f64 = 0.8;
/// Laps count as equally long within this fraction.
///
/// # Units
/// Ratio. Convention: watches close a kilometre within some metres, no thumb does.
const EQUAL: f64 = 0.01;
/// Shorter laps are slips of the thumb.
///
/// # Units
/// Seconds. Chosen: the shortest repetitions have as much.
const LEAST_LAP_S: f64 = 8.0;
/// A manual lap is an effort when this much faster than both its neighbours.
///
/// # Units
/// Ratio of speeds or of grade-adjusted speeds. Chosen: more than easy running wanders from lap to lap
/// (about 5 %), less than a tempo repetition stands out from its jog.
const MANUAL_LEAST: f64 = 1.08;
/// What follows a stop of the timer within a lap is another group from this ratio of speeds on.
///
/// # Units
/// Ratio. Chosen: an effort and the jog after it differ by more.
const APART: f64 = 1.2;
/// A first or last lap is a repetition when at least this share as fast as those inside.
///
/// # Units
/// Ratio of speeds. Chosen: it has one neighbour to stand out from, which a warm-up before a walk does
/// too.
const AS_FAST: f64 = 0.8;
/// Laps join only when one runs on for this long on both sides of their border.
///
/// # Units
/// Seconds. Chosen: a stop lasts longer. (3 s at first.)
const JUNCTION_S: f64 = 10.0;
/// A lap is no repetition when it lies below this share of the way from the slow laps to the fast ones.
///
/// # Units
/// Ratio of differences of speed: the middle, as in two-means.
const NEARER_FAST: f64 = 0.5;
/// What goes on after an effort is part of it from this share of the way on.
///
/// # Units
/// Ratio of differences of speed. Chosen: a tired second half still is nearer to the effort than to the
/// jog.
const GOES_ON: f64 = 2.0 / 3.0;
/// A lap is what detection found from this intersection over union on.
///
/// # Units
/// Ratio. Chosen: half, as usual, would call a lap an effort that holds a short one and its recovery.
const SAME: f64 = 0.75;
/// So many laps that stand out mark efforts even where detection finds none.
///
/// # Units
/// Count. Chosen: two faster laps occur in any easy run over hills.
const LEAST_REPEATED: usize = 3;
/// So many inner repetitions tell how fast one usually is.
///
/// # Units
/// Count. Chosen: the least whose median is not one of the extremes.
const LEAST_USUAL: usize = 3;

/// Returns the manual laps where they mark efforts: uneven laps, of which some are faster than their
/// neighbours or are found without them.
pub(super) fn manual(streams: &Streams, signals: &Signals, blind: &[Bout]) -> Option<Vec<Marked>> {
    let laps: Vec<Lap> = sound(&streams.marks.laps).cloned().collect();
    // Some watches do not say what closed a lap; those that count by themselves count evenly.
    let by_hand = laps
        .iter()
        .filter(|lap| lap.trigger != LapTrigger::Auto)
        .count();
    if laps.len() < LEAST_LAPS || 2 * by_hand < laps.len() {
        return None;
    }
    marked(streams, signals, (&laps, are_even(&laps)), blind)
}

/// Returns whether most laps are equally long, in distance or in time: a watch counted them.
fn are_even(laps: &[Lap]) -> bool {
    let inner = &laps[..laps.len().saturating_sub(1)];
    let even = |value: &dyn Fn(&Lap) -> Option<f64>| {
        let alike = most_alike(inner.iter().filter_map(value).collect());
        alike as f64 >= AUTO_SHARE * inner.len() as f64
    };
    even(&|lap| lap.distance_m) || even(&|lap| Some(lap.timer_s.unwrap_or(lap.end_s - lap.start_s)))
}

/// Returns how many of some values are about as large as one of them, of which most are. A file may hold
/// hundreds of thousands of laps: each is looked up, not compared with all.
fn most_alike(mut values: Vec<f64>) -> usize {
    values.sort_by(f64::total_cmp);
    let alike = values.iter().map(|one| {
        let below = values.partition_point(|other| other / one - 1.0 < -EQUAL);
        let within = values.partition_point(|other| other / one - 1.0 <= EQUAL);
        within.saturating_sub(below)
    });
    alike.max().unwrap_or(0)
}

/// Returns what the laps mark, absent where they mark nothing: neither is any of them what detection
/// found, nor do several stand out from their neighbours. Laps come with whether they are so even that
/// a watch may have counted them.
fn marked(
    streams: &Streams,
    signals: &Signals,
    (laps, are_even): (&[Lap], bool),
    blind: &[Bout],
) -> Option<Vec<Marked>> {
    let groups = groups(streams, signals, &cut_at_stops(streams, signals, laps));
    let outstanding = outstanding(&groups);
    let found: Vec<bool> = groups
        .iter()
        .map(|group| {
            let own = (group.start_s, group.end_s);
            blind.iter().any(|bout| overlap(own, span(bout)) >= SAME)
        })
        .collect();
    let count = found.iter().filter(|is| **is).count();
    // Laps that the watch may have counted are efforts where several of them are found without.
    if are_even && count < LEAST_REPEATED {
        return None;
    }
    let confirmed = count > 0;
    let repeated = outstanding.iter().filter(|is| **is).count() >= LEAST_REPEATED;
    (confirmed || repeated).then(|| joined(&groups, &settled(&groups, &outstanding, &found)))
}

/// Laps of about the same pace that follow each other without a stop: one stretch of running.
#[derive(Clone, Copy, Debug)]
struct LapGroup {
    start_s: f64,
    end_s: f64,
    pace: LapPace,
    /// Whether the timer stood.
    is_stop: bool,
    /// Whether no lap key was pressed at one of its ends.
    is_piece: bool,
}

/// One lap, or a part of one between stops of the timer, or such a stop.
#[derive(Clone, Copy, Debug)]
struct Part {
    start_s: f64,
    end_s: f64,
    is_stop: bool,
    /// Whether it is one of several kinds of running in one lap.
    is_piece: bool,
}

/// Returns the laps without the stops of the timer at their ends, which are parts of their own: who
/// stops the watch in a rest presses the lap key before the rest or after it. A lap is cut at a stop
/// inside it where what comes after is run otherwise than what came before.
fn cut_at_stops(streams: &Streams, signals: &Signals, laps: &[Lap]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for lap in laps {
        let whole = seconds(lap.start_s, lap.end_s);
        let mut own: Vec<Part> = Vec::new();
        let mut pieces = between_stops(streams, whole.clone());
        // A slip of the finger beside a stop.
        pieces.retain(|piece| piece.len() as f64 >= LEAST_LAP_S.min(whole.len() as f64));
        for piece in pieces {
            let part = Part {
                start_s: if piece.start == whole.start {
                    lap.start_s
                } else {
                    piece.start as f64
                },
                end_s: if piece.end == whole.end {
                    lap.end_s
                } else {
                    piece.end as f64
                },
                is_stop: false,
                is_piece: false,
            };
            let pace_of = |part: &Part| pace(streams, signals, part.start_s, part.end_s);
            match own.last_mut() {
                Some(last) if !pace_of(last).is_far_from(pace_of(&part)) => last.end_s = part.end_s,
                _ => own.push(part),
            }
        }
        let stop = |start_s: f64, end_s: f64| Part {
            start_s,
            end_s,
            is_stop: true,
            is_piece: false,
        };
        let is_piece = own.len() > 1;
        let mut at_s = lap.start_s;
        for part in own {
            parts.push(stop(at_s, part.start_s));
            at_s = part.end_s;
            parts.push(Part { is_piece, ..part });
        }
        parts.push(stop(at_s, lap.end_s));
    }
    parts.retain(|part| part.end_s > part.start_s);
    parts
}

/// Joins laps that are alike: a watch goes on counting kilometres inside a repetition, and a thumb may
/// press in the middle of one.
fn groups(streams: &Streams, signals: &Signals, laps: &[Part]) -> Vec<LapGroup> {
    let mut groups: Vec<LapGroup> = Vec::new();
    for lap in laps {
        if lap.end_s - lap.start_s < LEAST_LAP_S {
            // A slip of the finger belongs to the lap before.
            if let Some(last) = groups.last_mut() {
                last.end_s = lap.end_s;
            }
            continue;
        }
        let own = LapGroup {
            start_s: lap.start_s,
            end_s: lap.end_s,
            pace: pace(streams, signals, lap.start_s, lap.end_s),
            is_stop: lap.is_stop,
            is_piece: lap.is_piece,
        };
        match groups.last_mut() {
            Some(last) if goes_on(signals, last, &own) => {
                last.end_s = own.end_s;
                last.pace = pace(streams, signals, last.start_s, last.end_s);
            }
            _ => groups.push(own),
        }
    }
    groups
}

/// Returns whether a group is the same running as the one before it: alike, and nobody stopped between.
fn goes_on(signals: &Signals, last: &LapGroup, next: &LapGroup) -> bool {
    let runs = |range| signals.edge_sums.mean(range).unwrap_or(0.0) >= WALKING_M_S;
    let runs_on = runs(seconds(last.end_s - JUNCTION_S, last.end_s))
        && runs(seconds(next.start_s, next.start_s + JUNCTION_S));
    runs_on && last.pace.is_like(next.pace)
}

/// Returns the groups with those that follow each other as efforts joined.
fn joined(groups: &[LapGroup], works: &[bool]) -> Vec<Marked> {
    let mut marked: Vec<Marked> = Vec::new();
    for (group, is_work) in groups.iter().zip(works) {
        match marked.last_mut() {
            Some(last) if *is_work && last.is_work => last.end_s = group.end_s,
            _ => marked.push(mark(group.start_s, group.end_s, *is_work)),
        }
    }
    marked
}

/// How fast a lap was: over ground, and grade-adjusted. Both, as repetitions uphill are slow over
/// ground, and grade-adjusted speed is uncertain.
#[derive(Clone, Copy, Debug)]
struct LapPace {
    speed_m_s: f64,
    effort_m_s: f64,
}

impl LapPace {
    /// Returns whether it stands out from another: faster over ground or in effort, and not clearly
    /// less of an effort, as a jog downhill is.
    fn beats(self, other: Self) -> bool {
        self.over(other) >= MANUAL_LEAST && other.effort_m_s < MANUAL_LEAST * self.effort_m_s
    }

    /// Returns whether neither is clearly faster.
    fn is_like(self, other: Self) -> bool {
        self.over(other) < MANUAL_LEAST && other.over(self) < MANUAL_LEAST
    }

    /// Returns whether one is so much faster that it is another kind of running.
    fn is_far_from(self, other: Self) -> bool {
        self.over(other) >= APART || other.over(self) >= APART
    }

    /// Returns how much faster it was than another, over ground or in effort, whichever is more.
    fn over(self, other: Self) -> f64 {
        let ratio = |own: f64, other: f64| own / other.max(SPEED_FLOOR_M_S);
        ratio(self.speed_m_s, other.speed_m_s).max(ratio(self.effort_m_s, other.effort_m_s))
    }
}

/// Returns how fast one was while the timer ran: a stop at the end of a repetition would slow it.
fn pace(streams: &Streams, signals: &Signals, start_s: f64, end_s: f64) -> LapPace {
    let timed: Vec<usize> = seconds(start_s, end_s.min(signals.len() as f64))
        .filter(|second| !streams.paused[*second])
        .collect();
    let mean = |sums: &Sums| {
        let total: f64 = timed.iter().map(|cell| sums.sum(*cell..*cell + 1)).sum();
        total / timed.len().max(1) as f64
    };
    LapPace {
        speed_m_s: mean(&signals.edge_sums),
        effort_m_s: mean(&signals.effort_sums),
    }
}

/// Returns which groups are clearly faster than both their neighbours; the first and the last, which
/// have one, must also be about as fast as those. A stop is no neighbour, nor is the repetition before
/// it or after it: repetitions with the watch stopped between them stand out together. Where a lap
/// holds several kinds of running, it marks none of them.
fn outstanding(groups: &[LapGroup]) -> Vec<bool> {
    let paces: Vec<LapPace> = groups.iter().map(|group| group.pace).collect();
    let sides: Vec<[Option<bool>; 2]> = (0..paces.len())
        .map(|index| {
            let before = neighbour(groups[..index].iter().rev(), paces[index]);
            let after = neighbour(groups[index + 1..].iter(), paces[index]);
            [before, after].map(|other| Some(paces[index].beats(other?)))
        })
        .collect();
    let is_inner = |index: usize| sides[index] == [Some(true), Some(true)];
    let mut inner: Vec<f64> = (0..paces.len())
        .filter(|index| is_inner(*index))
        .map(|index| paces[index].speed_m_s)
        .collect();
    let usual = median_of(&mut inner).filter(|_| inner.len() >= LEAST_USUAL);
    (0..paces.len())
        .map(|index| {
            let as_fast = usual.is_some_and(|usual| paces[index].speed_m_s >= AS_FAST * usual);
            let one_sided = matches!(sides[index], [None, Some(true)] | [Some(true), None]);
            !groups[index].is_piece && (is_inner(index) || (one_sided && as_fast))
        })
        .collect()
}

/// Returns the pace of the first group on one side that is no stop, and not alike beyond one.
fn neighbour<'a>(mut side: impl Iterator<Item = &'a LapGroup>, own: LapPace) -> Option<LapPace> {
    let mut is_behind_stop = false;
    let found = side.find(|other| {
        let is_passed = other.is_stop || (is_behind_stop && other.pace.is_like(own));
        is_behind_stop |= other.is_stop;
        !is_passed
    });
    found.map(|other| other.pace)
}

/// Returns which groups are efforts: those that stand out or were found by detection. Those that only
/// stand out and are nearer to the slow ones than to the fast ones, such as a jog between walks, are
/// not; what goes on after an effort nearly as fast is, unless detection found the effort by itself.
fn settled(groups: &[LapGroup], outstanding: &[bool], found: &[bool]) -> Vec<bool> {
    let works: Vec<bool> = outstanding
        .iter()
        .zip(found)
        .map(|(one, other)| *one || *other)
        .collect();
    let shares =
        shares(groups, &works, |pace| pace.speed_m_s)
            .zip(shares(groups, &works, |pace| pace.effort_m_s));
    let Some((of_speed, of_effort)) = shares else {
        return works;
    };
    let mut settled: Vec<bool> = Vec::new();
    for index in 0..groups.len() {
        let (speed, effort) = (of_speed[index], of_effort[index]);
        let goes_on = index > 0 && settled[index - 1] && !found[index - 1];
        settled.push(if works[index] {
            found[index] || speed.max(effort) >= NEARER_FAST
        } else {
            goes_on && speed.min(effort) >= GOES_ON
        });
    }
    settled
}

/// Returns how far each group is from the middle of the slow ones (0) to the middle of the fast ones
/// (1); absent where there are not both.
fn shares(groups: &[LapGroup], works: &[bool], value: fn(&LapPace) -> f64) -> Option<Vec<f64>> {
    let middle = |wanted: bool| {
        let of_kind = groups
            .iter()
            .zip(works)
            .filter(|(group, is)| **is == wanted && !group.is_stop);
        let mut values: Vec<f64> = of_kind.map(|(group, _)| value(&group.pace)).collect();
        median_of(&mut values)
    };
    let (slow, fast) = (middle(false)?, middle(true)?);
    let share = |group: &LapGroup| (value(&group.pace) - slow) / (fast - slow);
    (fast > slow).then(|| groups.iter().map(share).collect())
}

#[cfg(test)]
mod tests;

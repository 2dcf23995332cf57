//! Sets of similar repetitions, numbered and named, with what became of them from the first to the last.
//!
//! A set is a run of efforts of the same kind, about the same length and the same speed as its *first*,
//! with recoveries between. Likeness to the first, not to the one before: the rungs of a ladder may
//! each be like the one before, and the whole is no set. Where an effort is alone, a compound set is
//! looked for: two or more rounds of the same two to four different repetitions, as in 3 × (800 m + 200
//! m). What is alone after that stays a repetition without a set.
//!
//! Clustering the efforts by length and speed instead would put together what warm-up strides and the
//! last strides share, and lose the order, which is what a runner calls a set.

use crate::segmentation::Segment;
use crate::segmentation::Set;
use crate::segmentation::names::EDGE_S;
use crate::segmentation::names::rep_name;
use crate::segmentation::names::time_name;
use crate::statistics::median_of;
use crate::thresholds::WALKING_M_S;
use crate::units::Seconds;
use crate::units::round as round_to;
use crate::vocabulary::SegmentKind;

/// Repetitions of one set differ in length by at most this, beside what their edges leave open.
///
/// # Units
/// Natural logarithm of a ratio of times or of distances. Tuned on labelled runs, figures not kept: a
/// fifth, so that 1,000 m and 1,200 m still may be a set and 800 m and 1,000 m are none.
const SAME_LENGTH: f64 = 0.2;
/// Repetitions of one set differ in speed by at most this.
///
/// # Units
/// Natural logarithm of a ratio of grade-adjusted speeds. Tuned on labelled runs, figures not kept: more
/// than the fade of a set that was begun too fast.
const SAME_SPEED: f64 = 0.15;
/// What lies between two repetitions of one set lasts up to this long, when it is not run.
///
/// # Units
/// Seconds. Chosen: a long rest between two halves of a set.
const LONGEST_REST_S: f64 = 1200.0;
/// Standing that is shorter goes unsaid in a recovery.
///
/// # Units
/// Seconds. Chosen: turning round and a sip of water are no manner of recovery.
const TOLD_STANDING_S: f64 = 15.0;
/// Repetitions of a compound set, at most so many in one round.
///
/// # Units
/// Count. Convention: longer rounds are told as ladders.
const MOST_IN_ROUND: usize = 4;
/// A recovery is jogged from this speed on, walked below.
///
/// # Units
/// Metres per second, as everywhere.
const JOG_LEAST_M_S: f64 = WALKING_M_S;
/// A recovery is stood when at least this share of it is.
///
/// # Units
/// Share of its time. Chosen: the larger part.
const STOOD_SHARE: f64 = 0.5;
/// Less movement than this has no speed.
///
/// # Units
/// Seconds: one sample.
const LEAST_MOVED_S: f64 = 1.0;
/// A recovery is stood below this mean speed.
///
/// # Units
/// Metres per second. Chosen: less than the limit of standing, as it is a mean over what was moved
/// and what was stood.
const STAND_MOST_M_S: f64 = 0.5;

/// Shorter repetitions have no heart rate worth a verdict: it lags behind the effort.
///
/// # Units
/// Seconds. Measured on 15 real runs: heart rate does 63 % of a change in 25–75 s.
pub(crate) const LEAST_HEART_RATE_S: f64 = 75.0;

/// Numbers the repetitions of a run, names them and returns their sets, in order. Segments are those of
/// a whole run; their old numbers and names of repetitions are expected to be cleared.
pub(crate) fn sets(segments: &mut [Segment]) -> Vec<Set> {
    name_recoveries(segments);
    let mut sets = Vec::new();
    for round in rounds(segments) {
        let names: Vec<Option<String>> = round
            .parts
            .iter()
            .map(|part| rep_name(segments, part))
            .collect();
        for (part, name) in round.parts.iter().zip(&names) {
            for index in part {
                segments[*index].name.clone_from(name);
            }
        }
        let group = round.in_order();
        if group.len() < 2 {
            continue;
        }
        sets.push(set(segments, &round, &names));
        for (rep, index) in group.iter().enumerate() {
            segments[*index].set = Some(sets.len());
            segments[*index].rep = Some(rep + 1);
        }
    }
    sets
}

/// Repetitions that belong together: by their place in the round, of which there is one in a simple
/// set and several in a compound one.
#[derive(Clone, Debug, PartialEq)]
struct Round {
    parts: Vec<Vec<usize>>,
}

impl Round {
    /// Returns the repetitions in the order in which they were run.
    fn in_order(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.parts.iter().flatten().copied().collect();
        all.sort_unstable();
        all
    }
}

/// Returns the repetitions of a run in sets, in order; those that are alone stay so.
fn rounds(segments: &[Segment]) -> Vec<Round> {
    let works: Vec<usize> = (0..segments.len())
        .filter(|index| segments[*index].kind.is_work())
        .collect();
    let mut rounds: Vec<Round> = Vec::new();
    let mut at = 0;
    while at < works.len() {
        let same = works[at..]
            .iter()
            .enumerate()
            .take_while(|(place, index)| {
                *place == 0 || belongs(segments, works[at], works[at + place - 1], **index)
            })
            .count();
        let compound = (same == 1)
            .then(|| compound(segments, &works[at..]))
            .flatten();
        let round = compound.unwrap_or_else(|| Round {
            parts: vec![works[at..at + same].to_vec()],
        });
        at += round.parts.iter().map(Vec::len).sum::<usize>();
        rounds.push(round);
    }
    rounds
}

/// Returns the compound set that some repetitions begin with: two or more rounds of the same different
/// repetitions.
fn compound(segments: &[Segment], works: &[usize]) -> Option<Round> {
    (2..=MOST_IN_ROUND).find_map(|size| {
        let same = works
            .iter()
            .enumerate()
            .skip(size)
            .take_while(|(place, index)| {
                belongs(segments, works[place % size], works[place - 1], **index)
            })
            .count();
        let count = (same + size) / size;
        let part = |place| {
            (0..count)
                .map(|round| works[round * size + place])
                .collect()
        };
        (count > 1).then(|| Round {
            parts: (0..size).map(part).collect(),
        })
    })
}

/// Returns whether a repetition carries on a set after its last one: kind, length and speed as in the
/// first of its place in the round, and a recovery between.
fn belongs(segments: &[Segment], first: usize, last: usize, index: usize) -> bool {
    if is_broken(&segments[last + 1..index]) {
        return false;
    }
    let near = |one: f64, other: f64, most: f64| (one / other).ln().abs() <= most;
    let (own, other) = (&segments[index], &segments[first]);
    let same_time = near(
        own.elapsed_s(),
        other.elapsed_s(),
        SAME_LENGTH + EDGE_S / own.elapsed_s(),
    );
    let same_distance = own
        .distance_m
        .zip(other.distance_m)
        .is_some_and(|(own, other)| near(own, other, SAME_LENGTH));
    let same_speed = own
        .effort_speed_m_s
        .zip(other.effort_speed_m_s)
        .is_none_or(|(own, other)| near(own, other, SAME_SPEED));
    own.kind == other.kind && (same_time || same_distance) && same_speed
}

/// Returns whether what lies between two repetitions ends a set: steady running, or too long a rest.
fn is_broken(between: &[Segment]) -> bool {
    let is_steady = between.iter().any(|part| part.kind == SegmentKind::Steady);
    let time_s: f64 = between.iter().map(Segment::elapsed_s).sum();
    let metres: f64 = between.iter().filter_map(|part| part.distance_m).sum();
    is_steady && (time_s > LONGEST_REST_S || metres >= JOG_LEAST_M_S * time_s)
}

fn set(segments: &[Segment], round: &Round, names: &[Option<String>]) -> Set {
    let group = round.in_order();
    let speeds = speeds(segments, round);
    let pauses = recoveries(segments, &group);
    let mut times: Vec<f64> = pauses.iter().map(|pause| pause.time_s).collect();
    let recovery_s = median_of(&mut times).map(|time| round_to(time, 1));
    let names: Vec<&str> = names
        .iter()
        .map(|name| name.as_deref().unwrap_or("varied"))
        .collect();
    let name = match &names[..] {
        [one] => format!("{} × {one}", group.len()),
        several => format!("{} × ({})", round.parts[0].len(), several.join(" + ")),
    };
    Set {
        name,
        reps: group.len(),
        recovery: recovery_s.map(|time| recovery_words(time, &pauses)),
        recovery_s,
        first_to_last_pct: first_to_last(&speeds).map(|change| round_to(change, 1)),
        work_to_recovery: work_to_recovery(segments, &group, &pauses)
            .map(|ratio| round_to(ratio, 2)),
        fade_pct: fade(&speeds).map(|fade| round_to(fade, 1)),
        spread_pct: spread(&speeds).map(|spread| round_to(spread, 1)),
        heart_rate_drop_bpm: heart_rate_drop(segments, &group),
    }
}

/// Returns the speeds of the repetitions in order; of a compound set, each over the mean of its place in
/// the round.
fn speeds(segments: &[Segment], round: &Round) -> Vec<f64> {
    let speed = |index: &usize| segments[*index].effort_speed_m_s;
    let mut all: Vec<(usize, f64)> = Vec::new();
    for part in &round.parts {
        let known: Vec<(usize, f64)> = part
            .iter()
            .filter_map(|index| Some((*index, speed(index)?)))
            .collect();
        let mean = known.iter().map(|one| one.1).sum::<f64>() / known.len().max(1) as f64;
        let scale = if round.parts.len() > 1 { mean } else { 1.0 };
        all.extend(known.iter().map(|(index, speed)| (*index, speed / scale)));
    }
    all.sort_by_key(|one| one.0);
    all.into_iter().map(|one| one.1).collect()
}

/// What lies between two repetitions.
#[derive(Clone, Copy, Debug)]
struct Pause {
    time_s: f64,
    distance_m: f64,
    standing_s: f64,
}

/// Names recoveries by the standing in them: a recovery that was jogged, then stood, is one.
fn name_recoveries(segments: &mut [Segment]) {
    for segment in segments {
        let standing_s = segment.elapsed_s() - segment.moving_s;
        if segment.kind == SegmentKind::Recovery && standing_s >= TOLD_STANDING_S {
            segment.name = Some(format!("of which {} standing", Seconds(standing_s).show()));
        }
    }
}

/// Returns the recoveries of a set, of a median time in seconds, in words, as in
/// "90 s jog", "4 min walk, of which 1:50 standing".
fn recovery_words(time_s: f64, pauses: &[Pause]) -> String {
    let manner = manner(pauses);
    let mut stood: Vec<f64> = pauses.iter().map(|pause| pause.standing_s).collect();
    let stood =
        median_of(&mut stood).filter(|stood| *stood >= TOLD_STANDING_S && manner != STANDING);
    let stood = stood.map(|stood| format!(", of which {} standing", Seconds(stood).show()));
    format!(
        "{} {manner}{}",
        time_name(time_s),
        stood.unwrap_or_default()
    )
}

/// Returns what lies between the repetitions of a set.
fn recoveries(segments: &[Segment], group: &[usize]) -> Vec<Pause> {
    group
        .windows(2)
        .map(|pair| {
            let between = &segments[pair[0] + 1..pair[1]];
            let time_s: f64 = between.iter().map(Segment::elapsed_s).sum();
            let moving_s: f64 = between.iter().map(|part| part.moving_s).sum();
            Pause {
                time_s,
                distance_m: between.iter().filter_map(|part| part.distance_m).sum(),
                standing_s: (time_s - moving_s).max(0.0),
            }
        })
        .filter(|pause| pause.time_s > 0.0)
        .collect()
}

const STANDING: &str = "standing";

/// Returns how recoveries were spent: by how fast one moved, where most of them was moved. Medians over
/// the set, so that one long stop for a drink does not make a jog a stand.
fn manner(pauses: &[Pause]) -> &'static str {
    let median_of = |value: fn(&Pause) -> f64| {
        let mut values: Vec<f64> = pauses.iter().map(value).collect();
        median_of(&mut values).unwrap_or(0.0)
    };
    let stood_share = median_of(|pause| pause.standing_s / pause.time_s);
    let overall = median_of(|pause| pause.distance_m / pause.time_s);
    let moving =
        median_of(|pause| pause.distance_m / (pause.time_s - pause.standing_s).max(LEAST_MOVED_S));
    if stood_share >= STOOD_SHARE || overall < STAND_MOST_M_S {
        STANDING
    } else if moving >= JOG_LEAST_M_S {
        "jog"
    } else {
        "walk"
    }
}

/// Returns how much slower the last third is than the first, in percent; absent for fewer than three.
/// Thirds, as the first and the last repetition alone are the least even ones of a set.
fn fade(speeds: &[f64]) -> Option<f64> {
    let third = speeds.len() / 3;
    if third == 0 {
        return None;
    }
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    let first = mean(&speeds[..third]);
    Some((first - mean(&speeds[speeds.len() - third..])) / first * 100.0)
}

/// Returns how much slower the last repetition is than the first, in percent.
fn first_to_last(speeds: &[f64]) -> Option<f64> {
    let (first, last) = speeds.first().zip(speeds.last())?;
    (speeds.len() > 1 && *first > 0.0).then(|| (first - last) / first * 100.0)
}

/// Returns the time of the repetitions that have a recovery after them over the time of these
/// recoveries.
fn work_to_recovery(segments: &[Segment], group: &[usize], pauses: &[Pause]) -> Option<f64> {
    let (_, followed) = group.split_last()?;
    let work: f64 = followed
        .iter()
        .map(|index| segments[*index].elapsed_s())
        .sum();
    let recovery: f64 = pauses.iter().map(|pause| pause.time_s).sum();
    (recovery > 0.0).then(|| work / recovery)
}

/// Returns the coefficient of variation, in percent, with the sample's own mean (n − 1); absent for one.
fn spread(speeds: &[f64]) -> Option<f64> {
    if speeds.len() < 2 {
        return None;
    }
    let mean = speeds.iter().sum::<f64>() / speeds.len() as f64;
    let squares: f64 = speeds.iter().map(|speed| (speed - mean).powi(2)).sum();
    (mean > 0.0).then(|| (squares / (speeds.len() - 1) as f64).sqrt() / mean * 100.0)
}

/// Returns the median fall of heart rate, in beats per minute, from the end of a repetition to the end
/// of its recovery; only of repetitions that are long enough for heart rate to have followed.
fn heart_rate_drop(segments: &[Segment], group: &[usize]) -> Option<f64> {
    let mut drops: Vec<f64> = group
        .windows(2)
        .filter(|pair| segments[pair[0]].elapsed_s() >= LEAST_HEART_RATE_S)
        .filter_map(|pair| {
            let before = segments[pair[0]].heart_rate_end_bpm?;
            let after = segments[pair[0] + 1..pair[1]].last()?.heart_rate_end_bpm?;
            Some(before - after)
        })
        .collect();
    median_of(&mut drops).map(|drop| round_to(drop, 0))
}

#[cfg(test)]
mod tests;

//! The rules for sessions with efforts: hills, repetitions, fartlek, intervals, tempo, progression.

use crate::classification::SessionKind;
use crate::classification::condition::Condition;
use crate::classification::condition::SPEED_SOFTNESS;
use crate::classification::condition::Unit;
use crate::classification::condition::at_least;
use crate::classification::condition::at_most;
use crate::classification::condition::duration_softness;
use crate::classification::condition::either;
use crate::classification::condition::fact;
use crate::classification::condition::pace;
use crate::classification::condition::together;
use crate::classification::condition::within;
use crate::classification::features::Features;
use crate::classification::features::mean_effort;
use crate::classification::rules::HEART_RATE_SOFTNESS;
use crate::classification::rules::Rule;
use crate::history::Confidence;
use crate::segmentation::Segment;
use crate::segmentation::SegmentKind;
use crate::units::plural;

/// So many efforts make a session of intervals, or so many long ones of so long.
///
/// # Units
/// Counts; seconds.
const EFFORTS: (usize, usize, f64) = (3, 2, 180.0);
/// The efforts take at least this in all.
///
/// # Units
/// Seconds.
const LEAST_WORK_S: f64 = 240.0;
/// The efforts take at least this share of the run; less is surges inside another kind of run.
///
/// # Units
/// Ratio of moving time.
const LEAST_WORK_SHARE: f64 = 0.06;
/// The efforts are at least this multiple of habitual easy speed, or this share of critical speed.
///
/// # Units
/// Ratios.
const EFFORT_SPEED: (f64, f64) = (1.12, 0.95);
/// Efforts at threshold, in cruise intervals, may be slower: of at least so long, this share of critical
/// speed, and this multiple of habitual easy speed.
///
/// # Units
/// Seconds; ratios. Coaching convention: cruise intervals last from 4 min at 0.90–1.02 of critical
/// speed; faster than easy as a tempo run is ([`TEMPO_OF_EASY`]).
const CRUISE: (f64, f64, f64) = (240.0, 0.90, TEMPO_OF_EASY);
/// Recoveries last at least this.
///
/// # Units
/// Seconds.
const LEAST_RECOVERY_S: f64 = 15.0;
/// The median slope of hill repetitions is at least this.
///
/// # Units
/// Slope as a fraction.
const HILL_SLOPE: f64 = 0.04;
/// Repetitions are shorter than this and at least this share of critical speed.
///
/// # Units
/// Seconds; ratio.
const REPETITIONS: (f64, f64) = (75.0, 1.08);
/// Recoveries of repetitions are full: at least this multiple of the effort. Of equal length, as in
/// 30 s on, 30 s off (Billat 2000, J Sports Sci 18:S44), oxygen uptake stays high and the session is
/// one of intervals; Daniels gives repetitions two to three times their own time.
///
/// # Units
/// Ratio of durations. Chosen, between the two.
const FULL_RECOVERY: f64 = 1.25;
/// How soft that is.
///
/// # Units
/// Ratio of durations. Chosen.
const RECOVERY_SOFTNESS: f64 = 0.1;
/// A fartlek's efforts vary in duration by at least this, and less than this share of them is like the
/// one before or after.
///
/// # Units
/// Ratio (coefficient of variation); ratio of counts. Chosen: durations drawn evenly between half a
/// minute and three and a half vary by 0.41 in the mean, six of them by little less than 0.3, and
/// one neighbour in ten is alike by chance; in sets all are.
const FARTLEK: (f64, f64) = (0.30, 0.5);
/// How soft that share is.
///
/// # Units
/// Ratio of counts. Chosen.
const ALIKE_SOFTNESS: f64 = 0.1;
/// Efforts are alike within this difference of speed, and when their durations or their distances
/// differ by no more than boundaries are uncertain.
///
/// # Units
/// Log speed. Chosen.
const ALIKE_SPEED: f64 = 0.09;
/// See [`ALIKE_SPEED`].
///
/// # Units
/// Seconds, ratio of the longer: the greater of both counts. Chosen: repetitions by the watch end within
/// a few seconds, and boundaries are found to about five.
const ALIKE_S: (f64, f64) = (6.0, 0.06);
/// See [`ALIKE_SPEED`].
///
/// # Units
/// Metres, ratio of the longer. Chosen.
const ALIKE_M: (f64, f64) = (20.0, 0.05);
/// A ladder or pyramid has at least so many efforts, each this much longer or shorter than the one
/// before, with one turn at most.
///
/// # Units
/// Count; log duration. Chosen: of six efforts at random, one in twenty-two would look like that.
const LADDER: (usize, f64) = (5, 0.1);
/// A tempo block lasts at least this by itself, all blocks together at least that.
///
/// # Units
/// Seconds.
const TEMPO_S: (f64, f64) = (480.0, 900.0);
/// Several blocks are a tempo session when each is sustained for so long; shorter ones are intervals.
///
/// # Units
/// Seconds. Coaching convention: cruise intervals go up to about ten minutes.
const SUSTAINED_S: f64 = 720.0;
/// The speeds of tempo running.
///
/// # Units
/// Ratio to critical speed. Coaching convention.
const TEMPO_OF_CRITICAL: (f64, f64) = (0.88, 1.02);
/// A run without marked efforts is a tempo run from this share of critical speed on; the upper
/// limit is where a race begins.
///
/// # Units
/// Ratio to critical speed.
const TEMPO_WHOLE: (f64, f64) = (0.92, 1.08);
/// The heart rates of tempo running.
///
/// # Units
/// Ratio to threshold heart rate.
const TEMPO_HEART_RATE: (f64, f64) = (0.90, 1.03);
/// Tempo running is at least this multiple of habitual easy speed.
///
/// # Units
/// Ratio.
const TEMPO_OF_EASY: f64 = 1.06;
/// A never-falling curve explains at least this share of the variance of a progression.
///
/// # Units
/// Ratio.
const PROGRESSION_SHARE: f64 = 0.75;
/// The last third of a progression is at least this multiple of the first.
///
/// # Units
/// Ratio.
const PROGRESSION_RISE: f64 = 1.06;
/// A progression ends at least at this share of critical speed.
///
/// # Units
/// Ratio.
const PROGRESSION_FINISH: f64 = 0.85;
/// A progression takes at least this.
///
/// # Units
/// Seconds moving.
const PROGRESSION_LEAST_S: f64 = 1200.0;

/// Repetitions uphill.
pub(super) fn hills(features: &Features<'_>) -> Option<Rule> {
    let uphill = |s: &&&Segment| s.kind == SegmentKind::Hill || s.slope.is_some();
    let mut slopes: Vec<f64> = features
        .works
        .iter()
        .filter(uphill)
        .filter_map(|s| s.slope)
        .collect();
    slopes.sort_by(f64::total_cmp);
    let slope = slopes.get(slopes.len() / 2).copied()?;
    let softness = 0.01;
    let mut conditions = session_of_efforts(features)?;
    conditions.push(at_least(
        slope,
        HILL_SLOPE,
        softness,
        Unit::Ratio,
        "efforts climb at {}",
    ));
    Some(Rule::new(SessionKind::Hills, conditions))
}

/// Short, fast repetitions.
pub(super) fn repetitions(features: &Features<'_>) -> Option<Rule> {
    let mut conditions = session_of_efforts(features)?;
    let typical = median(features.works.iter().map(|s| s.moving_s))?;
    conditions.push(at_most(
        typical,
        REPETITIONS.0,
        duration_softness(REPETITIONS.0),
        Unit::Seconds,
        "efforts of about {}",
    ));
    if let Some(recovery) = median_recovery(&features.works) {
        conditions.push(at_least(
            recovery / typical,
            FULL_RECOVERY,
            RECOVERY_SOFTNESS,
            Unit::Ratio,
            "recoveries take {} of the efforts",
        ));
    }
    let ratio = features.of_critical(features.work_speed_m_s)?;
    conditions.push(at_least(
        ratio,
        REPETITIONS.1,
        SPEED_SOFTNESS,
        Unit::Ratio,
        "efforts at {} of critical speed",
    ));
    Some(Rule::new(SessionKind::Repetitions, conditions))
}

/// Irregular efforts.
pub(super) fn fartlek(features: &Features<'_>) -> Option<Rule> {
    let mut conditions = session_of_efforts(features)?;
    let durations: Vec<f64> = features.works.iter().map(|s| s.moving_s).collect();
    let varies = variation(&durations)?;
    let softness = 0.05;
    conditions.push(at_least(
        varies,
        FARTLEK.0,
        softness,
        Unit::Ratio,
        "durations of the efforts vary by {}",
    ));
    let alike = alike_share(&features.works);
    let text = "{} of the efforts like the one before or after";
    let few = at_most(alike, FARTLEK.1, ALIKE_SOFTNESS, Unit::Ratio, text);
    conditions.push(few);
    if is_ladder(&durations) || is_pattern(&features.works) {
        conditions.push(fact(false, "the efforts follow a pattern"));
    }
    Some(Rule::new(SessionKind::Fartlek, conditions))
}

/// Repetitions with recoveries.
pub(super) fn intervals(features: &Features<'_>) -> Option<Rule> {
    let conditions = session_of_efforts(features)?;
    Some(Rule::new(SessionKind::Intervals, conditions))
}

/// Returns what all sessions of efforts have in common.
fn session_of_efforts(features: &Features<'_>) -> Option<Vec<Condition>> {
    let works = &features.works;
    let long = works.iter().filter(|s| s.moving_s >= EFFORTS.2).count();
    let enough = works.len() >= EFFORTS.0 || long >= EFFORTS.1;
    if works.is_empty() {
        return None;
    }
    let work_s = features.work_s();
    let share = work_s / features.moving_s;
    let softness = 0.02;
    let mut conditions = vec![
        fact(enough, described(features)),
        in_parts(works),
        at_least(
            work_s,
            LEAST_WORK_S,
            duration_softness(LEAST_WORK_S),
            Unit::Seconds,
            "{} of effort in all",
        ),
        at_least(
            share,
            LEAST_WORK_SHARE,
            softness,
            Unit::Ratio,
            "{} of the moving time is effort",
        ),
    ];
    conditions.extend(fast_enough(features));
    if let Some(recovery) = median_recovery(works) {
        let softness = 3.0;
        let text = "recoveries of about {}";
        conditions.push(at_least(
            recovery,
            LEAST_RECOVERY_S,
            softness,
            Unit::Seconds,
            text,
        ));
    }
    Some(conditions)
}

/// Returns the condition that the efforts are not a few long blocks.
fn in_parts(works: &[&Segment]) -> Condition {
    if is_tempo_like(works) {
        fact(false, plural(works.len(), "long block"))
    } else {
        fact(true, "no long blocks")
    }
}

/// Returns the sets in words, or the number of efforts.
fn described(features: &Features<'_>) -> String {
    let sets: Vec<&str> = features.run.sets.iter().map(|s| s.name.as_str()).collect();
    match (sets.is_empty(), features.works.len()) {
        (false, _) => sets.join(", "),
        (true, 1) => "one effort".to_owned(),
        (true, count) => format!("{count} efforts"),
    }
}

/// Returns whether the efforts are faster than easy running by enough to be named.
pub(super) fn are_fast(features: &Features<'_>) -> bool {
    fast_enough(features).is_some_and(|condition| condition.is_met())
}

/// Returns the condition that the efforts are fast, by the value that shows it best. Efforts as long
/// as cruise intervals need less, against critical speed and easy speed both.
fn fast_enough(features: &Features<'_>) -> Option<Condition> {
    let speed = features.work_speed_m_s;
    let by_easy = |limit| {
        let ratio = features.of_easy(speed)?;
        let text = "efforts at {} of habitual easy speed";
        Some(at_least(ratio, limit, SPEED_SOFTNESS, Unit::Ratio, text))
    };
    let by_critical = |limit| {
        let ratio = features.of_critical(speed)?;
        let text = "efforts at {} of critical speed";
        Some(at_least(ratio, limit, SPEED_SOFTNESS, Unit::Ratio, text))
    };
    let (least_s, of_critical, of_easy) = CRUISE;
    let are_long = median(features.works.iter().map(|s| s.moving_s)) >= Some(least_s);
    let cruise = by_critical(of_critical)
        .filter(|_| are_long && by_easy(of_easy).is_none_or(|easy| easy.is_met()));
    [by_critical(EFFORT_SPEED.1), by_easy(EFFORT_SPEED.0), cruise]
        .into_iter()
        .flatten()
        .reduce(either)
}

/// Returns whether the efforts are one long block, or a few sustained ones: a tempo session.
fn is_tempo_like(works: &[&Segment]) -> bool {
    let least = if works.len() == 1 {
        TEMPO_S.0
    } else {
        SUSTAINED_S
    };
    works.iter().all(|s| s.moving_s >= least)
}

/// Returns whether durations rise, fall, or do both in turn: a ladder or pyramid. One step may be
/// level, as at the top of a pyramid.
fn is_ladder(durations_s: &[f64]) -> bool {
    let steps = durations_s.windows(2).map(|pair| (pair[1] / pair[0]).ln());
    let clear: Vec<f64> = steps.filter(|step| step.abs() >= LADDER.1).collect();
    let turns = clear.windows(2).filter(|pair| pair[0] * pair[1] < 0.0);
    durations_s.len() >= LADDER.0 && durations_s.len() <= clear.len() + 2 && turns.count() <= 1
}

/// Sustained, comfortably hard: one to three blocks, or the whole run.
pub(super) fn tempo(features: &Features<'_>) -> Option<Rule> {
    let blocks: Vec<&Segment> = features
        .works
        .iter()
        .copied()
        .filter(|s| s.moving_s >= TEMPO_S.0)
        .collect();
    let (blocks, range) = if blocks.is_empty() && features.works.is_empty() {
        (even_running(features), TEMPO_WHOLE)
    } else {
        (blocks, TEMPO_OF_CRITICAL)
    };
    let speed = mean_effort(blocks.iter().copied())?;
    let total: f64 = blocks.iter().map(|s| s.moving_s).sum();
    let mut conditions = vec![at_least(
        total,
        TEMPO_S.1,
        duration_softness(TEMPO_S.1),
        Unit::Seconds,
        format!("{{}} of sustained effort at {}", pace(speed)),
    )];
    let by_speed = features.of_critical(Some(speed)).map(|ratio| {
        let text = "{} of critical speed";
        within(ratio, range, SPEED_SOFTNESS, Unit::Ratio, text)
    });
    let by_heart_rate = tempo_heart_rate(features, &blocks);
    conditions.extend(match (by_speed, by_heart_rate) {
        (speed, heart_rate) if features.works.is_empty() => speed.or(heart_rate),
        (Some(speed), Some(heart_rate)) if is_measured(features) => {
            Some(together(speed, heart_rate))
        }
        // Heart rate can stand in for a critical speed that is not known well.
        (Some(speed), Some(heart_rate)) => Some(either(speed, heart_rate)),
        (speed, heart_rate) => speed.or(heart_rate),
    });
    conditions.extend(features.of_easy(Some(speed)).map(|ratio| {
        let text = "{} of habitual easy speed";
        at_least(ratio, TEMPO_OF_EASY, SPEED_SOFTNESS, Unit::Ratio, text)
    }));
    Some(Rule::new(SessionKind::Tempo, conditions))
}

/// Returns whether critical speed was measured: neither assumed nor a lower bound.
fn is_measured(features: &Features<'_>) -> bool {
    let measured = [Confidence::High.word(), Confidence::Fair.word()];
    let critical = features.references.critical_speed_m_s.as_ref();
    critical.is_some_and(|reference| measured.contains(&reference.confidence.as_str()))
}

/// Returns the long even segments of a run without efforts.
fn even_running<'a>(features: &Features<'a>) -> Vec<&'a Segment> {
    let segments = features.run.segments.iter();
    segments
        .filter(|s| s.kind == SegmentKind::Steady && s.moving_s >= TEMPO_S.0)
        .collect()
}

fn tempo_heart_rate(features: &Features<'_>, blocks: &[&Segment]) -> Option<Condition> {
    let threshold = features.references.threshold_heart_rate_bpm.as_ref()?;
    if threshold.is_weak() {
        return None;
    }
    let beats = mean_of(blocks.iter().filter_map(|s| s.heart_rate_bpm))?;
    Some(within(
        beats / threshold.value,
        TEMPO_HEART_RATE,
        HEART_RATE_SOFTNESS,
        Unit::Ratio,
        "heart rate at {} of threshold",
    ))
}

/// Getting steadily faster.
pub(super) fn progression(features: &Features<'_>) -> Option<Rule> {
    let pacing = &features.run.details.pacing;
    let (share, thirds) = (pacing.rising_share?, pacing.thirds_m_s?);
    let rise = thirds[2] / thirds[0];
    let softness = 0.05;
    let mut conditions = vec![
        at_least(
            features.moving_s,
            PROGRESSION_LEAST_S,
            duration_softness(PROGRESSION_LEAST_S),
            Unit::Seconds,
            "{} moving",
        ),
        at_least(
            share,
            PROGRESSION_SHARE,
            softness,
            Unit::Ratio,
            "a rising curve explains {} of the pace",
        ),
        at_least(
            rise,
            PROGRESSION_RISE,
            SPEED_SOFTNESS / 2.0,
            Unit::Ratio,
            "last third at {} of the first",
        ),
        fact(
            features.works.len() <= 1,
            format!("{} (at most 1)", plural(features.works.len(), "effort")),
        ),
    ];
    conditions.extend(features.of_critical(Some(thirds[2])).map(|ratio| {
        let text = "last third at {} of critical speed";
        at_least(ratio, PROGRESSION_FINISH, SPEED_SOFTNESS, Unit::Ratio, text)
    }));
    Some(Rule::new(SessionKind::Progression, conditions))
}

/// Returns the share of efforts that are like the one before or after.
fn alike_share(works: &[&Segment]) -> f64 {
    let like_next: Vec<bool> = works
        .windows(2)
        .map(|pair| alike(pair[0], pair[1]))
        .collect();
    let is_alike = |index: &usize| {
        let before = index.checked_sub(1).is_some_and(|before| like_next[before]);
        before || like_next.get(*index).is_some_and(|next| *next)
    };
    let each = (0..works.len()).map(|index| f64::from(u8::from(is_alike(&index))));
    mean_of(each).unwrap_or(0.0)
}

/// Returns whether a pattern of two or more different efforts is repeated throughout.
fn is_pattern(works: &[&Segment]) -> bool {
    (2..=works.len() / 2).any(|period| {
        let mut pairs = works.iter().zip(&works[period..]);
        pairs.all(|(a, b)| alike(a, b))
    })
}

fn alike(a: &Segment, b: &Segment) -> bool {
    let speeds = a.effort_speed_m_s.zip(b.effort_speed_m_s);
    let distances = a.distance_m.zip(b.distance_m);
    speeds.is_some_and(|(x, y)| (x / y).ln().abs() < ALIKE_SPEED)
        && (are_near(a.moving_s, b.moving_s, ALIKE_S)
            || distances.is_some_and(|(x, y)| are_near(x, y, ALIKE_M)))
}

fn are_near(a: f64, b: f64, (least, share): (f64, f64)) -> bool {
    (a - b).abs() <= least.max(share * a.max(b))
}

fn median_recovery(works: &[&Segment]) -> Option<f64> {
    median(works.windows(2).map(|pair| pair[1].start_s - pair[0].end_s))
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

fn mean_of(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), v| (sum + v, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

fn variation(values: &[f64]) -> Option<f64> {
    let mean = mean_of(values.iter().copied())?;
    let variance = mean_of(values.iter().map(|v| (v - mean).powi(2)))?;
    (mean > 0.0).then(|| variance.sqrt() / mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ladders_and_pyramids_turn_once_at_most() {
        assert!(is_ladder(&[60.0, 120.0, 180.0, 240.0, 180.0, 120.0, 60.0]));
        assert!(is_ladder(&[60.0, 120.0, 180.0, 180.0, 120.0, 60.0]));
        assert!(is_ladder(&[300.0, 240.0, 180.0, 120.0, 60.0]));
        // Irregular, too few, and alike.
        assert!(!is_ladder(&[120.0, 40.0, 240.0, 70.0, 180.0, 50.0]));
        assert!(!is_ladder(&[60.0, 120.0, 180.0]));
        assert!(!is_ladder(&[60.0, 62.0, 61.0, 120.0, 180.0]));
    }
}

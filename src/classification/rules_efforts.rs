//! The rules for sessions with efforts: hills, repetitions, fartlek, intervals, tempo, progression.

use crate::classification::SessionKind;
use crate::classification::condition::Condition;
use crate::classification::condition::SPEED_SOFTNESS;
use crate::classification::condition::at_least;
use crate::classification::condition::at_most;
use crate::classification::condition::duration_softness;
use crate::classification::condition::either;
use crate::classification::condition::fact;
use crate::classification::condition::minutes;
use crate::classification::condition::percent;
use crate::classification::features::Features;
use crate::classification::features::mean_effort;
use crate::classification::rules::HEART_RATE_SOFTNESS;
use crate::classification::rules::Rule;
use crate::classification::rules::of_critical_within;
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
/// A fartlek's efforts vary in duration by at least this, and fewer than so many are alike.
///
/// # Units
/// Ratio (coefficient of variation); count.
const FARTLEK: (f64, usize) = (0.35, 3);
/// Efforts are alike within these differences.
///
/// # Units
/// Log speed; log duration; log distance. Chosen.
const ALIKE: (f64, f64, f64) = (0.09, 0.16, 0.13);
/// A tempo block lasts at least this by itself, all blocks together at least that.
///
/// # Units
/// Seconds.
const TEMPO_S: (f64, f64) = (480.0, 900.0);
/// So few long blocks are a tempo session; more are intervals.
const TEMPO_BLOCKS: usize = 3;
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
        "ratio",
        format!("efforts climb at {}", percent(slope)),
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
        "s",
        format!("efforts of about {}", minutes(typical)),
    ));
    let ratio = features.of_critical(features.work_speed_m_s)?;
    conditions.push(at_least(
        ratio,
        REPETITIONS.1,
        SPEED_SOFTNESS,
        "ratio",
        format!("efforts at {} of critical speed", percent(ratio)),
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
        "ratio",
        format!("durations of the efforts vary by {}", percent(varies)),
    ));
    let alike = most_alike(&features.works);
    conditions.push(fact(
        alike < FARTLEK.1,
        format!("{alike} of the efforts alike"),
    ));
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
            "s",
            format!("{} of effort in all", minutes(work_s)),
        ),
        at_least(
            share,
            LEAST_WORK_SHARE,
            softness,
            "ratio",
            format!("{} of the moving time is effort", percent(share)),
        ),
    ];
    conditions.extend(fast_enough(features));
    if let Some(recovery) = median_recovery(works) {
        let softness = 3.0;
        let text = format!("recoveries of about {}", minutes(recovery));
        conditions.push(at_least(recovery, LEAST_RECOVERY_S, softness, "s", text));
    }
    Some(conditions)
}

/// Returns the condition that the efforts are not one to three long blocks.
fn in_parts(works: &[&Segment]) -> Condition {
    if is_tempo_like(works) {
        fact(false, plural(works.len(), "long block"))
    } else {
        fact(true, "not one to three long blocks")
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

fn fast_enough(features: &Features<'_>) -> Option<Condition> {
    let by_easy = features.of_easy(features.work_speed_m_s).map(|ratio| {
        let text = format!("efforts at {} of habitual easy speed", percent(ratio));
        at_least(ratio, EFFORT_SPEED.0, SPEED_SOFTNESS, "ratio", text)
    });
    let by_critical = features.of_critical(features.work_speed_m_s).map(|ratio| {
        let text = format!("efforts at {} of critical speed", percent(ratio));
        at_least(ratio, EFFORT_SPEED.1, SPEED_SOFTNESS, "ratio", text)
    });
    match (by_easy, by_critical) {
        (Some(easy), Some(critical)) => Some(either(critical, easy)),
        (easy, critical) => critical.or(easy),
    }
}

/// Returns whether the efforts are one to three long blocks, which are a tempo session.
fn is_tempo_like(works: &[&Segment]) -> bool {
    works.len() <= TEMPO_BLOCKS && works.iter().all(|s| s.moving_s >= TEMPO_S.0)
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
        "s",
        format!("{} of sustained effort", minutes(total)),
    )];
    let by_speed = features
        .of_critical(Some(speed))
        .map(|ratio| of_critical_within(ratio, range));
    let by_heart_rate = tempo_heart_rate(features, &blocks);
    conditions.extend(match (by_speed, by_heart_rate) {
        // Heart rate can stand in for a critical speed that is not known well.
        (Some(speed), Some(heart_rate)) if !features.works.is_empty() => {
            Some(either(speed, heart_rate))
        }
        (speed, heart_rate) => speed.or(heart_rate),
    });
    conditions.extend(features.of_easy(Some(speed)).map(|ratio| {
        let text = format!("{} of habitual easy speed", percent(ratio));
        at_least(ratio, TEMPO_OF_EASY, SPEED_SOFTNESS, "ratio", text)
    }));
    Some(Rule::new(SessionKind::Tempo, conditions))
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
    let ratio = beats / threshold.value;
    Some(crate::classification::condition::within(
        ratio,
        TEMPO_HEART_RATE,
        HEART_RATE_SOFTNESS,
        "ratio",
        format!("heart rate at {} of threshold", percent(ratio)),
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
            "s",
            format!("{} moving", minutes(features.moving_s)),
        ),
        at_least(
            share,
            PROGRESSION_SHARE,
            softness,
            "ratio",
            format!("a rising curve explains {} of the pace", percent(share)),
        ),
        at_least(
            rise,
            PROGRESSION_RISE,
            SPEED_SOFTNESS / 2.0,
            "ratio",
            format!("last third at {} of the first", percent(rise)),
        ),
        fact(
            features.works.len() <= 1,
            plural(features.works.len(), "effort"),
        ),
    ];
    conditions.extend(features.of_critical(Some(thirds[2])).map(|ratio| {
        let text = format!("last third at {} of critical speed", percent(ratio));
        at_least(ratio, PROGRESSION_FINISH, SPEED_SOFTNESS, "ratio", text)
    }));
    Some(Rule::new(SessionKind::Progression, conditions))
}

/// Returns the size of the largest group of efforts that are alike.
fn most_alike(works: &[&Segment]) -> usize {
    works
        .iter()
        .map(|a| works.iter().filter(|b| alike(a, b)).count())
        .max()
        .unwrap_or(0)
}

fn alike(a: &Segment, b: &Segment) -> bool {
    let near = |x: Option<f64>, y: Option<f64>, limit: f64| match (x, y) {
        (Some(x), Some(y)) if x > 0.0 && y > 0.0 => (x / y).ln().abs() < limit,
        _ => false,
    };
    let speed = near(a.effort_speed_m_s, b.effort_speed_m_s, ALIKE.0);
    let duration = near(Some(a.moving_s), Some(b.moving_s), ALIKE.1);
    speed && (duration || near(a.distance_m, b.distance_m, ALIKE.2))
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

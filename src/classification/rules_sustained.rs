//! The rules for sustained running: tempo and progression.

use std::ops::RangeInclusive;

use crate::classification::condition::Condition;
use crate::classification::condition::HEART_RATE_SOFTNESS;
use crate::classification::condition::SPEED_SOFTNESS;
use crate::classification::condition::Unit;
use crate::classification::condition::at_least;
use crate::classification::condition::duration_softness;
use crate::classification::condition::either;
use crate::classification::condition::fact;
use crate::classification::condition::together;
use crate::classification::condition::within;
use crate::classification::features::Features;
use crate::classification::features::mean_effort;
use crate::classification::rule::Rule;
use crate::segmentation::Segment;
use crate::statistics::mean;
use crate::units::plural;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

/// A tempo block lasts at least this by itself.
///
/// # Units
/// Seconds.
const LEAST_BLOCK_S: f64 = 480.0;
/// All tempo blocks together last at least this.
///
/// # Units
/// Seconds.
const LEAST_TEMPO_S: f64 = 900.0;
/// Several blocks are a tempo session when each is sustained for so long; shorter ones are intervals.
///
/// # Units
/// Seconds. Coaching convention: cruise intervals go up to about ten minutes.
const SUSTAINED_S: f64 = 720.0;
/// The speeds of tempo running.
///
/// # Units
/// Ratio to critical speed. Coaching convention.
const TEMPO_OF_CRITICAL: RangeInclusive<f64> = 0.88..=1.02;
/// A run without marked efforts is a tempo run from this share of critical speed on; the upper
/// limit is where a race begins.
///
/// # Units
/// Ratio to critical speed.
const TEMPO_WHOLE: RangeInclusive<f64> = 0.92..=1.08;
/// The heart rates of tempo running.
///
/// # Units
/// Ratio to threshold heart rate. The lower limit is the heart rate of 0.88 of critical speed on the
/// scale on which both first thresholds meet (0.823 of speed, 0.89 of heart rate).
pub(super) const TEMPO_HEART_RATE: RangeInclusive<f64> = 0.925..=1.03;
/// Tempo running is at least this multiple of habitual easy speed.
///
/// # Units
/// Ratio.
pub(super) const TEMPO_OF_EASY: f64 = 1.06;
/// Longer blocks are tempo running from [`LONG_OF_CRITICAL`] on only, whatever heart rate says: it drifts.
///
/// # Units
/// Seconds moving.
const LONG_BLOCKS_S: f64 = 3600.0;
/// See [`LONG_BLOCKS_S`].
///
/// # Units
/// Ratio to critical speed, where the middle zone begins.
const LONG_OF_CRITICAL: f64 = 0.84;
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

/// Sustained, comfortably hard: one block, a few sustained ones, or the whole run.
pub(super) fn tempo(features: &Features<'_>) -> Option<Rule> {
    let blocks: Vec<&Segment> = features
        .works
        .iter()
        .copied()
        .filter(|s| s.moving_s >= LEAST_BLOCK_S)
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
        LEAST_TEMPO_S,
        duration_softness(LEAST_TEMPO_S),
        Unit::Seconds,
        "{} of sustained effort",
    )];
    let by_speed = features.of_critical(Some(speed)).map(|ratio| {
        let text = "{} of critical speed";
        within(ratio, range, SPEED_SOFTNESS, Unit::Ratio, text)
    });
    if total > LONG_BLOCKS_S
        && let Some(ratio) = features.of_critical(Some(speed))
    {
        let text = "more than an hour at {} of critical speed";
        let softness = SPEED_SOFTNESS;
        conditions.push(at_least(
            ratio,
            LONG_OF_CRITICAL,
            softness,
            Unit::Ratio,
            text,
        ));
    }
    let by_heart_rate = tempo_heart_rate(features, &blocks);
    conditions.extend(match (by_speed, by_heart_rate) {
        (_, Some(heart_rate)) if features.is_own_measure() => Some(heart_rate),
        (speed, heart_rate) if features.works.is_empty() && features.is_measured() => {
            speed.or(heart_rate)
        }
        (Some(speed), Some(heart_rate)) if features.is_measured() => {
            Some(together(speed, heart_rate))
        }
        // Heart rate can stand in for a critical speed that is not known well.
        (Some(speed), Some(heart_rate)) => Some(either(speed, heart_rate)),
        (speed, heart_rate) => speed.or(heart_rate),
    });
    let of_easy = features.of_easy(Some(speed));
    let of_easy = of_easy.filter(|_| !features.is_own_measure());
    conditions.extend(of_easy.map(|ratio| {
        let text = "{} of habitual easy speed";
        at_least(ratio, TEMPO_OF_EASY, SPEED_SOFTNESS, Unit::Ratio, text)
    }));
    Some(Rule::new(SessionKind::Tempo, conditions))
}

/// Returns whether the efforts are one long block, or a few sustained ones: a tempo session.
pub(super) fn is_tempo_like(works: &[&Segment]) -> bool {
    let least = if works.len() == 1 {
        LEAST_BLOCK_S
    } else {
        SUSTAINED_S
    };
    works.iter().all(|s| s.moving_s >= least)
}

/// Returns the long even segments of a run without efforts.
fn even_running<'a>(features: &Features<'a>) -> Vec<&'a Segment> {
    let segments = features.run.segments.iter();
    segments
        .filter(|s| s.kind == SegmentKind::Steady && s.moving_s >= LEAST_BLOCK_S)
        .collect()
}

fn tempo_heart_rate(features: &Features<'_>, blocks: &[&Segment]) -> Option<Condition> {
    let threshold = features.references.threshold_heart_rate_bpm.as_ref()?;
    let limit = match (threshold.is_weak(), features.is_own_measure()) {
        (false, _) => threshold.value,
        // A guess makes no run without efforts a hard one; a block, where it is tempo running even if
        // threshold is as high as the guess may be.
        (true, true) if features.works.is_empty() => return None,
        (true, true) => threshold.high,
        (true, false) => return None,
    };
    let beats = mean(blocks.iter().filter_map(|s| s.heart_rate_bpm))?;
    Some(within(
        beats / limit,
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

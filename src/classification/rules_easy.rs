//! The rules for running without efforts: recovery, the middle zone, easy.

use std::ops::RangeInclusive;

use crate::classification::condition::Condition;
use crate::classification::condition::HEART_RATE_SOFTNESS;
use crate::classification::condition::SPEED_SOFTNESS;
use crate::classification::condition::Unit;
use crate::classification::condition::at_least;
use crate::classification::condition::at_most;
use crate::classification::condition::duration_softness;
use crate::classification::condition::fact;
use crate::classification::condition::together;
use crate::classification::condition::within;
use crate::classification::features::Features;
use crate::classification::features::mean_effort;
use crate::classification::rule::Rule;
use crate::classification::rules_hard;
use crate::units::plural;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

/// A recovery run is short.
///
/// # Units
/// Seconds moving. Coaching convention: 20–40 min; runners call 15 min one too.
const RECOVERY_S: RangeInclusive<f64> = 900.0..=2700.0;
/// Longer recovery runs get a remark.
///
/// # Units
/// Seconds moving.
const USUAL_RECOVERY_S: f64 = 2400.0;
/// A recovery run is clearly easier than the own easy run: at most this share of its speed.
///
/// # Units
/// Ratio to habitual easy speed. Chosen: about 20 s a kilometre, where usual runs vary by half of that.
/// Whether it met the strict definition, a minute a mile, is what the review says.
const RECOVERY_OF_EASY: f64 = 0.94;
/// Heart rate of a recovery run is at most this share of threshold.
///
/// # Units
/// Ratio.
const RECOVERY_HEART_RATE: f64 = 0.82;
/// A recovery run follows a quality session within this.
///
/// # Units
/// Hours.
const RECOVERY_WITHIN_H: f64 = 36.0;
/// From this share of critical speed on running is in the middle zone.
///
/// # Units
/// Ratio.
const STEADY_OF_CRITICAL: f64 = 0.84;
/// From this share of threshold heart rate on running is in the middle zone.
///
/// # Units
/// Ratio.
const STEADY_OF_THRESHOLD: f64 = 0.89;
/// Steady running takes at least this.
///
/// # Units
/// Seconds.
const STEADY_LEAST_S: f64 = 1200.0;

/// Short and very easy, soon after a quality session.
pub(super) fn recovery(features: &Features<'_>) -> Rule {
    let most = *RECOVERY_S.end();
    let remark = if features.moving_s > USUAL_RECOVERY_S && features.moving_s <= most {
        "{} moving, longer than the usual 15–40 min"
    } else {
        "{} moving"
    };
    let mut conditions = vec![within(
        features.moving_s,
        RECOVERY_S,
        duration_softness(most),
        Unit::Seconds,
        remark,
    )];
    conditions.extend(features.of_easy(base_speed(features)).map(|ratio| {
        let text = "{} of usual easy speed";
        at_most(
            ratio,
            RECOVERY_OF_EASY,
            SPEED_SOFTNESS / 2.0,
            Unit::Ratio,
            text,
        )
    }));
    let beats = features.heart_rate().zip(features.threshold_heart_rate());
    if let Some((beats, threshold)) = beats {
        conditions.push(at_most(
            beats / threshold,
            RECOVERY_HEART_RATE,
            HEART_RATE_SOFTNESS,
            Unit::Ratio,
            "heart rate at {} of threshold",
        ));
    }
    conditions.push(soon_after_quality(features));
    conditions.extend(rules_hard::too_hard(features).map(|text| fact(false, text)));
    conditions.push(without_efforts(features));
    Rule::new(SessionKind::Recovery, conditions)
}

fn without_efforts(features: &Features<'_>) -> Condition {
    match features.works.len() {
        0 => fact(true, "no efforts"),
        found => fact(false, format!("{} found", plural(found, "effort"))),
    }
}

fn soon_after_quality(features: &Features<'_>) -> Condition {
    match features.hours_since_quality {
        None => fact(false, "no quality session known before it"),
        Some(hours) => {
            let softness = 3.0;
            let text = "{} after a quality session";
            at_most(hours, RECOVERY_WITHIN_H, softness, Unit::Hours, text)
        }
    }
}

/// Sustained running in the middle zone.
pub(super) fn steady(features: &Features<'_>) -> Option<Rule> {
    let stretch = main_stretch(features);
    let duration = at_least(
        stretch.moving_s,
        STEADY_LEAST_S,
        duration_softness(STEADY_LEAST_S),
        Unit::Seconds,
        stretch.text,
    );
    let middle = middle_zone(features, &stretch)?;
    Some(Rule::new(SessionKind::Steady, vec![middle, duration]))
}

/// Easy running: below the middle zone.
pub(super) fn easy(features: &Features<'_>) -> Rule {
    let mut conditions = match middle_zone(features, &main_stretch(features)) {
        Some(condition) => vec![condition.negated()],
        None => vec![fact(true, "nothing speaks for more than easy running")],
    };
    conditions.extend(rules_hard::too_hard(features).map(|text| fact(false, text)));
    Rule::new(SessionKind::Easy, conditions)
}

/// The running that says whether a run was easy: that outside efforts, or a long block which was
/// held for as long as steady running takes.
struct Stretch {
    moving_s: f64,
    effort_speed_m_s: Option<f64>,
    heart_rate_bpm: Option<f64>,
    text: &'static str,
}

fn main_stretch(features: &Features<'_>) -> Stretch {
    let block = features.works.iter().copied();
    let block = block.max_by(|a, b| a.moving_s.total_cmp(&b.moving_s));
    match block.filter(|block| block.moving_s >= STEADY_LEAST_S) {
        Some(block) => Stretch {
            moving_s: block.moving_s,
            effort_speed_m_s: block.effort_speed_m_s,
            heart_rate_bpm: features.heart_rate().and(block.heart_rate_bpm),
            text: "a block of {}",
        },
        None => Stretch {
            moving_s: features.moving_s,
            effort_speed_m_s: base_speed(features),
            heart_rate_bpm: features.heart_rate(),
            text: "{} moving",
        },
    }
}

/// Returns whether a stretch lies in the middle zone, by speed and heart rate together where both are
/// known.
fn middle_zone(features: &Features<'_>, stretch: &Stretch) -> Option<Condition> {
    let by_speed = features.of_critical(stretch.effort_speed_m_s).map(|ratio| {
        at_least(
            ratio,
            STEADY_OF_CRITICAL,
            SPEED_SOFTNESS,
            Unit::Ratio,
            "{} of critical speed",
        )
    });
    // A guess at threshold heart rate says nothing against a speed, and a speed that is compared with
    // itself says nothing at all.
    let threshold = threshold_for_easy(features, by_speed.is_some());
    let by_speed = by_speed.filter(|_| !features.is_own_measure());
    let by_heart_rate = stretch.heart_rate_bpm.zip(threshold).map(|(beats, limit)| {
        at_least(
            beats / limit,
            STEADY_OF_THRESHOLD,
            HEART_RATE_SOFTNESS,
            Unit::Ratio,
            "heart rate at {} of threshold",
        )
    });
    match (by_speed, by_heart_rate) {
        (Some(speed), Some(heart_rate)) => Some(together(speed, heart_rate)),
        (speed, heart_rate) => speed.or(heart_rate),
    }
}

/// Returns threshold heart rate where it may say that a run was more than easy: one that was learned, or,
/// beside a speed that has nothing else to be compared with, as high as a guess may be.
fn threshold_for_easy(features: &Features<'_>, has_speed: bool) -> Option<f64> {
    let threshold = features.references.threshold_heart_rate_bpm.as_ref()?;
    match (threshold.is_weak(), has_speed) {
        (true, true) => features.is_own_measure().then_some(threshold.high),
        _ => Some(threshold.value),
    }
}

/// Returns the effort speed of the running outside efforts, of the whole run when efforts take most
/// of it.
pub(super) fn base_speed(features: &Features<'_>) -> Option<f64> {
    let base = features.run.segments.iter().filter(|segment| {
        use SegmentKind::*;
        matches!(segment.kind, Steady | WarmUp | CoolDown | Progression)
    });
    let time: f64 = base.clone().map(|segment| segment.moving_s).sum();
    let least_share = 0.5;
    if time >= least_share * features.moving_s {
        mean_effort(base)
    } else {
        features.effort_speed_m_s
    }
}

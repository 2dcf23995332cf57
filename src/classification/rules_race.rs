//! The rules for races and time trials.

use std::ops::RangeInclusive;

use crate::classification::condition::Condition;
use crate::classification::condition::HEART_RATE_SOFTNESS;
use crate::classification::condition::SPEED_SOFTNESS;
use crate::classification::condition::Unit;
use crate::classification::condition::at_least;
use crate::classification::condition::at_most;
use crate::classification::condition::either;
use crate::classification::condition::fact;
use crate::classification::condition::minutes;
use crate::classification::features::Features;
use crate::classification::features::mean_effort;
use crate::classification::planned_race;
use crate::classification::rule::Rule;
use crate::classification::title;
use crate::units::SECONDS_PER_HOUR;
use crate::vocabulary::SessionKind;

/// A race is run at this share of the modelled best at least.
///
/// # Units
/// Ratio of speeds.
const RACE_OF_BEST: f64 = 0.97;
/// With two witnesses (a standard distance, the heart rate of a race, the name) this is enough: the
/// model knows neither course nor weather.
///
/// # Units
/// Ratio of speeds.
const RACE_OF_BEST_VOUCHED: f64 = 0.92;
/// A block between warm-up and cool-down needs more than that, with the same witnesses: tempo runs
/// have that shape too.
///
/// # Units
/// Ratio of speeds. Chosen, between the two.
const BLOCK_OF_BEST_VOUCHED: f64 = 0.945;
/// A race is run evenly: where two efforts or more stand out, they are at most this much faster than
/// the running around them.
///
/// # Units
/// Ratio of speeds. Chosen: hills and surges of a race differ less, efforts of a workout more.
const RACE_CONTRAST: f64 = 1.10;
/// So many witnesses.
const WITNESSES: usize = 2;
/// Heart rate in a race of up to an hour is at least this share of threshold.
///
/// # Units
/// Ratio.
const RACE_HEART_RATE: f64 = 0.95;
/// The same of longer races.
///
/// # Units
/// Ratio.
const LONG_RACE_HEART_RATE: f64 = 0.90;
/// Standard distances.
///
/// # Units
/// Metres.
const STANDARD_M: [f64; 9] = [
    1609.344, 3000.0, 5000.0, 8000.0, 10_000.0, 15_000.0, 16_093.44, 21_097.5, 42_195.0,
];
/// A recorded race is this much shorter or longer than its distance.
///
/// # Units
/// Ratio. Chosen: courses are measured not to be short, and watches and curves add distance.
const AROUND_STANDARD: RangeInclusive<f64> = -0.005..=0.02;
/// The same for a block that was found between warm-up and cool-down: its ends are uncertain by some
/// seconds too.
///
/// # Units
/// Ratio. Chosen: watches differ from the true distance by 1–3 % (Gilgen-Ammann 2020, JMIR mHealth
/// 8:e17118).
const BLOCK_AROUND_STANDARD: RangeInclusive<f64> = -0.03..=0.03;
/// A run that is as fast as so many others of [`REGULAR_DAYS`] was no race, unless over the distance of one:
/// it is what the athlete does each week.
const REGULAR_RUNS: usize = 3;
/// See [`REGULAR_RUNS`].
const REGULAR_DAYS: u64 = 56;
/// See [`REGULAR_RUNS`].
///
/// # Units
/// Ratio of speeds.
const AS_FAST: f64 = 0.98;
/// A race comes so near the best that the athlete has run over that time within a year.
///
/// # Units
/// Ratio of speeds. Chosen: a hard course costs a few per cent, a season without racing too.
const RACE_OF_OWN_BEST: f64 = 0.94;
/// The own best is that of a year.
const OWN_BEST_DAYS: u64 = 365;
/// A run that is so much faster than all of that year is as good as a critical speed that was measured.
///
/// # Units
/// Ratio of speeds.
const OWN_BEST_BY: f64 = 1.02;
/// It is compared with at least so many runs.
const OWN_BEST_OF: usize = 10;
/// A continuous block of so long is judged as a race by itself, warm-up and cool-down beside it.
///
/// # Units
/// Seconds moving. Coaching convention: the shortest common time trial, 3 km.
const BLOCK_LEAST_S: f64 = 480.0;
/// Such a block is at least this share of all efforts: then the run was about it.
///
/// # Units
/// Ratio of moving times. Chosen.
const BLOCK_OF_EFFORTS: f64 = 0.75;
/// A block up to this speed is tempo running, however near the best it comes, unless its distance is
/// that of a race.
///
/// # Units
/// Ratio to critical speed: the upper end of tempo running.
const BLOCK_OF_CRITICAL: f64 = 1.02;

/// The user says that it was a race. Exports do not: no field of the public FIT profile marks a
/// session as one, nor does GPX or TCX.
pub(super) fn marked(features: &Features<'_>) -> Option<Rule> {
    let text = planned_race::planned(features)?.words();
    Some(Rule::new(SessionKind::Race, vec![fact(true, text)]))
}

/// The name says that it was a race, and heart rate does: enough while nothing is known of the athlete.
pub(super) fn by_name(features: &Features<'_>) -> Option<Rule> {
    let says = title::says_race(&features.run.head)?;
    let beats = features.heart_rate()?;
    if !features.is_cold() {
        return None;
    }
    let mut conditions = vec![race_heart_rate(features, beats, features.moving_s)?];
    conditions.push(fact(true, says));
    conditions.extend(even(features));
    Some(Rule::new(SessionKind::Race, conditions))
}

/// Returns the conditions that the athlete's own runs put on a race over some time: near the best of a
/// year, and no speed of every week.
fn against_own_runs(features: &Features<'_>, duration_s: f64, speed_m_s: f64) -> Vec<Condition> {
    let Some(day) = features.run.head.day else {
        return Vec::new();
    };
    let history = features.history;
    let best = history.best_over(day, OWN_BEST_DAYS, duration_s);
    let mut conditions: Vec<Condition> = best
        .map(|best| {
            let text = "{} of the own best of a year over that time";
            let softness = SPEED_SOFTNESS / 2.0;
            at_least(
                speed_m_s / best,
                RACE_OF_OWN_BEST,
                softness,
                Unit::Ratio,
                text,
            )
        })
        .into_iter()
        .collect();
    let as_fast = history.as_fast_over(day, REGULAR_DAYS, duration_s, AS_FAST * speed_m_s);
    if as_fast >= REGULAR_RUNS {
        let text = format!("as fast as {as_fast} other runs of {REGULAR_DAYS} days");
        conditions.push(fact(false, text));
    }
    conditions
}

/// Returns whether a run is clearly the fastest of a year over its time, among enough others.
fn is_own_best(features: &Features<'_>, duration_s: f64, speed_m_s: f64) -> bool {
    features.run.head.day.is_some_and(|day| {
        let history = features.history;
        let best = history.best_over(day, OWN_BEST_DAYS, duration_s);
        let others = history.as_fast_over(day, OWN_BEST_DAYS, duration_s, 0.0);
        others >= OWN_BEST_OF && best.is_some_and(|best| speed_m_s >= OWN_BEST_BY * best)
    })
}

/// As fast as the athlete can for that long.
pub(super) fn by_effort(features: &Features<'_>) -> Option<Rule> {
    if features.is_cold() {
        return None;
    }
    let (speed, ratio) = (features.effort_speed_m_s?, features.of_modelled_best()?);
    let standard = standard_distance(features.run.head.distance_m, AROUND_STANDARD);
    let beats = features.heart_rate();
    let by_heart_rate = beats.and_then(|beats| race_heart_rate(features, beats, features.moving_s));
    let says = title::says_race(&features.run.head);
    let witnesses = [by_heart_rate.is_some(), standard.is_some(), says.is_some()];
    let limit = if witnesses.iter().filter(|known| **known).count() >= WITNESSES {
        RACE_OF_BEST_VOUCHED
    } else {
        RACE_OF_BEST
    };
    let limit = of_known_best(features, limit, (features.moving_s, speed));
    let text = best_text(features.moving_s);
    let softness = SPEED_SOFTNESS / 2.0;
    let mut conditions = vec![at_least(ratio, limit, softness, Unit::Ratio, text)];
    // Without heart rate a standard distance must vouch for it.
    let vouched = by_heart_rate.unwrap_or_else(|| {
        let text = match standard {
            Some(_) => "no heart rate, but a standard race distance",
            None => "neither heart rate nor a standard race distance",
        };
        fact(standard.is_some(), text)
    });
    conditions.push(vouched);
    conditions.extend(even(features));
    if standard.is_none() && says.is_none() {
        conditions.extend(is_told(features, (features.moving_s, speed)));
        conditions.extend(against_own_runs(features, features.moving_s, speed));
    }
    if let Some(distance) = standard {
        conditions.push(fact(true, format!("a standard distance: {distance:.0} m")));
    }
    conditions.extend(says.map(|says| fact(true, says)));
    Some(Rule::new(SessionKind::Race, conditions))
}

/// Returns the share of the modelled best that is asked: where critical speed is a lower bound, hard
/// runs come near it, and witnesses lower the limit no further than without them, unless nothing of a
/// year was as fast.
fn of_known_best(features: &Features<'_>, limit: f64, (duration_s, speed): (f64, f64)) -> f64 {
    if features.is_measured() || is_own_best(features, duration_s, speed) {
        limit
    } else {
        limit.max(RACE_OF_BEST)
    }
}

/// Returns the condition that something says what the athlete can do: a measured critical speed, a learned
/// threshold, or a year of slower runs. A speed over a guess at the best is no race.
fn is_told(features: &Features<'_>, (duration_s, speed): (f64, f64)) -> Option<Condition> {
    let threshold = features.references.threshold_heart_rate_bpm.as_ref();
    let is_known = features.is_measured()
        || threshold.is_some_and(|threshold| !threshold.is_weak())
        || is_own_best(features, duration_s, speed);
    (!is_known).then(|| fact(false, "what the athlete can do is a guess"))
}

fn best_text(duration_s: f64) -> String {
    format!(
        "{} at {{}} of the modelled best for that time",
        minutes(duration_s)
    )
}

/// Returns the condition that the run was no workout, where two efforts or more stand out of it.
fn even(features: &Features<'_>) -> Option<Condition> {
    let others = features.run.segments.iter();
    let others = mean_effort(others.filter(|segment| !segment.kind.is_work()));
    if features.works.len() < 2 {
        return None;
    }
    let contrast = features.work_speed_m_s? / others?;
    let text = "efforts at {} of the running around them";
    Some(at_most(
        contrast,
        RACE_CONTRAST,
        SPEED_SOFTNESS,
        Unit::Ratio,
        text,
    ))
}

/// One block inside a run, as fast as the athlete can for that long.
pub(super) fn by_block(features: &Features<'_>) -> Option<Rule> {
    if features.is_cold() {
        return None;
    }
    let works = features.works.iter();
    let block = works.max_by(|a, b| a.moving_s.total_cmp(&b.moving_s))?;
    let of_efforts = block.moving_s / features.work_s();
    let speed = block.effort_speed_m_s?;
    let critical = features.greatest_critical_speed()?;
    if block.moving_s < BLOCK_LEAST_S || of_efforts < BLOCK_OF_EFFORTS {
        return None;
    }
    let softness = SPEED_SOFTNESS / 2.0;
    let standard = standard_distance(block.distance_m, BLOCK_AROUND_STANDARD);
    let by_heart_rate = features
        .heart_rate()
        .and(block.heart_rate_bpm)
        .and_then(|beats| race_heart_rate(features, beats, block.moving_s));
    let by_heart_rate = by_heart_rate.filter(Condition::is_met);
    let limit = match (&by_heart_rate, standard) {
        (Some(_), Some(_)) => BLOCK_OF_BEST_VOUCHED,
        _ => RACE_OF_BEST,
    };
    let limit = of_known_best(features, limit, (block.moving_s, speed));
    let of_best = at_least(
        speed / features.modelled_best(block.moving_s)?,
        limit,
        softness,
        Unit::Ratio,
        format!("a block of {}", best_text(block.moving_s)),
    );
    let fast = at_least(
        speed / critical,
        BLOCK_OF_CRITICAL,
        softness,
        Unit::Ratio,
        "the block at {} of critical speed",
    );
    let sort = match standard {
        Some(distance) => {
            let text = format!("the block over a standard distance: {distance:.0} m");
            either(fast, fact(true, text))
        }
        None => fast,
    };
    let mut conditions = vec![of_best, sort];
    conditions.extend(by_heart_rate);
    if standard.is_none() {
        conditions.extend(is_told(features, (block.moving_s, speed)));
        conditions.extend(against_own_runs(features, block.moving_s, speed));
    }
    Some(Rule::new(SessionKind::Race, conditions))
}

/// Returns the condition that a heart rate was that of a race over some time, where threshold is known.
fn race_heart_rate(features: &Features<'_>, beats: f64, duration_s: f64) -> Option<Condition> {
    let ratio = beats / features.threshold_heart_rate()?;
    let limit = if duration_s <= SECONDS_PER_HOUR {
        RACE_HEART_RATE
    } else {
        LONG_RACE_HEART_RATE
    };
    let text = "heart rate at {} of threshold";
    Some(at_least(
        ratio,
        limit,
        HEART_RATE_SOFTNESS,
        Unit::Ratio,
        text,
    ))
}

fn standard_distance(distance_m: Option<f64>, around: RangeInclusive<f64>) -> Option<f64> {
    let distance = distance_m?;
    let mut standards = STANDARD_M.into_iter();
    standards.find(|standard| around.contains(&(distance / standard - 1.0)))
}

#[cfg(test)]
mod tests;

//! The rules for races and time trials.

use crate::classification::SessionKind;
use crate::classification::condition::Condition;
use crate::classification::condition::SPEED_SOFTNESS;
use crate::classification::condition::at_least;
use crate::classification::condition::fact;
use crate::classification::condition::minutes;
use crate::classification::condition::percent;
use crate::classification::features::Features;
use crate::classification::rules::HEART_RATE_SOFTNESS;
use crate::classification::rules::Rule;

/// D′ where the model needs one: the middle of typical values, never shown.
///
/// # Units
/// Metres. Typical values are 80–300.
const TYPICAL_D_PRIME_M: f64 = 180.0;
/// Up to this duration the best is CS + D′ / t, beyond it Riegel's rule carries it on.
///
/// # Units
/// Seconds.
const MODEL_END_S: f64 = 1500.0;
/// Riegel's exponent for distance: T₂ = T₁ (D₂ / D₁)^1.06.
const RIEGEL: f64 = 1.06;
/// A race is run at this share of the modelled best at least.
///
/// # Units
/// Ratio of speeds.
const RACE_OF_BEST: f64 = 0.97;
/// Over a standard distance, and with the heart rate of a race, this is enough: the model knows
/// neither course nor weather.
///
/// # Units
/// Ratio of speeds.
const RACE_OF_BEST_STANDARD: f64 = 0.92;
/// Heart rate in a race is at least this share of threshold, up to an hour and beyond.
///
/// # Units
/// Ratio; seconds.
const RACE_HEART_RATE: (f64, f64, f64) = (0.95, 0.90, 3600.0);
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
const AROUND_STANDARD: (f64, f64) = (-0.005, 0.02);
/// A planned race and a run are the same when their distances differ by at most this.
///
/// # Units
/// Ratio.
const PLANNED_DISTANCE: f64 = 0.15;
/// A planned race without a distance is the run at this share of the modelled best at least.
///
/// # Units
/// Ratio of speeds.
const PLANNED_OF_BEST: f64 = 0.85;
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
/// A block up to this speed is tempo running, however near the best it comes.
///
/// # Units
/// Ratio to critical speed: the upper end of tempo running.
const BLOCK_OF_CRITICAL: f64 = 1.02;

/// Returns the modelled best mean speed over a duration.
///
/// Steps: up to 25 min v = CS + D′ / t with a typical D′; beyond, the speed at 25 min carried on by
/// v ∝ t^(1 / 1.06 − 1).
///
/// # Units
/// Metres per second.
///
/// # References
/// The two-parameter model of critical speed (Jones & Vanhatalo 2017, Sports Med 47:S65); Riegel
/// 1981, American Scientist 69:285.
pub(super) fn modelled_best(critical_speed_m_s: f64, duration_s: f64) -> f64 {
    let within = duration_s.min(MODEL_END_S);
    let speed = critical_speed_m_s + TYPICAL_D_PRIME_M / within;
    speed * (duration_s / within).powf(1.0 / RIEGEL - 1.0)
}

/// The device or the user says that it was a race.
pub(super) fn marked(features: &Features<'_>) -> Option<Rule> {
    let text = if features.run.details.is_race {
        "the device marked it as a race".to_owned()
    } else {
        planned(features)?
    };
    Some(Rule::new(SessionKind::Race, vec![fact(true, text)]))
}

/// Returns the race that the user planned for the day, when this run fits it.
fn planned(features: &Features<'_>) -> Option<String> {
    let day = features.run.head.day?;
    let races = &features.history.settings().races;
    let race = races.iter().find(|race| race.day == day)?;
    let fits = match (race.distance_m, features.run.head.distance_m) {
        (Some(planned), Some(run)) => (run / planned - 1.0).abs() <= PLANNED_DISTANCE,
        _ => of_best(features).is_some_and(|ratio| ratio >= PLANNED_OF_BEST),
    };
    fits.then(|| match &race.name {
        Some(name) => format!("planned race: {name}"),
        None => "a race was planned for the day".to_owned(),
    })
}

/// Returns the speed of the whole run as a share of the modelled best.
fn of_best(features: &Features<'_>) -> Option<f64> {
    let critical = features.critical_speed()?;
    Some(features.effort_speed_m_s? / modelled_best(critical, features.moving_s))
}

/// As fast as the athlete can for that long.
pub(super) fn by_effort(features: &Features<'_>) -> Option<Rule> {
    if features.is_cold() {
        return None;
    }
    let ratio = of_best(features)?;
    let moving = features.moving_s;
    let standard = standard_distance(features);
    let by_heart_rate = race_heart_rate(features);
    let limit = match (&by_heart_rate, standard) {
        (Some(_), Some(_)) => RACE_OF_BEST_STANDARD,
        _ => RACE_OF_BEST,
    };
    let text = format!(
        "{} of the modelled best for {}",
        percent(ratio),
        minutes(moving)
    );
    let softness = SPEED_SOFTNESS / 2.0;
    let mut conditions = vec![at_least(ratio, limit, softness, "ratio", text)];
    // Without heart rate a standard distance must vouch for it.
    let vouched = by_heart_rate.unwrap_or_else(|| {
        fact(
            standard.is_some(),
            "no heart rate; a standard race distance",
        )
    });
    conditions.push(vouched);
    if let Some(distance) = standard {
        conditions.push(fact(true, format!("a standard distance: {distance:.0} m")));
    }
    Some(Rule::new(SessionKind::Race, conditions))
}

/// One block inside a run, as fast as the athlete can for that long.
pub(super) fn by_block(features: &Features<'_>) -> Option<Rule> {
    if features.is_cold() {
        return None;
    }
    let works = features.works.iter();
    let block = works.max_by(|a, b| a.moving_s.total_cmp(&b.moving_s))?;
    let of_efforts = block.moving_s / features.work_s();
    let (speed, critical) = (block.effort_speed_m_s?, features.critical_speed()?);
    if block.moving_s < BLOCK_LEAST_S || of_efforts < BLOCK_OF_EFFORTS {
        return None;
    }
    let (of_best, of_critical) = (
        speed / modelled_best(critical, block.moving_s),
        speed / critical,
    );
    let softness = SPEED_SOFTNESS / 2.0;
    let best = format!(
        "a block at {} of the modelled best for {}",
        percent(of_best),
        minutes(block.moving_s)
    );
    let fast = format!("the block at {} of critical speed", percent(of_critical));
    Some(Rule::new(
        SessionKind::Race,
        vec![
            at_least(of_best, RACE_OF_BEST, softness, "ratio", best),
            at_least(of_critical, BLOCK_OF_CRITICAL, softness, "ratio", fast),
        ],
    ))
}

/// Returns the condition that heart rate was that of a race, where it is known.
fn race_heart_rate(features: &Features<'_>) -> Option<Condition> {
    let threshold = features.threshold_heart_rate()?;
    let ratio = features.heart_rate()? / threshold;
    let (short, long, hour) = RACE_HEART_RATE;
    let limit = if features.moving_s <= hour {
        short
    } else {
        long
    };
    let text = format!("heart rate at {} of threshold", percent(ratio));
    Some(at_least(ratio, limit, HEART_RATE_SOFTNESS, "ratio", text))
}

fn standard_distance(features: &Features<'_>) -> Option<f64> {
    let distance = features.run.head.distance_m?;
    STANDARD_M.into_iter().find(|standard| {
        let off = distance / standard - 1.0;
        (AROUND_STANDARD.0..=AROUND_STANDARD.1).contains(&off)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_modelled_best_by_hand() {
        // 4 + 180 / 600.
        assert!((modelled_best(4.0, 600.0) - 4.3).abs() < 1e-9);
        // (4 + 180 / 1500) · 2^(1 / 1.06 − 1) = 4.12 · 0.96153.
        assert!((modelled_best(4.0, 3000.0) - 3.9615).abs() < 1e-3);
    }
}

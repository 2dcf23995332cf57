//! *Motion → heart rate, cadence, power*.

use super::athlete::Athlete;
use super::math;
use super::motion::Motion;
use super::motion::is_walk;
use super::plan::Sport;
use super::rng::Rng;

/// How heart rate is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeartRateSensor {
    /// None.
    None,
    /// A chest strap.
    Chest,
    /// On the wrist: late, wrong at the start, and now and then locked to the cadence.
    Optical,
}

/// Returns heart rate each second.
pub fn heart_rate(
    motion: &Motion,
    athlete: &Athlete,
    sport: Sport,
    sensor: HeartRateSensor,
    rng: &Rng,
) -> Vec<Option<f64>> {
    if sensor == HeartRateSensor::None {
        return vec![None; motion.speed_m_s.len()];
    }
    let rng = &mut rng.stream(20);
    let beats = kinetics(motion, athlete, sport, rng);
    let steps = cadence(motion, athlete, rng);
    let measured = match sensor {
        HeartRateSensor::Optical => optical(&beats, &steps, rng),
        _ => beats,
    };
    let highest = athlete.heart_rate_max_bpm;
    let noisy = |beat: f64, rng: &mut Rng| (beat + 0.8 * rng.normal()).round().min(highest);
    measured
        .into_iter()
        .map(|beat| Some(noisy(beat, rng)))
        .collect()
}

/// First-order response to effort, with delay and drift.
fn kinetics(motion: &Motion, athlete: &Athlete, sport: Sport, rng: &mut Rng) -> Vec<f64> {
    let delay = athlete.heart_rate_delay_s.round() as usize;
    let mut now = athlete.heart_rate_standing_bpm + rng.range(-6.0, 6.0);
    let mut out = Vec::with_capacity(motion.effort_m_s.len());
    for second in 0..motion.effort_m_s.len() {
        let effort = motion.effort_m_s[second.saturating_sub(delay)] / athlete.critical_speed_m_s;
        let steady = match sport {
            Sport::Cycling => 0.42 * athlete.heart_rate_max_bpm + 48.0,
            Sport::Strength => {
                0.54 * athlete.heart_rate_max_bpm + 12.0 * math::sin(second as f64 / 28.0)
            }
            _ => athlete.heart_rate_intercept_bpm + athlete.heart_rate_slope_bpm * effort,
        };
        let drift = athlete.heart_rate_drift_bpm_h * second as f64 / 3600.0;
        let target = (steady + drift * effort.min(1.0))
            .clamp(athlete.heart_rate_standing_bpm, athlete.heart_rate_max_bpm);
        let constant = if target > now {
            athlete.heart_rate_rise_s
        } else {
            athlete.heart_rate_fall_s
        };
        now += (target - now) * (1.0 - math::exp(-1.0 / constant));
        out.push(now);
    }
    out
}

/// The faults of wrist sensors.
fn optical(beats: &[f64], steps: &[f64], rng: &mut Rng) -> Vec<f64> {
    let lag = rng.whole(5, 15) as usize;
    let wrong_until = if rng.chance(0.2) {
        rng.whole(120, 360) as usize
    } else {
        0
    };
    let mut locked = 0u32;
    (0..beats.len())
        .map(|second| {
            let beat = beats[second.saturating_sub(lag)];
            locked = locked.saturating_sub(1);
            if locked == 0 && rng.chance(1.0 / 2400.0) {
                locked = rng.whole(40, 120);
            }
            if locked > 0 && steps[second] > 0.0 {
                steps[second] + 2.0 * rng.normal()
            } else if second < wrong_until {
                0.75 * beat
            } else {
                beat
            }
        })
        .collect()
}

/// Returns steps per minute each second.
pub fn cadence(motion: &Motion, athlete: &Athlete, rng: &mut Rng) -> Vec<f64> {
    let rng = &mut rng.stream(21);
    motion
        .speed_m_s
        .iter()
        .map(|&speed| {
            let noise = 2.0 * rng.normal();
            if speed < 0.4 {
                0.0
            } else if is_walk(speed) {
                (100.0 + 16.0 * (speed - 0.5) + 0.3 * athlete.cadence_offset_spm + noise).round()
            } else {
                (150.0 + 10.0 * (speed - 2.0) + athlete.cadence_offset_spm + noise).round()
            }
        })
        .collect()
}

/// Returns running power each second: 1.04 W/kg for each metre a second on the flat.
pub fn power(motion: &Motion, athlete: &Athlete, rng: &Rng) -> Vec<f64> {
    let rng = &mut rng.stream(22);
    let mut smooth = 0.0;
    motion
        .speed_m_s
        .iter()
        .zip(&motion.grade)
        .map(|(&speed, &grade)| {
            let now = 1.04 * speed * math::pow(energy_factor(grade), 0.9) * athlete.mass_kg;
            smooth += (now * (1.0 + 0.03 * rng.normal()) - smooth) * 0.25;
            smooth.round().max(0.0)
        })
        .collect()
}

/// Energy cost of running up a slope over that on the flat (Minetti et al. 2002).
fn energy_factor(grade: f64) -> f64 {
    let i = grade.clamp(-0.45, 0.45);
    1.0 + i * (19.5 + i * (46.3 + i * (-43.3 + i * (-30.4 + i * 155.4)))) / 3.6
}

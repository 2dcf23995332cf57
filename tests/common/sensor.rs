//! *Motion → distance, speed, position, altitude*, as a watch measures them.

use std::f64::consts::PI;
use std::f64::consts::TAU;

use super::math;
use super::motion::Difficulty;
use super::motion::Motion;
use super::plan::Course;
use super::rng::Ou;
use super::rng::Rng;

/// Median noise of distance increments over one second, in metres (measured).
const INCREMENT_NOISE_M: f64 = 0.30;
/// Chance each second of an outlier, and its size.
const OUTLIER: (f64, f64) = (0.004, 1.5);
/// Noise shrinks to this share when standing, where receivers hold their position.
const NOISE_STANDING: f64 = 0.15;
/// Share of runs with drop-outs (measured).
const DROPOUT_SHARE: f64 = 0.25;
/// Width of the second smoothing of the device's speed, which makes its first steps as alike as
/// those of real watches.
const SECOND_WIDTH_S: usize = 3;
/// Mean radius of the earth.
const EARTH_M: f64 = 6_371_000.0;
/// Where the made-up runs take place: the open sea, no one's home.
const ORIGIN_DEG: (f64, f64) = (0.0, -30.0);

/// How altitude is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AltitudeSensor {
    /// Not at all.
    None,
    /// By pressure.
    Barometric,
    /// By satellites.
    Gps,
}

/// How the device's speed comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeedSensor {
    /// Not recorded.
    None,
    /// From satellites, smoothed and therefore late.
    Smoothed,
    /// From a foot pod.
    FootPod,
}

/// Returns the distance that the watch measures in each second.
pub fn increments(motion: &Motion, difficulty: Difficulty, indoor: bool, rng: &Rng) -> Vec<f64> {
    let rng = &mut rng.stream(30);
    let median = if indoor { 0.06 } else { INCREMENT_NOISE_M };
    let sd = rng.lognormal(median, 0.32);
    let memory = rng.range(-0.3, 0.5);
    let mut noise = 0.0;
    let mut out: Vec<f64> = Vec::with_capacity(motion.speed_m_s.len());
    for &speed in &motion.speed_m_s {
        noise = memory * noise + sd * (1.0 - memory * memory).sqrt() * rng.normal();
        let outlier = if rng.chance(OUTLIER.0) {
            OUTLIER.1 * rng.normal()
        } else {
            0.0
        };
        let gain = if speed < 0.3 { NOISE_STANDING } else { 1.0 };
        out.push((speed + gain * (noise + outlier)).max(0.0));
    }
    out[0] = 0.0;
    if difficulty == Difficulty::Hard && !indoor && rng.chance(DROPOUT_SHARE) {
        drop_out(&mut out, rng);
    }
    out
}

/// Freezes the distance for some seconds, one to three times, then catches up with a corner cut.
fn drop_out(increments: &mut [f64], rng: &mut Rng) {
    for _ in 0..rng.whole(1, 3) {
        let length = rng.whole(4, 25) as usize;
        if increments.len() < 4 * length {
            continue;
        }
        let start = rng.whole(1, (increments.len() - length - 1) as u32) as usize;
        let lost: f64 = increments[start..start + length].iter().sum();
        increments[start..start + length].fill(0.0);
        increments[start + length] += lost * rng.range(0.9, 1.0);
    }
}

/// Returns the device's speed: a trailing mean of increments, or that of a foot pod.
pub fn device_speed(motion: &Motion, sensor: SpeedSensor, indoor: bool, rng: &Rng) -> Vec<f64> {
    let rng = &mut rng.stream(30);
    let smooth = increments(motion, Difficulty::Soft, indoor, rng);
    if sensor == SpeedSensor::FootPod {
        let pod = |(index, _): (usize, &f64)| {
            let pair = &motion.speed_m_s[index.saturating_sub(1)..=index];
            pair.iter().sum::<f64>() / pair.len() as f64
        };
        let exact: Vec<f64> = motion.speed_m_s.iter().enumerate().map(pod).collect();
        let noisy =
            |speed: f64| (speed + 0.06 * rng.normal() * f64::from(u8::from(speed > 0.3))).max(0.0);
        return exact.into_iter().map(noisy).collect();
    }
    let width = if rng.chance(0.15) {
        rng.whole(20, 24)
    } else {
        rng.whole(6, 12)
    } as usize;
    let lag = rng.whole(0, 1) as usize;
    trailing_means(&trailing_means(&smooth, width, lag), SECOND_WIDTH_S, 0)
}

/// Returns the means over the last so many seconds, late by some more.
fn trailing_means(values: &[f64], width: usize, lag: usize) -> Vec<f64> {
    (0..values.len())
        .map(|index| {
            let end = index.saturating_sub(lag);
            let window = &values[(end + 1).saturating_sub(width)..=end];
            window.iter().sum::<f64>() / window.len() as f64
        })
        .collect()
}

/// Steeper down than this goes back over the same ground, on a course up and down.
const DOWN_GRADE: f64 = -0.03;

/// Returns positions in degrees along a course, so that their steps are the increments.
pub fn positions(
    increments: &[f64],
    motion: &Motion,
    course: Course,
    rng: &Rng,
) -> Vec<Option<(f64, f64)>> {
    if course == Course::Indoor {
        return vec![None; increments.len()];
    }
    let rng = &mut rng.stream(31);
    let (phase, first) = (rng.range(0.0, TAU), rng.range(0.0, TAU));
    let mut latitude = ORIGIN_DEG.0 + rng.range(-0.05, 0.05);
    let mut longitude = ORIGIN_DEG.1 + rng.range(-0.05, 0.05);
    let mut distance = 0.0;
    increments
        .iter()
        .enumerate()
        .map(|(second, &step)| {
            let back = course == Course::UpAndDown && motion.grade[second] < DOWN_GRADE;
            let step = if back { -step } else { step };
            distance += step;
            let heading = first + heading(course, distance, phase);
            latitude += (step * math::cos(heading) / EARTH_M).to_degrees();
            let circle = EARTH_M * math::cos(latitude.to_radians());
            longitude += (step * math::sin(heading) / circle).to_degrees();
            Some((latitude, longitude))
        })
        .collect()
}

/// Direction of the way after a distance, in radians.
fn heading(course: Course, distance_m: f64, phase: f64) -> f64 {
    match course {
        Course::Track => {
            const STRAIGHT_M: f64 = 84.39;
            const BEND_M: f64 = 200.0 - STRAIGHT_M;
            let (halves, rest) = ((distance_m / 200.0).floor(), distance_m % 200.0);
            PI * (halves + ((rest - STRAIGHT_M) / BEND_M).max(0.0))
        }
        Course::Loop(length_m) => {
            let turn = TAU * distance_m / length_m;
            turn + 0.6 * math::sin(5.0 * turn + phase) + 0.25 * math::sin(23.0 * turn)
        }
        Course::UpAndDown => 0.3 * math::sin(distance_m / 90.0 + phase),
        Course::Indoor => 0.0,
    }
}

/// Returns altitude in metres.
pub fn altitude(motion: &Motion, sensor: AltitudeSensor, rng: &Rng) -> Vec<Option<f64>> {
    let rng = &mut rng.stream(32);
    let mut height = rng.range(20.0, 120.0);
    let drift = rng.range(3.0, 10.0) / 3600.0 * rng.pick(&[-1.0, 1.0]);
    let mut wander = Ou::new(4.0, 60.0, rng);
    motion
        .speed_m_s
        .iter()
        .zip(&motion.grade)
        .map(|(speed, grade)| {
            height += speed * grade;
            let error = match sensor {
                AltitudeSensor::None => return None,
                AltitudeSensor::Barometric => 0.15 * rng.normal(),
                AltitudeSensor::Gps => wander.next(rng),
            };
            height += if sensor == AltitudeSensor::Barometric {
                drift
            } else {
                0.0
            };
            Some(height + error)
        })
        .collect()
}

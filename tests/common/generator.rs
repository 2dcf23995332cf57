//! *Plan, athlete, seed, options → Recording*.
//!
//! The model is calibrated to real runs: see the acceptance test in `tests/generator.rs`.

use super::athlete::Athlete;
use super::body;
use super::body::HeartRateSensor;
use super::laps;
use super::laps::Laps;
use super::motion;
use super::motion::Difficulty;
use super::motion::Motion;
use super::plan::Kind;
use super::plan::Plan;
use super::plan::Sport;
use super::recording::Recording;
use super::recording::Sample;
use super::rng::Rng;
use super::sensor;
use super::sensor::AltitudeSensor;
use super::sensor::SpeedSensor;

/// Below this speed a watch pauses by itself.
const AUTO_PAUSE_BELOW_M_S: f64 = 0.7;
/// After so many seconds.
const AUTO_PAUSE_AFTER_S: u32 = 4;
/// Longest gap of smart recording.
const SMART_GAP_S: u32 = 8;

/// Which seconds are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Each.
    All,
    /// Those in which something changes, at least one in 8 s.
    Smart,
    /// One in so many.
    Every(u32),
}

/// How distance is recorded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distance {
    /// Not at all.
    None,
    /// To the centimetre.
    Exact,
    /// Rounded to so many metres.
    Rounded(f64),
}

/// Where power is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Power {
    /// Nowhere.
    None,
    /// In the format's own field.
    Native,
    /// In a developer field, as a foot pod's application does.
    Developer,
}

/// What is recorded, and how well.
#[derive(Clone, Debug)]
pub struct Options {
    /// How hard the world makes it.
    pub difficulty: Difficulty,
    /// Traffic lights, in steady running.
    pub stops_per_hour: f64,
    /// Which seconds are kept.
    pub keep: Keep,
    /// Whether the watch pauses by itself.
    pub auto_pause: bool,
    /// How distance is recorded.
    pub distance: Distance,
    /// How speed is recorded.
    pub speed: SpeedSensor,
    /// Whether positions are recorded.
    pub position: bool,
    /// How altitude is recorded.
    pub altitude: AltitudeSensor,
    /// How heart rate is recorded.
    pub heart_rate: HeartRateSensor,
    /// Whether cadence is recorded.
    pub cadence: bool,
    /// Where power is recorded.
    pub power: Power,
    /// Where laps come from.
    pub laps: Laps,
    /// Start in seconds since 1970, UTC.
    pub start_unix_s: i64,
    /// Local time minus UTC.
    pub utc_offset_s: i32,
}

impl Default for Options {
    /// A good watch with a strap on an ordinary run: one lap, everything at 1 Hz.
    fn default() -> Self {
        Self {
            difficulty: Difficulty::Hard,
            stops_per_hour: 0.0,
            keep: Keep::All,
            auto_pause: false,
            distance: Distance::Exact,
            speed: SpeedSensor::Smoothed,
            position: true,
            altitude: AltitudeSensor::Barometric,
            heart_rate: HeartRateSensor::Chest,
            cadence: true,
            power: Power::None,
            laps: Laps::One,
            start_unix_s: 1_772_434_800, // 2026-03-02 07:00 UTC
            utc_offset_s: -7200,
        }
    }
}

/// Carries out a plan and records it.
pub fn generate(plan: &Plan, athlete: &Athlete, seed: u64, options: &Options) -> Recording {
    let rng = Rng::new(seed);
    let motion = motion::run(
        plan,
        athlete,
        options.difficulty,
        options.stops_per_hour,
        &rng,
    );
    let mut pauses_s = if options.auto_pause {
        auto_pauses(&motion)
    } else {
        Vec::new()
    };
    if plan.stops_watch {
        let rests = stopped_rests(plan, &motion);
        let is_apart = |pause: &(u32, u32)| rests.iter().all(|rest| apart(*rest, *pause));
        pauses_s.retain(is_apart);
        pauses_s.extend(&rests);
        pauses_s.sort_unstable();
    }
    let every_second = measure(plan, athlete, &motion, &pauses_s, options, &rng);
    let samples = keep(&every_second, &pauses_s, options.keep, &rng);
    let (laps, workout) = laps::cut(options.laps, plan, &motion, &samples, &rng);
    Recording {
        start_unix_s: options.start_unix_s,
        utc_offset_s: options.utc_offset_s,
        sport: plan.sport,
        session: plan.session,
        samples,
        developer_power: options.power == Power::Developer,
        pauses_s,
        laps,
        workout,
        perceived_exertion: None,
        feel: None,
        truth: motion.truth,
    }
}

/// Returns what the watch measures in each second.
fn measure(
    plan: &Plan,
    athlete: &Athlete,
    motion: &Motion,
    pauses_s: &[(u32, u32)],
    options: &Options,
    rng: &Rng,
) -> Vec<Sample> {
    let indoor = matches!(plan.sport, Sport::TreadmillRunning | Sport::Strength);
    let increments = sensor::increments(motion, options.difficulty, indoor, rng);
    let speeds = sensor::device_speed(motion, options.speed, indoor, rng);
    let positions = sensor::positions(&increments, motion, plan.course, rng);
    let altitudes = sensor::altitude(motion, options.altitude, rng);
    let beats = body::heart_rate(motion, athlete, plan.sport, options.heart_rate, rng);
    let steps = body::cadence(motion, athlete, &mut rng.clone());
    let watts = body::power(motion, athlete, rng);
    let still = plan.sport == Sport::Strength;
    let on_foot = !matches!(plan.sport, Sport::Cycling | Sport::Strength);
    let mut distance = 0.0;
    (0..increments.len())
        .map(|i| {
            let time_s = i as u32;
            let paused = pauses_s
                .iter()
                .any(|&(from, to)| from < time_s && time_s <= to);
            distance += if paused { 0.0 } else { increments[i] };
            Sample {
                time_s,
                position_deg: positions[i].filter(|_| options.position),
                distance_m: recorded(distance, options.distance).filter(|_| !still),
                speed_m_s: (options.speed != SpeedSensor::None && !still)
                    .then(|| (speeds[i] * 1000.0).round() / 1000.0),
                altitude_m: altitudes[i].filter(|_| !indoor),
                heart_rate_bpm: beats[i].map(|beat| beat as u8),
                cadence_spm: (options.cadence && on_foot).then_some(steps[i] as u16),
                power_w: (options.power != Power::None && on_foot).then_some(watts[i] as u16),
            }
        })
        .collect()
}

fn recorded(distance_m: f64, how: Distance) -> Option<f64> {
    match how {
        Distance::None => None,
        Distance::Exact => Some((distance_m * 100.0).round() / 100.0),
        Distance::Rounded(step_m) => Some((distance_m / step_m).floor() * step_m),
    }
}

/// Returns when the watch stopped and started its timer by itself.
fn auto_pauses(motion: &Motion) -> Vec<(u32, u32)> {
    let mut pauses = Vec::new();
    let (mut still, mut since) = (0u32, None);
    for (second, &speed) in motion.speed_m_s.iter().enumerate().skip(1) {
        let now = second as u32;
        still = if speed < AUTO_PAUSE_BELOW_M_S {
            still + 1
        } else {
            0
        };
        match since {
            None if still >= AUTO_PAUSE_AFTER_S && now > 10 => since = Some(now),
            Some(from) if still == 0 => {
                let back = (now + 2).min(motion.speed_m_s.len() as u32 - 1);
                pauses.push((from, back));
                since = None;
            }
            _ => {}
        }
    }
    pauses
}

/// Returns when the runner stopped the watch: in each rest, within a second or two of its edges.
fn stopped_rests(plan: &Plan, motion: &Motion) -> Vec<(u32, u32)> {
    const HAND_S: u32 = 2;
    let steps = motion.steps_s.iter();
    let rests = steps.filter(|(index, ..)| plan.steps[*index].kind == Kind::Rest);
    let stopped = rests.map(|&(_, from, to)| (from + HAND_S, to));
    stopped.filter(|(from, to)| from < to).collect()
}

fn apart(one: (u32, u32), other: (u32, u32)) -> bool {
    one.1 < other.0 || other.1 < one.0
}

/// Keeps some of the seconds; first, last and the edges of pauses always.
fn keep(samples: &[Sample], pauses_s: &[(u32, u32)], how: Keep, rng: &Rng) -> Vec<Sample> {
    let rng = &mut rng.stream(41);
    let mut kept: Vec<Sample> = Vec::new();
    let mut patience = SMART_GAP_S;
    for sample in samples {
        let time = sample.time_s;
        let inside = |&(from, to): &(u32, u32)| from < time && time < to;
        if pauses_s.iter().any(inside) {
            continue;
        }
        let edge = pauses_s
            .iter()
            .any(|&(from, to)| time == from || time == to);
        let last = kept.last().copied();
        let wanted = match (how, last) {
            (Keep::All, _) | (_, None) => true,
            (Keep::Every(seconds), _) => time % seconds == 0,
            (Keep::Smart, Some(last)) => time - last.time_s >= patience || changed(sample, &last),
        };
        if wanted || edge || time + 1 == samples.len() as u32 {
            kept.push(*sample);
            patience = rng.whole(2, SMART_GAP_S);
        }
    }
    kept
}

/// Whether smart recording finds a second worth keeping.
fn changed(now: &Sample, last: &Sample) -> bool {
    const SPEED_M_S: f64 = 0.25;
    const HEART_RATE_BPM: u8 = 3;
    let speed = now.speed_m_s.zip(last.speed_m_s);
    let heart = now.heart_rate_bpm.zip(last.heart_rate_bpm);
    speed.is_some_and(|(a, b)| (a - b).abs() > SPEED_M_S)
        || heart.is_some_and(|(a, b)| a.abs_diff(b) >= HEART_RATE_BPM)
}

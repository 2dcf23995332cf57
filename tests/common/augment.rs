//! Real runs changed a little, as other watches and other athletes might have made them: more to fit
//! on than there are labelled runs, and no reason to trust what only one watch does.

use hardeasy::channel::Channel;
use hardeasy::streams::GradeQuality;
use hardeasy::streams::SpeedSource;
use hardeasy::streams::Streams;

use super::rng::Ou;
use super::rng::Rng;

/// Time is stretched by up to this much (natural logarithm).
const STRETCH: f64 = 0.25;
/// Speed is scaled by up to this much (natural logarithm).
const SCALE: f64 = 0.12;
/// Contrasts are raised to a power between these.
const POWER: (f64, f64) = (0.7, 1.2);
/// Pace wanders by up to this much more.
const WANDER: f64 = 0.035;
/// Distance increments scatter by up to this much more, in metres per second.
const NOISE_M_S: f64 = 0.3;

/// Returns a changed copy of a run, and by how much its time was stretched.
pub fn augmented(streams: &Streams, seed: u64) -> (Streams, f64) {
    let rng = &mut Rng::new(seed).stream(90);
    let stretch = if rng.chance(0.7) {
        rng.range(-STRETCH, STRETCH).exp()
    } else {
        1.0
    };
    let mut copy = stretched(streams, stretch);
    change_speed(&mut copy, rng);
    lose_channels(&mut copy, rng);
    (copy, stretch)
}

/// Returns a run in which everything takes longer or shorter at the same speed.
fn stretched(streams: &Streams, stretch: f64) -> Streams {
    let length = (streams.len() as f64 * stretch).round() as usize;
    let from = |cell: usize| (cell as f64 + 0.5) / stretch - 0.5;
    let column = |channel: &Channel| -> Channel {
        let at = |place: f64| {
            let before = place.max(0.0).floor() as usize;
            let share = (place - before as f64).clamp(0.0, 1.0);
            match (channel.get(before), channel.get(before + 1)) {
                (Some(one), Some(next)) => Some(one + share * (next - one)),
                (Some(only), None) | (None, Some(only)) => Some(only),
                (None, None) => None,
            }
        };
        if channel.is_empty() {
            return Channel::default();
        }
        (0..length).map(|cell| at(from(cell))).collect()
    };
    let mask = |mask: &[bool]| -> Vec<bool> {
        let last = mask.len().saturating_sub(1);
        (0..length)
            .map(|cell| mask[(from(cell).round().max(0.0) as usize).min(last)])
            .collect()
    };
    Streams {
        elapsed_s: streams.elapsed_s * stretch,
        speed_m_s: column(&streams.speed_m_s),
        distance_speed_m_s: column(&streams.distance_speed_m_s),
        device_speed_m_s: column(&streams.device_speed_m_s),
        effort_speed_m_s: column(&streams.effort_speed_m_s),
        grade: column(&streams.grade),
        heart_rate_bpm: column(&streams.heart_rate_bpm),
        cadence_spm: column(&streams.cadence_spm),
        power_w: column(&streams.power_w),
        paused: mask(&streams.paused),
        gap: mask(&streams.gap),
        suspect: mask(&streams.suspect),
        ..streams.clone()
    }
}

/// Scales speed, raises or lowers its contrasts, and lets it wander and scatter.
fn change_speed(streams: &mut Streams, rng: &mut Rng) {
    let scale = rng.range(-SCALE, SCALE).exp();
    let power = if rng.chance(0.5) {
        rng.range(POWER.0, POWER.1)
    } else {
        1.0
    };
    let mut moving: Vec<f64> = streams
        .speed_m_s
        .iter()
        .flatten()
        .filter(|v| *v > 1.0)
        .collect();
    moving.sort_by(f64::total_cmp);
    let middle = moving.get(moving.len() / 2).copied().unwrap_or(2.5);
    let sd = if rng.chance(0.5) {
        rng.range(0.0, WANDER)
    } else {
        0.0
    };
    let constant_s = rng.range(15.0, 200.0);
    let mut process = Ou::new(sd, constant_s, rng);
    let wander: Vec<f64> = (0..streams.len())
        .map(|_| process.next(rng).exp())
        .collect();
    let noise = if rng.chance(0.4) {
        rng.range(0.0, NOISE_M_S)
    } else {
        0.0
    };
    let scatter: Vec<f64> = (0..streams.len()).map(|_| noise * rng.normal()).collect();
    let change = |channel: &Channel, scatters: bool| -> Channel {
        channel
            .iter()
            .enumerate()
            .map(|(cell, value)| {
                let value = value?;
                if value < 0.3 {
                    return Some(value);
                }
                let value = scale * middle * (value / middle).powf(power) * wander[cell];
                Some((value + if scatters { scatter[cell] } else { 0.0 }).max(0.0))
            })
            .collect()
    };
    streams.effort_speed_m_s = change(&streams.effort_speed_m_s, false);
    streams.device_speed_m_s = change(&streams.device_speed_m_s, false);
    streams.distance_speed_m_s = change(&streams.distance_speed_m_s, true);
    let own = streams.speed_source != SpeedSource::Device;
    streams.speed_m_s = change(&streams.speed_m_s, own);
}

/// Takes away what another watch would not have recorded.
fn lose_channels(streams: &mut Streams, rng: &mut Rng) {
    let length = streams.len();
    if rng.chance(0.3) {
        streams.heart_rate_bpm = Channel::absent(length);
    }
    if rng.chance(0.3) {
        streams.cadence_spm = Channel::absent(length);
        streams.power_w = Channel::absent(length);
    }
    if rng.chance(0.3) {
        streams.grade = Channel::absent(length);
        streams.grade_quality = GradeQuality::None;
        streams.effort_speed_m_s = streams.speed_m_s.clone();
    }
    match rng.whole(0, 7) {
        0 if streams.device_speed_m_s.has_values() => {
            streams.speed_m_s = streams.device_speed_m_s.clone();
            streams.distance_speed_m_s = Channel::absent(length);
            streams.effort_speed_m_s = streams.speed_m_s.clone();
        }
        1 if streams.distance_speed_m_s.has_values() => {
            streams.speed_m_s = streams.distance_speed_m_s.clone();
            streams.device_speed_m_s = Channel::absent(length);
            streams.effort_speed_m_s = streams.speed_m_s.clone();
        }
        _ => {}
    }
}

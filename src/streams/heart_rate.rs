//! Which heart rate may be trusted.

use crate::channel::Channel;
use crate::statistics::median;

use super::cells::runs;
use super::quality::HeartRateQuality;
use super::repair_log::Kind;
use super::repair_log::Repairs;

/// Heart rate within this of cadence may be cadence, in beats (steps) per minute.
const LOCK_WITHIN_BPM: f64 = 3.0;
/// For at least this long, in seconds.
const LEAST_LOCK_S: usize = 30;
/// And correlated with it at least so much.
const LOCK_CORRELATION: f64 = 0.8;
/// Where cadence scatters at least so much, in steps per minute: else correlation says nothing.
const LEAST_CADENCE_SD_SPM: f64 = 1.0;
/// Or entered or left by a jump of at least this, in beats per minute …
const LOCK_JUMP_BPM: f64 = 15.0;
/// … within this time, in seconds: no heart does that.
const LOCK_JUMP_WITHIN_S: usize = 10;
/// A heart rate that shows one value for at least this long is not measured, in seconds.
const LEAST_FLAT_S: usize = 180;
/// Within this time from the start an optical sensor may still be looking, in seconds.
const START_S: usize = 360;
/// What it settles to is the median of so many seconds after that.
const SETTLED_S: usize = 300;
/// At the start it is wrong when it is higher than that by so much, in beats per minute.
const START_EXCESS_BPM: f64 = 20.0;
/// And right again when it comes within this of it, in beats per minute.
const START_SETTLED_BPM: f64 = 5.0;
/// A start that is faster than the running after it by this ratio explains a high heart rate.
const START_SPEED_RATIO: f64 = 1.05;
/// A drop or spike is further than this from the median around it, in beats per minute …
const SPIKE_BPM: f64 = 20.0;
/// … which is taken over this many seconds to both sides.
const SPIKE_HALF_WINDOW_S: usize = 15;
/// Sound share of what was recorded from which heart rate is valid.
const VALID_SHARE: f64 = 0.95;
/// Sound share below which heart rate gives no verdict at all.
const PARTIAL_SHARE: f64 = 0.6;
/// Heart rate in less than this share of the cells gives no verdict at all.
const LEAST_COVERAGE: f64 = 0.3;

/// Returns heart rate where it is sound, and how sound it is on the whole; effort is the speed that it
/// would be on the flat, as a steep start is slow and hard.
pub(super) fn validate(
    heart_rate_bpm: &Channel,
    cadence_spm: &Channel,
    effort_m_s: &Channel,
    repairs: &mut Repairs,
) -> (Channel, HeartRateQuality) {
    let recorded = heart_rate_bpm.count();
    if recorded == 0 {
        return (heart_rate_bpm.clone(), HeartRateQuality::None);
    }
    let mut unsound = vec![false; heart_rate_bpm.len()];
    let mut take_out = |kind, mask: Vec<bool>| {
        repairs.note_cells(kind, &mask);
        for (cell, bad) in mask.into_iter().enumerate() {
            unsound[cell] |= bad;
        }
    };
    take_out(Kind::HeartRateSpikes, spikes(heart_rate_bpm));
    take_out(Kind::HeartRateFlat, flat(heart_rate_bpm));
    take_out(Kind::HeartRateStart, start(heart_rate_bpm, effort_m_s));
    take_out(
        Kind::HeartRateIsCadence,
        locked(heart_rate_bpm, cadence_spm),
    );
    let sound: Channel = heart_rate_bpm
        .iter()
        .zip(&unsound)
        .map(|(value, bad)| value.filter(|_| !bad))
        .collect();
    let share = sound.count() as f64 / recorded as f64;
    let coverage = sound.count() as f64 / sound.len() as f64;
    let quality = if share < PARTIAL_SHARE || coverage < LEAST_COVERAGE {
        HeartRateQuality::Invalid
    } else if share < VALID_SHARE {
        HeartRateQuality::Partial
    } else {
        HeartRateQuality::Valid
    };
    (sound, quality)
}

/// Marks where heart rate is far from its median over half a minute: drop-outs and spikes.
fn spikes(heart_rate_bpm: &Channel) -> Vec<bool> {
    let values: Vec<Option<f64>> = heart_rate_bpm.iter().collect();
    super::speed_spikes::hampel(&values, SPIKE_HALF_WINDOW_S, SPIKE_BPM).1
}

/// Marks where heart rate shows one value for minutes.
fn flat(heart_rate_bpm: &Channel) -> Vec<bool> {
    let mut mask = vec![false; heart_rate_bpm.len()];
    let mut start = 0;
    for cell in 1..=heart_rate_bpm.len() {
        let same = match (heart_rate_bpm.get(start), heart_rate_bpm.get(cell)) {
            (Some(first), Some(value)) => (first - value).abs() < f64::EPSILON,
            _ => false,
        };
        if !same {
            if cell - start >= LEAST_FLAT_S && heart_rate_bpm.get(start).is_some() {
                mask[start..cell].fill(true);
            }
            start = cell;
        }
    }
    mask
}

/// Marks the start while heart rate is far above what it settles to without running faster.
fn start(heart_rate_bpm: &Channel, effort_m_s: &Channel) -> Vec<bool> {
    let mut mask = vec![false; heart_rate_bpm.len()];
    let settled = START_S..START_S + SETTLED_S;
    let Some(usual_bpm) = median(heart_rate_bpm.present(settled.clone())) else {
        return mask;
    };
    let first = (0..START_S).find(|&cell| {
        heart_rate_bpm
            .get(cell)
            .is_some_and(|value| value > usual_bpm + START_EXCESS_BPM)
    });
    let end = first.and_then(|first| {
        (first..START_S).find(|&cell| {
            heart_rate_bpm
                .get(cell)
                .is_some_and(|value| value <= usual_bpm + START_SETTLED_BPM)
        })
    });
    let (Some(first), Some(end)) = (first, end) else {
        return mask;
    };
    // A walk before the first run is slow, and the heart rate of that run is no error.
    let is_faster = match (effort_m_s.mean(settled), effort_m_s.mean(0..end)) {
        (Some(later), Some(early)) => {
            let raised = effort_m_s.mean(first..end).unwrap_or(early);
            early.max(raised) > later * START_SPEED_RATIO
        }
        _ => true,
    };
    if !is_faster {
        mask[..end].fill(true);
    }
    mask
}

/// Marks where heart rate is the cadence: an optical sensor that took the beat of the arm.
///
/// Being near cadence is not enough, for a hard run at 172 beats and 172 steps is common: heart rate
/// must follow cadence, or jump into or out of it faster than a heart can.
fn locked(heart_rate_bpm: &Channel, cadence_spm: &Channel) -> Vec<bool> {
    let near: Vec<bool> = (0..heart_rate_bpm.len())
        .map(
            |cell| match (heart_rate_bpm.get(cell), cadence_spm.get(cell)) {
                (Some(beats), Some(steps)) => (beats - steps).abs() <= LOCK_WITHIN_BPM,
                _ => false,
            },
        )
        .collect();
    let mut mask = vec![false; near.len()];
    for (start, end) in runs(&near) {
        let is_lock = end - start >= LEAST_LOCK_S
            && (follows(heart_rate_bpm, cadence_spm, start, end)
                || jumps(heart_rate_bpm, start)
                || jumps(heart_rate_bpm, end));
        mask[start..end].fill(is_lock);
    }
    mask
}

/// Returns whether heart rate follows a cadence that moves.
fn follows(heart_rate_bpm: &Channel, cadence_spm: &Channel, start: usize, end: usize) -> bool {
    let count = (end - start) as f64;
    let (Some(mean_bpm), Some(mean_spm)) = (
        heart_rate_bpm.mean(start..end),
        cadence_spm.mean(start..end),
    ) else {
        return false;
    };
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (beats, steps) in heart_rate_bpm
        .present(start..end)
        .zip(cadence_spm.present(start..end))
    {
        let (x, y) = (beats - mean_bpm, steps - mean_spm);
        xx += x * x;
        yy += y * y;
        xy += x * y;
    }
    yy / count >= LEAST_CADENCE_SD_SPM.powi(2)
        && xx > 0.0
        && xy / (xx * yy).sqrt() > LOCK_CORRELATION
}

/// Returns whether heart rate differs across a moment by more than a heart can change.
fn jumps(heart_rate_bpm: &Channel, at: usize) -> bool {
    let before = heart_rate_bpm.get(at.saturating_sub(LOCK_JUMP_WITHIN_S / 2));
    let after = heart_rate_bpm.get(at + LOCK_JUMP_WITHIN_S / 2);
    matches!((before, after), (Some(a), Some(b)) if (a - b).abs() >= LOCK_JUMP_BPM)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(length: usize, value: impl Fn(usize) -> f64) -> Channel {
        (0..length).map(value).collect()
    }

    fn validated(
        heart_rate: &Channel,
        cadence: &Channel,
    ) -> (Channel, HeartRateQuality, Vec<String>) {
        let speed = channel(heart_rate.len(), |_| 3.0);
        let mut repairs = Repairs::default();
        let (sound, quality) = validate(heart_rate, cadence, &speed, &mut repairs);
        (
            sound,
            quality,
            repairs
                .close()
                .repairs
                .into_iter()
                .map(|repair| repair.what)
                .collect(),
        )
    }

    /// A heart rate that breathes, so that it is not flat.
    fn easy(cell: usize) -> f64 {
        140.0 + (cell / 7 % 3) as f64
    }

    #[test]
    fn a_heart_rate_that_jumps_onto_cadence_is_taken_out() {
        let heart_rate = channel(1200, |t| {
            if (600..700).contains(&t) {
                174.0 + (t / 9 % 2) as f64
            } else {
                easy(t)
            }
        });
        let cadence = channel(1200, |t| 173.0 + (t % 3) as f64);
        let (sound, quality, repairs) = validated(&heart_rate, &cadence);
        assert_eq!(sound.present(600..700).count(), 0);
        assert_eq!(sound.count(), 1100);
        assert_eq!(quality, HeartRateQuality::Partial);
        assert_eq!(repairs, ["heart rate equals cadence: taken out"]);
    }

    #[test]
    fn a_hard_run_at_172_beats_and_172_steps_stays() {
        let heart_rate = channel(1200, |t| {
            140.0 + 32.0 * (t as f64 / 300.0).min(1.0) + (t / 7 % 3) as f64
        });
        let cadence = channel(1200, |t| 172.0 + (t % 2) as f64);
        let (sound, quality, repairs) = validated(&heart_rate, &cadence);
        assert_eq!(
            (sound.count(), quality, repairs.len()),
            (1200, HeartRateQuality::Valid, 0)
        );
    }

    #[test]
    fn a_flat_line_is_taken_out() {
        let heart_rate = channel(1200, |t| if t < 200 { 90.0 } else { easy(t) });
        let (sound, _, repairs) = validated(&heart_rate, &Channel::absent(1200));
        assert_eq!(sound.present(0..200).count(), 0);
        assert_eq!(repairs, ["heart rate does not move at all: taken out"]);
    }

    #[test]
    fn a_start_far_above_what_follows_is_taken_out() {
        let heart_rate = channel(1200, |t| {
            if t < 90 {
                180.0 - (t / 5 % 4) as f64
            } else {
                easy(t)
            }
        });
        let (sound, _, repairs) = validated(&heart_rate, &Channel::absent(1200));
        assert_eq!(
            (
                sound.present(0..90).count(),
                sound.present(90..1200).count()
            ),
            (0, 1110)
        );
        assert_eq!(repairs, ["heart rate far too high at the start: taken out"]);
    }

    #[test]
    fn none_recorded_is_none() {
        let (_, quality, _) = validated(&Channel::absent(100), &Channel::absent(100));
        assert_eq!(quality, HeartRateQuality::None);
    }
}

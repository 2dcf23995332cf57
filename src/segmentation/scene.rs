//! The channels of a run as segmentation looks at them: filled, with running sums, and the few
//! facts about the whole run that candidates are compared with.

use std::ops::Range;

use crate::channel::Channel;
use crate::channel::Sums;
use crate::segmentation::noise::long_run_deviation;
use crate::segmentation::noise::quantile;
use crate::streams::Streams;

/// Slower than this is standing, in metres per second. Convention.
pub(crate) const STANDING_M_S: f64 = 0.8;
/// Slower than this is walking, in metres per second. Convention.
pub(crate) const WALKING_M_S: f64 = 1.9;
/// The length of the means whose spread is the run's own wander, in seconds.
const WANDER_BLOCK_S: usize = 30;
/// Wander is never taken to be less than this. Chosen: on a treadmill it would be zero.
const LEAST_WANDER: f64 = 0.01;
/// From the median distance to the median to a standard deviation.
const DEVIATIONS_PER_MEDIAN: f64 = 1.4826;

/// A run, prepared for segmentation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scene {
    /// Speed with nothing absent: 0 where the run is paused or not known.
    pub(crate) speed: Vec<f64>,
    /// The least delayed speed there is, for where changes of pace begin: distance increments where
    /// distance is recorded (devices smooth their own speed over many seconds), else `speed`.
    pub(crate) edge_speed: Vec<f64>,
    /// Sums of `edge_speed`.
    pub(crate) edge_sums: Sums,
    /// Sums of `speed`.
    pub(crate) speed_sums: Sums,
    /// Sums of effort speed (speed where slope is not used), nothing absent.
    pub(crate) effort_sums: Sums,
    /// Sums of seconds that are walked or stood.
    pub(crate) slow_sums: Sums,
    /// Sums of heart rate.
    pub(crate) heart_sums: Sums,
    /// Sums of cadence.
    pub(crate) cadence_sums: Sums,
    /// Sums of power.
    pub(crate) power_sums: Sums,
    /// Sums of slope.
    pub(crate) slope_sums: Sums,
    /// The long-run standard deviation of speed.
    pub(crate) noise_m_s: f64,
    /// The spread of the running, as a fraction of its speed.
    pub(crate) wander: f64,
    /// The time moving.
    pub(crate) moving_s: f64,
    /// Quantiles of the moving 30 s means: 0.1, 0.25, 0.5, 0.75, 0.9, 0.97.
    pub(crate) levels_m_s: [f64; 6],
    /// The median time between records.
    pub(crate) sampling_s: f64,
}

impl Scene {
    /// Prepares a run.
    pub(crate) fn new(streams: &Streams) -> Self {
        let speed = filled(&streams.speed_m_s, streams);
        let effort = if streams.effort_speed_m_s.has_values() {
            filled(&streams.effort_speed_m_s, streams)
        } else {
            speed.clone()
        };
        let edge_speed: Vec<f64> = speed
            .iter()
            .enumerate()
            .map(|(second, speed)| {
                let increment = streams.distance_speed_m_s.get(second);
                let increment = increment.filter(|_| !streams.paused[second]);
                increment.map_or(*speed, |increment| increment.max(0.0))
            })
            .collect();
        let below = |limit: f64| {
            Sums::from_samples(
                speed
                    .iter()
                    .map(|speed| Some(f64::from(u8::from(*speed < limit)))),
            )
        };
        let mut scene = Self {
            edge_sums: Sums::from_samples(edge_speed.iter().copied().map(Some)),
            speed_sums: Sums::from_samples(speed.iter().copied().map(Some)),
            effort_sums: Sums::from_samples(effort.iter().copied().map(Some)),
            slow_sums: below(WALKING_M_S),
            heart_sums: Sums::of(&streams.heart_rate_bpm),
            cadence_sums: Sums::of(&streams.cadence_spm),
            power_sums: Sums::of(&streams.power_w),
            slope_sums: Sums::of(&streams.grade),
            noise_m_s: long_run_deviation(&speed),
            moving_s: speed.iter().filter(|speed| **speed >= STANDING_M_S).count() as f64,
            sampling_s: streams.sampling_s,
            edge_speed,
            speed,
            ..Self::default()
        };
        scene.measure_levels();
        scene
    }

    /// Returns the number of seconds.
    pub(crate) fn len(&self) -> usize {
        self.speed.len()
    }

    /// Returns the mean speed over a range, 0 for an empty one.
    pub(crate) fn mean_speed(&self, range: Range<usize>) -> f64 {
        self.speed_sums.mean(range).unwrap_or(0.0)
    }

    /// Returns the mean effort speed over a range, 0 for an empty one.
    pub(crate) fn mean_effort(&self, range: Range<usize>) -> f64 {
        self.effort_sums.mean(range).unwrap_or(0.0)
    }

    fn measure_levels(&mut self) {
        let mut means: Vec<f64> = (0..self.len() / WANDER_BLOCK_S)
            .map(|block| self.mean_speed(block * WANDER_BLOCK_S..(block + 1) * WANDER_BLOCK_S))
            .filter(|mean| *mean >= STANDING_M_S)
            .collect();
        let level = |means: &mut Vec<f64>, share| quantile(means, share).unwrap_or(0.0);
        self.levels_m_s = [0.1, 0.25, 0.5, 0.75, 0.9, 0.97].map(|share| level(&mut means, share));
        self.wander = wander(&mut means);
    }
}

/// Returns the robust coefficient of variation of means.
pub(crate) fn wander(means: &mut [f64]) -> f64 {
    let Some(middle) = quantile(means, 0.5).filter(|middle| *middle > 0.0) else {
        return LEAST_WANDER;
    };
    let mut distances: Vec<f64> = means.iter().map(|mean| (mean - middle).abs()).collect();
    let distance = quantile(&mut distances, 0.5).unwrap_or(0.0);
    (DEVIATIONS_PER_MEDIAN * distance / middle).max(LEAST_WANDER)
}

/// Returns a speed channel without absences: pauses and unknown stretches count as standing.
pub(crate) fn filled(channel: &Channel, streams: &Streams) -> Vec<f64> {
    (0..streams.len())
        .map(|index| {
            if streams.paused[index] {
                0.0
            } else {
                channel.get(index).unwrap_or(0.0).max(0.0)
            }
        })
        .collect()
}

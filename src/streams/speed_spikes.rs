//! Spikes of speed: single values far from those around them. Positions that nobody can reach are left out in
//! `odometer`, distance that jumps in `distance_repair`.

use crate::channel::Channel;
use crate::statistics::SD_PER_MAD;

/// Half the window of the Hampel filter, in seconds. Convention.
const HAMPEL_HALF_WINDOW_S: usize = 7;
/// A value further from the median than this many robust standard deviations is a spike.
const HAMPEL_DEVIATIONS: f64 = 4.0;
/// Added to that distance, in metres per second, so that very even speeds keep their flicker.
const HAMPEL_FLOOR_M_S: f64 = 0.05;
/// In smart recording neighbouring seconds are equal, their scatter says little, and only what is
/// this far from the median is a spike, in metres per second.
const SMART_RECORDING_TOLERANCE_M_S: f64 = 1.0;
/// Records further apart than this in the median are smart recording, in seconds.
const SMART_RECORDING_STEP_S: f64 = 1.5;
/// Whole steps of a coarse counter by which a second may be off.
const COARSE_STEPS: f64 = 2.0;
/// A window with fewer values has no spikes.
const LEAST_IN_WINDOW: usize = 7;

/// Returns the least distance from the median that can be a spike, given how the recording counts.
///
/// # Units
/// Metres per second.
pub(super) fn tolerance_m_s(sampling_s: f64, step_m_s: f64) -> f64 {
    let smart = if sampling_s > SMART_RECORDING_STEP_S {
        SMART_RECORDING_TOLERANCE_M_S
    } else {
        0.0
    };
    smart.max(COARSE_STEPS * step_m_s)
}

/// Replaces spikes of speed by the median around them and marks them.
///
/// # Units
/// The tolerance is that of [`tolerance_m_s`].
pub(super) fn replace_spikes(speed_m_s: &Channel, tolerance_m_s: f64) -> (Channel, Vec<bool>) {
    let values: Vec<Option<f64>> = speed_m_s.iter().collect();
    hampel(
        &values,
        HAMPEL_HALF_WINDOW_S,
        HAMPEL_FLOOR_M_S.max(tolerance_m_s),
    )
}

/// The Hampel filter: a value further from the median of its window than 4 robust standard
/// deviations plus a floor is replaced by the median.
///
/// # References
/// Hampel (1974), Journal of the American Statistical Association 69:383.
pub(super) fn hampel(
    values: &[Option<f64>],
    half_window: usize,
    floor: f64,
) -> (Channel, Vec<bool>) {
    let mut replaced = vec![false; values.len()];
    let mut window = SortedWindow::default();
    for value in values.iter().take(half_window).flatten() {
        window.insert(*value);
    }
    let mut result = Channel::default();
    for (index, value) in values.iter().enumerate() {
        if let Some(Some(entering)) = values.get(index + half_window) {
            window.insert(*entering);
        }
        let leaving = index.checked_sub(half_window + 1).and_then(|i| values[i]);
        if let Some(leaving) = leaving {
            window.remove(leaving);
        }
        let spike = value.and_then(|value| window.median_if_spike(value, floor));
        replaced[index] = spike.is_some();
        result.push(spike.or(*value));
    }
    (result, replaced)
}

/// The values of a moving window in order of size.
#[derive(Default)]
struct SortedWindow {
    values: Vec<f64>,
}

impl SortedWindow {
    fn insert(&mut self, value: f64) {
        let at = self.values.partition_point(|other| *other < value);
        self.values.insert(at, value);
    }

    fn remove(&mut self, value: f64) {
        let at = self.values.partition_point(|other| *other < value);
        if at < self.values.len() {
            self.values.remove(at);
        }
    }

    /// Returns the median when a value is too far from it: of an even number the upper of the two in the
    /// middle, a value that was recorded, since it takes the place of the spike.
    fn median_if_spike(&self, value: f64, floor: f64) -> Option<f64> {
        if self.values.len() < LEAST_IN_WINDOW {
            return None;
        }
        let median = self.values[self.values.len() / 2];
        let distance = (value - median).abs();
        // The deviation is costly and hardly ever asked for.
        (distance > floor
            && distance > floor + HAMPEL_DEVIATIONS * SD_PER_MAD * self.deviation(median))
        .then_some(median)
    }

    /// Returns the median absolute deviation: the middle one of the distances from the median, which
    /// grow to both sides of it.
    fn deviation(&self, median: f64) -> f64 {
        let (mut low, mut high) = (0, self.values.len() - 1);
        let mut distance = 0.0;
        // Taking away the further end until the nearer half is left.
        for _ in 0..self.values.len().div_ceil(2) {
            let (below, above) = (median - self.values[low], self.values[high] - median);
            distance = f64::max(below, above);
            if below > above {
                low += 1;
            } else {
                high = high.saturating_sub(1);
            }
        }
        distance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hampel_replaces_what_is_far_from_its_window() {
        let mut values: Vec<Option<f64>> = (0..30)
            .map(|t| Some(3.0 + 0.1 * f64::from(t % 3)))
            .collect();
        values[15] = Some(6.0);
        values[20] = None;
        let (clean, replaced) = hampel(&values, 7, 0.05);
        // The window of 15 values has median 3.1 and deviation 0.1: beyond 3.1 ± 0.643 is a spike.
        assert_eq!(clean.get(15), Some(3.1));
        assert_eq!(replaced.iter().filter(|spike| **spike).count(), 1);
        assert_eq!(clean.get(20), None);
    }

    #[test]
    fn the_deviation_is_the_median_of_distances() {
        let mut window = SortedWindow::default();
        for value in [1.0, 2.0, 4.0, 7.0, 30.0] {
            window.insert(value);
        }
        // From 4: 3, 2, 0, 3, 26.
        assert!((window.deviation(4.0) - 3.0).abs() < 1e-12);
    }
}

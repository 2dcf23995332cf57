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
/// Of so many values at a time it is known how far apart they are.
///
/// # Units
/// Count. Chosen: some two or three of them cover a window.
const EXTENT: usize = 16;
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
    let mut result = Vec::with_capacity(values.len());
    let extents: Vec<(f64, f64)> = values.chunks(EXTENT).map(extent).collect();
    let mut window = SortedWindow::default();
    // The one whose window was looked at last.
    let mut last = None;
    for (index, value) in values.iter().enumerate() {
        let start = index.saturating_sub(half_window);
        let end = (index + half_window + 1).min(values.len());
        let near = &extents[start / EXTENT..end.div_ceil(EXTENT)];
        let mut spike = None;
        // Where nothing near is far off, nor is the median.
        if let Some(value) = value.filter(|value| {
            let is_far = |(low, high): &(f64, f64)| high - value > floor || value - low > floor;
            near.iter().any(is_far)
        }) {
            if last.is_some_and(|last: usize| last + 1 == index) {
                let entering = values.get(index + half_window).copied().flatten();
                let leaving = index.checked_sub(half_window + 1).and_then(|i| values[i]);
                window.move_on(leaving, entering);
            } else {
                window.fill(&values[start..end]);
            }
            last = Some(index);
            spike = window.median_if_spike(value, floor);
        }
        replaced[index] = spike.is_some();
        result.push(spike.or(*value));
    }
    (result.into_iter().collect(), replaced)
}

/// Returns the least and the greatest of some values.
fn extent(values: &[Option<f64>]) -> (f64, f64) {
    let ends = (f64::INFINITY, f64::NEG_INFINITY);
    let values = values.iter().flatten();
    values.fold(ends, |(low, high), value| {
        (low.min(*value), high.max(*value))
    })
}

/// The values of a moving window in order of size.
#[derive(Default)]
struct SortedWindow {
    values: Vec<f64>,
}

impl SortedWindow {
    fn fill(&mut self, values: &[Option<f64>]) {
        self.values.clear();
        self.values.extend(values.iter().flatten());
        self.values.sort_unstable_by(f64::total_cmp);
    }

    fn move_on(&mut self, leaving: Option<f64>, entering: Option<f64>) {
        match (leaving, entering) {
            (Some(leaving), Some(entering)) => self.replace(leaving, entering),
            (Some(leaving), None) => self.remove(leaving),
            (None, Some(entering)) => self.insert(entering),
            (None, None) => {}
        }
    }

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

    /// Puts one value in the place of another: only those between the two move.
    fn replace(&mut self, leaving: f64, entering: f64) {
        let mut at = self.values.partition_point(|other| *other < leaving);
        while let Some(next) = self
            .values
            .get(at + 1)
            .copied()
            .filter(|next| *next < entering)
        {
            self.values[at] = next;
            at += 1;
        }
        while let Some(last) = at.checked_sub(1).map(|last| self.values[last])
            && last > entering
        {
            self.values[at] = last;
            at -= 1;
        }
        self.values[at] = entering;
    }

    /// Returns the median when a value is too far from it: of an even number the upper of the two in the
    /// middle, a value that was recorded, since it takes the place of the spike.
    fn median_if_spike(&self, value: f64, floor: f64) -> Option<f64> {
        if self.values.len() < LEAST_IN_WINDOW {
            return None;
        }
        let median = self.values[self.values.len() / 2];
        let distance = (value - median).abs();
        let is_beyond =
            |deviation: f64| distance > floor + HAMPEL_DEVIATIONS * SD_PER_MAD * deviation;
        // The deviation is costly, and what it cannot be less than mostly tells enough.
        (distance > floor
            && is_beyond(self.least_deviation(median))
            && is_beyond(self.deviation(median)))
        .then_some(median)
    }

    /// Returns what the median absolute deviation cannot be less than: half of the nearer half lie to
    /// one side of the median. The window is never smaller than [`LEAST_IN_WINDOW`].
    fn least_deviation(&self, median: f64) -> f64 {
        let middle = self.values.len() / 2;
        let aside = middle.div_ceil(2);
        let below = median - self.values[middle - aside];
        let above = self.values[middle + aside] - median;
        below.min(above)
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
        assert!((window.least_deviation(4.0) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn no_deviation_is_less_than_the_least() {
        let mut window = SortedWindow::default();
        for (place, step) in [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]
            .iter()
            .cycle()
            .take(40)
            .enumerate()
        {
            let value = f64::from(step * (7 + step));
            match window.values.len() {
                15 => window.replace(window.values[place % 15], value),
                _ => window.insert(value),
            }
            assert!(window.values.is_sorted());
            if window.values.len() < LEAST_IN_WINDOW {
                continue;
            }
            let median = window.values[window.values.len() / 2];
            assert!(window.least_deviation(median) <= window.deviation(median));
        }
    }
}

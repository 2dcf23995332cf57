//! Repairs of distance and speed: jumps, dropouts, spikes.

use crate::channel::Channel;

use super::ledger::Kind;
use super::ledger::Ledger;
use super::odometer::Odometer;
use super::timeline::Timeline;
use super::timeline::floor_index;

/// Half the window of the Hampel filter, in seconds (`science.md` 1.3).
const HAMPEL_HALF_WINDOW_S: usize = 7;
/// A value further from the median than this many robust standard deviations is a spike.
const HAMPEL_DEVIATIONS: f64 = 4.0;
/// Added to that distance, in metres per second, so that very even speeds keep their flicker.
const HAMPEL_FLOOR_M_S: f64 = 0.05;
/// The standard deviation of a normal distribution over its median absolute deviation.
const SD_OVER_MAD: f64 = 1.4826;
/// In smart recording neighbouring seconds are equal, their scatter says little, and only what is
/// this far from the median is a spike, in metres per second.
const SMART_RECORDING_TOLERANCE_M_S: f64 = 1.0;
/// Records further apart than this in the median are smart recording, in seconds.
const SMART_RECORDING_STEP_S: f64 = 1.5;
/// Whole steps of a coarse counter by which a second may be off.
const COARSE_STEPS: f64 = 2.0;
/// A window with fewer values has no spikes.
const LEAST_IN_WINDOW: usize = 7;

/// An increment below this is a frozen distance, in metres per second.
const FROZEN_M_S: f64 = 0.1;
/// A distance frozen for at least this long may be a dropout, in seconds.
const LEAST_FROZEN_S: usize = 4;
/// The catch-up after a dropout takes at most this long, in seconds.
const LONGEST_CATCH_UP_S: usize = 3;
/// A catch-up is this many times faster than the running around it.
const CATCH_UP_RATIO: f64 = 2.0;
/// Seconds before a jump are slow below this multiple of the speed around it.
const SLOW_RATIO: f64 = 0.5;
/// At most so many seconds before a jump are looked at.
const LONGEST_SLOW_S: usize = 10;
/// A stretch may be bridged when its mean speed is between these multiples of the speed around it
/// (`science.md` 1.2, dropout).
const PLAUSIBLE_RATIO: std::ops::RangeInclusive<f64> = 0.5..=1.6;
/// So many seconds before and after a stretch are the running around it.
const NEIGHBOURHOOD_S: usize = 30;
/// Cells slower than this are not running, in metres per second.
const MOVING_M_S: f64 = 0.8;
/// Fewer moving cells around a stretch give no speed to compare with.
const LEAST_NEIGHBOURS: usize = 5;
/// A cell that was recorded for less than this has no increment of its own, in seconds.
const LEAST_CELL_S: f64 = 0.2;

/// Distance on the grid, while it is being repaired.
#[derive(Clone, Debug, Default)]
pub(super) struct Track {
    /// Distance at the first edge.
    first_m: f64,
    /// Distance covered in each cell.
    increments_m: Vec<f64>,
    /// How much of each cell the timer ran, at least a little.
    running_s: Vec<f64>,
    /// Cells of which nothing is known.
    unknown: Vec<bool>,
    /// Cells that were bridged or replaced.
    pub(super) suspect: Vec<bool>,
    /// Cells in which the runner stands or the timer was stopped.
    still: Vec<bool>,
}

impl Track {
    /// Puts the distance of the records on the grid: linear over the timer clock, so that nothing is
    /// covered while the timer stands.
    pub(super) fn new(odometer: &Odometer, timeline: &Timeline, still: &[bool]) -> Self {
        let cells = timeline.cells();
        let edges = edges_m(odometer, timeline);
        let known = match (odometer.times_s.first(), odometer.times_s.last()) {
            (Some(first_s), Some(last_s)) => {
                floor_index(*first_s)..floor_index(last_s.ceil()).min(cells)
            }
            _ => 0..0,
        };
        Self {
            first_m: edges.first().copied().unwrap_or(0.0),
            increments_m: edges.windows(2).map(|pair| pair[1] - pair[0]).collect(),
            running_s: (0..cells)
                .map(|cell| timeline.running_s(cell).max(LEAST_CELL_S))
                .collect(),
            unknown: (0..cells).map(|cell| !known.contains(&cell)).collect(),
            suspect: vec![false; cells],
            still: still.to_vec(),
        }
    }

    /// Bridges or leaves open the steps between distances that are longer than the sampling
    /// explains.
    pub(super) fn judge_gaps(
        &mut self,
        odometer: &Odometer,
        timeline: &Timeline,
        ledger: &mut Ledger,
    ) {
        for pair in odometer.times_s.windows(2) {
            if !timeline.is_gap(pair[0], pair[1]) {
                continue;
            }
            let gap = timeline.cells_within(pair[0], pair[1]);
            let plausible = self.is_plausible(gap.clone());
            let kind = if plausible {
                Kind::GapBridged
            } else {
                Kind::GapOpen
            };
            ledger.note(kind, pair[0], pair[1]);
            for cell in gap {
                self.suspect[cell] = true;
                self.unknown[cell] = !plausible;
            }
        }
    }

    /// Bridges dropouts: the distance stands, then catches up within a few seconds. The total is
    /// kept and spread evenly.
    pub(super) fn bridge_dropouts(&mut self, ledger: &mut Ledger) {
        let mut cell = 0;
        while cell < self.increments_m.len() {
            let frozen_end = self.frozen_from(cell);
            if frozen_end - cell >= LEAST_FROZEN_S
                && let Some(end) = self.caught_up(cell, frozen_end)
            {
                self.spread(cell, end);
                ledger.note(Kind::DropoutBridged, cell as f64, end as f64);
                cell = end;
            } else {
                cell = frozen_end.max(cell + 1);
            }
        }
    }

    /// Bridges or takes out what is faster than anyone runs.
    ///
    /// A catch-up after slow seconds is spread over them. Any other jump is false in distance too:
    /// the speed around it takes its place.
    pub(super) fn settle_jumps(&mut self, fastest_m_s: f64, ledger: &mut Ledger) {
        let too_fast: Vec<bool> = (0..self.increments_m.len())
            .map(|cell| self.increments_m[cell] > fastest_m_s * self.running_s[cell])
            .collect();
        for (start, end) in super::ledger::runs(&too_fast) {
            let around_m_s = self.speed_around(start..end).unwrap_or(0.0);
            let slow_start = self.slow_before(start, around_m_s);
            if slow_start < start && self.is_plausible(slow_start..end) {
                self.spread(slow_start, end);
                ledger.note(Kind::DropoutBridged, slow_start as f64, end as f64);
            } else {
                self.replace(start, end, around_m_s.min(fastest_m_s));
                ledger.note(Kind::DistanceJump, start as f64, end as f64);
            }
        }
    }

    /// Returns where the slow seconds before a jump begin, the jump itself when there are none.
    fn slow_before(&self, jump: usize, around_m_s: f64) -> usize {
        let (mut total_m, mut slow_start) = (0.0, jump);
        for cell in (jump.saturating_sub(LONGEST_SLOW_S)..jump).rev() {
            if self.still[cell] || self.unknown[cell] {
                break;
            }
            let speed_m_s = self.cell_speed(cell);
            total_m += speed_m_s;
            let slow_m_s = around_m_s * SLOW_RATIO;
            if speed_m_s < slow_m_s && total_m < slow_m_s * (jump - cell) as f64 {
                slow_start = cell;
            }
        }
        slow_start
    }

    /// Gives a stretch a speed.
    fn replace(&mut self, start: usize, end: usize, speed_m_s: f64) {
        for cell in start..end {
            let speed_m_s = if self.still[cell] { 0.0 } else { speed_m_s };
            self.increments_m[cell] = speed_m_s * self.running_s[cell];
            self.suspect[cell] = true;
        }
    }

    /// Returns distance at the edges of the cells, never falling.
    pub(super) fn distance_m(&self) -> Channel {
        let mut total_m = self.first_m;
        std::iter::once(total_m)
            .chain(self.increments_m.iter().map(|increment| {
                total_m += increment.max(0.0);
                total_m
            }))
            .collect()
    }

    /// Returns the cells in which the runner stands or the timer was stopped.
    pub(super) fn still(&self) -> &[bool] {
        &self.still
    }

    /// Returns the speed in each cell: absent where unknown, 0 in pauses.
    pub(super) fn speed_m_s(&self) -> Channel {
        (0..self.increments_m.len())
            .map(|cell| {
                if self.still[cell] {
                    return Some(0.0);
                }
                (!self.unknown[cell]).then(|| self.cell_speed(cell))
            })
            .collect()
    }

    fn cell_speed(&self, cell: usize) -> f64 {
        (self.increments_m[cell] / self.running_s[cell]).max(0.0)
    }

    /// Returns whether the mean speed of a stretch fits the running around it.
    fn is_plausible(&self, stretch: std::ops::Range<usize>) -> bool {
        let total_m: f64 = self.increments_m[stretch.clone()].iter().sum();
        let total_s: f64 = self.running_s[stretch.clone()].iter().sum();
        self.speed_around(stretch)
            .is_some_and(|around_m_s| PLAUSIBLE_RATIO.contains(&(total_m / total_s / around_m_s)))
    }

    /// Returns the end of the frozen stretch that starts at a cell, or the cell itself.
    fn frozen_from(&self, start: usize) -> usize {
        (start..self.increments_m.len())
            .find(|&cell| {
                self.still[cell] || self.unknown[cell] || self.increments_m[cell] > FROZEN_M_S
            })
            .unwrap_or(self.increments_m.len())
    }

    /// Returns where the catch-up after a frozen stretch ends, absent when it is none.
    fn caught_up(&self, start: usize, frozen_end: usize) -> Option<usize> {
        let around_m_s = self.speed_around(start..frozen_end + 1)?;
        let last = (frozen_end + LONGEST_CATCH_UP_S).min(self.increments_m.len());
        let end = (frozen_end..last)
            .find(|&cell| self.still[cell] || self.cell_speed(cell) < around_m_s * CATCH_UP_RATIO)
            .unwrap_or(last);
        (end > frozen_end && self.is_plausible(start..end)).then_some(end)
    }

    /// Spreads the distance of a stretch evenly over its running time.
    fn spread(&mut self, start: usize, end: usize) {
        let total_m: f64 = self.increments_m[start..end].iter().sum();
        let total_s: f64 = self.running_s[start..end].iter().sum();
        for cell in start..end {
            self.increments_m[cell] = total_m * self.running_s[cell] / total_s;
            self.suspect[cell] = true;
        }
    }

    /// Returns the median speed of the moving cells before and after a stretch.
    fn speed_around(&self, stretch: std::ops::Range<usize>) -> Option<f64> {
        let before = stretch.start.saturating_sub(NEIGHBOURHOOD_S)..stretch.start;
        let end = self.increments_m.len();
        let after = stretch.end.min(end)..(stretch.end + NEIGHBOURHOOD_S).min(end);
        let mut speeds: Vec<f64> = before
            .chain(after)
            .filter(|&cell| !self.still[cell] && !self.unknown[cell] && !self.suspect[cell])
            .map(|cell| self.cell_speed(cell))
            .filter(|speed| *speed >= MOVING_M_S)
            .collect();
        if speeds.len() < LEAST_NEIGHBOURS {
            return None;
        }
        let middle = speeds.len() / 2;
        let (_, median, _) = speeds.select_nth_unstable_by(middle, f64::total_cmp);
        Some(*median)
    }
}

/// Returns distance at each edge, by linear interpolation over the timer clock.
fn edges_m(odometer: &Odometer, timeline: &Timeline) -> Vec<f64> {
    let (times_s, distance_m) = (&odometer.times_s, &odometer.distance_m);
    let mut next = 0;
    (0..=timeline.cells())
        .map(|edge| {
            let time_s = timeline.edge_s(edge);
            while next < times_s.len() && times_s[next] < time_s {
                next += 1;
            }
            match (next.checked_sub(1), distance_m.get(next)) {
                (None, None) => 0.0,
                (None, Some(first)) => *first,
                (Some(last), None) => distance_m[last],
                (Some(before), Some(after_m)) => {
                    let share = share_of_step(timeline, times_s[before], times_s[next], time_s);
                    distance_m[before] + (after_m - distance_m[before]) * share
                }
            }
        })
        .collect()
}

/// Returns how much of a step between records is done at a time, by the timer clock; by the elapsed
/// clock when the timer stood all the while.
fn share_of_step(timeline: &Timeline, start_s: f64, end_s: f64, time_s: f64) -> f64 {
    let start_timer_s = timeline.timer_at(start_s);
    let running_s = timeline.timer_at(end_s) - start_timer_s;
    if running_s < LEAST_CELL_S {
        return (time_s - start_s) / (end_s - start_s);
    }
    ((timeline.timer_at(time_s) - start_timer_s) / running_s).clamp(0.0, 1.0)
}

/// Returns the least distance from the median that can be a spike, given how the recording counts.
///
/// # Units
/// Metres per second.
pub(super) fn tolerance_m_s(sampling_s: f64, quantum_m: f64) -> f64 {
    let smart = if sampling_s > SMART_RECORDING_STEP_S {
        SMART_RECORDING_TOLERANCE_M_S
    } else {
        0.0
    };
    smart.max(COARSE_STEPS * quantum_m)
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

    /// Returns the median when a value is too far from it.
    fn median_if_spike(&self, value: f64, floor: f64) -> Option<f64> {
        if self.values.len() < LEAST_IN_WINDOW {
            return None;
        }
        let median = self.values[self.values.len() / 2];
        let distance = (value - median).abs();
        // The deviation is costly and hardly ever asked for.
        (distance > floor
            && distance > floor + HAMPEL_DEVIATIONS * SD_OVER_MAD * self.deviation(median))
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

    /// A track at 3 m/s in which some seconds are replaced.
    fn track(length: usize, changes: &[(usize, f64)]) -> Track {
        let mut increments_m = vec![3.0; length];
        for (cell, increment) in changes {
            increments_m[*cell] = *increment;
        }
        Track {
            first_m: 0.0,
            increments_m,
            running_s: vec![1.0; length],
            unknown: vec![false; length],
            suspect: vec![false; length],
            still: vec![false; length],
        }
    }

    #[test]
    fn a_dropout_is_spread_and_its_total_kept() {
        // Nine frozen seconds, then 30 m in one: ten seconds at 3 m/s.
        let mut changes: Vec<(usize, f64)> = (40..49).map(|cell| (cell, 0.0)).collect();
        changes.push((49, 30.0));
        let mut track = track(100, &changes);
        let mut ledger = Ledger::default();
        track.bridge_dropouts(&mut ledger);
        assert!(track.increments_m.iter().all(|m| (m - 3.0).abs() < 1e-12));
        assert_eq!(track.suspect.iter().filter(|suspect| **suspect).count(), 10);
        assert_eq!(ledger.close().len(), 1);
    }

    #[test]
    fn a_stop_is_no_dropout() {
        let changes: Vec<(usize, f64)> = (40..60).map(|cell| (cell, 0.0)).collect();
        let mut track = track(100, &changes);
        let mut ledger = Ledger::default();
        track.bridge_dropouts(&mut ledger);
        assert!(!track.suspect.contains(&true) && ledger.close().is_empty());
    }

    #[test]
    fn a_catch_up_after_slow_seconds_is_spread() {
        // 0 + 4 + 0 + 13 + 13 m in five seconds is 6 m/s, twice the speed around: not plausible; with
        // 0 + 1 + 0 + 13 m in four seconds it is 3.5 m/s.
        let mut track = track(100, &[(40, 0.0), (41, 1.0), (42, 0.0), (43, 13.0)]);
        let mut ledger = Ledger::default();
        track.settle_jumps(12.0, &mut ledger);
        assert!(
            track.increments_m[40..44]
                .iter()
                .all(|m| (m - 3.5).abs() < 1e-12)
        );
        assert_eq!(ledger.close()[0].what, "GPS dropout bridged");
    }

    #[test]
    fn an_impossible_jump_is_taken_out_of_distance() {
        let mut track = track(100, &[(50, 500.0)]);
        let mut ledger = Ledger::default();
        track.settle_jumps(12.0, &mut ledger);
        assert_eq!(track.distance_m().get(100), Some(300.0));
        assert!(track.suspect[50]);
    }

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

    #[test]
    fn smart_recording_conserves_distance() {
        let odometer = Odometer {
            times_s: vec![0.0, 4.0, 9.5, 20.0],
            distance_m: vec![0.0, 12.0, 34.0, 55.0],
            ..Odometer::default()
        };
        let timeline = Timeline::new(&odometer.times_s, &[]);
        let track = Track::new(&odometer, &timeline, &timeline.still());
        let speed = track.speed_m_s();
        assert_eq!(speed.get(0), Some(3.0));
        assert_eq!(speed.get(5), Some(4.0));
        assert_eq!(speed.get(15), Some(2.0));
        assert!((speed.present(0..20).sum::<f64>() - 55.0).abs() < 1e-9);
        assert!((track.distance_m().get(20).unwrap_or(0.0) - 55.0).abs() < 1e-9);
    }
}

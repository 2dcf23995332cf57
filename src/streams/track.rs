//! Distance on the grid.

use crate::channel::Channel;
use crate::thresholds::STANDING_M_S;

use super::cells::floor_index;
use super::cells::runs;
use super::coarse;
use super::odometer::Odometer;
use super::timeline::Timeline;

/// So many seconds before and after a stretch are the running around it.
const NEIGHBOURHOOD_S: usize = 30;
/// Fewer moving cells around a stretch give no speed to compare with.
const LEAST_NEIGHBOURS: usize = 5;
/// A cell that was recorded for less than this has no increment of its own, in seconds.
const LEAST_CELL_S: f64 = 0.2;

/// Distance on the grid, while it is being repaired.
#[derive(Clone, Debug, Default)]
pub(super) struct Track {
    /// Distance at the first edge.
    pub(super) first_m: f64,
    /// Distance covered in each cell.
    pub(super) increments_m: Vec<f64>,
    /// How much of each cell the timer ran, at least a little.
    pub(super) running_s: Vec<f64>,
    /// Cells of which nothing is known.
    pub(super) unknown: Vec<bool>,
    /// Cells that were bridged or replaced.
    pub(super) suspect: Vec<bool>,
    /// Cells in which the runner stands or the timer was stopped.
    pub(super) still: Vec<bool>,
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

    pub(super) fn cell_speed(&self, cell: usize) -> f64 {
        (self.increments_m[cell] / self.running_s[cell]).max(0.0)
    }

    /// Smooths the steps of a coarse counter where the runner moves; see [`coarse::smooth_steps`].
    pub(super) fn smooth_steps(&mut self, quantum_m: f64) -> f64 {
        let cells = self.still.iter().zip(&self.unknown);
        let moves: Vec<bool> = cells.map(|(still, unknown)| !still && !unknown).collect();
        coarse::smooth_steps(&mut self.increments_m, &runs(&moves), quantum_m)
    }

    /// Returns the median speed of the moving cells before and after a stretch; of an even number the upper of
    /// the two in the middle. With the mean of both, a stand in a made-up run passed for a
    /// dropout.
    pub(super) fn speed_around(&self, stretch: std::ops::Range<usize>) -> Option<f64> {
        let before = stretch.start.saturating_sub(NEIGHBOURHOOD_S)..stretch.start;
        let end = self.increments_m.len();
        let after = stretch.end.min(end)..(stretch.end + NEIGHBOURHOOD_S).min(end);
        let mut speeds: Vec<f64> = before
            .chain(after)
            .filter(|&cell| !self.still[cell] && !self.unknown[cell] && !self.suspect[cell])
            .map(|cell| self.cell_speed(cell))
            .filter(|speed| *speed >= STANDING_M_S)
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

#[cfg(test)]
mod tests {
    use super::*;

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

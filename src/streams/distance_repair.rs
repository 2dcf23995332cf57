//! Repairs of distance: gaps, dropouts, jumps.

use super::odometer::Odometer;
use super::repair_log::Kind;
use super::repair_log::Repairs;
use super::timeline::Timeline;
use super::track::Track;

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
/// A stretch may be bridged when its mean speed is between these multiples of the speed around it.
/// Convention.
const PLAUSIBLE_RATIO: std::ops::RangeInclusive<f64> = 0.5..=1.6;

impl Track {
    /// Bridges or leaves open the steps between distances that are longer than the sampling
    /// explains.
    pub(super) fn judge_gaps(
        &mut self,
        odometer: &Odometer,
        timeline: &Timeline,
        repairs: &mut Repairs,
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
            repairs.note(kind, pair[0], pair[1]);
            for cell in gap {
                self.suspect[cell] = true;
                self.unknown[cell] = !plausible;
            }
        }
    }

    /// Bridges dropouts: the distance stands, then catches up within a few seconds. The total is
    /// kept and spread evenly.
    pub(super) fn bridge_dropouts(&mut self, repairs: &mut Repairs) {
        let mut cell = 0;
        while cell < self.increments_m.len() {
            let frozen_end = self.frozen_from(cell);
            if frozen_end - cell >= LEAST_FROZEN_S
                && let Some(end) = self.caught_up(cell, frozen_end)
            {
                self.spread(cell, end);
                repairs.note(Kind::DropoutBridged, cell as f64, end as f64);
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
    pub(super) fn settle_jumps(&mut self, fastest_m_s: f64, repairs: &mut Repairs) {
        let too_fast: Vec<bool> = (0..self.increments_m.len())
            .map(|cell| self.increments_m[cell] > fastest_m_s * self.running_s[cell])
            .collect();
        for (start, end) in super::cells::runs(&too_fast) {
            let around_m_s = self.speed_around(start..end).unwrap_or(0.0);
            let slow_start = self.slow_before(start, around_m_s);
            if slow_start < start && self.is_plausible(slow_start..end) {
                self.spread(slow_start, end);
                repairs.note(Kind::DropoutBridged, slow_start as f64, end as f64);
            } else {
                self.replace(start, end, around_m_s.min(fastest_m_s));
                repairs.note(Kind::DistanceJump, start as f64, end as f64);
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
    pub(super) fn replace(&mut self, start: usize, end: usize, speed_m_s: f64) {
        for cell in start..end {
            let speed_m_s = if self.still[cell] { 0.0 } else { speed_m_s };
            self.increments_m[cell] = speed_m_s * self.running_s[cell];
            self.suspect[cell] = true;
        }
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
        let mut repairs = Repairs::default();
        track.bridge_dropouts(&mut repairs);
        assert!(track.increments_m.iter().all(|m| (m - 3.0).abs() < 1e-12));
        assert_eq!(track.suspect.iter().filter(|suspect| **suspect).count(), 10);
        assert_eq!(repairs.close().repairs.len(), 1);
    }

    #[test]
    fn a_stop_is_no_dropout() {
        let changes: Vec<(usize, f64)> = (40..60).map(|cell| (cell, 0.0)).collect();
        let mut track = track(100, &changes);
        let mut repairs = Repairs::default();
        track.bridge_dropouts(&mut repairs);
        assert!(!track.suspect.contains(&true) && repairs.close().repairs.is_empty());
    }

    #[test]
    fn a_catch_up_after_slow_seconds_is_spread() {
        // 0 + 4 + 0 + 13 + 13 m in five seconds is 6 m/s, twice the speed around: not plausible; with
        // 0 + 1 + 0 + 13 m in four seconds it is 3.5 m/s.
        let mut track = track(100, &[(40, 0.0), (41, 1.0), (42, 0.0), (43, 13.0)]);
        let mut repairs = Repairs::default();
        track.settle_jumps(12.0, &mut repairs);
        assert!(
            track.increments_m[40..44]
                .iter()
                .all(|m| (m - 3.5).abs() < 1e-12)
        );
        assert_eq!(repairs.close().repairs[0].what, "GPS dropout bridged");
    }

    #[test]
    fn an_impossible_jump_is_taken_out_of_distance() {
        let mut track = track(100, &[(50, 500.0)]);
        let mut repairs = Repairs::default();
        track.settle_jumps(12.0, &mut repairs);
        assert_eq!(track.distance_m().get(100), Some(300.0));
        assert!(track.suspect[50]);
    }
}

//! Whether one moves, by whatever witnesses it.

use std::ops::Range;

use crate::channel::Channel;
use crate::channel::Sums;
use crate::thresholds::STANDING_M_S;

use super::cells::runs;
use super::grid::Motion;
use super::grid::Streams;

/// Slower than this, distance witnesses nothing, in metres per second.
const CREEPING_M_S: f64 = 0.2;
/// Steps of walking, in steps per minute: slow walkers take 80 and more (Tudor-Locke 2018, Br J Sports
/// Med 52:776).
const WALKING_SPM: f64 = 80.0;
/// For at least so long, in seconds: watches hold the last cadence when one stops.
const LEAST_STEPS_S: usize = 20;
/// Steps of running, in steps per minute, move one even where distance stands.
const RUNNING_SPM: f64 = 140.0;
/// For at least so long, in seconds: many hop at a red light.
const LEAST_HALL_S: usize = 60;
/// Who climbs so fast moves, in metres per second: 360 m in an hour, a slow hike.
const CLIMBING_M_S: f64 = 0.1;
/// Climbing is told over so many seconds.
const CLIMB_S: usize = 30;

impl Streams {
    /// Returns what one does in a second: as its witnesses say, by speed alone where they were not asked.
    #[must_use]
    pub fn motion(&self, cell: usize) -> Motion {
        if let Some(motion) = self.motions.get(cell) {
            return *motion;
        }
        let is_paused = self.paused.get(cell).copied().unwrap_or(false);
        match self.speed_m_s.get(cell) {
            Some(speed) if speed >= STANDING_M_S && !is_paused => Motion::Moving,
            None if !is_paused => Motion::Unknown,
            _ => Motion::Standing,
        }
    }

    /// Asks the witnesses of each second; `sparse` are the cells between records far apart, whose
    /// distance says more than the speeds at both ends.
    pub(super) fn find_motion(&mut self, sparse: &[bool]) {
        let cells = self.len();
        let by_speed: Vec<Motion> = (0..cells).map(|cell| self.by_speed(cell, sparse)).collect();
        let slow = |cell: usize| by_speed[cell] == Motion::Standing && !self.paused[cell];
        let away = self.away_cells();
        let creeps = mask(cells, |cell| slow(cell) && !away[cell] && self.creeps(cell));
        let steps = |cell: usize| self.cadence_spm.get(cell).unwrap_or(0.0);
        let walks = mask(cells, |cell| creeps[cell] && steps(cell) >= WALKING_SPM);
        let climbs = if creeps.contains(&true) {
            let climbs = climbing(&self.altitude_m, cells);
            mask(cells, |cell| creeps[cell] && climbs[cell])
        } else {
            creeps
        };
        let halls = mask(cells, |cell| {
            slow(cell) && !away[cell] && steps(cell) >= RUNNING_SPM
        });
        let unseen = mask(cells, |cell| {
            by_speed[cell] == Motion::Unknown && steps(cell) >= WALKING_SPM
        });
        self.motions = by_speed;
        for (witness, least_s) in [
            (walks, LEAST_STEPS_S),
            (climbs, LEAST_STEPS_S),
            (halls, LEAST_HALL_S),
            (unseen, 1),
        ] {
            self.set_moving(&witness, least_s);
        }
    }

    fn set_moving(&mut self, witness: &[bool], least_s: usize) {
        for (start, end) in runs(witness) {
            if end - start >= least_s {
                self.motions[start..end].fill(Motion::Moving);
            }
        }
    }

    fn creeps(&self, cell: usize) -> bool {
        self.speed_m_s
            .get(cell)
            .is_some_and(|speed| speed >= CREEPING_M_S)
    }

    fn by_speed(&self, cell: usize, sparse: &[bool]) -> Motion {
        let own = self.motion(cell);
        let by_distance = self.distance_speed_m_s.get(cell).filter(|_| sparse[cell]);
        match by_distance {
            Some(speed) if speed < STANDING_M_S && own == Motion::Moving => Motion::Standing,
            _ => own,
        }
    }
}

fn mask(cells: usize, is: impl Fn(usize) -> bool) -> Vec<bool> {
    (0..cells).map(is).collect()
}

/// Returns the seconds around which altitude climbs as a hiker does.
fn climbing(altitude_m: &Channel, cells: usize) -> Vec<bool> {
    let sums = Sums::of(altitude_m);
    let mean = |range: Range<usize>| sums.mean(range);
    (0..cells)
        .map(|cell| {
            let before = cell.saturating_sub(CLIMB_S)..cell;
            let after = cell..(cell + CLIMB_S).min(cells);
            let rise = mean(after)
                .zip(mean(before))
                .map(|(after, before)| after - before);
            rise.is_some_and(|rise_m| rise_m >= CLIMBING_M_S * CLIMB_S as f64)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two minutes of running, then three of something else.
    fn found(speed_m_s: Option<f64>, steps: Option<f64>, climb_m_s: f64) -> Motion {
        let mut speed = Channel::default();
        let (mut cadence, mut altitude) = (Channel::default(), Channel::default());
        for cell in 0..300_usize {
            let is_on = cell >= 120;
            speed.push(if is_on { speed_m_s } else { Some(3.0) });
            cadence.push(if is_on { steps } else { Some(160.0) });
            altitude.push(Some(climb_m_s * cell.saturating_sub(120) as f64));
        }
        let mut streams = Streams {
            speed_m_s: speed,
            cadence_spm: cadence,
            altitude_m: altitude,
            paused: vec![false; 300],
            ..Streams::default()
        };
        streams.find_motion(&[false; 300]);
        assert_eq!(streams.motion(60), Motion::Moving);
        streams.motion(200)
    }

    #[test]
    fn steps_climb_and_distance_witness_moving() {
        assert_eq!(found(Some(0.6), None, 0.0), Motion::Standing);
        assert_eq!(found(Some(0.6), Some(110.0), 0.0), Motion::Moving);
        assert_eq!(found(Some(0.6), None, 0.24), Motion::Moving);
        assert_eq!(found(Some(0.0), Some(176.0), 0.0), Motion::Moving);
        assert_eq!(found(Some(0.0), Some(100.0), 0.3), Motion::Standing);
        assert_eq!(found(None, Some(165.0), 0.0), Motion::Moving);
        assert_eq!(found(None, None, 0.0), Motion::Unknown);
    }

    #[test]
    fn a_sparse_recording_moves_as_its_distance_says() {
        let mut streams = Streams {
            speed_m_s: (0..60).map(|_| 0.9).collect(),
            distance_speed_m_s: (0..60).map(|_| 0.5).collect(),
            paused: vec![false; 60],
            ..Streams::default()
        };
        streams.find_motion(&[true; 60]);
        assert_eq!(streams.motion(30), Motion::Standing);
    }
}

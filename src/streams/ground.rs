//! Where altitude cannot be the ground's.
//!
//! Pressure drifts with the weather, the wind and sweat in the hole of the sensor, and satellites know
//! height worst of all. Such a rise is no climb: it is too fast for anyone, the effort would beat the
//! world, neither speed nor heart answers to it, or the same place lies somewhere else an hour later.

use std::collections::BTreeMap;

use crate::channel::Channel;
use crate::channel::Sums;
use crate::human::fastest_climb_m_s;
use crate::human::record_speed_m_s;
use crate::statistics::median_of;
use crate::thresholds::EARTH_RADIUS_M;
use crate::thresholds::STANDING_M_S;

use super::cells::runs;
use super::slope::grade_factor;

/// The durations over which climbs and efforts are compared with the best of the world, in seconds.
const WINDOWS_S: [usize; 6] = [10, 30, 60, 150, 600, 3600];
/// A slope that costs so much must be answered, as a ratio of speeds: about 7 %.
const COSTLY: f64 = 1.3;
/// For at least so long, in seconds: shorter hills are over before the heart knows.
const LEAST_COSTLY_S: usize = 60;
/// A runner who is no slower than this uphill has not felt the hill.
///
/// # Units
/// Ratio to the usual speed. Chosen: easy runners lose a tenth of it on 3 %.
const NOT_SLOWER: f64 = 0.93;
/// So much, or more, rises a heart on a hill that is not walked, in beats per minute.
const HEART_RISE_BPM: f64 = 4.0;
/// The minute before a hill, in seconds.
const BEFORE_S: usize = 60;
/// Heart rate of a hill is that of its last seconds.
const LAST_S: usize = 20;
/// Slope is fitted so far around a place that a fault spoils the seconds before and after it too.
const AROUND_S: usize = 25;
/// Places are the same within about so many metres.
const PLACE_M: f64 = 15.0;
/// The length of a degree of latitude, in metres.
const DEGREE_M: f64 = EARTH_RADIUS_M.to_radians();
/// Every so many seconds a place is noted.
const NOTED_S: usize = 5;
/// Coming back sooner is standing about, in seconds.
const LEAST_AWAY_S: usize = 300;
/// So many places seen twice tell something.
const LEAST_PLACES: usize = 20;
/// Where the same places differ by more than this in the middle, what was climbed is not known, in
/// metres. Measured: an hour of weather moves sound pressure sensors by up to 11.
const SAME_PLACE_M: f64 = 20.0;
/// And by more than this, slope is not known either, in metres. Chosen: less, over the time between
/// two visits, is hardly a slope.
const OTHER_PLACE_M: f64 = 50.0;
/// So does one that is a smaller share of the run. Chosen: what is climbed is added up between faults.
///
/// # Units
/// Ratio.
const FAULT_SHARE: f64 = 0.05;
/// A fault that is shorter than this leaves the climb of the rest standing, in seconds.
const SHORT_FAULT_S: usize = 120;

/// What altitude and slope are judged by, on the grid.
pub(super) struct Ground<'a> {
    pub(super) altitude_m: &'a Channel,
    pub(super) grade: &'a Channel,
    pub(super) speed_m_s: &'a Channel,
    pub(super) heart_rate_bpm: &'a Channel,
    pub(super) latitude_deg: &'a Channel,
    pub(super) longitude_deg: &'a Channel,
}

impl Ground<'_> {
    /// Returns the cells whose slope is not that of the ground, and whether what was climbed is not
    /// known.
    pub(super) fn unsound(&self) -> (Vec<bool>, bool) {
        let cells = self.speed_m_s.len();
        let apart_m = self.places_apart_m().unwrap_or(0.0);
        if apart_m > OTHER_PLACE_M {
            return (vec![true; cells], true);
        }
        let mut mask = vec![false; cells];
        self.mark_impossible(&mut mask);
        self.mark_unanswered(&mut mask);
        for (start, end) in runs(&mask) {
            let around = start.saturating_sub(AROUND_S)..(end + AROUND_S).min(cells);
            mask[around].fill(true);
        }
        let unsound = mask.iter().filter(|bad| **bad).count();
        let is_much = unsound >= SHORT_FAULT_S && unsound as f64 >= FAULT_SHARE * cells as f64;
        (mask, apart_m > SAME_PLACE_M || is_much)
    }

    /// Returns what speed would be on the flat.
    fn effort_m_s(&self, cell: usize) -> f64 {
        let factor = self.grade.get(cell).map_or(1.0, grade_factor);
        self.speed_m_s.get(cell).unwrap_or(0.0) * factor
    }

    /// Marks climbs and efforts that nobody has done; speed that is too fast by itself is none of the
    /// ground's.
    fn mark_impossible(&self, mask: &mut [bool]) {
        let cells = mask.len();
        let efforts: Vec<f64> = (0..cells).map(|cell| self.effort_m_s(cell)).collect();
        let greatest_m_s = efforts.iter().copied().fold(0.0, f64::max);
        let effort = Sums::of_all(efforts.into_iter());
        let speed = Sums::of(self.speed_m_s);
        let altitude_m = |cell| self.altitude_m.get(cell).unwrap_or(f64::NAN);
        let altitude_m: Vec<f64> = (0..cells).map(altitude_m).collect();
        for window in WINDOWS_S {
            let length_s = window as f64;
            let most_m = record_speed_m_s(length_s) * length_s;
            let highest_m = fastest_climb_m_s(length_s) * length_s;
            let may_be_too_hard = greatest_m_s * length_s > most_m;
            let mut marked = 0;
            for start in 0..(cells + 1).saturating_sub(window) {
                let end = start + window;
                let is_too_hard = may_be_too_hard
                    && effort.sum(start..end) > most_m
                    && speed.sum(start..end) <= most_m;
                // Where it is not known, a rise is no number.
                if is_too_hard || altitude_m[end - 1] - altitude_m[start] > highest_m {
                    mask[start.max(marked)..end].fill(true);
                    marked = end;
                }
            }
        }
    }

    /// Marks costly slopes to which neither speed nor heart rate answers.
    fn mark_unanswered(&self, mask: &mut [bool]) {
        let costly: Vec<bool> = (0..mask.len())
            .map(|cell| {
                let climb = self.grade.get(cell).filter(|grade| *grade > 0.0);
                climb.map_or(1.0, grade_factor) >= COSTLY
            })
            .collect();
        let Some(usual_m_s) = self.usual_m_s(&costly) else {
            return;
        };
        for (start, end) in runs(&costly) {
            let is_slower = self
                .speed_m_s
                .mean(start..end)
                .is_none_or(|speed| speed < NOT_SLOWER * usual_m_s);
            let rise = self.heart_rise_bpm(start, end);
            let is_unmoved = rise.is_some_and(|rise_bpm| rise_bpm < HEART_RISE_BPM);
            if end - start >= LEAST_COSTLY_S && !is_slower && is_unmoved {
                mask[start..end].fill(true);
            }
        }
    }

    /// Returns the median speed of the moving off such slopes.
    fn usual_m_s(&self, costly: &[bool]) -> Option<f64> {
        let off = costly.iter().zip(self.speed_m_s.iter());
        let mut speeds: Vec<f64> = off
            .filter_map(|(costly, speed)| speed.filter(|v| !costly && *v >= STANDING_M_S))
            .collect();
        median_of(&mut speeds)
    }

    fn heart_rise_bpm(&self, start: usize, end: usize) -> Option<f64> {
        let before = start.saturating_sub(BEFORE_S)..start;
        let last = end.saturating_sub(LAST_S)..end;
        Some(self.heart_rate_bpm.mean(last)? - self.heart_rate_bpm.mean(before)?)
    }

    /// Returns by how much the places that were passed twice differ in altitude, in the middle.
    fn places_apart_m(&self) -> Option<f64> {
        let mut seen: BTreeMap<(i64, i64), (usize, f64)> = BTreeMap::new();
        let mut apart_m = Vec::new();
        for cell in (0..self.altitude_m.len()).step_by(NOTED_S) {
            let (Some(place), Some(altitude_m)) = (self.place(cell), self.altitude_m.get(cell))
            else {
                continue;
            };
            let (first, first_m) = *seen.entry(place).or_insert((cell, altitude_m));
            if cell - first >= LEAST_AWAY_S {
                apart_m.push((altitude_m - first_m).abs());
            }
        }
        median_of(&mut apart_m).filter(|_| apart_m.len() >= LEAST_PLACES)
    }

    /// Returns the square of the earth in which a cell lies.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a position on earth in squares of 15 m"
    )]
    fn place(&self, cell: usize) -> Option<(i64, i64)> {
        let (latitude, longitude) = (self.latitude_deg.get(cell)?, self.longitude_deg.get(cell)?);
        let squares = |degrees: f64| (degrees * DEGREE_M / PLACE_M).round() as i64;
        let narrowed = longitude * latitude.to_radians().cos();
        Some((squares(latitude), squares(narrowed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(length: usize, value: impl Fn(usize) -> f64) -> Channel {
        (0..length).map(value).collect()
    }

    /// An hour at 3 m/s with one slope from second 1000 on, and what answers to it.
    fn unsound_s(slope: f64, seconds: usize, speed_m_s: f64, beats: f64) -> usize {
        let on = |cell: usize| (1000..1000 + seconds).contains(&cell);
        let speed = channel(3600, |cell| if on(cell) { speed_m_s } else { 3.0 });
        let climbed = |cell: usize| cell.clamp(1000, 1000 + seconds) - 1000;
        let none = Channel::absent(3600);
        let ground = Ground {
            altitude_m: &channel(3600, |cell| slope * speed_m_s * climbed(cell) as f64),
            grade: &channel(3600, |cell| if on(cell) { slope } else { 0.0 }),
            speed_m_s: &speed,
            heart_rate_bpm: &channel(3600, |cell| 140.0 + if on(cell) { beats } else { 0.0 }),
            latitude_deg: &none,
            longitude_deg: &none,
        };
        ground.unsound().0.iter().filter(|bad| **bad).count()
    }

    #[test]
    fn a_rise_that_nobody_climbs_is_no_hill() {
        // 1.1 m/s for 150 s, whatever the heart says: that, and the longest window around it.
        let found = unsound_s(0.37, 150, 3.0, 20.0);
        assert!((150..=330).contains(&found), "{found} s");
        // 16 m in 6 s.
        assert!(unsound_s(0.9, 6, 3.0, 0.0) > 0);
    }

    #[test]
    fn a_hill_must_be_answered_by_speed_or_heart() {
        assert!(unsound_s(0.12, 150, 3.0, 0.0) >= 150);
        assert_eq!(unsound_s(0.12, 150, 3.0, 15.0), 0);
        assert_eq!(unsound_s(0.12, 150, 2.2, 0.0), 0);
        assert_eq!(unsound_s(0.04, 600, 3.0, 0.0), 0);
    }

    #[test]
    fn the_same_places_lie_at_the_same_altitude() {
        let there_and_back = |cell: usize| cell.min(3600 - cell) as f64;
        let latitude = channel(3600, |cell| 48.0 + there_and_back(cell) * 3.0 / DEGREE_M);
        let longitude = channel(3600, |_| 8.0);
        let (flat, speed) = (channel(3600, |_| 0.0), channel(3600, |_| 3.0));
        let unsound = |altitude_m: &Channel| {
            let ground = Ground {
                altitude_m,
                grade: &flat,
                speed_m_s: &speed,
                heart_rate_bpm: &Channel::absent(3600),
                latitude_deg: &latitude,
                longitude_deg: &longitude,
            };
            let (mask, is_unknown) = ground.unsound();
            (mask.contains(&true), is_unknown)
        };
        assert_eq!(
            unsound(&channel(3600, |cell| 0.05 * cell as f64)),
            (true, true)
        );
        assert_eq!(
            unsound(&channel(3600, |cell| 0.02 * cell as f64)),
            (false, true)
        );
        let ground = channel(3600, |cell| 0.1 * there_and_back(cell));
        assert_eq!(unsound(&ground), (false, false));
    }
}

//! How far the runner had come at each record.

use crate::channel::Channel;
use crate::ingest::Activity;
use crate::ingest::great_circle_m;
use crate::statistics::median;
use crate::thresholds::STANDING_M_S;

use super::coarse;
use super::fastest::FASTEST_M_S;
use super::grid::RefusedDistance;
use super::quality::SpeedSource;
use super::repair_log::Kind;
use super::repair_log::Repairs;
use super::steps;
use super::timeline::Timeline;

/// The least share of records with a distance for the recorded distance to be used.
const LEAST_SHARE: f64 = 0.5;
/// A recorded distance in total below this says nothing when positions are there, in metres.
const LEAST_DISTANCE_M: f64 = 10.0;
/// Falls of distance up to this are rounding and not worth telling, in metres.
const ROUNDING_FALL_M: f64 = 1.0;
/// Falls of distance beyond this are a counter that was set back, in metres.
const LARGE_FALL_M: f64 = 50.0;
/// A counter is off by a factor within this at most: judgement, a foot pod set for another runner.
const PLAUSIBLE_SCALES: std::ops::RangeInclusive<f64> = 0.3..=3.0;

/// Distance at the records that know it, never falling.
#[derive(Clone, Debug, Default)]
pub(super) struct Odometer {
    /// What it comes from.
    pub(super) source: SpeedSource,
    /// Times of the elapsed clock, strictly increasing.
    pub(super) times_s: Vec<f64>,
    /// Distance at these times.
    pub(super) distance_m: Vec<f64>,
    /// The step in which the distance is counted, 0 when it is fine.
    pub(super) quantum_m: f64,
}

impl Odometer {
    /// Returns the best distance that the records allow: recorded, else from positions, else the
    /// integral of the device's speed.
    pub(super) fn new(
        activity: &Activity,
        used: usize,
        timeline: &Timeline,
        fastest_m_s: f64,
        repairs: &mut Repairs,
    ) -> Self {
        let records = &activity.records;
        let times_s = &records.time_s[..used];
        let positions = records
            .latitude_deg
            .count()
            .min(records.longitude_deg.count());
        let span_m = records.distance_m.max(0..used).unwrap_or(0.0);
        let recorded = records.distance_m.count() as f64 >= LEAST_SHARE * used as f64
            && (span_m >= LEAST_DISTANCE_M || positions == 0);
        if recorded && records.distance_m.has_values() {
            return Self::recorded(times_s, &records.distance_m, repairs);
        }
        if positions > 1 {
            let latitude = &records.latitude_deg;
            let longitude = &records.longitude_deg;
            return Self::positions(times_s, latitude, longitude, timeline, fastest_m_s, repairs);
        }
        Self::integrated(times_s, &records.speed_m_s, timeline)
    }

    /// Scales all distances so that they add up to a true one, but for metres that nobody ran, and
    /// returns the scale.
    ///
    /// # Errors
    /// What was measured, where the true distance is beyond any error of a counter.
    pub(super) fn scale_to(
        &mut self,
        true_m: f64,
        away_m: f64,
        repairs: &mut Repairs,
    ) -> Result<f64, RefusedDistance> {
        let (Some(first_m), Some(last_m)) = (self.distance_m.first(), self.distance_m.last())
        else {
            return Ok(1.0);
        };
        let measured_m = last_m - first_m - away_m;
        let scale = true_m / measured_m;
        if !PLAUSIBLE_SCALES.contains(&scale) {
            return Err(RefusedDistance {
                measured_m,
                least_m: PLAUSIBLE_SCALES.start() * measured_m,
                most_m: PLAUSIBLE_SCALES.end() * measured_m,
            });
        }
        let (start_s, end_s) = (self.times_s[0], self.times_s[self.times_s.len() - 1]);
        repairs.note(Kind::DistanceScaled, start_s, end_s);
        self.distance_m
            .iter_mut()
            .for_each(|metres| *metres *= scale);
        self.quantum_m *= scale;
        Ok(scale)
    }

    /// Returns the distance between two records, absent where one has none.
    pub(super) fn between_m(&self, start_s: f64, end_s: f64) -> Option<f64> {
        let at = |time_s: f64| {
            let index = self.times_s.partition_point(|known| *known < time_s);
            let known = self.times_s.get(index)?;
            (known.total_cmp(&time_s).is_eq()).then(|| self.distance_m[index])
        };
        Some(at(end_s)? - at(start_s)?)
    }

    /// Returns the median speed between records while moving.
    pub(super) fn usual_speed_m_s(&self) -> Option<f64> {
        let steps = self.times_s.windows(2).zip(self.distance_m.windows(2));
        let speeds = steps
            .map(|(times, distances)| (distances[1] - distances[0]) / (times[1] - times[0]))
            .filter(|speed| *speed >= STANDING_M_S);
        median(speeds)
    }

    /// Takes falls out of the recorded distance: it stands until a small fall is made good, and goes
    /// on from where it was after a large one, which is a counter set back.
    fn recorded(times_s: &[f64], column: &Channel, repairs: &mut Repairs) -> Self {
        let mut odometer = Self {
            source: SpeedSource::Distance,
            ..Self::default()
        };
        let (mut total_m, mut offset_m, mut last_s) = (0.0, 0.0, 0.0);
        for (time_s, value) in times_s.iter().zip(column.iter()) {
            let Some(value) = value else { continue };
            let fall_m = total_m - (value + offset_m);
            if fall_m > ROUNDING_FALL_M {
                repairs.note(Kind::DistanceFell, last_s, *time_s);
            }
            if fall_m > LARGE_FALL_M {
                offset_m += fall_m;
            }
            total_m = f64::max(total_m, value + offset_m);
            last_s = *time_s;
            odometer.times_s.push(*time_s);
            odometer.distance_m.push(total_m);
        }
        steps::spread(&odometer.times_s, &mut odometer.distance_m, repairs);
        odometer.quantum_m = coarse::quantum_m(&odometer.distance_m);
        odometer
    }

    /// Adds up the steps between positions; steps across a pause count nothing, and a position that
    /// nobody can have reached is left out.
    fn positions(
        times_s: &[f64],
        latitude_deg: &Channel,
        longitude_deg: &Channel,
        timeline: &Timeline,
        fastest_m_s: f64,
        repairs: &mut Repairs,
    ) -> Self {
        let mut odometer = Self {
            source: SpeedSource::Position,
            ..Self::default()
        };
        let mut last: Option<(f64, (f64, f64))> = None;
        let mut total_m = 0.0;
        // A first position that is itself wrong must not throw out all others.
        let mut left_out = 0;
        let mut rides = false;
        let goes_on = |index| rides_on(times_s, (latitude_deg, longitude_deg), index, fastest_m_s);
        for (index, time_s) in times_s.iter().enumerate() {
            let (Some(latitude), Some(longitude)) =
                (latitude_deg.get(index), longitude_deg.get(index))
            else {
                continue;
            };
            let here = (latitude, longitude);
            if let Some((last_s, there)) = last {
                let step_m = great_circle_m(there, here);
                let running_s = timeline.timer_at(*time_s) - timeline.timer_at(last_s);
                let is_across_pause = running_s < (time_s - last_s) / 2.0;
                let is_fast = step_m > fastest_m_s * (time_s - last_s);
                let may_ride = step_m <= FASTEST_M_S * (time_s - last_s);
                rides = is_fast && may_ride && (rides || goes_on(index));
                let is_too_far = is_fast && !rides;
                if is_too_far && !is_across_pause && left_out < MOST_LEFT_OUT {
                    repairs.note(Kind::PositionSpikes, times_s[index - 1], *time_s);
                    left_out += 1;
                    continue;
                }
                if !is_across_pause && !is_too_far {
                    total_m += step_m;
                }
            }
            left_out = 0;
            last = Some((*time_s, here));
            odometer.times_s.push(*time_s);
            odometer.distance_m.push(total_m);
        }
        odometer
    }

    /// Integrates the device's speed over the timer clock, each record standing for the time up to
    /// it.
    fn integrated(times_s: &[f64], speed_m_s: &Channel, timeline: &Timeline) -> Self {
        let mut odometer = Self::default();
        let mut last: Option<(f64, f64)> = None;
        let mut total_m = 0.0;
        for (time_s, speed) in times_s.iter().zip(speed_m_s.iter()) {
            let Some(speed) = speed else { continue };
            if let Some((last_s, last_speed)) = last {
                let running_s = timeline.timer_at(*time_s) - timeline.timer_at(last_s);
                total_m += running_s * f64::midpoint(last_speed, speed).max(0.0);
            }
            last = Some((*time_s, speed));
            odometer.source = SpeedSource::Device;
            odometer.times_s.push(*time_s);
            odometer.distance_m.push(total_m);
        }
        odometer
    }
}

/// What goes on so fast for so long is a ride, which is told as such, and no jump of the position, in
/// seconds. Chosen: jumps come back.
const LEAST_RIDE_S: f64 = 30.0;

/// Returns whether positions from a record on move faster than on foot, step by step and on the whole.
fn rides_on(
    times_s: &[f64],
    (latitude_deg, longitude_deg): (&Channel, &Channel),
    from: usize,
    fastest_m_s: f64,
) -> bool {
    let at = |index| Some((latitude_deg.get(index)?, longitude_deg.get(index)?));
    let known = (from..times_s.len()).filter_map(|index| Some((times_s[index], at(index)?)));
    let mut known = known.peekable();
    let Some(first) = known.peek().copied() else {
        return false;
    };
    let mut last = first;
    for here in known {
        let step_m = great_circle_m(last.1, here.1);
        if step_m > FASTEST_M_S * (here.0 - last.0) {
            return false;
        }
        last = here;
        let since_s = here.0 - first.0;
        if since_s >= LEAST_RIDE_S {
            return great_circle_m(first.1, here.1) > fastest_m_s * since_s;
        }
    }
    false
}

/// So many positions in a row may be left out before the next one is believed.
const MOST_LEFT_OUT: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(values: &[f64]) -> (Vec<f64>, usize) {
        let times_s: Vec<f64> = (0..values.len()).map(|second| second as f64).collect();
        let mut repairs = Repairs::default();
        let column = values.iter().copied().collect();
        let odometer = Odometer::recorded(&times_s, &column, &mut repairs);
        (odometer.distance_m, repairs.close().repairs.len())
    }

    #[test]
    fn a_small_fall_is_waited_out_and_a_reset_is_carried_on() {
        assert_eq!(
            recorded(&[0.0, 100.0, 97.0, 99.0, 101.0]),
            (vec![0.0, 100.0, 100.0, 100.0, 101.0], 1)
        );
        assert_eq!(
            recorded(&[0.0, 100.0, 0.0, 3.0, 6.0]),
            (vec![0.0, 100.0, 100.0, 103.0, 106.0], 1)
        );
        assert_eq!(
            recorded(&[0.0, 3.0, 2.9, 6.0]),
            (vec![0.0, 3.0, 3.0, 6.0], 0)
        );
    }

    #[test]
    fn a_drive_is_no_row_of_wrong_positions() {
        // Half a minute at 3 m/s, a minute at 15 m/s.
        let metres = (0..91).map(|second: i32| f64::from(3 * second + 12 * (second - 30).max(0)));
        let latitude = metres.map(|north| 50.0 + north / 111_195.0).collect();
        let longitude = std::iter::repeat_n(8.0, 91).collect();
        let times_s: Vec<f64> = (0..91).map(f64::from).collect();
        let timeline = Timeline::new(&times_s, &[]);
        let mut repairs = Repairs::default();
        let odometer = Odometer::positions(
            &times_s,
            &latitude,
            &longitude,
            &timeline,
            12.0,
            &mut repairs,
        );
        assert!((odometer.distance_m[90] - 990.0).abs() < 1.0);
        assert!(repairs.close().repairs.is_empty());
    }

    #[test]
    fn a_position_far_off_is_left_out() {
        // One second is 3 m north; the fourth position is a kilometre away.
        let step_deg = 3.0 / 111_195.0;
        let mut latitude: Vec<f64> = (0..10)
            .map(|second| 50.0 + f64::from(second) * step_deg)
            .collect();
        latitude[3] += 0.01;
        let times_s: Vec<f64> = (0..10).map(f64::from).collect();
        let timeline = Timeline::new(&times_s, &[]);
        let mut repairs = Repairs::default();
        let latitude = latitude.into_iter().collect();
        let longitude = std::iter::repeat_n(8.0, 10).collect();
        let odometer = Odometer::positions(
            &times_s,
            &latitude,
            &longitude,
            &timeline,
            12.0,
            &mut repairs,
        );
        assert_eq!(odometer.times_s.len(), 9);
        assert!((odometer.distance_m[8] - 27.0).abs() < 0.01);
        assert_eq!(repairs.close().repairs.len(), 1);
    }
}

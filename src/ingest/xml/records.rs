//! *Trace → records*
//!
//! Sorts the points by time, merges those of one moment, takes stale ones out, and finds the
//! pauses between the parts.

mod odd;
mod order;
mod pauses;
mod steps;

pub(in crate::ingest) use odd::warnings;

use crate::channel::Channel;
use crate::ingest::Pause;
use crate::ingest::Records;
use crate::ingest::Sport;
use crate::ingest::Warning;
use crate::ingest::xml::clock_jumps;
use crate::ingest::xml::points::Break;
use crate::ingest::xml::points::Point;
use crate::ingest::xml::points::Quantity;
use crate::ingest::xml::points::Trace;
use crate::ingest::xml::speed;
use crate::ingest::xml::time::seconds;

/// What was recorded in one go.
#[derive(Clone, Debug, Default)]
pub(in crate::ingest) struct Recording {
    /// The first stamp, in microseconds since 1970 in UTC.
    pub(in crate::ingest) start_us: i64,
    /// The samples.
    pub(in crate::ingest) records: Records,
    /// When the timer was stopped.
    pub(in crate::ingest) pauses: Vec<Pause>,
}

impl Recording {
    /// Returns a moment on the clock of this recording.
    ///
    /// # Units
    /// Seconds since the first record, from microseconds since 1970.
    pub(in crate::ingest) fn clock_s(&self, time_us: i64) -> f64 {
        seconds(time_us.saturating_sub(self.start_us))
    }
}

/// Turns points into recordings in order of time, one in nearly all cases, and says what was odd.
///
/// Cadence becomes steps: if its median, without zeros, is too low for steps of this sport, the
/// file counts strides. Sports that are not known count as running here, since for other sports
/// nobody asks.
pub(in crate::ingest) fn recordings(
    mut trace: Trace,
    sport: Sport,
) -> (Vec<Recording>, Vec<Warning>) {
    let mut warnings = Vec::new();
    warnings.extend(order::without_strays(&mut trace.points));
    warnings.extend(clock_jumps::on_one_clock(&mut trace.points));
    warnings.extend(order::without_repeated_positions(&mut trace.points));
    warnings.extend(order::sort(&mut trace.points));
    let points = order::merge(&trace, &mut warnings);
    let clusters = order::without_stale(order::split(&points), &mut warnings);
    let mut recordings: Vec<Recording> = clusters
        .into_iter()
        .map(|points| recording(points, &trace.parts, sport))
        .collect();
    for recording in &mut recordings {
        warnings.extend(speed::in_metres_per_second(&mut recording.records));
    }
    (recordings, warnings)
}

fn recording(points: &[Point], parts: &[Break], sport: Sport) -> Recording {
    let start_us = points.first().map_or(0, |point| point.time_us);
    let times = points.iter().map(|point| seconds(point.time_us - start_us));
    let records = Records {
        time_s: times.collect(),
        latitude_deg: channel(points, Quantity::Latitude),
        longitude_deg: channel(points, Quantity::Longitude),
        distance_m: channel(points, Quantity::Distance),
        speed_m_s: channel(points, Quantity::Speed),
        altitude_m: channel(points, Quantity::Altitude),
        heart_rate_bpm: channel(points, Quantity::HeartRate),
        cadence_spm: steps::steps(channel(points, Quantity::Cadence), sport),
        power_w: channel(points, Quantity::Power),
        temperature_c: channel(points, Quantity::Temperature),
        further: Vec::new(),
    };
    let pauses = pauses::pauses(points, &records.time_s, parts);
    Recording {
        start_us,
        records,
        pauses,
    }
}

/// Returns one column, empty when the quantity was never recorded.
fn channel(points: &[Point], quantity: Quantity) -> Channel {
    let values = || points.iter().map(|point| point.get(quantity));
    if values().all(|value| value.is_none()) {
        return Channel::default();
    }
    values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Builds a trace of parts, each a list of seconds with a heart rate of 100 + the second.
    fn trace(parts: &[(Break, &[f64])]) -> Trace {
        let mut trace = Trace::default();
        for (reason, times) in parts {
            trace.start_part(*reason);
            for time in *times {
                trace.start_point();
                let (hours, rest) = ((time / 3600.0).floor(), time % 3600.0);
                let (days, hours) = ((hours / 24.0).floor(), hours % 24.0);
                let day = 10.0 + days;
                let (minutes, seconds) = ((rest / 60.0).floor(), rest % 60.0);
                trace.set_time(&format!(
                    "2026-05-{day:02}T{hours:02}:{minutes:02}:{seconds:06.3}Z"
                ));
                trace.set(
                    Quantity::HeartRate,
                    &format!("{}", 100.0 + time.abs().min(50.0)),
                );
                trace.end_point();
            }
        }
        trace
    }

    fn codes(warnings: &[Warning]) -> Vec<&str> {
        warnings
            .iter()
            .map(|warning| warning.code.as_str())
            .collect()
    }

    #[test]
    fn points_at_older_times_give_no_position() {
        let mut trace = Trace::default();
        let mut add = |second: u32, metres: u32| {
            trace.start_point();
            trace.set_time(&format!(
                "2026-05-01T06:{:02}:{:02}Z",
                second / 60,
                second % 60
            ));
            trace.set(Quantity::Latitude, &format!("50.{metres:06}"));
            trace.set(Quantity::Longitude, "8.5");
            trace.set(Quantity::HeartRate, "140");
            trace.end_point();
        };
        for second in (0..300).step_by(3) {
            add(second + 3, second + 3);
            add(second + 1, second + 3);
            add(second + 2, second + 3);
        }
        let (found, warnings) = recordings(trace, Sport::Running);
        let records = &found[0].records;
        assert_eq!((records.len(), records.heart_rate_bpm.count()), (300, 300));
        assert_eq!(records.latitude_deg.count(), 100);
        assert!(codes(&warnings).contains(&"W-xml-positions-repeated"));
    }

    #[test]
    fn a_clock_that_jumps_while_the_run_goes_on_keeps_one_run() {
        let run = |day: &dyn Fn(u32) -> u32, break_at: u32| {
            let mut trace = Trace::default();
            for second in 0..300_u32 {
                if second == break_at {
                    trace.start_part(Break::Segment);
                }
                trace.start_point();
                let (minute, second_of) = (second / 60, second % 60);
                let day = day(second);
                trace.set_time(&format!("2026-05-{day:02}T06:{minute:02}:{second_of:02}Z"));
                trace.set(Quantity::Latitude, &format!("50.{:06}", 30 * second));
                trace.set(Quantity::Longitude, "8.5");
                trace.end_point();
            }
            recordings(trace, Sport::Running)
        };
        let late = |second: u32| if second < 90 { 1 } else { 21 };
        let (found, warnings) = run(&late, 999);
        assert_eq!((found.len(), found[0].records.len()), (1, 300));
        assert_eq!(found[0].records.time_s.last(), Some(&299.0));
        assert_eq!(codes(&warnings), ["W-xml-clock-jump"]);
        // A new segment on another day is another run from the same door.
        assert_eq!(run(&late, 90).0.len(), 2);
    }

    #[test]
    fn points_that_are_an_hour_late_are_left_out() {
        let late: Vec<f64> = [7_000.0, 7_001.0]
            .into_iter()
            .chain((2..100).map(f64::from))
            .collect();
        let (found, warnings) = recordings(trace(&[(Break::Segment, &late)]), Sport::Running);
        assert_eq!(found[0].records.len(), 98);
        assert_eq!(codes(&warnings), ["W-xml-stray"]);
    }

    #[test]
    fn a_hole_at_a_new_segment_is_a_pause_and_elsewhere_not() {
        let (found, warnings) = recordings(
            trace(&[
                (Break::Segment, &[0.0, 1.0, 2.0, 30.0]),
                (Break::Segment, &[40.0, 41.0]),
                (Break::Lap, &[45.0, 46.0, 47.0]),
                (Break::Lap, &[60.0]),
                (Break::Segment, &[61.0]),
            ]),
            Sport::Running,
        );
        assert_eq!(found.len(), 1);
        let pauses: Vec<_> = found[0]
            .pauses
            .iter()
            .map(|p| (p.start_s, p.end_s))
            .collect();
        assert_eq!(pauses, [(30.0, 40.0), (47.0, 60.0)]);
        assert!(warnings.is_empty());
    }

    #[test]
    fn stamps_that_repeat_or_go_back_are_put_in_order() {
        let (found, warnings) = recordings(
            trace(&[(Break::Segment, &[0.0, 2.0, 1.0, 2.001, 3.0])]),
            Sport::Running,
        );
        assert_eq!(found[0].records.time_s, [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(found[0].records.heart_rate_bpm.get(2), Some(102.0));
        assert_eq!(
            codes(&warnings),
            ["W-xml-times-back", "W-xml-times-repeated"]
        );
    }

    #[test]
    fn a_repeated_point_at_a_lap_is_normal() {
        let laps: [(Break, &[f64]); 2] = [(Break::Lap, &[0.0, 1.0]), (Break::Lap, &[1.0, 2.0])];
        let (found, warnings) = recordings(trace(&laps), Sport::Running);
        assert_eq!(found[0].records.len(), 3);
        assert!(warnings.is_empty());
    }

    #[test]
    fn days_apart_are_separate_recordings_unless_few_points_are_stale() {
        let late: Vec<f64> = (0..30)
            .map(|second| 200_000.0 + f64::from(second))
            .collect();
        let (found, _) = recordings(
            trace(&[(Break::Segment, &[0.0, 1.0]), (Break::Segment, &late)]),
            Sport::Running,
        );
        assert_eq!(found.len(), 2);
        let late: Vec<f64> = (0..300)
            .map(|second| 200_000.0 + f64::from(second))
            .collect();
        let (found, warnings) = recordings(
            trace(&[
                (Break::Segment, &[0.0, 1.0, 2.0, 3.0]),
                (Break::Segment, &late),
            ]),
            Sport::Running,
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].records.len(), 300);
        assert_eq!(codes(&warnings), ["W-xml-stale"]);
    }
}

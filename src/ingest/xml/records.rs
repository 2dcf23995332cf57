//! *Trace → records*
//!
//! Sorts the points by time, merges those of one moment, takes stale ones out, and finds the
//! pauses between the parts.

use crate::channel::Channel;
use crate::ingest::Pause;
use crate::ingest::Records;
use crate::ingest::Sport;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::strays;
use crate::ingest::xml::jumps;
use crate::ingest::xml::points::Break;
use crate::ingest::xml::points::Counts;
use crate::ingest::xml::points::Point;
use crate::ingest::xml::points::Quantity;
use crate::ingest::xml::points::Trace;
use crate::ingest::xml::speed;
use crate::ingest::xml::time::Zone;
use crate::units::plural;

/// Points nearer than this, in microseconds, are one point: some exporters repeat a point a
/// millisecond later. No exporter writes 20 points a second.
const MERGE_WITHIN_US: i64 = 50_000;
/// A hole in the stamps beyond this, in microseconds, separates two recordings: 24 h.
const SPLIT_GAP_US: i64 = 86_400_000_000;
/// Most points that a clock writes before it is set; a smaller cluster beside a larger one is stale.
const STALE_POINTS: usize = 60;
/// A stale cluster is at most this share of all points: 1 in 20.
const STALE_SHARE: usize = 20;
/// Shortest hole, in seconds, that counts as a pause where the file begins a new segment.
const SEGMENT_PAUSE_S: f64 = 2.0;
/// Shortest hole, in seconds, that counts as a pause where the file begins a new lap.
const LAP_PAUSE_S: f64 = 5.0;
/// A pause is at least this many times the usual distance of two points, at a new segment.
const SEGMENT_PAUSE_INTERVALS: f64 = 1.5;
/// The same at a new lap, where watches that record in uneven steps leave longer holes.
const LAP_PAUSE_INTERVALS: f64 = 3.0;
/// Median running cadence below which numbers are strides, in 1/min: nobody runs at 120 steps.
const RUNNING_STRIDES_BELOW: f64 = 120.0;
/// The same for walking, in 1/min.
const WALKING_STRIDES_BELOW: f64 = 75.0;
/// Microseconds in a second.
const US_PER_S: f64 = 1e6;
/// The same, for whole microseconds.
const US_IN_S: i64 = 1_000_000;

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
    warnings.extend(without_strays(&mut trace.points));
    warnings.extend(jumps::on_one_clock(&mut trace.points));
    warnings.extend(without_repeated_positions(&mut trace.points));
    warnings.extend(sort(&mut trace.points));
    let points = merge(&trace, &mut warnings);
    let clusters = without_stale(split(&points), &mut warnings);
    let mut recordings: Vec<Recording> = clusters
        .into_iter()
        .map(|points| recording(points, &trace.parts, sport))
        .collect();
    for recording in &mut recordings {
        warnings.extend(speed::in_metres_per_second(&mut recording.records));
    }
    (recordings, warnings)
}

/// Leaves out a few points far from all others in time.
fn without_strays(points: &mut Vec<Point>) -> Option<Warning> {
    let times: Vec<i64> = points.iter().map(|point| point.time_us).collect();
    let count = points.len();
    let mut keep = strays::kept(&times, US_IN_S).into_iter();
    points.retain(|_| keep.next().unwrap_or(true));
    let left_out = count - points.len();
    (left_out > 0).then(|| {
        let text = format!(
            "{} left out: far from all others in time",
            plural(left_out, "point")
        );
        Warning::new(WarningCode::XmlStray, text)
    })
}

/// Leaves out the positions of points that go back in time and stand just where the newest point so
/// far does: they carry a sensor's value, and the position is that of the moment of writing.
fn without_repeated_positions(points: &mut [Point]) -> Option<Warning> {
    let (mut repeated, mut newest) = (0_usize, 0);
    for index in 1..points.len() {
        if points[index].time_us >= points[newest].time_us {
            newest = index;
        } else if points[index].stands_at(&points[newest]) {
            points[index].clear_place();
            repeated += 1;
        }
    }
    (repeated > 0).then(|| {
        let text = format!(
            "{} at older times repeat the newest position; only their other values were used",
            plural(repeated, "point")
        );
        Warning::new(WarningCode::XmlPositionsRepeated, text)
    })
}

/// Sorts by time, keeping the order of equal stamps.
fn sort(points: &mut [Point]) -> Option<Warning> {
    let mut latest = i64::MIN;
    let mut back = 0_usize;
    let mut furthest_us = 0;
    for point in points.iter() {
        if point.time_us < latest {
            back += 1;
            furthest_us = furthest_us.max(latest.saturating_sub(point.time_us));
        }
        latest = latest.max(point.time_us);
    }
    points.sort_by_key(|point| point.time_us);
    (back > 0).then(|| {
        let furthest_s = seconds(furthest_us);
        Warning::new(
            WarningCode::XmlTimesBack,
            format!(
                "time goes back {}, by up to {furthest_s:.0} s; the points were sorted by time",
                plural(back, "time")
            ),
        )
    })
}

/// Merges points of one moment. At the border of two laps the repeated point is normal.
fn merge(trace: &Trace, warnings: &mut Vec<Warning>) -> Vec<Point> {
    let mut merged: Vec<Point> = Vec::with_capacity(trace.points.len());
    let mut repeated = 0_usize;
    for point in &trace.points {
        match merged.last_mut() {
            Some(last) if point.time_us - last.time_us < MERGE_WITHIN_US => {
                repeated += usize::from(last.part == point.part);
                last.fill(point);
            }
            _ => merged.push(*point),
        }
    }
    if repeated > 0 {
        warnings.push(Warning::new(
            WarningCode::XmlTimesRepeated,
            format!(
                "{} merged with the point before: the same stamp",
                plural(repeated, "point")
            ),
        ));
    }
    merged
}

fn split(points: &[Point]) -> Vec<&[Point]> {
    points
        .chunk_by(|before, after| after.time_us.saturating_sub(before.time_us) <= SPLIT_GAP_US)
        .collect()
}

/// Leaves out small clusters of points that lie a day or more beside a large one: the clock was
/// wrong until the first fix.
fn without_stale<'a>(clusters: Vec<&'a [Point]>, warnings: &mut Vec<Warning>) -> Vec<&'a [Point]> {
    let total: usize = clusters.iter().map(|cluster| cluster.len()).sum();
    let is_stale =
        |cluster: &[Point]| cluster.len() <= STALE_POINTS && cluster.len() * STALE_SHARE <= total;
    let (stale, kept): (Vec<_>, Vec<_>) = clusters.into_iter().partition(|c| is_stale(c));
    let dropped: usize = stale.iter().map(|cluster| cluster.len()).sum();
    if dropped > 0 {
        warnings.push(Warning::new(
            WarningCode::XmlStale,
            format!(
                "{} dropped, a day or more away from all others",
                plural(dropped, "point")
            ),
        ));
    }
    kept
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
        cadence_spm: steps(channel(points, Quantity::Cadence), sport),
        power_w: channel(points, Quantity::Power),
        temperature_c: channel(points, Quantity::Temperature),
        further: Vec::new(),
    };
    let pauses = pauses(points, &records.time_s, parts);
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

/// Turns strides into steps where the numbers can only be strides.
fn steps(cadence: Channel, sport: Sport) -> Channel {
    let limit = match sport {
        Sport::Running | Sport::Unknown => RUNNING_STRIDES_BELOW,
        Sport::Walking => WALKING_STRIDES_BELOW,
        Sport::Cycling | Sport::Swimming | Sport::Strength | Sport::Other => return cadence,
    };
    let mut turning: Vec<f64> = cadence
        .iter()
        .flatten()
        .filter(|value| *value > 0.0)
        .collect();
    turning.sort_by(f64::total_cmp);
    match turning.get(turning.len() / 2) {
        Some(median) if *median < limit => cadence.map(|strides| 2.0 * strides),
        _ => cadence,
    }
}

fn pauses(points: &[Point], time_s: &[f64], parts: &[Break]) -> Vec<Pause> {
    if points.windows(2).all(|pair| pair[0].part == pair[1].part) {
        return Vec::new();
    }
    let usual_s = usual_interval_s(points, time_s);
    points
        .windows(2)
        .zip(time_s.windows(2))
        .filter(|(points, time_s)| {
            let shortest = shortest_pause_s(parts, points[0].part, points[1].part, usual_s);
            shortest.is_some_and(|shortest| time_s[1] - time_s[0] > shortest)
        })
        .map(|(_, time_s)| Pause {
            start_s: time_s[0],
            end_s: time_s[1],
        })
        .collect()
}

/// Returns how long a hole between points of two parts must be to be a pause; absent within a part.
fn shortest_pause_s(parts: &[Break], before: u32, after: u32, usual_s: f64) -> Option<f64> {
    if before == after {
        return None;
    }
    // Part numbers count from 1: what precedes the first break is part 0. Stamps may go back, so
    // that either of the two can be the later part.
    let first = usize::try_from(before.min(after)).ok()?;
    let last = usize::try_from(before.max(after)).ok()?;
    let between = parts.get(first..last)?;
    Some(if between.contains(&Break::Segment) {
        SEGMENT_PAUSE_S.max(SEGMENT_PAUSE_INTERVALS * usual_s)
    } else {
        LAP_PAUSE_S.max(LAP_PAUSE_INTERVALS * usual_s)
    })
}

/// Returns the median distance, in seconds, of two records of the same part.
fn usual_interval_s(points: &[Point], time_s: &[f64]) -> f64 {
    let mut intervals: Vec<f64> = points
        .windows(2)
        .zip(time_s.windows(2))
        .filter(|(points, _)| points[0].part == points[1].part)
        .map(|(_, time_s)| time_s[1] - time_s[0])
        .collect();
    intervals.sort_by(f64::total_cmp);
    intervals
        .get(intervals.len() / 2)
        .copied()
        .unwrap_or_default()
}

/// Says what was odd about the points.
pub(in crate::ingest) fn warnings(
    counts: &Counts,
    zone: Option<Zone>,
    has_heart_rate: bool,
) -> Vec<Warning> {
    let Counts {
        untimed,
        bad_times,
        bad_positions,
        dropped,
        bad_values,
        ..
    } = *counts;
    let mut warnings = Vec::new();
    let mut warn = |is_so: bool, code: WarningCode, text: String| {
        if is_so {
            warnings.push(Warning::new(code, text));
        }
    };
    warn(
        untimed > 0,
        WarningCode::XmlNoTime,
        format!("{} without a time dropped", plural(untimed, "point")),
    );
    warn(
        bad_times > 0,
        WarningCode::XmlBadTime,
        format!(
            "{} treated as missing: no date that exists",
            plural(bad_times, "time")
        ),
    );
    warn(
        bad_positions > 0,
        WarningCode::XmlBadPosition,
        bad_positions_text(bad_positions, dropped),
    );
    warn(
        bad_values > 0,
        WarningCode::XmlBadValue,
        format!(
            "{} treated as missing: no number, or impossible",
            plural(bad_values, "value")
        ),
    );
    warn(
        !has_heart_rate && counts.heart_rates_unknown > 0,
        WarningCode::XmlNoHeartRate,
        format!(
            "heart rate treated as missing: 0 or 255 wherever there is one ({})",
            plural(counts.heart_rates_unknown, "point")
        ),
    );
    warn(
        zone == Some(Zone::Missing),
        WarningCode::XmlNoZone,
        "the times name no time zone; taken for UTC".to_owned(),
    );
    warnings
}

fn bad_positions_text(bad: usize, dropped: usize) -> String {
    let text = format!("{} treated as missing", plural(bad, "impossible position"));
    match dropped {
        0 => text,
        _ => format!(
            "{text}; {} with nothing else dropped",
            plural(dropped, "point")
        ),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 microseconds are 285 years: more than any recording"
)]
fn seconds(microseconds: i64) -> f64 {
    microseconds as f64 / US_PER_S
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

    #[test]
    fn strides_become_steps() {
        let cadence = |values: &[f64]| values.iter().copied().collect::<Channel>();
        assert_eq!(
            steps(cadence(&[0.0, 85.0, 88.0]), Sport::Running),
            cadence(&[0.0, 170.0, 176.0])
        );
        assert_eq!(
            steps(cadence(&[0.0, 172.0, 174.0]), Sport::Running),
            cadence(&[0.0, 172.0, 174.0])
        );
        assert_eq!(
            steps(cadence(&[104.0, 108.0]), Sport::Walking),
            cadence(&[104.0, 108.0])
        );
        assert_eq!(
            steps(cadence(&[85.0, 88.0]), Sport::Cycling),
            cadence(&[85.0, 88.0])
        );
    }
}

//! What, when, how long, how far.

use chrono::DateTime;
use chrono::FixedOffset;
use chrono::NaiveDate;
use chrono::Offset;
use chrono::TimeZone;
use chrono::Utc;

use crate::channel::Channel;
use crate::ingest::Activity;
use crate::ingest::Sport;
use crate::ingest::SportFrom;
use crate::segmentation::Segment;
use crate::streams::SpeedSource;
use crate::streams::Streams;
use crate::summary::DayFrom;
use crate::summary::Origin;
use crate::summary::RunHead;
use crate::summary::cells::Cells;
use crate::summary::cells::number;
use crate::summary::local_time;

/// No place on earth has a greater offset from UTC.
///
/// # Units
/// Seconds.
const GREATEST_OFFSET_S: i32 = 14 * 3600;
/// A rise counts as climbing once it exceeds this, so that the noise of the altitude does not.
///
/// # Units
/// Metres; about three times the noise of a smoothed pressure altitude.
const ASCENT_HYSTERESIS_M: f64 = 2.0;

/// Returns the head of a summary.
pub(super) fn head(
    activity: &Activity,
    cells: &Cells<'_>,
    sport: Sport,
    moving_s: f64,
    origin: Origin,
) -> RunHead {
    let streams = cells.streams;
    let (utc_offset_s, day_from) = offset(activity, origin.time_zone);
    let elapsed_s = elapsed(activity, streams);
    RunHead {
        athlete: origin.athlete,
        source: origin.source,
        start_time: activity.start,
        utc_offset_s,
        day: activity
            .start
            .map(|start| local_day(start, utc_offset_s.unwrap_or(0))),
        day_from,
        sport,
        sport_from: match activity.sport {
            Sport::Unknown => SportFrom::Guess,
            _ => activity.sport_from,
        },
        sub_sport: activity.sub_sport.clone(),
        name: activity.name.clone(),
        remarks: activity.remarks.clone().into(),
        elapsed_s,
        timer_s: timer(activity, streams),
        not_running_s: not_running(cells),
        moving_s,
        distance_m: distance(activity, streams),
        ascent_m: ascent(activity, streams),
        watch: None,
        changes: origin.changes.into(),
    }
}

/// Returns local time minus UTC and where it comes from: the file, the user's time zone, the
/// position, UTC.
fn offset(activity: &Activity, time_zone: Option<chrono_tz::Tz>) -> (Option<i32>, DayFrom) {
    let in_file = activity
        .utc_offset_s
        .filter(|offset| offset.abs() <= GREATEST_OFFSET_S);
    if let Some(offset) = in_file {
        return (Some(offset), DayFrom::File);
    }
    if let (Some(zone), Some(start)) = (time_zone, activity.start) {
        let offset = zone.offset_from_utc_datetime(&start.naive_utc()).fix();
        return (Some(offset.local_minus_utc()), DayFrom::Timezone);
    }
    let by_position = activity
        .start
        .and_then(|start| local_time::offset_s(activity, start));
    match by_position {
        Some(offset) => (Some(offset), DayFrom::Position),
        None => (None, DayFrom::Utc),
    }
}

fn local_day(start: DateTime<Utc>, utc_offset_s: i32) -> NaiveDate {
    match FixedOffset::east_opt(utc_offset_s) {
        Some(offset) => start.with_timezone(&offset).date_naive(),
        None => start.date_naive(),
    }
}

/// Returns the elapsed time: of the records, or of the device's totals when there are none.
fn elapsed(activity: &Activity, streams: &Streams) -> f64 {
    if streams.elapsed_s > 0.0 {
        streams.elapsed_s
    } else {
        let totals = &activity.totals;
        totals.elapsed_s.or(totals.timer_s).unwrap_or(0.0)
    }
}

/// Returns the time with the timer running.
pub(super) fn timer(activity: &Activity, streams: &Streams) -> f64 {
    let elapsed_s = elapsed(activity, streams);
    if streams.is_empty() {
        return activity.totals.timer_s.unwrap_or(elapsed_s);
    }
    let paused = number(streams.paused.iter().filter(|paused| **paused).count());
    (elapsed_s - paused).max(0.0)
}

/// Returns the time with the timer running that was cut away; absent without any.
fn not_running(cells: &Cells<'_>) -> Option<f64> {
    let timed = cells.away.iter().zip(&cells.streams.paused);
    let away = timed.filter(|(away, paused)| **away && !**paused).count();
    (away > 0).then(|| number(away))
}

/// Returns the moving time: that of the segments, so that they add up to it; of the cells when
/// there are no segments; the timer's when nothing tells moving from standing.
pub(super) fn moving(cells: &Cells<'_>, segments: &[Segment], timer_s: f64) -> f64 {
    if cells.streams.speed_source == SpeedSource::None {
        timer_s
    } else if segments.is_empty() {
        cells.moving_s().min(timer_s)
    } else {
        segments.iter().map(|segment| segment.moving_s).sum()
    }
}

fn distance(activity: &Activity, streams: &Streams) -> Option<f64> {
    streams
        .distance_between_m(0, streams.len())
        .filter(|distance| *distance > 0.0)
        .or(activity.totals.distance_m)
}

/// Returns the metres climbed, where altitude is sound; the device's own total when there are no
/// records.
fn ascent(activity: &Activity, streams: &Streams) -> Option<f64> {
    if streams.is_empty() {
        return activity.totals.ascent_m;
    }
    let is_sound = streams.grade_quality.is_used() && !streams.altitude_drifts;
    is_sound.then(|| climbed(&streams.altitude_m))
}

/// Adds up the climbs between faults of the altitude.
fn climbed(altitude_m: &Channel) -> f64 {
    let altitudes: Vec<Option<f64>> = altitude_m.iter().collect();
    let stretches = altitudes.split(Option::is_none);
    stretches
        .map(|stretch| {
            let known: Vec<f64> = stretch.iter().flatten().copied().collect();
            rises(&known)
                .iter()
                .fold(0.0, |sum, rise| sum + rise.metres)
        })
        .sum()
}

/// Returns the metres climbed in each cell, so that their sum is what the run climbed.
///
/// # Units
/// Metres; 0 where nobody climbs, or where it is less than the altitude wanders by itself.
#[must_use]
pub fn climb_by_cell(altitude_m: &Channel) -> Vec<f64> {
    let mut climbed = vec![0.0; altitude_m.len()];
    let mut start = 0;
    let altitudes: Vec<Option<f64>> = altitude_m.iter().collect();
    for stretch in altitudes.split(Option::is_none) {
        let known: Vec<f64> = stretch.iter().flatten().copied().collect();
        for rise in rises(&known) {
            let steps = known[rise.low..=rise.high].windows(2);
            let up: Vec<f64> = steps.map(|pair| (pair[1] - pair[0]).max(0.0)).collect();
            // Small falls on the way up are no climb that comes on top.
            let scale = rise.metres / up.iter().sum::<f64>();
            for (step, metres) in up.iter().enumerate() {
                climbed[start + rise.low + step + 1] += metres * scale;
            }
        }
        start += stretch.len() + 1;
    }
    climbed
}

/// A rise from its lowest to its highest place.
struct Rise {
    low: usize,
    high: usize,
    metres: f64,
}

/// Returns the rises that exceed the hysteresis.
fn rises(altitudes: &[f64]) -> Vec<Rise> {
    let mut found = Vec::new();
    let mut close = |low: usize, high: usize| {
        let metres = altitudes[high] - altitudes[low];
        if metres >= ASCENT_HYSTERESIS_M {
            found.push(Rise { low, high, metres });
        }
    };
    let (mut low, mut high) = (0, 0);
    for (place, altitude) in altitudes.iter().enumerate() {
        if *altitude > altitudes[high] {
            high = place;
        }
        if *altitude < altitudes[high] - ASCENT_HYSTERESIS_M {
            // A fall: the rise before it is complete.
            close(low, high);
            (low, high) = (place, place);
        } else if *altitude < altitudes[low] {
            (low, high) = (place, place);
        }
    }
    if !altitudes.is_empty() {
        close(low, high);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<DateTime<Utc>> {
        text.parse().ok()
    }

    #[test]
    fn the_local_day_comes_from_the_file_then_the_zone_then_the_position() {
        let mut activity = Activity {
            start: at("2026-05-01T23:30:00Z"),
            utc_offset_s: Some(7200),
            ..Activity::default()
        };
        assert_eq!(offset(&activity, None), (Some(7200), DayFrom::File));
        activity.utc_offset_s = None;
        let zone = Some(chrono_tz::Europe::Berlin);
        assert_eq!(offset(&activity, zone), (Some(7200), DayFrom::Timezone));
        activity.records.latitude_deg = [37.8].into_iter().collect();
        activity.records.longitude_deg = [-122.4].into_iter().collect();
        assert_eq!(
            offset(&activity, None),
            (Some(-7 * 3600), DayFrom::Position)
        );
        activity.records.longitude_deg = Channel::default();
        assert_eq!(offset(&activity, None), (None, DayFrom::Utc));
    }

    #[test]
    fn a_late_evening_run_belongs_to_the_next_day_further_east() {
        let start = at("2026-05-01T23:30:00Z").expect("a sound literal");
        let day = |offset| local_day(start, offset).to_string();
        assert_eq!(day(0), "2026-05-01");
        assert_eq!(day(7200), "2026-05-02");
    }

    #[test]
    fn climbing_counts_rises_beyond_the_hysteresis() {
        // Up 10, down 5, up 3, then a ripple of 1 that does not count: 13 m.
        let altitude: Channel = [100.0, 104.0, 110.0, 105.0, 108.0, 107.0, 108.0]
            .into_iter()
            .collect();
        assert!((climbed(&altitude) - 13.0).abs() < 1e-9);
        let by_cell = climb_by_cell(&altitude);
        assert!((by_cell.iter().sum::<f64>() - 13.0).abs() < 1e-9);
        assert!((by_cell[..3].iter().sum::<f64>() - 10.0).abs() < 1e-9);
        let ripple: Channel = [100.0, 101.0, 100.0, 101.0].into_iter().collect();
        assert!(climbed(&ripple).abs() < 1e-9);
    }
}

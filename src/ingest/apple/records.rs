//! *samples and route → records*: one row for each second at which anything was recorded.

use super::curve::Curve;
use super::curve::best_source;
use super::route::Point;
use super::samples::Kind;
use super::samples::Sample;
use super::samples::Samples;
use super::workout::Workout;
use crate::channel::Channel;
use crate::ingest::Records;
use crate::ingest::Series;

/// A value over a longer interval says nothing of a moment in it.
///
/// # Units
/// Seconds. Chosen: as long as the coarsest that tells of a run at all.
const LONGEST_INTERVAL_S: i64 = 60;
/// Steps are counted over at least this long: over two seconds a step more or less is 30 a minute.
///
/// # Units
/// Seconds. Chosen.
const CADENCE_OVER_S: f64 = 10.0;
/// Nobody takes more steps in a minute; the limit of other formats.
const MOST_STEPS_PER_MIN: f64 = 400.0;
/// Distance whose intervals are longer in the mean tells less than positions do.
///
/// # Units
/// Seconds. Chosen.
const FINE_DISTANCE_S: f64 = 20.0;

/// What was recorded in the time of a workout.
pub(super) struct Recorded {
    /// The second of the first row, since 1970 in UTC.
    pub(super) start_s: i64,
    pub(super) records: Records,
    /// The distance as it was counted, from the start of the workout.
    pub(super) distance: Curve,
    /// Perceived exertion.
    pub(super) effort: Option<f64>,
}

/// Joins the records in the time of a workout with its route.
pub(super) fn of(workout: &Workout, samples: &Samples, route: &[Point]) -> Recorded {
    let own = |kind| chosen(workout, samples, kind);
    let time = (workout.start_s, workout.end_s);
    let counted = own(Kind::Distance);
    let is_fine = is_fine(&counted);
    let distance = Curve::of(&counted, time);
    let steps = Curve::of(&own(Kind::Steps), time);
    let told = [
        Kind::HeartRate,
        Kind::Speed,
        Kind::Power,
        Kind::StepLength,
        Kind::VerticalOscillation,
        Kind::GroundContact,
    ]
    .map(|kind| momentary(workout, &own(kind)));
    let of_distance = distance.times_s().filter(|_| is_fine || route.is_empty());
    let moments = told.iter().flatten().map(|(time_s, _)| *time_s);
    let mut rows: Vec<i64> = route
        .iter()
        .map(|point| point.time_s)
        .chain(moments)
        .chain(of_distance)
        .collect();
    rows.sort_unstable();
    rows.dedup();
    let [heart_rate, speed, power, step_length, oscillation, contact] =
        told.map(|values| column(&rows, &values));
    let has_distance = is_fine || route.is_empty();
    let position = |value: fn(&Point) -> Option<f64>| {
        let values = route
            .iter()
            .filter_map(|point| Some((point.time_s, value(point)?)));
        column(&rows, &values.collect::<Vec<_>>())
    };
    let by_satellite = position(|point| point.speed_m_s);
    let further = [
        ("step_length_m", step_length),
        ("vertical_oscillation_mm", oscillation),
        ("ground_contact_ms", contact),
    ];
    let start_s = rows.first().copied().unwrap_or(workout.start_s);
    let records = Records {
        time_s: rows
            .iter()
            .map(|time_s| (time_s - start_s) as f64)
            .collect(),
        latitude_deg: position(|point| Some(point.position_deg?.0)),
        longitude_deg: position(|point| Some(point.position_deg?.1)),
        distance_m: total(&rows, &distance, has_distance),
        speed_m_s: if by_satellite.is_empty() {
            speed
        } else {
            by_satellite
        },
        altitude_m: position(|point| point.altitude_m),
        heart_rate_bpm: heart_rate,
        cadence_spm: cadence(&rows, &steps),
        power_w: power,
        temperature_c: Channel::default(),
        further: further
            .into_iter()
            .filter(|(_, values)| !values.is_empty())
            .map(series)
            .collect(),
    };
    let effort = samples
        .within(Kind::Effort, time)
        .last()
        .map(|one| f64::from(one.value));
    Recorded {
        start_s,
        records,
        distance,
        effort,
    }
}

fn series((name, values): (&str, Channel)) -> Series {
    Series {
        name: name.to_owned(),
        values,
    }
}

/// Returns what the best source recorded of a kind in the time of a workout.
fn chosen(workout: &Workout, samples: &Samples, kind: Kind) -> Vec<Sample> {
    let time = (workout.start_s, workout.end_s);
    let mut found: Vec<Sample> = samples.within(kind, time).copied().collect();
    let length_s = (workout.end_s - workout.start_s) as f64;
    let source = best_source(&found, workout.source, length_s);
    found.retain(|one| Some(one.source) == source);
    found
}

/// Returns whether a distance was counted often enough to tell more than positions.
fn is_fine(samples: &[Sample]) -> bool {
    let sum_s: f64 = samples.iter().map(|one| f64::from(one.length_s)).sum();
    !samples.is_empty() && sum_s / samples.len() as f64 <= FINE_DISTANCE_S
}

/// Returns values at moments: at its end one over an interval, which was measured up to there.
fn momentary(workout: &Workout, samples: &[Sample]) -> Vec<(i64, f64)> {
    let short = samples
        .iter()
        .filter(|one| i64::from(one.length_s) <= LONGEST_INTERVAL_S);
    let values = short.map(|one| (one.end_s(), f64::from(one.value)));
    values
        .filter(|(time_s, _)| (workout.start_s..=workout.end_s).contains(time_s))
        .collect()
}

/// Returns a column with values at some of the rows, empty without any. The last of one second stays.
fn column(rows: &[i64], values: &[(i64, f64)]) -> Channel {
    if values.is_empty() {
        return Channel::default();
    }
    let mut column = Channel::absent(rows.len());
    for (time_s, value) in values {
        if let Ok(row) = rows.binary_search(time_s) {
            column.set(row, Some(*value));
        }
    }
    column
}

/// Returns the distance since the start of the workout, where it was counted.
fn total(rows: &[i64], curve: &Curve, is_told: bool) -> Channel {
    let Some((from_s, to_s)) = curve.span_s().filter(|_| is_told) else {
        return Channel::default();
    };
    let values = rows.iter().map(|time_s| *time_s as f64);
    values
        .map(|time_s| {
            (from_s - 1.0..=to_s + 1.0)
                .contains(&time_s)
                .then(|| curve.at(time_s))
        })
        .collect()
}

/// Returns steps per minute around each row, where steps were counted.
fn cadence(rows: &[i64], steps: &Curve) -> Channel {
    let Some((from_s, to_s)) = steps.span_s() else {
        return Channel::default();
    };
    let around = |time_s: i64| {
        let half_s = CADENCE_OVER_S / 2.0;
        let (start_s, end_s) = (time_s as f64 - half_s, time_s as f64 + half_s);
        let is_counted = start_s >= from_s && end_s <= to_s;
        let per_min = (steps.at(end_s) - steps.at(start_s)) * 60.0 / CADENCE_OVER_S;
        (is_counted && per_min <= MOST_STEPS_PER_MIN).then_some(per_min)
    };
    rows.iter().map(|time_s| around(*time_s)).collect()
}

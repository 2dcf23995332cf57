//! What a device recorded, record by record, nothing judged and nothing filled in.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::Float64Array;
use arrow_array::Int64Array;
use arrow_array::RecordBatch;
use arrow_array::TimestampMicrosecondArray;
use arrow_array::new_null_array;
use arrow_schema::DataType;
use arrow_schema::Field;
use arrow_schema::Schema;
use arrow_schema::TimeUnit;
use chrono::DateTime;
use chrono::Utc;

use crate::channel::Channel;
use crate::clean::clean_text;
use crate::ingest::Activity;
use crate::ingest::Lap;
use crate::ingest::Records;

/// The zone of all times.
pub(super) const UTC: &str = "UTC";
/// Microseconds in a second.
const MICROSECONDS: f64 = 1e6;

/// A channel by the name of its column.
type Named = (&'static str, fn(&Records) -> &Channel);

/// The channels that every table of records has, recorded or not.
const CHANNELS: [Named; 9] = [
    ("latitude_deg", |r| &r.latitude_deg),
    ("longitude_deg", |r| &r.longitude_deg),
    ("distance_m", |r| &r.distance_m),
    ("speed_m_s", |r| &r.speed_m_s),
    ("altitude_m", |r| &r.altitude_m),
    ("heart_rate_bpm", |r| &r.heart_rate_bpm),
    ("cadence_spm", |r| &r.cadence_spm),
    ("power_w", |r| &r.power_w),
    ("temperature_c", |r| &r.temperature_c),
];

/// Returns the records of some activities, a batch each, with the schema that all share: the activity,
/// counted from 1, and its lap likewise; seconds since its first record, and the moment; every channel, absent
/// or not; then what else any of them recorded, in order of name.
///
/// # Errors
/// None in practice: the columns are of one length.
pub fn records(activities: &[Activity]) -> io::Result<(Arc<Schema>, Vec<RecordBatch>)> {
    let further = further(activities);
    let schema = Arc::new(schema(&further));
    let batches = activities.iter().zip(1..).map(|(activity, number)| {
        let columns = columns(activity, number, &further);
        RecordBatch::try_new(Arc::clone(&schema), columns).map_err(io::Error::other)
    });
    let batches = batches.collect::<io::Result<Vec<RecordBatch>>>()?;
    Ok((schema, batches))
}

/// Returns the names of all further quantities that are no channel.
fn further(activities: &[Activity]) -> BTreeSet<&str> {
    let all = activities.iter().flat_map(|one| &one.records.further);
    let names = all.map(|series| series.name.as_str());
    names
        .filter(|name| !CHANNELS.iter().any(|(own, _)| own == name))
        .collect()
}

fn schema(further: &BTreeSet<&str>) -> Schema {
    let moment = DataType::Timestamp(TimeUnit::Microsecond, Some(UTC.into()));
    let head = [
        Field::new("activity", DataType::Int64, false),
        Field::new("lap", DataType::Int64, true),
        Field::new("time_s", DataType::Float64, false),
        Field::new("timestamp", moment, true),
    ];
    let channels = CHANNELS.iter().map(|(name, _)| (*name).to_owned());
    let names = channels.chain(further.iter().map(|name| clean_text(name)));
    let values = names.map(|name| Field::new(name, DataType::Float64, true));
    Schema::new(head.into_iter().chain(values).collect::<Vec<Field>>())
}

fn columns(activity: &Activity, number: i64, further: &BTreeSet<&str>) -> Vec<ArrayRef> {
    let records = &activity.records;
    let length = records.len();
    let mut columns: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from_value(number, length)),
        Arc::new(laps(&activity.laps, &records.time_s)),
        Arc::new(Float64Array::from_iter_values(
            records.time_s.iter().copied(),
        )),
        Arc::new(moments(activity.start, &records.time_s)),
    ];
    columns.extend(CHANNELS.iter().map(|(_, of)| column(of(records), length)));
    columns.extend(further.iter().map(|name| {
        let mut all = records.further.iter();
        let own = all.find(|series| series.name == *name);
        own.map_or_else(|| absent(length), |series| column(&series.values, length))
    }));
    columns
}

fn column(channel: &Channel, length: usize) -> ArrayRef {
    if channel.has_values() {
        Arc::new(channel.iter().collect::<Float64Array>())
    } else {
        absent(length)
    }
}

fn absent(length: usize) -> ArrayRef {
    new_null_array(&DataType::Float64, length)
}

/// Returns the lap in which each record lies, counted from 1: the last that had begun.
fn laps(laps: &[Lap], time_s: &[f64]) -> Int64Array {
    let mut begun = laps.iter().peekable();
    let mut number = 0_i64;
    let of_records = time_s.iter().map(|time_s| {
        while begun.next_if(|lap| lap.start_s <= *time_s).is_some() {
            number += 1;
        }
        (number > 0).then_some(number)
    });
    of_records.collect()
}

/// Returns the moment of each record; absent when the clock had never been set.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a recording is far shorter than 292 000 years"
)]
fn moments(start: Option<DateTime<Utc>>, time_s: &[f64]) -> TimestampMicrosecondArray {
    let start = start.map(|start| start.timestamp_micros());
    let since = time_s.iter().map(|s| (s * MICROSECONDS).round() as i64);
    let moments: TimestampMicrosecondArray = since.map(|since| start?.checked_add(since)).collect();
    moments.with_timezone(UTC)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use arrow_array::Array;
    use arrow_array::cast::AsArray;
    use arrow_array::types::Float64Type;
    use arrow_array::types::Int64Type;
    use arrow_array::types::TimestampMicrosecondType;

    use super::*;
    use crate::ingest::Series;

    fn activity(power_w: &[Option<f64>], further: &str) -> Activity {
        let seconds = 0..u32::try_from(power_w.len()).unwrap();
        let lap = |start_s: f64, end_s: f64| Lap {
            start_s,
            end_s,
            ..Lap::default()
        };
        Activity {
            start: DateTime::from_timestamp_millis(1_700_000_000_500),
            records: Records {
                time_s: seconds.map(f64::from).collect(),
                power_w: power_w.iter().copied().collect(),
                further: vec![Series {
                    name: further.to_owned(),
                    values: power_w.iter().copied().collect(),
                }],
                ..Records::default()
            },
            laps: vec![lap(0.0, 2.0), lap(2.0, 3.0)],
            ..Activity::default()
        }
    }

    #[test]
    fn several_activities_share_one_schema_and_keep_what_is_absent() {
        let both = [
            activity(&[Some(210.0), None, Some(250.5)], "Form Power (Watts)"),
            activity(&[None, None], "ground_contact_ms"),
        ];
        let (schema, batches) = records(&both).unwrap();
        let names: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
        assert_eq!(names[..4], ["activity", "lap", "time_s", "timestamp"]);
        assert_eq!(names[13..], ["Form Power (Watts)", "ground_contact_ms"]);
        let column = |batch: usize, name: &str| batches[batch].column_by_name(name).unwrap();
        let power = column(0, "power_w").as_primitive::<Float64Type>();
        let power: Vec<Option<f64>> = power.iter().collect();
        assert_eq!(power, [Some(210.0), None, Some(250.5)]);
        let laps = column(0, "lap").as_primitive::<Int64Type>();
        assert_eq!(laps.values().to_vec(), [1, 1, 2]);
        let moments = column(0, "timestamp").as_primitive::<TimestampMicrosecondType>();
        assert_eq!(moments.value(1), 1_700_000_001_500_000);
        assert_eq!(column(0, "ground_contact_ms").null_count(), 3);
        assert_eq!(
            column(1, "activity").as_primitive::<Int64Type>().value(1),
            2
        );
        assert_eq!(column(1, "power_w").null_count(), 2);
    }
}

//! The table of samples: one row a second of the elapsed clock.

use std::io;
use std::io::Write;

use chrono::Duration;

use crate::channel::Channel;
use crate::classification::Session;
use crate::clean::clean_text;
use crate::export::csv::cell::Cell;
use crate::export::csv::columns::Column;
use crate::export::csv::columns::write_rows;
use crate::review::session_id;
use crate::segmentation::Segment;
use crate::streams::Streams;
use crate::units::round;

/// Decimals of positions, in degrees.
const POSITION_DECIMALS: i32 = 7;
/// Decimals of speeds and slopes.
const FINE_DECIMALS: i32 = 4;
/// Decimals of everything else.
const COARSE_DECIMALS: i32 = 2;

/// One second of a session.
pub(super) struct Sample<'a> {
    session: &'a Session,
    id: &'a str,
    streams: &'a Streams,
    index: usize,
    second: u32,
}

/// Returns the columns of the table of samples.
pub(super) fn sample_columns<'a>() -> [Column<Sample<'a>>; 21] {
    [
        ("session", |s| Cell::Code(s.id.to_owned())),
        ("time_s", |s| s.second.into()),
        ("timestamp", |s| {
            let since = Duration::seconds(i64::from(s.second));
            let start = s.session.head.start_time;
            start
                .and_then(|start| start.checked_add_signed(since))
                .into()
        }),
        ("segment", |s| segment(s).map(|(number, _)| number).into()),
        ("segment_kind", |s| {
            segment(s).map_or(Cell::Absent, |(_, segment)| Cell::name(&segment.kind))
        }),
        ("latitude_deg", |s| {
            number(s, &s.streams.latitude_deg, POSITION_DECIMALS)
        }),
        ("longitude_deg", |s| {
            number(s, &s.streams.longitude_deg, POSITION_DECIMALS)
        }),
        ("distance_m", |s| {
            number(s, &s.streams.distance_m, COARSE_DECIMALS)
        }),
        ("speed_m_s", |s| {
            number(s, &s.streams.speed_m_s, FINE_DECIMALS)
        }),
        ("effort_speed_m_s", |s| {
            number(s, &s.streams.effort_speed_m_s, FINE_DECIMALS)
        }),
        ("device_speed_m_s", |s| {
            number(s, &s.streams.device_speed_m_s, FINE_DECIMALS)
        }),
        ("altitude_m", |s| {
            number(s, &s.streams.altitude_m, COARSE_DECIMALS)
        }),
        ("slope", |s| number(s, &s.streams.grade, FINE_DECIMALS)),
        ("heart_rate_bpm", |s| {
            number(s, &s.streams.heart_rate_bpm, COARSE_DECIMALS)
        }),
        ("cadence_spm", |s| {
            number(s, &s.streams.cadence_spm, COARSE_DECIMALS)
        }),
        ("power_w", |s| {
            number(s, &s.streams.power_w, COARSE_DECIMALS)
        }),
        ("temperature_c", |s| {
            number(s, &s.streams.temperature_c, COARSE_DECIMALS)
        }),
        ("paused", |s| flag(s, &s.streams.paused)),
        ("gap", |s| flag(s, &s.streams.gap)),
        ("repaired", |s| flag(s, &s.streams.suspect)),
        ("further", further),
    ]
}

/// Writes the rows of one session's samples, without the header, which
/// [`write`](crate::export::csv::write) gives.
///
/// # Errors
/// When writing fails.
pub fn write_samples(session: &Session, streams: &Streams, out: &mut dyn Write) -> io::Result<()> {
    let id = session_id(session);
    let samples = (0..streams.len()).zip(0..).map(|(index, second)| Sample {
        session,
        id: &id,
        streams,
        index,
        second,
    });
    write_rows(&sample_columns(), samples, out)
}

/// Returns the segment in which a second starts, and its number, counted from 1.
fn segment<'a>(sample: &Sample<'a>) -> Option<(usize, &'a Segment)> {
    let segments = &sample.session.segments;
    let time_s = f64::from(sample.second);
    let index = segments.partition_point(|segment| segment.end_s <= time_s);
    Some((index + 1, segments.get(index)?))
}

/// Returns what else was recorded, each as name=value.
fn further(sample: &Sample<'_>) -> Cell {
    let series = sample.streams.further.iter();
    let known = series.filter_map(|series| {
        let value = round(series.values.get(sample.index)?, COARSE_DECIMALS);
        Some(format!("{}={value}", clean_text(&series.name)))
    });
    let known: Vec<String> = known.collect();
    if known.is_empty() {
        return Cell::Absent;
    }
    Cell::Code(known.join("; "))
}

/// Returns a sample of a channel.
fn number(sample: &Sample<'_>, channel: &Channel, decimals: i32) -> Cell {
    let value = channel.get(sample.index);
    value.map(|value| round(value, decimals)).into()
}

/// Returns a flag of a second.
fn flag(sample: &Sample<'_>, flags: &[bool]) -> Cell {
    flags.get(sample.index).copied().into()
}

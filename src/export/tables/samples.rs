//! The table of samples: one row a second of the elapsed clock.

use std::rc::Rc;

use chrono::Duration;

use crate::channel::Channel;
use crate::classification::Session;
use crate::clean::clean_text;
use crate::export::tables::cell::Cell;
use crate::export::tables::column::Column;
use crate::export::tables::column::always;
use crate::export::tables::column::boolean;
use crate::export::tables::column::float;
use crate::export::tables::column::integer;
use crate::export::tables::column::of;
use crate::export::tables::column::text;
use crate::export::tables::column::time;
use crate::export::tables::column::word;
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
    id: Rc<str>,
    streams: &'a Streams,
    index: usize,
    second: u32,
}

/// Returns the columns of the table of samples.
pub(super) fn sample_columns<'a>() -> Vec<Column<Sample<'a>>> {
    let groups = [
        moment_columns(),
        motion_columns(),
        body_columns(),
        mark_columns(),
        dynamic_columns(),
    ];
    groups.into_iter().flatten().collect()
}

/// Returns the columns of where and when a second is.
fn moment_columns<'a>() -> Vec<Column<Sample<'a>>> {
    vec![
        always(word(
            "session",
            "the session, as in the table of sessions",
            |s| Cell::word(&*s.id),
        )),
        always(integer(
            "time_s",
            "the second of the elapsed clock, from 0",
            |s| s.second.into(),
        )),
        time("timestamp", "the moment, in UTC", |s| {
            let since = Duration::seconds(i64::from(s.second));
            let start = s.session.head.start_time;
            start
                .and_then(|start| start.checked_add_signed(since))
                .into()
        }),
        integer("segment", "the segment, as in the table of segments", |s| {
            segment(s).map(|(number, _)| number).into()
        }),
        word("segment_kind", "what that is", |s| {
            segment(s).map_or(Cell::Absent, |(_, segment)| Cell::word(segment.kind.name()))
        }),
        float("latitude_deg", "latitude", |s| {
            number(s, &s.streams.latitude_deg, POSITION_DECIMALS)
        }),
        float("longitude_deg", "longitude", |s| {
            number(s, &s.streams.longitude_deg, POSITION_DECIMALS)
        }),
    ]
}

/// Returns the columns of how far, how fast and how steep.
fn motion_columns<'a>() -> Vec<Column<Sample<'a>>> {
    vec![
        float("distance_m", "distance from the start", |s| {
            number(s, &s.streams.distance_m, COARSE_DECIMALS)
        }),
        float("speed_m_s", "speed", |s| {
            number(s, &s.streams.speed_m_s, FINE_DECIMALS)
        }),
        float("effort_speed_m_s", "grade-adjusted speed", |s| {
            number(s, &s.streams.effort_speed_m_s, FINE_DECIMALS)
        }),
        float("device_speed_m_s", "speed as the device recorded it", |s| {
            number(s, &s.streams.device_speed_m_s, FINE_DECIMALS)
        }),
        float("altitude_m", "altitude, smoothed", |s| {
            number(s, &s.streams.altitude_m, COARSE_DECIMALS)
        }),
        of(
            "ratio",
            float("slope", "slope", |s| {
                number(s, &s.streams.grade, FINE_DECIMALS)
            }),
        ),
    ]
}

/// Returns the columns of what sensors say of the runner.
fn body_columns<'a>() -> Vec<Column<Sample<'a>>> {
    vec![
        float("heart_rate_bpm", "heart rate", |s| {
            number(s, &s.streams.heart_rate_bpm, COARSE_DECIMALS)
        }),
        float("cadence_spm", "cadence, both feet", |s| {
            number(s, &s.streams.cadence_spm, COARSE_DECIMALS)
        }),
        float("power_w", "power", |s| {
            number(s, &s.streams.power_w, COARSE_DECIMALS)
        }),
        float("temperature_c", "temperature", |s| {
            number(s, &s.streams.temperature_c, COARSE_DECIMALS)
        }),
    ]
}

/// Returns the columns of what is to be known of the second.
fn mark_columns<'a>() -> Vec<Column<Sample<'a>>> {
    vec![
        boolean("paused", "whether the timer was stopped", |s| {
            flag(s, &s.streams.paused)
        }),
        boolean("gap", "whether nothing was recorded", |s| {
            flag(s, &s.streams.gap)
        }),
        boolean(
            "repaired",
            "whether something was bridged or replaced",
            |s| flag(s, &s.streams.suspect),
        ),
        text(
            "further",
            "all else that was recorded, each as name=value",
            further,
        ),
    ]
}

/// Returns the columns of running dynamics.
fn dynamic_columns<'a>() -> Vec<Column<Sample<'a>>> {
    vec![
        float(
            "ground_contact_ms",
            "time on the ground at each step",
            |s| dynamic(s, "ground_contact_ms"),
        ),
        float(
            "vertical_oscillation_mm",
            "how far the body rises at each step",
            |s| dynamic(s, "vertical_oscillation_mm"),
        ),
        float(
            "vertical_ratio_pct",
            "that rise over the length of a step",
            |s| dynamic(s, "vertical_ratio_pct"),
        ),
        float(
            "ground_contact_balance_pct",
            "the share of the left foot in the time on the ground",
            |s| dynamic(s, "ground_contact_balance_pct"),
        ),
        float("step_length_m", "the length of a step", |s| {
            dynamic(s, "step_length_m")
        }),
        float("respiration_per_min", "breaths", |s| {
            dynamic(s, "respiration_per_min")
        }),
        float("core_temperature_c", "temperature of the body", |s| {
            dynamic(s, "core_temperature_c")
        }),
    ]
}

/// Returns the seconds of a session.
pub(super) fn samples<'a>(
    session: &'a Session,
    streams: &'a Streams,
) -> impl Iterator<Item = Sample<'a>> {
    let id: Rc<str> = session_id(session).into();
    (0..streams.len())
        .zip(0..)
        .map(move |(index, second)| Sample {
            session,
            id: Rc::clone(&id),
            streams,
            index,
            second,
        })
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
    Cell::list(known)
}

/// Returns a further quantity by its name.
fn dynamic(sample: &Sample<'_>, name: &str) -> Cell {
    let mut series = sample.streams.further.iter();
    let found = series.find(|series| series.name == name);
    found.map_or(Cell::Absent, |series| {
        number(sample, &series.values, COARSE_DECIMALS)
    })
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

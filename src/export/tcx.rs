//! A run as TCX, its segments as laps.

use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesDecl;
use quick_xml::events::BytesText;
use quick_xml::events::Event;

use crate::classification::Session;
use crate::export::recording::Lap;
use crate::export::recording::Point;
use crate::export::recording::Recording;
use crate::export::recording::strides;
use crate::ingest::OWN_CREATOR;
use crate::ingest::Sport;
use crate::streams::Streams;

type Out = Writer<Vec<u8>>;

/// The names of the vocabularies; `ns3` is what Garmin Connect calls the one with cadence, speed and power.
const NAMESPACES: [(&str, &str); 3] = [
    (
        "xmlns",
        "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2",
    ),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    (
        "xmlns:ns3",
        "http://www.garmin.com/xmlschemas/ActivityExtension/v2",
    ),
];

/// Returns a TCX document with one activity, in which every segment is a lap that bears its name; nothing for a
/// run without a date, which the format cannot hold.
///
/// Pauses are where a lap has a further track. Times are whole seconds.
///
/// # Errors
/// When the document cannot be written.
pub fn document(session: &Session, streams: &Streams) -> io::Result<Option<String>> {
    let recording = Recording { session, streams };
    let Some(id) = recording.time_text(0) else {
        return Ok(None);
    };
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 1);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.create_element("TrainingCenterDatabase")
        .with_attributes(NAMESPACES)
        .write_inner_content(|out| {
            out.create_element("Activities")
                .write_inner_content(|out| activity(out, recording, &id))?;
            Ok(())
        })?;
    let mut bytes = out.into_inner();
    bytes.push(b'\n');
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn activity(out: &mut Out, recording: Recording<'_>, id: &str) -> io::Result<()> {
    let sport = match recording.session.head.sport {
        Sport::Running => "Running",
        Sport::Cycling => "Biking",
        _ => "Other",
    };
    out.create_element("Activity")
        .with_attribute(("Sport", sport))
        .write_inner_content(|out| {
            text(out, "Id", id)?;
            for item in recording.laps() {
                lap(out, recording, &item)?;
            }
            if let Some(name) = recording.name() {
                text(out, "Notes", &name)?;
            }
            creator(out)
        })?;
    Ok(())
}

/// Writes what wrote the document, in the order of the schema.
fn creator(out: &mut Out) -> io::Result<()> {
    let version = [
        ("VersionMajor", env!("CARGO_PKG_VERSION_MAJOR")),
        ("VersionMinor", env!("CARGO_PKG_VERSION_MINOR")),
    ];
    out.create_element("Creator")
        .with_attribute(("xsi:type", "Device_t"))
        .write_inner_content(|out| {
            for (name, value) in [("Name", OWN_CREATOR), ("UnitId", "0"), ("ProductID", "0")] {
                text(out, name, value)?;
            }
            out.create_element("Version").write_inner_content(|out| {
                version
                    .iter()
                    .try_for_each(|(name, value)| text(out, name, value))
            })?;
            Ok(())
        })?;
    Ok(())
}

/// Writes a lap; one in which the timer never ran has no place in the format.
fn lap(out: &mut Out, recording: Recording<'_>, lap: &Lap<'_>) -> io::Result<()> {
    let parts = recording.parts(lap.cells.clone());
    let timer_s = recording.timer_s(lap.cells.clone());
    let Some(start) = recording.time_text(lap.cells.start).filter(|_| timer_s > 0) else {
        return Ok(());
    };
    out.create_element("Lap")
        .with_attribute(("StartTime", start.as_str()))
        .write_inner_content(|out| {
            lap_head(out, recording, lap, timer_s)?;
            for part in &parts {
                out.create_element("Track").write_inner_content(|out| {
                    part.iter().try_for_each(|one| point(out, recording, one))
                })?;
            }
            text(out, "Notes", &lap.name(recording))?;
            lap_extension(out, recording.streams, lap)
        })?;
    Ok(())
}

/// Writes what the device says of a lap, in the order of the schema.
fn lap_head(
    out: &mut Out,
    recording: Recording<'_>,
    lap: &Lap<'_>,
    timer_s: usize,
) -> io::Result<()> {
    let streams = recording.streams;
    let distance_m = streams.distance_between_m(lap.cells.start, lap.cells.end);
    text(out, "TotalTimeSeconds", &timer_s.to_string())?;
    number(out, "DistanceMeters", distance_m.or(Some(0.0)), 2)?;
    // The schema asks for it.
    text(out, "Calories", "0")?;
    let beats = &streams.heart_rate_bpm;
    heart_rate(out, "AverageHeartRateBpm", lap.mean(beats))?;
    heart_rate(out, "MaximumHeartRateBpm", lap.max(beats))?;
    let intensity = if lap.is_rest() { "Resting" } else { "Active" };
    text(out, "Intensity", intensity)?;
    text(out, "TriggerMethod", "Manual")
}

/// Writes the means of a lap that the schema has in its extension.
fn lap_extension(out: &mut Out, streams: &Streams, lap: &Lap<'_>) -> io::Result<()> {
    let values = [
        ("ns3:AvgSpeed", lap.mean(&streams.speed_m_s), 3),
        (
            "ns3:AvgRunCadence",
            lap.mean(&streams.cadence_spm).map(strides),
            0,
        ),
        ("ns3:AvgWatts", lap.mean(&streams.power_w), 0),
    ];
    extension(out, "ns3:LX", &values)
}

fn point(out: &mut Out, recording: Recording<'_>, point: &Point) -> io::Result<()> {
    let Some(time) = recording.time_text(point.cell) else {
        return Ok(());
    };
    let values = [
        ("ns3:Speed", point.speed_m_s, 3),
        ("ns3:RunCadence", point.cadence, 0),
        ("ns3:Watts", point.power_w, 0),
    ];
    out.create_element("Trackpoint")
        .write_inner_content(|out| {
            text(out, "Time", &time)?;
            if let Some((latitude, longitude)) = point.place_deg {
                out.create_element("Position").write_inner_content(|out| {
                    number(out, "LatitudeDegrees", Some(latitude), 7)?;
                    number(out, "LongitudeDegrees", Some(longitude), 7)
                })?;
            }
            number(out, "AltitudeMeters", point.altitude_m, 1)?;
            number(out, "DistanceMeters", point.distance_m, 2)?;
            heart_rate(out, "HeartRateBpm", point.heart_rate_bpm)?;
            extension(out, "ns3:TPX", &values)
        })?;
    Ok(())
}

/// Writes an extension with the values that are known, each with its decimals.
fn extension(out: &mut Out, name: &str, values: &[(&str, Option<f64>, usize)]) -> io::Result<()> {
    if values.iter().all(|(_, value, _)| value.is_none()) {
        return Ok(());
    }
    out.create_element("Extensions")
        .write_inner_content(|out| {
            out.create_element(name).write_inner_content(|out| {
                let mut values = values.iter();
                values.try_for_each(|(name, value, decimals)| number(out, name, *value, *decimals))
            })?;
            Ok(())
        })?;
    Ok(())
}

fn heart_rate(out: &mut Out, name: &str, value: Option<f64>) -> io::Result<()> {
    if value.is_some() {
        out.create_element(name)
            .write_inner_content(|out| number(out, "Value", value, 0))?;
    }
    Ok(())
}

/// Writes a number with so many decimals, nothing when there is none.
fn number(out: &mut Out, name: &str, value: Option<f64>, decimals: usize) -> io::Result<()> {
    value.map_or(Ok(()), |value| {
        text(out, name, &format!("{value:.decimals$}"))
    })
}

fn text(out: &mut Out, name: &str, text: &str) -> io::Result<()> {
    out.create_element(name)
        .write_text_content(BytesText::new(text))?;
    Ok(())
}

//! The segments of a run as named GPX tracks.
//!
//! Each segment is a track of its own, which maps show by name, and a waypoint `LAP001` … stands where it
//! begins: GPSBabel's way to tell of laps, which [`crate::ingest`] reads back.

use std::fmt::Write;
use std::time::SystemTime;

use ::gpx::Gpx;
use ::gpx::GpxVersion;
use ::gpx::Metadata;
use ::gpx::Time;
use ::gpx::Track;
use ::gpx::TrackSegment;
use ::gpx::Waypoint;
use ::gpx::errors::GpxError;
use chrono::DateTime;
use chrono::Utc;

use crate::classification::Session;
use crate::export::recording::Lap;
use crate::export::recording::Point;
use crate::export::recording::Recording;
use crate::ingest::OWN_CREATOR;
use crate::ingest::Sport;
use crate::streams::Streams;
use crate::units::round;

/// Decimals of a position: about a centimetre.
const POSITION_DECIMALS: i32 = 7;
/// Decimals of an altitude.
const ALTITUDE_DECIMALS: i32 = 1;
/// What the gpx crate writes after whole seconds: readers that know microseconds at most refuse it.
const NANOSECONDS: &str = ".000000000Z</time>";
/// Where heart rate and cadence are declared.
const SENSORS: &str = "xmlns:gpxtpx=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\"";

/// Returns a GPX document in which every segment of a run is a track, as in "03 work 1000 m".
///
/// Each second with a position is one point of exactly one track, with heart rate, cadence and power; where
/// positions are missing or the timer stood still, the track goes on in a new track segment. A run without
/// segments is one track. Times are whole seconds, absent when the watch's clock had never been set.
///
/// # Errors
/// When the document cannot be written.
pub fn tracks(session: &Session, streams: &Streams) -> Result<String, GpxError> {
    let recording = Recording { session, streams };
    let laps = recording.laps();
    let points: Vec<Vec<Vec<Point>>> = laps
        .iter()
        .map(|lap| placed(recording.parts(lap.cells.clone())))
        .collect();
    let tracks = laps.iter().zip(&points).enumerate();
    let tracks = tracks.map(|(index, (lap, parts))| track(recording, index, lap, parts));
    let document = Gpx {
        version: GpxVersion::Gpx11,
        creator: Some(format!("{OWN_CREATOR} {}", env!("CARGO_PKG_VERSION"))),
        metadata: Some(metadata(recording)),
        waypoints: waypoints(recording, &laps, &points),
        tracks: tracks.collect(),
        ..Gpx::default()
    };
    let mut bytes = Vec::new();
    ::gpx::write(&document, &mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).replace(NANOSECONDS, "Z</time>");
    Ok(with_sensors(&text, points.iter().flatten().flatten()))
}

/// Returns the points that have a position, cut where some have none.
fn placed(parts: Vec<Vec<Point>>) -> Vec<Vec<Point>> {
    let mut placed: Vec<Vec<Point>> = Vec::new();
    for part in parts {
        let pieces = part.split(|point| point.place_deg.is_none());
        placed.extend(pieces.filter(|piece| !piece.is_empty()).map(<[_]>::to_vec));
    }
    placed
}

/// Returns the head of the document.
fn metadata(recording: Recording<'_>) -> Metadata {
    Metadata {
        name: recording.name(),
        description: Some(recording.session.kind.words().to_owned()),
        time: recording.time(0).map(stamp),
        ..Metadata::default()
    }
}

/// Returns the beginnings of laps as points, where there is more than one and times tell when.
fn waypoints(
    recording: Recording<'_>,
    laps: &[Lap<'_>],
    points: &[Vec<Vec<Point>>],
) -> Vec<Waypoint> {
    let begun = laps.iter().zip(points).zip(1..);
    let begun = begun.filter_map(|((lap, parts), number)| {
        let first = parts.first()?.first()?;
        let mut point = waypoint(recording, first)?;
        point.time = Some(recording.time(lap.cells.start).map(stamp)?);
        point.name = Some(format!("LAP{number:03}"));
        point.description = Some(lap.name(recording));
        Some(point)
    });
    if laps.len() > 1 {
        begun.collect()
    } else {
        Vec::new()
    }
}

/// Returns the track of a lap, as in "03 work 1000 m".
fn track(recording: Recording<'_>, index: usize, lap: &Lap<'_>, parts: &[Vec<Point>]) -> Track {
    let segment = |part: &Vec<Point>| TrackSegment {
        points: part.iter().filter_map(|p| waypoint(recording, p)).collect(),
    };
    let name = lap.name(recording);
    Track {
        name: Some(match lap.segment {
            Some(_) => format!("{:02} {name}", index + 1),
            None => name,
        }),
        type_: sport(recording.session),
        segments: parts.iter().map(segment).collect(),
        ..Track::default()
    }
}

/// Returns the word for a sport that platforms write into GPX, as in "running".
fn sport(session: &Session) -> Option<String> {
    match session.head.sport {
        Sport::Unknown => None,
        Sport::Other => session.head.sub_sport.clone(),
        sport => Some(sport.words().to_owned()),
    }
}

/// Returns a point as the gpx crate holds it.
fn waypoint(recording: Recording<'_>, point: &Point) -> Option<Waypoint> {
    let (latitude, longitude) = point.place_deg?;
    let place = (
        round(longitude, POSITION_DECIMALS),
        round(latitude, POSITION_DECIMALS),
    );
    let mut waypoint = Waypoint::new(place.into());
    let altitude = point.altitude_m;
    waypoint.elevation = altitude.map(|altitude| round(altitude, ALTITUDE_DECIMALS));
    waypoint.time = recording.time(point.cell).map(stamp);
    Some(waypoint)
}

/// Returns a time as the gpx crate holds it.
fn stamp(time: DateTime<Utc>) -> Time {
    Time::from(time::OffsetDateTime::from(SystemTime::from(time)))
}

/// Adds what sensors measured at each point, which the gpx crate has no place for. In a document of that crate
/// the tags are nowhere but where points end: in text they are escaped.
fn with_sensors<'a>(text: &str, points: impl Iterator<Item = &'a Point>) -> String {
    const END: &str = "</trkpt>";
    let text = text.replacen("<gpx ", &format!("<gpx {SENSORS} "), 1);
    let mut out = String::with_capacity(text.len() * 2);
    let mut pieces = text.split(END);
    out.extend(pieces.next());
    for (piece, point) in pieces.zip(points) {
        out.push_str(&sensors(point));
        out.push_str(END);
        out.push_str(piece);
    }
    out.push('\n');
    out
}

/// Returns the extensions of a point: Garmin's for heart rate and cadence, `power` beside them as Strava
/// has it.
fn sensors(point: &Point) -> String {
    let mut of_garmin = String::new();
    let whole = [("hr", point.heart_rate_bpm), ("cad", point.cadence)];
    for (name, value) in whole {
        if let Some(value) = value {
            let _ = write!(of_garmin, "<gpxtpx:{name}>{value:.0}</gpxtpx:{name}>");
        }
    }
    let mut all = String::new();
    if let Some(power) = point.power_w {
        let _ = write!(all, "<power>{power:.0}</power>");
    }
    if !of_garmin.is_empty() {
        let _ = write!(
            all,
            "<gpxtpx:TrackPointExtension>{of_garmin}</gpxtpx:TrackPointExtension>"
        );
    }
    match all.is_empty() {
        true => all,
        false => format!("<extensions>{all}</extensions>"),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use chrono::Duration;

    use crate::channel::Channel;
    use crate::review::made_up::intervals;
    use crate::review::made_up::segment;
    use crate::vocabulary::SegmentKind;

    /// Returns streams of ten seconds on the equator, the position of the seventh missing.
    fn streams() -> Streams {
        let along = |index: usize| (index != 6).then(|| f64::from(u8::try_from(index).unwrap()));
        Streams {
            elapsed_s: 9.4,
            longitude_deg: (0..10).map(|i| along(i).map(|i| i * 1e-5)).collect(),
            latitude_deg: (0..10).map(|i| along(i).map(|_| 0.0)).collect(),
            altitude_m: Channel::absent(10),
            paused: vec![false; 10],
            ..Streams::default()
        }
    }

    #[test]
    fn every_segment_is_a_named_track_that_the_gpx_crate_reads_back() {
        let mut session = intervals(1, 1.0);
        session.head.name = Some("<Track & \u{1b}field>".to_owned());
        session.segments = vec![
            segment(SegmentKind::WarmUp, 0.0, 2.6),
            segment(SegmentKind::Work, 2.6, 9.4),
        ];
        session.segments[0].name = None;
        let text = tracks(&session, &streams()).unwrap();
        let read = ::gpx::read(text.as_bytes()).unwrap();
        let names: Vec<_> = read
            .tracks
            .iter()
            .map(|t| t.name.clone().unwrap())
            .collect();
        assert_eq!(names, ["01 warm-up", "02 work 1000 m"]);
        assert_eq!(read.metadata.unwrap().name.unwrap(), "<Track & field>");
        let counts: Vec<Vec<usize>> = read
            .tracks
            .iter()
            .map(|track| track.segments.iter().map(|s| s.points.len()).collect())
            .collect();
        // The last is where the timer stopped, in whole seconds.
        assert_eq!(counts, [vec![3], vec![3, 4]]);
        let point = &read.tracks[1].segments[1].points[0];
        let end = read.tracks[1].segments[1].points.last().unwrap();
        assert!((end.point().x() - 9e-5).abs() < 1e-9);
        assert!((point.point().x() - 7e-5).abs() < 1e-9);
        let expected = session.head.start_time.unwrap() + Duration::seconds(7);
        assert_eq!(point.time, Some(stamp(expected)));
        assert!(text.contains("<time>2026-01-06T06:00:07Z</time>"));
        let waypoints = read.waypoints.iter();
        let named: Vec<_> = waypoints
            .map(|point| (point.name.clone().unwrap(), point.description.clone()))
            .collect();
        assert_eq!(
            named[1],
            ("LAP002".to_owned(), Some("work 1000 m".to_owned()))
        );
    }

    #[test]
    fn an_activity_without_segments_is_one_track() {
        let mut session = intervals(1, 1.0);
        session.head.start_time = None;
        let read = ::gpx::read(tracks(&session, &streams()).unwrap().as_bytes()).unwrap();
        assert_eq!(read.tracks.len(), 1);
        assert_eq!(read.tracks[0].segments[0].points[0].time, None);
    }
}

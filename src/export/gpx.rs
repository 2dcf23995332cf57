//! The segments of a run as named GPX tracks.

use std::ops::Range;
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
use chrono::Duration;
use chrono::Utc;

use crate::classification::Session;
use crate::clean::clean_text;
use crate::segmentation::Segment;
use crate::streams::Streams;
use crate::units::round;

/// Decimals of a position: about a centimetre.
const POSITION_DECIMALS: i32 = 7;
/// Decimals of an altitude.
const ALTITUDE_DECIMALS: i32 = 1;

/// Returns a GPX document in which every segment of a run is a track, as in "03 work 1000 m".
///
/// Each second with a position is one point of exactly one track; where positions are missing, the
/// track goes on in a new track segment. A run without segments is one track. Times are absent when
/// the watch's clock had never been set.
///
/// # Errors
/// When the document cannot be written.
pub fn tracks(session: &Session, streams: &Streams) -> Result<String, GpxError> {
    let document = Gpx {
        version: GpxVersion::Gpx11,
        creator: Some(concat!("hardeasy ", env!("CARGO_PKG_VERSION")).to_owned()),
        metadata: Some(metadata(session)),
        tracks: all_tracks(session, streams),
        ..Gpx::default()
    };
    let mut bytes = Vec::new();
    ::gpx::write(&document, &mut bytes)?;
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    text.push('\n');
    Ok(text)
}

/// Returns the head of the document.
fn metadata(session: &Session) -> Metadata {
    Metadata {
        name: session.head.name.as_deref().map(clean_text),
        description: Some(session.kind.words().to_owned()),
        time: session.head.start_time.map(stamp),
        ..Metadata::default()
    }
}

/// Returns a track for each segment, or one for the whole.
fn all_tracks(session: &Session, streams: &Streams) -> Vec<Track> {
    let start = session.head.start_time;
    if session.segments.is_empty() {
        let whole = 0..streams.len();
        let name = session.kind.words().to_owned();
        return vec![track(name, whole, streams, start)];
    }
    let numbered = session.segments.iter().enumerate();
    numbered
        .map(|(index, segment)| {
            let cells = cell(segment.start_s)..cell(segment.end_s).min(streams.len());
            track(track_name(index, segment), cells, streams, start)
        })
        .collect()
}

/// Returns the name of a segment's track, as in "03 work 1000 m".
fn track_name(index: usize, segment: &Segment) -> String {
    let number = index + 1;
    match &segment.name {
        Some(name) => clean_text(&format!("{number:02} {} {name}", segment.kind.word())),
        None => format!("{number:02} {}", segment.kind.word()),
    }
}

/// Returns the first cell that starts at or after a time.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and a run has far fewer seconds than usize::MAX"
)]
fn cell(time_s: f64) -> usize {
    time_s.ceil() as usize
}

/// Returns the track of a half-open range of cells.
fn track(
    name: String,
    cells: Range<usize>,
    streams: &Streams,
    start: Option<DateTime<Utc>>,
) -> Track {
    let mut segments = vec![TrackSegment::new()];
    for index in cells {
        match (point(streams, index, start), segments.last_mut()) {
            (Some(point), Some(open)) => open.points.push(point),
            (None, Some(open)) if !open.points.is_empty() => segments.push(TrackSegment::new()),
            _ => {}
        }
    }
    segments.retain(|segment| !segment.points.is_empty());
    Track {
        name: Some(name),
        segments,
        ..Track::default()
    }
}

/// Returns the point of one cell, if its position is known.
fn point(streams: &Streams, index: usize, start: Option<DateTime<Utc>>) -> Option<Waypoint> {
    let longitude = round(streams.longitude_deg.get(index)?, POSITION_DECIMALS);
    let latitude = round(streams.latitude_deg.get(index)?, POSITION_DECIMALS);
    let mut point = Waypoint::new((longitude, latitude).into());
    let altitude = streams.altitude_m.get(index);
    point.elevation = altitude.map(|altitude| round(altitude, ALTITUDE_DECIMALS));
    let since_start = i64::try_from(index).ok().and_then(Duration::try_seconds);
    point.time = start
        .zip(since_start)
        .and_then(|(start, since)| start.checked_add_signed(since))
        .map(stamp);
    Some(point)
}

/// Returns a time as the gpx crate holds it.
fn stamp(time: DateTime<Utc>) -> Time {
    Time::from(time::OffsetDateTime::from(SystemTime::from(time)))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
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
        // The last cell starts at 9 s, before the end.
        assert_eq!(counts, [vec![3], vec![3, 3]]);
        let point = &read.tracks[1].segments[1].points[0];
        assert!((point.point().x() - 7e-5).abs() < 1e-9);
        let expected = session.head.start_time.unwrap() + Duration::seconds(7);
        assert_eq!(point.time, Some(stamp(expected)));
        assert!(text.contains("2026-01-06T06:00:07"));
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

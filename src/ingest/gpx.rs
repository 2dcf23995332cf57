//! Reads GPX, whatever its version says.
//!
//! Everything below a track point is found by local name, so that heart rate is heart rate in
//! Garmin's, ClueTrust's, Strava's and every other extension, with or without a prefix. A new
//! `<trkseg>` after a hole in the stamps is a pause; tracks that are hours apart are activities of
//! their own, and tracks named as laps are laps. Speed is in metres per second and distance in metres, as every known dialect has it.

mod lap_points;

use crate::ingest::Account;
use crate::ingest::Activity;
use crate::ingest::AltitudeSource;
use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Format;
use crate::ingest::Sport;
use crate::ingest::Warning;
use crate::ingest::gpx::lap_points::LapPoints;
use crate::ingest::lap_points::is_lap;
use crate::ingest::xml;
use crate::ingest::xml::document::Document;
use crate::ingest::xml::document::Element;
use crate::ingest::xml::document::Step;
use crate::ingest::xml::points::Break;
use crate::ingest::xml::points::Counts;
use crate::ingest::xml::points::Quantity;
use crate::ingest::xml::points::Trace;
use crate::ingest::xml::records;
use crate::ingest::xml::records::Recording;
use crate::ingest::xml::time;
use crate::ingest::xml::values;
use crate::units::plural;

/// Tracks that begin more than this after the end of the one before, in microseconds, are
/// activities of their own: 4 h.
const ACTIVITY_GAP_US: i64 = 4 * 3600 * 1_000_000;
/// Tracks that overlap by more than this, in microseconds, were recorded side by side: 5 s.
const OVERLAP_US: i64 = 5_000_000;

/// What the creator of a document begins with whose tracks are segments of a run, named as such.
pub(crate) const OWN_CREATOR: &str = env!("CARGO_PKG_NAME");

/// What the elements below a track point mean, in any extension and any case.
const QUANTITIES: [(&str, Quantity); 17] = [
    ("ele", Quantity::Altitude),
    ("hr", Quantity::HeartRate),
    ("heartrate", Quantity::HeartRate),
    ("heart_rate", Quantity::HeartRate),
    ("heartratebpm", Quantity::HeartRate),
    ("bpm", Quantity::HeartRate),
    ("cad", Quantity::Cadence),
    ("cadence", Quantity::Cadence),
    ("runcadence", Quantity::Cadence),
    ("atemp", Quantity::Temperature),
    ("temp", Quantity::Temperature),
    ("temperature", Quantity::Temperature),
    ("speed", Quantity::Speed),
    ("distance", Quantity::Distance),
    ("power", Quantity::Power),
    ("watts", Quantity::Power),
    ("powerinwatts", Quantity::Power),
];

/// Reads the activities of a GPX document, in order of time.
///
/// # Errors
/// [`ErrorKind::NotAnActivity`] for routes and waypoints, [`ErrorKind::Unexpected`] when the
/// document is cut before its first point, [`ErrorKind::Limit`] for hostile ones.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Activity>, Error> {
    let decoded = xml::encoding::decode(bytes);
    let mut document = Document::new(&decoded.text);
    let mut scan = Scan::default();
    loop {
        match document.step()? {
            Step::Open(element) => scan.open(&element),
            Step::Close(name) => scan.close(name, &document)?,
            Step::End => break,
        }
    }
    let mut activities = scan.activities(&document)?;
    xml::add_warnings(&mut activities, decoded.warning, &document);
    Ok(activities)
}

/// Returns what a GPX document holds, element by element.
pub(super) fn account(bytes: &[u8]) -> Account {
    xml::account::account(bytes, Format::Gpx, read(bytes))
}

/// What was seen of the document so far.
#[derive(Default)]
struct Scan {
    creator: Option<String>,
    name: Option<String>,
    tracks: Vec<Track>,
    is_in_point: bool,
    waypoints: usize,
    lap_points: LapPoints,
    points: usize,
}

/// One `<trk>`, or several that belong together.
#[derive(Default)]
struct Track {
    name: Option<String>,
    kind: Option<String>,
    trace: Trace,
    /// When further tracks begin that are named as laps, in microseconds since 1970.
    lap_starts_us: Vec<i64>,
}

impl Scan {
    fn open(&mut self, element: &Element<'_>) {
        match element.name {
            "gpx" => {
                self.creator = element
                    .attribute("creator")
                    .as_deref()
                    .and_then(values::name);
            }
            "trk" => self.tracks.push(Track::default()),
            "trkseg" => self.track().trace.start_part(Break::Segment),
            "trkpt" => self.open_point(element),
            "wpt" => {
                self.waypoints += 1;
                self.lap_points.open(element);
            }
            "rtept" => self.waypoints += 1,
            _ => {}
        }
    }

    fn open_point(&mut self, element: &Element<'_>) {
        self.is_in_point = true;
        let trace = &mut self.track().trace;
        trace.start_point();
        for (name, quantity) in [("lat", Quantity::Latitude), ("lon", Quantity::Longitude)] {
            if let Some(text) = element.attribute(name) {
                trace.set(quantity, &text);
            }
        }
    }

    fn close(&mut self, name: &str, document: &Document<'_>) -> Result<(), Error> {
        match name {
            "trkpt" => {
                self.is_in_point = false;
                self.points += 1;
                xml::check_points(self.points, document)?;
                self.track().trace.end_point();
            }
            _ if self.is_in_point => self.close_value(name, document),
            "wpt" => self.lap_points.close(),
            _ if document.parent() == "wpt" => self.lap_points.read(name, document.text()),
            "name" | "Name" => match document.parent() {
                "trk" => self.track().name = values::name(document.text()),
                "metadata" | "gpx" => self.name = values::name(document.text()),
                _ => {}
            },
            "type" if document.parent() == "trk" => {
                self.track().kind = values::name(document.text());
            }
            _ => {}
        }
        Ok(())
    }

    fn close_value(&mut self, name: &str, document: &Document<'_>) {
        let name = if name.eq_ignore_ascii_case("value") {
            document.parent()
        } else {
            name
        };
        let trace = &mut self.track().trace;
        if name.eq_ignore_ascii_case("time") {
            trace.set_time(document.text());
        }
        let known = QUANTITIES
            .iter()
            .find(|(known, _)| name.eq_ignore_ascii_case(known));
        if let Some((_, quantity)) = known {
            trace.set(*quantity, document.text());
        }
    }

    /// Returns the track that is being read, one that was never begun included.
    fn track(&mut self) -> &mut Track {
        if self.tracks.is_empty() {
            self.tracks.push(Track::default());
        }
        let last = self.tracks.len() - 1;
        &mut self.tracks[last]
    }

    fn activities(self, document: &Document<'_>) -> Result<Vec<Activity>, Error> {
        let mut counts = Counts::default();
        for track in &self.tracks {
            counts.add(&track.trace.counts);
        }
        if self
            .tracks
            .iter()
            .all(|track| track.trace.points.is_empty())
        {
            return Err(self.nothing(&counts, document));
        }
        let groups = groups(self.tracks);
        let mut activities = Vec::new();
        for group in groups {
            let head = (self.creator.as_deref(), self.name.as_deref());
            activities.extend(group.activities(head, &self.lap_points));
        }
        let has_heart_rate = activities
            .iter()
            .any(|activity| activity.records.heart_rate_bpm.has_values());
        if let Some(first) = activities.first_mut() {
            first
                .warnings
                .extend(records::warnings(&counts, None, has_heart_rate));
        }
        Ok(activities)
    }

    /// Says why the document holds no activity.
    fn nothing(&self, counts: &Counts, document: &Document<'_>) -> Error {
        if let Some(error) = xml::cut_before_data("GPX", document) {
            return error;
        }
        let what = if counts.untimed > 0 && counts.untimed == counts.read {
            format!("{} without times: a route", plural(counts.read, "point"))
        } else if counts.read > 0 {
            format!(
                "a GPX document without a usable point, {} read",
                plural(counts.read, "point")
            )
        } else if self.waypoints > 0 {
            "a list of waypoints or a route".to_owned()
        } else {
            "a GPX document without track points".to_owned()
        };
        Error::file(ErrorKind::NotAnActivity { what })
    }
}

/// Joins the tracks that follow one another within hours and are not of different sports.
fn groups(mut tracks: Vec<Track>) -> Vec<Track> {
    tracks.retain(|track| !track.trace.points.is_empty());
    tracks.sort_by_key(|track| span(&track.trace).0);
    let mut groups: Vec<Track> = Vec::new();
    for track in tracks {
        match groups.last_mut() {
            Some(group) if group.continues_with(&track) => group.join(track),
            _ => groups.push(track),
        }
    }
    groups
}

/// Returns the first and the last stamp.
fn span(trace: &Trace) -> (i64, i64) {
    let times = || trace.points.iter().map(|point| point.time_us);
    (times().min().unwrap_or(0), times().max().unwrap_or(0))
}

impl Track {
    fn sport(&self) -> (Sport, Option<String>) {
        xml::sport::sport(self.kind.as_deref().unwrap_or_default())
    }

    fn continues_with(&self, next: &Track) -> bool {
        let gap_us = span(&next.trace).0.saturating_sub(span(&self.trace).1);
        let is_same_sport = self.kind.is_none() || next.kind.is_none() || self.kind == next.kind;
        is_same_sport && (-OVERLAP_US..=ACTIVITY_GAP_US).contains(&gap_us)
    }

    fn is_lap(&self) -> bool {
        self.name.as_deref().is_some_and(is_lap)
    }

    fn join(&mut self, next: Track) {
        if next.is_lap() {
            self.lap_starts_us.push(span(&next.trace).0);
        }
        self.trace.append(&next.trace);
        self.kind = self.kind.take().or(next.kind);
        self.name = self.name.take().or(next.name);
    }

    /// Returns the activities of the track, in a document by some creator and of some name.
    fn activities(
        self,
        (creator, document_name): (Option<&str>, Option<&str>),
        lap_points: &LapPoints,
    ) -> Vec<Activity> {
        let (sport, sub_sport) = self.sport();
        let zone = self.trace.zone;
        let (recordings, mut warnings) = records::recordings(self.trace, sport);
        warnings.extend(records::warnings(&Counts::default(), zone, true));
        let names_segments = creator.is_some_and(|creator| creator.starts_with(OWN_CREATOR));
        let own_name = self.name.filter(|name| !is_lap(name) && !names_segments);
        let name = own_name.or(document_name.map(str::to_owned));
        let mut warnings = Some(warnings);
        let activity = |recording: Recording| {
            let (laps, lap_warning) = lap_points.laps(&recording, &self.lap_starts_us);
            let mut opening = opening_warnings(&recording, warnings.take());
            opening.extend(lap_warning);
            Activity {
                format: Some(Format::Gpx),
                device: creator.map(str::to_owned),
                sport,
                sub_sport: sub_sport.clone(),
                name: name.clone(),
                start: time::date(recording.start_us),
                utc_offset_s: zone.and_then(time::utc_offset_s),
                altitude_source: altitude_source(creator),
                power_source: recording
                    .records
                    .power_w
                    .has_values()
                    .then(|| "native".to_owned()),
                warnings: opening,
                laps,
                records: recording.records,
                pauses: recording.pauses,
                ..Activity::default()
            }
        };
        recordings.into_iter().map(activity).collect()
    }
}

/// Returns the warnings of an activity so far, with one more when its clock had never been set.
fn opening_warnings(recording: &Recording, warnings: Option<Vec<Warning>>) -> Vec<Warning> {
    let mut warnings = warnings.unwrap_or_default();
    warnings.extend(xml::clock_warning(recording.start_us));
    warnings
}

/// Strava says in the creator whether a barometer was used; GoldenCheetah says "with Barometer" of every
/// recording, which tells nothing.
fn altitude_source(creator: Option<&str>) -> AltitudeSource {
    match creator {
        Some(creator) if creator.contains("barometer") => AltitudeSource::Barometric,
        _ => AltitudeSource::Unknown,
    }
}

#[cfg(test)]
mod tests;

//! Reads TCX.
//!
//! Each `<Activity>`, alone or in a multi-sport session, becomes an activity. Laps keep what
//! started and ended them; a new `<Track>` after a hole in the stamps is a pause. Workouts are no
//! recordings, courses only where a converter wrote a run as one. Cadence, speed and power come from the extensions of any prefix.

mod course;
mod laps;

use crate::ingest::Account;
use crate::ingest::Activity;
use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Format;
use crate::ingest::OWN_CREATOR;
use crate::ingest::Totals;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::course::accept;
use crate::ingest::tcx::course::Course;
use crate::ingest::tcx::laps::RawLap;
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
use crate::ingest::xml::time::Stamp;
use crate::ingest::xml::values;
use crate::units::plural;

/// A first distance beyond this, in metres, was counted by an earlier part of a multi-sport
/// session: no recording starts a kilometre late.
const FOREIGN_DISTANCE_M: f64 = 1_000.0;

/// What the elements below a track point mean.
const QUANTITIES: [(&str, Quantity); 13] = [
    ("LatitudeDegrees", Quantity::Latitude),
    ("LongitudeDegrees", Quantity::Longitude),
    ("AltitudeMeters", Quantity::Altitude),
    ("DistanceMeters", Quantity::Distance),
    ("HeartRateBpm", Quantity::HeartRate),
    ("Speed", Quantity::Speed),
    ("RunCadence", Quantity::Cadence),
    ("Cadence", Quantity::Cadence),
    ("Watts", Quantity::Power),
    ("Power", Quantity::Power),
    ("Temperature", Quantity::Temperature),
    ("Temp", Quantity::Temperature),
    ("atemp", Quantity::Temperature),
];

/// Reads the activities of a TCX document, in the order of the document.
///
/// # Errors
/// [`ErrorKind::NotAnActivity`] for courses and workouts, [`ErrorKind::Unexpected`] when the
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

/// Returns what a TCX document holds, element by element.
pub(super) fn account(bytes: &[u8]) -> Account {
    xml::account::account(bytes, Format::Tcx, read(bytes))
}

/// What was seen of the document so far.
#[derive(Default)]
struct Scan {
    activities: Vec<RawActivity>,
    is_in_activity: bool,
    is_in_point: bool,
    has_workouts: bool,
    points: usize,
}

/// One `<Activity>` or `<Course>` as written.
#[derive(Default)]
struct RawActivity {
    sport: Option<String>,
    id: Option<Stamp>,
    device: Option<String>,
    name: Option<String>,
    trace: Trace,
    laps: Vec<RawLap>,
    /// Whether the current lap has had a `<Track>`.
    has_track: bool,
    /// What only a course has.
    course: Option<Course>,
}

impl Scan {
    fn open(&mut self, element: &Element<'_>) {
        match element.name {
            "Activity" => {
                self.is_in_activity = true;
                self.activities.push(RawActivity {
                    sport: element.attribute("Sport").as_deref().and_then(values::name),
                    ..RawActivity::default()
                });
            }
            "Course" => {
                self.is_in_activity = true;
                self.activities.push(RawActivity {
                    course: Some(Course::default()),
                    ..RawActivity::default()
                });
            }
            "Workout" => self.has_workouts = true,
            name => {
                if let Some(activity) = self.activity() {
                    activity.open(name, element);
                }
                self.is_in_point |= name == "Trackpoint";
            }
        }
    }

    fn close(&mut self, name: &str, document: &Document<'_>) -> Result<(), Error> {
        let is_in_point = self.is_in_point;
        if name == "Trackpoint" {
            self.is_in_point = false;
            self.points += 1;
            xml::check_points(self.points, document)?;
        }
        if let Some(activity) = self.activity() {
            if name == "Trackpoint" {
                activity.trace.end_point();
                activity.note_lap_time();
            } else if is_in_point {
                activity.close_value(name, document);
            } else {
                activity.close(name, document);
            }
        }
        if matches!(name, "Activity" | "Course") {
            self.is_in_activity = false;
        }
        Ok(())
    }

    /// Returns the activity or course that is being read.
    fn activity(&mut self) -> Option<&mut RawActivity> {
        self.activities.last_mut().filter(|_| self.is_in_activity)
    }

    fn activities(self, document: &Document<'_>) -> Result<Vec<Activity>, Error> {
        let mut counts = Counts::default();
        let recorded = self.activities.iter().filter(|one| one.course.is_none());
        for activity in recorded {
            counts.add(&activity.trace.counts);
        }
        let what = self.what(&counts);
        let (mut activities, mut planned) = (Vec::new(), None);
        for raw in self.activities {
            let course_counts = raw.course.is_some().then_some(raw.trace.counts);
            let mut found = raw.activities();
            if let Some(of_course) = course_counts {
                if let Err(error) = accept_all(&mut found) {
                    planned = planned.or(Some(error));
                    continue;
                }
                counts.add(&of_course);
            }
            activities.extend(found);
        }
        let has_heart_rate = activities
            .iter()
            .any(|activity| activity.records.heart_rate_bpm.has_values());
        match activities.first_mut() {
            Some(first) => first
                .warnings
                .extend(records::warnings(&counts, None, has_heart_rate)),
            None => {
                return Err(xml::cut_before_data("TCX", document)
                    .or(planned)
                    .unwrap_or_else(|| Error::file(ErrorKind::NotAnActivity { what })));
            }
        }
        Ok(activities)
    }

    /// Says what the document is when it holds no activity.
    fn what(&self, counts: &Counts) -> String {
        if counts.read > 0 {
            format!(
                "a TCX document without a usable point, {} read",
                plural(counts.read, "point")
            )
        } else if self.has_workouts {
            "a workout plan".to_owned()
        } else {
            "a TCX document without track points and laps".to_owned()
        }
    }
}

impl RawActivity {
    fn open(&mut self, name: &str, element: &Element<'_>) {
        match name {
            "Lap" => {
                let start = element.attribute("StartTime");
                self.laps
                    .push(RawLap::starting(start.as_deref().and_then(time::stamp)));
                self.trace.start_part(Break::Lap);
                self.has_track = false;
            }
            "Track" => {
                if self.has_track {
                    self.trace.start_part(Break::Segment);
                }
                self.has_track = true;
            }
            "Trackpoint" => self.trace.start_point(),
            "CoursePoint" => {
                if let Some(course) = &mut self.course {
                    course.start_point();
                }
            }
            _ => {}
        }
    }

    /// Reads a value of a track point.
    fn close_value(&mut self, name: &str, document: &Document<'_>) {
        let name = if name == "Value" {
            document.parent()
        } else {
            name
        };
        if name == "Time" {
            self.trace.set_time(document.text());
        }
        if let Some((_, quantity)) = QUANTITIES.iter().find(|(known, _)| *known == name) {
            self.trace.set(*quantity, document.text());
        }
    }

    /// Reads a value of the activity or of its lap.
    fn close(&mut self, name: &str, document: &Document<'_>) {
        let text = document.text();
        match (document.parent(), name) {
            ("Lap", _) | (_, "Value") => {
                if let Some(lap) = self.laps.last_mut() {
                    lap.read(name, document.parent(), text);
                }
            }
            ("CoursePoint", _) => {
                if let Some(course) = &mut self.course {
                    course.read(name, text);
                }
            }
            ("Course", "Name") => self.name = values::name(text),
            ("Activity", "Id") => self.id = time::stamp(text),
            ("Activity", "Notes") => {
                self.name = self
                    .name
                    .take()
                    .or(values::name(text.trim().lines().next().unwrap_or_default()));
            }
            ("Plan", "Name") => self.name = values::name(text).or(self.name.take()),
            ("Creator", "Name") => self.device = values::name(text),
            _ => {}
        }
    }

    /// Lets the current lap know the time of the point that just ended.
    fn note_lap_time(&mut self) {
        if let (Some(lap), Some(point)) = (self.laps.last_mut(), self.trace.points.last()) {
            lap.extend_to(point.time_us);
        }
    }

    fn activities(self) -> Vec<Activity> {
        let (sport, sub_sport) = xml::sport::sport(self.sport.as_deref().unwrap_or_default());
        let zone = self.trace.zone.or(self.id.map(|id| id.zone));
        let (mut recordings, mut warnings) = records::recordings(self.trace, sport);
        warnings.extend(records::warnings(&Counts::default(), zone, true));
        if recordings.is_empty() && self.course.is_none() {
            recordings.extend(laps::without_points(&self.laps, self.id));
        }
        let course = self.course;
        let is_own = self.device.as_deref() == Some(OWN_CREATOR);
        let laps = self.laps.into_iter();
        let laps = laps.map(|lap| if is_own { lap } else { lap.without_kind() });
        let shares = laps::shares(laps.collect(), &recordings);
        let head = Activity {
            format: Some(Format::Tcx),
            device: self.device,
            sport,
            sub_sport,
            name: self.name,
            utc_offset_s: zone.and_then(time::utc_offset_s),
            ..Activity::default()
        };
        let mut warnings = Some(warnings);
        recordings
            .into_iter()
            .zip(shares)
            .map(|(recording, laps)| {
                let warnings = warnings.take().unwrap_or_default();
                complete(&head, recording, &laps, course.as_ref(), warnings)
            })
            .collect()
    }
}

/// Takes a course for a recording, or tells why it is none.
fn accept_all(found: &mut [Activity]) -> Result<(), Error> {
    if found.is_empty() {
        accept(&mut Activity::default())?;
    }
    found.iter_mut().try_for_each(accept)
}

/// Puts one recording and its laps under the common head.
fn complete(
    head: &Activity,
    mut recording: Recording,
    raw_laps: &[RawLap],
    course: Option<&Course>,
    mut warnings: Vec<Warning>,
) -> Activity {
    warnings.extend(xml::clock_warning(recording.start_us));
    warnings.extend(own_distance(&mut recording));
    let (laps, lap_warning) = match course {
        Some(course) => (course.laps(raw_laps, &recording), None),
        None => laps::laps(raw_laps, &recording),
    };
    warnings.extend(lap_warning);
    let has_power = recording.records.power_w.has_values();
    Activity {
        start: time::date(recording.start_us),
        // Those of a course are of what wrote it, not of a watch.
        totals: course.map_or_else(|| totals(raw_laps), |_| Totals::default()),
        laps,
        power_source: has_power.then(|| "native".to_owned()),
        records: recording.records,
        pauses: recording.pauses,
        warnings,
        ..head.clone()
    }
}

/// Takes off the distance that an earlier part of a multi-sport session had counted.
fn own_distance(recording: &mut Recording) -> Option<Warning> {
    let distance = &mut recording.records.distance_m;
    let first = distance.iter().flatten().next()?;
    if first <= FOREIGN_DISTANCE_M {
        return None;
    }
    *distance = distance.map(|metres| metres - first);
    Some(Warning::new(
        WarningCode::TcxDistanceOffset,
        format!("distance starts at {first:.0} m; counted from there"),
    ))
}

/// Adds up what the device says of its laps.
fn totals(laps: &[RawLap]) -> Totals {
    let sum = |value: fn(&RawLap) -> Option<f64>| {
        let values: Vec<f64> = laps.iter().filter_map(value).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>())
    };
    let beats = sum(|lap| Some(lap.heart_rate_bpm? * lap.timer_s?));
    let beating_s = sum(|lap| lap.heart_rate_bpm.and(lap.timer_s));
    Totals {
        timer_s: sum(|lap| lap.timer_s),
        distance_m: sum(|lap| lap.distance_m),
        mean_heart_rate_bpm: beats
            .zip(beating_s)
            .filter(|(_, s)| *s > 0.0)
            .map(|(beats, s)| beats / s),
        ..Totals::default()
    }
}

#[cfg(test)]
mod tests;

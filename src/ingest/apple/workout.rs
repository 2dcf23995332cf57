//! One workout as the export writes it, element by element.

use chrono::DateTime;
use chrono::FixedOffset;
use chrono::NaiveDateTime;
use chrono::Offset;
use chrono::TimeZone;
use chrono::Utc;
use quick_xml::events::BytesStart;

use super::sport;
use super::stamp::Calendar;
use super::stamp::Moment;
use super::tag::attributes;
use super::tag::plain;
use super::unit;
use super::unit::Dimension;
use crate::ingest::Sport;

/// What the types of all events begin with.
const EVENT_PREFIX: &str = "HKWorkoutEventType";
/// Most events or steps of one workout: each is looked for among the others.
const MOST_PARTS: usize = 5_000;
/// Most positions of one workout; what is more is left out. A day at a position a second has 86,400.
const MOST_LOCATIONS: usize = 1_000_000;

/// Most routes of one workout: several only when it was cut by pauses.
const MOST_ROUTES: usize = 100;
/// The longest workout that is one.
///
/// # Units
/// Seconds. Ten days, the longest of the multi-day races that are held by the clock.
const LONGEST_S: i64 = 10 * 86_400;

/// What happened at a moment of a workout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EventKind {
    /// The timer was stopped, by hand or since the runner stood.
    Pause,
    /// It ran again.
    Resume,
    /// A lap.
    Lap,
    /// A stretch: a kilometre or mile that the watch counts by itself, or what the runner marked.
    Segment,
}

/// An event, which may have a length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct WorkoutEvent {
    pub(super) kind: EventKind,
    /// Seconds since 1970 in UTC.
    pub(super) start_s: i64,
    /// The same; that of the start for a moment.
    pub(super) end_s: i64,
}

/// A position that the oldest exports write into the workout itself.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Location {
    pub(super) time_s: i64,
    pub(super) latitude_deg: f64,
    pub(super) longitude_deg: f64,
    pub(super) altitude_m: Option<f32>,
    pub(super) speed_m_s: Option<f32>,
}

/// One workout, before the records in its time are joined with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Workout {
    /// Apple's name of its kind, as in "Running".
    pub(super) kind: String,
    pub(super) start_s: i64,
    pub(super) end_s: i64,
    /// The offset in which its dates are written.
    pub(super) offset_s: i32,
    pub(super) source: u16,
    /// The name of the source: whose watch it is, never shown.
    pub(super) source_name: String,
    pub(super) device: Option<String>,
    pub(super) timer_s: Option<f64>,
    /// As older exports write them, into the workout itself.
    old_distance_m: Option<f64>,
    old_energy_kcal: Option<f64>,
    /// As newer ones do, into its statistics.
    distance_m: Option<f64>,
    energy_kcal: Option<f64>,
    pub(super) mean_heart_rate_bpm: Option<f64>,
    pub(super) ascent_m: Option<f64>,
    pub(super) zone: Option<String>,
    pub(super) is_indoor: bool,
    pub(super) events: Vec<WorkoutEvent>,
    /// The steps of a programmed workout: when each began and ended.
    pub(super) steps: Vec<(i64, i64)>,
    pub(super) routes: Vec<String>,
    pub(super) locations: Vec<Location>,
}

impl Workout {
    /// Returns what tells the workout from all others, in every export of it: kind, start, end, source.
    #[must_use]
    pub fn identity(&self) -> String {
        let (kind, start_s, end_s) = (&self.kind, self.start_s, self.end_s);
        format!("{kind}\n{start_s}\n{end_s}\n{}", self.source_name)
    }

    /// Returns whether it is a run.
    #[must_use]
    pub fn is_run(&self) -> bool {
        sport::sport(&self.kind, self.is_indoor).0 == Sport::Running
    }

    /// Returns when it began, on the clock of the place.
    #[must_use]
    pub fn local_start(&self) -> Option<NaiveDateTime> {
        let start = DateTime::from_timestamp(self.start_s, 0)?;
        let offset = FixedOffset::east_opt(self.offset_s(start))?;
        Some(start.with_timezone(&offset).naive_local())
    }

    /// Returns local time minus UTC at a moment: of the zone in which the watch was; else the offset in which
    /// all dates are written, that of the phone when it wrote the export.
    pub(super) fn offset_s(&self, at: DateTime<Utc>) -> i32 {
        let zone: Option<chrono_tz::Tz> = self.zone.as_deref().and_then(|zone| zone.parse().ok());
        zone.map_or(self.offset_s, |zone| {
            zone.offset_from_utc_datetime(&at.naive_utc())
                .fix()
                .local_minus_utc()
        })
    }

    /// Returns the files in which its route lies, as the export names them:
    /// "/workout-routes/route_2026-05-01_7.12am.gpx".
    #[must_use]
    pub fn routes(&self) -> &[String] {
        &self.routes
    }

    /// Returns the distance of the whole as the device tells it.
    pub(super) fn distance_m(&self) -> Option<f64> {
        self.distance_m.or(self.old_distance_m)
    }

    /// Returns the energy, without that of rest.
    pub(super) fn energy_kcal(&self) -> Option<f64> {
        self.energy_kcal.or(self.old_energy_kcal)
    }

    /// Begins a workout; absent without a start and an end in order, and not too long after it.
    pub(super) fn open(
        tag: &BytesStart<'_>,
        calendar: &mut Calendar,
        source_of: &mut dyn FnMut(&str) -> u16,
    ) -> Option<Self> {
        let mut found = Found::default();
        for (key, value) in attributes(tag) {
            found.take(key, value, calendar);
        }
        let (start, end) = (found.start?, found.end?);
        let source_name = plain(&found.source).into_owned();
        let device = found.device.as_deref().map(plain);
        Some(Self {
            kind: found.kind,
            start_s: start.utc_s,
            end_s: end.utc_s,
            offset_s: start.offset_s,
            source: source_of(&found.source),
            device: super::device::shown(device.as_deref(), &source_name),
            source_name,
            timer_s: found.duration.of(Dimension::Time),
            old_distance_m: found.distance.of(Dimension::Length),
            old_energy_kcal: found.energy.of(Dimension::Energy),
            distance_m: None,
            energy_kcal: None,
            mean_heart_rate_bpm: None,
            ascent_m: None,
            zone: None,
            is_indoor: false,
            events: Vec::new(),
            steps: Vec::new(),
            routes: Vec::new(),
            locations: Vec::new(),
        })
        .filter(|workout| (0..=LONGEST_S).contains(&(workout.end_s - workout.start_s)))
    }

    /// Takes an element within the workout; `parent` is the element around it.
    pub(super) fn take(
        &mut self,
        parent: &str,
        name: &str,
        tag: &BytesStart<'_>,
        calendar: &mut Calendar,
    ) {
        match (parent, name) {
            ("Workout", "MetadataEntry") => self.take_metadata(tag),
            ("Workout", "WorkoutStatistics") => self.take_statistics(tag),
            ("Workout" | "WorkoutActivity", "WorkoutEvent") => self.take_event(tag, calendar),
            ("Workout", "WorkoutActivity") => self.take_step(tag, calendar),
            ("WorkoutRoute", "FileReference") => self.take_route(tag),
            ("WorkoutRoute", "Location") => self.take_location(tag, calendar),
            _ => {}
        }
    }

    fn take_metadata(&mut self, tag: &BytesStart<'_>) {
        let (mut key, mut value) = (String::new(), String::new());
        for (name, text) in attributes(tag) {
            match name {
                "key" => key = text.to_owned(),
                "value" => value = text.to_owned(),
                _ => {}
            }
        }
        match key.as_str() {
            "HKTimeZone" => self.zone = Some(value),
            "HKIndoorWorkout" => self.is_indoor = value.trim() == "1",
            "HKElevationAscended" => self.ascent_m = unit::with_unit(&value, Dimension::Length),
            _ => {}
        }
    }

    /// Takes a statistic of the whole workout; several of one kind are of its parts and add up.
    fn take_statistics(&mut self, tag: &BytesStart<'_>) {
        let (mut kind, mut unit, mut sum, mut average) = Default::default();
        for (name, text) in attributes(tag) {
            match name {
                "type" => kind = text.to_owned(),
                "unit" => unit = text.to_owned(),
                "sum" => sum = number(text),
                "average" => average = number(text),
                _ => {}
            }
        }
        let in_unit = |value: Option<f64>, dimension| Some(value? * unit::scale(&unit, dimension)?);
        let add = |to: &mut Option<f64>, more: Option<f64>| {
            if let Some(more) = more {
                *to = Some(to.unwrap_or(0.0) + more);
            }
        };
        let kind: String = kind;
        match kind
            .strip_prefix(super::samples::PREFIX)
            .unwrap_or_default()
        {
            "ActiveEnergyBurned" => {
                add(&mut self.energy_kcal, in_unit(sum, Dimension::Energy));
            }
            "HeartRate" => self.mean_heart_rate_bpm = in_unit(average, Dimension::Rate),
            other if other.starts_with("Distance") => {
                add(&mut self.distance_m, in_unit(sum, Dimension::Length));
            }
            _ => {}
        }
    }

    fn take_event(&mut self, tag: &BytesStart<'_>, calendar: &mut Calendar) {
        let mut found = Found::default();
        for (key, value) in attributes(tag) {
            found.take(key, value, calendar);
        }
        let kind = match found
            .record_type
            .strip_prefix(EVENT_PREFIX)
            .unwrap_or_default()
        {
            "Pause" | "MotionPaused" => EventKind::Pause,
            "Resume" | "MotionResumed" => EventKind::Resume,
            "Lap" => EventKind::Lap,
            "Segment" => EventKind::Segment,
            _ => return,
        };
        let Some(date) = found.date else { return };
        let length_s = found.duration.of(Dimension::Time).unwrap_or(0.0);
        #[expect(clippy::cast_possible_truncation, reason = "saturates")]
        let length_s = length_s.round().clamp(0.0, f64::from(u32::MAX)) as i64;
        let event = WorkoutEvent {
            kind,
            start_s: date.utc_s,
            end_s: date.utc_s + length_s,
        };
        // The parts of a workout repeat the events of the whole.
        let is_known = self.events.contains(&event) && kind != EventKind::Lap;
        if !is_known && self.events.len() < MOST_PARTS {
            self.events.push(event);
        }
    }

    fn take_step(&mut self, tag: &BytesStart<'_>, calendar: &mut Calendar) {
        let mut found = Found::default();
        for (key, value) in attributes(tag) {
            found.take(key, value, calendar);
        }
        if let (Some(start), Some(end)) = (found.start, found.end)
            && self.steps.len() < MOST_PARTS
        {
            self.steps.push((start.utc_s, end.utc_s));
        }
    }

    fn take_route(&mut self, tag: &BytesStart<'_>) {
        let path = attributes(tag).find(|(name, _)| *name == "path");
        if let Some((_, path)) = path
            && self.routes.len() < MOST_ROUTES
        {
            self.routes.push(plain(path).into_owned());
        }
    }

    fn take_location(&mut self, tag: &BytesStart<'_>, calendar: &mut Calendar) {
        let mut location = Location::default();
        let (mut date, mut latitude, mut longitude) = (None, None, None);
        for (name, text) in attributes(tag) {
            match name {
                "date" => date = calendar.read(text),
                "latitude" => latitude = number(text).filter(|deg| deg.abs() < 90.0),
                "longitude" => longitude = number(text).filter(|deg| deg.abs() < 180.0),
                "altitude" => location.altitude_m = short(text),
                "speed" => location.speed_m_s = short(text).filter(|speed| *speed >= 0.0),
                _ => {}
            }
        }
        if let (Some(date), Some(latitude_deg), Some(longitude_deg)) = (date, latitude, longitude)
            && self.locations.len() < MOST_LOCATIONS
        {
            self.locations.push(Location {
                time_s: date.utc_s,
                latitude_deg,
                longitude_deg,
                ..location
            });
        }
    }
}

/// Returns a number that is one.
pub(super) fn number(text: &str) -> Option<f64> {
    text.trim()
        .parse::<f64>()
        .ok()
        .filter(|value| value.is_finite())
}

#[expect(clippy::cast_possible_truncation, reason = "a metre less or more")]
fn short(text: &str) -> Option<f32> {
    number(text).map(|value| value as f32)
}

/// A value and its unit, which are attributes of their own.
#[derive(Debug, Default)]
struct Quantity {
    value: Option<f64>,
    unit: String,
}

impl Quantity {
    fn of(&self, dimension: Dimension) -> Option<f64> {
        let value = self.value.filter(|value| *value >= 0.0)?;
        Some(value * unit::scale(&self.unit, dimension)?)
    }
}

/// What the attributes of a workout, an event or a step say.
#[derive(Debug, Default)]
struct Found {
    kind: String,
    record_type: String,
    source: String,
    device: Option<String>,
    start: Option<Moment>,
    end: Option<Moment>,
    date: Option<Moment>,
    duration: Quantity,
    distance: Quantity,
    energy: Quantity,
}

impl Found {
    fn take(&mut self, key: &str, text: &str, calendar: &mut Calendar) {
        match key {
            "workoutActivityType" => {
                self.kind = text.strip_prefix(sport::PREFIX).unwrap_or(text).to_owned();
            }
            "type" => self.record_type = text.to_owned(),
            "sourceName" => self.source = text.to_owned(),
            "device" => self.device = Some(text.to_owned()),
            "startDate" => self.start = calendar.read(text),
            "endDate" => self.end = calendar.read(text),
            "date" => self.date = calendar.read(text),
            "duration" => self.duration.value = number(text),
            "durationUnit" => self.duration.unit = text.to_owned(),
            "totalDistance" => self.distance.value = number(text),
            "totalDistanceUnit" => self.distance.unit = text.to_owned(),
            "totalEnergyBurned" => self.energy.value = number(text),
            "totalEnergyBurnedUnit" => self.energy.unit = text.to_owned(),
            _ => {}
        }
    }
}

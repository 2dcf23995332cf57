//! *bytes → records and workouts*, in one pass.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;

use super::input::Guarded;
use super::input::MAX_EVENT_BYTES;
use super::input::TOO_LONG;
use super::samples;
use super::samples::MAX_SAMPLES;
use super::samples::Sample;
use super::samples::Samples;
use super::samples::Sources;
use super::stamp::Calendar;
use super::tag::attributes;
use super::unit;
use super::workout::Workout;
use super::workout::number;
use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Place;
use crate::ingest::xml::document::MAX_DEPTH;

/// The root of an export.
const ROOT: &str = "HealthData";
/// The earliest and the latest record that is kept: 2000, before which no phone measured anything, and
/// the end of [`Sample::start_s`].
const DATES_S: std::ops::RangeInclusive<i64> = 946_684_800..=4_294_967_295;
/// Most workouts; a decade with two a day has seven thousand.
const MAX_WORKOUTS: usize = 200_000;
/// Most positions of all workouts together that the oldest exports write among them: 400 MB.
const MAX_LOCATIONS: usize = 10_000_000;

/// Most time of all workouts together: five years, six hours on each day of twenty.
///
/// # Units
/// Seconds.
const MAX_TOTAL_S: i64 = 5 * 366 * 86_400;

/// What an export holds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) samples: Samples,
    pub(super) workouts: Vec<Workout>,
    /// Why the end is known to be missing, and where.
    pub(super) cut: Option<(String, u64)>,
    /// Records without a date, a value or a unit that makes sense.
    pub(super) bad_records: usize,
    /// Workouts without a start and an end that make sense.
    pub(super) bad_workouts: usize,
    /// Bytes that were no UTF-8.
    pub(super) bad_bytes: usize,
    sources: Sources,
    calendar: Calendar,
    /// The names of the open elements below the root, as far as they matter.
    open: Vec<&'static str>,
    /// How many elements are open.
    depth: usize,
    workout: Option<Workout>,
    locations: usize,
    /// How long all workouts are together.
    total_s: i64,
}

/// The elements that have others of interest in them; all others are "".
const CONTAINERS: [&str; 5] = [
    ROOT,
    "Correlation",
    "Workout",
    "WorkoutActivity",
    "WorkoutRoute",
];

/// Reads a whole export, up to where it is cut off.
///
/// # Errors
/// [`ErrorKind::Unexpected`] when the root is another one, [`ErrorKind::Limit`] for hostile ones.
pub(super) fn scan(input: impl BufRead) -> Result<Scan, Error> {
    let mut reader = Reader::from_reader(Guarded::new(input));
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    config.trim_text_start = true;
    let (mut scan, mut buffer, mut last_fault) = (Scan::default(), Vec::new(), 0);
    loop {
        buffer.clear();
        reader.get_mut().begin_event();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => {
                scan.take(&tag)?;
                scan.open(&tag)?;
            }
            Ok(Event::Empty(tag)) => {
                scan.take(&tag)?;
                scan.close_workout(local(tag.name().as_ref()));
            }
            Ok(Event::End(tag)) => scan.close(local(tag.name().as_ref())),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let at = reader.buffer_position();
                // A fault that the parser can pass, and does.
                if matches!(error, quick_xml::Error::IllFormed(_)) && at > last_fault {
                    last_fault = at;
                    continue;
                }
                if error.to_string().contains(TOO_LONG) {
                    let limit = format!("{MAX_EVENT_BYTES} bytes in one tag or text");
                    return Err(over(limit, at));
                }
                scan.cut = Some((why(&error), at));
                break;
            }
        }
    }
    scan.bad_bytes = reader.get_ref().replaced;
    scan.finish(reader.buffer_position())
}

fn why(error: &quick_xml::Error) -> String {
    match error {
        quick_xml::Error::Syntax(_) => "it ends inside a tag".to_owned(),
        error => error.to_string(),
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn over(limit: String, at: u64) -> Error {
    Error {
        place: Place::Byte(at),
        kind: ErrorKind::Limit {
            limit,
            found: "more".to_owned(),
            next: "this is not what a phone writes; export the data again".to_owned(),
        },
    }
}

impl Scan {
    /// Takes what a tag says.
    fn take(&mut self, tag: &BytesStart<'_>) -> Result<(), Error> {
        let name = tag.name();
        let name = local(name.as_ref());
        let parent = self.open.last().copied().unwrap_or_default();
        match (parent, name) {
            _ if self.depth == 0 && name == ROOT => {}
            _ if self.depth == 0 => return Err(no_export(name)),
            // Within a correlation they are records that stand alone too.
            (ROOT | "", "Record") => self.record(tag)?,
            (ROOT | "", "Workout") => self.open_workout(tag)?,
            _ => {
                if let Some(workout) = &mut self.workout {
                    let before = workout.locations.len();
                    workout.take(parent, name, tag, &mut self.calendar);
                    self.locations += workout.locations.len() - before;
                }
            }
        }
        if self.locations > MAX_LOCATIONS {
            return Err(over(format!("{MAX_LOCATIONS} positions"), 0));
        }
        Ok(())
    }

    /// Enters an element.
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), Error> {
        let name = tag.name();
        let name = local(name.as_ref());
        let known = CONTAINERS.iter().find(|known| **known == name);
        self.open.push(known.copied().unwrap_or_default());
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(over(format!("{MAX_DEPTH} nested elements"), 0));
        }
        Ok(())
    }

    /// Closes an element and all that it forgot to close; one that was never opened is passed.
    fn close(&mut self, name: &str) {
        let is_known = CONTAINERS.contains(&name);
        if is_known && !self.open.contains(&name) {
            return;
        }
        while let Some(innermost) = self.open.last().copied() {
            // What an element of no interest closes is one of its kind.
            if !is_known && !innermost.is_empty() {
                return;
            }
            self.close_innermost();
            if !is_known || innermost == name {
                return;
            }
        }
    }

    fn close_innermost(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        let name = self.open.pop().unwrap_or_default();
        self.close_workout(name);
    }

    fn close_workout(&mut self, name: &str) {
        if name == "Workout" {
            self.workouts.extend(self.workout.take());
        }
    }

    fn record(&mut self, tag: &BytesStart<'_>) -> Result<(), Error> {
        let (mut row, mut source, mut unit, mut value) = (None, 0, None, None);
        let (mut start, mut end) = (None, None);
        for (key, text) in attributes(tag) {
            match key {
                // It is the first: most records are of types that a run does not need.
                "type" => match samples::row_of(text) {
                    Some(known) => row = Some(known),
                    None => return Ok(()),
                },
                "sourceName" => source = self.sources.number(text),
                "unit" => unit = Some(text),
                "startDate" => start = self.calendar.read(text),
                "endDate" => end = self.calendar.read(text),
                "value" => value = number(text),
                _ => {}
            }
        }
        let Some(row) = row else { return Ok(()) };
        let scale = unit::scale(unit.unwrap_or_default(), row.dimension);
        let value = value
            .zip(scale)
            .map(|(value, scale)| value * scale * row.factor);
        let (Some(start), Some(value)) = (start, value) else {
            self.bad_records += 1;
            return Ok(());
        };
        let (low, high) = row.limits;
        let length_s = end.map_or(0, |end| end.utc_s - start.utc_s);
        let is_sound =
            (low..=high).contains(&value) && DATES_S.contains(&start.utc_s) && length_s >= 0;
        if !is_sound {
            self.bad_records += 1;
            return Ok(());
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "seven digits; exports have six"
        )]
        let value = value as f32;
        let sample = Sample {
            start_s: u32::try_from(start.utc_s).unwrap_or(u32::MAX),
            length_s: u16::try_from(length_s).unwrap_or(u16::MAX),
            source,
            value,
        };
        if self.samples.push(row.kind, sample) {
            return Ok(());
        }
        Err(over(format!("{MAX_SAMPLES} records of runs"), 0))
    }

    fn open_workout(&mut self, tag: &BytesStart<'_>) -> Result<(), Error> {
        let sources = &mut self.sources;
        let mut source_of = |name: &str| sources.number(name);
        self.workout = Workout::open(tag, &mut self.calendar, &mut source_of);
        self.bad_workouts += usize::from(self.workout.is_none());
        let length_s = self
            .workout
            .as_ref()
            .map_or(0, |one| one.end_s - one.start_s);
        self.total_s += length_s;
        if self.workouts.len() >= MAX_WORKOUTS {
            return Err(over(format!("{MAX_WORKOUTS} workouts"), 0));
        }
        if self.total_s > MAX_TOTAL_S {
            return Err(over(format!("{MAX_TOTAL_S} s of workouts"), 0));
        }
        Ok(())
    }

    /// Ends the pass: a workout that the cut goes through is kept as far as it was read.
    fn finish(mut self, at: u64) -> Result<Self, Error> {
        if self.cut.is_none() && self.depth > 0 {
            let inside = self.open.iter().rev().find(|name| !name.is_empty());
            let inside = inside.copied().unwrap_or(ROOT);
            self.cut = Some((format!("it ends inside <{inside}>"), at));
        }
        self.workouts.extend(self.workout.take());
        self.workouts
            .sort_by(|a, b| (a.start_s, &a.kind, a.source).cmp(&(b.start_s, &b.kind, b.source)));
        // A watch that slept writes the last records of a run into the second after it.
        const AROUND_S: i64 = 60;
        let times = self.workouts.iter();
        let times = times
            .map(|one| (one.start_s - AROUND_S, one.end_s + AROUND_S))
            .collect();
        self.samples.keep_within(times);
        Ok(self)
    }
}

fn no_export(root: &str) -> Error {
    const MOST_CHARACTERS: usize = 40;
    let root: String = root.chars().take(MOST_CHARACTERS).collect();
    Error::file(ErrorKind::Unexpected {
        expected: format!("an export of Apple Health (<{ROOT}>)"),
        found: format!("<{root}>"),
        next: "export the data again".to_owned(),
    })
}

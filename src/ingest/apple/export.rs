//! *export and routes → Activity*, one workout at a time.

use std::io::BufRead;

use chrono::DateTime;

use super::laps;
use super::records;
use super::records::Recorded;
use super::route;
use super::scan;
use super::scan::Scan;
use super::sport;
use super::workout::Workout;
use crate::ingest::Account;
use crate::ingest::Activity;
use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Format;
use crate::ingest::Pause;
use crate::ingest::Place;
use crate::ingest::Totals;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::finish;
use crate::ingest::xml;
use crate::units::plural;

/// An export of Apple Health: its workouts, and the records in their time.
#[derive(Debug)]
pub struct Export {
    scan: Scan,
}

impl Export {
    /// Reads an export to its end, or to where it is cut off. What is kept of a gigabyte is under 100 MB.
    ///
    /// # Errors
    /// [`ErrorKind::NotAnActivity`] when it holds no workout, [`ErrorKind::Unexpected`] when it is cut off
    /// before its first or is something else, [`ErrorKind::Limit`] for hostile ones.
    pub fn read(input: impl BufRead) -> Result<Self, Error> {
        let scan = scan::scan(input)?;
        if !scan.workouts.is_empty() {
            return Ok(Self { scan });
        }
        let Some((cut, at)) = scan.cut else {
            return Err(none(scan.bad_workouts));
        };
        Err(Error {
            place: Place::Byte(at),
            kind: ErrorKind::Unexpected {
                expected: "an export of Apple Health with workouts, which are at its end"
                    .to_owned(),
                found: format!("an incomplete file: {cut}"),
                next: "export the data again".to_owned(),
            },
        })
    }

    /// Returns the workouts in order of their start.
    #[must_use]
    pub fn workouts(&self) -> &[Workout] {
        &self.scan.workouts
    }

    /// Returns what was odd about the export as a whole.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let scan = &self.scan;
        let mut warnings = Vec::new();
        if let Some((cut, at)) = &scan.cut {
            let kept = plural(scan.workouts.len(), "workout");
            let text = format!("the file is incomplete: {cut}; {kept} kept");
            warnings.push(Warning::at(
                WarningCode::XmlIncomplete,
                Place::Byte(*at),
                text,
            ));
        }
        if scan.bad_workouts > 0 {
            let text = format!(
                "{} left out: without a start and an end that make sense",
                plural(scan.bad_workouts, "workout")
            );
            warnings.push(Warning::new(WarningCode::AppleWorkout, text));
        }
        if scan.bad_records > 0 {
            let what = plural(scan.bad_records, "record");
            let text = format!(
                "{what} treated as missing: no date, no number, an unknown unit or impossible"
            );
            warnings.push(Warning::new(WarningCode::XmlBadValue, text));
        }
        if scan.bad_bytes > 0 {
            let text = format!(
                "{} no UTF-8; read as question marks",
                plural(scan.bad_bytes, "byte")
            );
            warnings.push(Warning::new(WarningCode::XmlEncoding, text));
        }
        warnings
    }

    /// Joins a workout with the records in its time and its route; `file` gives the bytes of a file by the
    /// name that the export has for it. Absent beyond the last workout.
    ///
    /// A route that is missing leaves the workout without positions, with a warning.
    pub fn activity(
        &self,
        index: usize,
        file: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> Option<Activity> {
        let workout = self.scan.workouts.get(index)?;
        let route = route::of(workout, file);
        let recorded = records::of(workout, &self.scan.samples, &route.points);
        let mut activity = joined(workout, recorded);
        activity.warnings.extend(missing(&route.missing));
        finish::finish(&mut activity);
        Some(activity)
    }
}

/// Returns the error of a whole export without a workout that can be read.
fn none(bad_workouts: usize) -> Error {
    if bad_workouts > 0 {
        return Error::file(ErrorKind::Unexpected {
            expected: "workouts with a start and an end".to_owned(),
            found: format!("{} without", plural(bad_workouts, "workout")),
            next: "export the data again".to_owned(),
        });
    }
    let what = "an export of Apple Health without a workout".to_owned();
    Error::file(ErrorKind::NotAnActivity { what })
}

/// Reads all workouts of an export that is in memory, without the routes beside it.
///
/// # Errors
/// As for [`Export::read`].
pub(in crate::ingest) fn read(bytes: &[u8]) -> Result<Vec<Activity>, Error> {
    let export = Export::read(bytes)?;
    let indices = 0..export.workouts().len();
    let mut activities: Vec<Activity> = indices
        .filter_map(|index| export.activity(index, &|_| None))
        .collect();
    if let Some(first) = activities.first_mut() {
        first.warnings.extend(export.warnings());
    }
    Ok(activities)
}

/// Returns what an export holds, element by element.
pub(in crate::ingest) fn account(bytes: &[u8]) -> Account {
    xml::account::account(bytes, Format::AppleHealth, read(bytes))
}

fn joined(workout: &Workout, recorded: Recorded) -> Activity {
    let (sport, sub_sport) = sport::sport(&workout.kind, workout.is_indoor);
    let zero_s = recorded.start_s;
    let last_s = recorded.records.time_s.last().copied().unwrap_or(0.0);
    let clock = |time_s: i64| ((time_s - zero_s) as f64).clamp(0.0, last_s);
    let pauses: Vec<Pause> = laps::pauses(workout)
        .into_iter()
        .map(|(start_s, end_s)| Pause {
            start_s: clock(start_s),
            end_s: clock(end_s),
        })
        .filter(|pause| pause.start_s < pause.end_s)
        .collect();
    let start = DateTime::from_timestamp(zero_s, 0);
    Activity {
        format: Some(Format::AppleHealth),
        device: workout.device.clone(),
        sport,
        sub_sport,
        start,
        utc_offset_s: start.map(|start| workout.offset_s(start)),
        laps: laps::laps(workout, &recorded.distance, zero_s, &pauses),
        pauses,
        totals: totals(workout),
        perceived_exertion: recorded.effort,
        power_source: recorded
            .records
            .power_w
            .has_values()
            .then(|| "native".to_owned()),
        records: recorded.records,
        ..Activity::default()
    }
}

fn totals(workout: &Workout) -> Totals {
    Totals {
        elapsed_s: Some((workout.end_s - workout.start_s) as f64),
        timer_s: workout.timer_s,
        distance_m: workout.distance_m(),
        moving_s: None,
        ascent_m: workout.ascent_m,
        energy_kcal: workout.energy_kcal(),
        mean_heart_rate_bpm: workout.mean_heart_rate_bpm,
    }
}

fn missing(routes: &[String]) -> Option<Warning> {
    let first = routes.first()?;
    let name = first.rsplit('/').next().unwrap_or(first);
    let text = format!(
        "expected the route {name} beside the export ({}), found none that can be read; read without positions: export the data again",
        plural(routes.len(), "file")
    );
    Some(Warning::new(WarningCode::AppleRoute, text))
}

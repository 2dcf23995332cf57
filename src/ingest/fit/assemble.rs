//! Contents of a chain of files → activities.

use crate::ingest::Activity;
use crate::ingest::AltitudeSource;
use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Format;
use crate::ingest::Place;
use crate::ingest::Sport;
use crate::ingest::Totals;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::course;
use crate::units::plural;

use super::clock::Moment;
use super::clock::Timeline;
use super::contents::Contents;
use super::dates;
use super::frame::Framed;
use super::head;
use super::heart_rate;
use super::laps;
use super::laps::Elapsed;
use super::messages::LapMessage;
use super::messages::Session;
use super::note::note;
use super::own;
use super::parts::Part;
use super::parts::parts;
use super::profile;
use super::quantities;
use super::table::Column;

/// Returns the activities of a chain of files.
///
/// # Errors
/// [`Error`] when there is none.
pub(super) fn activities(files: Vec<Contents>, framed: &[Framed]) -> Result<Vec<Activity>, Error> {
    let kind = files.iter().find_map(|file| file.file_id.kind);
    let mut stray = Vec::new();
    let mut activities: Vec<Activity> = Vec::new();
    let mut planned = None;
    for (file, frame) in merge_straps(files).into_iter().zip(framed) {
        if file.is_course() {
            match course_activities(file, &frame.warnings) {
                Ok(recorded) => activities.extend(recorded),
                Err(error) => planned = planned.or(Some(error)),
            }
        } else if is_activity(&file) {
            activities.extend(file_activities(file, &frame.warnings));
        } else {
            stray.extend(frame.warnings.iter().cloned());
        }
    }
    match activities.first_mut() {
        Some(first) => first.warnings.extend(stray),
        None => return Err(planned.unwrap_or_else(|| nothing(kind, framed))),
    }
    Ok(activities)
}

/// Returns whether a file holds a recorded activity.
fn is_activity(file: &Contents) -> bool {
    let may_be = matches!(file.file_id.kind, None | Some(profile::ACTIVITY_FILE));
    !file.sessions.is_empty() || (may_be && file.table.has_values())
}

/// Says why there is no activity.
fn nothing(kind: Option<u8>, framed: &[Framed]) -> Error {
    let damage = framed
        .iter()
        .flat_map(|frame| &frame.warnings)
        .find(|w| w.loses_data());
    match (damage, kind) {
        (Some(damage), None | Some(profile::ACTIVITY_FILE)) => Error {
            place: Place::File,
            kind: ErrorKind::Unexpected {
                expected: "records of an activity".to_owned(),
                found: format!("no usable records ({})", damage.text),
                next: "export the activity again".to_owned(),
            },
        },
        (_, kind) => Error::file(ErrorKind::NotAnActivity {
            what: kind.map_or_else(
                || "a FIT file with no usable records".to_owned(),
                profile::file_kind,
            ),
        }),
    }
}

/// Gives heart rates that a strap stored, often in a file of its own, to the records they are for.
fn merge_straps(mut files: Vec<Contents>) -> Vec<Contents> {
    let mut beats: Vec<heart_rate::Beat> = files
        .iter_mut()
        .flat_map(|file| std::mem::take(&mut file.strap.beats))
        .collect();
    if !beats.is_empty() {
        for file in &mut files {
            file.strap_filled = heart_rate::merge(&mut beats, &mut file.table);
            if !file.table.has(Column::HeartRate) {
                file.strap_unused = beats.len();
            }
        }
    }
    files
}

/// Returns the activities of one file: one for each session.
fn file_activities(mut file: Contents, frame_warnings: &[Warning]) -> Vec<Activity> {
    let mut warnings = frame_warnings.to_vec();
    warnings.extend(content_warnings(&file));
    let timeline = Timeline::new(&file.table, &file.sessions, &mut warnings);
    if !timeline.shifts.is_none() {
        file.set_clock(&timeline.shifts);
    }
    let parts = parts(&file.sessions, &mut warnings);
    parts
        .iter()
        .filter_map(|part| activity(&file, &timeline, part, warnings.clone()))
        .collect()
}

/// Returns the activity of a course that was recorded.
///
/// # Errors
/// [`Error`] with the reason when it was planned.
fn course_activities(file: Contents, frame_warnings: &[Warning]) -> Result<Vec<Activity>, Error> {
    let mut activities = file_activities(file, frame_warnings);
    if activities.is_empty() {
        course::accept(&mut Activity::default())?;
    }
    for activity in &mut activities {
        course::accept(activity)?;
        // What wrote the course is not what recorded it.
        activity.device = None;
        activity.altitude_source = AltitudeSource::Unknown;
    }
    Ok(activities)
}

/// Says what was dropped or mended while the messages were read.
fn content_warnings(file: &Contents) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let beyond = file.table.beyond_limit + file.dropped + file.table.developer.dropped;
    note(&mut warnings, beyond, WarningCode::FitLimit, |n| {
        format!(
            "{} beyond the limits dropped: messages or values",
            plural(n, "item")
        )
    });
    note(
        &mut warnings,
        file.table.empty,
        WarningCode::FitEmptyRecords,
        |n| format!("{} dropped without any valid value", plural(n, "record")),
    );
    note(
        &mut warnings,
        file.implausible,
        WarningCode::FitImplausible,
        |n| format!("{} dropped", plural(n, "implausible trailing record")),
    );
    note(
        &mut warnings,
        file.strap_filled,
        WarningCode::FitStrap,
        |n| {
            format!(
                "{} given the heart rate that the chest strap had stored",
                plural(n, "record")
            )
        },
    );
    note(
        &mut warnings,
        file.strap_unused,
        WarningCode::FitStrapUnused,
        |n| {
            format!(
                "{} of a chest strap could not be matched to any record",
                plural(n, "heart rate")
            )
        },
    );
    if file.sessions.is_empty() && !file.is_course() {
        warnings.push(Warning::new(
            WarningCode::FitNoSession,
            "no session message; the activity was rebuilt from its records",
        ));
    }
    warnings
}

/// Builds the activity of one part; nothing when there is neither a record nor a session.
fn activity(
    file: &Contents,
    timeline: &Timeline,
    part: &Part<'_>,
    mut warnings: Vec<Warning>,
) -> Option<Activity> {
    let moments = timeline.between(part.from, part.until);
    let session = part.session.cloned().unwrap_or_default();
    let base = moments
        .first()
        .map(|moment| moment.time)
        .or(session.start)?;
    let clock = elapsed(base, moments, &session);
    let laps = file.laps.iter();
    let lap_messages: Vec<&LapMessage> = laps
        .filter(|lap| part.holds(lap.start.or(lap.written)))
        .collect();
    let (sport, sub_sport) = head::sport(file, &session, &lap_messages);
    let is_on_foot = matches!(sport, Sport::Running | Sport::Walking | Sport::Unknown);
    let (records, power_source) =
        quantities::records(&file.table, timeline, moments, is_on_foot, &mut warnings);
    let start = dates::date(base);
    let laps = match laps::of_points(&file.lap_times(), clock) {
        none if none.is_empty() => laps::laps(
            &lap_messages,
            clock,
            own::is_own(&file.file_id),
            &mut warnings,
        ),
        laps => laps,
    };
    if start.is_none() {
        warnings.push(Warning::new(
            WarningCode::FitNoDate,
            "the clock of the device had never been set; the date is unknown",
        ));
    }
    let events = file.timer_events.iter().copied();
    let events: Vec<_> = events
        .filter(|event| part.holds(Some(event.time)))
        .collect();
    Some(Activity {
        format: Some(Format::Fit),
        device: head::device(file),
        sport,
        sub_sport,
        name: [&file.workout_name, &session.profile_name, &file.course_name]
            .into_iter()
            .find_map(Clone::clone),
        start,
        utc_offset_s: file.local_minus_utc_s.and_then(dates::utc_offset_s),
        records,
        pauses: laps::pauses(&events, clock),
        laps,
        totals: totals(&session),
        workout: head::workout(file),
        splits: laps::splits(&file.splits, clock),
        athlete: file.athlete.clone(),
        perceived_exertion: session.perceived_exertion,
        feel: session.feel,
        altitude_source: head::altitude_source(file),
        power_source,
        warnings,
        ..Activity::default()
    })
}

fn totals(session: &Session) -> Totals {
    Totals {
        elapsed_s: session.elapsed_s,
        timer_s: session.timer_s,
        distance_m: session.distance_m,
        moving_s: session.moving_s.filter(|moving_s| *moving_s > 0.0),
        ascent_m: session.ascent_m,
        energy_kcal: session.energy_kcal,
        mean_heart_rate_bpm: session.mean_heart_rate_bpm.filter(|rate| *rate > 0.0),
    }
}

/// Returns the elapsed clock of a part: as long as its records, else as its session says.
fn elapsed(base: u32, moments: &[Moment], session: &Session) -> Elapsed {
    let recorded_s = moments.last().map(|moment| f64::from(moment.time - base));
    Elapsed {
        base,
        end_s: recorded_s.or(session.elapsed_s).unwrap_or(0.0),
    }
}

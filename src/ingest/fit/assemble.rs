//! Contents of a chain of files → activities.

use chrono::DateTime;
use chrono::Utc;

use crate::ingest::Activity;
use crate::ingest::AltitudeSource;
use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Format;
use crate::ingest::Place;
use crate::ingest::Sport;
use crate::ingest::Totals;
use crate::ingest::Warning;
use crate::ingest::WorkoutStep;

use super::clock::Moment;
use super::clock::Timeline;
use super::clock::note;
use super::contents::Contents;
use super::frame::Framed;
use super::heart_rate;
use super::laps;
use super::laps::Elapsed;
use super::messages::LapMessage;
use super::messages::Session;
use super::profile;
use super::quantities;

/// 1989-12-31T00:00:00Z, where FIT begins to count, in seconds since 1970.
const FIT_EPOCH_S: i64 = 631_065_600;

/// Smaller times are seconds since the device was switched on, or a clock that was never set.
///
/// Source: FIT profile, `date_time`: the smallest time that is a date, in July 1998.
const FIRST_DATE: u32 = 0x1000_0000;

/// Local time differs from UTC by at most so much, in seconds: 14 h, and 12 h of a wrong half day.
///
/// Source: `formats.md` F43.
const MAX_UTC_OFFSET_S: i64 = 26 * 3_600;

/// All time zones are multiples of this, in seconds.
const UTC_OFFSET_STEP_S: i64 = 900;

/// Returns the activities of a chain of files.
///
/// # Errors
/// [`Error`] when there is none.
pub(super) fn activities(files: Vec<Contents>, framed: &[Framed]) -> Result<Vec<Activity>, Error> {
    let kind = files.iter().find_map(|file| file.file_id.kind);
    let mut stray = Vec::new();
    let mut activities: Vec<Activity> = Vec::new();
    for (file, frame) in merge_straps(files).iter().zip(framed) {
        if is_activity(file) {
            activities.extend(file_activities(file, &frame.warnings));
        } else {
            stray.extend(frame.warnings.iter().cloned());
        }
    }
    match activities.first_mut() {
        Some(first) => first.warnings.extend(stray),
        None => return Err(nothing(kind, framed)),
    }
    Ok(activities)
}

/// Returns whether a file holds a recorded activity: a course, too, has records.
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
        }
    }
    files
}

/// Returns the activities of one file: one for each session.
fn file_activities(file: &Contents, frame_warnings: &[Warning]) -> Vec<Activity> {
    let mut warnings = frame_warnings.to_vec();
    warnings.extend(content_warnings(file));
    let timeline = Timeline::new(&file.table, &mut warnings);
    let parts = parts(&file.sessions, &mut warnings);
    parts
        .iter()
        .filter_map(|part| activity(file, &timeline, part, warnings.clone()))
        .collect()
}

/// Says what was dropped or mended while the messages were read.
fn content_warnings(file: &Contents) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let beyond = file.table.beyond_limit + file.dropped + file.table.developer.dropped;
    note(&mut warnings, beyond, "W-fit-limit", |n| {
        format!("{n} messages or values beyond the limits dropped")
    });
    note(
        &mut warnings,
        file.table.empty,
        "W-fit-empty-records",
        |n| format!("{n} records dropped in which nothing is valid"),
    );
    note(&mut warnings, file.implausible, "W-fit-implausible", |n| {
        format!("{n} implausible trailing records dropped")
    });
    note(&mut warnings, file.strap_filled, "W-fit-strap", |n| {
        format!("{n} records got the heart rate that the chest strap had stored")
    });
    if file.sessions.is_empty() {
        warnings.push(Warning::new(
            "W-fit-no-session",
            "no session message; the activity was rebuilt from its records",
        ));
    }
    warnings
}

/// One sport of an activity and its half-open span of time.
struct Part<'a> {
    session: Option<&'a Session>,
    from: u32,
    until: u32,
    is_only: bool,
}

/// Returns the parts of an activity in order of time, whatever the order of the messages.
///
/// A part lasts until the next one starts, so that no record falls between them.
fn parts<'a>(sessions: &'a [Session], warnings: &mut Vec<Warning>) -> Vec<Part<'a>> {
    let mut placed: Vec<(u32, &Session)> = sessions
        .iter()
        .filter_map(|session| Some((session_start(session)?, session)))
        .collect();
    placed.sort_by_key(|(start, _)| *start);
    let count = placed.len();
    placed.dedup_by_key(|(start, _)| *start);
    note(warnings, count - placed.len(), "W-fit-sessions", |n| {
        format!("{n} sessions dropped that start together with another")
    });
    if placed.len() < 2 {
        return vec![Part {
            session: placed
                .first()
                .map(|(_, session)| *session)
                .or(sessions.first()),
            from: 0,
            until: u32::MAX,
            is_only: true,
        }];
    }
    let starts: Vec<u32> = placed.iter().map(|(start, _)| *start).collect();
    placed
        .iter()
        .enumerate()
        .map(|(index, (start, session))| Part {
            session: Some(session),
            from: if index == 0 { 0 } else { *start },
            until: starts.get(index + 1).copied().unwrap_or(u32::MAX),
            is_only: false,
        })
        .collect()
}

/// Returns the start of a session, from its end where it is not written.
fn session_start(session: &Session) -> Option<u32> {
    session.start.or_else(|| {
        let elapsed = super::definition::whole_seconds(session.elapsed_s?)?;
        session.written?.checked_sub(elapsed)
    })
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
    let in_part = |time: Option<u32>| {
        part.is_only || time.is_some_and(|time| (part.from..part.until).contains(&time))
    };
    let lap_messages: Vec<&LapMessage> = file
        .laps
        .iter()
        .filter(|lap| in_part(lap.start.or(lap.written)))
        .collect();
    let (sport, sub_sport) = sport(file, &session, &lap_messages);
    let is_on_foot = matches!(sport, Sport::Running | Sport::Walking | Sport::Unknown);
    let (records, power_source) =
        quantities::records(&file.table, timeline, moments, is_on_foot, &mut warnings);
    let laps = laps::laps(&lap_messages, clock, &mut warnings);
    if base < FIRST_DATE {
        warnings.push(Warning::new(
            "W-fit-no-date",
            "the clock of the device had never been set; the date is unknown",
        ));
    }
    let events: Vec<_> = file
        .timer_events
        .iter()
        .copied()
        .filter(|event| in_part(Some(event.time)))
        .collect();
    Some(Activity {
        format: Some(Format::Fit),
        device: device(file),
        sport,
        sub_sport,
        name: file.workout_name.clone().or(session.profile_name),
        start: date(base),
        utc_offset_s: file.local_minus_utc_s.and_then(utc_offset_s),
        records,
        pauses: laps::pauses(&events, clock),
        laps,
        totals: Totals {
            elapsed_s: session.elapsed_s,
            timer_s: session.timer_s,
            distance_m: session.distance_m,
            ascent_m: session.ascent_m,
            mean_heart_rate_bpm: session.mean_heart_rate_bpm.filter(|rate| *rate > 0.0),
        },
        workout: workout(file),
        splits: laps::splits(&file.splits, clock),
        athlete: file.athlete.clone(),
        perceived_exertion: session.perceived_exertion,
        feel: session.feel,
        // The profile has no field for it in sessions.
        is_race: false,
        altitude_source: altitude_source(file),
        power_source,
        warnings,
    })
}

/// Returns the elapsed clock of a part: as long as its records, else as its session says.
fn elapsed(base: u32, moments: &[Moment], session: &Session) -> Elapsed {
    let recorded_s = moments.last().map(|moment| f64::from(moment.time - base));
    Elapsed {
        base,
        end_s: recorded_s.or(session.elapsed_s).unwrap_or(0.0),
    }
}

/// Returns the date of a time, unless the clock had never been set.
fn date(time: u32) -> Option<DateTime<Utc>> {
    if time < FIRST_DATE {
        return None;
    }
    DateTime::from_timestamp(FIT_EPOCH_S + i64::from(time), 0)
}

/// Returns an offset from UTC if a time zone can have it.
fn utc_offset_s(difference_s: i64) -> Option<i32> {
    let is_zone = difference_s.abs() <= MAX_UTC_OFFSET_S && difference_s % UTC_OFFSET_STEP_S == 0;
    is_zone.then(|| i32::try_from(difference_s).ok()).flatten()
}

/// Returns the sport: of the session, else of the sport message, else of a lap.
fn sport(file: &Contents, session: &Session, laps: &[&LapMessage]) -> (Sport, Option<String>) {
    let of_session = profile::sport(session.sport, session.sub_sport);
    if of_session.0 != Sport::Unknown {
        return of_session;
    }
    let of_file = profile::sport(file.sport, file.sub_sport);
    if of_file.0 != Sport::Unknown {
        return of_file;
    }
    let of_lap = profile::sport(laps.iter().find_map(|lap| lap.sport), None);
    (of_lap.0, of_session.1.or(of_file.1).or(of_lap.1))
}

/// Returns the name of the device that recorded.
fn device(file: &Contents) -> Option<String> {
    let id = &file.file_id;
    let creator = file.devices.iter().find(|device| device.index == Some(0));
    let product_name = id
        .product_name
        .as_deref()
        .or_else(|| creator.and_then(|creator| creator.product_name.as_deref()));
    match (id.manufacturer, creator) {
        (None, Some(creator)) => {
            profile::device(creator.manufacturer, creator.product, product_name)
        }
        _ => profile::device(id.manufacturer, id.product, product_name),
    }
}

/// Returns where altitude comes from, as far as the file or the model of the device tells.
fn altitude_source(file: &Contents) -> AltitudeSource {
    let is_told = file
        .devices
        .iter()
        .any(|device| profile::is_barometer(device.source, device.kind));
    if is_told || profile::has_barometer(file.file_id.manufacturer, file.file_id.product) {
        AltitudeSource::Barometric
    } else {
        AltitudeSource::Unknown
    }
}

/// Returns the steps of the programmed workout in order.
fn workout(file: &Contents) -> Vec<WorkoutStep> {
    let mut steps: Vec<WorkoutStep> = file
        .steps
        .iter()
        .zip(0_u16..)
        .map(|(step, position)| WorkoutStep {
            index: step.index.unwrap_or(position),
            name: step.name.clone(),
            intensity: profile::intensity(step.intensity),
            duration_s: step.duration_s,
            distance_m: step.distance_m,
        })
        .collect();
    steps.sort_by_key(|step| step.index);
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_time_zones_are_offsets() {
        assert_eq!(utc_offset_s(7_200), Some(7_200));
        assert_eq!(utc_offset_s(-12_600), Some(-12_600));
        assert_eq!(utc_offset_s(7_201), None);
        assert_eq!(utc_offset_s(27 * 3_600), None);
    }

    #[test]
    fn dates_before_the_clock_was_set_are_unknown() {
        assert_eq!(date(5), None);
        assert_eq!(
            date(1_000_000_000).map(|date| date.to_rfc3339()),
            Some("2021-09-08T01:46:40+00:00".to_owned())
        );
    }
}

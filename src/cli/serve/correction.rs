//! A correction from a page: what `hardeasy correct` would write, and nothing else.

use std::sync::Mutex;
use std::sync::PoisonError;

use serde::Deserialize;
use serde::Serialize;

use super::shown::Shown;
use crate::cli::args::CorrectArguments;
use crate::cli::args::parse_rpe;
use crate::cli::correct;
use crate::cli::correct::Said;
use crate::cli::marks::parse_clock_s;
use crate::cli::marks::parse_distance_m;
use crate::cli::marks::parse_part;
use crate::cli::marks::parse_segment;
use crate::ingest::SPORT_NAMES;
use crate::vocabulary::SessionKind;

/// What a page asks for: the values of its form as they were typed. What is empty is not said.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Asked {
    /// The path of the page.
    page: String,
    /// Whether all that was said is taken back.
    undo: bool,
    kind: String,
    rpe: String,
    sport: String,
    /// The segment that was chosen; its times are in the fields that follow, too.
    stretch: String,
    segment_start: String,
    segment_end: String,
    segment_kind: String,
    crop_start: String,
    crop_end: String,
    distance: String,
    time: String,
    note: String,
    exclude: bool,
}

/// Why a correction is not written.
#[derive(Debug, Serialize)]
pub(super) struct Fault {
    /// The field of the form that is at fault; absent where it is none.
    field: Option<&'static str>,
    /// What was expected.
    problem: String,
}

impl Fault {
    fn of(field: &'static str, problem: impl Into<String>) -> Self {
        Self {
            field: Some(field),
            problem: problem.into(),
        }
    }

    fn whole(problem: impl Into<String>) -> Self {
        Self {
            field: None,
            problem: problem.into(),
        }
    }
}

/// Only one at a time reads a corrections file and writes it.
static WRITING: Mutex<()> = Mutex::new(());

/// Writes a correction beside the export of the run that it is for, and returns its number.
pub(super) fn write(body: &[u8], shown: &Shown) -> Result<u64, Fault> {
    let asked: Asked = serde_json::from_slice(body)
        .map_err(|error| Fault::whole(format!("expected the fields of the form: {error}")))?;
    let gone = || Fault::whole("there is no export of this run any more; open the first page");
    let run = shown.run(&asked.page).ok_or_else(gone)?;
    if !run.file.is_file() {
        return Err(gone());
    }
    let path = correct::corrections_beside(&run.file);
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let written = match asked.undo {
        true => correct::take_back(&path, &run.sha256),
        false => {
            let command = said(&asked)?;
            let said = Said {
                sport: chosen("sport", &asked.sport, is_sport)?,
                command: &command,
            };
            if said.is_empty() {
                return Err(Fault::whole("nothing was chosen or typed yet"));
            }
            correct::set(&path, &run.sha256, &said)
        }
    };
    written.map_err(|error| Fault::whole(format!("{error:#}")))?;
    Ok(shown.count_correction())
}

/// Returns what the form says, but for the sport.
fn said(asked: &Asked) -> Result<CorrectArguments, Fault> {
    let kind = chosen("kind", &asked.kind, |name| {
        SessionKind::from_name(name).is_some()
    })?;
    let rpe = parsed("rpe", &asked.rpe, parse_rpe)?;
    let distance = parsed("distance", &asked.distance, parse_distance_m)?;
    let time = parsed("time", &asked.time, parse_clock_s)?;
    if time.is_some() && distance.is_none() {
        return Err(Fault::of("distance", "expected the distance of that time"));
    }
    let crop = both("crop_end", &asked.crop_start, &asked.crop_end)?;
    let crop = crop.map(|part| parse_part(&part));
    let crop = crop
        .transpose()
        .map_err(|problem| Fault::of("crop_start", problem))?;
    let segment = both("segment_end", &asked.segment_start, &asked.segment_end)?;
    let segment = segment.map(|part| parse_segment(&format!("{part}={}", asked.segment_kind)));
    let segment = segment
        .transpose()
        .map_err(|problem| Fault::of("segment_start", problem))?;
    let note = asked.note.trim();
    Ok(CorrectArguments {
        kind: kind.map(str::to_owned),
        rpe,
        note: (!note.is_empty()).then(|| note.to_owned()),
        exclude: asked.exclude,
        crop,
        distance,
        time,
        segment: segment.into_iter().collect(),
        ..CorrectArguments::default()
    })
}

/// Returns a value of a list, if one was chosen.
fn chosen<'a>(
    field: &'static str,
    value: &'a str,
    is_known: impl Fn(&str) -> bool,
) -> Result<Option<&'a str>, Fault> {
    match value {
        "" => Ok(None),
        known if is_known(known) => Ok(Some(known)),
        _ => Err(Fault::of(field, "expected one of the list")),
    }
}

fn is_sport(name: &str) -> bool {
    SPORT_NAMES.iter().any(|(sport, _, _)| *sport == name)
}

/// Returns what a text means, if one was typed.
fn parsed(
    field: &'static str,
    text: &str,
    parse: impl Fn(&str) -> Result<f64, String>,
) -> Result<Option<f64>, Fault> {
    let text = text.trim();
    let value = (!text.is_empty()).then(|| parse(text));
    value
        .transpose()
        .map_err(|problem| Fault::of(field, problem))
}

/// Returns the two ends of a part, if they were typed.
fn both(field: &'static str, start: &str, end: &str) -> Result<Option<String>, Fault> {
    match (start.trim(), end.trim()) {
        ("", "") => Ok(None),
        ("", end) => Ok(Some(format!("0-{end}"))),
        (_, "") => Err(Fault::of(field, "expected where it ends, as in 18:55")),
        (start, end) => Ok(Some(format!("{start}-{end}"))),
    }
}

//! What GPX and TCX share: decoding to UTF-8, a depth-counting event reader, lenient values, and
//! the way from points to records.

pub(in crate::ingest) mod account;
pub(in crate::ingest) mod clock_jumps;
pub(in crate::ingest) mod document;
pub(in crate::ingest) mod encoding;
pub(in crate::ingest) mod points;
pub(in crate::ingest) mod records;
pub(in crate::ingest) mod speed;
pub(in crate::ingest) mod sport;
pub(in crate::ingest) mod time;
pub(in crate::ingest) mod values;

use crate::ingest::Activity;
use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::xml::document::Document;
use crate::ingest::xml::points::MAX_POINTS;
use crate::units::plural;

/// Adds what is to be said about the document as a whole: how it is written to its first activity,
/// that its end is missing to its last.
pub(in crate::ingest) fn add_warnings(
    activities: &mut [Activity],
    encoding: Option<Warning>,
    document: &Document<'_>,
) {
    if let Some(first) = activities.first_mut() {
        first.warnings.extend(encoding);
        first.warnings.extend(document.warnings());
    }
    let kept: usize = activities
        .iter()
        .map(|activity| activity.records.len())
        .sum();
    if let (Some(last), Some(cut)) = (activities.last_mut(), document.cut()) {
        last.warnings.push(Warning::at(
            WarningCode::XmlIncomplete,
            document.place(),
            format!(
                "the file is incomplete: {cut}; {} kept",
                plural(kept, "point")
            ),
        ));
    }
}

/// Returns the error of a document that ends before it says anything.
pub(in crate::ingest) fn cut_before_data(format: &str, document: &Document<'_>) -> Option<Error> {
    let cut = document.cut()?;
    Some(Error {
        place: document.place(),
        kind: ErrorKind::Unexpected {
            expected: format!("a {format} document with track points"),
            found: format!("an incomplete file: {cut}"),
            next: "export the activity again".to_owned(),
        },
    })
}

/// Refuses more points than any recording has.
pub(in crate::ingest) fn check_points(points: usize, document: &Document<'_>) -> Result<(), Error> {
    if points <= MAX_POINTS {
        return Ok(());
    }
    Err(Error {
        place: document.place(),
        kind: ErrorKind::Limit {
            limit: format!("{MAX_POINTS} points"),
            found: "more".to_owned(),
            next: "split the file".to_owned(),
        },
    })
}

/// Returns a warning when a recording begins at a date that only a clock never set can show.
pub(in crate::ingest) fn clock_warning(start_us: i64) -> Option<Warning> {
    time::date(start_us).is_none().then(|| {
        Warning::new(
            WarningCode::XmlClock,
            "the clock of the device had not been set; the date is unknown",
        )
    })
}

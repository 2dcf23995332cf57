//! Documents as JSON: sessions, one a line or all in one document; reference values over time.

use serde::Deserialize;
use serde::Serialize;

use crate::classification::Session;
use crate::clean::clean_json;
use crate::history::DatedReferences;
use crate::report::content::compare::Comparison;
use crate::review::Review;

/// The name and version of the document that holds all sessions.
pub const EXPORT_SCHEMA: &str = "hardeasy.export/1";
/// The name and version of the document of an athlete's reference values over time.
pub const ATHLETE_SCHEMA: &str = "hardeasy.athlete/1";
/// The name and version of the document of several athletes.
pub const ATHLETES_SCHEMA: &str = "hardeasy.athletes/1";

/// The name and version of the document of two runs, or two blocks, side by side.
pub const COMPARE_SCHEMA: &str = "hardeasy.compare/1";

/// All sessions, what could not be read and what was left out.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Export<'a, F> {
    schema: &'static str,
    recognised: &'a [String],
    sessions: &'a [Session],
    failures: &'a [F],
    skipped: &'a [F],
}

/// Returns the session document on one line, without the line end.
///
/// # Errors
/// None in practice: a session holds nothing that JSON cannot.
pub fn session_line(session: &Session) -> serde_json::Result<String> {
    serde_json::to_string(session).map(clean_json)
}

/// Returns one document with all sessions, failures and skipped inputs; `recognised` are sentences on the
/// exports of platforms.
///
/// # Errors
/// When a failure cannot be written as JSON.
pub fn export_json<F: Serialize>(
    recognised: &[String],
    sessions: &[Session],
    failures: &[F],
    skipped: &[F],
) -> serde_json::Result<String> {
    let export = Export {
        schema: EXPORT_SCHEMA,
        recognised,
        sessions,
        failures,
        skipped,
    };
    let mut text = clean_json(serde_json::to_string(&export)?);
    text.push('\n');
    Ok(text)
}

/// Returns the document of a review.
///
/// # Errors
/// None in practice: a review holds nothing that JSON cannot.
pub fn review_json(review: &Review) -> serde_json::Result<String> {
    Ok(clean_json(serde_json::to_string_pretty(review)?) + "\n")
}

/// Two runs or two blocks.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct CompareDocument<'a> {
    schema: &'static str,
    #[serde(flatten)]
    comparison: &'a Comparison,
}

/// Returns the document of two runs, or two blocks, side by side.
///
/// # Errors
/// None in practice: a comparison holds nothing that JSON cannot.
pub fn compare_json(comparison: &Comparison) -> serde_json::Result<String> {
    let document = CompareDocument {
        schema: COMPARE_SCHEMA,
        comparison,
    };
    Ok(clean_json(serde_json::to_string_pretty(&document)?) + "\n")
}

/// The reference values of an athlete over time.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct AthleteDocument<'a> {
    schema: &'static str,
    athlete: Option<&'a str>,
    days: &'a [DatedReferences],
}

/// Several athletes.
#[derive(Serialize)]
struct AthletesDocument<'a> {
    schema: &'static str,
    athletes: Vec<AthleteDocument<'a>>,
}

fn athlete_document<'a>(name: Option<&'a str>, days: &'a [DatedReferences]) -> AthleteDocument<'a> {
    AthleteDocument {
        schema: ATHLETE_SCHEMA,
        athlete: name,
        days,
    }
}

/// Returns the document of an athlete's reference values over time.
///
/// # Errors
/// None in practice: reference values hold nothing that JSON cannot.
pub fn athlete_json(name: Option<&str>, days: &[DatedReferences]) -> serde_json::Result<String> {
    let text = serde_json::to_string_pretty(&athlete_document(name, days))?;
    Ok(clean_json(text) + "\n")
}

/// Returns whether a text is a document of [`athlete_json`] or [`athletes_json`].
#[must_use]
pub fn is_athlete_json(text: &str) -> bool {
    /// What every document begins with.
    #[derive(Deserialize)]
    struct Head {
        schema: String,
    }
    serde_json::from_str::<Head>(text)
        .is_ok_and(|head| [ATHLETE_SCHEMA, ATHLETES_SCHEMA].contains(&head.schema.as_str()))
}

/// Returns one document with several athletes, each by name with their days.
///
/// # Errors
/// As for [`athlete_json`].
pub fn athletes_json(
    athletes: &[(Option<&str>, Vec<DatedReferences>)],
) -> serde_json::Result<String> {
    let athletes = athletes.iter();
    let document = AthletesDocument {
        schema: ATHLETES_SCHEMA,
        athletes: athletes
            .map(|(name, days)| athlete_document(*name, days))
            .collect(),
    };
    Ok(clean_json(serde_json::to_string_pretty(&document)?) + "\n")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::ingest::Warning;
    use crate::review::made_up::season;

    #[test]
    fn a_document_is_read_back_as_it_was() {
        for session in season(1) {
            let line = session_line(&session).unwrap();
            assert!(!line.contains('\n'));
            assert_eq!(serde_json::from_str::<Session>(&line).unwrap(), session);
        }
        let failures = [Warning::new(crate::ingest::WarningCode::FitCrc, "checksum")];
        let text = export_json(&[], &season(1), &failures, &[]).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["schema"], "hardeasy.export/1");
        assert_eq!(value["sessions"].as_array().map(Vec::len), Some(6));
        assert_eq!(value["failures"][0]["code"], "W-fit-crc");
    }

    #[test]
    fn an_athlete_is_told_day_by_day_and_what_is_not_known_is_null() {
        let days = [DatedReferences {
            day: chrono::NaiveDate::from_ymd_opt(2026, 5, 1).unwrap(),
            references: season(1)[0].references.clone().into_inner(),
        }];
        let text = athlete_json(Some("ann"), &days).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["schema"], "hardeasy.athlete/1");
        assert_eq!(value["athlete"], "ann");
        let day = value["days"][0].as_object().unwrap();
        assert_eq!(day["day"], "2026-05-01");
        assert_eq!(day.len(), 1 + crate::history::References::KINDS.len());
        let again: Vec<DatedReferences> = serde_json::from_value(value["days"].clone()).unwrap();
        assert_eq!(again, days);

        let several = [(Some("ann"), days.to_vec()), (Some("bob"), Vec::new())];
        let text = athletes_json(&several).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["schema"], "hardeasy.athletes/1");
        assert_eq!(value["athletes"][1]["athlete"], "bob");
    }
}

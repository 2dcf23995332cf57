//! The entries of `hardeasy.corrections.toml`.

use std::ops::RangeInclusive;

use crate::human::record_speed_m_s;
use crate::ingest::Crop;
use crate::ingest::SPORT_NAMES;
use crate::segmentation::SegmentEdit;
use crate::settings::Correction;
use crate::settings::Corrections;
use crate::settings::SettingsError;
use crate::settings::checks::value::in_range;
use crate::settings::checks::value::place;

/// The scale of perceived exertion.
const EXERTION: RangeInclusive<f64> = 0.0..=10.0;
/// Hexadecimal digits of a hash: enough to be unique, and all.
const HASH_DIGITS: RangeInclusive<usize> = 12..=64;
/// Times within a run: eleven days, more than any recording lasts.
///
/// # Units
/// Seconds.
const SEGMENT_TIMES_S: RangeInclusive<f64> = 0.0..=1_000_000.0;
/// Distances of a run.
///
/// # Units
/// Metres.
const DISTANCES_M: RangeInclusive<f64> = 100.0..=1_000_000.0;
/// Times over them.
///
/// # Units
/// Seconds.
const TIMES_S: RangeInclusive<f64> = 10.0..=1_000_000.0;
/// A part of a recording that is kept is no shorter.
///
/// # Units
/// Seconds.
const LEAST_PART_S: f64 = 10.0;
/// No segment is shorter: a run is looked at by the second.
///
/// # Units
/// Seconds.
const LEAST_SEGMENT_S: f64 = 1.0;

/// Checks the entries of `hardeasy.corrections.toml`.
pub(in crate::settings) fn corrections(
    corrections: &Corrections,
    text: &str,
) -> Result<(), SettingsError> {
    for (hash, correction) in &corrections.by_hash {
        let digits = hash.chars().all(|c| c.is_ascii_hexdigit());
        if !digits || !HASH_DIGITS.contains(&hash.len()) {
            return Err(SettingsError::at(
                text,
                place(text, &[hash]),
                format!(
                    "the first {} to {} hexadecimal digits of a file's SHA-256",
                    HASH_DIGITS.start(),
                    HASH_DIGITS.end()
                ),
                format!("\"{hash}\""),
                "let `hardeasy correct FILE` write the entry",
            ));
        }
        let sports = SPORT_NAMES.map(|(name, _, _)| name);
        one_of(text, &[hash, "sport"], correction.sport.as_deref(), &sports)?;
        alone(text, corrections, hash)?;
        in_range(text, &[hash, "rpe"], correction.rpe, EXERTION, "")?;
        in_range(
            text,
            &[hash, "distance_m"],
            correction.distance_m,
            DISTANCES_M,
            "m",
        )?;
        in_range(text, &[hash, "time_s"], correction.time_s, TIMES_S, "s")?;
        part(text, hash, correction.crop)?;
        if correction.time_s.is_some() && correction.distance_m.is_none() {
            return Err(SettingsError::at(
                text,
                place(text, &[hash, "time_s"]),
                "a time together with distance_m".to_owned(),
                "no distance_m".to_owned(),
                "give the distance too",
            ));
        }
        possible(text, hash, correction)?;
        segments(text, hash, &correction.segments)?;
    }
    Ok(())
}

/// Checks that nobody holds the record that a distance and a time would be.
fn possible(text: &str, hash: &str, correction: &Correction) -> Result<(), SettingsError> {
    let Some((metres, seconds)) = correction.distance_m.zip(correction.time_s) else {
        return Ok(());
    };
    if metres <= record_speed_m_s(seconds) * seconds {
        return Ok(());
    }
    Err(SettingsError::at(
        text,
        place(text, &[hash, "time_s"]),
        "a time that can be run".to_owned(),
        format!("{metres} m in {seconds} s, faster than the world record"),
        "give the time in h:mm:ss or m:ss",
    ))
}

/// Checks a word.
fn one_of(
    text: &str,
    path: &[&str],
    word: Option<&str>,
    known: &[&str],
) -> Result<(), SettingsError> {
    match word {
        Some(word) if !known.contains(&word) => Err(SettingsError::at(
            text,
            place(text, path),
            format!("one of {}", known.join(", ")),
            format!("\"{word}\""),
            "use one of these words",
        )),
        _ => Ok(()),
    }
}

/// Checks the part that is to be kept.
fn part(text: &str, hash: &str, crop: Option<Crop>) -> Result<(), SettingsError> {
    let Some(crop) = crop else {
        return Ok(());
    };
    for (key, value) in [("start_s", crop.start_s), ("end_s", crop.end_s)] {
        in_range(
            text,
            &[hash, "crop", key],
            Some(value),
            SEGMENT_TIMES_S,
            "s",
        )?;
    }
    if crop.end_s - crop.start_s >= LEAST_PART_S {
        return Ok(());
    }
    Err(SettingsError::at(
        text,
        place(text, &[hash, "crop", "end_s"]),
        format!("at least {LEAST_PART_S} s after start_s ({})", crop.start_s),
        crop.end_s.to_string(),
        "correct one of the two",
    ))
}

/// Checks that no entry before an entry is, or may be, for the same file.
fn alone(text: &str, corrections: &Corrections, hash: &str) -> Result<(), SettingsError> {
    let own = place(text, &[hash]);
    let lower = hash.to_lowercase();
    for other in corrections.by_hash.keys().filter(|other| *other != hash) {
        let other_lower = other.to_lowercase();
        let overlaps = lower.starts_with(&other_lower) || other_lower.starts_with(&lower);
        if overlaps && (place(text, &[other]), other.as_str()) < (own, hash) {
            return Err(SettingsError::at(
                text,
                own,
                "one entry for each file",
                format!("\"{hash}\" beside \"{other}\""),
                "put what you say of a file into one entry",
            ));
        }
    }
    Ok(())
}

/// Checks the segments that a correction gives: each goes forward, and no two overlap.
fn segments(text: &str, hash: &str, edits: &[SegmentEdit]) -> Result<(), SettingsError> {
    let fault = |index: usize, key: &str, expected: String, found: String, next: &str| {
        let place = place(text, &[hash, "segments", &index.to_string(), key]);
        Err(SettingsError::at(text, place, expected, found, next))
    };
    for (index, edit) in edits.iter().enumerate() {
        for (key, value) in [("start_s", edit.start_s), ("end_s", edit.end_s)] {
            let path = [hash, "segments", &index.to_string(), key];
            in_range(text, &path, Some(value), SEGMENT_TIMES_S, "s")?;
        }
        if edit.end_s - edit.start_s < LEAST_SEGMENT_S {
            return fault(
                index,
                "end_s",
                format!(
                    "at least {LEAST_SEGMENT_S} s after start_s ({})",
                    edit.start_s
                ),
                edit.end_s.to_string(),
                "correct one of the two",
            );
        }
        let overlaps = |other: &&SegmentEdit| other.overlaps(edit);
        if let Some(other) = edits[..index].iter().find(overlaps) {
            return fault(
                index,
                "start_s",
                "segments that do not overlap".to_owned(),
                format!(
                    "{} to {} s over {} to {} s",
                    edit.start_s, edit.end_s, other.start_s, other.end_s
                ),
                "correct one of the two",
            );
        }
    }
    Ok(())
}

//! Refuses values that cannot be, and says where they stand.

use toml::de::DeTable;
use toml::de::DeValue;

use crate::settings::Corrections;
use crate::settings::SESSION_KINDS;
use crate::settings::Settings;
use crate::settings::SettingsError;
use crate::settings::Thresholds;

/// A value with the range in which it can lie.
struct Limited {
    key: &'static str,
    value: Option<f64>,
    range: (f64, f64),
    unit: &'static str,
}

/// Years of birth of people who run today.
const BIRTH_YEARS: (f64, f64) = (1910.0, 2020.0);
/// Distances of races.
///
/// # Units
/// Metres.
const RACE_DISTANCES_M: (f64, f64) = (100.0, 1_000_000.0);
/// The scale of perceived exertion.
const EXERTION: (f64, f64) = (0.0, 10.0);
/// Hexadecimal digits of a hash: enough to be unique, and all.
const HASH_DIGITS: (usize, usize) = (12, 64);

/// Returns the values of an entry of thresholds with their ranges: wider than any human.
fn limited(entry: &Thresholds) -> [Limited; 5] {
    let limit = |key, value, range, unit| Limited {
        key,
        value,
        range,
        unit,
    };
    [
        limit(
            "critical_speed_m_s",
            entry.critical_speed_m_s,
            (1.5, 7.5),
            "m/s",
        ),
        limit("easy_speed_m_s", entry.easy_speed_m_s, (1.0, 6.5), "m/s"),
        limit(
            "threshold_heart_rate_bpm",
            entry.threshold_heart_rate_bpm,
            (90.0, 220.0),
            "bpm",
        ),
        limit(
            "maximum_heart_rate_bpm",
            entry.maximum_heart_rate_bpm,
            (110.0, 240.0),
            "bpm",
        ),
        limit(
            "resting_heart_rate_bpm",
            entry.resting_heart_rate_bpm,
            (25.0, 110.0),
            "bpm",
        ),
    ]
}

/// Checks the values of `hardeasy.toml`.
pub(super) fn settings(settings: &Settings, text: &str) -> Result<(), SettingsError> {
    if let Some(year) = settings.birth_year {
        let year = Some(f64::from(year));
        in_range(text, &["birth_year"], year, BIRTH_YEARS, "")?;
    }
    for (i, entry) in settings.thresholds.iter().enumerate() {
        let index = i.to_string();
        for value in limited(entry) {
            let path = ["thresholds", &index, value.key];
            in_range(text, &path, value.value, value.range, value.unit)?;
        }
        ordered(text, &index, entry)?;
        if settings.thresholds[..i]
            .iter()
            .any(|e| e.from == entry.from)
        {
            return Err(SettingsError::at(
                text,
                place(text, &["thresholds", &index, "from"]),
                "each date once",
                format!("{} a second time", entry.from),
                "put the values of one date into one entry",
            ));
        }
    }
    for (i, race) in settings.races.iter().enumerate() {
        let path = ["races", &i.to_string(), "distance_m"];
        in_range(text, &path, race.distance_m, RACE_DISTANCES_M, "m")?;
    }
    Ok(())
}

/// Checks that the values of an entry fit each other.
fn ordered(text: &str, index: &str, entry: &Thresholds) -> Result<(), SettingsError> {
    let pairs = [
        (
            "easy_speed_m_s",
            entry.easy_speed_m_s,
            "critical_speed_m_s",
            entry.critical_speed_m_s,
        ),
        (
            "resting_heart_rate_bpm",
            entry.resting_heart_rate_bpm,
            "threshold_heart_rate_bpm",
            entry.threshold_heart_rate_bpm,
        ),
        (
            "threshold_heart_rate_bpm",
            entry.threshold_heart_rate_bpm,
            "maximum_heart_rate_bpm",
            entry.maximum_heart_rate_bpm,
        ),
    ];
    for (low_key, low, high_key, high) in pairs {
        if let (Some(low), Some(high)) = (low, high)
            && low >= high
        {
            return Err(SettingsError::at(
                text,
                place(text, &["thresholds", index, low_key]),
                format!("{low_key} below {high_key} ({high})"),
                low.to_string(),
                "correct one of the two",
            ));
        }
    }
    Ok(())
}

/// Checks the entries of `hardeasy.corrections.toml`.
pub(super) fn corrections(corrections: &Corrections, text: &str) -> Result<(), SettingsError> {
    for (hash, correction) in &corrections.by_hash {
        let digits = hash.chars().all(|c| c.is_ascii_hexdigit());
        if !digits || !(HASH_DIGITS.0..=HASH_DIGITS.1).contains(&hash.len()) {
            return Err(SettingsError::at(
                text,
                place(text, &[hash]),
                format!(
                    "the first {} to {} hexadecimal digits of a file's SHA-256",
                    HASH_DIGITS.0, HASH_DIGITS.1
                ),
                format!("\"{hash}\""),
                "let `hardeasy correct FILE` write the entry",
            ));
        }
        if let Some(kind) = &correction.kind
            && !SESSION_KINDS.contains(&kind.as_str())
        {
            return Err(SettingsError::at(
                text,
                place(text, &[hash, "kind"]),
                format!("one of {}", SESSION_KINDS.join(", ")),
                format!("\"{kind}\""),
                "use one of these words",
            ));
        }
        in_range(text, &[hash, "rpe"], correction.rpe, EXERTION, "")?;
    }
    Ok(())
}

fn in_range(
    text: &str,
    path: &[&str],
    value: Option<f64>,
    (low, high): (f64, f64),
    unit: &str,
) -> Result<(), SettingsError> {
    let Some(value) = value.filter(|value| !(low..=high).contains(value)) else {
        return Ok(());
    };
    let key = path.last().copied().unwrap_or_default();
    let unit = if unit.is_empty() {
        String::new()
    } else {
        format!(" {unit}")
    };
    Err(SettingsError::at(
        text,
        place(text, path),
        format!("{key} from {low} to {high}{unit}"),
        value.to_string(),
        "correct the value or remove the line",
    ))
}

/// Returns the byte at which a value stands; the start of the text when it cannot be found.
fn place(text: &str, path: &[&str]) -> usize {
    let Ok(document) = DeTable::parse(text) else {
        return 0;
    };
    let mut start = 0;
    let mut value = DeValue::Table(document.into_inner());
    for key in path {
        let next = match value {
            DeValue::Table(mut table) => table.remove(*key),
            DeValue::Array(array) => key
                .parse::<usize>()
                .ok()
                .and_then(|index| array.into_iter().nth(index)),
            _ => None,
        };
        let Some(next) = next else {
            return start;
        };
        start = next.span().start;
        value = next.into_inner();
    }
    start
}

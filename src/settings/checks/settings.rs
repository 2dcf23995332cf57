//! The values of `hardeasy.toml`.

use std::ops::RangeInclusive;

use crate::settings::FieldTest;
use crate::settings::Race;
use crate::settings::Settings;
use crate::settings::SettingsError;
use crate::settings::Thresholds;
use crate::settings::checks::value::in_range;
use crate::settings::checks::value::place;
use crate::settings::checks::zones;

/// A value with the range in which it can lie.
struct Limited {
    key: &'static str,
    value: Option<f64>,
    range: RangeInclusive<f64>,
    unit: &'static str,
}

/// Years of birth of people who run today.
const BIRTH_YEARS: RangeInclusive<f64> = 1910.0..=2020.0;
/// Distances of races.
///
/// # Units
/// Metres.
const RACE_DISTANCES_M: RangeInclusive<f64> = 100.0..=1_000_000.0;
/// Official mean speeds of races: from a walk to beyond the world record over 100 m.
///
/// # Units
/// Metres per second.
const RACE_SPEEDS_M_S: RangeInclusive<f64> = 0.5..=11.0;
/// Distances of field tests: shorter ones are sprints, longer ones say little of critical speed.
///
/// # Units
/// Metres.
const TEST_DISTANCES_M: RangeInclusive<f64> = 400.0..=50_000.0;
/// Times of field tests: what says something of critical speed, 2 min to an hour.
///
/// # Units
/// Seconds.
const TEST_TIMES_S: RangeInclusive<f64> = 120.0..=3600.0;
/// Mean speeds of field tests: from a walk to beyond the world record over 400 m in so long a time.
///
/// # Units
/// Metres per second.
const TEST_SPEEDS_M_S: RangeInclusive<f64> = 1.0..=8.0;
/// Threshold heart rates: wider than any human.
///
/// # Units
/// Beats per minute.
const THRESHOLD_BPM: RangeInclusive<f64> = 90.0..=220.0;

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
            1.5..=7.5,
            "m/s",
        ),
        limit("easy_speed_m_s", entry.easy_speed_m_s, 1.0..=6.5, "m/s"),
        limit(
            "threshold_heart_rate_bpm",
            entry.threshold_heart_rate_bpm,
            THRESHOLD_BPM,
            "bpm",
        ),
        limit(
            "maximum_heart_rate_bpm",
            entry.maximum_heart_rate_bpm,
            110.0..=240.0,
            "bpm",
        ),
        limit(
            "resting_heart_rate_bpm",
            entry.resting_heart_rate_bpm,
            25.0..=110.0,
            "bpm",
        ),
    ]
}

/// Checks the values of `hardeasy.toml`.
pub(in crate::settings) fn settings(settings: &Settings, text: &str) -> Result<(), SettingsError> {
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
        let in_force = in_force(&settings.thresholds, entry);
        ordered(text, &index, entry, &in_force)?;
        if limited(entry).iter().all(|value| value.value.is_none()) {
            return Err(SettingsError::at(
                text,
                place(text, &["thresholds", &index, "from"]),
                "a value from that day on",
                "none",
                "add one or remove the entry",
            ));
        }
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
    for index in 0..settings.races.len() {
        race(text, &settings.races, index)?;
    }
    for index in 0..settings.tests.len() {
        field_test(text, &settings.tests, index)?;
    }
    zones::zones(text, &settings.zones)
}

/// Checks a race, and that the same one does not stand before it.
fn race(text: &str, races: &[Race], index: usize) -> Result<(), SettingsError> {
    let race = &races[index];
    let number = index.to_string();
    let fault = |key: &str, expected: String, found: String, next: &str| {
        let place = place(text, &["races", &number, key]);
        Err(SettingsError::at(text, place, expected, found, next))
    };
    let path = ["races", &number, "distance_m"];
    in_range(text, &path, race.distance_m, RACE_DISTANCES_M, "m")?;
    match (race.distance_m, race.time_s) {
        (None, Some(_)) => {
            let expected = "distance_m beside time_s".to_owned();
            return fault("time_s", expected, "none".to_owned(), "add it");
        }
        (Some(distance), Some(time)) => {
            let (low, high) = RACE_SPEEDS_M_S.into_inner();
            if time <= 0.0 || !(low..=high).contains(&(distance / time)) {
                return fault(
                    "time_s",
                    format!("a mean speed from {low} to {high} m/s"),
                    format!("{distance} m in {time} s"),
                    "correct one of the two",
                );
            }
        }
        _ => {}
    }
    let is_same = |other: &Race| other.day == race.day && other.distance_m == race.distance_m;
    if races[..index].iter().any(is_same) {
        return fault(
            "day",
            "each race once".to_owned(),
            format!("the race of {} a second time", race.day),
            "remove one of the two",
        );
    }
    Ok(())
}

/// Checks a field test, and that the same one does not stand before it.
fn field_test(text: &str, tests: &[FieldTest], index: usize) -> Result<(), SettingsError> {
    let test = &tests[index];
    let number = index.to_string();
    let fault = |key: &str, expected: String, found: String, next: &str| {
        let place = place(text, &["tests", &number, key]);
        Err(SettingsError::at(text, place, expected, found, next))
    };
    let values = [
        ("distance_m", test.distance_m, TEST_DISTANCES_M, "m"),
        ("time_s", test.time_s, TEST_TIMES_S, "s"),
        ("heart_rate_bpm", test.heart_rate_bpm, THRESHOLD_BPM, "bpm"),
    ];
    for (key, value, range, unit) in values {
        in_range(text, &["tests", &number, key], value, range, unit)?;
    }
    match (test.distance_m, test.time_s) {
        (Some(distance), Some(time)) => {
            let speed = distance / time;
            let (low, high) = TEST_SPEEDS_M_S.into_inner();
            if !(low..=high).contains(&speed) {
                return fault(
                    "time_s",
                    format!("a mean speed from {low} to {high} m/s"),
                    format!("{distance} m in {time} s, {speed:.1} m/s"),
                    "correct one of the two",
                );
            }
        }
        (None, None) if test.heart_rate_bpm.is_some() => {}
        (None, None) => {
            let expected = "distance_m with time_s, or heart_rate_bpm".to_owned();
            return fault(
                "day",
                expected,
                "neither".to_owned(),
                "add what was measured",
            );
        }
        (distance, _) => {
            let (there, missing) = match distance {
                Some(_) => ("distance_m", "time_s"),
                None => ("time_s", "distance_m"),
            };
            let expected = format!("{missing} beside {there}");
            return fault(there, expected, "none".to_owned(), "add it");
        }
    }
    let is_same = |other: &FieldTest| other.day == test.day && other.distance_m == test.distance_m;
    if tests[..index].iter().any(is_same) {
        return fault(
            "day",
            "each test once".to_owned(),
            format!("the test of {} a second time", test.day),
            "remove one of the two",
        );
    }
    Ok(())
}

/// Returns the values that hold from the day of an entry on: its own, else the newest before it.
fn in_force(all: &[Thresholds], entry: &Thresholds) -> Thresholds {
    let mut earlier: Vec<&Thresholds> = all.iter().filter(|e| e.from < entry.from).collect();
    earlier.sort_by_key(|e| std::cmp::Reverse(e.from));
    let newest = |value: fn(&Thresholds) -> Option<f64>| {
        value(entry).or_else(|| earlier.iter().find_map(|e| value(e)))
    };
    Thresholds {
        from: entry.from,
        critical_speed_m_s: newest(|e| e.critical_speed_m_s),
        threshold_heart_rate_bpm: newest(|e| e.threshold_heart_rate_bpm),
        maximum_heart_rate_bpm: newest(|e| e.maximum_heart_rate_bpm),
        resting_heart_rate_bpm: newest(|e| e.resting_heart_rate_bpm),
        easy_speed_m_s: newest(|e| e.easy_speed_m_s),
    }
}

/// Checks that the values in force from the day of an entry on fit each other.
fn ordered(
    text: &str,
    index: &str,
    entry: &Thresholds,
    in_force: &Thresholds,
) -> Result<(), SettingsError> {
    let pairs = [
        (
            "easy_speed_m_s",
            in_force.easy_speed_m_s,
            "critical_speed_m_s",
            in_force.critical_speed_m_s,
        ),
        (
            "resting_heart_rate_bpm",
            in_force.resting_heart_rate_bpm,
            "threshold_heart_rate_bpm",
            in_force.threshold_heart_rate_bpm,
        ),
        (
            "threshold_heart_rate_bpm",
            in_force.threshold_heart_rate_bpm,
            "maximum_heart_rate_bpm",
            in_force.maximum_heart_rate_bpm,
        ),
    ];
    for (low_key, low, high_key, high) in pairs {
        if let (Some(low), Some(high)) = (low, high)
            && low >= high
        {
            let is_own = limited(entry)
                .iter()
                .any(|own| own.key == low_key && own.value.is_some());
            let (key, expected, found) = if is_own {
                (low_key, format!("{low_key} below {high_key} ({high})"), low)
            } else {
                (
                    high_key,
                    format!("{high_key} above {low_key} ({low})"),
                    high,
                )
            };
            return Err(SettingsError::at(
                text,
                place(text, &["thresholds", index, key]),
                expected,
                found.to_string(),
                "correct one of the two",
            ));
        }
    }
    Ok(())
}

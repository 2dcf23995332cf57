//! The zones of `hardeasy.toml`.

use std::ops::RangeInclusive;

use crate::settings::SettingsError;
use crate::settings::ZoneLimit;
use crate::settings::ZoneUnit;
use crate::settings::Zones;
use crate::settings::ZonesOf;
use crate::settings::checks::value::place;

/// How many limits zones can have between them.
const LIMITS: RangeInclusive<usize> = 2..=6;
/// The longest name of a zone: more does not fit beside its time on a phone.
///
/// # Units
/// Characters.
const LONGEST_NAME: usize = 24;
/// Limits of heart rate: wider than any human.
///
/// # Units
/// Beats per minute.
const BEATS: RangeInclusive<f64> = 30.0..=240.0;
/// Limits of pace: from a slow walk to beyond the world record over 100 m.
///
/// # Units
/// Metres per second.
const SPEEDS_M_S: RangeInclusive<f64> = 0.5..=11.0;
/// Limits of power: from standing to a sprint.
///
/// # Units
/// Watts.
const WATTS: RangeInclusive<f64> = 10.0..=1500.0;
/// Limits as shares of a reference value.
///
/// # Units
/// Ratio.
const SHARES: RangeInclusive<f64> = 0.2..=2.0;

/// Checks the zones, and that none are given twice for one quantity and day.
pub(super) fn zones(text: &str, all: &[Zones]) -> Result<(), SettingsError> {
    for (index, zones) in all.iter().enumerate() {
        let fault = Fault { text, index };
        unit(&fault, zones)?;
        limits(&fault, zones)?;
        names(&fault, zones)?;
        let is_same = |other: &Zones| other.of == zones.of && other.from == zones.from;
        if all[..index].iter().any(is_same) {
            let found = match zones.from {
                Some(from) => format!("those from {from} on a second time"),
                None => "zones without `from` a second time".to_owned(),
            };
            let next = "give the later ones `from = 2026-03-01`, or remove them";
            return fault.at(&["of"], "zones of each quantity and day once", found, next);
        }
    }
    Ok(())
}

/// Where a fault of an entry is.
struct Fault<'a> {
    text: &'a str,
    index: usize,
}

impl Fault<'_> {
    fn at(
        &self,
        path: &[&str],
        expected: impl Into<String>,
        found: impl Into<String>,
        next: impl Into<String>,
    ) -> Result<(), SettingsError> {
        let index = self.index.to_string();
        let path = [&["zones", &index], path].concat();
        let place = place(self.text, &path);
        Err(SettingsError::at(self.text, place, expected, found, next))
    }
}

fn unit(fault: &Fault<'_>, zones: &Zones) -> Result<(), SettingsError> {
    let units = zones.of.units();
    if units.contains(&zones.unit) {
        return Ok(());
    }
    let names: Vec<String> = units
        .iter()
        .map(|one| format!("`{}`", one.name()))
        .collect();
    let of = match zones.of {
        ZonesOf::HeartRate => "heart rate",
        ZonesOf::Pace => "pace",
        ZonesOf::Power => "power",
    };
    fault.at(
        &["unit"],
        format!("a unit of {of}, one of {}", names.join(", ")),
        format!("`{}`", zones.unit.name()),
        example(units[0]),
    )
}

fn limits(fault: &Fault<'_>, zones: &Zones) -> Result<(), SettingsError> {
    let count = zones.limits.len();
    if !LIMITS.contains(&count) {
        let (least, most) = LIMITS.into_inner();
        let expected = format!("{least} to {most} limits");
        return fault.at(
            &["limits"],
            expected,
            count.to_string(),
            example(zones.unit),
        );
    }
    let mut before: Option<f64> = None;
    for (number, limit) in zones.limits.iter().enumerate() {
        let number = number.to_string();
        let at = ["limits", number.as_str()];
        let unit = zones.unit.name();
        let shown = shown(limit);
        let Some(value) = zones.unit.value(limit) else {
            let kind = match zones.unit.pace_m() {
                Some(_) => "a pace in minutes and seconds, in quotes",
                None => "a number",
            };
            return fault.at(&at, format!("{kind} ({unit})"), shown, example(zones.unit));
        };
        let range = range(zones.unit);
        if !range.contains(&value) {
            let expected = format!("a limit that a runner can have ({unit})");
            return fault.at(&at, expected, shown, example(zones.unit));
        }
        if before.is_some_and(|before| before >= value) {
            let expected = match zones.unit.pace_m() {
                Some(_) => "limits that get faster, each less than the one before",
                None => "limits that rise, each more than the one before",
            };
            return fault.at(&at, expected, shown, example(zones.unit));
        }
        before = Some(value);
    }
    Ok(())
}

fn range(unit: ZoneUnit) -> RangeInclusive<f64> {
    use ZoneUnit::*;
    match unit {
        Bpm => BEATS,
        MinutesPerKilometre | MinutesPerMile => SPEEDS_M_S,
        Watts => WATTS,
        OfThreshold | OfMaximum | OfCriticalSpeed | OfCriticalPower => SHARES,
    }
}

fn shown(limit: &ZoneLimit) -> String {
    match limit {
        ZoneLimit::Number(number) => number.to_string(),
        ZoneLimit::Pace(text) => format!("\"{text}\""),
    }
}

fn names(fault: &Fault<'_>, zones: &Zones) -> Result<(), SettingsError> {
    let (names, zones) = (&zones.names, zones.limits.len() + 1);
    if !names.is_empty() && names.len() != zones {
        let expected = format!("{zones} names, one more than limits");
        let next = "name every zone, the easiest first, or remove the line";
        return fault.at(&["names"], expected, names.len().to_string(), next);
    }
    for (number, name) in names.iter().enumerate() {
        let number = number.to_string();
        let at = ["names", number.as_str()];
        let is_text = !name.trim().is_empty() && name.chars().count() <= LONGEST_NAME;
        if !is_text {
            let expected = format!("a name of 1 to {LONGEST_NAME} characters");
            let found = format!("{} characters", name.trim().chars().count());
            return fault.at(&at, expected, found, "shorten or complete it");
        }
        if names.iter().filter(|other| *other == name).count() > 1 {
            let found = format!("\"{name}\" twice");
            return fault.at(&at, "each name once", found, "give them different names");
        }
    }
    Ok(())
}

/// Returns an example of limits in a unit.
fn example(unit: ZoneUnit) -> String {
    use ZoneUnit::*;
    let limits = match unit {
        Bpm => "[130, 145, 158, 170]",
        OfThreshold => "[85, 90, 95, 100]",
        OfMaximum => "[60, 70, 80, 90]",
        MinutesPerKilometre => "[\"6:00\", \"5:15\", \"4:30\"]",
        MinutesPerMile => "[\"9:30\", \"8:30\", \"7:15\"]",
        OfCriticalSpeed | OfCriticalPower => "[75, 85, 95, 105]",
        Watts => "[180, 220, 260, 300]",
    };
    format!(
        "write, say, `unit = \"{}\"` and `limits = {limits}`",
        unit.name()
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use crate::settings::Settings;

    fn fault(entry: &str) -> String {
        let text = format!("[[zones]]\n{entry}\n");
        Settings::parse(&text).unwrap_err().to_string()
    }

    #[test]
    fn limits_that_cannot_be_are_named_with_an_example() {
        assert_eq!(
            fault("of = \"heart_rate\"\nunit = \"bpm\"\nlimits = [130, 145, 140]"),
            "line 4, column 21: expected limits that rise, each more than the one before, found \
             140; write, say, `unit = \"bpm\"` and `limits = [130, 145, 158, 170]`"
        );
        assert_eq!(
            fault("of = \"power\"\nunit = \"W\"\nlimits = [100, 110, 120, 130, 140, 150, 160]"),
            "line 4, column 10: expected 2 to 6 limits, found 7; \
             write, say, `unit = \"W\"` and `limits = [180, 220, 260, 300]`"
        );
        assert_eq!(
            fault("of = \"pace\"\nunit = \"min/km\"\nlimits = [\"4:30\", \"5:00\"]"),
            "line 4, column 19: expected limits that get faster, each less than the one before, \
             found \"5:00\"; write, say, `unit = \"min/km\"` and `limits = [\"6:00\", \"5:15\", \"4:30\"]`"
        );
        let mixed = [
            "of = \"pace\"\nunit = \"min/km\"\nlimits = [5.5, 5]",
            "of = \"pace\"\nunit = \"min/km\"\nlimits = [\"5:3\", \"5:00\"]",
            "of = \"pace\"\nunit = \"% of critical speed\"\nlimits = [\"5:30\", \"5:00\"]",
            "of = \"heart_rate\"\nunit = \"bpm\"\nlimits = [nan, 140]",
            "of = \"heart_rate\"\nunit = \"% of maximum\"\nlimits = [0.8, 0.9]",
            "of = \"heart_rate\"\nunit = \"bpm\"\nlimits = [true, 140]",
        ];
        for entry in mixed {
            assert!(
                fault(entry).starts_with("line 4, column 11: expected"),
                "{entry}"
            );
        }
    }

    #[test]
    fn the_unit_must_be_one_of_the_quantity() {
        assert_eq!(
            fault("of = \"pace\"\nunit = \"bpm\"\nlimits = [130, 145]"),
            "line 3, column 8: expected a unit of pace, one of `min/km`, `min/mile`, \
             `% of critical speed`, found `bpm`; \
             write, say, `unit = \"min/km\"` and `limits = [\"6:00\", \"5:15\", \"4:30\"]`"
        );
        assert!(fault("of = \"speed\"").contains("expected one of `heart_rate`, `pace`, `power`"));
    }

    #[test]
    fn names_are_one_more_than_limits_and_differ() {
        let named = |names: &str| {
            fault(&format!(
                "of = \"heart_rate\"\nunit = \"bpm\"\nlimits = [130, 145]\nnames = {names}"
            ))
        };
        assert_eq!(
            named("[\"easy\", \"hard\"]"),
            "line 5, column 9: expected 3 names, one more than limits, found 2; \
             name every zone, the easiest first, or remove the line"
        );
        assert!(named("[\"a\", \" \", \"c\"]").contains("a name of 1 to 24 characters"));
        assert!(named("[\"a\", \"b\", \"a\"]").contains("each name once"));
    }

    #[test]
    fn zones_are_given_once_for_a_day() {
        let entry = "of = \"heart_rate\"\nunit = \"bpm\"\nlimits = [130, 145]";
        let twice = fault(&format!("{entry}\n[[zones]]\n{entry}"));
        assert!(
            twice.starts_with("line 6, column 6: expected zones"),
            "{twice}"
        );
    }
}

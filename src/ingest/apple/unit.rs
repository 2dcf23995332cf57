//! The units of the export: those that the phone's owner has chosen.

/// What a value is of, with the unit in which it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dimension {
    /// Metres.
    Length,
    /// Seconds.
    Time,
    /// Metres per second.
    Speed,
    /// Per minute.
    Rate,
    /// A number.
    Count,
    /// Watts.
    Power,
    /// Kilocalories.
    Energy,
}

const LENGTHS: [(&str, f64); 8] = [
    ("km", 1_000.0),
    ("m", 1.0),
    ("cm", 0.01),
    ("mm", 0.001),
    ("mi", 1_609.344),
    ("yd", 0.9144),
    ("ft", 0.3048),
    ("in", 0.0254),
];

const TIMES: [(&str, f64); 6] = [
    ("s", 1.0),
    ("sec", 1.0),
    ("ms", 0.001),
    ("min", 60.0),
    ("hr", 3_600.0),
    ("h", 3_600.0),
];

/// "Cal" is the kilocalorie of food.
const ENERGIES: [(&str, f64); 5] = [
    ("kcal", 1.0),
    ("Cal", 1.0),
    ("cal", 0.001),
    ("kJ", 1.0 / 4.184),
    ("J", 0.001 / 4.184),
];

/// The effort that the athlete enters has a unit of its own; some exports leave out that of a count.
const COUNTS: [(&str, f64); 3] = [("count", 1.0), ("appleEffortScore", 1.0), ("", 1.0)];

const POWERS: [(&str, f64); 2] = [("W", 1.0), ("kW", 1_000.0)];

/// Returns what a value in some unit is to be multiplied with; absent when the unit is none of it.
pub(super) fn scale(unit: &str, dimension: Dimension) -> Option<f64> {
    match dimension {
        Dimension::Length => of(&LENGTHS, unit),
        Dimension::Time => of(&TIMES, unit),
        Dimension::Count => of(&COUNTS, unit),
        Dimension::Power => of(&POWERS, unit),
        Dimension::Energy => of(&ENERGIES, unit),
        Dimension::Speed => {
            let (length, time) = unit.split_once('/')?;
            Some(of(&LENGTHS, length)? / of(&TIMES, time)?)
        }
        Dimension::Rate => {
            let (count, time) = unit.split_once('/')?;
            Some(of(&COUNTS, count)? / of(&TIMES, time)? * 60.0)
        }
    }
}

fn of(units: &[(&str, f64)], unit: &str) -> Option<f64> {
    let known = units.iter().find(|(known, _)| *known == unit);
    known.map(|(_, factor)| *factor)
}

/// Returns a value that is written with its unit behind it, as in "4230 cm".
pub(super) fn with_unit(text: &str, dimension: Dimension) -> Option<f64> {
    let (value, unit) = text.trim().split_once(' ')?;
    Some(value.parse::<f64>().ok()? * scale(unit.trim(), dimension)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_turned_into_ours() {
        for (unit, dimension, factor) in [
            ("mi", Dimension::Length, 1_609.344),
            ("km/hr", Dimension::Speed, 1.0 / 3.6),
            ("mi/hr", Dimension::Speed, 0.44704),
            ("count/min", Dimension::Rate, 1.0),
            ("count/s", Dimension::Rate, 60.0),
            ("kJ", Dimension::Energy, 0.239_005_736),
            ("ms", Dimension::Time, 0.001),
        ] {
            let found = scale(unit, dimension).unwrap_or(0.0);
            assert!((found / factor - 1.0).abs() < 1e-8, "{unit}: {found}");
        }
        assert_eq!(scale("kg", Dimension::Length), None);
        assert_eq!(with_unit("4200 cm", Dimension::Length), Some(42.0));
        assert_eq!(with_unit("4230", Dimension::Length), None);
    }
}

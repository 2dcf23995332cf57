//! Times, distances and marked segments on the command line, as in `15:05-18:55=work`.

use crate::ingest::Crop;
use crate::segmentation::SegmentEdit;
use crate::units::METRES_PER_KILOMETRE;
use crate::units::METRES_PER_MILE;
use crate::units::SECONDS_PER_MINUTE;
use crate::vocabulary::SegmentKind;

/// Returns the segment of a text such as "15:05-18:55=work".
pub(super) fn parse_segment(text: &str) -> Result<SegmentEdit, String> {
    let (start, end, kind) = text
        .split_once('=')
        .and_then(|(times, kind)| {
            let (start, end) = times.split_once('-')?;
            Some((start, end, kind.trim()))
        })
        .ok_or("expected START-END=KIND as in 15:05-18:55=work")?;
    let kind = SegmentKind::from_name(kind).ok_or_else(|| {
        let names = SegmentKind::ALL.map(SegmentKind::name).join(", ");
        format!("expected one of {names}, found \"{kind}\"")
    })?;
    let (start_s, end_s) = span_s(start, end)?;
    Ok(SegmentEdit {
        start_s,
        end_s,
        kind,
    })
}

/// Returns the part of a text such as "5:00-55:00".
pub(super) fn parse_part(text: &str) -> Result<Crop, String> {
    let (start, end) = text
        .split_once('-')
        .ok_or("expected START-END as in 5:00-55:00")?;
    let (start_s, end_s) = span_s(start, end)?;
    Ok(Crop { start_s, end_s })
}

fn span_s(start: &str, end: &str) -> Result<(f64, f64), String> {
    let (start_s, end_s) = (parse_clock_s(start)?, parse_clock_s(end)?);
    if end_s <= start_s {
        return Err(format!("expected an end after {start}, found {end}"));
    }
    Ok((start_s, end_s))
}

/// Returns the seconds of a text such as "1:02:05", "15:05" or "905.5".
pub(super) fn parse_clock_s(text: &str) -> Result<f64, String> {
    let fault = || format!("expected a time as in 1:02:05, 15:05 or 905, found \"{text}\"");
    let is_plain = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.');
    let parts: Vec<&str> = text.trim().split(':').collect();
    if parts.len() > 3 || !text.trim().chars().all(is_plain) {
        return Err(fault());
    }
    let mut seconds = 0.0;
    for (index, part) in parts.iter().enumerate() {
        let value: f64 = part.parse().map_err(|_| fault())?;
        let is_last = index + 1 == parts.len();
        if (index > 0 && value >= SECONDS_PER_MINUTE) || (!is_last && part.contains('.')) {
            return Err(fault());
        }
        seconds = seconds * SECONDS_PER_MINUTE + value;
    }
    Ok(seconds)
}

/// Returns the metres of a text such as "300m", "0.5km", "0.2mi" or "300".
pub(super) fn parse_distance_m(text: &str) -> Result<f64, String> {
    let units = [
        ("km", METRES_PER_KILOMETRE),
        ("mi", METRES_PER_MILE),
        ("m", 1.0),
        ("", 1.0),
    ];
    let (number, factor) = units
        .iter()
        .find_map(|(unit, factor)| Some((text.trim().strip_suffix(unit)?, *factor)))
        .unwrap_or((text, 1.0));
    match number.trim().parse::<f64>() {
        Ok(value) if value.is_finite() && value >= 0.0 => Ok(value * factor),
        _ => Err("expected a distance such as 300m, 0.5km or 0.2mi".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_two_times() {
        let part = Crop {
            start_s: 300.0,
            end_s: 3300.0,
        };
        assert_eq!(parse_part("5:00-55:00"), Ok(part));
        assert!(parse_part("5:00").is_err());
        assert!(parse_part("55:00-5:00").is_err());
    }

    #[test]
    fn segments_are_times_and_a_kind() {
        let work = |start_s, end_s| {
            Ok(SegmentEdit {
                start_s,
                end_s,
                kind: SegmentKind::Work,
            })
        };
        assert_eq!(parse_segment("15:05-18:55=work"), work(905.0, 1135.0));
        assert_eq!(parse_segment("905-1:02:05.5=work"), work(905.0, 3725.5));
        for fault in [
            "15:05=work",
            "15:05-18:55",
            "15:05-18:55=sprint",
            "18:55-15:05=work",
            "15:65-18:55=work",
            "-5-18:55=work",
            "1:2:3:4-9:00:00=work",
            "1.5:00-9:00=work",
            "inf-9=work",
            "-=work",
        ] {
            assert!(parse_segment(fault).is_err(), "{fault}");
        }
    }

    #[test]
    fn distances_carry_units() {
        assert_eq!(parse_distance_m("300m"), Ok(300.0));
        assert_eq!(parse_distance_m("0.5 km"), Ok(500.0));
        assert_eq!(parse_distance_m("300"), Ok(300.0));
        assert!(parse_distance_m("-3km").is_err());
        assert!(parse_distance_m("far").is_err());
    }
}

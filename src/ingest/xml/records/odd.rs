//! What was odd about the points of a file.

use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::xml::points::Counts;
use crate::ingest::xml::time::Zone;
use crate::units::plural;

/// Says what was odd about the points.
pub(in crate::ingest) fn warnings(
    counts: &Counts,
    zone: Option<Zone>,
    has_heart_rate: bool,
) -> Vec<Warning> {
    let Counts {
        untimed,
        bad_times,
        bad_positions,
        dropped,
        bad_values,
        ..
    } = *counts;
    let mut warnings = Vec::new();
    let mut warn = |is_so: bool, code: WarningCode, text: String| {
        if is_so {
            warnings.push(Warning::new(code, text));
        }
    };
    warn(
        untimed > 0,
        WarningCode::XmlNoTime,
        format!("{} without a time dropped", plural(untimed, "point")),
    );
    warn(
        bad_times > 0,
        WarningCode::XmlBadTime,
        format!(
            "{} treated as missing: no date that exists",
            plural(bad_times, "time")
        ),
    );
    warn(
        bad_positions > 0,
        WarningCode::XmlBadPosition,
        bad_positions_text(bad_positions, dropped),
    );
    warn(
        bad_values > 0,
        WarningCode::XmlBadValue,
        format!(
            "{} treated as missing: no number, or impossible",
            plural(bad_values, "value")
        ),
    );
    warn(
        !has_heart_rate && counts.heart_rates_unknown > 0,
        WarningCode::XmlNoHeartRate,
        format!(
            "heart rate treated as missing: 0, 1 or 255 wherever there is one ({})",
            plural(counts.heart_rates_unknown, "point")
        ),
    );
    warn(
        zone == Some(Zone::Missing),
        WarningCode::XmlNoZone,
        "the times name no time zone; taken for UTC".to_owned(),
    );
    warnings
}

fn bad_positions_text(bad: usize, dropped: usize) -> String {
    let text = format!("{} treated as missing", plural(bad, "impossible position"));
    match dropped {
        0 => text,
        _ => format!(
            "{text}; {} with nothing else dropped",
            plural(dropped, "point")
        ),
    }
}

//! What one file holds: its parts, what was repaired, and the activities made of it.

use crate::channel::Channel;
use crate::clean::clean_text;
use crate::ingest::Account;
use crate::ingest::Activity;
use crate::ingest::AltitudeSource;
use crate::ingest::LapTrigger;
use crate::ingest::Records;
use crate::ingest::Warning;
use crate::report::text::layout::LINE_WIDTH;
use crate::report::text::layout::Side;
use crate::report::text::layout::paragraph;
use crate::report::text::layout::table;
use crate::statistics::median;
use crate::units::Metres;
use crate::units::Seconds;
use crate::units::UnitSystem;
use crate::units::plural;

/// Columns between a label and its value.
const LABEL_GAP: usize = 2;
/// Columns by which each repair is indented.
const INDENT: usize = 2;
/// How a moment is written.
const MOMENT: &str = "%Y-%m-%d %H:%M:%S UTC";

/// Returns what a file holds part by part, then what was repaired or dropped.
///
/// `packing` is what was odd about the archive that the file came from.
#[must_use]
pub fn account_text(account: &Account, packing: &[Warning]) -> String {
    let mut text = labelled(&account.facts);
    if !account.rows.is_empty() {
        let head = [
            ("part", Side::Left),
            ("count", Side::Right),
            ("note", Side::Left),
        ];
        let rows = account.rows.iter().map(|row| {
            vec![
                clean_text(&row.what),
                row.count.to_string(),
                clean_text(&row.note),
            ]
        });
        text.push('\n');
        text += &table(&head, rows.collect(), LINE_WIDTH);
    }
    let warnings: Vec<String> = packing
        .iter()
        .chain(&account.warnings)
        .map(warning_text)
        .collect();
    text += "\nrepaired or dropped:";
    if warnings.is_empty() {
        return text + " nothing\n";
    }
    text.push('\n');
    text + &warnings.concat()
}

fn warning_text(warning: &Warning) -> String {
    let place = warning.place.as_ref().map(|place| format!(", {place}"));
    let text = format!(
        "{}{}: {}",
        warning.code,
        place.unwrap_or_default(),
        warning.text
    );
    paragraph(&clean_text(&text), LINE_WIDTH, INDENT, INDENT)
}

/// Returns an activity as later stages see it.
#[must_use]
pub fn activity_text(activity: &Activity) -> String {
    let records = &activity.records;
    let elapsed_s = records.time_s.last().copied().unwrap_or_default();
    let mut facts = vec![("activity", what(activity))];
    let mut add = |label, value: Option<String>| facts.extend(value.map(|value| (label, value)));
    let started = activity.start.map(|start| start.format(MOMENT).to_string());
    add(
        "started",
        Some(started.unwrap_or_else(|| "unknown: the clock was never set".to_owned())),
    );
    add("device", activity.device.clone());
    add(
        "length",
        Some(format!(
            "{}, {}",
            Seconds(elapsed_s).show(),
            plural(records.len(), "record")
        )),
    );
    add("interval", interval(records));
    add("totals", totals(activity));
    add("laps", Some(laps(activity)));
    add("pauses", Some(pauses(activity)));
    add("workout", steps(activity));
    add("altitude", altitude(activity.altitude_source));
    add("power", activity.power_source.clone());
    facts.extend(presence(records));
    let facts: Vec<(String, String)> = facts
        .into_iter()
        .map(|(label, value)| (label.to_owned(), value))
        .collect();
    format!("\n{}", labelled(&facts))
}

/// Returns lines of label and value, the values flush.
fn labelled(facts: &[(String, String)]) -> String {
    let width = facts.iter().map(|(label, _)| label.chars().count());
    let width = width.max().unwrap_or_default() + LABEL_GAP;
    let lines = facts.iter().map(|(label, value)| {
        let value = paragraph(&clean_text(value), LINE_WIDTH, width, 0);
        let value = value.get(width..).unwrap_or_default().trim_end();
        format!("{}\n", format!("{label:<width$}{value}").trim_end())
    });
    lines.collect()
}

/// Says what was done: the sport, its kind, the name.
fn what(activity: &Activity) -> String {
    let mut text = activity.sport.words().to_owned();
    if let Some(kind) = &activity.sub_sport {
        text += &format!(" ({kind})");
    }
    if let Some(name) = &activity.name {
        text += &format!(", \"{name}\"");
    }
    text
}

/// Says how often a record was made, and how long the longest hole is.
fn interval(records: &Records) -> Option<String> {
    let steps = records.time_s.windows(2).map(|pair| pair[1] - pair[0]);
    let intervals: Vec<f64> = steps.collect();
    let usual_s = median(&intervals)?;
    let longest_s = intervals.into_iter().max_by(f64::total_cmp)?;
    Some(if longest_s > usual_s {
        format!(
            "{usual_s} s as a rule, at most {}",
            Seconds(longest_s).show()
        )
    } else {
        format!("{usual_s} s")
    })
}

/// Says what the device has added up by itself.
fn totals(activity: &Activity) -> Option<String> {
    let totals = &activity.totals;
    let parts: Vec<String> = [
        totals
            .elapsed_s
            .map(|s| format!("{} in all", Seconds(s).show())),
        totals
            .timer_s
            .map(|s| format!("{} on the timer", Seconds(s).show())),
        totals
            .distance_m
            .map(|metres| Metres(metres).show(UnitSystem::Metric)),
        totals.ascent_m.map(|metres| format!("{metres:.0} m up")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn laps(activity: &Activity) -> String {
    let of = |trigger| {
        activity
            .laps
            .iter()
            .filter(|lap| lap.trigger == trigger)
            .count()
    };
    let parts: Vec<String> = [
        (of(LapTrigger::Manual), "by the button"),
        (of(LapTrigger::Auto), "by the watch"),
        (of(LapTrigger::SessionEnd), "by the end"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, how)| format!("{count} {how}"))
    .collect();
    match activity.laps.len() {
        0 => "none".to_owned(),
        count if parts.is_empty() => count.to_string(),
        count => format!("{count}: {}", parts.join(", ")),
    }
}

fn pauses(activity: &Activity) -> String {
    let paused_s: f64 = activity.pauses.iter().map(|p| p.end_s - p.start_s).sum();
    match activity.pauses.len() {
        0 => "none".to_owned(),
        count => format!("{count}, together {}", Seconds(paused_s).show()),
    }
}

fn steps(activity: &Activity) -> Option<String> {
    (!activity.workout.is_empty()).then(|| plural(activity.workout.len(), "step"))
}

fn altitude(source: AltitudeSource) -> Option<String> {
    match source {
        AltitudeSource::Barometric => Some("by air pressure".to_owned()),
        AltitudeSource::Gps => Some("from satellites".to_owned()),
        AltitudeSource::Unknown => None,
    }
}

/// Says which quantities are in all records, in some, in none.
fn presence(records: &Records) -> Vec<(&'static str, String)> {
    let columns: [(&str, &Channel); 8] = [
        ("position", &records.latitude_deg),
        ("distance", &records.distance_m),
        ("speed", &records.speed_m_s),
        ("altitude", &records.altitude_m),
        ("heart rate", &records.heart_rate_bpm),
        ("cadence", &records.cadence_spm),
        ("power", &records.power_w),
        ("temperature", &records.temperature_c),
    ];
    let (mut all, mut some, mut none) = (Vec::new(), Vec::new(), Vec::new());
    for (name, column) in columns {
        match column.count() {
            0 => none.push(name.to_owned()),
            count if count == records.len() => all.push(name.to_owned()),
            count => some.push(format!("{name} ({count})")),
        }
    }
    [
        ("in all records", all),
        ("in some records", some),
        ("in no record", none),
    ]
    .into_iter()
    .filter(|(_, names)| !names.is_empty())
    .map(|(label, names)| (label, names.join(", ")))
    .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::ingest::AccountRow;
    use crate::ingest::Format;
    use crate::ingest::Place;
    use crate::ingest::Sport;
    use crate::ingest::WarningCode;

    #[test]
    fn an_account_reads_in_order_and_keeps_within_the_width() {
        let account = Account {
            format: Format::Fit,
            facts: vec![("size".to_owned(), "9025 bytes".to_owned())],
            rows: vec![AccountRow {
                what: "record (20)".to_owned(),
                count: 361,
                note: "9 fields, 8664 bytes".to_owned(),
            }],
            warnings: vec![Warning::at(
                WarningCode::FitCrc,
                Place::Byte(7),
                "word ".repeat(30),
            )],
        };
        let text = account_text(&account, &[Warning::new(WarningCode::FitCrc, "first")]);
        assert!(text.starts_with("size  9025 bytes\n\npart"));
        assert!(text.contains("record (20)    361  9 fields, 8664 bytes\n"));
        assert!(text.contains("\n  W-fit-crc: first\n  W-fit-crc, byte 7: word word"));
        assert!(text.lines().all(|line| line.chars().count() <= 80));
    }

    #[test]
    fn an_activity_is_told_in_words() {
        let records = Records {
            time_s: vec![0.0, 1.0, 2.0, 62.0],
            heart_rate_bpm: [Some(140.0), None, Some(141.0), Some(142.0)]
                .into_iter()
                .collect(),
            ..Records::default()
        };
        let activity = Activity {
            sport: Sport::Strength,
            name: Some("\u{1b}[2JGym".to_owned()),
            records,
            ..Activity::default()
        };
        let text = activity_text(&activity);
        let line = |label: &str| text.lines().find(|line| line.starts_with(label)).unwrap();
        assert_eq!(
            line("activity"),
            "activity         strength training, \"[2JGym\""
        );
        assert!(line("started").ends_with("the clock was never set"));
        assert!(line("length").ends_with("1:02, 4 records"));
        assert!(line("interval").ends_with("1 s as a rule, at most 1:00"));
        assert!(line("in some records").ends_with("heart rate (3)"));
        assert!(line("laps").ends_with("none"));
    }
}

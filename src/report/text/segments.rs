//! The table of a run's segments, with the reasons for their labels where there is room.

use crate::classification::Session;
use crate::clean::clean_text;
use crate::report::content::planned;
use crate::report::text::layout::ABSENT;
use crate::report::text::layout::GAP;
use crate::report::text::layout::Side;
use crate::report::text::layout::cut;
use crate::report::text::layout::fitting_table;
use crate::report::text::layout::table_width;
use crate::report::text::layout::width;
use crate::report::text::paint::FAINT;
use crate::report::text::paint::STRONG;
use crate::report::text::paint::letter_style;
use crate::report::text::paint::painted;
use crate::segmentation::Evidence;
use crate::segmentation::Segment;
use crate::units::MetresPerSecond;
use crate::units::Seconds;
use crate::units::UnitSystem;
use crate::vocabulary::SegmentKind;

/// Reasons shown for a segment.
const MOST_REASONS: usize = 2;
/// Reasons have a column of their own where it can be so wide.
///
/// # Units
/// Columns.
const LEAST_REASONS_WIDTH: usize = 50;
/// From this width on reasons stand below their segment; in less room they would be cut to nothing.
///
/// # Units
/// Columns.
const LEAST_WIDTH_WITH_REASONS: usize = 60;
/// Columns by which reasons below a segment are indented.
const REASONS_INDENT: usize = 9;
/// The title of the column of reasons.
const REASONS: &str = "why";
/// The columns that a narrow table does without, the first one first.
const DISPENSABLE: [&str; 5] = ["sure", "name", "km", "mi", "HR"];

/// Returns the table of segments, each with its strongest reasons.
pub(super) fn segments_text(session: &Session, units: UnitSystem, columns: usize) -> String {
    let segments = &session.segments;
    if segments.is_empty() {
        return String::new();
    }
    let pace = format!("min{}", units.pace_unit());
    let mut head = vec![
        ("start", Side::Right),
        ("segment", Side::Left),
        ("name", Side::Left),
        ("time", Side::Right),
        (units.distance_unit(), Side::Right),
        (pace.as_str(), Side::Right),
        ("HR", Side::Right),
        ("sure", Side::Right),
    ];
    let mut rows: Vec<Vec<String>> = segments.iter().map(|s| row(s, units)).collect();
    let room = columns.saturating_sub(table_width(&head, &rows) + GAP);
    let (mut beside, mut below) = (vec![String::new(); segments.len()], Vec::new());
    if room >= LEAST_REASONS_WIDTH {
        beside = segments.iter().map(|s| reasons(s, room)).collect();
        head.push((REASONS, Side::Left));
        for (row, reasons) in rows.iter_mut().zip(&beside) {
            row.push(reasons.clone());
        }
    } else if columns >= LEAST_WIDTH_WITH_REASONS {
        below = reasons_below(segments, columns);
    }
    let table = fitting_table(&head, rows, &DISPENSABLE, columns);
    let mut lines = table.lines();
    let mut text = format!("\n{}\n", painted(lines.next().unwrap_or_default(), FAINT));
    for (index, (line, segment)) in lines.zip(segments).enumerate() {
        text.push_str(&painted_row(line, segment, &beside[index]));
        text.push_str(below.get(index).map_or("", String::as_str));
    }
    text
}

/// Returns the row of a segment.
fn row(segment: &Segment, units: UnitSystem) -> Vec<String> {
    let distance = segment.distance_m;
    let distance = distance.map(|d| format!("{:.2}", d / units.distance_m()));
    let pace = segment.speed_m_s.map(MetresPerSecond);
    let pace = pace.and_then(|speed| speed.pace_s(units));
    let rate = segment.heart_rate_bpm.map(|rate| format!("{rate:.0}"));
    vec![
        Seconds(segment.start_s).show(),
        label(segment),
        name(segment, units),
        Seconds(segment.elapsed_s()).show(),
        distance.unwrap_or_else(|| ABSENT.to_owned()),
        pace.map_or_else(|| ABSENT.to_owned(), |pace| Seconds(pace).show()),
        rate.unwrap_or_else(|| ABSENT.to_owned()),
        format!("{:.0} %", segment.confidence * 100.0),
    ]
}

/// Returns the name of a segment and what the workout asked for.
fn name(segment: &Segment, units: UnitSystem) -> String {
    let name = segment.name.as_deref().map(clean_text);
    let planned = segment.planned.as_ref();
    let planned = planned.and_then(|planned| planned::words(planned, units));
    let parts: Vec<String> = name.into_iter().chain(planned).collect();
    parts.join(", ")
}

/// Returns what a segment is, with its place in its set, as in "rep 3".
fn label(segment: &Segment) -> String {
    let mut label = segment.label();
    if !segment.executed {
        label.push_str(" (not done)");
    }
    label
}

/// Returns a line of the table, its label in the colour of the segment; an effort is bold. The
/// reasons at its end, if any, are faint.
fn painted_row(line: &str, segment: &Segment, reasons: &str) -> String {
    let style = if segment.kind.is_work() {
        STRONG
    } else {
        anstyle::Style::new()
    };
    let facts = line.strip_suffix(reasons).unwrap_or(line);
    let reasons = painted(&line[facts.len()..], FAINT);
    let label = segment.word();
    let facts = match facts.split_once(label) {
        Some((before, after)) => format!(
            "{}{}{}",
            painted(before, style),
            painted(label, letter_style(segment.kind)),
            painted(after, style)
        ),
        None => painted(facts, style),
    };
    format!("{facts}{reasons}\n")
}

/// Returns the reasons to write below each segment; what was just said of the last segment of the
/// same kind is not said again.
fn reasons_below(segments: &[Segment], columns: usize) -> Vec<String> {
    let mut told: Vec<(SegmentKind, String)> = Vec::new();
    let below = segments.iter().map(|segment| {
        let reasons = reasons(segment, columns - REASONS_INDENT);
        let last = told.iter_mut().find(|(kind, _)| *kind == segment.kind);
        let is_new = last.as_ref().is_none_or(|(_, last)| *last != reasons);
        match last {
            Some((_, last)) => last.clone_from(&reasons),
            None => told.push((segment.kind, reasons.clone())),
        }
        if reasons.is_empty() || !is_new {
            return String::new();
        }
        let margin = " ".repeat(REASONS_INDENT);
        format!("{margin}{}\n", painted(&reasons, FAINT))
    });
    below.collect()
}

/// Returns the strongest reasons for the label of a segment, as many as fit whole, at least one.
fn reasons(segment: &Segment, room: usize) -> String {
    let mut strongest: Vec<&Evidence> = segment.evidence.iter().collect();
    let strength = |e: &Evidence| e.contribution.map_or(0.0, f64::abs);
    // The sort is stable: without contributions the order of the document stays.
    strongest.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    let mut texts = strongest
        .iter()
        .take(MOST_REASONS)
        .map(|evidence| clean_text(&evidence.text));
    let mut text = cut(&texts.next().unwrap_or_default(), room);
    for further in texts {
        let longer = format!("{text}; {further}");
        if width(&longer) > room {
            break;
        }
        text = longer;
    }
    text
}

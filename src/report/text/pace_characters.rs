//! The characters of the chart of pace: bars of blocks, the strip of segments, the axes, a legend.

use anstyle::Style;

use crate::report::drawing::figure::Tick;
use crate::report::text::layout::GAP;
use crate::report::text::layout::width;
use crate::report::text::pace_columns::Column;
use crate::report::text::pace_columns::PaceChart;
use crate::report::text::pace_columns::ROWS;
use crate::report::text::pace_columns::STEPS;
use crate::report::text::paint::FAINT;
use crate::report::text::paint::letter;
use crate::report::text::paint::letter_style;
use crate::report::text::paint::painted;
use crate::report::text::paint::painted_cells;
use crate::report::text::paint::segment_style;
use crate::segmentation::Segment;
use crate::units::UnitSystem;
use crate::vocabulary::SegmentKind;

/// A bar within a row, from none to all of it.
const BLOCKS: [char; STEPS + 1] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Columns left of the plot: a pace such as "10:30", a blank, the axis.
const GUTTER: usize = 7;
/// Reference values are written right of the plot from this width on.
///
/// # Units
/// Columns.
const LEAST_WIDTH_WITH_REFERENCES: usize = 100;

/// Returns the columns of the plot within so many columns in all.
pub(super) fn plot_width(columns: usize, references: &[Tick]) -> usize {
    let names = references.iter().map(|tick| width(&tick.label) + GAP);
    let names = names
        .max()
        .filter(|_| columns >= LEAST_WIDTH_WITH_REFERENCES);
    columns.saturating_sub(GUTTER + names.unwrap_or(0)).max(1)
}

/// Returns the lines of a chart.
pub(super) fn pace_lines(chart: &PaceChart, units: UnitSystem, columns: usize) -> String {
    let mut lines: Vec<String> = (0..ROWS)
        .rev()
        .map(|row| bar_line(chart, row, columns))
        .collect();
    let unit = format!("min{}", units.pace_unit());
    let unit = painted(&format!("{unit:<GUTTER$}"), FAINT);
    let strip = painted_cells(&strip(&chart.columns));
    if !strip.is_empty() {
        lines.push(format!("{unit}{strip}"));
    }
    lines.push(time_line(chart));
    lines.extend(legend_lines(&chart.columns, columns));
    lines.join("\n") + "\n"
}

fn bar_line(chart: &PaceChart, row: usize, columns: usize) -> String {
    let label = |labels: &[(usize, String)]| {
        let found = labels.iter().find(|(other, _)| *other == row);
        found.map(|(_, label)| label.clone())
    };
    let pace = label(&chart.paces);
    let axis = if pace.is_some() { '┤' } else { '│' };
    let pace = format!("{:>5} {axis}", pace.unwrap_or_default());
    let mut cells = styled(&pace, FAINT);
    let reference = label(&chart.references).filter(|_| columns >= LEAST_WIDTH_WITH_REFERENCES);
    cells.extend(chart.columns.iter().map(|column| match block(column, row) {
        ' ' if reference.is_some() => ('╌', FAINT),
        ' ' => (' ', Style::new()),
        block => (
            block,
            column.segment.map_or(FAINT, |one| segment_style(one.kind)),
        ),
    }));
    if let Some(name) = reference {
        cells.extend(styled(&format!("╌ {name}"), FAINT));
    }
    painted_cells(&cells)
}

fn block(column: &Column, row: usize) -> char {
    let height = column.height.unwrap_or(0);
    BLOCKS[height.saturating_sub(row * STEPS).min(STEPS)]
}

fn styled(text: &str, style: Style) -> Vec<(char, Style)> {
    text.chars().map(|character| (character, style)).collect()
}

/// Returns the strip of segments: each begins with its number or letter and goes on as a line.
fn strip(columns: &[Column]) -> Vec<(char, Style)> {
    let runs: Vec<&[Column]> = columns.chunk_by(|one, other| is_one(one, other)).collect();
    let has_room = |run: &&[Column]| mark(run).is_none_or(|mark| width(&mark) <= run.len());
    let is_short = !runs.iter().all(has_room);
    runs.into_iter()
        .flat_map(|run| match (run[0].segment, mark(run)) {
            (Some(segment), Some(mark)) => {
                let mark = if is_short { last_digit(&mark) } else { mark };
                let line = "─".repeat(run.len() - width(&mark));
                styled(&(mark + &line), letter_style(segment.kind))
            }
            _ => styled(&" ".repeat(run.len()), Style::new()),
        })
        .collect()
}

/// Returns whether two columns show one segment, or two that nothing visible keeps apart.
fn is_one(one: &Column, other: &Column) -> bool {
    let plain_kind = |column: &Column| {
        let segment = column
            .segment
            .filter(|segment| segment.rep_number().is_none());
        segment.map(|segment| segment.kind)
    };
    let plain = plain_kind(one);
    one.segment == other.segment
        || plain.is_some_and(|kind| !kind.is_work() && plain_kind(other) == plain)
}

/// Returns the number or the letter of the segment that some columns show.
fn mark(run: &[Column]) -> Option<String> {
    let segment = run[0].segment?;
    Some(match segment.rep_number() {
        Some(number) => number.to_string(),
        None => letter(segment.kind).to_string(),
    })
}

/// Returns the end of a number that has no room; numbers in a row are still told apart by it.
fn last_digit(mark: &str) -> String {
    mark.chars().last().into_iter().collect()
}

/// Returns the axis of time; a label that would leave the plot stands left of its mark, and one
/// that would touch the next, nearer to the unit at the end, is left out.
fn time_line(chart: &PaceChart) -> String {
    let mut cells = vec![(' ', FAINT); GUTTER + chart.columns.len()];
    let mut end = cells.len();
    for (column, label) in chart.times.iter().rev() {
        let column = column + GUTTER;
        let start = match column + 1 {
            right if right + label.len() <= end => right,
            _ if end == cells.len() => column - label.len(),
            _ => continue,
        };
        cells[column].0 = '╵';
        for (cell, character) in cells[start..].iter_mut().zip(label.chars()) {
            cell.0 = character;
        }
        end = start.min(column) - 1;
    }
    painted_cells(&cells)
}

/// Returns what the letters and colours mean, in the order in which they occur.
fn legend_lines(columns: &[Column], most: usize) -> Vec<String> {
    let mut entries: Vec<(String, SegmentKind)> = Vec::new();
    for segment in columns.iter().filter_map(|column| column.segment) {
        let entry = (legend(segment, columns), segment.kind);
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (text, kind) in entries {
        let needed = width(&text) + GAP;
        let painted = painted(&text, letter_style(kind));
        match lines.last_mut() {
            Some((taken, line)) if *taken + needed <= most => {
                *taken += needed;
                line.push_str(&format!("{}{painted}", " ".repeat(GAP)));
            }
            _ => lines.push((
                GUTTER + needed - GAP,
                format!("{}{painted}", " ".repeat(GUTTER)),
            )),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Returns the entry of a segment, as in "w warm-up" or "1–6 reps".
fn legend(segment: &Segment, columns: &[Column]) -> String {
    let word = segment.word();
    if segment.rep_number().is_none() {
        return format!("{} {word}", letter(segment.kind));
    }
    let alike = columns.iter().filter_map(|column| column.segment);
    let alike = alike.filter(|other| other.kind == segment.kind);
    match alike.filter_map(Segment::rep_number).max() {
        Some(last) if last > 1 => format!("1–{last} {word}s"),
        _ => format!("1 {word}"),
    }
}

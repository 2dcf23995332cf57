//! Tables and paragraphs that keep within the width of a terminal.

use comfy_table::CellAlignment;
use comfy_table::ContentArrangement;
use comfy_table::Row;
use comfy_table::Table;
use comfy_table::presets;

/// The width that a text keeps within where no other is asked for.
///
/// # Units
/// Columns. The width of a terminal that nobody has resized.
pub const LINE_WIDTH: usize = 80;
/// The least width that texts are made for: a phone, or half of a split window.
///
/// # Units
/// Columns. Narrower terminals break the lines themselves.
const LEAST_WIDTH: usize = 40;
/// The width beyond which charts and tables do not grow: the eye no longer follows a row.
///
/// # Units
/// Columns.
const MOST_WIDTH: usize = 140;
/// The same for prose.
///
/// # Units
/// Columns.
const MOST_PROSE_WIDTH: usize = 100;
/// The space between the columns of a table.
pub(super) const GAP: usize = 2;

/// What stands for an absent value.
pub(super) const ABSENT: &str = "–";

/// On which side the cells of a column are flush.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// Returns the width that is used of a terminal that is so many columns wide.
pub(super) fn usable(columns: usize) -> usize {
    columns.clamp(LEAST_WIDTH, MOST_WIDTH)
}

/// Returns a table without rules, one line a row; what is too long is cut and marked "…".
///
/// `head` holds the title of each column and its side.
pub(super) fn table(head: &[(&str, Side)], rows: Vec<Vec<String>>, columns: usize) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    // The gap after the last column is trimmed, so that it may lie beyond the edge.
    table.set_width(u16::try_from(columns + GAP).unwrap_or(u16::MAX));
    table.set_truncation_indicator("…");
    table.set_header(line(head.iter().map(|(title, _)| (*title).to_owned())));
    for row in rows {
        table.add_row(line(row));
    }
    for (column, (_, side)) in table.column_iter_mut().zip(head) {
        column.set_padding((0, u16::try_from(GAP).unwrap_or(0)));
        column.set_cell_alignment(match side {
            Side::Left => CellAlignment::Left,
            Side::Right => CellAlignment::Right,
        });
    }
    let lines = table.lines();
    lines.map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Returns a table without the columns that say nothing and those that it has no room for: of the
/// columns titled in `dispensable`, as many go as must, the first one first.
pub(super) fn fitting_table(
    head: &[(&str, Side)],
    rows: Vec<Vec<String>>,
    dispensable: &[&str],
    columns: usize,
) -> String {
    let widths = widths(head, &rows);
    let mut kept: Vec<bool> = (0..head.len())
        .map(|index| rows.iter().any(|row| !row[index].is_empty()))
        .collect();
    for title in dispensable {
        if sum(&widths, &kept) <= columns {
            break;
        }
        for (keep, (other, _)) in kept.iter_mut().zip(head) {
            *keep &= other != title;
        }
    }
    let head = keep(head.to_vec(), &kept);
    let rows = rows.into_iter().map(|row| keep(row, &kept)).collect();
    table(&head, rows, columns)
}

/// Returns the columns that a table takes when nothing is cut.
pub(super) fn table_width(head: &[(&str, Side)], rows: &[Vec<String>]) -> usize {
    sum(&widths(head, rows), &vec![true; head.len()])
}

fn widths(head: &[(&str, Side)], rows: &[Vec<String>]) -> Vec<usize> {
    let widest = |index: usize| rows.iter().map(|row| width(&row[index])).max();
    head.iter()
        .enumerate()
        .map(|(index, (title, _))| width(title).max(widest(index).unwrap_or(0)))
        .collect()
}

fn sum(widths: &[usize], kept: &[bool]) -> usize {
    let kept = widths.iter().zip(kept).filter(|(_, kept)| **kept);
    let with_gaps: usize = kept.map(|(width, _)| width + GAP).sum();
    with_gaps.saturating_sub(GAP)
}

fn keep<T>(cells: Vec<T>, kept: &[bool]) -> Vec<T> {
    let cells = cells.into_iter().zip(kept).filter(|(_, kept)| **kept);
    cells.map(|(cell, _)| cell).collect()
}

/// Returns a row that never takes more than one line.
fn line(cells: impl IntoIterator<Item = String>) -> Row {
    let mut row = Row::from(cells.into_iter().collect::<Vec<_>>());
    row.max_height(1);
    row
}

/// Returns a paragraph broken into lines; all but the first are indented by `hang` more.
///
/// Lines of prose are never longer than the eye likes, however wide the terminal.
pub(super) fn paragraph(text: &str, columns: usize, indent: usize, hang: usize) -> String {
    let room = columns.min(MOST_PROSE_WIDTH);
    let mut lines = vec![" ".repeat(indent)];
    let mut is_start = true;
    for word in words(text, room - indent - hang) {
        let line_width = lines.last().map_or(0, |line| width(line));
        if !is_start && line_width + 1 + width(&word) > room {
            lines.push(" ".repeat(indent + hang));
            is_start = true;
        }
        if let Some(line) = lines.last_mut() {
            if !is_start {
                line.push(' ');
            }
            line.push_str(&word);
        }
        is_start = false;
    }
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// Returns a text cut to a width, the cut marked "…".
pub(super) fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        if width(&kept) + width_of(character) + 1 > most {
            break;
        }
        kept.push(character);
    }
    kept.push('…');
    kept
}

/// Returns the end of a text cut to a width, the cut marked "…": of a path the end says most.
pub(super) fn cut_start(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut kept = Vec::new();
    let mut columns = 1;
    for character in text.chars().rev() {
        columns += width_of(character);
        if columns > most {
            break;
        }
        kept.push(character);
    }
    kept.push('…');
    kept.iter().rev().collect()
}

/// Returns the number of columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// Returns the number of columns of a character: two from the first wide script on.
fn width_of(character: char) -> usize {
    /// Hangul, the first of the scripts of double width; a later narrow script only loses room.
    const FIRST_WIDE: char = '\u{1100}';
    const PUNCTUATION_AND_SYMBOLS: std::ops::RangeInclusive<char> = '\u{2000}'..='\u{2BFF}';
    let is_wide = character >= FIRST_WIDE && !PUNCTUATION_AND_SYMBOLS.contains(&character);
    if is_wide { 2 } else { 1 }
}

/// Returns the words of a text; what is longer than a line is cut into pieces.
fn words(text: &str, room: usize) -> Vec<String> {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let mut piece = String::new();
        for character in word.chars() {
            if width(&piece) + width_of(character) > room {
                words.push(std::mem::take(&mut piece));
            }
            piece.push(character);
        }
        words.push(piece);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_keep_within_the_width() {
        let text = format!("{} end", "word ".repeat(40));
        let broken = paragraph(&text, 80, 2, 2);
        assert!(broken.lines().count() > 2);
        assert!(broken.lines().all(|line| width(line) <= 80));
        assert!(
            broken
                .lines()
                .skip(1)
                .all(|line| line.starts_with("    w") || line.ends_with("end"))
        );
        let unbreakable = paragraph(&"x".repeat(200), 80, 0, 0);
        assert!(unbreakable.lines().all(|line| width(line) <= 80));
    }

    #[test]
    fn tables_keep_within_the_width() {
        let rows = vec![vec!["x".repeat(120), "1".to_owned()]];
        let table = table(&[("name", Side::Left), ("n", Side::Right)], rows, 80);
        assert_eq!(table.lines().count(), 2);
        assert!(table.lines().all(|line| width(line) <= 80), "{table}");
        assert!(table.contains('…'));
    }

    #[test]
    fn a_table_without_room_loses_its_dispensable_columns_in_their_order() {
        let head = [
            ("day", Side::Left),
            ("note", Side::Left),
            ("empty", Side::Left),
            ("km", Side::Right),
            ("sure", Side::Right),
        ];
        let row = ["Monday", "windy and wet", "", "10.52", "99 %"].map(str::to_owned);
        let titles = |columns| {
            let table = fitting_table(&head, vec![row.to_vec()], &["sure", "note"], columns);
            assert!(table.lines().all(|line| width(line) <= columns), "{table}");
            let titles = table.lines().next().unwrap_or_default().split_whitespace();
            titles.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(titles(34), ["day", "note", "km", "sure"]);
        assert_eq!(titles(33), ["day", "note", "km"]);
        assert_eq!(titles(27), ["day", "km"]);
    }

    #[test]
    fn a_path_keeps_its_end() {
        assert_eq!(cut_start("2026/05/long-name.fit", 10), "…-name.fit");
        assert_eq!(cut("2026/05/long-name.fit", 10), "2026/05/l…");
        assert_eq!(width(&cut("東京東京", 5)), 5);
    }
}

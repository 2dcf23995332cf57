//! Two runs or two blocks side by side, for the terminal and as Markdown.

use crate::clean::clean_text;
use crate::report::content::compare;
use crate::report::content::compare::Comparison;
use crate::report::content::compare::Table;
use crate::report::text::layout::Side;
use crate::report::text::layout::cut_start;
use crate::report::text::layout::paragraph;
use crate::report::text::layout::table;
use crate::report::text::layout::usable;
use crate::report::text::markdown::Markdown;
use crate::report::text::paint::STRONG;
use crate::report::text::paint::painted;
use crate::units::UnitSystem;

/// The share of a line that one of two columns of words may take: the rest names the row.
const CELL_SHARE: f64 = 0.38;

/// Returns a comparison for a terminal that is so many columns wide, made for 40 and more.
#[must_use]
pub fn comparison_text(comparison: &Comparison, units: UnitSystem, columns: usize) -> String {
    let columns = usable(columns);
    let tables = compare::tables(comparison, units);
    let tables = tables.iter().map(|table| table_text(table, columns));
    let remarks = comparison.remarks().iter();
    let remarks: String = remarks
        .map(|remark| paragraph(&format!("- {}", clean_text(remark)), columns, 2, 2))
        .collect();
    let tables = tables.collect::<Vec<_>>().join("\n");
    if remarks.is_empty() {
        tables
    } else {
        format!("{tables}\nNot compared, or with care:\n{remarks}")
    }
}

fn table_text(shown: &Table, columns: usize) -> String {
    let titles = shown.columns.iter().map(|column| {
        let side = if column.is_number {
            Side::Right
        } else {
            Side::Left
        };
        (column.title.as_str(), side)
    });
    let titles: Vec<(&str, Side)> = titles.collect();
    let most = widest_cell(columns);
    let rows = shown.rows.iter().map(|row| {
        let cells = row.iter();
        cells
            .map(|cell| cut_start(&clean_text(cell), most))
            .collect()
    });
    let body = table(&titles, rows.collect(), columns);
    let remark = match shown.remark.as_str() {
        "" => String::new(),
        remark => paragraph(remark, columns, 0, 0),
    };
    format!("{}\n{body}{remark}", painted(&shown.title, STRONG))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "columns of a terminal"
)]
fn widest_cell(columns: usize) -> usize {
    (columns as f64 * CELL_SHARE) as usize
}

/// Returns a comparison as Markdown.
#[must_use]
pub fn comparison_markdown(comparison: &Comparison, units: UnitSystem) -> String {
    let mut all = Markdown::default();
    all.own("# ").own(comparison.title()).own("\n");
    for table in compare::tables(comparison, units) {
        all.own("\n## ").text(&table.title).own("\n\n");
        table_markdown(&mut all, &table);
        if !table.remark.is_empty() {
            all.own("\n").text(&table.remark).own("\n");
        }
    }
    if !comparison.remarks().is_empty() {
        all.own("\n## Not compared, or with care\n\n");
    }
    for remark in comparison.remarks() {
        all.own("- ").text(remark).own("\n");
    }
    all.into_string()
}

fn table_markdown(all: &mut Markdown, table: &Table) {
    all.row(table.columns.iter().map(|one| one.title.as_str()));
    all.rules(table.columns.iter().map(|column| match column.is_number {
        true => Side::Right,
        false => Side::Left,
    }));
    for row in &table.rows {
        all.row(row.iter().map(String::as_str));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::content::compare::Run;
    use crate::report::content::compare::RunComparison;
    use crate::report::made_up;
    use crate::report::text::layout::width;

    fn comparison() -> Comparison {
        let (mut session, streams) = made_up::intervals();
        session.head.source.path = "a|\u{1b}[31m*b*.fit".to_owned();
        let run = Run::of(&session, Some(&streams));
        Comparison::Runs(Box::new(RunComparison::of([&run, &run])))
    }

    #[test]
    fn the_text_keeps_within_the_width() {
        let comparison = comparison();
        for columns in [40, 80, 140] {
            let text = comparison_text(&comparison, UnitSystem::Imperial, columns);
            let plain = anstream::adapter::strip_str(&text).to_string();
            let widest = plain.lines().map(width).max();
            assert!(widest <= Some(columns), "{plain}");
            assert!(plain.contains("Repetitions of the main set"), "{plain}");
        }
    }

    #[test]
    fn names_in_files_are_inert() {
        let comparison = comparison();
        let markdown = comparison_markdown(&comparison, UnitSystem::Metric);
        assert!(markdown.contains("a\\|"), "{markdown}");
        assert!(!markdown.contains('\u{1b}'), "{markdown}");
        let text = comparison_text(&comparison, UnitSystem::Metric, 80);
        assert!(!text.contains("\u{1b}[31m"), "{text}");
    }
}

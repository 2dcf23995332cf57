//! The page of two runs, or two blocks, side by side: a file of its own, outside any site.

use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::clean::clean_text;
use crate::report::charts::same_workout;
use crate::report::content::compare;
use crate::report::content::compare::Comparison;
use crate::report::content::compare::Table;
use crate::report::html::parts;
use crate::report::html::shell;
use crate::report::html::words;
use crate::units::UnitSystem;

/// The title of the page, by which it is known when it is to be written anew.
const TITLE: &str = "Side by side";

/// Returns the page; `runs` are those of a comparison of runs.
#[must_use]
pub fn compare_page(
    comparison: &Comparison,
    runs: Option<[&Session; 2]>,
    units: UnitSystem,
) -> String {
    let [metric, imperial] =
        [UnitSystem::Metric, UnitSystem::Imperial].map(|units| compare::tables(comparison, units));
    let chart = runs.and_then(|runs| {
        parts::chart_of(|units, width| same_workout::pair_figure(runs, units, width))
    });
    let body = html! {
        section.head {
            h1 { (comparison.title()) }
            p.muted { "A beside B; differences are of B against A." }
        }
        @if let Some(chart) = chart {
            section { h2 { "The repetitions" } figure.card { (chart) } }
        }
        @for (metric, imperial) in metric.iter().zip(&imperial) { (section(metric, imperial)) }
        @if !comparison.remarks().is_empty() {
            section {
                h2 { "Not compared, or with care" }
                ul { @for remark in comparison.remarks() { li { (words::capital(&clean_text(remark))) "." } } }
            }
        }
    };
    shell::lone_page(TITLE, units, &body)
}

/// Returns whether a text is a page of [`compare_page`].
#[must_use]
pub fn is_compare_page(text: &str) -> bool {
    text.starts_with("<!DOCTYPE html>") && text.contains(&format!("<title>{TITLE}</title>"))
}

fn section(metric: &Table, imperial: &Table) -> Markup {
    html! {
        section {
            h2 { (metric.title) }
            @if metric == imperial {
                (table(metric))
            } @else {
                div.km { (table(metric)) }
                div.mi { (table(imperial)) }
            }
        }
    }
}

fn table(table: &Table) -> Markup {
    /// Columns from which a table is of numbers, whose cells are not to be broken.
    const COLUMNS_OF_NUMBERS: usize = 4;
    let class = (table.columns.len() >= COLUMNS_OF_NUMBERS).then_some("splits");
    html! {
        table class=[class] {
            thead {
                tr { @for column in &table.columns { th scope="col" { (column.title) } } }
            }
            tbody {
                @for row in &table.rows {
                    tr {
                        @for (index, cell) in row.iter().enumerate() {
                            @if index == 0 { th scope="row" { (clean_text(cell)) } } @else { td { (clean_text(cell)) } }
                        }
                    }
                }
            }
        }
        @if !table.remark.is_empty() { p.muted { (words::capital(&table.remark)) "." } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::content::compare::BlockComparison;
    use crate::report::content::compare::Run;
    use crate::report::content::compare::RunComparison;
    use crate::report::made_up;

    #[test]
    fn the_page_stands_alone() {
        let (mut session, streams) = made_up::intervals();
        session.head.source.path = "<script>.fit".to_owned();
        let run = Run::of(&session, Some(&streams));
        let runs = Comparison::Runs(Box::new(RunComparison::of([&run, &run])));
        let page = compare_page(&runs, Some([&session, &session]), UnitSystem::Metric);
        assert!(is_compare_page(&page));
        assert!(!page.contains("href=\"index.html\"") && !page.contains("<script>.fit"));
        for part in ["<svg", "min/km", "min/mi", "Heart rate at pace", "Splits"] {
            assert!(page.contains(part), "{part}");
        }
        let review = crate::review::review(&made_up::season(4), &Default::default());
        let blocks = Comparison::Blocks(Box::new(BlockComparison::of([&review, &review])));
        let page = compare_page(&blocks, None, UnitSystem::Imperial);
        assert!(page.contains("Two blocks") && page.contains("A and B share days."));
    }
}

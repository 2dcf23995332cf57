//! The part of the manual that lists the columns of all tables.

use std::fmt::Write;

use crate::export::Table;
use crate::export::tables::Declared;

/// Returns the chapters on all tables, in Markdown.
#[must_use]
pub fn page() -> String {
    let mut page = String::new();
    for table in Table::ALL {
        // Writing to a text does not fail.
        let _ = write!(
            page,
            "\n## {}\n\n{}\n\n| column | type | unit | holds |\n|---|---|---|---|\n",
            table.name(),
            table.about()
        );
        page.extend(table.columns().iter().map(line));
    }
    page
}

fn line(column: &Declared) -> String {
    let Declared {
        name,
        kind,
        unit,
        nullable,
        meaning,
    } = column;
    let (kind, unit) = (kind.word(), unit.unwrap_or_default());
    let may_be = if *nullable { " ∅" } else { "" };
    format!("| `{name}` | {kind}{may_be} | {unit} | {meaning} |\n")
}

//! Tables as comma-separated values: one header line, SI units in the column names, absent is an
//! empty cell. Numbers of a column of floats have a point everywhere, those of a column of integers
//! nowhere, so that a reader that guesses types guesses the same for every season.

use std::borrow::Cow;
use std::io;
use std::io::Write;

use chrono::SecondsFormat;

use crate::export::tables::Cell;
use crate::export::tables::Rows;
use crate::export::tables::Source;
use crate::export::tables::Table;

/// Characters that make a spreadsheet read a text as a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes a table with its header; of a table that [needs streams](Table::needs_streams) only the
/// header, see [`write_rows`].
///
/// # Errors
/// When writing fails.
pub fn write(table: Table, source: &Source<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(&mut *out);
    let names = table.columns();
    writer
        .write_record(names.iter().map(|column| column.name))
        .map_err(unwrapped)?;
    writer.flush()?;
    drop(writer);
    write_rows(source.rows(table), out)
}

/// Writes rows without a header.
///
/// # Errors
/// When writing fails.
pub fn write_rows(rows: Rows<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    for row in rows {
        for cell in &row {
            writer
                .write_field(written(cell).as_bytes())
                .map_err(unwrapped)?;
        }
        writer.write_record(None::<&[u8]>).map_err(unwrapped)?;
    }
    writer.flush()
}

/// Returns the cell as it is written.
fn written(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Absent => Cow::Borrowed(""),
        Cell::Float(number) => float(*number).into(),
        Cell::Integer(number) => number.to_string().into(),
        Cell::Boolean(true) => Cow::Borrowed("true"),
        Cell::Boolean(false) => Cow::Borrowed("false"),
        Cell::Day(day) => day.to_string().into(),
        Cell::Time(time) => time.to_rfc3339_opts(SecondsFormat::AutoSi, true).into(),
        Cell::Word(word) => Cow::Borrowed(word.as_str()),
        Cell::Text(text) => harmless(text, &cell.clean().unwrap_or_default()).into(),
    }
}

/// Returns a number with a point.
fn float(number: f64) -> String {
    let mut text = number.to_string();
    if !text.contains('.') {
        text.push_str(".0");
    }
    text
}

/// Returns a text that no spreadsheet runs as a formula: one that it would gets an apostrophe before it.
fn harmless(text: &str, clean: &str) -> String {
    let is_formula = text.starts_with(FORMULA_STARTS) || clean.starts_with(FORMULA_STARTS);
    let mark = if is_formula { "'" } else { "" };
    format!("{mark}{clean}")
}

/// Returns the error of the writer below, so that a closed pipe is known as one.
fn unwrapped(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_become_formulas() {
        for text in ["=cmd()", "+1", "-1", "@x", "\t=1", "\r=1", "\u{200B}=1"] {
            assert!(written(&Cell::from(text)).starts_with('\''), "{text:?}");
        }
        assert_eq!(written(&Cell::from("6 × 1000 m")), "6 × 1000 m");
    }

    #[test]
    fn numbers_keep_their_sign_and_their_kind_and_absent_is_empty() {
        for (cell, text) in [
            (Cell::from(-1.5), "-1.5"),
            (Cell::from(3.0), "3.0"),
            (Cell::from(0.0), "0.0"),
            (Cell::from(1e17), "100000000000000000.0"),
            (Cell::from(0.1 + 0.2), "0.30000000000000004"),
            (Cell::from(None::<f64>), ""),
            (Cell::from(f64::NAN), ""),
            (Cell::from(-3600), "-3600"),
            (Cell::from(true), "true"),
        ] {
            assert_eq!(written(&cell), text, "{cell:?}");
        }
    }
}

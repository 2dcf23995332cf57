//! Columns, and how rows are written under them.

use std::io;
use std::io::Write;

use crate::export::csv::cell::Cell;

/// A column: its name, with the unit where it has one, and how its cell is found.
pub(super) type Column<T> = (&'static str, fn(&T) -> Cell);

/// Writes the header and the rows of a table.
pub(super) fn write_table<T>(
    columns: &[Column<T>],
    rows: impl Iterator<Item = T>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(&mut *out);
    writer
        .write_record(columns.iter().map(|(name, _)| *name))
        .map_err(unwrapped)?;
    writer.flush()?;
    drop(writer);
    write_rows(columns, rows, out)
}

/// Writes the rows of a table.
pub(super) fn write_rows<T>(
    columns: &[Column<T>],
    rows: impl Iterator<Item = T>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    for row in rows {
        writer
            .write_record(columns.iter().map(|(_, cell)| cell(&row).text()))
            .map_err(unwrapped)?;
    }
    writer.flush()
}

/// Returns the error of the writer below, so that a closed pipe is known as one.
fn unwrapped(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

//! Tables as columns of Arrow: types as declared, times with the zone UTC; and what a device recorded, as it
//! did.

mod records;

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::RecordBatch;
use arrow_array::builder::BooleanBuilder;
use arrow_array::builder::Date32Builder;
use arrow_array::builder::Float64Builder;
use arrow_array::builder::Int64Builder;
use arrow_array::builder::StringBuilder;
use arrow_array::builder::TimestampMicrosecondBuilder;
use arrow_schema::DataType;
use arrow_schema::Field;
use arrow_schema::Schema;
use arrow_schema::TimeUnit;
use chrono::Datelike;

use crate::export::tables::Cell;
use crate::export::tables::Declared;
use crate::export::tables::Kind;
use crate::export::tables::Rows;
use crate::export::tables::Table;

use records::UTC;
pub use records::records;

/// The day 1970-01-01, from which days are counted, as chrono counts them.
const EPOCH_DAY: i32 = 719_163;
/// Rows that are best turned into columns at once.
pub const BATCH_ROWS: usize = 8192;

/// Turns rows into columns.
///
/// # Errors
/// When a row is not as the table is declared.
pub fn batch(table: Table, rows: Rows<'_>) -> io::Result<RecordBatch> {
    let mut builders: Vec<Builder> = table.columns().iter().map(Builder::new).collect();
    for row in rows {
        for (builder, cell) in builders.iter_mut().zip(&row) {
            builder.push(cell);
        }
    }
    let columns = builders.into_iter().map(Builder::finish).collect();
    RecordBatch::try_new(Arc::new(schema(table)), columns).map_err(io::Error::other)
}

/// Returns the schema of a table; unit and meaning are metadata of each column.
#[must_use]
pub fn schema(table: Table) -> Schema {
    let fields = table.columns().into_iter().map(|column| {
        let unit = column.unit.map(|unit| ("unit".to_owned(), unit.to_owned()));
        let meaning = ("meaning".to_owned(), column.meaning.to_owned());
        let metadata: HashMap<String, String> = unit.into_iter().chain([meaning]).collect();
        Field::new(column.name, data_type(column.kind), column.nullable).with_metadata(metadata)
    });
    Schema::new(fields.collect::<Vec<Field>>())
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Word | Kind::Text => DataType::Utf8,
        Kind::Integer => DataType::Int64,
        Kind::Float => DataType::Float64,
        Kind::Boolean => DataType::Boolean,
        Kind::Day => DataType::Date32,
        Kind::Time => DataType::Timestamp(TimeUnit::Microsecond, Some(UTC.into())),
    }
}

/// What collects the cells of a column.
enum Builder {
    Text(StringBuilder),
    Integer(Int64Builder),
    Float(Float64Builder),
    Boolean(BooleanBuilder),
    Day(Date32Builder),
    Time(TimestampMicrosecondBuilder),
}

impl Builder {
    fn new(column: &Declared) -> Self {
        match column.kind {
            Kind::Word | Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Integer => Builder::Integer(Int64Builder::new()),
            Kind::Float => Builder::Float(Float64Builder::new()),
            Kind::Boolean => Builder::Boolean(BooleanBuilder::new()),
            Kind::Day => Builder::Day(Date32Builder::new()),
            Kind::Time => Builder::Time(TimestampMicrosecondBuilder::new().with_timezone(UTC)),
        }
    }

    /// Appends a cell; one of another kind than the column's is absent.
    fn push(&mut self, cell: &Cell) {
        match (self, cell) {
            (Builder::Text(column), cell) => column.append_option(cell.clean()),
            (Builder::Integer(column), Cell::Integer(number)) => column.append_value(*number),
            (Builder::Integer(column), _) => column.append_null(),
            (Builder::Float(column), Cell::Float(number)) => column.append_value(*number),
            (Builder::Float(column), _) => column.append_null(),
            (Builder::Boolean(column), Cell::Boolean(is_true)) => column.append_value(*is_true),
            (Builder::Boolean(column), _) => column.append_null(),
            (Builder::Day(column), Cell::Day(day)) => {
                column.append_value(day.num_days_from_ce() - EPOCH_DAY);
            }
            (Builder::Day(column), _) => column.append_null(),
            (Builder::Time(column), Cell::Time(time)) => {
                column.append_value(time.timestamp_micros())
            }
            (Builder::Time(column), _) => column.append_null(),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Builder::Text(mut column) => Arc::new(column.finish()),
            Builder::Integer(mut column) => Arc::new(column.finish()),
            Builder::Float(mut column) => Arc::new(column.finish()),
            Builder::Boolean(mut column) => Arc::new(column.finish()),
            Builder::Day(mut column) => Arc::new(column.finish()),
            Builder::Time(mut column) => Arc::new(column.finish()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_row_that_is_not_as_declared_is_refused() {
        let row = vec![Cell::Absent; Table::Account.columns().len()];
        let error = batch(Table::Account, Box::new(std::iter::once(row))).unwrap_err();
        assert!(error.to_string().contains("path"), "{error}");
    }
}

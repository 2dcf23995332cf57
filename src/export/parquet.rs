//! Tables as Parquet: types as declared, times with the zone UTC, texts by dictionary, compressed by zstd.

use std::collections::HashMap;
use std::io;
use std::io::Write;
use std::sync::Arc;

use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::Compression;
use ::parquet::basic::ZstdLevel;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
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
use crate::export::tables::Row;
use crate::export::tables::Rows;
use crate::export::tables::Table;

/// The zone of all times.
const UTC: &str = "UTC";
/// The day 1970-01-01, from which days are counted, as chrono counts them.
const EPOCH_DAY: i32 = 719_163;
/// Rows that are turned into columns at once.
const BATCH_ROWS: usize = 8192;
/// Rows of a row group: some 36 hours of running, a few megabytes.
const GROUP_ROWS: usize = 131_072;

/// Writes a table, row group by row group.
pub struct Writer<'a> {
    table: Table,
    writer: ArrowWriter<&'a mut (dyn Write + Send)>,
}

impl<'a> Writer<'a> {
    /// Begins a table.
    ///
    /// # Errors
    /// When writing fails.
    pub fn new(table: Table, out: &'a mut (dyn Write + Send)) -> io::Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_created_by(concat!("hardeasy ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let schema = Arc::new(schema(table));
        let writer = ArrowWriter::try_new(out, schema, Some(properties)).map_err(unwrapped)?;
        Ok(Self { table, writer })
    }

    /// Writes rows.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write_rows(&mut self, mut rows: Rows<'_>) -> io::Result<()> {
        loop {
            let some: Vec<Row> = rows.by_ref().take(BATCH_ROWS).collect();
            if some.is_empty() {
                return Ok(());
            }
            self.write(&batch(self.table, Box::new(some.into_iter()))?)?;
        }
    }

    /// Writes rows that [`batch`] turned into columns.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        self.writer.write(batch).map_err(unwrapped)
    }

    /// Ends the table.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(self) -> io::Result<()> {
        self.writer.close().map(drop).map_err(unwrapped)
    }
}

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
fn schema(table: Table) -> Schema {
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

/// Returns the error of the writer below, so that a closed pipe is known as one.
fn unwrapped(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use ::parquet::file::reader::FileReader;
    use ::parquet::file::serialized_reader::SerializedFileReader;
    use arrow_array::Array;
    use arrow_array::cast::AsArray;
    use arrow_array::types::Date32Type;
    use arrow_array::types::Float64Type;
    use arrow_array::types::TimestampMicrosecondType;

    use super::*;
    use crate::export::tables::Source;
    use crate::review::made_up::season;

    /// Returns a table in a file.
    fn written(table: Table, source: &Source<'_>) -> std::fs::File {
        let mut file = tempfile::tempfile().unwrap();
        let mut writer = Writer::new(table, &mut file).unwrap();
        writer.write_rows(source.rows(table)).unwrap();
        writer.finish().unwrap();
        file
    }

    fn read(file: std::fs::File) -> RecordBatch {
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let mut batches = reader.with_batch_size(usize::MAX >> 1).build().unwrap();
        batches.next().unwrap().unwrap()
    }

    #[test]
    fn a_table_is_read_back_as_it_was() {
        let mut sessions = season(2);
        sessions[1].head.distance_m = None;
        let source = Source {
            sessions: &sessions,
            ..Source::default()
        };
        let batch = read(written(Table::Sessions, &source));
        assert_eq!(batch.schema().fields(), schema(Table::Sessions).fields());
        assert_eq!(batch.num_rows(), sessions.len());
        let column = |name: &str| batch.column_by_name(name).unwrap();
        let distances = column("distance_m").as_primitive::<Float64Type>();
        let days = column("day").as_primitive::<Date32Type>();
        let starts = column("start_time").as_primitive::<TimestampMicrosecondType>();
        let names = column("kind").as_string::<i32>();
        for (place, session) in sessions.iter().enumerate() {
            let head = &session.head;
            let distance_m = distances.is_valid(place).then(|| distances.value(place));
            assert_eq!(distance_m, head.distance_m);
            assert_eq!(days.value_as_date(place), head.day);
            let start = head.start_time.map(|start| start.timestamp_micros());
            assert_eq!(Some(starts.value(place)), start);
            assert_eq!(names.value(place), session.kind.name());
        }
    }

    #[test]
    fn every_table_can_be_without_rows() {
        for table in Table::ALL {
            let file = written(table, &Source::default());
            let reader = SerializedFileReader::new(file).unwrap();
            assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
        }
    }

    #[test]
    fn many_rows_are_several_groups_by_dictionary_and_compressed() {
        let mut file = tempfile::tempfile().unwrap();
        let mut writer = Writer::new(Table::Account, &mut file).unwrap();
        let row = [
            Cell::Text("a.fit".to_owned()),
            Cell::Absent,
            Cell::Absent,
            Cell::Word("ok".to_owned()),
            Cell::Absent,
            Cell::Integer(1),
            Cell::Absent,
        ];
        let rows = std::iter::repeat_n(row.to_vec(), GROUP_ROWS + 1);
        writer.write_rows(Box::new(rows)).unwrap();
        writer.finish().unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let groups = reader.metadata().row_groups();
        let rows: Vec<i64> = groups.iter().map(|group| group.num_rows()).collect();
        assert_eq!(rows, [131_072, 1]);
        let path = groups[0].column(0);
        assert!(path.dictionary_page_offset().is_some());
        assert!(matches!(path.compression(), Compression::ZSTD(_)));
    }

    #[test]
    fn a_row_that_is_not_as_declared_is_refused() {
        let row = vec![Cell::Absent; Table::Account.columns().len()];
        let error = batch(Table::Account, Box::new(std::iter::once(row))).unwrap_err();
        assert!(error.to_string().contains("path"), "{error}");
    }
}

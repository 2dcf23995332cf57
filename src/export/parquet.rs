//! Tables as Parquet: the columns of Arrow, texts by dictionary, compressed by zstd.

use std::io;
use std::io::Write;
use std::sync::Arc;

use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::Compression;
use ::parquet::basic::ZstdLevel;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use arrow_array::RecordBatch;

use crate::export::arrow::BATCH_ROWS;
use crate::export::arrow::batch;
use crate::export::arrow::schema;
use crate::export::tables::Row;
use crate::export::tables::Rows;
use crate::export::tables::Table;

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

    /// Writes rows that [`batch()`] turned into columns.
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
    use crate::export::tables::Cell;
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
            Cell::word("ok"),
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
}

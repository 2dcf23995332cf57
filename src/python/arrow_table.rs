//! A table of Arrow that any library of data frames takes.

use std::io;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::RecordBatchIterator;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_schema::Schema;
use arrow_schema::ffi::FFI_ArrowSchema;
use hardeasy::export::Table as Name;
use hardeasy::export::arrow;
use hardeasy::export::tables::Source;
use hardeasy::ingest::Activity;
use hardeasy::ingest::Warning;
use hardeasy::pipeline::FileLine;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// A table of Arrow, with an account of what it was read from.
#[pyclass(frozen, module = "hardeasy")]
pub(crate) struct Table {
    schema: Arc<Schema>,
    batches: Vec<RecordBatch>,
    account: Vec<FileLine>,
}

impl Table {
    pub(crate) fn new(name: Name, batches: Vec<RecordBatch>, account: Vec<FileLine>) -> Self {
        Self {
            schema: Arc::new(arrow::schema(name)),
            batches,
            account,
        }
    }

    /// Returns what a device recorded.
    pub(crate) fn of_records(
        activities: &[Activity],
        account: Vec<FileLine>,
    ) -> Result<Self, String> {
        let (schema, batches) = arrow::records(activities).map_err(|error| error.to_string())?;
        Ok(Self {
            schema,
            batches,
            account,
        })
    }

    /// Returns what became of each input.
    pub(crate) fn lines(&self) -> &[FileLine] {
        &self.account
    }
}

#[pymethods]
impl Table {
    /// Hands out the table by the Arrow PyCapsule interface, without a copy; a schema that is asked for is not
    /// looked at, as the interface allows.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// Hands out the types of the columns by the same interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref());
        let schema = schema.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        let columns = self.schema.fields().len();
        format!(
            "<hardeasy.Table of {} rows, {columns} columns>",
            self.__len__()
        )
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        let fields = self.schema.fields().iter();
        fields.map(|field| field.name().clone()).collect()
    }

    /// What became of each input, as the table `account` of the manual.
    #[getter]
    fn account(&self) -> PyResult<Self> {
        let source = Source {
            account: &self.account,
            ..Source::default()
        };
        let rows = source.rows(Name::Account);
        let batch = arrow::batch(Name::Account, rows)
            .map_err(|error: io::Error| PyRuntimeError::new_err(error.to_string()))?;
        Ok(Self::new(Name::Account, vec![batch], self.account.clone()))
    }

    /// What was repaired or dropped while reading, a text each with its file and code.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        let of_line = |line: &FileLine| {
            let name = line.name();
            let told = line
                .warnings
                .iter()
                .map(move |warning| said(&name, warning));
            told.collect::<Vec<String>>()
        };
        self.account.iter().flat_map(of_line).collect()
    }
}

fn said(name: &str, warning: &Warning) -> String {
    let Warning { code, text, place } = warning;
    match place {
        Some(place) => format!("{name}: {place}: {text} ({code})"),
        None => format!("{name}: {text} ({code})"),
    }
}

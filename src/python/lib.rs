//! hardeasy from Python: watch exports as Arrow tables.
//!
//! The package `hardeasy/` beside this file is what users import; it passes on what is here. Reading lets other
//! threads of Python run.

mod arrow_table;
mod made;

use std::path::PathBuf;

use hardeasy::export::Table as Name;
use hardeasy::export::json;
use hardeasy::pipeline;
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::exceptions::PyUserWarning;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::arrow_table::Table;
use crate::made::Asked;
use crate::made::Batch;

create_exception!(
    hardeasy,
    Error,
    PyException,
    "Nothing could be read; the message says what was expected, what was found and what to do."
);
create_exception!(
    hardeasy,
    ReadWarning,
    PyUserWarning,
    "Some of the input could not be read, or only in part; the rest was."
);

/// Reads the records of one file, packed or not, as the device made them.
#[pyfunction]
fn read(py: Python<'_>, path: PathBuf) -> PyResult<Table> {
    let made = py.detach(|| {
        let (activities, account) = pipeline::read_recorded(&path);
        made::refuse_nothing(activities.is_empty(), &account)?;
        Table::of_records(&activities, account)
    });
    told(py, made.map_err(Error::new_err)?)
}

/// Reads files and folders, judges what they hold, and returns one of the tables of the manual.
#[pyfunction]
#[pyo3(signature = (name, paths, *, alone = false, laps = "auto"))]
fn table(
    py: Python<'_>,
    name: &str,
    paths: Vec<PathBuf>,
    alone: bool,
    laps: &str,
) -> PyResult<Table> {
    let name = Name::named(name).ok_or_else(|| {
        let all = Name::ALL.map(Name::name).join(", ");
        PyValueError::new_err(format!("expected one of {all}; found {name:?}"))
    })?;
    let asked = Asked::new(paths, alone, laps).map_err(PyValueError::new_err)?;
    let made = py.detach(|| {
        let batch = Batch::read(&asked)?;
        if name != Name::Account {
            batch.refuse_nothing()?;
        }
        batch.table(name)
    });
    told(py, made.map_err(Error::new_err)?)
}

/// Reviews the training block that some files and folders hold; returns the document as JSON.
#[pyfunction]
#[pyo3(signature = (paths, *, weeks = None, laps = "auto"))]
fn review_json(
    py: Python<'_>,
    paths: Vec<PathBuf>,
    weeks: Option<u16>,
    laps: &str,
) -> PyResult<String> {
    let asked = Asked::new(paths, true, laps).map_err(PyValueError::new_err)?;
    let made = py.detach(|| {
        let batch = Batch::read(&asked)?;
        batch.refuse_nothing()?;
        let text = json::review_json(&batch.review(weeks)).map_err(|error| error.to_string())?;
        Ok::<_, String>((text, batch.account()))
    });
    let (text, account) = made.map_err(Error::new_err)?;
    warn(py, made::losses(&account))?;
    Ok(text)
}

/// Warns of what could not be read of a table.
fn told(py: Python<'_>, table: Table) -> PyResult<Table> {
    warn(py, made::losses(table.lines()))?;
    Ok(table)
}

fn warn(py: Python<'_>, text: Option<String>) -> PyResult<()> {
    /// The call within the package, and the one that a user wrote.
    const CALLERS: i32 = 2;
    let Some(text) = text else {
        return Ok(());
    };
    // No text of ours has a zero byte.
    let text = std::ffi::CString::new(text)?;
    let category = py.get_type::<ReadWarning>();
    PyErr::warn(py, &category, &text, CALLERS)
}

/// The module behind the package.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("TABLES", Name::ALL.map(Name::name).to_vec())?;
    module.add("Error", module.py().get_type::<Error>())?;
    module.add("ReadWarning", module.py().get_type::<ReadWarning>())?;
    module.add_class::<Table>()?;
    module.add_function(wrap_pyfunction!(read, module)?)?;
    module.add_function(wrap_pyfunction!(table, module)?)?;
    module.add_function(wrap_pyfunction!(review_json, module)?)
}

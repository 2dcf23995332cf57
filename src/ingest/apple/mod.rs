//! Reads what Apple Health exports (`export.xml`, whose name is localised) as a stream.
//!
//! The file holds everything that a phone and a watch ever measured, often gigabytes: all records first,
//! type by type, the workouts behind them. [`Export::read`] takes it in one pass and keeps twelve bytes of
//! each record that a run can need; [`Export::activity`] then joins one workout with the records in its
//! time and with its route, which lies in a file of its own beside the export.
//!
//! Nothing that names a person or a single device is kept: of the device only its model.

mod curve;
mod device;
mod export;
mod input;
mod laps;
mod records;
mod route;
mod samples;
mod scan;
mod sport;
mod stamp;
mod tag;
mod unit;
mod workout;

pub use export::Export;
pub(super) use export::account;
pub(super) use export::read;
pub use workout::Workout;

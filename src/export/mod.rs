//! *Session | Review → tables*
//!
//! Writes sessions as tables (CSV, Arrow, Parquet), as JSON documents, and runs for other programs: segments as named
//! GPX tracks, as laps of TCX and FIT; and says what documents and tables are made of ([`schema`]). Numbers are in
//! SI units whatever the reader sees elsewhere.

#[cfg(feature = "arrow")]
pub mod arrow;
pub mod csv;
pub mod fit;
pub mod gpx;
pub mod json;
#[cfg(feature = "parquet")]
pub mod parquet;
mod recording;
#[cfg(feature = "schema")]
pub mod schema;
pub mod tables;
pub mod tcx;

pub use tables::Table;

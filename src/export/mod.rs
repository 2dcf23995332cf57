//! *Session | Review → tables*
//!
//! Writes sessions as tables (CSV, Parquet), as JSON documents, and segments as named GPX tracks, and says
//! what they are made of ([`schema`]). Numbers are in SI units whatever the reader sees elsewhere.

pub mod csv;
pub mod gpx;
pub mod json;
#[cfg(feature = "parquet")]
pub mod parquet;
#[cfg(feature = "schema")]
pub mod schema;
pub mod tables;

pub use tables::Table;

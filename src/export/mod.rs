//! *Session | Review → tables*
//!
//! Writes sessions as tables (CSV), as JSON documents, and runs for other programs: segments as named GPX
//! tracks, as laps of TCX and FIT. Numbers are in SI units whatever the reader sees elsewhere.

pub mod csv;
pub mod fit;
pub mod gpx;
pub mod json;
mod recording;
pub mod tcx;

pub use csv::Table;

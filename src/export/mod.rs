//! *Session | Review → tables*
//!
//! Writes sessions as tables (CSV), as JSON documents, and segments as named GPX tracks. Numbers
//! are in SI units whatever the reader sees elsewhere.

pub mod csv;
pub mod gpx;
pub mod json;

pub use csv::Table;

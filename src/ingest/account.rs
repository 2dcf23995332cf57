//! What a file holds, part by part, before anything is repaired.

use serde::Serialize;

use crate::ingest::Format;
use crate::ingest::Warning;

/// What a file holds, as `hardeasy inspect` tells it: the same shape for every format.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Account {
    /// The format.
    pub format: Format,
    /// Facts about the file as a whole in reading order, as in ("device", "Garmin fr245").
    pub facts: Vec<(String, String)>,
    /// One row for each kind of part (FIT messages, XML elements), in the order of first sight.
    pub rows: Vec<AccountRow>,
    /// What was wrong, repaired or dropped, and why.
    pub warnings: Vec<Warning>,
}

/// One kind of part of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountRow {
    /// What it is, as in "record (20)" or "trkpt".
    pub what: String,
    /// How often it occurs.
    pub count: usize,
    /// What else is known of it, as in "14 fields, 61,208 bytes"; may be empty.
    pub note: String,
}

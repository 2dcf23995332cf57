//! Tables as comma-separated values: one header line, SI units in the column names, absent is an
//! empty cell.

mod block;
mod cell;
mod columns;
mod samples;
mod segments;
mod sessions;
mod zones;

use std::io;
use std::io::Write;

use crate::classification::Session;
use crate::export::csv::columns::write_table;
use crate::review::Review;

pub use samples::write_samples;

/// The tables that can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// One row a session.
    #[default]
    Sessions,
    /// One row a segment.
    Segments,
    /// One row a lap.
    Laps,
    /// One row a day of a block.
    Days,
    /// One row a week of a block.
    Weeks,
    /// One row a zone of the user's own of a session.
    Zones,
    /// One row a second.
    Samples,
}

impl Table {
    /// All tables, in the order of the documentation.
    pub const ALL: [Table; 7] = [
        Table::Sessions,
        Table::Segments,
        Table::Laps,
        Table::Days,
        Table::Weeks,
        Table::Zones,
        Table::Samples,
    ];

    /// Returns the name used on the command line and for files, as in "sessions".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Table::Sessions => "sessions",
            Table::Segments => "segments",
            Table::Laps => "laps",
            Table::Days => "days",
            Table::Weeks => "weeks",
            Table::Zones => "zones",
            Table::Samples => "samples",
        }
    }
}

/// Writes a table with its header.
///
/// Days and weeks come from the reviews, the others from the sessions. Of [`Table::Samples`] only
/// the header is written: the rows need streams, see [`write_samples`].
///
/// # Errors
/// When writing fails.
pub fn write(
    table: Table,
    sessions: &[Session],
    reviews: &[Review],
    out: &mut dyn Write,
) -> io::Result<()> {
    match table {
        Table::Sessions => write_table(&sessions::session_columns(), sessions.iter(), out),
        Table::Segments => write_table(
            &segments::segment_columns(),
            segments::segments(sessions),
            out,
        ),
        Table::Laps => write_table(&segments::lap_columns(), segments::laps(sessions), out),
        Table::Days => write_table(&block::day_columns(), block::days(reviews), out),
        Table::Weeks => write_table(&block::week_columns(), block::weeks(reviews), out),
        Table::Zones => write_table(&zones::zone_columns(), zones::zones(sessions), out),
        Table::Samples => write_table(&samples::sample_columns(), std::iter::empty(), out),
    }
}

#[cfg(test)]
mod tests;

//! Tables: what they are declared as, and their rows. Every format of a table, its schema and its page
//! in the manual come from the one declaration of its columns.

mod account;
mod athlete;
mod block;
mod cell;
mod column;
mod samples;
mod segments;
mod sessions;
mod splits;
mod zones;

pub use cell::Cell;
pub use cell::Row;
pub use cell::Word;
pub use column::Declared;
pub use column::Kind;
pub use column::Rows;

use crate::classification::Session;
use crate::export::tables::column::declared;
use crate::export::tables::column::rows;
use crate::history::DatedReferences;
use crate::pipeline::FileLine;
use crate::review::Review;
use crate::streams::Streams;

/// The tables that can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// One row a session.
    #[default]
    Sessions,
    /// One row a segment.
    Segments,
    /// One row a set of repetitions.
    Sets,
    /// One row a lap.
    Laps,
    /// One row a kilometre.
    Splits,
    /// One row a zone of the user's own of a session.
    Zones,
    /// One row a distance of a session.
    BestEfforts,
    /// One row a day of a block.
    Days,
    /// One row a week of a block.
    Weeks,
    /// One row a month.
    Months,
    /// One row a finding of a block.
    Findings,
    /// One row a reference value and Monday.
    References,
    /// One row a second.
    Samples,
    /// One row an input.
    Account,
}

/// What is said of a table: its name, and what a row is.
const ABOUT: [(Table, &str, &str); 14] = [
    (Table::Sessions, "sessions", "One row for each activity."),
    (
        Table::Segments,
        "segments",
        "One row for each segment; those of a run cover it without gaps.",
    ),
    (Table::Sets, "sets", "One row for each set of repetitions."),
    (Table::Laps, "laps", "One row for each lap of the watch."),
    (
        Table::Splits,
        "splits",
        "One row for each kilometre of a run, the last one shorter. Made from the recordings, which are read again.",
    ),
    (
        Table::Zones,
        "zones",
        "One row for each zone of `hardeasy.toml` and run.",
    ),
    (
        Table::BestEfforts,
        "best_efforts",
        "One row for each run and usual distance that it covers.",
    ),
    (
        Table::Days,
        "days",
        "One row for each day of the block, with or without an activity.",
    ),
    (Table::Weeks, "weeks", "One row for each week of the block."),
    (
        Table::Months,
        "months",
        "One row for each calendar month with an activity.",
    ),
    (
        Table::Findings,
        "findings",
        "One row for each finding on the block, the most important first.",
    ),
    (
        Table::References,
        "references",
        "One row for each reference value that was known on a Monday, and on the day after the last run.",
    ),
    (
        Table::Samples,
        "samples",
        "One row for each second of the elapsed clock. Made from the recordings, which are read again.",
    ),
    (
        Table::Account,
        "account",
        "One row for each input, read or not.",
    ),
];

impl Table {
    /// All tables, in the order of the documentation.
    pub const ALL: [Table; 14] = {
        let mut all = [Table::Sessions; 14];
        let mut place = 0;
        while place < all.len() {
            all[place] = ABOUT[place].0;
            place += 1;
        }
        all
    };

    /// Returns the name used on the command line and for files, as in "sessions".
    #[must_use]
    pub fn name(self) -> &'static str {
        self.said().1
    }

    /// Returns what a row of it is, in a sentence or two.
    #[must_use]
    pub fn about(self) -> &'static str {
        self.said().2
    }

    /// Returns the table of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }

    fn said(self) -> &'static (Table, &'static str, &'static str) {
        let found = ABOUT.iter().find(|(table, ..)| *table == self);
        found.unwrap_or(&ABOUT[0])
    }

    /// Returns whether its rows are made from recordings, by [`stream_rows`], rather than by
    /// [`Source::rows`].
    #[must_use]
    pub fn needs_streams(self) -> bool {
        matches!(self, Table::Splits | Table::Samples)
    }

    /// Returns whether its rows are made from the reviews of blocks.
    #[must_use]
    pub fn needs_reviews(self) -> bool {
        matches!(self, Table::Days | Table::Weeks | Table::Findings)
    }

    /// Returns what its columns are declared as.
    #[must_use]
    pub fn columns(self) -> Vec<Declared> {
        match self {
            Table::Sessions => declared(&sessions::session_columns()),
            Table::Segments => declared(&segments::segment_columns()),
            Table::Sets => declared(&segments::set_columns()),
            Table::Laps => declared(&segments::lap_columns()),
            Table::Splits => declared(&splits::split_columns()),
            Table::Zones => declared(&zones::zone_columns()),
            Table::BestEfforts => declared(&segments::best_effort_columns()),
            Table::Days => declared(&block::day_columns()),
            Table::Weeks => declared(&block::week_columns()),
            Table::Months => declared(&block::month_columns()),
            Table::Findings => declared(&block::finding_columns()),
            Table::References => declared(&athlete::reference_columns()),
            Table::Samples => declared(&samples::sample_columns()),
            Table::Account => declared(&account::account_columns()),
        }
    }
}

/// What tables are made from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Source<'a> {
    /// The sessions, athlete by athlete.
    pub sessions: &'a [Session],
    /// The review of each athlete's block.
    pub reviews: &'a [Review],
    /// The reference values of each athlete over time, with the name where sub-folders are athletes.
    pub references: &'a [(Option<String>, Vec<DatedReferences>)],
    /// Every input.
    pub account: &'a [FileLine],
}

impl<'a> Source<'a> {
    /// Returns the rows of a table; none of one that [needs streams](Table::needs_streams).
    #[must_use]
    pub fn rows(self, table: Table) -> Rows<'a> {
        let sessions = self.sessions;
        match table {
            Table::Sessions => rows(sessions::session_columns(), sessions.iter()),
            Table::Segments => rows(segments::segment_columns(), segments::segments(sessions)),
            Table::Sets => rows(segments::set_columns(), segments::sets(sessions)),
            Table::Laps => rows(segments::lap_columns(), segments::laps(sessions)),
            Table::Zones => rows(zones::zone_columns(), zones::zones(sessions)),
            Table::BestEfforts => {
                let efforts = segments::best_efforts(sessions);
                rows(segments::best_effort_columns(), efforts)
            }
            Table::Days => rows(block::day_columns(), block::days(self.reviews)),
            Table::Weeks => rows(block::week_columns(), block::weeks(self.reviews)),
            Table::Months => rows(block::month_columns(), block::months(sessions)),
            Table::Findings => rows(block::finding_columns(), block::findings(self.reviews)),
            Table::References => {
                let references = athlete::references(self.references);
                rows(athlete::reference_columns(), references)
            }
            Table::Account => rows(account::account_columns(), self.account.iter()),
            Table::Splits | Table::Samples => Box::new(std::iter::empty()),
        }
    }
}

/// Returns the rows of one session in a table that [needs streams](Table::needs_streams).
#[must_use]
pub fn stream_rows<'a>(table: Table, session: &'a Session, streams: &'a Streams) -> Rows<'a> {
    match table {
        Table::Splits => {
            let splits = splits::splits_of(session, streams);
            rows(splits::split_columns(), splits)
        }
        Table::Samples => {
            let samples = samples::samples(session, streams);
            rows(samples::sample_columns(), samples)
        }
        _ => Box::new(std::iter::empty()),
    }
}

#[cfg(test)]
mod tests;

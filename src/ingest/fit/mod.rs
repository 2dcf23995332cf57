//! Reads FIT, the binary format that nearly every watch writes.
//!
//! The bytes are walked once: `frame` finds the messages, `definition` says how they are laid out,
//! a plan made once for each definition says which of their bytes go where (`table` for records,
//! `fields` and `messages` for the rest), and `contents` collects them. Then `assemble` makes activities, with
//! the help of `clock` (order in time), `parts` (sports), `quantities` (SI units, impossible values out), `laps`
//! and `head`.
//!
//! Nothing here fails on damage: what precedes a fault is kept, and a warning tells the rest.

mod account;
mod assemble;
mod budget;
mod clock;
mod clock_jumps;
mod contents;
mod crc;
mod dates;
mod definition;
mod developer;
mod extent;
mod fault;
mod fields;
mod frame;
mod head;
mod header;
mod heart_rate;
mod laps;
mod messages;
mod note;
mod own;
mod parts;
mod products;
mod profile;
mod quantities;
mod table;
mod tail;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use crc::checksum;
pub(crate) use dates::FIT_EPOCH_S;
pub(crate) use own::DEVELOPMENT;
pub(crate) use own::INTENSITY_EFFORT;
pub(crate) use own::INTENSITY_RISING;
pub(crate) use profile::BAROMETER;
pub(crate) use profile::LOCAL;

use crate::ingest::Account;
use crate::ingest::Activity;
use crate::ingest::Error;

pub use table::Column;
pub use table::RecordTable;

/// Reads the activities of a FIT file: one for each session, of each file of a chain.
///
/// # Errors
/// [`Error`] when the bytes hold no activity.
pub fn read(bytes: &[u8]) -> Result<Vec<Activity>, Error> {
    let mut collector = contents::Collector::default();
    let framed = frame::walk(bytes, &mut collector)?;
    assemble::activities(collector.files, &framed)
}

/// Returns the records of each file of a chain as they are written, before any repair.
///
/// # Errors
/// [`Error`] when the bytes are not FIT.
pub fn records(bytes: &[u8]) -> Result<Vec<RecordTable>, Error> {
    let mut collector = contents::Collector::default();
    frame::walk(bytes, &mut collector)?;
    Ok(collector.files.into_iter().map(|file| file.table).collect())
}

/// Returns what a FIT file holds, message by message, whether or not it is an activity.
#[must_use]
pub fn account(bytes: &[u8]) -> Account {
    account::account(bytes)
}

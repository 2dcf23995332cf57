//! Walks the messages of a file: headers, checksums, chained files, and the way on after a fault.

use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Place;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::units::plural;

use super::budget::Budget;
use super::definition::Definition;
use super::definition::Fault;
use super::extent::CHECKSUM_SIZE;
use super::extent::Closing;
use super::extent::Verdict;
use super::extent::extent;
use super::fault::Stop;
use super::fault::checksum_warning;
use super::fault::header_warnings;
use super::fault::trailing;
use super::fault::truncated;
use super::header::Header;
use super::header::USUAL_HEADER;
use super::header::has_mark;
use super::header::next_header;

/// Bits of a message's header byte.
const COMPRESSED_TIME: u8 = 0x80;
const DEFINITION: u8 = 0x40;
const DEVELOPER_FIELDS: u8 = 0x20;
const LOCAL_TYPE: u8 = 0x0F;
const COMPRESSED_LOCAL_TYPE: u8 = 0x60;
const COMPRESSED_SECONDS: u8 = 0x1F;

/// Number of local message types.
pub(super) const LOCAL_TYPES: usize = 16;

/// One data message.
pub(super) struct Message<'a> {
    /// The local type, by which it refers to its definition.
    pub(super) local: usize,
    pub(super) definition: &'a Definition,
    pub(super) payload: &'a [u8],
    /// Seconds since the FIT epoch, from its timestamp or from a compressed one.
    pub(super) time: Option<u32>,
}

/// What takes the messages of a walk.
pub(super) trait Sink {
    /// Begins a file of a chain; definitions of the one before are void.
    fn begin(&mut self);
    /// Takes a definition.
    fn define(&mut self, local: usize, definition: &Definition);
    /// Takes a data message.
    fn take(&mut self, message: &Message<'_>);
    /// Ends a file of a chain, and says what was wrong with its frame. After `damage`, its last
    /// messages may have been made of noise.
    fn end(&mut self, damage: bool);
    /// Returns how many records the current file has so far.
    fn record_count(&self) -> usize;
}

/// What is known of the frame of one file of a chain.
#[derive(Clone, Debug)]
pub(super) struct Framed {
    pub(super) header: Header,
    /// What became of the checksum over all data.
    pub(super) verdict: Verdict,
    /// What was wrong with it.
    pub(super) warnings: Vec<Warning>,
}

/// Walks the messages of a file and of those chained to it.
///
/// # Errors
/// [`Error`] when there is no FIT header anywhere.
pub(super) fn walk(bytes: &[u8], sink: &mut impl Sink) -> Result<Vec<Framed>, Error> {
    let mut header = first_header(bytes)?;
    let mut files = Vec::new();
    let mut skipped = (header.offset > 0).then(|| trailing(bytes, 0, header.offset));
    let mut budget = Budget::default();
    loop {
        let (mut framed, end) = walk_file(bytes, header, sink, &mut budget);
        framed.warnings.extend(skipped.take());
        files.push(framed);
        if end >= bytes.len() || budget.is_spent() {
            return Ok(files);
        }
        let next = Header::read(bytes, end).or_else(|| next_header(bytes, end));
        let next_start = next.map_or(bytes.len(), |next| next.offset);
        if next_start > end {
            skipped = Some(trailing(bytes, end, next_start));
        }
        let Some(next) = next else {
            if let Some(last) = files.last_mut() {
                last.warnings.extend(skipped);
            }
            return Ok(files);
        };
        header = next;
    }
}

/// Returns the first header, which need not be at the very start.
fn first_header(bytes: &[u8]) -> Result<Header, Error> {
    if bytes.is_empty() {
        return Err(Error::file(ErrorKind::Empty));
    }
    next_header(bytes, 0).ok_or_else(|| Error {
        place: Place::Byte(0),
        kind: ErrorKind::Unexpected {
            expected: "a FIT header of 12 or 14 bytes".to_owned(),
            found: if has_mark(bytes) {
                format!(
                    "a header of {} in a file of {}",
                    plural(bytes[0], "byte"),
                    bytes.len()
                )
            } else if bytes.len() < USUAL_HEADER {
                format!(
                    "{}, which is too short: not a FIT file",
                    plural(bytes.len(), "byte")
                )
            } else {
                "other bytes: not a FIT file".to_owned()
            },
            next: "export the activity again".to_owned(),
        },
    })
}

/// Walks one file, and returns where the next may begin.
fn walk_file(
    bytes: &[u8],
    header: Header,
    sink: &mut impl Sink,
    budget: &mut Budget,
) -> (Framed, usize) {
    let extent = extent(bytes, &header);
    budget.spend_file(extent.scanned);
    let mut warnings = header_warnings(&header);
    sink.begin();
    let stop = walk_messages(&bytes[..extent.end], header.data_start(), sink, budget);
    let kept = sink.record_count();
    match extent.closing {
        Closing::Closed => warnings.extend(checksum_warning(extent.verdict, extent.end)),
        Closing::NeverClosed => warnings.push(Warning::new(
            WarningCode::FitNotClosed,
            format!(
                "the recording was not closed; {} recovered",
                plural(kept, "record")
            ),
        )),
        Closing::Truncated => warnings.push(truncated(&header, extent.end, kept)),
    }
    let explained = extent.closing != Closing::Closed
        && match stop {
            Some(Stop::Cut { .. }) => true,
            // The rest of a file that was not closed may end with an unfinished checksum.
            Some(Stop::Undefined { at, .. }) => at + CHECKSUM_SIZE >= extent.end,
            _ => false,
        };
    let fault = stop.filter(|_| !explained);
    warnings.extend(fault.map(|fault| fault.warning(extent.end, kept)));
    sink.end(fault.is_some());
    let next = match fault {
        Some(fault) => next_header(bytes, fault.at() + 1).map_or(extent.next, |h| h.offset),
        None => extent.next,
    };
    let framed = Framed {
        header,
        verdict: extent.verdict,
        warnings,
    };
    (framed, next)
}

/// Hands the messages from `position` to the end of `bytes` to the sink, up to the first fault.
fn walk_messages(
    bytes: &[u8],
    mut position: usize,
    sink: &mut impl Sink,
    budget: &mut Budget,
) -> Option<Stop> {
    let mut definitions: [Option<Definition>; LOCAL_TYPES] = Default::default();
    let mut clock = None;
    while let Some(&head) = bytes.get(position) {
        let at = position;
        position += 1;
        if budget.is_spent() {
            return Some(Stop::Limit { at });
        }
        if head & (COMPRESSED_TIME | DEFINITION) == DEFINITION {
            let local = usize::from(head & LOCAL_TYPE);
            match Definition::read(&bytes[position..], head & DEVELOPER_FIELDS != 0) {
                Ok((definition, taken)) => {
                    budget.spend(definition.field_count());
                    sink.define(local, &definition);
                    definitions[local] = Some(definition);
                    position += taken;
                }
                Err(Fault::Cut) => return Some(Stop::Cut { at }),
                Err(Fault::ByteOrder(found)) => return Some(Stop::ByteOrder { at, found }),
            }
            continue;
        }
        let (local, seconds) = local_type(head);
        let Some(definition) = &definitions[local] else {
            return Some(Stop::Undefined { at, local });
        };
        let Some(payload) = bytes.get(position..position + definition.size) else {
            return Some(Stop::Cut { at });
        };
        let written = definition.time(payload);
        let time = written.or_else(|| unroll(clock?, seconds?));
        clock = time.or(clock);
        budget.spend(definition.field_count());
        sink.take(&Message {
            local,
            definition,
            payload,
            time,
        });
        position += definition.size;
    }
    None
}

/// Returns the local type of a data message and its compressed time, if it has one.
fn local_type(head: u8) -> (usize, Option<u8>) {
    if head & COMPRESSED_TIME == 0 {
        (usize::from(head & LOCAL_TYPE), None)
    } else {
        (
            usize::from((head & COMPRESSED_LOCAL_TYPE) >> 5),
            Some(head & COMPRESSED_SECONDS),
        )
    }
}

/// Returns the first time at or after `clock` whose lowest five bits are `seconds`.
fn unroll(clock: u32, seconds: u8) -> Option<u32> {
    let mask = u32::from(COMPRESSED_SECONDS);
    let ahead = u32::from(seconds).wrapping_sub(clock) & mask;
    clock.checked_add(ahead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compressed_times_roll_over() {
        assert_eq!(unroll(100, 5), Some(101));
        assert_eq!(unroll(100, 4), Some(100));
        assert_eq!(unroll(100, 3), Some(131));
        assert_eq!(unroll(u32::MAX, 0), None);
    }
}

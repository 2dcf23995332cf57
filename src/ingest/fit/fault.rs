//! Says what was wrong with the frame of a file.

use crate::ingest::Place;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::units::plural;

use super::budget::MAX_MESSAGES;
use super::budget::MAX_WORK;
use super::extent::CHECKSUM_SIZE;
use super::extent::Verdict;
use super::header::Header;
use super::header::SHORT_HEADER;
use super::header::USUAL_HEADER;

/// Why a walk stopped before the end of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// A message runs past the end.
    Cut { at: usize },
    /// A data message has no definition.
    Undefined { at: usize, local: usize },
    /// A definition has an impossible byte order.
    ByteOrder { at: usize, found: u8 },
    /// Too much work.
    Limit { at: usize },
}

impl Stop {
    pub(super) fn at(self) -> usize {
        match self {
            Stop::Cut { at }
            | Stop::Undefined { at, .. }
            | Stop::ByteOrder { at, .. }
            | Stop::Limit { at } => at,
        }
    }

    pub(super) fn warning(self, end: usize, kept: usize) -> Warning {
        let at = self.at();
        let lost = end - at;
        let (code, what) = match self {
            Stop::Cut { .. } => (
                WarningCode::FitDesync,
                "a message runs past the end of the data".to_owned(),
            ),
            Stop::Undefined { local, .. } => (
                WarningCode::FitDesync,
                format!("a data message of local type {local}, which was never defined"),
            ),
            Stop::ByteOrder { found, .. } => (
                WarningCode::FitDesync,
                format!("a definition with byte order {found}; 0 or 1 expected"),
            ),
            Stop::Limit { .. } => (
                WarningCode::FitLimit,
                format!("more than {MAX_MESSAGES} messages or {MAX_WORK} fields"),
            ),
        };
        Warning::at(
            code,
            Place::Byte(at as u64),
            format!(
                "{what}; {} before it kept, {} after it not read",
                plural(kept, "record"),
                plural(lost, "byte")
            ),
        )
    }
}

/// Tells of bytes between or after the files of a chain.
pub(super) fn trailing(bytes: &[u8], start: usize, end: usize) -> Warning {
    let place = Place::Byte(start as u64);
    let count = end - start;
    if bytes[start..end].iter().all(|byte| *byte == 0) {
        Warning::at(
            WarningCode::FitPadding,
            place,
            format!("{} of padding ignored", plural(count, "byte")),
        )
    } else {
        Warning::at(
            WarningCode::FitTrailing,
            place,
            format!("{} ignored outside of any FIT file", plural(count, "byte")),
        )
    }
}

pub(super) fn header_warnings(header: &Header) -> Vec<Warning> {
    let place = Place::Byte(header.offset as u64);
    let mut warnings = Vec::new();
    if header.size != USUAL_HEADER && header.size != SHORT_HEADER {
        warnings.push(Warning::at(
            WarningCode::FitHeaderSize,
            place,
            format!(
                "unusual header size of {} bytes; 12 or 14 expected",
                header.size
            ),
        ));
    }
    if header.checksum_is_right == Some(false) {
        warnings.push(Warning::at(
            WarningCode::FitHeaderCrc,
            place,
            "the header checksum is wrong; the header was used all the same",
        ));
    }
    warnings
}

pub(super) fn checksum_warning(verdict: Verdict, end: usize) -> Option<Warning> {
    let place = Place::Byte(end as u64);
    match verdict {
        Verdict::Right => None,
        Verdict::Zero => Some(Warning::at(
            WarningCode::FitCrcZero,
            place,
            "the checksum was not written; damage would go unseen",
        )),
        Verdict::Wrong { stored, computed } => Some(Warning::at(
            WarningCode::FitCrc,
            place,
            format!(
                "checksum mismatch, data may be damaged: it is {computed:#06x}, the file says \
                 {stored:#06x}"
            ),
        )),
        Verdict::Missing => Some(Warning::at(
            WarningCode::FitCrcMissing,
            place,
            "the file ends before its checksum; all messages were read",
        )),
    }
}

pub(super) fn truncated(header: &Header, end: usize, kept: usize) -> Warning {
    let present = end - header.offset;
    let declared = (header.size + CHECKSUM_SIZE).saturating_add(header.data_size);
    Warning::at(
        WarningCode::FitTruncated,
        Place::Byte(end as u64),
        format!(
            "truncated: {present} of {}, {} kept",
            plural(declared, "byte"),
            plural(kept, "record")
        ),
    )
}

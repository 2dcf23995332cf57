//! Finds where the messages of a file really end, whatever its header says.

use super::crc::checksum;
use super::header::Header;
use super::header::next_convincing_header;

/// Bytes of the checksum at the end of a file.
pub(super) const CHECKSUM_SIZE: usize = 2;

/// What became of the checksum at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is right.
    Right,
    /// It was never written.
    Zero,
    /// It is wrong.
    Wrong { stored: u16, computed: u16 },
    /// The file ends before it.
    Missing,
}

/// Where the messages of a file really end, and why.
pub(super) struct Extent {
    /// Where its messages end.
    pub(super) end: usize,
    /// Where the next file may begin.
    pub(super) next: usize,
    pub(super) closing: Closing,
    pub(super) verdict: Verdict,
    /// How many bytes were scanned to find that out.
    pub(super) scanned: usize,
}

/// How a file was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    Closed,
    /// The declared size is 0 but data follow: the recording was never closed.
    NeverClosed,
    /// The declared size is more than there is.
    Truncated,
}

/// Returns where the messages of a file really end.
pub(super) fn extent(bytes: &[u8], header: &Header) -> Extent {
    let is_closed =
        header.data_end() <= bytes.len() && (header.data_size > 0 || is_empty(bytes, header));
    if is_closed {
        closed(bytes, header)
    } else {
        open(bytes, header)
    }
}

/// Returns whether a declared size of 0 is to be believed.
fn is_empty(bytes: &[u8], header: &Header) -> bool {
    let end = header.data_start() + CHECKSUM_SIZE;
    bytes.len() <= end || Header::read(bytes, end).is_some()
}

/// Returns the extent of a file whose declared end exists.
fn closed(bytes: &[u8], header: &Header) -> Extent {
    let end = header.data_end();
    let verdict = verdict(bytes, header.offset, end);
    // A file that was cut before another was appended swallows the head of that one.
    let inner = match verdict {
        Verdict::Wrong { .. } | Verdict::Zero => {
            next_convincing_header(bytes, header.data_start()..end)
        }
        _ => None,
    };
    match inner {
        None => Extent {
            end,
            next: (end + CHECKSUM_SIZE).min(bytes.len()),
            closing: Closing::Closed,
            verdict,
            scanned: 2 * header.data_size,
        },
        Some(inner) => cut(header, inner.offset, Closing::Truncated),
    }
}

/// Returns the extent of a file whose declared end does not exist.
fn open(bytes: &[u8], header: &Header) -> Extent {
    let start = header.data_start();
    let closing = if header.data_size == 0 {
        Closing::NeverClosed
    } else {
        Closing::Truncated
    };
    if let Some(inner) = next_convincing_header(bytes, start..bytes.len()) {
        return cut(header, inner.offset, closing);
    }
    // A device that never wrote the size may have written the checksum.
    let end = bytes.len().saturating_sub(CHECKSUM_SIZE).max(start);
    let whole = cut(header, bytes.len(), closing);
    match verdict(bytes, header.offset, end) {
        Verdict::Right => Extent {
            end,
            verdict: Verdict::Right,
            ..whole
        },
        _ => whole,
    }
}

/// Returns the extent of a file that ends at `end` without a checksum.
fn cut(header: &Header, end: usize, closing: Closing) -> Extent {
    Extent {
        end,
        next: end,
        closing,
        verdict: Verdict::Missing,
        scanned: 2 * (end - header.offset),
    }
}

/// Compares the checksum stored at `end` with that of the bytes before it.
fn verdict(bytes: &[u8], start: usize, end: usize) -> Verdict {
    let Some(stored) = bytes[end..].first_chunk::<CHECKSUM_SIZE>() else {
        return Verdict::Missing;
    };
    let stored = u16::from_le_bytes(*stored);
    let computed = checksum(&bytes[start..end]);
    match stored {
        stored if stored == computed => Verdict::Right,
        0 => Verdict::Zero,
        stored => Verdict::Wrong { stored, computed },
    }
}

//! File headers: how long the data are, and where the next file of a chain begins.

use std::ops::Range;

use super::crc::checksum;

/// The smallest header; older devices write it.
pub(super) const SHORT_HEADER: usize = 12;

/// The usual header, which ends with its own checksum.
pub(super) const USUAL_HEADER: usize = 14;

/// Where a header says that this is FIT.
const MARK_OFFSET: usize = 8;

/// The mark itself.
const MARK: &[u8; 4] = b".FIT";

/// The major protocol versions that exist, in the upper four bits of the version byte.
const PROTOCOLS: std::ops::RangeInclusive<u8> = 1..=2;

/// One file header; a chain of files has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Where it begins.
    pub(super) offset: usize,
    pub(super) size: usize,
    pub(super) protocol: u8,
    pub(super) profile: u16,
    /// Bytes of messages, as declared.
    pub(super) data_size: usize,
    /// Whether its own checksum is right; absent when it has none, or 0, which is allowed.
    pub(super) checksum_is_right: Option<bool>,
}

impl Header {
    /// Reads the header that begins at `offset`, if there is one.
    pub(super) fn read(bytes: &[u8], offset: usize) -> Option<Self> {
        let rest = bytes.get(offset..)?;
        let head = rest.first_chunk::<SHORT_HEADER>()?;
        let size = usize::from(head[0]);
        if size < SHORT_HEADER || rest.len() < size || !head.ends_with(MARK) {
            return None;
        }
        let stored = rest[..size]
            .get(SHORT_HEADER..USUAL_HEADER)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        Some(Self {
            offset,
            size,
            protocol: head[1],
            profile: u16::from_le_bytes([head[2], head[3]]),
            data_size: usize::try_from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]))
                .unwrap_or(usize::MAX),
            checksum_is_right: stored
                .filter(|stored| *stored != 0)
                .map(|stored| stored == checksum(head)),
        })
    }

    /// Returns where its messages begin.
    pub(super) fn data_start(&self) -> usize {
        self.offset + self.size
    }

    /// Returns where its messages end, as declared.
    pub(super) fn data_end(&self) -> usize {
        self.data_start().saturating_add(self.data_size)
    }

    /// Returns whether it looks so much like a header that it can hardly be a part of the data.
    fn is_convincing(&self, file_size: usize) -> bool {
        matches!(self.size, SHORT_HEADER | USUAL_HEADER)
            && PROTOCOLS.contains(&(self.protocol >> 4))
            && self.checksum_is_right != Some(false)
            && self.data_end() <= file_size
    }
}

/// Returns the first header at or after `from`.
pub(super) fn next_header(bytes: &[u8], from: usize) -> Option<Header> {
    marks(bytes, from).find_map(|offset| Header::read(bytes, offset))
}

/// Returns the first header that begins in a range and can hardly be a part of the data.
pub(super) fn next_convincing_header(bytes: &[u8], range: Range<usize>) -> Option<Header> {
    let scanned_end = range.end.saturating_add(SHORT_HEADER).min(bytes.len());
    marks(&bytes[..scanned_end], range.start)
        .filter_map(|offset| Header::read(bytes, offset))
        .find(|header| header.is_convincing(bytes.len()))
}

/// Returns the offsets at or after `from` at which a header would begin, going by its mark.
fn marks(bytes: &[u8], from: usize) -> impl Iterator<Item = usize> + '_ {
    let start = from.saturating_add(MARK_OFFSET).min(bytes.len());
    bytes[start..]
        .windows(MARK.len())
        .enumerate()
        .filter(|(_, window)| window == MARK)
        .map(move |(index, _)| start + index - MARK_OFFSET)
}

/// Returns whether some bytes have the mark of FIT where a header has it.
pub(super) fn has_mark(bytes: &[u8]) -> bool {
    bytes.get(MARK_OFFSET..SHORT_HEADER) == Some(MARK)
}

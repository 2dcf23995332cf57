//! Whether deflated data are all there.

use std::io;
use std::io::Read;

use flate2::bufread::DeflateDecoder;

/// Returns whether compressed data, checksum aside, hold no more than was kept and end soundly.
pub(super) fn is_whole(data: &[u8], kept: usize) -> bool {
    let room = u64::try_from(kept).unwrap_or(u64::MAX).saturating_add(1);
    let mut unpacked = DeflateDecoder::new(data).take(room);
    io::copy(&mut unpacked, &mut io::sink()).is_ok_and(|bytes| bytes < room)
}

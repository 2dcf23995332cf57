//! Damages a file as disks, transfers and editors do: at a few places.

use super::rng::Rng;

/// A few bytes are damaged in each, at most this many.
const MOST_FAULTS: u32 = 6;
/// Share of the faults that hit the head, where a format says how to read the rest.
const HEAD_SHARE: f64 = 0.3;
/// Bytes of that head.
const HEAD_BYTES: u32 = 800;

/// Returns a file with a few bytes changed, removed, doubled, or a stretch of it moved.
pub fn damaged(whole: &[u8], seed: u64) -> Vec<u8> {
    let mut rng = Rng::new(seed);
    let mut bytes = whole.to_vec();
    for _ in 0..rng.whole(1, MOST_FAULTS) {
        if bytes.is_empty() {
            return bytes;
        }
        let last = u32::try_from(bytes.len() - 1).unwrap();
        let is_head = rng.chance(HEAD_SHARE);
        let reach = if is_head { last.min(HEAD_BYTES) } else { last };
        let at = usize::try_from(rng.whole(0, reach)).unwrap();
        let byte = u8::try_from(rng.whole(0, 255)).unwrap();
        match rng.whole(0, 6) {
            0 => bytes[at] = byte,
            1 => bytes[at] ^= 1 << (byte & 7),
            // A digit for a digit keeps text readable and makes its numbers wild.
            2 | 3 => {
                let digit = bytes[at..].iter().position(u8::is_ascii_digit);
                if let Some(digit) = digit {
                    bytes[at + digit] = b'0' + byte % 10;
                }
            }
            4 => {
                bytes.remove(at);
            }
            5 => bytes.insert(at, byte),
            _ => {
                let end = (at + usize::from(byte) * 8).min(bytes.len());
                let stretch: Vec<u8> = bytes.drain(at..end).collect();
                if byte % 2 == 0 {
                    bytes.extend(stretch);
                }
            }
        }
    }
    bytes
}

//! Reads one field: base types, byte order, "invalid" marks, sizes that do not fit the type.

/// Number of bytes of the widest base type.
const WIDEST: usize = 8;

/// The bits of a base type byte that number the type; bit 7 only says that byte order matters.
const TYPE_BITS: u8 = 0x1F;

/// The bits of a base type byte that no known type sets.
const RESERVED_BITS: u8 = 0x60;

/// How the bytes of a base type are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Unsigned,
    /// Unsigned, with 0 as the mark of an absent value (the `z` types).
    UnsignedZero,
    Signed,
    Float,
}

/// Returns the kind and the width in bytes of a numeric base type; strings and unknown types have
/// none.
fn numeric(base_type: u8) -> Option<(Kind, usize)> {
    if base_type & RESERVED_BITS != 0 {
        return None;
    }
    Some(match base_type & TYPE_BITS {
        0 | 2 | 13 => (Kind::Unsigned, 1),
        1 => (Kind::Signed, 1),
        3 => (Kind::Signed, 2),
        4 => (Kind::Unsigned, 2),
        5 => (Kind::Signed, 4),
        6 => (Kind::Unsigned, 4),
        8 => (Kind::Float, 4),
        9 => (Kind::Float, 8),
        10 => (Kind::UnsignedZero, 1),
        11 => (Kind::UnsignedZero, 2),
        12 => (Kind::UnsignedZero, 4),
        14 => (Kind::Signed, 8),
        15 => (Kind::Unsigned, 8),
        16 => (Kind::UnsignedZero, 8),
        _ => return None,
    })
}

/// Returns whether a base type is text.
pub(super) fn is_text(base_type: u8) -> bool {
    base_type & (TYPE_BITS | RESERVED_BITS) == 7
}

/// How to read one number out of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct NumberReader {
    width: usize,
    kind: Kind,
    big_endian: bool,
    /// The bits that mark an absent value.
    invalid: u64,
}

impl NumberReader {
    /// Returns a reader for a field of `size` bytes, if its first value can be read at all.
    ///
    /// The size in the file wins over the base type: a field that is narrower than its type (COROS
    /// writes a uint32 in one byte) is a narrower integer. In an array the first value counts.
    pub(super) fn new(base_type: u8, size: usize, big_endian: bool) -> Option<Self> {
        let (kind, natural_width) = numeric(base_type)?;
        if size == 0 || (size > natural_width && !size.is_multiple_of(natural_width)) {
            return None;
        }
        let width = size.min(natural_width);
        if kind == Kind::Float && width != natural_width {
            return None;
        }
        let all_ones = u64::MAX >> (64 - 8 * width);
        let invalid = match kind {
            Kind::Unsigned | Kind::Float => all_ones,
            Kind::UnsignedZero => 0,
            Kind::Signed => all_ones >> 1,
        };
        Some(Self {
            width,
            kind,
            big_endian,
            invalid,
        })
    }

    /// Returns the number, or nothing when the field holds the mark of an absent value.
    #[inline]
    pub(super) fn read(self, bytes: &[u8]) -> Option<f64> {
        let raw = self.raw(bytes)?;
        if raw == self.invalid {
            return None;
        }
        let value = match self.kind {
            Kind::Unsigned | Kind::UnsignedZero => to_float(raw),
            Kind::Signed => signed_to_float(raw, self.width),
            Kind::Float if self.width == 4 => f64::from(f32::from_bits(u32::try_from(raw).ok()?)),
            Kind::Float => f64::from_bits(raw),
        };
        value.is_finite().then_some(value)
    }

    #[inline]
    fn raw(self, bytes: &[u8]) -> Option<u64> {
        Some(match (self.width, self.big_endian) {
            (1, _) => u64::from(*bytes.first()?),
            (2, false) => u64::from(u16::from_le_bytes(*bytes.first_chunk()?)),
            (2, true) => u64::from(u16::from_be_bytes(*bytes.first_chunk()?)),
            (4, false) => u64::from(u32::from_le_bytes(*bytes.first_chunk()?)),
            (4, true) => u64::from(u32::from_be_bytes(*bytes.first_chunk()?)),
            (width, big_endian) => odd_width(bytes.get(..width)?, big_endian),
        })
    }
}

/// Returns an integer of any width up to eight bytes.
fn odd_width(bytes: &[u8], big_endian: bool) -> u64 {
    let mut wide = [0; WIDEST];
    let used = &mut wide[..bytes.len()];
    used.copy_from_slice(bytes);
    if big_endian {
        used.reverse();
    }
    u64::from_le_bytes(wide)
}

/// Returns an unsigned integer as a number; beyond 2^53 it is rounded.
#[inline]
fn to_float(raw: u64) -> f64 {
    match u32::try_from(raw) {
        Ok(small) => f64::from(small),
        Err(_) => raw as f64,
    }
}

/// Returns a two's complement integer of `width` bytes as a number; beyond 2^53 it is rounded.
#[inline]
fn signed_to_float(raw: u64, width: usize) -> f64 {
    let shift = 64 - 8 * width;
    let wide = (raw << shift).cast_signed() >> shift;
    match i32::try_from(wide) {
        Ok(small) => f64::from(small),
        Err(_) => wide as f64,
    }
}

/// Returns the text of a string field, without what could disturb a terminal or a page.
///
/// It ends at the first NUL, need not be UTF-8, and is absent when nothing readable is left.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let end = bytes
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(bytes.len());
    let readable: String = String::from_utf8_lossy(&bytes[..end])
        .chars()
        .filter(|c| !c.is_control() && !is_direction_mark(*c))
        .collect();
    let trimmed = readable.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// Returns whether a character changes the direction of the text after it.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    fn read(base_type: u8, bytes: &[u8], big_endian: bool) -> Option<f64> {
        NumberReader::new(base_type, bytes.len(), big_endian)?.read(bytes)
    }

    #[test]
    fn each_base_type_has_its_mark_of_absence() {
        for (base_type, invalid) in [
            (0x00, vec![0xFF]),
            (0x01, vec![0x7F]),
            (0x02, vec![0xFF]),
            (0x83, vec![0xFF, 0x7F]),
            (0x84, vec![0xFF; 2]),
            (0x85, vec![0xFF, 0xFF, 0xFF, 0x7F]),
            (0x86, vec![0xFF; 4]),
            (0x88, vec![0xFF; 4]),
            (0x89, vec![0xFF; 8]),
            (0x0A, vec![0]),
            (0x8B, vec![0; 2]),
            (0x8C, vec![0; 4]),
            (0x0D, vec![0xFF]),
            (0x8E, vec![0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]),
            (0x8F, vec![0xFF; 8]),
            (0x90, vec![0; 8]),
        ] {
            assert_eq!(read(base_type, &invalid, false), None, "{base_type:#x}");
            let mut other = invalid.clone();
            if let Some(last) = other.last_mut() {
                *last = 1;
            }
            assert!(read(base_type, &other, false).is_some(), "{base_type:#x}");
        }
    }

    #[test]
    fn byte_order_is_that_of_the_definition() {
        assert_eq!(read(0x84, &[0x00, 0x96], true), Some(150.0));
        assert_eq!(read(0x84, &[0x96, 0x00], false), Some(150.0));
        assert_eq!(read(0x85, &[0xFF, 0xFF, 0xFF, 0xFE], true), Some(-2.0));
        assert_eq!(read(0x88, &123.5_f32.to_be_bytes(), true), Some(123.5));
        assert_eq!(read(0x89, &(-0.25_f64).to_le_bytes(), false), Some(-0.25));
        assert_eq!(read(0x8E, &(-5_i64).to_le_bytes(), false), Some(-5.0));
        assert_eq!(
            read(0x86, &[0xFE, 0xFF, 0xFF, 0xFF], false),
            Some(4_294_967_294.0)
        );
    }

    #[test]
    fn the_size_in_the_file_wins_over_the_type() {
        assert_eq!(read(0x86, &[7], false), Some(7.0));
        assert_eq!(read(0x86, &[0xFF], false), None);
        assert_eq!(read(0x86, &[1, 0, 1], false), Some(65_537.0));
        assert_eq!(read(0x85, &[0xFE, 0xFF], false), Some(-2.0));
        assert_eq!(read(0x84, &[5, 0, 6, 0], false), Some(5.0));
        assert_eq!(read(0x84, &[5, 0, 6], false), None);
        assert_eq!(read(0x88, &[0, 0], false), None);
        assert_eq!(read(0x86, &[], false), None);
        assert_eq!(read(0x07, &[65], false), None);
        assert_eq!(read(0x55, &[65], false), None);
    }

    #[test]
    fn numbers_that_are_not_finite_are_absent() {
        assert_eq!(read(0x88, &f32::INFINITY.to_le_bytes(), false), None);
        assert_eq!(read(0x89, &f64::NAN.to_le_bytes(), false), None);
    }

    #[test]
    fn text_is_lossy_and_harmless() {
        assert_eq!(text(b"Run\0xyz").unwrap(), "Run");
        assert_eq!(text(b"caf\xe9").unwrap(), "caf\u{fffd}");
        assert_eq!(text("\u{1b}[2J\u{202e}a ".as_bytes()).unwrap(), "[2Ja");
        assert_eq!(text(b"\0\0"), None);
    }
}

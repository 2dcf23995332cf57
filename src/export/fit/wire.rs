//! The wire form of FIT, as little of it as an activity file takes: little-endian, a definition before the
//! first message of a kind and wherever its layout changes, checksums.

use crate::ingest::fit_checksum;

/// Protocol 1.0, which every reader knows: none of the types of 2.0 is used.
const PROTOCOL: u8 = 0x10;
/// Profile 21.32; readers look at it for nothing but a message about newer ones.
const PROFILE: u16 = 2132;
/// Bytes of the header with its checksum.
const HEADER_SIZE: u8 = 14;
/// The bit of a record's header that makes it a definition.
const DEFINITION: u8 = 0x40;
/// Texts are cut to so many bytes with their end, as watches do.
const TEXT_BYTES: usize = 64;

/// A value with its base type; absent is the type's invalid value.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Enum(Option<u8>),
    U8(Option<u8>),
    U16(Option<u16>),
    U32(Option<u32>),
    I32(Option<i32>),
    Text(String),
}

impl Value {
    /// Returns the number of its base type.
    fn base_type(&self) -> u8 {
        match self {
            Self::Enum(_) => 0x00,
            Self::U8(_) => 0x02,
            Self::Text(_) => 0x07,
            Self::U16(_) => 0x84,
            Self::I32(_) => 0x85,
            Self::U32(_) => 0x86,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Enum(value) | Self::U8(value) => vec![value.unwrap_or(u8::MAX)],
            Self::U16(value) => value.unwrap_or(u16::MAX).to_le_bytes().to_vec(),
            Self::U32(value) => value.unwrap_or(u32::MAX).to_le_bytes().to_vec(),
            Self::I32(value) => value.unwrap_or(i32::MAX).to_le_bytes().to_vec(),
            Self::Text(text) => {
                let mut bytes = cut(text).as_bytes().to_vec();
                bytes.push(0);
                bytes
            }
        }
    }
}

/// Returns as much of a text as a field holds.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(TEXT_BYTES - 1);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A message number, and field, size and base type of each of its fields.
type Layout = (u16, Vec<[u8; 3]>);

/// A file that is being written.
#[derive(Debug, Default)]
pub(super) struct File {
    data: Vec<u8>,
    /// What each local message type is defined as.
    local: Vec<Layout>,
}

impl File {
    /// Appends a message, by its number and the numbers of its fields in the profile.
    pub(super) fn message(&mut self, number: u16, fields: &[(u8, Value)]) {
        let mut content = Vec::new();
        let mut layout = Vec::new();
        for (field, value) in fields {
            let bytes = value.bytes();
            let size = u8::try_from(bytes.len()).unwrap_or(u8::MAX);
            layout.push([*field, size, value.base_type()]);
            content.extend(bytes);
        }
        let local = self.defined((number, layout));
        self.data.push(local);
        self.data.extend(content);
    }

    /// Returns the local type of a layout, defined now if it is not yet; there is one for each message number,
    /// and an activity has fewer kinds of messages than the 16 of the format.
    fn defined(&mut self, layout: Layout) -> u8 {
        let known = self
            .local
            .iter()
            .position(|(number, _)| *number == layout.0);
        let place = known.unwrap_or(self.local.len());
        let local = u8::try_from(place).unwrap_or_default();
        if self.local.get(place) == Some(&layout) {
            return local;
        }
        let [low, high] = layout.0.to_le_bytes();
        let fields = u8::try_from(layout.1.len()).unwrap_or(u8::MAX);
        self.data
            .extend([DEFINITION | local, 0, 0, low, high, fields]);
        self.data.extend(layout.1.iter().flatten());
        match self.local.get_mut(place) {
            Some(old) => *old = layout,
            None => self.local.push(layout),
        }
        local
    }

    /// Returns the file: header, messages, checksum.
    pub(super) fn finish(self) -> Vec<u8> {
        let [low, high] = PROFILE.to_le_bytes();
        let mut bytes = vec![HEADER_SIZE, PROTOCOL, low, high];
        let size = u32::try_from(self.data.len()).unwrap_or(u32::MAX);
        bytes.extend(size.to_le_bytes());
        bytes.extend(b".FIT");
        bytes.extend(fit_checksum(&bytes).to_le_bytes());
        bytes.extend(self.data);
        bytes.extend(fit_checksum(&bytes).to_le_bytes());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_is_defined_once_and_again_when_it_changes() {
        let mut file = File::default();
        file.message(20, &[(3, Value::U8(Some(120)))]);
        file.message(20, &[(3, Value::U8(None))]);
        file.message(20, &[(7, Value::U16(Some(300)))]);
        let expected = [
            0x40, 0, 0, 20, 0, 1, 3, 1, 2, 0, 120, 0, 255, 0x40, 0, 0, 20, 0, 1, 7, 2, 0x84, 0, 44,
            1,
        ];
        assert_eq!(file.data, expected);
        let bytes = file.finish();
        // The checksum of a message with its checksum is 0.
        assert_eq!(fit_checksum(&bytes), 0);
        assert_eq!(bytes[4..8], 25_u32.to_le_bytes());
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(cut(&"ä".repeat(40)).chars().count(), 31);
        assert_eq!(cut("easy"), "easy");
    }
}

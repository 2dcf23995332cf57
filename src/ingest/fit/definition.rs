//! Definition messages: what the data messages after them look like.

use super::value::NumberReader;

/// The field number of the timestamp, the same in every message.
const TIMESTAMP: u8 = 253;

/// Bytes of a definition before its fields: reserved, byte order, message number, field count.
const HEAD_SIZE: usize = 5;

/// Bytes that describe one field.
const FIELD_SIZE: usize = 3;

/// One field of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) number: u8,
    pub(super) size: usize,
    pub(super) base_type: u8,
    /// Where it begins in the message.
    pub(super) offset: usize,
}

/// One field that an app on the watch added; its type is told elsewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct DeveloperField {
    pub(super) number: u8,
    pub(super) size: usize,
    pub(super) developer_index: u8,
    /// Where it begins in the message.
    pub(super) offset: usize,
}

/// The layout of the messages of one local type.
#[derive(Clone, Debug, Default)]
pub(super) struct Definition {
    /// The number of the kind of message, the same in all files.
    pub(super) global: u16,
    pub(super) big_endian: bool,
    pub(super) fields: Vec<Field>,
    pub(super) developer_fields: Vec<DeveloperField>,
    /// Bytes of a message after its header byte.
    pub(super) size: usize,
    time: Option<(usize, NumberReader)>,
}

/// Why no definition could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The bytes end before the definition does.
    Cut,
    /// The byte order is neither 0 nor 1, so these bytes are no definition.
    ByteOrder(u8),
}

impl Definition {
    /// Reads a definition from the bytes after its header byte, and returns how many it took.
    pub(super) fn read(bytes: &[u8], has_developer_fields: bool) -> Result<(Self, usize), Fault> {
        let [_, byte_order, low, high, field_count] =
            *bytes.first_chunk::<HEAD_SIZE>().ok_or(Fault::Cut)?;
        let mut definition = match byte_order {
            0 => Self {
                global: u16::from_le_bytes([low, high]),
                ..Self::default()
            },
            1 => Self {
                global: u16::from_be_bytes([low, high]),
                big_endian: true,
                ..Self::default()
            },
            other => return Err(Fault::ByteOrder(other)),
        };
        let fields_end = HEAD_SIZE + usize::from(field_count) * FIELD_SIZE;
        definition.add_fields(bytes.get(HEAD_SIZE..fields_end).ok_or(Fault::Cut)?);
        if !has_developer_fields {
            return Ok((definition, fields_end));
        }
        let developer_count = *bytes.get(fields_end).ok_or(Fault::Cut)?;
        let end = fields_end + 1 + usize::from(developer_count) * FIELD_SIZE;
        definition.add_developer_fields(bytes.get(fields_end + 1..end).ok_or(Fault::Cut)?);
        Ok((definition, end))
    }

    fn add_fields(&mut self, bytes: &[u8]) {
        let (fields, _) = bytes.as_chunks::<FIELD_SIZE>();
        self.fields.reserve(fields.len());
        for [number, size, base_type] in fields {
            let field = Field {
                number: *number,
                size: usize::from(*size),
                base_type: *base_type,
                offset: self.size,
            };
            if field.number == TIMESTAMP {
                self.time = NumberReader::new(field.base_type, field.size, self.big_endian)
                    .map(|reader| (field.offset, reader));
            }
            self.fields.push(field);
            self.size += field.size;
        }
    }

    fn add_developer_fields(&mut self, bytes: &[u8]) {
        let (fields, _) = bytes.as_chunks::<FIELD_SIZE>();
        for [number, size, developer_index] in fields {
            self.developer_fields.push(DeveloperField {
                number: *number,
                size: usize::from(*size),
                developer_index: *developer_index,
                offset: self.size,
            });
            self.size += usize::from(*size);
        }
    }

    /// Returns the number of fields, those of developers included.
    pub(super) fn field_count(&self) -> usize {
        self.fields.len() + self.developer_fields.len()
    }

    /// Returns the timestamp of a message in seconds since the FIT epoch.
    #[inline]
    pub(super) fn time(&self, payload: &[u8]) -> Option<u32> {
        let (offset, reader) = self.time?;
        whole_seconds(reader.read(payload.get(offset..)?)?)
    }
}

/// Returns a number as a FIT time, if it is one.
pub(super) fn whole_seconds(value: f64) -> Option<u32> {
    let in_range = (0.0..f64::from(u32::MAX)).contains(&value);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range was checked, and fractions of a second are meant to go"
    )]
    in_range.then_some(value as u32)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn a_definition_is_read_with_its_offsets() {
        let bytes = [
            0, 1, 0, 20, 2, 253, 4, 0x86, 3, 1, 2, /* developer */ 1, 0, 2, 5,
        ];
        let (definition, taken) = Definition::read(&bytes, true).unwrap();
        assert_eq!(taken, bytes.len());
        assert_eq!(definition.global, 20);
        assert!(definition.big_endian);
        assert_eq!(definition.fields[1].offset, 4);
        assert_eq!(definition.developer_fields[0].offset, 5);
        assert_eq!(definition.developer_fields[0].developer_index, 5);
        assert_eq!(definition.size, 7);
        assert_eq!(definition.time(&[0, 0, 1, 2, 0, 0, 0]), Some(258));
        for end in 0..bytes.len() {
            assert_eq!(
                Definition::read(&bytes[..end], true).unwrap_err(),
                Fault::Cut
            );
        }
    }

    #[test]
    fn a_strange_byte_order_is_no_definition() {
        assert_eq!(
            Definition::read(&[0, 7, 0, 20, 0], false).unwrap_err(),
            Fault::ByteOrder(7)
        );
    }
}

//! The wire form of FIT: header, definitions, data messages, checksums.
//!
//! Every fault that a reader must live with can be written on purpose, see [`Wire`].

/// Seconds from 1970 to 1989-12-31, where FIT begins to count.
pub const EPOCH_UNIX_S: i64 = 631_065_600;

/// A value with its base type; `None` is the type's invalid value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Enumeration, one byte.
    Enum(Option<u8>),
    /// Unsigned byte.
    U8(Option<u8>),
    /// Signed byte.
    I8(Option<i8>),
    /// Two bytes.
    U16(Option<u16>),
    /// Four bytes.
    U32(Option<u32>),
    /// Four bytes, signed.
    I32(Option<i32>),
    /// Four bytes, of which zero is invalid.
    U32z(Option<u32>),
    /// Text, zero-terminated, in a field of this many bytes.
    Text(String, u8),
    /// Bytes as they are.
    Bytes(Vec<u8>),
    /// Bytes as they are, under a base type of one's choice: for faulty files.
    Raw(u8, Vec<u8>),
}

use Value as V;

impl Value {
    fn base_type(&self) -> u8 {
        match self {
            V::Enum(_) => 0x00,
            V::I8(_) => 0x01,
            V::U8(_) => 0x02,
            V::U16(_) => 0x84,
            V::I32(_) => 0x85,
            V::U32(_) => 0x86,
            V::Text(..) => 0x07,
            V::U32z(_) => 0x8c,
            V::Bytes(_) => 0x0d,
            V::Raw(base_type, _) => *base_type,
        }
    }

    fn size(&self) -> u8 {
        match self {
            V::Enum(_) | V::I8(_) | V::U8(_) => 1,
            V::U16(_) => 2,
            V::U32(_) | V::I32(_) | V::U32z(_) => 4,
            V::Text(_, size) => *size,
            V::Bytes(bytes) | V::Raw(_, bytes) => bytes.len() as u8,
        }
    }

    fn write(&self, big_endian: bool, out: &mut Vec<u8>) {
        let mut number = |mut bytes: Vec<u8>| {
            if big_endian {
                bytes.reverse();
            }
            out.extend(bytes);
        };
        match self {
            V::Enum(value) | V::U8(value) => out.push(value.unwrap_or(0xff)),
            V::I8(value) => number(value.unwrap_or(0x7f).to_le_bytes().to_vec()),
            V::U16(value) => number(value.unwrap_or(0xffff).to_le_bytes().to_vec()),
            V::U32(value) => number(value.unwrap_or(u32::MAX).to_le_bytes().to_vec()),
            V::I32(value) => number(value.unwrap_or(i32::MAX).to_le_bytes().to_vec()),
            V::U32z(value) => number(value.unwrap_or(0).to_le_bytes().to_vec()),
            V::Text(text, size) => {
                let mut bytes = text.as_bytes().to_vec();
                bytes.resize(usize::from(*size), 0);
                out.extend(bytes);
            }
            V::Bytes(bytes) | V::Raw(_, bytes) => out.extend(bytes),
        }
    }
}

/// One message: its number in the profile, its fields, and those of developers.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Number of the message in the profile.
    pub number: u16,
    /// Field numbers and values.
    pub fields: Vec<(u8, Value)>,
    /// Field numbers, values and developer indices.
    pub developer: Vec<(u8, Value, u8)>,
}

impl Message {
    /// Returns a message without developer fields.
    pub fn new(number: u16, fields: Vec<(u8, Value)>) -> Self {
        Self {
            number,
            fields,
            developer: Vec::new(),
        }
    }

    /// Field, size and base type of all fields: what a definition says.
    fn layout(&self) -> Vec<[u8; 3]> {
        let own = self
            .fields
            .iter()
            .map(|(field, value)| [*field, value.size(), value.base_type()]);
        let developer = self
            .developer
            .iter()
            .map(|(field, value, index)| [*field, value.size(), *index]);
        own.chain(developer).collect()
    }
}

/// How the bytes are written.
#[derive(Clone, Debug)]
pub struct Wire {
    /// Numbers with the most significant byte first.
    pub big_endian: bool,
    /// Records carry five bits of time in their header where that is enough.
    pub compressed_timestamps: bool,
    /// Bytes of the header: 12, or 14 and more with a checksum.
    pub header_size: u8,
    /// Whether the header's checksum is written; zero means "none" and is legal.
    pub header_checksum: bool,
}

impl Default for Wire {
    fn default() -> Self {
        Self {
            big_endian: false,
            compressed_timestamps: false,
            header_size: 14,
            header_checksum: true,
        }
    }
}

const RECORD: u16 = 20;
const TIMESTAMP: u8 = 253;

/// Writes messages one after the other.
#[derive(Clone, Debug, Default)]
pub struct Encoder {
    wire: Wire,
    data: Vec<u8>,
    /// What each local message type is defined as.
    local: Vec<(u16, Vec<[u8; 3]>)>,
    last_timestamp: Option<u32>,
}

impl Encoder {
    /// Returns an encoder of an empty file.
    pub fn new(wire: Wire) -> Self {
        Self {
            wire,
            ..Self::default()
        }
    }

    /// Returns how many bytes of messages there are.
    pub fn len(&self) -> usize {
        self.data.len()
    }

    /// Appends bytes as they are: for faulty files.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.data.extend(bytes);
    }

    /// Writes a message, and its definition first if it is a new one.
    pub fn message(&mut self, message: &Message) {
        let stamp = message
            .fields
            .iter()
            .find_map(|(field, value)| match value {
                V::U32(time) if *field == TIMESTAMP => *time,
                _ => None,
            });
        match (stamp, self.last_timestamp) {
            (Some(now), Some(last))
                if self.wire.compressed_timestamps
                    && message.number == RECORD
                    && (last..last + 32).contains(&now) =>
            {
                let mut short = message.clone();
                short.fields.retain(|(field, _)| *field != TIMESTAMP);
                let local = self.define(&short, 1);
                let offset = (now & 31) as u8;
                self.data.push(0x80 | local << 5 | offset);
                self.write(&short);
            }
            _ => {
                let local = self.define(message, 0);
                self.data.push(local);
                self.write(message);
            }
        }
        self.last_timestamp = stamp.or(self.last_timestamp);
    }

    fn write(&mut self, message: &Message) {
        let big_endian = self.wire.big_endian;
        let own = message.fields.iter().map(|(_, value)| value);
        let developer = message.developer.iter().map(|(_, value, _)| value);
        own.chain(developer)
            .for_each(|value| value.write(big_endian, &mut self.data));
    }

    /// Makes sure that a local type is defined for a message; records have types 0 and 1.
    fn define(&mut self, message: &Message, record_type: usize) -> u8 {
        let local = match message.number {
            RECORD => record_type,
            number => 2 + usize::from(number % 14),
        };
        let wanted = (message.number, message.layout());
        self.local
            .resize(self.local.len().max(local + 1), (u16::MAX, Vec::new()));
        if self.local[local] != wanted {
            self.definition(message, local as u8);
            self.local[local] = wanted;
        }
        local as u8
    }

    fn definition(&mut self, message: &Message, local: u8) {
        let developer = u8::from(!message.developer.is_empty()) << 5;
        let big = self.wire.big_endian;
        let number = if big {
            message.number.to_be_bytes()
        } else {
            message.number.to_le_bytes()
        };
        self.data.extend([
            0x40 | developer | local,
            0,
            u8::from(big),
            number[0],
            number[1],
        ]);
        let layout = message.layout();
        let (own, extra) = layout.split_at(message.fields.len());
        self.data.push(own.len() as u8);
        self.data.extend(own.iter().flatten());
        if !extra.is_empty() {
            self.data.push(extra.len() as u8);
            self.data.extend(extra.iter().flatten());
        }
    }

    /// Returns the file: header, messages, checksum.
    pub fn finish(self) -> Vec<u8> {
        let mut bytes = header(&self.wire, self.data.len() as u32);
        bytes.extend(self.data);
        let sum = checksum(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }
}

/// Returns a file header that announces so many bytes.
pub fn header(wire: &Wire, data_size: u32) -> Vec<u8> {
    let mut bytes = vec![wire.header_size, 0x20, 0x54, 0x08]; // protocol 2.0, profile 21.32
    bytes.extend(data_size.to_le_bytes());
    bytes.extend(b".FIT");
    if wire.header_size > 12 {
        let sum = if wire.header_checksum {
            checksum(&bytes)
        } else {
            0
        };
        bytes.extend(sum.to_le_bytes());
    }
    bytes.resize(usize::from(wire.header_size), 0);
    bytes
}

/// Returns the 16-bit checksum of FIT.
pub fn checksum(bytes: &[u8]) -> u16 {
    const TABLE: [u16; 16] = [
        0x0000, 0xcc01, 0xd801, 0x1400, 0xf001, 0x3c00, 0x2800, 0xe401, 0xa001, 0x6c00, 0x7800,
        0xb401, 0x5000, 0x9c01, 0x8801, 0x4400,
    ];
    let nibble = |sum: u16, half: u8| {
        sum >> 4 & 0x0fff ^ TABLE[usize::from(sum & 15)] ^ TABLE[usize::from(half)]
    };
    bytes
        .iter()
        .fold(0, |sum, byte| nibble(nibble(sum, byte & 15), byte >> 4))
}

//! *Bytes → FIT*: every input is a file in which definitions, messages, fields of developers and chained files
//! are where a reader expects them, so that what is odd about it lies deeper than its framing.

use crate::common::fit_encoder::Encoder;
use crate::common::fit_encoder::Message;
use crate::common::fit_encoder::Value as V;
use crate::common::fit_encoder::Wire;

/// The messages that a reader knows, and two that it does not.
const NUMBERS: [u16; 20] = [
    0, 2, 3, 7, 12, 18, 19, 20, 21, 23, 26, 27, 31, 32, 34, 132, 206, 207, 312, 65_000,
];
/// The fields that records and totals have, and the time of all.
const FIELDS: [u8; 24] = [
    253, 254, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 25, 26, 39, 53, 73, 78, 110, 200,
];
/// The base types, with two that are none.
const TYPES: [u8; 16] = [
    0x00, 0x01, 0x02, 0x83, 0x84, 0x85, 0x86, 0x07, 0x88, 0x89, 0x0a, 0x8b, 0x8c, 0x0d, 0x8e, 0x55,
];
/// 2026-04-01 in seconds since 1989-12-31.
const START_S: u32 = 1_143_964_800;
/// Records of a sound file at most; it stays small enough to be judged often.
const MOST_RECORDS: u32 = 900;

/// Gives choices, byte by byte; zeros when all are used up.
pub struct Choices<'a> {
    rest: &'a [u8],
}

impl<'a> Choices<'a> {
    /// Returns choices.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Returns whether any are left.
    pub fn has_more(&self) -> bool {
        !self.rest.is_empty()
    }

    /// Returns the next byte.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.rest.split_first() else {
            return 0;
        };
        self.rest = rest;
        *first
    }

    /// Returns two bytes as a number.
    pub fn number(&mut self) -> u32 {
        u32::from(self.byte()) << 8 | u32::from(self.byte())
    }

    /// Returns one of some items.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[usize::from(self.byte()) % items.len()]
    }

    /// Returns so many bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.byte()).collect()
    }

    /// Returns all that is left.
    pub fn rest(self) -> &'a [u8] {
        self.rest
    }
}

fn wire(choices: &mut Choices<'_>) -> Wire {
    let bits = choices.byte();
    Wire {
        big_endian: bits & 1 != 0,
        compressed_timestamps: bits & 2 != 0,
        header_size: if bits & 4 != 0 { 12 } else { 14 },
        header_checksum: bits & 8 != 0,
    }
}

/// Returns a sound recording of an activity: times rise, every value is possible.
pub fn sound(choices: &mut Choices<'_>) -> Vec<u8> {
    let mut encoder = Encoder::new(wire(choices));
    let file = [(0, V::Enum(Some(4))), (1, V::U16(Some(1)))];
    encoder.message(&Message::new(0, file.to_vec()));
    let step_s = 1 + u32::from(choices.byte() % 5);
    let count = 1 + choices.number() % MOST_RECORDS;
    let pattern = choices.bytes(16);
    let (mut time_s, mut distance_cm) = (START_S, 0_u32);
    for index in 0..count {
        let odd = u32::from(pattern[index as usize / 60 % pattern.len()]);
        // From a jog to a sprint, in centimetres a second; heart rate follows.
        let speed = 200 + odd * 2;
        let record = [
            (253, V::U32(Some(time_s))),
            (3, V::U8(Some(110 + (odd / 4) as u8))),
            (5, V::U32(Some(distance_cm))),
            (6, V::U16(Some((speed * 10) as u16))),
        ];
        encoder.message(&Message::new(20, record.to_vec()));
        time_s += step_s;
        distance_cm += speed * step_s;
    }
    let session = [
        (253, V::U32(Some(time_s))),
        (2, V::U32(Some(START_S))),
        (5, V::Enum(Some(1))),
        (7, V::U32(Some((time_s - START_S) * 1000))),
    ];
    encoder.message(&Message::new(18, session.to_vec()));
    encoder.finish()
}

/// Returns a chain of files of any messages.
pub fn any(choices: &mut Choices<'_>) -> Vec<u8> {
    let mut chain = Vec::new();
    while choices.has_more() {
        chain.extend(file(choices));
    }
    chain
}

fn file(choices: &mut Choices<'_>) -> Vec<u8> {
    let wire = wire(choices);
    let is_big_endian = wire.big_endian;
    let mut encoder = Encoder::new(wire);
    let kind = choices.byte();
    let kind = if kind < 200 { 4 } else { kind };
    encoder.message(&Message::new(0, vec![(0, V::Enum(Some(kind)))]));
    // How long the messages of each local type are.
    let mut sizes = [None; 16];
    let mut time_s = START_S;
    while choices.has_more() {
        match choices.byte() % 16 {
            0 => return encoder.finish(),
            1..=3 => define(choices, is_big_endian, &mut encoder, &mut sizes),
            4..=8 => {
                let local = choices.byte() & 15;
                if let Some(size) = sizes[usize::from(local)] {
                    encoder.raw(&[local]);
                    encoder.raw(&choices.bytes(size));
                }
            }
            9 => {
                let header = 0x80 | choices.byte();
                if let Some(size) = sizes[usize::from(header >> 5 & 3)] {
                    encoder.raw(&[header]);
                    encoder.raw(&choices.bytes(size));
                }
            }
            10 => encoder.raw(&[choices.byte()]),
            11 => {
                let message = Message::new(choices.pick(&NUMBERS), values(choices));
                // The encoder would not define a type again that was defined behind its back.
                let local = 2 + usize::from(message.number % 14);
                if message.number != 20 && sizes[local].is_none() {
                    encoder.message(&message);
                }
            }
            _ => {
                time_s = time_s.wrapping_add(choices.number() % 300);
                let mut fields = vec![(253, V::U32(Some(time_s)))];
                fields.extend(values(choices));
                encoder.message(&Message::new(20, fields));
            }
        }
    }
    encoder.finish()
}

fn values(choices: &mut Choices<'_>) -> Vec<(u8, V)> {
    let count = choices.byte() % 6;
    let field = |_| {
        let number = choices.pick(&FIELDS);
        let value = match choices.byte() % 7 {
            0 => V::U8(Some(choices.byte())),
            1 => V::U16(Some(choices.number() as u16)),
            2 => V::U32(Some(choices.number() << 16 | choices.number())),
            3 => V::I32(Some((choices.number() << 16 | choices.number()) as i32)),
            4 => V::Enum(Some(choices.byte())),
            5 => {
                let size = usize::from(choices.byte() % 40);
                V::Raw(7, choices.bytes(size))
            }
            _ => {
                let size = usize::from(choices.byte() % 12);
                V::Raw(choices.pick(&TYPES), choices.bytes(size))
            }
        };
        (number, value)
    };
    (0..count).map(field).collect()
}

/// Defines a local type, some fields of developers among its own.
fn define(
    choices: &mut Choices<'_>,
    is_big_endian: bool,
    encoder: &mut Encoder,
    sizes: &mut [Option<usize>; 16],
) {
    let bits = choices.byte();
    // Types 0 and 1 are those of the encoder's records.
    let (local, developer) = (2 + (bits & 15) % 14, bits & 0x20);
    let number = choices.pick(&NUMBERS);
    let number = match is_big_endian {
        true => number.to_be_bytes(),
        false => number.to_le_bytes(),
    };
    let count = choices.byte() % 12;
    let mut size = 0;
    encoder.raw(&[0x40 | developer | local, 0, u8::from(is_big_endian)]);
    encoder.raw(&number);
    encoder.raw(&[count]);
    for _ in 0..count {
        let field = [
            choices.pick(&FIELDS),
            choices.byte() % 9,
            choices.pick(&TYPES),
        ];
        size += usize::from(field[1]);
        encoder.raw(&field);
    }
    if developer != 0 {
        let count = choices.byte() % 4;
        encoder.raw(&[count]);
        for _ in 0..count {
            let field = [choices.byte() % 4, choices.byte() % 9, choices.byte() % 3];
            size += usize::from(field[1]);
            encoder.raw(&field);
        }
    }
    sizes[usize::from(local)] = Some(size);
}

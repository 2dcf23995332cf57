//! Builds FIT files for tests, one message at a time.

use super::crc::checksum;
use super::definition::Definition;

/// Returns a little-endian definition with the given (number, size, base type) fields.
pub(super) fn definition(global: u16, fields: &[(u8, u8, u8)]) -> Definition {
    let bytes = definition_bytes(global, fields, false);
    Definition::read(&bytes, false)
        .expect("a whole definition")
        .0
}

fn definition_bytes(global: u16, fields: &[(u8, u8, u8)], big_endian: bool) -> Vec<u8> {
    let mut bytes = vec![0, u8::from(big_endian)];
    bytes.extend(if big_endian {
        global.to_be_bytes()
    } else {
        global.to_le_bytes()
    });
    bytes.push(u8::try_from(fields.len()).expect("at most 255 fields"));
    for (number, size, base_type) in fields {
        bytes.extend([*number, *size, *base_type]);
    }
    bytes
}

/// A FIT file being built.
#[derive(Clone, Debug, Default)]
pub(super) struct Builder {
    /// The messages so far.
    pub(super) data: Vec<u8>,
}

impl Builder {
    pub(super) fn define(mut self, local: u8, global: u16, fields: &[(u8, u8, u8)]) -> Self {
        self.data.push(0x40 | local);
        self.data.extend(definition_bytes(global, fields, false));
        self
    }

    pub(super) fn define_big(mut self, local: u8, global: u16, fields: &[(u8, u8, u8)]) -> Self {
        self.data.push(0x40 | local);
        self.data.extend(definition_bytes(global, fields, true));
        self
    }

    /// Defines a message with developer fields, given as (number, size, developer index).
    pub(super) fn define_with_developer(
        mut self,
        local: u8,
        global: u16,
        fields: &[(u8, u8, u8)],
        developer_fields: &[(u8, u8, u8)],
    ) -> Self {
        self.data.push(0x60 | local);
        self.data.extend(definition_bytes(global, fields, false));
        self.data
            .push(u8::try_from(developer_fields.len()).expect("at most 255 fields"));
        for (number, size, index) in developer_fields {
            self.data.extend([*number, *size, *index]);
        }
        self
    }

    /// Adds a data message.
    pub(super) fn data(mut self, local: u8, parts: &[&[u8]]) -> Self {
        self.data.push(local);
        parts.iter().for_each(|part| self.data.extend(*part));
        self
    }

    /// Adds whatever bytes.
    pub(super) fn raw(mut self, bytes: &[u8]) -> Self {
        self.data.extend(bytes);
        self
    }

    /// Adds the head of an activity file.
    pub(super) fn file_id(self, kind: u8) -> Self {
        self.define(0, 0, &[(0, 1, 0), (1, 2, 0x84), (2, 2, 0x84)])
            .data(0, &[&[kind], &1_u16.to_le_bytes(), &3076_u16.to_le_bytes()])
    }

    /// Adds a session of `elapsed_s` seconds with a sport.
    pub(super) fn session(self, start: u32, elapsed_s: u32, sport: u8) -> Self {
        self.session_written(start, elapsed_s, sport, start + elapsed_s)
    }

    /// Adds a session that was written at some time.
    pub(super) fn session_written(
        self,
        start: u32,
        elapsed_s: u32,
        sport: u8,
        written: u32,
    ) -> Self {
        self.define(
            1,
            18,
            &[(253, 4, 0x86), (2, 4, 0x86), (7, 4, 0x86), (5, 1, 0)],
        )
        .data(
            1,
            &[
                &written.to_le_bytes(),
                &start.to_le_bytes(),
                &(elapsed_s * 1000).to_le_bytes(),
                &[sport],
            ],
        )
    }

    /// Defines records with time, heart rate and distance as local type 2.
    pub(super) fn define_records(self) -> Self {
        self.define(2, 20, &[(253, 4, 0x86), (3, 1, 2), (5, 4, 0x86)])
    }

    /// Adds a record of [`Builder::define_records`].
    pub(super) fn record(self, time: u32, heart_rate: u8, distance_cm: u32) -> Self {
        self.data(
            2,
            &[
                &time.to_le_bytes(),
                &[heart_rate],
                &distance_cm.to_le_bytes(),
            ],
        )
    }

    /// Adds `count` records, one a second.
    pub(super) fn records(self, start: u32, count: u32) -> Self {
        (0..count).fold(self.define_records(), |file, second| {
            file.record(start + second, 150, second * 300)
        })
    }

    /// Returns the file with a 14-byte header and right checksums.
    pub(super) fn build(&self) -> Vec<u8> {
        let size = u32::try_from(self.data.len()).expect("a small file");
        let mut bytes = vec![14, 0x20, 0x54, 0x08];
        bytes.extend(size.to_le_bytes());
        bytes.extend(b".FIT");
        bytes.extend(checksum(&bytes).to_le_bytes());
        bytes.extend(&self.data);
        bytes.extend(checksum(&bytes).to_le_bytes());
        bytes
    }
}

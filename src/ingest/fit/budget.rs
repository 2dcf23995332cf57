//! Bounds the work that one input may cause, whatever its bytes are.

/// At most so many messages are read: 35 days at one record a second, and as many others.
///
/// Judged from measurements of time and memory.
pub(super) const MAX_MESSAGES: u64 = 5_000_000;

/// At most so many fields are looked at, in all messages together.
///
/// Judged from measurements of time and memory.
pub(super) const MAX_WORK: u64 = 200_000_000;

/// What the frame of one file of a chain costs, in messages: judged from the memory it takes.
const FILE_COST: u64 = 1_000;

/// How many bytes can be summed in the time that a field takes: judged from measurements.
const BYTES_PER_FIELD: usize = 16;

/// What has been spent so far.
#[derive(Debug, Default)]
pub(super) struct Budget {
    messages: u64,
    work: u64,
}

impl Budget {
    /// Pays for one message.
    #[inline]
    pub(super) fn spend(&mut self, fields: usize) {
        self.messages += 1;
        self.work += fields as u64;
    }

    /// Pays for opening one file of a chain, of which so many bytes were scanned.
    pub(super) fn spend_file(&mut self, scanned: usize) {
        self.messages += FILE_COST;
        self.work += (scanned / BYTES_PER_FIELD) as u64;
    }

    /// Returns whether nothing is left.
    #[inline]
    pub(super) fn is_spent(&self) -> bool {
        self.messages >= MAX_MESSAGES || self.work >= MAX_WORK
    }
}

//! The input on its way to the parser: valid UTF-8, and no event without an end.

use std::io::BufRead;
use std::io::Read;

/// The input is taken in blocks of this size.
///
/// # Units
/// Bytes. Chosen: a few hundred records.
const BLOCK_BYTES: usize = 128 << 10;
/// Longest tag, text or document type that is read: the parser holds one whole.
///
/// # Units
/// Bytes. The document type of real exports has 10 kB, a record under 2 kB.
pub(super) const MAX_EVENT_BYTES: usize = 4 << 20;
/// What stands in for bytes that are no UTF-8.
const STAND_IN: u8 = b'?';

/// The message of the error at an event that is too long.
pub(super) const TOO_LONG: &str = "a tag or text that is too long";

/// An input of which only valid UTF-8 is handed on; other bytes become question marks, one each.
pub(super) struct Guarded<R> {
    input: R,
    block: Vec<u8>,
    /// Where the parser is in the block.
    at: usize,
    /// Up to where the block is valid.
    valid: usize,
    /// Up to where the block is filled: what is between begins a character that is not yet whole.
    filled: usize,
    /// How much the parser took since the last event began.
    of_event: usize,
    /// How many bytes were no UTF-8.
    pub(super) replaced: usize,
}

impl<R: Read> Guarded<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            block: vec![0; BLOCK_BYTES],
            at: 0,
            valid: 0,
            filled: 0,
            of_event: 0,
            replaced: 0,
        }
    }

    /// Lets the next event be as long as any.
    pub(super) fn begin_event(&mut self) {
        self.of_event = 0;
    }

    /// Takes more of the input, and returns how much; at its end what is left of a character is handed on.
    fn refill(&mut self) -> std::io::Result<usize> {
        self.block.copy_within(self.valid..self.filled, 0);
        self.filled -= self.valid;
        (self.at, self.valid) = (0, 0);
        let read = self.input.read(&mut self.block[self.filled..])?;
        self.filled += read;
        self.validate(read == 0);
        Ok(read)
    }

    /// Finds how much of the block is whole characters; at the end of the input all of it is made so.
    fn validate(&mut self, is_end: bool) {
        while let Err(error) = std::str::from_utf8(&self.block[self.valid..self.filled]) {
            let from = self.valid + error.valid_up_to();
            let length = match error.error_len() {
                Some(length) => length,
                None if is_end => self.filled - from,
                None => {
                    self.valid = from;
                    return;
                }
            };
            self.block[from..from + length].fill(STAND_IN);
            self.replaced += length;
            self.valid = from + length;
        }
        self.valid = self.filled;
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let from = self.fill_buf()?;
        let length = from.len().min(into.len());
        into[..length].copy_from_slice(&from[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Guarded<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.of_event > MAX_EVENT_BYTES {
            return Err(std::io::Error::other(TOO_LONG));
        }
        // A block may hold nothing but the beginning of a character.
        while self.at == self.valid {
            if self.refill()? == 0 {
                break;
            }
        }
        Ok(&self.block[self.at..self.valid])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
        self.of_event += amount;
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at a surprise")]

    use super::*;

    /// An input that hands out a byte at a time.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else {
                return Ok(0);
            };
            into[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn read(bytes: &[u8]) -> (String, usize) {
        let mut guarded = Guarded::new(Drops(bytes));
        let mut text = String::new();
        guarded.read_to_string(&mut text).unwrap();
        (text, guarded.replaced)
    }

    #[test]
    fn only_whole_characters_are_handed_on() {
        assert_eq!(
            read("Läufer 跑步".as_bytes()),
            ("Läufer 跑步".to_owned(), 0)
        );
        assert_eq!(read(b"L\xe4ufer \xe8\xb7"), ("L?ufer ??".to_owned(), 3));
        assert_eq!(read(b""), (String::new(), 0));
    }

    #[test]
    fn an_event_without_an_end_is_refused() {
        let mut guarded = Guarded::new(std::io::repeat(b'x'));
        let mut taken = 0;
        let error = loop {
            match guarded.fill_buf().map(<[u8]>::len) {
                Ok(length) => {
                    guarded.consume(length);
                    taken += length;
                }
                Err(error) => break error,
            }
        };
        assert_eq!(error.to_string(), TOO_LONG);
        assert!(taken <= MAX_EVENT_BYTES + BLOCK_BYTES);
        guarded.begin_event();
        assert!(guarded.fill_buf().is_ok());
    }
}

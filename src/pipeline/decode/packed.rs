//! Where the bytes of a file are before they are unpacked.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use crate::ingest::archive;
use crate::ingest::archive::Member;
use crate::pipeline::unreadable::unreadable;

/// Where packed bytes are.
pub(in crate::pipeline) enum Packed<'a> {
    /// In memory.
    Bytes(Vec<u8>),
    /// In a file, of which some entries are left out when it is an archive.
    File(&'a Path, &'a [&'a str]),
}

impl Packed<'_> {
    /// Hands out the members, or says why the file cannot be read.
    pub(super) fn unpack(self, take: &mut dyn FnMut(Member)) -> Result<(), String> {
        match self {
            Packed::Bytes(bytes) => archive::unpack(bytes, take),
            Packed::File(path, without) => File::open(path)
                .map(BufReader::new)
                .and_then(|file| archive::unpack_file(file, &|name| !without.contains(&name), take))
                .map_err(|error| unreadable(&error))?,
        }
        Ok(())
    }
}

//! The exports of a made-up season, packed.

use std::io::Read;

use anyhow::Context;
use flate2::read::GzDecoder;

/// The season of `fixtures/season`. `tests/common/season_pack.rs` writes it and tells its form.
const PACKED: &[u8] = include_bytes!("../../../fixtures/season.pack");

/// The race at its end.
pub(super) const RACE: &str = "2026-05/2026-05-24.fit";

/// One export.
pub(super) struct Export {
    /// Where it lies below the folder of the season, with `/`.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}

/// Unpacks every export of the season.
///
/// # Errors
/// When the program is damaged.
pub(super) fn files() -> anyhow::Result<Vec<Export>> {
    unpack().context("the season in the program is damaged; install hardeasy again")
}

fn unpack() -> anyhow::Result<Vec<Export>> {
    let mut all = Vec::new();
    GzDecoder::new(PACKED).read_to_end(&mut all)?;
    let end = all.windows(2).position(|pair| pair == b"\n\n");
    let end = end.context("no end of the list of files")?;
    let (list, columns) = (std::str::from_utf8(&all[..end])?, &all[end + 2..]);
    let mut from = 0;
    let mut files = Vec::new();
    for line in list.lines() {
        let [path, length, stride] = line.split(' ').collect::<Vec<_>>()[..] else {
            anyhow::bail!("expected a path and two numbers, found {line:?}");
        };
        let to = from + length.parse::<usize>()?;
        let own = columns.get(from..to).context("less than the list says")?;
        files.push(Export {
            path: path.to_owned(),
            bytes: restored(own, stride.parse()?),
        });
        from = to;
    }
    Ok(files)
}

/// Puts a file together of its columns: every byte is stored as the difference to the one a record
/// before, and the bytes at one place of all records lie together.
fn restored(columns: &[u8], stride: usize) -> Vec<u8> {
    let mut bytes = vec![0_u8; columns.len()];
    let mut columns = columns.iter();
    for first in 0..stride.min(bytes.len()) {
        let mut before = 0_u8;
        for (byte, difference) in bytes[first..].iter_mut().step_by(stride).zip(&mut columns) {
            before = before.wrapping_add(*difference);
            *byte = before;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Content;
    use crate::ingest::Format;
    use crate::ingest::detect;

    #[test]
    fn the_season_unpacks_to_exports() -> anyhow::Result<()> {
        let files = files()?;
        assert!(files.iter().any(|file| file.path == RACE));
        for Export { path, bytes } in files {
            assert_eq!(detect(&bytes), Content::Export(Format::Fit), "{path}");
        }
        Ok(())
    }
}

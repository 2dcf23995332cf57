//! Entries of a zip archive that share bytes, as in one made to explode.

use std::collections::BTreeSet;

use ::zip::ZipArchive;

use crate::ingest::archive::member::Bytes;

/// Length of a local header without its name, in bytes: the least that an entry takes.
const LOCAL_HEADER_BYTES: u64 = 30;

/// Finds the entries whose bytes belong to another entry too, as in an archive made to explode.
pub(super) fn overlapping(archive: &ZipArchive<Box<dyn Bytes>>) -> BTreeSet<usize> {
    let mut spans: Vec<(u64, u64, usize)> = (0..archive.len())
        .filter_map(|index| {
            let entry = archive.by_index_data(index).ok()?;
            let start = entry.header_start();
            let length = LOCAL_HEADER_BYTES.saturating_add(entry.compressed_size());
            Some((start, start.saturating_add(length), index))
        })
        .collect();
    spans.sort_unstable();
    let mut overlapping = BTreeSet::new();
    let mut furthest: Option<(u64, usize)> = None;
    for (start, end, index) in spans {
        if let Some((reached, holder)) = furthest
            && start < reached
        {
            overlapping.extend([holder, index]);
        }
        if furthest.is_none_or(|(reached, _)| end > reached) {
            furthest = Some((end, index));
        }
    }
    overlapping
}

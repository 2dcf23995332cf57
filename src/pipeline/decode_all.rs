//! Takes files through all per-file stages, in parallel, unless it is known what they yield.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use rayon::iter::IndexedParallelIterator;
use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;

use super::Options;
use super::cache::Cache;
use super::companions::Companions;
use super::decode::Context;
use super::decode::Decoded;
use super::decode::decode;
use super::health::Health;
use super::settings_files::Said;
use super::walk::FileToRead;

/// Decodes all files, in parallel, results in order.
pub(super) fn decode_all(
    files: &[FileToRead],
    options: &Options,
    said: &BTreeMap<Option<String>, Said>,
    (companions, health): (&BTreeMap<Option<String>, Companions>, &Health),
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Decoded> {
    let done = AtomicUsize::new(0);
    let found = AtomicUsize::new(0);
    let cache = Cache::open(files, options);
    // The largest first, so that no thread is left alone with one of them at the end.
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by_cached_key(|place| Reverse(bytes(&files[*place])));
    let mut decoded: Vec<(usize, Decoded)> = order
        .into_par_iter()
        .with_max_len(1)
        .map(|place| {
            let file = &files[place];
            let said = said.get(&file.athlete).or_else(|| said.get(&None));
            let companions = companions.get(&file.athlete);
            let context = Context::new(file, options, said, (companions, health, &found));
            let mut decoded = cache.decoded(file, &context, || decode(file, &context));
            // They are answered.
            decoded.questions = Vec::new();
            decoded.lines.shrink_to_fit();
            decoded.found.shrink_to_fit();
            decoded.exports.shrink_to_fit();
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, files.len());
            (place, decoded)
        })
        .collect();
    cache.write();
    decoded.sort_by_key(|(place, _)| *place);
    decoded.into_iter().map(|(_, decoded)| decoded).collect()
}

/// Returns the size of a file; 0 for what has none.
fn bytes(file: &FileToRead) -> u64 {
    let found = file.path.as_ref().and_then(|path| path.metadata().ok());
    found.map_or(0, |found| found.len())
}

//! Takes files through all per-file stages, in parallel, unless it is known what they yield.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use rayon::iter::IntoParallelRefIterator;
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
    let decoded = files
        .par_iter()
        .map(|file| {
            let said = said.get(&file.athlete).or_else(|| said.get(&None));
            let companions = companions.get(&file.athlete);
            let context = Context::new(file, options, said, (companions, health, &found));
            let decoded = cache.decoded(file, &context, || decode(file, &context));
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, files.len());
            decoded
        })
        .collect();
    cache.write();
    decoded
}

//! Decodes files again for what needs streams: charts, samples, tracks.

use std::collections::BTreeMap;

use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;

use super::Outcome;
use super::content_hash;
use super::decode;
use super::outcome::Location;
use crate::classification::Session;
use crate::ingest;
use crate::ingest::Content;
use crate::ingest::Strictness;
use crate::segmentation;
use crate::streams;
use crate::streams::Streams;

/// What is done with the session at an index and its streams.
pub type Work<'a, T> = dyn Fn(usize, &Session, Option<&Streams>) -> T + Sync + 'a;

/// Calls `work` for each session with its streams, files in parallel, and returns the results in
/// the order of [`Outcome::sessions`].
///
/// Streams are absent when the session comes from a stored document only, or when its export cannot
/// be read again or is another one by now: [`Outcome::has_export`] tells the two apart.
pub fn visit_streams<T: Send>(outcome: &Outcome, work: &Work<'_, T>) -> Vec<T> {
    visit_streams_where(outcome, &|_| true, work)
}

/// The same for the sessions at chosen indices only; files without any are not read.
pub fn visit_streams_where<T: Send>(
    outcome: &Outcome,
    is_chosen: &dyn Fn(usize) -> bool,
    work: &Work<'_, T>,
) -> Vec<T> {
    let mut by_file: BTreeMap<Option<&Location>, Vec<(usize, &Session)>> = BTreeMap::new();
    let sessions = outcome.sessions.iter().enumerate();
    for (index, session) in sessions.filter(|(index, _)| is_chosen(*index)) {
        by_file
            .entry(outcome.locations.get(&session.head.source.sha256))
            .or_default()
            .push((index, session));
    }
    let mut results: Vec<(usize, T)> = by_file
        .into_par_iter()
        .flat_map_iter(|(location, wanted)| {
            let bytes = match location {
                Some(Location::File(path)) => decode::read_file(path).unwrap_or_default(),
                Some(Location::StandardInput) => outcome.standard_input.clone().unwrap_or_default(),
                None => Vec::new(),
            };
            visit_file(bytes, &wanted, work)
        })
        .collect();
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn visit_file<T: Send>(
    bytes: Vec<u8>,
    wanted: &[(usize, &Session)],
    work: &Work<'_, T>,
) -> Vec<(usize, T)> {
    let found = decode::members(bytes, &|member| {
        let Ok(bytes) = member.bytes else {
            return Vec::new();
        };
        let sha256 = content_hash(&bytes);
        let here: Vec<_> = wanted
            .iter()
            .filter(|(_, session)| session.head.source.sha256 == sha256)
            .collect();
        if here.is_empty() {
            return Vec::new();
        }
        here.into_iter()
            .map(|(index, session)| {
                (
                    *index,
                    work(*index, session, streams_of(&bytes, session).as_ref()),
                )
            })
            .collect()
    });
    let mut results: Vec<(usize, T)> = Vec::new();
    for (index, result) in found.into_iter().flatten() {
        // The same content may lie in an archive twice.
        if results.iter().all(|(other, _)| *other != index) {
            results.push((index, result));
        }
    }
    for (index, session) in wanted {
        if results.iter().all(|(other, _)| other != index) {
            results.push((*index, work(*index, session, None)));
        }
    }
    results
}

fn streams_of(bytes: &[u8], session: &Session) -> Option<Streams> {
    let Content::Export(format) = ingest::detect(bytes) else {
        return None;
    };
    let mut activities = ingest::read(bytes, format, Strictness::Lenient).ok()?;
    let activity = match &mut activities[..] {
        [only] => only,
        several => several.get_mut(session.head.source.number?.get() - 1)?,
    };
    // What could not be changed was told when the session was made.
    let _ = session.head.changes.apply(activity);
    let own = session.segments.iter();
    let own = own.filter(|one| segmentation::is_marked(one));
    let said = segmentation::said_by(own.map(|one| (one.kind, one.start_s, one.end_s)));
    Some(streams::resample_marked(activity, &said))
}

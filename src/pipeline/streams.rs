//! Decodes files again for what needs streams: charts, samples, tracks.

use std::collections::BTreeMap;

use rayon::iter::IntoParallelIterator;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use super::Outcome;
use super::content_hash;
use super::decode;
use super::decode::Packed;
use super::outcome::Location;
use crate::classification::Session;
use crate::ingest;
use crate::ingest::Activity;
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
            let (workouts, wanted): (Vec<_>, Vec<_>) = wanted
                .into_iter()
                .partition(|(_, session)| outcome.health.has(&session.head.source.sha256));
            let mut results = visit_workouts(outcome, &workouts, work);
            if wanted.is_empty() {
                return results;
            }
            let packed = match location {
                Some(Location::File(path)) => Packed::File(path, &[]),
                Some(Location::StandardInput) => {
                    Packed::Bytes(outcome.standard_input.clone().unwrap_or_default())
                }
                None => Packed::Bytes(Vec::new()),
            };
            results.extend(visit_file(packed, &wanted, work));
            results
        })
        .collect();
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Visits workouts of Apple Health, in parallel: their export is in memory, their routes are read again.
fn visit_workouts<T: Send>(
    outcome: &Outcome,
    wanted: &[(usize, &Session)],
    work: &Work<'_, T>,
) -> Vec<(usize, T)> {
    let visit = |(index, session): &(usize, &Session)| {
        let activity = outcome.health.activity(&session.head.source.sha256);
        let streams = activity.map(|mut activity| resampled(&mut activity, session));
        (*index, work(*index, session, streams.as_ref()))
    };
    wanted.par_iter().map(visit).collect()
}

/// Sessions whose results are held at once by [`visit_streams_in_turn`].
///
/// Chosen: some 60 MB of samples, and enough for all threads; an archive is read once for so many of its
/// runs.
const IN_TURN: usize = 64;

/// Calls `work` for each session with its streams, some files in parallel, and hands the results to `take`
/// in the order of [`Outcome::sessions`], so that only those of a few sessions are held at a time.
///
/// # Errors
/// The first of `take`, which ends the visit.
pub fn visit_streams_in_turn<T: Send, E>(
    outcome: &Outcome,
    work: &Work<'_, T>,
    take: &mut dyn FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    for first in (0..outcome.sessions.len()).step_by(IN_TURN) {
        let turn = first..first + IN_TURN;
        let results = visit_streams_where(outcome, &|index| turn.contains(&index), work);
        results.into_iter().try_for_each(&mut *take)?;
    }
    Ok(())
}

fn visit_file<T: Send>(
    packed: Packed<'_>,
    wanted: &[(usize, &Session)],
    work: &Work<'_, T>,
) -> Vec<(usize, T)> {
    let mut by_hash: BTreeMap<&str, Vec<&(usize, &Session)>> = BTreeMap::new();
    for one in wanted {
        let sha256 = one.1.head.source.sha256.as_str();
        by_hash.entry(sha256).or_default().push(one);
    }
    let found = decode::members(packed, &|member| {
        let Ok(bytes) = member.bytes else {
            return Vec::new();
        };
        let here = by_hash.get(content_hash(&bytes).as_str());
        let here = here.into_iter().flatten();
        here.map(|(index, session)| {
            let streams = streams_of(&bytes, session);
            (*index, work(*index, session, streams.as_ref()))
        })
        .collect()
    });
    // The same content may lie in an archive twice; of a file that cannot be read again there is none.
    let mut results = BTreeMap::new();
    for (index, result) in found.unwrap_or_default().into_iter().flatten() {
        results.entry(index).or_insert(result);
    }
    for (index, session) in wanted {
        let without = || work(*index, session, None);
        results.entry(*index).or_insert_with(without);
    }
    results.into_iter().collect()
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
    Some(resampled(activity, session))
}

/// Returns the streams of an activity, changed and marked as its session says.
fn resampled(activity: &mut Activity, session: &Session) -> Streams {
    // What could not be changed was told when the session was made.
    let _ = session.head.changes.apply(activity);
    let own = session.segments.iter();
    let own = own.filter(|one| segmentation::is_marked(one));
    let said = segmentation::said_by(own.map(|one| (one.kind, one.start_s, one.end_s)));
    streams::resample_marked(activity, &said)
}

//! Best efforts of a block, and how the reference values changed over it.

use std::collections::BTreeMap;

use chrono::Days;

use crate::history::References;
use crate::review::BlockBest;
use crate::review::ReferenceChange;
use crate::review::block::Block;
use crate::review::block::Entry;

/// Best efforts of the block are compared with those of so many days before it.
///
/// # Units
/// Days: a year.
pub const COMPARED_DAYS: u64 = 365;

/// Returns the fastest effort over each distance, and the fastest of the year before the
/// block.
pub(super) fn bests(block: &Block<'_>) -> Vec<BlockBest> {
    let Some(span) = block.span else {
        return Vec::new();
    };
    let since = span.from.checked_sub_days(Days::new(COMPARED_DAYS));
    let before = block.before.iter().filter(|run| run.is_run());
    let before = fastest(before.filter(|run| since.is_none_or(|day| run.day >= day)));
    fastest(block.runs())
        .into_iter()
        .map(|(millimetres, (time_s, run))| BlockBest {
            distance_m: millimetres as f64 / 1000.0,
            time_s,
            id: run.id.clone(),
            day: run.day,
            before_s: before.get(&millimetres).map(|(time_s, _)| *time_s),
        })
        .collect()
}

/// Returns the fastest time over each distance, by millimetres.
#[expect(
    clippy::cast_possible_truncation,
    reason = "distances are at most a marathon"
)]
fn fastest<'e, 'a: 'e>(
    runs: impl Iterator<Item = &'e Entry<'a>>,
) -> BTreeMap<i64, (f64, &'e Entry<'a>)> {
    let mut fastest: BTreeMap<i64, (f64, &Entry<'_>)> = BTreeMap::new();
    for run in runs {
        for effort in &run.session.best_efforts {
            let Some(time_s) = effort.known_elapsed_s() else {
                continue;
            };
            let distance = (effort.distance_m * 1000.0).round() as i64;
            let best = fastest.entry(distance).or_insert((time_s, run));
            if time_s < best.0 {
                *best = (time_s, run);
            }
        }
    }
    fastest
}

/// Returns the reference values with which the first and the last run of the block were judged.
pub(super) fn reference_changes(block: &Block<'_>) -> Vec<ReferenceChange> {
    let (Some(first), Some(last)) = (block.runs().next(), block.runs().last()) else {
        return Vec::new();
    };
    References::KINDS
        .iter()
        .map(|kind| ReferenceChange {
            name: kind.key.to_owned(),
            first: (kind.of)(&first.session.references).map(|reference| reference.value),
            last: (kind.of)(&last.session.references).map(|reference| reference.value),
        })
        .filter(|change| change.first.is_some() || change.last.is_some())
        .collect()
}

//! Puts records in order: stale ones out, sorted, those of the same second merged.

use std::ops::Range;

use crate::channel::Channel;
use crate::ingest::Warning;
use crate::units::plural;

use super::table::Column;
use super::table::RecordTable;

/// A step ahead of more than this begins a new cluster of records: judgement, one day.
const MAX_AHEAD_S: i64 = 86_400;

/// A step back of more than this begins a new cluster of records; less is only disorder.
/// Judgement: half a minute, more than any device holds records back.
const MAX_BACK_S: i64 = 30;

/// A cluster apart from the largest one is stale when it has less than this share of its records.
/// Judgement: clocks are wrong for a few records, not for long.
const STALE_SHARE: f64 = 0.1;

/// The same for a cluster whose times overlap those of the largest one: mixing in records of a
/// wrong clock would spoil good ones.
const STALE_OVERLAP_SHARE: f64 = 0.5;

/// With more clusters than this the device simply writes in batches, and all are kept: judgement.
const MAX_CLOCK_JUMPS: usize = 4;

/// One moment of an activity and the records that were made at it.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    /// Seconds since the FIT epoch.
    pub(super) time: u32,
    /// The records, as a range of [`Timeline::rows`].
    rows: Range<usize>,
}

/// The moments of a file, strictly increasing.
#[derive(Clone, Debug, Default)]
pub(super) struct Timeline {
    pub(super) moments: Vec<Moment>,
    rows: Vec<usize>,
}

impl Timeline {
    /// Puts the records of a table in order and says what had to be done.
    pub(super) fn new(table: &RecordTable, warnings: &mut Vec<Warning>) -> Self {
        let timed: Vec<(u32, usize)> = table
            .times()
            .iter()
            .enumerate()
            .filter_map(|(row, time)| Some(((*time)?, row)))
            .collect();
        note(warnings, table.len() - timed.len(), "W-fit-no-time", |n| {
            format!("{} dropped without a valid time", plural(n, "record"))
        });
        let mut kept = without_stale(&timed);
        note(warnings, timed.len() - kept.len(), "W-fit-stale", |n| {
            format!(
                "{} excluded: the clock was wrong and then set",
                plural(n, "record")
            )
        });
        let back = kept.windows(2).filter(|pair| pair[1].0 < pair[0].0).count();
        note(warnings, back, "W-fit-time-back", |n| {
            format!(
                "time goes back {}; the records were sorted",
                plural(n, "time")
            )
        });
        if back > 0 {
            kept.sort_by_key(|(time, _)| *time);
        }
        let timeline = Self::merged(&kept);
        let merged = kept.len() - timeline.moments.len();
        note(warnings, merged, "W-fit-merged", |n| {
            format!(
                "{} merged with another of the same second",
                plural(n, "record")
            )
        });
        timeline
    }

    /// Joins sorted records of the same time.
    fn merged(sorted: &[(u32, usize)]) -> Self {
        let mut timeline = Self {
            moments: Vec::with_capacity(sorted.len()),
            rows: sorted.iter().map(|(_, row)| *row).collect(),
        };
        for (index, (time, _)) in sorted.iter().enumerate() {
            match timeline.moments.last_mut() {
                Some(last) if last.time == *time => last.rows.end = index + 1,
                _ => timeline.moments.push(Moment {
                    time: *time,
                    rows: index..index + 1,
                }),
            }
        }
        timeline
    }

    /// Returns the moments in a half-open span of time.
    pub(super) fn between(&self, from: u32, until: u32) -> &[Moment] {
        let start = self.moments.partition_point(|moment| moment.time < from);
        let end = self.moments.partition_point(|moment| moment.time < until);
        &self.moments[start..end.max(start)]
    }

    /// Returns the value at a moment: the last valid one of its records.
    pub(super) fn value(
        &self,
        table: &RecordTable,
        column: Column,
        moment: &Moment,
    ) -> Option<f64> {
        self.rows[moment.rows.clone()]
            .iter()
            .rev()
            .find_map(|row| table.get(column, *row))
    }

    /// Returns one column at some moments; empty when the quantity was never recorded.
    pub(super) fn channel(
        &self,
        table: &RecordTable,
        column: Column,
        moments: &[Moment],
    ) -> Channel {
        if table.has(column) {
            moments
                .iter()
                .map(|moment| self.value(table, column, moment))
                .collect()
        } else {
            Channel::default()
        }
    }

    /// Returns a column that is given as rows and values.
    pub(super) fn scattered(&self, values: &[(usize, f64)], moments: &[Moment]) -> Channel {
        let find = |row: usize| {
            let index = values.binary_search_by_key(&row, |(row, _)| *row).ok()?;
            Some(values[index].1)
        };
        moments
            .iter()
            .map(|moment| {
                self.rows[moment.rows.clone()]
                    .iter()
                    .rev()
                    .find_map(|row| find(*row))
            })
            .collect()
    }
}

/// Adds a warning when something happened at least once.
pub(super) fn note(
    warnings: &mut Vec<Warning>,
    count: usize,
    code: &str,
    text: impl FnOnce(usize) -> String,
) {
    if count > 0 {
        warnings.push(Warning::new(code, text(count)));
    }
}

/// Leaves out the records that were made while the clock was wrong.
fn without_stale(timed: &[(u32, usize)]) -> Vec<(u32, usize)> {
    let clusters = clusters(timed);
    let Some(main) = clusters.iter().rev().max_by_key(|cluster| cluster.len()) else {
        return Vec::new();
    };
    if clusters.len() == 1 {
        return timed.to_vec();
    }
    let is_in_batches = clusters.len() > MAX_CLOCK_JUMPS;
    clusters
        .iter()
        .filter(|cluster| *cluster == main || !is_stale(timed, cluster, main, is_in_batches))
        .flat_map(|cluster| timed[cluster.clone()].iter().copied())
        .collect()
}

/// Splits records where the clock jumps.
fn clusters(timed: &[(u32, usize)]) -> Vec<Range<usize>> {
    let mut clusters = Vec::new();
    let mut start = 0;
    for index in 1..timed.len() {
        let step_s = i64::from(timed[index].0) - i64::from(timed[index - 1].0);
        if !(-MAX_BACK_S..=MAX_AHEAD_S).contains(&step_s) {
            clusters.push(start..index);
            start = index;
        }
    }
    if start < timed.len() {
        clusters.push(start..timed.len());
    }
    clusters
}

/// Returns whether a cluster of records was made while the clock was wrong.
fn is_stale(
    timed: &[(u32, usize)],
    cluster: &Range<usize>,
    main: &Range<usize>,
    is_in_batches: bool,
) -> bool {
    let (first, last) = span(timed, cluster);
    let (main_first, main_last) = span(timed, main);
    let overlaps = first <= main_last && main_first <= last;
    let share = cluster.len() as f64 / main.len() as f64;
    if overlaps {
        !is_in_batches && share < STALE_OVERLAP_SHARE
    } else {
        share < STALE_SHARE
    }
}

/// Returns the first and the last time of a cluster.
fn span(timed: &[(u32, usize)], cluster: &Range<usize>) -> (u32, u32) {
    let times = timed[cluster.clone()].iter().map(|(time, _)| *time);
    (
        times.clone().min().unwrap_or_default(),
        times.max().unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timed(times: impl IntoIterator<Item = u32>) -> Vec<(u32, usize)> {
        times
            .into_iter()
            .enumerate()
            .map(|(row, time)| (time, row))
            .collect()
    }

    #[test]
    fn a_stale_head_is_left_out() {
        let six_days = 6 * 86_400;
        let all = timed((0..11).chain(six_days..six_days + 600));
        assert_eq!(without_stale(&all), all[11..]);
    }

    #[test]
    fn a_head_of_a_clock_that_was_ahead_is_left_out() {
        let all = timed((3_600..3_610).chain(100..4_000));
        assert_eq!(without_stale(&all), all[10..]);
    }

    #[test]
    fn a_long_pause_and_small_disorder_are_kept() {
        let all = timed((0..600).chain(100_000..100_600).chain([100_590]));
        assert_eq!(without_stale(&all), all);
    }

    #[test]
    fn equal_times_are_one_moment() {
        let timeline = Timeline::merged(&timed([5, 5, 6]));
        let times: Vec<u32> = timeline.moments.iter().map(|moment| moment.time).collect();
        assert_eq!(times, [5, 6]);
        assert_eq!(timeline.moments[0].rows, 0..2);
        assert_eq!(timeline.between(6, 9).len(), 1);
        assert_eq!(timeline.between(9, 1).len(), 0);
    }
}

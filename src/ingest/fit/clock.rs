//! Puts records in order: on one clock, sorted, those of the same second merged.

use std::ops::Range;

use crate::channel::Channel;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::strays;
use crate::units::plural;

use super::clock_jumps;
use super::clock_jumps::Shifts;
use super::messages::Session;
use super::note::note;
use super::table::Column;
use super::table::RecordTable;

/// A last record that holds nothing but its time and is later than this, in seconds, is written at
/// saving, not at running. Judgement: no device records so rarely.
const LATE_S: u32 = 30;

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
    /// Where the times of the file are on this clock.
    pub(super) shifts: Shifts,
}

impl Timeline {
    /// Puts the records of a table in order and says what had to be done.
    pub(super) fn new(
        table: &RecordTable,
        sessions: &[Session],
        warnings: &mut Vec<Warning>,
    ) -> Self {
        let timed: Vec<(u32, usize)> = table
            .times()
            .iter()
            .enumerate()
            .filter_map(|(row, time)| Some(((*time)?, row)))
            .collect();
        note(
            warnings,
            table.len() - timed.len(),
            WarningCode::FitNoTime,
            |n| format!("{} dropped without a valid time", plural(n, "record")),
        );
        let timed = without_strays(table, timed, warnings);
        let (mut kept, shifts) = clock_jumps::on_one_clock(table, &timed, sessions, warnings);
        let back = kept.windows(2).filter(|pair| pair[1].0 < pair[0].0).count();
        note(warnings, back, WarningCode::FitTimeBack, |n| {
            format!(
                "time goes back {}; the records were sorted",
                plural(n, "time")
            )
        });
        if back > 0 {
            kept.sort_by_key(|(time, _)| *time);
        }
        let timeline = Self {
            shifts,
            ..Self::merged(&kept)
        };
        let merged = kept.len() - timeline.moments.len();
        note(warnings, merged, WarningCode::FitMerged, |n| {
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
            ..Self::default()
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

/// Leaves out records far from all others in time, and those at the end that hold nothing but a time.
fn without_strays(
    table: &RecordTable,
    mut timed: Vec<(u32, usize)>,
    warnings: &mut Vec<Warning>,
) -> Vec<(u32, usize)> {
    let count = timed.len();
    let times: Vec<i64> = timed.iter().map(|(time, _)| i64::from(*time)).collect();
    let mut keep = strays::kept(&times, 1).into_iter();
    timed.retain(|_| keep.next().unwrap_or(true));
    while let [.., (before, _), (last, row)] = timed.as_slice()
        && last.abs_diff(*before) > LATE_S
        && table.is_bare(*row)
    {
        timed.pop();
    }
    note(warnings, count - timed.len(), WarningCode::FitStray, |n| {
        format!(
            "{} left out: far from all others in time, or empty at the end",
            plural(n, "record")
        )
    });
    timed
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
    fn equal_times_are_one_moment() {
        let timeline = Timeline::merged(&timed([5, 5, 6]));
        let times: Vec<u32> = timeline.moments.iter().map(|moment| moment.time).collect();
        assert_eq!(times, [5, 6]);
        assert_eq!(timeline.moments[0].rows, 0..2);
        assert_eq!(timeline.between(6, 9).len(), 1);
        assert_eq!(timeline.between(9, 1).len(), 0);
    }
}

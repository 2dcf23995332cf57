//! Records of several clocks → one clock: what was recorded before the clock was set is dated from
//! what follows, and what belongs to nothing else is left out.

use std::ops::Range;

use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::units::Seconds;
use crate::units::plural;

use super::dates;
use super::messages::Session;
use super::note::note;
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

/// The distance may leap by this much, in metres, where the clock jumps and the run goes on:
/// judgement, some minutes of running.
const MAX_LEAP_M: f64 = 1_000.0;

/// Where the times of a file are on the one clock that its records are put on.
#[derive(Clone, Debug, Default)]
pub(super) struct Shifts {
    /// The first and the last time of each cluster as written, and what is to be added.
    spans: Vec<(u32, u32, i64)>,
}

impl Shifts {
    /// Returns a time of the file on the one clock: it moves with the records that are nearest.
    pub(super) fn at(&self, time: u32) -> u32 {
        let far_s = |(first, last, _): &&(u32, u32, i64)| {
            first.saturating_sub(time).max(time.saturating_sub(*last))
        };
        let nearest = self.spans.iter().min_by_key(far_s);
        nearest.map_or(time, |(_, _, shift_s)| moved(time, *shift_s))
    }

    /// Returns whether all times are as they are written.
    pub(super) fn is_none(&self) -> bool {
        self.spans.is_empty()
    }
}

/// What becomes of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It stays, so many seconds later.
    Moved(i64),
    /// It stays where it is, though the clock steps back or leaps before or after it.
    Apart,
    /// It is left out.
    Stale,
}

/// Returns times and rows, in the order of the file, on one clock, and says what was done.
pub(super) fn on_one_clock(
    table: &RecordTable,
    timed: &[(u32, usize)],
    sessions: &[Session],
    warnings: &mut Vec<Warning>,
) -> (Vec<(u32, usize)>, Shifts) {
    let clusters = clusters(timed);
    let dated_size = |cluster: &&Range<usize>| {
        let is_dated = dates::date(span(timed, cluster).0).is_some();
        (is_dated, cluster.len())
    };
    let Some(main) = (0..clusters.len())
        .rev()
        .max_by_key(|index| dated_size(&&clusters[*index]))
        .filter(|_| clusters.len() > 1)
    else {
        return (timed.to_vec(), Shifts::default());
    };
    let run = Clusters {
        table,
        timed,
        clusters,
        main,
    };
    let fates = run.anchored(run.fates(), sessions);
    run.tell(&fates, warnings);
    run.put(&fates)
}

/// Splits records where the clock jumps.
fn clusters(timed: &[(u32, usize)]) -> Vec<Range<usize>> {
    let mut clusters = Vec::new();
    let mut start = 0;
    for index in 1..timed.len() {
        if !(-MAX_BACK_S..=MAX_AHEAD_S).contains(&step_s(timed, index)) {
            clusters.push(start..index);
            start = index;
        }
    }
    if start < timed.len() {
        clusters.push(start..timed.len());
    }
    clusters
}

/// Returns the seconds from the record before to a record.
fn step_s(timed: &[(u32, usize)], index: usize) -> i64 {
    i64::from(timed[index].0) - i64::from(timed[index - 1].0)
}

/// Returns the first and the last time of a cluster.
fn span(timed: &[(u32, usize)], cluster: &Range<usize>) -> (u32, u32) {
    let times = timed[cluster.clone()].iter().map(|(time, _)| *time);
    (
        times.clone().min().unwrap_or_default(),
        times.max().unwrap_or_default(),
    )
}

/// Returns a time moved, within what can be written.
fn moved(time: u32, shift_s: i64) -> u32 {
    let at = (i64::from(time) + shift_s).clamp(0, i64::from(u32::MAX));
    u32::try_from(at).unwrap_or(time)
}

/// The records of a file whose clock jumps.
struct Clusters<'a> {
    table: &'a RecordTable,
    timed: &'a [(u32, usize)],
    clusters: Vec<Range<usize>>,
    /// Which cluster is the largest of those with a date.
    main: usize,
}

impl Clusters<'_> {
    /// Returns what becomes of each cluster, the main one standing still: those before it from the
    /// last to the first, then those after it, each against the one that it must join.
    fn fates(&self) -> Vec<Fate> {
        let mut fates = vec![Fate::Moved(0); self.clusters.len()];
        let is_in_batches = self.clusters.len() > MAX_CLOCK_JUMPS;
        let step_s = self.usual_step_s();
        for index in (0..self.main).rev() {
            fates[index] = self.fate(index, index, is_in_batches, |seam_s| {
                Some(shift_of(fates[index + 1])? + seam_s - step_s)
            });
        }
        for index in self.main + 1..self.clusters.len() {
            fates[index] = self.fate(index, index - 1, is_in_batches, |seam_s| {
                Some(shift_of(fates[index - 1])? + step_s - seam_s)
            });
        }
        fates
    }

    /// Returns what becomes of a cluster that meets another one at the seam behind the cluster
    /// `before`; `joined` tells by how much it must move to join, from the step at the seam.
    fn fate(
        &self,
        index: usize,
        before: usize,
        is_in_batches: bool,
        joined: impl Fn(i64) -> Option<i64>,
    ) -> Fate {
        let is_stale = self.is_stale(index, is_in_batches);
        let seam_s = step_s(self.timed, self.clusters[before].end);
        match self.runs_on(before) {
            _ if is_in_batches && !is_stale => Fate::Apart,
            Some(true) => joined(seam_s).map_or(Fate::Stale, Fate::Moved),
            _ if is_stale => Fate::Stale,
            None if seam_s > MAX_AHEAD_S => joined(seam_s).map_or(Fate::Apart, Fate::Moved),
            _ => Fate::Apart,
        }
    }

    /// Returns whether the distance runs on from a cluster to the next one; absent where one of the
    /// two has none.
    fn runs_on(&self, before: usize) -> Option<bool> {
        let distance = |(_, row): &(u32, usize)| self.table.get(Column::Distance, *row);
        let (one, next) = (&self.clusters[before], &self.clusters[before + 1]);
        let last_m = self.timed[one.clone()].iter().rev().find_map(distance)?;
        let first_m = self.timed[next.clone()].iter().find_map(distance)?;
        Some((last_m..=last_m + MAX_LEAP_M).contains(&first_m))
    }

    /// Returns whether a cluster may have been made while the clock was wrong.
    fn is_stale(&self, index: usize, is_in_batches: bool) -> bool {
        let (cluster, main) = (&self.clusters[index], &self.clusters[self.main]);
        let (first, last) = span(self.timed, cluster);
        let (main_first, main_last) = span(self.timed, main);
        let overlaps = first <= main_last && main_first <= last;
        let share = cluster.len() as f64 / main.len() as f64;
        if overlaps {
            !is_in_batches && share < STALE_OVERLAP_SHARE
        } else {
            share < STALE_SHARE
        }
    }

    /// Returns the median step of the main cluster, at least a second.
    fn usual_step_s(&self) -> i64 {
        let main = &self.clusters[self.main];
        let mut steps: Vec<i64> = (main.start + 1..main.end)
            .map(|index| step_s(self.timed, index))
            .collect();
        steps.sort_unstable();
        steps
            .get(steps.len() / 2)
            .map_or(1, |step_s| (*step_s).max(1))
    }

    /// Moves all joined clusters together so that the one whose clock the watch's own summary was
    /// written by stands still.
    ///
    /// A summary that starts on one clock and is written on another was begun before the clock was
    /// set.
    fn anchored(&self, mut fates: Vec<Fate>, sessions: &[Session]) -> Vec<Fate> {
        let anchor = sessions.first().and_then(|session| {
            let (start, written) = (session.start?, session.written?);
            let is_one_clock = i64::from(written.abs_diff(start)) <= MAX_AHEAD_S;
            let time = if is_one_clock { start } else { written };
            dates::date(time)?;
            (0..self.clusters.len()).min_by_key(|index| {
                let (first, last) = span(self.timed, &self.clusters[*index]);
                first.saturating_sub(time).max(time.saturating_sub(last))
            })
        });
        if let Some(shift_s) = anchor.and_then(|anchor| shift_of(fates[anchor])) {
            for fate in &mut fates {
                if let Fate::Moved(own_s) = fate {
                    *own_s -= shift_s;
                }
            }
        }
        fates
    }

    /// Says what was moved and what was left out.
    fn tell(&self, fates: &[Fate], warnings: &mut Vec<Warning>) {
        let records = |is_so: &dyn Fn(&Fate) -> bool| -> usize {
            let clusters = self.clusters.iter().zip(fates);
            clusters
                .filter(|(_, fate)| is_so(fate))
                .map(|(cluster, _)| cluster.len())
                .sum()
        };
        let shifts = || fates.iter().filter_map(|fate| shift_of(*fate));
        let furthest_s = shifts().map(i64::unsigned_abs).max().unwrap_or_default();
        let moved = records(&|fate| shift_of(*fate).is_some_and(|shift_s| shift_s != 0));
        note(warnings, moved, WarningCode::FitClock, |n| {
            format!(
                "the clock of the watch jumped by {}; {} dated from the others, nothing was left out",
                duration_words(furthest_s),
                plural(n, "record")
            )
        });
        note(
            warnings,
            records(&|fate| *fate == Fate::Stale),
            WarningCode::FitStale,
            |n| {
                format!(
                    "{} excluded: the clock was wrong and then set",
                    plural(n, "record")
                )
            },
        );
    }

    /// Returns what is kept, and where the times of the file are now.
    fn put(&self, fates: &[Fate]) -> (Vec<(u32, usize)>, Shifts) {
        let mut kept = Vec::with_capacity(self.timed.len());
        let mut shifts = Shifts::default();
        for (cluster, fate) in self.clusters.iter().zip(fates) {
            let shift_s = match fate {
                Fate::Moved(shift_s) => *shift_s,
                Fate::Apart => 0,
                Fate::Stale => continue,
            };
            let (first, last) = span(self.timed, cluster);
            shifts.spans.push((first, last, shift_s));
            let records = self.timed[cluster.clone()].iter();
            kept.extend(records.map(|(time, row)| (moved(*time, shift_s), *row)));
        }
        if shifts.spans.iter().all(|(_, _, shift_s)| *shift_s == 0) {
            shifts.spans.clear();
        }
        (kept, shifts)
    }
}

/// Returns a length of time as one would say it: days from two on.
fn duration_words(seconds: u64) -> String {
    const SECONDS_PER_DAY: u64 = 86_400;
    match seconds / SECONDS_PER_DAY {
        0 | 1 => Seconds(seconds as f64).show(),
        days => plural(days, "day"),
    }
}

/// Returns by how much a cluster moves; absent when it is not joined to the others.
fn shift_of(fate: Fate) -> Option<i64> {
    match fate {
        Fate::Moved(shift_s) => Some(shift_s),
        Fate::Apart | Fate::Stale => None,
    }
}

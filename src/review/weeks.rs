//! Weeks and totals of a block.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::classification::Session;
use crate::classification::ZoneSums;
use crate::review::BlockTotals;
use crate::review::Week;
use crate::review::block::Block;
use crate::review::block::Entry;
use crate::review::block::dated;
use crate::review::load::daily_load;
use crate::review::load::monotony;
use crate::review::numbers::SUM_DECIMALS;
use crate::review::numbers::known_sum;
use crate::review::numbers::load_of;
use crate::settings::WeekStart;
use crate::units::round;

/// Days of a whole week, as a week counts them.
const WEEK_DAYS: u32 = 7;

/// Returns the weeks that hold a dated activity, whatever block is under review; of the last one the
/// days up to the last activity.
#[must_use]
pub fn weeks_with_activities(sessions: &[Session], starts: WeekStart) -> Vec<Week> {
    let (entries, _) = dated(sessions);
    let daily = daily_load(entries.iter().filter(|entry| entry.is_run()));
    let last_day = entries.last().map(|last| last.day);
    let mut weeks: Vec<Week> = Vec::new();
    for of_week in entries.chunk_by(|a, b| starts.first_day(a.day) == starts.first_day(b.day)) {
        let Some(first) = of_week.first() else {
            continue;
        };
        let mut week = empty_week(first.day, starts);
        week.days_in_block = match of_week.last() {
            Some(last) if Some(last.day) == last_day => starts.days_before(last.day) + 1,
            _ => WEEK_DAYS,
        };
        fill(&mut week, of_week, &daily);
        weeks.push(week);
    }
    weeks
}

/// Returns the weeks; together they hold every day of the block once.
pub(super) fn weeks(block: &Block<'_>) -> Vec<Week> {
    let Some(span) = block.span else {
        return Vec::new();
    };
    let starts = block.week_starts;
    let mut weeks: Vec<Week> = Vec::new();
    for day in span.days() {
        let first = starts.first_day(day);
        match weeks.last_mut().filter(|week| week.monday == first) {
            Some(week) => week.days_in_block += 1,
            None => weeks.push(Week {
                days_in_block: 1,
                ..empty_week(day, starts)
            }),
        }
    }
    let daily = daily_load(block.all_runs());
    let mut left = block.entries.as_slice();
    for week in &mut weeks {
        let of_week = left.partition_point(|entry| starts.first_day(entry.day) <= week.monday);
        let (own, later) = left.split_at(of_week);
        fill(week, own, &daily);
        left = later;
    }
    weeks
}

/// Returns the week of a day without anything in it.
fn empty_week(day: NaiveDate, starts: WeekStart) -> Week {
    Week {
        monday: starts.first_day(day),
        name: starts.week_name(day),
        ..Week::default()
    }
}

/// Adds to a week what was done in it.
fn fill(week: &mut Week, entries: &[Entry<'_>], daily: &BTreeMap<NaiveDate, Option<f64>>) {
    let (runs, others): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(|e| e.is_run());
    runs.iter().for_each(|run| add(week, run));
    (week.distance_m, week.measured_runs) = known_sum(runs.iter().copied().map(distance_of));
    let longest = runs.iter().copied().filter_map(distance_of);
    week.longest_run_m = week.distance_m.map(|_| longest.fold(0.0, f64::max));
    (week.load, week.rated_runs) = known_sum(runs.iter().copied().map(load_of));
    week.own_zones = ZoneSums::of(runs.iter().flat_map(|run| &run.session.own_zones));
    (week.cross_training_load, _) = known_sum(others.iter().copied().map(load_of));
    if week.is_whole() && week.rated_runs == week.runs {
        add_monotony(week, daily);
    }
    tidy(week);
}

/// Returns the totals of the block.
pub(super) fn totals(block: &Block<'_>) -> BlockTotals {
    let others = || block.entries.iter().filter(|entry| !entry.is_run());
    let moving_s = block.runs().map(|run| run.session.head.moving_s);
    let (distance_m, measured_runs) = known_sum(block.runs().map(distance_of));
    let (load, rated_runs) = known_sum(block.runs().map(load_of));
    let (cross_training_load, _) = known_sum(others().map(load_of));
    BlockTotals {
        runs: block.runs().count(),
        cross_training: others().count(),
        quality_sessions: block.runs().filter(|run| run.is_quality()).count(),
        distance_m,
        measured_runs,
        moving_s: round(moving_s.sum(), SUM_DECIMALS),
        load,
        cross_training_load,
        rated_runs,
        own_zones: ZoneSums::of(block.runs().flat_map(|run| &run.session.own_zones)),
    }
}

/// Returns the distance of a run, if it is known.
fn distance_of(run: &Entry<'_>) -> Option<f64> {
    run.session.head.distance_m
}

impl Week {
    /// Returns whether all seven days of the week lie in the block.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.days_in_block == WEEK_DAYS
    }
}

/// Adds monotony and strain to a whole week whose runs were all rated.
fn add_monotony(week: &mut Week, daily: &BTreeMap<NaiveDate, Option<f64>>) {
    let mut loads = [0.0; 7];
    for (load, day) in loads.iter_mut().zip(week.monday.iter_days()) {
        *load = daily.get(&day).copied().flatten().unwrap_or(0.0);
    }
    let found = monotony(&loads);
    week.monotony = found.map(|(monotony, _)| round(monotony, 2));
    week.strain = found.map(|(_, strain)| round(strain, 0));
}

/// Adds to a week what is known of each of its runs.
fn add(week: &mut Week, run: &Entry<'_>) {
    let head = &run.session.head;
    week.runs += 1;
    week.moving_s += head.moving_s;
    week.longest_run_s = week.longest_run_s.max(head.moving_s);
    week.quality_sessions += usize::from(run.is_quality());
    let zone_s = run.session.distribution.as_ref().map(|d| d.zone_s);
    let zone_s = zone_s.unwrap_or_default();
    for (sum, seconds) in week.zone_s.iter_mut().zip(zone_s) {
        *sum += seconds;
    }
    week.unrated_s += (head.moving_s - zone_s.iter().sum::<f64>()).max(0.0);
}

/// Rounds the sums of what is known of each run of a week.
fn tidy(week: &mut Week) {
    let [low, middle, high] = &mut week.zone_s;
    let sums = [&mut week.moving_s, &mut week.unrated_s, low, middle, high];
    for sum in sums {
        *sum = round(*sum, SUM_DECIMALS);
    }
}

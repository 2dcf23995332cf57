//! Weeks and totals of a block.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::classification::Session;
use crate::review::BlockTotals;
use crate::review::Week;
use crate::review::block::Block;
use crate::review::block::DAYS_OF_WEEK;
use crate::review::block::Entry;
use crate::review::block::monday;
use crate::review::block::week_name;
use crate::review::load::daily_load;
use crate::review::load::monotony;
use crate::review::numbers::SUM_DECIMALS;
use crate::review::numbers::known_sum;
use crate::review::numbers::load_of;
use crate::units::round;

/// Returns all weeks from the first dated activity to the last, whatever block is under review.
#[must_use]
pub fn all_weeks(sessions: &[Session]) -> Vec<Week> {
    weeks(&Block::of_all(sessions))
}

/// Returns the weeks, Monday first; together they hold every day of the block once.
pub(super) fn weeks(block: &Block<'_>) -> Vec<Week> {
    let Some(span) = block.span else {
        return Vec::new();
    };
    let mut weeks: Vec<Week> = Vec::new();
    for day in span.days() {
        let monday = monday(day);
        match weeks.last_mut() {
            Some(week) if week.monday == monday => week.days_in_block += 1,
            _ => weeks.push(Week {
                monday,
                name: week_name(day),
                days_in_block: 1,
                ..Week::default()
            }),
        }
    }
    let daily = daily_load(block);
    for week in &mut weeks {
        let first = week.monday;
        let entries = block.entries.iter();
        let of_week = entries.filter(|entry| monday(entry.day) == first);
        let (runs, others): (Vec<&Entry>, Vec<&Entry>) = of_week.partition(|e| e.is_run());
        runs.iter().for_each(|run| add(week, run));
        (week.distance_m, week.measured_runs) = known_sum(runs.iter().copied().map(distance_of));
        let longest = runs.iter().copied().filter_map(distance_of);
        week.longest_run_m = week.distance_m.map(|_| longest.fold(0.0, f64::max));
        (week.load, week.rated_runs) = known_sum(runs.iter().copied().map(load_of));
        (week.cross_training_load, _) = known_sum(others.iter().copied().map(load_of));
        if week.is_whole() && week.rated_runs == week.runs {
            add_monotony(week, &daily);
        }
        tidy(week);
    }
    weeks
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
        u64::from(self.days_in_block) == DAYS_OF_WEEK
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

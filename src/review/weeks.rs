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
use crate::units::round;

/// Decimals of summed metres, seconds and points; sessions are not stored finer.
pub(super) const SUM_DECIMALS: i32 = 1;

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
        let of_week = block.runs().filter(|run| monday(run.day) == first);
        of_week.for_each(|run| add(week, run));
        let others = block.entries.iter().filter(|e| !e.is_run());
        let of_week = others.filter(|entry| monday(entry.day) == first);
        week.cross_training_load = of_week.filter_map(load_of).sum();
        let mut runs = block.runs().filter(|run| monday(run.day) == first);
        if week.is_whole() && runs.all(|run| load_of(run).is_some()) {
            add_monotony(week, &daily);
        }
        tidy(week);
    }
    weeks
}

/// Returns the totals of the block.
pub(super) fn totals(block: &Block<'_>) -> BlockTotals {
    let sum = |value: fn(&Entry<'_>) -> Option<f64>| {
        round(block.runs().filter_map(value).sum(), SUM_DECIMALS)
    };
    BlockTotals {
        runs: block.runs().count(),
        cross_training: block.entries.iter().filter(|e| !e.is_run()).count(),
        quality_sessions: block.runs().filter(|run| run.is_quality()).count(),
        distance_m: sum(|run| run.session.head.distance_m),
        moving_s: sum(|run| Some(run.session.head.moving_s)),
        load: sum(load_of),
        cross_training_load: round(
            block
                .entries
                .iter()
                .filter(|entry| !entry.is_run())
                .filter_map(load_of)
                .sum(),
            SUM_DECIMALS,
        ),
        rated_runs: block.runs().filter_map(load_of).count(),
    }
}

/// Returns the load of a run, if it could be rated.
pub(super) fn load_of(run: &Entry<'_>) -> Option<f64> {
    run.session.load.as_ref().map(|load| load.value)
}

impl Week {
    /// Returns whether all seven days of the week lie in the block.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        u64::from(self.days_in_block) == DAYS_OF_WEEK
    }
}

/// Adds monotony and strain to a whole week whose runs were all rated.
fn add_monotony(week: &mut Week, daily: &BTreeMap<NaiveDate, f64>) {
    let mut loads = [0.0; 7];
    for (load, day) in loads.iter_mut().zip(week.monday.iter_days()) {
        *load = daily.get(&day).copied().unwrap_or(0.0);
    }
    let found = monotony(&loads);
    week.monotony = found.map(|(monotony, _)| round(monotony, 2));
    week.strain = found.map(|(_, strain)| round(strain, 0));
}

/// Adds a run to its week.
fn add(week: &mut Week, run: &Entry<'_>) {
    let head = &run.session.head;
    let distance_m = head.distance_m.unwrap_or(0.0);
    week.runs += 1;
    week.distance_m += distance_m;
    week.moving_s += head.moving_s;
    week.longest_run_s = week.longest_run_s.max(head.moving_s);
    week.longest_run_m = week.longest_run_m.max(distance_m);
    week.quality_sessions += usize::from(run.is_quality());
    week.load += load_of(run).unwrap_or(0.0);
    let zone_s = run.session.distribution.as_ref().map(|d| d.zone_s);
    let zone_s = zone_s.unwrap_or_default();
    for (sum, seconds) in week.zone_s.iter_mut().zip(zone_s) {
        *sum += seconds;
    }
    week.unrated_s += (head.moving_s - zone_s.iter().sum::<f64>()).max(0.0);
}

/// Rounds the sums of a week.
fn tidy(week: &mut Week) {
    let [low, middle, high] = &mut week.zone_s;
    let sums = [
        &mut week.distance_m,
        &mut week.moving_s,
        &mut week.load,
        &mut week.cross_training_load,
        &mut week.unrated_s,
        low,
        middle,
        high,
    ];
    for sum in sums {
        *sum = round(*sum, SUM_DECIMALS);
    }
}

//! Two blocks of one athlete side by side.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::review::DayKind;
use crate::review::Review;
use crate::units::plural;
use crate::units::round;

/// Days of a week.
const DAYS_OF_WEEK: f64 = 7.0;
/// The reference value of habitual easy pace, by its name in documents.
const EASY: &str = "easy_speed_m_s";
/// The same of critical speed.
const CRITICAL: &str = "critical_speed_m_s";

/// Two blocks side by side: A, then B.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BlockComparison {
    /// The blocks.
    pub blocks: [BlockSide; 2],
    /// The fastest continuous times over the distances that were covered in either.
    pub best_efforts: Vec<PairedBest>,
    /// What cannot be compared, and why.
    pub not_compared: Vec<String>,
}

/// One block in short.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BlockSide {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    /// Its length: days by seven.
    pub weeks: f64,
    /// Runs.
    pub runs: usize,
    /// Quality sessions.
    pub quality_sessions: usize,
    /// Days with a quality session.
    pub hard_days: usize,
    /// Days without any activity.
    pub rest_days: usize,
    /// Distance of the runs of which it is known, in metres.
    pub distance_m: Option<f64>,
    /// Runs whose distance is known.
    pub measured_runs: usize,
    /// Moving time, in seconds.
    pub moving_s: f64,
    /// Moving time of the longest run, in seconds.
    pub longest_run_s: f64,
    /// Load of the rated runs, in points.
    pub load: Option<f64>,
    /// Runs whose load could be rated.
    pub rated_runs: usize,
    /// Seconds in the easy, moderate and hard zone.
    pub zone_s: [f64; 3],
    /// Habitual easy speed at its end, in metres per second.
    pub easy_speed_m_s: Option<f64>,
    /// Critical speed at its end, in metres per second.
    pub critical_speed_m_s: Option<f64>,
}

/// The fastest time over a distance in both blocks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PairedBest {
    /// The distance, in metres.
    pub distance_m: f64,
    /// The time in each, in seconds; absent where it was not covered.
    pub time_s: [Option<f64>; 2],
}

impl BlockSide {
    /// Returns a sum over the block as a mean over its weeks; absent of a block without days.
    #[must_use]
    pub fn a_week(&self, sum: f64) -> Option<f64> {
        (self.weeks > 0.0).then(|| sum / self.weeks)
    }

    fn of(review: &Review) -> Self {
        let totals = &review.totals;
        let days = |kind| review.days.iter().filter(|day| day.kind == kind).count();
        let last = |name: &str| {
            let mut changes = review.reference_changes.iter();
            changes.find(|change| change.name == name)?.last
        };
        let longest = review.weeks.iter().map(|week| week.longest_run_s);
        let all = u32::try_from(review.days.len()).unwrap_or(u32::MAX);
        Self {
            from: review.from,
            to: review.to,
            weeks: round(f64::from(all) / DAYS_OF_WEEK, 2),
            runs: totals.runs,
            quality_sessions: totals.quality_sessions,
            hard_days: days(DayKind::Hard),
            rest_days: days(DayKind::Rest),
            distance_m: totals.distance_m.map(|metres| round(metres, 1)),
            measured_runs: totals.measured_runs,
            moving_s: round(totals.moving_s, 1),
            longest_run_s: round(longest.fold(0.0, f64::max), 1),
            load: totals.load.map(|load| round(load, 1)),
            rated_runs: totals.rated_runs,
            zone_s: review.distribution.zone_s.map(|seconds| round(seconds, 0)),
            easy_speed_m_s: last(EASY),
            critical_speed_m_s: last(CRITICAL),
        }
    }
}

impl BlockComparison {
    /// Compares two blocks.
    #[must_use]
    pub fn of(reviews: [&Review; 2]) -> Self {
        let blocks = reviews.map(BlockSide::of);
        Self {
            best_efforts: best_efforts(reviews),
            not_compared: not_compared(&blocks),
            blocks,
        }
    }
}

fn best_efforts(reviews: [&Review; 2]) -> Vec<PairedBest> {
    let mut found: BTreeMap<u64, PairedBest> = BTreeMap::new();
    for (side, review) in reviews.iter().enumerate() {
        for best in &review.best_efforts {
            // Positive numbers are ordered as their bits are.
            let pair = found
                .entry(best.distance_m.to_bits())
                .or_insert_with(|| PairedBest {
                    distance_m: best.distance_m,
                    time_s: [None; 2],
                });
            pair.time_s[side] = Some(best.time_s);
        }
    }
    found.into_values().collect()
}

fn not_compared(blocks: &[BlockSide; 2]) -> Vec<String> {
    let mut told = Vec::new();
    for (name, block) in ["A", "B"].iter().zip(blocks) {
        let runs = plural(block.runs, "run");
        if block.measured_runs < block.runs {
            let known = block.measured_runs;
            told.push(format!("the distance of {name} is of {known} of {runs}"));
        }
        if block.rated_runs < block.runs {
            let known = block.rated_runs;
            told.push(format!("the load of {name} is of {known} of {runs}"));
        }
    }
    let [a, b] = blocks;
    if a.to >= b.from && b.to >= a.from {
        told.push("A and B share days".to_owned());
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::made_up;
    use crate::review::ReviewOptions;
    use crate::review::review;
    use chrono::Days;

    #[test]
    fn blocks_are_what_their_reviews_say() {
        let sessions = made_up::season(8);
        let block = |from: u64, to: u64| {
            let day = |number| Some(made_up::first_day() + Days::new(number));
            let options = ReviewOptions {
                from: day(from),
                to: day(to),
                ..ReviewOptions::default()
            };
            review(&sessions, &options)
        };
        let (a, b) = (block(0, 27), block(28, 55));
        let found = BlockComparison::of([&a, &b]);
        for (side, review) in found.blocks.iter().zip([&a, &b]) {
            assert_eq!((side.weeks, side.runs), (4.0, review.totals.runs));
            assert_eq!(side.a_week(28.0), Some(7.0));
            assert!(side.longest_run_s > 3600.0, "{side:?}");
        }
        let told = |found: &BlockComparison| found.not_compared.join("\n");
        assert!(!told(&found).contains("share days"), "{}", told(&found));
        let same = BlockComparison::of([&a, &a]);
        assert!(told(&same).contains("share days"), "{}", told(&same));
    }

    #[test]
    fn a_distance_of_one_block_has_no_time_in_the_other() {
        let with = |distance_m, time_s| Review {
            best_efforts: vec![crate::review::BlockBest {
                distance_m,
                time_s,
                ..Default::default()
            }],
            ..Review::default()
        };
        let pairs = best_efforts([&with(5000.0, 1200.0), &with(1000.0, 200.0)]);
        let expected = [
            (1000.0, [None, Some(200.0)]),
            (5000.0, [Some(1200.0), None]),
        ];
        assert_eq!(pairs.len(), 2);
        for (pair, (distance_m, time_s)) in pairs.iter().zip(expected) {
            assert_eq!((pair.distance_m, pair.time_s), (distance_m, time_s));
        }
    }
}

//! Phases of training, from weekly volume, hard running and races: base, build, peak, taper,
//! recovery.
//!
//! # Steps
//! For each whole week since the first run: W = hours of running, Q = minutes at 0.92 of critical
//! speed and more, M₄ = median W of the four weeks before, s₆ = Theil–Sen slope of W over six weeks
//! over M₄, q = Q / W against its own median of 26 weeks q̃. Each week looks like the first that
//! holds:
//!
//! 1. *taper*: a race within the next three weeks (or in it), and W ≤ 0.8 M₄;
//! 2. *recovery*: one to three weeks after a race of 15 km or more with W ≤ 0.7 M₄, or W ≤ half of
//!    the median of 26 weeks;
//! 3. *peak*: W ≥ 0.85 of the greatest of 12 weeks, q ≥ q̃, |s₆| < 2 %;
//! 4. *build*: s₆ ≥ 2 % or q ≥ 1.25 q̃;
//! 5. *base*: otherwise.
//!
//! A chain of five states that stay with 0.8 makes whole phases of it (the most probable path).
//!
//! # What is open
//! All limits are coaching conventions. The words say "looks like".

use std::ops::RangeInclusive;

use chrono::Days;
use chrono::NaiveDate;

use crate::classification::Session;
use crate::classification::SessionKind;
use crate::review::Phase;
use crate::review::PhaseSpan;
use crate::review::Phases;
use crate::review::block::Block;
use crate::review::block::DAYS_OF_WEEK;
use crate::review::block::monday;
use crate::review::numbers::as_f64;
use crate::statistics::median;
use crate::units::SECONDS_PER_HOUR;
use crate::units::SECONDS_PER_MINUTE;
use crate::units::round;

/// Weeks of runs from which on phases are spoken of.
const LEAST_WEEKS: usize = 10;
/// The weeks of M₄, with which a week is compared.
const COMPARED_WEEKS: usize = 4;
/// The weeks of s₆, over which volume grows.
const SLOPE_WEEKS: usize = 6;
/// The weeks whose greatest volume makes a peak.
const GREATEST_WEEKS: usize = 12;
/// The weeks of the medians: half a year.
const USUAL_WEEKS: usize = 26;
/// A taper starts at most so many weeks before its race.
const TAPER_WEEKS: usize = 3;
/// A week of a taper has at most this share of M₄.
const TAPER: f64 = 0.8;
/// At most so many weeks after a long race are recovery.
const AFTER_RACE_WEEKS: usize = 3;
/// A week of recovery after a race has at most this share of M₄.
const AFTER_RACE: f64 = 0.7;
/// Races from this distance on have a recovery.
///
/// # Units
/// Metres.
const LONG_RACE_M: f64 = 15_000.0;
/// A week of at most this share of the median of 26 weeks is recovery.
const LITTLE: f64 = 0.5;
/// A peak has at least this share of the greatest volume of 12 weeks.
const PEAK: f64 = 0.85;
/// Volume grows from this slope on.
///
/// # Units
/// Ratio of M₄ per week.
const GROWS: f64 = 0.02;
/// Hard running grows from this multiple of its own median on.
const HARDER: f64 = 1.25;
/// The probability that a week is of the phase of the week before.
const STAYS: f64 = 0.8;
/// The probability that a week looks like the phase it is of.
const LOOKS_RIGHT: f64 = 0.6;
/// The phases in the order of the states.
const PHASES: [Phase; 5] = [
    Phase::Recovery,
    Phase::Base,
    Phase::Build,
    Phase::Peak,
    Phase::Taper,
];

/// What a week holds.
#[derive(Clone, Debug, Default)]
struct WeekSum {
    monday: NaiveDate,
    runs: usize,
    hours: f64,
    hard_minutes: f64,
    has_race: bool,
    has_long_race: bool,
}

/// Returns the phases of the whole weeks of a block; the weeks before it help to tell them.
pub(super) fn phases(block: &Block<'_>) -> Phases {
    let weeks = weeks(block);
    let Some(span) = block.span.filter(|_| weeks.len() >= LEAST_WEEKS) else {
        return Phases {
            spans: Vec::new(),
            reason: Some(format!(
                "needs {LEAST_WEEKS} weeks of runs, found {}",
                weeks.len()
            )),
        };
    };
    let hours: Vec<f64> = weeks.iter().map(|week| week.hours).collect();
    let looks: Vec<Phase> = (0..weeks.len())
        .map(|index| looks(&weeks, &hours, index))
        .collect();
    let path = path(&looks);
    let mut spans: Vec<PhaseSpan> = Vec::new();
    let mut right: Vec<usize> = Vec::new();
    for (index, week) in weeks.iter().enumerate() {
        let last_day = week.monday.checked_add_days(Days::new(DAYS_OF_WEEK - 1));
        if !span.contains(week.monday) || last_day.is_none_or(|day| !span.contains(day)) {
            continue;
        }
        let agrees = usize::from(looks[index] == path[index]);
        match spans.last_mut().filter(|last| last.phase == path[index]) {
            Some(last) => {
                last.last = week.monday;
                last.weeks += 1;
                last.weeks_without_runs += usize::from(week.runs == 0);
                last.hours_per_week += week.hours;
                last.hard_minutes_per_week += week.hard_minutes;
                *right.last_mut().unwrap_or(&mut 0) += agrees;
            }
            None => {
                spans.push(PhaseSpan {
                    phase: path[index],
                    first: week.monday,
                    last: week.monday,
                    weeks: 1,
                    weeks_without_runs: usize::from(week.runs == 0),
                    hours_per_week: week.hours,
                    hard_minutes_per_week: week.hard_minutes,
                    confidence: 0.0,
                });
                right.push(agrees);
            }
        }
    }
    for (span, right) in spans.iter_mut().zip(right) {
        let weeks = as_f64(span.weeks);
        span.hours_per_week = round(span.hours_per_week / weeks, 2);
        span.hard_minutes_per_week = round(span.hard_minutes_per_week / weeks, 1);
        span.confidence = round(as_f64(right) / weeks, 2);
    }
    Phases {
        spans,
        reason: None,
    }
}

/// Returns the weeks from the first run to the end of the block, the empty ones included.
fn weeks(block: &Block<'_>) -> Vec<WeekSum> {
    let (Some(first), Some(span)) = (block.first_run_day(), block.span) else {
        return Vec::new();
    };
    let mut weeks: Vec<WeekSum> = Vec::new();
    let mut next = monday(first);
    while next <= span.to {
        weeks.push(WeekSum {
            monday: next,
            ..WeekSum::default()
        });
        let Some(after) = next.checked_add_days(Days::new(DAYS_OF_WEEK)) else {
            break;
        };
        next = after;
    }
    for run in block.all_runs() {
        let index = weeks.partition_point(|week| week.monday <= run.day);
        let Some(week) = index.checked_sub(1).and_then(|i| weeks.get_mut(i)) else {
            continue;
        };
        let session = run.session;
        week.hours += session.head.moving_s / SECONDS_PER_HOUR;
        week.runs += 1;
        let is_race = session.kind == SessionKind::Race;
        // A race is what training is for, not a part of it.
        if let Some(distribution) = session.distribution.as_ref().filter(|_| !is_race) {
            week.hard_minutes += distribution.hard_s() / SECONDS_PER_MINUTE;
        }
        if is_race {
            week.has_race = true;
            week.has_long_race |= race_distance_m(session).is_some_and(|m| m >= LONG_RACE_M);
        }
    }
    weeks
}

/// Returns the distance that was raced: that of the longest effort, or of the whole run where none
/// stands out of it.
pub(super) fn race_distance_m(session: &Session) -> Option<f64> {
    let efforts = session.segments.iter();
    let efforts = efforts.filter(|s| s.executed && s.kind.is_work());
    let longest = efforts.filter_map(|s| s.distance_m).reduce(f64::max);
    longest.or(session.head.distance_m)
}

/// Returns what a week looks like by itself; `hours` are those of the weeks.
fn looks(weeks: &[WeekSum], hours: &[f64], index: usize) -> Phase {
    let own = &weeks[index];
    let before = |count: usize| index.saturating_sub(count)..index;
    let usual_4 = median(hours[before(COMPARED_WEEKS)].iter().copied()).unwrap_or(own.hours);
    let usual_26 = median(hours[before(USUAL_WEEKS)].iter().copied()).unwrap_or(own.hours);
    let races = |range: RangeInclusive<usize>| {
        weeks[*range.start().min(&weeks.len())..(range.end() + 1).min(weeks.len())].iter()
    };
    let race_ahead = races(index..=index + TAPER_WEEKS).any(|week| week.has_race);
    if race_ahead && own.hours <= TAPER * usual_4 {
        return Phase::Taper;
    }
    let after_race = weeks[before(AFTER_RACE_WEEKS)]
        .iter()
        .any(|week| week.has_long_race);
    if (after_race && own.hours <= AFTER_RACE * usual_4) || own.hours <= LITTLE * usual_26 {
        return Phase::Recovery;
    }
    let share = |week: &WeekSum| (week.hours > 0.0).then(|| week.hard_minutes / week.hours);
    let usual_share = median(weeks[before(USUAL_WEEKS)].iter().filter_map(share)).unwrap_or(0.0);
    let own_share = share(own).unwrap_or(0.0);
    let slope = slope(&hours[(index + 1).saturating_sub(SLOPE_WEEKS)..=index]) / usual_4.max(0.1);
    let greatest = hours[(index + 1).saturating_sub(GREATEST_WEEKS)..=index]
        .iter()
        .copied()
        .fold(0.0, f64::max);
    if own.hours >= PEAK * greatest && own_share >= usual_share && slope.abs() < GROWS {
        Phase::Peak
    } else if slope >= GROWS || (usual_share > 0.0 && own_share >= HARDER * usual_share) {
        Phase::Build
    } else {
        Phase::Base
    }
}

/// Returns the most probable phases behind what the weeks look like.
///
/// # References
/// Viterbi 1967, IEEE Transactions on Information Theory 13:260.
fn path(looks: &[Phase]) -> Vec<Phase> {
    let others = as_f64(PHASES.len() - 1);
    let (stay, change) = (STAYS.ln(), ((1.0 - STAYS) / others).ln());
    let (right, wrong) = (LOOKS_RIGHT.ln(), ((1.0 - LOOKS_RIGHT) / others).ln());
    let emission = |state: usize, seen: Phase| {
        if PHASES[state] == seen { right } else { wrong }
    };
    let mut scores = [0.0; PHASES.len()];
    let mut back: Vec<[usize; PHASES.len()]> = Vec::with_capacity(looks.len());
    for (week, seen) in looks.iter().enumerate() {
        let mut next = [0.0; PHASES.len()];
        let mut from = [0; PHASES.len()];
        for state in 0..PHASES.len() {
            let arrive = |other: usize| scores[other] + if other == state { stay } else { change };
            // The same state wins a tie, then the first.
            let best = (0..PHASES.len()).fold(state, |best, other| {
                if arrive(other) > arrive(best) {
                    other
                } else {
                    best
                }
            });
            let before = if week == 0 { 0.0 } else { arrive(best) };
            next[state] = before + emission(state, *seen);
            from[state] = best;
        }
        scores = next;
        back.push(from);
    }
    let mut state = (0..PHASES.len()).fold(0, |best, other| {
        if scores[other] > scores[best] {
            other
        } else {
            best
        }
    });
    let mut path = vec![Phase::default(); looks.len()];
    for (week, from) in back.iter().enumerate().rev() {
        path[week] = PHASES[state];
        state = from[state];
    }
    path
}

/// Returns the median of the slopes between all pairs of consecutive values.
fn slope(values: &[f64]) -> f64 {
    let mut slopes = Vec::new();
    for (i, a) in values.iter().enumerate() {
        for (j, b) in values.iter().enumerate().skip(i + 1) {
            slopes.push((b - a) / as_f64(j - i));
        }
    }
    median(slopes).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weeks(hours: &[f64], hard: f64) -> Vec<WeekSum> {
        hours
            .iter()
            .map(|hours| WeekSum {
                hours: *hours,
                hard_minutes: hard * hours,
                ..WeekSum::default()
            })
            .collect()
    }

    fn look(weeks: &[WeekSum], index: usize) -> Phase {
        let hours: Vec<f64> = weeks.iter().map(|week| week.hours).collect();
        looks(weeks, &hours, index)
    }

    #[test]
    fn the_slope_is_the_middle_of_all_pairs() {
        // Pairs: 1, 1, 1 and, with the outlier, 6/1, 7/2, 8/3.
        assert!((slope(&[1.0, 2.0, 3.0, 9.0]) - f64::midpoint(1.0, 8.0 / 3.0)).abs() < 1e-9);
    }

    #[test]
    fn growing_volume_is_a_build_and_little_is_recovery() {
        let rising = weeks(&[3.0, 3.2, 3.4, 3.6, 3.8, 4.0], 5.0);
        assert_eq!(look(&rising, 5), Phase::Build);
        let falling_off = weeks(&[4.0, 4.0, 4.0, 4.0, 4.0, 1.9], 5.0);
        assert_eq!(look(&falling_off, 5), Phase::Recovery);
        let level = weeks(&[4.0, 4.0, 4.0, 4.0, 4.0, 4.0], 5.0);
        assert_eq!(look(&level, 5), Phase::Peak);
        let mut easy = level.clone();
        easy[5].hard_minutes = 10.0;
        assert_eq!(look(&easy, 5), Phase::Base);
        let mut before_race = weeks(&[4.0, 4.0, 4.0, 4.0, 4.0, 3.1, 2.0], 5.0);
        before_race[6].has_race = true;
        assert_eq!(look(&before_race, 5), Phase::Taper);
        // Not a fifth less.
        before_race[5].hours = 3.3;
        assert_ne!(look(&before_race, 5), Phase::Taper);
    }

    #[test]
    fn one_odd_week_is_no_phase() {
        use Phase::*;
        assert_eq!(path(&[Base, Base, Build, Base, Base]), [Base; 5]);
        assert_eq!(
            path(&[Base, Base, Base, Build, Build, Build]),
            [Base, Base, Base, Build, Build, Build]
        );
    }
}

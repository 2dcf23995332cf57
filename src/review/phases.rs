//! Phases of training, from weekly volume, hard running and races: base, build, peak, taper,
//! recovery, break.
//!
//! # Steps
//! For each whole week since the first run: W = hours of running, Q = minutes at 0.92 of critical
//! speed and more, M₄ = median W of the four weeks before, s₆ = Theil–Sen slope of W over six weeks
//! over M₄, q = Q / W against its own median of 26 weeks q̃. Each week looks like the first that
//! holds:
//!
//! 1. *taper*: a race within the next three weeks (or in it), W ≤ 0.8 M₄, and no break;
//! 2. *recovery*: one to three weeks after a race of 15 km or more with W ≤ 0.7 M₄;
//! 3. *break*: W ≤ a fifth of the usual week (see [`crate::review::week_sums`]), two weeks or more in
//!    a row, a single one is recovery;
//! 4. *recovery*: W ≤ half of the usual week;
//! 5. *peak*: W ≥ 0.85 of the greatest of 12 weeks, some hard running and q ≥ q̃, |s₆| < 2 %;
//! 6. *build*: s₆ ≥ 2 %, or q ≥ 1.25 q̃ while volume does not fall;
//! 7. *base*: otherwise.
//!
//! A chain of six states that stay with 0.8 makes whole phases of it (the most probable path).
//!
//! # How sure
//! The share of the weeks of a phase that look so by themselves, as if there were two more that do not:
//! a phase of one or two weeks is never sure, and none is certain. Weeks with fewer than four weeks
//! before them count by half.
//!
//! # What is open
//! All limits are coaching conventions. The words say "looks like".

use std::ops::RangeInclusive;

use crate::review::Phase;
use crate::review::PhaseSpan;
use crate::review::Phases;
use crate::review::block::Block;
use crate::review::numbers::as_f64;
use crate::review::week_sums::USUAL_WEEKS;
use crate::review::week_sums::WeekSum;
use crate::statistics::median;
use crate::units::round;

/// Weeks of runs from which on phases are spoken of.
const LEAST_WEEKS: usize = 10;
/// The weeks of M₄, with which a week is compared.
const COMPARED_WEEKS: usize = 4;
/// The weeks of s₆, over which volume grows.
const SLOPE_WEEKS: usize = 6;
/// The weeks whose greatest volume makes a peak.
const GREATEST_WEEKS: usize = 12;
/// A taper starts at most so many weeks before its race.
const TAPER_WEEKS: usize = 3;
/// A week of a taper has at most this share of M₄.
const TAPER: f64 = 0.8;
/// At most so many weeks after a long race are recovery.
const AFTER_RACE_WEEKS: usize = 3;
/// A week of recovery after a race has at most this share of M₄.
const AFTER_RACE: f64 = 0.7;
/// A week of at most this share of the usual week is recovery.
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
/// The probability that a break is overlooked, or seen where there was none: it is counted, not read.
const BREAK_NOT_SEEN: f64 = 1e-6;
/// The probability that a week looks like the phase it is of.
const LOOKS_RIGHT: f64 = 0.6;
/// Weeks that are taken to speak against each phase: what a few weeks say is unsure.
const WEEKS_AGAINST: f64 = 2.0;
/// What a week with hardly any weeks before it counts for its phase.
const FIRST_WEEKS_COUNT: f64 = 0.5;
/// The phases in the order of the states.
const PHASES: [Phase; 6] = [
    Phase::Recovery,
    Phase::Base,
    Phase::Build,
    Phase::Peak,
    Phase::Taper,
    Phase::Break,
];

/// Returns the phases of the whole weeks of a block; the weeks before it help to tell them.
pub(super) fn phases(block: &Block<'_>, weeks: &[WeekSum]) -> Phases {
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
    let mut looks: Vec<Phase> = (0..weeks.len())
        .map(|index| looks(weeks, &hours, index))
        .collect();
    for alone in looks.chunk_by_mut(|a, b| *a == Phase::Break && *b == Phase::Break) {
        if let [only @ Phase::Break] = alone {
            *only = Phase::Recovery;
        }
    }
    let path = path(&looks);
    let in_block: Vec<usize> = (0..weeks.len())
        .filter(|index| weeks[*index].lies_in(span))
        .collect();
    let spans = in_block.chunk_by(|a, b| path[*a] == path[*b]);
    Phases {
        spans: spans
            .filter_map(|indices| phase_span(weeks, &looks, path[*indices.first()?], indices))
            .collect(),
        reason: None,
    }
}

/// Returns some weeks in a row that look like one phase.
fn phase_span(
    weeks: &[WeekSum],
    looks: &[Phase],
    phase: Phase,
    indices: &[usize],
) -> Option<PhaseSpan> {
    let of_span = || indices.iter().map(|index| &weeks[*index]);
    let count = as_f64(indices.len());
    let right: f64 = indices
        .iter()
        .filter(|index| looks[**index] == phase)
        .map(|index| match *index {
            first if first < COMPARED_WEEKS => FIRST_WEEKS_COUNT,
            _ => 1.0,
        })
        .sum();
    let hours: f64 = of_span().map(|week| week.hours).sum();
    let hard_minutes: f64 = of_span().map(|week| week.hard_minutes).sum();
    Some(PhaseSpan {
        phase,
        first: of_span().next()?.monday,
        last: of_span().next_back()?.monday,
        weeks: indices.len(),
        weeks_without_runs: of_span().filter(|week| week.runs == 0).count(),
        hours_per_week: round(hours / count, 2),
        hard_minutes_per_week: round(hard_minutes / count, 1),
        confidence: round(right / (count + WEEKS_AGAINST), 2),
        runner_up: runner_up(looks, phase, indices),
    })
}

/// Returns what else most of the other weeks of a phase look like.
fn runner_up(looks: &[Phase], phase: Phase, indices: &[usize]) -> Option<Phase> {
    let count = |other: Phase| indices.iter().filter(|i| looks[**i] == other).count();
    let others = PHASES.into_iter().filter(|other| *other != phase);
    let seen = others.filter(|other| count(*other) > 0);
    // Of several the first.
    seen.rev().max_by_key(|other| count(*other))
}

/// Returns what a week looks like by itself; `hours` are those of the weeks.
fn looks(weeks: &[WeekSum], hours: &[f64], index: usize) -> Phase {
    let own = &weeks[index];
    let before = |count: usize| index.saturating_sub(count)..index;
    let usual_4 = median(hours[before(COMPARED_WEEKS)].iter().copied()).unwrap_or(own.hours);
    let usual = own.usual_hours.unwrap_or(own.hours);
    let races = |range: RangeInclusive<usize>| {
        weeks[*range.start().min(&weeks.len())..(range.end() + 1).min(weeks.len())].iter()
    };
    let race_ahead = races(index..=index + TAPER_WEEKS).any(|week| week.has_race);
    if race_ahead && !own.is_break && own.hours <= TAPER * usual_4 {
        return Phase::Taper;
    }
    let after_race = weeks[before(AFTER_RACE_WEEKS)]
        .iter()
        .any(|week| week.has_long_race);
    if after_race && own.hours <= AFTER_RACE * usual_4 {
        return Phase::Recovery;
    }
    if own.is_break {
        return Phase::Break;
    }
    if own.hours <= LITTLE * usual {
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
    let is_hard = own_share > 0.0 && own_share >= usual_share;
    let is_harder = usual_share > 0.0 && own_share >= HARDER * usual_share;
    if own.hours >= PEAK * greatest && is_hard && slope.abs() < GROWS {
        Phase::Peak
    } else if slope >= GROWS || (is_harder && slope > -GROWS) {
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
        let is_break = |phase: Phase| phase == Phase::Break;
        match PHASES[state] {
            phase if phase == seen => right,
            phase if is_break(phase) || is_break(seen) => BREAK_NOT_SEEN.ln(),
            _ => wrong,
        }
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
    use chrono::NaiveDate;

    use super::*;
    use crate::review::week_sums::mark_breaks;

    fn weeks(hours: &[f64], hard: f64) -> Vec<WeekSum> {
        let mut weeks: Vec<WeekSum> = hours
            .iter()
            .map(|hours| WeekSum {
                hours: *hours,
                hard_minutes: hard * hours,
                ..WeekSum::default()
            })
            .collect();
        mark_breaks(&mut weeks);
        weeks
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
        let without_hard = weeks(&[4.0; 6], 0.0);
        assert_eq!(look(&without_hard, 5), Phase::Base);
        let stopped = weeks(&[4.0, 4.0, 4.0, 4.0, 4.0, 0.5], 5.0);
        assert_eq!(look(&stopped, 5), Phase::Break);
        let falling = weeks(&[4.0, 3.7, 3.4, 3.1, 2.8, 2.5], 5.0);
        assert_eq!(look(&falling, 5), Phase::Base);
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
    fn few_weeks_are_unsure_and_none_is_certain() {
        let hours = weeks(&[4.0; 40], 5.0);
        let looks = vec![Phase::Peak; 40];
        let sure = |indices: &[usize]| {
            phase_span(&hours, &looks, Phase::Peak, indices).map(|span| span.confidence)
        };
        assert_eq!(sure(&[20]), Some(0.33));
        assert_eq!(sure(&[20, 21]), Some(0.5));
        assert_eq!(sure(&[0, 1]), Some(0.25));
        let long: Vec<usize> = (4..40).collect();
        assert_eq!(sure(&long), Some(0.95));
    }

    #[test]
    fn what_else_a_phase_might_be_is_what_its_other_weeks_look_like() {
        use Phase::*;
        let looks = [Build, Base, Build, Peak, Base];
        assert_eq!(runner_up(&looks, Build, &[0, 1, 2, 3, 4]), Some(Base));
        assert_eq!(runner_up(&looks, Build, &[0, 2]), None);
    }

    #[test]
    fn one_odd_week_is_no_phase() {
        use Phase::*;
        assert_eq!(path(&[Base, Base, Build, Base, Base]), [Base; 5]);
        assert_eq!(
            path(&[Base, Base, Base, Build, Build, Build]),
            [Base, Base, Base, Build, Build, Build]
        );
        // A break is counted, not read.
        let there_and_back = [Base, Base, Break, Break, Base, Base];
        assert_eq!(path(&there_and_back), there_and_back);
    }

    #[test]
    fn weeks_after_a_long_race_are_recovery_and_hard_running_makes_a_build() {
        let mut raced = weeks(&[4.0, 4.0, 4.0, 4.0, 4.0, 2.8, 2.8, 2.8, 2.8], 5.0);
        raced[4].has_race = true;
        raced[4].has_long_race = true;
        // 0.7 of the four weeks before; the third week after it is the last.
        assert_eq!(look(&raced, 5), Phase::Recovery);
        assert_eq!(look(&raced, 6), Phase::Recovery);
        assert_eq!(look(&raced, 8), Phase::Base);
        raced[5].hours = 2.9;
        assert_eq!(look(&raced, 5), Phase::Base);
        let mut harder = weeks(&[4.0, 3.9, 4.0, 3.9, 4.0, 3.3], 5.0);
        harder[5].hard_minutes = 3.3 * 6.25;
        assert_eq!(look(&harder, 5), Phase::Build);
        harder[5].hard_minutes = 3.3 * 6.2;
        assert_eq!(look(&harder, 5), Phase::Base);
        // Hard running while volume falls is no build.
        let mut falling = weeks(&[4.0, 3.8, 3.6, 3.4, 3.2, 3.0], 5.0);
        falling[5].hard_minutes = 30.0;
        assert_eq!(look(&falling, 5), Phase::Base);
    }

    #[test]
    fn a_phase_of_some_weeks_has_their_means() {
        let mut some = weeks(&[4.0, 4.0, 4.0, 4.0, 5.0, 0.0, 4.0, 3.0], 10.0);
        for (week, monday) in some.iter_mut().zip(NaiveDate::default().iter_weeks()) {
            week.monday = monday;
            week.runs = usize::from(week.hours > 0.0);
        }
        let looks = [Phase::Base; 8];
        let span = phase_span(&some, &looks, Phase::Base, &[3, 4, 5, 6]).expect("weeks");
        assert_eq!((span.first, span.last), (some[3].monday, some[6].monday));
        assert_eq!((span.weeks, span.weeks_without_runs), (4, 1));
        assert_eq!(
            (span.hours_per_week, span.hard_minutes_per_week),
            (3.25, 32.5)
        );
        // Three and a half of four weeks, two against them.
        assert_eq!((span.confidence, span.runner_up), (0.58, None));
    }
}

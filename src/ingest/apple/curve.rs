//! *intervals → running totals*: distances and steps, each counted once.

use super::samples::Sample;

/// Who recorded so often is fine enough to follow a run.
///
/// # Units
/// Intervals a minute. Chosen: one: a phone in a pocket writes one in ten minutes, some apps one for the whole.
const FINE_PER_MIN: f64 = 1.0;
/// Ends of intervals that follow one another within this were cut to whole seconds one by one.
///
/// # Units
/// Seconds. Chosen: watches write an interval each two to three seconds in a workout.
const ROUNDED_WITHIN_S: f64 = 5.0;
/// The ends of so many intervals before and behind show when one really ended.
const NEIGHBOURS: usize = 4;

/// Returns who tells a quantity best in some time: the source of the workout itself where it recorded it
/// often enough, else who did most often; so what phone and watch both counted is counted once.
pub(super) fn best_source(samples: &[Sample], own: u16, length_s: f64) -> Option<u16> {
    let mut sources: Vec<u16> = samples.iter().map(|one| one.source).collect();
    sources.sort_unstable();
    let counts = sources.chunk_by(|one, next| one == next);
    let counts: Vec<(usize, u16)> = counts.map(|group| (group.len(), group[0])).collect();
    let least = (length_s / 60.0 * FINE_PER_MIN).max(1.0);
    let is_fine = |(count, source): &&(usize, u16)| *source == own && *count as f64 >= least;
    let fine = counts.iter().find(is_fine);
    // The first of those that are equal, the own before all.
    let most = |(count, source): &&(usize, u16)| (*count, *source == own, u16::MAX - source);
    let best = fine.or_else(|| counts.iter().max_by_key(most));
    best.map(|(_, source)| *source)
}

/// A running total over time: straight lines between knots.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Curve {
    /// Seconds since 1970, with the total up to there.
    knots: Vec<(f64, f64)>,
}

impl Curve {
    /// Adds up what one source recorded in a time, in order of beginning. Where intervals overlap, what
    /// comes later counts with the share of it that is new.
    pub(super) fn of(samples: &[Sample], (start_s, end_s): (i64, i64)) -> Self {
        let mut knots: Vec<(f64, f64)> = Vec::new();
        let (mut until_s, mut total) = (start_s, 0.0);
        for sample in samples {
            // What was cut to no length at all lasted a part of its second.
            let length_s = i64::from(sample.length_s.max(1));
            let from_s = sample.begin_s().max(until_s);
            let to_s = (sample.begin_s() + length_s).min(end_s);
            if to_s <= from_s {
                continue;
            }
            if knots
                .last()
                .is_none_or(|(time_s, _)| *time_s < from_s as f64)
            {
                knots.push((from_s as f64, total));
            }
            total += f64::from(sample.value) * (to_s - from_s) as f64 / length_s as f64;
            knots.push((to_s as f64, total));
            until_s = to_s;
        }
        Self { knots }.unrounded()
    }

    /// Puts the ends of short intervals in a row where they most likely were: a mean over neighbours on
    /// both sides takes away that each was cut to a whole second, and leaves even rows as they are.
    fn unrounded(self) -> Self {
        let near = |a: usize, b: usize| {
            let step_s = |index: usize| self.knots[index + 1].0 - self.knots[index].0;
            let (first, rest) = (step_s(a), (a..b).map(step_s));
            let (low, high) = rest.fold((first, first), |(low, high), step| {
                (low.min(step), high.max(step))
            });
            high < ROUNDED_WITHIN_S && high - low <= 1.0
        };
        let last = self.knots.len().saturating_sub(1);
        let shifted = (0..self.knots.len()).map(|index| {
            let reach = NEIGHBOURS.min(index).min(last - index);
            let reach = (1..=reach)
                .rev()
                .find(|reach| near(index - reach, index + reach));
            let reach = reach.unwrap_or(0);
            let window = &self.knots[index - reach..=index + reach];
            let sum_s: f64 = window
                .iter()
                .map(|(time_s, _)| time_s - self.knots[index].0)
                .sum();
            (
                self.knots[index].0 + sum_s / window.len() as f64,
                self.knots[index].1,
            )
        });
        let mut knots: Vec<(f64, f64)> = Vec::with_capacity(self.knots.len());
        for (time_s, total) in shifted {
            let before_s = knots.last().map_or(f64::NEG_INFINITY, |knot| knot.0);
            knots.push((time_s.max(before_s), total));
        }
        Self { knots }
    }

    /// Returns whether it tells anything.
    pub(super) fn is_empty(&self) -> bool {
        self.knots.is_empty()
    }

    /// Returns the knots' times in whole seconds since 1970.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "they come from whole seconds"
    )]
    pub(super) fn times_s(&self) -> impl Iterator<Item = i64> {
        self.knots.iter().map(|(time_s, _)| time_s.round() as i64)
    }

    /// Returns the total up to a moment: nothing before the first knot, all behind the last.
    pub(super) fn at(&self, time_s: f64) -> f64 {
        let after = self.knots.partition_point(|(knot_s, _)| *knot_s <= time_s);
        let knot = |index: usize| self.knots.get(index).copied();
        match (after.checked_sub(1).and_then(knot), knot(after)) {
            (Some((from_s, from)), Some((to_s, to))) => {
                from + (to - from) * (time_s - from_s) / (to_s - from_s)
            }
            (Some((_, total)), None) => total,
            (None, _) => 0.0,
        }
    }

    /// Returns the first and the last moment.
    pub(super) fn span_s(&self) -> Option<(f64, f64)> {
        Some((self.knots.first()?.0, self.knots.last()?.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(start_s: u32, length_s: u16, source: u16, value: f32) -> Sample {
        Sample {
            start_s,
            length_s,
            source,
            value,
        }
    }

    #[test]
    fn the_own_source_is_preferred_unless_it_is_coarse() {
        let mut samples: Vec<Sample> = (0..10).map(|n| sample(60 * n, 60, 2, 150.0)).collect();
        samples.push(sample(0, 600, 1, 1_500.0));
        assert_eq!(best_source(&samples, 1, 600.0), Some(2));
        assert_eq!(best_source(&samples, 2, 600.0), Some(2));
        assert_eq!(best_source(&samples[10..], 3, 600.0), Some(1));
        assert_eq!(best_source(&[], 3, 600.0), None);
    }

    #[test]
    fn what_overlaps_counts_once_and_what_reaches_out_in_part() {
        let samples = [
            sample(90, 20, 0, 40.0),
            sample(110, 10, 0, 30.0),
            sample(115, 10, 0, 30.0),
            sample(140, 0, 0, 5.0),
            sample(190, 20, 0, 60.0),
        ];
        let curve = Curve::of(&samples, (100, 200));
        for (time_s, total) in [
            (100.0, 0.0),
            (110.0, 20.0),
            (120.0, 50.0),
            (125.0, 65.0),
            (130.0, 65.0),
            (141.0, 70.0),
            (190.0, 70.0),
            (200.0, 100.0),
            (300.0, 100.0),
        ] {
            assert!((curve.at(time_s) - total).abs() < 1e-9, "{time_s}");
        }
    }

    #[test]
    fn ends_that_were_cut_to_whole_seconds_are_put_back() {
        // Even running in intervals of 2.56 s.
        let ends = |n: u32| 256 * n / 100;
        let samples: Vec<Sample> = (0..200)
            .map(|n| {
                let length_s = u16::try_from(ends(n + 1) - ends(n)).unwrap_or(0);
                sample(1_000 + ends(n), length_s, 0, 7.68)
            })
            .collect();
        let curve = Curve::of(&samples, (1_000, 2_000));
        let speeds: Vec<f64> = (20..480)
            .map(|second| curve.at(f64::from(1_001 + second)) - curve.at(f64::from(1_000 + second)))
            .collect();
        assert!(speeds.iter().all(|speed| (speed / 3.0 - 1.0).abs() < 0.12));
        assert!((curve.at(2_000.0) - 1_536.0).abs() < 0.01);
    }
}

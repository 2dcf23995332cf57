//! Candidates in the light of what is known of the athlete: the last stage of the gate.
//!
//! It judges what the summary of a run keeps of its candidates, so that it can be asked when the runs
//! before are known, and asked again of stored documents. Where nothing is known it is not asked.
//!
//! What it says is added to the log-odds of the run alone, and its trees are few: athletes with a past
//! and labels are few as well. A stage that judges anew in the light of habits would have to learn from
//! them all that the others learned from hundreds of runs. It helps less than hoped (rep counts of
//! athletes not seen 0.72 with it, 0.73 without): most of what habits could show, the run shows too.
//!
//! Features compare with easy speed, critical speed, the best of the year and the efforts of the months
//! before: an easy run that is as fast as an easy run has no tempo block, however slow its warm-up.

use std::ops::Range;

use crate::segmentation::Candidate;
use crate::segmentation::gate::likeness::apart;
use crate::segmentation::gate::likeness::closeness;
use crate::segmentation::gate::likeness::ln_ratio;
use crate::segmentation::gate::trees::probability;

/// What is known of the athlete's running on the day of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Habits {
    /// Habitual easy speed, in metres per second.
    pub easy_speed_m_s: f64,
    /// Half the width of its interval (natural logarithm).
    pub easy_half_width: f64,
    /// Critical speed, in metres per second.
    pub critical_speed_m_s: Option<f64>,
    /// Threshold heart rate, in beats per minute.
    pub threshold_heart_rate_bpm: Option<f64>,
    /// How much the pace of easy running wanders: spread of the means of a minute, as a fraction of it.
    pub pace_wander: Option<f64>,
    /// The fastest mean effort speeds (metres per second) of the year before, each with its duration in
    /// seconds, shortest first.
    pub bests: Vec<(f64, f64)>,
    /// Efforts of the months before: seconds and metres per second.
    pub efforts: Vec<(f64, f64)>,
}

impl Habits {
    /// Returns the fastest speed over a duration in seconds, between two known ones in proportion to its
    /// logarithm. Shorter than the shortest it is that of the shortest; longer than the longest, absent.
    fn best_m_s(&self, duration_s: f64) -> Option<f64> {
        let next = self.bests.partition_point(|(known, _)| *known < duration_s);
        let (after, before) = (self.bests.get(next)?, next.checked_sub(1));
        let before = before.map_or(after, |index| &self.bests[index]);
        let span = (after.0 / before.0).ln();
        let share = if span > 0.0 {
            (duration_s / before.0).ln() / span
        } else {
            0.0
        };
        Some(before.1 + share * (after.1 - before.1))
    }
}

/// A candidate, other candidates of its run, and the athlete's habits.
struct Against<'a> {
    own: &'a Candidate,
    habits: &'a Habits,
    /// Others like it, weighted by their probability and closeness.
    similar: f64,
    /// The highest log-odds of those apart from it.
    best_other: f64,
    /// The highest log-odds of those that overlap it.
    best_rival: f64,
}

impl Against<'_> {
    /// Returns its speed over another in metres per second (natural logarithm); NaN where that is
    /// unknown.
    fn over(&self, other_m_s: Option<f64>) -> f64 {
        other_m_s.map_or(f64::NAN, |other| ln_ratio(self.own.effort_speed_m_s, other))
    }

    fn over_easy(&self) -> f64 {
        self.over(Some(self.habits.easy_speed_m_s))
    }

    fn length_s(&self) -> f64 {
        self.own.end_s - self.own.start_s
    }

    /// How like the most similar effort of the months before it is, 0–1; NaN where there was none.
    fn like_usual(&self) -> f64 {
        let (speed, length) = (self.own.effort_speed_m_s.ln(), self.length_s().ln());
        let known = self.habits.efforts.iter();
        known
            .map(|(duration_s, speed_m_s)| {
                closeness(speed - speed_m_s.ln(), length - duration_s.ln())
            })
            .reduce(f64::max)
            .unwrap_or(f64::NAN)
    }
}

/// One thing that the last stage looks at: its name, and how it is read off; NaN where not known.
struct Feature {
    name: &'static str,
    value: fn(&Against) -> f64,
}

const fn feature(name: &'static str, value: fn(&Against) -> f64) -> Feature {
    Feature { name, value }
}

/// What the last stage looks at; ratios are natural logarithms. The order is that of the columns which
/// the weights were fitted on.
///
/// The first ten are of the run alone, as summaries keep them: what the three stages said, length (ln
/// s), contrast to the other running and the lesser one to the minutes beside it, the longest break (ln
/// (1 + s)), heart rate over that of the other running (bpm), slope, similar ones (count, weighted),
/// and the log-odds of the best one apart and of the best overlapping one: what habits say depends on
/// how sure the run was.
///
/// `over_easy` tells tempo from a steady easy run; `easy_half_width` how far to trust that (ln ratio);
/// `running_over_easy` whether the rest of the run was easy at all, or a race with a jog;
/// `over_critical` what can be held for so long; `of_best` how near it is to the best of the year over
/// its time; `easy_in_wander` the contrast to easy speed in spreads of the athlete's pace;
/// `heart_of_threshold` heart rate over that at threshold (ratio); `like_usual` whether the athlete
/// runs such efforts (0–1).
#[rustfmt::skip]
static FEATURES: &[Feature] = &[
    feature("log_odds", |a| a.own.log_odds),
    feature("ln_length_s", |a| a.length_s().ln()),
    feature("contrast", |a| a.own.contrast.ln()),
    feature("least_contrast", |a| known(a.own.least_contrast).ln()),
    feature("break_s", |a| a.own.break_s.ln_1p()),
    feature("heart_over_running_bpm", |a| known(a.own.heart_rate_over_running_bpm)),
    feature("slope", |a| known(a.own.slope)),
    feature("similar", |a| a.similar),
    feature("best_other", |a| a.best_other),
    feature("best_rival", |a| a.best_rival),
    feature("over_easy", |a| a.over_easy()),
    feature("easy_half_width", |a| a.habits.easy_half_width),
    feature("running_over_easy", |a| a.over_easy() - a.own.contrast.ln()),
    feature("over_critical", |a| a.over(a.habits.critical_speed_m_s)),
    feature("of_best", |a| a.over(a.habits.best_m_s(a.length_s()))),
    feature("easy_in_wander", |a| a.over_easy() / known(a.habits.pace_wander)),
    feature("heart_of_threshold", |a| known(a.own.heart_rate_bpm) / known(a.habits.threshold_heart_rate_bpm)),
    feature("like_usual", |a| a.like_usual()),
];

fn known(value: Option<f64>) -> f64 {
    value.unwrap_or(f64::NAN)
}

/// Returns the names of the features, in the order of the rows.
#[must_use]
pub fn names() -> Vec<&'static str> {
    FEATURES.iter().map(|feature| feature.name).collect()
}

/// Returns the rows of the last stage for the candidates of a run: one each, in their order, with the
/// columns of [`names`].
#[must_use]
pub fn rows(candidates: &[Candidate], habits: &Habits) -> Vec<Vec<f64>> {
    (0..candidates.len())
        .map(|index| {
            let against = against(candidates, index, habits);
            let values = FEATURES.iter().map(|feature| (feature.value)(&against));
            values.collect()
        })
        .collect()
}

fn against<'a>(candidates: &'a [Candidate], index: usize, habits: &'a Habits) -> Against<'a> {
    let own = &candidates[index];
    let mut against = Against {
        own,
        habits,
        similar: 0.0,
        best_other: f64::NAN,
        best_rival: f64::NAN,
    };
    for (place, other) in candidates.iter().enumerate() {
        if place == index {
            continue;
        }
        if !apart(&seconds(own), &seconds(other)) {
            against.best_rival = against.best_rival.max(other.log_odds);
            continue;
        }
        let speed = (own.effort_speed_m_s / other.effort_speed_m_s).ln();
        let length = ((own.end_s - own.start_s) / (other.end_s - other.start_s)).ln();
        against.similar += probability(other.log_odds) * closeness(speed, length);
        against.best_other = against.best_other.max(other.log_odds);
    }
    against
}

/// Returns the seconds of the elapsed clock that a candidate covers.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "moments of a run are small and not negative"
)]
pub(crate) fn seconds(candidate: &Candidate) -> Range<usize> {
    candidate.start_s as usize..candidate.end_s as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bests_between_two_durations_are_in_proportion() {
        let habits = Habits {
            bests: vec![(100.0, 5.0), (400.0, 4.0)],
            ..Habits::default()
        };
        assert_eq!(habits.best_m_s(50.0), Some(5.0));
        assert_eq!(habits.best_m_s(100.0), Some(5.0));
        // Half-way on the scale of logarithms.
        assert!((habits.best_m_s(200.0).unwrap_or(0.0) - 4.5).abs() < 1e-9);
        assert_eq!(habits.best_m_s(401.0), None);
        let steeper = Habits {
            bests: vec![(100.0, 5.0), (400.0, 3.0)],
            ..Habits::default()
        };
        assert!((steeper.best_m_s(200.0).unwrap_or(0.0) - 4.0).abs() < 1e-9);
    }
}

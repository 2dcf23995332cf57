//! What speaks for a sustained effort by itself: tempo blocks and races that stand alone in their run.
//!
//! Labelled runs hold sets by the hundred and lone blocks by the handful, so that a fitted gate hardly
//! knows them. What everyone sees is put in as a rule: a long, even stretch, clearly faster than the
//! other running of the run and, where that is known, than the athlete's easy running, answered by
//! heart rate. Of 108 plain runs of athletes with a past three hold such a stretch, all of them 20 bpm
//! above the rest.

use crate::segmentation::Candidate;
use crate::segmentation::gate::habits::Habits;

/// A sustained effort lasts at least this.
///
/// # Units
/// Seconds. Convention, as for a tempo block.
const LEAST_S: f64 = 480.0;
/// No stop or walk inside is longer; a gate or a light does not end it.
///
/// # Units
/// Seconds. Chosen: a longer one lets the legs and the heart rest, so that two efforts are left.
const LONGEST_BREAK_S: f64 = 60.0;
/// Its ten-second means vary by at most this; a set with its recoveries varies more.
///
/// # Units
/// Ratio. Measured: tempo running of real runs varies by 3 to 8 %.
const MOST_UNEVEN: f64 = 0.1;
/// It is at least this much faster than the other running of the run, where heart rate is recorded and
/// the athlete is not known.
///
/// # Units
/// Ratio of grade-adjusted speeds. Chosen: the fastest five minutes of ordinary easy runs are 1.09 of
/// their middle, of one in four 1.15; sustained efforts are 1.15 to 1.6.
const LEAST_CONTRAST: f64 = 1.22;
/// The same where no heart rate confirms it.
///
/// # Units
/// Ratio of grade-adjusted speeds. Chosen: what heart rate would have sorted out, speed has to.
const LEAST_CONTRAST_WITHOUT_HEART: f64 = 1.30;
/// The same where habitual easy speed is known, which then has to be exceeded by as much too.
///
/// # Units
/// Ratio of grade-adjusted speeds. Chosen: the lower end of sustained efforts; an easy run with a slow
/// beginning has the contrast, but not the speed.
const LEAST_CONTRAST_KNOWN: f64 = 1.15;
/// Heart rate of its second half lies at least this far above that of the other running.
///
/// # Units
/// Beats per minute. Chosen: drift over half an hour is less.
const LEAST_HEART_BPM: f64 = 8.0;
/// What that adds.
///
/// # Units
/// Log-odds. Chosen: it lifts a candidate that the gate gives one chance in twenty above a half, and not
/// one that it gives one in a hundred.
const LOG_ODDS: f64 = 3.0;

/// Returns what being a sustained effort adds to the log-odds of a candidate: all or nothing, so that
/// the reason can be told in a sentence.
pub(super) fn log_odds(candidate: &Candidate, habits: Option<&Habits>) -> f64 {
    let is_even = candidate.end_s - candidate.start_s >= LEAST_S
        && candidate.break_s <= LONGEST_BREAK_S
        && candidate.unevenness <= MOST_UNEVEN;
    let heart = candidate.heart_rate_over_running_bpm;
    let answered = heart.is_none_or(|beats| beats >= LEAST_HEART_BPM);
    let least = match (habits, heart) {
        (Some(_), _) => LEAST_CONTRAST_KNOWN,
        (None, Some(_)) => LEAST_CONTRAST,
        (None, None) => LEAST_CONTRAST_WITHOUT_HEART,
    };
    let over_easy = habits.map(|habits| candidate.effort_speed_m_s / habits.easy_speed_m_s);
    let is_fast =
        candidate.contrast >= least && over_easy.is_none_or(|over| over >= LEAST_CONTRAST_KNOWN);
    if is_even && answered && is_fast {
        LOG_ODDS
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tempo() -> Candidate {
        Candidate {
            start_s: 900.0,
            end_s: 2400.0,
            effort_speed_m_s: 3.6,
            contrast: 1.25,
            unevenness: 0.05,
            break_s: 20.0,
            heart_rate_over_running_bpm: Some(20.0),
            ..Candidate::default()
        }
    }

    #[test]
    fn a_long_even_fast_stretch_with_a_heart_to_it_is_one() {
        let counts = |one: Candidate| log_odds(&one, None) > 0.0;
        assert!(counts(tempo()));
        assert!(!counts(Candidate {
            end_s: 1300.0,
            ..tempo()
        }));
        assert!(!counts(Candidate {
            break_s: 90.0,
            ..tempo()
        }));
        assert!(!counts(Candidate {
            unevenness: 0.2,
            ..tempo()
        }));
        assert!(!counts(Candidate {
            contrast: 1.18,
            ..tempo()
        }));
        let calm = Some(4.0);
        assert!(!counts(Candidate {
            heart_rate_over_running_bpm: calm,
            ..tempo()
        }));
    }

    #[test]
    fn with_habits_less_contrast_is_enough_and_easy_running_is_not() {
        let faint = Candidate {
            contrast: 1.16,
            ..tempo()
        };
        let habits = |easy_speed_m_s| Habits {
            easy_speed_m_s,
            ..Habits::default()
        };
        assert!(log_odds(&faint, Some(&habits(3.0))) > 0.0);
        // As fast as the athlete always runs.
        assert!(log_odds(&faint, Some(&habits(3.5))) <= 0.0);
    }
}

//! What is known of the athlete's running on a day, as far as it tells efforts from easy running.

use chrono::NaiveDate;

use crate::history::History;
use crate::history::PastSession;
use crate::history::Reference;
use crate::history::References;
use crate::segmentation::Habits;

/// The days whose fastest running counts.
///
/// # Units
/// Days: a year holds a season.
const BEST_DAYS: u64 = 365;
/// The days whose repetitions are usual.
///
/// # Units
/// Days. Convention: a training block and the one before it.
const USUAL_DAYS: u64 = 120;
/// A stretch of which more was bridged or replaced is no best.
///
/// # Units
/// Ratio of its duration. Chosen, as for critical speed.
const MOST_SUSPECT_SHARE: f64 = 0.1;
/// Durations are told apart by so much.
///
/// # Units
/// Per second.
const PER_SECOND: f64 = 10.0;

impl History {
    /// Returns what is known of the athlete's running on a day with some reference values; nothing while habitual easy speed rests
    /// on less than an hour of running.
    #[must_use]
    pub fn habits(&self, on: NaiveDate, references: &References) -> Option<Habits> {
        let easy = references.easy_speed_m_s.as_ref();
        let easy = easy.filter(|easy| !easy.is_weak())?;
        let value = |reference: &Option<Reference>| reference.as_ref().map(|known| known.value);
        let others = |days| {
            self.window(on, days)
                .iter()
                .filter(move |past| past.day != on)
        };
        let usual = others(USUAL_DAYS).flat_map(|past| past.repetitions.iter().copied());
        Some(Habits {
            easy_half_width: (easy.high / easy.low).ln() / 2.0,
            easy_speed_m_s: easy.value,
            critical_speed_m_s: value(&references.critical_speed_m_s),
            threshold_heart_rate_bpm: value(&references.threshold_heart_rate_bpm),
            pace_wander: value(&references.pace_wander),
            bests: bests(others(BEST_DAYS)),
            efforts: usual.collect(),
        })
    }
}

/// Returns the fastest speed of some sessions over each duration, shortest first.
#[expect(
    clippy::cast_possible_truncation,
    reason = "durations are at most some hours"
)]
fn bests<'a>(sessions: impl Iterator<Item = &'a PastSession>) -> Vec<(f64, f64)> {
    let mut bests: Vec<(i64, (f64, f64))> = Vec::new();
    for point in sessions.flat_map(|past| &past.mean_max) {
        if point.suspect_s > MOST_SUSPECT_SHARE * point.duration_s {
            continue;
        }
        let key = (point.duration_s * PER_SECOND).round() as i64;
        match bests.binary_search_by_key(&key, |(known, _)| *known) {
            Ok(place) => bests[place].1.1 = bests[place].1.1.max(point.speed_m_s),
            Err(place) => bests.insert(place, (key, (point.duration_s, point.speed_m_s.max(0.0)))),
        }
    }
    bests.into_iter().map(|(_, best)| best).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Confidence;
    use crate::settings::Settings;
    use crate::summary::MeanMax;

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, day).expect("a day of May")
    }

    fn point(duration_s: f64, speed_m_s: f64, suspect_s: f64) -> MeanMax {
        MeanMax {
            suspect_s,
            ..MeanMax::exact(duration_s, speed_m_s)
        }
    }

    fn run(day: u32, mean_max: Vec<MeanMax>) -> PastSession {
        PastSession {
            day: date(day),
            repetitions: vec![(f64::from(day), 4.0)],
            mean_max,
            ..PastSession::default()
        }
    }

    fn easy(confidence: Confidence) -> References {
        References {
            easy_speed_m_s: Some(Reference {
                value: 3.0,
                low: 2.7,
                high: 3.3,
                source: String::new(),
                date: None,
                confidence,
            }),
            ..References::default()
        }
    }

    #[test]
    fn habits_are_those_of_other_days_and_bests_of_what_is_sound() {
        let mut history = History::new(Settings::default());
        // Of 300 s, 30 s may be bridged.
        history.push(run(1, vec![point(300.0, 4.2, 30.0), point(60.0, 5.0, 0.0)]));
        history.push(run(3, vec![point(60.0, 5.2, 0.0), point(300.0, 4.9, 31.0)]));
        history.push(run(5, vec![point(60.0, 6.0, 0.0)]));
        let habits = history
            .habits(date(5), &easy(Confidence::Fair))
            .expect("an easy speed");
        assert_eq!(habits.bests, [(60.0, 5.2), (300.0, 4.2)]);
        assert_eq!(habits.efforts, [(1.0, 4.0), (3.0, 4.0)]);
        assert!((habits.easy_half_width - (3.3f64 / 2.7).ln() / 2.0).abs() < 1e-12);
        assert!((habits.easy_speed_m_s - 3.0).abs() < 1e-12);
        assert_eq!(history.habits(date(5), &easy(Confidence::Low)), None);
        assert_eq!(history.habits(date(5), &References::default()), None);
        // Repetitions are usual for four months, bests for a year.
        let later = date(3) + chrono::Days::new(121);
        let habits = history
            .habits(later, &easy(Confidence::High))
            .expect("an easy speed");
        assert_eq!((habits.efforts.len(), habits.bests[0]), (1, (60.0, 6.0)));
    }
}

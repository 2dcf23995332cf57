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

//! One activity as a platform's export tells it.

use chrono::DateTime;
use chrono::Datelike;
use chrono::Utc;

use crate::ingest::Activity;
use crate::ingest::Sport;
use crate::ingest::SportFrom;
use crate::ingest::Totals;
use crate::ingest::platforms::Remarks;
use crate::ingest::sport_names;

/// One activity as a platform's export tells it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Where it stands, as in "line 12".
    pub place: String,
    /// The file that it names, as a path within the export; absent when it names none.
    pub file: Option<String>,
    /// The name by which the platform knows it; absent where nothing refers to it.
    pub id: Option<String>,
    /// Whether it is the sum of several parts, each of another sport.
    pub is_sum: bool,
    /// When it started.
    pub start: Option<DateTime<Utc>>,
    /// Local time minus UTC.
    pub utc_offset_s: Option<i32>,
    /// The sport and its kind.
    pub sport: Option<(Sport, Option<String>)>,
    /// The title.
    pub title: Option<String>,
    /// Perceived exertion, 0–10.
    pub perceived_exertion: Option<f64>,
    /// How it felt, 0–100.
    pub feel: Option<f64>,
    /// The totals.
    pub totals: Totals,
    /// What else the athlete wrote.
    pub remarks: Remarks,
}

impl Entry {
    /// Adds what is said to the recording that it is about. The title and a sport that differs are the
    /// athlete's own words and win over the file's; exertion wins only where the file has none.
    pub fn tell(&self, activity: &mut Activity) {
        if let Some((sport, kind)) = &self.sport
            && *sport != activity.sport
        {
            activity.sport = *sport;
            activity.sub_sport.clone_from(kind);
            activity.sport_from = SportFrom::Platform;
        }
        if self.title.is_some() {
            activity.name.clone_from(&self.title);
        }
        sport_names::fill_in(activity);
        activity.utc_offset_s = activity.utc_offset_s.or(self.utc_offset_s);
        activity.perceived_exertion = activity.perceived_exertion.or(self.perceived_exertion);
        activity.feel = activity.feel.or(self.feel);
        activity.remarks = self.remarks.clone();
    }

    /// Returns an activity of which nothing is known but what is said here; `None` without a start or a
    /// duration that can be, as it can have no place among the others.
    #[must_use]
    pub fn activity(&self) -> Option<Activity> {
        let duration_s = self.totals.elapsed_s.or(self.totals.timer_s)?;
        let start = self.start.filter(|start| YEARS.contains(&start.year()))?;
        let mut activity = Activity {
            start: Some(start),
            totals: self.possible_totals(duration_s),
            ..Activity::default()
        };
        activity.totals.timer_s = activity.totals.timer_s.or(activity.totals.moving_s);
        self.tell(&mut activity);
        activity.remarks.without_recording = true;
        (duration_s > 0.0 && duration_s <= LONGEST_S).then_some(activity)
    }

    /// Returns the totals, those that nobody can reach left out.
    fn possible_totals(&self, duration_s: f64) -> Totals {
        let is_run = matches!(self.sport, Some((Sport::Running, _)));
        let fastest_m_s = if is_run { FASTEST_RUN_M_S } else { FASTEST_M_S };
        let within = |seconds: &f64| *seconds <= LONGEST_S;
        let totals = &self.totals;
        Totals {
            timer_s: totals.timer_s.filter(within),
            moving_s: totals.moving_s.filter(within),
            distance_m: totals
                .distance_m
                .filter(|metres| *metres <= duration_s * fastest_m_s),
            ascent_m: totals
                .ascent_m
                .filter(|metres| *metres <= duration_s * FASTEST_CLIMB_M_S),
            mean_heart_rate_bpm: totals
                .mean_heart_rate_bpm
                .filter(|beats| HEART_RATES_BPM.contains(beats)),
            ..totals.clone()
        }
    }
}

/// Nobody had a watch before, and no entry is of so far ahead.
const YEARS: std::ops::RangeInclusive<i32> = 1980..=2100;
/// The longest races last ten days.
///
/// # Units
/// Seconds.
const LONGEST_S: f64 = 14.0 * 86_400.0;
/// A mean that no runner reaches over any distance.
///
/// # Units
/// Metres per second; the fastest 100 m are run at 10.4.
const FASTEST_RUN_M_S: f64 = 10.5;
/// The same for anything that moves by itself or downhill.
///
/// # Units
/// Metres per second: 144 km/h.
const FASTEST_M_S: f64 = 40.0;
/// Nobody climbs faster by foot or wheel; lifts are not climbed.
///
/// # Units
/// Metres per second.
const FASTEST_CLIMB_M_S: f64 = 2.0;
/// Means of a heart at work, with room.
const HEART_RATES_BPM: std::ops::RangeInclusive<f64> = 25.0..=240.0;

/// Returns a text without white space around it, or that there is none.
pub(super) fn text(cell: &str) -> Option<String> {
    let cell = cell.trim();
    (!cell.is_empty()).then(|| cell.to_owned())
}

/// Returns the sport that a platform's word for it means. A word that is not known is the name of another
/// sport.
pub(super) fn sport(word: &str) -> Option<(Sport, Option<String>)> {
    let word = text(word)?;
    let known = sport_names::of_name(&word);
    Some(known.unwrap_or_else(|| (Sport::Other, Some(word.to_lowercase()))))
}

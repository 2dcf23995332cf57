//! Activities as Garmin sums them up.

use chrono::DateTime;
use chrono::Utc;
use serde::Deserialize;

use super::loose::Loose;
use super::loose::number;
use super::sports;
use crate::ingest::Totals;
use crate::ingest::platforms::Entry;
use crate::ingest::platforms::Meant;
use crate::ingest::platforms::Platform;
use crate::ingest::platforms::Remarks;
use crate::ingest::platforms::entry::text;

/// Durations and times are in thousandths of a second.
const PER_SECOND: f64 = 1000.0;
/// Distances and heights are in centimetres.
const PER_METRE: f64 = 100.0;
/// Energy is in kilojoules, though its key says calories.
const KILOJOULES_PER_KILOCALORIE: f64 = 4.184;
/// Exertion goes in tens to a hundred.
const PER_POINT_OF_EXERTION: f64 = 10.0;
/// The number of the event type "race".
const RACE: f64 = 1.0;
/// Time zones differ from UTC by whole quarters of an hour.
///
/// # Units
/// Seconds.
const OFFSET_STEP_S: i64 = 900;
/// No time zone is farther from UTC.
///
/// # Units
/// Seconds.
const LARGEST_OFFSET_S: i32 = 14 * 3600;

/// One activity; the keys are those of the document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Summary {
    activity_id: Option<Loose>,
    name: Option<Loose>,
    description: Option<Loose>,
    activity_type: Option<Loose>,
    event_type_id: Option<Loose>,
    start_time_gmt: Option<Loose>,
    begin_timestamp: Option<Loose>,
    start_time_local: Option<Loose>,
    duration: Option<Loose>,
    elapsed_duration: Option<Loose>,
    moving_duration: Option<Loose>,
    distance: Option<Loose>,
    elevation_gain: Option<Loose>,
    calories: Option<Loose>,
    avg_hr: Option<Loose>,
    workout_rpe: Option<Loose>,
    workout_feel: Option<Loose>,
    training_effect_label: Option<Loose>,
    parent: Option<Loose>,
    manual_activity: Option<Loose>,
}

impl From<(usize, Summary)> for Entry {
    /// Takes an activity and its number in the document.
    fn from((number_in_file, one): (usize, Summary)) -> Self {
        let start = one.start();
        let local = one.start_time_local.as_ref().and_then(Loose::time);
        let exertion = number(&one.workout_rpe).map(|value| value / PER_POINT_OF_EXERTION);
        Self {
            place: format!("activity {number_in_file}"),
            file: None,
            id: one.activity_id.as_ref().and_then(Loose::name),
            is_sum: one.parent.as_ref().is_some_and(Loose::is_true),
            start,
            utc_offset_s: offset(start, local),
            sport: one
                .activity_type
                .as_ref()
                .and_then(Loose::text)
                .and_then(sports::of),
            title: words(&one.name),
            perceived_exertion: exertion.filter(|value| (1.0..=10.0).contains(value)),
            feel: number(&one.workout_feel).filter(|value| (0.0..=100.0).contains(value)),
            totals: one.totals(),
            remarks: one.remarks(),
        }
    }
}

impl Summary {
    fn start(&self) -> Option<DateTime<Utc>> {
        let given = [&self.start_time_gmt, &self.begin_timestamp];
        let mut given = given.into_iter().flatten();
        given.find_map(Loose::time)
    }

    fn totals(&self) -> Totals {
        let scaled = |value: &Option<Loose>, per: f64| {
            number(value)
                .filter(|value| *value > 0.0)
                .map(|value| value / per)
        };
        let timer_s = scaled(&self.duration, PER_SECOND);
        let elapsed_s = scaled(&self.elapsed_duration, PER_SECOND);
        Totals {
            elapsed_s: elapsed_s.into_iter().chain(timer_s).reduce(f64::max),
            timer_s,
            moving_s: scaled(&self.moving_duration, PER_SECOND),
            distance_m: scaled(&self.distance, PER_METRE),
            ascent_m: scaled(&self.elevation_gain, PER_METRE),
            energy_kcal: scaled(&self.calories, KILOJOULES_PER_KILOCALORIE),
            mean_heart_rate_bpm: scaled(&self.avg_hr, 1.0),
        }
    }

    fn remarks(&self) -> Remarks {
        let is_race = number(&self.event_type_id) == Some(RACE);
        Remarks {
            platform: Some(Platform::Garmin),
            description: words(&self.description),
            meant: is_race.then_some(Meant::Race),
            training_effect: words(&self.training_effect_label).and_then(|label| effect(&label)),
            typed_in: self.manual_activity.as_ref().is_some_and(Loose::is_true),
            ..Remarks::default()
        }
    }
}

fn words(value: &Option<Loose>) -> Option<String> {
    value.as_ref().and_then(Loose::text).and_then(text)
}

/// Returns a label of training effect as one says it.
fn effect(label: &str) -> Option<String> {
    /// What is written where the watch found none.
    const NONE: &str = "UNKNOWN";
    (label != NONE).then(|| {
        label
            .to_lowercase()
            .replace('_', " ")
            .replace("vo2max", "VO2max")
    })
}

/// Returns local time minus UTC in seconds: the local start is written as if it were UTC.
fn offset(start: Option<DateTime<Utc>>, local: Option<DateTime<Utc>>) -> Option<i32> {
    let difference_s = (local? - start?).num_seconds();
    let steps = (difference_s + OFFSET_STEP_S / 2).div_euclid(OFFSET_STEP_S);
    let offset_s = i32::try_from(steps * OFFSET_STEP_S).ok()?;
    (offset_s.abs() <= LARGEST_OFFSET_S).then_some(offset_s)
}

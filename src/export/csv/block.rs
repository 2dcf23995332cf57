//! The tables of days and weeks.

use crate::export::csv::cell::Cell;
use crate::export::csv::columns::Column;
use crate::review::Day;
use crate::review::LoadPoint;
use crate::review::Review;
use crate::review::Week;
use crate::settings::WellnessDay;

/// A part of a block.
pub(super) struct Part<'a, T> {
    review: &'a Review,
    part: &'a T,
}

/// Returns the days of all blocks.
pub(super) fn days(reviews: &[Review]) -> impl Iterator<Item = Part<'_, Day>> {
    reviews
        .iter()
        .flat_map(|review| review.days.iter().map(move |part| Part { review, part }))
}

/// Returns the weeks of all blocks.
pub(super) fn weeks(reviews: &[Review]) -> impl Iterator<Item = Part<'_, Week>> {
    reviews
        .iter()
        .flat_map(|review| review.weeks.iter().map(move |part| Part { review, part }))
}

/// Returns the columns of the table of days.
pub(super) fn day_columns<'a>() -> [Column<Part<'a, Day>>; 16] {
    [
        ("athlete", |p| p.review.athlete.as_deref().into()),
        ("day", |p| p.part.day.into()),
        ("week", |p| week_of(p).map(|week| week.name.as_str()).into()),
        ("kind", |p| Cell::name(&p.part.kind)),
        ("activities", |p| p.part.sessions.len().into()),
        ("double", |p| p.part.double.into()),
        ("sessions", |p| {
            let lines = p.part.sessions.iter();
            Cell::list(lines.filter_map(|&index| Some(&p.review.sessions.get(index)?.id)))
        }),
        ("load", |p| load(p, |point| point.load)),
        ("smoothed_load_7_days", |p| {
            load(p, |point| point.smoothed_7)
        }),
        ("smoothed_load_42_days", |p| {
            load(p, |point| point.smoothed_42)
        }),
        ("load_ramp", |p| load(p, |point| point.ramp)),
        ("resting_hr_bpm", |p| noted(p, |day| day.resting_hr_bpm)),
        ("hrv_ms", |p| noted(p, |day| day.hrv_ms)),
        ("sleep_h", |p| noted(p, |day| day.sleep_h)),
        ("soreness", |p| noted(p, |day| day.soreness)),
        ("mood", |p| noted(p, |day| day.mood)),
    ]
}

/// Returns the columns of the table of weeks.
pub(super) fn week_columns<'a>() -> [Column<Part<'a, Week>>; 20] {
    [
        ("athlete", |p| p.review.athlete.as_deref().into()),
        ("week", |p| p.part.name.as_str().into()),
        ("monday", |p| p.part.monday.into()),
        ("days_in_block", |p| p.part.days_in_block.into()),
        ("runs", |p| p.part.runs.into()),
        ("distance_m", |p| p.part.distance_m.into()),
        ("measured_runs", |p| p.part.measured_runs.into()),
        ("moving_s", |p| p.part.moving_s.into()),
        ("longest_run_s", |p| p.part.longest_run_s.into()),
        ("longest_run_m", |p| p.part.longest_run_m.into()),
        ("quality_sessions", |p| p.part.quality_sessions.into()),
        ("load", |p| p.part.load.into()),
        ("rated_runs", |p| p.part.rated_runs.into()),
        ("cross_training_load", |p| p.part.cross_training_load.into()),
        ("monotony", |p| p.part.monotony.into()),
        ("strain", |p| p.part.strain.into()),
        ("zone_1_s", |p| p.part.zone_s[0].into()),
        ("zone_2_s", |p| p.part.zone_s[1].into()),
        ("zone_3_s", |p| p.part.zone_s[2].into()),
        ("unrated_s", |p| p.part.unrated_s.into()),
    ]
}

/// Returns the week of a day.
fn week_of<'a>(part: &Part<'a, Day>) -> Option<&'a Week> {
    let weeks = &part.review.weeks;
    let after = weeks.partition_point(|week| week.monday <= part.part.day);
    weeks.get(after.checked_sub(1)?)
}

/// Returns a number that the athlete noted of a day.
fn noted(part: &Part<'_, Day>, number: fn(&WellnessDay) -> Option<f64>) -> Cell {
    part.part.wellness.as_ref().and_then(number).into()
}

/// Returns a number of the load curve on a day.
fn load<T: Into<Cell>>(part: &Part<'_, Day>, number: fn(&LoadPoint) -> T) -> Cell {
    let curve = &part.review.load_curve;
    let index = curve.binary_search_by_key(&part.part.day, |point| point.day);
    let found = index.ok().map(|index| number(&curve[index]).into());
    found.unwrap_or(Cell::Absent)
}

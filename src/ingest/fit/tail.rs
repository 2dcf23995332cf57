//! Drops what looks like records but is noise, read just before a fault was noticed.

use super::table::Column;
use super::table::RecordTable;

/// At most so many trailing records are looked at: noise that reads as more records than this
/// without a fault has not been seen.
const MAX_DROPPED: usize = 5;

/// A record later than this after the one before it is implausible: judgement, one day.
const MAX_AHEAD_S: i64 = 86_400;

/// A record earlier than this before the one before it is implausible: judgement, one minute.
const MAX_BACK_S: i64 = 60;

/// A speed above this is implausible on foot and on most bicycles, in m/s: judgement.
const MAX_SPEED_M_S: f64 = 30.0;

/// A jump in altitude of more than this from one record to the next is implausible, in m: judgement.
const MAX_CLIMB_M: f64 = 300.0;

/// A jump in distance of more than this is implausible, in m, beyond what the highest speed would
/// cover: judgement.
const MAX_LEAP_M: f64 = 1_000.0;

/// A jump in latitude or longitude of more than this from one record to the next is implausible,
/// in degrees: judgement, about 50 km.
const MAX_MOVE_DEG: f64 = 0.5;

/// Removes the implausible records at the end of a table, and returns how many.
pub(super) fn trim(table: &mut RecordTable) -> usize {
    let mut dropped = 0;
    while dropped < MAX_DROPPED && is_last_implausible(table) {
        table.pop();
        dropped += 1;
    }
    dropped
}

/// Returns whether the last record cannot follow the one before it.
fn is_last_implausible(table: &RecordTable) -> bool {
    let Some(row) = table.len().checked_sub(1).filter(|row| *row > 0) else {
        return false;
    };
    let (Some(before), Some(time)) = (table.times()[row - 1], table.times()[row]) else {
        return table.times()[row - 1].is_some();
    };
    let elapsed_s = i64::from(time) - i64::from(before);
    if !(-MAX_BACK_S..=MAX_AHEAD_S).contains(&elapsed_s) {
        return true;
    }
    let change = |column| Some((table.get(column, row)? - table.get(column, row - 1)?).abs());
    let exceeds = |value: Option<f64>, limit: f64| value.is_some_and(|value| value > limit);
    let leap_m = MAX_LEAP_M + MAX_SPEED_M_S * f64::from(time.abs_diff(before));
    exceeds(table.get(Column::Speed, row), MAX_SPEED_M_S)
        || exceeds(change(Column::Altitude), MAX_CLIMB_M)
        || exceeds(change(Column::Distance), leap_m)
        || exceeds(change(Column::Latitude), MAX_MOVE_DEG)
        || exceeds(change(Column::Longitude), MAX_MOVE_DEG)
}

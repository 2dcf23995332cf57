//! A clock that is set while points are recorded: both sides of the jump are one recording.

use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::great_circle_m;
use crate::ingest::xml::points::Point;
use crate::ingest::xml::points::Quantity;
use crate::units::plural;

/// A step of more than this, ahead or back, is a jump of the clock or another recording: one day, in
/// microseconds.
const JUMP_US: i64 = 86_400_000_000;
/// The way from the last point before a jump to the first one after it is at most this where the run
/// went on, in metres: a few seconds of running and the error of two positions.
const WENT_ON_M: f64 = 100.0;
/// With more jumps than this the times are nothing to go by: judgement.
const MOST_JUMPS: usize = 4;
/// The step that is put in place of a jump, in microseconds: one second.
const STEP_US: i64 = 1_000_000;

/// Puts points in the order of the file on one clock, that of the side with more points, and says so.
/// A jump counts only inside a track or lap, where the run goes on at the same place.
pub(super) fn on_one_clock(points: &mut [Point]) -> Option<Warning> {
    let is_jump = |index: &usize| {
        let (before, after) = (&points[index - 1], &points[*index]);
        after
            .time_us
            .saturating_sub(before.time_us)
            .saturating_abs()
            > JUMP_US
            && goes_on(before, after)
    };
    let jumps: Vec<usize> = (1..points.len()).filter(is_jump).collect();
    if jumps.is_empty() || jumps.len() > MOST_JUMPS {
        return None;
    }
    let mut moved = 0;
    for jump in jumps {
        let step_us = points[jump]
            .time_us
            .saturating_sub(points[jump - 1].time_us);
        let shift_us = step_us.saturating_sub(STEP_US);
        let (part, shift_us) = if jump * 2 <= points.len() {
            (&mut points[..jump], shift_us)
        } else {
            (&mut points[jump..], shift_us.saturating_neg())
        };
        moved += part.len();
        for point in part {
            point.time_us = point.time_us.saturating_add(shift_us);
        }
    }
    let text = format!(
        "the clock jumps by more than a day while the run goes on; {} dated from the others",
        plural(moved, "point")
    );
    Some(Warning::new(WarningCode::XmlClockJump, text))
}

/// Returns whether a point is the next one of the same run, whatever its time.
fn goes_on(before: &Point, after: &Point) -> bool {
    let position = |point: &Point| {
        point
            .get(Quantity::Latitude)
            .zip(point.get(Quantity::Longitude))
    };
    let by_position = position(before)
        .zip(position(after))
        .map(|(from, to)| great_circle_m(from, to) <= WENT_ON_M);
    let distances = before
        .get(Quantity::Distance)
        .zip(after.get(Quantity::Distance));
    let by_distance = distances.map(|(from, to)| (from..=from + WENT_ON_M).contains(&to));
    let is_same_part = before.part == after.part;
    is_same_part && by_distance.or(by_position).unwrap_or(false) && by_position.unwrap_or(true)
}

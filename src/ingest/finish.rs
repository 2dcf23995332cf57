//! Puts right what is wrong in every format alike.

use super::Activity;
use super::lap_distances;
use super::sport_names;
use super::treadmill;

/// Puts right the distances of laps and of treadmills, and takes the sport from the name where the file
/// says none.
pub(super) fn finish(activity: &mut Activity) {
    lap_distances::check(activity);
    sport_names::fill_in(activity);
    treadmill::calibrate(activity);
}

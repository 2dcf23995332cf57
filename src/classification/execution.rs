//! How a workout was carried out, against what the athlete can do: a workout is for gaining fitness,
//! not for proving it.

use crate::classification::SessionKind;
use crate::classification::condition::minutes;
use crate::classification::condition::percent;
use crate::classification::features::Features;
use crate::classification::rules_race::modelled_best;
use crate::segmentation::Evidence;
use crate::units::round;

/// Efforts at this share of the modelled best for their total time were raced.
///
/// # Units
/// Ratio of speeds. Convention, the same as for a race.
const RACED: f64 = 0.97;
/// Perceived exertion from this on means the same.
///
/// # Units
/// Points of the 0–10 scale. Coaching convention: just short of maximal.
const RACED_EXERTION: f64 = 9.0;

/// Returns the mean speed of the efforts as a share of the modelled best for their total time, in
/// workouts of an athlete whose critical speed is known.
fn share_of_best(features: &Features<'_>, kind: SessionKind) -> Option<f64> {
    use SessionKind::*;
    if !matches!(kind, Intervals | Repetitions | Fartlek | Tempo) || features.is_cold() {
        return None;
    }
    let work_s = features.work_s();
    let best = modelled_best(features.critical_speed()?, work_s);
    (work_s > 0.0).then_some(features.work_speed_m_s? / best)
}

/// Returns whether a workout was raced: near the modelled best for its total work time, or felt so.
pub(super) fn was_raced(features: &Features<'_>, kind: SessionKind, exertion: Option<f64>) -> bool {
    let share = share_of_best(features, kind);
    let felt = exertion.is_some_and(|exertion| exertion >= RACED_EXERTION);
    share.is_some_and(|share| share >= RACED || felt)
}

/// Returns the share of the modelled best as evidence.
pub(super) fn execution(features: &Features<'_>, kind: SessionKind) -> Option<Evidence> {
    let share = share_of_best(features, kind)?;
    Some(Evidence {
        text: format!(
            "execution: the efforts, {} in all, at {} of the modelled best for that time",
            minutes(features.work_s()),
            percent(share)
        ),
        value: Some(round(share, 3)),
        unit: Some("ratio".to_owned()),
        contribution: None,
    })
}

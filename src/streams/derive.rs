//! What follows from the repaired channels: speed, effort speed, cadence.

use crate::channel::Channel;
use crate::thresholds::STANDING_M_S;

use super::quality::GradeQuality;
use super::repair_log::Kind;
use super::repair_log::Repairs;
use super::slope::grade_factor;

/// Cadence outside these is no step rate, in steps per minute.
const CADENCE_SPM: std::ops::RangeInclusive<f64> = 40.0..=260.0;
/// Less cadence than this is no step at all, in steps per minute.
const NO_STEPS_SPM: f64 = 1.0;

/// Returns the first channel, the second where the first is absent, 0 in pauses.
pub(super) fn speed_m_s(first: &Channel, second: &Channel, paused: &[bool]) -> Channel {
    paused
        .iter()
        .enumerate()
        .map(|(cell, paused)| {
            if *paused {
                Some(0.0)
            } else {
                first.get(cell).or_else(|| second.get(cell))
            }
        })
        .collect()
}

/// Returns speed as it would be on the flat: speed × grade factor where slope is sound.
pub(super) fn effort_speed_m_s(speed: &Channel, grade: &Channel, quality: GradeQuality) -> Channel {
    if !quality.is_used() {
        return speed.clone();
    }
    speed
        .iter()
        .enumerate()
        .map(|(cell, speed)| Some(speed? * grade.get(cell).map_or(1.0, grade_factor)))
        .collect()
}

/// Takes out cadence that is no step rate. None at all is what a sensor says when it feels no step:
/// true while standing, absent while running.
pub(super) fn cadence_spm(recorded: &Channel, speed: &Channel, repairs: &mut Repairs) -> Channel {
    let stands = |cell| speed.get(cell).is_none_or(|speed| speed < STANDING_M_S);
    let outliers: Vec<bool> = recorded
        .iter()
        .map(|steps| {
            steps.is_some_and(|steps| steps >= NO_STEPS_SPM && !CADENCE_SPM.contains(&steps))
        })
        .collect();
    repairs.note_cells(Kind::CadenceOutliers, &outliers);
    recorded
        .iter()
        .enumerate()
        .map(|(cell, steps)| {
            steps.filter(|steps| {
                CADENCE_SPM.contains(steps) || (*steps < NO_STEPS_SPM && stands(cell))
            })
        })
        .collect()
}

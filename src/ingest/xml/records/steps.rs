//! Strides → steps.

use crate::channel::Channel;
use crate::ingest::Sport;
use crate::statistics::median;

/// Median running cadence below which numbers are strides, in 1/min: nobody runs at 120 steps.
const RUNNING_STRIDES_BELOW: f64 = 120.0;
/// The same for walking, in 1/min.
const WALKING_STRIDES_BELOW: f64 = 75.0;

/// Turns strides into steps where the numbers can only be strides.
pub(super) fn steps(cadence: Channel, sport: Sport) -> Channel {
    let limit = match sport {
        Sport::Running | Sport::Unknown => RUNNING_STRIDES_BELOW,
        Sport::Walking => WALKING_STRIDES_BELOW,
        Sport::Cycling | Sport::Swimming | Sport::Strength | Sport::Other => return cadence,
    };
    let turning = cadence.iter().flatten().filter(|value| *value > 0.0);
    match median(turning) {
        Some(usual) if usual < limit => cadence.map(|strides| 2.0 * strides),
        _ => cadence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strides_become_steps() {
        let cadence = |values: &[f64]| values.iter().copied().collect::<Channel>();
        assert_eq!(
            steps(cadence(&[0.0, 85.0, 88.0]), Sport::Running),
            cadence(&[0.0, 170.0, 176.0])
        );
        assert_eq!(
            steps(cadence(&[0.0, 172.0, 174.0]), Sport::Running),
            cadence(&[0.0, 172.0, 174.0])
        );
        assert_eq!(
            steps(cadence(&[104.0, 108.0]), Sport::Walking),
            cadence(&[104.0, 108.0])
        );
        assert_eq!(
            steps(cadence(&[85.0, 88.0]), Sport::Cycling),
            cadence(&[85.0, 88.0])
        );
    }
}

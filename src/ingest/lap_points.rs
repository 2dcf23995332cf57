//! Points that a converter named after the laps of a run: GPSBabel 1.8.0 makes `LAP001`, `LAP002` … of them.
//!
//! From TCX they are where laps begin, with a time; from FIT where laps end, without one. Both tell where one
//! lap ends and the next begins.

use crate::ingest::Lap;
use crate::ingest::LapTrigger;

/// A boundary so near to the start, to the end or to another one is that one, in seconds: lap times are
/// written in whole seconds.
const NEAR_S: f64 = 1.5;

/// Returns whether a point is named as a lap: "LAP003", "Lap 3".
pub(super) fn is_lap(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    let number = name.strip_prefix("lap").map(str::trim_start);
    number.is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Returns the laps between boundaries, as if the lap key had been pressed there; none without a boundary
/// inside the run.
///
/// # Units
/// Seconds on the elapsed clock; the run ends at `end_s`.
pub(super) fn laps(mut boundaries_s: Vec<f64>, end_s: f64) -> Vec<Lap> {
    boundaries_s.retain(|at_s| (NEAR_S..=end_s - NEAR_S).contains(at_s));
    boundaries_s.sort_by(f64::total_cmp);
    boundaries_s.dedup_by(|next, before| *next - *before < NEAR_S);
    if boundaries_s.is_empty() {
        return Vec::new();
    }
    let ends = boundaries_s.iter().copied().chain([end_s]);
    let starts = [0.0].into_iter().chain(boundaries_s.iter().copied());
    let lap = |(start_s, lap_end_s): (f64, f64)| Lap {
        start_s,
        end_s: lap_end_s,
        trigger: if lap_end_s < end_s {
            LapTrigger::Manual
        } else {
            LapTrigger::SessionEnd
        },
        ..Lap::default()
    };
    starts.zip(ends).map(lap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_laps_by_their_names() {
        for name in ["LAP001", "lap 12", " Lap3 "] {
            assert!(is_lap(name), "{name}");
        }
        for name in ["", "Lap", "Lapland", "LAP1 bridge", "Overlap 1", "Bench"] {
            assert!(!is_lap(name), "{name}");
        }
    }

    #[test]
    fn starts_and_ends_of_laps_say_the_same() {
        let spans = |boundaries_s: &[f64]| {
            let laps = laps(boundaries_s.to_vec(), 100.0);
            laps.iter()
                .map(|lap| (lap.start_s, lap.end_s))
                .collect::<Vec<_>>()
        };
        let expected = [(0.0, 30.0), (30.0, 60.0), (60.0, 100.0)];
        assert_eq!(spans(&[0.0, 30.0, 60.0]), expected);
        assert_eq!(spans(&[60.0, 30.0, 100.0, 60.4]), expected);
        assert_eq!(spans(&[0.0]), []);
        assert_eq!(spans(&[-5.0, 400.0]), []);
        assert_eq!(laps(vec![30.0], 100.0)[1].trigger, LapTrigger::SessionEnd);
    }
}

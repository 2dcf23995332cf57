//! Distance that stands for some seconds and then jumps: spread over the time that it covers.

use super::repair_log::Kind;
use super::repair_log::Repairs;
use crate::statistics::median;

/// A distance that usually stands for so long before it grows arrives in steps, in seconds. Watches
/// that count coarsely write a new value every two seconds at least.
const LEAST_HOLD_S: f64 = 3.0;
/// The same in steps of the recording: one that writes a record every 5 s has a new distance in each.
const LEAST_HOLD_RECORDS: f64 = 2.0;
/// Such a hold is told from standing by its length: it lasts at most so many times the usual one.
const LONGEST_HOLDS: f64 = 3.0;
/// A counter that usually stands for longer than this tells nothing of the pace, in seconds: what it
/// shows is left as it is.
const SLOWEST_HOLD_S: f64 = 60.0;
/// Fewer changes show no habit of a counter.
const LEAST_CHANGES: usize = 20;

/// Spreads each step over the time since the one before, where a counter is in the habit of standing.
/// Where it stood much longer than that, the runner did too, and only the last usual hold is filled.
///
/// # Units
/// Seconds and metres, one value of each for a record; distances do not fall.
pub(super) fn spread(times_s: &[f64], distance_m: &mut [f64], repairs: &mut Repairs) {
    let changes: Vec<usize> = (1..distance_m.len())
        .filter(|index| distance_m[*index] > distance_m[index - 1])
        .collect();
    let holds = changes
        .windows(2)
        .map(|pair| times_s[pair[1]] - times_s[pair[0]]);
    let steps = times_s.windows(2).map(|pair| pair[1] - pair[0]);
    let (Some(usual_s), Some(step_s)) = (median(holds), median(steps)) else {
        return;
    };
    let is_habit = usual_s >= LEAST_HOLD_S.max(LEAST_HOLD_RECORDS * step_s);
    if changes.len() < LEAST_CHANGES || !is_habit || usual_s > SLOWEST_HOLD_S {
        return;
    }
    let mut from = 0;
    for change in changes {
        let end_s = times_s[change];
        let held_s = end_s - times_s[from];
        let start_s = if held_s > LONGEST_HOLDS * usual_s {
            end_s - usual_s
        } else {
            times_s[from]
        };
        let (low_m, high_m) = (distance_m[from], distance_m[change]);
        for index in from + 1..change {
            let share = ((times_s[index] - start_s) / (end_s - start_s)).max(0.0);
            distance_m[index] = low_m + share * (high_m - low_m);
        }
        repairs.note(Kind::DistanceInSteps, start_s, end_s);
        from = change;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a counter that writes every `hold` seconds shows of a run at 3 m/s, and how much of it
    /// is spread.
    fn spread_steps(hold: u32, stand: std::ops::Range<u32>) -> (Vec<f64>, usize) {
        let times_s: Vec<f64> = (0..400).map(f64::from).collect();
        let mut run_s = 0;
        let mut distance_m: Vec<f64> = (0..400)
            .map(|second| {
                run_s += u32::from(!stand.contains(&second));
                f64::from(run_s / hold * hold) * 3.0
            })
            .collect();
        let mut repairs = Repairs::default();
        spread(&times_s, &mut distance_m, &mut repairs);
        (distance_m, repairs.close().repairs.len())
    }

    #[test]
    fn steps_are_spread_over_the_time_that_they_cover() {
        let (distance_m, repairs) = spread_steps(5, 0..0);
        assert_eq!(repairs, 1);
        let speeds: Vec<f64> = distance_m
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .collect();
        assert!(
            speeds[10..380]
                .iter()
                .all(|speed| (speed - 3.0).abs() < 1e-9)
        );
    }

    #[test]
    fn standing_stays_standing() {
        let (distance_m, _) = spread_steps(5, 200..300);
        assert!((distance_m[280] - distance_m[210]).abs() < 1e-9);
    }

    #[test]
    fn ordinary_and_coarse_counters_are_left_alone() {
        assert_eq!(spread_steps(1, 0..0).1, 0);
        assert_eq!(spread_steps(2, 100..200).1, 0);
    }
}

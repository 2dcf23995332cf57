//! Pauses that no event of the file says: gaps in which the runner hardly moved.

use crate::ingest::Pause;

use super::odometer::Odometer;
use super::repair_log::Kind;
use super::repair_log::Repairs;
use super::timeline::Timeline;

/// A gap in which the runner moves slower than this is a pause, in metres per second: slower than
/// any walking, faster than satellite drift at rest.
const HARDLY_MOVING_M_S: f64 = 0.6;
/// A device timer that ends within this of the clock has seen no further pause, in seconds.
const LEAST_PAUSE_S: f64 = 10.0;
/// The speed that is taken for the moving part of a gap when the run shows none, in metres per
/// second.
const FALLBACK_SPEED_M_S: f64 = 2.5;

impl Timeline {
    /// Takes gaps in which the runner hardly moved as pauses; as standing when the device says that
    /// its timer ran.
    ///
    /// The little distance in such a gap was run before the watch stopped and after it started, half
    /// each, at the run's usual speed; the pause is what remains between.
    pub(super) fn infer_pauses(
        &mut self,
        times_s: &[f64],
        odometer: &Odometer,
        device_timer_s: Option<f64>,
        repairs: &mut Repairs,
    ) {
        let timer_s = self.timer_at(self.elapsed_s);
        let ran = device_timer_s.is_some_and(|device_s| device_s > timer_s - LEAST_PAUSE_S);
        let kind = if ran {
            Kind::InferredStanding
        } else {
            Kind::InferredPause
        };
        let usual_m_s = odometer.usual_speed_m_s().unwrap_or(FALLBACK_SPEED_M_S);
        let mut found = Vec::new();
        for pair in times_s.windows(2) {
            let (start_s, end_s) = (pair[0], pair[1]);
            let running_s = self.timer_at(end_s) - self.timer_at(start_s);
            if running_s <= self.longest_step_s {
                continue;
            }
            let Some(moved_m) = odometer.between_m(start_s, end_s) else {
                continue;
            };
            if moved_m >= HARDLY_MOVING_M_S * running_s {
                continue;
            }
            let margin_s = moved_m / usual_m_s / 2.0;
            if start_s + margin_s < end_s - margin_s {
                repairs.note(kind, start_s + margin_s, end_s - margin_s);
                found.push(Pause {
                    start_s: start_s + margin_s,
                    end_s: end_s - margin_s,
                });
            }
        }
        self.add_pauses(found, ran);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_without_distance_is_a_pause_less_the_running_in_it() {
        let times_s: Vec<f64> = (0..=100).chain(200..=300).map(f64::from).collect();
        // 3 m/s, and 12 m in the gap: 4 s of running, 2 s at each end.
        let distance_m: Vec<f64> = times_s
            .iter()
            .map(|time_s| {
                if *time_s <= 100.0 {
                    3.0 * time_s
                } else {
                    3.0 * time_s - 288.0
                }
            })
            .collect();
        let odometer = Odometer {
            times_s: times_s.clone(),
            distance_m,
            ..Odometer::default()
        };
        let mut repairs = Repairs::default();
        let mut timeline = Timeline::new(&times_s, &[]);
        timeline.infer_pauses(&times_s, &odometer, None, &mut repairs);
        let timer: Vec<f64> = [102.0, 198.0, 300.0]
            .into_iter()
            .map(|time_s| timeline.timer_at(time_s))
            .collect();
        assert_eq!(timer, [102.0, 102.0, 204.0]);
        assert!(timeline.paused(&timeline.still())[150]);
        // The same where the device says that its timer ran: standing, not paused.
        let mut timeline = Timeline::new(&times_s, &[]);
        timeline.infer_pauses(&times_s, &odometer, Some(299.0), &mut repairs);
        assert!(timeline.still()[150] && !timeline.paused(&timeline.still())[150]);
    }
}

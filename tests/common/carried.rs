//! Stretches of a recording that nobody ran: carried by wheels, rails or a ship.

use std::ops::Range;

use super::recording::Recording;

/// Metres in a degree of latitude.
const DEGREE_M: f64 = 111_195.0;

/// Lets the samples of a stretch move evenly eastwards at a speed, without steps and with another heart
/// rate; what follows goes on from there.
pub fn carried(run: &mut Recording, seconds: Range<u32>, speed_m_s: f64, heart_rate_bpm: u8) {
    let own = run.samples.clone();
    let (mut more_m, mut aside_deg) = (0.0, (0.0, 0.0));
    for index in 1..own.len() {
        let (before, now) = (own[index - 1], own[index]);
        let sample = &mut run.samples[index];
        if seconds.contains(&now.time_s) {
            let step_m = speed_m_s * f64::from(now.time_s - before.time_s);
            if let Some((from, to)) = before.distance_m.zip(now.distance_m) {
                more_m += step_m - (to - from);
            }
            if let Some((from, to)) = before.position_deg.zip(now.position_deg) {
                let east_deg = step_m / (DEGREE_M * to.0.to_radians().cos());
                aside_deg.0 += from.0 - to.0;
                aside_deg.1 += from.1 - to.1 + east_deg;
            }
            sample.speed_m_s = sample.speed_m_s.and(Some(speed_m_s));
            sample.cadence_spm = sample.cadence_spm.and(Some(0));
            let beats = heart_rate_bpm + u8::from(index % 7 > 3);
            sample.heart_rate_bpm = sample.heart_rate_bpm.and(Some(beats));
        }
        sample.distance_m = now.distance_m.map(|own_m| own_m + more_m);
        let moved = |(latitude, longitude)| (latitude + aside_deg.0, longitude + aside_deg.1);
        sample.position_deg = now.position_deg.map(moved);
    }
}

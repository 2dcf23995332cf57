//! What a human body can do on foot: beyond these limits a recording is in error.

use crate::units::SECONDS_PER_MINUTE;

/// The world records of men (World Athletics, road and track, to the end of 2025), rounded down; for
/// 100 km and 24 h those of the IAU.
///
/// # Units
/// Metres, seconds.
pub const RECORDS: [(f64, f64); 15] = [
    (100.0, 9.5),
    (200.0, 19.1),
    (400.0, 43.0),
    (800.0, 100.0),
    (1000.0, 131.0),
    (1609.344, 223.0),
    (3000.0, 437.0),
    (5000.0, 755.0),
    (10_000.0, 1571.0),
    (15_000.0, 2460.0),
    (21_097.5, 3402.0),
    (42_195.0, 7235.0),
    (50_000.0, 9580.0),
    (100_000.0, 21_900.0),
    (319_700.0, 86_400.0),
];
/// The longest step of a runner over some seconds.
///
/// # Units
/// Metres. The mean of Bolt's 100 m of 2009 is 2.44 m (41 steps; Graubner & Nixdorf 2011, New
/// Studies in Athletics 26:19).
pub const LONGEST_STEP_M: f64 = 2.5;
/// Fewer steps than this are no running and no walking.
///
/// # Units
/// Steps per minute. Slow walkers take 80 and more (Tudor-Locke 2018, Br J Sports Med 52:776), and
/// pedals or a road shake a watch now and then.
pub const FEWEST_STEPS_SPM: f64 = 60.0;
/// How fast the best climb on foot, by how long.
///
/// # Units
/// Seconds, metres per second. The first is a sprint up a stair (Margaria 1966, JAP 21:1662: up to 1.6
/// over seconds), the last the vertical kilometre of Fully (28:53, 0.58); between them on a
/// line over time.
const CLIMBS: [(f64, f64); 3] = [(10.0, 1.5), (60.0, 0.9), (600.0, 0.62)];

/// Returns the mean speed of the world record for a duration; between two records on a line, and
/// beyond the first and the last the speed of these.
///
/// # Units
/// Seconds in, metres per second out.
#[must_use]
pub fn record_speed_m_s(duration_s: f64) -> f64 {
    let speeds = RECORDS.map(|(metres, seconds)| (seconds, metres / seconds));
    on_line(&speeds, duration_s)
}

/// Returns the fastest climb on foot that is kept up for a duration.
///
/// # Units
/// Seconds in, metres per second out.
#[must_use]
pub fn fastest_climb_m_s(duration_s: f64) -> f64 {
    on_line(&CLIMBS, duration_s)
}

fn on_line(points: &[(f64, f64)], at: f64) -> f64 {
    let next = points.partition_point(|(x, _)| *x < at);
    let before = points[next.saturating_sub(1).min(points.len() - 1)];
    let after = points[next.min(points.len() - 1)];
    if after.0 <= before.0 {
        return after.1;
    }
    before.1 + (after.1 - before.1) * (at - before.0) / (after.0 - before.0)
}

/// Returns the time of the world record over one of the distances of [`RECORDS`], 0 for another.
///
/// # Units
/// Metres in, seconds out.
#[must_use]
pub fn record_time_s(distance_m: f64) -> f64 {
    let mut records = RECORDS.iter();
    let own = records.find(|(metres, _)| (metres - distance_m).abs() < 1.0);
    own.map_or(0.0, |(_, seconds)| *seconds)
}

/// Returns the length of a step, in metres.
///
/// # Units
/// Metres per second, steps per minute.
#[must_use]
pub fn step_m(speed_m_s: f64, cadence_spm: f64) -> f64 {
    speed_m_s * SECONDS_PER_MINUTE / cadence_spm
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_between_their_points() {
        assert!((record_speed_m_s(755.0) - 5000.0 / 755.0).abs() < 1e-9);
        assert!((record_speed_m_s(1.0) - 100.0 / 9.5).abs() < 1e-9);
        assert!(record_speed_m_s(900.0) < 6.62 && record_speed_m_s(900.0) > 6.5);
        assert!((record_time_s(1000.0) - 131.0).abs() < 1e-9);
    }

    #[test]
    fn nobody_climbs_a_metre_a_second_for_minutes() {
        assert!((fastest_climb_m_s(60.0) - 0.9).abs() < 1e-9);
        assert!(fastest_climb_m_s(150.0) < 0.9 && fastest_climb_m_s(3600.0) < 0.63);
    }
}

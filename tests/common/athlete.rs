//! The made-up runner: speeds, heart, stride, and how evenly they run.

use super::rng::Rng;

/// One made-up athlete.
#[derive(Clone, Debug)]
pub struct Athlete {
    /// Habitual easy speed on the flat.
    pub easy_m_s: f64,
    /// Critical speed.
    pub critical_speed_m_s: f64,
    /// Heart rate that the line of heart rate over effort has at speed 0.
    pub heart_rate_intercept_bpm: f64,
    /// Rise of that line from speed 0 to critical speed.
    pub heart_rate_slope_bpm: f64,
    /// Lowest heart rate when up and about.
    pub heart_rate_standing_bpm: f64,
    /// Highest heart rate.
    pub heart_rate_max_bpm: f64,
    /// Time constant of a rising heart rate.
    pub heart_rate_rise_s: f64,
    /// Time constant of a falling heart rate.
    pub heart_rate_fall_s: f64,
    /// Delay before heart rate follows effort.
    pub heart_rate_delay_s: f64,
    /// Upward drift of heart rate while running.
    pub heart_rate_drift_bpm_h: f64,
    /// Steps per minute above or below the usual line.
    pub cadence_offset_spm: f64,
    /// Body mass.
    pub mass_kg: f64,
    /// Relative pace wander of time constants 500 s, 70 s and 25 s.
    pub wander: [f64; 3],
}

impl Athlete {
    /// Returns a random athlete, with the ranges of the calibrated model.
    pub fn random(seed: u64) -> Self {
        let rng = &mut Rng::new(seed).stream(1);
        let easy = rng.range(2.3, 3.6);
        Self {
            easy_m_s: easy,
            critical_speed_m_s: easy / rng.range(0.74, 0.82),
            // 55–60 + 125 · (0.30 + 0.58 · effort / critical speed)
            heart_rate_intercept_bpm: rng.range(55.0, 60.0) + 125.0 * 0.30,
            heart_rate_slope_bpm: 125.0 * 0.58,
            heart_rate_standing_bpm: 90.0,
            heart_rate_max_bpm: rng.range(178.0, 192.0),
            heart_rate_rise_s: rng.range(20.0, 70.0),
            heart_rate_fall_s: rng.range(30.0, 100.0),
            heart_rate_delay_s: rng.range(0.0, 10.0),
            heart_rate_drift_bpm_h: rng.range(5.0, 25.0),
            cadence_offset_spm: 4.0 * rng.normal(),
            mass_kg: rng.range(52.0, 85.0),
            wander: [
                rng.lognormal(0.040, 0.5),
                rng.lognormal(0.026, 0.4),
                rng.range(0.010, 0.026),
            ],
        }
    }

    /// Returns the athlete of the fixtures: easy 5:12 a kilometre, critical speed 3:58, threshold
    /// heart rate about 168, maximum about 187.
    pub fn of_the_season() -> Self {
        Self {
            easy_m_s: 3.2,
            critical_speed_m_s: 4.2,
            heart_rate_intercept_bpm: 54.0,
            heart_rate_slope_bpm: 120.0,
            heart_rate_standing_bpm: 88.0,
            heart_rate_max_bpm: 187.0,
            heart_rate_rise_s: 32.0,
            heart_rate_fall_s: 48.0,
            heart_rate_delay_s: 4.0,
            heart_rate_drift_bpm_h: 6.0,
            cadence_offset_spm: 6.0,
            mass_kg: 64.0,
            wander: [0.022, 0.018, 0.014],
        }
    }
}

//! Where zones begin.

/// The first threshold as a share of critical speed.
///
/// # Units
/// Ratio. Muniz-Pumares 2025, Sports Med 55:1023, which assumes it.
pub const FIRST_THRESHOLD_OF_CRITICAL_SPEED: f64 = 0.823;
/// The first threshold as a share of threshold heart rate.
///
/// # Units
/// Ratio. Convention: 0.85–0.89 are usual.
pub const FIRST_THRESHOLD_OF_THRESHOLD_HEART_RATE: f64 = 0.89;
/// The limits of three zones: moderate, heavy and severe effort.
///
/// # Units
/// Ratio to critical speed.
pub(super) const THREE_ZONES: [f64; 2] = [FIRST_THRESHOLD_OF_CRITICAL_SPEED, 1.0];
/// The limits of five zones: very easy, easy, steady, threshold, above it.
///
/// # Units
/// Ratio to critical speed. 0.70 and 0.92 are coaching conventions.
pub(super) const FIVE_ZONES: [f64; 4] = [0.70, FIRST_THRESHOLD_OF_CRITICAL_SPEED, 0.92, 1.0];

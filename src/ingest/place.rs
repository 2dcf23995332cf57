//! Distances between positions on the earth.

use crate::thresholds::EARTH_RADIUS_M;

/// Returns the length of the great circle between two positions (haversine).
///
/// # Units
/// Degrees (latitude, longitude) in, metres out.
pub(crate) fn great_circle_m(from_deg: (f64, f64), to_deg: (f64, f64)) -> f64 {
    let (from, to) = (from_deg.0.to_radians(), to_deg.0.to_radians());
    let half_latitude = ((to - from) / 2.0).sin();
    let half_longitude = ((to_deg.1 - from_deg.1).to_radians() / 2.0).sin();
    let chord = half_latitude.powi(2) + from.cos() * to.cos() * half_longitude.powi(2);
    2.0 * EARTH_RADIUS_M * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_195_metres() {
        assert!((great_circle_m((50.0, 8.0), (51.0, 8.0)) - 111_195.0).abs() < 1.0);
        assert!((great_circle_m((0.0, 179.5), (0.0, -179.5)) - 111_195.0).abs() < 1.0);
    }
}

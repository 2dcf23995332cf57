//! Limits and measures that more than one stage goes by, each once.

/// Slower than this is standing: satellite positions drift by some decimetres a second at rest, and nobody
/// walks so slowly for long.
///
/// # Units
/// Metres per second. Convention of sports watches: auto-pause stops at about that.
pub(crate) const STANDING_M_S: f64 = 0.8;
/// Slower than this, and not standing, is walking, where cadence does not say otherwise.
///
/// # Units
/// Metres per second, 8:46/km. Hreljac 1993, Med. Sci. Sports Exerc. 25:1158 and others find that people
/// begin to run at 1.9 to 2.1.
pub(crate) const WALKING_M_S: f64 = 1.9;
/// The mean radius of the earth.
///
/// # Units
/// Metres. IUGG, (2 a + b) / 3 of WGS 84.
pub(crate) const EARTH_RADIUS_M: f64 = 6_371_008.8;

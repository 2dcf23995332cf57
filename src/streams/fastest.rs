//! How fast one moves at most, by what one does.

use crate::ingest::Sport;

/// The fastest that a runner moves, in metres per second (the world's best 100 m peak at 12.4).
const FASTEST_ON_FOOT_M_S: f64 = 12.0;
/// The fastest that any other sport is believed, in metres per second (108 km/h).
pub(super) const FASTEST_M_S: f64 = 30.0;

/// Returns the fastest speed that is believed in a sport.
///
/// # Units
/// Metres per second.
pub(super) fn fastest_m_s(sport: Sport) -> f64 {
    if is_on_foot(sport) {
        FASTEST_ON_FOOT_M_S
    } else {
        FASTEST_M_S
    }
}

/// Returns whether a sport is, or may be, done on foot.
pub(super) fn is_on_foot(sport: Sport) -> bool {
    matches!(sport, Sport::Running | Sport::Walking | Sport::Unknown)
}

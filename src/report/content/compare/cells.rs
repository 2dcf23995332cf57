//! The cells of a comparison: paces, numbers, differences of B against A.

use crate::units::MetresPerSecond;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// What stands for an absent value.
const ABSENT: &str = "–";

/// Returns a value, or a dash.
pub(super) fn or_dash(value: Option<String>) -> String {
    value.unwrap_or_else(|| ABSENT.to_owned())
}

/// Returns a pace with its unit.
pub(super) fn pace(speed_m_s: Option<f64>, units: UnitSystem) -> Option<String> {
    speed_m_s.map(|speed| MetresPerSecond(speed).show_pace(units))
}

/// Returns a pace without its unit.
pub(super) fn bare_pace(speed_m_s: Option<f64>, units: UnitSystem) -> String {
    let pace = speed_m_s.and_then(|speed| MetresPerSecond(speed).pace_s(units));
    or_dash(pace.map(|pace| Seconds(pace).show()))
}

/// Returns a number without decimals, or a dash.
pub(super) fn whole(value: Option<f64>) -> String {
    or_dash(value.map(|value| format!("{value:.0}")))
}

/// Returns a difference with its sign, as in "+3", "−2"; 0 has none.
pub(super) fn signed(value: f64) -> String {
    let rounded = format!("{:.0}", value.abs());
    match value {
        _ if rounded == "0" => rounded,
        low if low < 0.0 => format!("−{rounded}"),
        _ => format!("+{rounded}"),
    }
}

/// Returns by how many seconds a pace of B differs from that of A, as in "−4".
pub(super) fn pace_change(speeds: [Option<f64>; 2], units: UnitSystem) -> String {
    let [a, b] = speeds.map(|speed| speed.and_then(|speed| MetresPerSecond(speed).pace_s(units)));
    or_dash(a.zip(b).map(|(a, b)| signed(b - a)))
}

/// Returns by how much a number of B differs from that of A.
pub(super) fn change(values: [Option<f64>; 2]) -> String {
    let [a, b] = values;
    or_dash(a.zip(b).map(|(a, b)| signed(b - a)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_of_b_against_a_and_carry_a_sign() {
        assert_eq!([2.6, -2.6, 0.3, -0.3].map(signed), ["+3", "−3", "0", "0"]);
        let metric = UnitSystem::Metric;
        // 4:10 and 4:00 a kilometre.
        let speeds = [Some(4.0), Some(1000.0 / 240.0)];
        assert_eq!(pace_change(speeds, metric), "−10");
        assert_eq!(pace_change([Some(4.0), None], metric), ABSENT);
    }
}

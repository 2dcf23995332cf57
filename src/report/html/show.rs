//! Quantities as they are shown: in both unit systems where these differ, of which the style sheet
//! hides one.

use maud::Markup;
use maud::Render;
use maud::html;

use crate::report::html::words::ABSENT;
use crate::units::Metres;
use crate::units::MetresPerSecond;
use crate::units::UnitSystem;

/// Returns what reads differently in the two unit systems.
pub(super) fn both<Shown: Render + PartialEq>(show: impl Fn(UnitSystem) -> Shown) -> Markup {
    let (metric, imperial) = (show(UnitSystem::Metric), show(UnitSystem::Imperial));
    html! {
        @if metric == imperial { (metric) } @else { i.km { (metric) } i.mi { (imperial) } }
    }
}

/// Returns a distance with two decimals, or a dash.
pub(super) fn distance(value_m: Option<f64>) -> Markup {
    both(|units| value_m.map_or_else(absent, |metres| Metres(metres).show(units)))
}

/// Returns a distance with one decimal.
pub(super) fn short_distance(value_m: f64) -> Markup {
    both(|units| Metres(value_m).show_short(units))
}

/// Returns a sum of distances with one decimal, or a dash.
pub(super) fn distance_sum(value_m: Option<f64>) -> Markup {
    value_m.map_or_else(|| html! { (ABSENT) }, short_distance)
}

/// Returns a distance in whole kilometres or miles, without the unit, or a dash; nothing for none.
pub(super) fn bare_distance(value_m: Option<f64>) -> Markup {
    both(|units| match value_m {
        Some(some) if some > 0.0 => format!("{:.0}", some / units.distance_m()),
        Some(_) => String::new(),
        None => absent(),
    })
}

/// Returns a height in whole metres or feet.
pub(super) fn height(value_m: f64) -> Markup {
    both(|units| Metres(value_m).show_height(units))
}

/// Returns a pace, or a dash.
pub(super) fn pace(speed_m_s: Option<f64>) -> Markup {
    both(|units| speed_m_s.map_or_else(absent, |speed| MetresPerSecond(speed).show_pace(units)))
}

/// Returns the mean pace over a distance, or a dash.
pub(super) fn mean_pace(distance_m: Option<f64>, time_s: f64) -> Markup {
    pace(distance_m.filter(|_| time_s > 0.0).map(|m| m / time_s))
}

fn absent() -> String {
    ABSENT.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown_twice() {
        assert_eq!(
            distance(Some(5000.0)).into_string(),
            "<i class=\"km\">5.00 km</i><i class=\"mi\">3.11 mi</i>"
        );
        assert_eq!(distance(None).into_string(), ABSENT);
        assert_eq!(distance_sum(None).into_string(), ABSENT);
        assert_eq!(bare_distance(Some(0.0)).into_string(), "");
        assert_eq!(bare_distance(None).into_string(), ABSENT);
        assert_eq!(mean_pace(Some(1000.0), 0.0).into_string(), ABSENT);
    }
}

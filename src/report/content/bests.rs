//! Best efforts of a run in words, for page and terminal alike.

use crate::summary::BestEffort;
use crate::units::METRES_PER_MILE;
use crate::units::Seconds;

/// What the two ways of counting a best effort are.
pub(in crate::report) const TWO_WAYS: &str = "Elapsed: as Strava counts, standing and the stopped watch \
    included. Without a stop: nowhere standing or stopped for more than 10 s.";

/// Usual names of distances that are not round.
const NAMED_DISTANCES_M: [(f64, &str); 4] = [
    (METRES_PER_MILE, "1 mile"),
    (2.0 * METRES_PER_MILE, "2 miles"),
    (21_097.5, "half marathon"),
    (42_195.0, "marathon"),
];

/// Returns a usual name of a distance, as in "400 m", "5 km", "half marathon".
pub(in crate::report) fn distance_name(distance_m: f64) -> String {
    /// Distances this close to a named one are that one.
    const TOLERANCE_M: f64 = 1.0;
    if let Some((_, name)) = NAMED_DISTANCES_M
        .iter()
        .find(|(named_m, _)| (named_m - distance_m).abs() < TOLERANCE_M)
    {
        return (*name).to_owned();
    }
    if distance_m % 1000.0 < TOLERANCE_M && distance_m > 1000.0 - TOLERANCE_M {
        return format!("{:.0} km", distance_m / 1000.0);
    }
    format!("{distance_m:.0} m")
}

/// Returns a best effort in words, as in "1 mile 8:11, 8:40 without a stop".
pub(in crate::report) fn words(effort: &BestEffort) -> Option<String> {
    let name = distance_name(effort.distance_m);
    let elapsed = Seconds(effort.known_elapsed_s()?).show();
    let unbroken = effort.continuous_s.map(|time_s| Seconds(time_s).show());
    Some(match unbroken {
        Some(unbroken) if unbroken == elapsed => format!("{name} {elapsed}"),
        Some(unbroken) => format!("{name} {elapsed}, {unbroken} without a stop"),
        None if effort.elapsed_s.is_none() => format!("{name} {elapsed}"),
        None => format!("{name} {elapsed}, none without a stop"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_have_their_usual_names() {
        let names = [400.0, 1000.0, 1609.344, 5000.0, 21097.5].map(distance_name);
        assert_eq!(names, ["400 m", "1 km", "1 mile", "5 km", "half marathon"]);
        assert_eq!(distance_name(1500.0), "1500 m");
    }

    #[test]
    fn both_times_are_told_where_they_differ() {
        let effort = |elapsed_s, continuous_s| BestEffort {
            distance_m: 1000.0,
            time_s: 240.0,
            continuous: true,
            elapsed_s,
            continuous_s,
            ..BestEffort::default()
        };
        let told = |elapsed_s, continuous_s| words(&effort(elapsed_s, continuous_s));
        assert_eq!(told(Some(240.0), Some(240.0)).as_deref(), Some("1 km 4:00"));
        let both = "1 km 4:00, 4:10 without a stop";
        assert_eq!(told(Some(240.0), Some(250.0)).as_deref(), Some(both));
        let none = "1 km 4:00, none without a stop";
        assert_eq!(told(Some(240.0), None).as_deref(), Some(none));
        assert_eq!(told(None, None).as_deref(), Some("1 km 4:00"));
    }
}

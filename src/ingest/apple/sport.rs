//! The kinds of workouts, by Apple's names for them.

use crate::ingest::Sport;

/// What the names of all kinds begin with.
pub(super) const PREFIX: &str = "HKWorkoutActivityType";

/// The kinds that are sports of ours.
const KNOWN: [(&str, Sport, Option<&str>); 16] = [
    ("Running", Sport::Running, None),
    ("Walking", Sport::Walking, None),
    ("Hiking", Sport::Walking, Some("hiking")),
    ("Cycling", Sport::Cycling, None),
    ("HandCycling", Sport::Cycling, Some("handcycle")),
    ("Swimming", Sport::Swimming, None),
    ("TraditionalStrengthTraining", Sport::Strength, None),
    ("FunctionalStrengthTraining", Sport::Strength, None),
    ("CoreTraining", Sport::Strength, Some("core")),
    ("CrossTraining", Sport::Strength, Some("cross training")),
    (
        "HighIntensityIntervalTraining",
        Sport::Strength,
        Some("interval training"),
    ),
    ("Flexibility", Sport::Strength, Some("flexibility")),
    ("Pilates", Sport::Strength, Some("pilates")),
    ("Yoga", Sport::Strength, Some("yoga")),
    ("SwimBikeRun", Sport::Other, Some("triathlon")),
    ("Other", Sport::Other, None),
];

/// Returns the sport of a kind of workout and the kind of it in plain words.
pub(super) fn sport(kind: &str, is_indoor: bool) -> (Sport, Option<String>) {
    let known = KNOWN.iter().find(|(name, _, _)| *name == kind);
    let Some((_, sport, sub_sport)) = known else {
        return (
            Sport::Other,
            Some(words(kind)).filter(|words| !words.is_empty()),
        );
    };
    let indoors = match sport {
        Sport::Running => Some("treadmill"),
        Sport::Walking | Sport::Cycling => Some("indoor"),
        _ => None,
    };
    let sub_sport = indoors.filter(|_| is_indoor).or(*sub_sport);
    (*sport, sub_sport.map(str::to_owned))
}

/// Returns a name in plain words: "CrossCountrySkiing" is "cross country skiing".
fn words(kind: &str) -> String {
    let mut words = String::new();
    for c in kind.chars().filter(|c| c.is_alphanumeric()) {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_understood() {
        for (kind, is_indoor, sport_of, sub_sport) in [
            ("Running", false, Sport::Running, None),
            ("Running", true, Sport::Running, Some("treadmill")),
            ("Hiking", false, Sport::Walking, Some("hiking")),
            (
                "CrossCountrySkiing",
                false,
                Sport::Other,
                Some("cross country skiing"),
            ),
            ("", false, Sport::Other, None),
        ] {
            let expected = (sport_of, sub_sport.map(str::to_owned));
            assert_eq!(sport(kind, is_indoor), expected, "{kind}");
        }
    }
}

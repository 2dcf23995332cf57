//! Understands what exporters call a sport.

use crate::ingest::Sport;

/// Beginnings and ends of words that name a sport, the first match wins.
const WORDS: [(Sport, &[&str], &[&str]); 5] = [
    (
        Sport::Running,
        &[
            "run",
            "jog",
            "treadmill",
            "lauf",
            "footing",
            "corr",
            "carrera",
            "corsa",
        ],
        &["run", "running", "lauf"],
    ),
    (
        Sport::Walking,
        &["walk", "hik", "wander", "trek"],
        &["walk", "walking", "hike"],
    ),
    (
        Sport::Cycling,
        &["bik", "cycl", "ride", "riding", "mtb", "velo"],
        &["bike", "biking", "cycling", "ride"],
    ),
    (Sport::Swimming, &["swim", "schwimm"], &["swim", "swimming"]),
    (
        Sport::Strength,
        &[
            "strength", "gym", "weight", "yoga", "pilates", "crossfit", "workout",
        ],
        &["yoga"],
    ),
];

/// The numbers that Strava wrote for sports before it wrote words, as far as they are known: it numbered
/// them in the order of its list of sports. Those of running, riding, hiking, walking and inline skating
/// are confirmed by exports.
const NUMBERS: [(&str, Sport, Option<&str>); 16] = [
    ("1", Sport::Cycling, None),
    ("2", Sport::Other, Some("alpine skiing")),
    ("3", Sport::Other, Some("backcountry skiing")),
    ("4", Sport::Walking, Some("hiking")),
    ("5", Sport::Other, Some("ice skating")),
    ("6", Sport::Other, Some("inline skating")),
    ("7", Sport::Other, Some("nordic skiing")),
    ("8", Sport::Other, Some("roller skiing")),
    ("9", Sport::Running, None),
    ("10", Sport::Walking, None),
    ("11", Sport::Strength, Some("workout")),
    ("12", Sport::Other, Some("snowboarding")),
    ("13", Sport::Other, Some("snowshoeing")),
    ("14", Sport::Other, Some("kitesurfing")),
    ("15", Sport::Other, Some("windsurfing")),
    ("16", Sport::Swimming, None),
];

/// Words that tell one kind of a sport from another.
const KINDS: [(&str, &str); 9] = [
    ("trail", "trail"),
    ("treadmill", "treadmill"),
    ("track", "track"),
    ("ultra", "ultra"),
    ("obstacle", "obstacle"),
    ("indoor", "indoor"),
    ("virtual", "virtual"),
    ("street", "street"),
    ("mountain", "mountain"),
];

/// Returns the sport that a text names, and the kind of it in plain words.
///
/// A word that is not known is another sport, named by that word. Nothing, and a number that is not
/// known, leave the sport open.
pub(in crate::ingest) fn sport(text: &str) -> (Sport, Option<String>) {
    let text = super::values::name(text).unwrap_or_default().to_lowercase();
    if text.is_empty() || text == "unknown" || text == "generic" {
        return (Sport::Unknown, None);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let known = NUMBERS.iter().find(|(number, _, _)| *number == text);
        return known.map_or((Sport::Unknown, None), |(_, sport, kind)| {
            (*sport, kind.map(str::to_owned))
        });
    }
    let known = WORDS
        .iter()
        .find(|(_, starts, ends)| words(&text).any(|word| names(word, starts, ends)));
    let kind = KINDS
        .iter()
        .find(|(part, _)| text.contains(part))
        .map(|(_, kind)| (*kind).to_owned());
    match known {
        Some((sport, _, _)) => (*sport, kind),
        None if text == "other" => (Sport::Other, None),
        None => (Sport::Other, Some(text)),
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
}

fn names(word: &str, starts: &[&str], ends: &[&str]) -> bool {
    starts.iter().any(|start| word.starts_with(start)) || ends.iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sports_are_understood() {
        for (text, expected, kind) in [
            ("running", Sport::Running, None),
            ("Run", Sport::Running, None),
            ("9", Sport::Running, None),
            ("trail_running", Sport::Running, Some("trail")),
            ("TrailRun", Sport::Running, Some("trail")),
            ("Indoor Run", Sport::Running, Some("indoor")),
            ("treadmill_running", Sport::Running, Some("treadmill")),
            ("course à pied, running", Sport::Running, None),
            ("Biking", Sport::Cycling, None),
            ("1", Sport::Cycling, None),
            ("6", Sport::Other, Some("inline skating")),
            ("VirtualRun", Sport::Running, Some("virtual")),
            ("obstacle run", Sport::Running, Some("obstacle")),
            ("mountain_biking", Sport::Cycling, Some("mountain")),
            ("hiking", Sport::Walking, None),
            ("lap_swimming", Sport::Swimming, None),
            ("strength_training", Sport::Strength, None),
            ("crunches", Sport::Other, Some("crunches")),
            ("Other", Sport::Other, None),
            ("rowing", Sport::Other, Some("rowing")),
            ("77", Sport::Unknown, None),
            (" ", Sport::Unknown, None),
        ] {
            assert_eq!(sport(text), (expected, kind.map(str::to_owned)), "{text:?}");
        }
    }
}

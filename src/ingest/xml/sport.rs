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

/// The numbers that Strava wrote for sports before it wrote words: the list at
/// stackoverflow.com/questions/61903437, which `Dillie-O/StravaGPXReaderLib` reads exports by. Another
/// number is no known sport.
const NUMBERS: [(&str, Sport, Option<&str>); 33] = [
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
    ("17", Sport::Cycling, Some("virtual")),
    ("18", Sport::Cycling, Some("e-bike")),
    ("19", Sport::Cycling, Some("velomobile")),
    ("21", Sport::Other, Some("canoeing")),
    ("22", Sport::Other, Some("kayaking")),
    ("23", Sport::Other, Some("rowing")),
    ("24", Sport::Other, Some("stand up paddling")),
    ("25", Sport::Other, Some("surfing")),
    ("26", Sport::Strength, Some("crossfit")),
    ("27", Sport::Other, Some("elliptical")),
    ("28", Sport::Other, Some("rock climbing")),
    ("29", Sport::Other, Some("stair stepper")),
    ("30", Sport::Strength, None),
    ("31", Sport::Strength, Some("yoga")),
    ("51", Sport::Cycling, Some("handcycle")),
    ("52", Sport::Other, Some("wheelchair")),
    ("53", Sport::Running, Some("virtual")),
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
            ("7", Sport::Other, Some("nordic skiing")),
            ("53", Sport::Running, Some("virtual")),
            ("20", Sport::Unknown, None),
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

//! What the title of a run says of its kind. A title is what the athlete meant: it speaks where the recording
//! leaves a doubt, and never against it.

use crate::ingest::platforms::Meant;
use crate::summary::RunHead;
use crate::vocabulary::SessionKind;

/// Whole words that speak for a race. Words that platforms put into every title are none: a "Carrera" is any
/// run in Spanish.
const RACE_WORDS: [&str; 17] = [
    "race",
    "parkrun",
    "marathon",
    "halbmarathon",
    "maratón",
    "maraton",
    "maratona",
    "maratonina",
    "rennen",
    "wettkampf",
    "volkslauf",
    "compétition",
    "competición",
    "gara",
    "wedstrijd",
    "halvmaraton",
    "ハーフマラソン",
];
/// Whole words that take the race out of a title: a workout for one, a day before or after, what was not run.
const NO_RACE_WORDS: [&str; 46] = [
    "pace",
    "training",
    "workout",
    "tempo",
    "plan",
    "prep",
    "block",
    "week",
    "practice",
    "rehearsal",
    "before",
    "after",
    "pre",
    "post",
    "day",
    "vor",
    "nach",
    "vorbereitung",
    "avant",
    "après",
    "antes",
    "después",
    "depois",
    "prima",
    "dopo",
    "voor",
    "na",
    "easy",
    "jog",
    "shakeout",
    "shake",
    "recovery",
    "walk",
    "warmup",
    "locker",
    "footing",
    "regeneration",
    "not",
    "no",
    "cancelled",
    "canceled",
    "dns",
    "cheering",
    "spectating",
    "tourist",
    "volunteer",
];
/// Whole words that name another kind, in English, German, French, Spanish, Italian, Portuguese and Dutch.
const KIND_WORDS: [(SessionKind, &[&str]); 7] = [
    (
        SessionKind::Intervals,
        &[
            "interval",
            "intervals",
            "intervalle",
            "intervalltraining",
            "intervall",
            "intervalles",
            "fractionné",
            "intervalos",
            "ripetute",
            "intervallen",
            "intervaltraining",
            "repeats",
            "reps",
        ],
    ),
    (
        SessionKind::Tempo,
        &[
            "tempo",
            "tempolauf",
            "tempodauerlauf",
            "threshold",
            "schwelle",
            "schwellenlauf",
            "seuil",
            "umbral",
            "soglia",
            "limiar",
            "drempel",
            "tempoloop",
        ],
    ),
    (SessionKind::Fartlek, &["fartlek", "fahrtspiel"]),
    (
        SessionKind::Hills,
        &[
            "hills",
            "bergsprints",
            "bergintervalle",
            "côtes",
            "cuestas",
            "salite",
            "ladeiras",
        ],
    ),
    (
        SessionKind::Recovery,
        &[
            "recovery",
            "regeneration",
            "regenerativ",
            "regenerationslauf",
            "récupération",
            "récup",
            "recuperación",
            "recupero",
            "recuperação",
            "herstelloop",
        ],
    ),
    (
        SessionKind::Progression,
        &["progression", "progressive", "progressif", "progresivo"],
    ),
    (SessionKind::Long, &["longrun", "lungo", "longão"]),
];
/// Parts of a title that name a kind by several words.
const KIND_PARTS: [(SessionKind, &[&str]); 3] = [
    (
        SessionKind::Long,
        &[
            "long run",
            "langer lauf",
            "lange lauf",
            "sortie longue",
            "tirada larga",
        ],
    ),
    (
        SessionKind::Hills,
        &["hill repeats", "hill reps", "hill sprints"],
    ),
    (SessionKind::Easy, &["easy run", "locker"]),
];

/// Returns the words by which an athlete says that a run was a race.
pub(super) fn says_race(head: &RunHead) -> Option<String> {
    if head.remarks.meant == Some(Meant::Race) {
        let platform = head
            .remarks
            .platform
            .map_or("a platform", |one| one.words());
        return Some(format!("marked as a race on {platform}"));
    }
    let name = head.name.as_deref()?;
    is_race_name(name).then(|| format!("its name: {name}"))
}

/// Returns the kind that an athlete says a run is of; nothing where the title names none, or several.
pub(super) fn kind(head: &RunHead) -> Option<SessionKind> {
    if says_race(head).is_some() {
        return Some(SessionKind::Race);
    }
    if head.remarks.meant == Some(Meant::LongRun) {
        return Some(SessionKind::Long);
    }
    named_kind(head.name.as_deref()?)
}

/// Returns how the athlete says a kind, for people.
pub(super) fn words(head: &RunHead, kind: SessionKind) -> String {
    match (kind, head.remarks.meant) {
        (SessionKind::Race, _) => says_race(head).unwrap_or_default(),
        (SessionKind::Long, Some(Meant::LongRun)) => "marked as a long run".to_owned(),
        _ => format!("its title says {}", kind.words()),
    }
}

fn named_kind(name: &str) -> Option<SessionKind> {
    let lower = name.to_lowercase();
    let by_part = KIND_PARTS
        .iter()
        .filter(|(_, parts)| parts.iter().any(|part| lower.contains(part)));
    let by_word = KIND_WORDS
        .iter()
        .filter(|(_, names)| split(&lower).any(|word| names.contains(&word)));
    let by_count = holds_repetitions(&lower).then_some(SessionKind::Intervals);
    let mut found = by_part
        .chain(by_word)
        .map(|(kind, _)| *kind)
        .chain(by_count);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// Returns whether a title counts repetitions, as in "6x800", "5 × 3 min" or "4 x 1 km".
fn holds_repetitions(lower: &str) -> bool {
    let marks = lower.match_indices(['x', '×']);
    marks
        .into_iter()
        .any(|(at, mark)| is_count(&lower[..at]) && is_length(&lower[at + mark.len()..]))
}

/// Returns whether a text ends in a number of repetitions.
fn is_count(text: &str) -> bool {
    /// Nobody runs more, and fewer are none.
    const REPETITIONS: std::ops::RangeInclusive<u32> = 2..=60;
    let text = text.trim_end();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    text[digits..]
        .parse()
        .is_ok_and(|count| REPETITIONS.contains(&count))
}

/// Returns whether a text begins with what a repetition is long: a number with a unit, or metres.
fn is_length(text: &str) -> bool {
    /// Metres of a repetition are written without their unit.
    const METRES: std::ops::RangeInclusive<u32> = 100..=5000;
    const UNITS: [&str; 12] = [
        "m", "k", "km", "mi", "mile", "miles", "s", "sec", "sek", "min", "mins", "minutes",
    ];
    let text = text.trim_start();
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let rest = rest.trim_start();
    let unit = split(rest).next().unwrap_or_default();
    let has_unit = UNITS.contains(&unit) || rest.starts_with(['\'', '′', '"', '″', ':']);
    let is_metres = number.parse().is_ok_and(|metres| METRES.contains(&metres));
    !number.is_empty() && (has_unit || (is_metres && unit.is_empty()))
}

fn split(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| !c.is_alphanumeric())
}

fn is_race_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    split(&lower).any(|word| RACE_WORDS.contains(&word))
        && !split(&lower).any(|word| NO_RACE_WORDS.contains(&word))
        && named_kind(name).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_of_a_name_speak_for_a_race() {
        for name in [
            "Berlin Half Marathon",
            "10K race",
            "Oak Hill parkrun #41",
            "Maratón de Valencia",
        ] {
            assert!(is_race_name(name), "{name}");
        }
        for name in [
            "Braces and strides",
            "3 x 5 km at marathon pace",
            "Morning run",
            "Carrera de mañana",
            "Course à pied le matin",
            "Marathon training week 7",
            "Pre-race shakeout",
            "Post race jog",
            "No race today",
            "parkrun tourist walk",
            "Race recovery",
        ] {
            assert!(!is_race_name(name), "{name}");
        }
    }

    #[test]
    fn a_title_names_one_kind_or_none() {
        let cases = [
            ("6x800", Some(SessionKind::Intervals)),
            ("5 × 3 min hügelig", Some(SessionKind::Intervals)),
            ("Intervalltraining", Some(SessionKind::Intervals)),
            ("Séance au seuil", Some(SessionKind::Tempo)),
            ("Sunday long run", Some(SessionKind::Long)),
            ("Long run with tempo", None),
            ("Morning Run", None),
            ("Lauf am Morgen", None),
            ("12x", None),
            ("Max and Xenia 3", None),
            ("1920x1080", None),
            ("4x4 roads", None),
            ("4 x 1 km", Some(SessionKind::Intervals)),
            ("8x400 m on the track", Some(SessionKind::Intervals)),
        ];
        for (name, kind) in cases {
            assert_eq!(named_kind(name), kind, "{name}");
        }
    }

    #[test]
    fn a_mark_of_a_platform_and_a_title_name_a_kind() {
        let head = |name: &str, meant| {
            let mut head = RunHead {
                name: Some(name.to_owned()),
                ..RunHead::default()
            };
            head.remarks.meant = meant;
            head
        };
        let kinds = |name: &str| kind(&head(name, None));
        assert_eq!(kinds("City race 10 km"), Some(SessionKind::Race));
        assert_eq!(kinds("6x800"), Some(SessionKind::Intervals));
        assert_eq!(kinds("Morning run"), None);
        assert_eq!(kind(&RunHead::default()), None);
        let long = head("Morning run", Some(Meant::LongRun));
        assert_eq!(kind(&long), Some(SessionKind::Long));
        assert_eq!(words(&long, SessionKind::Long), "marked as a long run");
        let race = head("Morning run", Some(Meant::Race));
        assert_eq!(kind(&race), Some(SessionKind::Race));
        assert!(words(&race, SessionKind::Race).starts_with("marked as a race on"));
        let titled = head("6x800", None);
        assert_eq!(
            words(&titled, SessionKind::Intervals),
            "its title says intervals"
        );
    }
}

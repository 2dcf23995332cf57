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
/// Whole words that make it the name of a workout, as in "marathon pace".
const WORKOUT_WORDS: [&str; 10] = [
    "pace", "training", "workout", "tempo", "plan", "prep", "block", "before", "after", "week",
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
            "series",
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

/// Returns whether a title counts repetitions, as in "6x800" or "5 × 3 min".
fn holds_repetitions(lower: &str) -> bool {
    let ends_in_digit = |text: &str| text.trim_end().ends_with(|c: char| c.is_ascii_digit());
    let starts_with_digit =
        |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let marks = lower.match_indices(['x', '×', '*']);
    marks.into_iter().any(|(at, mark)| {
        ends_in_digit(&lower[..at]) && starts_with_digit(&lower[at + mark.len()..])
    })
}

fn split(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| !c.is_alphanumeric())
}

fn is_race_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    split(&lower).any(|word| RACE_WORDS.contains(&word))
        && !split(&lower).any(|word| WORKOUT_WORDS.contains(&word))
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
        ];
        for (name, kind) in cases {
            assert_eq!(named_kind(name), kind, "{name}");
        }
    }
}

//! The sport that the name of an activity tells, in the languages in which services name them, and the
//! names by which a user may say it.

use crate::ingest::Activity;
use crate::ingest::Sport;
use crate::ingest::SportFrom;

/// The words by which a user says a sport, each with the sport and its kind.
pub const SPORT_NAMES: [(&str, Sport, Option<&str>); 13] = [
    ("running", Sport::Running, None),
    ("trail_running", Sport::Running, Some("trail")),
    ("track_running", Sport::Running, Some("track")),
    ("treadmill_running", Sport::Running, Some("treadmill")),
    ("virtual_running", Sport::Running, Some("virtual")),
    ("walking", Sport::Walking, None),
    ("hiking", Sport::Walking, Some("hiking")),
    ("cycling", Sport::Cycling, None),
    ("swimming", Sport::Swimming, None),
    ("strength", Sport::Strength, None),
    ("skiing", Sport::Other, Some("skiing")),
    ("skating", Sport::Other, Some("skating")),
    ("other", Sport::Other, Some("other")),
];

/// How words that name a sport begin and end, sport by sport. The first row wins over all others: a
/// "Langlauf" is no run. Sources: the names that Strava, Garmin and Suunto give by themselves in
/// English, German, French, Spanish, Italian, Portuguese, Dutch, the Nordic languages, Polish, Czech,
/// Russian, Japanese, Chinese and Korean.
const NAMES: [(Sport, &[&str], &[&str]); 6] = [
    (
        Sport::Other,
        &[
            "ski",
            "skiing",
            "skitour",
            "skilang",
            "snowboard",
            "skating",
            "skate",
            "inlineskat",
            "rollerski",
            "surf",
            "surfing",
            "windsurf",
            "kayak",
            "canoe",
            "paddle",
            "rowing",
            "ruder",
            "elliptical",
            "langlauf",
            "eislauf",
            "лыж",
        ],
        &["langlauf", "eislauf", "スキー", "滑雪", "스키"],
    ),
    (
        Sport::Running,
        &[
            "running",
            "jog",
            "treadmill",
            "lauf",
            "footing",
            "pied",
            "correr",
            "corrida",
            "carrera",
            "corsa",
            "cursa",
            "hardloop",
            "hardlop",
            "löp",
            "løp",
            "løb",
            "juoks",
            "bieg",
            "běh",
            "бег",
            "забег",
            "пробежк",
            "koşu",
            "futás",
            "달리기",
            "러닝",
        ],
        &[
            "run",
            "running",
            "lauf",
            "løp",
            "løb",
            "löpning",
            "juoksu",
            "ラン",
            "ランニング",
            "跑",
            "跑步",
        ],
    ),
    (
        Sport::Cycling,
        &[
            "bike",
            "bikes",
            "biking",
            "ebike",
            "mountainbik",
            "gravelbik",
            "cycle",
            "cycling",
            "ride",
            "rides",
            "bikeride",
            "mtb",
            "velo",
            "vélo",
            "cyclis",
            "radfahr",
            "radtour",
            "fahrrad",
            "ciclis",
            "bici",
            "pedala",
            "pedal",
            "fiets",
            "cykel",
            "cykl",
            "sykkel",
            "sykl",
            "pyöräil",
            "kolarst",
            "jízda",
            "вело",
            "bisiklet",
            "라이딩",
            "사이클",
        ],
        &[
            "bike",
            "biking",
            "cycling",
            "ride",
            "radfahrt",
            "fietsrit",
            "ochtendrit",
            "middagrit",
            "avondrit",
            "ライド",
            "サイクリング",
            "骑行",
            "騎行",
        ],
    ),
    (
        Sport::Walking,
        &[
            "walk",
            "walks",
            "walking",
            "hike",
            "hikes",
            "hiking",
            "wandern",
            "wanderu",
            "trek",
            "trekking",
            "spazier",
            "abendspazier",
            "morgenspazier",
            "marche",
            "randonn",
            "camina",
            "paseo",
            "senderis",
            "cammina",
            "escursion",
            "caminha",
            "wandel",
            "promenad",
            "vandring",
            "gåtur",
            "kävely",
            "spacer",
            "wędrów",
            "procház",
            "прогул",
            "поход",
            "걷기",
            "하이킹",
        ],
        &[
            "walk",
            "walking",
            "hike",
            "ウォーキング",
            "ハイキング",
            "步行",
            "徒步",
            "健走",
        ],
    ),
    (
        Sport::Swimming,
        &[
            "swim",
            "swimming",
            "schwimm",
            "natation",
            "natación",
            "nado",
            "nuot",
            "natação",
            "zwem",
            "zwemmen",
            "simning",
            "svøm",
            "uinti",
            "pływa",
            "плаван",
            "수영",
        ],
        &["swim", "swimming", "スイム", "游泳"],
    ),
    (
        Sport::Strength,
        &["strength", "weight", "yoga", "pilates", "crossfit", "kraft"],
        &["yoga", "krafttraining"],
    ),
];

/// Parts of a name that tell the kind of a run.
const KINDS: [(&str, &str); 8] = [
    ("trail", "trail"),
    ("treadmill", "treadmill"),
    ("laufband", "treadmill"),
    ("tapis roulant", "treadmill"),
    ("cinta de correr", "treadmill"),
    ("virtual", "virtual"),
    ("zwift", "virtual"),
    ("obstacle", "obstacle"),
];

/// Takes the sport from the name where the file itself says none, or only that it is none of its own.
pub(super) fn fill_in(activity: &mut Activity) {
    let is_open = activity.sport == Sport::Unknown
        || (activity.sport == Sport::Other && activity.sub_sport.is_none());
    if !is_open {
        return;
    }
    if let Some((sport, kind)) = activity.name.as_deref().and_then(of_name) {
        activity.sport = sport;
        activity.sub_sport = kind.or(activity.sub_sport.take());
        activity.sport_from = SportFrom::Name;
    }
}

/// A shorter Latin part is a word of its own or none: "Stride" is no ride, "Skipton" no ski.
///
/// # Units
/// Letters. Chosen.
const WHOLE_BELOW: usize = 5;

/// Returns whether a word is one of a sport.
fn is_of(word: &str, (sport, starts, ends): &(Sport, &[&str], &[&str])) -> bool {
    // What tells a run takes none away.
    let is_whole =
        |part: &str| *sport != Sport::Running && part.is_ascii() && part.len() < WHOLE_BELOW;
    let begins = |part: &&str| match is_whole(part) {
        true => word == *part,
        false => word.starts_with(*part),
    };
    let stops = |part: &&str| match is_whole(part) {
        true => word == *part,
        false => word.ends_with(*part),
    };
    starts.iter().any(begins) || ends.iter().any(stops)
}

/// Returns the sport that a name tells and its kind; nothing where it names none or several in different
/// words.
pub(super) fn of_name(name: &str) -> Option<(Sport, Option<String>)> {
    let name = name.to_lowercase();
    let words = || name.split(|c: char| !c.is_alphanumeric());
    let first = |word: &str| NAMES.iter().find(|row| is_of(word, row)).map(|row| row.0);
    let mut found = words().filter_map(first);
    let sport = found.next()?;
    if found.any(|other| other != sport) {
        return None;
    }
    if sport == Sport::Other {
        return Some((sport, Some(name)));
    }
    let kind = KINDS.iter().find(|(part, _)| name.contains(part));
    let kind = kind.filter(|_| sport == Sport::Running);
    Some((sport, kind.map(|(_, kind)| (*kind).to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_sport_in_several_languages() {
        for (name, expected) in [
            ("Afternoon Ride", Some(Sport::Cycling)),
            ("Morning Run", Some(Sport::Running)),
            ("Lunch Trail Run", Some(Sport::Running)),
            ("Radfahrt am Nachmittag", Some(Sport::Cycling)),
            ("Nachmittagslauf", Some(Sport::Running)),
            ("Course à pied le matin", Some(Sport::Running)),
            ("Sortie vélo dans l'après-midi", Some(Sport::Cycling)),
            ("Carrera de tarde", Some(Sport::Running)),
            ("Vuelta ciclista por la mañana", Some(Sport::Cycling)),
            ("Giro in bici mattutino", Some(Sport::Cycling)),
            ("Corrida matinal", Some(Sport::Running)),
            ("Avondrit", Some(Sport::Cycling)),
            ("Вечерняя пробежка", Some(Sport::Running)),
            ("午後のラン", Some(Sport::Running)),
            ("午后骑行", Some(Sport::Cycling)),
            ("Abendspaziergang", Some(Sport::Walking)),
            ("Evening Hike", Some(Sport::Walking)),
            ("Skilanglauf", Some(Sport::Other)),
            ("Run to the bike shop", None),
            ("Around the lake", None),
            ("Skipton parkrun", Some(Sport::Running)),
            ("Surfers Paradise 10k", None),
            ("Skate park loop run", None),
            ("Rowing club run", None),
            ("Stride session", None),
            ("Pride 5k", None),
            ("Velocity intervals", None),
            ("Boardwalk 5k", None),
            ("Wanderlust 10k", None),
            ("Wanderung", Some(Sport::Walking)),
            ("Mountainbiketour", Some(Sport::Cycling)),
        ] {
            assert_eq!(of_name(name).map(|found| found.0), expected, "{name}");
        }
        assert_eq!(
            of_name("Lunch Trail Run"),
            Some((Sport::Running, Some("trail".to_owned())))
        );
    }

    #[test]
    fn the_file_wins_over_the_name() {
        let mut activity = Activity {
            sport: Sport::Running,
            name: Some("Afternoon Ride".to_owned()),
            ..Activity::default()
        };
        fill_in(&mut activity);
        assert_eq!(
            (activity.sport, activity.sport_from),
            (Sport::Running, SportFrom::File)
        );
        activity.sport = Sport::Other;
        fill_in(&mut activity);
        assert_eq!(
            (activity.sport, activity.sport_from),
            (Sport::Cycling, SportFrom::Name)
        );
    }
}

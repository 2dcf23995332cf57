//! Outputs that are kept under `fixtures/golden` and compared character by character.

use std::fs;
use std::path::Path;

/// The variable that lets a test write its golden files instead of comparing.
pub const BLESS: &str = "HARDEASY_BLESS";

/// The golden files and what they show.
pub const FILES: [(&str, &str); 32] = [
    ("broken.txt", "what is said of each file of `broken/`"),
    ("kilometres.txt", "1 km repetitions as text"),
    ("kilometres-narrow.txt", "the same in 40 columns"),
    ("kilometres.json", "their session document"),
    ("timeline.svg", "their timeline"),
    ("distance.svg", "the same over distance"),
    (
        "course.svg",
        "their course, 200 m around its start and its end left out",
    ),
    ("repetitions.svg", "their repetitions side by side"),
    (
        "best-efforts.svg",
        "their best efforts against critical speed",
    ),
    ("zones.svg", "their time in three and in five zones"),
    ("drift.svg", "the heart-rate drift of the run with strides"),
    ("tempo.txt", "a tempo run as text"),
    ("easy.txt", "an easy run as text"),
    ("strides.txt", "an easy run with strides as text"),
    ("hills.txt", "repetitions uphill as text"),
    ("runs.txt", "these five runs as a table"),
    ("runs-review.md", "their review as Markdown"),
    ("index.html", "the first page of their site"),
    (
        "inspect.txt",
        "what each format holds, as `inspect` tells it",
    ),
    ("season-review.txt", "the review of `season/` as text"),
    ("season-review.md", "the same as Markdown"),
    ("season-review.json", "the same as JSON"),
    ("athlete.txt", "the reference values of `season/` over time"),
    ("athlete.svg", "the same as a chart, week by week"),
    (
        "block-best-efforts.svg",
        "the best efforts of the last block of `season/`",
    ),
    ("weeks.svg", "the weeks of `season/` by effort"),
    ("load.svg", "the load of `season/` day by day"),
    ("volume.svg", "the volume of `season/` week by week"),
    ("days.svg", "hard and easy days of `season/`, week by week"),
    ("calendar.svg", "the same as a year calendar"),
    ("comparable.svg", "workouts that `season/` holds twice"),
    (
        "pixels.txt",
        "mean colours of parts of these charts, drawn by resvg",
    ),
];

/// Compares a text with its golden file, or writes it when that is asked for.
///
/// # Panics
/// If they differ; the message shows the first line that does.
pub fn check(name: &str, text: &str) {
    assert!(
        FILES.iter().any(|(known, _)| *known == name),
        "{name} is not listed in tests/common/golden.rs"
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/golden");
    let path = folder.join(name);
    if std::env::var_os(BLESS).is_some() {
        fs::create_dir_all(&folder).unwrap();
        fs::write(&path, text).unwrap();
        return;
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    let golden = golden.replace("\r\n", "\n");
    if golden == text {
        return;
    }
    let same = golden.lines().zip(text.lines());
    let same = same.take_while(|(old, new)| old == new).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(no line)").to_owned();
    panic!(
        "fixtures/golden/{name} differs at line {}:\n  golden: {}\n  now:    {}\n\
         if the change is right, run {BLESS}=1 cargo test --test program --test reading, and read the difference",
        same + 1,
        line(&golden),
        line(text)
    );
}

//! The files under `fixtures/`: what they are made of and how they are packed.

use std::fmt::Write;

use super::fixture_broken;
use super::fixture_runs;
use super::fixture_season;
use super::golden;
use super::recording::Recording;

/// One committed file, or a file with its twin that holds the truth.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// Path under `fixtures/`.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What made it, in a word.
    pub made_by: &'static str,
    /// What it shows.
    pub shows: String,
}

/// The pictures of pages and what they show; the browser makes them.
pub const SCREENSHOTS: [(&str, &str); 2] = [
    ("index.png", "the first page of the site of `season/`"),
    ("intervals.png", "the page of its 5 × 1000 m"),
];

/// Returns every file that is written, the table of them last.
pub fn all() -> Vec<Fixture> {
    let mut files = fixture_runs::files();
    files.extend(fixture_season::files());
    files.extend(fixture_broken::files());
    let readme = readme(&files);
    files.push(Fixture {
        path: "README.md".into(),
        bytes: readme.into_bytes(),
        made_by: "table",
        shows: "this table".into(),
    });
    files
}

/// Returns the truth about a recording as JSON, in the keys that the scorer reads.
pub fn truth(recording: &Recording, file: &str, set_type: &str) -> String {
    let mut out = format!(
        "{{\"file\":\"{file}\",\"athlete\":\"made-up\",\"kind\":\"{}\",\"set_type\":\"{set_type}\",\"description\":\"{set_type}\",\"segments\":[",
        recording.session
    );
    for (index, segment) in recording.truth.iter().enumerate() {
        let comma = if index > 0 { "," } else { "" };
        let _ = write!(
            out,
            "{comma}\n {{\"label\":\"{}\",\"kind\":\"{}\",\"start_s\":{:.1},\"end_s\":{:.1}}}",
            segment.kind.label(),
            segment.kind.name(),
            segment.start_s,
            segment.end_s
        );
    }
    out.push_str("\n]}");
    out
}

const PREFACE: &str = "# Fixtures

Every file here is made up by the project: the runs by the generator in `tests/common/`, in the open
sea around 0°, 30° W, where nobody lives. No one's data are in them. They are committed so that the
program has something to read, and `cargo test --test reading` checks that they are what the
generator gives; `HARDEASY_WRITE_FIXTURES=1 cargo test --test reading` writes them again.

A `.json` beside a run holds its truth: segments with `label` (work, recovery, warmup, cooldown,
free), `kind`, `start_s` and `end_s` on the elapsed clock. `season.json` holds it for the season.

Under `golden/` are outputs of the program, which `cargo test --test program --test reading` compares;
with `HARDEASY_BLESS=1` it writes them again. Under `screenshots/` are pages of the site as Chromium
shows them; `HARDEASY_SCREENSHOTS=1 cargo test --test browser screenshots` writes them.

| file | made by | shows | origin | licence |
| --- | --- | --- | --- | --- |
";

fn readme(files: &[Fixture]) -> String {
    let mut out = String::from(PREFACE);
    for file in files {
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | generated | MIT |",
            file.path, file.made_by, file.shows
        );
    }
    for (path, shows) in golden::FILES {
        let _ = writeln!(
            out,
            "| `golden/{path}` | golden | {shows} | generated | MIT |"
        );
    }
    for (path, shows) in SCREENSHOTS {
        let _ = writeln!(
            out,
            "| `screenshots/{path}` | browser | {shows} | generated | MIT |"
        );
    }
    out
}

//! The mechanical part of the house style: data go one way, each idea lives in one place.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The modules in reading order: a module uses earlier ones only.
const ORDER: [&str; 21] = [
    "manual",
    "units",
    "or_default",
    "vocabulary",
    "statistics",
    "thresholds",
    "human",
    "clean",
    "channel",
    "ingest",
    "streams",
    "segmentation",
    "summary",
    "settings",
    "history",
    "classification",
    "pipeline",
    "review",
    "report",
    "export",
    "cli",
];

/// Names that live in some places only, each with the places (prefixes below `src/`).
const PLACES: [(&str, &[&str]); 18] = [
    // How exports write heart rate, pauses and laps is known to ingest, and to what writes the format.
    ("HeartRateBpm", &["ingest/", "export/tcx.rs"]),
    ("TrackPointExtension", &["ingest/", "export/gpx.rs"]),
    ("TriggerMethod", &["ingest/", "export/tcx.rs"]),
    ("wkt_step_index", &["ingest/"]),
    ("stop_all", &["ingest/"]),
    ("event_timestamp", &["ingest/"]),
    ("quick_xml", &["ingest/", "export/tcx.rs"]),
    // Threads and files belong to the pipeline and to what publishes, the terminal to the command
    // line. The fold is one after the other, but for what is unpacked for it.
    (
        "rayon",
        &[
            "pipeline/",
            "report/site/",
            "cli/",
            "classification/fold.rs",
        ],
    ),
    ("std::fs", &["pipeline/", "report/site/", "cli/"]),
    ("std::env", &["cli/", "python/"]),
    ("clap", &["cli/"]),
    ("notify::", &["cli/"]),
    ("terminal_size", &["cli/"]),
    ("anyhow", &["cli/"]),
    // What is written into a page without being escaped: nothing but these, each a type of its own that is
    // made of this project's texts, of numbers, or by what escapes.
    ("PreEscaped", &[]),
    (
        "fn render_to",
        &[
            "report/html/method.rs",
            "report/html/readings.rs",
            "report/html/shell.rs",
        ],
    ),
    // Charts are drawn in one room.
    ("plotters", &["report/drawing/"]),
    ("Utc::now", &[]),
];

/// Folders in which constants may still be tuples, read by position. None is to be added.
const TUPLES: [&str; 0] = [];

pub(crate) fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let name = path
                .strip_prefix(&root)
                .expect("below src")
                .to_string_lossy()
                .replace('\\', "/");
            (name, fs::read_to_string(&path).expect("a source is text"))
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files)
        } else {
            files.push(path)
        }
    }
}

/// Returns the lines of code with their numbers; comments and the tests at the end are left out.
pub(crate) fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let tests = text.find("\n#[cfg(test)]\nmod").unwrap_or(text.len());
    let lines = text[..tests]
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn module_of(file: &str) -> &str {
    file.split('/')
        .next()
        .expect("a name")
        .trim_end_matches(".rs")
}

pub(crate) fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// Where code writes or looks for markup by itself: what it takes of others goes through what escapes, and the types of these
/// files are made nowhere else.
const MARKUP_BY_HAND: [&str; 6] = [
    "cli/athlete.rs",
    "cli/serve/page.rs",
    "export/gpx.rs",
    "report/drawing/svg.rs",
    "report/html/compare.rs",
    "report/html/method.rs",
];

#[test]
fn markup_is_written_by_what_escapes() {
    let begins = |line: &str| {
        let mut literals = line.split("\"<").skip(1);
        literals.any(|rest| rest.starts_with(|c: char| c == '/' || c.is_ascii_lowercase()))
    };
    let mut complaints = Vec::new();
    let writes = |file: &str| {
        ["cli/", "export/", "report/"]
            .iter()
            .any(|one| file.starts_with(one))
    };
    for (file, text) in sources() {
        if !writes(&file) || file.ends_with("tests.rs") {
            continue;
        }
        let mut found = code(&text).filter(|(_, line)| begins(line)).peekable();
        if MARKUP_BY_HAND.contains(&file.as_str()) {
            if found.peek().is_none() {
                complaints.push(format!(
                    "{file}: writes no markup any more; take it off the list"
                ));
            }
            continue;
        }
        complaints.extend(found.map(|(number, line)| format!("{file}:{number}: {line}")));
    }
    assert_none(&complaints);
}

#[test]
fn data_go_one_way() {
    let mut complaints = Vec::new();
    for (file, text) in sources() {
        let Some(own) = ORDER.iter().position(|module| *module == module_of(&file)) else {
            continue;
        };
        for (number, line) in code(&text) {
            for used in line.split("crate::").skip(1) {
                let name: String = used
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                match ORDER.iter().position(|module| *module == name) {
                    Some(other) if other > own => {
                        complaints.push(format!("{file}:{number}: uses the later module {name}"))
                    }
                    None if !name.is_empty() || used.starts_with('{') => {
                        complaints.push(format!("{file}:{number}: crate::{name} is no module of the order; one `use crate::stage::…` a line"));
                    }
                    _ => {}
                }
            }
        }
    }
    assert_none(&complaints);
}

#[test]
fn the_order_is_that_of_the_manual() {
    let manual = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"))
        .expect("the manual");
    let declared: Vec<&str> = manual
        .lines()
        .filter_map(|line| {
            let line = line.strip_prefix("pub ").unwrap_or(line);
            line.strip_prefix("mod ")?.strip_suffix(';')
        })
        .collect();
    assert_eq!(declared, ORDER);
}

#[test]
fn names_live_where_they_belong() {
    let mut complaints = Vec::new();
    for (file, text) in sources() {
        for (number, line) in code(&text) {
            for (name, places) in PLACES {
                if line.contains(name) && !places.iter().any(|place| file.starts_with(place)) {
                    complaints.push(format!("{file}:{number}: {name} belongs to {places:?}"));
                }
            }
        }
    }
    assert_none(&complaints);
}

#[test]
fn every_file_opens_with_what_it_is() {
    let without = sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "));
    let complaints: Vec<String> = without
        .map(|(file, _)| format!("{file}: does not open with //!"))
        .collect();
    assert_none(&complaints);
}

#[test]
fn nothing_is_left_for_later_in_the_code() {
    let mut complaints = Vec::new();
    for (file, text) in sources() {
        for (index, line) in text.lines().enumerate() {
            if ["TODO", "FIXME", "XXX", "todo!", "unimplemented!", "dbg!"]
                .iter()
                .any(|mark| line.contains(mark))
            {
                complaints.push(format!("{file}:{}: {}", index + 1, line.trim()));
            }
        }
    }
    assert_none(&complaints);
}

/// Returns the stable codes in a line of code: `"W-…"` or `"E-…"`.
fn codes(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2).filter(|text| {
        let name = text.strip_prefix("W-");
        name.is_some_and(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
    })
}

#[test]
fn every_warning_is_given_somewhere_by_its_name() {
    let all: Vec<(String, String)> = sources();
    let mut complaints = Vec::new();
    for code in hardeasy::ingest::WarningCode::ALL {
        let name = format!("WarningCode::{code:?}");
        if !all.iter().any(|(_, text)| text.contains(&name)) {
            complaints.push(format!("{code} is given nowhere"));
        }
    }
    for (file, text) in &all {
        let is_free = file.ends_with("tests.rs") || file.ends_with("warning_code.rs");
        for (number, line) in code(text).filter(|_| !is_free) {
            complaints.extend(codes(line).map(|code| format!("{file}:{number}: {code} as text")));
        }
    }
    assert_none(&complaints);
}

/// Returns the name of the constant that a line declares as a tuple.
fn tuple(line: &str) -> Option<&str> {
    let (before, declared) = line.split_once("const ")?;
    let (name, kind) = declared.split_once(": ")?;
    let before = before.trim_start();
    ((before.is_empty() || before.starts_with("pub")) && kind.starts_with('(')).then_some(name)
}

#[test]
fn constants_are_no_tuples() {
    let mut complaints = Vec::new();
    let mut without = TUPLES.to_vec();
    for (file, text) in sources() {
        let found = code(&text).filter_map(|(number, line)| Some((number, tuple(line)?)));
        let all: Vec<String> = found
            .map(|(number, name)| {
                format!("{file}:{number}: {name} is read by position: name its parts")
            })
            .collect();
        match TUPLES.into_iter().find(|folder| file.starts_with(folder)) {
            Some(folder) if !all.is_empty() => without.retain(|other| *other != folder),
            Some(_) => {}
            None => complaints.extend(all),
        }
    }
    complaints.extend(
        without
            .into_iter()
            .map(|folder| format!("{folder} has no tuple: take it off the list")),
    );
    assert_none(&complaints);
}

#[test]
fn every_fixture_has_a_row() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let rows = fs::read_to_string(root.join("README.md")).expect("fixtures/README.md");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let mut complaints = Vec::new();
    for path in files {
        let name = path
            .strip_prefix(&root)
            .expect("below fixtures")
            .to_string_lossy()
            .replace('\\', "/");
        if name != "README.md" && !rows.contains(&format!("`{name}`")) {
            complaints.push(format!("fixtures/{name} has no row in fixtures/README.md"));
        }
    }
    assert_none(&complaints);
}

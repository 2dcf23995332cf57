//! The floor plan of the source: no two files use each other, and no file grows beyond what is read
//! at a sitting.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;

use crate::tidy::assert_none;
use crate::tidy::code;
use crate::tidy::sources;

/// Most lines of a file.
const MOST_LINES: usize = 450;

/// What is no code to be read from top to bottom: fitted weights, and tests.
const NOT_READ: [&str; 4] = ["weights.rs", "tests.rs", "cases.rs", "made_up.rs"];

type Place = Vec<String>;

/// Which file uses which, through `use crate::…`, `use super::…` and `use` of a module of its own. What
/// a file takes from a module that only passes it on counts as taken from where it is defined.
struct Plan {
    /// The file of each module.
    files: BTreeMap<Place, String>,
    /// What modules pass on, by the name under which they do.
    passed_on: BTreeMap<Place, Place>,
    /// The places that each file names.
    named: BTreeMap<String, Vec<Place>>,
}

impl Plan {
    fn of(sources: &[(String, String)]) -> Self {
        let read = sources.iter().filter(|(file, _)| file != "main.rs");
        let files = read.map(|(file, _)| (module(file), file.clone())).collect();
        let mut plan = Self {
            files,
            passed_on: BTreeMap::new(),
            named: BTreeMap::new(),
        };
        for (file, text) in sources {
            plan.read(file, text);
        }
        plan
    }

    fn read(&mut self, file: &str, text: &str) {
        let own = module(file);
        for (_, line) in code(text) {
            let line = line.trim_start();
            let (visibility, used) = match line.split_once("use ") {
                Some((before, used)) if before.is_empty() || before.starts_with("pub") => {
                    (before, used)
                }
                _ => continue,
            };
            let Some(place) = self.place(&own, used.trim_end_matches(';')) else {
                continue;
            };
            if !visibility.is_empty() {
                let name = place.last().cloned().unwrap_or_default();
                self.passed_on.insert(joined(&own, &[name]), place.clone());
            }
            self.named.entry(file.to_owned()).or_default().push(place);
        }
    }

    /// Returns the place that a `use` within a module names, from the root of the crate.
    fn place(&self, own: &Place, used: &str) -> Option<Place> {
        let mut parts: Vec<String> = used.split("::").map(str::to_owned).collect();
        match parts[0].as_str() {
            "crate" => Some(parts.split_off(1)),
            "self" => Some(joined(own, &parts[1..])),
            "super" => {
                let up = parts.iter().take_while(|part| *part == "super").count();
                let base = &own[..own.len().saturating_sub(up)];
                Some(joined(base, &parts[up..]))
            }
            first => {
                let inner = joined(own, &[first.to_owned()]);
                self.files.contains_key(&inner).then(|| joined(own, &parts))
            }
        }
    }

    /// Returns the file in which a place is defined.
    fn file(&self, place: &[String]) -> Option<&str> {
        /// More modules than this pass nothing on.
        const MOST_STEPS: usize = 8;
        let mut place = place.to_vec();
        for _ in 0..MOST_STEPS {
            let known = (0..=place.len()).rfind(|end| self.files.contains_key(&place[..*end]))?;
            let further = place
                .get(..=known)
                .and_then(|name| self.passed_on.get(name));
            match further {
                Some(further) => place = joined(further, &place[known + 1..]),
                None => return self.files.get(&place[..known]).map(String::as_str),
            }
        }
        None
    }

    fn uses(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let named = self.named.iter().filter(|(file, _)| *file != "lib.rs");
        named
            .map(|(file, places)| {
                let used = places.iter().filter_map(|place| self.file(place));
                let used = used.filter(|used| used != file && *used != "lib.rs");
                (file.as_str(), used.collect())
            })
            .collect()
    }
}

/// Returns the module of a file.
fn module(file: &str) -> Place {
    let mut parts: Place = file
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if parts
        .last()
        .is_some_and(|last| last == "mod" || last == "lib")
    {
        parts.pop();
    }
    parts
}

fn joined(base: &[String], rest: &[String]) -> Place {
    [base, rest].concat()
}

/// Returns the shortest way from a file back to it.
fn circle<'a>(uses: &BTreeMap<&'a str, BTreeSet<&'a str>>, file: &'a str) -> Option<Vec<&'a str>> {
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    let mut waiting = VecDeque::from([file]);
    while let Some(next) = waiting.pop_front() {
        for used in uses.get(next).into_iter().flatten() {
            if !before.contains_key(used) {
                before.insert(used, next);
                waiting.push_back(used);
            }
        }
    }
    let mut way = vec![*before.get(file)?];
    while let Some(last) = way.last().filter(|last| **last != file) {
        way.push(before[last]);
    }
    way.reverse();
    Some(way)
}

#[test]
fn no_two_files_use_each_other() {
    let sources = sources();
    let plan = Plan::of(&sources);
    let uses = plan.uses();
    let circles = uses.keys().filter_map(|file| circle(&uses, file));
    let complaints: Vec<String> = circles
        .map(|circle| format!("{} use each other in a circle", circle.join(" → ")))
        .collect();
    assert_none(&complaints);
}

#[test]
fn a_circle_is_found_through_modules_that_pass_names_on() {
    let source = |file: &str, text: &str| (file.to_owned(), text.to_owned());
    let sources = [
        source("lib.rs", "pub mod a;\n"),
        source("a/mod.rs", "mod one;\nmod two;\npub use one::One;\n"),
        source("a/one.rs", "use crate::a::two::Two;\n"),
        source("a/two.rs", "use super::One;\nuse std::fmt;\n"),
    ];
    let plan = Plan::of(&sources);
    let uses = plan.uses();
    assert_eq!(
        circle(&uses, "a/two.rs"),
        Some(vec!["a/two.rs", "a/one.rs"])
    );
    assert_eq!(circle(&uses, "a/mod.rs"), None);
}

#[test]
fn no_file_is_too_long_to_be_read() {
    let sources = sources();
    let lines = |name: &str| {
        let source = sources.iter().find(|(file, _)| file == name);
        source.map_or(0, |(_, text)| text.lines().count())
    };
    let is_read = |file: &str| !NOT_READ.iter().any(|name| file.ends_with(name));
    let read = sources.iter().map(|(file, _)| file.as_str());
    let long = read.filter(|file| is_read(file) && lines(file) > MOST_LINES);
    let complaints: Vec<String> = long
        .map(|file| format!("{file}: {} lines, at most {MOST_LINES}", lines(file)))
        .collect();
    assert_none(&complaints);
}

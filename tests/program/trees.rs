//! Random trees of files: whatever lies in them, every input is in the account exactly once and no sound run is
//! lost without a word.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chrono::Days;
use chrono::NaiveDate;
use hardeasy::pipeline;
use hardeasy::pipeline::FileLine;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::Outcome;
use hardeasy::pipeline::Status;

use crate::common::packing::gzip;
use crate::common::packing::zip;
use crate::common::program::fixture;
use crate::common::program::tree as files_below;
use crate::common::rng::Rng;
use crate::dates::gpx;

/// Trees that are tried; each is made of its number.
const TREES: u64 = 40;
/// Files of a tree, at most, archives counted once.
const MOST_FILES: u32 = 14;

/// What is in a tree, as the test put it there.
struct Tree<'a> {
    root: &'a Path,
    rng: Rng,
    broken: &'a [(String, Vec<u8>)],
    /// Sound runs so far, for duplicates.
    sound: Vec<Vec<u8>>,
    /// The hashes of sound runs that are read where they lie.
    expected: BTreeSet<String>,
    /// What is known of the lines of a path: the members of an archive. A file of which nothing is known has one
    /// line, or as many as it holds when it is a broken archive.
    members: BTreeMap<String, Option<BTreeSet<String>>>,
}

impl Tree<'_> {
    /// Returns the number of one of so many.
    fn number(&mut self, of: usize) -> usize {
        usize::try_from(self.rng.next() % of as u64).expect("no more than there are")
    }

    fn sound_run(&mut self) -> Vec<u8> {
        let is_twin = !self.sound.is_empty() && self.rng.chance(0.3);
        if is_twin {
            let number = self.number(self.sound.len());
            return self.sound[number].clone();
        }
        let first = NaiveDate::from_ymd_opt(2026, 1, 5).expect("a day");
        let run = gpx(first + Days::new(self.sound.len() as u64)).into_bytes();
        self.sound.push(run.clone());
        run
    }

    /// Returns some content, and the ending of its name.
    fn content(&mut self) -> (Vec<u8>, String) {
        match self.rng.whole(0, 9) {
            0..=3 => {
                let run = self.sound_run();
                self.expected.insert(pipeline::content_hash(&run));
                match self.rng.chance(0.3) {
                    true => (gzip(&run), ".gpx.gz".to_owned()),
                    false => (
                        run,
                        self.rng
                            .pick(&[".gpx", ".GPX", ".fit", ".bin", ""])
                            .to_owned(),
                    ),
                }
            }
            4..=6 => {
                let number = self.number(self.broken.len());
                let (name, bytes) = &self.broken[number];
                (bytes.clone(), format!("-{name}"))
            }
            7 => (Vec::new(), self.rng.pick(&[".fit", ".txt", ""]).to_owned()),
            8 => (
                b"a diary, no run".to_vec(),
                self.rng.pick(&[".txt", ".gpx", ".csv"]).to_owned(),
            ),
            _ => {
                let noise: Vec<u8> = (0..500).map(|_| self.rng.next().to_le_bytes()[0]).collect();
                (noise, self.rng.pick(&[".fit", ".tcx", ".dat"]).to_owned())
            }
        }
    }

    /// Returns an archive and the names of what it holds.
    fn archive(&mut self, depth: usize) -> (Vec<u8>, BTreeSet<String>) {
        let mut members: Vec<(String, Vec<u8>)> = Vec::new();
        let mut names = BTreeSet::new();
        for number in 0..self.rng.whole(1, 4) {
            if depth < 2 && self.rng.chance(0.2) {
                let (bytes, inner) = self.archive(depth + 1);
                let name = format!("in {number}/nested.zip");
                names.extend(inner.into_iter().map(|inner| format!("{name}/{inner}")));
                members.push((name, bytes));
                continue;
            }
            let (bytes, ending) = loop {
                let (bytes, ending) = self.content();
                // An archive that is broken may hold any number of members.
                if !ending.contains(".zip") {
                    break (bytes, ending);
                }
            };
            let name = format!("ä {number}{ending}");
            names.insert(name.clone());
            members.push((name, bytes));
        }
        if self.rng.chance(0.3) {
            let name = "__MACOSX/._x.fit".to_owned();
            names.insert(name.clone());
            members.push((name, b"x".to_vec()));
        }
        let members: Vec<(&str, &[u8])> = members
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        (zip(&members), names)
    }

    fn put(&mut self, number: u32) {
        let folder = self.rng.pick(&["", "a", "a/b", "a/b/ü c", "#1", ".hidden"]);
        fs::create_dir_all(self.root.join(folder)).expect("made");
        let place = |name: &str| match folder {
            "" => name.to_owned(),
            folder => format!("{folder}/{name}"),
        };
        if self.rng.chance(0.25) {
            let (bytes, names) = self.archive(0);
            let path = place(&format!("{number}{}", self.rng.pick(&[".zip", ".fit", ""])));
            fs::write(self.root.join(&path), bytes).expect("written");
            self.members.insert(path, Some(names));
            return;
        }
        let (bytes, ending) = self.content();
        let path = place(&format!("{number}{ending}"));
        fs::write(self.root.join(&path), bytes).expect("written");
        self.members.insert(path.clone(), None);
        #[cfg(unix)]
        if self.rng.chance(0.15) {
            let link = place(&format!("link{number}.fit"));
            let own = format!("{number}{ending}");
            let to = self.rng.pick(&["/nonexistent", ".", own.as_str()]);
            std::os::unix::fs::symlink(to, self.root.join(&link)).expect("linked");
            self.members.insert(link, None);
        }
    }
}

fn assert_holds(tree: &Tree<'_>, outcome: &Outcome, seed: u64) {
    let mut lines: BTreeMap<&str, Vec<&FileLine>> = BTreeMap::new();
    for line in &outcome.account {
        lines.entry(&line.path).or_default().push(line);
    }
    let paths: Vec<&str> = tree.members.keys().map(String::as_str).collect();
    assert_eq!(
        lines.keys().copied().collect::<Vec<_>>(),
        paths,
        "tree {seed}"
    );
    for (path, members) in &tree.members {
        let told: Vec<Option<&str>> = lines[path.as_str()]
            .iter()
            .map(|line| line.member.as_deref())
            .collect();
        let once: BTreeSet<Option<&str>> = told.iter().copied().collect();
        assert_eq!(once.len(), told.len(), "tree {seed}: {path}: {told:?}");
        if let Some(members) = members {
            let members = members.iter().map(|name| Some(name.as_str())).collect();
            assert_eq!(once, members, "tree {seed}: {path}");
        }
    }
    for line in &outcome.account {
        let is_read = matches!(line.status, Status::Ok | Status::Warned | Status::Partial);
        assert_eq!(is_read, line.activities > 0, "tree {seed}: {line:?}");
        let reason = line.reason.as_deref().unwrap_or_default();
        // Of several activities one may be counted already.
        let is_twin = reason.starts_with(pipeline::TWIN);
        let is_sound = reason.is_empty() == is_read || is_twin;
        assert!(is_sound, "tree {seed}: {line:?}");
        assert!(
            line.status != Status::Warned || !line.warnings.is_empty(),
            "{line:?}"
        );
    }
    let told: usize = outcome.account.iter().map(|line| line.activities).sum();
    assert_eq!(told, outcome.sessions.len(), "tree {seed}");
    let read = outcome
        .sessions
        .iter()
        .map(|session| session.head.source.sha256.clone());
    let read: BTreeSet<String> = read.collect();
    let lost: Vec<&String> = tree.expected.difference(&read).collect();
    assert!(lost.is_empty(), "tree {seed}: {lost:?}");
    let counts = read
        .iter()
        .filter(|hash| tree.expected.contains(*hash))
        .count();
    assert_eq!(counts, tree.expected.len(), "tree {seed}");
}

#[test]
fn every_input_is_in_the_account_once_and_no_sound_run_is_lost() {
    let broken = files_below(Path::new(&fixture("broken"))).into_iter();
    let broken = broken.map(|(path, bytes)| (path.to_string_lossy().replace('/', "_"), bytes));
    let broken: Vec<(String, Vec<u8>)> = broken.collect();
    for seed in 0..TREES {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut tree = Tree {
            root: folder.path(),
            rng: Rng::new(seed),
            broken: &broken,
            sound: Vec::new(),
            expected: BTreeSet::new(),
            members: BTreeMap::new(),
        };
        for number in 0..tree.rng.whole(1, MOST_FILES) {
            tree.put(number);
        }
        let inputs = vec![Input::Path(folder.path().to_owned())];
        let outcome = pipeline::read_runs(inputs, &Options::default(), &|_, _| ());
        let outcome = outcome.expect("no settings to misread");
        assert_holds(&tree, &outcome, seed);
    }
}

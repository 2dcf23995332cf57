//! A report written again: what has changed is written, all else is left alone.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Output;
use std::process::Stdio;
use std::time::SystemTime;

use crate::common::packing::zip;
use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::out;
use crate::common::program::program;
use crate::common::program::tree;
use serde_json::Value;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The marker of a report.
const MARKER: &str = ".hardeasy-report";
/// The file that is locked while a report is written.
const LOCK: &str = ".hardeasy-report-lock";
/// Broken files of which each is told: of more only the first are.
const FILES_TO_FILL_A_PIPE: usize = 20;
/// Words in the name of each, so that all together are more than a pipe holds, which is 64 KiB at most.
const NAME_TO_FILL_A_PIPE: usize = 700;

/// The files of a report by their path.
type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// Three runs in a row, and where their report goes.
struct Trial {
    input: TempDir,
    site: TempDir,
}

impl Trial {
    fn new() -> Self {
        let trial = Self {
            input: tempfile::tempdir().unwrap(),
            site: tempfile::tempdir().unwrap(),
        };
        let runs = ["2026-03-03.fit", "2026-03-05.fit", "2026-03-07.fit"];
        for name in runs {
            trial.add(name);
        }
        trial
    }

    /// Adds a run of the bundled season.
    fn add(&self, name: &str) {
        let from = fixture(&format!("season/{}/{name}", &name[..7]));
        fs::copy(from, self.input.path().join(name)).unwrap();
    }

    fn report(&self, more: &[&str]) -> Output {
        report(self.input.path(), self.site.path(), more)
    }

    /// Returns what a report leaves where there was none.
    fn fresh(&self, more: &[&str]) -> Tree {
        let elsewhere = tempfile::tempdir().unwrap();
        report(self.input.path(), elsewhere.path(), more);
        files(elsewhere.path())
    }

    fn files(&self) -> Tree {
        files(self.site.path())
    }

    /// Starts a report that stops when it has read everything and written nothing: it then tells
    /// of more than a pipe holds, and nobody listens.
    fn halted(&self) -> Child {
        let name = |number: usize| format!("{}{number}.fit", "broken".repeat(NAME_TO_FILL_A_PIPE));
        let names: Vec<String> = (0..FILES_TO_FILL_A_PIPE).map(name).collect();
        let members = names.iter().map(|name| (name.as_str(), &b"no export"[..]));
        let archive = zip(&members.collect::<Vec<_>>());
        fs::write(self.input.path().join("broken.zip"), archive).unwrap();
        let mut child = program()
            .args(["report".as_ref(), self.input.path()])
            .args(["-o".as_ref(), self.site.path()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let told = child.stderr.as_mut().unwrap();
        told.read_exact(&mut [0]).unwrap();
        child
    }

    fn at(&self, path: &str) -> PathBuf {
        self.site.path().join(path)
    }

    /// Changes the marker by hand.
    fn edit_marker(&self, edit: impl FnOnce(&mut Value)) {
        let text = fs::read(self.at(MARKER)).unwrap();
        let mut marker = serde_json::from_slice(&text).unwrap();
        edit(&mut marker);
        fs::write(self.at(MARKER), marker.to_string()).unwrap();
    }

    /// Returns the only page whose name begins with a day.
    fn page_of(&self, day: &str) -> String {
        let paths = self.paths();
        let mut found = paths
            .iter()
            .filter(|path| path.starts_with(&format!("runs/{day}")));
        found.next().unwrap().clone()
    }

    fn paths(&self) -> BTreeSet<String> {
        let files = tree(self.site.path()).into_iter();
        files.map(|(path, _)| path.display().to_string()).collect()
    }

    /// Sets the time of every file back, and returns what was written by `work` in spite of that.
    fn written_by(&self, work: impl FnOnce()) -> BTreeSet<String> {
        let long_ago = SystemTime::UNIX_EPOCH;
        for path in self.paths() {
            let file = fs::File::options()
                .append(true)
                .open(self.at(&path))
                .unwrap();
            file.set_modified(long_ago).unwrap();
        }
        work();
        let modified = |path: &String| self.at(path).metadata().unwrap().modified().unwrap();
        let mut written = self.paths();
        written.retain(|path| modified(path) != long_ago);
        written
    }
}

fn report(input: &Path, site: &Path, more: &[&str]) -> Output {
    let (input, site) = (input.to_str().unwrap(), site.to_str().unwrap());
    let mut arguments = vec!["report", input, "-o", site];
    arguments.extend(more);
    hardeasy(&arguments)
}

fn files(site: &Path) -> Tree {
    tree(site).into_iter().collect()
}

/// Fails with the paths that differ when two reports do.
fn assert_same(found: &Tree, wanted: &Tree) {
    let paths = found.keys().chain(wanted.keys());
    let differing: BTreeSet<&PathBuf> = paths
        .filter(|path| found.get(*path) != wanted.get(*path))
        .collect();
    assert!(differing.is_empty(), "{differing:?}");
}

/// Returns the documents of some inputs.
fn documents(input: &str) -> String {
    out(&hardeasy(&["export", input, "--format", "ndjson"]))
}

fn charts_over_time(site: &Tree) -> usize {
    let names = site.keys().map(|path| path.to_string_lossy());
    names.filter(|name| name.ends_with("-timeline.svg")).count()
}

#[test]
fn nothing_is_written_when_nothing_has_changed() {
    let trial = Trial::new();
    fs::write(trial.input.path().join("broken.fit"), "no export").unwrap();
    let first = trial.report(&[]);
    assert_eq!(exit(&first), 1, "{}", err(&first));
    assert!(err(&first).contains("broken.fit"));
    for name in ["2026-03-03.fit", "broken.fit"] {
        let path = trial.input.path().join(name);
        let file = fs::File::options().append(true).open(path).unwrap();
        file.set_modified(SystemTime::now()).unwrap();
    }
    let mut again = None;
    let written = trial.written_by(|| again = Some(trial.report(&[])));
    let again = again.unwrap();
    assert_eq!(written, BTreeSet::new());
    assert_eq!(
        (exit(&again), out(&again), err(&again)),
        (1, out(&first), err(&first))
    );
    let quiet = trial.report(&["--quiet"]);
    assert!(err(&quiet).contains("broken.fit") && !err(&quiet).contains("inputs"));
}

#[test]
fn nothing_is_decoded_when_nothing_has_changed() {
    let trial = Trial::new();
    trial.report(&[]);
    // Who decodes counts anew.
    trial.edit_marker(|marker| marker["told"] = serde_json::json!([["read", "as remembered"]]));
    assert_eq!(err(&trial.report(&[])), "read: as remembered\n");
}

#[test]
fn a_report_beside_its_runs_is_the_same_again() {
    let input = tempfile::tempdir().unwrap();
    fs::copy(fixture("runs/easy.fit"), input.path().join("easy.fit")).unwrap();
    let (path, site) = (input.path(), input.path().join("report"));
    let report = || {
        hardeasy(&[
            "report",
            path.to_str().unwrap(),
            "-o",
            site.to_str().unwrap(),
        ])
    };
    let first = report();
    let whole = tree(&site);
    let again = report();
    assert_eq!((exit(&again), err(&again)), (0, err(&first)));
    assert_eq!(tree(&site), whole);
}

#[test]
fn what_comes_from_standard_input_is_read_each_time() {
    let site = tempfile::tempdir().unwrap();
    let report = |input: &str| {
        let mut child = program()
            .args(["report", "-", "-o", site.path().to_str().unwrap()])
            .stdin(fs::File::open(input).unwrap())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        assert!(child.wait().unwrap().success());
        tree(site.path())
    };
    let [run, other_run] = ["runs/easy.fit", "runs/hills.fit"].map(fixture);
    let easy = report(&run);
    let hills = report(&other_run);
    assert_ne!(easy, hills);
    assert_eq!(report(&run), easy);
    let stored = site.path().with_extension("ndjson");
    fs::write(&stored, documents(&run)).unwrap();
    assert_ne!(report(stored.to_str().unwrap()), easy);
    assert_eq!(report(&run), easy);
    fs::remove_file(stored).unwrap();
}

#[test]
fn each_athlete_depends_on_their_own_runs() {
    let trial = Trial::new();
    let club = ["ann", "bob"];
    for name in club {
        let folder = trial.input.path().join(name);
        fs::create_dir(&folder).unwrap();
        let run = trial.input.path().join("2026-03-03.fit");
        fs::copy(run, folder.join("2026-03-03.fit")).unwrap();
    }
    trial.report(&["--athletes"]);
    let next = trial.input.path().join("2026-03-05.fit");
    fs::copy(next, trial.input.path().join("bob/2026-03-05.fit")).unwrap();
    let written = trial.written_by(|| {
        trial.report(&["--athletes"]);
    });
    assert!(written.contains("bob/athlete.html") && written.contains("bob/data/review-block.json"));
    assert!(
        !written.iter().any(|path| path.contains("ann")),
        "{written:?}"
    );
}

#[test]
fn a_new_run_changes_only_what_depends_on_it() {
    let trial = Trial::new();
    trial.add("2026-03-21.fit.gz");
    trial.report(&[]);
    trial.add("2026-03-22.fit");
    let written = trial.written_by(|| assert_eq!(exit(&trial.report(&[])), 0));
    let pages: Vec<&String> = written
        .iter()
        .filter(|path| path.starts_with("runs/"))
        .collect();
    // The run itself, and the one before, which links to it.
    let [before, new] = pages[..] else {
        panic!("{written:?}");
    };
    assert!(before.starts_with("runs/2026-03-21") && new.starts_with("runs/2026-03-22"));
    assert!(written.contains("index.html") && written.contains(MARKER));
    assert!(!written.contains("method.html"));
    let documents = written.iter().filter(|path| path.starts_with("data/2026"));
    assert_eq!(documents.count(), 1);
}

#[test]
fn a_removed_run_disappears_and_what_the_user_put_beside_it_stays() {
    let trial = Trial::new();
    trial.report(&[]);
    let page = trial.page_of("2026-03-07");
    let stem = page
        .trim_start_matches("runs/")
        .trim_end_matches(".html")
        .to_owned();
    fs::write(trial.at("runs/notes.html"), "mine").unwrap();
    fs::remove_file(trial.input.path().join("2026-03-07.fit")).unwrap();
    assert_eq!(exit(&trial.report(&[])), 0);
    assert!(!trial.paths().iter().any(|path| path.contains(&stem)));
    assert_eq!(
        fs::read_to_string(trial.at("runs/notes.html")).unwrap(),
        "mine"
    );
}

#[test]
fn settings_corrections_and_options_are_seen() {
    let trial = Trial::new();
    trial.report(&[]);
    let page = trial.page_of("2026-03-03");
    let changes: [&dyn Fn() -> Output; 4] = [
        &|| {
            fs::write(
                trial.input.path().join("hardeasy.toml"),
                "birth_year = 1970\n",
            )
            .unwrap();
            trial.report(&[])
        },
        &|| {
            let run = trial.input.path().join("2026-03-03.fit");
            hardeasy(&["correct", run.to_str().unwrap(), "--kind", "tempo"]);
            trial.report(&[])
        },
        &|| trial.report(&["--units", "imperial"]),
        &|| trial.report(&["--units", "imperial", "--map"]),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let written = trial.written_by(|| assert_eq!(exit(&change()), 0));
        assert!(written.contains(&page), "change {number}: {written:?}");
    }
}

#[test]
fn charts_can_be_left_out_and_come_back() {
    let trial = Trial::new();
    let is_chart = |path: &&PathBuf| path.starts_with("charts");
    let with = trial.fresh(&[]);
    let without = trial.fresh(&["--no-charts"]);
    assert!(with.keys().filter(is_chart).count() > 10);
    assert_eq!(without.keys().filter(is_chart).count(), 0);
    let pages = |site: &Tree| -> Tree {
        let pages = site
            .iter()
            .filter(|(path, _)| !is_chart(path) && !path.ends_with(MARKER));
        pages
            .map(|(path, page)| (path.clone(), page.clone()))
            .collect()
    };
    assert_same(&pages(&without), &pages(&with));
    for (more, wanted) in [
        (&[][..], &with),
        (&["--no-charts"], &without),
        (&[], &with),
        (&["--no-charts"], &without),
    ] {
        assert_eq!(exit(&trial.report(more)), 0);
        assert_same(&trial.files(), wanted);
        assert_eq!(trial.at("charts").exists(), wanted.len() == with.len());
    }
}

#[test]
fn what_was_deleted_or_edited_is_restored() {
    let trial = Trial::new();
    trial.report(&[]);
    let whole: BTreeMap<_, _> = tree(trial.site.path()).into_iter().collect();
    fs::remove_file(trial.at(&trial.page_of("2026-03-03"))).unwrap();
    let edited = trial.at("method.html");
    let text = fs::read_to_string(&edited).unwrap();
    fs::write(&edited, text.replacen("How", "Wow", 1)).unwrap();
    assert_eq!(exit(&trial.report(&[])), 0);
    let restored: BTreeMap<_, _> = tree(trial.site.path()).into_iter().collect();
    assert_eq!(restored, whole);
}

#[test]
fn a_report_that_was_killed_is_repaired_by_the_next() {
    let trial = Trial::new();
    trial.report(&[]);
    let whole: BTreeMap<_, _> = tree(trial.site.path()).into_iter().collect();
    // As after the places were taken, and before anything was written.
    trial.edit_marker(|marker| {
        marker["fingerprint"] = Value::Null;
        for hash in marker["files"].as_object_mut().unwrap().values_mut() {
            *hash = "".into();
        }
        marker["files"]["runs/2026-03-09-gone.html"] = "".into();
    });
    fs::write(trial.at("runs/2026-03-09-gone.html"), "left behind").unwrap();
    fs::write(trial.at("runs/.hardeasy-new-a1b2c3"), "half a pa").unwrap();
    fs::remove_file(trial.at("index.html")).unwrap();
    fs::write(trial.at(&trial.page_of("2026-03-05")), "half a pa").unwrap();
    assert_eq!(exit(&trial.report(&[])), 0);
    let repaired: BTreeMap<_, _> = tree(trial.site.path()).into_iter().collect();
    assert_eq!(repaired, whole);
}

#[test]
fn a_file_of_the_users_own_in_the_place_of_a_page_is_kept() {
    let trial = Trial::new();
    trial.report(&[]);
    // The page of a run that will come, found out by trying elsewhere.
    let elsewhere = Trial::new();
    elsewhere.add("2026-03-10.fit.gz");
    elsewhere.report(&[]);
    let page = elsewhere.page_of("2026-03-10");
    fs::write(trial.at(&page), "mine").unwrap();
    trial.add("2026-03-10.fit.gz");
    let before: BTreeMap<_, _> = tree(trial.site.path()).into_iter().collect();
    let refused = trial.report(&[]);
    assert_eq!(exit(&refused), 2);
    assert!(err(&refused).contains(&page), "{}", err(&refused));
    assert!(err(&refused).contains("move it away"), "{}", err(&refused));
    let after: BTreeMap<_, _> = tree(trial.site.path()).into_iter().collect();
    assert_eq!(before, after);
}

#[test]
fn a_file_of_the_users_own_in_the_place_of_a_folder_is_kept() {
    let trial = Trial::new();
    trial.report(&[]);
    fs::remove_dir_all(trial.at("runs")).unwrap();
    fs::write(trial.at("runs"), "mine").unwrap();
    let refused = trial.report(&[]);
    assert_eq!(exit(&refused), 2);
    assert!(err(&refused).contains("found a file"), "{}", err(&refused));
    assert_eq!(fs::read_to_string(trial.at("runs")).unwrap(), "mine");
}

#[test]
fn a_report_of_an_earlier_version_is_replaced() {
    let trial = Trial::new();
    trial.report(&[]);
    let whole: BTreeMap<_, _> = tree(trial.site.path()).into_iter().collect();
    let mut list = "# Written by hardeasy report: as it was then\n".to_owned();
    for path in trial.paths() {
        list += &format!("{path}\n");
    }
    fs::create_dir_all(trial.at("days/old")).unwrap();
    fs::write(trial.at("days/old/1.html"), "an old page").unwrap();
    fs::write(trial.at(MARKER), list + "days/old/1.html\n").unwrap();
    assert_eq!(exit(&trial.report(&[])), 0);
    let replaced: BTreeMap<_, _> = tree(trial.site.path()).into_iter().collect();
    assert_eq!(replaced, whole);
    assert!(!trial.at("days").exists());
}

#[test]
fn nothing_is_touched_where_the_marker_is_damaged() {
    let trial = Trial::new();
    trial.report(&[]);
    let marker = fs::read_to_string(trial.at(MARKER)).unwrap();
    for damaged in [&marker[..marker.len() / 2], ""] {
        fs::write(trial.at(MARKER), damaged).unwrap();
        let before = tree(trial.site.path());
        let refused = trial.report(&[]);
        assert_eq!(exit(&refused), 2);
        assert!(
            err(&refused).contains("remove the folder"),
            "{}",
            err(&refused)
        );
        assert_eq!(tree(trial.site.path()), before);
    }
}

#[test]
#[cfg(unix)]
fn a_marker_that_was_tampered_with_leads_nowhere() {
    let trial = Trial::new();
    trial.report(&[]);
    let outside = tempfile::tempdir().unwrap();
    let victims = ["own.html", "sub/own.html"].map(|name| outside.path().join(name));
    fs::create_dir(outside.path().join("sub")).unwrap();
    for victim in &victims {
        fs::write(victim, "mine").unwrap();
    }
    std::os::unix::fs::symlink(outside.path(), trial.at("link")).unwrap();
    let outside_name = outside.path().file_name().unwrap().to_str().unwrap();
    trial.edit_marker(|marker| {
        marker["fingerprint"] = Value::Null;
        for path in [
            victims[0].to_str().unwrap(),
            &format!("../{outside_name}/own.html"),
            &format!("runs/../../{outside_name}/own.html"),
            "link/own.html",
            "link/sub/own.html",
        ] {
            marker["files"][path] = "".into();
        }
    });
    assert_eq!(exit(&trial.report(&[])), 0);
    for victim in &victims {
        assert_eq!(fs::read_to_string(victim).unwrap(), "mine");
    }
}

#[test]
#[cfg(unix)]
fn a_link_in_the_place_of_a_folder_leads_nowhere() {
    let trial = Trial::new();
    trial.report(&[]);
    let outside = tempfile::tempdir().unwrap();
    let kept = outside.path().join("2026-03-03-kept.html");
    fs::write(&kept, "mine").unwrap();
    fs::remove_dir_all(trial.at("runs")).unwrap();
    std::os::unix::fs::symlink(outside.path(), trial.at("runs")).unwrap();
    let refused = trial.report(&[]);
    assert_eq!(exit(&refused), 2);
    assert!(err(&refused).contains("found a link"), "{}", err(&refused));
    assert_eq!(tree(outside.path()).len(), 1);
}

#[test]
fn no_position_is_in_a_report_unless_a_map_is_asked_for() {
    let trial = Trial::new();
    trial.report(&[]);
    assert!(!trial.paths().iter().any(|path| path.contains("course")));
    let samples = trial.input.path().join("2026-03-03.fit");
    let table = hardeasy(&[
        "export",
        samples.to_str().unwrap(),
        "--format",
        "csv",
        "--table",
        "samples",
    ]);
    let table = out(&table);
    let names: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    let column = |name: &str| names.iter().position(|other| *other == name).unwrap();
    let degrees: Vec<f64> = ["latitude_deg", "longitude_deg"]
        .into_iter()
        .flat_map(|name| {
            let column = column(name);
            let cells = table.lines().skip(1);
            let known = cells.filter_map(|line| line.split(',').nth(column)?.parse().ok());
            let known: Vec<f64> = known.collect();
            [known[0], known[known.len() / 2], known[known.len() - 1]]
        })
        .collect();
    let searched: Vec<String> = degrees.into_iter().flat_map(written_as).collect();
    assert_eq!(searched.len(), 18);
    for more in [&[][..], &["--map"]] {
        trial.report(more);
        for (path, content) in tree(trial.site.path()) {
            let text = String::from_utf8_lossy(&content);
            for place in &searched {
                assert!(!text.contains(place), "{place} in {path:?}");
            }
        }
    }
    assert!(
        trial
            .paths()
            .iter()
            .any(|path| path.ends_with("-course.svg"))
    );
}

/// Returns how a latitude or a longitude may be written: in degrees, in radians, as FIT counts.
/// Cut off, not rounded, and with so many digits that nothing else has them by chance.
fn written_as(degrees: f64) -> [String; 3] {
    let cut = |value: f64| {
        let text = format!("{value:.9}");
        // A hundred-thousandth of a degree is a metre.
        text[..text.len() - 4].to_owned()
    };
    let semicircles = degrees / 180.0 * f64::from(1u32 << 31);
    [
        cut(degrees),
        cut(degrees.to_radians()),
        format!("{semicircles:.0}"),
    ]
}

#[test]
fn the_map_leaves_out_two_hundred_metres_unless_told_otherwise() {
    let drawn = |more: &[&str]| {
        let trial = Trial::new();
        trial.report(more);
        let files = tree(trial.site.path()).into_iter();
        files
            .filter(|(path, _)| path.to_string_lossy().ends_with("-course.svg"))
            .collect::<Vec<_>>()
    };
    assert_eq!(drawn(&["--map"]), drawn(&["--map", "--trim", "200m"]));
    assert_ne!(drawn(&["--map"]), drawn(&["--map", "--trim", "0m"]));
}

#[test]
fn a_stored_document_does_not_hide_the_export_that_it_tells_of() {
    let input = tempfile::tempdir().unwrap();
    let easy = fixture("runs/easy.fit");
    fs::write(input.path().join("archive.ndjson"), documents(&easy)).unwrap();
    fs::copy(easy, input.path().join("easy.fit")).unwrap();
    let site = tempfile::tempdir().unwrap();
    assert_eq!(exit(&report(input.path(), site.path(), &[])), 0);
    assert_eq!(charts_over_time(&files(site.path())), 1);
    let samples = hardeasy(&[
        "export",
        input.path().to_str().unwrap(),
        "--format",
        "csv",
        "--table",
        "samples",
    ]);
    assert!(out(&samples).lines().count() > 1000);
}

#[test]
fn a_run_gets_its_chart_when_its_export_is_put_beside_the_document() {
    let input = tempfile::tempdir().unwrap();
    let easy = fixture("runs/easy.fit");
    fs::write(input.path().join("z.ndjson"), documents(&easy)).unwrap();
    let [site, fresh] = [0, 1].map(|_| tempfile::tempdir().unwrap());
    report(input.path(), site.path(), &[]);
    assert_eq!(charts_over_time(&files(site.path())), 0);
    fs::copy(easy, input.path().join("easy.fit")).unwrap();
    report(input.path(), site.path(), &[]);
    report(input.path(), fresh.path(), &[]);
    assert_eq!(charts_over_time(&files(fresh.path())), 1);
    assert_same(&files(site.path()), &files(fresh.path()));
}

#[test]
fn a_run_whose_file_vanished_before_it_was_drawn_is_drawn_by_the_next_report() {
    let trial = Trial::new();
    let run = trial.input.path().join("2026-03-05.fit");
    let content = fs::read(&run).unwrap();
    let halted = trial.halted();
    fs::remove_file(&run).unwrap();
    let told = halted.wait_with_output().unwrap();
    assert_eq!(exit(&told), 1);
    let told = err(&told);
    let line = told.lines().find(|line| line.starts_with("partial: "));
    let line = line.unwrap_or_else(|| panic!("{told}"));
    assert!(
        line.contains("2026-03-05.fit: ") && line.contains("report again"),
        "{line}"
    );
    assert_eq!(charts_over_time(&trial.files()), 2);
    fs::write(&run, content).unwrap();
    assert_eq!(exit(&trial.report(&[])), 1);
    assert_eq!(charts_over_time(&trial.files()), 3);
    assert_same(&trial.files(), &trial.fresh(&[]));
}

#[test]
fn two_reports_are_not_written_into_one_folder_at_once() {
    let trial = Trial::new();
    let mut halted = trial.halted();
    let refused = trial.report(&[]);
    assert_eq!(exit(&refused), 2);
    let told = err(&refused);
    assert!(
        told.contains("another report") && told.contains("wait for it"),
        "{told}"
    );
    // The lock ends with the process, however it ends, and the file that stays locks nothing.
    halted.kill().unwrap();
    halted.wait().unwrap();
    assert_eq!(trial.files().keys().collect::<Vec<_>>(), [Path::new(LOCK)]);
    assert_eq!(exit(&trial.report(&[])), 1);
    assert_same(&trial.files(), &trial.fresh(&[]));
}

#[test]
fn no_folder_is_left_where_nothing_was_reported() {
    let input = tempfile::tempdir().unwrap();
    let site = input.path().join("site");
    assert_eq!(exit(&report(input.path(), &site, &[])), 2);
    assert!(!site.exists());
}

#[test]
fn pages_that_would_be_written_just_so_are_nobody_elses() {
    let trial = Trial::new();
    trial.report(&[]);
    let whole = trial.files();
    let page = trial.page_of("2026-03-05");
    // As two reports left it that were written at once, each with a marker of its own.
    trial.edit_marker(|marker| {
        marker["fingerprint"] = Value::Null;
        for path in [&page, "method.html"] {
            marker["files"].as_object_mut().unwrap().remove(path);
        }
    });
    let told = trial.report(&[]);
    assert_eq!(exit(&told), 0, "{}", err(&told));
    assert_same(&trial.files(), &whole);
}

#[test]
fn a_name_that_ends_like_a_number_takes_no_chart_away() {
    let input = tempfile::tempdir().unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let runs = [("easy.fit", "#2"), ("hills.fit", "#0"), ("tempo.gpx", "#1")];
    for (name, ending) in runs {
        let options = SimpleFileOptions::default();
        writer
            .start_file(format!("{name}{ending}"), options)
            .unwrap();
        let content = fs::read(fixture(&format!("runs/{name}"))).unwrap();
        writer.write_all(&content).unwrap();
    }
    let archive = input.path().join("runs.zip");
    fs::write(&archive, writer.finish().unwrap().into_inner()).unwrap();
    let site = tempfile::tempdir().unwrap();
    let told = report(input.path(), site.path(), &[]);
    assert_eq!(exit(&told), 0, "{}", err(&told));
    assert_eq!(charts_over_time(&files(site.path())), runs.len());
    // The documents tell what the archive does, and both together still three runs.
    let text = documents(archive.to_str().unwrap());
    let stored = input.path().join("z.ndjson");
    fs::write(&stored, &text).unwrap();
    assert_eq!(documents(stored.to_str().unwrap()), text);
    assert_eq!(documents(input.path().to_str().unwrap()), text);
}

#[test]
fn documents_from_before_the_number_was_a_field_tell_activities_apart() {
    let text = documents(&fixture("broken/chained.fit"));
    let fields = [1, 2].map(|number| format!("\"member\":\"#{number}\",\"number\":{number}"));
    let old = fields.iter().fold(text.clone(), |old, field| {
        assert_eq!(old.matches(field).count(), 1);
        old.replace(field, &field[..field.rfind(',').unwrap()])
    });
    let input = tempfile::tempdir().unwrap();
    let stored = input.path().join("old.ndjson");
    fs::write(&stored, old).unwrap();
    assert_eq!(documents(stored.to_str().unwrap()), text);
}

#[test]
fn an_update_that_was_killed_half_way_is_finished_or_undone_by_the_next_report() {
    let trial = Trial::new();
    let settings = [["--units", "metric"], ["--units", "imperial"]];
    let [old, new] = settings.map(|more| trial.fresh(&more));
    for (more, wanted) in settings.iter().zip([&old, &new]) {
        trial.report(&settings[0]);
        let mut names = Vec::new();
        trial.edit_marker(|marker| {
            marker["fingerprint"] = Value::Null;
            let runs = marker["runs"].as_object().unwrap();
            names.extend(runs.keys().take(runs.len().div_ceil(2)).cloned());
        });
        let is_done = |path: &&PathBuf| {
            let path = path.to_string_lossy();
            names.iter().any(|name| path.contains(name))
        };
        let done: Vec<&PathBuf> = new.keys().filter(is_done).collect();
        assert!(done.iter().any(|path| old[*path] != new[*path]));
        for path in done {
            fs::write(trial.site.path().join(path), &new[path]).unwrap();
        }
        assert_eq!(exit(&trial.report(more)), 0);
        assert_same(&trial.files(), wanted);
    }
}

#[test]
fn the_first_page_is_written_when_all_that_it_leads_to_is_there() {
    let trial = Trial::new();
    trial.report(&[]);
    let written = |path: &str| trial.at(path).metadata().unwrap().modified().unwrap();
    let first = written("index.html");
    for path in trial.paths().iter().filter(|path| *path != MARKER) {
        assert!(written(path) <= first, "{path}");
    }
}

#[test]
fn an_earlier_report_stays_when_all_its_runs_are_gone() {
    let trial = Trial::new();
    trial.report(&[]);
    let whole = trial.files();
    for entry in fs::read_dir(trial.input.path()).unwrap() {
        fs::remove_file(entry.unwrap().path()).unwrap();
    }
    let told = trial.report(&[]);
    assert_eq!(exit(&told), 2);
    let said = err(&told);
    assert!(
        said.contains("earlier report") && said.contains("left as it is"),
        "{said}"
    );
    assert_same(&trial.files(), &whole);
}

#[test]
fn nothing_is_touched_where_the_marker_is_of_another_form() {
    let trial = Trial::new();
    trial.report(&[]);
    for schema in ["hardeasy.report/2".into(), Value::Null] {
        trial.edit_marker(|marker| {
            let object = marker.as_object_mut().unwrap();
            object.remove("schema");
            object.extend(
                [("schema".to_owned(), schema)]
                    .into_iter()
                    .filter(|(_, s)| !s.is_null()),
            );
        });
        let before = trial.files();
        let refused = trial.report(&[]);
        assert_eq!(exit(&refused), 2);
        let told = err(&refused);
        assert!(
            told.contains("expected hardeasy.report/1") && told.contains("remove the folder"),
            "{told}"
        );
        assert_same(&trial.files(), &before);
    }
}

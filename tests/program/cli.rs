//! The program as a user meets it: arguments, standard output, standard error, exit code.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Output;
use std::process::Stdio;

use crate::common::athlete::Athlete;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::generator::Options;
use crate::common::generator::generate;
use crate::common::gpx_writer;
use crate::common::gpx_writer::Dialect;
use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::hardeasy_with;
use crate::common::program::out;
use crate::common::program::program;
use crate::common::program::tree;
use crate::common::workouts::Workout;
use hardeasy::summary::SUMMARY_VERSION;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// The only addresses in a page are names of XML vocabularies, which nothing fetches.
fn assert_no_request(page: &str) {
    let fetched = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    for scheme in ["http:", "https:", "@import", "src=\"//", "href=\"//"] {
        assert!(!fetched.contains(scheme), "a page asks for {scheme}");
    }
}

#[test]
fn the_main_job_leaves_a_site() {
    let site = folder();
    let output = hardeasy(&[
        "report",
        &fixture("season"),
        "-o",
        &site.path().display().to_string(),
    ]);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    let index = fs::read_to_string(site.path().join("index.html")).expect("index.html");
    assert_no_request(&index);
    let pages = fs::read_dir(site.path().join("runs"))
        .expect("runs/")
        .count();
    assert!(pages > 50, "{pages} pages");
}

#[test]
fn a_report_inside_its_input_is_not_read_again() {
    let runs = folder();
    fs::copy(fixture("runs/kilometres.fit"), runs.path().join("a.fit")).expect("a copy");
    let path = runs.path().display().to_string();
    let site = runs.path().join("report").display().to_string();
    let first = hardeasy(&["report", &path, "-o", &site]);
    let again = hardeasy(&["report", &path, "-o", &site]);
    assert_eq!((exit(&again), err(&again)), (0, err(&first)));
    // Nor by the report of another folder, which says so.
    let other = folder().path().display().to_string();
    let other = hardeasy(&["report", &path, "-o", &other]);
    assert_eq!(exit(&other), 0);
    let account = err(&other);
    assert!(account.contains("2 inputs: 1 ok, 1 skipped"), "{account}");
}

#[test]
fn a_report_never_buries_the_files_of_the_user() {
    let runs = folder();
    fs::copy(fixture("runs/kilometres.fit"), runs.path().join("a.fit")).expect("a copy");
    let path = runs.path().display().to_string();
    let into_input = hardeasy(&["report", &path, "-o", &path]);
    assert_eq!(exit(&into_input), 2);
    assert!(
        err(&into_input).contains("give another -o"),
        "{}",
        err(&into_input)
    );
    let site = folder();
    fs::write(site.path().join("index.html"), "mine").expect("written");
    let into_foreign = hardeasy(&["report", &path, "-o", &site.path().display().to_string()]);
    assert_eq!(exit(&into_foreign), 2);
    assert_eq!(
        fs::read(site.path().join("index.html")).expect("still there"),
        b"mine"
    );
}

#[test]
fn a_block_that_ends_before_it_begins_is_refused() {
    let season = fixture("season");
    let output = hardeasy(&[
        "review",
        &season,
        "--from",
        "2026-05-01",
        "--to",
        "2026-04-01",
    ]);
    assert_eq!(exit(&output), 2);
    assert!(err(&output).contains("swap them"), "{}", err(&output));
}

#[test]
fn threads_and_order_of_paths_change_no_byte() {
    let one = hardeasy(&[
        "export",
        &fixture("season"),
        &fixture("runs"),
        "--format",
        "ndjson",
        "--jobs",
        "1",
    ]);
    let eight = hardeasy(&[
        "export",
        &fixture("runs"),
        &fixture("season"),
        "--format",
        "ndjson",
        "--jobs",
        "8",
    ]);
    assert!(out(&one).lines().count() > 60);
    assert!(out(&one) == out(&eight), "documents differ");

    let sites = [folder(), folder()];
    for (site, jobs) in sites.iter().zip(["1", "8"]) {
        hardeasy(&[
            "report",
            &fixture("runs"),
            "-o",
            &site.path().display().to_string(),
            "--jobs",
            jobs,
        ]);
    }
    assert!(
        tree(sites[0].path()) == tree(sites[1].path()),
        "sites differ"
    );
}

#[test]
fn stored_documents_stand_for_the_files() {
    let stored = folder();
    let path = stored.path().join("season.ndjson");
    let documents = hardeasy(&["export", &fixture("season"), "--format", "ndjson"]);
    fs::write(&path, &documents.stdout).expect("written");
    let again = hardeasy(&["export", &path.display().to_string(), "--format", "ndjson"]);
    assert_eq!(exit(&again), 0, "{}", err(&again));
    assert!(out(&documents) == out(&again), "documents differ");
    for format in ["text", "markdown", "json"] {
        let from_files = hardeasy(&["review", &fixture("season"), "--format", format]);
        let from_documents = hardeasy(&["review", &path.display().to_string(), "--format", format]);
        assert_eq!(out(&from_files), out(&from_documents));
    }
}

#[test]
fn one_bad_file_never_stops_the_rest_and_the_exit_code_tells() {
    let runs = folder();
    fs::copy(fixture("runs/kilometres.fit"), runs.path().join("good.fit")).expect("a copy");
    fs::write(
        runs.path().join("page.gpx"),
        "<!DOCTYPE html><html><body>log in</body></html>",
    )
    .expect("written");
    fs::write(runs.path().join("notes.txt"), "easy today").expect("written");
    let output = hardeasy(&[
        "export",
        &runs.path().display().to_string(),
        "--format",
        "json",
    ]);
    assert_eq!(exit(&output), 1);
    assert!(
        err(&output).contains("page.gpx: ") && err(&output).contains("web page"),
        "{}",
        err(&output)
    );
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(document["schema"], "hardeasy.export/1");
    assert_eq!(document["sessions"].as_array().map(Vec::len), Some(1));
    assert_eq!(document["failures"].as_array().map(Vec::len), Some(1));
    assert_eq!(document["failures"][0]["path"], "page.gpx");
}

#[test]
fn nothing_done_is_2() {
    for arguments in [
        vec!["show", "/nonexistent/run.fit"],
        vec!["show"],
        vec!["review", ".", "--format", "poem"],
        vec!["export", "x.fit", "--format", "csv", "--table", "moods"],
    ] {
        let output = hardeasy(&arguments);
        assert_eq!(exit(&output), 2, "{arguments:?}");
        assert!(!err(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    for format in [
        vec!["ndjson"],
        vec!["csv", "--table", "segments"],
        vec!["json"],
    ] {
        assert_closed_pipe_is_no_error(&format);
    }
}

fn assert_closed_pipe_is_no_error(format: &[&str]) {
    let mut child = program()
        .args(["export", &fixture("season"), "--format"])
        .args(format)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(exit(&output), 0, "{}", err(&output));
    assert!(!err(&output).contains("panicked"));
}

#[test]
fn standard_input_is_one_file() {
    let file = fs::File::open(fixture("runs/kilometres.fit")).expect("the fixture");
    let output = program()
        .args(["show", "-"])
        .stdin(file)
        .output()
        .expect("the program starts");
    assert_eq!(exit(&output), 0, "{}", err(&output));
    assert!(out(&output).contains("1000 m"), "{}", out(&output));
}

#[test]
fn colours_are_for_those_who_want_them() {
    let run = fixture("runs/kilometres.fit");
    let always = hardeasy_with(&[], &["show", &run, "--color", "always"]);
    assert!(
        out(&always).contains("\u{1b}[38;5;161m█"),
        "{}",
        out(&always)
    );
    assert!(err(&always).contains('\u{1b}'), "{}", err(&always));
    let plain = hardeasy_with(&[], &["show", &run, "--color", "never"]);
    for (variables, color) in [
        (vec![], "auto"),
        (vec![("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], "auto"),
        (vec![("CLICOLOR_FORCE", "1")], "never"),
    ] {
        let output = hardeasy_with(&variables, &["show", &run, "--color", color]);
        assert_eq!(exit(&output), 0);
        assert!(!out(&output).contains('\u{1b}'), "{variables:?}");
        assert!(!err(&output).contains('\u{1b}'), "{variables:?}");
        assert_eq!(out(&output), out(&plain));
    }
    let given = hardeasy_with(&[("NO_COLOR", "1")], &["show", &run, "--color", "always"]);
    assert_eq!(
        out(&given),
        out(&always),
        "what is asked for on the command line wins"
    );
}

#[test]
fn texts_are_as_wide_as_columns_says() {
    let widest = |variables: &[(&str, &str)], path: &str| {
        let output = hardeasy_with(variables, &["show", path]);
        assert_eq!(exit(&output), 0, "{}", err(&output));
        out(&output).lines().map(|line| line.chars().count()).max()
    };
    let (run, runs) = (fixture("runs/kilometres.fit"), fixture("runs"));
    for path in [&run, &runs] {
        assert!(widest(&[("COLUMNS", "40")], path) <= Some(40));
        assert!(widest(&[("COLUMNS", "100")], path) <= Some(100));
        for unknown in ["", "0", "wide"] {
            let width = widest(&[("COLUMNS", unknown)], path);
            assert!(
                (Some(73)..=Some(80)).contains(&width),
                "{unknown}: {width:?}"
            );
        }
    }
    assert_eq!(widest(&[("COLUMNS", "100")], &run), Some(100));
    assert_eq!(widest(&[], &run), Some(80));
}

#[test]
fn names_in_a_file_are_inert_although_colours_are_not() {
    let runs = folder();
    let gpx = fs::read_to_string(fixture("runs/tempo.gpx")).expect("the run");
    let hostile = "<name>evil\u{9b}31m\u{202e}gpx &#x1b;[2J</name>";
    let renamed = gpx.replacen("<name>Morning run</name>", hostile, 1);
    assert_ne!(renamed, gpx, "the run has a name");
    let file = runs.path().join("\u{1b}[31m\u{202e}run.gpx");
    fs::write(&file, renamed).expect("written");
    let file = file.display().to_string();
    for columns in ["40", "140"] {
        let output = hardeasy_with(
            &[("COLUMNS", columns)],
            &["show", &file, "--color", "always"],
        );
        assert!(out(&output).contains("evil"), "{}", out(&output));
        let is_ours = |sequence: &str| {
            let codes = sequence.split_once('m').map(|(codes, _)| codes);
            codes.is_some_and(|codes| {
                ["[0", "[1", "[38;5;"]
                    .iter()
                    .any(|ours| codes.starts_with(ours))
            })
        };
        assert!(
            out(&output).split('\u{1b}').skip(1).all(is_ours),
            "{}",
            out(&output)
        );
        assert!(!out(&output).contains("\u{1b}[31m"));
        let text = out(&output) + &err(&output);
        assert!(!text.contains(['\u{202e}', '\u{9b}']), "{text}");
    }
}

#[test]
fn a_stored_document_is_shown_without_a_chart() {
    let stored = folder();
    let path = stored.path().join("run.ndjson");
    let run = fixture("runs/kilometres.fit");
    let documents = hardeasy(&["export", &run, "--format", "ndjson"]);
    fs::write(&path, &documents.stdout).expect("written");
    let shown = hardeasy(&["show", &path.display().to_string()]);
    assert_eq!(exit(&shown), 0, "{}", err(&shown));
    assert!(
        out(&shown).contains("No chart of pace: "),
        "{}",
        out(&shown)
    );
    assert!(out(&shown).contains("rep 5"), "{}", out(&shown));
}

#[test]
fn every_command_has_an_example() {
    for command in [
        "report",
        "demo",
        "watch",
        "show",
        "review",
        "compare",
        "export",
        "inspect",
        "athlete",
        "correct",
        "completions",
        "man",
    ] {
        let help = out(&hardeasy(&["help", command]));
        assert!(help.contains("Example"), "{command}: {help}");
        assert!(
            help.contains(&format!("hardeasy {command}")),
            "{command}: {help}"
        );
    }
}

#[test]
fn help_prints_commands_and_pages_of_the_manual() {
    let shown = |topic: &[&str]| hardeasy(&[&["help"], topic].concat());
    for topic in hardeasy::manual::TOPICS {
        let page = shown(&[topic.name]);
        assert_eq!((exit(&page), out(&page).as_str()), (0, topic.text));
        assert!(
            out(&shown(&["help"])).contains(topic.about),
            "{}",
            topic.name
        );
    }
    assert!(out(&shown(&[])).contains("Usage: hardeasy"));
    assert!(out(&shown(&["show"])).contains("Usage: hardeasy show"));
    let unknown = shown(&["weather"]);
    assert_eq!(exit(&unknown), 2);
    assert!(err(&unknown).contains("no page \"weather\""));
}

#[test]
fn a_correction_flows_into_every_output() {
    let runs = folder();
    let file = runs.path().join("a.fit");
    fs::copy(fixture("runs/kilometres.fit"), &file).expect("a copy");
    let name = file.display().to_string();
    let before = fs::read(&file).expect("the run");
    let corrected = hardeasy(&[
        "correct", &name, "--kind", "fartlek", "--rpe", "7", "--note", "windy",
    ]);
    assert_eq!(exit(&corrected), 0, "{}", err(&corrected));
    let document: serde_json::Value =
        serde_json::from_slice(&hardeasy(&["export", &name, "--format", "ndjson"]).stdout)
            .expect("JSON");
    assert_eq!(document["kind"], "fartlek");
    assert_eq!(document["corrected"], true);
    assert_eq!(document["perceived_exertion"], 7.0);
    assert!(
        fs::read(&file).expect("the run") == before,
        "the export is never changed"
    );
}

#[test]
fn settings_that_cannot_be_understood_end_with_2_and_a_place() {
    let runs = folder();
    fs::copy(fixture("runs/kilometres.fit"), runs.path().join("a.fit")).expect("a copy");
    fs::write(
        runs.path().join("hardeasy.toml"),
        "units = \"metric\"\nthreshold_hr = 170\n",
    )
    .expect("written");
    let output = hardeasy(&["show", &runs.path().display().to_string()]);
    assert_eq!(exit(&output), 2);
    assert!(
        err(&output).contains("hardeasy.toml") && err(&output).contains("line 2"),
        "{}",
        err(&output)
    );
}

#[test]
fn inspect_says_what_is_in_a_file() {
    let whole = hardeasy(&["inspect", &fixture("runs/kilometres.fit")]);
    assert_eq!(exit(&whole), 0);
    assert!(
        out(&whole).contains("record") && out(&whole).contains("heart rate"),
        "{}",
        out(&whole)
    );
    let named = hardeasy(&["inspect", &fixture("runs/kilometres.fit"), "--messages"]);
    assert_eq!(exit(&named), 0, "{}", err(&named));
    assert!(out(&named).contains("record: ") && out(&named).contains("heart_rate="));
}

#[test]
fn sub_folders_can_be_athletes() {
    let club = folder();
    for (athlete, run) in [("ann", "kilometres.fit"), ("bob", "easy.fit")] {
        fs::create_dir(club.path().join(athlete)).expect("a folder");
        fs::copy(
            fixture(&format!("runs/{run}")),
            club.path().join(athlete).join(run),
        )
        .expect("a copy");
    }
    let output = hardeasy(&[
        "export",
        &club.path().display().to_string(),
        "--athletes",
        "--format",
        "ndjson",
    ]);
    let athletes: Vec<serde_json::Value> = out(&output)
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["athlete"].clone()
        })
        .collect();
    assert_eq!(athletes, ["ann", "bob"]);
}

#[test]
fn the_athlete_over_time_has_three_formats() {
    let season = fixture("season");
    let text = hardeasy(&["athlete", &season]);
    assert_eq!(exit(&text), 0, "{}", err(&text));
    assert!(out(&text).starts_with("day "), "{}", out(&text));
    for units in ["metric", "imperial"] {
        let text = hardeasy(&["athlete", &season, "--units", units]);
        let widest = out(&text).lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(80), "{}", out(&text));
    }
    let json = hardeasy(&["athlete", &season, "--format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(document["schema"], "hardeasy.athlete/1");
    assert_eq!(document["athlete"], serde_json::Value::Null);
    let days = document["days"].as_array().expect("days");
    assert!(days.len() > 10, "{} days", days.len());
    let newest = &days[days.len() - 1]["critical_speed_m_s"];
    assert!(newest["low"].as_f64() < newest["value"].as_f64());
    let folder = folder();
    let file = folder.path().join("athlete.svg").display().to_string();
    let svg = hardeasy(&["athlete", &season, "--format", "svg", "-o", &file]);
    assert_eq!((exit(&svg), out(&svg).as_str()), (0, ""), "{}", err(&svg));
    let shown = hardeasy(&["athlete", &season, "--format", "svg"]);
    let written = fs::read_to_string(&file).expect("a chart");
    assert_eq!(out(&shown), written);
    assert!(written.starts_with("<svg ") && written.ends_with("</svg>\n"));
    for label in ["habitual easy pace (min/km)", "critical speed (min/km)"] {
        assert!(written.contains(label), "{label} is missing");
    }
}

#[test]
fn the_athlete_is_never_written_over_an_export() {
    let runs = folder();
    let run = runs.path().join("a.fit");
    fs::copy(fixture("runs/kilometres.fit"), &run).expect("a copy");
    let before = fs::read(&run).expect("the run");
    let name = run.display().to_string();
    let root = runs.path().display().to_string();
    for output in [&name, &root] {
        let refused = hardeasy(&["athlete", &name, "--format", "svg", "-o", output]);
        assert_eq!(exit(&refused), 2);
        assert!(
            err(&refused).contains("give another -o"),
            "{}",
            err(&refused)
        );
    }
    assert!(fs::read(&run).expect("the run") == before);
}

#[test]
fn the_athlete_is_never_written_over_a_file_of_the_user() {
    let runs = folder();
    let run = runs.path().join("a.fit");
    fs::copy(fixture("runs/kilometres.fit"), run).expect("a copy");
    for (name, content) in [
        ("hardeasy.toml", "birth_year = 1985\n"),
        ("wellness.csv", "date,mood\n2026-05-01,7\n"),
        ("notes.txt", "the day of my race\n"),
        ("logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
        ("mine.json", "{\"schema\":\"mine\"}\n"),
    ] {
        fs::write(runs.path().join(name), content).expect("written");
    }
    let before = tree(runs.path());
    let root = runs.path().display().to_string();
    let names = before.iter().map(|(path, _)| path.display().to_string());
    let further = [
        "hardeasy.corrections.toml",
        "Wellness.csv",
        "sub/hardeasy.toml",
    ];
    for name in names.chain(further.map(str::to_owned)) {
        let output = runs.path().join(&name).display().to_string();
        for format in ["text", "json", "svg"] {
            let refused = hardeasy(&["athlete", &root, "--format", format, "-o", &output]);
            assert_eq!(exit(&refused), 2, "{name} {format}");
            assert!(
                err(&refused).contains("give another -o"),
                "{}",
                err(&refused)
            );
        }
    }
    assert!(tree(runs.path()) == before);
}

#[test]
fn the_athlete_is_written_anew_over_what_was_written_before() {
    let run = fixture("runs/kilometres.fit");
    let folder = folder();
    let output = folder.path().join("athlete").display().to_string();
    fs::write(&output, "").expect("an empty file");
    for format in ["svg", "json", "text", "svg"] {
        let written = hardeasy(&["athlete", &run, "--format", format, "-o", &output]);
        assert_eq!(exit(&written), 0, "{format}: {}", err(&written));
    }
}

#[test]
fn a_chart_is_of_one_athlete_and_a_document_of_several() {
    let club = folder();
    for (athlete, run) in [("ann", "kilometres.fit"), ("bob", "easy.fit")] {
        fs::create_dir(club.path().join(athlete)).expect("a folder");
        let copy = club.path().join(athlete).join(run);
        fs::copy(fixture(&format!("runs/{run}")), copy).expect("a copy");
    }
    let path = club.path().display().to_string();
    let svg = hardeasy(&["athlete", &path, "--athletes", "--format", "svg"]);
    assert_eq!(exit(&svg), 2);
    assert!(
        err(&svg).contains("svg is for one athlete, found 2"),
        "{}",
        err(&svg)
    );
    let json = hardeasy(&["athlete", &path, "--athletes", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(document["schema"], "hardeasy.athletes/1");
    assert_eq!(document["athletes"][0]["athlete"], "ann");
    assert_eq!(document["athletes"][1]["athlete"], "bob");
}

#[test]
fn the_newest_values_are_written_beside_the_runs_and_win() {
    let runs = folder();
    copy_month("2026-03", runs.path());
    let path = runs.path().display().to_string();
    fs::write(
        runs.path().join("hardeasy.toml"),
        "[[thresholds]]\nfrom = 2020-01-01\ncritical_speed_m_s = 4.0\n",
    )
    .expect("written");
    let written = hardeasy(&["athlete", &path, "--write", "--format", "json"]);
    assert_eq!(exit(&written), 0, "{}", err(&written));
    assert!(err(&written).contains("written to "), "{}", err(&written));
    serde_json::from_slice::<serde_json::Value>(&written.stdout).expect("nothing but JSON");
    let again = hardeasy(&["athlete", &path]);
    let newest = out(&again);
    let newest = newest.lines().find(|line| line.starts_with("2026-"));
    let newest = newest.expect("a day");
    assert!(newest.contains("=4:10/km"), "the user's own: {newest}");
    assert!(newest.matches('=').count() > 1, "written: {newest}");
}

/// Copies the runs of a month of the bundled season.
fn copy_month(month: &str, to: &Path) {
    for entry in fs::read_dir(fixture(&format!("season/{month}"))).expect("a month") {
        let run = entry.expect("an entry");
        fs::copy(run.path(), to.join(run.file_name())).expect("a copy");
    }
}

#[test]
fn values_written_earlier_do_not_decide_those_written_later() {
    let (fresh, grown) = (folder(), folder());
    let write = |folder: &Path| {
        let path = folder.display().to_string();
        let written = hardeasy(&["athlete", &path, "--write"]);
        assert_eq!(exit(&written), 0, "{}", err(&written));
        fs::read_to_string(folder.join("hardeasy.toml")).expect("settings")
    };
    let given = "[[thresholds]]\nfrom = 2020-01-01\nmaximum_heart_rate_bpm = 191\n";
    for folder in [&fresh, &grown] {
        copy_month("2026-03", folder.path());
        fs::write(folder.path().join("hardeasy.toml"), given).expect("written");
    }
    let early = write(grown.path());
    for folder in [&fresh, &grown] {
        copy_month("2026-04", folder.path());
    }
    let (late, at_once) = (write(grown.path()), write(fresh.path()));
    let newest = at_once.strip_prefix(given).expect("what the user wrote");
    assert!(newest.contains("from = 2026-05-01"), "{newest}");
    assert!(!newest.contains("maximum_heart_rate_bpm"), "{newest}");
    assert_eq!(late, format!("{early}{newest}"));
    assert_eq!(write(grown.path()), late);
}

#[test]
fn nothing_to_write_is_an_error() {
    let runs = folder();
    let run = runs.path().join("easy.fit");
    fs::copy(fixture("runs/easy.fit"), &run).expect("a copy");
    let corrected = hardeasy(&["correct", &run.display().to_string(), "--exclude"]);
    assert_eq!(exit(&corrected), 0, "{}", err(&corrected));
    let written = hardeasy(&["athlete", &runs.path().display().to_string(), "--write"]);
    assert_eq!(exit(&written), 2, "{}", err(&written));
    assert!(
        err(&written).contains("no value is known well enough to be written"),
        "{}",
        err(&written)
    );
    assert!(!runs.path().join("hardeasy.toml").exists());
}

/// Returns a folder with easy runs of the season and one of its quality sessions, and the path of that.
fn nested_runs() -> (tempfile::TempDir, String) {
    let runs = folder();
    let inner = runs.path().join("exports/2026");
    fs::create_dir_all(&inner).expect("a folder");
    let mut names: Vec<PathBuf> = tree(Path::new(&fixture("season")))
        .into_iter()
        .map(|(path, _)| Path::new(&fixture("season")).join(path))
        .filter(|path| path.extension().is_some_and(|ending| ending == "fit"))
        .collect();
    names.sort();
    for path in &names[..20] {
        fs::copy(path, inner.join(path.file_name().expect("a name"))).expect("a copy");
    }
    let last = names[19].file_name().expect("a name");
    let last = inner.join(last).display().to_string();
    (runs, last)
}

fn document(output: &Output) -> serde_json::Value {
    let lines = out(output);
    assert_eq!(lines.lines().count(), 1, "{}", err(output));
    serde_json::from_str(&lines).expect("a document")
}

#[test]
fn one_file_is_judged_with_the_runs_of_its_folder() {
    let (runs, file) = nested_runs();
    let inner = Path::new(&file).parent().expect("a folder");
    let export = |more: &[&str]| {
        let mut arguments = vec!["export", &file, "--format", "ndjson"];
        arguments.extend(more);
        hardeasy(&arguments)
    };
    let with = export(&[]);
    assert_eq!(exit(&with), 0, "{}", err(&with));
    assert!(
        err(&with).contains("history: judged with 1"),
        "{}",
        err(&with)
    );
    assert!(err(&with).contains("read: 1 input: 1 ok"), "{}", err(&with));
    let whole = inner.display().to_string();
    let all = out(&hardeasy(&["export", &whole, "--format", "ndjson"]));
    assert!(all.contains(&out(&with)), "other than in its folder");
    assert!(err(&export(&["--quiet"])).is_empty());

    let alone = export(&["--alone"]);
    assert!(!err(&alone).contains("history"), "{}", err(&alone));
    assert_ne!(
        document(&alone)["references"],
        document(&with)["references"]
    );

    fs::write(inner.join("broken.fit"), "no export").expect("written");
    fs::write(inner.join("notes.txt"), "a note").expect("written");
    fs::write(inner.join("stored.ndjson"), &alone.stdout).expect("written");
    fs::copy(fixture("runs/race.fit"), runs.path().join("above.fit")).expect("a copy");
    let again = export(&[]);
    assert_eq!((exit(&again), out(&again)), (0, out(&with)));
    assert_eq!(err(&again), err(&with));

    let shown = hardeasy(&["show", &file]);
    assert!(!out(&shown).contains("this run alone"), "{}", out(&shown));
    let stored = inner.join("stored.ndjson").display().to_string();
    assert!(!err(&hardeasy(&["show", &stored])).contains("history"));
    assert!(!err(&hardeasy(&["show", &whole])).contains("history"));
    assert!(!err(&hardeasy(&["show", &file, &file])).contains("history"));
}

#[test]
fn hindsight_looks_at_later_runs_beside_a_file() {
    let (_runs, last) = nested_runs();
    let folder = Path::new(&last).parent().expect("a folder");
    let mut names: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    names.sort();
    let first = names[0].display().to_string();
    let before = hardeasy(&["show", &first]);
    assert!(!err(&before).contains("history"), "{}", err(&before));
    let after = hardeasy(&["show", &first, "--hindsight"]);
    assert!(
        err(&after).contains("history: judged with 1"),
        "{}",
        err(&after)
    );
}

#[test]
fn a_folder_of_several_athletes_is_no_history() {
    let (_runs, file) = nested_runs();
    let folder = Path::new(&file).parent().expect("a folder");
    let athlete = Athlete::random(5);
    let first = generate(
        &Workout::Easy.plan(&athlete, 5),
        &athlete,
        5,
        &Options {
            start_unix_s: start_unix_s(&file) + 600,
            ..Options::default()
        },
    );
    let bytes = fit_writer::write(&first, Wire::default());
    fs::write(folder.join("other.fit"), bytes).expect("written");
    let output = hardeasy(&["show", &file]);
    assert_eq!(exit(&output), 0);
    assert!(
        err(&output).contains("several athletes") && err(&output).contains("other.fit"),
        "{}",
        err(&output)
    );
    assert_eq!(out(&output), out(&hardeasy(&["show", &file, "--alone"])));
}

fn start_unix_s(file: &str) -> i64 {
    let found = hardeasy(&["export", file, "--alone", "--format", "ndjson"]);
    let start = document(&found)["start_time"].clone();
    let start = start.as_str().expect("a start");
    let start: chrono::DateTime<chrono::Utc> = start.parse().expect("a time");
    start.timestamp()
}

#[test]
fn documents_of_another_version_are_refused_in_one_line() {
    let stored = folder();
    let run = fixture("runs/kilometres.fit");
    let line = out(&hardeasy(&[
        "export", &run, "--alone", "--format", "ndjson",
    ]));
    let version = format!("\"version\":{SUMMARY_VERSION},");
    assert!(line.contains(&version), "{line}");
    let path = stored.path().join("runs.ndjson").display().to_string();
    let later = format!("\"version\":{},", SUMMARY_VERSION + 1);
    for (other, word) in [("", "an earlier"), (later.as_str(), "a later")] {
        let text = line.clone() + &line.replace(&version, other);
        fs::write(&path, text).expect("written");
        let output = hardeasy(&["show", &path]);
        assert_eq!(exit(&output), 2);
        let expected = format!(
            "failed: runs.ndjson: line 2: written by {word} version of hardeasy; export it again\n"
        );
        assert!(err(&output).contains(&expected), "{}", err(&output));
    }
}

/// Returns the one document that `export` writes of a path.
fn document_of(path: &str, more: &[&str]) -> serde_json::Value {
    let mut arguments = vec!["export", path, "--format", "ndjson"];
    arguments.extend(more);
    let output = hardeasy(&arguments);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    serde_json::from_str(&out(&output)).expect("one document")
}

#[test]
fn what_was_corrected_of_a_recording_is_listed_and_taken_back() {
    let runs = folder();
    let run = runs.path().join("a.fit").display().to_string();
    fs::copy(fixture("runs/kilometres.fit"), &run).expect("a copy");
    let before = document_of(&run, &[]);
    let crop = hardeasy(&["correct", &run, "--crop", "5:00-45:00", "--distance", "8km"]);
    assert_eq!(exit(&crop), 0, "{}", err(&crop));
    let cropped = document_of(&run, &[]);
    assert_eq!(cropped["elapsed_s"], 2399.0);
    assert_eq!(cropped["distance_m"], 8000.0);
    assert_eq!(cropped["changes"]["crop"]["start_s"], 300.0);
    let list = out(&hardeasy(&["correct", &run, "--list"]));
    assert_eq!(
        list,
        "crop = { start_s = 300, end_s = 2700 }\ndistance_m = 8000\n"
    );
    let of_folder = out(&hardeasy(&[
        "correct",
        &runs.path().display().to_string(),
        "--list",
    ]));
    assert!(of_folder.contains("distance_m = 8000"), "{of_folder}");
    assert_eq!(exit(&hardeasy(&["correct", &run, "--undo"])), 0);
    assert!(!runs.path().join("hardeasy.corrections.toml").exists());
    assert_eq!(document_of(&run, &[]), before);
    let far = hardeasy(&["correct", &run, "--distance", "100km"]);
    assert_eq!(exit(&far), 0, "{}", err(&far));
    let refused = document_of(&run, &[]);
    assert_eq!(refused["distance_m"], before["distance_m"]);
    let warnings = refused["warnings"].as_array().expect("a list");
    let told = warnings
        .iter()
        .find(|w| w["code"] == "W-correction-distance");
    let text = told.expect("a warning")["text"].as_str().expect("a text");
    assert!(text.starts_with("you say 100.00 km, but "), "{text}");
    assert_eq!(exit(&hardeasy(&["correct", &run, "--undo"])), 0);
    assert_ne!(exit(&hardeasy(&["correct", &run, "--undo"])), 0);
}

#[test]
fn the_user_names_the_sport_of_one_file_or_of_a_folder() {
    let runs = folder();
    let athlete = Athlete::random(7);
    let plan = Workout::Easy.plan(&athlete, 7);
    let recording = generate(&plan, &athlete, 7, &Options::default());
    let text = gpx_writer::write(&recording, Dialect::Gpxtpx, "Around the lake");
    let other = text.replacen("<type>running</type>", "<type>other</type>", 1);
    assert_ne!(text, other);
    let run = runs.path().join("a.gpx").display().to_string();
    fs::write(&run, &other).expect("a file");
    assert_eq!(document_of(&run, &[])["sport"], "other");
    assert_eq!(
        document_of(&run, &["--sport", "running"])["sport"],
        "running"
    );
    assert_eq!(
        document_of(&run, &["--sport", "hiking"])["sport"],
        "walking"
    );
    let path = runs.path().display().to_string();
    let corrected = hardeasy(&["correct", &path, "--sport", "running"]);
    assert!(
        out(&corrected).starts_with("corrected 1 export;"),
        "{}",
        err(&corrected)
    );
    let document = document_of(&run, &[]);
    assert_eq!(
        (&document["sport"], &document["sport_from"]),
        (&"running".into(), &"user".into())
    );
    assert_eq!(exit(&hardeasy(&["correct", &path, "--kind", "easy"])), 2);
}

#[test]
fn a_route_among_runs_is_named_with_the_reason() {
    let runs = folder();
    let route = r#"<gpx><trk><trkseg><trkpt lat="50" lon="8"/><trkpt lat="50.1" lon="8"/></trkseg></trk></gpx>"#;
    fs::write(runs.path().join("route.gpx"), route).expect("a file");
    fs::copy(fixture("runs/kilometres.fit"), runs.path().join("a.fit")).expect("a copy");
    let path = runs.path().display().to_string();
    let output = hardeasy(&["export", &path, "--format", "ndjson"]);
    assert_eq!(exit(&output), 0);
    let told = "skipped: route.gpx: 2 points without times: a route, not a recorded activity";
    assert!(err(&output).contains(told), "{}", err(&output));
    let quiet = hardeasy(&["export", &path, "--format", "ndjson", "--quiet"]);
    assert_eq!(err(&quiet), "");
}

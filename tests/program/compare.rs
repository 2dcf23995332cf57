//! `compare`: two runs, or two blocks, side by side.

use std::fs;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::hardeasy_with;
use crate::common::program::out;

/// Two blocks of the bundled season.
const BLOCKS: [&str; 8] = [
    "--from",
    "2026-03-02",
    "--to",
    "2026-04-05",
    "--from",
    "2026-04-06",
    "--to",
    "2026-05-24",
];

/// Returns what `compare` says of two bundled runs, each by itself.
fn compared(a: &str, b: &str, more: &[&str]) -> std::process::Output {
    let (a, b) = (fixture(a), fixture(b));
    hardeasy(&[&["compare", a.as_str(), b.as_str(), "--alone"], more].concat())
}

#[test]
fn two_workouts_are_told_rep_by_rep() {
    let output = compared("runs/kilometres.fit", "runs/miles.tcx.gz", &[]);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    let text = out(&output);
    for part in [
        "kilometres.fit",
        "miles.tcx.gz",
        "Repetitions of the main set",
        "Heart rate at pace",
        "Splits",
        "Time in zones",
        "the main sets differ",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    let markdown = compared(
        "runs/kilometres.fit",
        "runs/miles.tcx.gz",
        &["--format", "markdown"],
    );
    assert!(
        out(&markdown).starts_with("# Two runs\n"),
        "{}",
        out(&markdown)
    );
}

#[test]
fn the_document_is_metric_whatever_units_are_shown() {
    let of = |units| {
        let more = ["--format", "json", "--units", units];
        let output = compared("runs/kilometres.fit", "runs/kilometres.fit", &more);
        assert_eq!(exit(&output), 0, "{}", err(&output));
        out(&output)
    };
    assert_eq!(of("metric"), of("imperial"));
    let document: serde_json::Value = serde_json::from_str(&of("metric")).expect("JSON");
    assert_eq!(document["schema"], "hardeasy.compare/1");
    assert_eq!(document["of"], "runs");
    assert_eq!(document["same_structure"], true);
    assert_eq!(document["heart_rate_at_pace"]["change_pct"], 0.0);
    assert!(
        document["reps"]
            .as_array()
            .is_some_and(|reps| !reps.is_empty())
    );
    for rep in document["reps"].as_array().into_iter().flatten() {
        assert_eq!(rep["faster_pct"], 0.0);
    }
    let shown = |units| {
        out(&compared(
            "runs/easy.fit",
            "runs/race.fit",
            &["--units", units],
        ))
    };
    assert!(shown("imperial").contains("/mi") && !shown("imperial").contains("/km"));
    assert!(shown("metric").contains("/km"));
}

#[test]
fn what_is_lacking_is_said() {
    let output = compared("runs/kilometres.fit", "runs/easy.fit", &[]);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    assert!(
        out(&output).contains("no repetitions in B"),
        "{}",
        out(&output)
    );
}

#[test]
fn runs_are_judged_with_those_beside_them() {
    let (a, b) = (
        fixture("season/2026-05/2026-05-20.fit"),
        fixture("season/2026-05/2026-05-21.fit"),
    );
    let with = hardeasy(&["compare", &a, &b]);
    assert_eq!(exit(&with), 0, "{}", err(&with));
    assert!(
        err(&with).contains("history: judged with"),
        "{}",
        err(&with)
    );
}

#[test]
fn two_blocks_have_a_text_a_document_and_a_page() {
    let season = fixture("season");
    let of = |more: &[&str]| {
        let output = hardeasy(&[&["compare", season.as_str()], &BLOCKS[..], more].concat());
        assert_eq!(exit(&output), 0, "{}", err(&output));
        output
    };
    let text = out(&of(&[]));
    for part in [
        "A week",
        "quality sessions",
        "2026-04-05",
        "2026-04-06",
        "Best efforts",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let document: serde_json::Value =
        serde_json::from_str(&out(&of(&["--format", "json"]))).expect("JSON");
    assert_eq!(document["of"], "blocks");
    assert_eq!(document["blocks"][0]["weeks"], 5.0);
    assert_eq!(document["blocks"][1]["weeks"], 7.0);

    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("blocks.html");
    let page = path.display().to_string();
    for _ in 0..2 {
        let output = of(&["-o", &page]);
        assert_eq!(out(&output), "");
    }
    let written = fs::read_to_string(&path).expect("a page");
    assert!(written.starts_with("<!DOCTYPE html>") && written.contains("Two blocks"));
    assert!(!written.contains("index.html"), "it is no part of a site");
}

#[test]
fn a_page_is_never_written_over_a_file_of_the_user() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("mine.html");
    fs::write(&path, "<!DOCTYPE html><title>mine</title>").expect("written");
    let path = path.display().to_string();
    let output = compared("runs/easy.fit", "runs/race.fit", &["-o", &path]);
    assert_eq!(exit(&output), 2);
    assert!(err(&output).contains("give another -o"), "{}", err(&output));
    assert!(
        fs::read_to_string(&path)
            .expect("still there")
            .contains("mine")
    );
    let output = compared(
        "runs/easy.fit",
        "runs/race.fit",
        &["-o", &path, "--format", "json"],
    );
    assert_eq!(exit(&output), 2, "a page has one format");
}

#[test]
fn anything_but_two_runs_or_two_blocks_is_refused_with_an_example() {
    let (run, season) = (fixture("runs/easy.fit"), fixture("season"));
    let one_block = &BLOCKS[..4];
    let refused: [Vec<&str>; 6] = [
        vec![&run],
        vec![&run, &run, &run],
        vec![&run, &season],
        [&[season.as_str()], one_block].concat(),
        [&[season.as_str()], &BLOCKS[..6]].concat(),
        [&[run.as_str(), season.as_str()], &BLOCKS[..]].concat(),
    ];
    for arguments in refused {
        let output = hardeasy_with(&[], &[&["compare"], &arguments[..]].concat());
        assert_eq!(exit(&output), 2, "{arguments:?}");
        let told = err(&output);
        assert!(told.contains("hardeasy compare may.fit june.fit"), "{told}");
        assert!(told.contains("--from 2026-03-02 --to 2026-05-24"), "{told}");
    }
    assert_eq!(exit(&hardeasy(&["compare"])), 2);
}

#[test]
fn a_block_without_a_run_is_refused_with_what_there_is() {
    let season = fixture("season");
    let empty = [
        "--from",
        "2026-03-02",
        "--to",
        "2026-04-05",
        "--from",
        "2022-05-01",
        "--to",
        "2022-05-31",
    ];
    let output = hardeasy(&[&["compare", season.as_str()], &empty[..]].concat());
    assert_eq!(exit(&output), 2);
    let told = err(&output);
    assert!(
        told.contains("no activity from 2022-05-01 to 2022-05-31"),
        "{told}"
    );
    let output = hardeasy(&["compare", "/nonexistent/a.fit", "/nonexistent/b.fit"]);
    assert_eq!(exit(&output), 2);
}

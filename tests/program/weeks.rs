//! Weeks that begin with Sunday, through the program.

use std::collections::BTreeSet;
use std::fs;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::out;
use serde_json::Value;

/// Says that weeks begin with a weekday, and returns what a command prints for the bundled season.
fn said(week_starts: &str, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings = folder.path().join("hardeasy.toml");
    fs::write(&settings, format!("week_starts = \"{week_starts}\"\n")).expect("written");
    let (season, settings) = (fixture("season"), settings.display().to_string());
    let all = [arguments, &[season.as_str(), "--config", &settings]].concat();
    let output = hardeasy(&all);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    out(&output)
}

#[test]
fn totals_stay_and_every_day_is_in_one_week() {
    let review = |week_starts| -> Value {
        let all = ["review", "--format", "json", "--weeks", "100"];
        serde_json::from_str(&said(week_starts, &all)).expect("a review")
    };
    let (iso, other) = (review("monday"), review("sunday"));
    assert_eq!(iso["totals"], other["totals"]);
    assert!(iso.get("week_starts").is_none());
    assert_eq!(other["week_starts"], "sunday");
    let weeks = other["weeks"].as_array().expect("weeks");
    let days: u64 = weeks
        .iter()
        .filter_map(|week| week["days_in_block"].as_u64())
        .sum();
    let all = other["days"].as_array().expect("days").iter();
    let different: BTreeSet<&str> = all.filter_map(|day| day["day"].as_str()).collect();
    assert_eq!(usize::try_from(days).expect("few"), different.len());
    for week in weeks {
        assert_eq!(week["name"], week["monday"]);
    }
}

#[test]
fn texts_and_pages_begin_with_sunday() {
    let text = said("sunday", &["review"]);
    assert!(text.contains("Su to Sa"), "{text}");
    let site = tempfile::tempdir().expect("a temporary folder");
    let folder = site.path().display().to_string();
    said("sunday", &["report", "-o", &folder]);
    let front = fs::read_to_string(site.path().join("index.html")).expect("a page");
    let names: Vec<String> = fs::read_dir(site.path().join("weeks"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().display().to_string())
        .collect();
    assert!(names.len() > 8, "{names:?}");
    assert!(names.iter().all(|name| !name.contains('W')), "{names:?}");
    assert!(
        names
            .iter()
            .any(|name| front.contains(&format!("weeks/{name}")))
    );
    let (_, strip) = front.split_once("class=\"strip\"").expect("a strip");
    assert!(strip.find(">Sun<") < strip.find(">Mon<"));
}

#[test]
fn another_day_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings = folder.path().join("hardeasy.toml");
    fs::write(&settings, "week_starts = \"Sunday\"\n").expect("written");
    let settings = settings.display().to_string();
    let output = hardeasy(&["review", &fixture("season"), "--config", &settings]);
    assert_eq!(exit(&output), 2);
    let message =
        "line 1, column 15: expected `monday` or `sunday`, found `Sunday`; use one of these words";
    assert!(err(&output).contains(message), "{}", err(&output));
}

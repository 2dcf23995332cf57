//! Zones of the runner's own through the program: in documents, tables, texts and pages.

use std::fs;
use std::path::Path;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::out;
use serde_json::Value;

/// Zones of all three quantities, one of them with a hostile name, and a change in the far future.
const ZONES: &str = r#"
[[zones]]
of = "heart_rate"
unit = "bpm"
limits = [120, 140, 155, 170]
names = ["=1+1", "<b>x</b>", "*tempo*", "threshold", "VO2"]

[[zones]]
from = 2090-01-01
of = "heart_rate"
unit = "bpm"
limits = [100, 200]

[[zones]]
of = "pace"
unit = "min/km"
limits = ["6:00", "4:30"]
names = ["slow", "brisk", "quick"]

[[zones]]
of = "power"
unit = "% of critical power"
limits = [80, 100]
"#;

fn runs(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = fixture("runs/kilometres.fit");
    fs::copy(run, folder.path().join("a.fit")).expect("a copy");
    fs::write(folder.path().join("hardeasy.toml"), settings).expect("written");
    folder
}

fn said(arguments: &[&str]) -> String {
    let output = hardeasy(arguments);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    out(&output)
}

fn path(folder: &Path) -> String {
    folder.display().to_string()
}

fn seconds(zones: &Value) -> Vec<f64> {
    let list = zones["seconds"].as_array().expect("a list");
    list.iter()
        .map(|one| one.as_f64().expect("a number"))
        .collect()
}

#[test]
fn a_document_holds_them_and_folds_to_itself() {
    let runs = runs(ZONES);
    let text = said(&["export", &path(runs.path()), "--format", "ndjson"]);
    let document: Value = serde_json::from_str(&text).expect("one session");
    let own = document["own_zones"].as_array().expect("a list");
    let of: Vec<&str> = own.iter().filter_map(|one| one["of"].as_str()).collect();
    assert_eq!(of[..2], ["heart_rate", "pace"], "{own:?}");
    assert_eq!(own[0]["names"][3], "threshold");
    assert_eq!(own[1]["limits"][0], 2.7778);
    for (zones, histogram) in own.iter().zip(["heart_rate", "effort"]) {
        let parts = document["summary"]["histograms"].as_array().expect("parts");
        let rated: f64 = parts
            .iter()
            .filter_map(|part| part[histogram].as_array())
            .flat_map(|bins| bins.iter().skip(1).filter_map(Value::as_f64))
            .sum();
        let sum: f64 = seconds(zones).iter().sum();
        assert!(
            rated > 600.0 && (sum - rated).abs() < 0.05,
            "{sum} of {rated}"
        );
    }
    let stored = tempfile::tempdir().expect("a temporary folder");
    fs::write(stored.path().join("runs.ndjson"), &text).expect("written");
    let with = |settings: &str| {
        fs::write(stored.path().join("hardeasy.toml"), settings).expect("written");
        said(&["export", &path(stored.path()), "--format", "ndjson"])
    };
    assert!(with(ZONES) == text, "documents differ");
    assert!(!with("").contains("own_zones"));
}

#[test]
fn texts_and_tables_name_them() {
    let runs = runs(ZONES);
    let folder = path(runs.path());
    let shown = said(&["show", &folder]);
    assert!(shown.contains("Heart-rate zones: =1+1 "), "{shown}");
    assert!(shown.contains("Pace zones: slow "), "{shown}");
    let review = said(&["review", &folder]);
    assert!(review.contains("Pace zones: slow "), "{review}");
    let markdown = said(&["review", &folder, "--format", "markdown"]);
    assert!(markdown.contains("\\<b\\>x\\</b\\> "), "{markdown}");
    assert!(markdown.contains("\\*tempo\\* "), "{markdown}");
    let table = said(&["export", &folder, "--format", "csv", "--table", "zones"]);
    assert!(table.contains(",heart_rate,1,'=1+1,,120.0,bpm,"), "{table}");
    assert!(table.contains(",pace,3,quick,3.7037,,m/s,"), "{table}");
}

#[test]
fn pages_name_them_and_a_hostile_name_stays_text() {
    let runs = runs(ZONES);
    let site = tempfile::tempdir().expect("a temporary folder");
    said(&["report", &path(runs.path()), "-o", &path(site.path())]);
    let mut seen = 0;
    for folder in ["runs", "weeks", "years"] {
        for entry in fs::read_dir(site.path().join(folder)).expect("a folder") {
            let file = entry.expect("an entry").path();
            let page = fs::read_to_string(&file).expect("a page");
            assert!(
                page.contains("&lt;b&gt;x&lt;/b&gt;</th>"),
                "{}",
                file.display()
            );
            assert!(
                page.contains("<th scope=\"row\">quick</th>"),
                "{}",
                file.display()
            );
            assert!(!page.contains("<b>x"), "{}", file.display());
            let lacks_power = page.contains("critical power is not known");
            assert_eq!(lacks_power, folder == "runs", "{}", file.display());
            assert!(!page.contains(">zone 5<"), "{}", file.display());
            seen += 1;
        }
    }
    assert_eq!(seen, 3);
}

#[test]
fn percentages_of_what_is_not_known_are_told() {
    let settings = "[[zones]]\nof = \"power\"\nunit = \"% of critical power\"\nlimits = [85, 95]\n";
    let threshold = "[[thresholds]]\nfrom = 2000-01-01\nthreshold_heart_rate_bpm = 170\n";
    let of_threshold = settings
        .replace("power\"", "heart_rate\"")
        .replace("critical heart_rate", "threshold");
    let shown = |settings: &str| said(&["show", &path(runs(settings).path())]);
    let unknown = shown(settings);
    let told = "Power zones: none, as critical power is not known";
    assert!(unknown.contains(told), "{unknown}");
    let known = shown(&format!("{threshold}{of_threshold}"));
    assert!(known.contains("Heart-rate zones: zone 1 "), "{known}");
}

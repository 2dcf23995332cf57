//! Runs on impossible dates beside ordinary ones: they cost nothing, rule nothing, and are told.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use chrono::Days;
use chrono::NaiveDate;
use serde_json::Value;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::hardeasy;
use crate::common::program::out;

/// Runs of the ordinary season; each is enough for a verdict and no more.
const RUNS: u64 = 60;

fn ordinary_day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 3, 3).expect("a day") + Days::new(2 * number)
}

/// Writes a run of a day as a GPX file named after it.
pub(crate) fn run(folder: &Path, day: NaiveDate) {
    fs::create_dir_all(folder).expect("made");
    fs::write(folder.join(format!("{day}.gpx")), gpx(day)).expect("written");
}

/// Returns a run of twenty minutes as GPX.
pub(crate) fn gpx(day: NaiveDate) -> String {
    let mut points = String::new();
    for step in 0..400_u32 {
        let (second, latitude) = (step * 3, 50.0 + f64::from(step) * 0.000_08);
        let _ = write!(
            points,
            "<trkpt lat=\"{latitude:.6}\" lon=\"8.0\"><time>{day}T08:{:02}:{:02}Z</time></trkpt>",
            second / 60,
            second % 60
        );
    }
    format!(
        "<gpx version=\"1.1\" creator=\"made-up\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>"
    )
}

fn season(folder: &Path, odd: &[&str]) {
    for number in 0..RUNS {
        run(folder, ordinary_day(number));
    }
    for day in odd {
        run(folder, day.parse().expect("a day"));
    }
}

fn review(folder: &Path, more: &[&str]) -> Value {
    let path = folder.display().to_string();
    let output = hardeasy(&[&["review", "--format", "json", path.as_str()], more].concat());
    assert_eq!(exit(&output), 0, "{}", err(&output));
    serde_json::from_str(&out(&output)).expect("a review")
}

#[test]
fn a_wrong_date_changes_nothing_of_a_review_but_what_it_says_of_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    season(&folder.path().join("sound"), &[]);
    let sound = review(&folder.path().join("sound"), &[]);
    assert!(!sound["best_efforts"].as_array().expect("bests").is_empty());
    // A year that a file makes up, the weeks of GPS ahead and behind, several of them. (What is dated before there
    // were such watches has no date at all.)
    for odd in [
        &["9999-06-01"][..],
        &["2044-11-20"],
        &["2005-08-20"],
        &["2005-08-20", "2044-11-20", "9999-06-01"],
    ] {
        let wrong = folder.path().join(odd.join("+"));
        season(&wrong, odd);
        let found = review(&wrong, &[]);
        for part in [
            "from",
            "to",
            "totals",
            "weeks",
            "days",
            "phases",
            "load_curve",
            "sessions",
            "best_efforts",
            "comparable_workouts",
        ] {
            assert_eq!(found[part], sound[part], "{part} beside {odd:?}");
        }
        let findings = found["findings"].as_array().expect("findings");
        let told = findings.iter().find(|one| one["id"] == "sessions_far_away");
        let told = told.expect("the finding about wrong dates");
        assert_eq!(told["sessions"].as_array().map(Vec::len), Some(odd.len()));
    }
}

#[test]
fn a_wrong_date_rules_no_first_page() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let runs = folder.path().join("runs");
    season(&runs, &["2044-11-20", "9999-06-01"]);
    let site = folder.path().join("site");
    let (runs, site_path) = (runs.display().to_string(), site.display().to_string());
    let output = hardeasy(&["report", &runs, "-o", &site_path]);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    let front = fs::read_to_string(site.join("index.html")).expect("a page");
    let (_, latest) = front.split_once("Latest: ").expect("a latest run");
    let last = ordinary_day(RUNS - 1).format("%a %-d %b %Y").to_string();
    assert!(latest.starts_with(&last), "{}", &latest[..60]);
    assert!(front.contains("2 activities were left out: dated 20 Nov 2044"));
    assert!(!site.join("years/2044.html").exists() && site.join("years/2025.html").exists());
    // Each still has its page, and its line in the account.
    assert_eq!(fs::read_dir(site.join("runs")).expect("pages").count(), 62);
}

#[test]
fn one_athlete_with_a_wrong_date_is_no_last_day_for_the_others() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    season(&folder.path().join("ann"), &[]);
    run(
        &folder.path().join("ben"),
        "9999-06-01".parse().expect("a day"),
    );
    let path = folder.path().display().to_string();
    let output = hardeasy(&["review", "--athletes", "--format", "json", &path]);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    let output = hardeasy(&["review", "--athletes", &path]);
    let text = out(&output);
    assert!(!text.contains("9999"), "{text}");
}

#[test]
fn dates_that_go_on_and_on_make_no_more_days_than_a_life_has() {
    /// A hundred years, with those of the block's first week.
    const MOST_DAYS: usize = 366 * 100 + 7;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let chain: Vec<String> = (0..570)
        .map(|step| format!("{:04}-05-05", 2002 + 14 * step))
        .collect();
    for day in &chain {
        run(folder.path(), day.parse().expect("a day"));
    }
    let all = review(folder.path(), &["--from", "0001-01-01"]);
    let days = all["days"].as_array().map_or(0, Vec::len);
    assert!((1000..=MOST_DAYS).contains(&days), "{days}");
    let findings = all["findings"].as_array().expect("findings");
    let told = findings.iter().find(|one| one["id"] == "sessions_far_away");
    let left_out = told
        .and_then(|told| told["sessions"].as_array())
        .map_or(0, Vec::len);
    let held = all["sessions"].as_array().map_or(0, Vec::len);
    assert_eq!(left_out + held, chain.len());
}

//! Pages stay small enough to send, and ten years of runs open at once.
//!
//! Sizes are asserted. Times depend on the computer and are only told, on standard error.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use chrono::DateTime;
use chrono::Duration;
use chrono::NaiveDate;
use chrono::SecondsFormat;
use serde_json::Value;

use crate::browser::Browser;
use crate::common::athlete::Athlete;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::generator::Options;
use crate::common::generator::Power;
use crate::common::generator::generate;
use crate::common::laps::Laps;
use crate::common::plan::Kind;
use crate::common::plan::Length;
use crate::common::plan::Plan;
use crate::common::program::hardeasy;
use crate::page::Page;
use crate::page::View;
use crate::say;
use crate::site::MIXED;
use crate::site::SEASON;
use crate::site::Site;
use crate::site::assert_none;
use crate::site::empty_folder;
use crate::site::fixtures;
use crate::site::whole_courses;

/// Most bytes of the page of a run of an hour, and of six.
const HOUR_BYTES: f64 = 150_000.0;
const SIX_HOURS_BYTES: f64 = 400_000.0;
/// Runs of ten years, one a day, and most bytes of their first page.
const TEN_YEARS_RUNS: usize = 3650;
const INDEX_BYTES: u64 = 2_500_000;
/// Days of the season that is repeated: twelve weeks.
const SEASON_DAYS: i64 = 84;
/// Far more time than a page takes that lays out only what is seen, on a computer that is busy.
const LONG_MS: f64 = 10_000.0;
/// The rows of the list.
const ROWS: &str = "document.querySelectorAll('.list tbody tr').length";
/// When a page can be used, in ms since it was asked for: parsed, its scripts run, and painted.
const TIMES: &str = "(() => { const [told] = performance.getEntriesByType('navigation');
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    return [told.domInteractive, told.loadEventEnd, painted]; })()";

/// Returns how large the page of a run of some length may be: in between, as on a line.
fn most_bytes(elapsed_s: f64) -> f64 {
    let hours = (elapsed_s / 3600.0).clamp(1.0, 6.0);
    HOUR_BYTES + (SIX_HOURS_BYTES - HOUR_BYTES) * (hours - 1.0) / 5.0
}

fn bytes(file: &Path) -> u64 {
    file.metadata().unwrap().len()
}

fn too_large(site: &Site) -> Vec<String> {
    let runs = site.runs().into_iter();
    let told = runs.filter_map(|(page, document)| {
        let elapsed_s = document["elapsed_s"].as_f64().unwrap();
        let (bytes, most) = (bytes(&page) as f64, most_bytes(elapsed_s));
        (bytes > most).then(|| format!("{}: {bytes} bytes, at most {most:.0}", page.display()))
    });
    told.collect()
}

/// Returns a FIT file of six hours in hills, with all that a watch records.
fn six_hours() -> Vec<u8> {
    let athlete = Athlete::of_the_season();
    let hours = Length::Seconds(6.0 * 3600.0);
    let plan = Plan::new("long").on_hills();
    let plan = plan.step(Kind::Steady, hours, 0.85 * athlete.easy_m_s);
    let options = Options {
        stops_per_hour: 6.0,
        auto_pause: true,
        power: Power::Native,
        laps: Laps::Auto(1000.0),
        ..Options::default()
    };
    fit_writer::write(&generate(&plan, &athlete, 11, &options), Wire::default())
}

#[test]
fn run_pages_are_small() {
    let folder = empty_folder("six-hours");
    fs::write(folder.join("six-hours.fit"), six_hours()).unwrap();
    let long = [&[folder.into()], &whole_courses()[..]].concat();
    let long = Site::of("six-hours", &long);
    let page = long.run_from("six-hours.fit");
    say(&format!("the page of six hours has {} bytes", bytes(&page)));
    for site in [&long, &SEASON, &MIXED] {
        assert_none(&too_large(site));
    }
}

#[test]
fn the_index_of_ten_years_is_small_and_opens_at_once() {
    let folder = empty_folder("ten-years");
    let (documents, runs) = ten_years();
    fs::write(folder.join("runs.ndjson"), documents).unwrap();
    let site = Site::of("ten-years", &[folder.into()]);
    let index = site.index();
    say(&format!(
        "the index of {runs} sessions has {} bytes",
        bytes(&index)
    ));
    assert!(bytes(&index) <= INDEX_BYTES, "{} bytes", bytes(&index));
    let Some(browser) = Browser::for_test("the index of ten years") else {
        return;
    };
    for view in [View::LAPTOP, View::PHONE] {
        let mut page = Page::open(browser, &index, view);
        let [parsed, loaded, painted]: [f64; 3] =
            serde_json::from_value(page.evaluate(TIMES)).unwrap();
        say(&format!(
            "at {} px: parsed after {parsed:.0} ms, loaded after {loaded:.0} ms, painted after {painted:.0} ms",
            view.width
        ));
        assert!(loaded < LONG_MS, "loaded after {loaded:.0} ms");
        assert_eq!(page.evaluate(ROWS), runs);
        assert_none(&page.complaints());
    }
}

/// Returns ten years of session documents, the season again and again, and how many they are.
fn ten_years() -> (String, usize) {
    let season: OsString = fixtures("season").into();
    let output = hardeasy(&["export".into(), "--format".into(), "ndjson".into(), season]);
    let season = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = season.lines().collect();
    let again = (0..).flat_map(|times| lines.iter().map(move |line| earlier(line, times)));
    let documents: Vec<String> = again.take(TEN_YEARS_RUNS).collect();
    (documents.join("\n"), documents.len())
}

/// Returns a session document some seasons earlier, as that of another file. Its keys keep their
/// order, by which a document is known.
fn earlier(line: &str, times: i64) -> String {
    let session: Value = serde_json::from_str(line).unwrap();
    let before = Duration::days(SEASON_DAYS * times);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (day, start) = (text(&session["day"]), text(&session["start_time"]));
    let (hash, path) = (
        text(&session["source"]["sha256"]),
        text(&session["source"]["path"]),
    );
    let earlier_day = day.parse::<NaiveDate>().unwrap() - before;
    let earlier_start = DateTime::parse_from_rfc3339(&start).unwrap() - before;
    let earlier_start = earlier_start
        .to_utc()
        .to_rfc3339_opts(SecondsFormat::Secs, true);
    let changes = [
        ("day", day, earlier_day.to_string()),
        ("start_time", start, earlier_start),
        ("sha256", hash.clone(), format!("{times:04x}{}", &hash[4..])),
        ("path", path.clone(), format!("{times}/{path}")),
    ];
    changes
        .into_iter()
        .fold(line.to_owned(), |line, (key, old, new)| {
            let pair = |value: &str| format!("\"{key}\":\"{value}\"");
            line.replacen(&pair(&old), &pair(&new), 1)
        })
}

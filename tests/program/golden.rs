//! What hardeasy says of made-up runs, character by character.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::path::Path;
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::common::golden;
use crate::pixels;
use hardeasy::classification::Session;
use hardeasy::classification::history_of;
use hardeasy::history::Sampling;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::Outcome;
use hardeasy::pipeline::read_runs;
use hardeasy::pipeline::visit_streams;
use hardeasy::report::charts::athlete_chart;
use hardeasy::report::charts::best_effort_curve;
use hardeasy::report::charts::calendar;
use hardeasy::report::charts::comparable_chart;
use hardeasy::report::charts::distribution;
use hardeasy::report::charts::drift_plot;
use hardeasy::report::charts::load_chart;
use hardeasy::report::charts::map;
use hardeasy::report::charts::repetitions;
use hardeasy::report::charts::strip_chart;
use hardeasy::report::charts::timeline;
use hardeasy::report::charts::timeline::Along;
use hardeasy::report::charts::volume_chart;
use hardeasy::report::charts::zones;
use hardeasy::report::html::Account;
use hardeasy::report::privacy::Privacy;
use hardeasy::report::site::Past;
use hardeasy::report::site::Site;
use hardeasy::report::text;
use hardeasy::review::Review;
use hardeasy::review::ReviewOptions;
use hardeasy::review::day_kinds;
use hardeasy::review::review;
use hardeasy::settings::WeekStart;
use hardeasy::units::UnitSystem;

/// The runs that are shown: each kind of session that has segments of its own, and an easy one.
const RUNS: [&str; 5] = [
    "kilometres.fit",
    "tempo.gpx",
    "easy.fit",
    "strides.fit",
    "hills.fit",
];
/// The columns of a narrow terminal.
const NARROW: usize = 40;
/// What is left out of a course unless told otherwise, in metres.
const TRIM_M: f64 = 200.0;
/// Most that the golden files may weigh together, in bytes: they are read by people.
const ALL_BYTES: u64 = 500_000;

/// The runs, read once for all tests.
static READ: LazyLock<Outcome> = LazyLock::new(|| {
    let paths = RUNS.map(|name| fixtures("runs").join(name));
    read(paths.into_iter().map(Input::Path).collect())
});

fn fixtures(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name)
}

fn read(inputs: Vec<Input>) -> Outcome {
    read_runs(inputs, &Options::default(), &|_, _| {}).unwrap()
}

fn session(name: &str) -> &'static Session {
    let found = READ
        .sessions
        .iter()
        .find(|session| session.head.source.path == name);
    found.unwrap()
}

fn review_of_runs() -> Review {
    review(&READ.sessions, &ReviewOptions::default())
}

#[test]
fn texts() {
    let texts = visit_streams(&READ, &|_, session, streams| {
        let name = session.head.source.path.clone();
        let text = text::session_text(session, streams, UnitSystem::Metric, text::LINE_WIDTH);
        (name, anstream::adapter::strip_str(&text).to_string())
    });
    assert_eq!(texts.len(), RUNS.len());
    for (name, text) in texts {
        let stem = name.split('.').next().unwrap();
        golden::check(&format!("{stem}.txt"), &text);
    }
    let table = text::runs_table(&READ.sessions, UnitSystem::Metric, text::LINE_WIDTH);
    golden::check("runs.txt", &table);
}

#[test]
fn a_run_in_a_narrow_terminal() {
    let narrow = visit_streams(&READ, &|_, session, streams| {
        let streams = streams.filter(|_| session.head.source.path == "kilometres.fit")?;
        let text = text::session_text(session, Some(streams), UnitSystem::Metric, NARROW);
        Some(anstream::adapter::strip_str(&text).to_string())
    });
    let narrow: Vec<String> = narrow.into_iter().flatten().collect();
    golden::check("kilometres-narrow.txt", &narrow.concat());
}

#[test]
fn the_manual_shows_a_run_as_the_terminal_does() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manual = std::fs::read_to_string(root.join("README.md")).unwrap();
    let text = std::fs::read_to_string(fixtures("golden").join("kilometres.txt")).unwrap();
    let start: Vec<&str> = text.lines().take(20).collect();
    assert!(manual.contains(&start.join("\n")), "{}", start.join("\n"));
}

#[test]
fn session_document() {
    let document = serde_json::to_string_pretty(session("kilometres.fit")).unwrap();
    golden::check("kilometres.json", &(document + "\n"));
}

#[test]
fn a_run_over_time_over_distance_and_on_the_ground() {
    let drawn = visit_streams(&READ, &|_, session, streams| {
        let streams = streams.filter(|_| session.head.source.path == "kilometres.fit")?;
        let over = |along| timeline::svg(session, streams, UnitSystem::Metric, along);
        let (privacy, told) = Privacy::of_run(session, streams, TRIM_M);
        Some([
            over(Along::Time),
            over(Along::Distance),
            map::svg(&told, &privacy.streams(0, streams)),
        ])
    });
    let drawn: Vec<[String; 3]> = drawn.into_iter().flatten().collect();
    assert_eq!(drawn.len(), 1);
    pixels::check("timeline.svg", &drawn[0][0]);
    pixels::check("distance.svg", &drawn[0][1]);
    pixels::check("course.svg", &drawn[0][2]);
}

#[test]
fn charts_of_a_run() {
    let kilometres = session("kilometres.fit");
    let units = UnitSystem::Metric;
    pixels::check("repetitions.svg", &repetitions::svg(kilometres, units));
    pixels::check(
        "best-efforts.svg",
        &best_effort_curve::run_svg(kilometres, units),
    );
    pixels::check("zones.svg", &zones::svg(kilometres));
    let drawn = visit_streams(&READ, &|_, session, streams| {
        let streams = streams.filter(|_| session.head.source.path == "strides.fit")?;
        Some(drift_plot::svg(session, streams, units))
    });
    let drawn: Vec<String> = drawn.into_iter().flatten().collect();
    assert_eq!(drawn.len(), 1);
    pixels::check("drift.svg", &drawn[0]);
}

#[test]
fn first_page_and_review_of_the_runs() {
    let reviews = [review_of_runs()];
    let markdown = text::review_markdown(&reviews[0], UnitSystem::Metric);
    golden::check("runs-review.md", &markdown);
    let history = history_of(&READ.athletes[0].settings, &READ.sessions);
    let site = Site::new(&READ.sessions, &reviews, UnitSystem::Metric).with_past(vec![Past {
        references: history.over_time(Sampling::Weeks),
        ..Past::default()
    }]);
    let pages = site.index(&Account::default());
    let first = pages.iter().find(|page| page.path == "index.html").unwrap();
    golden::check("index.html", &first.content);
}

#[test]
fn review_of_a_season() {
    let outcome = read(vec![Input::Path(fixtures("season"))]);
    let review = review(&outcome.sessions, &ReviewOptions::default());
    golden::check(
        "season-review.txt",
        &text::review_text(&review, UnitSystem::Metric),
    );
    golden::check(
        "season-review.md",
        &text::review_markdown(&review, UnitSystem::Metric),
    );
    let document = serde_json::to_string_pretty(&review).unwrap();
    golden::check("season-review.json", &(document + "\n"));
}

#[test]
fn charts_of_a_season() {
    let outcome = read(vec![Input::Path(fixtures("season"))]);
    let review = review(&outcome.sessions, &ReviewOptions::default());
    let metric = UnitSystem::Metric;
    pixels::check("weeks.svg", &distribution::weeks_svg(&review));
    pixels::check("load.svg", &load_chart::svg(&review));
    pixels::check("volume.svg", &volume_chart::svg(&review, metric));
    pixels::check("days.svg", &strip_chart::svg(&review));
    let days = day_kinds(&outcome.sessions);
    pixels::check("calendar.svg", &calendar::svg(&days, WeekStart::Monday));
    pixels::check("comparable.svg", &comparable_chart::svg(&review, metric));
}

#[test]
fn athlete_of_a_season() {
    let outcome = read(vec![Input::Path(fixtures("season"))]);
    let history = history_of(&outcome.athletes[0].settings, &outcome.sessions);
    let weeks = history.over_time(Sampling::Weeks);
    pixels::check(
        "athlete.svg",
        &athlete_chart::svg(&weeks, UnitSystem::Metric),
    );
    let sessions: Vec<&Session> = outcome.sessions.iter().collect();
    let review = review(&outcome.sessions, &ReviewOptions::default());
    pixels::check(
        "block-best-efforts.svg",
        &best_effort_curve::block_svg(&review, &sessions, UnitSystem::Metric),
    );
    let months = history.over_time(Sampling::Months);
    golden::check(
        "athlete.txt",
        &text::references_text(&months, UnitSystem::Metric),
    );
}

#[test]
fn golden_files_stay_small() {
    let sizes = golden::FILES.map(|(name, _)| {
        let path = fixtures("golden").join(name);
        path.metadata().map_or(0, |metadata| metadata.len())
    });
    let all: u64 = sizes.iter().sum();
    assert!(all <= ALL_BYTES, "{all} bytes: {sizes:?}");
}

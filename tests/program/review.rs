//! The review of a block against the exported tables, recomputed here by other means, and what must
//! not change it.

#![expect(clippy::print_stdout, reason = "a skipped test says so")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use chrono::Datelike;
use chrono::NaiveDate;
use hardeasy::export::Table;
use hardeasy::export::csv;
use hardeasy::export::tables::Source;
use hardeasy::pipeline;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::review::Review;
use hardeasy::review::ReviewOptions;
use hardeasy::review::Tone;
use hardeasy::review::review;

/// A row of a table: values by the name of their column.
type Row = BTreeMap<String, String>;

fn season() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/season")
}

/// Returns the review of the twelve weeks up to a day (the last ones unless given), and the table of
/// all sessions.
fn reviewed(folder: &Path, to: Option<&str>) -> (Review, Vec<Row>) {
    let input = vec![Input::Path(folder.to_path_buf())];
    let outcome = pipeline::read_runs(input, &Options::default(), &|_, _| {});
    let outcome = outcome.expect("no settings to misread");
    let options = ReviewOptions {
        weeks: Some(12),
        to: to.map(|day| day.parse().expect("a day")),
        ..ReviewOptions::default()
    };
    let review = review(&outcome.sessions, &options);
    let mut text = Vec::new();
    csv::write(
        Table::Sessions,
        &Source {
            sessions: &outcome.sessions,
            ..Source::default()
        },
        &mut text,
    )
    .expect("a table is written into memory");
    let mut reader = ::csv::Reader::from_reader(text.as_slice());
    let rows = reader.deserialize().map(|row| row.expect("a row"));
    (review, rows.collect())
}

fn number(row: &Row, column: &str) -> f64 {
    let text = row
        .get(column)
        .unwrap_or_else(|| panic!("{column} is a column"));
    text.parse().unwrap_or(0.0)
}

fn day(row: &Row) -> NaiveDate {
    row["day"].parse().expect("a day")
}

/// Returns the runs of the block that count.
fn runs<'a>(review: &Review, rows: &'a [Row]) -> Vec<&'a Row> {
    let (from, to) = review.from.zip(review.to).expect("a block");
    let counted = rows.iter().filter(|row| {
        row["excluded"] == "false" && !matches!(row["kind"].as_str(), "cross_training" | "walk")
    });
    let mut runs: Vec<&Row> = counted
        .filter(|row| !row["day"].is_empty() && (from..=to).contains(&day(row)))
        .collect();
    runs.sort_by(|a, b| a["start_time"].cmp(&b["start_time"]));
    runs
}

fn near(a: f64, b: f64, within: f64, what: &str) {
    assert!((a - b).abs() <= within, "{what}: {a} and {b}");
}

/// Recomputes a dozen numbers of a review from the table of sessions.
fn assert_recomputed(folder: &Path, to: Option<&str>) {
    let (review, rows) = reviewed(folder, to);
    let runs = runs(&review, &rows);
    let sum = |column: &str| runs.iter().map(|row| number(row, column)).sum::<f64>();
    let totals = &review.totals;
    assert_eq!(totals.runs, runs.len());
    near(
        totals.distance_m.unwrap_or(0.0),
        sum("distance_m"),
        1.0,
        "distance",
    );
    near(totals.moving_s, sum("moving_s"), 1.0, "moving time");
    near(totals.load.unwrap_or(0.0), sum("load"), 1.0, "load");
    let quality: Vec<&&Row> = runs.iter().filter(|row| row["quality"] == "true").collect();
    assert_eq!(totals.quality_sessions, quality.len());
    for (zone, column) in ["zone_1_s", "zone_2_s", "zone_3_s"].iter().enumerate() {
        near(review.distribution.zone_s[zone], sum(column), 2.0, column);
    }
    near(
        review.distribution.middle_outside_quality_s,
        sum("middle_outside_quality_s"),
        2.0,
        "middle zone outside quality",
    );
    let goals = |zone: &str| runs.iter().filter(|row| row["goal_zone"] == zone).count();
    assert_eq!(review.distribution.goal_runs, ["1", "2", "3"].map(goals));
    assert_weeks(&review, &runs);
    assert_hard_days(&review, &quality);
    assert_spike(&review, &rows);
    assert_bests(&review, &runs);
}

fn assert_weeks(review: &Review, runs: &[&Row]) {
    for week in &review.weeks {
        let of_week: Vec<&&Row> = runs
            .iter()
            .filter(|row| {
                let iso = day(row).iso_week();
                format!("{:04}-W{:02}", iso.year(), iso.week()) == week.name
            })
            .collect();
        assert_eq!(week.runs, of_week.len(), "{}", week.name);
        let longest = of_week.iter().map(|row| number(row, "moving_s"));
        near(
            week.longest_run_s,
            longest.fold(0.0, f64::max),
            0.1,
            "longest run",
        );
        let mut loads = [0.0; 7];
        for row in &of_week {
            loads[day(row).weekday().num_days_from_monday() as usize] += number(row, "load");
        }
        let mean = loads.iter().sum::<f64>() / 7.0;
        let deviation = (loads.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / 7.0).sqrt();
        if let Some(monotony) = week.monotony {
            near(monotony, mean / deviation, 0.011, "monotony");
        }
    }
}

fn assert_hard_days(review: &Review, quality: &[&&Row]) {
    let mut days: Vec<NaiveDate> = quality.iter().map(|row| day(row)).collect();
    days.dedup();
    let touching = days
        .windows(2)
        .filter(|pair| (pair[1] - pair[0]).num_days() == 1)
        .count();
    let spacing = review.findings.iter().find(|f| f.id == "hard_day_spacing");
    let spacing = spacing.expect("spacing is spoken of");
    if spacing.tone == Tone::NotEvaluated {
        assert!(days.len() < 3, "{}", spacing.text);
        return;
    }
    let numbers = &spacing.numbers;
    let of = |name: &str| numbers.iter().find(|n| n.name == name).map(|n| n.value);
    assert_eq!(of("hard days"), Some(days.len() as f64));
    assert_eq!(of("back to back"), Some(touching as f64));
}

fn assert_spike(review: &Review, rows: &[Row]) {
    let spike = review.findings.iter().find(|f| f.id == "single_run_spike");
    let numbers = &spike.expect("spikes are spoken of").numbers;
    let Some(said) = numbers.iter().find(|n| n.name == "largest ratio") else {
        return;
    };
    let (from, to) = review.from.zip(review.to).expect("a block");
    let all: Vec<(NaiveDate, f64)> = rows
        .iter()
        .filter(|row| row["excluded"] == "false" && !row["day"].is_empty())
        .filter(|row| !matches!(row["kind"].as_str(), "cross_training" | "walk"))
        .map(|row| (day(row), number(row, "distance_m")))
        .collect();
    let first = all.iter().map(|(day, _)| *day).min().expect("a run");
    let ratios = all.iter().filter_map(|(day, distance)| {
        let since = *day - chrono::Duration::days(30);
        let before = all
            .iter()
            .filter(|(other, _)| since <= *other && other < day);
        let longest = before.map(|(_, distance)| *distance).fold(0.0, f64::max);
        let compared = first <= since && longest > 0.0 && (from..=to).contains(day);
        compared.then_some(distance / longest)
    });
    near(
        said.value,
        ratios.fold(0.0, f64::max),
        0.002,
        "largest ratio",
    );
}

/// The best efforts of the block are the least of the sessions'.
fn assert_bests(review: &Review, runs: &[&Row]) {
    for best in &review.best_efforts {
        assert!(best.time_s > 0.0 && runs.iter().any(|row| row["session"] == best.id));
        assert!(best.before_s.is_none_or(|before| before > 0.0));
    }
    let times = review.best_efforts.iter().map(|best| best.time_s);
    assert!(times.is_sorted(), "a longer distance takes longer");
}

#[test]
fn the_numbers_of_a_review_can_be_recomputed_from_the_tables() {
    assert_recomputed(&season(), None);
}

#[test]
fn the_numbers_of_a_real_block_can_be_recomputed_from_the_tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/season");
    if !folder.is_dir() {
        println!("skipped: there is no folder of real exports");
        return;
    }
    for to in [
        None,
        Some("2021-05-30"),
        Some("2021-08-29"),
        Some("2021-12-05"),
    ] {
        assert_recomputed(&folder, to);
    }
}

/// Returns the files of the season.
fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for month in fs::read_dir(season()).expect("the season") {
        let month = month.expect("a month").path();
        for file in fs::read_dir(month).expect("a month") {
            files.push(file.expect("a file").path());
        }
    }
    files.sort();
    files
}

/// Returns the review of some files, each copied under a name.
fn review_of(named: &[(String, &Path)]) -> Review {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, file) in named {
        let target = folder.path().join(name);
        fs::create_dir_all(target.parent().expect("a parent")).expect("a folder");
        fs::copy(file, target).expect("a copy");
    }
    let (mut review, _) = reviewed(folder.path(), None);
    for line in &mut review.sessions {
        line.path.clear();
    }
    review
}

#[test]
fn folders_names_order_and_copies_change_nothing() {
    let files = files();
    let plain: Vec<(String, &Path)> = files
        .iter()
        .enumerate()
        .map(|(index, file)| (format!("{index:03}"), file.as_path()))
        .collect();
    let expected = review_of(&plain);
    assert!(expected.totals.runs > 50 && expected.findings.len() > 15);
    let reversed: Vec<(String, &Path)> = files
        .iter()
        .enumerate()
        .map(|(index, file)| (format!("{:03}", files.len() - index), file.as_path()))
        .collect();
    assert_eq!(review_of(&reversed), expected, "another order");
    let nested: Vec<(String, &Path)> = plain
        .iter()
        .enumerate()
        .map(|(index, (name, file))| (format!("{}/{}/{name}", index % 3, index % 7), *file))
        .collect();
    assert_eq!(review_of(&nested), expected, "sub-folders");
    let mut copied = plain.clone();
    copied.extend(
        plain
            .iter()
            .step_by(5)
            .map(|(name, file)| (format!("copy-{name}"), *file)),
    );
    assert_eq!(review_of(&copied), expected, "copies");
}

#[test]
fn the_manual_names_every_field_of_the_document() {
    let (review, _) = reviewed(&season(), None);
    let document = serde_json::to_value(&review).expect("a document");
    let manual = hardeasy::manual::documents::TEXT;
    for field in document.as_object().expect("an object").keys() {
        assert!(
            manual.contains(&format!("`{field}`")) || field == "schema",
            "{field}"
        );
    }
}

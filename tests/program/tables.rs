//! Tables and documents as their schemas and the manual say they are.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
#![expect(
    clippy::print_stdout,
    reason = "says what it looked at and what it skipped"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use crate::common::corpus;
use crate::common::golden::BLESS;
use crate::common::program::err;
use crate::common::program::hardeasy;
use crate::common::program::out;
use crate::common::python::has_java;
use crate::common::python::python;
use hardeasy::classification::history_of;
use hardeasy::export::Table;
use hardeasy::export::csv;
use hardeasy::export::json;
use hardeasy::export::schema;
use hardeasy::export::tables::Kind;
use hardeasy::export::tables::Row;
use hardeasy::export::tables::Source;
use hardeasy::export::tables::stream_rows;
use hardeasy::history::DatedReferences;
use hardeasy::history::Sampling;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::Outcome;
use hardeasy::pipeline::read_runs;
use hardeasy::pipeline::visit_streams_in_turn;
use hardeasy::review::Review;
use hardeasy::review::ReviewOptions;
use hardeasy::review::review;
use serde_json::Value;

/// Documents of a corpus that are validated, at most.
const MOST_DOCUMENTS: usize = 500;
/// Every so many rows of samples are validated: they are alike.
const SAMPLES_STEP: usize = 61;

fn fixtures(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("fixtures").join(name)
}

fn read(folder: PathBuf) -> Outcome {
    read_runs(vec![Input::Path(folder)], &Options::default(), &|_, _| {}).unwrap()
}

/// What all tables of some inputs are made from.
struct Made {
    outcome: Outcome,
    reviews: Vec<Review>,
    references: Vec<(Option<String>, Vec<DatedReferences>)>,
}

impl Made {
    fn of(outcome: Outcome) -> Self {
        let (mut reviews, mut references) = (Vec::new(), Vec::new());
        for athlete in &outcome.athletes {
            let sessions = outcome.sessions_of(athlete);
            reviews.push(review(sessions, &ReviewOptions::default()));
            let history = history_of(&athlete.settings, sessions);
            references.push((athlete.name.clone(), history.over_time(Sampling::Weeks)));
        }
        Self {
            outcome,
            reviews,
            references,
        }
    }

    fn source(&self) -> Source<'_> {
        Source {
            sessions: &self.outcome.sessions,
            reviews: &self.reviews,
            references: &self.references,
            account: &self.outcome.account,
        }
    }

    /// Returns the rows of a table, of one made from recordings every so many of them.
    fn rows(&self, table: Table, step: usize) -> Vec<Row> {
        let mut rows: Vec<Row> = self.source().rows(table).collect();
        if table.needs_streams() {
            visit_streams_in_turn(
                &self.outcome,
                &|_, session, streams| {
                    let rows = streams.map(|streams| stream_rows(table, session, streams));
                    let rows = rows.into_iter().flatten();
                    rows.step_by(step).collect::<Vec<Row>>()
                },
                &mut |some| {
                    rows.extend(some);
                    Ok::<(), ()>(())
                },
            )
            .unwrap();
        }
        rows
    }
}

fn validator(name: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&schema::json_schema(name).unwrap()).unwrap();
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

fn assert_valid(validator: &jsonschema::Validator, document: &Value, what: &str) {
    let errors = validator.iter_errors(document);
    let errors: Vec<String> = errors
        .map(|error| format!("{}: {error:.300}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what}\n{}", errors.join("\n"));
}

/// Holds every document and row that is made of some inputs to its schema, and returns how many
/// documents and rows that were.
fn validate(made: &Made) -> (usize, usize) {
    let sessions = &made.outcome.sessions;
    let session = validator("session");
    for one in sessions.iter().take(MOST_DOCUMENTS) {
        let document = serde_json::from_str(&json::session_line(one).unwrap()).unwrap();
        assert_valid(&session, &document, &one.head.source.path);
    }
    for review in &made.reviews {
        assert_valid(
            &validator("review"),
            &serde_json::to_value(review).unwrap(),
            "review",
        );
    }
    for (name, days) in &made.references {
        let text = json::athlete_json(name.as_deref(), days).unwrap();
        assert_valid(
            &validator("athlete"),
            &serde_json::from_str(&text).unwrap(),
            "athlete",
        );
    }
    let few = &sessions[..sessions.len().min(3)];
    let text = json::export_json(&[], few, &made.outcome.account, &[]).unwrap();
    assert_valid(
        &validator("export"),
        &serde_json::from_str(&text).unwrap(),
        "export",
    );
    let mut count = 0;
    for table in Table::ALL {
        let validator = validator(table.name());
        for row in made.rows(table, SAMPLES_STEP) {
            assert_valid(&validator, &schema::row_as_json(table, &row), table.name());
            count += 1;
        }
    }
    (sessions.len().min(MOST_DOCUMENTS), count)
}

#[test]
fn documents_and_tables_are_as_their_schemas_say() {
    for folder in ["runs", "season", "broken"] {
        let (documents, rows) = validate(&Made::of(read(fixtures(folder))));
        println!("{folder}: {documents} documents, {rows} rows");
        assert!(rows > 0);
    }
}

#[test]
fn documents_of_real_runs_are_as_their_schemas_say() {
    for folder in ["season", "plain", "truth"] {
        let folder = corpus::place().join(folder);
        if !folder.is_dir() {
            println!(
                "skipped: there is no folder of real exports ({})",
                folder.display()
            );
            continue;
        }
        let (documents, rows) = validate(&Made::of(read(folder.clone())));
        println!("{}: {documents} documents, {rows} rows", folder.display());
    }
}

#[test]
fn a_wrong_document_is_told() {
    let made = Made::of(read(fixtures("runs")));
    let mut document = serde_json::to_value(&made.outcome.sessions[0]).unwrap();
    let session = validator("session");
    assert!(session.is_valid(&document));
    document["moving_s"] = "4:05".into();
    assert!(!session.is_valid(&document));
}

/// Where the part of the page begins that is made from the declaration.
const FIRST_TABLE: &str = "\n## sessions\n";

#[test]
fn the_page_of_the_manual_is_the_declaration() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/manual/tables.md");
    let text = std::fs::read_to_string(&path)
        .unwrap()
        .replace("\r\n", "\n");
    let intro = text.split(FIRST_TABLE).next().unwrap();
    let expected = format!("{}\n{}", intro.trim_end(), schema::page());
    if std::env::var_os(BLESS).is_some() {
        std::fs::write(&path, expected).unwrap();
        return;
    }
    assert!(
        text == expected,
        "src/manual/tables.md is not what is declared; {BLESS}=1 cargo test --test program writes it again"
    );
}

/// Returns the cells of each column of a table as comma-separated values.
fn columns(made: &Made, table: Table) -> BTreeMap<String, Vec<String>> {
    let mut text = Vec::new();
    csv::write(table, &made.source(), &mut text).unwrap();
    if table.needs_streams() {
        csv::write_rows(Box::new(made.rows(table, 1).into_iter()), &mut text).unwrap();
    }
    let mut reader = ::csv::Reader::from_reader(text.as_slice());
    let names = reader.headers().unwrap().clone();
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in reader.records() {
        for (name, cell) in names.iter().zip(&record.unwrap()) {
            columns
                .entry(name.to_owned())
                .or_default()
                .push(cell.to_owned());
        }
    }
    columns
}

#[test]
fn a_column_looks_alike_in_every_season() {
    let seasons = ["kilometres.fit", "run-walk.gpx", "200s.fit"];
    for made in seasons.map(|name| Made::of(read(fixtures("runs").join(name)))) {
        for table in Table::ALL {
            let written = columns(&made, table);
            for column in table.columns() {
                let cells = written.get(column.name).into_iter().flatten();
                for cell in cells.filter(|cell| !cell.is_empty()) {
                    let what = format!("{} {}: {cell}", table.name(), column.name);
                    match column.kind {
                        // Whole ones too, or the column would be one of integers in some seasons.
                        Kind::Float => {
                            assert!(cell.contains('.') && cell.parse::<f64>().is_ok(), "{what}");
                        }
                        Kind::Integer => assert!(cell.parse::<i64>().is_ok(), "{what}"),
                        Kind::Boolean => assert!(cell.parse::<bool>().is_ok(), "{what}"),
                        Kind::Day => assert!(cell.parse::<chrono::NaiveDate>().is_ok(), "{what}"),
                        Kind::Time => assert!(cell.ends_with('Z'), "{what}"),
                        Kind::Word | Kind::Text => {}
                    }
                    // Some programs read such a pace as a time of day.
                    if column.name.contains("pace") {
                        assert!(!cell.contains(':'), "{what}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_number_is_the_same_in_table_and_document() {
    let made = Made::of(read(fixtures("runs")));
    let written = columns(&made, Table::Sessions);
    for (place, session) in made.outcome.sessions.iter().enumerate() {
        let document: Value = serde_json::from_str(&json::session_line(session).unwrap()).unwrap();
        for (column, key) in [
            ("elapsed_s", "/elapsed_s"),
            ("moving_s", "/moving_s"),
            ("distance_m", "/distance_m"),
            ("load", "/load/value"),
            ("power_w", "/summary/power_w"),
            ("critical_speed_m_s", "/references/critical_speed_m_s/value"),
        ] {
            let cell = written[column][place].parse::<f64>().ok();
            let number = document.pointer(key).and_then(Value::as_f64);
            assert_eq!(cell, number, "{column} of {}", session.head.source.path);
        }
    }
}

/// What reads tables elsewhere, as `pip` names it, in the versions that were looked at.
const READERS: [&str; 5] = [
    "duckdb==2.0.1",
    "polars==2.1.0",
    "pyarrow==26.0.1",
    "pandas==3.1.1",
    "pytz==2026.6",
];

/// The same for Apache Spark, which needs Java.
const SPARK: &str = "pyspark==4.3.0";

/// Seasons that programs which guess types read each in another way.
const SEASONS: [(&str, &[&str]); 3] = [
    (
        "power-late",
        &[
            "200s.fit",
            "miles.tcx.gz",
            "tempo.gpx",
            "strides.fit",
            "hills.fit",
        ],
    ),
    (
        "without-power",
        &["200s.fit", "miles.tcx.gz", "cycling.fit"],
    ),
    ("one-run", &["kilometres.fit"]),
];

/// Writes all tables of a season, and its documents.
fn write_season(to: &Path, names: &[&str]) {
    let runs = tempfile::tempdir().unwrap();
    for name in names {
        std::fs::copy(fixtures("runs").join(name), runs.path().join(name)).unwrap();
    }
    std::fs::create_dir_all(to).unwrap();
    let (runs, to) = (runs.path().display().to_string(), to.display().to_string());
    let formats: &[&str] = match cfg!(feature = "parquet") {
        true => &["csv", "parquet"],
        false => &["csv"],
    };
    for format in formats {
        for table in Table::ALL.map(Table::name) {
            let output = hardeasy(&[
                "export", &runs, "--format", format, "--table", table, "-o", &to,
            ]);
            assert!(output.status.success(), "{}", err(&output));
        }
    }
    for (name, arguments) in [
        ("runs.ndjson", ["export", &runs, "--format", "ndjson"]),
        ("export.json", ["export", &runs, "--format", "json"]),
        ("review.json", ["review", &runs, "--format", "json"]),
        ("athlete.json", ["athlete", &runs, "--format", "json"]),
    ] {
        let document = out(&hardeasy(&arguments));
        std::fs::write(Path::new(&to).join(name), document).unwrap();
    }
}

#[test]
#[ignore = "needs Python and its packages"]
fn duckdb_polars_pyarrow_pandas_and_spark_read_the_same() {
    let mut packages = READERS.to_vec();
    match has_java() {
        true => packages.push(SPARK),
        false => println!("skipped: Spark, for there is no java here"),
    }
    let Some(python) = python("tables-venv", &packages) else {
        println!("skipped: there is no python3 here that can have {packages:?}");
        return;
    };
    if !cfg!(feature = "parquet") {
        println!("CSV and documents alone: built without --features parquet");
    }
    let folder = tempfile::tempdir().unwrap();
    for (season, names) in SEASONS {
        write_season(&folder.path().join(season), names);
    }
    let recipes = folder.path().join("recipes");
    std::fs::create_dir(&recipes).unwrap();
    for name in schema::names() {
        for (program, ending) in [("duckdb", "sql"), ("polars", "py"), ("spark", "spark")] {
            let recipe = out(&hardeasy(&["schema", name, "--for", program]));
            std::fs::write(recipes.join(format!("{name}.{ending}")), recipe).unwrap();
        }
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/read_tables.py");
    let output = Command::new(python)
        .arg(script)
        .arg(folder.path())
        .output()
        .unwrap();
    println!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

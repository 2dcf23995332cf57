//! The tables as another program reads them.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::channel::Channel;
use crate::export::csv;
use crate::history::References;
use crate::ingest::LapTrigger;
use crate::review::ReviewOptions;
use crate::review::made_up::intervals;
use crate::review::made_up::season;
use crate::review::made_up::segment;
use crate::review::review;
use crate::segmentation::LapRow;
use crate::settings::Wellness;
use crate::streams::Streams;
use crate::vocabulary::SegmentKind;

/// Returns the header and the rows of a written table; the reader checks that all rows have the
/// length of the header.
fn read(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = ::csv::Reader::from_reader(bytes);
    let words = |record: &::csv::StringRecord| record.iter().map(str::to_owned).collect();
    let header = words(reader.headers().unwrap());
    let rows = reader.records().map(|r| words(&r.unwrap())).collect();
    (header, rows)
}

fn table(
    table: Table,
    sessions: &[Session],
    reviews: &[Review],
) -> (Vec<String>, Vec<Vec<String>>) {
    let mut bytes = Vec::new();
    let source = Source {
        sessions,
        reviews,
        ..Source::default()
    };
    csv::write(table, &source, &mut bytes).unwrap();
    read(&bytes)
}

/// Returns one column.
fn column(table: &(Vec<String>, Vec<Vec<String>>), name: &str) -> Vec<String> {
    let index = table.0.iter().position(|title| title == name).unwrap();
    table.1.iter().map(|row| row[index].clone()).collect()
}

fn session() -> Session {
    let mut session = intervals(1, 1.0);
    session.head.name = Some("=HYPERLINK(\"x\"),\n1".to_owned());
    session.head.ascent_m = None;
    session.segments = vec![
        segment(SegmentKind::WarmUp, 0.0, 2.5),
        segment(SegmentKind::Work, 2.5, 4.0),
    ];
    session.laps.rows.push(LapRow {
        start_s: 0.0,
        end_s: 4.0,
        moving_s: Some(3.0),
        distance_m: None,
        trigger: LapTrigger::Manual,
        intensity: None,
        workout_step: Some(2),
    });
    session
}

#[test]
fn every_table_has_a_header_even_without_rows() {
    for kind in Table::ALL {
        let (header, rows) = table(kind, &[], &[]);
        assert!(header.len() > 5, "{kind:?}");
        let mut unique = header.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), header.len(), "{kind:?}");
        assert!(rows.is_empty());
    }
}

#[test]
fn texts_are_harmless_and_absent_is_empty() {
    let sessions = table(Table::Sessions, &[session()], &[]);
    assert_eq!(column(&sessions, "name"), ["'=HYPERLINK(\"x\"), 1"]);
    assert_eq!(column(&sessions, "ascent_m"), [""]);
    assert_eq!(column(&sessions, "kind"), ["intervals"]);
    assert_eq!(column(&sessions, "start_time"), ["2026-01-06T06:00:00Z"]);
    assert_eq!(column(&sessions, "zone_3_s"), ["1080.0"]);
}

#[test]
fn segments_and_laps_refer_to_their_session() {
    let segments = table(Table::Segments, &[session()], &[]);
    assert_eq!(column(&segments, "kind"), ["warm_up", "work"]);
    assert_eq!(column(&segments, "segment"), ["1", "2"]);
    assert_eq!(column(&segments, "elapsed_s"), ["2.5", "1.5"]);
    let laps = table(Table::Laps, &[session()], &[]);
    assert_eq!(column(&laps, "trigger"), ["manual"]);
    assert_eq!(column(&laps, "intensity"), [""]);
    assert_eq!(column(&laps, "moving_s"), ["3.0"]);
    let sessions = table(Table::Sessions, &[session()], &[]);
    assert_eq!(column(&laps, "session"), column(&sessions, "session"));
}

#[test]
fn weeks_and_days_add_up_to_the_sessions() {
    let sessions = season(6);
    let review = review(&sessions, &ReviewOptions::default());
    let reviews = [review];
    let sum = |cells: Vec<String>| -> f64 { cells.iter().map(|c| c.parse::<f64>().unwrap()).sum() };
    let weeks = table(Table::Weeks, &sessions, &reviews);
    let days = table(Table::Days, &sessions, &reviews);
    let table = table(Table::Sessions, &sessions, &reviews);
    let is_run: Vec<bool> = column(&table, "kind")
        .iter()
        .map(|k| k != "cross_training")
        .collect();
    let of_runs = |name: &str| -> f64 {
        let cells = column(&table, name).into_iter().zip(&is_run);
        sum(cells
            .filter(|(_, run)| **run)
            .map(|(cell, _)| cell)
            .collect())
    };
    for name in ["moving_s", "distance_m", "load", "zone_1_s", "zone_3_s"] {
        let difference = sum(column(&weeks, name)) - of_runs(name);
        assert!(difference.abs() < 0.01, "{name}: {difference}");
    }
    assert!((sum(column(&days, "load")) - of_runs("load")).abs() < 0.01);
    assert_eq!(days.1.len(), 42);
    assert_eq!(column(&days, "week")[7], "2026-W03");
    assert_eq!(column(&days, "kind")[4], "cross");
}

#[test]
fn days_carry_what_was_noted_of_them() {
    let sessions = season(1);
    let day = sessions[0].head.day.unwrap();
    let table_of_days = format!("date,resting_hr_bpm,sleep_h\n{day},48,7.5\n");
    let options = ReviewOptions {
        wellness: Wellness::parse(&table_of_days).unwrap(),
        ..ReviewOptions::default()
    };
    let days = table(Table::Days, &sessions, &[review(&sessions, &options)]);
    let row = column(&days, "day")
        .iter()
        .position(|of| *of == day.to_string());
    let row = row.unwrap();
    assert_eq!(column(&days, "resting_hr_bpm")[row], "48.0");
    assert_eq!(column(&days, "sleep_h")[row], "7.5");
    assert_eq!(column(&days, "mood")[row], "");
    assert_eq!(column(&days, "resting_hr_bpm").concat(), "48.0");
}

#[test]
fn samples_know_their_segment() {
    let streams = Streams {
        elapsed_s: 4.0,
        speed_m_s: [2.0, 2.0, f64::NAN, 4.123_456].into_iter().collect(),
        heart_rate_bpm: Channel::absent(4),
        paused: vec![false, false, true, false],
        ..Streams::default()
    };
    let mut bytes = Vec::new();
    csv::write(Table::Samples, &Source::default(), &mut bytes).unwrap();
    let session = session();
    csv::write_rows(stream_rows(Table::Samples, &session, &streams), &mut bytes).unwrap();
    let samples = read(&bytes);
    assert_eq!(column(&samples, "speed_m_s"), ["2.0", "2.0", "", "4.1235"]);
    assert_eq!(column(&samples, "segment"), ["1", "1", "1", "2"]);
    assert_eq!(
        column(&samples, "paused"),
        ["false", "false", "true", "false"]
    );
    assert_eq!(column(&samples, "timestamp")[3], "2026-01-06T06:00:03Z");
    assert_eq!(column(&samples, "heart_rate_bpm"), [""; 4]);
}

#[test]
fn every_reference_value_is_a_column() {
    let columns = Table::Sessions.columns();
    for kind in References::KINDS {
        assert!(
            columns.iter().any(|column| column.name == kind.key),
            "{} is missing",
            kind.key
        );
    }
}

#[test]
fn every_table_is_declared_once() {
    for (table, name, about) in ABOUT {
        assert_eq!((table.name(), table.about()), (name, about));
        assert_eq!(Table::named(name), Some(table));
        for column in table.columns() {
            assert!(
                !column.meaning.is_empty() && !column.meaning.ends_with('.'),
                "{column:?}"
            );
            let is_number = matches!(column.kind, Kind::Integer | Kind::Float);
            assert!(is_number || column.unit.is_none(), "{column:?}");
        }
    }
}

#[test]
fn units_are_those_of_the_names() {
    let unit = |name: &str| {
        let columns = Table::ALL.into_iter().flat_map(Table::columns);
        let mut named = columns.filter(|column| column.name == name);
        named.next().unwrap().unit
    };
    for (name, expected) in [
        ("pace_s_per_km", "s/km"),
        ("speed_m_s", "m/s"),
        ("moving_s", "s"),
        ("distance_m", "m"),
        ("ground_contact_ms", "ms"),
        ("respiration_per_min", "1/min"),
        ("load", "points"),
    ] {
        assert_eq!(unit(name), Some(expected), "{name}");
    }
    assert_eq!(unit("perceived_exertion"), None);
}

#[test]
fn local_time_stands_beside_utc() {
    let mut session = session();
    session.head.utc_offset_s = Some(-34_200);
    let sessions = table(Table::Sessions, &[session.clone()], &[]);
    assert_eq!(column(&sessions, "start_time"), ["2026-01-06T06:00:00Z"]);
    assert_eq!(
        column(&sessions, "start_local"),
        ["2026-01-05T20:30:00-09:30"]
    );
    assert_eq!(column(&sessions, "utc_offset"), ["-09:30"]);
    session.head.utc_offset_s = None;
    let sessions = table(Table::Sessions, &[session], &[]);
    assert_eq!(column(&sessions, "start_local"), [""]);
}

#[test]
fn what_was_written_on_a_platform_is_a_column() {
    let mut session = session();
    session.head.remarks.gear = Some("=Shoes".to_owned());
    session.head.remarks.description = Some("windy,\nwet".to_owned());
    let sessions = table(Table::Sessions, &[session], &[]);
    assert_eq!(column(&sessions, "gear"), ["'=Shoes"]);
    assert_eq!(column(&sessions, "description"), ["windy, wet"]);
    assert_eq!(column(&sessions, "private_note"), [""]);
    assert_eq!(column(&sessions, "commute"), ["false"]);
}

#[test]
fn months_add_up_to_the_runs() {
    let sessions = season(6);
    let months = table(Table::Months, &sessions, &[]);
    assert_eq!(column(&months, "month"), ["2026-01", "2026-02"]);
    assert_eq!(column(&months, "first_day")[1], "2026-02-01");
    let runs = column(&months, "runs").into_iter();
    let runs: usize = runs.map(|runs| runs.parse::<usize>().unwrap()).sum();
    assert_eq!(
        runs,
        sessions.iter().filter(|one| one.is_counted_run()).count()
    );
}

#[test]
fn cells_are_as_declared() {
    let sessions = [season(6), vec![session()]].concat();
    let reviews = [review(&sessions, &ReviewOptions::default())];
    let day = sessions[0].head.day.unwrap();
    let references = sessions[0].references.clone().into_inner();
    let references = [(None, vec![DatedReferences { day, references }])];
    let account = [FileLine::new(
        "a.fit",
        None,
        crate::pipeline::Status::Failed,
        "empty",
    )];
    let source = Source {
        sessions: &sessions,
        reviews: &reviews,
        references: &references,
        account: &account,
    };
    for table in Table::ALL {
        let columns = table.columns();
        for row in source.rows(table) {
            assert_eq!(row.len(), columns.len());
            for (column, cell) in columns.iter().zip(&row) {
                assert!(
                    is_as_declared(column, cell),
                    "{}: {column:?} {cell:?}",
                    table.name()
                );
            }
        }
    }
}

fn is_as_declared(column: &Declared, cell: &Cell) -> bool {
    match cell {
        Cell::Absent => column.nullable,
        Cell::Float(_) => column.kind == Kind::Float,
        Cell::Integer(_) => column.kind == Kind::Integer,
        Cell::Boolean(_) => column.kind == Kind::Boolean,
        Cell::Day(_) => column.kind == Kind::Day,
        Cell::Time(_) => column.kind == Kind::Time,
        Cell::Word(_) => column.kind == Kind::Word,
        Cell::Text(_) => column.kind == Kind::Text,
    }
}

//! What tools answer is what the command line writes.

use std::fs;
use std::path::Path;

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::client::Client;
use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::out;
use crate::common::program::tree;

/// Two blocks of the bundled season.
const BLOCKS: [[&str; 2]; 2] = [["2026-03-02", "2026-04-05"], ["2026-04-06", "2026-05-24"]];

/// Returns what a command prints.
fn printed(arguments: &[&str]) -> String {
    let output = hardeasy(arguments);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    out(&output)
}

fn document(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(arguments)).expect("a document")
}

fn documents(path: &str) -> Vec<Value> {
    let text = printed(&["export", path, "--format", "ndjson"]);
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a document"))
        .collect()
}

/// Returns the names of the parts of a document.
fn all_parts(document: &Value) -> Vec<&String> {
    document.as_object().expect("an object").keys().collect()
}

/// Returns a document from its pages.
fn joined(client: &mut Client, tool: &str, mut arguments: Value) -> Value {
    let mut whole = Map::new();
    loop {
        let answer = client.call(tool, arguments.clone());
        let parts = answer[tool].as_object().expect("a document");
        for (key, value) in parts {
            match (whole.get_mut(key), value) {
                (Some(Value::Array(list)), Value::Array(more)) => list.extend(more.iter().cloned()),
                (Some(known), value) => assert_eq!(known, value, "{key}"),
                (None, value) => drop(whole.insert(key.clone(), value.clone())),
            }
        }
        if answer["next_cursor"].is_null() {
            return Value::Object(whole);
        }
        arguments["cursor"] = answer["next_cursor"].clone();
    }
}

/// Returns the identifier of each document, as the list tells it by path and start.
fn ids(client: &mut Client, documents: &[Value]) -> Vec<String> {
    let (items, _) = client.pages("list_sessions", "/sessions", json!({"limit": 200}));
    let id = |document: &Value| {
        let found = items.iter().find(|item| {
            item["path"] == document["source"]["path"]
                && item["start_time"] == document["start_time"]
        });
        found
            .and_then(|item| item["id"].as_str())
            .expect("an item")
            .to_owned()
    };
    documents.iter().map(id).collect()
}

#[test]
fn sessions_are_the_documents_of_export() {
    for folder in ["season", "runs"] {
        let path = fixture(folder);
        let documents = documents(&path);
        let mut client = Client::of(&[&path]);
        let (items, _) = client.pages("list_sessions", "/sessions", json!({"order": "oldest"}));
        assert_eq!(items.len(), documents.len());
        let ids = ids(&mut client, &documents);
        for (document, id) in documents.iter().zip(&ids) {
            let item = items
                .iter()
                .find(|item| item["id"] == **id)
                .expect("listed");
            let same = [
                "kind",
                "kind_confidence",
                "day",
                "start_time",
                "sport",
                "name",
                "moving_s",
                "distance_m",
                "quality",
                "excluded",
                "tags",
                "athlete",
            ];
            for key in same {
                assert_eq!(item[key], document[key], "{id}: {key}");
            }
            assert_eq!(item["load"], document["load"]["value"], "{id}");
            let whole = json!({"id": id, "parts": all_parts(document), "limit": 200});
            assert_eq!(joined(&mut client, "session", whole), *document, "{id}");
            // Unless asked, what only the program itself needs is left out.
            let usual = client.call("session", json!({"id": id, "limit": 200}));
            assert_eq!(usual["left_out"], json!(["summary"]));
            assert_eq!(usual["session"]["segments"], document["segments"]);
        }
    }
}

#[test]
fn segments_and_best_efforts_are_those_of_the_documents() {
    let path = fixture("season");
    let documents = documents(&path);
    let mut client = Client::of(&[&path]);
    let ids = ids(&mut client, &documents);
    for (tool, key, number) in [
        ("segments", "segments", "segment"),
        ("best_efforts", "best_efforts", ""),
    ] {
        let asked = json!({"order": "oldest", "limit": 200});
        let (rows, _) = client.pages(tool, &format!("/{tool}"), asked);
        let mut rows = rows.iter();
        for (document, id) in documents.iter().zip(&ids) {
            for (place, part) in document[key].as_array().expect("a list").iter().enumerate() {
                let row = rows.next().expect("a row");
                assert_eq!(row["session"], **id);
                if !number.is_empty() {
                    assert_eq!(row[number], json!(place + 1));
                }
                for (name, value) in part.as_object().expect("an object") {
                    // What is nested there is put into words here.
                    if !value.is_array() && !value.is_object() && row.get(name).is_some() {
                        assert_eq!(row[name], *value, "{id}: {name}");
                    }
                }
            }
        }
        assert!(rows.next().is_none(), "{tool}");
    }
    let work = client.call(
        "segments",
        json!({"kind": "work", "from": "2026-05-01", "limit": 200}),
    );
    let work = work["segments"].as_array().expect("rows");
    assert!(!work.is_empty());
    assert!(
        work.iter()
            .all(|row| row["kind"] == "work" && row["day"].as_str() >= Some("2026-05-01"))
    );

    let fastest = client.call("best_efforts", json!({"fastest": true}));
    let all = client.pages("best_efforts", "/best_efforts", json!({})).0;
    let rows = fastest["best_efforts"].as_array().expect("rows");
    assert!(rows.len() > 5);
    for row in rows {
        let same = all
            .iter()
            .filter(|other| other["distance_m"] == row["distance_m"]);
        let least = same
            .filter_map(|other| other["elapsed_s"].as_f64())
            .fold(f64::INFINITY, f64::min);
        assert_eq!(row["elapsed_s"].as_f64(), Some(least));
    }
    let mile = client.call("best_efforts", json!({"distance_m": 1609, "fastest": true}));
    assert_eq!(mile["best_efforts"][0]["distance_m"], 1609.344);
}

#[test]
fn reviews_and_reference_values_are_those_of_the_command_line() {
    let path = fixture("season");
    let mut client = Client::of(&[&path]);
    for (flags, asked) in [
        (vec![], json!({})),
        (vec!["--weeks", "4"], json!({"weeks": 4})),
        (
            vec!["--from", BLOCKS[0][0], "--to", BLOCKS[0][1]],
            json!({"from": BLOCKS[0][0], "to": BLOCKS[0][1]}),
        ),
    ] {
        let written = document(
            &[
                &["review", path.as_str(), "--format", "json"],
                flags.as_slice(),
            ]
            .concat(),
        );
        let mut whole = asked.clone();
        whole["parts"] = json!(all_parts(&written));
        whole["limit"] = json!(20);
        assert_eq!(joined(&mut client, "review", whole), written, "{flags:?}");
        let usual = client.call("review", asked);
        assert_eq!(usual["left_out"], json!(["days", "load_curve", "sessions"]));
        assert_eq!(usual["review"]["findings"], written["findings"]);
    }
    let written = document(&["athlete", &path, "--format", "json"]);
    assert_eq!(joined(&mut client, "athlete", json!({"limit": 5})), written);
}

#[test]
fn comparisons_are_those_of_the_command_line() {
    // The command judges a run with the others of its own folder: all have to lie in one.
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, content) in tree(Path::new(&fixture("season"))) {
        let name = path.file_name().expect("a name");
        fs::write(folder.path().join(name), content).expect("written");
    }
    let path = folder.path().display().to_string();
    let mut client = Client::of(&[&path]);
    let documents = documents(&path);
    let ids = ids(&mut client, &documents);
    let workouts = documents.iter().zip(&ids);
    let workouts = workouts.filter(|(document, _)| document["kind"] == "intervals");
    let pair: Vec<(String, &String)> = workouts
        .take(2)
        .map(|(document, id)| {
            let name = document["source"]["path"].as_str().expect("a path");
            (format!("{path}/{name}"), id)
        })
        .collect();
    let [(a, a_id), (b, b_id)] = pair.as_slice() else {
        panic!("the season holds workouts");
    };
    let answer = client.call("compare", json!({"runs": [a_id, b_id]}));
    let found = &answer["comparison"];
    assert_eq!(*found, document(&["compare", a, b, "--format", "json"]));
    assert!(
        found["splits"]
            .as_array()
            .is_some_and(|splits| splits.len() > 3)
    );
    assert_eq!(found["runs"][1]["id"], **b_id);

    let [first, second] = BLOCKS;
    let spans = [first, second].map(|[from, to]| json!({"from": from, "to": to}));
    let answer = client.call("compare", json!({"blocks": spans}));
    let days = [
        "--from", first[0], "--to", first[1], "--from", second[0], "--to", second[1],
    ];
    let written = document(
        &[
            &["compare", path.as_str(), "--format", "json"],
            days.as_slice(),
        ]
        .concat(),
    );
    assert_eq!(answer["comparison"], written);
}

#[test]
fn charts_are_those_of_the_report() {
    let path = fixture("season");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let site = folder.path().join("report");
    printed(&["report", &path, "-o", &site.display().to_string()]);
    let drawn = |name: &str| fs::read_to_string(site.join("charts").join(name)).unwrap_or_default();
    let mut client = Client::of(&[&path]);
    let (workouts, _) = client.pages("list_sessions", "/sessions", json!({"kind": "intervals"}));
    let id = workouts[0]["id"].as_str().expect("an id");
    for (chart, file) in [
        ("timeline", "timeline"),
        ("distance", "distance"),
        ("zones", "effort"),
        ("repetitions", "repetitions"),
        ("best_efforts", "best-efforts"),
    ] {
        let answer = client.call("chart", json!({"chart": chart, "session": id}));
        let expected = drawn(&format!("{id}-{file}.svg"));
        assert!(expected.starts_with("<svg "), "{chart}");
        assert_eq!(
            answer["svg"].as_str().map(str::trim_end),
            Some(expected.trim_end()),
            "{chart}"
        );
    }
    for (chart, file) in [
        ("days", "block-days"),
        ("weeks", "block-weeks"),
        ("volume", "block-volume"),
        ("load", "block-load"),
        ("workouts", "block-workouts"),
        ("block_best_efforts", "block-best-efforts"),
        ("references", "athlete"),
    ] {
        let answer = client.call("chart", json!({"chart": chart}));
        let expected = drawn(&format!("{file}.svg"));
        assert!(expected.starts_with("<svg "), "{chart}");
        assert_eq!(
            answer["svg"].as_str().map(str::trim_end),
            Some(expected.trim_end()),
            "{chart}"
        );
        assert_eq!(answer["session"], Value::Null);
    }
    let imperial = client.call(
        "chart",
        json!({"chart": "timeline", "session": id, "units": "imperial"}),
    );
    assert!(
        imperial["svg"]
            .as_str()
            .is_some_and(|svg| svg.contains("/mi"))
    );
}

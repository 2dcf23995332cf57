//! Pages hold everything once, whatever their size, and are refused where they no longer would.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json::json;

use crate::client::Client;
use crate::common::program::fixture;

/// Returns what tells an item from the others of its list.
fn key(item: &Value) -> String {
    let parts = ["id", "session", "segment", "distance_m", "day"];
    parts.map(|part| item[part].to_string()).join(" ")
}

#[test]
fn every_list_comes_in_pages_of_any_size() {
    let mut client = Client::of(&[&fixture("season")]);
    for (tool, pointer) in [
        ("list_sessions", "/sessions"),
        ("segments", "/segments"),
        ("best_efforts", "/best_efforts"),
        ("athlete", "/athlete/days"),
    ] {
        let (all, _) = client.pages(tool, pointer, json!({"limit": 200}));
        let total = client.call(tool, json!({"limit": 1}))["total"].as_u64();
        assert_eq!(total, u64::try_from(all.len()).ok(), "{tool}");
        assert_eq!(
            all.iter().map(key).collect::<BTreeSet<_>>().len(),
            all.len(),
            "{tool}: each once"
        );
        for limit in [7, 50] {
            let (same, pages) = client.pages(tool, pointer, json!({"limit": limit}));
            assert_eq!(same, all, "{tool}, {limit} a page");
            assert_eq!(pages, all.len().div_ceil(limit), "{tool}, {limit} a page");
        }
    }
}

#[test]
fn the_newest_comes_first_unless_asked() {
    let mut client = Client::of(&[&fixture("season")]);
    let days = |client: &mut Client, order: &str| {
        let (items, _) = client.pages("list_sessions", "/sessions", json!({"order": order}));
        items
            .iter()
            .map(|item| item["start_time"].to_string())
            .collect::<Vec<_>>()
    };
    let mut newest = days(&mut client, "newest");
    assert!(newest.is_sorted_by(|a, b| a >= b));
    newest.reverse();
    assert_eq!(newest, days(&mut client, "oldest"));
}

#[test]
fn what_is_asked_for_is_filtered() {
    let mut client = Client::of(&[&fixture("season")]);
    let (all, _) = client.pages("list_sessions", "/sessions", json!({}));
    let within = json!({"from": "2026-04-06", "to": "2026-04-12", "kind": "easy"});
    let (some, _) = client.pages("list_sessions", "/sessions", within);
    let expected: Vec<&Value> = all
        .iter()
        .filter(|item| {
            let day = item["day"].as_str().expect("a day");
            ("2026-04-06"..="2026-04-12").contains(&day) && item["kind"] == "easy"
        })
        .collect();
    assert!(!expected.is_empty());
    assert_eq!(some.iter().collect::<Vec<_>>(), expected);
    let none = client.call(
        "list_sessions",
        json!({"from": "1999-01-01", "to": "1999-12-31"}),
    );
    assert_eq!((&none["sessions"], &none["total"]), (&json!([]), &json!(0)));
}

#[test]
fn a_page_is_no_larger_than_it_may_be() {
    // The longest rows, as many as may be asked for: the client holds every message to its ceiling.
    let mut client = Client::of(&[&fixture("season")]);
    for (tool, arguments) in [
        ("segments", json!({"limit": 200})),
        ("athlete", json!({"limit": 200})),
        (
            "review",
            json!({"limit": 200, "weeks": 520, "parts": ["days", "sessions", "load_curve", "findings"]}),
        ),
    ] {
        let answer = client.call(tool, arguments).to_string();
        assert!(answer.len() <= 256 * 1024, "{tool}: {} bytes", answer.len());
    }
}

#[test]
fn a_cursor_is_good_for_the_same_question_only() {
    let mut client = Client::of(&[&fixture("season")]);
    let first = client.call("list_sessions", json!({"limit": 5, "kind": "easy"}));
    let cursor = first["next_cursor"].clone();
    let second = client.call(
        "list_sessions",
        json!({"limit": 9, "kind": "easy", "cursor": cursor}),
    );
    assert_ne!(first["sessions"][0], second["sessions"][0]);
    for other in [
        json!({"limit": 5, "cursor": cursor}),
        json!({"limit": 5, "kind": "long", "cursor": cursor}),
        json!({"kind": "easy", "cursor": "5-0000000000000000"}),
    ] {
        let told = client.refused("list_sessions", other);
        assert!(told.contains("ask again without a cursor"), "{told}");
    }
    let tag = cursor
        .as_str()
        .and_then(|text| text.split_once('-'))
        .expect("a cursor")
        .1;
    for offset in ["1000000", "18446744073709551615"] {
        let cursor = format!("{offset}-{tag}");
        let told = client.refused("list_sessions", json!({"kind": "easy", "cursor": cursor}));
        assert!(told.contains("ask again without"), "{told}");
    }
}

//! Files that come, go or are corrected between calls; several athletes; nothing written.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::client::Client;
use crate::common::program::fixture;
use crate::common::program::tree;

fn place(folder: &Path, run: &str) {
    fs::create_dir_all(folder).expect("a folder");
    fs::copy(fixture(&format!("runs/{run}")), folder.join(run)).expect("copied");
}

#[test]
fn what_has_changed_is_read_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    place(folder.path(), "easy.fit");
    place(folder.path(), "kilometres.fit");
    let mut client = Client::of(&[&folder.path().display().to_string()]);
    let list = json!({"limit": 1});
    let before = client.call("list_sessions", list.clone());
    assert_eq!(before["total"], 2);
    let readings = |client: &Client| client.told().matches("read: ").count();
    client.call("list_sessions", list.clone());
    assert_eq!(readings(&client), 1, "unchanged files are read once");

    place(folder.path(), "race.fit");
    let told = client.refused(
        "list_sessions",
        json!({"limit": 1, "cursor": before["next_cursor"]}),
    );
    assert!(told.contains("unchanged files"), "{told}");
    assert_eq!(client.call("list_sessions", list.clone())["total"], 3);
    assert_eq!(readings(&client), 2);

    let (all, _) = client.pages("list_sessions", "/sessions", json!({}));
    let of = |path: &str| {
        let item = all
            .iter()
            .find(|item| item["path"] == path)
            .expect("listed");
        item["id"].as_str().expect("an id").to_owned()
    };
    let race = of("race.fit");
    fs::remove_file(folder.path().join("race.fit")).expect("removed");
    let told = client.refused("session", json!({"id": race}));
    assert!(told.contains("one of 2 activities"), "{told}");

    let id = of("easy.fit");
    let source = client.call("session", json!({"id": id, "parts": ["source"]}));
    let sha256 = source["session"]["source"]["sha256"]
        .as_str()
        .expect("a hash")
        .to_owned();
    let correct = |kind: &str| {
        let text = format!("[{sha256}]\nkind = \"{kind}\"\n");
        fs::write(folder.path().join("hardeasy.corrections.toml"), text).expect("written");
    };
    correct("tempo");
    let easy = client.call("session", json!({"id": id, "parts": ["kind", "corrected"]}));
    assert_eq!(easy["session"]["kind"], "tempo", "{}", client.told());

    correct("moody");
    let told = client.refused("list_sessions", list.clone());
    assert!(
        told.contains("moody") && told.contains("hardeasy.corrections.toml"),
        "{told}"
    );
    let parent = folder
        .path()
        .parent()
        .expect("a parent")
        .display()
        .to_string();
    assert!(
        !told.contains(&parent),
        "the place of the folder is not told: {told}"
    );

    fs::remove_file(folder.path().join("hardeasy.corrections.toml")).expect("removed");
    assert_eq!(client.call("list_sessions", list)["total"], 2);
}

#[test]
fn a_call_writes_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for run in ["easy.fit", "kilometres.fit", "thirty-thirty.fit"] {
        place(folder.path(), run);
    }
    let before = tree(folder.path());
    let mut client = Client::of(&[&folder.path().display().to_string()]);
    let list = client.call("list_sessions", json!({}));
    let id = &list["sessions"][0]["id"];
    client.call("session", json!({"id": id}));
    client.call("segments", json!({}));
    client.call("review", json!({"weeks": 500}));
    client.call("athlete", json!({}));
    client.call("best_efforts", json!({}));
    client.call("compare", json!({"runs": [id, list["sessions"][1]["id"]]}));
    client.call("chart", json!({"chart": "timeline", "session": id}));
    client.end();
    assert!(before == tree(folder.path()), "the folder is as it was");
}

#[test]
fn athletes_are_told_apart() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (athlete, run) in [
        ("ann", "easy.fit"),
        ("ann", "kilometres.fit"),
        ("bob", "easy.fit"),
        ("bob", "race.fit"),
    ] {
        place(&folder.path().join(athlete), run);
    }
    let mut client = Client::of(&["--athletes", &folder.path().display().to_string()]);
    let list = client.call("list_sessions", json!({}));
    assert_eq!(list["athletes"], json!(["ann", "bob"]));
    assert_eq!(list["total"], 4);
    let own = client.call("list_sessions", json!({"athlete": "ann"}));
    assert_eq!(own["total"], 2);
    let both = own["sessions"].as_array().expect("items");
    let shared = both.iter().find(|item| {
        item["path"]
            .as_str()
            .is_some_and(|path| path.ends_with("easy.fit"))
    });
    let id = &shared.expect("listed")["id"];

    let told = client.refused("session", json!({"id": id}));
    assert!(told.contains("ann, bob"), "{told}");
    let of_bob = client.call("session", json!({"id": id, "athlete": "bob"}));
    assert_eq!(of_bob["session"]["athlete"], "bob");
    for tool in ["review", "athlete"] {
        let told = client.refused(tool, json!({}));
        assert!(told.contains("ann, bob"), "{told}");
        let answer = client.call(tool, json!({"athlete": "bob"}));
        assert_eq!(answer[tool]["athlete"], "bob");
    }
    let told = client.refused("list_sessions", json!({"athlete": "eve"}));
    assert!(
        told.contains("\"eve\"") && told.contains("ann, bob"),
        "{told}"
    );
}

//! What the official client for Python makes of the tools: no part of the usual tests, since it needs that
//! package.

#![expect(clippy::print_stdout, reason = "a test says what it skips and finds")]

use std::process::Command;

use serde_json::Value;
use serde_json::json;

use crate::client::Client;
use crate::common::program::err;
use crate::common::program::fixture;
use crate::common::program::out;

#[test]
#[ignore = "needs a Python package"]
fn the_official_python_client_asks_every_tool() {
    let python = std::env::var("HARDEASY_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let path = fixture("season");
    let output = Command::new(python)
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/tools/outside.py"
        ))
        .args([env!("CARGO_BIN_EXE_hardeasy"), &path])
        .output();
    let Ok(output) = output else {
        println!("skipped: no Python");
        return;
    };
    assert!(output.status.success(), "{}", err(&output));
    let found: Value = serde_json::from_str(&out(&output)).expect("JSON");
    if let Some(missing) = found["missing"].as_str() {
        println!("skipped: {missing}");
        return;
    }
    let mut client = Client::of(&[&path]);
    let names: Vec<Value> = client
        .tools()
        .iter()
        .map(|tool| tool["name"].clone())
        .collect();
    assert_eq!(found["tools"], json!(names));
    let (sessions, _) = client.pages("list_sessions", "/sessions", json!({}));
    let ids: Vec<&Value> = sessions.iter().map(|item| &item["id"]).collect();
    assert_eq!(found["sessions"], json!(ids));
    assert_eq!(found["session"], sessions[0]["kind"]);
    for tool in ["segments", "best_efforts"] {
        assert_eq!(
            found[tool],
            client.call(tool, json!({"limit": 1}))["total"],
            "{tool}"
        );
    }
    assert_eq!(
        found["review"],
        client.call("review", json!({}))["review"]["totals"]
    );
    assert_eq!(found["compare"], "runs");
    assert_eq!(found["chart"], "<svg");
    assert!(
        found["refused"]
            .as_str()
            .is_some_and(|text| text.contains("expected the id"))
    );
    println!("protocol {}, {} activities", found["protocol"], ids.len());
}

//! How a conversation begins, what is told at its beginning, and how it ends.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json::json;

use crate::client::Client;
use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::hardeasy_in;
use crate::common::program::out;

const TOOLS: [&str; 8] = [
    "list_sessions",
    "session",
    "segments",
    "review",
    "athlete",
    "best_efforts",
    "compare",
    "chart",
];

#[test]
fn a_client_is_told_what_there_is() {
    for version in ["2024-11-05", "2025-06-18", "2025-11-25"] {
        let mut client = Client::start(&[&fixture("runs")]);
        let begun = client.begin(version);
        assert_eq!(begun["result"]["protocolVersion"], version, "{begun}");
        assert!(begun["result"]["capabilities"]["tools"].is_object());
        assert!(
            begun["result"]["instructions"]
                .as_str()
                .is_some_and(|text| text.contains("list_sessions"))
        );
        assert!(client.ask("ping", json!({}))["result"].is_object());
        // Nothing was asked of the files, so none was read.
        let (code, told) = client.end();
        assert_eq!((code, told.as_str()), (Some(0), ""));
    }
}

#[test]
fn tools_only_read_and_tell_what_they_take() {
    let mut client = Client::of(&[&fixture("runs")]);
    let tools = client.tools();
    let names: Vec<&str> = tools
        .iter()
        .filter_map(|tool| tool["name"].as_str())
        .collect();
    assert_eq!(names, TOOLS);
    for tool in &tools {
        let name = &tool["name"];
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{name}");
        assert_eq!(tool["annotations"]["destructiveHint"], false, "{name}");
        assert_eq!(tool["annotations"]["openWorldHint"], false, "{name}");
        assert!(
            tool["description"]
                .as_str()
                .is_some_and(|text| text.len() > 40),
            "{name}"
        );
        for schema in [&tool["inputSchema"], &tool["outputSchema"]] {
            jsonschema::meta::validate(schema).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(schema["type"], "object", "{name}");
            assert_eq!(schema["additionalProperties"], false, "{name}");
        }
        let taken = tool["inputSchema"]["properties"]
            .as_object()
            .expect("properties");
        for (key, schema) in taken {
            let said = schema["description"].as_str().unwrap_or_default();
            assert!(said.len() > 5, "{name}: {key} is not told");
            assert!(
                !key.contains("path") && !key.contains("file"),
                "{name} takes a path: {key}"
            );
        }
    }
    let kinds = |tool: usize, pointer: &str| {
        let list = tools[tool]
            .pointer(pointer)
            .and_then(Value::as_array)
            .expect("a list");
        list.iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    let parts = kinds(1, "/inputSchema/properties/parts/items/enum");
    assert!(
        parts.contains("segments") && parts.contains("summary"),
        "{parts:?}"
    );
    let parts = kinds(3, "/inputSchema/properties/parts/items/enum");
    assert!(
        parts.contains("findings") && parts.contains("load_curve"),
        "{parts:?}"
    );
}

#[test]
fn nothing_but_the_protocol_is_on_standard_output() {
    // Files that fail, are partial or are none: all that is told of them stands on standard error.
    let mut client = Client::of(&[&fixture("broken")]);
    let listed = client.call("list_sessions", json!({"limit": 200}));
    let inputs = &listed["inputs"];
    assert!(
        inputs["failed"].as_u64().is_some_and(|count| count > 0),
        "{inputs}"
    );
    assert!(
        inputs["partial"].as_u64().is_some_and(|count| count > 0),
        "{inputs}"
    );
    let (code, told) = client.end();
    assert_eq!(code, Some(0));
    assert!(told.contains("failed: "), "{told}");
    assert!(told.contains("read: "), "{told}");
}

#[test]
fn what_cannot_be_served_is_told_before_anything_is_said() {
    for (arguments, word) in [
        (vec!["mcp", "-"], "found -"),
        (vec!["mcp", "--files-from", "-"], "found -"),
        (vec!["mcp", "no-such-folder"], "no-such-folder"),
        (vec!["mcp"], "PATH"),
    ] {
        let output = hardeasy(&arguments);
        assert_eq!(exit(&output), 2, "{arguments:?}");
        assert_eq!(out(&output), "");
        assert!(
            err(&output).contains(word),
            "{arguments:?}: {}",
            err(&output)
        );
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let asked = b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}\n";
    let output = hardeasy_in(folder.path(), asked, &["mcp", "."]);
    assert!(
        out(&output)
            .lines()
            .all(|line| serde_json::from_str::<Value>(line).is_ok())
    );

    // A folder without an activity is no fault of the conversation: runs may come.
    let mut client = Client::of(&[&folder.path().display().to_string()]);
    let told = client.refused("list_sessions", json!({}));
    assert!(told.contains("no activity was found"), "{told}");
}

#[test]
fn the_manual_says_how_to_set_it_up() {
    let page = hardeasy(&["help", "mcp"]);
    assert_eq!(exit(&page), 0, "{}", err(&page));
    let page = out(&page);
    for tool in TOOLS {
        assert!(page.contains(&format!("`{tool}`")), "{tool}");
    }
    assert!(page.contains("mcpServers"));
}

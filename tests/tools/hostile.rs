//! What is refused, and that the conversation goes on behind it.

use serde_json::Value;
use serde_json::json;

use crate::client::Client;
use crate::common::program::fixture;

/// No answer to a fault is longer, in bytes.
const MOST_TOLD: usize = 1200;

/// Places outside what was given, in many spellings.
const ELSEWHERE: [&str; 8] = [
    "..",
    "../season",
    "/etc/hostname",
    "file:///etc/hostname",
    "C:\\Windows\\win.ini",
    "..\\season",
    "2026-03-02-ba00dc52/../../x",
    "~/exports",
];

#[test]
fn no_argument_leads_elsewhere() {
    let mut client = Client::of(&[&fixture("runs")]);
    for place in ELSEWHERE {
        for (tool, arguments) in [
            ("session", json!({"id": place})),
            ("segments", json!({"session": place})),
            ("best_efforts", json!({"session": place})),
            ("compare", json!({"runs": [place, place]})),
            ("chart", json!({"chart": "timeline", "session": place})),
        ] {
            let told = client.refused(tool, arguments);
            assert!(
                told.contains("expected the id of an activity"),
                "{place}: {told}"
            );
            assert!(told.contains("list_sessions"), "{place}: {told}");
        }
        for tool in ["list_sessions", "review", "athlete", "segments"] {
            let told = client.refused(tool, json!({"athlete": place}));
            assert!(
                told.contains("expected the name of an athlete"),
                "{place}: {told}"
            );
        }
        for tool in ["list_sessions", "session", "review", "chart"] {
            let told = client.refused(tool, json!({"path": place}));
            assert!(told.contains("unknown field `path`"), "{place}: {told}");
        }
        let told = client.refused("list_sessions", json!({"cursor": place}));
        assert!(told.contains("next_cursor"), "{place}: {told}");
    }
    // What is named as ids are but is no activity of the folder.
    let told = client.refused("session", json!({"id": "2026-03-02-ffffffff"}));
    assert!(
        told.contains("found \"2026-03-02-ffffffff\"; list_sessions"),
        "{told}"
    );
}

/// Asks a tool several things that it cannot answer; each fault is told shortly, in some words.
fn all_refused(client: &mut Client, tool: &str, asked: &[(Value, &str)]) {
    for (arguments, words) in asked {
        let told = client.refused(tool, arguments.clone());
        let asked: String = arguments.to_string().chars().take(120).collect();
        assert!(told.contains(words), "{tool} {asked}: {told}");
        assert!(
            told.len() <= MOST_TOLD,
            "{tool} {asked}: {} bytes",
            told.len()
        );
    }
}

#[test]
fn wrong_types_and_bounds_of_lists_are_told() {
    let mut client = Client::of(&[&fixture("runs")]);
    let listed = client.call("list_sessions", json!({"limit": 1}));
    let long = "x".repeat(50_000);
    let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
    let asked = [
        (json!({"limit": 0}), "from 1 to 200, found 0"),
        (json!({"limit": 201}), "from 1 to 200, found 201"),
        (json!({"limit": -5}), "found -5"),
        (json!({"limit": 1e300}), "found 1e"),
        (json!({"limit": "7"}), "found \"7\""),
        (json!({"limit": deep}), "from 1 to 200"),
        (json!({"from": "01/02/2026"}), "year-month-day"),
        (json!({"from": "2026-02-30"}), "year-month-day"),
        (json!({"from": 20_260_301}), "year-month-day"),
        (json!({"from": long}), "year-month-day"),
        (
            json!({"from": "2026-03-02", "to": "2026-03-01"}),
            "swap them",
        ),
        (json!({"kind": "naps"}), "unknown variant `naps`"),
        (json!({"kind": ["easy"]}), "list_sessions: "),
        (json!({"order": "random"}), "`newest` or `oldest`"),
        (json!({"athlete": long}), "the name of an athlete"),
        (json!({long.as_str(): 1}), "unknown field"),
    ];
    all_refused(&mut client, "list_sessions", &asked);
    let asked = [
        (json!({"kind": "sprint"}), "unknown variant `sprint`"),
        (json!({"session": 5}), "the id of an activity"),
    ];
    all_refused(&mut client, "segments", &asked);
    let asked = [
        (json!({"distance_m": 1e12}), "a number up to 100000"),
        (json!({"fastest": "yes"}), "best_efforts: "),
    ];
    all_refused(&mut client, "best_efforts", &asked);
    // After all of this it answers as before.
    assert_eq!(client.call("list_sessions", json!({"limit": 1})), listed);
}

#[test]
fn wrong_types_and_bounds_of_documents_are_told() {
    let mut client = Client::of(&[&fixture("runs")]);
    let listed = client.call("list_sessions", json!({"limit": 1}));
    let id = listed["sessions"][0]["id"].as_str().expect("an id");
    let long = "x".repeat(50_000);
    let asked = [
        (json!({}), "missing field `id`"),
        (json!({"id": null}), "the id of an activity"),
        (json!({"id": ["a"]}), "the id of an activity"),
        (json!({"id": long}), "the id of an activity"),
        (
            json!({"id": id, "parts": ["moods"]}),
            "expected parts among ",
        ),
        (json!({"id": id, "parts": "segments"}), "session: "),
        (json!({"id": id, "parts": [long]}), "the name of a part"),
    ];
    all_refused(&mut client, "session", &asked);
    let asked = [
        (json!({"weeks": 521}), "from 1 to 520, found 521"),
        (json!({"weeks": 3, "to": "2026-03-01"}), "leave one out"),
        (
            json!({"from": "1999-01-01", "to": "1999-02-01"}),
            "no activity from 1999-01-01",
        ),
    ];
    all_refused(&mut client, "review", &asked);
    let block = json!({"from": "2026-01-01", "to": "2026-01-02"});
    let endless = json!({"from": "2026-01-01"});
    let asked = [
        (json!({}), "found neither"),
        (json!({"runs": [id]}), "length"),
        (json!({"runs": [id, id, id]}), "compare: "),
        (
            json!({"runs": [id, id], "blocks": [block, block]}),
            "found both",
        ),
        (json!({"blocks": [endless, endless]}), "missing field `to`"),
    ];
    all_refused(&mut client, "compare", &asked);
    let asked = [
        (json!({}), "missing field `chart`"),
        (
            json!({"chart": "course", "session": id}),
            "unknown variant `course`",
        ),
        (json!({"chart": "timeline"}), "expected session"),
        (json!({"chart": "load", "session": id}), "leave it out"),
        (
            json!({"chart": "timeline", "session": id, "weeks": 3}),
            "leave them out",
        ),
    ];
    all_refused(&mut client, "chart", &asked);
    assert_eq!(client.call("list_sessions", json!({"limit": 1})), listed);
}

#[test]
fn calls_of_nothing_and_messages_of_no_shape_are_faults_of_the_protocol() {
    let mut client = Client::of(&[&fixture("runs")]);
    for name in ["write", "", "../chart", &"x".repeat(10_000)] {
        let answer = client.ask("tools/call", json!({"name": name, "arguments": {}}));
        assert_eq!(answer["error"]["code"], -32602, "{answer}");
        let told = answer["error"]["message"].as_str().expect("a text");
        assert!(
            told.contains("list_sessions") && told.len() < MOST_TOLD,
            "{told}"
        );
    }
    let answer = client.ask("files/read", json!({"path": "/etc/hostname"}));
    assert_eq!(answer["error"]["code"], -32601, "{answer}");
    for method in ["resources/list", "prompts/list"] {
        let answer = client.ask(method, json!({}));
        assert_eq!(answer["error"]["code"], -32601, "{answer}");
    }
    client.say(&json!({"jsonrpc": "2.0", "id": 1, "method": 5}).to_string());
    assert_eq!(client.hear()["error"]["code"], -32600);
    // What is no JSON at all, or too deep, has no answer; the next message has.
    client.say("not JSON");
    client.say(&"[".repeat(100_000));
    client.say("\u{1}\u{0}");
    assert!(client.ask("ping", json!({}))["result"].is_object());
}

#[test]
fn a_message_that_is_too_long_is_left_out_and_told() {
    /// As the manual says.
    const MOST_BYTES: usize = 1024 * 1024;
    let mut client = Client::of(&[&fixture("runs")]);
    let sized = |bytes: usize| {
        let message = |padding: usize| {
            let params =
                json!({"name": "list_sessions", "arguments": {"athlete": "x".repeat(padding)}});
            json!({"jsonrpc": "2.0", "id": 77, "method": "tools/call", "params": params})
                .to_string()
        };
        message(bytes - message(0).len())
    };
    let is_told = |message: &Value| {
        let told = message["error"]["message"].as_str().unwrap_or_default();
        message["error"]["code"] == -32600 && told.contains("at most 1048576 bytes")
    };
    client.say(&sized(MOST_BYTES));
    let answer = client.hear();
    assert_eq!(answer["id"], 77, "{answer}");
    assert_eq!(answer["result"]["isError"], true, "{answer}");
    for bytes in [MOST_BYTES + 1, MOST_BYTES + 2, 5 * MOST_BYTES] {
        client.say(&sized(bytes));
        let answer = client.hear();
        assert!(is_told(&answer), "{bytes}: {answer}");
        assert!(client.ask("ping", json!({}))["result"].is_object());
    }
    let (code, told) = client.end();
    assert_eq!(code, Some(0));
    assert_eq!(
        told.matches("warning: expected a message").count(),
        3,
        "{told}"
    );
}

#[test]
fn many_questions_at_once_all_have_their_answer() {
    const QUESTIONS: u64 = 200;
    let mut client = Client::of(&[&fixture("runs")]);
    for id in 0..QUESTIONS {
        let params = json!({"name": "segments", "arguments": {"limit": 3}});
        client.say(
            &json!({"jsonrpc": "2.0", "id": 1000 + id, "method": "tools/call", "params": params})
                .to_string(),
        );
    }
    let mut answered: Vec<u64> = (0..QUESTIONS)
        .filter_map(|_| client.hear()["id"].as_u64())
        .collect();
    answered.sort_unstable();
    assert!(answered.into_iter().eq(1000..1000 + QUESTIONS));
}

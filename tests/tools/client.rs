//! A client that holds every answer to the schema of its tool.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::process::Child;
use std::process::ChildStdin;
use std::process::ChildStdout;
use std::process::Stdio;

use crate::common::program::program;

use jsonschema::Validator;
use serde_json::Value;
use serde_json::json;

/// The largest answer that is expected: a value and its text, each within the ceiling, and what is around them.
/// Quotes in the text are written as two bytes, some of them as three.
pub(crate) const MOST_MESSAGE_BYTES: usize = 3 * 256 * 1024;

/// A conversation with the program.
pub(crate) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    messages: tempfile::NamedTempFile,
    validators: BTreeMap<String, Validator>,
    asked: u64,
}

impl Client {
    /// Starts the program with some arguments behind `mcp`; nothing is said yet.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let messages = tempfile::NamedTempFile::new().expect("a temporary file");
        let mut child = program()
            .arg("mcp")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(messages.path()).expect("a file"))
            .spawn()
            .expect("the program starts");
        Self {
            input: child.stdin.take(),
            output: BufReader::new(child.stdout.take().expect("a pipe")),
            child,
            messages,
            validators: BTreeMap::new(),
            asked: 0,
        }
    }

    /// Starts the program and begins a conversation.
    pub(crate) fn of(arguments: &[&str]) -> Self {
        let mut client = Self::start(arguments);
        let begun = client.begin("2025-11-25");
        assert_eq!(begun["result"]["serverInfo"]["name"], "hardeasy", "{begun}");
        let tools = client.tools();
        client.validators = tools
            .iter()
            .map(|tool| {
                let validator = jsonschema::options()
                    .should_validate_formats(true)
                    .build(&tool["outputSchema"])
                    .expect("a schema");
                (tool["name"].as_str().expect("a name").to_owned(), validator)
            })
            .collect();
        client
    }

    /// Says hello in a version of the protocol, and returns the answer.
    pub(crate) fn begin(&mut self, version: &str) -> Value {
        let client = json!({"name": "test", "version": "1"});
        let asked = json!({"protocolVersion": version, "capabilities": {}, "clientInfo": client});
        let begun = self.ask("initialize", asked);
        self.say(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string());
        begun
    }

    /// Returns the tools as they are listed.
    pub(crate) fn tools(&mut self) -> Vec<Value> {
        let listed = self.ask("tools/list", json!({}));
        listed["result"]["tools"].as_array().expect("tools").clone()
    }

    /// Writes a line.
    pub(crate) fn say(&mut self, line: &str) {
        let input = self.input.as_mut().expect("a conversation");
        input.write_all(line.as_bytes()).expect("written");
        input.write_all(b"\n").expect("written");
        input.flush().expect("written");
    }

    /// Reads a line, which is a message of the protocol always.
    pub(crate) fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("UTF-8");
        assert!(line.len() < MOST_MESSAGE_BYTES, "{} bytes", line.len());
        let message: Value = serde_json::from_str(&line)
            .unwrap_or_else(|error| panic!("{error}: {line:?}\n{}", self.told()));
        assert_eq!(message["jsonrpc"], "2.0");
        message
    }

    /// Asks something and returns the answer.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.say(
            &json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string(),
        );
        let answer = self.hear();
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// Calls a tool and returns what it answers, held to its schema; the text beside it is the same.
    pub(crate) fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let asked = arguments.to_string();
        let answer = self.ask("tools/call", json!({"name": tool, "arguments": arguments}));
        let result = &answer["result"];
        assert_ne!(result["isError"], true, "{tool} {asked}: {answer}");
        let value = &result["structuredContent"];
        let errors: Vec<String> = self.validators[tool]
            .iter_errors(value)
            .map(|error| format!("{}: {error:.300}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{tool} {asked}\n{}", errors.join("\n"));
        let text = result["content"][0]["text"].as_str().expect("a text");
        let same: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(same, *value, "{tool} {asked}");
        value.clone()
    }

    /// Calls a tool with what it cannot answer, and returns what it says.
    pub(crate) fn refused(&mut self, tool: &str, arguments: Value) -> String {
        let asked = arguments.to_string();
        let answer = self.ask("tools/call", json!({"name": tool, "arguments": arguments}));
        let result = &answer["result"];
        assert_eq!(result["isError"], true, "{tool} {asked:.300}: {answer}");
        assert!(result["structuredContent"].is_null());
        let text = result["content"][0]["text"].as_str().expect("a text");
        text.to_owned()
    }

    /// Returns what all pages of a list hold, and how many pages that were.
    pub(crate) fn pages(
        &mut self,
        tool: &str,
        key: &str,
        mut arguments: Value,
    ) -> (Vec<Value>, usize) {
        let (mut items, mut pages) = (Vec::new(), 0);
        loop {
            let answer = self.call(tool, arguments.clone());
            items.extend(
                answer
                    .pointer(key)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .cloned(),
            );
            pages += 1;
            assert!(pages < 1000, "{tool} comes to no end");
            if answer["next_cursor"].is_null() {
                return (items, pages);
            }
            arguments["cursor"] = answer["next_cursor"].clone();
        }
    }

    /// Returns what stands on standard error by now.
    pub(crate) fn told(&self) -> String {
        std::fs::read_to_string(self.messages.path()).expect("UTF-8")
    }

    /// Ends the conversation, and returns the exit code and what was told on standard error.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        drop(self.input.take());
        let mut rest = String::new();
        self.output.read_line(&mut rest).expect("UTF-8");
        assert_eq!(rest, "", "nothing is said behind the end");
        let status = self.child.wait().expect("it ends");
        (status.code(), self.told())
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        drop(self.input.take());
        // It may be gone by now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

//! Bytes of a stranger → session documents; documents that somebody changed → themselves.

use std::sync::LazyLock;

use hardeasy::classification::Session;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::Outcome;
use hardeasy::pipeline::Status;
use hardeasy::pipeline::read_runs;
use serde_json::Value;

use super::grammar;
use super::grammar::Choices;
use super::session;

/// Runs of half an hour and less with several changes of speed, whose documents are changed.
static DOCUMENTS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let choices: [&[u8]; 3] = [
        &[8, 1, 3, 0, 20, 90, 20, 90, 20, 90, 20, 20, 20, 20],
        &[0, 4, 2, 200, 20, 20, 20, 20, 60, 20, 20],
        &[8, 0, 0, 60, 20],
    ];
    let runs = choices.map(|bytes| grammar::sound(&mut Choices::new(bytes)));
    let sessions = runs.into_iter().flat_map(|run| read(run).sessions);
    sessions
        .map(|session| serde_json::to_value(session).unwrap())
        .collect()
});

fn read(bytes: Vec<u8>) -> Outcome {
    let outcome = read_runs(vec![Input::Bytes(bytes)], &Options::default(), &|_, _| {}).unwrap();
    assert!(!outcome.account.is_empty());
    for line in &outcome.account {
        let reason = line.reason.as_deref().unwrap_or_default();
        // A text of the file may say so, too, but is never the first word.
        assert!(!reason.starts_with("internal error"), "{reason}");
        let is_silent = reason.is_empty() && line.warnings.is_empty();
        assert!(line.status == Status::Ok || !is_silent, "{line:?}");
    }
    let counted: usize = outcome.account.iter().map(|line| line.activities).sum();
    assert_eq!(counted, outcome.sessions.len());
    outcome
}

fn lines(sessions: &[Session]) -> String {
    let line = |session: &Session| session::check_text(session, "document") + "\n";
    sessions.iter().map(line).collect()
}

/// Documents give the same documents when they are read again.
fn assert_fold_to_themselves(sessions: &[Session]) {
    if sessions.is_empty() {
        return;
    }
    let written = lines(sessions);
    let again = lines(&read(written.clone().into_bytes()).sessions);
    assert!(written == again, "{written}\nbecame\n{again}");
}

/// Any bytes, from the file to the documents.
pub fn pipeline(data: &[u8]) {
    let mut choices = Choices::new(data);
    // One in four is made by the grammar: few changed bytes are a file that is judged.
    let bytes = match choices.byte() % 8 {
        0 => grammar::sound(&mut choices),
        1 => grammar::any(&mut choices),
        _ => choices.rest().to_vec(),
    };
    let has_records = session::has_records(&bytes);
    let outcome = read(bytes);
    for one in &outcome.sessions {
        session::check(one, has_records, "a file");
    }
    assert_fold_to_themselves(&outcome.sessions);
}

/// Stored documents: as text, or ours with some values changed.
pub fn fold(data: &[u8]) {
    let bytes = match data.first() {
        None | Some(b'{') => data.to_vec(),
        Some(_) => changed(data),
    };
    let outcome = read(bytes);
    let once = lines(&outcome.sessions);
    let twice = read(once.clone().into_bytes());
    assert_fold_to_themselves(&twice.sessions);
    assert_eq!(outcome.sessions.len(), twice.sessions.len(), "{once}");
}

/// Returns our documents with some of their values changed.
fn changed(data: &[u8]) -> Vec<u8> {
    let mut choices = Choices::new(data);
    let documents = &*DOCUMENTS;
    let mut out = String::new();
    for document in documents.iter().take(1 + usize::from(choices.byte()) % 3) {
        let mut document = document.clone();
        for _ in 0..choices.byte() % 8 {
            let mut place = choices.number() as usize % leaves(&document).max(1);
            let value = value(&mut choices);
            set(&mut document, &mut place, &value);
        }
        out += &document.to_string();
        out.push('\n');
    }
    out.into_bytes()
}

/// Returns how many values a document holds; a list counts, too.
fn leaves(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(leaves).sum::<usize>(),
        Value::Object(fields) => fields.values().map(leaves).sum(),
        _ => 1,
    }
}

/// Puts another value at a place, counted as [`leaves`] does.
fn set(value: &mut Value, place: &mut usize, new: &Value) -> bool {
    let here = |place: &mut usize| match place.checked_sub(1) {
        Some(next) => {
            *place = next;
            false
        }
        None => true,
    };
    match value {
        Value::Object(fields) => {
            let mut fields = fields.values_mut();
            fields.any(|field| set(field, place, new))
        }
        Value::Array(items) => {
            if here(place) {
                // A list becomes shorter, or longer by what it holds.
                match items.first().cloned() {
                    Some(first) if new.is_null() => items.push(first),
                    _ => items.truncate(items.len() / 2),
                }
                return true;
            }
            items.iter_mut().any(|item| set(item, place, new))
        }
        _ => {
            let is_here = here(place);
            if is_here {
                *value = new.clone();
            }
            is_here
        }
    }
}

fn value(choices: &mut Choices<'_>) -> Value {
    match choices.byte() % 12 {
        0 => Value::Null,
        1 => Value::from(0),
        2 => Value::from(-1),
        3 => Value::from(1e300),
        4 => Value::from(-1e300),
        5 => Value::from(1e-300),
        6 => Value::from(choices.byte().is_multiple_of(2)),
        7 => Value::from(f64::from(choices.number()) / 16.0),
        8 => Value::from(u64::MAX),
        9 => Value::from(format!("{:04}-01-01", choices.number() % 12_000)),
        10 => Value::from(format!("{:04}-12-31T23:59:59Z", choices.number() % 12_000)),
        _ => {
            let count = usize::from(choices.byte() % 16);
            Value::from(String::from_utf8_lossy(&choices.bytes(count)))
        }
    }
}

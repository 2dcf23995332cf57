//! What is told on standard error of the inputs of a command.

mod faults;

use super::args::Common;
use super::diagnose;
use crate::classification::Session;
use crate::ingest::NOT_A_RECORDING;
use crate::ingest::NOT_READ;
use crate::ingest::WarningCode;
use crate::pipeline::FileLine;
use crate::pipeline::NOT_FOLLOWED;
use crate::pipeline::Outcome;
use crate::pipeline::Status;
use crate::pipeline::TWIN;
use crate::report::content::reasons;

/// One line for standard error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    /// The word before the colon.
    pub(super) word: &'static str,
    /// The rest.
    pub(super) text: String,
}

/// The words of messages that `--quiet` hides.
const HIDDEN_WHEN_QUIET: &[&str] = &[
    SKIPPED, WARNING, READ, HISTORY, FOUND, NEXT, WATCHING, SERVING,
];
const FAILED: &str = "failed";
const PARTIAL: &str = "partial";
pub(super) const WARNING: &str = "warning";
const SKIPPED: &str = "skipped";
const READ: &str = "read";
const FOUND: &str = "found";
pub(super) const HISTORY: &str = "history";
/// What to do after this.
pub(super) const NEXT: &str = "next";
/// What is waited for.
pub(super) const WATCHING: &str = "watching";
/// What is served.
pub(super) const SERVING: &str = "serving";

impl Message {
    pub(super) fn new(word: &'static str, text: String) -> Self {
        Self { word, text }
    }

    /// Returns a message that was told before; a word that is none of ours is a warning.
    pub(super) fn again(word: &str, text: &str) -> Self {
        let known = [FAILED, PARTIAL, SKIPPED, READ, FOUND]
            .into_iter()
            .find(|own| *own == word);
        Self::new(known.unwrap_or(WARNING), text.to_owned())
    }
}

/// Tells what went wrong, and the count of each status.
pub(super) fn tell(common: &Common, outcome: &Outcome) {
    let is_nothing = outcome.sessions.is_empty();
    for message in messages(outcome) {
        if is_nothing && message.word == SKIPPED {
            // Why nothing came of it belongs to the error.
            diagnose(message.word, &message.text);
        } else {
            tell_one(common, &message);
        }
    }
    if is_nothing {
        diagnose(
            "error",
            "no activity was found; expected FIT, GPX or TCX exports, packed or not, below the given paths",
        );
    }
}

/// Tells one message, unless it is to be quiet about it.
pub(super) fn tell_one(common: &Common, message: &Message) {
    if !common.quiet || !HIDDEN_WHEN_QUIET.contains(&message.word) {
        diagnose(message.word, &message.text);
    }
}

/// Tells what [`words`] returned of an earlier command.
pub(super) fn tell_again(common: &Common, told: &[(String, String)]) {
    for (word, text) in told {
        tell_one(common, &Message::again(word, text));
    }
}

/// Returns the word and the text of each of the [`messages`], to be kept.
pub(super) fn words(outcome: &Outcome) -> Vec<(String, String)> {
    let messages = messages(outcome).into_iter();
    messages
        .map(|message| (message.word.to_owned(), message.text))
        .collect()
}

/// Returns which files failed or are partial, which corrections are for none, and the count of each
/// status.
pub(super) fn messages(outcome: &Outcome) -> Vec<Message> {
    let found = outcome.recognised.iter();
    let mut messages: Vec<Message> = found
        .map(|text| Message::new(FOUND, text.clone()))
        .collect();
    let faults = faults::told(&outcome.account).into_iter();
    messages.extend(faults.map(|(status, text)| {
        let word = match status {
            Status::Partial => PARTIAL,
            _ => FAILED,
        };
        Message::new(word, text)
    }));
    messages.extend(skipped(&outcome.account, outcome.sessions.is_empty()));
    messages.extend(by_reason(&outcome.account).map(|text| Message::new(SKIPPED, text)));
    messages.extend(stale(&outcome.account).map(|text| Message::new(WARNING, text)));
    let unused = unused(&outcome.unused_corrections);
    messages.extend(unused.map(|text| Message::new(WARNING, text)));
    messages.push(Message::new(READ, account(outcome)));
    messages
}

/// Returns that the export of a session was read and could not be read again.
pub(super) fn lost(session: &Session) -> Message {
    let name = session.head.source.name();
    Message::new(
        PARTIAL,
        format!(
            "{name}: could not be read again for its charts, or is another file by now; check that it is still there and report again"
        ),
    )
}

/// So many skipped exports are named one by one; a watch's own folder holds thousands that are no
/// activities.
const NAMED_SKIPS: usize = 5;

/// Returns why exports that hold no activity, formats of platforms and links were skipped: a runner who gave
/// one expects it to come out. Of other files that is told where there was nothing else.
fn skipped(account: &[FileLine], is_nothing: bool) -> Vec<Message> {
    let is_told = |line: &&FileLine| {
        let reason = line.reason.as_deref().unwrap_or_default();
        let is_expected = reason.ends_with(NOT_A_RECORDING)
            || reason.contains(NOT_READ)
            || reason == NOT_FOLLOWED;
        line.status == Status::Skipped && (is_nothing || is_expected)
    };
    let lines: Vec<&FileLine> = account.iter().filter(is_told).collect();
    let named = lines.iter().take(NAMED_SKIPS);
    let mut messages: Vec<Message> = named
        .map(|line| {
            let reason = line.reason.as_deref().unwrap_or_default();
            // What was named itself has no path below it.
            let name = match line.name() {
                name if name.is_empty() => "all of it".to_owned(),
                name => name,
            };
            Message::new(SKIPPED, format!("{name}: {reason}"))
        })
        .collect();
    let more = lines.len() - messages.len();
    if more > 0 {
        let mut reasons = lines.iter().filter_map(|line| line.reason.as_deref());
        let are_exports = reasons.all(|reason| reason.ends_with(NOT_A_RECORDING));
        let what = match (are_exports, more) {
            (false, 1) => "input",
            (false, _) => "inputs",
            (true, 1) => "export that is no recorded activity",
            (true, _) => "exports that are no recorded activity",
        };
        messages.push(Message::new(SKIPPED, format!("{more} more {what}")));
    }
    messages
}

/// Returns how often each reason was given for leaving something out, in one line; nothing of a few.
fn by_reason(account: &[FileLine]) -> Option<String> {
    /// Rarer reasons are told together.
    const MOST_REASONS: usize = 4;
    let skipped = account.iter().filter(|line| line.status == Status::Skipped);
    let reasons: Vec<&str> = skipped.map(reason).collect();
    if reasons.len() <= NAMED_SKIPS {
        return None;
    }
    let words: Vec<String> = reasons::counted(reasons.iter().copied(), MOST_REASONS)
        .iter()
        .map(|(reason, count)| format!("{reason} ({count})"))
        .collect();
    Some(format!("{} inputs: {}", reasons.len(), words.join(", ")))
}

/// Returns why an input was left out, without what differs from one to the next.
fn reason(line: &FileLine) -> &str {
    let reason = line.reason.as_deref().unwrap_or_default();
    let is_twin = reason.starts_with(TWIN);
    if is_twin { "counted already" } else { reason }
}

/// Returns that stored documents are not as they were corrected since, in one line.
fn stale(account: &[FileLine]) -> Option<String> {
    let warnings = account.iter().flat_map(|line| &line.warnings);
    let mut stale =
        warnings.filter(|warning| warning.code == WarningCode::CorrectionStored.as_str());
    let first = stale.next()?;
    Some(match stale.count() {
        0 => first.text.clone(),
        more => format!("{}; and {more} more", first.text),
    })
}

/// Returns that corrections are for no activity, in one line.
fn unused(corrections: &[String]) -> Option<String> {
    let (first, others) = corrections.split_first()?;
    let more = match others.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!(
        "no activity was read for the correction of {first}{more}; remove the entry or correct its name"
    ))
}

/// Returns the count of each status in words, as in "21 inputs: 20 ok, 1 failed".
fn account(outcome: &Outcome) -> String {
    let statuses = [
        Status::Ok,
        Status::Warned,
        Status::Partial,
        Status::Skipped,
        Status::Failed,
    ];
    let counts = statuses.map(|status| (outcome.count(status), status.word()));
    let counted: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let all = outcome.account.len();
    format!(
        "{all} input{}{}{}",
        if all == 1 { "" } else { "s" },
        if all > 0 { ": " } else { "" },
        counted.join(", ")
    )
}

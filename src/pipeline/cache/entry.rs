//! What is kept of one file.

use std::borrow::Cow;
use std::path::Path;
use std::time::SystemTime;

use serde::Deserialize;
use serde::Serialize;

use super::identity::Identity;
use crate::pipeline::FileLine;
use crate::pipeline::Status;
use crate::pipeline::companions::Question;
use crate::pipeline::decode::Context;
use crate::pipeline::decode::Decoded;
use crate::pipeline::hash::content_hash;
use crate::pipeline::outcome::Location;
use crate::summary::PackedRun;

/// How a file is found again in a pack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) identity: Identity,
    /// Whether a later change of the file would show in its identity.
    pub(super) is_settled: bool,
    /// Of its content.
    pub(super) sha256: String,
    /// What was said of it when it was decoded, as a hash.
    pub(super) asked: String,
    /// Where in the pack it is, filled in by the pack: first byte, number of bytes, check sum.
    pub(super) place: (u64, u64, u32),
}

impl Entry {
    pub(super) fn new(identity: Identity, now: SystemTime, sha256: String, asked: String) -> Self {
        Self {
            identity,
            is_settled: identity.is_settled(now),
            sha256,
            asked,
            place: (0, 0, 0),
        }
    }

    /// Returns the entry of the same content in a file that looks otherwise by now.
    pub(super) fn seen_as(&self, identity: Identity, now: SystemTime) -> Self {
        let was_settled = self.is_settled && self.identity == identity;
        Self {
            identity,
            is_settled: was_settled || identity.is_settled(now),
            ..self.clone()
        }
    }
}

/// Returns whether what a file yielded may stand for it: not where it rests on other files, nor where something
/// failed, as the fault may lie in the disk or in what memory there was.
pub(super) fn may_be_kept(decoded: &Decoded) -> bool {
    let mut lines = decoded.lines.iter();
    decoded.stands_alone && lines.all(|line| line.status != Status::Failed)
}

/// Returns a hash of all that is said of a file outside of it.
pub(super) fn asked(decoded: &Decoded, context: &Context<'_>) -> String {
    content_hash(
        context
            .said_of(&decoded.exports, &decoded.questions)
            .as_bytes(),
    )
}

/// The part of what is kept of a file that is not its runs.
#[derive(Serialize, Deserialize)]
struct Head<'a> {
    lines: Cow<'a, [FileLine]>,
    exports: Cow<'a, [String]>,
    questions: Cow<'a, [Question]>,
}

/// Returns what a file yielded as bytes.
pub(super) fn to_bytes(decoded: &Decoded) -> Option<Vec<u8>> {
    let head = Head {
        lines: Cow::Borrowed(&decoded.lines),
        exports: Cow::Borrowed(&decoded.exports),
        questions: Cow::Borrowed(&decoded.questions),
    };
    let mut bytes = Vec::new();
    push(&mut bytes, &serde_json::to_vec(&head).ok()?)?;
    for run in &decoded.found {
        let (head, packed) = run.to_parts()?;
        push(&mut bytes, &head)?;
        push(&mut bytes, &packed)?;
    }
    Some(bytes)
}

/// Returns what decoding a file would yield, from what [`to_bytes`] returned; nothing where that is not
/// understood.
pub(super) fn from_bytes(bytes: &[u8], path: &Path, context: &Context<'_>) -> Option<Decoded> {
    let (head, mut rest) = take(bytes)?;
    let head: Head<'_> = serde_json::from_slice(head).ok()?;
    let questions = head.questions.into_owned();
    let mut decoded = Decoded {
        lines: head.lines.into_owned(),
        found: Vec::new(),
        exports: head.exports.into_owned(),
        told: context.answers(&questions),
        questions,
        stands_alone: true,
        location: Location::File(path.to_owned()),
    };
    while !rest.is_empty() {
        let (head, behind) = take(rest)?;
        let (packed, further) = take(behind)?;
        decoded.found.push(PackedRun::from_parts(head, packed)?);
        rest = further;
    }
    // By whichever way, and as whichever athlete's, the file was reached then.
    let file = context.file;
    for line in &mut decoded.lines {
        line.path.clone_from(&file.shown);
        line.athlete.clone_from(&file.athlete);
    }
    for run in &mut decoded.found {
        run.head.source.path.clone_from(&file.shown);
        run.head.athlete.clone_from(&file.athlete);
    }
    Some(decoded)
}

/// Appends some bytes behind their number.
fn push(all: &mut Vec<u8>, part: &[u8]) -> Option<()> {
    all.extend(u32::try_from(part.len()).ok()?.to_le_bytes());
    all.extend(part);
    Some(())
}

/// Takes off what [`push`] appended.
fn take(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)
}

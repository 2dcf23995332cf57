//! Documents that hardeasy wrote earlier, in the place of the exports.

use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::path::Path;

use serde::Deserialize;

use super::member::Context;
use super::member::DecodedMember;
use super::member::status;
use crate::classification::SESSION_SCHEMA;
use crate::classification::Session;
use crate::ingest;
use crate::ingest::Content;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::pipeline::Status;
use crate::pipeline::files;
use crate::pipeline::unreadable::unreadable;
use crate::segmentation;
use crate::segmentation::SegmentEdit;
use crate::summary::PackedRun;
use crate::summary::RunSummary;
use crate::summary::SUMMARY_VERSION;

/// One stored document has no more.
///
/// # Units
/// Bytes: 64 MB. One of a day's run has some 100 KB.
const MOST_DOCUMENT_BYTES: u64 = files::MOST_TEXT_BYTES;

/// Opens a file of documents that hardeasy wrote earlier: it may be far larger than one recording, and is read
/// line by line. Nothing for any other file, and for one that cannot be opened.
pub(super) fn open(path: &Path) -> Option<BufReader<File>> {
    let mut file = BufReader::new(File::open(path).ok()?);
    let is_ours = ingest::detect(file.fill_buf().ok()?) == Content::Sessions;
    is_ours.then_some(file)
}

/// Reads documents that hardeasy wrote earlier, so that a batch can be judged again without the
/// exports.
pub(super) fn sessions(mut lines: impl BufRead, context: &Context<'_>) -> DecodedMember {
    let failed = |reason| DecodedMember::none(context.line(Status::Failed, reason));
    let mut runs: Vec<PackedRun> = Vec::new();
    let mut warnings = Vec::new();
    let mut text = Vec::new();
    for number in 1_u64.. {
        text.clear();
        let room = MOST_DOCUMENT_BYTES + 1;
        match lines.by_ref().take(room).read_until(b'\n', &mut text) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => return failed(unreadable(&error)),
        }
        if text.len() as u64 > MOST_DOCUMENT_BYTES {
            return failed(format!(
                "line {number}: expected at most {MOST_DOCUMENT_BYTES} bytes in a document, found more; export it again"
            ));
        }
        if text.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match session(&text) {
            Ok(run) => {
                warnings.extend(unchanged(&run, context));
                runs.push(context.keep(run));
            }
            Err(reason) => return failed(format!("line {number}: {reason}; export it again")),
        }
    }
    let mut line = context.read_line();
    line.activities = runs.len();
    line.warnings = warnings;
    line.status = status(&line);
    DecodedMember {
        line,
        runs,
        export: None,
        told: Vec::new(),
        questions: Vec::new(),
        // What the user says of each is compared with what it shows.
        stands_alone: false,
    }
}

/// Reads one stored document, or says what is wrong with it. One whose summary is of another version
/// is refused: what it says may mean something else by now.
fn session(text: &[u8]) -> Result<RunSummary, String> {
    /// The little of a document that no version changes.
    #[derive(Deserialize)]
    struct Document {
        summary: Versioned,
    }
    #[derive(Deserialize)]
    struct Versioned {
        version: Option<u32>,
    }
    const BEFORE_VERSIONS: u32 = 1;
    if let Ok(document) = serde_json::from_slice::<Document>(text) {
        match document.summary.version.unwrap_or(BEFORE_VERSIONS) {
            ..SUMMARY_VERSION => return Err("written by an earlier version of hardeasy".to_owned()),
            SUMMARY_VERSION => {}
            _ => return Err("written by a later version of hardeasy".to_owned()),
        }
    }
    let session: Session = serde_json::from_slice(text)
        .map_err(|error| format!("expected a {SESSION_SCHEMA} document: {error}"))?;
    let mut run = session.into_run();
    let source = &mut run.head.source;
    // Names of files and cells of tables are made of it as it is.
    if !source.sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err("expected hexadecimal digits as sha256, found something else".to_owned());
    }
    // As documents told it before they had a field for it.
    source.number = source.number.or_else(|| source.number_in_member());
    Ok(run)
}

/// Warns when a stored document does not show what the user says of the recording: without its records it
/// cannot be cropped, scaled, taken for another sport or cut anew. What a correction no longer says is not missed:
/// the corrections may lie beside the recording alone.
fn unchanged(run: &RunSummary, context: &Context<'_>) -> Option<Warning> {
    let head = &run.head;
    let said = context.changes(&head.source.sha256, head.sport);
    let shown = &head.changes;
    let missing: Vec<&str> = [
        (said.crop.is_some() && said.crop != shown.crop, "cropped"),
        (
            said.distance_m.is_some() && said.distance_m != shown.distance_m,
            "scaled to a distance",
        ),
        (
            said.sport.is_some() && said.sport != shown.sport,
            "taken for another sport",
        ),
        (is_unmarked(run, context), "cut at your marks"),
    ]
    .into_iter()
    .filter_map(|(is_missing, what)| is_missing.then_some(what))
    .collect();
    (!missing.is_empty()).then(|| {
        let text = format!(
            "a stored document cannot be {}: read {} itself for your corrections",
            missing.join(" or "),
            head.source.path
        );
        Warning::new(WarningCode::CorrectionStored, text)
    })
}

/// Returns whether a segment that the user marked is not shown.
fn is_unmarked(run: &RunSummary, context: &Context<'_>) -> bool {
    let edits = context.marked(&run.head.source.sha256);
    let is_missing = |edit: &SegmentEdit| !segmentation::shows(&run.segments, edit);
    !run.segments.is_empty() && edits.iter().any(is_missing)
}

//! Takes files through all per-file stages, in parallel.

mod member;
pub(super) mod stored;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use rayon::iter::IntoParallelIterator;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use super::FileLine;
use super::Options;
use super::Status;
use super::content_hash;
use super::outcome::Location;
use super::settings_files::Said;
use super::walk::FileToRead;
use crate::ingest;
use crate::ingest::Activity;
use crate::ingest::Content;
use crate::ingest::Sport;
use crate::ingest::SportFrom;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::archive;
use crate::ingest::archive::Member;
use crate::segmentation;
use crate::segmentation::SegmentEdit;
use crate::segmentation::Segmentation;
use crate::streams;
use crate::streams::Streams;
use crate::summary;
use crate::summary::Origin;
use crate::summary::RunSummary;
use crate::summary::Source;
use member::Context;
use member::DecodedMember;
use member::status;

/// The largest file that is read.
///
/// # Units
/// Bytes. A 24-hour run with every sensor is under 10 MB; an archive of a decade is read as one
/// file, so this is generous.
const LARGEST_FILE_BYTES: u64 = 4 << 30;
/// Members of an archive are taken in batches of at most this many bytes, so that they can be
/// worked on in parallel within bounded memory.
///
/// # Units
/// Bytes.
const BATCH_BYTES: usize = 64 << 20;
/// Endings by which a name claims that the file is an export; such a file with other content has
/// failed, any other is skipped.
const CLAIMING_ENDINGS: [&str; 5] = [".fit", ".gpx", ".tcx", ".gz", ".zip"];

/// What one file yields.
#[derive(Debug)]
pub(super) struct Decoded {
    /// Its account: one line, or one per member of an archive.
    pub lines: Vec<FileLine>,
    /// The runs found.
    pub found: Vec<RunSummary>,
    /// The SHA-256 of each export in it; stored documents are none, they have no streams.
    pub exports: BTreeSet<String>,
    /// Where it is.
    pub location: Location,
}

/// Decodes all files, in parallel, results in order.
pub(super) fn decode_all(
    files: &[FileToRead],
    options: &Options,
    said: &BTreeMap<Option<String>, Said>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Decoded> {
    let done = AtomicUsize::new(0);
    files
        .par_iter()
        .map(|file| {
            let said = said.get(&file.athlete).or_else(|| said.get(&None));
            let in_settings = said.and_then(|said| said.settings.timezone);
            let context = Context {
                file,
                options,
                time_zone: options.time_zone.or(in_settings),
                corrections: said.map(|said| &said.corrections),
            };
            let decoded = decode(file, &context);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, files.len());
            decoded
        })
        .collect()
}

fn decode(file: &FileToRead, context: &Context<'_>) -> Decoded {
    let bytes = match (&file.bytes, &file.path) {
        (Some(bytes), _) => Ok(bytes.clone()),
        (None, Some(path)) => read_file(path),
        (None, None) => Ok(Vec::new()),
    };
    let results = match bytes {
        Ok(bytes) => members(bytes, &|member| guarded(member, context)),
        Err(reason) => vec![DecodedMember::none(context.line(Status::Failed, reason))],
    };
    let mut decoded = Decoded {
        lines: Vec::new(),
        found: Vec::new(),
        exports: BTreeSet::new(),
        location: match &file.path {
            Some(path) => Location::File(path.clone()),
            None => Location::StandardInput,
        },
    };
    for member in results {
        decoded.lines.push(member.line);
        decoded.found.extend(member.runs);
        decoded.exports.extend(member.export);
    }
    decoded
}

/// Reads a regular file, or says why not.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    let failed = |error: std::io::Error| format!("cannot be read: {error}; check its permissions");
    let mut file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.len() > LARGEST_FILE_BYTES {
        return Err(format!(
            "expected at most {LARGEST_FILE_BYTES} bytes, found {}; split the archive",
            metadata.len()
        ));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    file.read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Unpacks some bytes and works on the members in parallel, batch by batch, results in order.
pub(super) fn members<T: Send>(bytes: Vec<u8>, work: &(dyn Fn(Member) -> T + Sync)) -> Vec<T> {
    let (mut results, mut batch, mut batch_bytes) = (Vec::new(), Vec::new(), 0);
    archive::unpack(bytes, &mut |member| {
        batch_bytes += member.bytes.as_ref().map_or(0, Vec::len);
        batch.push(member);
        if batch_bytes >= BATCH_BYTES {
            results.par_extend_ordered(std::mem::take(&mut batch), work);
            batch_bytes = 0;
        }
    });
    results.par_extend_ordered(batch, work);
    results
}

trait ParExtendOrdered<T> {
    fn par_extend_ordered(&mut self, batch: Vec<Member>, work: &(dyn Fn(Member) -> T + Sync));
}

impl<T: Send> ParExtendOrdered<T> for Vec<T> {
    fn par_extend_ordered(&mut self, batch: Vec<Member>, work: &(dyn Fn(Member) -> T + Sync)) {
        let worked: Vec<T> = batch.into_par_iter().map(work).collect();
        self.extend(worked);
    }
}

/// Decodes one member; a defect of hardeasy costs that member, not the batch.
fn guarded(member: Member, context: &Context<'_>) -> DecodedMember {
    let path = member.path.clone();
    let mut decoded = catch_unwind(AssertUnwindSafe(|| decode_member(member, context))).unwrap_or_else(|_| {
        let reason = "internal error in hardeasy; the other files are not affected; please report it with this file";
        DecodedMember::none(context.line(Status::Failed, reason))
    });
    decoded.line.member = path;
    decoded
}

fn decode_member(member: Member, context: &Context<'_>) -> DecodedMember {
    let bytes = match member.bytes {
        Ok(bytes) => bytes,
        Err(error) => return DecodedMember::none(error_line(&error, context)),
    };
    let format = match ingest::detect(&bytes) {
        Content::Export(format) => format,
        Content::Sessions => return stored::sessions(&bytes, context),
        content => {
            let name = member.path.as_deref().unwrap_or(&context.file.shown);
            return DecodedMember::none(unrecognised(&content, name, context));
        }
    };
    let mut activities = match ingest::read(&bytes, format, context.options.strictness) {
        Ok(activities) => activities,
        Err(error) => return DecodedMember::none(error_line(&error, context)),
    };
    let mut line = context.line(Status::Ok, "");
    line.reason = None;
    line.activities = activities.len();
    line.warnings = member.warnings;
    let sha256 = content_hash(&bytes);
    let several = activities.len() > 1;
    let runs: Vec<RunSummary> = activities
        .iter_mut()
        .enumerate()
        .map(|(index, activity)| {
            let shown = several.then(|| format!("#{}", index + 1));
            let member = match (&member.path, shown) {
                (Some(path), Some(shown)) => Some(format!("{path}{shown}")),
                (path, shown) => path.clone().or(shown),
            };
            let mut source = Source {
                path: context.file.shown.clone(),
                member,
                number: None,
                format: Some(format),
                sha256: sha256.clone(),
                bytes: bytes.len() as u64,
                device: activity.device.clone(),
            };
            // A file with one activity says so too where its name alone would tell another number.
            if source.number_in_member().is_some() {
                source.number = NonZeroUsize::new(index + 1);
            }
            summarise(activity, source, context)
        })
        .collect();
    let warnings = runs.iter().flat_map(|run| run.warnings.clone());
    line.warnings.extend(warnings);
    line.status = status(&line);
    DecodedMember {
        line,
        runs,
        export: Some(sha256),
    }
}

fn summarise(activity: &mut Activity, source: Source, context: &Context<'_>) -> RunSummary {
    let changes = context.changes(&source.sha256, activity.sport);
    let unchanged = changes.apply(activity);
    let edits = context.marked(&source.sha256);
    let said = segmentation::said_by(edits.iter().map(|e| (e.kind, e.start_s, e.end_s)));
    let streams = streams::resample_marked(activity, &said);
    let (segmentation, warnings) = segmentation_of(activity, &streams, context.options, &edits);
    let origin = Origin {
        athlete: context.file.athlete.clone(),
        source,
        time_zone: context.time_zone,
        changes,
    };
    let mut run = summary::summarise(activity, &streams, segmentation, origin);
    run.warnings.extend(unchanged);
    run.warnings.extend(warnings);
    run.warnings.extend(guess(&run));
    run
}

/// Says that the sport is a guess.
fn guess(run: &RunSummary) -> Option<Warning> {
    let sport = run.head.sport;
    (run.head.sport_from == SportFrom::Guess && sport != Sport::Unknown).then(|| {
        let text = format!(
            "the file names no sport; taken for {} by speed, cadence and heart rate; \
             `hardeasy correct FILE --sport` puts it right",
            sport.words()
        );
        Warning::new(WarningCode::SportGuess, text)
    })
}

/// Cuts runs into segments, as the user marked them where that is so; other activities have none.
fn segmentation_of(
    activity: &Activity,
    streams: &Streams,
    options: &Options,
    edits: &[SegmentEdit],
) -> (Segmentation, Vec<Warning>) {
    match summary::sport(activity, streams) {
        Sport::Running => {
            let found = segmentation::segment(streams, options.laps);
            segmentation::edit(streams, found, edits)
        }
        _ if edits.is_empty() => Default::default(),
        _ => {
            let text = "marked segments were left out: the activity is not a run";
            let warning = Warning::new(WarningCode::CorrectionSegment, text);
            (Segmentation::default(), vec![warning])
        }
    }
}

fn error_line(error: &ingest::Error, context: &Context<'_>) -> FileLine {
    let status = if error.is_skip() {
        Status::Skipped
    } else {
        Status::Failed
    };
    context.line(
        status,
        if error.is_skip() {
            error.kind.to_string()
        } else {
            error.to_string()
        },
    )
}

/// Returns the ending by which a name, in lower case, claims that the file is an export. What is packed
/// claims what it would unpacked: `x.json.gz` is as little an export as `x.json`.
fn claimed(lower: &str) -> Option<&'static str> {
    /// The ending of one packed file.
    const PACKED: &str = ".gz";
    let inner = lower.strip_suffix(PACKED);
    let inner = inner.filter(|inner| Path::new(inner).extension().is_some_and(is_word));
    let name = inner.unwrap_or(lower);
    let mut endings = CLAIMING_ENDINGS.into_iter();
    endings.find(|ending| name.ends_with(ending))
}

/// Returns whether the ending of a name is one of a format; a day or a number is none.
fn is_word(extension: &std::ffi::OsStr) -> bool {
    let letters = extension.to_str().unwrap_or_default();
    letters.chars().all(char::is_alphanumeric) && letters.contains(char::is_alphabetic)
}

fn unrecognised(content: &Content, name: &str, context: &Context<'_>) -> FileLine {
    let lower = name.to_ascii_lowercase();
    match (content, claimed(&lower)) {
        (Content::Other(found), Some(ending)) => {
            let reason = format!(
                "file: expected what the name claims ({ending}), found {found}; export the activity again"
            );
            context.line(Status::Failed, reason)
        }
        (Content::Other(found), None) | (Content::System(found), _) => {
            context.line(Status::Skipped, *found)
        }
        (_, Some(_)) => error_line(&ingest::Error::file(ingest::ErrorKind::Empty), context),
        (_, None) => context.line(Status::Skipped, "empty"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_claims_what_it_would_unpacked() {
        assert_eq!(claimed("a.fit"), Some(".fit"));
        assert_eq!(claimed("a.gpx.gz"), Some(".gpx"));
        for name in ["a.gz", "2026.05.01.gz", ".gz"] {
            assert_eq!(claimed(name), Some(".gz"), "{name}");
        }
        for name in ["cache.json.gz", "wellness.csv.gz", "a.json", "notes"] {
            assert_eq!(claimed(name), None, "{name}");
        }
    }
}

//! Takes files through all per-file stages, in parallel.

mod cloud;
mod member;
mod packed;
pub(super) mod stored;
mod summarised;
mod told;
mod workouts;

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;

use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;

use super::FileLine;
use super::Status;
use super::clean_names::Masked;
use super::companions::EntryId;
use super::companions::Question;
use super::content_hash;
use super::health::HealthExport;
use super::outcome::Location;
use super::walk::FileToRead;
use crate::ingest;
use crate::ingest::Content;
use crate::ingest::archive::MAX_FILE_BYTES;
use crate::ingest::archive::Member;
use crate::ingest::platforms;
use crate::summary::PackedRun;
use crate::summary::RunSummary;
use crate::summary::Source;
pub(super) use member::Context;
use member::DecodedMember;
pub(super) use member::status;
pub(super) use packed::Packed;
pub(super) use told::unrecorded;

/// Members of an archive are taken in batches of at most this many bytes, so that they can be
/// worked on in parallel within bounded memory.
///
/// # Units
/// Bytes.
const BATCH_BYTES: usize = 16 << 20;
/// Endings by which a name claims that the file is an export; such a file with other content has
/// failed, any other is skipped.
const CLAIMING_ENDINGS: [&str; 5] = [".fit", ".gpx", ".tcx", ".gz", ".zip"];

/// What one file yields.
#[derive(Debug)]
pub(super) struct Decoded {
    /// Its account: one line, or one per member of an archive.
    pub lines: Vec<FileLine>,
    /// The runs found.
    pub found: Vec<PackedRun>,
    /// The SHA-256 of each export in it, each once; stored documents are none, they have no streams.
    pub exports: Vec<String>,
    /// What a platform's export told of them.
    pub told: BTreeSet<EntryId>,
    /// How that was asked.
    pub questions: Vec<Question>,
    /// Whether nothing else takes part but what the user and platforms say of the activities.
    pub stands_alone: bool,
    /// Where it is.
    pub location: Location,
}

/// Decodes one file.
pub(super) fn decode(file: &FileToRead, context: &Context<'_>) -> Decoded {
    let exports: Vec<&HealthExport> = context.health.of(file).collect();
    let without = exports.iter().filter_map(|one| one.member.as_deref());
    let without: Vec<&str> = without.collect();
    let source = match (&file.bytes, &file.path) {
        (Some(bytes), _) => Packed::Bytes(bytes.clone()),
        (None, Some(path)) => Packed::File(path, &without),
        (None, None) => Packed::Bytes(Vec::new()),
    };
    // A file that is an export itself holds nothing else.
    let is_export = exports.iter().any(|one| one.member.is_none());
    let others = if is_export {
        Ok(Vec::new())
    } else if let Some(lines) = file.path.as_deref().and_then(stored::open) {
        Ok(vec![apart(context, || stored::sessions(lines, context))])
    } else {
        members(source, &|member| guarded(member, context))
    };
    let failed = |reason| vec![DecodedMember::none(not_read(file, context, reason))];
    let mut results = others.unwrap_or_else(failed);
    for export in exports {
        results.extend(workouts::workouts(export, context));
    }
    let mut decoded = Decoded {
        lines: Vec::new(),
        found: Vec::new(),
        exports: Vec::new(),
        told: BTreeSet::new(),
        questions: Vec::new(),
        stands_alone: true,
        location: match &file.path {
            Some(path) => Location::File(path.clone()),
            None => Location::StandardInput,
        },
    };
    let mut names = Masked::new(context.options.full_names);
    for mut member in results {
        member.mask(&mut names);
        decoded.lines.push(member.line);
        decoded.found.extend(member.runs);
        decoded.exports.extend(member.export);
        decoded.told.extend(member.told);
        decoded.questions.extend(member.questions);
        decoded.stands_alone &= member.stands_alone;
    }
    decoded.exports.sort();
    decoded.exports.dedup();
    decoded
}

/// Returns the line of a file that cannot be read. A film among the exports is larger than any of them and claims
/// to be none.
fn not_read(file: &FileToRead, context: &Context<'_>, reason: String) -> FileLine {
    let found = file.path.as_deref().and_then(|path| path.metadata().ok());
    let is_large = found.is_some_and(|found| found.len() > MAX_FILE_BYTES as u64);
    match claimed(&file.shown.to_ascii_lowercase()) {
        None if is_large => context.line(Status::Skipped, "larger than an activity can be"),
        _ => context.line(Status::Failed, reason),
    }
}

/// Unpacks some bytes and works on the members in parallel, batch by batch, results in order; or says why
/// the file cannot be read.
pub(super) fn members<T: Send>(
    packed: Packed<'_>,
    work: &(dyn Fn(Member) -> T + Sync),
) -> Result<Vec<T>, String> {
    let (mut results, mut batch, mut batch_bytes) = (Vec::new(), Vec::new(), 0);
    packed.unpack(&mut |member| {
        batch_bytes += member.bytes.as_ref().map_or(0, Vec::len);
        batch.push(member);
        if batch_bytes >= BATCH_BYTES {
            results.par_extend_ordered(std::mem::take(&mut batch), work);
            batch_bytes = 0;
        }
    })?;
    results.par_extend_ordered(batch, work);
    Ok(results)
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
    let mut decoded = apart(context, || decode_member(member, context));
    decoded.line.member = path;
    decoded
}

fn apart(context: &Context<'_>, decode: impl FnOnce() -> DecodedMember) -> DecodedMember {
    catch_unwind(AssertUnwindSafe(decode)).unwrap_or_else(|_| {
        let reason = "internal error in hardeasy; the other files are not affected; please report it with this file";
        DecodedMember::none(context.line(Status::Failed, reason))
    })
}

fn decode_member(member: Member, context: &Context<'_>) -> DecodedMember {
    let bytes = match member.bytes {
        Ok(bytes) => bytes,
        Err(error) => return DecodedMember::none(context.error_line(&error)),
    };
    let own = context.file.path.as_deref();
    if let Some(workout) = context.health.workout_of(own, member.path.as_deref()) {
        let reason = format!("the route of the workout of {workout}, read with it");
        return DecodedMember::none(context.line(Status::Skipped, reason));
    }
    if context.companion(member.path.as_deref()).is_some() {
        // Read before; what it holds besides is added when it is known what has a recording.
        return DecodedMember::none(context.read_line());
    }
    let format = match ingest::detect(&bytes) {
        Content::Export(format) => format,
        Content::Sessions => return stored::sessions(&bytes[..], context),
        content => {
            let name = member.path.as_deref().unwrap_or(&context.file.shown);
            let line = match platforms::fault(name, &bytes) {
                Some(reason) => context.line(Status::Failed, format!("file: {reason}")),
                None => unrecognised(&content, name, context),
            };
            return DecodedMember::none(line);
        }
    };
    let mut activities = match ingest::read(&bytes, format, context.options.strictness) {
        Ok(activities) => activities,
        Err(error) => return DecodedMember::none(context.error_line(&error)),
    };
    let mut line = context.read_line();
    line.activities = activities.len();
    line.warnings = member.warnings;
    let path = member.path.as_deref();
    let asked = activities
        .iter()
        .map(|activity| Question::about(activity, path));
    let questions = asked.collect();
    let told = told::tell(&mut activities, path, context);
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
            summarised::summarised(activity, source, context)
        })
        .collect();
    let warnings = runs.iter().flat_map(|run| run.warnings.clone());
    line.warnings.extend(warnings);
    line.status = status(&line);
    let runs = runs.into_iter().map(|run| context.keep(run)).collect();
    DecodedMember {
        line,
        runs,
        export: Some(sha256),
        told,
        questions,
        stands_alone: true,
    }
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
    if let Some(inner) = cloud::stands_for(&lower) {
        let status = claimed(inner).map_or(Status::Skipped, |_| Status::Failed);
        return context.line(status, "lies in iCloud alone; download it first");
    }
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
        (_, Some(_)) => context.error_line(&ingest::Error::file(ingest::ErrorKind::Empty)),
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

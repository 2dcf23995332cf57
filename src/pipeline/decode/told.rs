//! What the exports of platforms tell: added to recordings, or all that there is of an activity.

use std::num::NonZeroUsize;
use std::sync::atomic::AtomicUsize;

use super::member::Context;
use super::summarised::summarised;
use crate::ingest::Activity;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::pipeline::Options;
use crate::pipeline::companions::Companions;
use crate::pipeline::companions::EntryId;
use crate::pipeline::companions::Unrecorded;
use crate::pipeline::content_hash;
use crate::pipeline::health::Health;
use crate::pipeline::settings_files::Said;
use crate::pipeline::walk::FileToRead;
use crate::summary::RunSummary;
use crate::summary::Source;

/// Adds what a platform's export tells of the activities of a file. Of several in one file it may be about
/// any, or about all of them.
pub(super) fn tell(
    activities: &mut [Activity],
    member: Option<&str>,
    context: &Context<'_>,
) -> Vec<EntryId> {
    let path = context.path_of(member);
    let tell_each = |companions: &Companions| -> Vec<EntryId> {
        let each = activities.iter_mut();
        each.flat_map(|activity| companions.tell(&path, activity).to_vec())
            .collect()
    };
    context.companions.map_or_else(Vec::new, tell_each)
}

/// Returns the activity of an entry that has no recording, with the line that says why where it named one.
pub(in crate::pipeline) fn unrecorded(
    one: &Unrecorded<'_>,
    of: (&FileToRead, &Options, Option<&Said>),
) -> Option<RunSummary> {
    let (health, found) = (Health::default(), AtomicUsize::new(0));
    let context = Context::new(of.0, of.1, of.2, (None, &health, &found));
    let mut activity = one.entry.activity()?;
    if let Some(file) = &one.entry.file {
        let text = format!(
            "{file} is missing or could not be read; all that is known are the totals of {}",
            one.entry.place
        );
        activity
            .warnings
            .push(Warning::new(WarningCode::PlatformTotals, text));
    }
    let identity = format!(
        "{:?} {:?} {:?}",
        activity.start, activity.totals, one.entry.file
    );
    let source = Source {
        path: of.0.shown.clone(),
        member: Some(one.member()),
        number: NonZeroUsize::new(one.number),
        format: None,
        sha256: content_hash(identity.as_bytes()),
        bytes: 0,
        device: None,
    };
    Some(summarised(&mut activity, source, &context))
}

//! The workouts of an export of Apple Health, each as a member of its file.

use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;

use super::member::Context;
use super::member::DecodedMember;
use super::member::status;
use super::summarised::summarised;
use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Format;
use crate::ingest::Strictness;
use crate::ingest::Warning;
use crate::pipeline::Status;
use crate::pipeline::health::HealthExport;
use crate::summary::Source;

/// Takes the workouts of an export through all per-file stages, in parallel, results in order. What is odd
/// about the export as a whole is told with its last workout.
pub(super) fn workouts(export: &HealthExport, context: &Context<'_>) -> Vec<DecodedMember> {
    let warnings = match &export.export {
        Ok(export) => export.warnings(),
        Err(error) => {
            let mut none = DecodedMember::none(context.error_line(error));
            none.line.member.clone_from(&export.member);
            return vec![none];
        }
    };
    let indices = (0..export.len()).into_par_iter();
    let mut members: Vec<DecodedMember> = indices
        .map(|index| {
            let decoded = catch_unwind(AssertUnwindSafe(|| workout(export, index, context)));
            let mut member = decoded.unwrap_or_else(|_| {
                let reason = "internal error in hardeasy; the other workouts are not affected; please report it";
                DecodedMember::none(context.line(Status::Failed, reason))
            });
            member.line.member = Some(export.name(index));
            member
        })
        .collect();
    if let Some(last) = members.last_mut().filter(|_| !warnings.is_empty()) {
        last.line.warnings.extend(warnings);
        if last.line.status != Status::Failed {
            last.line.status = status(&last.line);
        }
    }
    members
}

fn workout(export: &HealthExport, index: usize, context: &Context<'_>) -> DecodedMember {
    let Some(mut activity) = export.activity(index) else {
        return DecodedMember::none(context.line(Status::Failed, "cannot be read again"));
    };
    let lost = activity
        .warnings
        .iter()
        .find(|warning| Warning::loses_data(warning));
    if let (Strictness::Strict, Some(lost)) = (context.options.strictness, lost) {
        let error = Error::file(ErrorKind::Strict(lost.text.clone()));
        return DecodedMember::none(context.error_line(&error));
    }
    let sha256 = export.sha256(index);
    let source = Source {
        path: context.file.shown.clone(),
        member: Some(export.name(index)),
        number: None,
        format: Some(Format::AppleHealth),
        sha256: sha256.clone(),
        bytes: 0,
        device: activity.device.clone(),
    };
    let run = summarised(&mut activity, source, context);
    let mut line = context.read_line();
    line.activities = 1;
    line.warnings.clone_from(&run.warnings);
    line.status = status(&line);
    DecodedMember {
        line,
        runs: vec![context.keep(run)],
        export: Some(sha256),
        told: Vec::new(),
        questions: Vec::new(),
        stands_alone: false,
    }
}

//! One activity through all stages.

use super::member::Context;
use crate::ingest::Activity;
use crate::ingest::Sport;
use crate::ingest::SportFrom;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::platforms::Remarks;
use crate::pipeline::Options;
use crate::pipeline::clean_names::without_addresses;
use crate::segmentation;
use crate::segmentation::SegmentEdit;
use crate::segmentation::Segmentation;
use crate::streams;
use crate::streams::Streams;
use crate::summary;
use crate::summary::Origin;
use crate::summary::RunSummary;
use crate::summary::Source;

/// Returns the summary of an activity as the user wants it.
pub(super) fn summarised(
    activity: &mut Activity,
    source: Source,
    context: &Context<'_>,
) -> RunSummary {
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
    if !context.options.full_names {
        mask(&mut run);
    }
    run
}

/// Masks addresses wherever a file or a platform can have put one.
fn mask(run: &mut RunSummary) {
    let head = &mut run.head;
    let texts = [&mut head.name, &mut head.sub_sport, &mut head.source.device];
    let mut texts: Vec<&mut String> = texts.into_iter().flatten().collect();
    if !head.remarks.is_empty() {
        let remarks: &mut Remarks = &mut head.remarks;
        let written = [
            &mut remarks.description,
            &mut remarks.private_note,
            &mut remarks.gear,
            &mut remarks.training_effect,
        ];
        texts.extend(written.into_iter().flatten());
    }
    let warnings = run.warnings.iter_mut().map(|warning| &mut warning.text);
    for text in texts.into_iter().chain(warnings) {
        if text.contains('@') {
            *text = without_addresses(text);
        }
    }
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

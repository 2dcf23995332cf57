//! What the review does not rest on: activities without a day, excluded ones, runs without a kind.

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::list_days;
use crate::units::plural;
use crate::vocabulary::SessionKind;

const NO_DAY: Idea = Idea {
    id: "sessions_without_day",
    grade: Grade::Measured,
    source: "counted",
};
const FAR_AWAY: Idea = Idea {
    id: "sessions_far_away",
    grade: Grade::Measured,
    source: "more than 25 years from all other activities, a few of many more than 15 years",
};
const EXCLUDED: Idea = Idea {
    id: "sessions_excluded",
    grade: Grade::Measured,
    source: "counted",
};
const EMPTY: Idea = Idea {
    id: "block_empty",
    grade: Grade::Measured,
    source: "counted",
};
const UNDECIDED: Idea = Idea {
    id: "sessions_undecided",
    grade: Grade::Measured,
    source: "counted",
};

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let block = context.block;
    let mut findings = Vec::new();
    if !block.undated.is_empty() {
        let activities = activities(block.undated.len());
        let text = format!("{activities} left out: no date is known.");
        let mut finding = NO_DAY
            .says(Tone::Fact, text)
            .count("activities", block.undated.len());
        finding.sessions.clone_from(&block.undated);
        findings.push(finding);
    }
    findings.extend(far_away(context));
    if block.excluded > 0 {
        let activities = activities(block.excluded);
        let text = format!(
            "{activities} left out: excluded in the corrections file, or recorded by a second device too."
        );
        let finding = EXCLUDED.says(Tone::Fact, text);
        findings.push(finding.count("activities", block.excluded));
    }
    findings.extend(empty(context));
    findings.extend(undecided(context));
    findings
}

/// Returns the finding about activities whose date cannot be right.
fn far_away(context: &Context<'_>) -> Option<Finding> {
    let far_away = &context.block.far_away;
    let first = far_away.first()?;
    let text = format!(
        "{} left out: dated {}, too far from all others to be right. A watch that lost its clock writes \
         such dates; mend the date and read the file again.",
        activities(far_away.len()),
        first.day.format("%-d %b %Y")
    );
    let finding = FAR_AWAY.says(Tone::Look, text);
    Some(finding.count("activities", far_away.len()).on(far_away))
}

/// Returns the finding that nothing lies in the block, with the days that were recorded.
fn empty(context: &Context<'_>) -> Option<Finding> {
    let known = context.block.known?;
    context.block.entries.is_empty().then(|| {
        let text = format!(
            "No activity lies in the block; the activities are from {} to {}.",
            known.from, known.to
        );
        EMPTY.says(Tone::Fact, text)
    })
}

/// Returns the finding about runs whose kind cannot be told.
fn undecided(context: &Context<'_>) -> Option<Finding> {
    let undecided: Vec<&Entry<'_>> = context
        .block
        .runs()
        .filter(|run| run.session.kind == SessionKind::Undecided)
        .collect();
    if undecided.is_empty() {
        return None;
    }
    let text = format!(
        "{} could not be told apart and counted as easy: {}.",
        plural(undecided.len(), "run"),
        list_days(undecided.iter().copied())
    );
    let finding = UNDECIDED.says(Tone::Fact, text);
    Some(finding.count("runs", undecided.len()).on(undecided))
}

/// Returns "1 activity was" or "3 activities were".
fn activities(count: usize) -> String {
    if count == 1 {
        "1 activity was".to_owned()
    } else {
        format!("{count} activities were")
    }
}

//! What the weeks look like: base, build, peak, taper, recovery, break.

use crate::review::Finding;
use crate::review::Grade;
use crate::review::PhaseSpan;
use crate::review::Tone;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::show_day;
use crate::review::findings::words::show_hours;
use crate::review::numbers::as_f64;
use crate::units::plural;

const IDEA: Idea = Idea {
    id: "phases",
    grade: Grade::CoachingConvention,
    source: "weekly volume, its slope over six weeks, fast running and races against the runner's own \
             last half year; the limits are conventions",
};

/// Less fast running in a week is not spoken of.
///
/// # Units
/// Minutes at 0.92 of critical speed and more.
const LEAST_FAST_MINUTES: f64 = 1.0;
/// The most phases that a sentence lists; the last ones count.
const MOST_LISTED: usize = 4;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let spans = &context.phases.spans;
    if spans.is_empty() {
        let reason = context.phases.reason.as_deref();
        let text = format!(
            "Phases: not evaluated; {}.",
            reason.unwrap_or("needs a whole week in the block, found none")
        );
        return vec![IDEA.says(Tone::NotEvaluated, text)];
    }
    let listed = &spans[spans.len().saturating_sub(MOST_LISTED)..];
    let words: Vec<String> = listed.iter().map(words).collect();
    let earlier = match spans.len() - listed.len() {
        0 => String::new(),
        more => format!(" (and {more} before)"),
    };
    let mut finding = IDEA.says(
        Tone::Fact,
        format!("The block looks like {}{earlier}.", words.join(", then ")),
    );
    for span in spans {
        finding = finding.number(span.phase.word(), as_f64(span.weeks), "weeks");
    }
    vec![finding.on(context.block.runs())]
}

/// Returns a phase in words, as in "build (5 weeks from 3 May, 4.2 h a week, 35 min of it fast; likely, or
/// base)".
fn words(span: &PhaseSpan) -> String {
    let when = format!(
        "{} from {}",
        plural(span.weeks, "week"),
        show_day(span.first)
    );
    if span.weeks_without_runs == span.weeks {
        return format!("{} ({when}, no run)", span.phase.word());
    }
    let sure = span.certainty();
    let or = match span.runner_up {
        Some(other) => format!(", or {}", other.word()),
        None => String::new(),
    };
    let fast = match span.hard_minutes_per_week {
        none if none < LEAST_FAST_MINUTES => String::new(),
        minutes => format!(", {minutes:.0} min of it fast"),
    };
    let empty = match span.weeks_without_runs {
        0 => String::new(),
        count => format!(", {count} of them without a run"),
    };
    format!(
        "{} ({when}{empty}, {} a week{fast}; {sure}{or})",
        span.phase.word(),
        show_hours(span.hours_per_week),
    )
}

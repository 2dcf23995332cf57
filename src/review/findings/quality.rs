//! Idea 1: which runs were quality sessions, and how many a week.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::share;
use crate::review::findings::words::show_count;
use crate::review::numbers::as_f64;
use crate::statistics::median;
use crate::units::plural;
use crate::vocabulary::SessionKind;

const IDEA: Idea = Idea {
    id: "quality_sessions",
    grade: Grade::CoachingConvention,
    source: "about two quality sessions a week is the usual number for newer runners",
};

/// Whole weeks from which on a usual week is spoken of.
const LEAST_WEEKS: usize = 2;
/// The usual number of quality sessions a week.
///
/// # Units
/// Sessions per week. Coaching convention.
const USUAL_PER_WEEK: f64 = 2.0;
/// Half a session more or less is still the usual number: a median of counts has steps of a half.
const TOLERANCE_PER_WEEK: f64 = 0.5;
/// Weekly distance below which more than the usual number is worth a look.
///
/// # Units
/// Metres. Coaching convention.
const LOW_VOLUME_M: f64 = 25_000.0;
/// Quality sessions from which on their place in the week is spoken of.
const LEAST_FOR_WEEKDAYS: usize = 4;
/// Share of the sessions on two days of the week from which on they have a place.
const MOSTLY: f64 = 0.7;
/// The days of the week, Monday first.
const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let weeks = context.whole_weeks();
    let counts: Vec<f64> = weeks.iter().map(|w| as_f64(w.quality_sessions)).collect();
    let (Some(usual), true) = (median(counts.iter().copied()), weeks.len() >= LEAST_WEEKS) else {
        let found = plural(weeks.len(), "whole week");
        return IDEA.not_evaluated("Quality sessions a week", "2 whole weeks", &found);
    };
    let low = counts.iter().copied().fold(f64::INFINITY, f64::min);
    let high = counts.iter().copied().fold(0.0, f64::max);
    let measured = weeks.iter().filter(|week| week.measured_runs == week.runs);
    let usual_distance_m = median(measured.filter_map(|week| week.distance_m));
    let is_low_volume = usual_distance_m.is_some_and(|metres| metres < LOW_VOLUME_M);
    let many = usual > USUAL_PER_WEEK && is_low_volume;
    let near_usual = (usual - USUAL_PER_WEEK).abs() <= TOLERANCE_PER_WEEK;
    let tone = match () {
        () if many => Tone::Look,
        () if near_usual => Tone::Good,
        () => Tone::Fact,
    };
    let text = format!(
        "The usual week held {} quality session{} ({} to {} over {}){}{}.",
        show_count(usual),
        if (usual - 1.0).abs() < f64::EPSILON {
            ""
        } else {
            "s"
        },
        show_count(low),
        show_count(high),
        plural(weeks.len(), "whole week"),
        kinds(context),
        weekdays(context)
    );
    vec![
        IDEA.says(tone, text)
            .number("usual week", usual, "sessions")
            .number("least", low, "sessions")
            .number("most", high, "sessions")
            .count("whole weeks", weeks.len())
            .on(context.block.runs().filter(|run| run.is_quality())),
    ]
}

/// Returns the days of the week that hold most of the sessions, as in "; mostly on Tuesday and
/// Saturday".
fn weekdays(context: &Context<'_>) -> String {
    let mut counts = [0usize; 7];
    for run in context.block.runs().filter(|run| run.is_quality()) {
        let index = usize::try_from(run.day.weekday().num_days_from_monday());
        counts[index.unwrap_or_default()] += 1;
    }
    let all: usize = counts.iter().sum();
    let mut order: Vec<usize> = (0..7).collect();
    order.sort_by_key(|&index| (std::cmp::Reverse(counts[index]), index));
    let on_two: usize = order[..2].iter().map(|&index| counts[index]).sum();
    if all < LEAST_FOR_WEEKDAYS || share(on_two, all) < MOSTLY {
        return String::new();
    }
    let mut days: Vec<usize> = order[..2].to_vec();
    days.retain(|&index| counts[index] > 0);
    days.sort_unstable();
    let names: Vec<&str> = days.iter().map(|&index| WEEKDAYS[index]).collect();
    format!("; mostly on {}", names.join(" and "))
}

/// Returns what the sessions were, as in "; 9 intervals, 6 tempo, 8 long".
fn kinds(context: &Context<'_>) -> String {
    let mut by_kind = BTreeMap::new();
    for run in context.block.runs().filter(|run| run.is_quality()) {
        *by_kind.entry(run.session.kind).or_insert(0usize) += 1;
    }
    let mut counted: Vec<_> = by_kind.into_iter().collect();
    counted.sort_by_key(|&(kind, count)| (std::cmp::Reverse(count), kind));
    let words: Vec<String> = counted
        .iter()
        .map(|(kind, count)| format!("{count} {}", noun(*kind, *count)))
        .collect();
    if words.is_empty() {
        String::new()
    } else {
        format!("; in all {}", words.join(", "))
    }
}

/// Returns a kind as a noun for so many of it, as in "tempo runs".
fn noun(kind: SessionKind, count: usize) -> &'static str {
    use SessionKind::*;
    match (kind, count) {
        (Intervals, _) => "of intervals",
        (Repetitions, _) => "of repetitions",
        (Hills, _) => "of hills",
        (Fartlek, _) => "of fartlek",
        (Tempo, 1) => "tempo run",
        (Tempo, _) => "tempo runs",
        (Progression, 1) => "progression",
        (Progression, _) => "progressions",
        (Long, 1) => "long run",
        (Long, _) => "long runs",
        (Race, 1) => "race",
        (Race, _) => "races",
        (other, _) => other.words(),
    }
}

//! Idea 10: pacing, how long runs end, and the same workout done before.

use super::Context;
use super::Idea;
use super::list_days;
use super::plural;
use super::share;
use super::show_day;
use crate::classification::SplitWord;
use crate::review::Comparable;
use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::statistics::median;

const SPLITS: Idea = Idea {
    id: "splits",
    grade: Grade::Measured,
    source: "effort speed of the second half against the first, by moving time; 3 % make a split",
};
const LAST_THIRD: Idea = Idea {
    id: "last_third",
    grade: Grade::CoachingConvention,
    source: "effort speed for each heartbeat in the last third against the third before (after Smyth \
             2022 and Maunder 2021); 5 % is a coaching limit, and heat raises heart rate too",
};
const SAME_WORKOUT: Idea = Idea {
    id: "same_workout",
    grade: Grade::Measured,
    source: "workouts of the same structure side by side; course and weather differ",
};

/// Runs with a split from which on a habit is spoken of.
const LEAST_SPLITS: usize = 4;
/// Share of positive splits from which on it is worth a look, and up to which it went well.
const POSITIVE_SHARES: (f64, f64) = (0.5, 0.15);
/// Long runs from which on their ends are spoken of.
const LEAST_LONG: usize = 2;
/// A change of efficiency beyond this is worth a look.
///
/// # Units
/// Percent. Coaching convention (Friel, for drift).
const LOOK_EFFICIENCY_PCT: f64 = -5.0;
/// How much the findings matter when worth a look, and otherwise.
const SPLIT_WEIGHTS: (f64, f64) = (40.0, 17.0);
const LAST_THIRD_WEIGHTS: (f64, f64) = (44.0, 21.0);
/// How much a repeated workout matters.
const SAME_WORKOUT_WEIGHT: f64 = 47.0;
/// The most repeated workouts that are spoken of.
const MOST_REPEATED: usize = 2;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    [
        splits(context),
        last_thirds(context),
        same_workouts(context),
    ]
    .concat()
}

fn splits(context: &Context<'_>) -> Vec<Finding> {
    let runs: Vec<(&Entry<'_>, SplitWord)> = context
        .block
        .runs()
        .filter_map(|run| Some((run, run.session.split.as_ref()?.word)))
        .collect();
    if runs.len() < LEAST_SPLITS {
        let needs = format!("{LEAST_SPLITS} runs without efforts and with a speed");
        return SPLITS.not_evaluated("Splits", &needs, &runs.len().to_string());
    }
    let of = |word: SplitWord| runs.iter().filter(move |(_, own)| *own == word);
    let [even, negative, positive] =
        [SplitWord::Even, SplitWord::Negative, SplitWord::Positive].map(|w| of(w).count());
    let (tone, weight) = match share(positive, runs.len()) {
        share if share >= POSITIVE_SHARES.0 => (Tone::Look, SPLIT_WEIGHTS.0),
        share if share <= POSITIVE_SHARES.1 => (Tone::Good, SPLIT_WEIGHTS.1),
        _ => (Tone::Fact, SPLIT_WEIGHTS.1),
    };
    let which = if positive == 0 {
        String::new()
    } else {
        format!(
            " ({})",
            list_days(of(SplitWord::Positive).map(|(run, _)| *run))
        )
    };
    let text = format!(
        "Of {} without efforts {even} were even, {negative} faster and {positive} slower in the second \
         half{which}.",
        plural(runs.len(), "run")
    );
    vec![
        SPLITS
            .says(tone, weight, text)
            .count("even", even)
            .count("negative", negative)
            .count("positive", positive)
            .count("runs", runs.len())
            .on(runs.iter().map(|(run, _)| *run)),
    ]
}

fn last_thirds(context: &Context<'_>) -> Vec<Finding> {
    let runs: Vec<(&Entry<'_>, f64)> = context
        .block
        .runs()
        .filter_map(|run| Some((run, run.session.durability.efficiency_change_pct?)))
        .collect();
    let usual = median(runs.iter().map(|(_, change)| *change));
    let (Some(usual), true) = (usual, runs.len() >= LEAST_LONG) else {
        let needs = format!("{LEAST_LONG} runs of an hour without efforts and with heart rate");
        return LAST_THIRD.not_evaluated("Ends of long runs", &needs, &runs.len().to_string());
    };
    let (tone, weight) = if usual <= LOOK_EFFICIENCY_PCT {
        (Tone::Look, LAST_THIRD_WEIGHTS.0)
    } else {
        (Tone::Fact, LAST_THIRD_WEIGHTS.1)
    };
    let worst = runs.iter().min_by(|a, b| a.1.total_cmp(&b.1));
    let worst = worst.map_or_else(String::new, |(run, change)| {
        format!(", most on {} ({change:+.0} %)", show_day(run.day))
    });
    let text = format!(
        "In the last third of {} of an hour or more speed for each heartbeat usually changed by \
         {usual:+.0} %{worst}.",
        plural(runs.len(), "run")
    );
    vec![
        LAST_THIRD
            .says(tone, weight, text)
            .number("middle", usual, "%")
            .count("runs", runs.len())
            .on(runs.iter().map(|(run, _)| *run)),
    ]
}

fn same_workouts(context: &Context<'_>) -> Vec<Finding> {
    let repeated: Vec<&Comparable> = context
        .comparable
        .iter()
        .filter(|workout| workout.change_pct.is_some())
        .take(MOST_REPEATED)
        .collect();
    if repeated.is_empty() {
        return SAME_WORKOUT.not_evaluated(
            "The same workout again",
            "one structure run twice within a year, the last time in the block",
            "none",
        );
    }
    repeated.into_iter().filter_map(same_workout).collect()
}

fn same_workout(workout: &Comparable) -> Option<Finding> {
    let [.., before, last] = workout.sessions.as_slice() else {
        return None;
    };
    let change = workout.change_pct?;
    let speed = if change < 0.0 { "slower" } else { "faster" };
    let beats = before.heart_rate_bpm.zip(last.heart_rate_bpm);
    let beats = beats.map_or_else(String::new, |(before, last)| {
        format!(", heart rate {:+.0} bpm", last - before)
    });
    let text = format!(
        "{} was run {}: on {} {:.1} % {speed} than on {}{beats}.",
        workout.name,
        times(workout.sessions.len()),
        show_day(last.day),
        change.abs(),
        show_day(before.day),
    );
    let mut finding = SAME_WORKOUT
        .says(Tone::Fact, SAME_WORKOUT_WEIGHT, text)
        .number("change of effort speed", change, "%")
        .count("times", workout.sessions.len());
    let ids = workout.sessions.iter();
    finding.sessions = ids.map(|session| session.id.clone()).collect();
    Some(finding)
}

fn times(count: usize) -> String {
    if count == 2 {
        "twice".to_owned()
    } else {
        format!("{count} times")
    }
}

//! Idea 10: pacing, how long runs end, and the same workout done before.

use crate::classification::SplitWord;
use crate::review::Comparable;
use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::list_days;
use crate::review::findings::words::share;
use crate::review::findings::words::show_change;
use crate::review::findings::words::show_day;
use crate::statistics::median;
use crate::units::plural;

const SPLITS: Idea = Idea {
    id: "splits",
    grade: Grade::Measured,
    source: "grade-adjusted pace of the second half against the first, by moving time; 3 % make a split",
};
const LAST_THIRD: Idea = Idea {
    id: "last_third",
    grade: Grade::CoachingConvention,
    source: "grade-adjusted pace for each heartbeat in the last third against the third before (after Smyth \
             2022 and Maunder 2021); 5 % is a coaching limit, and heat raises heart rate too",
};
const SAME_WORKOUT: Idea = Idea {
    id: "same_workout",
    grade: Grade::Measured,
    source: "workouts of the same structure side by side; course and weather differ",
};

/// Runs with a split from which on a habit is spoken of.
const LEAST_SPLITS: usize = 4;
/// Share of positive splits from which on it is worth a look.
const LOOK_POSITIVE_SHARE: f64 = 0.5;
/// Share of positive splits up to which it went well.
const GOOD_POSITIVE_SHARE: f64 = 0.15;
/// Long runs from which on their ends are spoken of.
const LEAST_LONG: usize = 2;
/// A change of efficiency beyond this is worth a look.
///
/// # Units
/// Percent. Coaching convention (Friel, for drift).
const LOOK_EFFICIENCY_PCT: f64 = -5.0;
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
    let tone = match share(positive, runs.len()) {
        share if share >= LOOK_POSITIVE_SHARE => Tone::Look,
        share if share <= GOOD_POSITIVE_SHARE => Tone::Good,
        _ => Tone::Fact,
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
            .says(tone, text)
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
        return LAST_THIRD.not_evaluated("Durability", &needs, &runs.len().to_string());
    };
    let tone = if usual <= LOOK_EFFICIENCY_PCT {
        Tone::Look
    } else {
        Tone::Fact
    };
    let worst = runs.iter().min_by(|a, b| a.1.total_cmp(&b.1));
    let worst = worst.map_or_else(String::new, |(run, change)| {
        format!(", most on {} ({})", show_day(run.day), show_change(*change))
    });
    let text = format!(
        "Durability: in the last third of {} of an hour or more, speed for each heartbeat usually changed by \
         {}{worst}.",
        plural(runs.len(), "run"),
        show_change(usual)
    );
    vec![
        LAST_THIRD
            .says(tone, text)
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
        .says(Tone::Fact, text)
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

//! Repetitions stay even.

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::share;
use crate::segmentation::Set;
use crate::units::plural;

const IDEA: Idea = Idea {
    id: "even_repetitions",
    grade: Grade::CoachingConvention,
    source: "repetitions that slow down were started faster than the session could be held",
};

/// Repetitions from which on the last third of a set says something.
const LEAST_REPS: usize = 3;
/// Sets from which on a habit is spoken of.
const LEAST_SETS: usize = 2;
/// Shorter repetitions are left out.
///
/// # Units
/// Seconds. Our choice: over half a minute a satellite pace is as uncertain as the fade.
const LEAST_REPETITION_S: f64 = 45.0;
/// A set counts as even when its last third is at most this much slower than its first.
///
/// # Units
/// Percent. Our choice, above the error of a satellite pace over a repetition.
const EVEN_FADE_PCT: f64 = 3.0;
/// Share of even sets from which on it went well.
const GOOD_SHARE: f64 = 0.75;
/// Share of even sets below which it is worth a look.
const LOOK_SHARE: f64 = 0.5;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let sets = rated_sets(context);
    if sets.len() < LEAST_SETS {
        return IDEA.not_evaluated(
            "Evenness of repetitions",
            "2 sets of at least 3 repetitions",
            &sets.len().to_string(),
        );
    }
    let even = sets
        .iter()
        .filter(|set| set.fade_pct <= EVEN_FADE_PCT)
        .count();
    let share = share(even, sets.len());
    let tone = match share {
        share if share >= GOOD_SHARE => Tone::Good,
        share if share < LOOK_SHARE => Tone::Look,
        _ => Tone::Fact,
    };
    let text = format!(
        "In {even} of {} the last third of the repetitions was at most {EVEN_FADE_PCT:.0} % slower \
         than the first third{}.",
        plural(sets.len(), "set"),
        largest_fade(&sets)
    );
    vec![
        IDEA.says(tone, text)
            .count("even sets", even)
            .count("sets", sets.len())
            .number("even share", share, "ratio")
            .on(sets.iter().map(|set| set.run)),
    ]
}

/// A set whose evenness is known.
struct RatedSet<'a> {
    run: &'a Entry<'a>,
    set: &'a Set,
    fade_pct: f64,
}

/// Returns the sets of quality sessions whose evenness is known.
fn rated_sets<'a>(context: &'a Context<'_>) -> Vec<RatedSet<'a>> {
    context
        .block
        .runs()
        .filter(|run| run.is_quality())
        .flat_map(|run| {
            let sets = run.session.sets.iter().zip(1..);
            sets.filter(|(_, number)| is_of_long_repetitions(run, *number))
                .map(move |(set, _)| (run, set))
        })
        .filter(|(_, set)| set.reps >= LEAST_REPS)
        .filter_map(|(run, set)| {
            let fade_pct = set.fade_pct?;
            Some(RatedSet { run, set, fade_pct })
        })
        .collect()
}

/// Returns whether the repetitions of a set are long enough for their pace to be told; a set whose
/// repetitions are not at hand counts.
fn is_of_long_repetitions(run: &Entry<'_>, number: usize) -> bool {
    let segments = run.session.segments.iter();
    let mut of_set = segments.filter(|segment| segment.set == Some(number));
    of_set.all(|segment| segment.elapsed_s() >= LEAST_REPETITION_S)
}

/// Returns where repetitions slowed down most, if beyond even.
fn largest_fade(sets: &[RatedSet<'_>]) -> String {
    let largest = sets.iter().max_by(|a, b| a.fade_pct.total_cmp(&b.fade_pct));
    match largest {
        Some(set) if set.fade_pct > EVEN_FADE_PCT => format!(
            "; the largest slowing was {:.0} % ({} on {})",
            set.fade_pct,
            set.set.name,
            crate::review::findings::words::show_day(set.run.day)
        ),
        _ => String::new(),
    }
}

//! The feature table: everything the gate looks at, each feature with its name, its unit, what it speaks
//! of and how it is read off a candidate. Nothing else knows their order.

use crate::segmentation::gate::chosen::InSet;
use crate::segmentation::gate::own::Own;
use crate::segmentation::gate::rhythm::InRhythm;

/// What features speak of together: evidence tells one reason for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// Contrast to the seconds beside it.
    Contrast,
    /// Contrast to the running of the run.
    RunContrast,
    /// Length and distance.
    Length,
    /// How even it is.
    Evenness,
    /// How sharp its edges are.
    Edges,
    /// How much the run wanders.
    Wander,
    /// Candidates like it.
    Similar,
    /// How rare its contrast is.
    Rarity,
    /// Heart rate.
    Heart,
    /// Cadence.
    Cadence,
    /// Power.
    Power,
    /// Slope.
    Slope,
    /// Its place in the run.
    Place,
    /// Standing, walking and pauses beside it and in it.
    Breaks,
    /// Other cuts of the same stretch.
    Rivals,
    /// The other efforts found.
    Set,
    /// What the stage before said.
    FirstLook,
}

impl Theme {
    /// All themes.
    pub(crate) const ALL: [Theme; 17] = [
        Theme::Contrast,
        Theme::RunContrast,
        Theme::Length,
        Theme::Evenness,
        Theme::Edges,
        Theme::Wander,
        Theme::Similar,
        Theme::Rarity,
        Theme::Heart,
        Theme::Cadence,
        Theme::Power,
        Theme::Slope,
        Theme::Place,
        Theme::Breaks,
        Theme::Rivals,
        Theme::Set,
        Theme::FirstLook,
    ];
}

/// A candidate as the gate looks at it.
pub(crate) struct Look<'a> {
    /// By itself.
    pub(crate) own: &'a Own,
    /// The facts that are the same for all candidates of its run.
    pub(crate) run: &'a RunFacts,
    /// Against the set that the stage before chose.
    pub(crate) set: &'a InSet,
    /// Against the middle and the rhythm of that set.
    pub(crate) rhythm: &'a InRhythm,
}

/// What is the same for all candidates of a run.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RunFacts {
    /// The robust variation of half-minutes of running.
    pub(crate) wander: f64,
    /// The median time between records, seconds.
    pub(crate) sampling_s: f64,
    /// The share of slow seconds.
    pub(crate) slow_share: f64,
    /// The time moving, seconds.
    pub(crate) moving_s: f64,
    /// Its fastest half-minutes of running over the middle (natural logarithm).
    pub(crate) spread: f64,
    /// The noise of speed, metres per second.
    pub(crate) noise_m_s: f64,
    /// The number of seconds.
    pub(crate) length_s: f64,
}

/// One thing that the gate looks at.
pub(crate) struct Feature {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it speaks of.
    pub(crate) theme: Theme,
    /// Reads it off a candidate; NaN where it is not known. The unit is in the name, or a ratio's natural
    /// logarithm.
    pub(crate) value: fn(&Look) -> f64,
}

const fn feature(name: &'static str, theme: Theme, value: fn(&Look) -> f64) -> Feature {
    Feature { name, theme, value }
}

use Theme as T;

/// What the first stage looks at: each candidate by itself.
#[rustfmt::skip]
pub(crate) static BY_ITSELF: &[Feature] = &[
    feature("ln_length_s", T::Length, |l| l.own.length_s().ln()),
    feature("speed_m_s", T::RunContrast, |l| l.own.speed_m_s),
    feature("left", T::Contrast, |l| l.own.near.before),
    feature("right", T::Contrast, |l| l.own.near.after),
    feature("least_contrast", T::Contrast, |l| l.own.near.least()),
    feature("far", T::Contrast, |l| l.own.far),
    feature("to_median", T::RunContrast, |l| l.own.to_levels[1]),
    feature("to_fast", T::RunContrast, |l| l.own.to_levels[2]),
    feature("to_slow", T::RunContrast, |l| l.own.to_levels[0]),
    feature("unevenness", T::Evenness, |l| l.own.evenness.spread),
    feature("dip", T::Evenness, |l| l.own.evenness.lowest),
    feature("trend", T::Evenness, |l| l.own.evenness.gain),
    feature("clearness", T::Contrast, |l| l.own.clearness),
    feature("contrast_in_wander", T::Wander, |l| l.own.near.least() / l.run.wander),
    feature("edge_start", T::Edges, |l| l.own.edges.inside.before - l.own.edges.outside.before),
    feature("edge_end", T::Edges, |l| l.own.edges.inside.after - l.own.edges.outside.after),
    feature("inside_start", T::Edges, |l| l.own.edges.inside.before),
    feature("inside_end", T::Edges, |l| l.own.edges.inside.after),
    feature("outside_start", T::Edges, |l| l.own.edges.outside.before),
    feature("outside_end", T::Edges, |l| l.own.edges.outside.after),
    feature("slow_left", T::Breaks, |l| l.own.slow[0]),
    feature("slow_right", T::Breaks, |l| l.own.slow[1]),
    feature("slow_inside", T::Breaks, |l| l.own.slow[2]),
    feature("share", T::Length, |l| l.own.length_s() / l.run.moving_s.max(1.0)),
    feature("since_start_min", T::Place, |l| l.own.range.start as f64 / 60.0),
    feature("to_end_min", T::Place, |l| (l.run.length_s - l.own.range.end as f64) / 60.0),
    feature("similar", T::Similar, |l| l.own.kin.similar),
    feature("best_similar", T::Similar, |l| l.own.kin.best_similar),
    feature("parent_length", T::Rivals, |l| l.own.kin.parent_length),
    feature("parent_rise", T::Rivals, |l| l.own.kin.parent_rise),
    feature("children", T::Rivals, |l| l.own.kin.children),
    feature("best_child", T::Rivals, |l| l.own.kin.best_child),
    feature("rise", T::Contrast, |l| l.own.rise[0]),
    feature("rise_foot", T::Contrast, |l| l.own.rise[1]),
    feature("seen", T::Rivals, |l| l.own.seen),
    feature("step_length_s", T::Evenness, |l| l.own.step_length_s),
    feature("heart_rise_bpm", T::Heart, |l| l.own.heart.rise),
    feature("heart_level_bpm", T::Heart, |l| l.own.heart.level),
    feature("heart_fall_bpm", T::Heart, |l| l.own.heart.fall),
    feature("cadence_left", T::Cadence, |l| l.own.cadence.before),
    feature("cadence_right", T::Cadence, |l| l.own.cadence.after),
    feature("slope", T::Slope, |l| l.own.slope),
    feature("round_time", T::Length, |l| l.own.roundness[0]),
    feature("round_distance", T::Length, |l| l.own.roundness[1]),
    feature("run_wander", T::Wander, |l| l.run.wander),
    feature("sampling_s", T::Wander, |l| l.run.sampling_s),
    feature("run_slow", T::Breaks, |l| l.run.slow_share),
    feature("run_min", T::Wander, |l| l.run.moving_s / 60.0),
    feature("run_spread", T::Wander, |l| l.run.spread),
    feature("noise_m_s", T::Wander, |l| l.run.noise_m_s),
    feature("wide_left", T::Contrast, |l| l.own.wide.before),
    feature("wide_right", T::Contrast, |l| l.own.wide.after),
    feature("raw_left", T::Contrast, |l| l.own.raw.before),
    feature("raw_right", T::Contrast, |l| l.own.raw.after),
    feature("raw_least", T::Contrast, |l| l.own.raw.least()),
    feature("over_background", T::Contrast, |l| l.own.over_background()),
    feature("background_spread", T::Wander, |l| l.own.background.spread),
    feature("contrast_over_background", T::Contrast, |l| l.own.over_background_in_spreads()),
    feature("stronger", T::Rarity, |l| l.own.rarity.stronger),
    feature("comparable", T::Rarity, |l| l.own.rarity.comparable),
    feature("share_of_strongest", T::Rarity, |l| l.own.rarity.share_of_strongest),
    feature("power_left", T::Power, |l| l.own.power.before),
    feature("power_right", T::Power, |l| l.own.power.after),
    feature("running_before", T::RunContrast, |l| l.own.running.before),
    feature("running_after", T::RunContrast, |l| l.own.running.after),
    feature("running_least", T::RunContrast, |l| l.own.running.least),
    feature("running_far", T::RunContrast, |l| l.own.running.far),
    feature("running_slow", T::RunContrast, |l| l.own.running.outside[0]),
    feature("running_middle", T::RunContrast, |l| l.own.running.outside[1]),
    feature("running_fast", T::RunContrast, |l| l.own.running.outside[2]),
    feature("running_in_wander", T::Wander, |l| l.own.running.outside[1] / l.run.wander),
    feature("running_outside_min", T::RunContrast, |l| l.own.running.outside_min),
    feature("running_share", T::Length, |l| l.own.running.share),
    feature("break_before_s", T::Breaks, |l| l.own.running.break_before),
    feature("break_after_s", T::Breaks, |l| l.own.running.break_after),
    feature("break_inside_s", T::Breaks, |l| l.own.running.break_inside),
    feature("paused_before", T::Breaks, |l| l.own.running.paused_before),
    feature("paused_after", T::Breaks, |l| l.own.running.paused_after),
    feature("heart_over_outside_bpm", T::Heart, |l| l.own.running.heart_over_outside),
    feature("heart_bpm", T::Heart, |l| l.own.running.heart_bpm),
    feature("heart_of_highest", T::Heart, |l| l.own.running.heart_of_highest),
];

/// What the later stages look at besides: the candidate against the set that was chosen.
#[rustfmt::skip]
pub(crate) static IN_VIEW_OF_OTHERS: &[Feature] = &[
    feature("first_look", T::FirstLook, |l| l.set.before),
    feature("chosen", T::FirstLook, |l| l.set.is_chosen),
    feature("similar_chosen", T::Set, |l| l.set.similar),
    feature("best_similar_chosen", T::Set, |l| l.set.best_similar),
    feature("other_chosen", T::Set, |l| l.set.others),
    feature("length_to_set", T::Set, |l| l.set.length),
    feature("speed_to_set", T::Set, |l| l.set.speed),
    feature("gap_before_s", T::Set, |l| l.set.gaps[0]),
    feature("gap_after_s", T::Set, |l| l.set.gaps[1]),
    feature("gap_before_to_set", T::Set, |l| l.set.gaps_to_usual[0]),
    feature("gap_after_to_set", T::Set, |l| l.set.gaps_to_usual[1]),
    feature("inside_set", T::Set, |l| l.set.inside),
    feature("rival", T::Rivals, |l| l.set.rival),
    feature("rivals_chosen", T::Rivals, |l| l.set.rivals),
    feature("rivals_count", T::Rivals, |l| l.set.rival_count),
    feature("set_count", T::Set, |l| l.set.count),
    feature("set_mean", T::Set, |l| l.set.mean_probability),
    feature("like_share", T::Set, |l| l.set.like_share),
    feature("recovery_to_set", T::Set, |l| l.set.recovery),
    feature("spacing", T::Set, |l| l.set.spacing),
    feature("set_span", T::Set, |l| l.set.span),
    feature("rival_overlap", T::Rivals, |l| l.set.rival_overlap),
    feature("to_best", T::FirstLook, |l| l.set.to_best),
    feature("odds_rank", T::FirstLook, |l| l.set.rank),
    feature("length_to_middle", T::Set, |l| l.rhythm.length),
    feature("speed_to_middle", T::Set, |l| l.rhythm.speed),
    feature("like_middle", T::Set, |l| l.rhythm.like_middle),
    feature("rival_like_middle", T::Rivals, |l| l.rhythm.rival_like_middle),
    feature("like_previous", T::Set, |l| l.rhythm.like_previous),
    feature("like_next", T::Set, |l| l.rhythm.like_next),
    feature("best_three", T::Set, |l| l.rhythm.best_three),
    feature("off_rhythm", T::Set, |l| l.rhythm.off_rhythm),
    feature("in_rhythm", T::Set, |l| l.rhythm.in_rhythm),
    feature("contrast_to_set", T::Set, |l| l.rhythm.contrast),
];

/// Returns all features in the order of the rows of the later stages.
pub(crate) fn all() -> impl Iterator<Item = &'static Feature> {
    BY_ITSELF.iter().chain(IN_VIEW_OF_OTHERS)
}

/// Returns the values of some features for a candidate.
pub(crate) fn row<'f>(features: impl Iterator<Item = &'f Feature>, look: &Look) -> Vec<f64> {
    features.map(|feature| (feature.value)(look)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_is_given_once_and_trees_can_count_them() {
        let names: BTreeSet<&str> = all().map(|feature| feature.name).collect();
        assert_eq!(names.len(), all().count());
        assert!(names.len() < usize::from(crate::segmentation::gate::trees::NO_SPLIT));
    }

    #[test]
    fn every_theme_is_listed_once() {
        let told = |theme: Theme| Theme::ALL.iter().filter(|other| **other == theme).count();
        assert!(all().all(|feature| told(feature.theme) == 1));
    }
}

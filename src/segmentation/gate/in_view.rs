//! What the later stages of the gate look at besides: the candidate against the efforts that the stage
//! before chose.
//!
//! A repetition is one because there are others. What the first stage thinks of each candidate alone is
//! a guess at the set; against that guess the faint last repetition is one more of the same, and the
//! jog between two, fast as it may be, is not. Chosen efforts are looked at twice: all of them,
//! weighted by their probabilities, and the sure ones alone, by medians and by their rhythm.

use crate::segmentation::gate::feature::Feature;
use crate::segmentation::gate::feature::Theme;
use crate::segmentation::gate::feature::features;

features! {
    /// What the later stages look at, after all that the first does.
    IN_VIEW_OF_OTHERS:
    /// What the stage before said: later stages correct it. Log-odds.
    first_look, FirstLook, |l| l.set.before;
    /// Whether it is one of the chosen. 0 or 1.
    chosen, FirstLook, |l| l.set.is_chosen;
    /// How many of the chosen are like it, by how probable and how like: one more of a set? Count.
    similar_chosen, Set, |l| l.set.similar;
    /// The same of the one most like it. 0–1.
    best_similar_chosen, Set, |l| l.set.best_similar;
    /// How many other efforts the run has, by their probabilities. Count.
    other_chosen, Set, |l| l.set.others;
    /// Its length over their mean. ln ratio.
    length_to_set, Set, |l| l.set.length;
    /// Its speed over their mean: the jog between two is slower. ln ratio.
    speed_to_set, Set, |l| l.set.speed;
    /// The time to the sure effort before it. ln (1 + s).
    gap_before_s, Set, |l| l.set.gaps[0];
    /// The time to the sure effort after it. ln (1 + s).
    gap_after_s, Set, |l| l.set.gaps[1];
    /// That before it over the usual one of the set: recoveries are of one length. ln ratio.
    gap_before_to_set, Set, |l| l.set.gaps_to_usual[0];
    /// That after it over the usual one of the set. ln ratio.
    gap_after_to_set, Set, |l| l.set.gaps_to_usual[1];
    /// On how many sides a sure effort lies: between two, a missing one is likely. 0, 1 or 2.
    inside_set, Set, |l| l.set.inside;
    /// By how much the likeliest cut that overlaps it is likelier. Difference of probabilities.
    rival, Rivals, |l| l.set.rival;
    /// How probable the chosen that overlap it are together. Sum of probabilities.
    rivals_chosen, Rivals, |l| l.set.rivals;
    /// How many of the chosen overlap it: several mean it holds a set. Count.
    rivals_count, Rivals, |l| l.set.rival_count;
    /// How many others are chosen. Count.
    set_count, Set, |l| l.set.count;
    /// How probable they are: sure ones vouch for a faint one. Probability.
    set_mean, Set, |l| l.set.mean_probability;
    /// What share of them is like it: an odd one among many alike is none. Share.
    like_share, Set, |l| l.set.like_share;
    /// The speed of the recovery beside it over that of the set: walked or jogged alike. ln ratio.
    recovery_to_set, Set, |l| l.set.recovery;
    /// How far its start-to-start time is from the usual one: sets keep the clock. |ln ratio|.
    spacing, Set, |l| l.set.spacing;
    /// How much of the run lies between the first and the last of the others. Share.
    set_span, Set, |l| l.set.span;
    /// How much the likeliest overlapping cut is the same stretch. Intersection over union.
    rival_overlap, Rivals, |l| l.set.rival_overlap;
    /// How far it is behind the best of the run. Difference of log-odds.
    to_best, FirstLook, |l| l.set.to_best;
    /// How many of the chosen are likelier. Count.
    odds_rank, FirstLook, |l| l.set.rank;
    /// Its length over the median of the sure: one wrong cut moves a mean. ln ratio.
    length_to_middle, Set, |l| l.rhythm.length;
    /// Its speed over the median of the sure. ln ratio.
    speed_to_middle, Set, |l| l.rhythm.speed;
    /// How like that median it is in both. 0–1.
    like_middle, Set, |l| l.rhythm.like_middle;
    /// By how much an overlapping cut fits the median better: of two cuts, the set's. −1 to 1.
    rival_like_middle, Rivals, |l| l.rhythm.rival_like_middle;
    /// How like the chosen effort before it is, by how probable that one is. 0–1.
    like_previous, Set, |l| l.rhythm.like_previous;
    /// How like the chosen effort after it is, by how probable that one is. 0–1.
    like_next, Set, |l| l.rhythm.like_next;
    /// How probable the best three others are: whether the run is a workout at all. Probability.
    best_three, Set, |l| l.rhythm.best_three;
    /// How far its start is from a whole number of the usual spacings to a sure one, at best. |ln
    /// ratio|.
    off_rhythm, Set, |l| l.rhythm.off_rhythm;
    /// How many sure ones it keeps that rhythm with. Count.
    in_rhythm, Set, |l| l.rhythm.in_rhythm;
    /// Its contrast less the median of the others': repetitions stand out alike. ln ratio.
    contrast_to_set, Set, |l| l.rhythm.contrast;
}

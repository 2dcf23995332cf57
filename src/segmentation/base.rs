//! Whether the efforts chosen in a run have anything to stand out from.
//!
//! An effort is one by comparison. A run of two equal halves with a stop between them rises twice from
//! standing, and to a gate that weighs one candidate at a time both halves may be repetitions that
//! confirm each other. So the choice as a whole has to leave some running outside. Sets whose warm-up
//! was not recorded do not, and are told by their length.
//!
//! Tried instead: to leave this to the gate's features of running alone. They tell of each candidate how
//! much running lies outside *it*, which of one of two halves is half the run.

use std::ops::Range;

use crate::segmentation::signals::Signals;
use crate::statistics::median_of;

/// Efforts that are nearly all the running of a run: less than this share of it lies outside them.
///
/// # Units
/// Ratio of running times. Chosen: the steps to and from a stop are a few percent.
const LEAST_OUTSIDE: f64 = 0.1;
/// Repetitions longer than this are not run without easy running before them.
///
/// # Units
/// Seconds. Chosen: of the labelled sets whose warm-up was not recorded none has longer ones; easy
/// running cut by stops, at home, at the bakery, between the loops of a backyard ultra, has.
const LONGEST_ALONE_S: f64 = 840.0;

/// Returns whether some efforts stand out from other running, or are short enough to be repetitions
/// although nothing else was recorded: running from stop to stop is running, not a set.
pub(super) fn stands_out(signals: &Signals, efforts: &[Range<usize>]) -> bool {
    let sums = &signals.running_sums;
    let all_s = sums.count(0..signals.len());
    let inside = efforts.iter().map(|range| sums.count(range.clone()));
    let outside_s = all_s - inside.sum::<f64>();
    let mut lengths: Vec<f64> = efforts.iter().map(|range| range.len() as f64).collect();
    let is_short = median_of(&mut lengths).is_none_or(|length_s| length_s <= LONGEST_ALONE_S);
    is_short || outside_s >= LEAST_OUTSIDE * all_s
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::exact;

    /// A run of blocks: seconds and speed.
    fn signals(blocks: &[(usize, f64)]) -> Signals {
        Signals::new(&exact::streams(&exact::speeds(blocks)))
    }

    #[test]
    fn running_from_stop_to_stop_is_no_set_and_repetitions_alone_are() {
        let loops = signals(&[(2900, 2.3), (600, 0.0), (2900, 2.3)]);
        assert!(!stands_out(&loops, &[0..2900, 3500..6400]));
        let kilometres = signals(&[(240, 4.1), (60, 0.0), (240, 4.1)]);
        assert!(stands_out(&kilometres, &[0..240, 300..540]));
        let tempo = signals(&[(600, 2.6), (1500, 3.8), (120, 0.0), (600, 2.6)]);
        let block = 600..2100;
        assert!(stands_out(&tempo, std::slice::from_ref(&block)));
        assert!(stands_out(&tempo, &[]));
    }
}

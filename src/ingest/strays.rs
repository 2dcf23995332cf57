//! A few records far from all others in time, which belong to nothing.

/// Records apart from all others by more than this are strays: no pause of a run that is worth a
/// second is so long for so little. Judgement, ten minutes.
const APART_S: i64 = 600;
/// The same in steps of the recording, for one that writes a record a minute.
const APART_STEPS: i64 = 20;
/// So many records in a row are strays at most.
const MOST_STRAYS: usize = 3;
/// A recording of fewer records is too short to call any of them a stray.
const LEAST_RECORDS: usize = 60;

/// Returns which items to keep, in the order of the file: all but up to three in a row that lie more
/// than ten minutes from those before and behind them.
///
/// # Units
/// `times` in any unit, of which a second has `per_s`.
pub(in crate::ingest) fn kept(times: &[i64], per_s: i64) -> Vec<bool> {
    let mut keep = vec![true; times.len()];
    if times.len() < LEAST_RECORDS {
        return keep;
    }
    let steps = || times.windows(2).map(|pair| pair[1].abs_diff(pair[0]));
    let mut sorted: Vec<u64> = steps().collect();
    let (_, usual, _) = sorted.select_nth_unstable((times.len() - 1) / 2);
    let apart = (APART_S * per_s)
        .unsigned_abs()
        .max(*usual * APART_STEPS.unsigned_abs());
    let mut start = 0;
    for group in times.chunk_by(|one, next| next.abs_diff(*one) <= apart) {
        let end = start + group.len();
        if group.len() <= MOST_STRAYS {
            keep[start..end].fill(false);
        }
        start = end;
    }
    if keep.iter().filter(|keep| **keep).count() < LEAST_RECORDS {
        keep.fill(true);
    }
    keep
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strays(times: &[i64]) -> Vec<usize> {
        let keep = kept(times, 1);
        (0..times.len()).filter(|index| !keep[*index]).collect()
    }

    #[test]
    fn a_few_records_far_from_all_others_are_strays_wherever_they_stand() {
        let run = 0..600_i64;
        let first: Vec<i64> = [6_000, 6_001].into_iter().chain(run.clone()).collect();
        assert_eq!(strays(&first), [0, 1]);
        let last: Vec<i64> = run.clone().chain([4_000]).collect();
        assert_eq!(strays(&last), [600]);
        let inside: Vec<i64> = run.clone().chain([90_000]).chain(600..1_200).collect();
        assert_eq!(strays(&inside), [600]);
    }

    #[test]
    fn pauses_short_recordings_and_rare_records_hold_no_strays() {
        let resumed: Vec<i64> = (0..600).chain(10_000..10_600).collect();
        assert!(strays(&resumed).is_empty());
        assert!(strays(&[0, 3_600]).is_empty());
        let rare: Vec<i64> = (0..100).map(|minute| minute * 660).collect();
        assert!(strays(&rare).is_empty());
    }
}

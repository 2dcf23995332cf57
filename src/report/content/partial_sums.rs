//! What is said of a sum over runs that may not be known of every one of them.

/// What stands before a sum that leaves out runs of which nothing is known.
pub(in crate::report) const AT_LEAST: &str = "≥";
/// What the sign means.
pub(in crate::report) const AT_LEAST_KEY: &str = "≥ not known of every run";

/// Returns whether something is known of some runs and not of others.
pub(in crate::report) fn is_partial(known: usize, runs: usize) -> bool {
    (1..runs).contains(&known)
}

/// Returns of how many runs a sum is, as in "of 3 of 4 runs"; nothing when it is of all or of none.
pub(in crate::report) fn of_runs(known: usize, runs: usize) -> String {
    if is_partial(known, runs) {
        format!("of {known} of {runs} runs")
    } else {
        String::new()
    }
}

/// Returns the sign that stands before a sum where there is no room for words; nothing when it is of
/// all runs or of none.
pub(in crate::report) fn sign(known: usize, runs: usize) -> &'static str {
    if is_partial(known, runs) {
        AT_LEAST
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_part_is_spoken_of() {
        assert_eq!(of_runs(3, 4), "of 3 of 4 runs");
        assert_eq!(sign(3, 4), "≥");
        for (known, runs) in [(4, 4), (0, 4), (0, 0)] {
            assert_eq!(of_runs(known, runs), "");
            assert_eq!(sign(known, runs), "");
        }
    }
}

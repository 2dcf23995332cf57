//! How often each reason was given.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Returns how often each reason was given, the most frequent first; beyond `most` of them, the others
/// together.
#[must_use]
pub fn counted<'a>(reasons: impl Iterator<Item = &'a str>, most: usize) -> Vec<(&'a str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for reason in reasons {
        *counts.entry(reason).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    let rest: usize = counts.iter().skip(most).map(|(_, count)| count).sum();
    counts.truncate(most);
    counts.extend((rest > 0).then_some(("other reasons", rest)));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_come_first_and_the_rest_together() {
        let reasons = ["b", "a", "c", "b", "d", "a", "b"];
        let counted = counted(reasons.into_iter(), 2);
        assert_eq!(counted, [("b", 3), ("a", 2), ("other reasons", 2)]);
    }
}

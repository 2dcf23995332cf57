//! The feature table: everything the gate looks at, each feature with its name, its unit, what it speaks
//! of and how it is read off a candidate. Nothing else knows their order.
//!
//! Features were spread over lists of names, indices and values once, which had to agree; now a feature
//! is one entry, and a new one is appended to its list, as the fitted trees know columns by number. The
//! two lists are in `by_itself` and `in_view`. Contrasts are natural logarithms of ratios ("ln ratio":
//! 0.1 is about 10 % faster), so that both directions are alike and differences can be compared between
//! a slow and a fast runner. What is not recorded is NaN, which trees send to the right of every split:
//! absence of heart rate is not a heart rate of 0.

use crate::segmentation::gate::by_itself::BY_ITSELF;
use crate::segmentation::gate::feature::Feature;
use crate::segmentation::gate::feature::Look;
use crate::segmentation::gate::in_view::IN_VIEW_OF_OTHERS;

/// Returns all features in the order of the rows of the later stages.
pub(crate) fn all() -> impl Iterator<Item = &'static Feature> {
    BY_ITSELF.iter().chain(IN_VIEW_OF_OTHERS)
}

/// Returns the values of some features for a candidate, in their order.
pub(crate) fn row<'f>(features: impl Iterator<Item = &'f Feature>, look: &Look) -> Vec<f64> {
    features.map(|feature| (feature.value)(look)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::segmentation::gate::feature::Theme;

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

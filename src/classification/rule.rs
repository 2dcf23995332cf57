//! A rule of the decision list.

use crate::classification::condition::Condition;
use crate::vocabulary::SessionKind;

/// A rule: the kind it gives, and its conditions.
pub(super) struct Rule {
    /// The kind.
    pub(super) kind: SessionKind,
    /// All must be met.
    pub(super) conditions: Vec<Condition>,
}

impl Rule {
    /// Returns a rule.
    pub(super) fn new(kind: SessionKind, conditions: Vec<Condition>) -> Self {
        Self { kind, conditions }
    }

    /// Returns whether all conditions are met.
    pub(super) fn is_met(&self) -> bool {
        self.conditions.iter().all(Condition::is_met)
    }

    /// Returns the product of the soft margins.
    pub(super) fn probability(&self) -> f64 {
        let margins = self.conditions.iter().map(Condition::probability);
        margins.product()
    }
}

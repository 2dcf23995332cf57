//! A training idea, and how its findings are written down.

use crate::review::Finding;
use crate::review::FindingNumber;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::ranking;
use crate::review::numbers::as_f64;
use crate::units::round;

/// Decimals of the numbers of a finding.
const NUMBER_DECIMALS: i32 = 3;

/// A training idea: what all its findings have in common.
pub(super) struct Idea {
    pub(super) id: &'static str,
    pub(super) grade: Grade,
    pub(super) source: &'static str,
}

impl Idea {
    /// Returns a finding of the idea, without numbers and sessions.
    pub(super) fn says(&self, tone: Tone, text: String) -> Finding {
        Finding {
            id: self.id.to_owned(),
            tone,
            text,
            numbers: Vec::new(),
            sessions: Vec::new(),
            grade: self.grade,
            source: self.source.to_owned(),
            weight: ranking::weight(self.id, tone),
        }
    }

    /// Returns the finding that the idea was not evaluated, with what it needs and what there was.
    pub(super) fn not_evaluated(&self, what: &str, needs: &str, found: &str) -> Vec<Finding> {
        let text = format!("{what}: not evaluated; needs {needs}, found {found}.");
        vec![self.says(Tone::NotEvaluated, text)]
    }
}

impl Finding {
    /// Adds a number.
    pub(super) fn number(mut self, name: &str, value: f64, unit: &str) -> Self {
        self.numbers.push(FindingNumber {
            name: name.to_owned(),
            value: round(value, NUMBER_DECIMALS),
            unit: unit.to_owned(),
        });
        self
    }

    /// Adds a count.
    pub(super) fn count(self, name: &str, count: usize) -> Self {
        self.number(name, as_f64(count), "1")
    }

    /// Adds the sessions that it rests on.
    pub(super) fn on<'e>(mut self, entries: impl IntoIterator<Item = &'e Entry<'e>>) -> Self {
        self.sessions
            .extend(entries.into_iter().map(|e| e.id.clone()));
        self
    }
}

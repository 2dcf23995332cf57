//! What is to be said of a block: one file per training idea, listed in [`IDEAS`].
//!
//! Each idea returns its findings, or the one finding that says what was lacking. Texts are short,
//! factual and free of units that depend on the reader's system: percent, minutes, counts.

mod easy_days;
mod execution;
mod hard_easy;
mod key_pace;
mod left_out;
mod load;
mod monitoring;
mod pacing;
mod power;
mod quality;
mod recovery;

use crate::review::BlockDistribution;
use crate::review::Comparable;
use crate::review::Day;
use crate::review::Finding;
use crate::review::FindingNumber;
use crate::review::Grade;
use crate::review::Phases;
use crate::review::RecoverySlot;
use crate::review::RecoveryView;
use crate::review::Tone;
use crate::review::Week;
use crate::review::block::Block;
use crate::review::block::Entry;
use crate::review::numbers::as_f64;
use crate::settings::Wellness;
use crate::units::plural;
use crate::units::round;

/// The ten ideas, in the order of the documentation, and what the review does not rest on.
const IDEAS: [fn(&Context<'_>) -> Vec<Finding>; 11] = [
    quality::findings,
    execution::findings,
    easy_days::findings,
    hard_easy::findings,
    recovery::findings,
    key_pace::findings,
    load::findings,
    monitoring::findings,
    power::findings,
    pacing::findings,
    left_out::findings,
];

/// Decimals of the numbers of a finding.
const NUMBER_DECIMALS: i32 = 3;

/// What an idea may look at.
pub(super) struct Context<'a> {
    pub(super) block: &'a Block<'a>,
    pub(super) days: &'a [Day],
    pub(super) weeks: &'a [Week],
    pub(super) distribution: &'a BlockDistribution,
    pub(super) slots: &'a [RecoverySlot],
    pub(super) phases: &'a Phases,
    pub(super) comparable: &'a [Comparable],
    pub(super) wellness: &'a Wellness,
    pub(super) recovery_view: RecoveryView,
}

impl Context<'_> {
    /// Returns the weeks of which all seven days lie in the block.
    fn whole_weeks(&self) -> Vec<&Week> {
        self.weeks.iter().filter(|week| week.is_whole()).collect()
    }
}

/// Returns all findings, most important first, what was not evaluated last.
pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = IDEAS.iter().flat_map(|idea| idea(context)).collect();
    findings.sort_by(|a, b| {
        let last = |f: &Finding| f.tone == Tone::NotEvaluated;
        last(a)
            .cmp(&last(b))
            .then(b.weight.total_cmp(&a.weight))
            .then(a.id.cmp(&b.id))
    });
    findings
}

/// A training idea: what all its findings have in common.
struct Idea {
    id: &'static str,
    grade: Grade,
    source: &'static str,
}

impl Idea {
    /// Returns a finding of the idea, without numbers and sessions.
    fn says(&self, tone: Tone, weight: f64, text: String) -> Finding {
        Finding {
            id: self.id.to_owned(),
            tone,
            text,
            numbers: Vec::new(),
            sessions: Vec::new(),
            grade: self.grade,
            source: self.source.to_owned(),
            weight,
        }
    }

    /// Returns the finding that the idea was not evaluated, with what it needs and what there was.
    fn not_evaluated(&self, what: &str, needs: &str, found: &str) -> Vec<Finding> {
        let text = format!("{what}: not evaluated; needs {needs}, found {found}.");
        vec![self.says(Tone::NotEvaluated, 0.0, text)]
    }
}

impl Finding {
    /// Adds a number.
    fn number(mut self, name: &str, value: f64, unit: &str) -> Self {
        self.numbers.push(FindingNumber {
            name: name.to_owned(),
            value: round(value, NUMBER_DECIMALS),
            unit: unit.to_owned(),
        });
        self
    }

    /// Adds a count.
    fn count(self, name: &str, count: usize) -> Self {
        self.number(name, as_f64(count), "1")
    }

    /// Adds the sessions that it rests on.
    fn on<'e>(mut self, entries: impl IntoIterator<Item = &'e Entry<'e>>) -> Self {
        self.sessions
            .extend(entries.into_iter().map(|e| e.id.clone()));
        self
    }
}

/// Returns the share of a whole, 0 of nothing.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        as_f64(part) / as_f64(whole)
    }
}

/// Returns a count that may be a half, as in "2" or "1.5".
fn show_count(count: f64) -> String {
    let text = format!("{count:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// The most days that a sentence lists.
const MOST_DAYS_LISTED: usize = 3;

/// Returns the days of sessions, as in "3 May, 7 May, 9 May and 2 more".
fn list_days<'e>(entries: impl IntoIterator<Item = &'e Entry<'e>>) -> String {
    list(entries.into_iter().map(|entry| entry.day))
}

/// Returns days, as in "3 May, 7 May, 9 May and 2 more".
fn list(days: impl IntoIterator<Item = chrono::NaiveDate>) -> String {
    let days: Vec<String> = days.into_iter().map(show_day).collect();
    let listed = days[..days.len().min(MOST_DAYS_LISTED)].join(", ");
    match days.len().saturating_sub(MOST_DAYS_LISTED) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

/// Returns a day without its year, as in "3 May".
fn show_day(day: chrono::NaiveDate) -> String {
    day.format("%-d %b").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_may_be_a_half() {
        assert_eq!(show_count(2.0), "2");
        assert_eq!(show_count(2.5), "2.5");
    }
}

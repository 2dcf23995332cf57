//! A single run much longer than any of the last 30 days.

use chrono::Days;

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Review;
use crate::review::SessionLine;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::list_days;
use crate::review::findings::words::show_day;
use crate::units::plural;

const IDEA: Idea = Idea {
    id: "single_run_spike",
    grade: Grade::WellSupported,
    source: "Frandsen et al. 2025, BJSM 59:1203: a cohort of 5205 runners, observational, \
             self-reported; says nothing about one person",
};

/// Days before a run with which it is compared.
///
/// # Units
/// Days. Frandsen et al. 2025.
const COMPARED_DAYS: u64 = 30;
/// A run beyond this many times the longest before it is a spike.
///
/// # Units
/// Ratio of distances. Frandsen et al. 2025: up to 1.10 was their reference.
const SPIKE_RATIO: f64 = 1.10;
/// Runs that can be compared from which on the block is spoken of.
const LEAST_COMPARED: usize = 4;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let compared = compared(context);
    if compared.len() < LEAST_COMPARED {
        return IDEA.not_evaluated(
            "Single long runs",
            &format!(
                "{LEAST_COMPARED} runs with a distance and {COMPARED_DAYS} days of runs before"
            ),
            &compared.len().to_string(),
        );
    }
    let spikes: Vec<&Compared<'_>> = compared.iter().filter(|c| c.ratio > SPIKE_RATIO).collect();
    let Some(largest) = spikes.iter().max_by(|a, b| a.ratio.total_cmp(&b.ratio)) else {
        return vec![no_spike(&compared)];
    };
    let others: Vec<&Entry<'_>> = spikes
        .iter()
        .map(|spike| spike.run)
        .filter(|run| run.id != largest.run.id)
        .collect();
    let also = if others.is_empty() {
        String::new()
    } else {
        format!("; also more than 10 % longer: {}", list_days(others))
    };
    let text = format!(
        "By distance the run of {} was {:.0} % longer than any run of the {COMPARED_DAYS} days before{also}.",
        show_day(largest.run.day),
        (largest.ratio - 1.0) * 100.0
    );
    vec![
        IDEA.says(Tone::Look, text)
            .number("largest ratio", largest.ratio, "ratio")
            .count("spikes", spikes.len())
            .count("compared runs", compared.len())
            .on(spikes.iter().map(|spike| spike.run)),
    ]
}

impl Review {
    /// Returns the runs that were much longer than any of the days before: those on which the
    /// finding of single-run spikes rests.
    #[must_use]
    pub fn single_run_spikes(&self) -> Vec<&SessionLine> {
        let says_spike = |finding: &&Finding| finding.id == IDEA.id && finding.tone == Tone::Look;
        let found = self.findings.iter().filter(says_spike);
        let ids: Vec<&String> = found.flat_map(|finding| &finding.sessions).collect();
        let lines = self.sessions.iter();
        lines.filter(|line| ids.contains(&&line.id)).collect()
    }
}

/// A run beside the longest of the days before.
struct Compared<'a> {
    run: &'a Entry<'a>,
    ratio: f64,
}

/// Returns the runs of the block for which 30 days before are known and hold a run.
fn compared<'a>(context: &'a Context<'_>) -> Vec<Compared<'a>> {
    let Some(first_day) = context.block.first_run_day() else {
        return Vec::new();
    };
    let all: Vec<(&Entry<'_>, f64)> = context
        .block
        .all_runs()
        .filter_map(|run| Some((run, run.session.head.distance_m?)))
        .collect();
    let mut compared = Vec::new();
    let mut oldest = 0;
    for &(run, distance_m) in &all {
        let Some(since) = run.day.checked_sub_days(Days::new(COMPARED_DAYS)) else {
            continue;
        };
        oldest += all[oldest..]
            .iter()
            .take_while(|(r, _)| r.day < since)
            .count();
        let before = all[oldest..].iter().take_while(|(r, _)| r.day < run.day);
        let longest_m = before.map(|(_, distance)| *distance).fold(0.0, f64::max);
        let in_block = context
            .block
            .span
            .is_some_and(|span| span.contains(run.day));
        if in_block && first_day <= since && longest_m > 0.0 {
            let ratio = distance_m / longest_m;
            compared.push(Compared { run, ratio });
        }
    }
    compared
}

/// Returns the finding that no run stood out.
fn no_spike(compared: &[Compared<'_>]) -> Finding {
    let largest = compared.iter().map(|c| c.ratio).fold(0.0, f64::max);
    let text = format!(
        "By distance none of {} was more than 10 % longer than the longest of the {COMPARED_DAYS} days before.",
        plural(compared.len(), "compared run")
    );
    IDEA.says(Tone::Good, text)
        .number("largest ratio", largest, "ratio")
        .count("compared runs", compared.len())
        .on(compared.iter().map(|c| c.run))
}

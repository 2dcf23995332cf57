//! What fitting the gate needs to see of it: candidates, their features in all stages, choices.
//!
//! Only the training command uses this; it lives here so that training and use share one code: a feature
//! that is computed twice is two features one day, and the gate is wrong without anything failing.
//!
//! Rows are one candidate each, columns in the order of the table; NaN is what is not known; an empty
//! row is a candidate that an earlier stage gave up. Probabilities are one a candidate, in the same
//! order.

use std::ops::Range;

use crate::segmentation::AthletePast;
use crate::segmentation::Candidate;
use crate::segmentation::LapPolicy;
use crate::segmentation::Segmentation;
use crate::segmentation::assemble::blind_bouts;
use crate::segmentation::assemble::segment_with;
use crate::segmentation::gate;
use crate::segmentation::gate::Gate;
use crate::segmentation::gate::Verdict;
use crate::segmentation::levels::Component;
use crate::segmentation::levels::candidates;
use crate::segmentation::readings;
use crate::segmentation::signals::Signals;
use crate::streams::Streams;

/// Returns the committed gate, the one that every run is read with.
#[must_use]
pub fn committed() -> &'static Gate {
    &gate::GATE
}

/// Cuts a run into segments with a given gate, in the light of what is known of the athlete: what the
/// whole program does in two steps, as runs before a run are known after it is read.
#[must_use]
pub fn segment_known(
    streams: &Streams,
    laps: LapPolicy,
    gate: &Gate,
    known: AthletePast,
) -> Segmentation {
    let mut found = segment_with(streams, laps, gate);
    let mut all = std::mem::take(&mut found.others);
    all.insert(0, found);
    let choices: Vec<&[usize]> = all.iter().map(|one| one.efforts.as_slice()).collect();
    let judged = readings::judge_again_with(&all[0].candidates, &choices, known, gate);
    all.swap_remove(judged.reading)
}

/// The candidates of one run.
pub struct Bouts {
    signals: Signals,
    components: Vec<Component>,
    measured: gate::Measured,
}

impl Bouts {
    /// Finds the candidates of a run, and measures each by itself.
    #[must_use]
    pub fn find(streams: &Streams) -> Self {
        let signals = Signals::new(streams);
        let components = candidates(streams, &signals);
        let measured = gate::Measured::of(&signals, &components);
        Self {
            signals,
            components,
            measured,
        }
    }

    /// Returns the seconds of each candidate on the elapsed clock, in order of start, then end.
    #[must_use]
    pub fn ranges(&self) -> Vec<Range<usize>> {
        self.components
            .iter()
            .map(|component| component.range.clone())
            .collect()
    }

    /// Returns the rows of the first stage.
    #[must_use]
    pub fn first_rows(&self) -> Vec<Vec<f64>> {
        self.measured.first_rows()
    }

    /// Returns the rows of a later stage, given the probabilities of the one before.
    #[must_use]
    pub fn later_rows(&self, before: &[f64]) -> Vec<Vec<f64>> {
        self.measured
            .later_rows(&self.signals, &self.components, before)
    }

    /// Returns the candidates that are kept, given the probabilities of the last stage, with their
    /// edges in seconds.
    #[must_use]
    pub fn kept(&self, last: &[f64]) -> Vec<(usize, (f64, f64))> {
        self.edges(gate::choose_sure(&gate::ranges(&self.components), last))
    }

    /// Returns some candidates, given by their places in order of start and apart, with their edges in
    /// seconds on the elapsed clock.
    #[must_use]
    pub fn edges(&self, chosen: Vec<usize>) -> Vec<(usize, (f64, f64))> {
        let verdict = Verdict {
            confidence: vec![0.0; self.components.len()],
            ..Verdict::default()
        };
        let bouts = blind_bouts(&self.signals, &self.components, &verdict, &chosen);
        let spans = bouts.iter().map(|bout| (bout.start.at_s, bout.end.at_s));
        chosen.into_iter().zip(spans).collect()
    }

    /// Returns the best choice without overlap of the candidates above a probability: what would be
    /// kept without looking for the clearest gap.
    #[must_use]
    pub fn above(&self, probabilities: &[f64], least: f64) -> Vec<usize> {
        gate::choose_above(&gate::ranges(&self.components), probabilities, least)
    }

    /// Returns the candidates that a summary keeps, given the probabilities of the third stage, and
    /// which of all they are.
    #[must_use]
    pub fn told(&self, third: &[f64]) -> (Vec<usize>, Vec<Candidate>) {
        let verdict = Verdict {
            measured: self.measured.clone(),
            chosen: gate::choose_sure(&gate::ranges(&self.components), third),
            probabilities: third.to_vec(),
            ..Verdict::default()
        };
        let told = readings::told(&self.signals, &self.components, &verdict);
        let candidates = told.iter().map(|index| {
            readings::candidate(&self.signals, &self.components[*index], &verdict, *index)
        });
        (told.clone(), candidates.collect())
    }

    /// Returns which of some told candidates are kept, given the probabilities of the fourth stage.
    #[must_use]
    pub fn kept_of_told(&self, told: &[usize], fourth: &[f64]) -> Vec<(usize, (f64, f64))> {
        let all = gate::ranges(&self.components);
        let ranges: Vec<Range<usize>> = told.iter().map(|index| all[*index].clone()).collect();
        let chosen = gate::choose_sure(&ranges, fourth).into_iter();
        self.edges(chosen.map(|place| told[place]).collect())
    }
}

//! What fitting the gate needs to see of it: candidates, their features in all stages, choices.
//!
//! Only the training command uses this; it lives here so that training and use share one code.

use std::ops::Range;

use crate::segmentation::assemble::blind_bouts;
use crate::segmentation::gate;
use crate::segmentation::gate::Verdict;
use crate::segmentation::levels::Component;
use crate::segmentation::levels::candidates;
use crate::segmentation::scene::Scene;
use crate::streams::Streams;

/// The candidates of one run.
pub struct Bouts {
    scene: Scene,
    components: Vec<Component>,
    measured: gate::Measured,
}

impl Bouts {
    /// Finds the candidates of a run.
    #[must_use]
    pub fn find(streams: &Streams) -> Self {
        let scene = Scene::new(streams);
        let components = candidates(streams, &scene);
        let measured = gate::Measured::of(&scene, &components);
        Self {
            scene,
            components,
            measured,
        }
    }

    /// Returns the seconds of each candidate.
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
            .later_rows(&self.scene, &self.components, before)
    }

    /// Returns the candidates that are kept, given the probabilities of the last stage, with their
    /// edges in seconds.
    #[must_use]
    pub fn kept(&self, last: &[f64]) -> Vec<(usize, (f64, f64))> {
        let verdict = Verdict {
            rows: Vec::new(),
            probabilities: last.to_vec(),
            confidence: last.to_vec(),
            chosen: gate::choose_sure(&self.components, last),
        };
        let bouts = blind_bouts(&self.scene, &self.components, &verdict);
        let spans = bouts.iter().map(|bout| (bout.start.at_s, bout.end.at_s));
        verdict.chosen.into_iter().zip(spans).collect()
    }

    /// Returns the best choice without overlap of the candidates above a probability: what would be
    /// kept without looking for the clearest gap.
    #[must_use]
    pub fn above(&self, probabilities: &[f64], least: f64) -> Vec<usize> {
        gate::choose_above(&self.components, probabilities, least)
    }
}

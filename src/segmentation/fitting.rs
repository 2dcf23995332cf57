//! What fitting the gate needs to see of it: candidates, their features in both stages, choices.
//!
//! Only the training command uses this; it lives here so that training and use share one code.

use std::ops::Range;

use crate::segmentation::features;
use crate::segmentation::gate;
use crate::segmentation::levels::Component;
use crate::segmentation::levels::candidates;
use crate::segmentation::scene::Scene;
use crate::streams::Streams;

/// The candidates of one run.
pub struct Bouts {
    scene: Scene,
    components: Vec<Component>,
    own: Vec<[f64; features::COUNT]>,
}

impl Bouts {
    /// Finds the candidates of a run.
    #[must_use]
    pub fn find(streams: &Streams) -> Self {
        let scene = Scene::new(streams);
        let components = candidates(streams, &scene);
        let own = features::features(&scene, &components);
        Self {
            scene,
            components,
            own,
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
        self.own.iter().map(|row| row.to_vec()).collect()
    }

    /// Returns the rows of a later stage, given the probabilities of the one before.
    #[must_use]
    pub fn later_rows(&self, before: &[f64]) -> Vec<Vec<f64>> {
        gate::later_rows(&self.scene, &self.components, &self.own, before)
    }
}

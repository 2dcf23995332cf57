//! What the gate says of the candidates of a run.

use std::ops::Range;

use crate::segmentation::gate::Gate;
use crate::segmentation::gate::by_itself;
use crate::segmentation::gate::choose::choose_by_gap;
use crate::segmentation::gate::choose::choose_sure;
use crate::segmentation::gate::chosen;
use crate::segmentation::gate::feature::Look;
use crate::segmentation::gate::feature::RunFacts;
use crate::segmentation::gate::likeness::ln_ratio;
use crate::segmentation::gate::own;
use crate::segmentation::gate::own::Own;
use crate::segmentation::gate::rhythm;
use crate::segmentation::gate::running::Running;
use crate::segmentation::gate::table;
use crate::segmentation::levels::Component;
use crate::segmentation::signals::Signals;

/// Candidates that a stage finds less probable than this are given up: no later stage looks at them.
///
/// # Units
/// Probability. Chosen: just above what the gaps of a run are looked for in. It keeps later stages,
/// whose features compare candidates with each other, cheap.
pub const SURVIVES: f64 = 0.004;
/// No label is surer than this: what was meant is never recorded.
///
/// # Units
/// Probability. Chosen: one in a hundred is meant otherwise than it was run.
const MOST_SURE: f64 = 0.99;

/// Returns how sure a label may be, given how sure its candidate is.
pub(crate) fn bounded(confidence: f64) -> f64 {
    confidence.min(MOST_SURE)
}

/// What the gate says of the candidates of a run: one entry each, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdict {
    /// The candidates as measured by themselves.
    pub(crate) measured: Measured,
    /// The features of the third stage; empty for a candidate that was given up.
    pub(crate) rows: Vec<Vec<f64>>,
    /// The probability of each candidate by the last stage.
    pub(crate) probabilities: Vec<f64>,
    /// How sure one may be of each candidate, if it is kept.
    pub(crate) confidence: Vec<f64>,
    /// The indices of those kept, in order of start, none overlapping.
    pub(crate) chosen: Vec<usize>,
}

/// The candidates of a run, measured by themselves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measured {
    own: Vec<Own>,
    run: RunFacts,
}

impl Measured {
    /// Measures all candidates of a run.
    pub(crate) fn of(signals: &Signals, components: &[Component]) -> Self {
        let [_, _, middle, _, _, fastest] = signals.levels_m_s;
        Self {
            own: own::measure(signals, components),
            run: RunFacts {
                wander: signals.wander,
                sampling_s: signals.sampling_s,
                slow_share: signals.slow_sums.mean(0..signals.len()).unwrap_or(0.0),
                moving_s: signals.moving_s,
                spread: ln_ratio(fastest, middle),
                noise_m_s: signals.noise_m_s,
                length_s: signals.len() as f64,
            },
        }
    }

    /// Returns what the running of the run says of a candidate.
    pub(crate) fn running(&self, index: usize) -> &Running {
        &self.own[index].running
    }

    /// Returns the spread of the ten-second means of a candidate.
    pub(crate) fn unevenness(&self, index: usize) -> f64 {
        self.own[index].evenness.spread
    }

    /// Returns the mean slope of a candidate, NaN where it is not known.
    pub(crate) fn slope(&self, index: usize) -> f64 {
        self.own[index].slope
    }

    /// Returns the rows of the first stage.
    pub(crate) fn first_rows(&self) -> Vec<Vec<f64>> {
        let (set, rhythm) = (chosen::InSet::default(), rhythm::InRhythm::ALONE);
        let rows = self.own.iter().map(|own| {
            let (run, set, rhythm) = (&self.run, &set, &rhythm);
            table::row(
                by_itself::BY_ITSELF.iter(),
                &Look {
                    own,
                    run,
                    set,
                    rhythm,
                },
            )
        });
        rows.collect()
    }

    /// Returns the rows of a later stage from what the stage before thought; empty ones for candidates
    /// that it gave up.
    pub(crate) fn later_rows(
        &self,
        signals: &Signals,
        components: &[Component],
        before: &[f64],
    ) -> Vec<Vec<f64>> {
        let alive: Vec<usize> = (0..components.len())
            .filter(|index| before[*index] >= SURVIVES)
            .collect();
        let of_alive = |all: &[f64]| -> Vec<f64> { alive.iter().map(|one| all[*one]).collect() };
        let contrasts: Vec<f64> = self.own.iter().map(|own| own.near.least()).collect();
        let (contrasts, before) = (of_alive(&contrasts), of_alive(before));
        let components: Vec<Component> = alive.iter().map(|one| components[*one].clone()).collect();
        let chosen = choose_by_gap(&ranges(&components), &before);
        let sets = chosen::compare(signals, &components, &before, &chosen);
        let rhythms = rhythm::compare(signals, &components, &contrasts, &before, &chosen);
        let mut rows = vec![Vec::new(); self.own.len()];
        for (index, (set, rhythm)) in alive.into_iter().zip(sets.iter().zip(&rhythms)) {
            let (own, run) = (&self.own[index], &self.run);
            rows[index] = table::row(
                table::all(),
                &Look {
                    own,
                    run,
                    set,
                    rhythm,
                },
            );
        }
        rows
    }
}

/// Judges the candidates of a run, by the run alone.
pub(crate) fn judge(signals: &Signals, components: &[Component], gate: &Gate) -> Verdict {
    let measured = Measured::of(signals, components);
    let mut probabilities = gate.first.probabilities(&measured.first_rows());
    let mut rows = Vec::new();
    for model in [&gate.second, &gate.third] {
        rows = measured.later_rows(signals, components, &probabilities);
        probabilities = model.probabilities(&rows);
    }
    let chosen = choose_sure(&ranges(components), &probabilities);
    let confidence = components
        .iter()
        .zip(&probabilities)
        .map(|(component, probability)| {
            let length = component.range.len();
            gate.calibration.confidence(*probability, length)
        })
        .collect();
    Verdict {
        measured,
        rows,
        probabilities,
        confidence,
        chosen,
    }
}

/// Returns the seconds that candidates cover.
pub(crate) fn ranges(components: &[Component]) -> Vec<Range<usize>> {
    components.iter().map(|one| one.range.clone()).collect()
}

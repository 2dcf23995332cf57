//! What a run may have been besides: see [`crate::segmentation::judge_again`].

use crate::segmentation::Candidate;
use crate::segmentation::Known;
use crate::segmentation::LapUse;
use crate::segmentation::is_marked;
use crate::segmentation::judge_again;
use crate::segmentation::trust;
use crate::summary::Reading;
use crate::summary::RunSummary;
use crate::units::round;

/// Decimals of probabilities.
const PROBABILITY_DECIMALS: i32 = 3;

/// Marks the candidates that are efforts.
fn keep(candidates: &mut [Candidate], efforts: &[usize]) {
    for (index, candidate) in candidates.iter_mut().enumerate() {
        candidate.kept = efforts.contains(&index);
    }
}

impl RunSummary {
    /// Reads the run anew with what is known of the athlete: takes the choice of efforts that fits, and
    /// says how sure it is. With nothing known, the run is read by itself.
    ///
    /// Whatever it was read as before, the same knowledge gives the same summary.
    pub fn read_again(&mut self, known: Known) {
        let is_fixed = matches!(self.laps.used, LapUse::Structured | LapUse::Manual);
        if is_fixed || self.segments.iter().any(is_marked) {
            return;
        }
        let mut all = std::mem::take(&mut self.details.readings);
        all.push(self.reading());
        all.sort_by_key(|reading| reading.place);
        let choices: Vec<&[usize]> = all.iter().map(|one| one.efforts.as_slice()).collect();
        let judged = judge_again(&self.details.candidates, &choices, known);
        let candidates = &mut self.details.candidates;
        for (candidate, said) in candidates.iter_mut().zip(&judged.probabilities) {
            candidate.probability = round(*said, PROBABILITY_DECIMALS);
        }
        // Those that are not taken are judged too, so that they do not remember what was known before.
        for reading in &mut all {
            keep(candidates, &reading.efforts);
            trust(&mut reading.segments, candidates, &judged);
        }
        self.take(all.remove(judged.reading.min(all.len() - 1)));
        keep(&mut self.details.candidates, &self.details.efforts);
        self.details.readings = all;
    }

    /// Returns the present reading.
    pub(super) fn reading(&self) -> Reading {
        let details = &self.details;
        Reading {
            place: details.reading,
            efforts: details.efforts.clone(),
            moving_s: self.head.moving_s,
            segments: self.segments.clone(),
            sets: self.sets.clone(),
            agreement: self.laps.agreement,
            disagreements: self.laps.disagreements.clone(),
            drift: self.drift.clone(),
            durability: self.durability.clone(),
            steady_blocks: details.steady_blocks.clone(),
            histograms: details.histograms.clone(),
            wander: details.wander.clone(),
            warm_up_rise_pct: details.warm_up_rise_pct,
            base_speed_m_s: details.base_speed_m_s,
            ground: details.ground.clone(),
        }
    }

    fn take(&mut self, reading: Reading) {
        self.head.moving_s = reading.moving_s;
        self.segments = reading.segments;
        self.sets = reading.sets;
        self.laps.agreement = reading.agreement;
        self.laps.disagreements = reading.disagreements;
        self.drift = reading.drift;
        self.durability = reading.durability;
        let details = &mut self.details;
        details.reading = reading.place;
        details.efforts = reading.efforts;
        details.steady_blocks = reading.steady_blocks;
        details.histograms = reading.histograms;
        details.wander = reading.wander;
        details.warm_up_rise_pct = reading.warm_up_rise_pct;
        details.base_speed_m_s = reading.base_speed_m_s;
        details.ground = reading.ground;
    }
}

//! What a run may have been besides: see [`crate::segmentation::judge_again`].

use crate::ingest::Sport;
use crate::segmentation::AthletePast;
use crate::segmentation::Candidate;
use crate::segmentation::LapUse;
use crate::segmentation::Segmentation;
use crate::segmentation::is_marked;
use crate::segmentation::judge_again;
use crate::segmentation::trust;
use crate::summary::Reading;
use crate::summary::RunDetails;
use crate::summary::RunSummary;
use crate::summary::cells::Cells;
use crate::summary::drift;
use crate::summary::durability;
use crate::summary::ground;
use crate::summary::head;
use crate::summary::histograms;
use crate::summary::pacing;
use crate::summary::rounding;
use crate::summary::steady;
use crate::units::round;

/// Decimals of probabilities.
const PROBABILITY_DECIMALS: i32 = 3;

/// Returns what follows from one way to cut a run, as its cells are cut, by its place among all and the time
/// of the timer.
pub(super) fn reading(
    cells: &Cells<'_>,
    sport: Sport,
    cut: &Segmentation,
    (place, timer_s): (usize, f64),
) -> Reading {
    let is_run = sport == Sport::Running;
    let mut reading = Reading {
        place,
        efforts: cut.efforts.clone(),
        moving_s: head::moving(cells, &cut.segments, timer_s),
        agreement: cut.laps.agreement,
        disagreements: cut.laps.disagreements.clone(),
        drift: drift::drift(cells, sport, &cut.segments),
        durability: durability::durability(cells, sport, &cut.segments),
        histograms: histograms::histograms(cells, &cut.segments),
        warm_up_rise_pct: pacing::warm_up_rise(cells),
        base_speed_m_s: cut.base_speed_m_s,
        segments: cut.segments.clone(),
        sets: cut.sets.clone(),
        ..Reading::default()
    };
    if is_run {
        reading.steady_blocks = steady::steady_blocks(cells, &cut.segments);
        reading.wander = steady::wander(cells, cut);
        reading.ground = ground::repeated_ground(cells.streams, &cut.segments);
    }
    rounding::round_reading(&mut reading);
    reading
}

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
    pub fn read_again(&mut self, known: AthletePast) {
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
        let details: &mut RunDetails = &mut self.details;
        keep(&mut details.candidates, &details.efforts);
        details.readings = all;
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
            drift: (*self.drift).clone(),
            durability: (*self.durability).clone(),
            steady_blocks: details.steady_blocks.clone(),
            histograms: details.histograms.clone(),
            wander: details.wander.clone(),
            warm_up_rise_pct: details.warm_up_rise_pct,
            base_speed_m_s: details.base_speed_m_s,
            ground: details.ground.clone(),
        }
    }

    pub(super) fn take(&mut self, reading: Reading) {
        self.head.moving_s = reading.moving_s;
        self.segments = reading.segments;
        self.sets = reading.sets;
        self.laps.agreement = reading.agreement;
        self.laps.disagreements = reading.disagreements;
        self.drift = reading.drift.into();
        self.durability = reading.durability.into();
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

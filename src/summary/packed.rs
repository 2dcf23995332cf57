//! Summaries in little memory, for archives of many years.

use std::io::Read;
use std::io::Write;
use std::ops::Deref;
use std::ops::DerefMut;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::Deserialize;
use serde::Serialize;

use crate::segmentation::Candidate;
use crate::segmentation::LapRow;
use crate::segmentation::Segment;
use crate::summary::BestEffort;
use crate::summary::MeanMax;
use crate::summary::Reading;
use crate::summary::RunSummary;
use crate::summary::SegmentHistograms;
use crate::summary::SteadyBlock;

/// A summary, of which the greater part may be packed until it is judged. What tells activities apart is
/// always at hand; the rest comes back by [`Self::unpacked`].
#[derive(Clone, Debug, Default)]
pub struct PackedRun {
    /// In a box, so that its room is free as soon as it is judged, while others of the same list wait.
    run: Box<RunSummary>,
    /// What was taken out of `run`, as deflated JSON.
    packed: Option<Box<[u8]>>,
    /// How many laps it has.
    laps: usize,
}

/// The greater part of a summary.
#[derive(Default, Serialize, Deserialize)]
struct Bulk {
    segments: Vec<Segment>,
    best_efforts: Vec<BestEffort>,
    candidates: Vec<Candidate>,
    readings: Vec<Reading>,
    mean_max: Vec<MeanMax>,
    histograms: Vec<SegmentHistograms>,
    steady_blocks: Vec<SteadyBlock>,
    laps: Vec<LapRow>,
}

/// What is at hand of a packed run.
#[derive(Serialize, Deserialize)]
struct Kept {
    laps: usize,
    run: RunSummary,
}

impl Bulk {
    /// Takes it out of a summary, or puts it back.
    fn swap(&mut self, run: &mut RunSummary) {
        let details = &mut run.details;
        std::mem::swap(&mut self.segments, &mut run.segments);
        std::mem::swap(&mut self.best_efforts, &mut run.best_efforts);
        std::mem::swap(&mut self.candidates, &mut details.candidates);
        std::mem::swap(&mut self.readings, &mut details.readings);
        std::mem::swap(&mut self.mean_max, &mut details.mean_max);
        std::mem::swap(&mut self.histograms, &mut details.histograms);
        std::mem::swap(&mut self.steady_blocks, &mut details.steady_blocks);
        std::mem::swap(&mut self.laps, &mut run.laps.rows);
    }
}

impl From<RunSummary> for PackedRun {
    /// Keeps a summary as it is.
    fn from(run: RunSummary) -> Self {
        Self {
            laps: run.laps.rows.len(),
            run: Box::new(run),
            packed: None,
        }
    }
}

impl PackedRun {
    /// Packs a summary; one that cannot be packed stays as it is.
    #[must_use]
    pub fn pack(mut run: RunSummary) -> Self {
        let laps = run.laps.rows.len();
        let mut bulk = Bulk::default();
        bulk.swap(&mut run);
        match deflated(&bulk) {
            Some(bytes) => Self {
                run: Box::new(run),
                packed: Some(bytes),
                laps,
            },
            None => {
                bulk.swap(&mut run);
                Self::from(run)
            }
        }
    }

    /// Returns the run as two texts of bytes, to be kept elsewhere: what is at hand, and what is packed; nothing
    /// where it cannot be packed.
    #[must_use]
    pub fn to_parts(&self) -> Option<(Vec<u8>, Box<[u8]>)> {
        let packed = match self.packed {
            Some(_) => self.clone(),
            None => Self::pack((*self.run).clone()),
        };
        let kept = Kept {
            laps: packed.laps,
            run: *packed.run,
        };
        Some((serde_json::to_vec(&kept).ok()?, packed.packed?))
    }

    /// Returns the run of which [`Self::to_parts`] made two; nothing where these are others.
    #[must_use]
    pub fn from_parts(head: &[u8], packed: &[u8]) -> Option<Self> {
        let kept: Kept = serde_json::from_slice(head).ok()?;
        Some(Self {
            run: Box::new(kept.run),
            packed: Some(packed.into()),
            laps: kept.laps,
        })
    }

    /// Returns how many laps the run has, packed or not.
    #[must_use]
    pub fn laps(&self) -> usize {
        self.laps
    }

    /// Returns the whole summary.
    #[must_use]
    pub fn unpacked(mut self) -> RunSummary {
        if let Some(bytes) = self.packed {
            let bulk: Option<Bulk> = inflated(&bytes);
            bulk.unwrap_or_default().swap(&mut self.run);
        }
        *self.run
    }
}

fn deflated(bulk: &Bulk) -> Option<Box<[u8]>> {
    let text = serde_json::to_vec(bulk).ok()?;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&text).ok()?;
    Some(encoder.finish().ok()?.into_boxed_slice())
}

fn inflated(bytes: &[u8]) -> Option<Bulk> {
    let mut text = Vec::new();
    DeflateDecoder::new(bytes).read_to_end(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

impl Deref for PackedRun {
    type Target = RunSummary;

    fn deref(&self) -> &RunSummary {
        &self.run
    }
}

impl DerefMut for PackedRun {
    fn deref_mut(&mut self) -> &mut RunSummary {
        &mut self.run
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        reason = "a run that is not packed fails the test"
    )]

    use super::*;

    #[test]
    fn a_run_comes_back_from_its_parts_or_not_at_all() {
        let mut run = RunSummary::default();
        run.head.name = Some("ten by one minute".to_owned());
        run.head.elapsed_s = 0.1 + 0.2;
        run.best_efforts.push(BestEffort::default());
        for packed in [PackedRun::from(run.clone()), PackedRun::pack(run.clone())] {
            let (head, bulk) = packed.to_parts().unwrap();
            let back = PackedRun::from_parts(&head, &bulk).unwrap();
            assert_eq!((back.laps(), back.unpacked()), (0, run.clone()));
            assert!(PackedRun::from_parts(&head[..20], &bulk).is_none());
        }
        assert!(PackedRun::from_parts(&[], &[]).is_none());
    }
}

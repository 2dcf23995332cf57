//! Summaries in little memory, for archives of many years.

use std::io::Read;
use std::io::Write;
use std::ops::Deref;
use std::ops::DerefMut;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::Deserialize;
use serde::Serialize;

use crate::ingest::AthleteSettings;
use crate::ingest::Warning;
use crate::streams::HeartRateQuality;
use crate::summary::RunHead;
use crate::summary::RunSummary;

/// A summary, which may be packed until it is judged. What tells activities apart is always at hand; the rest
/// comes back by [`Self::unpacked`].
#[derive(Clone, Debug)]
pub struct PackedRun {
    /// In a box, so that its room is free as soon as it is judged, while others of the same list wait.
    known: Box<Known>,
    rest: Rest,
}

/// What is at hand of a run, packed or not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// What, when, how long, how far; without the totals of the watch.
    pub head: Box<RunHead>,
    /// What the device believed of the athlete.
    pub athlete: AthleteSettings,
    /// Whether heart rate is sound.
    pub heart_rate: HeartRateQuality,
    /// Whether it has power.
    pub has_power: bool,
    /// Whether nothing is missing that was once recorded.
    pub is_whole: bool,
    /// How many laps it has.
    pub laps: usize,
    /// See [`crate::summary::RunDetails::second_recording_of`].
    pub second_recording_of: Option<String>,
}

/// A summary without what is at hand.
#[derive(Clone, Debug)]
enum Rest {
    Whole(Box<RunSummary>),
    /// As deflated JSON.
    Packed(Box<[u8]>),
}

impl From<RunSummary> for PackedRun {
    /// Keeps a summary as it is.
    fn from(mut run: RunSummary) -> Self {
        let mut head = std::mem::take(&mut run.head);
        run.head.watch = head.watch.take();
        Self {
            known: Box::new(Known {
                head,
                athlete: run.details.athlete.clone(),
                heart_rate: run.data_quality.heart_rate,
                has_power: run.details.power_w.is_some(),
                is_whole: !run.warnings.iter().any(Warning::loses_data),
                laps: run.laps.rows.len(),
                second_recording_of: run.details.second_recording_of.take(),
            }),
            rest: Rest::Whole(Box::new(run)),
        }
    }
}

impl PackedRun {
    /// Packs a summary; one that cannot be packed stays as it is.
    #[must_use]
    pub fn pack(run: RunSummary) -> Self {
        let Self { known, rest } = Self::from(run);
        let rest = rest.packed().map_or(rest, Rest::Packed);
        Self { known, rest }
    }

    /// Returns the run as two texts of bytes, to be kept elsewhere: what is at hand, and what is packed; nothing
    /// where it cannot be packed.
    #[must_use]
    pub fn to_parts(&self) -> Option<(Vec<u8>, Box<[u8]>)> {
        Some((serde_json::to_vec(&self.known).ok()?, self.rest.packed()?))
    }

    /// Returns the run of which [`Self::to_parts`] made two; nothing where these are others.
    #[must_use]
    pub fn from_parts(known: &[u8], packed: &[u8]) -> Option<Self> {
        Some(Self {
            known: serde_json::from_slice(known).ok()?,
            rest: Rest::Packed(packed.into()),
        })
    }

    /// Returns the whole summary.
    #[must_use]
    pub fn unpacked(self) -> RunSummary {
        let mut run = match self.rest {
            Rest::Whole(run) => *run,
            Rest::Packed(bytes) => from_packed(&bytes).unwrap_or_default(),
        };
        let watch = run.head.watch.take();
        run.head = self.known.head;
        run.head.watch = watch;
        if self.known.second_recording_of.is_some() {
            run.details.second_recording_of = self.known.second_recording_of;
        }
        run
    }
}

impl Rest {
    /// Returns it packed; nothing where it cannot be.
    fn packed(&self) -> Option<Box<[u8]>> {
        match self {
            Self::Whole(run) => deflated(&serde_json::to_vec(run).ok()?),
            Self::Packed(bytes) => Some(bytes.clone()),
        }
    }
}

/// What stands before every summary while it is packed: the keys of one, so that none has to spell them out. That
/// makes it smaller by a sixth to a fifth.
const PRIMER: &[u8] = include_bytes!("primer.json");

/// The primer as it is packed.
static PACKED_PRIMER: LazyLock<Vec<u8>> =
    LazyLock::new(|| primed().map_or_else(|_| Vec::new(), |encoder| encoder.get_ref().clone()));

/// Returns what packs whatever comes behind the primer. What it has written does not depend on that.
fn primed() -> std::io::Result<DeflateEncoder<Vec<u8>>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(PRIMER)?;
    encoder.flush()?;
    Ok(encoder)
}

/// Packs a text, without the bytes of the primer.
fn deflated(text: &[u8]) -> Option<Box<[u8]>> {
    let mut encoder = primed().ok()?;
    encoder.write_all(text).ok()?;
    let bytes = encoder.finish().ok()?;
    Some(bytes.strip_prefix(PACKED_PRIMER.as_slice())?.into())
}

fn from_packed(bytes: &[u8]) -> Option<RunSummary> {
    let mut text = Vec::new();
    let mut decoder = DeflateDecoder::new(PACKED_PRIMER.chain(bytes));
    decoder.read_to_end(&mut text).ok()?;
    serde_json::from_slice(text.strip_prefix(PRIMER)?).ok()
}

impl Deref for PackedRun {
    type Target = Known;

    fn deref(&self) -> &Known {
        &self.known
    }
}

impl DerefMut for PackedRun {
    fn deref_mut(&mut self) -> &mut Known {
        &mut self.known
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        reason = "a run that is not packed fails the test"
    )]

    use super::*;
    use crate::summary::BestEffort;
    use crate::summary::Watch;

    #[test]
    fn a_run_comes_back_from_its_parts_or_not_at_all() {
        let mut run = RunSummary::default();
        run.head.name = Some("ten by one minute".to_owned());
        run.head.elapsed_s = 0.1 + 0.2;
        run.head.watch = Some(Box::new(Watch {
            timer_s: Some(0.3),
            ..Watch::default()
        }));
        run.best_efforts.push(BestEffort::default());
        run.details.second_recording_of = Some("monday.fit".to_owned());
        for packed in [PackedRun::from(run.clone()), PackedRun::pack(run.clone())] {
            let (known, rest) = packed.to_parts().unwrap();
            let back = PackedRun::from_parts(&known, &rest).unwrap();
            assert_eq!((back.laps, back.unpacked()), (0, run.clone()));
            assert_eq!(packed.unpacked(), run);
            assert!(PackedRun::from_parts(&known[..20], &rest).is_none());
        }
        assert!(PackedRun::from_parts(&[], &[]).is_none());
    }

    #[test]
    fn no_run_has_to_spell_out_its_keys() {
        let packed = |text: &[u8]| deflated(text).unwrap().len();
        // A key that is new, and one that the primer knows.
        let [new, known] = ["\"a_key_that_no_run_has\"", "\"heart_rate_max_20min_bpm\""];
        assert!(packed(known.as_bytes()) + 10 < packed(new.as_bytes()));
        let run = serde_json::to_string(&RunSummary::default()).unwrap();
        let keys = run.split('"').skip(1).step_by(2);
        let primer = std::str::from_utf8(PRIMER).unwrap();
        for key in keys.filter(|key| run.contains(&format!("\"{key}\":"))) {
            assert!(primer.contains(&format!("\"{key}\":")), "{key}");
        }
        let (packed, spelt) = (packed(run.as_bytes()), run.len());
        assert!(packed < spelt / 3, "{packed} of {spelt}");
    }
}

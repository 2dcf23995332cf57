//! What the user says of single runs.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use crate::ingest::Changes;
use crate::ingest::Crop;
use crate::ingest::Sport;
use crate::segmentation::SegmentEdit;
use crate::settings::kind;
use crate::vocabulary::SessionKind;

/// The content of `hardeasy.corrections.toml`: by the SHA-256 of a file (or a prefix of at least
/// 12 digits), what the user says of that run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Corrections {
    /// The corrections.
    pub by_hash: BTreeMap<String, Correction>,
}

/// What the user says of one run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Correction {
    /// The session kind, as in "tempo".
    #[serde(deserialize_with = "kind::kind")]
    pub kind: Option<SessionKind>,
    /// Perceived exertion 0–10.
    pub rpe: Option<f64>,
    /// A note.
    pub note: Option<String>,
    /// Whether to leave the run out of history and review.
    pub exclude: Option<bool>,
    /// The sport, one of [`crate::ingest::SPORT_NAMES`].
    pub sport: Option<String>,
    /// The part of the recording that counts.
    pub crop: Option<Crop>,
    /// The true distance.
    pub distance_m: Option<f64>,
    /// The official time over the true distance.
    pub time_s: Option<f64>,
    /// Stretches of which the user says what they were, in the time of the whole recording; they do not
    /// overlap.
    pub segments: Vec<SegmentEdit>,
}

/// Returns whether a kind says that an activity was a run.
fn says_run(kind: SessionKind) -> bool {
    kind.is_run() && kind != SessionKind::Undecided
}

impl Corrections {
    /// Adds corrections of a folder further in: what they say of a run wins field by field, what they
    /// leave open stays.
    pub(crate) fn overlay(&mut self, inner: &Self) {
        let mut both = Vec::with_capacity(inner.by_hash.len());
        for (hash, correction) in &inner.by_hash {
            let base = self.of(hash).cloned().unwrap_or_default();
            both.push((hash.clone(), base.overlaid(correction)));
            let from_it = self.by_hash.range(hash.clone()..);
            let longer = from_it.take_while(|(longer, _)| longer.starts_with(hash.as_str()));
            both.extend(longer.map(|(longer, base)| {
                let base = base.clone();
                (longer.clone(), base.overlaid(correction))
            }));
        }
        self.by_hash.extend(both);
    }

    /// Returns what the user says of the file with a SHA-256: the entry with the longest prefix.
    #[must_use]
    pub fn of(&self, sha256: &str) -> Option<&Correction> {
        // As many look-ups as a hash has digits, however many entries there are.
        let lengths = (1..=sha256.len()).rev();
        let mut prefixes = lengths.filter_map(|length| sha256.get(..length));
        prefixes.find_map(|prefix| self.by_hash.get(prefix))
    }
}

impl Correction {
    /// Returns what is to be done to the recording of an activity before anything is derived from it.
    ///
    /// The kind of a run says, too, that an activity was one, unless the file says that it was ridden,
    /// swum or the like.
    #[must_use]
    pub fn changes(&self, sport: Sport) -> Changes {
        // A kind of a run says of a run, too, that it was one.
        let may_be_run = matches!(
            sport,
            Sport::Running | Sport::Other | Sport::Unknown | Sport::Walking
        );
        let says_run = self.kind.is_some_and(says_run);
        let by_kind = (may_be_run && says_run).then(|| "running".to_owned());
        Changes {
            sport: self.sport.clone().or(by_kind),
            crop: self.crop,
            distance_m: self.distance_m,
        }
    }

    /// Returns the marked segments in the time of the part of the recording that counts.
    #[must_use]
    pub fn segments_of_part(&self) -> Vec<SegmentEdit> {
        let zero_s = self.crop.map_or(0.0, |crop| crop.start_s);
        let moved = self.segments.iter().map(|edit| SegmentEdit {
            start_s: (edit.start_s - zero_s).max(0.0),
            end_s: edit.end_s - zero_s,
            kind: edit.kind,
        });
        moved.filter(|edit| edit.end_s > edit.start_s).collect()
    }

    /// Returns whether nothing is said that changes the run.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let nothing = Self {
            exclude: self.exclude.filter(|exclude| !exclude),
            ..Self::default()
        };
        *self == nothing
    }

    /// Returns what is said here where another correction says nothing; its segments, when it has
    /// any, take the place of all here.
    fn overlaid(self, other: &Self) -> Self {
        let other = other.clone();
        Self {
            kind: other.kind.or(self.kind),
            rpe: other.rpe.or(self.rpe),
            note: other.note.or(self.note),
            exclude: other.exclude.or(self.exclude),
            sport: other.sport.or(self.sport),
            crop: other.crop.or(self.crop),
            distance_m: other.distance_m.or(self.distance_m),
            time_s: other.time_s.or(self.time_s),
            segments: if other.segments.is_empty() {
                self.segments
            } else {
                other.segments
            },
        }
    }
}

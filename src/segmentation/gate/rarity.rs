//! How much a candidate stands out from what its own run is like: the stretches like it, and the
//! running around it.
//!
//! A contrast of 15 % over half a minute is nothing in a hilly fartlek and plain to see on a flat easy
//! run. The run's own wander says that on average; this says it for stretches of the candidate's
//! length, of which each run holds its own null distribution: if ten others stand out as much, they are
//! a set or they are wander, which likeness and rhythm tell apart.

use std::ops::Range;

use crate::segmentation::gate::likeness::apart;
use crate::segmentation::gate::likeness::ln_ratio;
use crate::segmentation::signals::EVEN_BLOCK_S;
use crate::segmentation::signals::Signals;
use crate::statistics::median_of;
use crate::statistics::quantile;
use crate::thresholds::WALKING_M_S;

/// Stretches are of a like length within this much.
///
/// # Units
/// Natural logarithm of a ratio: up to twice as long. Chosen: contrast falls with length.
const PEER_LENGTH: f64 = 0.7;
/// A contrast is comparable from this share of another on.
///
/// # Units
/// Ratio of logarithms. Chosen: the repetitions of one set differ by less in contrast.
const COMPARABLE: f64 = 0.6;
/// The lower means of the background lie below all but this share of them.
///
/// # Units
/// Share. Chosen: what is lower are slow-downs; upper ones would be other efforts.
const LOW_SHARE: f64 = 0.2;
/// The background is looked at this far on either side.
///
/// # Units
/// Seconds. Chosen: it holds a repetition and its recovery, so that the middle of it is seldom an effort.
const BACKGROUND_S: usize = 240;
/// And begins this far from the bout.
///
/// # Units
/// Seconds. Chosen: the reach of an edge, whose ramp is neither.
const BACKGROUND_GAP_S: usize = 6;

/// A candidate as far as rarity goes.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    /// The seconds it covers.
    pub(crate) range: Range<usize>,
    /// Its length (natural logarithm of seconds).
    pub(crate) ln_length: f64,
    /// Its contrast to the nearer level of its two neighbours.
    pub(crate) contrast: f64,
}

/// What the run itself says of how rare a contrast is; NaN where there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rarity {
    /// Other stretches of a like length, without overlap, that stand out at least as much.
    pub(crate) stronger: f64,
    /// The same of those that stand out nearly as much.
    pub(crate) comparable: f64,
    /// The share of the strongest contrast that this one has.
    pub(crate) share_of_strongest: f64,
}

impl Default for Rarity {
    fn default() -> Self {
        Self {
            stronger: f64::NAN,
            comparable: f64::NAN,
            share_of_strongest: f64::NAN,
        }
    }
}

impl Rarity {
    /// Returns how rare the contrast of one of some candidates is.
    pub(crate) fn of(peers: &[Peer], index: usize) -> Self {
        let own = &peers[index];
        if own.contrast <= 0.0 {
            return Self::default();
        }
        let (mut stronger, mut comparable, mut strongest) = ((0.0, 0), (0.0, 0), own.contrast);
        for other in peers {
            let is_peer = (other.ln_length - own.ln_length).abs() <= PEER_LENGTH;
            if !is_peer || !apart(&own.range, &other.range) {
                continue;
            }
            strongest = other.contrast.max(strongest);
            for (count, share) in [(&mut stronger, 1.0), (&mut comparable, COMPARABLE)] {
                if other.contrast >= share * own.contrast && other.range.start >= count.1 {
                    count.0 += 1.0;
                    count.1 = other.range.end;
                }
            }
        }
        Self {
            stronger: stronger.0,
            comparable: comparable.0,
            share_of_strongest: own.contrast / strongest,
        }
    }
}

/// The running within some minutes of a candidate: how fast, and how quiet, even when other efforts are
/// part of it; NaN where nobody runs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Background {
    /// The middle of its ten-second means of effort speed.
    pub(crate) usual_m_s: f64,
    /// How far the lower ones lie below it (natural logarithm).
    pub(crate) spread: f64,
}

impl Background {
    /// Measures what lies around a range.
    pub(crate) fn of(signals: &Signals, range: &Range<usize>) -> Self {
        let mut means: Vec<f64> = Vec::with_capacity(2 * BACKGROUND_S / EVEN_BLOCK_S);
        let from = range.start.saturating_sub(BACKGROUND_S + BACKGROUND_GAP_S);
        let to = (range.end + BACKGROUND_S + BACKGROUND_GAP_S).min(signals.len());
        let sides = [
            from..range.start.saturating_sub(BACKGROUND_GAP_S),
            range.end + BACKGROUND_GAP_S..to,
        ];
        for side in sides {
            let mut start = side.start;
            while start + EVEN_BLOCK_S <= side.end {
                means.push(signals.mean_effort(start..start + EVEN_BLOCK_S));
                start += EVEN_BLOCK_S;
            }
        }
        means.retain(|mean| *mean >= WALKING_M_S);
        let middle = median_of(&mut means).unwrap_or(f64::NAN);
        let low = quantile(&mut means, LOW_SHARE).unwrap_or(f64::NAN);
        let spread = if means.is_empty() {
            f64::NAN
        } else {
            ln_ratio(middle, low)
        };
        Self {
            usual_m_s: middle,
            spread,
        }
    }
}

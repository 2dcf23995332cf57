//! How much a candidate stands out from what its own run is like: the stretches like it, and the
//! running around it.

use std::ops::Range;

use crate::segmentation::features::COUNT;
use crate::segmentation::features::EVEN_BLOCK_S;
use crate::segmentation::features::LEAST_CONTRAST;
use crate::segmentation::features::LN_LENGTH;
use crate::segmentation::features::ln_ratio;
use crate::segmentation::levels::Component;
use crate::segmentation::noise::median;
use crate::segmentation::noise::quantile;
use crate::segmentation::scene::STANDING_M_S;
use crate::segmentation::scene::Scene;

/// Stretches are of a like length within this much (natural logarithm).
const PEER_LENGTH: f64 = 0.7;
/// A contrast is comparable from this share of another on.
const COMPARABLE: f64 = 0.6;
/// The lower means of the background are below all but this share of them. Chosen: lower quarters are
/// slow-downs.
const LOW_SHARE: f64 = 0.2;
/// The background is looked at this far on either side, in seconds.
const BACKGROUND_S: usize = 240;
/// And begins this far from the bout, in seconds.
const BACKGROUND_GAP_S: usize = 6;

/// Returns what the run itself says of how rare a contrast is: how many of its other stretches of a
/// like length, without overlap, stand out at least as much, how many nearly as much, and what share
/// of the strongest contrast this one has.
pub(crate) fn own_null(components: &[Component], rows: &[[f64; COUNT]], index: usize) -> [f64; 3] {
    let (range, row) = (&components[index].range, &rows[index]);
    let contrast = row[LEAST_CONTRAST];
    if contrast <= 0.0 {
        return [f64::NAN; 3];
    }
    let (mut stronger, mut comparable, mut strongest) = ((0.0, 0), (0.0, 0), contrast);
    for (other, other_row) in components.iter().zip(rows) {
        let is_peer = (other_row[LN_LENGTH] - row[LN_LENGTH]).abs() <= PEER_LENGTH;
        let is_apart = other.range.end <= range.start || range.end <= other.range.start;
        if !is_peer || !is_apart {
            continue;
        }
        strongest = other_row[LEAST_CONTRAST].max(strongest);
        for (count, share) in [(&mut stronger, 1.0), (&mut comparable, COMPARABLE)] {
            if other_row[LEAST_CONTRAST] >= share * contrast && other.range.start >= count.1 {
                count.0 += 1.0;
                count.1 = other.range.end;
            }
        }
    }
    [stronger.0, comparable.0, contrast / strongest]
}

/// Returns the usual effort speed of the ten-second means around a bout that move, and how far the
/// lower ones lie below it (natural logarithm): how quiet the running around it is, even when other
/// efforts are part of it.
pub(crate) fn background(scene: &Scene, range: &Range<usize>) -> [f64; 2] {
    let mut means: Vec<f64> = Vec::new();
    let from = range.start.saturating_sub(BACKGROUND_S + BACKGROUND_GAP_S);
    let to = (range.end + BACKGROUND_S + BACKGROUND_GAP_S).min(scene.len());
    let sides = [
        from..range.start.saturating_sub(BACKGROUND_GAP_S),
        range.end + BACKGROUND_GAP_S..to,
    ];
    for side in sides {
        let mut start = side.start;
        while start + EVEN_BLOCK_S <= side.end {
            means.push(scene.mean_effort(start..start + EVEN_BLOCK_S));
            start += EVEN_BLOCK_S;
        }
    }
    means.retain(|mean| *mean >= STANDING_M_S);
    let middle = median(&mut means);
    let low = quantile(&mut means, LOW_SHARE);
    let known = middle.zip(low);
    known.map_or([f64::NAN; 2], |(middle, low)| {
        [middle, ln_ratio(middle, low)]
    })
}

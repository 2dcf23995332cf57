//! Where the efforts of a strip stand, and which letters there is room for.

use crate::report::drawing::figure::Width;
use crate::report::drawing::layout;
use crate::report::drawing::ticks;

/// Space between two groups, as a share of the room of an effort.
pub(super) const GROUP_GAP: f64 = 0.8;
/// The share of its room that a bar takes.
const BAR_SHARE: f64 = 0.72;
/// The greatest width of a bar.
const MOST_BAR_PX: f64 = 72.0;
/// Space between letters that stand side by side.
const LETTERS_GAP_PX: f64 = 4.0;

/// Where the efforts stand: each has the same room, one unit wide, of a whole number of pixels, so
/// that bars and gaps are equal.
pub(super) struct Places {
    /// The middles, group by group.
    pub(super) middles: Vec<Vec<f64>>,
    /// How many pixels a unit takes.
    pub(super) room_px: f64,
    /// The right end of the axis; its left one is 0.
    pub(super) high: f64,
    /// Half the width of a bar.
    pub(super) half_bar: f64,
}

impl Places {
    /// Returns the places of groups of so many efforts.
    pub(super) fn new(counts: &[usize], width: Width) -> Self {
        let plot_px = layout::plot_width_px(width);
        let efforts: f64 = counts.iter().map(|count| ticks::as_f64(*count)).sum();
        let gaps = ticks::as_f64(counts.len().saturating_sub(1)) * GROUP_GAP;
        let room_px = (plot_px / (efforts + gaps)).floor().max(1.0);
        let gap = (GROUP_GAP * room_px).floor() / room_px;
        let bar_px = (room_px * BAR_SHARE).round().clamp(1.0, MOST_BAR_PX);
        let mut left = 0.0;
        let middles = counts.iter().map(|count| {
            let first = left;
            left += ticks::as_f64(*count) + gap;
            let places = 0..*count;
            places
                .map(|place| first + ticks::as_f64(place) + 0.5)
                .collect()
        });
        Self {
            middles: middles.collect(),
            room_px,
            high: plot_px / room_px,
            half_bar: bar_px / room_px / 2.0,
        }
    }

    /// Returns from where to where the bars of a group reach.
    pub(super) fn span(&self, group: usize) -> (f64, f64) {
        let middles = &self.middles[group];
        let ends = middles.first().zip(middles.last());
        ends.map_or((0.0, 0.0), |(first, last)| {
            (first - self.half_bar, last + self.half_bar)
        })
    }

    /// Returns which letters can be written in a row: all, or else those that matter, as long as
    /// none touches one before it.
    pub(super) fn written(&self, letters: &[Letters]) -> Vec<usize> {
        let fits = |one: &Letters, other: &Letters| {
            let apart_px = (other.at - one.at) * self.room_px;
            apart_px >= f64::midpoint(one.width_px, other.width_px) + LETTERS_GAP_PX
        };
        if letters.windows(2).all(|pair| fits(&pair[0], &pair[1])) {
            return (0..letters.len()).collect();
        }
        let mut written: Vec<usize> = Vec::new();
        for (index, own) in letters.iter().enumerate().filter(|(_, own)| own.matters) {
            if written.last().is_none_or(|last| fits(&letters[*last], own)) {
                written.push(index);
            }
        }
        written
    }
}

/// Letters that want to be written at a place.
pub(super) struct Letters {
    /// Their middle.
    pub(super) at: f64,
    pub(super) width_px: f64,
    /// Whether they are written where not all can be.
    pub(super) matters: bool,
}

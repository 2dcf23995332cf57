//! Where the parts of a chart stand: its margins, its panels, its labels.
//!
//! # Units
//! Pixels.

use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Width;
use crate::report::drawing::letters::text_width_px;

/// Width of a chart for a laptop.
const WIDE_PX: u32 = 960;
/// Width of a chart for a phone: 360 px less the margins of the page and of its card.
const NARROW_PX: u32 = 328;
/// Room for the labels of the vertical axis.
const LEFT_PX: u32 = 44;
/// Room at the right, for half of the last label of the horizontal axis.
const RIGHT_PX: u32 = 20;
/// Height of the line that names a panel.
const PANEL_LABEL_PX: u32 = 22;
/// Space between panels.
pub(super) const PANEL_GAP_PX: u32 = 10;
/// Height of the labels of the horizontal axis.
const X_LABEL_PX: u32 = 24;
/// Space between an axis and its labels.
pub(super) const LABEL_GAP_PX: f64 = 7.0;

/// Returns the room for marks in a chart of a width that has axes.
#[must_use]
pub fn plot_width_px(width: Width) -> f64 {
    f64::from(width_px(width) - LEFT_PX - RIGHT_PX)
}

/// Returns the room for marks in a chart of a width that has no axes.
#[must_use]
pub fn bare_width_px(width: Width) -> f64 {
    f64::from(width_px(width))
}

pub(super) fn width_px(width: Width) -> u32 {
    width.pick(WIDE_PX, NARROW_PX)
}

pub(super) fn label_px(panel: &Panel) -> u32 {
    if panel.label.is_empty() {
        0
    } else {
        PANEL_LABEL_PX
    }
}

/// Returns the room left of and right of the marks.
pub(super) fn margins_px(figure: &Figure) -> (u32, u32) {
    let has_axes = figure.panels.iter().any(|panel| !panel.y.ticks.is_empty());
    if has_axes {
        (LEFT_PX, RIGHT_PX.max(ends_px(figure)))
    } else {
        (0, 0)
    }
}

/// Returns the room that the letters right of the panels take.
fn ends_px(figure: &Figure) -> u32 {
    let shapes = figure.panels.iter().flat_map(|panel| &panel.shapes);
    let widths = shapes.filter_map(|shape| match shape {
        Shape::End { text, remark, .. } => Some(text_width_px(text).max(text_width_px(remark))),
        _ => None,
    });
    let widest = widths.max_by(f64::total_cmp).unwrap_or_default();
    if widest > 0.0 {
        // The width of letters is an estimate: as much again as the gap keeps them inside.
        u32::try_from(pixel(widest + 2.0 * LABEL_GAP_PX)).unwrap_or_default()
    } else {
        0
    }
}

/// Returns where the last panel ends, the gap below it included.
pub(super) fn foot_px(figure: &Figure) -> u32 {
    let heights = figure.panels.iter();
    heights
        .map(|panel| label_px(panel) + panel.height_px + PANEL_GAP_PX)
        .sum()
}

pub(super) fn height_px(figure: &Figure) -> u32 {
    let panels = foot_px(figure);
    let labels = if figure.x.ticks.is_empty() {
        0
    } else {
        X_LABEL_PX
    };
    panels + labels
}

/// Returns the left end and the width of the marks.
pub(super) fn plot_px(figure: &Figure) -> (u32, u32) {
    let (left, right) = margins_px(figure);
    (left, width_px(figure.width) - left - right)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a place on a sheet of some hundred pixels"
)]
pub(super) fn pixel(value: f64) -> i32 {
    value.round() as i32
}

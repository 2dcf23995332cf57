//! A panel at its place on the sheet: the drawing library's coordinates turn values into places, and marks are drawn
//! there.

use std::ops::Range;

use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::DefaultFormatting;
use plotters::coord::ranged1d::KeyPointHint;
use plotters::coord::ranged1d::Ranged;

use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::layout;
use crate::report::drawing::layout::LABEL_GAP_PX;
use crate::report::drawing::letters::LINE_PX;
use crate::report::drawing::look::Across;
use crate::report::drawing::look::Down;
use crate::report::drawing::look::HAIRLINE_PX;
use crate::report::drawing::look::Letters;
use crate::report::drawing::svg::Place;
use crate::report::drawing::svg::Sheet;
use crate::report::drawing::svg::units;

/// Opacity of an area under a line.
const AREA_OPACITY: f64 = 0.55;
/// Opacity of an interval around a line.
pub(in crate::report) const BAND_OPACITY: f64 = 0.18;

/// Values outside of an axis lie at its ends; its key points are its ticks.
impl Ranged for Axis {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (low, high): (i32, i32)) -> i32 {
        low + layout::pixel(self.share(*value) * f64::from(high - low))
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        let ticks = self.ticks.iter().take(hint.max_num_points());
        ticks.map(|tick| tick.at).collect()
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

/// A panel at its place.
pub(super) struct Frame<'a> {
    panel: &'a Panel,
    coordinates: Cartesian2d<Axis, Axis>,
    left_upper: Place,
    right_lower: Place,
    /// Where the last panel ends.
    foot: i32,
}

impl<'a> Frame<'a> {
    /// Places a panel: its left upper corner and its width, in pixels.
    pub(super) fn new(
        panel: &'a Panel,
        x: &'a Axis,
        (left_px, top_px, width_px): (u32, u32, u32),
        foot_px: u32,
    ) -> Self {
        let place = |px: u32| units(f64::from(px));
        let (left, top) = (place(left_px), place(top_px));
        let (right, foot) = (left + place(width_px), top + place(panel.height_px));
        // Values rise upwards, places downwards.
        let up = Range {
            start: foot,
            end: top,
        };
        Self {
            panel,
            coordinates: Cartesian2d::new(x.clone(), panel.y.clone(), (left..right, up)),
            left_upper: (left, top),
            right_lower: (right, foot),
            foot: place(foot_px),
        }
    }

    /// Draws the name of the panel, its grid and the labels of its vertical axis.
    pub(super) fn draw_furniture(&self, sheet: &mut Sheet) {
        let (left, top) = self.left_upper;
        let name = (0, top - units(LABEL_GAP_PX));
        let style = letters(Ink::Label, Across::Right, Down::Above);
        sheet.letters(&self.panel.label, style, name);
        let ticks = &self.panel.y.ticks;
        for tick in ticks {
            let y = self.down(tick.at);
            let line = [(left, y), (self.right_lower.0, y)];
            sheet.line(line, Ink::Grid, HAIRLINE_PX);
        }
        let style = letters(Ink::Label, Across::Left, Down::Around);
        for tick in ticks {
            let at = (left - units(LABEL_GAP_PX), self.down(tick.at));
            sheet.letters(&tick.label, style, at);
        }
    }

    /// Draws what the panel shows.
    pub(super) fn draw_marks(&self, sheet: &mut Sheet) {
        for shape in &self.panel.shapes {
            self.draw_shape(shape, sheet);
        }
    }

    fn draw_shape(&self, shape: &Shape, sheet: &mut Sheet) {
        match shape {
            Shape::Bar(bar) => {
                let one = self.place((bar.x.0, bar.y.1));
                let other = self.place((bar.x.1, bar.y.0));
                sheet.rectangle(one, other, bar.ink, bar.opacity);
            }
            Shape::Ground { x, ink, opacity } => {
                let from = (self.across(x.0), self.right_lower.1);
                sheet.rectangle(from, (self.across(x.1), self.foot), *ink, *opacity);
            }
            Shape::Line {
                points,
                ink,
                width_px,
            } => sheet.line(points.iter().map(|at| self.place(*at)), *ink, *width_px),
            Shape::Dot {
                at,
                radius_px,
                ink,
                filled,
            } => sheet.dot(self.place(*at), *radius_px, *ink, *filled),
            Shape::Area { points, ink } => {
                let foot = |point: &(f64, f64)| (self.across(point.0), self.right_lower.1);
                let ends = points.last().into_iter().chain(points.first()).map(foot);
                let outline = points.iter().map(|at| self.place(*at)).chain(ends);
                sheet.polygon(outline, *ink, AREA_OPACITY);
            }
            Shape::Band { points, ink } => {
                let upper = points.iter().map(|(x, _, high)| self.place((*x, *high)));
                let lower = points.iter().rev();
                let lower = lower.map(|(x, low, _)| self.place((*x, *low)));
                sheet.polygon(upper.chain(lower), *ink, BAND_OPACITY);
            }
            Shape::Level { at, label } => {
                let y = self.down(*at);
                let (left, right) = (self.left_upper.0, self.right_lower.0);
                sheet.line([(left, y), (right, y)], Ink::Reference, HAIRLINE_PX);
                let style = letters(Ink::Label, Across::Left, Down::Above);
                sheet.letters(label, style, (right, y));
            }
            Shape::End {
                at,
                text,
                remark,
                ink,
            } => self.draw_end(*at, [(text, *ink), (remark, Ink::Label)], sheet),
            Shape::Text { at, text, ink } => {
                let style = letters(*ink, Across::Around, Down::Around);
                sheet.letters(text, style, self.place(*at));
            }
        }
    }

    /// Draws lines of letters right of the panel, the first of them at a value.
    fn draw_end(&self, at: f64, lines: [(&String, Ink); 2], sheet: &mut Sheet) {
        let mut y = self.down(at);
        for (text, ink) in lines {
            let style = letters(ink, Across::Right, Down::Around);
            sheet.letters(text, style, (self.right_lower.0 + units(LABEL_GAP_PX), y));
            y += units(LINE_PX);
        }
    }

    fn place(&self, point: (f64, f64)) -> Place {
        self.coordinates.translate(&point)
    }

    /// Returns the place of a value of the horizontal axis.
    fn across(&self, x: f64) -> i32 {
        self.place((x, self.panel.y.low)).0
    }

    /// Returns the place of a value of the vertical axis.
    fn down(&self, y: f64) -> i32 {
        self.place((self.coordinates.get_x_range().start, y)).1
    }
}

/// Returns how letters look that stand in some way at their place.
pub(super) fn letters(ink: Ink, across: Across, down: Down) -> Letters {
    Letters {
        ink,
        across,
        down,
        is_bold: false,
    }
}

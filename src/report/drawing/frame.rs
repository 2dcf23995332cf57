//! A panel at its place on the sheet: the drawing library maps values to places and draws the series.

use std::ops::Range;

use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::DefaultFormatting;
use plotters::coord::ranged1d::KeyPointHint;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;
use plotters::style::text_anchor::Pos;
use plotters::style::text_anchor::VPos;

use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::layout;
use crate::report::drawing::layout::LABEL_GAP_PX;
use crate::report::drawing::letters::LETTERS_PX;
use crate::report::drawing::letters::LINE_PX;
use crate::report::drawing::svg::Canvas;
use crate::report::drawing::svg::DrawError;
use crate::report::drawing::svg::HAIRLINE_PX;
use crate::report::drawing::svg::Sheet;
use crate::report::drawing::svg::units;

/// Opacity of an area under a line.
const AREA_OPACITY: f64 = 0.55;
/// Opacity of an interval around a line.
pub(in crate::report) const BAND_OPACITY: f64 = 0.18;
/// Thickness of a dot that is not filled.
const RING_PX: u32 = 2;

/// A part of a sheet in the quantities of two axes.
type Plot = DrawingArea<Sheet, Cartesian2d<Axis, Axis>>;

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
    plot: Plot,
    canvas: &'a Canvas,
    /// Where the last panel ends.
    foot_px: u32,
}

impl<'a> Frame<'a> {
    /// Places a panel: its left upper corner and its width, in pixels.
    pub(super) fn new(
        panel: &'a Panel,
        x: &Axis,
        canvas: &'a Canvas,
        (left_px, top_px, width_px): (u32, u32, u32),
        foot_px: u32,
    ) -> Self {
        let place = |px: u32| units(f64::from(px));
        let area = canvas.clone().shrink(
            (place(left_px), place(top_px)),
            (place(width_px), place(panel.height_px)),
        );
        let (across, down) = area.get_pixel_range();
        let up = Range {
            start: down.end,
            end: down.start,
        };
        let coordinates = Cartesian2d::new(x.clone(), panel.y.clone(), (across, up));
        Self {
            panel,
            plot: area.apply_coord_spec(coordinates),
            canvas,
            foot_px,
        }
    }

    /// Draws the name of the panel, its grid and the labels of its vertical axis.
    pub(super) fn draw_furniture(&self) -> Result<(), DrawError> {
        let (left, top) = self.left_upper();
        let name = (0, top - units(LABEL_GAP_PX));
        let style = letters(Ink::Label, HPos::Left, VPos::Bottom);
        self.canvas.draw_text(&self.panel.label, &style, name)?;
        let ticks = &self.panel.y.ticks;
        let style = Ink::Grid.stroke_width(HAIRLINE_PX);
        self.plot
            .draw_mesh(|sheet, line| line.draw(sheet, &style), ticks.len(), 0)?;
        let style = letters(Ink::Label, HPos::Right, VPos::Center);
        for tick in ticks {
            let y = self.place((self.range().start, tick.at)).1;
            let at = (left - units(LABEL_GAP_PX), y);
            self.canvas.draw_text(&tick.label, &style, at)?;
        }
        Ok(())
    }

    /// Draws what the panel shows.
    pub(super) fn draw_marks(&self) -> Result<(), DrawError> {
        self.panel
            .shapes
            .iter()
            .try_for_each(|shape| self.draw_shape(shape))
    }

    fn draw_shape(&self, shape: &Shape) -> Result<(), DrawError> {
        match shape {
            Shape::Bar(bar) => {
                let corners = [(bar.x.0, bar.y.1), (bar.x.1, bar.y.0)];
                let style = bar.ink.mix(bar.opacity).filled();
                self.plot.draw(&Rectangle::new(corners, style))?;
            }
            Shape::Ground { x, ink, opacity } => self.draw_ground(*x, *ink, *opacity)?,
            Shape::Line {
                points,
                ink,
                width_px,
            } => self.draw_series(LineSeries::new(
                points.iter().copied(),
                ink.stroke_width(*width_px),
            ))?,
            Shape::Dot {
                at,
                radius_px,
                ink,
                filled,
            } => self.plot.draw(&dot(*at, *radius_px, *ink, *filled))?,
            Shape::Area { points, ink } => self.draw_series(AreaSeries::new(
                points.iter().copied(),
                self.panel.y.low,
                ink.mix(AREA_OPACITY),
            ))?,
            Shape::Band { points, ink } => {
                let upper = points.iter().map(|(x, _, high)| (*x, *high));
                let lower = points.iter().rev().map(|(x, low, _)| (*x, *low));
                let outline: Vec<(f64, f64)> = upper.chain(lower).collect();
                self.plot
                    .draw(&Polygon::new(outline, ink.mix(BAND_OPACITY)))?;
            }
            Shape::Level { at, label } => self.draw_level(*at, label)?,
            Shape::End {
                at,
                text,
                remark,
                ink,
            } => self.draw_end(*at, [(text, *ink), (remark, Ink::Label)])?,
            Shape::Text { at, text, ink } => {
                let style = letters(*ink, HPos::Center, VPos::Center);
                self.plot.draw(&Text::new(text.as_str(), *at, style))?;
            }
        }
        Ok(())
    }

    fn draw_series(
        &self,
        series: impl Iterator<Item = DynElement<'static, Sheet, (f64, f64)>>,
    ) -> Result<(), DrawError> {
        for element in series {
            self.plot.draw(&element)?;
        }
        Ok(())
    }

    fn draw_ground(&self, x: (f64, f64), ink: Ink, opacity: f64) -> Result<(), DrawError> {
        let top = self.panel.y.low;
        let foot = units(f64::from(self.foot_px));
        let corners = [self.place((x.0, top)), (self.place((x.1, top)).0, foot)];
        let style = ink.mix(opacity).filled();
        self.canvas.draw(&Rectangle::new(corners, style))?;
        Ok(())
    }

    fn draw_level(&self, at: f64, label: &str) -> Result<(), DrawError> {
        let Range { start, end } = self.range();
        let style = Ink::Reference.stroke_width(HAIRLINE_PX);
        let line = [(start, at), (end, at)];
        self.draw_series(LineSeries::new(line, style))?;
        let style = letters(Ink::Label, HPos::Right, VPos::Bottom);
        self.plot.draw(&Text::new(label, (end, at), style))?;
        Ok(())
    }

    /// Draws lines of letters right of the panel, the first of them at a value.
    fn draw_end(&self, at: f64, lines: [(&String, Ink); 2]) -> Result<(), DrawError> {
        let (right, mut y) = self.place((self.range().end, at));
        for (text, ink) in lines {
            let style = letters(ink, HPos::Left, VPos::Center);
            let place = (right + units(LABEL_GAP_PX), y);
            self.canvas.draw_text(text, &style, place)?;
            y += units(LINE_PX);
        }
        Ok(())
    }

    fn range(&self) -> Range<f64> {
        self.plot.as_coord_spec().get_x_range()
    }

    fn left_upper(&self) -> (i32, i32) {
        self.place((self.range().start, self.panel.y.high))
    }

    fn place(&self, point: (f64, f64)) -> (i32, i32) {
        self.plot.map_coordinate(&point)
    }
}

/// Returns a dot in the units of its place.
pub(super) fn dot<Place>(
    at: Place,
    radius_px: u32,
    ink: Ink,
    is_filled: bool,
) -> Circle<Place, i32> {
    let style = if is_filled {
        ink.filled()
    } else {
        ink.stroke_width(RING_PX)
    };
    Circle::new(at, units(f64::from(radius_px)), style)
}

/// Returns how letters look that stand in some way at their place.
pub(super) fn letters(ink: Ink, horizontal: HPos, vertical: VPos) -> TextStyle<'static> {
    TextStyle {
        color: ink.to_backend_color(),
        pos: Pos::new(horizontal, vertical),
        ..TextStyle::from(("sans-serif", LETTERS_PX).into_font())
    }
}

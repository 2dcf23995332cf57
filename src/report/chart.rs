//! *How* a [`Figure`] is drawn: the one file that knows the drawing library, and the one place of
//! sizes and letters.
//!
//! Without fonts the library writes whole-pixel coordinates, so that a chart has the same bytes on
//! every machine. Each colour is written as an attribute, which any viewer understands, and as a
//! class, by which the style sheet recolours the chart in the dark.

use maud::html;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;
use plotters::style::text_anchor::Pos;
use plotters::style::text_anchor::VPos;

use crate::report::figure::Bar;
use crate::report::figure::Figure;
use crate::report::figure::Panel;
use crate::report::figure::Shape;
use crate::report::figure::Width;
use crate::report::ink;
use crate::report::ink::Ink;

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
const PANEL_GAP_PX: u32 = 10;
/// Height of the labels of the horizontal axis.
const X_LABEL_PX: u32 = 24;
/// Space between an axis and its labels.
const LABEL_GAP_PX: i32 = 7;
/// Size of all letters.
const LETTERS_PX: f64 = 12.0;
/// The library shrinks letters by this factor.
const LETTERS_FACTOR: f64 = 1.24;
/// Opacity of an area under a line.
const AREA_OPACITY: f64 = 0.55;
/// Opacity of an interval around a line.
const BAND_OPACITY: f64 = 0.18;
/// Distance between two lines of letters.
const LINE_PX: i32 = 15;
/// Thickness of the edge of a hollow dot.
const DOT_EDGE_PX: u32 = 2;
/// Thickness of grid lines and reference lines.
const HAIRLINE_PX: u32 = 1;

/// Returns a chart as an SVG element for a page that holds [`ink::palette_css`].
#[must_use]
pub fn inline(figure: &Figure) -> String {
    render(figure, "")
}

/// Returns a chart as an SVG file that stands alone.
#[must_use]
pub fn standalone(figure: &Figure) -> String {
    let style = format!(
        "<style>{}svg{{background:var(--ground);font-family:system-ui,sans-serif}}</style>",
        ink::palette_css()
    );
    render(figure, &style)
}

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

/// Returns about how wide some letters are.
#[must_use]
pub fn text_width_px(text: &str) -> f64 {
    /// Mean width of a letter of a sans-serif face as a share of its size.
    const LETTER_SHARE: f64 = 0.58;
    text.chars().map(|_| LETTERS_PX * LETTER_SHARE).sum()
}

fn width_px(width: Width) -> u32 {
    width.pick(WIDE_PX, NARROW_PX)
}

fn label_px(panel: &Panel) -> u32 {
    if panel.label.is_empty() {
        0
    } else {
        PANEL_LABEL_PX
    }
}

/// Returns the room left of and right of the marks.
fn margins_px(figure: &Figure) -> (u32, u32) {
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
        u32::try_from(pixel(widest) + 2 * LABEL_GAP_PX).unwrap_or_default()
    } else {
        0
    }
}

fn height_px(figure: &Figure) -> u32 {
    let panels: u32 = figure
        .panels
        .iter()
        .map(|panel| label_px(panel) + panel.height_px + PANEL_GAP_PX)
        .sum();
    let labels = if figure.x.ticks.is_empty() {
        0
    } else {
        X_LABEL_PX
    };
    panels + labels
}

type DrawError = Box<dyn std::error::Error>;
type Canvas<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn render(figure: &Figure, style: &str) -> String {
    let size = (width_px(figure.width), height_px(figure));
    let mut raw = String::new();
    // Writing into memory does not fail; should it ever, the reader sees why the chart is empty.
    let problem = draw(figure, &mut raw, size).err().map(|e| e.to_string());
    let head = html! {
        title { (figure.title) }
        desc { (figure.description) @if let Some(problem) = problem { " Not drawn: " (problem) } }
    };
    let body = raw
        .find('>')
        .map_or("", |end| raw[end + 1..].trim_end())
        .trim_end_matches("</svg>");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\">{}{style}{}</svg>",
        size.0,
        size.1,
        head.into_string(),
        with_classes(body),
    )
}

/// Adds to every colour the class of its ink.
fn with_classes(body: &str) -> String {
    let mut out = String::with_capacity(body.len() + body.len() / 4);
    let mut rest = body;
    while let Some(at) = rest.find("=\"#") {
        let (before, after) = rest.split_at(at);
        let (attribute, short) = if before.ends_with("fill") {
            ("fill", "f")
        } else {
            ("stroke", "s")
        };
        let hex = after.get(3..9).unwrap_or_default();
        let found = u32::from_str_radix(hex, 16).ok().and_then(ink::of_light);
        out.push_str(before.strip_suffix(attribute).unwrap_or(before));
        if let Some(ink) = found {
            out.push_str(&format!("class=\"{short}-{}\" ", ink.name()));
        }
        out.push_str(&format!("{attribute}=\"#"));
        rest = &after[3..];
    }
    out.push_str(rest);
    out
}

fn draw(figure: &Figure, raw: &mut String, size: (u32, u32)) -> Result<(), DrawError> {
    let canvas = SVGBackend::with_string(raw, size).into_drawing_area();
    let (left, right) = margins_px(figure);
    let width = size.0 - left - right;
    let mut top = 0;
    for panel in &figure.panels {
        top += label_px(panel);
        let frame = Frame {
            figure,
            panel,
            left,
            top,
            width,
        };
        frame.draw(&canvas)?;
        top += panel.height_px + PANEL_GAP_PX;
    }
    for tick in &figure.x.ticks {
        let from_left = f64::from(left) + figure.x.share(tick.at) * f64::from(width);
        let at = (pixel(from_left), pixel(f64::from(top)));
        canvas.draw_text(
            &tick.label,
            &letters(Ink::Label, HPos::Center, VPos::Top),
            at,
        )?;
    }
    canvas.present()?;
    Ok(())
}

/// A panel at its place on the canvas.
struct Frame<'a> {
    figure: &'a Figure,
    panel: &'a Panel,
    left: u32,
    top: u32,
    width: u32,
}

impl Frame<'_> {
    fn x(&self, value: f64) -> i32 {
        pixel(f64::from(self.left) + self.figure.x.share(value) * f64::from(self.width))
    }

    fn y(&self, value: f64) -> i32 {
        let height = f64::from(self.panel.height_px);
        pixel(f64::from(self.top) + (1.0 - self.panel.y.share(value)) * height)
    }

    fn point(&self, (x, y): (f64, f64)) -> (i32, i32) {
        (self.x(x), self.y(y))
    }

    fn draw(&self, canvas: &Canvas) -> Result<(), DrawError> {
        let title = (0, self.y(self.panel.y.high) - LABEL_GAP_PX);
        canvas.draw_text(
            &self.panel.label,
            &letters(Ink::Label, HPos::Left, VPos::Bottom),
            title,
        )?;
        self.draw_grid(canvas)?;
        for shape in &self.panel.shapes {
            self.draw_shape(canvas, shape)?;
        }
        Ok(())
    }

    fn draw_grid(&self, canvas: &Canvas) -> Result<(), DrawError> {
        let (left, right) = (self.x(self.figure.x.low), self.x(self.figure.x.high));
        for tick in &self.panel.y.ticks {
            let y = self.y(tick.at);
            let line = vec![(left, y), (right, y)];
            canvas.draw(&PathElement::new(line, stroke(Ink::Grid, HAIRLINE_PX)))?;
            let style = letters(Ink::Label, HPos::Right, VPos::Center);
            canvas.draw_text(&tick.label, &style, (left - LABEL_GAP_PX, y))?;
        }
        Ok(())
    }

    fn draw_shape(&self, canvas: &Canvas, shape: &Shape) -> Result<(), DrawError> {
        match shape {
            Shape::Bar(bar) => self.draw_bar(canvas, bar)?,
            Shape::Line {
                points,
                ink,
                width_px,
            } => {
                let line: Vec<_> = points.iter().map(|point| self.point(*point)).collect();
                canvas.draw(&PathElement::new(line, stroke(*ink, *width_px)))?;
            }
            Shape::Dot {
                at,
                radius_px,
                ink,
                filled,
            } => {
                let style = if *filled {
                    colour(*ink).filled()
                } else {
                    stroke(*ink, DOT_EDGE_PX)
                };
                canvas.draw(&Circle::new(self.point(*at), *radius_px, style))?;
            }
            Shape::Area { points, ink } => self.draw_area(canvas, points, *ink)?,
            Shape::Band { points, ink } => self.draw_band(canvas, points, *ink)?,
            Shape::Level { at, label } => self.draw_level(canvas, *at, label)?,
            Shape::End {
                at,
                text,
                remark,
                ink,
            } => {
                let place = (self.x(self.figure.x.high) + LABEL_GAP_PX, self.y(*at));
                let style = letters(*ink, HPos::Left, VPos::Center);
                canvas.draw_text(text, &style, place)?;
                let style = letters(Ink::Label, HPos::Left, VPos::Center);
                canvas.draw_text(remark, &style, (place.0, place.1 + LINE_PX))?;
            }
            Shape::Text { at, text, ink } => {
                let style = letters(*ink, HPos::Center, VPos::Center);
                canvas.draw_text(text, &style, self.point(*at))?;
            }
        }
        Ok(())
    }

    fn draw_bar(&self, canvas: &Canvas, bar: &Bar) -> Result<(), DrawError> {
        let corners = [
            self.point((bar.x.0, bar.y.1)),
            self.point((bar.x.1, bar.y.0)),
        ];
        let style = colour(bar.ink).mix(bar.opacity).filled();
        canvas.draw(&Rectangle::new(corners, style))?;
        Ok(())
    }

    fn draw_area(&self, canvas: &Canvas, points: &[(f64, f64)], ink: Ink) -> Result<(), DrawError> {
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return Ok(());
        };
        let bottom = self.panel.y.low;
        let ends = [(last.0, bottom), (first.0, bottom)];
        let outline: Vec<_> = points
            .iter()
            .chain(&ends)
            .map(|point| self.point(*point))
            .collect();
        let style = colour(ink).mix(AREA_OPACITY).filled();
        canvas.draw(&Polygon::new(outline, style))?;
        Ok(())
    }

    fn draw_band(
        &self,
        canvas: &Canvas,
        points: &[(f64, f64, f64)],
        ink: Ink,
    ) -> Result<(), DrawError> {
        let upper = points.iter().map(|(x, _, high)| (*x, *high));
        let lower = points.iter().rev().map(|(x, low, _)| (*x, *low));
        let outline: Vec<_> = upper.chain(lower).map(|point| self.point(point)).collect();
        let style = colour(ink).mix(BAND_OPACITY).filled();
        canvas.draw(&Polygon::new(outline, style))?;
        Ok(())
    }

    fn draw_level(&self, canvas: &Canvas, at: f64, label: &str) -> Result<(), DrawError> {
        let (y, right) = (self.y(at), self.x(self.figure.x.high));
        let line = vec![(self.x(self.figure.x.low), y), (right, y)];
        canvas.draw(&PathElement::new(line, stroke(Ink::Reference, HAIRLINE_PX)))?;
        let style = letters(Ink::Label, HPos::Right, VPos::Bottom);
        canvas.draw_text(label, &style, (right, y))?;
        Ok(())
    }
}

fn colour(ink: Ink) -> RGBColor {
    let [_, red, green, blue] = ink.light().to_be_bytes();
    RGBColor(red, green, blue)
}

fn stroke(ink: Ink, width_px: u32) -> ShapeStyle {
    colour(ink).stroke_width(width_px)
}

fn letters(ink: Ink, horizontal: HPos, vertical: VPos) -> TextStyle<'static> {
    let font = ("sans-serif", LETTERS_PX * LETTERS_FACTOR).into_font();
    TextStyle {
        color: colour(ink).to_backend_color(),
        pos: Pos::new(horizontal, vertical),
        ..TextStyle::from(font)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a place on a canvas of some hundred pixels"
)]
fn pixel(value: f64) -> i32 {
    value.round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::figure::Axis;
    use crate::report::figure::Tick;

    fn small() -> Figure {
        Figure {
            title: "A <chart>".to_owned(),
            description: "d & e".to_owned(),
            width: Width::Narrow,
            x: Axis::plain(0.0, 10.0),
            panels: vec![Panel {
                label: "pace".to_owned(),
                height_px: 100,
                y: Axis {
                    low: 0.0,
                    high: 2.0,
                    ticks: vec![Tick::new(1.0, "one")],
                },
                shapes: vec![
                    Shape::Bar(Bar::solid((0.0, 5.0), (0.0, 2.0), Ink::Hard)),
                    Shape::Line {
                        points: vec![(0.0, 0.0), (10.0, 9.0)],
                        ink: Ink::Pace,
                        width_px: 2,
                    },
                ],
            }],
        }
    }

    #[test]
    fn every_colour_carries_the_class_of_its_ink() {
        let svg = inline(&small());
        assert!(
            svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 328 132\"")
        );
        assert!(svg.contains("class=\"f-hard\" fill=\"#A6244A\""));
        assert!(svg.contains("class=\"s-pace\" stroke=\"#1F3A5F\""));
        assert!(svg.contains("<title>A &lt;chart&gt;</title>"));
        let colours = svg.matches("=\"#").count();
        assert_eq!(svg.matches("class=\"").count(), colours);
    }

    #[test]
    fn values_outside_of_an_axis_are_drawn_at_its_end() {
        // The panel is 100 px high below a label of 22 px; 9 is beyond the top of the axis.
        assert!(inline(&small()).contains("points=\"44,122 308,22 \""));
    }
}

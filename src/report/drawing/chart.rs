//! *How* a [`Figure`] is drawn: the one file that knows the drawing library, and the one place of
//! sizes and letters.
//!
//! Without fonts the library writes whole-pixel coordinates, so that a chart has the same bytes on
//! every machine.

use maud::PreEscaped;
use maud::html;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;
use plotters::style::text_anchor::Pos;
use plotters::style::text_anchor::VPos;

use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Bar;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Sample;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::legend;
use crate::report::drawing::markup;
use crate::report::drawing::markup::Colours;

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
pub(in crate::report) const BAND_OPACITY: f64 = 0.18;
/// Distance between two lines of letters.
const LINE_PX: i32 = 15;
/// Thickness of grid lines and reference lines.
const HAIRLINE_PX: u32 = 1;
/// Thickness of a dot that is not filled.
const RING_PX: u32 = 2;
/// Radius of a dot in a legend.
const LEGEND_DOT_PX: u32 = 4;

/// Returns a chart as an SVG element for a page that holds [`ink::palette_css`], once for both unit
/// systems: what they have in common is drawn once, what differs twice, in groups of which the
/// style sheet shows one (`km` and `mi`).
#[must_use]
pub fn inline(metric: &Figure, imperial: &Figure) -> String {
    let mut label = format!("{}. {}", metric.title, metric.description);
    if imperial.description != metric.description {
        label.push_str(" In miles: ");
        label.push_str(&imperial.description);
    }
    let head = html! { svg xmlns="http://www.w3.org/2000/svg" viewBox=(view_box(metric, 0)) role="img" font-size=(LETTERS_PX)
    aria-label=(label) data-plot=(plot_place(metric)) {} };
    element(
        &head.into_string(),
        &drawn(metric, imperial, 0, Colours::Classes),
    )
}

/// Returns a chart as an SVG file that stands alone: its title and its legend stand above it.
#[must_use]
pub fn standalone(figure: &Figure) -> String {
    let heading_px = legend::height_px(figure);
    let head = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(view_box(figure, heading_px)) role="img" font-family="sans-serif" font-size=(LETTERS_PX) {
            title { (figure.title) }
            desc { (figure.description) }
            style { (PreEscaped(ink::palette_css())) "svg{background:var(--ground);font-family:system-ui,sans-serif}" }
        }
    };
    element(
        &head.into_string(),
        &drawn(figure, figure, heading_px, Colours::Kept),
    )
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

/// Returns where the last panel ends, the gap below it included.
fn foot_px(figure: &Figure) -> u32 {
    let heights = figure.panels.iter();
    heights
        .map(|panel| label_px(panel) + panel.height_px + PANEL_GAP_PX)
        .sum()
}

fn height_px(figure: &Figure) -> u32 {
    let panels = foot_px(figure);
    let labels = if figure.x.ticks.is_empty() {
        0
    } else {
        X_LABEL_PX
    };
    panels + labels
}

type DrawError = Box<dyn std::error::Error>;
type Canvas<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn view_box(figure: &Figure, heading_px: u32) -> String {
    let height = heading_px + height_px(figure);
    format!("0 0 {} {height}", width_px(figure.width))
}

/// Returns where the marks lie, for the script of the page: left end and width in the units of the
/// view box, lowest and highest value of the horizontal axis.
fn plot_place(figure: &Figure) -> String {
    let (left, right) = margins_px(figure);
    let width = width_px(figure.width) - left - right;
    format!("{left} {width} {} {}", figure.x.low, figure.x.high)
}

/// Puts what was drawn into an element that has only its head.
fn element(head: &str, body: &str) -> String {
    let open = head.strip_suffix("</svg>").unwrap_or(head);
    format!("{open}{body}</svg>")
}

/// Returns the marks of two figures that show the same in two unit systems.
fn drawn(metric: &Figure, imperial: &Figure, heading_px: u32, colours: Colours) -> String {
    // Writing into memory does not fail; should it ever, the reader sees why the chart is empty.
    try_draw(metric, imperial, heading_px, colours).unwrap_or_else(|problem| {
        let text = html! { text x="0" y="12" { "Not drawn: " (problem) } };
        text.into_string()
    })
}

fn try_draw(
    metric: &Figure,
    imperial: &Figure,
    heading_px: u32,
    colours: Colours,
) -> Result<String, DrawError> {
    let drawing = |figure, like| Drawing {
        figure,
        like,
        heading_px,
        colours,
    };
    let first = drawing(metric, None).layers()?;
    let second = match metric == imperial {
        true => vec![None; first.len()],
        false => drawing(imperial, Some(metric)).layers()?,
    };
    if first.len() == second.len() {
        let pairs = first.into_iter().zip(second);
        return Ok(pairs
            .map(|(first, second)| per_unit(first, second))
            .collect());
    }
    let whole = |layers: Vec<Option<String>>| Some(layers.into_iter().flatten().collect());
    Ok(per_unit(whole(first), whole(second)))
}

/// Returns what is the same in both unit systems once, else a group for each.
fn per_unit(metric: Option<String>, imperial: Option<String>) -> String {
    match (metric.unwrap_or_default(), imperial) {
        (metric, Some(imperial)) if metric != imperial => {
            format!("<g class=\"km\">{metric}</g><g class=\"mi\">{imperial}</g>")
        }
        (metric, _) => metric,
    }
}

/// A figure about to be drawn.
struct Drawing<'a> {
    figure: &'a Figure,
    /// The figure in the other unit system, of which equal marks are not drawn again.
    like: Option<&'a Figure>,
    /// Room above the panels for title and legend; none is drawn without.
    heading_px: u32,
    colours: Colours,
}

impl Drawing<'_> {
    /// Returns what is drawn, from back to front: the heading, for each panel its furniture and its
    /// marks, last the labels of the horizontal axis; absent where it is as in the other figure.
    fn layers(&self) -> Result<Vec<Option<String>>, DrawError> {
        let figure = self.figure;
        let (left, right) = margins_px(figure);
        let width = width_px(figure.width) - left - right;
        let mut layers = Vec::new();
        if self.heading_px > 0 {
            layers.push(self.layer(|canvas| draw_heading(figure, canvas))?);
        }
        let mut top = self.heading_px;
        for (index, panel) in figure.panels.iter().enumerate() {
            top += label_px(panel);
            let frame = Frame {
                figure,
                panel,
                left,
                top,
                width,
                foot: self.heading_px + foot_px(figure) - PANEL_GAP_PX,
            };
            layers.push(self.layer(|canvas| frame.draw_furniture(canvas))?);
            layers.push(match self.has_same_marks(index) {
                true => None,
                false => self.layer(|canvas| frame.draw_marks(canvas))?,
            });
            top += panel.height_px + PANEL_GAP_PX;
        }
        layers.push(self.layer(|canvas| self.draw_labels(canvas, left, width, top))?);
        Ok(layers)
    }

    /// Returns whether a panel looks as in the other figure, but for its furniture.
    fn has_same_marks(&self, index: usize) -> bool {
        let (own, other) = (self.figure, self.like);
        let ends = |axis: &Axis| (axis.low.to_bits(), axis.high.to_bits());
        other.is_some_and(|other| {
            let (Some(panel), Some(twin)) = (own.panels.get(index), other.panels.get(index)) else {
                return false;
            };
            margins_px(own) == margins_px(other)
                && foot_px(own) == foot_px(other)
                && ends(&own.x) == ends(&other.x)
                && ends(&panel.y) == ends(&twin.y)
                && panel.shapes == twin.shapes
        })
    }

    fn draw_labels(
        &self,
        canvas: &Canvas,
        left: u32,
        width: u32,
        top: u32,
    ) -> Result<(), DrawError> {
        for tick in &self.figure.x.ticks {
            let from_left = f64::from(left) + self.figure.x.share(tick.at) * f64::from(width);
            // A long label at the right end would leave the canvas.
            let most = f64::from(width_px(self.figure.width)) - text_width_px(&tick.label) / 2.0;
            let at = (pixel(from_left.min(most)), pixel(f64::from(top)));
            let style = letters(Ink::Label, HPos::Center, VPos::Top);
            canvas.draw_text(&tick.label, &style, at)?;
        }
        Ok(())
    }

    /// Returns the elements that something draws.
    fn layer(
        &self,
        draw: impl FnOnce(&Canvas) -> Result<(), DrawError>,
    ) -> Result<Option<String>, DrawError> {
        let size = (
            width_px(self.figure.width),
            self.heading_px + height_px(self.figure),
        );
        let mut raw = String::new();
        let canvas = SVGBackend::with_string(&mut raw, size).into_drawing_area();
        draw(&canvas)?;
        canvas.present()?;
        drop(canvas);
        let body = raw.find('>').map_or("", |end| &raw[end + 1..]);
        let body = body.trim_end().trim_end_matches("</svg>");
        Ok(Some(markup::rewrite(body, self.colours)))
    }
}

/// Draws the title of a chart and the meaning of its marks.
fn draw_heading(figure: &Figure, canvas: &Canvas) -> Result<(), DrawError> {
    let title = letters(Ink::Label, HPos::Left, VPos::Center);
    let font = title.font.style(FontStyle::Bold);
    let title = TextStyle { font, ..title };
    canvas.draw_text(&figure.title, &title, (0, legend::TITLE_MIDDLE_PX))?;
    for place in legend::places(figure) {
        let (left, middle) = (place.left_px, place.middle_px);
        let half = legend::SAMPLE_PX / 2;
        let end = left + legend::SAMPLE_PX;
        match place.key.sample {
            Sample::Block { ink, opacity } => {
                let corners = [(left, middle - half), (end, middle + half)];
                let style = colour(ink).mix(opacity).filled();
                canvas.draw(&Rectangle::new(corners, style))?;
            }
            Sample::Line { ink, width_px } => {
                let line = vec![(left, middle), (end, middle)];
                canvas.draw(&PathElement::new(line, stroke(ink, width_px)))?;
            }
            Sample::Dot { ink, filled } => {
                canvas.draw(&dot((left + half, middle), LEGEND_DOT_PX, ink, filled))?;
            }
            Sample::Nothing => {}
        }
        let style = letters(Ink::Label, HPos::Left, VPos::Center);
        canvas.draw_text(&place.key.text, &style, (place.text_left_px(), middle))?;
    }
    Ok(())
}

/// A panel at its place on the canvas.
struct Frame<'a> {
    figure: &'a Figure,
    panel: &'a Panel,
    left: u32,
    top: u32,
    width: u32,
    /// Where the last panel ends.
    foot: u32,
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

    fn draw_furniture(&self, canvas: &Canvas) -> Result<(), DrawError> {
        let title = (0, self.y(self.panel.y.high) - LABEL_GAP_PX);
        canvas.draw_text(
            &self.panel.label,
            &letters(Ink::Label, HPos::Left, VPos::Bottom),
            title,
        )?;
        self.draw_grid(canvas)
    }

    fn draw_marks(&self, canvas: &Canvas) -> Result<(), DrawError> {
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
            Shape::Ground { x, ink, opacity } => {
                let corners = [
                    (self.x(x.0), self.y(self.panel.y.low)),
                    (self.x(x.1), pixel(f64::from(self.foot))),
                ];
                let style = colour(*ink).mix(*opacity).filled();
                canvas.draw(&Rectangle::new(corners, style))?;
            }
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
            } => canvas.draw(&dot(self.point(*at), *radius_px, *ink, *filled))?,
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

fn dot(at: (i32, i32), radius_px: u32, ink: Ink, filled: bool) -> Circle<(i32, i32), u32> {
    let style = if filled {
        colour(ink).filled()
    } else {
        stroke(ink, RING_PX)
    };
    Circle::new(at, radius_px, style)
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
pub(in crate::report) fn pixel(value: f64) -> i32 {
    value.round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::drawing::figure::Tick;

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
            legend: Vec::new(),
        }
    }

    #[test]
    fn every_colour_carries_the_class_of_its_ink() {
        let plain = inline(&small(), &small());
        assert!(
            plain.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 328 132\"")
        );
        let svg = standalone(&small());
        assert!(svg.contains("class=\"f-hard\" fill=\"#A6244A\""));
        assert!(svg.contains("class=\"s-pace\" stroke=\"#1F3A5F\""));
        assert!(svg.contains("<title>A &lt;chart&gt;</title>"));
        let colours = svg.matches("fill=\"#").count() + svg.matches("stroke=\"#").count();
        assert_eq!(svg.matches("class=\"").count(), colours);
    }

    #[test]
    fn values_outside_of_an_axis_are_drawn_at_its_end() {
        // The panel is 100 px high below a label of 22 px; 9 is beyond the top of the axis.
        assert!(inline(&small(), &small()).contains("d=\"M44 122l264-100\""));
    }
}

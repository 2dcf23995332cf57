//! Whole charts: what of a [`Figure`] is drawn where, for a page and for a file of its own.

use maud::PreEscaped;
use maud::html;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;
use plotters::style::text_anchor::VPos;

use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Swatch;
use crate::report::drawing::frame::Frame;
use crate::report::drawing::frame::dot;
use crate::report::drawing::frame::letters;
use crate::report::drawing::ink;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::layout;
use crate::report::drawing::layout::PANEL_GAP_PX;
use crate::report::drawing::legend;
use crate::report::drawing::letters::LETTERS_PX;
use crate::report::drawing::letters::text_width_px;
use crate::report::drawing::path;
use crate::report::drawing::svg;
use crate::report::drawing::svg::CRISP_CSS;
use crate::report::drawing::svg::Canvas;
use crate::report::drawing::svg::DrawError;
use crate::report::drawing::svg::HAIRLINE_PX;
use crate::report::drawing::svg::UNITS_PER_PX;
use crate::report::drawing::svg::units;

/// Radius of a dot in a legend.
const LEGEND_DOT_PX: u32 = 4;
/// Space around a chart that stands alone.
const PADDING_PX: u32 = 12;

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
    let head = html! { svg xmlns="http://www.w3.org/2000/svg" viewBox=(view_box(size_px(metric, 0), 0)) role="img"
    font-size=(LETTERS_PX * f64::from(UNITS_PER_PX)) fill="none" stroke-width=(HAIRLINE_PX * UNITS_PER_PX) stroke-linejoin="round"
    aria-label=(label) data-plot=(plot_place(metric)) {} };
    element(&head.into_string(), &drawn(metric, imperial, 0))
}

/// Returns a chart as an SVG file that stands alone: its title and its legend stand above it.
#[must_use]
pub fn standalone(figure: &Figure) -> String {
    let heading_px = legend::height_px(figure);
    let body = drawn(figure, figure, heading_px);
    let size = size_px(figure, heading_px);
    let head = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(view_box(size, PADDING_PX)) role="img"
            font-family="system-ui,sans-serif" font-size=(LETTERS_PX * f64::from(UNITS_PER_PX)) fill="none"
            stroke-width=(HAIRLINE_PX * UNITS_PER_PX) stroke-linejoin="round" {
            title { (figure.title) }
            desc { (figure.description) }
            style { (PreEscaped(CRISP_CSS)) (PreEscaped(ink::chart_css(&body))) }
            path class={ "f-" (Ink::Ground.name()) } fill=(Ink::Ground.hex()) d=(ground(size)) {}
        }
    };
    element(&head.into_string(), &body)
}

/// Returns a view box around a chart of a size with some space.
fn view_box((width_px, height_px): (u32, u32), around_px: u32) -> String {
    let around = UNITS_PER_PX * around_px;
    let [width, height] = [width_px, height_px].map(|px| UNITS_PER_PX * px + 2 * around);
    let start = if around > 0 {
        format!("-{around} -{around}")
    } else {
        "0 0".to_owned()
    };
    format!("{start} {width} {height}")
}

/// Returns the outline of a chart of a size, with the space around it.
fn ground((width_px, height_px): (u32, u32)) -> String {
    let place = |px: u32| units(f64::from(px));
    let around = place(PADDING_PX);
    let right_lower = (place(width_px) + around, place(height_px) + around);
    path::rectangle((-around, -around), right_lower)
}

/// Returns where the marks lie, for the script of the page: left end and width in the units of the
/// view box, lowest and highest value of the horizontal axis.
fn plot_place(figure: &Figure) -> String {
    let (left, width) = layout::plot_px(figure);
    let [left, width] = [left, width].map(|px| UNITS_PER_PX * px);
    format!("{left} {width} {} {}", figure.x.low, figure.x.high)
}

fn size_px(figure: &Figure, heading_px: u32) -> (u32, u32) {
    let height_px = heading_px + layout::height_px(figure);
    (layout::width_px(figure.width), height_px)
}

/// Puts what was drawn into an element that has only its head.
fn element(head: &str, body: &str) -> String {
    let open = head.strip_suffix("</svg>").unwrap_or(head);
    format!("{open}{body}</svg>")
}

/// Returns the marks of two figures that show the same in two unit systems.
fn drawn(metric: &Figure, imperial: &Figure, heading_px: u32) -> String {
    // Writing into memory does not fail; should it ever, the reader sees why the chart is empty.
    try_draw(metric, imperial, heading_px).unwrap_or_else(|problem| {
        let text = html! { text x="0" y="12" { "Not drawn: " (problem) } };
        text.into_string()
    })
}

fn try_draw(metric: &Figure, imperial: &Figure, heading_px: u32) -> Result<String, DrawError> {
    let drawing = |figure, like| Drawing {
        figure,
        like,
        heading_px,
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
}

impl Drawing<'_> {
    /// Returns what is drawn, from back to front: the heading, for each panel its furniture and its
    /// marks, last the labels of the horizontal axis; absent where it is as in the other figure.
    fn layers(&self) -> Result<Vec<Option<String>>, DrawError> {
        let figure = self.figure;
        let (left, width) = layout::plot_px(figure);
        let foot = self.heading_px + layout::foot_px(figure) - PANEL_GAP_PX;
        let mut layers = Vec::new();
        if self.heading_px > 0 {
            layers.push(Some(self.layer(|canvas| draw_heading(figure, canvas))?));
        }
        let mut top = self.heading_px;
        for (index, panel) in figure.panels.iter().enumerate() {
            top += layout::label_px(panel);
            let place = (left, top, width);
            layers.push(Some(self.layer(|canvas| {
                Frame::new(panel, &figure.x, canvas, place, foot).draw_furniture()
            })?));
            layers.push(match self.has_same_marks(index) {
                true => None,
                false => Some(self.layer(|canvas| {
                    Frame::new(panel, &figure.x, canvas, place, foot).draw_marks()
                })?),
            });
            top += panel.height_px + PANEL_GAP_PX;
        }
        let labels = self.layer(|canvas| self.draw_labels(canvas, (left, top, width)))?;
        layers.push(Some(labels));
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
            layout::margins_px(own) == layout::margins_px(other)
                && layout::foot_px(own) == layout::foot_px(other)
                && ends(&own.x) == ends(&other.x)
                && ends(&panel.y) == ends(&twin.y)
                && panel.shapes == twin.shapes
        })
    }

    /// Draws the labels of the horizontal axis below a place: its left end, its height, its width.
    fn draw_labels(
        &self,
        canvas: &Canvas,
        (left, top, width): (u32, u32, u32),
    ) -> Result<(), DrawError> {
        let style = letters(Ink::Label, HPos::Center, VPos::Top);
        for tick in &self.figure.x.ticks {
            let from_left = f64::from(left) + self.figure.x.share(tick.at) * f64::from(width);
            // A long label at the right end would leave the sheet.
            let sheet_px = f64::from(layout::width_px(self.figure.width));
            let most = sheet_px - text_width_px(&tick.label) / 2.0;
            let at = (units(from_left.min(most)), units(f64::from(top)));
            canvas.draw_text(&tick.label, &style, at)?;
        }
        Ok(())
    }

    /// Returns the elements that something draws.
    fn layer(
        &self,
        draw: impl FnOnce(&Canvas) -> Result<(), DrawError>,
    ) -> Result<String, DrawError> {
        svg::elements(size_px(self.figure, self.heading_px), draw)
    }
}

/// Draws the title of a chart and the meaning of its marks.
fn draw_heading(figure: &Figure, canvas: &Canvas) -> Result<(), DrawError> {
    let style = letters(Ink::Label, HPos::Left, VPos::Center);
    let at = |px: (i32, i32)| (units(f64::from(px.0)), units(f64::from(px.1)));
    let font = style.font.style(FontStyle::Bold);
    let bold = TextStyle {
        font,
        ..style.clone()
    };
    canvas.draw_text(&figure.title, &bold, at((0, legend::TITLE_MIDDLE_PX)))?;
    for place in legend::places(figure) {
        let (left, middle) = (place.left_px, place.middle_px);
        let half = legend::SAMPLE_PX / 2;
        let end = left + legend::SAMPLE_PX;
        match place.key.swatch {
            Swatch::Block { ink, opacity } => {
                let corners = [at((left, middle - half)), at((end, middle + half))];
                let style = ink.mix(opacity).filled();
                canvas.draw(&Rectangle::new(corners, style))?;
            }
            Swatch::Line { ink, width_px } => {
                let line = vec![at((left, middle)), at((end, middle))];
                canvas.draw(&PathElement::new(line, ink.stroke_width(width_px)))?;
            }
            Swatch::Dot { ink, filled } => {
                let middle = at((left + half, middle));
                canvas.draw(&dot(middle, LEGEND_DOT_PX, ink, filled))?;
            }
            Swatch::Nothing => {}
        }
        let text = at((place.text_left_px(), middle));
        canvas.draw_text(&place.key.text, &style, text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::drawing::figure::Bar;
    use crate::report::drawing::figure::Panel;
    use crate::report::drawing::figure::Shape;
    use crate::report::drawing::figure::Tick;
    use crate::report::drawing::figure::Width;

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
            plain.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 656 264\"")
        );
        let svg = standalone(&small());
        assert!(svg.contains("class=\"f-hard crisp\" fill=\"#a6244a\""));
        assert!(svg.contains("class=\"s-pace\" stroke=\"#1f3a5f\""));
        assert!(svg.contains("<title>A &lt;chart&gt;</title>"));
        for svg in [plain, svg] {
            let colours = svg.matches("fill=\"#").count() + svg.matches("stroke=\"#").count();
            assert_eq!(svg.matches("class=\"").count(), colours);
        }
    }

    #[test]
    fn values_outside_of_an_axis_are_drawn_at_its_end() {
        // The panel is 100 px high below a label of 22 px; 9 is beyond the top of the axis.
        assert!(inline(&small(), &small()).contains("d=\"M88 244l528-200\""));
    }
}

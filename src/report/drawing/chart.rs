//! Whole charts: what of a [`Figure`] is drawn where, for a page and for a file of its own.

use maud::Markup;
use maud::html;

use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Swatch;
use crate::report::drawing::frame::Frame;
use crate::report::drawing::frame::letters;
use crate::report::drawing::ink;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::layout;
use crate::report::drawing::layout::PANEL_GAP_PX;
use crate::report::drawing::legend;
use crate::report::drawing::letters::LETTERS_PX;
use crate::report::drawing::letters::text_width_px;
use crate::report::drawing::look::Across;
use crate::report::drawing::look::Down;
use crate::report::drawing::look::HAIRLINE_PX;
use crate::report::drawing::look::Letters;
use crate::report::drawing::look::UNITS_PER_PX;
use crate::report::drawing::path;
use crate::report::drawing::svg::CRISP_CSS;
use crate::report::drawing::svg::Elements;
use crate::report::drawing::svg::Sheet;
use crate::report::drawing::svg::units;

/// Radius of a dot in a legend.
const LEGEND_DOT_PX: u32 = 4;
/// Space around a chart that stands alone.
const PADDING_PX: u32 = 12;

/// Returns a chart as an SVG element for a page that holds [`ink::palette_css`], once for both unit
/// systems: what they have in common is drawn once, what differs twice, in groups of which the
/// style sheet shows one (`km` and `mi`). Without a second figure they have all in common.
#[must_use]
pub fn inline(metric: &Figure, imperial: Option<&Figure>) -> Markup {
    let imperial = imperial.filter(|imperial| *imperial != metric);
    let mut label = format!("{}. {}", metric.title, metric.description);
    if let Some(imperial) = imperial.filter(|other| other.description != metric.description) {
        label.push_str(" In miles: ");
        label.push_str(&imperial.description);
    }
    let head = html! { svg xmlns="http://www.w3.org/2000/svg" viewBox=(view_box(size_px(metric, 0), 0)) role="img"
    font-size=(LETTERS_PX * f64::from(UNITS_PER_PX)) fill="none" stroke-width=(HAIRLINE_PX * UNITS_PER_PX) stroke-linejoin="round"
    aria-label=(label) data-plot=(plot_place(metric)) {} };
    drawn(metric, imperial).within(head)
}

/// Returns a chart as an SVG file that stands alone: its title and its legend stand above it.
#[must_use]
pub fn standalone(figure: &Figure) -> String {
    let heading_px = legend::height_px(figure);
    let mut sheet = Sheet::for_file();
    draw_heading(figure, &mut sheet);
    let drawing = Drawing { figure, heading_px };
    drawing.each_layer(|layer| layer.draw(&mut sheet));
    let body = sheet.into_elements();
    let size = size_px(figure, heading_px);
    let head = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(view_box(size, PADDING_PX)) role="img"
            font-family="system-ui,sans-serif" font-size=(LETTERS_PX * f64::from(UNITS_PER_PX)) fill="none"
            stroke-width=(HAIRLINE_PX * UNITS_PER_PX) stroke-linejoin="round" {
            title { (figure.title) }
            desc { (figure.description) }
            style { (CRISP_CSS) (ink::chart_css(body.as_str())) }
            path class={ "f-" (Ink::Ground.name()) } fill=(Ink::Ground.hex()) d=(ground(size)) {}
        }
    };
    body.within(head).into_string()
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
    let mut outline = String::new();
    path::push_rectangle(&mut outline, (-around, -around), right_lower);
    outline
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

/// Returns the marks of a figure, and of one that shows the same in the other unit system.
fn drawn(metric: &Figure, imperial: Option<&Figure>) -> Elements {
    let drawing = |figure| Drawing {
        figure,
        heading_px: 0,
    };
    let Some(imperial) = imperial else {
        return drawing(metric).layers(None).into_iter().flatten().collect();
    };
    // Of panels that are not the same in number none is like its twin.
    let like = (metric.panels.len() == imperial.panels.len()).then_some(metric);
    let first = drawing(metric).layers(None);
    let second = drawing(imperial).layers(like);
    if like.is_some() {
        let pairs = first.into_iter().zip(second);
        return pairs
            .map(|(first, second)| per_unit(first, second))
            .collect();
    }
    let whole = |layers: Vec<Option<Elements>>| Some(layers.into_iter().flatten().collect());
    per_unit(whole(first), whole(second))
}

/// Returns what is the same in both unit systems once, else a group for each.
fn per_unit(metric: Option<Elements>, imperial: Option<Elements>) -> Elements {
    match (metric.unwrap_or_default(), imperial) {
        (metric, Some(imperial)) if metric != imperial => {
            let groups = [metric.in_group("km"), imperial.in_group("mi")];
            groups.into_iter().collect()
        }
        (metric, _) => metric,
    }
}

/// A figure about to be drawn.
struct Drawing<'a> {
    figure: &'a Figure,
    /// Room above the panels for title and legend.
    heading_px: u32,
}

/// A part of a drawing; further ones lie above it.
enum Layer<'a> {
    /// Name, grid and labels of a panel.
    Furniture(Frame<'a>),
    /// What the panel of a number shows.
    Marks(usize, Frame<'a>),
    /// The labels of the horizontal axis, below a place: its left end, its height, its width.
    Labels(&'a Figure, (u32, u32, u32)),
}

impl Layer<'_> {
    fn draw(&self, sheet: &mut Sheet) {
        match self {
            Layer::Furniture(frame) => frame.draw_furniture(sheet),
            Layer::Marks(_, frame) => frame.draw_marks(sheet),
            Layer::Labels(figure, place) => draw_labels(figure, *place, sheet),
        }
    }
}

impl<'a> Drawing<'a> {
    /// Goes through what is drawn, from back to front: for each panel its furniture and its marks, last
    /// the labels of the horizontal axis.
    fn each_layer(&self, mut draw: impl FnMut(&Layer<'a>)) {
        let figure = self.figure;
        let (left, width) = layout::plot_px(figure);
        let foot = self.heading_px + layout::foot_px(figure) - PANEL_GAP_PX;
        let mut top = self.heading_px;
        for (index, panel) in figure.panels.iter().enumerate() {
            top += layout::label_px(panel);
            let frame = || Frame::new(panel, &figure.x, (left, top, width), foot);
            draw(&Layer::Furniture(frame()));
            draw(&Layer::Marks(index, frame()));
            top += panel.height_px + PANEL_GAP_PX;
        }
        draw(&Layer::Labels(figure, (left, top, width)));
    }

    /// Returns the layers as elements; absent where the marks of a panel are those of another figure.
    fn layers(&self, like: Option<&Figure>) -> Vec<Option<Elements>> {
        let mut layers = Vec::new();
        self.each_layer(|layer| {
            let is_alike = match (layer, like) {
                (Layer::Marks(index, _), Some(like)) => has_same_marks(self.figure, like, *index),
                _ => false,
            };
            layers.push((!is_alike).then(|| {
                let mut sheet = Sheet::new();
                layer.draw(&mut sheet);
                sheet.into_elements()
            }));
        });
        layers
    }
}

/// Returns whether a panel looks in two figures alike, but for its furniture.
fn has_same_marks(own: &Figure, other: &Figure, index: usize) -> bool {
    let ends = |axis: &Axis| (axis.low.to_bits(), axis.high.to_bits());
    let (Some(panel), Some(twin)) = (own.panels.get(index), other.panels.get(index)) else {
        return false;
    };
    layout::margins_px(own) == layout::margins_px(other)
        && layout::foot_px(own) == layout::foot_px(other)
        && ends(&own.x) == ends(&other.x)
        && ends(&panel.y) == ends(&twin.y)
        && panel.shapes == twin.shapes
}

/// Draws the labels of the horizontal axis below a place: its left end, its height, its width.
fn draw_labels(figure: &Figure, (left, top, width): (u32, u32, u32), sheet: &mut Sheet) {
    let style = letters(Ink::Label, Across::Around, Down::Below);
    for tick in &figure.x.ticks {
        let from_left = f64::from(left) + figure.x.share(tick.at) * f64::from(width);
        // A long label at the right end would leave the sheet.
        let sheet_px = f64::from(layout::width_px(figure.width));
        let most = sheet_px - text_width_px(&tick.label) / 2.0;
        let at = (units(from_left.min(most)), units(f64::from(top)));
        sheet.letters(&tick.label, style, at);
    }
}

/// Draws the title of a chart and the meaning of its marks.
fn draw_heading(figure: &Figure, sheet: &mut Sheet) {
    let style = letters(Ink::Label, Across::Right, Down::Around);
    let at = |px: (i32, i32)| (units(f64::from(px.0)), units(f64::from(px.1)));
    let bold = Letters {
        is_bold: true,
        ..style
    };
    sheet.letters(&figure.title, bold, at((0, legend::TITLE_MIDDLE_PX)));
    for place in legend::places(figure) {
        let (left, middle) = (place.left_px, place.middle_px);
        let half = legend::SAMPLE_PX / 2;
        let end = left + legend::SAMPLE_PX;
        match place.key.swatch {
            Swatch::Block { ink, opacity } => {
                let corners = (at((left, middle - half)), at((end, middle + half)));
                sheet.rectangle(corners.0, corners.1, ink, opacity);
            }
            Swatch::Line { ink, width_px } => {
                sheet.line([at((left, middle)), at((end, middle))], ink, width_px);
            }
            Swatch::Dot { ink, filled } => {
                sheet.dot(at((left + half, middle)), LEGEND_DOT_PX, ink, filled);
            }
            Swatch::Nothing => {}
        }
        let text = at((place.text_left_px(), middle));
        sheet.letters(&place.key.text, style, text);
    }
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
        let plain = inline(&small(), None).into_string();
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
        assert!(
            inline(&small(), None)
                .into_string()
                .contains("d=\"M88 244l528-200\"")
        );
    }
}

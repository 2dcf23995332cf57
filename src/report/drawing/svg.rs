//! The sheet that charts are drawn on: a backend of the drawing library that writes SVG.
//!
//! Every element has the colour of its ink as an attribute, since many viewers know no style sheets,
//! and the class of the ink, by which a style sheet recolours it in the dark. Elements of one look
//! that follow each other share their attributes.
//!
//! # Units
//! The library counts whole numbers: here half pixels, which are the units of the SVG too, of which
//! [`units`] makes them. Widths of lines and sizes of letters are given to it in pixels.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;
use plotters::style::text_anchor::VPos;
use plotters_backend::BackendColor;
use plotters_backend::BackendCoord;
use plotters_backend::BackendStyle;
use plotters_backend::BackendTextStyle;
use plotters_backend::DrawingErrorKind;

use crate::report::drawing::ink::Ink;
use crate::report::drawing::letters;
use crate::report::drawing::path;

/// Units of a sheet in a pixel. Finer ones cannot be seen, and would take more room in the file.
pub(super) const UNITS_PER_PX: u32 = 2;
/// Thickness of lines that say nothing else.
pub(super) const HAIRLINE_PX: u32 = 1;
/// The class of what is drawn of straight edges.
const CRISP: &str = "crisp";
/// What has straight edges is not smoothed: a hairline stays one pixel thick, and between two bars that
/// touch there is no seam.
pub(super) const CRISP_CSS: &str = ".crisp{shape-rendering:crispEdges}";

/// Returns pixels in the units of the sheet.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a place on a sheet of some hundred pixels"
)]
pub(super) fn units(px: f64) -> i32 {
    (px * f64::from(UNITS_PER_PX)).round() as i32
}

/// Inks are colours of the library: it hands the number of an ink on in the place of a share of red,
/// and the sheet knows the ink by it.
impl Color for Ink {
    fn to_backend_color(&self) -> BackendColor {
        BackendColor {
            alpha: 1.0,
            rgb: (self.number(), 0, 0),
        }
    }
}

fn ink_of(colour: BackendColor) -> Ink {
    Ink::numbered(colour.rgb.0).unwrap_or(Ink::Label)
}

/// Elements of one look, one after the other.
#[derive(Debug, PartialEq)]
enum Run {
    /// Lines or bars, which become one path.
    Outlines { look: String, data: String },
    /// Other elements: of each its name with the attributes of its own, and what follows these.
    Elements {
        look: String,
        elements: Vec<(String, String)>,
    },
}

/// A sheet.
pub(super) struct Sheet {
    out: Rc<RefCell<String>>,
    size: (u32, u32),
    run: Option<Run>,
}

/// A sheet in its own units.
pub(super) type Canvas = DrawingArea<Sheet, Shift>;

/// What drawing may end in; on a sheet in memory it never does.
pub(super) type DrawError = Box<dyn std::error::Error>;

/// Returns the elements that something draws on a sheet of a size in pixels.
pub(super) fn elements(
    (width_px, height_px): (u32, u32),
    draw: impl FnOnce(&Canvas) -> Result<(), DrawError>,
) -> Result<String, DrawError> {
    let out = Rc::new(RefCell::new(String::new()));
    let sheet = Sheet {
        out: Rc::clone(&out),
        size: (width_px * UNITS_PER_PX, height_px * UNITS_PER_PX),
        run: None,
    };
    let canvas = sheet.into_drawing_area();
    draw(&canvas)?;
    canvas.present()?;
    Ok(out.take())
}

impl Sheet {
    fn outline(&mut self, look: String, outline: &str) {
        match &mut self.run {
            Some(Run::Outlines { look: open, data }) if *open == look => data.push_str(outline),
            _ => {
                let data = outline.to_owned();
                self.begin(Some(Run::Outlines { look, data }));
            }
        }
    }

    fn element(&mut self, look: String, head: String, rest: String) {
        match &mut self.run {
            Some(Run::Elements {
                look: open,
                elements,
            }) if *open == look => elements.push((head, rest)),
            _ => {
                let elements = vec![(head, rest)];
                self.begin(Some(Run::Elements { look, elements }));
            }
        }
    }

    /// Writes the elements that are waiting, and lets others wait.
    fn begin(&mut self, run: Option<Run>) {
        let mut out = self.out.borrow_mut();
        match std::mem::replace(&mut self.run, run) {
            None => {}
            Some(Run::Outlines { look, data }) => {
                out.push_str(&format!("<path{look} d=\"{data}\"/>"));
            }
            Some(Run::Elements { look, elements }) => match &elements[..] {
                [(head, rest)] => out.push_str(&format!("<{head}{look}{rest}")),
                several => {
                    out.push_str(&format!("<g{look}>"));
                    for (head, rest) in several {
                        out.push_str(&format!("<{head}{rest}"));
                    }
                    out.push_str("</g>");
                }
            },
        }
    }
}

/// Writing into memory never fails.
type Done = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Sheet {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        self.begin(None);
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Done {
        self.draw_rect((x, y), (x + 1, y + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Done {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        left_upper: BackendCoord,
        right_lower: BackendCoord,
        style: &S,
        is_filled: bool,
    ) -> Done {
        let is_empty = left_upper.0 == right_lower.0 || left_upper.1 == right_lower.1;
        if is_visible(style.color()) && !is_empty {
            let look = if is_filled {
                filled(style.color(), CRISP)
            } else {
                stroked(style, CRISP)
            };
            self.outline(look, &path::rectangle(left_upper, right_lower));
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &S,
    ) -> Done {
        let points: Vec<BackendCoord> = points.into_iter().collect();
        let mut pairs = points.windows(2);
        if is_visible(style.color()) && points.len() > 1 {
            let is_straight = pairs.all(|pair| pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1);
            let look = stroked(style, if is_straight { CRISP } else { "" });
            self.outline(look, &path::path(points));
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        is_filled: bool,
    ) -> Done {
        if is_visible(style.color()) {
            let look = if is_filled {
                filled(style.color(), "")
            } else {
                stroked(style, "")
            };
            let head = format!("circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"");
            self.element(look, head, "/>".to_owned());
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &S,
    ) -> Done {
        if is_visible(style.color()) {
            let head = format!("path d=\"{}z\"", path::path(points));
            self.element(filled(style.color(), ""), head, "/>".to_owned());
        }
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Done {
        if is_visible(style.color()) && !text.is_empty() {
            let y = y + units(stands_below_px(style.anchor().v_pos, style.size()));
            let head = format!("text x=\"{x}\" y=\"{y}\"");
            self.element(lettered(style), head, format!(">{}</text>", escaped(text)));
        }
        Ok(())
    }
}

fn is_visible(colour: BackendColor) -> bool {
    colour.alpha > 0.0
}

/// Returns the attributes of what is filled.
fn filled(colour: BackendColor, class: &str) -> String {
    let ink = ink_of(colour);
    let classes = classes('f', ink, class);
    let opacity = opacity("fill", colour.alpha);
    format!(" {classes} fill=\"{}\"{opacity}", ink.hex())
}

/// Returns the attributes of a line; the element around all of them fills nothing, and draws hairlines.
fn stroked(style: &impl BackendStyle, class: &str) -> String {
    let ink = ink_of(style.color());
    let classes = classes('s', ink, class);
    let width = match style.stroke_width() {
        HAIRLINE_PX => String::new(),
        width_px => format!(" stroke-width=\"{}\"", width_px * UNITS_PER_PX),
    };
    let opacity = opacity("stroke", style.color().alpha);
    let dashes = ink.dashes().map_or_else(String::new, |(dash, gap)| {
        let [dash, gap] = [dash, gap].map(|px| px * UNITS_PER_PX);
        format!(" stroke-dasharray=\"{dash} {gap}\"")
    });
    format!(
        " {classes} stroke=\"{}\"{width}{opacity}{dashes}",
        ink.hex()
    )
}

fn classes(kind: char, ink: Ink, further: &str) -> String {
    let gap = if further.is_empty() { "" } else { " " };
    format!("class=\"{kind}-{}{gap}{further}\"", ink.name())
}

/// Returns the attributes of letters.
fn lettered(style: &impl BackendTextStyle) -> String {
    let anchor = match style.anchor().h_pos {
        HPos::Left => "",
        HPos::Center => " text-anchor=\"middle\"",
        HPos::Right => " text-anchor=\"end\"",
    };
    let weight = match style.style() {
        FontStyle::Bold => " font-weight=\"bold\"",
        _ => "",
    };
    let size = match units(style.size()) {
        usual if usual == units(letters::LETTERS_PX) => String::new(),
        size => format!(" font-size=\"{size}\""),
    };
    filled(style.color(), "") + anchor + weight + &size
}

fn opacity(of: &str, alpha: f64) -> String {
    if alpha < 1.0 {
        format!(" {of}-opacity=\"{alpha}\"")
    } else {
        String::new()
    }
}

/// Returns how far below their place letters stand that lie below, around or above it.
fn stands_below_px(position: VPos, size_px: f64) -> f64 {
    size_px
        * match position {
            VPos::Top => letters::ABOVE_SHARE,
            VPos::Center => letters::MIDDLE_SHARE,
            VPos::Bottom => -letters::BELOW_SHARE,
        }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use plotters::style::text_anchor::Pos;

    use super::*;

    fn drawn(draw: impl FnOnce(&Canvas) -> Result<(), DrawError>) -> String {
        elements((400, 100), draw).expect("memory")
    }

    fn bar(left: i32, style: impl Into<ShapeStyle>) -> Rectangle<(i32, i32)> {
        Rectangle::new([(left, 20), (left + 55, 110)], style.into())
    }

    #[test]
    fn each_element_has_the_colour_and_the_class_of_its_ink() {
        let line = drawn(|area| {
            let points = vec![(10, 20), (35, 40)];
            let line = PathElement::new(points, Ink::Hard.stroke_width(2));
            Ok(area.draw(&line)?)
        });
        assert_eq!(
            line,
            "<path class=\"s-hard\" stroke=\"#a6244a\" stroke-width=\"4\" d=\"M10 20l25 20\"/>"
        );
    }

    #[test]
    fn bars_of_one_look_become_one_path() {
        let bars = drawn(|area| {
            for (left, ink) in [(10, Ink::Hard), (200, Ink::Hard), (300, Ink::Easy)] {
                area.draw(&bar(left, ink.mix(0.5).filled()))?;
            }
            Ok(())
        });
        assert_eq!(
            bars,
            "<path class=\"f-hard crisp\" fill=\"#a6244a\" fill-opacity=\"0.5\" d=\"M10 20h55v90h-55zM200 20h55v90h-55z\"/>\
             <path class=\"f-easy crisp\" fill=\"#5c9bd4\" fill-opacity=\"0.5\" d=\"M300 20h55v90h-55z\"/>"
        );
    }

    #[test]
    fn letters_are_escaped_and_anchored_and_share_their_look() {
        let style = TextStyle {
            color: Ink::Label.to_backend_color(),
            pos: Pos::new(HPos::Right, VPos::Center),
            ..TextStyle::from(("sans-serif", letters::LETTERS_PX).into_font())
        };
        let text = drawn(|area| {
            area.draw_text("4:00 < 5", &style, (10, 20))?;
            area.draw_text("&", &style, (10, 40))?;
            Ok(area.draw_text("", &style, (10, 60))?)
        });
        assert_eq!(
            text,
            "<g class=\"f-label\" fill=\"#5b6470\" text-anchor=\"end\">\
             <text x=\"10\" y=\"28\">4:00 &lt; 5</text><text x=\"10\" y=\"48\">&amp;</text></g>"
        );
    }

    #[test]
    fn what_is_transparent_is_not_written() {
        let nothing = drawn(|area| Ok(area.draw(&bar(0, Ink::Hard.mix(0.0).filled()))?));
        assert_eq!(nothing, "");
    }
}

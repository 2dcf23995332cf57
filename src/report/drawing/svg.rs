//! The sheet that charts are drawn on: it writes SVG as it is drawn on, without a tree in between.
//!
//! Every element has the colour of its ink as an attribute, since many viewers know no style sheets,
//! and the class of the ink, by which a style sheet recolours it in the dark. Elements of one look
//! that follow each other share their attributes.
//!
//! # Units
//! Whole numbers of half pixels, which are the units of the SVG too, of which [`units`] makes them.
//! Widths of lines and sizes of letters are given in pixels.

use maud::Markup;
use maud::Render;

use crate::report::drawing::digits::push_number;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::letters;
use crate::report::drawing::look::Down;
use crate::report::drawing::look::Letters;
use crate::report::drawing::look::Look;
use crate::report::drawing::look::UNITS_PER_PX;
use crate::report::drawing::path;

/// What has straight edges is not smoothed: a hairline stays one pixel thick, and between two bars that
/// touch there is no seam.
pub(super) const CRISP_CSS: &str = ".crisp{shape-rendering:crispEdges}";
/// Thickness of a dot that is not filled.
const RING_PX: u32 = 2;

/// Returns pixels in the units of the sheet.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a place on a sheet of some hundred pixels"
)]
pub(super) fn units(px: f64) -> i32 {
    (px * f64::from(UNITS_PER_PX)).round() as i32
}

/// What was drawn on sheets: the only text that becomes SVG without being escaped, as no other than a
/// [`Sheet`] makes it, which escapes the letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Elements(String);

impl Elements {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the same as a group of a class.
    pub(super) fn in_group(&self, class: &'static str) -> Self {
        Self(format!("<g class=\"{class}\">{}</g>", self.0))
    }

    /// Returns the SVG element with a head, which is closed already, and these within.
    pub(super) fn within(&self, head: Markup) -> Markup {
        const END: &str = "</svg>";
        let mut element = head;
        let text = &mut element.0;
        text.truncate(text.len().saturating_sub(END.len()));
        text.reserve_exact(self.0.len() + END.len());
        text.push_str(&self.0);
        text.push_str(END);
        element
    }
}

impl FromIterator<Elements> for Elements {
    fn from_iter<Parts: IntoIterator<Item = Elements>>(parts: Parts) -> Self {
        Self(parts.into_iter().map(|part| part.0).collect())
    }
}

/// A place on a sheet.
pub(super) type Place = (i32, i32);

/// The elements of one look that were written last, and to which further ones may belong.
#[derive(Clone, Copy, Debug)]
enum Open {
    Nothing,
    /// Lines or bars: their path has no end yet.
    Outlines(Look),
    /// An element that begins at a place in the text; its look belongs to another.
    One {
        look: Look,
        start: usize,
        look_at: usize,
    },
    /// A group that has no end yet.
    Group(Look),
}

/// Letters that wait until all else is drawn.
#[derive(Debug)]
struct Waiting {
    style: Letters,
    text: String,
    place: Place,
}

/// A sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    out: String,
    open: Open,
    /// The points of the last path, kept for the room they have.
    points: Vec<Place>,
    /// How far from a line points may lie and still be left out.
    near: f64,
    /// Where letters come last, those that wait.
    waiting: Option<Vec<Waiting>>,
}

impl Sheet {
    /// Returns an empty sheet.
    pub(super) fn new() -> Self {
        Self {
            out: String::new(),
            open: Open::Nothing,
            points: Vec::new(),
            near: path::NEAR,
            waiting: None,
        }
    }

    /// Returns an empty sheet for a file, which shall take little room: letters come last, those of one
    /// look together, and lines have fewer points.
    pub(super) fn for_file() -> Self {
        Self {
            near: path::NEAR_IN_FILE,
            waiting: Some(Vec::new()),
            ..Self::new()
        }
    }

    /// Returns the elements that were drawn.
    pub(super) fn into_elements(mut self) -> Elements {
        let mut waiting = self.waiting.take().unwrap_or_default();
        while let Some(first) = waiting.first() {
            let look = first.style.look();
            let (of_look, others): (Vec<_>, Vec<_>) = waiting
                .into_iter()
                .partition(|one| one.style.look() == look);
            for one in of_look {
                self.letters(&one.text, one.style, one.place);
            }
            waiting = others;
        }
        self.close();
        Elements(self.out)
    }

    /// Draws a filled rectangle between two corners; none where nothing is seen of it.
    pub(super) fn rectangle(&mut self, one: Place, other: Place, ink: Ink, opacity: f64) {
        let left_upper = (one.0.min(other.0), one.1.min(other.1));
        let right_lower = (one.0.max(other.0), one.1.max(other.1));
        let is_empty = left_upper.0 == right_lower.0 || left_upper.1 == right_lower.1;
        if opacity > 0.0 && !is_empty {
            self.outline(Look::Filled {
                ink,
                opacity,
                is_crisp: true,
            });
            path::push_rectangle(&mut self.out, left_upper, right_lower);
        }
    }

    /// Draws a line through points; none through a single one.
    pub(super) fn line(
        &mut self,
        points: impl IntoIterator<Item = Place>,
        ink: Ink,
        width_px: u32,
    ) {
        let points = self.take(points);
        if points.len() > 1 {
            let mut pairs = points.windows(2);
            let is_crisp = pairs.all(|pair| pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1);
            self.outline(Look::Stroked {
                ink,
                width_px,
                is_crisp,
            });
            path::push_path(&mut self.out, &points, self.near);
        }
        self.points = points;
    }

    /// Fills what points surround.
    pub(super) fn polygon(
        &mut self,
        points: impl IntoIterator<Item = Place>,
        ink: Ink,
        opacity: f64,
    ) {
        if opacity <= 0.0 {
            return;
        }
        let points = self.take(points);
        let look = Look::Filled {
            ink,
            opacity,
            is_crisp: false,
        };
        let start = self.begin_element(look);
        self.out.push_str("<path d=\"");
        path::push_path(&mut self.out, &points, self.near);
        self.out.push_str("z\"");
        self.end_head(look, start);
        self.out.push_str("/>");
        self.points = points;
    }

    /// Draws a dot, full or a ring.
    pub(super) fn dot(&mut self, middle: Place, radius_px: u32, ink: Ink, is_filled: bool) {
        let look = if is_filled {
            Look::Filled {
                ink,
                opacity: 1.0,
                is_crisp: false,
            }
        } else {
            Look::Stroked {
                ink,
                width_px: RING_PX,
                is_crisp: false,
            }
        };
        let start = self.begin_element(look);
        let radius = units(f64::from(radius_px));
        self.out.push_str("<circle cx=\"");
        push_number(&mut self.out, middle.0);
        self.out.push_str("\" cy=\"");
        push_number(&mut self.out, middle.1);
        self.out.push_str("\" r=\"");
        push_number(&mut self.out, radius);
        self.out.push('"');
        self.end_head(look, start);
        self.out.push_str("/>");
    }

    /// Writes letters; nothing for none.
    pub(super) fn letters(&mut self, text: &str, style: Letters, place: Place) {
        if text.is_empty() {
            return;
        }
        if let Some(waiting) = &mut self.waiting {
            let text = text.to_owned();
            waiting.push(Waiting { style, text, place });
            return;
        }
        let (x, y) = place;
        let start = self.begin_element(style.look());
        self.out.push_str("<text x=\"");
        push_number(&mut self.out, x);
        self.out.push_str("\" y=\"");
        push_number(&mut self.out, y + units(stands_below_px(style.down)));
        self.out.push('"');
        self.end_head(style.look(), start);
        self.out.push('>');
        text.render_to(&mut self.out);
        self.out.push_str("</text>");
    }

    /// Returns points in the room that earlier ones had.
    fn take(&mut self, points: impl IntoIterator<Item = Place>) -> Vec<Place> {
        let mut kept = std::mem::take(&mut self.points);
        kept.clear();
        kept.extend(points);
        kept
    }

    /// Begins the path of lines or bars unless one of the same look is open.
    fn outline(&mut self, look: Look) {
        if !matches!(self.open, Open::Outlines(open) if open == look) {
            self.close();
            self.out.push_str("<path");
            look.push(&mut self.out);
            self.out.push_str(" d=\"");
            self.open = Open::Outlines(look);
        }
    }

    /// Makes room for an element, and returns where it begins.
    fn begin_element(&mut self, look: Look) -> usize {
        match self.open {
            Open::Group(open) if open == look => {}
            Open::One {
                look: open, start, ..
            } if open == look => {
                let mut head = String::from("<g");
                look.push(&mut head);
                head.push('>');
                self.out.insert_str(start, &head);
                self.open = Open::Group(look);
            }
            _ => self.close(),
        }
        self.out.len()
    }

    /// Ends the attributes that an element has of its own.
    fn end_head(&mut self, look: Look, start: usize) {
        if matches!(self.open, Open::Nothing) {
            let look_at = self.out.len();
            self.open = Open::One {
                look,
                start,
                look_at,
            };
        }
    }

    /// Ends what is open.
    fn close(&mut self) {
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => {}
            Open::Outlines(_) => self.out.push_str("\"/>"),
            Open::One { look, look_at, .. } => {
                let mut attributes = String::new();
                look.push(&mut attributes);
                self.out.insert_str(look_at, &attributes);
            }
            Open::Group(_) => self.out.push_str("</g>"),
        }
    }
}

/// Returns how far below their place letters stand that lie below, around or above it.
fn stands_below_px(down: Down) -> f64 {
    letters::LETTERS_PX
        * match down {
            Down::Below => letters::ABOVE_SHARE,
            Down::Around => letters::MIDDLE_SHARE,
            Down::Above => -letters::BELOW_SHARE,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::drawing::look::Across;

    fn drawn(draw: impl FnOnce(&mut Sheet)) -> String {
        let mut sheet = Sheet::new();
        draw(&mut sheet);
        sheet.into_elements().0
    }

    const LABEL: Letters = Letters {
        ink: Ink::Label,
        across: Across::Left,
        down: Down::Around,
        is_bold: false,
    };

    #[test]
    fn each_element_has_the_colour_and_the_class_of_its_ink() {
        assert_eq!(
            drawn(|sheet| sheet.line([(10, 20), (35, 40)], Ink::Hard, 2)),
            "<path class=\"s-hard\" stroke=\"#a6244a\" stroke-width=\"4\" d=\"M10 20l25 20\"/>"
        );
        assert_eq!(
            drawn(|sheet| sheet.line([(0, 9), (35, 9)], Ink::Reference, 1)),
            "<path class=\"s-reference crisp\" stroke=\"#6f7b89\" stroke-dasharray=\"10 8\" d=\"M0 9h35\"/>"
        );
        assert_eq!(drawn(|sheet| sheet.line([(10, 20)], Ink::Hard, 2)), "");
    }

    #[test]
    fn bars_of_one_look_become_one_path() {
        let bars = drawn(|sheet| {
            for (left, ink) in [(10, Ink::Hard), (200, Ink::Hard), (300, Ink::Easy)] {
                sheet.rectangle((left, 110), (left + 55, 20), ink, 0.5);
            }
        });
        assert_eq!(
            bars,
            "<path class=\"f-hard crisp\" fill=\"#a6244a\" fill-opacity=\"0.5\" d=\"M10 20h55v90h-55zM200 20h55v90h-55z\"/>\
             <path class=\"f-easy crisp\" fill=\"#5c9bd4\" fill-opacity=\"0.5\" d=\"M300 20h55v90h-55z\"/>"
        );
    }

    #[test]
    fn letters_are_escaped_and_anchored_and_share_their_look() {
        let text = drawn(|sheet| {
            sheet.letters("4:00 < 5", LABEL, (10, 20));
            sheet.letters("&", LABEL, (10, 40));
            sheet.letters("", LABEL, (10, 60));
        });
        assert_eq!(
            text,
            "<g class=\"f-label\" fill=\"#5b6470\" text-anchor=\"end\">\
             <text x=\"10\" y=\"28\">4:00 &lt; 5</text><text x=\"10\" y=\"48\">&amp;</text></g>"
        );
    }

    #[test]
    fn letters_that_come_last_stand_with_those_of_their_look() {
        let mut sheet = Sheet::for_file();
        sheet.letters("a", LABEL, (10, 20));
        sheet.letters(
            "b",
            Letters {
                ink: Ink::OnDark,
                ..LABEL
            },
            (10, 40),
        );
        sheet.letters("c", LABEL, (10, 60));
        sheet.rectangle((0, 0), (9, 9), Ink::Hard, 1.0);
        assert_eq!(
            sheet.into_elements().0,
            "<path class=\"f-hard crisp\" fill=\"#a6244a\" d=\"M0 0h9v9h-9z\"/>\
             <g class=\"f-label\" fill=\"#5b6470\" text-anchor=\"end\">\
             <text x=\"10\" y=\"28\">a</text><text x=\"10\" y=\"68\">c</text></g>\
             <text x=\"10\" y=\"48\" class=\"f-on-dark\" fill=\"#ffffff\" text-anchor=\"end\">b</text>"
        );
    }

    #[test]
    fn elements_of_different_looks_stand_alone() {
        let dots = drawn(|sheet| {
            sheet.dot((10, 20), 3, Ink::Pace, true);
            sheet.dot((30, 20), 3, Ink::Pace, false);
            sheet.polygon([(0, 0), (9, 9), (0, 9)], Ink::Easy, 0.18);
        });
        assert_eq!(
            dots,
            "<circle cx=\"10\" cy=\"20\" r=\"6\" class=\"f-pace\" fill=\"#1f3a5f\"/>\
             <circle cx=\"30\" cy=\"20\" r=\"6\" class=\"s-pace\" stroke=\"#1f3a5f\" stroke-width=\"4\"/>\
             <path d=\"M0 0l9 9h-9z\" class=\"f-easy\" fill=\"#5c9bd4\" fill-opacity=\"0.18\"/>"
        );
    }

    #[test]
    fn what_is_transparent_or_empty_is_not_written() {
        let nothing = drawn(|sheet| {
            sheet.rectangle((0, 0), (9, 9), Ink::Hard, 0.0);
            sheet.rectangle((0, 5), (9, 5), Ink::Hard, 1.0);
            sheet.polygon([(0, 0), (9, 9)], Ink::Hard, 0.0);
        });
        assert_eq!(nothing, "");
    }
}

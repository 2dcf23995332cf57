//! Rewrites what the drawing library writes: shorter, since a page holds thousands of points, and
//! with a class beside each colour, by which the style sheet recolours a chart in the dark.

use crate::report::drawing::ink;
use crate::report::drawing::ink::Ink;

/// Whether the colours themselves stay in the elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Colours {
    /// Kept beside the classes, for viewers that know no style sheets.
    Kept,
    /// Left to the style sheet of the page.
    Classes,
}

/// Attributes of the library that say what holds anyway, or stands once on the outermost element.
const NEEDLESS: [(&str, &str); 4] = [
    ("opacity", "1"),
    ("font-family", "sans-serif"),
    ("font-size", "12"),
    ("stroke", "none"),
];

/// Returns the elements of a drawing rewritten.
pub(in crate::report) fn rewrite(body: &str, colours: Colours) -> String {
    let mut out = String::with_capacity(body.len());
    let mut bars = Bars::default();
    for element in body.split('<').skip(1) {
        let (tag, text) = element.split_once('>').unwrap_or((element, ""));
        if let Some((style, outline)) = bar(tag, colours) {
            bars.add(&mut out, style, &outline);
            continue;
        }
        bars.finish(&mut out);
        out.push('<');
        rewrite_tag(&mut out, tag, colours);
        out.push('>');
        out.push_str(text.trim_matches('\n'));
    }
    bars.finish(&mut out);
    out
}

/// Rectangles of one look, one after the other, which become one path.
#[derive(Default)]
struct Bars {
    style: String,
    outlines: String,
}

impl Bars {
    fn add(&mut self, out: &mut String, style: String, outline: &str) {
        if style != self.style {
            self.finish(out);
            self.style = style;
        }
        self.outlines.push_str(outline);
    }

    fn finish(&mut self, out: &mut String) {
        if !self.outlines.is_empty() {
            out.push_str(&format!("<path{} d=\"{}\"/>", self.style, self.outlines));
        }
        *self = Self::default();
    }
}

/// Returns the look and the outline of a rectangle; absent for other elements.
fn bar(tag: &str, colours: Colours) -> Option<(String, String)> {
    let attributes = tag.strip_prefix("rect ")?.trim_end_matches('/');
    let (mut style, mut place) = (String::new(), [""; 4]);
    for (key, value) in pairs(attributes) {
        match ["x", "y", "width", "height"]
            .iter()
            .position(|name| *name == key)
        {
            Some(index) => place[index] = value,
            None => push_attribute(&mut style, key, value, colours),
        }
    }
    let [x, y, width, height] = place;
    Some((style, format!("M{x} {y}h{width}v{height}h-{width}z")))
}

fn rewrite_tag(out: &mut String, tag: &str, colours: Colours) {
    let inner = tag.trim_end_matches('/');
    let (name, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
    out.push_str(match name {
        "polyline" | "polygon" => "path",
        other => other,
    });
    if name == "text" && colours == Colours::Classes {
        return push_letters(out, attributes);
    }
    for (key, value) in pairs(attributes) {
        match key {
            "points" => push(out, "d", &path(value, name == "polygon")),
            _ => push_attribute(out, key, value, colours),
        }
    }
    if tag.ends_with('/') {
        out.push('/');
    }
}

/// Writes where letters stand and how they look: labels that begin at their place need no class.
fn push_letters(out: &mut String, attributes: &str) {
    let mut classes = Vec::new();
    let shift = pairs(attributes).find(|(key, _)| *key == "dy");
    let shift_px = shift.map_or(0, |(_, value)| shift_px(value));
    for (key, value) in pairs(attributes) {
        match (key, value) {
            ("dy", _) => {}
            ("y", y) => {
                let y = y.parse::<i32>().unwrap_or_default() + shift_px;
                push(out, "y", &y.to_string());
            }
            ("text-anchor", "middle") => classes.push("m".to_owned()),
            ("text-anchor", "end") => classes.push("e".to_owned()),
            ("text-anchor", _) => {}
            ("fill", _) => {
                let ink = ink_of(value).filter(|ink| *ink != Ink::Label);
                classes.extend(ink.map(|ink| format!("f-{}", ink.name())));
            }
            _ => push_attribute(out, key, value, Colours::Classes),
        }
    }
    classes.reverse();
    if !classes.is_empty() {
        push(out, "class", &classes.join(" "));
    }
}

/// Returns how far letters of the charts' size are moved down, for the three ways of the library to
/// stand them on, around or below their place.
fn shift_px(dy: &str) -> i32 {
    match dy {
        "0.5ex" => 3,
        "-0.5ex" => -3,
        _ => 9,
    }
}

fn push_attribute(out: &mut String, key: &str, value: &str, colours: Colours) {
    match key {
        _ if NEEDLESS.contains(&(key, value)) => {}
        "fill" | "stroke" => push_colour(out, key, value, colours),
        _ => push(out, key, value),
    }
}

/// Returns names and values of attributes.
fn pairs(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attributes;
    std::iter::from_fn(move || {
        let (key, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        rest = after;
        Some((key.trim(), value))
    })
}

fn push(out: &mut String, key: &str, value: &str) {
    out.push_str(&format!(" {key}=\"{value}\""));
}

fn push_colour(out: &mut String, key: &str, value: &str, colours: Colours) {
    let ink = ink_of(value);
    if let Some(ink) = ink {
        let short = if key == "fill" { 'f' } else { 's' };
        push(out, "class", &format!("{short}-{}", ink.name()));
    }
    if ink.is_none() || colours == Colours::Kept {
        push(out, key, value);
    }
}

/// Returns the ink of a colour as it is written.
fn ink_of(value: &str) -> Option<Ink> {
    let hex = value.strip_prefix('#').unwrap_or_default();
    u32::from_str_radix(hex, 16).ok().and_then(ink::of_light)
}

/// Returns a path through points in whole pixels, each relative to the one before.
fn path(points: &str, closed: bool) -> String {
    let places = points.split_whitespace().filter_map(|point| {
        let (x, y) = point.split_once(',')?;
        Some((x.parse::<i32>().ok()?, y.parse::<i32>().ok()?))
    });
    let mut out = String::with_capacity(points.len());
    let mut before: Option<(i32, i32)> = None;
    for (x, y) in places {
        match before {
            None => out.push_str(&format!("M{x} {y}")),
            Some((x_before, y_before)) => {
                let (right, down) = (x - x_before, y - y_before);
                let letter = if out.contains('l') { " " } else { "l" };
                let letter = if letter == " " && right < 0 {
                    ""
                } else {
                    letter
                };
                let gap = if down < 0 { "" } else { " " };
                out.push_str(&format!("{letter}{right}{gap}{down}"));
            }
        }
        before = Some((x, y));
    }
    if closed {
        out.push('z');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_become_a_relative_path() {
        assert_eq!(path("44,122 45,120 43,130 ", false), "M44 122l1-2-2 10");
        assert_eq!(path("1,2 3,2 3,5", true), "M1 2l2 0 0 3z");
    }

    #[test]
    fn colours_get_a_class_and_may_go() {
        let line = "<polyline fill=\"none\" opacity=\"1\" stroke=\"#A6244A\" stroke-width=\"2\" points=\"1,2 3,4 \"/>\n";
        assert_eq!(
            rewrite(line, Colours::Kept),
            "<path fill=\"none\" class=\"s-hard\" stroke=\"#A6244A\" stroke-width=\"2\" d=\"M1 2l2 2\"/>"
        );
        assert!(!rewrite(line, Colours::Classes).contains('#'));
    }

    #[test]
    fn rectangles_of_one_look_become_one_path() {
        let bar = |x: u32, colour: &str| {
            format!(
                "<rect x=\"{x}\" y=\"2\" width=\"5\" height=\"9\" opacity=\"0.5\" fill=\"{colour}\" stroke=\"none\"/>\n"
            )
        };
        let body = [bar(1, "#A6244A"), bar(20, "#A6244A"), bar(30, "#5C9BD4")].concat();
        assert_eq!(
            rewrite(&body, Colours::Classes),
            "<path opacity=\"0.5\" class=\"f-hard\" d=\"M1 2h5v9h-5zM20 2h5v9h-5z\"/>\
             <path opacity=\"0.5\" class=\"f-easy\" d=\"M30 2h5v9h-5z\"/>"
        );
    }

    #[test]
    fn letters_stay_as_they_are() {
        let text = "<text x=\"1\" dy=\"0.5ex\" font-family=\"sans-serif\" font-size=\"12\" opacity=\"1\" fill=\"#5B6470\">\n4:00 &lt;\n</text>\n";
        assert_eq!(
            rewrite(text, Colours::Classes),
            "<text x=\"1\">4:00 &lt;</text>"
        );
        let centred = "<text x=\"1\" text-anchor=\"middle\" fill=\"#FFFFFF\">\n1\n</text>\n";
        assert_eq!(
            rewrite(centred, Colours::Classes),
            "<text x=\"1\" class=\"f-on-dark m\">1</text>"
        );
    }
}

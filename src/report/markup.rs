//! Rewrites what the drawing library writes: shorter, since a page holds thousands of points, and
//! with a class beside each colour, by which the style sheet recolours a chart in the dark.

use crate::report::ink;

/// Whether the colours themselves stay in the elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colours {
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
pub(super) fn rewrite(body: &str, colours: Colours) -> String {
    let mut out = String::with_capacity(body.len());
    for element in body.split('<').skip(1) {
        let (tag, text) = element.split_once('>').unwrap_or((element, ""));
        out.push('<');
        rewrite_tag(&mut out, tag, colours);
        out.push('>');
        out.push_str(text.trim_matches('\n'));
    }
    out
}

fn rewrite_tag(out: &mut String, tag: &str, colours: Colours) {
    let inner = tag.trim_end_matches('/');
    let (name, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
    out.push_str(match name {
        "polyline" | "polygon" => "path",
        other => other,
    });
    for (key, value) in pairs(attributes) {
        match key {
            _ if NEEDLESS.contains(&(key, value)) => {}
            "points" => push(out, "d", &path(value, name == "polygon")),
            "fill" | "stroke" => push_colour(out, key, value, colours),
            _ => push(out, key, value),
        }
    }
    if tag.ends_with('/') {
        out.push('/');
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
    let hex = value.strip_prefix('#').unwrap_or_default();
    let ink = u32::from_str_radix(hex, 16).ok().and_then(ink::of_light);
    if let Some(ink) = ink {
        let short = if key == "fill" { 'f' } else { 's' };
        push(out, "class", &format!("{short}-{}", ink.name()));
    }
    if ink.is_none() || colours == Colours::Kept {
        push(out, key, value);
    }
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
    fn letters_stay_as_they_are() {
        let text = "<text x=\"1\" dy=\"0.5ex\" font-family=\"sans-serif\" font-size=\"12\" opacity=\"1\" fill=\"#5B6470\">\n4:00 &lt;\n</text>\n";
        assert_eq!(
            rewrite(text, Colours::Classes),
            "<text x=\"1\" dy=\"0.5ex\" class=\"f-label\">4:00 &lt;</text>"
        );
    }
}

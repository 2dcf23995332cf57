//! The page that says how the numbers are made: that of the manual, so that there is one text.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use maud::Markup;
use maud::Render;
use maud::html;
use pulldown_cmark::Options;
use pulldown_cmark::Parser;

use crate::manual::method;
use crate::report::html::shell;
use crate::report::html::shell::Script;
use crate::report::html::shell::Shell;
use crate::units::UnitSystem;

/// The page as HTML without its title, and the anchors of its rows.
static TEXT: LazyLock<(Prose, BTreeSet<String>)> = LazyLock::new(|| {
    let mut anchors = BTreeSet::new();
    let text = method::TEXT;
    let body = text.split_once('\n').map_or(text, |(_, body)| body);
    (Prose(as_html(body, &mut anchors)), anchors)
});

/// A page of the manual, which is this project's own, as HTML.
struct Prose(String);

impl Render for Prose {
    fn render_to(&self, page: &mut String) {
        page.push_str(&self.0);
    }
}

/// Returns the name of a number: where the method says how it is made, as a link to there from a
/// page whose way to the folder of the site is `root`.
pub(super) fn named(root: &str, name: &str) -> Markup {
    let anchor = anchor(name);
    html! {
        @if TEXT.1.contains(&anchor) {
            a.named href={ (root) "method.html#" (anchor) } { (name) }
        } @else { (name) }
    }
}

/// Returns the page about the method.
#[must_use]
pub fn method_page(units: UnitSystem) -> String {
    let body = html! {
        section.head {
            p.eyebrow { "hardeasy " (env!("CARGO_PKG_VERSION")) }
            h1 { "How these numbers are made" }
        }
        div.prose { (TEXT.0) }
    };
    let shell = Shell {
        title: "How these numbers are made",
        units,
        root: "",
        links: &[],
        more_css: None,
        script: Script::Plain,
    };
    shell::page(&shell, &body)
}

/// Returns Markdown of this project as HTML: tables that can be scrolled by themselves, rows with an anchor made from their first cell.
fn as_html(markdown: &str, anchors: &mut BTreeSet<String>) -> String {
    let mut text = String::new();
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    pulldown_cmark::html::push_html(&mut text, parser);
    let text = text
        .replace("<table>", "<div class=\"scroll\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>");
    with_anchors(&text, anchors)
}

fn with_anchors(text: &str, anchors: &mut BTreeSet<String>) -> String {
    const ROW: &str = "<tr><td>";
    let mut parts = text.split(ROW);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.split('<').next().unwrap_or_default();
        if name.is_empty() {
            out.push_str(ROW);
        } else {
            let anchor = anchor(name);
            out.push_str(&format!("<tr id=\"{anchor}\"><td>"));
            anchors.insert(anchor);
        }
        out.push_str(part);
    }
    out
}

/// Returns the anchor of a name, as in "moving-time" for "moving time" and "critical-speed" for
/// "critical speed (CS)".
fn anchor(name: &str) -> String {
    let plain = name.split([',', '(']).next().unwrap_or_default().trim();
    let letters = plain.to_lowercase();
    let words = letters.split(|letter: char| !letter.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_an_anchor_once() {
        let page = method_page(UnitSystem::Metric);
        for name in [
            "habitual-easy-pace",
            "critical-speed",
            "load",
            "zones",
            "aerobic-decoupling",
        ] {
            assert_eq!(
                page.matches(&format!("<tr id=\"{name}\">")).count(),
                1,
                "{name}"
            );
        }
        assert!(!page.contains("<tr id=\"\">"));
        let load = "<a class=\"named\" href=\"../method.html#load\">Load</a>";
        assert_eq!(named("../", "Load").into_string(), load);
        assert_eq!(named("../", "Feel").into_string(), "Feel");
    }
}

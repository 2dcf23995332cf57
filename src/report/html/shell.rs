//! What surrounds every page: its head with the content-security policy, the bar on top, the foot.

use std::sync::LazyLock;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use maud::DOCTYPE;
use maud::Markup;
use maud::Render;
use maud::html;
use sha2::Digest;
use sha2::Sha256;

use crate::report::drawing::ink;
use crate::report::html::link::Link;
use crate::report::html::parts;
use crate::units::UnitSystem;

/// The style sheet, put into every page so that a page is one file.
static STYLE: LazyLock<Source> = LazyLock::new(|| {
    let sheet = without_spaces(&without_margins(include_str!("page.css")));
    Source::new(ink::palette_css() + &ink::ink_classes_css() + &sheet)
});
/// The script of each sort of page; every page can be read without it.
static SCRIPTS: LazyLock<[Source; 3]> = LazyLock::new(|| {
    let parts = ["", include_str!("chart.js"), include_str!("list.js")];
    parts.map(|part| {
        let text = [include_str!("page.js"), part, "})();\n"].concat();
        Source::new(without_margins(&text))
    })
});

/// What the script of a page does beside remembering what was chosen.
#[derive(Clone, Copy, Debug)]
pub(super) enum Script {
    /// Nothing.
    Plain,
    /// It reads values off the chart of a run.
    Chart,
    /// It searches and sorts lists.
    List,
}

impl Script {
    fn source(self) -> &'static Source {
        &SCRIPTS[match self {
            Script::Plain => 0,
            Script::Chart => 1,
            Script::List => 2,
        }]
    }
}

/// A style sheet or script of this project, which a page may apply or run, and its name within a content-security
/// policy.
struct Source {
    text: String,
    hash: String,
}

impl Source {
    fn new(text: String) -> Self {
        let hash = source_hash(&text);
        Self { text, hash }
    }
}

impl Render for Source {
    fn render_to(&self, page: &mut String) {
        page.push_str(&self.text);
    }
}

/// What a page needs around its body.
pub(super) struct Shell<'a> {
    /// The title of the window.
    pub title: &'a str,
    /// The units that are shown until the reader chooses.
    pub units: UnitSystem,
    /// The way from the page to the folder of the site, as in "../"; empty for the first page.
    pub root: &'a str,
    /// Links of the bar besides those to the first page and to the method.
    pub links: &'a [Link],
    /// Rules of this page alone; what would have to be escaped in them is not applied.
    pub more_css: Option<&'a str>,
    /// Its script.
    pub script: Script,
}

/// Returns a whole page.
pub(super) fn page(shell: &Shell<'_>, body: &Markup) -> String {
    let around = [bar(shell), foot(shell)];
    let script = shell.script.source();
    whole(shell.title, shell.more_css, script, around, body)
}

/// Returns a page in a folder of the site, with links and the switch of units and nothing else of its own.
pub(super) fn inner_page(title: &str, units: UnitSystem, links: &[Link], body: &Markup) -> String {
    let shell = Shell {
        title,
        units,
        root: "../",
        links,
        more_css: None,
        script: Script::Plain,
    };
    page(&shell, body)
}

/// Rules of a page of its own: names of files stand in its tables.
const LONE_CSS: &str = "td { overflow-wrap: anywhere; }";

/// Returns a page that is no part of a site: without links.
pub(super) fn lone_page(title: &str, units: UnitSystem, body: &Markup) -> String {
    let bar = html! { header.top { nav aria-label="Units" { span.home { "hardeasy" } (unit_switch(units)) } } };
    let foot = html! { footer { p { (made_by()) } } };
    let script = Script::Plain.source();
    whole(title, Some(LONE_CSS), script, [bar, foot], body)
}

fn whole(
    title: &str,
    more_css: Option<&str>,
    script: &Source,
    [bar, foot]: [Markup; 2],
    body: &Markup,
) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(more_css, script));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="hardeasy";
                meta name="referrer" content="no-referrer";
                link rel="icon" href="data:,";
                title { (title) }
                style { (*STYLE) }
                @if let Some(css) = more_css { style { (css) } }
            }
            body {
                (bar)
                main id="main" { (body) }
                (foot)
                script { (script) }
            }
        }
    };
    page.into_string()
}

/// Returns what a page may load: its own style sheets and script, and nothing else.
fn policy(more_css: Option<&str>, script: &Source) -> String {
    let hashes = [Some(STYLE.hash.clone()), more_css.map(source_hash)];
    let hashes = hashes.into_iter().flatten();
    let styles: String = hashes.map(|hash| format!(" '{hash}'")).collect();
    format!(
        "default-src 'none'; style-src{styles}; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        script.hash
    )
}

/// Returns the lines of a source text as a page needs them: without margins, and without those
/// that hold nothing but a comment.
fn without_margins(source: &str) -> String {
    let lines = source.lines().map(str::trim);
    let is_comment =
        |line: &str| line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"));
    let kept = lines.filter(|line| !line.is_empty() && !is_comment(line));
    kept.flat_map(|line| [line, "\n"]).collect()
}

/// Returns a style sheet without the spaces that only people need.
fn without_spaces(sheet: &str) -> String {
    let pairs = [
        (": ", ":"),
        ("; ", ";"),
        (", ", ","),
        (" {", "{"),
        ("{ ", "{"),
        (" }", "}"),
    ];
    pairs.iter().fold(sheet.to_owned(), |sheet, (from, to)| {
        sheet.replace(from, to)
    })
}

/// Returns the name of a text within a content-security policy.
pub(crate) fn source_hash(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    format!("sha256-{}", BASE64_STANDARD.encode(hash))
}

fn bar(shell: &Shell<'_>) -> Markup {
    html! {
        header.top {
            nav aria-label="Site" {
                a.home href={ (shell.root) "index.html" } { "hardeasy" }
                @for link in shell.links { a href=(link.href) { (link.text) } }
                a href={ (shell.root) "method.html" } { "Method" }
                (unit_switch(shell.units))
            }
        }
    }
}

/// Returns the switch between kilometres and miles: the style sheet hides the other units.
fn unit_switch(units: UnitSystem) -> Markup {
    html! {
        fieldset.switch {
            legend.hidden { "Units" }
            (parts::choice("units", "km", "km", units == UnitSystem::Metric))
            (parts::choice("units", "mi", "mi", units == UnitSystem::Imperial))
        }
    }
}

fn made_by() -> String {
    format!(
        "Made by hardeasy {} from the files of a watch, on this computer. Nothing is loaded from elsewhere.",
        env!("CARGO_PKG_VERSION")
    )
}

fn foot(shell: &Shell<'_>) -> Markup {
    html! {
        footer {
            p {
                (made_by()) " "
                a href={ (shell.root) "method.html" } { "How these numbers are made" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_hash_is_that_of_the_standard() {
        // The example of the Content Security Policy specification, level 3, section 8.4.
        let hash = source_hash("alert('Hello, world.');");
        assert_eq!(hash, "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }

    #[test]
    fn margins_and_comments_are_left_out() {
        let source = "// Why.\n\na(); // here\n  /* what */\n\tb { c: d }\n";
        assert_eq!(without_margins(source), "a(); // here\nb { c: d }\n");
    }

    #[test]
    fn neither_style_nor_script_can_end_before_its_end() {
        let scripts = SCRIPTS.iter();
        for source in scripts.chain([&*STYLE]) {
            assert!(
                !source.text.contains("</"),
                "it would close its own element"
            );
        }
    }
}

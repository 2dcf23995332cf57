//! What surrounds every page: its head with the content-security policy, the bar on top, the foot.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use maud::DOCTYPE;
use maud::Markup;
use maud::PreEscaped;
use maud::html;
use sha2::Digest;
use sha2::Sha256;

use crate::report::html::parts;
use crate::report::ink;
use crate::units::UnitSystem;

/// The style sheet, put into every page so that a page is one file.
const CSS: &str = include_str!("../page.css");
/// The script; every page can be read without it.
const SCRIPT: &str = include_str!("../page.js");

/// A link to another page of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its place relative to the page.
    pub href: String,
    /// The words of the link.
    pub text: String,
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
    /// Rules of this page alone, of the project's own making.
    pub more_css: &'a str,
}

/// Returns a whole page.
pub(super) fn page(shell: &Shell<'_>, body: &Markup) -> String {
    let css = format!(
        "{}{}{CSS}{}",
        ink::palette_css(),
        ink::ink_classes_css(),
        shell.more_css
    );
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(&css));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="hardeasy";
                meta name="referrer" content="no-referrer";
                link rel="icon" href="data:,";
                title { (shell.title) }
                style { (PreEscaped(&css)) }
            }
            body {
                (bar(shell))
                main id="main" { (body) }
                (foot(shell))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

/// Returns what a page may load: its own style sheet and script, and nothing else.
fn policy(css: &str) -> String {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        source_hash(css),
        source_hash(SCRIPT)
    )
}

/// Returns the name of a text within a content-security policy.
fn source_hash(text: &str) -> String {
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

fn foot(shell: &Shell<'_>) -> Markup {
    html! {
        footer {
            p {
                "Made by hardeasy " (env!("CARGO_PKG_VERSION"))
                " from the files of a watch, on this computer. Nothing is loaded from elsewhere. "
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
    fn neither_style_nor_script_can_end_before_its_end() {
        for text in [CSS, SCRIPT] {
            assert!(!text.contains("</"), "it would close its own element");
        }
    }
}

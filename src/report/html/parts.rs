//! Small parts that several pages share.

use maud::Markup;
use maud::PreEscaped;
use maud::html;

use crate::classification::SessionKind;
use crate::report::chart;
use crate::report::distribution;
use crate::report::distribution::ZONE_INKS;
use crate::report::distribution::ZONE_WORDS;
use crate::report::figure::Figure;
use crate::report::figure::Width;
use crate::report::html::words;
use crate::report::ink::Ink;

/// Returns a chart in its two widths, of which the style sheet shows one.
pub(super) fn chart_of(figure: impl Fn(Width) -> Option<Figure>) -> Option<Markup> {
    let wide = chart::inline(&figure(Width::Wide)?);
    let narrow = chart::inline(&figure(Width::Narrow)?);
    Some(html! {
        div.chart {
            div.wide { (PreEscaped(wide)) }
            div.narrow { (PreEscaped(narrow)) }
        }
    })
}

/// Returns a dot of a colour.
pub(super) fn dot(ink: Ink) -> Markup {
    html! { i.dot aria-hidden="true" style=(format!("background:var(--{})", ink.name())) {} }
}

/// Returns the kind of a session with its dot.
pub(super) fn kind(kind: SessionKind) -> Markup {
    html! { span.kind { (dot(words::kind_ink(kind))) (words::capital(kind.words())) } }
}

/// Returns a legend of dots and words.
pub(super) fn legend<'a>(entries: impl IntoIterator<Item = (Ink, &'a str)>) -> Markup {
    html! {
        ul.legend {
            @for (ink, word) in entries { li { (dot(ink)) (word) } }
        }
    }
}

/// Returns the legend of three zones with the time or count of each.
pub(super) fn zone_legend(values: [String; 3], parts: [f64; 3]) -> Markup {
    let percents = distribution::percentages(parts);
    html! {
        ul.legend {
            @for index in 0..ZONE_WORDS.len() {
                li {
                    (dot(ZONE_INKS[index])) (ZONE_WORDS[index]) " "
                    b { (values[index]) }
                    @if let Some(percents) = percents { " · " (percents[index]) " %" }
                }
            }
        }
    }
}

/// Returns a number with its name above and a remark below.
pub(super) fn figure_of(name: &str, value: &str, remark: &str) -> Markup {
    html! {
        div {
            dt { (name) }
            dd { (value) @if !remark.is_empty() { small { (remark) } } }
        }
    }
}

/// Returns the foot of a page.
pub(super) fn foot() -> Markup {
    html! {
        footer {
            p {
                "Made by hardeasy " (env!("CARGO_PKG_VERSION"))
                " from the files of a watch, on this computer. Nothing is loaded from elsewhere."
            }
        }
    }
}

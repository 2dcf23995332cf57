//! Small parts that several pages share.

use chrono::NaiveDate;
use maud::Markup;
use maud::PreEscaped;
use maud::Render;
use maud::html;

use crate::classification::Session;
use crate::report::charts::distribution::ZONE_INKS;
use crate::report::charts::distribution::ZONE_WORDS;
use crate::report::content::verdict;
use crate::report::drawing::chart;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Swatch;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink::Ink;
use crate::report::html::link::Link;
use crate::report::html::show;
use crate::report::html::words;
use crate::review::percentages;
use crate::units::UnitSystem;

/// Returns a chart in its two widths, of which the style sheet shows one, for both unit systems, and
/// its legend.
pub(super) fn chart_of(figure: impl Fn(UnitSystem, Width) -> Option<Figure>) -> Option<Markup> {
    let (wide, narrow) = widths(&figure)?;
    Some(html! {
        (drawn(&wide, &narrow))
        @if !wide.metric.legend.is_empty() { (keys(&wide)) }
    })
}

/// Returns the same without its legend, for a page that says more beside the colours.
pub(super) fn bare_chart(figure: impl Fn(UnitSystem, Width) -> Option<Figure>) -> Option<Markup> {
    let (wide, narrow) = widths(&figure)?;
    Some(drawn(&wide, &narrow))
}

/// A chart in both unit systems.
struct Pair {
    metric: Figure,
    imperial: Figure,
}

/// Returns what is drawn of a chart on a laptop and on a phone.
fn widths(figure: &impl Fn(UnitSystem, Width) -> Option<Figure>) -> Option<(Pair, Pair)> {
    let pair = |width| {
        Some(Pair {
            metric: figure(UnitSystem::Metric, width)?,
            imperial: figure(UnitSystem::Imperial, width)?,
        })
    };
    Some((pair(Width::Wide)?, pair(Width::Narrow)?))
}

fn drawn(wide: &Pair, narrow: &Pair) -> Markup {
    let svg = |pair: &Pair| PreEscaped(chart::inline(&pair.metric, &pair.imperial));
    html! {
        div.chart {
            div.wide { (svg(wide)) }
            div.narrow { (svg(narrow)) }
        }
    }
}

/// Returns the legend of a chart.
fn keys(pair: &Pair) -> Markup {
    html! {
        ul.legend {
            @for (metric, imperial) in pair.metric.legend.iter().zip(&pair.imperial.legend) {
                li {
                    (swatch(metric.swatch))
                    (show::both(|units| match units {
                        UnitSystem::Metric => metric.text.as_str(),
                        UnitSystem::Imperial => imperial.text.as_str(),
                    }))
                }
            }
        }
    }
}

/// Returns how a mark looks in a legend.
fn swatch(swatch: Swatch) -> Markup {
    let (ink, form) = match swatch {
        Swatch::Block { ink, opacity } if opacity < 1.0 => (ink, "pale"),
        Swatch::Block { ink, .. } => (ink, "block"),
        Swatch::Line { ink, .. } => (ink, "line"),
        Swatch::Dot { ink, filled: true } => (ink, "round"),
        Swatch::Dot { ink, .. } => (ink, "ring"),
        Swatch::Nothing => return html! {},
    };
    html! { i.dot.(form).(ink_class(ink)) {} }
}

/// Returns a dot of a colour.
pub(super) fn dot(ink: Ink) -> Markup {
    html! { i.dot.(ink_class(ink)) {} }
}

/// Returns the class that gives an element the colour of an ink.
pub(super) fn ink_class(ink: Ink) -> String {
    format!("i-{}", ink.name())
}

/// Returns the kind of a session with its dot, and a question mark where the verdict is unsure.
pub(super) fn kind(session: &Session) -> Markup {
    let is_unsure = verdict::evidence_word(session.kind_confidence) == verdict::UNSURE;
    html! {
        span.kind { (dot(words::session_ink(session))) (words::capital(session.kind.words())) @if is_unsure { "?" } }
    }
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
    let percents = percentages(parts);
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
pub(super) fn figure_of(name: impl Render, value: impl Render, remark: impl Render) -> Markup {
    let remark = remark.render();
    html! {
        div {
            dt { (name) }
            dd { (value) @if !remark.0.is_empty() { small { (remark) } } }
        }
    }
}

/// Returns the links to the pages before and after.
pub(super) fn neighbours(what: &str, previous: Option<&Link>, next: Option<&Link>) -> Markup {
    html! {
        @if previous.is_some() || next.is_some() {
            nav.pages aria-label=(what) {
                @if let Some(link) = previous {
                    a rel="prev" href=(link.href) { "← " (link.text) }
                }
                @if let Some(link) = next {
                    a.last rel="next" href=(link.href) { (link.text) " →" }
                }
            }
        }
    }
}

/// Returns a place into which the script writes how long ago or ahead a day is: the page itself is the
/// same whenever it is made.
pub(super) fn ago(day: NaiveDate) -> Markup {
    html! { time.muted datetime=(day) data-ago {} }
}

/// Returns the class of letters that can be read on an ink.
pub(super) fn letters_class(ink: Ink) -> String {
    ink.letters().name().to_owned()
}

/// Returns one of several ways to see something, as a button of a switch.
pub(super) fn choice(group: &str, value: &str, word: &str, pressed: bool) -> Markup {
    html! {
        label {
            input type="radio" name=(group) value=(value) checked[pressed];
            span { (word) }
        }
    }
}

//! Small parts that several pages share.

use chrono::NaiveDate;
use maud::Markup;
use maud::Render;
use maud::html;

use crate::classification::Session;
use crate::report::charts::distribution::ZONE_INKS;
use crate::report::charts::distribution::ZONE_WORDS;
use crate::report::content::verdict;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Swatch;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::screens::Both;
use crate::report::drawing::screens::Screens;
use crate::report::html::link::Link;
use crate::report::html::show;
use crate::report::html::words;
use crate::review::percentages;
use crate::units::UnitSystem;

/// Returns a chart of both unit systems as [`chart`] does.
pub(super) fn chart_of(figure: impl Fn(UnitSystem, Width) -> Option<Figure>) -> Option<Markup> {
    Some(chart(&Screens::of(figure)?))
}

/// Returns a chart that is the same in both unit systems as [`chart`] does.
pub(super) fn chart_alike(figure: impl Fn(Width) -> Option<Figure>) -> Option<Markup> {
    Some(chart(&Screens::alike(figure)?))
}

/// The same without its legend, for a page that says more beside the colours.
pub(super) fn bare_chart_alike(figure: impl Fn(Width) -> Option<Figure>) -> Option<Markup> {
    Some(bare_chart(&Screens::alike(figure)?))
}

/// Returns a chart in its two widths, of which the style sheet shows one, for both unit systems, and
/// its legend.
pub(super) fn chart(screens: &Screens) -> Markup {
    html! {
        (bare_chart(screens))
        @if screens.wide.legend().next().is_some() { (keys(&screens.wide)) }
    }
}

/// Returns the same without its legend.
fn bare_chart(screens: &Screens) -> Markup {
    html! {
        div.chart {
            div.wide { (screens.wide.inline()) }
            div.narrow { (screens.narrow.inline()) }
        }
    }
}

/// Returns the legend of a chart.
fn keys(chart: &Both) -> Markup {
    html! {
        ul.legend {
            @for (metric, imperial) in chart.legend() {
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

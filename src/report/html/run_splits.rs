//! The splits of a run: a table of kilometres and one of miles, of which the style sheet shows one.

use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::report::content::splits;
use crate::report::content::splits::Split;
use crate::report::drawing::ink::segment_ink;
use crate::report::html::parts;
use crate::report::html::run_page::RunPage;
use crate::report::html::words;
use crate::units::Metres;
use crate::units::MetresPerSecond;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// Fewer splits say nothing that the sums of the run do not.
const LEAST_SPLITS: usize = 2;

/// Returns the splits.
pub(super) fn splits(run: &RunPage) -> Markup {
    let Some(streams) = run.streams else {
        return html! {};
    };
    let of = |units| splits::splits(streams, &run.session.segments, units);
    let kilometres = of(UnitSystem::Metric);
    let miles = of(UnitSystem::Imperial);
    html! {
        @if kilometres.len() >= LEAST_SPLITS {
            section {
                h2 { "Splits" }
                details open[!has_efforts(run.session)] {
                    summary {
                        i.km { (kilometres.len()) " kilometres" }
                        i.mi { (miles.len()) " miles" }
                    }
                    div.km { (table(run.session, &kilometres, UnitSystem::Metric)) }
                    div.mi { (table(run.session, &miles, UnitSystem::Imperial)) }
                }
            }
        }
    }
}

fn has_efforts(session: &Session) -> bool {
    session
        .segments
        .iter()
        .any(|segment| segment.kind.is_work())
}

fn table(session: &Session, splits: &[Split], units: UnitSystem) -> Markup {
    let has_effort = splits.iter().any(|split| split.effort_speed_m_s.is_some());
    let has_heart_rate = splits.iter().any(|split| split.heart_rate_bpm.is_some());
    let fastest = splits
        .iter()
        .filter_map(Split::speed_m_s)
        .fold(0.0, f64::max);
    html! {
        table.splits {
            thead {
                tr {
                    th scope="col" { (units.distance_unit()) }
                    th scope="col" { "Pace" }
                    th.bar aria-hidden="true" {}
                    @if has_effort { th.adjusted scope="col" { "Grade-adjusted" } }
                    @if has_heart_rate { th scope="col" { "bpm" } }
                    @if has_effort { th scope="col" { "Climb" } }
                    th scope="col" { "In it" }
                }
            }
            tbody {
                @for (index, split) in splits.iter().enumerate() {
                    tr {
                        th scope="row" { (name(index, split, units)) }
                        td { (clock(split.speed_m_s(), units)) }
                        td.bar { (bar(split, fastest)) }
                        @if has_effort { td.adjusted { (clock(split.effort_speed_m_s, units)) } }
                        @if has_heart_rate { td { (whole(split.heart_rate_bpm)) } }
                        @if has_effort { td { (split.ascent_m.map_or_else(|| words::ABSENT.to_owned(), |metres| Metres(metres).show_height(units))) } }
                        td { (touched(session, split)) }
                    }
                }
            }
        }
    }
}

/// Returns the number of a split, or the length of the last one where it is no whole one.
fn name(index: usize, split: &Split, units: UnitSystem) -> String {
    let whole = units.distance_m();
    if split.distance_m < whole - 1.0 {
        format!("{:.2}", split.distance_m / whole)
    } else {
        (index + 1).to_string()
    }
}

fn clock(speed_m_s: Option<f64>, units: UnitSystem) -> String {
    let pace = speed_m_s.and_then(|speed| MetresPerSecond(speed).pace_s(units));
    pace.map_or_else(|| words::ABSENT.to_owned(), |pace| Seconds(pace).show())
}

fn whole(value: Option<f64>) -> String {
    value.map_or_else(|| words::ABSENT.to_owned(), |value| format!("{value:.0}"))
}

/// Returns a bar as long as the split was fast.
fn bar(split: &Split, fastest: f64) -> Markup {
    /// Parts of the longest bar.
    const STEPS: f64 = 100.0;
    let share = split.speed_m_s().map_or(0.0, |speed| speed / fastest);
    html! { meter aria-hidden="true" max=(STEPS) value=(format!("{:.0}", share * STEPS)) {} }
}

/// Returns the segments of a split as dots, each kind once.
fn touched(session: &Session, split: &Split) -> Markup {
    let mut kinds = Vec::new();
    for segment in split
        .segments
        .iter()
        .filter_map(|index| session.segments.get(*index))
    {
        if !kinds.contains(&segment.kind) {
            kinds.push(segment.kind);
        }
    }
    html! {
        @for kind in kinds { i.dot.(parts::ink_class(segment_ink(kind))) title=(kind.word()) {} }
    }
}

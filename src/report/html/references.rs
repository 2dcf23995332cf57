//! Reference values on the pages: of a run's day, and of the athlete over time.

use maud::Markup;
use maud::html;

use crate::clean::clean_text;
use crate::history::DatedReferences;
use crate::history::Reference;
use crate::history::ReferenceKind;
use crate::history::References;
use crate::report::charts::athlete_chart;
use crate::report::html::method;
use crate::report::html::parts;
use crate::report::html::show;
use crate::report::html::words;

/// Returns the athlete over time: the chart, and the newest values as text; nothing when no value
/// was ever known.
pub(super) fn over_time(days: &[DatedReferences]) -> Markup {
    let chart = parts::chart_of(|units, width| athlete_chart::figure(days, units, width));
    html! {
        @if let (Some(chart), Some(newest)) = (chart, days.last()) {
            section.athlete {
                h2 { "The athlete over time" }
                figure.card {
                    (chart)
                    figcaption {
                        dl.facts {
                            @for (kind, reference) in newest.references.iter() { (newest_value(kind, reference)) }
                        }
                        p.muted { "On each day stands what was known before it." }
                    }
                }
                details {
                    summary { "What the values of " (words::dated(newest.day)) " rest on" }
                    (table(&newest.references, ""))
                }
            }
        }
    }
}

fn newest_value(kind: &ReferenceKind, reference: Option<&Reference>) -> Markup {
    html! {
        div {
            dt { (words::capital(kind.name)) }
            @match reference {
                Some(known) => {
                    dd { b { (estimate(known, kind)) } small.below { (trust(known, kind)) } }
                }
                None => { dd { (words::ABSENT) small.below { "not known" } } }
            }
        }
    }
}

/// Returns how far to trust a value, as in "168 – 173 bpm, high".
fn trust(known: &Reference, kind: &ReferenceKind) -> Markup {
    html! {
        @if known.is_given() { "given" } @else {
            (interval(known, kind)) ", " (known.confidence.word())
        }
    }
}

fn estimate(known: &Reference, kind: &ReferenceKind) -> Markup {
    show::both(|units| kind.unit.show(known.value, units))
}

fn interval(known: &Reference, kind: &ReferenceKind) -> Markup {
    show::both(|units| kind.unit.show_interval(known.low, known.high, units))
}

/// Returns the table of reference values with what they rest on, on a page whose way to the folder
/// of the site is `root`.
pub(super) fn table(references: &References, root: &str) -> Markup {
    html! {
        table.stack.references {
            thead {
                tr {
                    th scope="col" { "Value" }
                    th.n scope="col" { "Estimate" }
                    th.n scope="col" { "90 % interval" }
                    th scope="col" { "Rests on" }
                    th.n scope="col" { "Newest run" }
                }
            }
            tbody {
                @for (kind, reference) in references.iter() { (row(kind, reference, root)) }
            }
        }
    }
}

fn row(kind: &ReferenceKind, reference: Option<&Reference>, root: &str) -> Markup {
    html! {
        tr {
            th scope="row" { (method::named(root, &words::capital(kind.name))) }
            @if let Some(known) = reference {
                td.n data-label="Estimate" { (estimate(known, kind)) small { (known.confidence.word()) } }
                td.n data-label="90 % interval" { (interval(known, kind)) }
                td.long data-label="Rests on" { (clean_text(&known.source)) }
                td.n data-label="Newest run" {
                    @if let Some(date) = known.date { (words::dated(date)) } @else { "prior" }
                }
            } @else {
                td.n data-label="Estimate" { (words::ABSENT) }
                td.n data-label="90 % interval" { (words::ABSENT) }
                td.long data-label="Rests on" { "not known yet" }
                td.n data-label="Newest run" { (words::ABSENT) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::made_up;

    fn days(text: &str) -> Vec<DatedReferences> {
        let mut references = made_up::plain_session(
            made_up::first_day(),
            crate::classification::SessionKind::Easy,
            2400.0,
        )
        .references;
        if let Some(critical) = &mut references.critical_speed_m_s {
            critical.source = text.to_owned();
        }
        vec![DatedReferences {
            day: made_up::first_day(),
            references: references.into_inner(),
        }]
    }

    #[test]
    fn the_newest_values_stand_beside_the_chart() {
        let page = over_time(&days("low")).into_string();
        let critical = "<dt>Critical speed</dt><dd><b><i class=\"km\">4:04/km</i>";
        assert!(page.contains(critical), "{page}");
        assert!(page.contains("<i class=\"km\">4:10 – 3:58/km</i>"));
        assert!(page.contains("<dt>Resting heart rate</dt><dd>–<small class=\"below\">not known"));
        assert!(page.contains("What the values of 2 Mar 2026 rest on"));
        assert_eq!(page.matches("<svg").count(), 2);
        assert_eq!(over_time(&[]).into_string(), "");
    }

    #[test]
    fn what_a_document_says_adds_no_element() {
        let plain = over_time(&days("x")).into_string();
        let hostile = "</text><script>alert(1)</script>\u{1b}[2J\u{202e}";
        let page = over_time(&days(hostile)).into_string();
        assert_eq!(page.matches('<').count(), plain.matches('<').count());
        assert!(!page.contains('\u{1b}') && !page.contains('\u{202e}'));
    }
}

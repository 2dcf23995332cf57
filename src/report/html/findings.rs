//! The findings of the training block, with the runs that they rest on.

use maud::Markup;
use maud::html;

use crate::clean::clean_text;
use crate::report::html::run_list::Links;
use crate::report::html::run_list::RunRow;
use crate::report::html::words;
use crate::review::Finding;
use crate::review::Review;
use crate::review::Tone;

/// Returns what is to be said about the block.
pub(super) fn findings(review: &Review, links: &Links) -> Markup {
    let (foremost, further) = review.ranked();
    let open = review.not_evaluated();
    html! {
        @if !review.findings.is_empty() {
            section {
                h2 { "Findings" }
                ol.findings { @for finding in foremost { (item(finding, links)) } }
                @if !further.is_empty() {
                    details {
                        summary { (further.len()) " more" }
                        ol.findings { @for finding in further { (item(finding, links)) } }
                    }
                }
                @if !open.is_empty() {
                    details {
                        summary { (open.len()) " not evaluated, and why" }
                        ol.findings { @for finding in open { (item(finding, links)) } }
                    }
                }
            }
        }
    }
}

/// Returns a finding with the runs that it rests on, of those that have a link.
pub(super) fn item(finding: &Finding, links: &Links) -> Markup {
    let (class, word) = match finding.tone {
        Tone::Good => ("good", "Went well"),
        Tone::Look => ("look", "Worth a look"),
        Tone::Fact => ("fact", "Fact"),
        Tone::NotEvaluated => ("open", "Not evaluated"),
    };
    let runs: Vec<&&RunRow> = finding
        .sessions
        .iter()
        .filter_map(|id| links.get(id.as_str()))
        .collect();
    html! {
        li class=(class) {
            p.tone { (word) }
            p.text { (clean_text(&finding.text)) }
            @if !runs.is_empty() { (finding_runs(&runs)) }
            p.muted { "Grade: " (finding.grade.words()) " · Rule: " (clean_text(&finding.source)) }
        }
    }
}

/// Returns the runs that a finding rests on, in sight when they are few.
fn finding_runs(runs: &[&&RunRow]) -> Markup {
    /// Runs that are shown without opening the list.
    const IN_SIGHT: usize = 8;
    let list = html! {
        ul.links {
            @for row in runs {
                @let day = row.session.head.day.map(words::short_day);
                li { a href=(row.href) { (day.unwrap_or_else(|| row.id.clone())) } }
            }
        }
    };
    if runs.len() <= IN_SIGHT {
        return list;
    }
    html! { details { summary { "Rests on " (runs.len()) " runs" } (list) } }
}

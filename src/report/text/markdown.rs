//! A review as Markdown that pastes into a message.

use crate::clean::clean_text;
use crate::report::text::layout::Side;
use crate::report::text::review::heading;
use crate::report::text::review::legend;
use crate::report::text::review::mark;
use crate::report::text::review::totals;
use crate::report::text::review::week_head;
use crate::report::text::review::week_row;
use crate::review::Finding;
use crate::review::Review;
use crate::units::UnitSystem;

/// What the marks before findings mean.
const MARKS: &str = "`!` worth a look, `+` went well, `-` a fact, `?` not evaluated";

/// Returns the whole review: totals, weeks, all findings with their grade, source and runs.
#[must_use]
pub fn review_markdown(review: &Review, units: UnitSystem) -> String {
    let heading = heading(review);
    let mut text = format!("# {}\n\n", escape(&heading.replace('\n', " ")).trim());
    for line in totals(review, units) {
        text.push_str(&format!("- {}\n", escape(&line)));
    }
    if !review.weeks.is_empty() {
        text.push_str("\n## Weeks\n\n");
        text.push_str(&weeks(review, units));
    }
    let (foremost, further) = review.ranked();
    for (title, findings) in [
        ("What matters most", foremost),
        ("Further findings", further),
        ("Not evaluated", review.not_evaluated()),
    ] {
        text.push_str(&section(title, &findings));
    }
    if !review.findings.is_empty() {
        text.push_str(&format!("\n{MARKS}\n"));
    }
    text
}

/// Returns the table of all weeks and its legend.
fn weeks(review: &Review, units: UnitSystem) -> String {
    let head = week_head(units, review.week_starts);
    let titles: Vec<&str> = head.iter().map(|(title, _)| *title).collect();
    let rules: Vec<&str> = head
        .iter()
        .map(|(_, side)| match side {
            Side::Left => ":---",
            Side::Right => "---:",
        })
        .collect();
    let mut text = format!("| {} |\n| {} |\n", titles.join(" | "), rules.join(" | "));
    for week in &review.weeks {
        let row = week_row(week, &review.days, units);
        text.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    format!("{text}\n{}\n", legend(&review.weeks))
}

/// Returns some findings under a title; nothing when there are none.
fn section(title: &str, findings: &[&Finding]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let items: String = findings.iter().map(|finding| item(finding)).collect();
    format!("\n## {title}\n\n{items}")
}

/// Returns one finding.
fn item(finding: &Finding) -> String {
    let runs = match finding.sessions.len() {
        0 => String::new(),
        1 => format!("; rests on {}", finding.sessions[0]),
        count => format!("; rests on {count} runs"),
    };
    format!(
        "- `{}` {} *({}; {}{runs})*\n",
        mark(finding.tone),
        escape(&finding.text),
        finding.grade.words(),
        escape(&finding.source)
    )
}

/// Returns a text without the marks that Markdown would act upon.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for character in clean_text(text).chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#'
        ) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

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

/// Markdown in the making: marks of this program's own, and texts, which are escaped. Nothing else gets in.
#[derive(Debug, Default)]
pub(super) struct Markdown(String);

impl Markdown {
    /// Appends what acts as Markdown.
    pub(super) fn own(&mut self, marks: &'static str) -> &mut Self {
        self.0.push_str(marks);
        self
    }

    /// Appends a text without the marks that Markdown would act upon.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.escaped(text, false)
    }

    /// Escapes a text. An underscore between blanks acts upon nothing behind a letter, nor within a row.
    fn escaped(&mut self, text: &str, mut is_inside: bool) -> &mut Self {
        let characters: Vec<char> = clean_text(text).chars().collect();
        let is_blank = |place: Option<usize>| {
            let neighbour = place.and_then(|place| characters.get(place));
            neighbour.is_none_or(|neighbour| *neighbour == ' ')
        };
        for (place, character) in characters.iter().enumerate() {
            let is_mark = matches!(
                character,
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#'
            );
            let is_alone = is_blank(place.checked_sub(1)) && is_blank(place.checked_add(1));
            if is_mark && !(*character == '_' && is_alone && is_inside) {
                self.0.push('\\');
            }
            is_inside |= character.is_alphanumeric();
            self.0.push(*character);
        }
        self
    }

    /// Appends a row of a table.
    pub(super) fn row<'t>(&mut self, cells: impl IntoIterator<Item = &'t str>) -> &mut Self {
        self.own("|");
        for cell in cells {
            self.own(" ").escaped(cell, true).own(" |");
        }
        self.own("\n")
    }

    /// Appends the line below the head of a table.
    pub(super) fn rules(&mut self, sides: impl IntoIterator<Item = Side>) -> &mut Self {
        self.own("|");
        for side in sides {
            self.own(match side {
                Side::Left => " :--- |",
                Side::Right => " ---: |",
            });
        }
        self.own("\n")
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

/// Returns the whole review: totals, weeks, all findings with their grade, source and runs.
#[must_use]
pub fn review_markdown(review: &Review, units: UnitSystem) -> String {
    let mut all = Markdown::default();
    let heading = heading(review).replace('\n', " ");
    all.own("# ").text(heading.trim()).own("\n\n");
    for line in totals(review, units) {
        all.own("- ").text(&line).own("\n");
    }
    if !review.weeks.is_empty() {
        all.own("\n## Weeks\n\n");
        weeks(&mut all, review, units);
    }
    let (foremost, further) = review.ranked();
    for (title, findings) in [
        ("What matters most", foremost),
        ("Further findings", further),
        ("Not evaluated", review.not_evaluated()),
    ] {
        section(&mut all, title, &findings);
    }
    if !review.findings.is_empty() {
        all.own("\n").own(MARKS).own("\n");
    }
    all.into_string()
}

/// Appends the table of all weeks and its legend.
fn weeks(all: &mut Markdown, review: &Review, units: UnitSystem) {
    let head = week_head(units, review.week_starts);
    all.row(head.iter().map(|(title, _)| *title));
    all.rules(head.iter().map(|(_, side)| *side));
    for week in &review.weeks {
        let row = week_row(week, &review.days, units);
        all.row(row.iter().map(String::as_str));
    }
    all.own("\n").text(&legend(&review.weeks)).own("\n");
}

/// Appends some findings under a title; nothing when there are none.
fn section(all: &mut Markdown, title: &'static str, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    all.own("\n## ").own(title).own("\n\n");
    for finding in findings {
        item(all, finding);
    }
}

/// Appends one finding.
fn item(all: &mut Markdown, finding: &Finding) {
    all.own("- `").own(mark(finding.tone)).own("` ");
    all.text(&finding.text).own(" *(");
    all.own(finding.grade.words())
        .own("; ")
        .text(&finding.source);
    match &finding.sessions[..] {
        [] => all,
        [only] => all.own("; rests on ").text(only),
        several => all.text(&format!("; rests on {} runs", several.len())),
    }
    .own(")*\n");
}

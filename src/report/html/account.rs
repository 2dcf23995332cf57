//! The account of files at the foot of the first page: what became of each.

use maud::Markup;
use maud::html;

use crate::clean::clean_text;
use crate::report::content::reasons;
use crate::report::html::words;

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLine {
    /// The file as it was asked for.
    pub path: String,
    /// What became of it.
    pub status: FileStatus,
    /// Why, unless all went well.
    pub reason: Option<String>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileStatus {
    /// Nothing could be read.
    Failed,
    /// A part was read, the rest is lost.
    Partial,
    /// All was read, with a remark.
    Warned,
    /// Not an activity, or one that is counted already.
    Skipped,
    /// All was read.
    Ok,
}

impl FileStatus {
    /// All, the ones that need a look first.
    pub const ALL: [FileStatus; 5] = [
        FileStatus::Failed,
        FileStatus::Partial,
        FileStatus::Warned,
        FileStatus::Skipped,
        FileStatus::Ok,
    ];

    /// Returns the word shown to people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            FileStatus::Failed => "failed",
            FileStatus::Partial => "partial",
            FileStatus::Warned => "warned",
            FileStatus::Skipped => "skipped",
            FileStatus::Ok => "ok",
        }
    }
}

/// What became of everything that was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The exports of platforms that were recognised, a sentence each.
    pub recognised: Vec<String>,
    /// Every file, once.
    pub files: Vec<FileLine>,
}

/// So many files of a status are named; an archive of an account holds thousands that are no activities.
const MOST_NAMED: usize = 50;
/// So many reasons are counted; there are few, but a message may name a place in a file.
const MOST_REASONS: usize = 20;
/// Where all of them are.
pub const ACCOUNT_DOCUMENT: &str = "data/account.json";

/// Returns the account of files.
pub(super) fn account(account: &Account) -> Markup {
    let files = &account.files;
    let of = |status| files.iter().filter(move |file| file.status == status);
    html! {
        section.account {
            h2 { "Account of files" }
            @for text in &account.recognised { p { (clean_text(text)) } }
            p {
                (files.len()) @if files.len() == 1 { " file: " } @else { " files: " }
                @for (index, status) in FileStatus::ALL.iter().rev().enumerate() {
                    @if index > 0 { " · " }
                    b { (of(*status).count()) } " " (status.word())
                }
            }
            @for status in FileStatus::ALL {
                @let lines: Vec<&FileLine> = of(status).collect();
                @if !lines.is_empty() {
                    details open[status <= FileStatus::Partial] {
                        summary { (words::capital(status.word())) span.muted { " " (lines.len()) } }
                        (named(&lines))
                    }
                }
            }
        }
    }
}

/// Returns the files of one status: each, or of very many how often each reason is given.
fn named(lines: &[&FileLine]) -> Markup {
    let is_short = lines.len() <= MOST_NAMED;
    let first = if is_short { lines } else { &lines[..0] };
    html! {
        ul.files {
            @for file in first {
                li {
                    code { (clean_text(&file.path)) }
                    @if let Some(reason) = &file.reason { span.muted { " " (clean_text(reason)) } }
                }
            }
            @if !is_short {
                @for (reason, count) in reasons::counted(lines.iter().map(|line| reason(line)), MOST_REASONS) {
                    li { (clean_text(reason)) span.muted { " " (count) } }
                }
            }
        }
        @if !is_short { p { "Each of them is named in " a href=(ACCOUNT_DOCUMENT) { (ACCOUNT_DOCUMENT) } "." } }
    }
}

fn reason(line: &FileLine) -> &str {
    line.reason.as_deref().unwrap_or("all was read")
}

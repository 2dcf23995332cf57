//! The account of files at the foot of the first page: what became of each.

use maud::Markup;
use maud::html;

use crate::clean::clean_text;
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

/// Returns the account of files.
pub(super) fn account(files: &[FileLine]) -> Markup {
    let of = |status| files.iter().filter(move |file| file.status == status);
    html! {
        section.account {
            h2 { "Account of files" }
            p {
                (files.len()) @if files.len() == 1 { " file: " } @else { " files: " }
                @for (index, status) in FileStatus::ALL.iter().rev().enumerate() {
                    @if index > 0 { " · " }
                    b { (of(*status).count()) } " " (status.word())
                }
            }
            @for status in FileStatus::ALL {
                @if of(status).next().is_some() {
                    details open[status <= FileStatus::Partial] {
                        summary { (words::capital(status.word())) span.muted { " " (of(status).count()) } }
                        ul.files {
                            @for file in of(status) {
                                li {
                                    code { (clean_text(&file.path)) }
                                    @if let Some(reason) = &file.reason { span.muted { " " (clean_text(reason)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

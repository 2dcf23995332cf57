//! *Session | Review → files*
//!
//! The self-contained site: which files it has, what is in them, and which of them are written anew
//! where an earlier one lies.
//!
//! Streams are not kept for all runs, so the pages of a run are made one at a time and in any
//! order; the names are given out beforehand.

mod account_document;
mod page;

mod document;

mod slug;

mod training_log;

mod run_part;

mod rows;

mod draft;

mod lists;

mod athlete;

mod plan;

mod error;

mod lock;

mod manifest;

mod folder;

mod publish;

pub use athlete::Past;
pub use error::PublishError;
pub use manifest::Manifest;
pub use page::Page;
pub use plan::Site;
pub use plan::pages;
pub use publish::Published;
pub use publish::ReportFolder;

#[cfg(test)]
mod tests;

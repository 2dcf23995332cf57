//! Text for the terminal, at most [`LINE_WIDTH`] columns wide unless another width is given, and
//! Markdown.

mod athlete;
mod athletes;
mod compare;
mod file;
mod layout;
mod markdown;
mod pace_characters;
mod pace_chart;
mod pace_columns;
mod paint;
mod review;
mod runs;
mod segments;
mod session;

pub use athlete::is_references_text;
pub use athlete::references_text;
pub use athletes::athletes_text;
pub use compare::comparison_markdown;
pub use compare::comparison_text;
pub use file::account_text;
pub use file::activity_text;
pub use layout::LINE_WIDTH;
pub use markdown::review_markdown;
pub use review::review_text;
pub use runs::runs_table;
pub use session::session_text;

#[cfg(test)]
mod tests;

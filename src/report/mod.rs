//! *Session | Review → text*
//!
//! Draws and writes what was found: terminal text, Markdown, JSON, SVG charts, HTML pages. Every
//! function returns a string; nothing here touches files or the terminal.

mod clean;
pub mod text;

pub use clean::clean_text;

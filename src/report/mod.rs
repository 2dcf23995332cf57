//! *Session | Review → text*
//!
//! Draws and writes what was found: terminal text, Markdown, JSON, SVG charts, HTML pages. Each
//! room uses those above it only:
//!
//! | room | what is there |
//! | --- | --- |
//! | [`drawing`] | figures of panels, marks and ticks, the palette, and how they become SVG |
//! | [`privacy`] | what a report with courses keeps to itself |
//! | [`content`] | what pages and texts say alike |
//! | [`charts`] | a file a chart: from what was found to a figure |
//! | [`text`] | text for the terminal, Markdown |
//! | [`html`] | pages, with their style sheet and their script |
//! | [`site`] | which files a report has, what is in them, and which are written anew |

pub mod drawing;

pub mod privacy;

pub mod content;

pub mod charts;

pub mod text;

pub mod html;

pub mod site;

#[cfg(test)]
mod made_up;

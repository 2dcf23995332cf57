//! The activities of a site as pages link to them.

use crate::classification::Session;
use crate::report::html::RunRow;
use crate::report::site::run_part::RunPart;
use crate::review::session_id;

/// The sessions of a site and the names of their files.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows<'s, 'a> {
    pub(super) sessions: &'a [Session],
    pub(super) names: &'s [String],
}

impl<'a> Rows<'_, 'a> {
    /// Returns some sessions, given by index, for a page from which `root` leads to the folder of the
    /// athlete.
    pub(super) fn of(
        self,
        sessions: impl IntoIterator<Item = usize>,
        root: &str,
    ) -> Vec<RunRow<'a>> {
        let row = |index: usize| RunRow {
            session: &self.sessions[index],
            id: session_id(&self.sessions[index]),
            href: format!("{root}{}", RunPart::Page.path(&self.names[index])),
        };
        sessions.into_iter().map(row).collect()
    }
}

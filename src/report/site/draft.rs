//! Pages that are made when they are needed: those of ten years would not fit into memory at once.

use crate::report::site::page::Page;

/// A page that is not made yet.
pub(super) struct Draft<'a> {
    /// Its place in the folder of the site, with `/`.
    pub(super) path: String,
    make: Box<dyn Fn() -> String + Send + Sync + 'a>,
}

impl<'a> Draft<'a> {
    /// Returns the draft of a page, which makes its content; of nothing comes no page.
    pub(super) fn new(
        path: impl Into<String>,
        make: impl Fn() -> String + Send + Sync + 'a,
    ) -> Self {
        Self {
            path: path.into(),
            make: Box::new(make),
        }
    }

    /// Returns the same in a folder, which is given with a slash at its end.
    pub(super) fn within(self, folder: &str) -> Self {
        Self {
            path: format!("{folder}{}", self.path),
            ..self
        }
    }

    /// Makes the page; absent where there is nothing to show.
    pub(super) fn page(&self) -> Option<Page> {
        let content = (self.make)();
        (!content.is_empty()).then(|| Page {
            path: self.path.clone(),
            content,
        })
    }
}

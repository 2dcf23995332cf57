//! One file of the site.

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its place in the folder of the site, with `/`.
    pub path: String,
    /// Its content.
    pub content: String,
}

//! A link of a page.

/// A link to another page of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its place relative to the page.
    pub href: String,
    /// The words of the link.
    pub text: String,
}

//! The manual: pages of text that the program prints (`hardeasy help TOPIC`), of which the report shows
//! the one about its method.

/// A page of the manual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The word by which it is asked for.
    pub name: &'static str,
    /// What it is about, in a line.
    pub about: &'static str,
    /// The page, in Markdown.
    pub text: &'static str,
}

/// Declares a page: a module that documents itself with it, and its place in the list.
macro_rules! topics {
    ($($name:ident: $about:literal),+ $(,)?) => {
        $(
            #[doc = include_str!(concat!(stringify!($name), ".md"))]
            pub mod $name {
                /// The page, in Markdown.
                pub const TEXT: &str = include_str!(concat!(stringify!($name), ".md"));
            }
        )+
        /// All pages, in reading order.
        pub const TOPICS: &[Topic] = &[$(Topic {
            name: stringify!($name),
            about: $about,
            text: $name::TEXT,
        }),+];
    };
}

topics! {
    method: "how every number is made, how segments are found, what nobody can tell",
    sources: "what of each device, site and converter is read, and what is not",
    serve: "the site live in a browser: what it does, what others on the computer see",
    settings: "what is read, hardeasy.toml, mornings, corrections",
    documents: "the fields of the JSON documents",
    tables: "the columns of the CSV and Parquet tables",
    python: "the Python module: one line to a data frame",
    mcp: "programs that ask over the Model Context Protocol",
    warnings: "the code of each repair, and what it means",
    conformance: "what becomes of odd, damaged and hostile files, case by case",
    spark: "the same work on Apache Spark, and what 100 million runs take",
    benchmark: "how well intervals are found, and how fast",
    architecture: "where what is in the source",
}

/// Returns the page of a name.
#[must_use]
pub fn topic(name: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| topic.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_begins_with_its_title_and_says_something() {
        for Topic { name, text, .. } in TOPICS {
            assert!(text.starts_with("# "), "{name}");
            assert!(text.lines().count() > 10, "{name}");
        }
    }

    #[test]
    fn no_command_of_the_toolchain_reaches_the_reader_of_a_report() {
        assert!(!method::TEXT.contains("cargo"));
    }
}

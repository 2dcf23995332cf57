//! Documents that would take all memory or time, files of others, and names that act.

use super::Case;
use super::case;
use super::gpx::whole;
use super::run;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;

pub(super) fn cases() -> Vec<Case> {
    let mut all = documents();
    all.extend(names());
    all
}

/// Returns the run as GPX with something before its track.
fn with_head(head: &str) -> String {
    whole().replacen(" <trk>", &format!("{head} <trk>"), 1)
}

/// Returns the run as GPX with a document type and a name that uses it.
fn with_type(declared: &str, name: &str) -> String {
    let named = whole().replace("Short run", name);
    named.replacen("<gpx", &format!("<!DOCTYPE gpx [{declared}]><gpx"), 1)
}

fn documents() -> Vec<Case> {
    let depth = 200_000;
    let deep = format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    let mut entities = String::from("<!ENTITY e0 \"lol\">");
    for level in 1..10 {
        let ten = format!("&e{};", level - 1).repeat(10);
        entities += &format!("<!ENTITY e{level} \"{ten}\">");
    }
    let quadratic = format!("<!ENTITY long \"{}\">", "x".repeat(20_000));
    let attributes: String = (0..100_000)
        .map(|index| format!(" a{index}=\"1\""))
        .collect();
    let long = format!("<a b=\"{}\"/>", "x".repeat(20 << 20));
    let name = "y".repeat(20 << 20);
    vec![
        case(
            "62a",
            "200,000 elements in one another",
            ("deep.gpx", with_head(&deep)),
            "failed",
            "expected at most",
        ),
        case(
            "62b",
            "entities of entities that would become a billion words",
            ("laughs.gpx", with_type(&entities, "&e9;")),
            "ok 1/361",
            "",
        ),
        case(
            "62c",
            "a long entity that is used ten thousand times",
            ("long.gpx", with_type(&quadratic, &"&long;".repeat(10_000))),
            "ok 1/361",
            "",
        ),
        case(
            "62d",
            "an entity that asks for a file of the computer",
            (
                "file.gpx",
                with_type("<!ENTITY x SYSTEM \"file:///etc/hostname\">", "&x;"),
            ),
            "ok 1/361",
            "",
        ),
        case(
            "62e",
            "100,000 attributes of one element",
            ("many.gpx", with_head(&format!("<a{attributes}/>"))),
            "failed",
            "expected at most",
        ),
        case(
            "62f",
            "an attribute of 20 MB",
            ("attribute.gpx", with_head(&long)),
            "failed",
            "expected at most",
        ),
        case(
            "62g",
            "a name of 20 MB",
            ("name.gpx", whole().replace("Short run", &name)),
            "failed",
            "expected at most",
        ),
    ]
}

fn names() -> Vec<Case> {
    let sound = || fit_writer::write(&run(), Wire::default());
    let named = |name: &str| whole().replace("Short run", name);
    // `/` and, on Windows, some marks cannot be in the name of a file at all.
    vec![
        case(
            "70a",
            "the name `$(x).fit`",
            ("$(x).fit", sound()),
            "ok 1/361",
            "",
        ),
        case(
            "70b",
            "the name `=cmd().fit`",
            ("=cmd().fit", sound()),
            "ok 1/361",
            "",
        ),
        case(
            "70c",
            "a name that turns the direction of text",
            ("a\u{202e}tif.fit", sound()),
            "ok 1/361",
            "",
        ),
        case(
            "70d",
            "the name `${7_7}{{7_7}}.fit`",
            ("${7_7}{{7_7}}.fit", sound()),
            "ok 1/361",
            "",
        ),
        case(
            "70e",
            "an element in the name of a run",
            ("name.gpx", named("&lt;script&gt;x&lt;/script&gt;")),
            "ok 1/361",
            "",
        ),
        case(
            "70f",
            "a mark of direction in the name of a run",
            ("name.gpx", named("\u{202e}nur")),
            "ok 1/361",
            "",
        ),
        case(
            "70g",
            "a formula in the name of a run",
            ("name.gpx", named("=HYPERLINK(1)")),
            "ok 1/361",
            "",
        ),
        case(
            "70h",
            "the end of an attribute in the name of a run",
            ("name.gpx", named("'&gt;&lt;svg onload=x&gt;")),
            "ok 1/361",
            "",
        ),
    ]
}

//! What a page of the site gets on its way to a browser: a script, a style sheet, on the page of a run the
//! form that corrects it. On disk it stays as the report wrote it.

use maud::DOCTYPE;
use maud::html;

use super::form;
use super::shown::Run;
use crate::pipeline;
use crate::report::html::source_hash;

/// The folder of what only a served site has. No folder of an athlete is called so.
pub(super) const LIVE: &str = "~live/";

/// What the pages do beside being read.
pub(super) const SCRIPT: &str = include_str!("live.js");
/// How that looks.
pub(super) const STYLE: &str = include_str!("live.css");

/// The policy of what is no page.
pub(super) const NOTHING_ALLOWED: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The policy of a page that has neither style nor script of its own.
const LIVE_ALLOWED: &str =
    "default-src 'none'; style-src; script-src; img-src data:; base-uri 'none'; form-action 'none'";
/// What of ours a page may use beside its own.
const OURS: &str = " 'self'";
/// What surrounds the policy in a page.
const BEFORE_POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";
const AFTER_POLICY: &str = "\">";
const END: &str = "</body>";

/// A page as it is sent.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) content: String,
    /// Its content-security policy, which is a header now: a page can only narrow its own.
    pub(super) policy: String,
}

/// Returns a page as it is sent; absent for what is no page of the site.
pub(super) fn live(path: &str, content: &[u8], run: Option<&Run>) -> Option<Live> {
    let hash = pipeline::content_hash(content);
    let text = std::str::from_utf8(content).ok()?;
    let (head, rest) = text.split_once(BEFORE_POLICY)?;
    let (own, rest) = rest.split_once(AFTER_POLICY)?;
    let (body, end) = rest.rsplit_once(END)?;
    let root = "../".repeat(path.matches('/').count());
    let style = style(&root);
    let more = html! {
        @if let Some(run) = run { (form::form(run)) }
        (script(&root, path, &hash))
    };
    let (style, more) = (style.into_string(), more.into_string());
    Some(Live {
        content: [head, &style, body, &more, END, end].concat(),
        policy: with_ours(own),
    })
}

/// Returns the page that is shown until there is a report.
pub(super) fn waiting(problem: Option<&str>) -> Live {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="icon" href="data:,";
                title { "hardeasy" }
                (style(""))
            }
            body.waiting {
                main {
                    h1 { "hardeasy" }
                    p { (problem.unwrap_or("The report is being made.")) }
                    p { "This page goes on by itself when there is a report." }
                }
                (script("", "index.html", ""))
            }
        }
    };
    Live {
        content: page.into_string(),
        policy: with_ours(LIVE_ALLOWED),
    }
}

fn style(root: &str) -> maud::Markup {
    html! { link rel="stylesheet" href={ (root) (LIVE) "live.css" }; }
}

/// Returns the script, which is told of which page it is, and as of when.
fn script(root: &str, path: &str, hash: &str) -> maud::Markup {
    html! { script src={ (root) (LIVE) "live.js" } data-root=(root) data-page=(path) data-hash=(hash) {} }
}

/// Returns a policy that allows what is sent beside the page, too.
fn with_ours(own: &str) -> String {
    let rules = own.split("; ").map(|rule| {
        let is_widened = ["style-src", "script-src"]
            .iter()
            .any(|kind| rule.starts_with(kind));
        let more = if is_widened { OURS } else { "" };
        format!("{rule}{more}; ")
    });
    let rules: String = rules.collect();
    format!("{rules}connect-src 'self'; frame-ancestors 'none'")
}

/// Returns the policy of a chart that stands alone: it may use its own style sheet.
pub(super) fn policy_of_chart(content: &[u8]) -> String {
    let text = std::str::from_utf8(content).unwrap_or_default();
    let sheet = text
        .split_once("<style>")
        .and_then(|(_, rest)| rest.split_once("</style>"));
    match sheet {
        Some((sheet, _)) => format!("{NOTHING_ALLOWED}; style-src '{}'", source_hash(sheet)),
        None => NOTHING_ALLOWED.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::report::html::method_page;
    use crate::units::UnitSystem;

    #[test]
    fn a_page_stays_as_it_is_but_for_what_is_added() {
        let page = method_page(UnitSystem::Metric);
        let sent = live("a/method.html", page.as_bytes(), None).unwrap();
        let (head, rest) = page.split_once("<meta http-equiv").unwrap();
        let (meta, rest) = rest.split_once('>').unwrap();
        let (body, end) = rest.rsplit_once("</body>").unwrap();
        let hash = pipeline::content_hash(page.as_bytes());
        let expected = format!(
            "{head}<link rel=\"stylesheet\" href=\"../~live/live.css\">{body}<script src=\"../~live/live.js\" \
             data-root=\"../\" data-page=\"a/method.html\" data-hash=\"{hash}\"></script></body>{end}"
        );
        assert_eq!(sent.content, expected);
        let own: Vec<&str> = meta
            .split('\'')
            .filter(|part| part.starts_with("sha256-"))
            .collect();
        assert_eq!(own.len(), 2);
        let [style, script] = own[..] else { panic!() };
        assert_eq!(
            sent.policy,
            format!(
                "default-src 'none'; style-src '{style}' 'self'; script-src '{script}' 'self'; img-src data:; base-uri 'none'; form-action 'none'; connect-src 'self'; frame-ancestors 'none'"
            )
        );
        assert!(live("x.html", b"<p>no page of ours</p>", None).is_none());
    }

    #[test]
    fn a_chart_may_use_its_own_style_and_nothing_else() {
        let chart = b"<svg><style>.a{fill:red}</style></svg>";
        let expected = format!(
            "{NOTHING_ALLOWED}; style-src '{}'",
            source_hash(".a{fill:red}")
        );
        assert_eq!(policy_of_chart(chart), expected);
        assert_eq!(policy_of_chart(b"<svg/>"), NOTHING_ALLOWED);
    }
}

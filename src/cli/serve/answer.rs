//! What is answered: to whom what may be asked, and the headers of every answer.

use http_body_util::Full;
use hyper::Method;
use hyper::Response;
use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::ALLOW;
use hyper::header::CACHE_CONTROL;
use hyper::header::CONTENT_SECURITY_POLICY;
use hyper::header::CONTENT_TYPE;
use hyper::header::HeaderName;
use hyper::header::HeaderValue;
use hyper::header::REFERRER_POLICY;
use hyper::header::X_CONTENT_TYPE_OPTIONS;
use hyper::header::X_FRAME_OPTIONS;
use hyper::http::request::Parts;

use super::correction;
use super::guard::Guard;
use super::page;
use super::page::LIVE;
use super::page::NOTHING_ALLOWED;
use super::shown::Shown;

/// An answer.
pub(super) type Answer = Response<Full<Bytes>>;

const SCRIPT: &str = "live.js";
const STYLE: &str = "live.css";
const STATE: &str = "state/";
const CORRECT: &str = "correct";
/// The page that is shown where none is named.
const FIRST: &str = "index.html";

const HTML: &str = "text/html; charset=utf-8";
const PLAIN: &str = "text/plain; charset=utf-8";
const JSON: &str = "application/json";

/// What a request wants that was let in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Script,
    Style,
    /// Whether a page is another one by now.
    State(String),
    /// A file of the site.
    File(String),
    /// A run to be corrected, as the body says.
    Correction,
}

impl Wanted {
    /// Returns what is wanted, if it may be.
    pub(super) fn of(guard: &Guard, head: &Parts) -> Result<Self, Refusal> {
        // Proxies are asked with a whole address; this is none.
        if head.uri.authority().is_some() {
            return Err(Refusal::OtherName);
        }
        let host = guard.host(&head.headers).ok_or(Refusal::OtherName)?;
        let way = guard.way(head.uri.path()).ok_or(Refusal::NoSecret)?;
        let reads = head.method == Method::GET || head.method == Method::HEAD;
        let live = way.strip_prefix(LIVE);
        if live == Some(CORRECT) {
            return match head.method == Method::POST {
                false => Err(Refusal::Method("POST")),
                true if Guard::is_from_own_page(host, &head.headers) => Ok(Wanted::Correction),
                true => Err(Refusal::OtherPage),
            };
        }
        if !reads {
            return Err(Refusal::Method("GET, HEAD"));
        }
        Ok(match live {
            Some(SCRIPT) => Wanted::Script,
            Some(STYLE) => Wanted::Style,
            Some(live) => {
                Wanted::State(live.strip_prefix(STATE).ok_or(Refusal::Nothing)?.to_owned())
            }
            None if way.is_empty() => Wanted::File(FIRST.to_owned()),
            None => Wanted::File(way.to_owned()),
        })
    }
}

/// Why something is not answered as it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The browser thinks it speaks to another computer.
    OtherName,
    /// The path does not begin with the secret.
    NoSecret,
    /// What would write does not come from a page of ours.
    OtherPage,
    /// Another way to ask; this one is known here.
    Method(&'static str),
    TooLarge,
    TooSlow,
    /// There is no such file.
    Nothing,
    /// What answers has broken down.
    Broken,
}

impl Refusal {
    fn status(self) -> StatusCode {
        match self {
            Refusal::OtherName => StatusCode::MISDIRECTED_REQUEST,
            Refusal::NoSecret | Refusal::OtherPage => StatusCode::FORBIDDEN,
            Refusal::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Refusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Refusal::Nothing => StatusCode::NOT_FOUND,
            Refusal::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Refusal::OtherName => {
                "This is hardeasy on this computer, which answers to no other name."
            }
            Refusal::NoSecret => {
                "Open the address that `hardeasy serve` printed when it was started, all of it."
            }
            Refusal::OtherPage => "Only a page that hardeasy sent may correct a run.",
            Refusal::Method(_) => "Nothing can be done here in this way.",
            Refusal::TooLarge => "This is more than a correction.",
            Refusal::TooSlow => "This took too long.",
            Refusal::Nothing => "There is no such page; a run that went has none any more.",
            Refusal::Broken => "Something went wrong here; look where `hardeasy serve` runs.",
        }
    }

    /// Returns the answer that says so.
    pub(super) fn answer(self) -> Answer {
        let mut answer = whole(PLAIN, self.words().as_bytes().to_vec(), NOTHING_ALLOWED);
        *answer.status_mut() = self.status();
        if let Refusal::Method(known) = self {
            answer
                .headers_mut()
                .insert(ALLOW, HeaderValue::from_static(known));
        }
        answer
    }
}

/// Answers a request that was let in.
pub(super) fn answer(wanted: &Wanted, body: &[u8], shown: &Shown) -> Result<Answer, Refusal> {
    Ok(match wanted {
        Wanted::Script => whole(
            "text/javascript; charset=utf-8",
            page::SCRIPT.into(),
            NOTHING_ALLOWED,
        ),
        Wanted::Style => whole(
            "text/css; charset=utf-8",
            page::STYLE.into(),
            NOTHING_ALLOWED,
        ),
        Wanted::State(path) => json(&shown.state(path)),
        Wanted::Correction => match correction::write(body, shown) {
            Ok(number) => json(&serde_json::json!({ "correction": number })),
            Err(fault) => {
                let mut answer = json(&fault);
                *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
                answer
            }
        },
        Wanted::File(path) => file(path, shown).ok_or(Refusal::Nothing)?,
    })
}

/// Returns a file of the site, pages with what makes them live.
fn file(path: &str, shown: &Shown) -> Option<Answer> {
    let Some(content) = shown.read(path) else {
        let is_to_come = path == FIRST && !shown.is_made();
        return is_to_come.then(|| waiting(shown));
    };
    let kind = match path.rsplit_once('.')?.1 {
        "html" => {
            let run = shown.run(path);
            let live = page::live(path, &content, run.as_deref())?;
            return Some(whole(HTML, live.content.into_bytes(), &live.policy));
        }
        "svg" => {
            let policy = page::policy_of_chart(&content);
            return Some(whole("image/svg+xml", content, &policy));
        }
        "json" => JSON,
        _ => "application/octet-stream",
    };
    Some(whole(kind, content, NOTHING_ALLOWED))
}

/// Returns what is shown until there is a first page.
fn waiting(shown: &Shown) -> Answer {
    let live = page::waiting(shown.problem().as_deref());
    let mut answer = whole(HTML, live.content.into_bytes(), &live.policy);
    *answer.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    answer
}

fn json<T: serde::Serialize>(value: &T) -> Answer {
    // Numbers and text only, which always serialise.
    let text = serde_json::to_vec(value).unwrap_or_default();
    whole(JSON, text, NOTHING_ALLOWED)
}

/// Returns an answer with the headers that all have: nothing is kept, nothing is taken for another type,
/// nothing is told of where a reader came from, nobody else's page may show or load it.
fn whole(kind: &'static str, content: Vec<u8>, policy: &str) -> Answer {
    const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
    const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
    let mut answer = Response::new(Full::new(Bytes::from(content)));
    let headers = answer.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (X_FRAME_OPTIONS, "DENY"),
        (OPENER, "same-origin"),
        (RESOURCE, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let policy = HeaderValue::from_str(policy);
    headers.insert(
        CONTENT_SECURITY_POLICY,
        policy.unwrap_or(HeaderValue::from_static(NOTHING_ALLOWED)),
    );
    answer
}

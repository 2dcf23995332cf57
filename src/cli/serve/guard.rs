//! Who is let in: browsers of this computer that were given the address, and pages of ours that ask for
//! themselves.
//!
//! Three things are asked for. The name under which a browser thinks it speaks to us must be one of this
//! computer itself, else a page from elsewhere could have its own name lead here. Everything lies below a
//! secret, made anew at each start, that no other user of the computer knows. And what writes must come from a
//! page that we sent.

use std::net::SocketAddr;

use anyhow::Context;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hyper::HeaderMap;
use hyper::header::CONTENT_TYPE;
use hyper::header::HOST;
use hyper::header::HeaderName;
use hyper::header::ORIGIN;
use sha2::Digest;
use sha2::Sha256;

/// Bytes of the secret. 192 bits: nobody guesses as much, and its letters need no filling at the end.
const SECRET_BYTES: usize = 24;
/// The port that browsers leave out of names.
const USUAL_PORT: u16 = 80;

/// Decides who is let in.
pub(super) struct Guard {
    /// The names of this computer, as browsers write them with the port.
    hosts: Vec<String>,
    /// The first part of every path.
    secret: String,
}

impl Guard {
    /// Makes a secret for an address on which somebody listens.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub(super) fn new(address: SocketAddr) -> anyhow::Result<Self> {
        let mut bytes = [0; SECRET_BYTES];
        getrandom::fill(&mut bytes).context("the system has no random numbers")?;
        Ok(Self::with_secret(
            address,
            BASE64_URL_SAFE_NO_PAD.encode(bytes),
        ))
    }

    fn with_secret(address: SocketAddr, secret: String) -> Self {
        let port = address.port();
        let own = SocketAddr::to_string(&address);
        let mut hosts = vec![own.clone(), format!("localhost:{port}")];
        if port == USUAL_PORT {
            let suffix = format!(":{port}");
            let without = |host: &String| host.trim_end_matches(&suffix).to_owned();
            let more: Vec<String> = hosts.iter().map(without).collect();
            hosts.extend(more);
        }
        Self { hosts, secret }
    }

    /// Returns the address to open, with the secret.
    pub(super) fn address(&self) -> String {
        format!("http://{}/{}/", self.hosts[0], self.secret)
    }

    /// Returns the name under which a browser speaks to us, if it is one of this computer.
    pub(super) fn host<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        let named = only(headers, &HOST)?;
        let is_own = |own: &String| own.eq_ignore_ascii_case(named);
        self.hosts.iter().any(is_own).then_some(named)
    }

    /// Returns whether a request that writes, to a name of ours, comes from a page that we sent.
    ///
    /// Browsers say so themselves. A page from elsewhere can make no request of this type without asking
    /// first, which nobody answers.
    pub(super) fn is_from_own_page(host: &str, headers: &HeaderMap) -> bool {
        const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
        let is_own = only(headers, &ORIGIN).is_some_and(|origin| {
            let name = origin.strip_prefix("http://");
            name.is_some_and(|name| name.eq_ignore_ascii_case(host))
        });
        let is_same_site =
            !headers.contains_key(&FETCH_SITE) || only(headers, &FETCH_SITE) == Some("same-origin");
        let is_json = only(headers, &CONTENT_TYPE) == Some("application/json");
        is_own && is_same_site && is_json
    }

    /// Returns what follows the secret in a path that begins with it.
    pub(super) fn way<'p>(&self, path: &'p str) -> Option<&'p str> {
        let (shown, way) = path.strip_prefix('/')?.split_once('/')?;
        is_same(shown, &self.secret).then_some(way)
    }
}

/// Returns the value of a header that must be there once.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// Compares with a secret in a time that tells nothing of how far they agree: by their hashes, to the end.
fn is_same(shown: &str, secret: &str) -> bool {
    let [shown, secret] = [shown, secret].map(Sha256::digest);
    let pairs = shown.iter().zip(secret.iter());
    pairs.fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use hyper::header::HeaderValue;

    use super::*;

    fn guard(address: &str) -> Guard {
        Guard::with_secret(address.parse().unwrap(), "secret".to_owned())
    }

    fn headers(all: &[(HeaderName, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in all {
            headers.append(name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn only_names_of_this_computer_with_the_port_are_ours() {
        let v4 = guard("127.0.0.1:8080");
        let v6 = guard("[::1]:80");
        let is_let_in = |guard: &Guard, name| guard.host(&headers(&[(HOST, name)])) == Some(name);
        for name in ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080"] {
            assert!(is_let_in(&v4, name), "{name}");
        }
        for name in ["[::1]:80", "[::1]", "localhost"] {
            assert!(is_let_in(&v6, name), "{name}");
        }
        for name in [
            "",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1:8080.example.org",
            "example.org:8080",
            "localhost.:8080",
            "[::1]:8080",
            "127.0.0.2:8080",
        ] {
            assert!(!is_let_in(&v4, name), "{name}");
        }
        let twice = headers(&[(HOST, "localhost:8080"), (HOST, "localhost:8080")]);
        assert_eq!(v4.host(&twice), None);
        assert_eq!(v4.host(&HeaderMap::new()), None);
    }

    #[test]
    fn only_our_pages_write() {
        let json = (CONTENT_TYPE, "application/json");
        let site = |site| (HeaderName::from_static("sec-fetch-site"), site);
        let own = (ORIGIN, "http://localhost:8080");
        let is_own = |all: &[_]| Guard::is_from_own_page("localhost:8080", &headers(all));
        assert!(is_own(&[own.clone(), json.clone()]));
        assert!(is_own(&[own.clone(), json.clone(), site("same-origin")]));
        let text = (CONTENT_TYPE, "text/plain");
        for refused in [
            vec![json.clone()],
            vec![own.clone()],
            vec![own.clone(), text],
            vec![(ORIGIN, "null"), json.clone()],
            vec![(ORIGIN, "https://localhost:8080"), json.clone()],
            vec![(ORIGIN, "http://127.0.0.1:8080"), json.clone()],
            vec![(ORIGIN, "http://localhost:8081"), json.clone()],
            vec![own.clone(), own.clone(), json.clone()],
            vec![own, json, site("cross-site")],
        ] {
            assert!(!is_own(&refused), "{refused:?}");
        }
    }

    #[test]
    fn nothing_is_found_without_the_whole_secret() {
        let guard = guard("127.0.0.1:8080");
        assert_eq!(guard.address(), "http://127.0.0.1:8080/secret/");
        assert_eq!(guard.way("/secret/"), Some(""));
        assert_eq!(guard.way("/secret/runs/a.html"), Some("runs/a.html"));
        for path in [
            "",
            "/",
            "/secret",
            "/secre/",
            "/secrets/",
            "//secret/",
            "secret/",
        ] {
            assert_eq!(guard.way(path), None, "{path}");
        }
    }

    #[test]
    fn each_start_has_a_secret_of_its_own() {
        let address = "127.0.0.1:8080".parse().unwrap();
        let [one, other] = [0, 1].map(|_| Guard::new(address).unwrap().secret);
        assert_ne!(one, other);
        assert_eq!(one.len(), 32);
    }
}

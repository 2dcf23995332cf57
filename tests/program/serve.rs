//! The served site: what it shows, what it writes, whom it refuses. Nothing here depends on how long that
//! takes, as long as it happens at all.
#![cfg(all(unix, feature = "serve"))]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::path::PathBuf;

use serde_json::json;

use crate::common::packing::zip;
use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::tree;
use crate::common::served::Served;

const SIDECAR: &str = "hardeasy.corrections.toml";
/// Two runs of the bundled season.
const DAY: &str = "2026-03-03";
const DAYS: [&str; 2] = [DAY, "2026-03-05"];

fn runs(days: &[&str]) -> Vec<PathBuf> {
    let of_day = |day: &&str| fixture(&format!("season/{}/{day}.fit", &day[..7])).into();
    days.iter().map(of_day).collect()
}

/// Returns a page as it must be sent but for what follows its body, and how that begins on the page of a run.
fn sent(path: &str, page: &str) -> (String, &'static str) {
    let root = "../".repeat(path.matches('/').count());
    let (head, rest) = page.split_once("<meta http-equiv=").unwrap();
    let (_, rest) = rest.split_once('>').unwrap();
    let body = rest.strip_suffix("</body></html>").unwrap();
    let more = if path.starts_with("runs/") {
        "<template "
    } else {
        "<script src="
    };
    let style = format!("<link rel=\"stylesheet\" href=\"{root}~live/live.css\">");
    (format!("{head}{style}{body}"), more)
}

#[test]
fn the_site_is_that_of_report_to_the_last_byte() {
    let served = Served::of(&runs(&DAYS), &["--map"]);
    let report = tempfile::tempdir().unwrap();
    let made = hardeasy(&[
        "report".as_ref(),
        served.runs.path(),
        "--map".as_ref(),
        "-o".as_ref(),
        report.path(),
    ]);
    assert_eq!(exit(&made), 0, "{}", err(&made));
    let mut seen = 0;
    for (path, content) in tree(report.path()) {
        let path = path.to_str().unwrap();
        let reply = served.get(path);
        if path.starts_with('.') {
            assert_eq!(reply.status, 404, "{path} is no page");
            continue;
        }
        assert_eq!(reply.status, 200, "{path}");
        seen += 1;
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(reply.header(name), value, "{path}");
        }
        let policy = reply.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        if path.ends_with(".html") {
            let (begins, more) = sent(path, std::str::from_utf8(&content).unwrap());
            let text = reply.text();
            let added = text
                .strip_prefix(&*begins)
                .unwrap_or_else(|| panic!("{path}"));
            assert!(added.starts_with(more), "{path}: {added}");
            assert!(
                added.ends_with("</script></body></html>"),
                "{path}: {added}"
            );
        } else {
            assert_eq!(reply.body, content, "{path}");
        }
        let head = served.ask("HEAD", &format!("{}{path}", served.secret()), &[], b"");
        let length = reply.body.len().to_string();
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("content-length"), length, "{path}");
    }
    assert!(seen > 10, "{seen}");
    assert_eq!(served.get("").body, served.get("index.html").body);
}

#[test]
fn pages_follow_the_files() {
    let mut served = Served::of(&[], &[]);
    let waiting = served.get("");
    assert_eq!(waiting.status, 503);
    assert!(waiting.text().contains("No activity was found"));
    served.add(&runs(&[DAY])[0]);
    served.wait_for(|served| served.get("").status == 200);
    let hash = |served: &Served| served.state("index.html")["page"].clone();
    let before = hash(&served);
    assert!(before.is_string());
    fs::write(served.runs.path().join("hardeasy.toml"), "units = 7\n").unwrap();
    served.wait_for(|served| served.state("index.html")["problem"].is_string());
    assert_eq!(hash(&served), before, "the earlier report is still there");
    fs::remove_file(served.runs.path().join("hardeasy.toml")).unwrap();
    served.add(&runs(&DAYS)[1]);
    served.wait_for(|served| hash(served) != before);
    assert!(served.state("index.html")["problem"].is_null());
    assert_eq!(served.get(&served.page_of(DAYS[1])).status, 200);
}

#[test]
fn a_correction_is_what_correct_writes_and_the_page_follows() {
    let mut served = Served::of(&runs(&DAYS), &[]);
    let page = served.page_of(DAY);
    let before = tree(served.runs.path());
    let verdict = |served: &Served, words: &str| served.get(&page).text().contains(words);
    assert!(!verdict(&served, "corrected by hand"));
    for (field, asked) in [
        ("rpe", json!({"page": page, "rpe": "11"})),
        ("kind", json!({"page": page, "kind": "sprint"})),
        ("sport", json!({"page": page, "sport": "chess"})),
        (
            "segment_start",
            json!({"page": page, "segment_start": "x", "segment_end": "9:00", "segment_kind": "work"}),
        ),
        (
            "segment_end",
            json!({"page": page, "segment_start": "5:00", "segment_kind": "work"}),
        ),
        (
            "crop_start",
            json!({"page": page, "crop_start": "9:00", "crop_end": "5:00"}),
        ),
        ("distance", json!({"page": page, "time": "40:00"})),
        ("", json!({"page": page})),
        ("", json!({"page": page, "undo": true})),
        ("", json!({"page": "index.html", "kind": "tempo"})),
        (
            "",
            json!({"page": page, "kind": "tempo", "file": "/etc/passwd"}),
        ),
        ("", json!([page])),
    ] {
        let reply = served.correct(&asked);
        assert_eq!(reply.status, 422, "{asked}: {reply:?}");
        let fault = reply.json();
        assert_eq!(
            fault["field"].as_str().unwrap_or_default(),
            field,
            "{asked}: {fault}"
        );
        assert!(!fault["problem"].as_str().unwrap().is_empty(), "{asked}");
    }
    assert_eq!(tree(served.runs.path()), before, "nothing was written");

    let reply = served.correct(&json!({
        "page": page, "kind": "tempo", "rpe": "7", "note": "windy", "sport": "track_running", "crop_end": "50:00",
        "distance": "10km", "time": "39:58", "stretch": "", "segment_start": "15:05", "segment_end": "18:55",
        "segment_kind": "steady", "exclude": false,
    }));
    assert_eq!(reply.status, 200, "{reply:?}");
    served.wait_for_correction(&reply.json());
    assert!(verdict(&served, "corrected by hand"));
    let said = "You said: tempo, exertion 7, track running, only 0:00–50:00, 10000 m, in 39:58, “windy”, 15:05–18:55 steady.";
    assert!(verdict(&served, said));
    let twin = tempfile::tempdir().unwrap();
    let name = format!("{DAY}.fit");
    let copy = twin.path().join(&name);
    fs::copy(served.runs.path().join(&name), &copy).unwrap();
    let copy = copy.to_str().unwrap();
    let by_command = hardeasy(&[
        "correct",
        copy,
        "--kind",
        "tempo",
        "--rpe",
        "7",
        "--note",
        "windy",
        "--sport",
        "track_running",
        "--crop",
        "0-50:00",
        "--distance",
        "10km",
        "--time",
        "39:58",
        "--segment",
        "15:05-18:55=steady",
    ]);
    assert_eq!(exit(&by_command), 0, "{}", err(&by_command));
    let written = |folder: &Path| fs::read_to_string(folder.join(SIDECAR)).unwrap();
    assert_eq!(written(served.runs.path()), written(twin.path()));

    let reply = served.correct(&json!({"page": page, "undo": true}));
    served.wait_for_correction(&reply.json());
    assert!(!verdict(&served, "corrected by hand"));
    assert_eq!(tree(served.runs.path()), before);
}

#[test]
fn a_run_in_an_archive_is_corrected_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = [0, 1].map(|index| fs::read(&runs(&DAYS)[index]).unwrap());
    let archive = folder.path().join("account.zip");
    let members: [(&str, &[u8]); 2] = [("activities/1.fit", &one), ("activities/2.fit", &other)];
    fs::write(&archive, zip(&members)).unwrap();
    let mut served = Served::of(&[archive], &[]);
    let page = served.page_of(DAY);
    let reply = served.correct(&json!({"page": page, "kind": "tempo"}));
    served.wait_for_correction(&reply.json());
    assert!(served.get(&page).text().contains("corrected by hand"));
    assert!(served.runs.path().join(SIDECAR).is_file());
}

/// A request that must be refused: method, path, headers beside the usual ones, bytes of the body, the status.
type Refused<'a> = (&'a str, String, Vec<(&'a str, &'a str)>, usize, u16);

const JSON: (&str, &str) = ("Content-Type", "application/json");

/// A site, and what asks it.
struct Asked {
    served: Served,
    /// The path that corrects.
    write: String,
    /// The page of a run.
    page: String,
    /// What would correct it.
    correction: String,
    /// The origin of our pages.
    own: String,
    before: Vec<(PathBuf, Vec<u8>)>,
}

impl Asked {
    fn new() -> Self {
        let served = Served::of(&runs(&DAYS), &[]);
        let page = served.page_of(DAY);
        Self {
            write: format!("{}~live/correct", served.secret()),
            correction: json!({"page": page, "kind": "tempo"}).to_string(),
            own: format!("http://{}", served.host()),
            before: tree(served.runs.path()),
            page,
            served,
        }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.served.secret())
    }

    fn port(&self) -> &str {
        self.served.host().rsplit(':').next().unwrap()
    }

    /// Refuses all, and nothing is written.
    fn assert_refused(&self, cases: Vec<Refused<'_>>) {
        for (method, path, headers, bytes, status) in cases {
            let mut body = self.correction.clone().into_bytes();
            body.resize(bytes, b' ');
            let reply = self.served.ask(method, &path, &headers, &body);
            let asked = format!("{method} {path} {headers:?}: {reply:?}");
            assert_eq!(reply.status, status, "{asked}");
            assert_eq!(reply.header("cache-control"), "no-store", "{asked}");
            assert_eq!(reply.header("access-control-allow-origin"), "", "{asked}");
        }
        assert_eq!(tree(self.served.runs.path()), self.before);
    }
}

#[test]
fn whoever_was_not_given_the_address_is_refused() {
    let asked = Asked::new();
    let (secret, own) = (asked.served.secret(), &*asked.own);
    let mut wrong = secret.to_owned();
    wrong.replace_range(1..2, if &wrong[1..2] == "x" { "y" } else { "x" });
    let other_name = format!("attacker.example:{}", asked.port());
    let size = asked.correction.len();
    let from_own = vec![("Origin", own), JSON];
    let by_other_name = [vec![("Host", &*other_name)], from_own.clone()].concat();
    let whole = format!("http://attacker.example{secret}");
    asked.assert_refused(vec![
        ("GET", "/".to_owned(), vec![], 0, 403),
        (
            "GET",
            secret.trim_end_matches('/').to_owned(),
            vec![],
            0,
            403,
        ),
        ("GET", wrong.clone(), vec![], 0, 403),
        ("GET", format!("{wrong}{}", asked.page), vec![], 0, 403),
        ("POST", format!("{wrong}~live/correct"), from_own, size, 403),
        ("GET", asked.at(""), vec![("Host", &other_name)], 0, 421),
        ("GET", asked.at(""), vec![("Host", "127.0.0.1:1")], 0, 421),
        ("GET", whole, vec![], 0, 421),
        ("POST", asked.write.clone(), by_other_name, size, 421),
    ]);
    let host = asked.served.host();
    let several = format!(
        "GET {secret} HTTP/1.1\r\nHost: {host}\r\nHost: {other_name}\r\nConnection: close\r\n\r\n"
    );
    assert_eq!(asked.served.say(several.as_bytes()).status, 421);
}

#[test]
fn only_pages_of_ours_write_and_only_by_the_form() {
    let asked = Asked::new();
    let (write, own) = (&asked.write, &*asked.own);
    let size = asked.correction.len();
    let from = |origin| vec![("Origin", origin), JSON];
    let post = |headers| ("POST", write.clone(), headers, size, 403);
    let same_site = [vec![("Sec-Fetch-Site", "same-site")], from(own)].concat();
    asked.assert_refused(vec![
        post(from("http://attacker.example")),
        post(from("null")),
        post(vec![JSON]),
        post(vec![("Origin", own)]),
        post(vec![("Origin", own), ("Content-Type", "text/plain")]),
        post(same_site),
        ("GET", write.clone(), vec![], 0, 405),
        (
            "OPTIONS",
            write.clone(),
            from("http://attacker.example"),
            0,
            405,
        ),
        ("POST", asked.at(&asked.page), from(own), size, 405),
        ("PUT", asked.at(&asked.page), from(own), size, 405),
        ("DELETE", asked.at(&asked.page), from(own), 0, 405),
    ]);
    // The other name of this computer is as good, for what reads and for what writes.
    let local = format!("localhost:{}", asked.port());
    let host = ("Host", &*local);
    let reply = asked.served.ask("GET", &asked.at(""), &[host], b"");
    assert_eq!(reply.status, 200);
    let origin = format!("http://{local}");
    let headers = [vec![host], from(&origin)].concat();
    let reply = asked
        .served
        .ask("POST", write, &headers, asked.correction.as_bytes());
    assert_eq!(reply.status, 200, "{reply:?}");
}

#[test]
fn neither_other_files_nor_large_requests_get_through() {
    let asked = Asked::new();
    let (write, own, host) = (&asked.write, &*asked.own, asked.served.host());
    let mut cases: Vec<Refused<'_>> = [
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "runs/../index.html",
        "/etc/passwd",
        "runs/",
        "runs",
        ".hardeasy-report",
        "~live/",
        "~live/../index.html",
    ]
    .map(|path| ("GET", asked.at(path), vec![], 0, 404))
    .into();
    let headers = vec![("Origin", own), JSON];
    cases.push(("POST", write.clone(), headers, 17 * 1024, 413));
    asked.assert_refused(cases);
    // A body whose length is not told beforehand, and a head without end.
    let chunk = "1000\r\n".to_owned() + &" ".repeat(0x1000) + "\r\n";
    let head = format!(
        "POST {write} HTTP/1.1\r\nHost: {host}\r\nOrigin: {own}\r\nContent-Type: application/json\r\nConnection: close\r\n"
    );
    let chunked = format!(
        "{head}Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n",
        chunk.repeat(5)
    );
    assert_eq!(asked.served.say(chunked.as_bytes()).status, 413);
    let endless = format!(
        "GET / HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n",
        "x".repeat(20_000)
    );
    assert_eq!(asked.served.say(endless.as_bytes()).status, 431);
}

#[test]
fn nothing_behind_a_link_is_served() {
    let [site, elsewhere] = [0, 1].map(|_| tempfile::tempdir().unwrap());
    let folder = site.path().join("site");
    let served = Served::of(&runs(&DAYS), &["-o", folder.to_str().unwrap()]);
    assert_eq!(served.get("method.html").status, 200);
    fs::write(folder.join("mine.html"), "mine").unwrap();
    assert_eq!(served.get("mine.html").status, 404);
    let private = elsewhere.path().join("private.html");
    fs::rename(folder.join("method.html"), &private).unwrap();
    symlink(&private, folder.join("method.html")).unwrap();
    assert_eq!(served.get("method.html").status, 404);
    let page = served.page_of(DAY);
    fs::rename(folder.join("runs"), elsewhere.path().join("runs")).unwrap();
    symlink(elsewhere.path().join("runs"), folder.join("runs")).unwrap();
    assert_eq!(served.get(&page).status, 404);
}

#[test]
fn the_temporary_site_is_its_owners_and_goes_with_the_program() {
    let mut served = Served::of(&runs(&DAYS), &[]);
    let folders: Vec<PathBuf> = fs::read_dir(served.temporary())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let [folder] = &folders[..] else {
        panic!("{folders:?}")
    };
    let mode = folder.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    let before = tree(served.runs.path());
    assert_eq!(served.end_by("-INT").code(), Some(0), "{}", served.err());
    assert!(!folder.exists());
    assert_eq!(tree(served.runs.path()), before);
}

#[test]
fn a_report_in_the_making_leaves_nothing_either() {
    let season = fixture("season/2026-04");
    let files = fs::read_dir(season).unwrap();
    let files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    for signal in ["-INT", "-TERM"] {
        let mut served = Served::begun(&files, &[]);
        // It is at work, and has not said where it is.
        served.wait_for(|served| {
            let mut entries = fs::read_dir(served.temporary()).unwrap().flatten();
            entries.any(|entry| entry.path().join("site").exists())
        });
        assert_eq!(served.end_by(signal).code(), Some(0), "{}", served.err());
        let left = fs::read_dir(served.temporary()).unwrap();
        assert_eq!(left.count(), 0);
    }
}

#[test]
fn other_computers_and_taken_ports_are_refused() {
    let runs = fixture("runs");
    for address in [
        "0.0.0.0",
        "::",
        "192.168.1.7",
        "::ffff:127.0.0.1",
        "localhost",
    ] {
        let refused = hardeasy(&["serve", &runs, "--bind", address]);
        assert_eq!(exit(&refused), 2, "{address}");
        assert!(
            err(&refused).contains("on this computer alone"),
            "{}",
            err(&refused)
        );
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let refused = hardeasy(&["serve", &runs, "--port", &port]);
    assert_eq!(exit(&refused), 2);
    assert!(
        err(&refused).contains("another --port"),
        "{}",
        err(&refused)
    );
    let refused = hardeasy(&["serve", "-"]);
    assert_eq!(exit(&refused), 2);
    assert!(err(&refused).contains("once only"), "{}", err(&refused));
}

//! One Chromium for all tests, spoken to over its DevTools protocol through a pipe.
//!
//! Messages are JSON that ends with a zero byte. A pipe needs no port, and when the tests end, however
//! they do, it closes and the browser ends too.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::ChildStdin;
use std::process::ChildStdout;
use std::process::Command;
use std::process::Stdio;
use std::sync::LazyLock;
use std::sync::Mutex;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;
use std::sync::mpsc::channel;
use std::time::Duration;

use serde_json::Value;
use serde_json::json;

use crate::skipped;

/// The variable that names the browser.
const CHROMIUM: &str = "HARDEASY_CHROMIUM";
/// How the browser is called in `PATH`.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// What it is told: nothing of its own goes out, and it looks the same on every computer.
const FLAGS: [&str; 13] = [
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--lang=en-GB",
];
/// Starts the browser with its pipe as files 3 and 4, and removes its profile when it has ended.
const SHELL: &str = r#"profile=$1; shift; "$@" 3<&0 4>&1 </dev/null >/dev/null; rm -rf "$profile""#;
/// Longest wait for an answer; only a browser that hangs needs it.
pub const DEADLINE: Duration = Duration::from_secs(60);

static BROWSER: LazyLock<Option<Browser>> = LazyLock::new(|| find().map(|path| start(&path)));

/// A running browser.
pub struct Browser {
    to_browser: Mutex<ChildStdin>,
    listeners: &'static Listeners,
    last_id: AtomicU64,
}

/// Who hears of a session; the session "" is the browser itself.
type Listeners = Mutex<BTreeMap<String, Sender<Value>>>;

static LISTENERS: Listeners = Mutex::new(BTreeMap::new());

impl Browser {
    /// Returns the browser, or says that a test is skipped for want of one.
    ///
    /// # Panics
    /// If there is a browser and it does not start.
    pub fn for_test(test: &str) -> Option<&'static Browser> {
        let browser = BROWSER.as_ref();
        if browser.is_none() {
            skipped(
                test,
                "no Chromium; install it or name it in HARDEASY_CHROMIUM",
            );
        }
        browser
    }

    /// Sends a message to a session and returns its number.
    pub fn send(&self, session: &str, method: &str, params: &Value) -> u64 {
        let id = self.last_id.fetch_add(1, Ordering::Relaxed) + 1;
        let mut message = json!({"id": id, "method": method, "params": params});
        if !session.is_empty() {
            message["sessionId"] = session.into();
        }
        let mut to_browser = self.to_browser.lock().unwrap();
        let sent = write!(to_browser, "{message}\0").and_then(|()| to_browser.flush());
        assert!(
            sent.is_ok(),
            "the browser has ended; see {}",
            log().display()
        );
        id
    }

    /// Opens a window of its own, so that no test makes another's page a hidden one; returns its
    /// target, its session and what is told of it.
    pub fn window(&self) -> (String, String, Receiver<Value>) {
        // One at a time: answers to the browser's own session go to one listener.
        static ONE: Mutex<()> = Mutex::new(());
        let _one = ONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let answers = self.listen("");
        let window = json!({"url": "about:blank", "newWindow": true});
        let created = self.ask(&answers, "Target.createTarget", &window);
        let target = created["targetId"].as_str().unwrap().to_owned();
        let attach = json!({"targetId": target, "flatten": true});
        let attached = self.ask(&answers, "Target.attachToTarget", &attach);
        let session = attached["sessionId"].as_str().unwrap().to_owned();
        let from_page = self.listen(&session);
        (target, session, from_page)
    }

    /// Closes a window without waiting for it.
    pub fn close(&self, target: &str, session: &str) {
        self.send("", "Target.closeTarget", &json!({"targetId": target}));
        self.listeners.lock().unwrap().remove(session);
    }

    fn listen(&self, session: &str) -> Receiver<Value> {
        let (sender, receiver) = channel();
        let mut listeners = self.listeners.lock().unwrap();
        listeners.insert(session.to_owned(), sender);
        receiver
    }

    /// Asks the browser itself.
    fn ask(&self, answers: &Receiver<Value>, method: &str, params: &Value) -> Value {
        let id = self.send("", method, params);
        loop {
            let message = answers.recv_timeout(DEADLINE);
            let mut message = message.unwrap_or_else(|_| panic!("{method}: no answer"));
            if message["id"] == id {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].take();
            }
        }
    }
}

/// Returns where the browser's own words go.
fn log() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("chromium.log")
}

fn find() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(CHROMIUM) {
        return Some(PathBuf::from(named));
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let places = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.into_iter().find(|path| path.is_file())
}

fn start(path: &Path) -> Browser {
    let profile = tempfile::tempdir().unwrap().keep();
    let mut command = Command::new("sh");
    command.args(["-c", SHELL, "sh"]).arg(&profile).arg(path);
    command.args(FLAGS);
    command.arg(format!("--user-data-dir={}", profile.display()));
    if is_root() {
        // Chromium refuses its sandbox to root.
        command.arg("--no-sandbox");
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(File::create(log()).unwrap())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let from_browser = child.stdout.take().unwrap();
    let to_browser = child.stdin.take().unwrap();
    std::thread::spawn(move || {
        deliver(from_browser, &LISTENERS);
        // Nothing follows from how the browser has ended: whoever still waits is told that it has.
        drop(child.wait());
    });
    Browser {
        to_browser: Mutex::new(to_browser),
        listeners: &LISTENERS,
        last_id: AtomicU64::new(0),
    }
}

#[cfg(target_os = "linux")]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(not(target_os = "linux"))]
fn is_root() -> bool {
    false
}

/// Hands every message to whom it is for, until the browser ends; then nobody waits any longer.
fn deliver(from_browser: ChildStdout, listeners: &Listeners) {
    for message in BufReader::new(from_browser).split(0) {
        let Ok(message) = message else { break };
        let Ok(message) = serde_json::from_slice::<Value>(&message) else {
            continue;
        };
        let session = message["sessionId"].as_str().unwrap_or_default();
        if let Some(listener) = listeners.lock().unwrap().get(session) {
            // Whoever has stopped listening does not miss it.
            let _ = listener.send(message.clone());
        }
    }
    listeners.lock().unwrap().clear();
}

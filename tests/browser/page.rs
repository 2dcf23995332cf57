//! A page in the browser: opening it, acting on it, and what it did.

use std::path::Path;
use std::sync::mpsc::Receiver;
use std::time::Duration;
use std::time::Instant;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use serde_json::json;

use crate::browser::Browser;
use crate::browser::DEADLINE;

/// Longest wait for something that a page does by itself.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two looks at it.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// Two frames: what was asked for is laid out and painted.
const PAINTED: &str =
    "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";
/// What must tell of itself: the page, its scripts, its network, its faults.
const DOMAINS: [&str; 5] = ["Page", "Runtime", "Network", "Log", "Audits"];

/// How a page is looked at.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Width of the window in CSS pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Whether the reader prefers dark.
    pub is_dark: bool,
    /// Whether it is laid out for paper.
    pub is_print: bool,
}

impl View {
    /// The narrowest phone that counts.
    pub const PHONE: View = View::light(360, 800);
    /// A laptop.
    pub const LAPTOP: View = View::light(1280, 1000);

    /// Returns a window for a reader who prefers light.
    pub const fn light(width: u32, height: u32) -> View {
        View {
            width,
            height,
            is_dark: false,
            is_print: false,
        }
    }

    /// Returns the same in the dark.
    pub const fn dark(self) -> View {
        View {
            is_dark: true,
            ..self
        }
    }

    /// Returns the same on paper.
    pub const fn print(self) -> View {
        View {
            is_print: true,
            ..self
        }
    }
}

/// A key of the keyboard, as DevTools wants it: name, code, number, the text that it types.
#[derive(Clone, Copy, Debug)]
pub struct Key(&'static str, &'static str, u32, &'static str);

#[allow(dead_code, reason = "the keyboard is whole, whatever a test presses")]
impl Key {
    pub const TAB: Key = Key("Tab", "Tab", 9, "");
    pub const ENTER: Key = Key("Enter", "Enter", 13, "\r");
    pub const ESCAPE: Key = Key("Escape", "Escape", 27, "");
    pub const SPACE: Key = Key(" ", "Space", 32, " ");
    pub const HOME: Key = Key("Home", "Home", 36, "");
    pub const END: Key = Key("End", "End", 35, "");
    pub const LEFT: Key = Key("ArrowLeft", "ArrowLeft", 37, "");
    pub const UP: Key = Key("ArrowUp", "ArrowUp", 38, "");
    pub const RIGHT: Key = Key("ArrowRight", "ArrowRight", 39, "");
    pub const DOWN: Key = Key("ArrowDown", "ArrowDown", 40, "");
}

/// A page in a window of its own, closed when it is dropped.
pub struct Page {
    browser: &'static Browser,
    target: String,
    session: String,
    from_page: Receiver<Value>,
    /// Everything that was told since the window opened.
    events: Vec<Value>,
    /// The address of the page that is open.
    address: String,
}

impl Page {
    /// Opens an empty window.
    pub fn new(browser: &'static Browser, view: View) -> Page {
        let (target, session, from_page) = browser.window();
        let mut page = Page {
            browser,
            target,
            session,
            from_page,
            events: Vec::new(),
            address: String::new(),
        };
        for domain in DOMAINS {
            page.call(&format!("{domain}.enable"), &json!({}));
        }
        page.call("Page.setLifecycleEventsEnabled", &json!({"enabled": true}));
        page.call(
            "Emulation.setFocusEmulationEnabled",
            &json!({"enabled": true}),
        );
        page.look(view);
        page
    }

    /// Opens a file in a new window and waits until it is loaded and painted.
    pub fn open(browser: &'static Browser, file: &Path, view: View) -> Page {
        let mut page = Page::new(browser, view);
        page.go(file);
        page
    }

    /// Looks at the page in another way.
    pub fn look(&mut self, view: View) {
        let size = json!({
            "width": view.width, "height": view.height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.call("Emulation.setDeviceMetricsOverride", &size);
        let scheme = if view.is_dark { "dark" } else { "light" };
        let media = json!({
            "media": if view.is_print { "print" } else { "" },
            "features": [
                {"name": "prefers-color-scheme", "value": scheme},
                {"name": "prefers-reduced-motion", "value": "reduce"},
            ],
        });
        self.call("Emulation.setEmulatedMedia", &media);
        self.evaluate(PAINTED);
    }

    /// Goes to a file and waits until it is loaded and painted; forgets what was told before.
    pub fn go(&mut self, file: &Path) {
        self.go_to(address(file));
    }

    /// The same for an address.
    pub fn go_to(&mut self, address: String) {
        self.address = address;
        self.events.clear();
        let answer = self.call("Page.navigate", &json!({"url": self.address}));
        assert!(
            answer["errorText"].is_null(),
            "{answer} at {}",
            self.address
        );
        let begun = Instant::now();
        while !self.events.iter().any(|event| {
            let params = &event["params"];
            params["name"] == "load" && params["loaderId"] == answer["loaderId"]
        }) {
            assert!(begun.elapsed() < DEADLINE, "{} never loads", self.address);
            self.receive();
        }
        self.evaluate(PAINTED);
    }

    /// Returns how often a page was loaded since what was told was last forgotten.
    #[cfg(feature = "serve")]
    pub fn loads(&self) -> usize {
        let events = self.events.iter();
        events
            .filter(|event| event["params"]["name"] == "load")
            .count()
    }

    /// Returns what a JavaScript expression comes to; waits for a promise.
    ///
    /// # Panics
    /// If it throws.
    pub fn evaluate(&mut self, script: &str) -> Value {
        let expression = json!({
            "expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": true,
        });
        let mut answer = self.call("Runtime.evaluate", &expression);
        let thrown = &answer["exceptionDetails"];
        assert!(thrown.is_null(), "{thrown} at {}", self.address);
        answer["result"]["value"].take()
    }

    /// Returns the strings that a JavaScript expression comes to.
    pub fn strings(&mut self, script: &str) -> Vec<String> {
        let value = self.evaluate(script);
        serde_json::from_value(value).unwrap()
    }

    /// Waits until a JavaScript expression is true.
    ///
    /// # Panics
    /// If it does not become so.
    pub fn wait_until(&mut self, script: &str) {
        let begun = Instant::now();
        while self.evaluate(script) != true {
            assert!(
                begun.elapsed() < PATIENCE,
                "{script} is not true at {}",
                self.address
            );
            std::thread::sleep(LOOK_EVERY);
        }
    }

    /// Moves the mouse to the middle of the first element that a selector finds.
    pub fn hover(&mut self, selector: &str) {
        let (x, y) = self.middle(selector);
        self.move_mouse(x, y);
    }

    /// Clicks on the middle of the first element that a selector finds.
    pub fn click(&mut self, selector: &str) {
        let (x, y) = self.middle(selector);
        self.move_mouse(x, y);
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({
                "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1,
            });
            self.call("Input.dispatchMouseEvent", &event);
        }
        self.evaluate(PAINTED);
    }

    /// Moves the mouse to a place in the window.
    pub fn move_mouse(&mut self, x: f64, y: f64) {
        let event = json!({"type": "mouseMoved", "x": x, "y": y});
        self.call("Input.dispatchMouseEvent", &event);
        self.evaluate(PAINTED);
    }

    /// Presses a key and lets it go.
    pub fn press(&mut self, key: Key) {
        let Key(name, code, number, text) = key;
        for kind in ["keyDown", "keyUp"] {
            let event = json!({
                "type": kind, "key": name, "code": code, "windowsVirtualKeyCode": number,
                "text": if kind == "keyDown" { text } else { "" },
            });
            self.call("Input.dispatchKeyEvent", &event);
        }
        self.evaluate(PAINTED);
    }

    /// Types a text where the focus is.
    pub fn type_text(&mut self, text: &str) {
        self.call("Input.insertText", &json!({"text": text}));
        self.evaluate(PAINTED);
    }

    /// Returns a picture of the window as PNG.
    pub fn screenshot(&mut self) -> Vec<u8> {
        let answer = self.call("Page.captureScreenshot", &json!({"format": "png"}));
        BASE64_STANDARD
            .decode(answer["data"].as_str().unwrap())
            .unwrap()
    }

    /// Returns the page as a PDF document on A4.
    pub fn pdf(&mut self) -> Vec<u8> {
        /// Inches of an A4 sheet.
        const PAPER: (f64, f64) = (8.27, 11.69);
        let options = json!({
            "paperWidth": PAPER.0, "paperHeight": PAPER.1, "preferCSSPageSize": true,
        });
        let answer = self.call("Page.printToPDF", &options);
        BASE64_STANDARD
            .decode(answer["data"].as_str().unwrap())
            .unwrap()
    }

    /// Returns what a quiet page does not do: requests for anything but itself, words on the console
    /// that warn, exceptions, violations of its policy, dialogs.
    pub fn complaints(&mut self) -> Vec<String> {
        // Whatever was told before this answer has arrived with it.
        self.evaluate("0");
        let own = self.address.clone();
        let found = self
            .events
            .iter()
            .filter_map(|event| complaint(event, &own));
        found.collect()
    }

    /// Asks the page anything; see the DevTools protocol.
    ///
    /// # Panics
    /// If the browser refuses.
    pub fn call(&mut self, method: &str, params: &Value) -> Value {
        let id = self.browser.send(&self.session, method, params);
        loop {
            let mut message = self.receive();
            if message["id"] == id {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].take();
            }
        }
    }

    /// Returns the next message; keeps it when it is an event.
    pub fn receive(&mut self) -> Value {
        let message = self.from_page.recv_timeout(DEADLINE);
        let message = message.unwrap_or_else(|_| panic!("no answer at {}", self.address));
        let method = message["method"].as_str().unwrap_or_default();
        assert_ne!(method, "Inspector.targetCrashed", "{}", self.address);
        if method == "Page.javascriptDialogOpening" {
            // A page waits for its dialog, and the test for the page.
            let close = json!({"accept": false});
            self.browser
                .send(&self.session, "Page.handleJavaScriptDialog", &close);
        }
        if !method.is_empty() {
            self.events.push(message.clone());
        }
        message
    }

    /// Brings an element into view and returns where its middle is.
    fn middle(&mut self, selector: &str) -> (f64, f64) {
        let place = self.evaluate(&format!(
            "(() => {{ const found = document.querySelector({});
               found.scrollIntoView({{block: 'center'}});
               const box = found.getBoundingClientRect();
               return [box.x + box.width / 2, box.y + box.height / 2]; }})()",
            json!(selector)
        ));
        serde_json::from_value(place).unwrap()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // A test that fails because the browser has ended must not fail a second time.
        if !std::thread::panicking() {
            self.browser.close(&self.target, &self.session);
        }
    }
}

/// Returns the address of a file.
pub fn address(file: &Path) -> String {
    let path = file.canonicalize().unwrap();
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(byte);
    let escaped = path.to_str().unwrap().bytes().map(|byte| match byte {
        byte if plain(&byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    format!("file://{}", escaped.collect::<String>())
}

/// Returns what is wrong with an event, if anything is.
fn complaint(event: &Value, own: &str) -> Option<String> {
    let params = &event["params"];
    let method = event["method"].as_str()?;
    let is_bad = match method {
        "Network.requestWillBeSent" => {
            let asked = params["request"]["url"].as_str()?;
            asked.split('#').next() != own.split('#').next() && !asked.starts_with("data:")
        }
        "Runtime.consoleAPICalled" => {
            ["warning", "error", "assert"].contains(&params["type"].as_str()?)
        }
        "Log.entryAdded" => ["warning", "error"].contains(&params["entry"]["level"].as_str()?),
        "Network.webSocketCreated"
        | "Runtime.exceptionThrown"
        | "Audits.issueAdded"
        | "Page.javascriptDialogOpening" => true,
        _ => false,
    };
    is_bad.then(|| format!("{method}: {params}"))
}

#[test]
fn a_page_is_acted_on_as_by_a_reader() {
    let Some(browser) = Browser::for_test("mouse and keyboard") else {
        return;
    };
    let file = crate::site::empty_folder("acted").join("acted.html");
    let content = "<!DOCTYPE html><title>x</title><style>p:hover { color: red }</style>
        <p>hover</p><input id=text><button onclick='done = 1; setTimeout(() => later = 1, 50)'>go</button>
        <input type=radio name=r id=one checked><input type=radio name=r id=two>";
    std::fs::write(&file, content).unwrap();
    let mut page = Page::open(browser, &file, View::PHONE.dark());
    assert_eq!(
        page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"),
        true
    );
    page.hover("p");
    assert_eq!(
        page.evaluate("getComputedStyle(document.querySelector('p')).color"),
        "rgb(255, 0, 0)"
    );
    page.press(Key::TAB);
    page.type_text("ab");
    page.press(Key::LEFT);
    page.type_text("x");
    assert_eq!(page.evaluate("text.value"), "axb");
    page.press(Key::TAB);
    page.press(Key::ENTER);
    page.wait_until("window.later === 1");
    page.evaluate("done = 0");
    page.click("button");
    assert_eq!(page.evaluate("done"), 1);
    page.press(Key::TAB);
    page.press(Key::RIGHT);
    assert_eq!(
        page.evaluate("two.checked && document.activeElement === two"),
        true
    );
}

//! The served site in the browser: a correction is sent and comes back, news are told, everyone can use it.
#![cfg(feature = "serve")]

use std::path::PathBuf;

use serde_json::json;

use crate::accessibility;
use crate::browser::Browser;
use crate::common::served::Served;
use crate::page::Key;
use crate::page::Page;
use crate::page::View;
use crate::site::assert_none;
use crate::site::fixtures;

/// Repetitions and an easy run of the bundled season.
const INTERVALS: &str = "2026-04-28.fit.gz";
const EASY: &str = "2026-04-30.fit";
/// What the form says of itself.
const TOLD: &str = "document.querySelector('.told').textContent";
const HEAD: &str = "document.querySelector('.head').textContent";
const NOTICE: &str = "document.querySelector('.live').textContent";

fn run(file: &str) -> PathBuf {
    fixtures("season").join(&file[..7]).join(file)
}

/// What only served pages do to a reader.
impl Page {
    /// Presses the key of a small letter, as a list hears it.
    fn type_key(&mut self, letter: &str) {
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { letter } else { "" };
            let event = json!({"type": kind, "key": letter, "text": text});
            self.call("Input.dispatchKeyEvent", &event);
        }
    }

    /// Does something and waits until the page has loaded itself again.
    fn until_it_loads_itself(&mut self, act: impl FnOnce(&mut Page)) {
        let before = self.loads();
        act(self);
        while self.loads() == before {
            self.receive();
        }
        self.wait_until("document.querySelector('.live') !== null");
    }
}

fn serve() -> Served {
    Served::of(&[run(INTERVALS), run(EASY)], &[])
}

/// Returns what a page did that it must not; asking the server for itself is what it is for.
fn complaints(page: &mut Page, served: &Served) -> Vec<String> {
    let own = format!("\"url\":\"{}", served.address);
    let is_own_request =
        |told: &String| told.starts_with("Network.requestWillBeSent") && told.contains(&own);
    let mut complaints = page.complaints();
    complaints.retain(|told| !is_own_request(told));
    complaints
}

/// Opens the page of the repetitions and on it the form, by the keyboard.
fn open_form(page: &mut Page, served: &Served) {
    page.go_to(format!(
        "{}{}",
        served.address,
        served.page_of(&INTERVALS[..10])
    ));
    page.evaluate("document.querySelector('.wrong summary').focus()");
    page.press(Key::ENTER);
    page.wait_until("document.querySelector('.correct').getClientRects().length > 0");
}

/// Goes to a field of the form from the one before it.
fn tab_to(page: &mut Page, name: &str) {
    page.press(Key::TAB);
    let focused = page.evaluate("document.activeElement.name");
    assert_eq!(focused, name);
}

#[test]
fn a_verdict_is_corrected_and_taken_back_by_the_keyboard() {
    let Some(browser) = Browser::for_test("correcting a served page") else {
        return;
    };
    let served = serve();
    let mut page = Page::new(browser, View::LAPTOP);
    open_form(&mut page, &served);
    assert_eq!(
        page.evaluate("document.querySelectorAll('.wrong code').length > 0"),
        true
    );
    let head = page.evaluate(HEAD);
    assert!(head.as_str().unwrap().contains("Intervals"), "{head}");
    tab_to(&mut page, "kind");
    page.type_key("t");
    assert_eq!(page.evaluate("document.activeElement.value"), "tempo");
    tab_to(&mut page, "rpe");
    page.type_text("70");
    page.press(Key::ENTER);
    page.wait_until(&format!("{TOLD}.includes('0 to 10')"));
    let at_fault =
        "document.activeElement.name + document.activeElement.getAttribute('aria-invalid')";
    assert_eq!(page.evaluate(at_fault), "rpetrue");
    page.evaluate("document.activeElement.select()");
    page.type_text("7");
    page.until_it_loads_itself(|page| page.press(Key::ENTER));
    page.wait_until(&format!("{TOLD}.includes('is now: Tempo')"));
    let head = page.evaluate(HEAD);
    assert!(
        head.as_str().unwrap().contains("corrected by hand"),
        "{head}"
    );
    assert_eq!(
        page.evaluate("document.querySelector('.said').firstChild.textContent.trim()"),
        "You said: tempo, exertion 7."
    );
    assert_eq!(page.evaluate("document.activeElement.className"), "told");
    page.until_it_loads_itself(|page| page.click(".said button"));
    page.wait_until(&format!("{TOLD}.includes('is now: Intervals')"));
    assert_eq!(
        page.evaluate("document.querySelector('.said') === null"),
        true
    );
    let mut complaints = complaints(&mut page, &served);
    // The browser itself tells of the one that was refused.
    complaints.retain(|told| !told.contains("422"));
    assert_none(&complaints);
}

#[test]
fn a_segment_fills_in_its_times() {
    let Some(browser) = Browser::for_test("a segment of a served page") else {
        return;
    };
    let served = serve();
    let mut page = Page::new(browser, View::PHONE);
    open_form(&mut page, &served);
    let filled = page.evaluate(
        "(({ stretch, segment_start, segment_end, segment_kind }) => {
            stretch.selectedIndex = 2;
            stretch.dispatchEvent(new Event('change'));
            return [segment_start.value + '–' + segment_end.value, segment_kind.value, stretch.selectedOptions[0].textContent];
        })(document.querySelector('.correct').elements)",
    );
    let filled: Vec<String> = serde_json::from_value(filled).unwrap();
    assert!(filled[2].starts_with(&filled[0]), "{filled:?}");
    assert_eq!(filled[1], "work");
    assert_none(&complaints(&mut page, &served));
}

#[test]
fn news_are_told_and_shown_when_the_reader_wants_them() {
    let Some(browser) = Browser::for_test("news on a served page") else {
        return;
    };
    let mut served = Served::of(&[run(INTERVALS)], &[]);
    let mut page = Page::new(browser, View::PHONE);
    page.go_to(served.address.clone());
    let rows = "document.querySelectorAll('.list tbody tr').length";
    assert_eq!(page.evaluate(rows), 1);
    served.add(&run(EASY));
    served.wait_for(|_| page.evaluate(&format!("{NOTICE}.includes('New runs')")) == true);
    assert_eq!(page.evaluate(rows), 1, "nothing moves by itself");
    // Only asked for, not done: whoever waits for it must not meet the page as it goes.
    let soon = "setTimeout(() => document.querySelector('.live button').click(), 50); 0";
    page.until_it_loads_itself(|page| drop(page.evaluate(soon)));
    page.wait_until(&format!("{rows} === 2"));
    assert_none(&complaints(&mut page, &served));
}

#[test]
fn the_form_has_no_serious_violation_in_any_view() {
    let Some((browser, library)) = accessibility::ready("accessibility of a served page") else {
        return;
    };
    let served = serve();
    let mut found = Vec::new();
    let views = [View::LAPTOP, View::PHONE];
    for view in views.into_iter().flat_map(|view| [view, view.dark()]) {
        let mut page = Page::new(browser, view);
        open_form(&mut page, &served);
        page.evaluate("document.querySelector('.correct details').open = true");
        let of_view = accessibility::violations(&mut page, &library).into_iter();
        found.extend(of_view.map(|what| format!("{view:?}: {what}")));
        let overflow = "document.documentElement.scrollWidth > innerWidth";
        if page.evaluate(overflow) == true {
            found.push(format!("{view:?}: is wider than the window"));
        }
    }
    assert_none(&found);
}

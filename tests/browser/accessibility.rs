//! Pages that everyone can use, as far as axe-core can tell.
//!
//! axe-core is what the npm package of this name holds; `.ci/run` installs it below the target folder,
//! and `HARDEASY_AXE` names another copy of its `axe.min.js`. It is put into the page by the browser
//! itself, so that the page keeps its policy.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use serde_json::Value;

use crate::browser::Browser;
use crate::page::Page;
use crate::page::View;
use crate::site::MIXED;
use crate::site::SEASON;
use crate::site::assert_none;
use crate::site::empty_folder;
use crate::site::files;
use crate::skipped;

/// The variable that names the library.
const AXE: &str = "HARDEASY_AXE";
/// Where else it is, below the root of the project.
const INSTALLED: &str = "target/browser/node_modules/axe-core/axe.min.js";
/// Nothing is fetched; targets are to be large enough to touch, which is not asked by default.
const RUN: &str = "axe.run(document, {preload: false, resultTypes: ['violations'],
    rules: {'target-size': {enabled: true}}}).then(result => result.violations)";
/// What must not be found.
const IMPACTS: [&str; 2] = ["serious", "critical"];

/// Returns the browser and the library, or says that a test is skipped for want of one.
pub fn ready(test: &str) -> Option<(&'static Browser, String)> {
    let browser = Browser::for_test(test)?;
    let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join(INSTALLED);
    let path = std::env::var_os(AXE).map_or(installed, PathBuf::from);
    let library = fs::read_to_string(path).ok();
    if library.is_none() {
        skipped(test, "no axe-core; .ci/run installs it");
    }
    Some((browser, library?))
}

/// Returns the serious violations on the open page, each with its elements and what to do.
pub fn violations(page: &mut Page, library: &str) -> Vec<String> {
    page.evaluate(&format!("{library};0"));
    let found = page.evaluate(RUN);
    let found = found.as_array().unwrap().iter();
    let serious = found.filter(|rule| {
        let impact = rule["impact"].as_str().unwrap_or_default();
        IMPACTS.contains(&impact)
    });
    serious.flat_map(told).collect()
}

fn told(rule: &Value) -> Vec<String> {
    let places = rule["nodes"].as_array().unwrap().iter();
    let id = rule["id"].as_str().unwrap();
    places
        .map(|place| format!("{id}: {} {}", place["target"], place["failureSummary"]))
        .collect()
}

#[test]
fn no_page_has_a_serious_violation() {
    let Some((browser, library)) = ready("accessibility") else {
        return;
    };
    let mut complaints = Vec::new();
    let views = [View::LAPTOP, View::PHONE];
    let views = views.into_iter().flat_map(|view| [view, view.dark()]);
    let weeks = files(&SEASON.folder.join("weeks"), "html");
    let pages = [
        SEASON.index(),
        SEASON.folder.join("athlete.html"),
        SEASON.folder.join("method.html"),
        weeks[0].clone(),
        MIXED.run_from("kilometres.fit"),
    ];
    for file in pages {
        for view in views.clone() {
            let mut page = Page::open(browser, &file, view);
            let found = violations(&mut page, &library);
            let place = format!("{} {view:?}", file.display());
            complaints.extend(found.iter().map(|what| format!("{place}: {what}")));
        }
    }
    assert_none(&complaints);
}

#[test]
fn a_serious_violation_is_noticed_under_the_policy_of_the_pages() {
    let Some((browser, library)) = ready("violations of accessibility") else {
        return;
    };
    let file = empty_folder("unreadable").join("unreadable.html");
    let page = fs::read_to_string(MIXED.index()).unwrap();
    // The policy forbids a style of its own: the faint class is that of the colour of a rest day.
    let faint = "<main id=\"main\"><svg viewBox=\"0 0 99 20\" width=\"99\"></svg><p class=\"mark i-grid on-dark\">faint</p>";
    fs::write(&file, page.replacen("<main id=\"main\">", faint, 1)).unwrap();
    let mut page = Page::open(browser, &file, View::PHONE);
    let found = violations(&mut page, &library);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("color-contrast"), "{found:?}");
    assert_none(&page.complaints());
}

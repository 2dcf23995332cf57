//! The pictures of the README, made from the bundled season.
//!
//! `HARDEASY_SCREENSHOTS=1 cargo test --test browser screenshots` writes them again.

use std::fs;
use std::path::PathBuf;

use crate::browser::Browser;
use crate::common::fixture::SCREENSHOTS;
use crate::page::Page;
use crate::page::View;
use crate::site::SEASON;
use crate::site::fixtures;

/// The variable that lets the test write the pictures.
const WRITE: &str = "HARDEASY_SCREENSHOTS";
/// Most that a picture may weigh, in bytes: a README is read over slow lines too.
const MOST_BYTES: u64 = 300_000;
/// The repetitions that are shown: 5 × 1000 m in the eleventh week.
const INTERVALS: &str = "2026-05-12.fit.gz";

#[test]
fn the_screenshots_are_small_and_written_again_on_demand() {
    if std::env::var_os(WRITE).is_some() {
        write();
    }
    for (name, _) in SCREENSHOTS {
        let picture = picture(name);
        let bytes = picture.metadata().unwrap().len();
        assert!(
            (1..=MOST_BYTES).contains(&bytes),
            "{}: {bytes} bytes",
            picture.display()
        );
    }
}

fn write() {
    let Some(browser) = Browser::for_test("screenshots") else {
        return;
    };
    fs::create_dir_all(fixtures("screenshots")).unwrap();
    for (name, _) in SCREENSHOTS {
        let page = match name {
            "index.png" => SEASON.index(),
            _ => SEASON.run_from(INTERVALS),
        };
        let picture = Page::open(browser, &page, View::LAPTOP).screenshot();
        fs::write(self::picture(name), picture).unwrap();
    }
}

fn picture(name: &str) -> PathBuf {
    fixtures("screenshots").join(name)
}

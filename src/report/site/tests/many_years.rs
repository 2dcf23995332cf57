//! A site of more activities than one page can list.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::Days;

use super::from;
use crate::classification::Session;
use crate::report::html::Account;
use crate::report::made_up;
use crate::report::site::Site;
use crate::report::site::draft::Draft;
use crate::review::ReviewOptions;
use crate::review::review;
use crate::units::UnitSystem;
use crate::vocabulary::SessionKind;

/// Days of the history.
const DAYS: u64 = 12 * 365;
/// Activities, evenly over all days.
const EVENLY: u64 = 5000;
/// Activities more in the last days, so that a year has more than a part of a list.
const CROWDED: u64 = 2500;
/// So large a page may be.
///
/// # Units
/// Bytes: what a list of ten years has.
const MOST_BYTES: usize = 2_500_000;

/// Returns many short runs, every seventh a race, and one without a day.
fn sessions() -> Vec<Session> {
    let first = made_up::first_day() - Days::new(DAYS);
    let evenly = (0..EVENLY).map(|number| number * DAYS / EVENLY);
    let crowded = (0..CROWDED).map(|number| DAYS - 1 - number % 200);
    let mut days: Vec<u64> = evenly.chain(crowded).collect();
    days.sort_unstable();
    let runs = days.into_iter().zip(0..).map(|(day, number)| {
        let kind = match number % 7 {
            0 => SessionKind::Race,
            _ => SessionKind::Easy,
        };
        let mut session = made_up::plain_session(first + Days::new(day), kind, 1800.0);
        session.head.source.path = format!("{number}.fit");
        session.head.source.sha256 = format!("{number:064x}");
        session
    });
    let mut sessions: Vec<Session> = runs.collect();
    let mut undated = sessions[0].clone();
    undated.head.day = None;
    undated.head.source.path = "undated.fit".to_owned();
    undated.head.source.sha256 = "f".repeat(64);
    sessions.push(undated);
    sessions
}

#[test]
fn no_page_grows_with_the_years_and_links_lead_to_every_run() {
    let sessions = sessions();
    let reviews = [review(&sessions, &ReviewOptions::default())];
    let site = Site::new(&sessions, &reviews, UnitSystem::Metric);
    let account = Account::default();
    let drafts = site.drafts(&account);
    let drafts: BTreeMap<&str, &Draft<'_>> = drafts
        .iter()
        .map(|draft| (draft.path.as_str(), draft))
        .collect();
    let mut waiting = vec!["index.html".to_owned()];
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    while let Some(path) = waiting.pop() {
        let Some(page) = drafts.get(path.as_str()).and_then(|draft| draft.page()) else {
            continue;
        };
        let bytes = page.content.len();
        assert!(bytes <= MOST_BYTES, "{path} has {bytes} bytes");
        for link in page.content.split(" href=\"").skip(1) {
            let href = link.split(['"', '#']).next().unwrap_or_default();
            let target = from(&path, href);
            if href.ends_with(".html") && seen.insert(target.clone()) {
                waiting.push(target);
            }
        }
    }
    let pages = drafts.keys().copied();
    let pages = pages.filter(|path| path.ends_with(".html"));
    let runs = (0..sessions.len()).map(|run| site.run_page_path(run));
    let all: BTreeSet<String> = pages.map(str::to_owned).chain(runs).collect();
    let missed: Vec<&String> = all.difference(&seen).collect();
    assert!(missed.is_empty(), "no link leads to {missed:?}");
    assert!(seen.contains("lists/undated.html"));
    assert!(seen.iter().any(|path| path.ends_with("-2.html")));
}

//! Texts that a user writes → settings, corrections, mornings, or a fault with its place.

use std::sync::LazyLock;

use hardeasy::classification;
use hardeasy::classification::Session;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::read_runs;
use hardeasy::settings::Corrections;
use hardeasy::settings::Settings;
use hardeasy::settings::SettingsError;
use hardeasy::settings::Wellness;

use super::grammar;
use super::grammar::Choices;
use super::session;

/// A run that is judged by what was read, and the first digits of the hash by which it is corrected.
static RUN: LazyLock<Session> = LazyLock::new(|| {
    let bytes = [8, 1, 3, 0, 20, 90, 20, 90, 20, 90, 20];
    let file = grammar::sound(&mut Choices::new(&bytes));
    let read = read_runs(vec![Input::Bytes(file)], &Options::default(), &|_, _| {});
    read.unwrap().sessions.remove(0)
});
/// What a text writes for the hash of that run.
const HASH: &str = "HASH";

/// A first byte says which file it is, then comes its text.
pub fn settings(data: &[u8]) {
    let Some((kind, text)) = data.split_first() else {
        return;
    };
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    match kind % 3 {
        0 => match Settings::parse(text) {
            Ok(settings) => judge(&settings, &Corrections::default()),
            Err(error) => check(&error, text),
        },
        1 => {
            let text = text.replace(HASH, &RUN.head.source.sha256);
            match Corrections::parse(&text) {
                Ok(corrections) => judge(&Settings::default(), &corrections),
                Err(error) => check(&error, &text),
            }
        }
        _ => match Wellness::parse(text) {
            Ok(wellness) => {
                let days = wellness.days();
                assert!(days.is_sorted_by(|a, b| a.day < b.day));
                for day in days {
                    assert_eq!(wellness.on(day.day), Some(day));
                }
            }
            Err(error) => check(&error, text),
        },
    }
}

fn judge(settings: &Settings, corrections: &Corrections) {
    let run = RUN.clone().into_run();
    let judged = classification::judge(vec![run], settings, corrections, false);
    assert_eq!(judged.len(), 1);
    session::check(&judged[0], true, "settings");
}

fn check(error: &SettingsError, text: &str) {
    // The end of a text is a place, too.
    assert!(
        (1..=text.split('\n').count()).contains(&error.line),
        "{error}"
    );
    assert!(error.column >= 1);
    let told = [&error.expected, &error.found, &error.next];
    assert!(told.iter().all(|part| !part.is_empty()), "{error:?}");
}

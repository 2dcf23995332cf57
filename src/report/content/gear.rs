//! The shoes of an athlete, as named on a platform, and how far they have come.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::classification::Session;

/// One pair of shoes.
#[derive(Clone, Debug, PartialEq)]
pub struct Shoes {
    /// As the athlete named them.
    pub name: String,
    /// The runs in them that are known.
    pub runs: usize,
    /// Their distance in metres.
    pub distance_m: f64,
    /// The day of the first run.
    pub first: Option<NaiveDate>,
    /// The day of the last.
    pub last: Option<NaiveDate>,
}

/// Returns the shoes of an athlete's runs, those of the last run first.
#[must_use]
pub fn shoes(sessions: &[&Session]) -> Vec<Shoes> {
    let mut by_name: BTreeMap<&str, Shoes> = BTreeMap::new();
    for session in sessions {
        let head = &session.head;
        let Some(name) = head
            .remarks
            .gear
            .as_deref()
            .filter(|_| session.is_counted_run())
        else {
            continue;
        };
        let shoes = by_name.entry(name).or_insert_with(|| Shoes {
            name: name.to_owned(),
            runs: 0,
            distance_m: 0.0,
            first: head.day,
            last: head.day,
        });
        shoes.runs += 1;
        shoes.distance_m += head.distance_m.unwrap_or(0.0);
        shoes.first = shoes.first.min(head.day);
        shoes.last = shoes.last.max(head.day);
    }
    let mut all: Vec<Shoes> = by_name.into_values().collect();
    all.sort_by(|a, b| b.last.cmp(&a.last).then_with(|| a.name.cmp(&b.name)));
    all
}

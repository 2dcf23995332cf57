//! Laps are used where they agree with the running: checked on real exports, where there are any.
#![expect(clippy::print_stdout, reason = "a test says what it skipped")]

use std::path::Path;

use hardeasy::classification::Session;
use hardeasy::pipeline;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::segmentation::LapUse;
use hardeasy::segmentation::Segment;
use hardeasy::segmentation::SegmentKind;

/// A recovery has a pace when this share of it was moved.
const MOVED_SHARE: f64 = 0.5;

/// Returns the effort speeds of the recoveries on one side of a repetition, up to the next effort.
fn beside<'a>(side: impl Iterator<Item = &'a Segment>) -> Vec<f64> {
    side.take_while(|other| !other.kind.is_work())
        .filter(|other| other.kind == SegmentKind::Recovery)
        .filter(|other| other.moving_s >= MOVED_SHARE * other.elapsed_s())
        .filter_map(|other| other.effort_speed_m_s)
        .collect()
}

fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(*upper);
    }
    Some(f64::midpoint(values[middle - 1], *upper))
}

/// Returns the repetitions that are slower than the recoveries beside them; hills have a kind of their
/// own.
fn swapped(session: &Session) -> Vec<String> {
    let segments = &session.segments;
    let works = segments
        .iter()
        .enumerate()
        .filter(|(_, own)| own.kind == SegmentKind::Work);
    let slower = works.filter_map(|(index, own)| {
        let mut around = beside(segments[..index].iter().rev());
        around.extend(beside(segments[index + 1..].iter()));
        let (beside, speed) = median(&mut around).zip(own.effort_speed_m_s)?;
        let path = &session.head.source.path;
        (speed < beside).then(|| format!("{path} at {}: {speed} below {beside}", own.start_s))
    });
    slower.collect()
}

#[test]
fn with_laps_no_repetition_is_slower_than_its_recoveries() {
    for folder in ["truth", "extra", "plain", "history"] {
        let place = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../shared/corpus")
            .join(folder);
        if !place.is_dir() {
            println!("skipped: there is no folder of real exports ({folder})");
            continue;
        }
        let options = Options {
            athletes: true,
            ..Options::default()
        };
        let outcome = pipeline::read_runs(vec![Input::Path(place)], &options, &|_, _| {})
            .expect("no settings to misread");
        let by_laps = outcome
            .sessions
            .iter()
            .filter(|session| matches!(session.laps.used, LapUse::Structured | LapUse::Manual));
        let swapped: Vec<String> = by_laps.flat_map(swapped).collect();
        assert!(swapped.is_empty(), "{folder}: {swapped:#?}");
    }
}

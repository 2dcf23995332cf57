//! What every session document promises.

use hardeasy::classification::Session;
use hardeasy::export::json;
use hardeasy::ingest;
use hardeasy::ingest::Content;
use hardeasy::ingest::Sport;
use hardeasy::ingest::Strictness;
use hardeasy::streams;

/// Returns whether every activity of a file has usable records of more than one moment; what an
/// activity without them says of its length are the device's totals.
pub fn has_records(bytes: &[u8]) -> bool {
    let Content::Export(format) = ingest::detect(bytes) else {
        return false;
    };
    let activities = ingest::read(bytes, format, Strictness::Lenient).unwrap_or_default();
    activities
        .iter()
        .all(|activity| streams::resample(activity).elapsed_s > 0.0)
}

/// Checks that a document is read back as it was written: JSON has no word for what is not finite, which would
/// come back as absent or not at all.
pub fn check_text(session: &Session, what: &str) -> String {
    let text = json::session_line(session).unwrap();
    let again: Session =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{what}: {error} in {text}"));
    assert!(
        again == *session,
        "{what}: not the same when read back: {text}"
    );
    text
}

/// Checks the promises of a session document.
pub fn check(session: &Session, has_records: bool, what: &str) {
    check_text(session, what);
    let head = &session.head;
    assert!(head.elapsed_s >= 0.0 && head.moving_s >= 0.0, "{what}");
    assert!(
        head.timer_s <= head.elapsed_s && head.moving_s <= head.elapsed_s,
        "{what}: {head:?}"
    );
    if head.sport != Sport::Running {
        assert!(session.segments.is_empty(), "{what}");
        return;
    }
    if session.segments.is_empty() {
        assert!(!has_records, "{what}: no segments");
        return;
    }
    let mut end_s = 0.0_f64;
    for segment in &session.segments {
        assert!(
            (segment.start_s - end_s).abs() < f64::EPSILON,
            "{what}: hole at {end_s}"
        );
        assert!(segment.end_s >= segment.start_s, "{what}");
        assert!((0.0..=1.0).contains(&segment.confidence), "{what}");
        end_s = segment.end_s;
    }
    assert!(
        (end_s - head.elapsed_s).abs() < f64::EPSILON,
        "{what}: {} segments end at {end_s} of {}",
        session.segments.len(),
        head.elapsed_s
    );
}

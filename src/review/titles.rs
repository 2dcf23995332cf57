//! What a session is called: its identifier, and what is worth saying of it in a few words.

use crate::classification::Session;
use crate::units::Seconds;
use crate::units::plural;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

/// The digits of the hash that stand in an identifier: 32 bits are plenty within one day.
const HASH_DIGITS: usize = 8;

/// Returns a stable identifier of a session: its day and the start of its file's hash, and its
/// number in a file that holds several.
#[must_use]
pub fn session_id(session: &Session) -> String {
    let source = &session.head.source;
    let day = match session.head.day {
        Some(day) => day.to_string(),
        None => "undated".to_owned(),
    };
    let hash: String = source.sha256.chars().take(HASH_DIGITS).collect();
    match source.number {
        Some(number) => format!("{day}-{hash}-{number}"),
        None => format!("{day}-{hash}"),
    }
}

/// Returns what is worth saying of a session in a few words, as in "6 × 1000 m, 90 s jog".
#[must_use]
pub fn session_title(session: &Session) -> String {
    let sets: Vec<String> = session
        .sets
        .iter()
        .map(|set| match &set.recovery {
            Some(recovery) => format!("{}, {recovery}", set.name),
            None => set.name.clone(),
        })
        .collect();
    if session.kind == SessionKind::Long
        && let Some(inside) = inside_long_run(session, &sets)
    {
        return format!("{} with {inside}", session.kind.words());
    }
    let lone_set_of_strides = !session.quality && !sets.is_empty();
    if lone_set_of_strides {
        return format!("{}, {}", session.kind.words(), sets.join(" + "));
    }
    if !sets.is_empty() {
        return sets.join(" + ");
    }
    effort_title(session).unwrap_or_else(|| plain_title(session))
}

/// Returns what a long run held, as in "6 hills", "6 × 1 min, 2 min jog"; nothing where it held no efforts.
fn inside_long_run(session: &Session, sets: &[String]) -> Option<String> {
    let executed = || session.segments.iter().filter(|s| s.executed);
    let of = |kind: SegmentKind| executed().filter(|s| s.kind == kind).count();
    let works = executed().filter(|s| s.kind.is_work()).count();
    let hills = of(SegmentKind::Hill);
    match works {
        0 => None,
        _ if hills == works => Some(plural(hills, "hill")),
        _ if !sets.is_empty() => Some(sets.join(" + ")),
        _ if of(SegmentKind::Tempo) + of(SegmentKind::Progression) == works => None,
        _ => Some(plural(works, "effort")),
    }
}

/// Returns the title of a session with single blocks, as in "tempo 24:00".
fn effort_title(session: &Session) -> Option<String> {
    let blocks: Vec<String> = session
        .segments
        .iter()
        .filter(|s| s.executed && matches!(s.kind, SegmentKind::Tempo | SegmentKind::Progression))
        .map(|s| format!("{} {}", s.kind.word(), Seconds(s.elapsed_s()).show()))
        .collect();
    (session.quality && !blocks.is_empty()).then(|| blocks.join(" + "))
}

/// Returns the title of a session in which no effort stands out.
fn plain_title(session: &Session) -> String {
    match session.kind {
        SessionKind::CrossTraining => match &session.head.sub_sport {
            Some(sport) => sport.replace('_', " "),
            None => session.kind.words().to_owned(),
        },
        kind => kind.words().to_owned(),
    }
}

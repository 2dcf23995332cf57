//! One activity in short.

use crate::review::SessionLine;
use crate::review::block::Entry;
use crate::review::days::own_kind;
use crate::review::titles::session_title;

/// Returns the line of an activity.
pub(super) fn session_line(entry: &Entry<'_>) -> SessionLine {
    let session = entry.session;
    SessionLine {
        id: entry.id.clone(),
        day: entry.day,
        path: session.head.source.path.clone(),
        kind: session.kind,
        kind_confidence: session.kind_confidence,
        title: session_title(session),
        moving_s: session.head.moving_s,
        distance_m: session.head.distance_m,
        load: session.load.as_ref().map(|load| load.value),
        quality: entry.is_quality(),
        day_kind: own_kind(entry),
    }
}

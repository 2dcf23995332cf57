//! Reads the kind of a session.

use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error;

use crate::vocabulary::SessionKind;

/// Reads a kind of session, as in `"tempo"`; the error of another word names all that there are.
pub(super) fn kind<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<SessionKind>, D::Error> {
    let word = Option::<String>::deserialize(deserializer)?;
    word.map(|word| of_word(&word).map_err(D::Error::custom))
        .transpose()
}

fn of_word(word: &str) -> Result<SessionKind, String> {
    SessionKind::from_name(word).ok_or_else(|| {
        let known = SessionKind::ALL.map(SessionKind::name).join(", ");
        format!("unknown variant \"{word}\", expected one of {known}")
    })
}

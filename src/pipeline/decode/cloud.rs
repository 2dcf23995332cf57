//! Files that a cloud has not put on this computer: what lies here stands for them.

/// How macOS names what stands for a file that lies in iCloud only: `.NAME.icloud`.
const ICLOUD: (&str, &str) = (".", ".icloud");

/// Returns the name of the file in iCloud for which another file stands, if it does.
///
/// `name` may have folders before it.
pub(super) fn stands_for(name: &str) -> Option<&str> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let inner = name.strip_prefix(ICLOUD.0)?.strip_suffix(ICLOUD.1)?;
    (!inner.is_empty()).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_known_by_their_names() {
        assert_eq!(stands_for("runs/.a.fit.icloud"), Some("a.fit"));
        for name in ["a.fit.icloud", ".icloud", ".a.fit", "x.icloud/a.fit"] {
            assert_eq!(stands_for(name), None, "{name}");
        }
    }
}

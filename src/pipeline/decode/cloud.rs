//! Files that a cloud has not put on this computer: what lies here stands for them.

/// How the name of what stands for a file ends that lies in iCloud alone: `.NAME.icloud`, as macOS writes it.
const ICLOUD_ENDING: &str = ".icloud";

/// Returns the name of the file in iCloud for which another file stands, if it does.
///
/// `name` may have folders before it.
pub(super) fn stands_for(name: &str) -> Option<&str> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let inner = name.strip_prefix('.')?.strip_suffix(ICLOUD_ENDING)?;
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

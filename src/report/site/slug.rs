//! Names of files that are made from names in the input: the one place where the two meet.

use std::collections::BTreeSet;

/// Most characters of a name, room for a suffix included.
const MOST_CHARS: usize = 80;
/// Room that a suffix such as "-1234567" may take.
const SUFFIX_CHARS: usize = 8;
/// The name of what has no usable character.
const NAMELESS: &str = "run";
/// Names that Windows keeps for devices, with or without an extension.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];
/// The same with a digit behind.
const RESERVED_NUMBERED: [&str; 2] = ["com", "lpt"];

/// Gives out file names, each once, also on file systems that do not tell capitals apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Slugs {
    taken: BTreeSet<String>,
}

impl Slugs {
    /// Returns a name without extension for `wanted`: at most 80 characters of `[A-Za-z0-9._-]`, no
    /// dot at either end, no reserved name, none that was given out before.
    pub(super) fn name(&mut self, wanted: &str) -> String {
        let plain = slug(wanted);
        let numbered = (2u32..).map(|number| format!("{plain}-{number}"));
        let free = std::iter::once(plain.clone())
            .chain(numbered)
            .find(|name| self.taken.insert(name.to_ascii_lowercase()));
        free.unwrap_or(plain)
    }
}

fn slug(wanted: &str) -> String {
    let safe: String = wanted
        .chars()
        .map(|letter| if is_safe(letter) { letter } else { '-' })
        .take(MOST_CHARS - SUFFIX_CHARS)
        .collect();
    let name = safe.trim_matches(['.', '-']);
    if name.is_empty() {
        NAMELESS.to_owned()
    } else if is_reserved(name) {
        format!("{NAMELESS}-{name}")
    } else {
        name.to_owned()
    }
}

fn is_safe(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-')
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let numbered = RESERVED_NUMBERED.iter().any(|device| {
        stem.strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    });
    numbered || RESERVED.contains(&stem.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_its_folder_or_hides() {
        let mut slugs = Slugs::default();
        assert_eq!(slugs.name("2026-05-01-ab12"), "2026-05-01-ab12");
        assert_eq!(slugs.name("../../etc/passwd"), "etc-passwd");
        assert_eq!(slugs.name(".bashrc"), "bashrc");
        assert_eq!(slugs.name("Läufe <b>"), "L-ufe--b");
        assert_eq!(slugs.name(""), "run");
        assert_eq!(slugs.name("NUL.html"), "run-NUL.html");
        assert_eq!(slugs.name("com1"), "run-com1");
        assert_eq!(slugs.name("common"), "common");
    }

    #[test]
    fn a_name_is_given_out_once_whatever_its_capitals() {
        let mut slugs = Slugs::default();
        let long = "x".repeat(200);
        let names: Vec<String> = ["a", "A", "a-2", "a", &long, &long]
            .iter()
            .map(|wanted| slugs.name(wanted))
            .collect();
        assert_eq!(names[..4], ["a", "A-2", "a-2-2", "a-3"]);
        assert!(names.iter().all(|name| name.len() <= 80));
        assert_ne!(names[4], names[5]);
    }
}

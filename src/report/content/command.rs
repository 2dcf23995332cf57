//! The command that corrects a run, to be copied into a shell: whatever a file is called, nothing but
//! `hardeasy` can be run by it.

use crate::clean::clean_text;

/// What PowerShell takes for a single quote: the straight one and the four curly ones.
const POWERSHELL_QUOTES: [char; 5] = ['\'', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}'];
/// Letters that PowerShell hands to a program in another way than they were written, or that a shell
/// takes for history.
const NOT_PASSED_ON: [char; 2] = ['"', '\\'];

/// A file name as an argument for two families of shells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// For sh, bash, zsh and their like.
    pub posix: String,
    /// For PowerShell; absent where it would hand over another name.
    pub powershell: Option<String>,
}

impl Argument {
    /// Quotes a name; absent where it holds letters that cannot be seen.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        if name.is_empty() || clean_text(name) != name {
            return None;
        }
        // A name is never taken for an option.
        let name = match name.strip_prefix('-') {
            Some(_) => format!("./{name}"),
            None => name.to_owned(),
        };
        Some(Self {
            posix: format!("'{}'", name.replace('\'', "'\\''")),
            powershell: (!name.contains(NOT_PASSED_ON)).then(|| powershell(&name)),
        })
    }
}

fn powershell(name: &str) -> String {
    let letters = name.chars().flat_map(|letter| {
        let twice = POWERSHELL_QUOTES.contains(&letter).then_some(letter);
        [letter].into_iter().chain(twice)
    });
    format!("'{}'", letters.collect::<String>())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    fn quoted(name: &str) -> (String, Option<String>) {
        let argument = Argument::of(name).unwrap();
        (argument.posix, argument.powershell)
    }

    #[test]
    fn quotes_are_told_to_each_shell_in_its_way() {
        let (posix, powershell) = quoted("it's 6\u{2019}s.fit");
        assert_eq!(posix, "'it'\\''s 6\u{2019}s.fit'");
        assert_eq!(
            powershell.as_deref(),
            Some("'it''s 6\u{2019}\u{2019}s.fit'")
        );
        let (posix, powershell) = quoted("$(date) `date` ; & | run.fit");
        assert_eq!(posix, "'$(date) `date` ; & | run.fit'");
        assert_eq!(powershell, Some(posix));
    }

    #[test]
    fn a_name_is_no_option_and_no_line_break() {
        assert_eq!(quoted("-rf.fit").0, "'./-rf.fit'");
        assert_eq!(Argument::of("a\nb.fit"), None);
        assert_eq!(Argument::of("a\u{202e}b.fit"), None);
        assert_eq!(Argument::of(""), None);
        assert_eq!(quoted("a\"b.fit").1, None);
    }
}

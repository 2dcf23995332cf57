//! Names without the e-mail addresses that platforms put into them.

use std::collections::BTreeMap;

/// What stands in the place of an address, or of what else names a person or a device.
pub const MASK: &str = "…";

/// Masks names, each so that it stays another than those masked before.
#[derive(Debug, Default)]
pub(super) struct Masked {
    /// Whether names are left as they are.
    is_off: bool,
    /// How often a masked name was given.
    given: BTreeMap<String, usize>,
}

impl Masked {
    /// Returns what masks names, unless they are to be shown as they are.
    pub(super) fn new(full_names: bool) -> Self {
        Self {
            is_off: full_names,
            ..Self::default()
        }
    }

    /// Returns a text in which nothing else is to be told apart, without addresses.
    pub(super) fn mask_text(&self, text: &str) -> String {
        match self.is_off {
            true => text.to_owned(),
            false => without_addresses(text),
        }
    }

    /// Returns a name without addresses; names are to come in an order that does not change.
    pub(super) fn mask(&mut self, name: String) -> String {
        if self.is_off || !name.contains('@') {
            return name;
        }
        let masked = without_addresses(&name);
        if masked == name {
            return name;
        }
        let times = self.given.entry(masked.clone()).or_default();
        *times += 1;
        match *times {
            1 => masked,
            again => numbered(&masked, again),
        }
    }
}

/// Puts a number before the ending of a name: by that it is known what a file claims to be.
fn numbered(name: &str, number: usize) -> String {
    const PACKED: &str = ".gz";
    let folders = name.rfind('/').map_or(0, |slash| slash + 1);
    let unpacked = name.strip_suffix(PACKED).unwrap_or(name);
    let point = unpacked[folders..].rfind('.').filter(|point| *point > 0);
    let ending = point.map_or(unpacked.len(), |point| folders + point);
    format!("{} ({number}){}", &name[..ending], &name[ending..])
}

/// Returns a text with each e-mail address replaced.
#[must_use]
pub fn without_addresses(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, behind) = (&rest[..at], &rest[at + 1..]);
        let user = before.trim_end_matches(is_of_user).len();
        let domain = domain(behind);
        if user == at || domain == 0 {
            masked.push_str(&rest[..=at]);
            rest = behind;
        } else {
            masked.push_str(&before[..user]);
            masked.push_str(MASK);
            rest = &behind[domain..];
        }
    }
    masked + rest
}

fn is_of_user(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
}

/// Returns how many bytes at the start of a text are a domain: parts with points between them, without the
/// ending of a file behind it; 0 when it is none.
fn domain(text: &str) -> usize {
    /// What follows an address in the name of a file is no part of it.
    const ENDINGS: [&str; 8] = [
        ".fit", ".gpx", ".tcx", ".gz", ".zip", ".json", ".csv", ".xml",
    ];
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    let whole = &text[..text.find(|c| !is_part(c)).unwrap_or(text.len())];
    let mut end = whole.trim_end_matches('.');
    while let Some(shorter) = ENDINGS.iter().find_map(|ending| end.strip_suffix(ending)) {
        end = shorter;
    }
    if end.contains('.') { end.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go_and_what_is_around_them_stays() {
        let cases = [
            ("jane.doe@mail.example_123.fit", "…_123.fit"),
            ("a/jane+x@mail.example.fit.gz", "a/….fit.gz"),
            ("5 km @ 4:00", "5 km @ 4:00"),
            ("3@4", "3@4"),
            ("write to j@x.example, please", "write to …, please"),
            ("@home.example", "@home.example"),
        ];
        for (text, masked) in cases {
            assert_eq!(without_addresses(text), masked);
        }
    }

    #[test]
    fn masked_names_stay_distinct() {
        let mut names = Masked::default();
        let mut mask = |name: &str| names.mask(name.to_owned());
        assert_eq!(mask("a@x.example.fit"), "….fit");
        assert_eq!(mask("b@x.example.fit"), "… (2).fit");
        assert_eq!(mask("c.fit"), "c.fit");
        // What a file claims to be stays.
        let twins = [
            ("@x.example/1.fit.gz", "…/1.fit.gz", "…/1 (2).fit.gz"),
            ("@x.example/export.xml", "…/export.xml", "…/export (2).xml"),
            ("@x.example.xml", "….xml", "… (2).xml"),
            ("@x.example/2.5/old", "…/2.5/old", "…/2.5/old (2)"),
            ("@x.example", "…", "… (2)"),
        ];
        for (name, first, second) in twins {
            assert_eq!(
                ["a", "b"].map(|user| mask(&format!("{user}{name}"))),
                [first, second]
            );
        }
    }
}

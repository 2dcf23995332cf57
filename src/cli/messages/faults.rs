//! What is told of files that failed, or of which a part is lost: of each, or of very many the first of each
//! kind and how many there are.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::pipeline::FileLine;
use crate::pipeline::Status;
use crate::report::content::reasons;

/// So many faults are told one by one; more than a screen holds nobody reads.
const MOST_TOLD: usize = 20;
/// Of more, so many of each kind are.
const OF_A_KIND: usize = 3;
/// Rarer kinds are told together.
const MOST_KINDS: usize = 5;
/// Where every one of them is.
const ALL_OF_THEM: &str = "`hardeasy export --format csv --table account` names each, and `data/account.json` of a report";

/// A file, or a part of one, that was not read.
struct Fault {
    name: String,
    text: String,
}

/// Returns what is to be said of the files that failed, then of those of which a part is lost.
pub(super) fn told(account: &[FileLine]) -> Vec<(Status, String)> {
    let of = |status: Status| account.iter().filter(move |line| line.status == status);
    let failed = of(Status::Failed).map(|line| Fault {
        name: line.name(),
        text: line.reason.clone().unwrap_or_default(),
    });
    let partial = of(Status::Partial).flat_map(|line| {
        let lost = line.warnings.iter().filter(|warning| warning.loses_data());
        lost.map(|warning| {
            let place = warning.place.as_deref().unwrap_or("file");
            Fault {
                name: line.name(),
                text: format!("{place}: {}", warning.text),
            }
        })
    });
    let failed: Vec<Fault> = failed.collect();
    let partial: Vec<Fault> = partial.collect();
    let failed = some_of(&failed).into_iter();
    let failed = failed.map(|text| (Status::Failed, text));
    let partial = some_of(&partial).into_iter();
    failed
        .chain(partial.map(|text| (Status::Partial, text)))
        .collect()
}

fn some_of(faults: &[Fault]) -> Vec<String> {
    let message = |fault: &Fault| format!("{}: {}", fault.name, fault.text);
    if faults.len() <= MOST_TOLD {
        return faults.iter().map(message).collect();
    }
    let kinds: Vec<String> = faults.iter().map(|fault| kind(&fault.text)).collect();
    let counted = reasons::counted(kinds.iter().map(String::as_str), MOST_KINDS);
    let frequent: BTreeSet<&str> = counted.iter().map(|(kind, _)| *kind).collect();
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut messages, mut more) = (Vec::new(), BTreeMap::new());
    for (fault, kind) in faults.iter().zip(&kinds) {
        let kind = match frequent.contains(kind.as_str()) {
            true => kind.as_str(),
            false => OTHERS,
        };
        let of_kind = told.entry(kind).or_default();
        *of_kind += 1;
        match *of_kind <= OF_A_KIND {
            true => messages.push(message(fault)),
            false => *more.entry(kind).or_insert(0_usize) += 1,
        }
    }
    let all: usize = more.values().sum();
    let mut kinds: Vec<(&str, usize)> = more.into_iter().collect();
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let words: Vec<String> = kinds
        .iter()
        .map(|(kind, count)| format!("{count} × {kind}"))
        .collect();
    let text = format!("{all} more ({}); {ALL_OF_THEM}", words.join("; "));
    messages.push(text);
    messages
}

/// What rarer kinds are called together.
const OTHERS: &str = "other reasons";

/// Returns a text without what differs from one file to the next: its numbers.
fn kind(text: &str) -> String {
    let mut kind = String::with_capacity(text.len());
    let mut was_digit = false;
    for letter in text.chars() {
        let is_digit = letter.is_ascii_digit();
        match (is_digit, was_digit) {
            (true, false) => kind.push('…'),
            (true, true) => {}
            (false, _) => kind.push(letter),
        }
        was_digit = is_digit;
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(count: usize, reason: impl Fn(usize) -> String) -> Vec<FileLine> {
        let line = |number| {
            let name = format!("{number}.fit");
            FileLine::new(&name, None, Status::Failed, reason(number))
        };
        (0..count).map(line).collect()
    }

    #[test]
    fn few_are_told_one_by_one_and_of_many_every_kind_and_every_count() {
        let few = told(&account(MOST_TOLD, |number| format!("byte {number}: odd")));
        assert_eq!(few.len(), MOST_TOLD);
        let many = account(5000, |number| match number % 1000 {
            0 => format!("line {number}: expected a date"),
            _ => format!("byte {number}: odd"),
        });
        let many = told(&many);
        assert_eq!(many.len(), 2 * OF_A_KIND + 1, "{many:?}");
        assert!(
            many.iter()
                .any(|(_, text)| text == "1000.fit: line 1000: expected a date")
        );
        let last = many
            .last()
            .map(|(_, text)| text.as_str())
            .unwrap_or_default();
        let counts =
            "4994 more (4992 × byte …: odd; 2 × line …: expected a date); `hardeasy export";
        assert!(last.starts_with(counts), "{last}");
    }

    #[test]
    fn however_many_kinds_there_are_a_screen_holds_them() {
        let letters = |number: usize| {
            let digits = number.to_string().into_bytes();
            digits
                .iter()
                .map(|digit| char::from(digit + 49))
                .collect::<String>()
        };
        let many = told(&account(3000, letters));
        assert!(
            many.len() <= (MOST_KINDS + 1) * OF_A_KIND + 1,
            "{}",
            many.len()
        );
    }
}

//! Writes mutants into a source, each behind a switch that is thrown when the tests run: so one build
//! holds them all.

use std::cmp::Reverse;
use std::ops::Range;

use crate::find::Change;
use crate::find::Mutant;

/// The module with the switch; `COUNT` stands for how many there are.
const SWITCH: &str = r#"//! Which mutant is on.

use std::io::Write;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

struct Switch {
    on: usize,
    reached: Option<String>,
}

static SWITCH: LazyLock<Switch> = LazyLock::new(|| Switch {
    on: std::env::var("HARDEASY_MUTANT").ok().and_then(|id| id.parse().ok()).unwrap_or(usize::MAX),
    reached: std::env::var("HARDEASY_MUTANTS_REACHED").ok(),
});
static REACHED: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];

/// Tells whether a mutant is on; writes down that it was asked for.
pub(crate) fn on(id: usize) -> bool {
    let switch = &*SWITCH;
    if let Some(path) = &switch.reached && !REACHED[id].swap(true, Ordering::Relaxed) {
        let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
        file.and_then(|mut file| file.write_all(format!("{id}\n").as_bytes())).expect("what is reached");
    }
    switch.on == id
}
"#;

/// Returns the source of the module with the switch.
pub(crate) fn switch(count: usize) -> String {
    SWITCH.replace("COUNT", &count.to_string())
}

/// Where a mutant lies in what was written, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Written {
    pub(crate) id: usize,
    pub(crate) range: Range<usize>,
}

/// Returns the source with the mutants in it, by their numbers, and where each lies.
pub(crate) fn rewrite(text: &str, mutants: &[(usize, &Mutant)]) -> (String, Vec<Written>) {
    let mut sorted = mutants.to_vec();
    sorted.sort_by_key(|(id, mutant)| {
        let place = &mutant.place;
        (place.start, !place.is_empty(), Reverse(place.end), *id)
    });
    let mut writer = Writer {
        text,
        left: &sorted,
        out: String::new(),
        written: Vec::new(),
    };
    writer.write(0..text.len());
    (writer.out, writer.written)
}

struct Writer<'a> {
    text: &'a str,
    left: &'a [(usize, &'a Mutant)],
    out: String,
    written: Vec<Written>,
}

impl Writer<'_> {
    /// Writes a part of the text with all mutants that begin in it.
    fn write(&mut self, part: Range<usize>) {
        let mut at = part.start;
        while let Some((_, first)) = self
            .left
            .first()
            .filter(|(_, next)| next.place.start < part.end)
        {
            let place = first.place.clone();
            let count = self
                .left
                .iter()
                .take_while(|(_, mutant)| mutant.place == place)
                .count();
            let (same, left) = self.left.split_at(count);
            self.left = left;
            self.out.push_str(&self.text[at..place.start]);
            let start = self.out.len();
            if place.is_empty() {
                for (id, mutant) in same {
                    self.insert(*id, &mutant.change);
                }
            } else {
                self.out.push('(');
                for (id, mutant) in same {
                    self.insert(*id, &mutant.change);
                }
                self.out.push_str("{ (");
                self.write(place.clone());
                self.out.push_str(") })");
                let range = start..self.out.len();
                let whole = same.iter().map(|(id, _)| Written {
                    id: *id,
                    range: range.clone(),
                });
                self.written.extend(whole);
            }
            at = place.end;
        }
        self.out.push_str(&self.text[at..part.end]);
    }

    fn insert(&mut self, id: usize, change: &Change) {
        let start = self.out.len();
        let text = match change {
            Change::Instead(with) => format!("if crate::mutant::on({id}) {{ {with} }} else "),
            Change::Return(value) => format!(" if crate::mutant::on({id}) {{ return {value}; }} "),
            Change::Never => format!(" if !crate::mutant::on({id})"),
        };
        self.out.push_str(&text);
        let range = start..self.out.len();
        self.written.push(Written { id, range });
    }
}

/// Returns the mutants to blame for a fault of the build at these bytes: those of the shortest
/// stretch around it, else the nearest.
pub(crate) fn blamed(written: &[Written], fault: &Range<usize>) -> Vec<usize> {
    let around = |one: &&Written| one.range.start <= fault.start && fault.end <= one.range.end;
    let distance = |one: &Written| match fault {
        fault if fault.end <= one.range.start => one.range.start - fault.end,
        fault => fault.start.saturating_sub(one.range.end),
    };
    let nearest = match written
        .iter()
        .filter(around)
        .min_by_key(|one| one.range.len())
    {
        Some(shortest) => shortest,
        None => match written.iter().min_by_key(|one| distance(one)) {
            Some(nearest) => nearest,
            None => return Vec::new(),
        },
    };
    let same = written.iter().filter(|one| one.range == nearest.range);
    same.map(|one| one.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::find;

    fn written(text: &str, keep: &[&str]) -> (String, Vec<Written>) {
        let found = find("a.rs", text).expect("Rust");
        let kept: Vec<(usize, &Mutant)> = found
            .iter()
            .filter(|mutant| keep.contains(&&*mutant.words))
            .enumerate()
            .collect();
        assert_eq!(kept.len(), keep.len());
        rewrite(text, &kept)
    }

    #[test]
    fn a_switch_stands_around_each_mutant_and_inside_of_others() {
        let (out, _) = written(
            "fn f() -> u8 {a + b * c}",
            &["the body → 0", "a + b * c → -", "b * c → /"],
        );
        assert_eq!(
            out,
            "fn f() -> u8 { if crate::mutant::on(0) { return 0; } \
             (if crate::mutant::on(1) { (a) - (b * c) } else { (a + \
             (if crate::mutant::on(2) { (b) / (c) } else { (b * c) })) })}"
        );
        syn::parse_file(&out).expect("Rust");
    }

    #[test]
    fn an_arm_that_never_holds_has_a_guard() {
        let (out, _) = written(
            "fn f() { match a { X => 1, _ => 2 } }",
            &["the arm X → none"],
        );
        assert_eq!(
            out,
            "fn f() { match a { X if !crate::mutant::on(0) => 1, _ => 2 } }"
        );
    }

    #[test]
    fn the_closest_mutant_is_blamed() {
        let (out, all) = written("fn f() -> X { a < b }", &["a < b → ==", "a < b → >"]);
        let at = |text: &str| {
            let start = out.find(text).expect("written");
            start..start + text.len()
        };
        assert_eq!(blamed(&all, &at("(a) > (b)")), [1]);
        assert_eq!(blamed(&all, &at("(a < b)")), [0, 1]);
        assert_eq!(blamed(&all, &(0..2)), [0, 1]);
        assert_eq!(blamed(&[], &(0..2)), [0; 0]);
    }
}

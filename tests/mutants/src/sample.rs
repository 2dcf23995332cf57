//! Draws mutants by a seed.

use std::collections::HashMap;

use crate::find::Mutant;

/// Returns so many of the mutants, the same for the same seed. A draw does not depend on line numbers
/// or on what else is there: after a change elsewhere it holds the same mutants, but for a few.
pub(crate) fn sample(mutants: Vec<Mutant>, seed: u64, count: usize) -> Vec<Mutant> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut ranked: Vec<(u64, Mutant)> = Vec::new();
    for mutant in mutants {
        let name = format!("{} {} {}", mutant.file, mutant.function, mutant.words);
        let before = seen.entry(name.clone()).or_default();
        ranked.push((mixed(seed, &format!("{name} {before}")), mutant));
        *before += 1;
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.truncate(count);
    let mut drawn: Vec<Mutant> = ranked.into_iter().map(|(_, mutant)| mutant).collect();
    drawn.sort_by_key(|mutant| (mutant.file.clone(), mutant.place.start));
    drawn
}

/// Returns a number that looks random of a seed and a text.
///
/// # References
/// FNV-1a over the text, then the last step of SplitMix64, Steele, Lea and Flood 2014.
fn mixed(seed: u64, text: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let hash = text.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::find;

    fn words(text: &str, seed: u64) -> Vec<String> {
        let drawn = sample(find("a.rs", text).expect("Rust"), seed, 5);
        drawn.into_iter().map(|mutant| mutant.words).collect()
    }

    #[test]
    fn a_seed_draws_the_same_and_another_draws_others() {
        let sums: String = ["p", "q", "r", "s"]
            .map(|name| format!("{name} + 1; "))
            .concat();
        let text = format!("fn f() -> impl Z {{ {sums} }}");
        let moved = format!("fn g() -> impl Z {{}}\n{text}");
        assert_eq!(words(&text, 1).len(), 5);
        assert_eq!(words(&text, 1), words(&moved, 1));
        assert!((2..9).any(|seed| words(&text, seed) != words(&text, 1)));
    }
}

//! Damaged inputs of every kind keep the promises of the library: the functions that `tests/fuzz/` runs for
//! hours, here for seconds, from the same seeds with the same result everywhere.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use rayon::prelude::*;

use crate::common::damage::damaged;
use crate::common::seeds::seeds;
use crate::invariants::Check;
use crate::invariants::TARGETS;

/// Inputs of each check; what judges or draws is some hundred times as slow as what reads.
const READ: u64 = 6_000;
const DRAWN: u64 = 200;
/// The variable that asks for so many times as many.
const TIMES: &str = "HARDEASY_MUTATIONS";

fn inputs(target: &str) -> u64 {
    let times = std::env::var(TIMES).ok().and_then(|text| text.parse().ok());
    let inputs = match target {
        "pipeline" | "fold" | "render" => DRAWN,
        _ => READ,
    };
    inputs * times.unwrap_or(1)
}

/// Runs a check on seeds and on damaged copies of them.
fn run(target: &str, check: Check) {
    let seeds = seeds(target);
    seeds.iter().for_each(|seed| check(seed));
    let failed: Vec<String> = (0..inputs(target))
        .into_par_iter()
        .filter_map(|number| {
            let index = usize::try_from(number).unwrap() % seeds.len();
            let input = damaged(&seeds[index], number);
            let failed = catch_unwind(|| check(&input)).is_err();
            failed.then(|| format!("{target}: seed {index}, damage {number}"))
        })
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn damaged_inputs_keep_every_promise() {
    for (target, check) in TARGETS {
        run(target, check);
    }
}

#[test]
fn every_check_is_a_target_of_the_fuzzer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    for (target, _) in TARGETS {
        assert!(
            manifest.contains(&format!("name = \"{target}\"")),
            "{target}"
        );
        let source = fs::read_to_string(folder.join(format!("targets/{target}.rs"))).unwrap();
        assert!(source.contains(&format!("::{target};")), "{target}");
    }
    assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len());
}

/// The fuzzer starts from files.
#[test]
#[ignore = "writes the seeds of tests/fuzz"]
fn seeds_of_the_fuzzer() {
    for (target, _) in TARGETS {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fuzz/corpus/{target}"));
        fs::create_dir_all(&folder).unwrap();
        for (seed, number) in seeds(target).iter().zip(0..) {
            fs::write(folder.join(format!("seed-{number:02}")), seed).unwrap();
        }
    }
}

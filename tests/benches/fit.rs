//! Reading one hour of FIT, by hardeasy and by fitparser.
//!
//! `cargo bench --bench fit`
#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

#[path = "../common/mod.rs"]
mod common;

use common::athlete::Athlete;
use common::fit_encoder::Wire;
use common::fit_writer;
use common::generator::Options;
use common::generator::generate;
use common::workouts::Workout;
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// Returns about an hour of an easy run at one record a second.
fn one_hour() -> Vec<u8> {
    let athlete = Athlete::random(1);
    let plan = Workout::Easy.plan(&athlete, 1);
    fit_writer::write(
        &generate(&plan, &athlete, 1, &Options::default()),
        Wire::default(),
    )
}

/// Bytes to activities, with all repairs.
#[divan::bench]
fn hardeasy(bencher: Bencher<'_, '_>) {
    let bytes = one_hour();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench(|| hardeasy::ingest::fit::read(divan::black_box(&bytes)).unwrap());
}

/// Bytes to messages.
#[divan::bench]
fn fitparser(bencher: Bencher<'_, '_>) {
    let bytes = one_hour();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench(|| fitparser::from_bytes(divan::black_box(&bytes)).unwrap());
}

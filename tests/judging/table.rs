//! The weights of the gate.

use crate::common::weights;

/// Nobody edited the table by hand: it is what the training command wrote, and for this code.
#[test]
fn the_table_is_as_it_was_written() {
    let text = std::fs::read_to_string(weights::PLACE).expect("the table");
    assert!(weights::is_of_this_version(&text), "another version");
    assert!(
        weights::is_as_written(&text),
        "the table was changed after it was written: fit it again"
    );
}

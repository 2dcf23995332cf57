//! The fitted gate as the source file that the library compiles, sealed by a digest of its content.

use std::fmt::Write;

use hardeasy::segmentation::gate::Gate;
use sha2::Digest;
use sha2::Sha256;

/// The version of the table of weights.
const VERSION: u32 = 4;
/// Where the table is.
pub const PLACE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/src/segmentation/gate/weights.rs"
);
/// What stands before the digest, in a line of its own.
const SEAL: &str = "//! Digest of all below: ";

/// Returns the source file of a gate.
pub fn source(gate: &Gate) -> String {
    let body = body(gate);
    format!(
        "//! The weights of the gate, version {VERSION}: written by the training command,\n\
         //! `cargo bench --bench training`.\n\
         //! Not to be edited by hand.\n\
         {SEAL}{}\n{body}",
        digest(&body)
    )
}

/// Returns whether a source file is as it was written.
pub fn is_as_written(text: &str) -> bool {
    let sealed = text.split_once(SEAL);
    let parts = sealed.and_then(|(_, rest)| rest.split_once('\n'));
    parts.is_some_and(|(seal, body)| seal == digest(body))
}

/// Returns whether a source file is of the version that is written now.
pub fn is_of_this_version(text: &str) -> bool {
    text.contains(&format!("version {VERSION}:"))
}

fn digest(text: &str) -> String {
    let bytes = Sha256::digest(text.as_bytes());
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

fn body(gate: &Gate) -> String {
    let stages = [
        ("first", "FIRST", &gate.first),
        ("second", "SECOND", &gate.second),
        ("third", "THIRD", &gate.third),
        ("fourth", "FOURTH", &gate.fourth),
    ];
    let mut text = String::from(
        "\n#![allow(clippy::approx_constant, reason = \"fitted numbers\")]\n\n\
         use std::borrow::Cow;\n\n\
         use crate::segmentation::gate::Calibration;\n\
         use crate::segmentation::gate::Gate;\n\
         use crate::segmentation::gate::Model;\n\
         use crate::segmentation::gate::Tree;\n\n\
         /// The committed gate.\npub(crate) static GATE: Gate = Gate {\n",
    );
    for (field, name, model) in stages {
        let base = model.base;
        write!(
            text,
            "    {field}: Model {{\n        base: {base:?},\n        trees: Cow::Borrowed(&{name}),\n    }},\n"
        )
        .unwrap();
    }
    for (field, calibration) in [
        ("calibration", gate.calibration),
        ("known_calibration", gate.known_calibration),
    ] {
        let factors = calibration.factors;
        write!(
            text,
            "    {field}: Calibration {{\n        factors: {factors:?},\n    }},\n"
        )
        .unwrap();
    }
    text.push_str("};\n");
    for (_, name, model) in stages {
        let count = model.trees.len();
        write!(
            text,
            "\n#[rustfmt::skip]\nstatic {name}: [Tree; {count}] = [\n"
        )
        .unwrap();
        for tree in model.trees.iter() {
            writeln!(
                text,
                "    Tree {{ features: {:?}, thresholds: {:?}, values: {:?} }},",
                tree.features, tree.thresholds, tree.values
            )
            .unwrap();
        }
        text += "];\n";
    }
    text
}

//! The program: calls [`hardeasy::cli`] and returns its exit code.

fn main() {}
